#include "case/clocks_inner.h"

#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "plugin/track.h"

#define WARN_HOUR 16      /* a day's work is nearly over */

static bool exists(const struct clock_world *w, const struct dossier_clock *c)
{
	const char *colon = c->only == NULL ? NULL : strchr(c->only, ':');
	void *tmp;
	bool yes = false;

	if (!plugin_applies(c->editions, w->editions) || !track_has(w->plugin, w->acts, w->act_count, c->track) || (w->only != NULL && strcmp(w->only, c->name) != 0))
		return false;
	if (colon == NULL)
		return true;
	tmp = talloc_new(NULL);
	for (int i = 0; !yes && i < w->document_count; i++)
		if (w->documents[i].latest > 0 && strcmp(w->documents[i].type, talloc_strndup(tmp, c->only, (size_t)(colon - c->only))) == 0) {
			const struct xml_doc *tree = w->tree(w->data, &w->documents[i]);
			yes = tree != NULL && strcmp(xml_find_text(tmp, xml_root(tree), talloc_asprintf(tmp, "string(boolean(%s))", colon + 1)), "true") == 0;
		}
	talloc_free(tmp);
	return yes;
}

/* The last act that moved the due day of what runs now: its day is the new due day. */
static const struct act *variation(const struct clock_world *w, const struct dossier_clock *c, const struct document *d, day started)
{
	for (int i = w->act_count - 1; c->varied != NULL && i >= 0; i--)
		if (strcmp(w->acts[i].name, c->varied) == 0 && w->acts[i].document_id == (d == NULL ? 0 : d->id) && date_day_of(w->acts[i].at) >= started)
			return &w->acts[i];
	return NULL;
}

static day stop_day(const struct clock_world *w, const struct clock_view *v, const xml_node *row)
{
	struct seek s = { w, v->document, row, row == NULL ? v->started : DAY_NONE, false };      /* a row may tell what was done before it was written down */

	return v->clock->all ? seek_all(&s, v->clock->stops) : seek_day(&s, v->clock->stops);
}

static void set_due(const struct clock_world *w, struct clock_view *v, const xml_node *row)
{
	const struct dossier_clock *c = v->clock;
	struct seek s = { w, v->document, row, DAY_NONE, c->again };
	day today = date_day_of(w->now), from = c->from == NULL ? v->started : seek_day(&s, c->from), named;

	if (from != DAY_NONE)
		due_reckon(w, c, from, seek_minutes(&s, c->at), v->stopped == DAY_NONE ? today : v->stopped, v);
	s.after = row != NULL ? DAY_NONE : c->sooner ? v->started + 1 : v->started;      /* what lay ahead when it began */
	s.last = false;
	named = c->named == NULL ? DAY_NONE : seek_day(&s, c->named);
	if (named != DAY_NONE && (!c->sooner || v->due == DAY_NONE || named < v->due))
		v->due = named, v->beyond = false;
	v->varied = variation(w, c, v->document, v->started);
	if (v->varied != NULL)
		v->due = v->varied->day, v->beyond = false;
}

static void set_standing(const struct clock_world *w, struct clock_view *v)
{
	day today = date_day_of(w->now), until;
	int hour, minute;

	if (v->clock->lapses && v->stopped == DAY_NONE && v->due != DAY_NONE && v->due < today) {
		v->stopped = v->due;
		v->lapsed = true;
	}
	until = v->stopped == DAY_NONE ? today : v->stopped;
	if (v->due == DAY_NONE)
		return;
	v->overdue = v->due_at != 0 && v->stopped == DAY_NONE ? w->now > v->due_at : until > v->due;
	v->left = v->due_at != 0 ? (int)((v->due_at - w->now) / 3600000) : due_between(w, v->clock, until, v->due);
	date_clock_of(w->now, &hour, &minute);
	v->warn = v->stopped == DAY_NONE && v->due == today && hour >= WARN_HOUR;
}

static bool view_one(const struct clock_world *w, const struct dossier_clock *c, const struct document *d, const xml_node *row, struct clock_view *v)
{
	struct seek s = { w, d, row, DAY_NONE, c->again };

	*v = (struct clock_view){ .clock = c, .document = d, .row = "", .row_name = "", .due = DAY_NONE, .stopped = DAY_NONE, .paused = DAY_NONE };
	v->started = seek_day(&s, c->starts);
	if (v->started == DAY_NONE)
		return false;
	v->stopped = stop_day(w, v, row);
	if (v->stopped != DAY_NONE && v->stopped < v->started) {
		if (row == NULL)
			v->stopped = DAY_NONE;
		else
			v->started = v->stopped;
	}
	set_due(w, v, row);
	set_standing(w, v);
	return true;
}

struct views { struct clock_view *list; int count; };

