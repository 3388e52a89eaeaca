/* Clocks of a case as it stands in the store: reckoned anew from acts and documents, and kept so that lists find them by index. */
#include "case/clocks_inner.h"

#include <string.h>
#include <talloc.h>

#include "base/text.h"

struct source { const struct flow *flow; void *ctx; };

static const struct xml_doc *tree_of(void *data, const struct document *document)
{
	struct source *s = data;

	return document->latest == 0 ? NULL : hook_latest(s->flow->hook, document);
}

static const struct xml_doc *said_with(void *data, const struct act *a)
{
	struct source *s = data;
	struct error ignored;
	char *input = act_input(s->ctx, s->flow->house->store, s->flow->c->id, a->id, &ignored);

	return input == NULL || *input == '\0' ? NULL : xml_read_own(s->ctx, input, strlen(input), "act", &ignored);
}

struct clock_world clocks_world(void *ctx, const struct flow *flow)
{
	struct source *source = talloc(ctx, struct source);

	*source = (struct source){ flow, source };
	return (struct clock_world){ .plugin = flow->plugin, .editions = flow->c->editions, .holidays = flow->house->holidays, .now = date_now(),
		.documents = flow->documents, .document_count = flow->document_count, .acts = flow->acts, .act_count = flow->act_count,
		.flags = flow->all_flags, .flag_count = flow->all_flag_count, .tree = tree_of, .said = said_with, .data = source };
}

int clocks_of(void *ctx, const struct flow *flow, struct clock_view **list_r)
{
	struct clock_world world = clocks_world(ctx, flow);

	return clocks_reckon(ctx, &world, list_r);
}

bool clocks_allow(const struct flow *flow, const struct dossier_transition *t, const struct document *document)
{
	bool varies = false, runs = false;
	void *tmp;
	struct clock_view *views;
	int n;

	for (int i = 0; !varies && i < flow->plugin->clock_count; i++)
		varies = flow->plugin->clocks[i].varied != NULL && strcmp(flow->plugin->clocks[i].varied, t->name) == 0;
	if (!varies)
		return true;
	tmp = talloc_new(NULL);
	n = clocks_of(tmp, flow, &views);
	for (int i = 0; !runs && i < n; i++)
		runs = views[i].clock->varied != NULL && strcmp(views[i].clock->varied, t->name) == 0 && views[i].stopped == DAY_NONE &&
			(views[i].document == NULL ? document == NULL : document != NULL && views[i].document->id == document->id);
	talloc_free(tmp);
	return runs;
}

char *clocks_waits(void *ctx, const struct flow *flow, const struct clock_view *v)
{
	const char *waits = v->clock->waits_for;

	if (v->stopped != DAY_NONE)
		return talloc_strdup(ctx, "");
	if (v->document != NULL && *v->document->agency != '\0' && (waits == NULL || strcmp(waits, "agencies") == 0))
		return talloc_strdup(ctx, flow_agency_name(flow, v->document->agency));
	return waits == NULL ? talloc_strdup(ctx, "") : plugin_role_titles(ctx, flow->plugin, waits);
}

/* --- keeping ---------------------------------------------------------------------------------------------------------------- */

/* How far somebody moved the due day, in days: for people who read the table; the act that did it says why. */
static int moved_by(const struct clock_world *w, const struct clock_view *v)
{
	day plain = v->varied == NULL ? DAY_NONE : clocks_nth(w, v, v->clock->length);

	return plain == DAY_NONE ? 0 : v->due - plain;
}

static bool is_row_of(const struct clock_row *row, const struct clock_view *v)
{
	return strcmp(row->name, v->clock->name) == 0 && row->document_id == (v->document == NULL ? 0 : v->document->id) && strcmp(row->row, v->row) == 0;
}

static int keep_one(struct flow *flow, const struct clock_world *w, const struct clock_view *v, bool *wrote, struct error *error)
{
	struct clock_row row = { .document_id = v->document == NULL ? 0 : v->document->id, .name = (char *)(uintptr_t)v->clock->name,
		.row = (char *)(uintptr_t)v->row, .started = v->started, .due = v->due, .stopped = v->stopped, .varied_by = moved_by(w, v) };

	for (int i = 0; row.id == 0 && i < flow->clock_count; i++) {
		const struct clock_row *old = &flow->clocks[i];
		if (!is_row_of(old, v))
			continue;
		if (old->started == row.started && old->due == row.due && old->stopped == row.stopped && old->varied_by == row.varied_by)
			return 0;
		row.id = old->id;
	}
	*wrote = true;
	return clock_put(flow->house->store, flow->actor, flow->c->id, &row, error);
}

/* A clock that is not there any more (its row is gone, its condition no longer holds), or is there twice, runs for nobody. */
static int end_lost(struct flow *flow, const struct clock_view *views, int n, bool *wrote, struct error *error)
{
	for (int i = 0; i < flow->clock_count; i++) {
		struct clock_row row = flow->clocks[i];
		bool there = row.stopped != DAY_NONE;
		for (int k = 0; !there && k < n; k++) {
			there = is_row_of(&row, &views[k]);
			for (int m = 0; there && m < i; m++)
				there = !is_row_of(&flow->clocks[m], &views[k]);
		}
		if (there)
			continue;
		row.stopped = date_day_of(date_now());
		*wrote = true;
		if (clock_put(flow->house->store, flow->actor, flow->c->id, &row, error) != 0)
			return -1;
	}
	return 0;
}

static int keep_lists(struct flow *flow, const struct clock_world *w, const struct clock_view *views, int n, struct error *error)
{
	struct case_standing standing = clocks_standing(flow, w, views, n);
	struct task *tasks;
	int count = clocks_tasks(flow, flow, w, views, n, &tasks), rc = case_stand(flow->house->store, flow->c->id, &standing, error);

	if (rc == 0)
		rc = task_replace(flow->house->store, flow->c->id, tasks, count, error);
	talloc_free(tasks);
	return rc;
}

int clocks_keep(struct flow *flow, struct error *error)
{
	void *tmp = talloc_new(NULL);
	struct clock_world world = clocks_world(tmp, flow);
	struct clock_view *views;
	int n = clocks_reckon(tmp, &world, &views), rc = 0;
	bool wrote = false;

	for (int i = 0; rc == 0 && i < n; i++)
		rc = keep_one(flow, &world, &views[i], &wrote, error);
	if (rc == 0)
		rc = end_lost(flow, views, n, &wrote, error);
	if (rc == 0 && wrote)      /* a step that follows keeps them again: it must know these rows */
		rc = (flow->clock_count = clock_list(flow, flow->house->store, flow->c->id, &flow->clocks, error)) < 0 ? -1 : 0;
	if (rc == 0)
		rc = keep_lists(flow, &world, views, n, error);
	talloc_free(tmp);
	return rc;
}
