#include "case/clocks.h"

#include <string.h>
#include <talloc.h>

#include "base/text.h"

struct search { const struct flow *flow; const struct document *document; day not_before; };

/* The earliest act of that name on the document (or the case), not before the clock began: what is done after that day may be dated before it. */
static day act_day(const struct search *s, const char *name)
{
	for (int i = 0; i < s->flow->act_count; i++) {
		const struct act *a = &s->flow->acts[i];
		bool ours = s->document == NULL || a->document_id == s->document->id || a->document_id == 0;
		if (!ours || strcmp(a->name, name) != 0)
			continue;
		if (s->not_before == DAY_NONE || a->day >= s->not_before)
			return a->day;
		if (date_day_of(a->at) >= s->not_before)
			return s->not_before;
	}
	return DAY_NONE;
}

static day field_day(const struct search *s, const char *spec)
{
	void *tmp = talloc_new(NULL);
	const char *colon = strchr(spec, ':');
	const struct xml_doc *doc = colon == NULL ? NULL : flow_latest((struct flow *)(uintptr_t)s->flow, talloc_strndup(tmp, spec, (size_t)(colon - spec)));
	struct error ignored;
	day found = DAY_NONE;

	if (doc != NULL && date_parse(xml_find_text(tmp, xml_root(doc), colon + 1), &found, &ignored) != 0)
		found = DAY_NONE;
	talloc_free(tmp);
	return found;
}

static day trigger_day(const struct search *s, const char *triggers)
{
	void *tmp = talloc_new(NULL);
	char *copy = talloc_strdup(tmp, triggers), *save = NULL;
	day best = DAY_NONE;

	for (char *word = strtok_r(copy, "|", &save); word != NULL; word = strtok_r(NULL, "|", &save)) {
		day d = DAY_NONE;
		if (text_starts(word, "do:"))
			d = act_day(s, word + 3);
		else if (text_starts(word, "field:"))
			d = field_day(s, word + 6);
		else if (s->document != NULL)
			d = date_day_of(s->document->created);
		if (d != DAY_NONE && (best == DAY_NONE || d < best))
			best = d;
	}
	talloc_free(tmp);
	return best;
}

static day due_day(const struct flow *flow, const struct dossier_clock *c, day started, bool *beyond_r)
{
	struct error ignored;
	day due = DAY_NONE;

	if (c->unit == DOSSIER_MONTHS)
		return date_add_months(started, c->length);
	if (c->unit == DOSSIER_DAYS)
		return started + c->length;
	*beyond_r = date_add_working(flow->house->holidays, started, c->length, &due, &ignored) != 0;
	return *beyond_r ? DAY_NONE : due;
}

static int days_between(const struct flow *flow, const struct dossier_clock *c, day from, day to)
{
	return c->unit == DOSSIER_WORKING_DAYS ? date_working_between(flow->house->holidays, from, to) : to - from;
}

static bool view_one(const struct flow *flow, const struct dossier_clock *c, const struct document *d, struct clock_view *v)
{
	struct search s = { flow, d, DAY_NONE };
	day today = date_day_of(date_now());

	*v = (struct clock_view){ .clock = c, .document = d, .due = DAY_NONE, .stopped = DAY_NONE };
	v->started = trigger_day(&s, c->starts);
	if (v->started == DAY_NONE)
		return false;
	for (int i = 0; i < flow->clock_count; i++) {      /* a due day that somebody with the right to has varied */
		const struct clock_row *row = &flow->clocks[i];
		if (row->varied_by != 0 && strcmp(row->name, c->name) == 0 && row->document_id == (d == NULL ? 0 : d->id))
			v->due = row->due;
	}
	if (v->due == DAY_NONE)
		v->due = due_day(flow, c, v->started, &v->beyond);
	s.not_before = v->started;
	v->stopped = trigger_day(&s, c->stops);
	if (v->stopped != DAY_NONE && v->stopped < v->started)
		v->stopped = DAY_NONE;
	v->used = days_between(flow, c, v->started, v->stopped == DAY_NONE ? today : v->stopped);
	if (v->due != DAY_NONE)
		v->left = days_between(flow, c, v->stopped == DAY_NONE ? today : v->stopped, v->due);
	v->overdue = v->due != DAY_NONE && (v->stopped == DAY_NONE ? today : v->stopped) > v->due;
	return true;
}

int clocks_of(void *ctx, const struct flow *flow, struct clock_view **list_r)
{
	struct clock_view *list = talloc_array(ctx, struct clock_view, (size_t)flow->plugin->clock_count * (size_t)(flow->document_count + 1) + 1);
	int n = 0;

	for (int i = 0; i < flow->plugin->clock_count; i++) {
		const struct dossier_clock *c = &flow->plugin->clocks[i];
		if (!plugin_applies(c->editions, flow->c->editions))
			continue;
		if (strcmp(c->machine, "case") == 0)
			n += view_one(flow, c, NULL, &list[n]);
		for (int k = 0; k < flow->document_count; k++)
			if (strcmp(flow->documents[k].type, c->machine) == 0)
				n += view_one(flow, c, &flow->documents[k], &list[n]);
	}
	*list_r = list;
	return n;
}

int clocks_keep(struct flow *flow, struct error *error)
{
	void *tmp = talloc_new(NULL);
	struct clock_view *views;
	int n = clocks_of(tmp, flow, &views), rc = 0;

	for (int i = 0; rc == 0 && i < n; i++) {
		struct clock_row row = { .document_id = views[i].document == NULL ? 0 : views[i].document->id, .name = (char *)(uintptr_t)views[i].clock->name,
			.row = (char *)(uintptr_t)"", .started = views[i].started, .due = views[i].due, .stopped = views[i].stopped };
		bool same = false;
		for (int k = 0; k < flow->clock_count; k++) {
			const struct clock_row *old = &flow->clocks[k];
			if (strcmp(old->name, row.name) != 0 || old->document_id != row.document_id)
				continue;
			row.id = old->id;
			row.varied_by = old->varied_by;
			same = old->started == row.started && old->due == row.due && old->stopped == row.stopped;
		}
		if (!same)
			rc = clock_put(flow->house->store, flow->actor, flow->c->id, &row, error);
	}
	talloc_free(tmp);
	return rc;
}

char *clocks_words(void *ctx, const struct clock_view *v)
{
	const char *unit = v->clock->unit == DOSSIER_WORKING_DAYS ? "working day" : "day";
	int days = v->left < 0 ? -v->left : v->left;

	if (v->beyond)
		return talloc_strdup(ctx, "The due date lies beyond the bank holidays that are known. Load the new list.");
	if (v->stopped != DAY_NONE)
		return talloc_asprintf(ctx, "Done on day %d%s", v->used, v->overdue ? ", late" : "");
	if (v->overdue && days == 0)      /* late on a weekend: no working day has passed since */
		return talloc_strdup(ctx, "Overdue");
	if (v->overdue)
		return talloc_asprintf(ctx, "Overdue by %d %s%s", days, unit, days == 1 ? "" : "s");
	if (v->left == 0)
		return talloc_strdup(ctx, "Due today");
	return talloc_asprintf(ctx, "Due in %d %s%s", days, unit, days == 1 ? "" : "s");
}
