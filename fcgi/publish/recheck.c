#include "publish/recheck.h"

#include <talloc.h>

#include "base/log.h"
#include "base/text.h"
#include "case/workflow.h"
#include "publish/candidate.h"
#include "publish/release.h"
#include "store/store_audit.h"

#define SAY "This page has been withdrawn while it is checked."

/* The words that were accepted as ordinary ones where they stand are accepted still. */
static int search(void *ctx, struct flow *flow, const struct publication *p, const struct secrets *secrets, bool *hit_r, struct error *error)
{
	struct edition *e = edition_get(ctx, flow->house->store, p, error);
	const char *allowed[] = { flow->house->config->partnership, NULL };
	struct xml_doc *marks = e == NULL ? NULL : candidate_marks(ctx, flow, p, error);
	struct gate_accepted *accepted;
	struct gate_report *report;
	struct gate_page page;
	int n;

	if (marks == NULL)
		return -1;
	accepted = candidate_accepted(ctx, marks, &n);
	page = (struct gate_page){ .address = talloc_asprintf(ctx, "/%s/%s", e->folder, e->slug), .headers = release_headers, .bytes = e->bytes, .length = e->length, .allowed = allowed };
	if (gate_check(ctx, candidate_entries(ctx, secrets), secrets->count, accepted, n, &page, &report, error) != 0)
		return -1;
	*hit_r = report->refused || report->count > 0;
	if (*hit_r)      /* which entry and how, never what */
		log_line(LOG_WARN, "recheck.hit", "publication=%s entry=%s variant=%s", p->pub, report->refused ? "" : report->hits[0].entry, report->refused ? "grammar" : report->hits[0].variant);
	return 0;
}

static int withdraw(struct flow *flow, struct publication *p, struct error *error)
{
	struct store *store = flow->house->store;

	if (store_begin(store, error) != 0)
		return -1;
	if (edition_withdraw(store, flow->actor, p, SAY, error) == 0 && workflow_after(flow, talloc_asprintf(flow, "recheck:%s", p->type), NULL, error) == 0)
		return store_commit(store, error);
	store_rollback(store);
	return -1;
}

int recheck_case(void *ctx, struct house *house, int64_t case_id, struct error *error)
{
	void *tmp = talloc_new(ctx);
	struct flow *flow = flow_of(tmp, house, &actor_system, case_id, error);
	struct publication *list;
	struct secrets *secrets = NULL;
	int n = flow == NULL ? -1 : publication_list(tmp, house->store, case_id, &list, error), withdrawn = n < 0 ? -1 : 0;

	for (int i = 0; withdrawn >= 0 && i < n; i++) {
		bool hit = false;
		if (!edition_stands(house->store, &list[i]))
			continue;
		if ((secrets == NULL && (secrets = candidate_secrets(tmp, flow, false, error)) == NULL) || search(tmp, flow, &list[i], secrets, &hit, error) != 0 ||
		    (hit && withdraw(flow, &list[i], error) != 0))
			withdrawn = -1;
		else
			withdrawn += hit;
	}
	talloc_free(tmp);
	return withdrawn;
}

int recheck_since(void *ctx, struct house *house, int64_t *upto, struct error *error)
{
	int64_t *cases, last = 0;
	int n = edition_cases_since(ctx, house->store, *upto, &cases, &last, error), withdrawn = 0;

	for (int i = 0; i < n; i++) {
		struct error own = { 0 };
		int found = recheck_case(ctx, house, cases[i], &own);
		if (found < 0)      /* one case that cannot be opened must not leave the others unsearched */
			log_line(LOG_ERROR, "recheck.case", "case=%lld code=%s", (long long)cases[i], own.code);
		else
			withdrawn += found;
	}
	if (n < 0)
		return -1;
	*upto = last;
	return withdrawn;
}
