#include "case/reminders.h"

#include <string.h>
#include <talloc.h>

#include "base/log.h"
#include "case/clocks.h"

#define AT_ONCE 20      /* cases a round: others want the store too */

static struct document *by_id(struct flow *flow, int64_t id)
{
	for (int i = 0; i < flow->document_count; i++)
		if (flow->documents[i].id == id)
			return &flow->documents[i];
	return NULL;
}

/* The first nudge whose day has come; the document it is for, 0: the case. NULL: none. */
static const struct dossier_nudge *next_nudge(const struct flow *flow, int64_t *document_r)
{
	void *tmp = talloc_new(NULL);
	struct clock_world w = clocks_world(tmp, flow);
	struct clock_view *views;
	int n = clocks_reckon(tmp, &w, &views);
	const struct dossier_nudge *found = NULL;
	day best = date_day_of(w.now), when;

	for (int i = 0; i < n; i++)
		for (int k = 0; k < flow->plugin->nudge_count; k++)
			if (clocks_nudge_open(flow, &w, &flow->plugin->nudges[k], &views[i], &when) && (when < best || (when == best && found == NULL))) {
				best = when;
				found = &flow->plugin->nudges[k];
				*document_r = views[i].document == NULL ? 0 : views[i].document->id;
			}
	talloc_free(tmp);
	return found;
}

static int look_at(void *ctx, struct house *house, int64_t case_id, struct error *error)
{
	struct flow *flow = flow_of(ctx, house, &actor_system, case_id, error);
	const struct dossier_nudge *n;
	int64_t document;

	if (flow == NULL)
		return -1;
	while ((n = next_nudge(flow, &document)) != NULL)
		if (workflow_follow(flow, n->does, document == 0 ? NULL : by_id(flow, document), error) != 0)
			return -1;
	return clocks_keep(flow, error);
}

/* Inside the transaction from the reading on: what a person does at the same time comes before or after. */
static int one(void *ctx, struct house *house, int64_t case_id, struct error *error)
{
	if (store_begin(house->store, error) != 0)
		return -1;
	if (look_at(ctx, house, case_id, error) == 0 && store_commit(house->store, error) == 0)
		return 0;
	store_rollback(house->store);
	return -1;
}

static int put_off(struct house *house, int64_t case_id, struct error *error)
{
	if (store_begin(house->store, error) != 0)
		return -1;
	if (case_look_later(house->store, case_id, date_day_of(date_now()) + 1, error) == 0 && store_commit(house->store, error) == 0)
		return 0;
	store_rollback(house->store);
	return -1;
}

int reminders_do(void *ctx, struct house *house, struct error *error)
{
	int64_t *list;
	int n = case_to_look_at(ctx, house->store, date_day_of(date_now()), AT_ONCE, &list, error);

	for (int i = 0; i < n; i++) {
		struct error why = {0};
		if (one(ctx, house, list[i], &why) == 0)
			continue;
		if (why.kind == ERROR_BUSY || why.kind == ERROR_FULL)
			return *error = why, -1;
		log_line(LOG_ERROR, "case.reminders", "case=%lld code=%s", (long long)list[i], why.code);
		if (put_off(house, list[i], error) != 0)
			return -1;
	}
	return n;
}
