#include <string.h>
#include <talloc.h>

#include "base/log.h"
#include "case/clocks.h"
#include "page/page_case_inner.h"
#include "page/pages.h"

/* All that the viewer's own agency owes, over all cases: what is asked, until when, where it is, what comes next. */

static bool is_owed(const struct flow *flow, const struct document *d)
{
	const struct dossier_state *s = plugin_state(flow->plugin, d->type, d->state);

	return strcmp(d->agency, flow->actor->agency) == 0 && s != NULL && s->waits_for != NULL && strcmp(s->waits_for, "agencies") == 0 &&
		(flow_may(flow, "read", d->type, d).yes || flow_may(flow, "write", d->type, d).yes);
}

static void show_due(void *ctx, xml_node *o, const struct document *d, const struct clock_view *clocks, int count)
{
	const struct clock_view *next = NULL;

	for (int i = 0; i < count; i++)
		if (clocks[i].document == d && clocks[i].stopped == DAY_NONE && clocks[i].due != DAY_NONE && (next == NULL || clocks[i].due > next->due))
			next = &clocks[i];      /* the last of its limits is the document's own */
	if (next == NULL)
		return;
	xml_set(o, "due", date_iso(ctx, next->due));
	xml_set(o, "due-words", date_words_long(ctx, next->due));
	xml_set(o, "due-in", clocks_words(ctx, next));
	xml_set(o, "overdue", next->overdue ? "yes" : "no");
}

/* The agency's other documents in the case say what it was asked. */
static void show_asked(void *ctx, xml_node *o, struct flow *flow, const struct document *owed)
{
	for (int i = 0; i < flow->document_count; i++) {
		const struct document *d = &flow->documents[i];
		xml_node *a;
		if (d == owed || strcmp(d->agency, owed->agency) != 0 || d->latest == 0 || is_owed(flow, d) || !flow_may(flow, "read", d->type, d).yes)
			continue;
		a = xml_add(o, "asked");
		xml_set(a, "title", flow_title(ctx, flow, d));
		xml_set(a, "on", date_words(ctx, date_day_of(d->created)));
		xml_set(a, "href", model_case_href(ctx, flow, talloc_asprintf(ctx, "/documents/%s/versions/%d", d->pub, d->latest)));
	}
}

static void show_owed(void *ctx, xml_node *owed, struct flow *flow, const struct document *d, const struct clock_view *clocks, int count)
{
	const struct dossier_state *s = plugin_state(flow->plugin, d->type, d->state);
	struct choice *choices;
	int n = workflow_choices(ctx, flow, d, &choices);
	xml_node *o = xml_add(owed, "document");
	char *base = model_case_href(ctx, flow, talloc_asprintf(ctx, "/documents/%s", d->pub));

	xml_set(o, "href", base);
	xml_set(o, "title", flow_title(ctx, flow, d));
	xml_set(o, "case", flow->c->reference);
	xml_set(o, "case-href", model_case_href(ctx, flow, ""));
	xml_set(o, "type", flow->plugin->title);
	xml_set(o, "state", d->state);
	xml_set(o, "state-title", s == NULL ? d->state : s->title);
	xml_set(o, "write", flow_may(flow, "write", d->type, d).yes ? "yes" : "no");
	show_due(ctx, o, d, clocks, count);
	case_beside(o, flow, d, clocks, count);
	show_asked(ctx, o, flow, d);
	for (int i = 0; i < n; i++)
		if (choices[i].allowed)
			model_action(o, flow, &choices[i], base);
}

int page_owed(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	int64_t *cases;
	int n = *r->actor.agency == '\0' ? 0 : document_cases_of(ctx, r->house->store, r->actor.agency, &cases, error);
	xml_node *page, *owed;

	if (n < 0)
		return -1;
	page = model_page(ctx, r, answer, "owed", "What your agency is asked for");
	model_trail(page, "/work", "Cases");
	owed = xml_add(page, "owed");
	for (int i = 0; i < n; i++) {
		struct flow *flow = flow_of(ctx, r->house, &r->actor, cases[i], error);
		struct clock_view *clocks;
		int count;
		if (flow == NULL) {      /* one case that cannot be opened hides no other */
			if (error->kind != ERROR_GONE && strcmp(error->code, "case.plugin") != 0)
				return -1;
			if (error->kind != ERROR_GONE)        /* destroyed: nothing to look after any more */
				log_line(LOG_ERROR, "case.closed-to-all", "case=%lld code=%s", (long long)cases[i], error->code);
			*error = (struct error){0};
			continue;
		}
		count = clocks_of(ctx, flow, &clocks);
		for (int k = 0; k < flow->document_count; k++)
			if (is_owed(flow, &flow->documents[k]))
				show_owed(ctx, owed, flow, &flow->documents[k], clocks, count);
	}
	return 0;
}
