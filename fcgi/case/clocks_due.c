/* From where a clock counts to the day it is due: kinds of days, pauses, hours. */
#include "case/clocks_inner.h"

#include <talloc.h>

#include "base/text.h"

#define HOUR 3600000LL

day due_add(const struct clock_world *w, const struct dossier_clock *c, day from, int n, bool *beyond_r)
{
	struct error ignored;
	day due = DAY_NONE;

	if (c->unit == DOSSIER_MONTHS)
		return date_add_months(from, n);
	if (c->unit != DOSSIER_WORKING_DAYS)
		return from + n;
	if (date_add_working(w->holidays, from, n, &due, &ignored) == 0)
		return due;
	*beyond_r = true;
	return DAY_NONE;
}

int due_between(const struct clock_world *w, const struct dossier_clock *c, day from, day to)
{
	return c->unit == DOSSIER_WORKING_DAYS ? date_working_between(w->holidays, from, to) : to - from;
}

/* The pause that begins first on or after the day, of the flags that pause this clock: DAY_NONE, or its beginning and its end (DAY_NONE: it goes on). */
static day next_pause(const struct clock_world *w, const struct dossier_clock *c, day at, day *end_r)
{
	day begin = DAY_NONE;

	for (int i = 0; c->pauses != NULL && i < w->flag_count; i++) {
		const struct flag_row *f = &w->flags[i];
		day set = date_day_of(f->set), lifted = f->lifted == 0 ? DAY_NONE : date_day_of(f->lifted);
		if (!text_in_list(c->pauses, f->name) || (lifted != DAY_NONE && lifted <= at))
			continue;
		if (set < at)
			set = at;
		if (begin == DAY_NONE || set < begin || (set == begin && (lifted == DAY_NONE || (*end_r != DAY_NONE && lifted > *end_r)))) {
			begin = set;
			*end_r = lifted;
		}
	}
	return begin;
}

/* The days that are left when a pause begins run on from its end: the day after it is the first. The day a pause begins on is still used. */
static void count_days(const struct clock_world *w, const struct dossier_clock *c, day from, day until, struct clock_view *v)
{
	int left = c->length, used = 0;
	day at = from, end = DAY_NONE, pause;

	while (c->unit != DOSSIER_MONTHS && (pause = next_pause(w, c, at, &end)) != DAY_NONE) {
		int spent = due_between(w, c, at, pause);
		if (spent >= left || pause > until)
			break;
		used += spent;
		left -= spent;
		if (used > 0 && left < c->least)
			left = c->least;
		if (end == DAY_NONE || end > until) {
			v->paused = pause;
			v->used = used;
			v->left = left;
			return;
		}
		at = end;
	}
	v->due = due_add(w, c, at, left, &v->beyond);
	v->used = used + due_between(w, c, at, until);
}

static void count_hours(const struct dossier_clock *c, day from, int minutes, const struct clock_world *w, struct clock_view *v)
{
	v->due_at = date_start_of(from) + minutes * 60000LL + c->length * HOUR;
	v->due = date_day_of(v->due_at - 1);
	v->used = (int)((w->now - (v->due_at - c->length * HOUR)) / HOUR);
}

void due_reckon(const struct clock_world *w, const struct dossier_clock *c, day from, int minutes, day until, struct clock_view *v)
{
	if (c->unit == DOSSIER_HOURS)
		count_hours(c, from, minutes, w, v);
	else if (c->length != 0)
		count_days(w, c, from, until, v);
	else
		v->used = due_between(w, c, from, until);
}