static struct clock_view *room(void *ctx, struct views *v)
{
	v->list = talloc_realloc(ctx, v->list, struct clock_view, (size_t)v->count + 1);
	return &v->list[v->count];
}

/* A row is known by its id, or by the field its form names as key: `id` or `number` in all forms so far. */
static void view_rows(void *ctx, const struct clock_world *w, const struct dossier_clock *c, const struct document *d, struct views *views)
{
	const struct xml_doc *tree = d->latest == 0 ? NULL : w->tree(w->data, d);
	void *tmp = talloc_new(NULL);
	xml_node **rows;
	int n = tree == NULL ? 0 : xml_find_all(tmp, xml_root(tree), c->rows, &rows);

	for (int i = 0; i < n; i++) {
		struct clock_view *v = room(ctx, views);
		if (!view_one(w, c, d, rows[i], v))
			continue;
		v->row = xml_find_text(ctx, rows[i], "string((@id | id | number)[1])");
		v->row_name = c->row_name == NULL ? "" : xml_find_text(ctx, rows[i], c->row_name);
		views->count++;
	}
	talloc_free(tmp);
}

int clocks_reckon(void *ctx, const struct clock_world *w, struct clock_view **list_r)
{
	struct views views = { talloc_array(ctx, struct clock_view, 0), 0 };

	for (int i = 0; i < w->plugin->clock_count; i++) {
		const struct dossier_clock *c = &w->plugin->clocks[i];
		if (!exists(w, c))
			continue;
		if (strcmp(c->machine, "case") == 0)
			views.count += view_one(w, c, NULL, NULL, room(ctx, &views));
		for (int k = 0; k < w->document_count; k++) {
			if (strcmp(w->documents[k].type, c->machine) != 0)
				continue;
			if (c->rows != NULL)
				view_rows(ctx, w, c, &w->documents[k], &views);
			else
				views.count += view_one(w, c, &w->documents[k], NULL, room(ctx, &views));
		}
	}
	*list_r = views.list;
	return views.count;
}

day clocks_nth(const struct clock_world *w, const struct clock_view *v, int n)
{
	struct seek s = { w, v->document, NULL, DAY_NONE, v->clock->again };
	day from = v->clock->from == NULL ? v->started : seek_day(&s, v->clock->from);
	bool beyond = false;

	return from == DAY_NONE ? DAY_NONE : due_add(w, v->clock, from, n, &beyond);
}

/* --- words ------------------------------------------------------------------------------------------------------------------ */

const char *clocks_unit(const struct dossier_clock *c)
{
	static const char *const units[] = { "working days", "days", "months", "hours" };

	return units[c->unit >= 0 && c->unit <= DOSSIER_HOURS ? c->unit : 0];
}

/* "3 working days"; a clock in months has its days counted one by one. */
static char *so_many(void *ctx, const struct clock_view *v, int n)
{
	const char *unit = v->clock->unit == DOSSIER_WORKING_DAYS ? "working day" : v->clock->unit == DOSSIER_HOURS ? "hour" : "day";

	return talloc_asprintf(ctx, "%d %s%s", n, unit, n == 1 ? "" : "s");
}

static char *running_words(void *ctx, const struct clock_view *v)
{
	if (v->overdue && v->left == 0)      /* late on a weekend: no working day has passed since */
		return talloc_strdup(ctx, "Overdue");
	if (v->overdue)
		return talloc_asprintf(ctx, "Overdue by %s", so_many(ctx, v, -v->left));
	if (v->due_at != 0)
		return talloc_asprintf(ctx, "Due by %s", date_words_instant(ctx, v->due_at));
	if (v->left == 0)
		return talloc_strdup(ctx, v->warn ? "Due today, by midnight" : "Due today");
	return talloc_asprintf(ctx, "Due in %s", so_many(ctx, v, v->left));
}

char *clocks_words(void *ctx, const struct clock_view *v)
{
	if (v->lapsed)
		return talloc_strdup(ctx, "The time has passed");
	if (v->stopped != DAY_NONE)
		return v->clock->length < 0 || v->clock->unit == DOSSIER_HOURS ? talloc_asprintf(ctx, "Done on %s%s", date_words(ctx, v->stopped), v->overdue ? ", late" : "") :
			talloc_asprintf(ctx, "Done on day %d%s", v->used, v->overdue ? ", late" : "");
	if (v->paused != DAY_NONE)
		return talloc_asprintf(ctx, "On hold since %s. When the hold ends, %s are left", date_words(ctx, v->paused), so_many(ctx, v, v->left));
	if (v->beyond)
		return talloc_strdup(ctx, "The due date lies beyond the bank holidays that are known. Load the new list.");
	if (v->due == DAY_NONE)
		return v->clock->length == 0 ? talloc_asprintf(ctx, "No limit. This is day %d", v->used) : talloc_strdup(ctx, "The day is not known yet");
	return running_words(ctx, v);
}
