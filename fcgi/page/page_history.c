#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "case/chronology.h"
#include "page/pages.h"
#include "store/store_audit.h"

#define MAX_PAGE 1000000      /* times a hundred it is still a number */

int page_history(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	struct flow *flow = flow_open(ctx, r->house, &r->actor, r->steps[2], error);
	int number = (int)request_number(r->query, "page", 1), n;
	struct audit_row *rows;
	xml_node *page, *history;

	if (flow == NULL)
		return -1;
	if (!flow_may(flow, "read", "history", NULL).yes)
		return error_set(error, ERROR_DENIED, "history.role", "You may not read the history of this case.");
	if (number < 1 || number > MAX_PAGE)
		number = 1;
	n = audit_of_case(ctx, r->house->store, flow->c->id, 101, (number - 1) * 100, &rows, error);
	if (n < 0)
		return -1;
	page = model_page(ctx, r, answer, "history", talloc_asprintf(ctx, "History of %s", flow->c->reference));
	model_trail(page, "/work", "Cases");
	model_trail(page, model_case_href(ctx, flow, ""), flow->c->reference);
	model_case(page, flow);
	history = xml_add(page, "history");
	xml_setf(history, "page", "%d", number);
	if (n > 100)
		xml_set(history, "next", model_case_href(ctx, flow, talloc_asprintf(ctx, "/history?page=%d", number + 1)));
	for (int i = 0; i < n && i < 100; i++) {
		xml_node *e = xml_add(history, "entry");
		xml_set(e, "at", date_words_instant(ctx, rows[i].at));
		xml_set(e, "actor", rows[i].actor);
		xml_set(e, "verb", rows[i].verb);
		xml_set(e, "object", rows[i].object);
		xml_set(e, "outcome", rows[i].outcome);
		xml_set(e, "detail", rows[i].detail);
		if (strcmp(rows[i].verb, "version.add") == 0 && rows[i].version > 1)
			xml_set(e, "compare", model_case_href(ctx, flow, talloc_asprintf(ctx, "/documents/%s/compare/%d/%d", rows[i].object, rows[i].version - 1, rows[i].version)));
	}
	return 0;
}

#define GAP_DAYS 60      /* shown as "no recorded contact" from here on: a local default */

int page_chronology(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	struct flow *flow = flow_open(ctx, r->house, &r->actor, r->steps[2], error);
	struct event *events;
	xml_node *page, *chronology;
	int n;

	if (flow == NULL)
		return -1;
	n = chronology_merge(ctx, flow, &events);
	page = model_page(ctx, r, answer, "chronology", talloc_asprintf(ctx, "Chronology of %s", flow->c->reference));
	model_trail(page, "/work", "Cases");
	model_trail(page, model_case_href(ctx, flow, ""), flow->c->reference);
	model_case(page, flow);
	chronology = xml_add(page, "chronology");
	for (int i = 0; i < n; i++) {
		const struct event *e = &events[i];
		xml_node *x = xml_add(chronology, "event");
		int gap = i > 0 && e->when.sort != DAY_NONE && events[i - 1].when.sort != DAY_NONE ? e->when.sort - events[i - 1].when.sort : 0;
		xml_set(x, "when", e->words);
		if (e->when.sort != DAY_NONE)
			xml_set(x, "sort", date_iso(ctx, e->when.sort));
		xml_set(x, "agency", e->document->agency);
		xml_set(x, "agency-name", flow_agency_name(flow, e->document->agency));
		xml_set(x, "kind", e->kind);
		xml_set(x, "who", e->who);
		xml_set(x, "text", e->text);
		xml_set(x, "source", e->source);
		xml_set(x, "id", e->id);
		xml_set(x, "significance", e->significance);
		xml_set(x, "href", model_case_href(ctx, flow, talloc_asprintf(ctx, "/documents/%s/versions/%d", e->document->pub, e->document->latest)));
		if (gap > GAP_DAYS)
			xml_setf(x, "gap-days", "%d", gap);
	}
	return 0;
}

/* What was said with a step, to whoever may know: of a document, its readers and writers; of the case, those who may read its history, and who said it. */
static bool may_hear(const struct flow *flow, const struct act *a)
{
	for (int i = 0; i < flow->document_count; i++) {
		const struct document *d = &flow->documents[i];
		if (d->id == a->document_id)
			return flow_may(flow, "read", d->type, d).yes || flow_may(flow, "write", d->type, d).yes;
	}
	return a->actor == flow->actor->account || flow_may(flow, "read", "history", NULL).yes;
}

char *page_said_href(void *ctx, const struct flow *flow, const struct act *a)
{
	const struct dossier_transition *t = NULL;

	for (int i = 0; i < flow->plugin->transition_count && t == NULL; i++)
		if (strcmp(flow->plugin->transitions[i].name, a->name) == 0 && flow->plugin->transitions[i].input != NULL)
			t = &flow->plugin->transitions[i];
	return t == NULL || a->actor == 0 || !may_hear(flow, a) ? NULL : model_case_href(ctx, flow, talloc_asprintf(ctx, "/said/%d", (int)(a - flow->acts) + 1));
}

int page_said(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	struct flow *flow = flow_open(ctx, r->house, &r->actor, r->steps[2], error);
	const struct library_form *f = NULL;
	const struct act *act = NULL;
	struct xml_doc *doc = NULL;
	struct judge *judge;
	xml_node *page, *d;
	char *input;
	int n;

	if (flow == NULL)
		return -1;
	n = text_ordinal(r->steps[4], r->steps[4] + strlen(r->steps[4]));      /* its number in the case: acts are only ever added */
	if (n >= 1 && n <= flow->act_count && may_hear(flow, &flow->acts[n - 1]))
		act = &flow->acts[n - 1];
	input = act == NULL ? NULL : act_input(ctx, r->house->store, flow->c->id, act->id, error);
	if (input != NULL && *input != '\0' && (doc = xml_read_own(ctx, input, strlen(input), "act", error)) != NULL)
		f = library_form(r->house->library, xml_get(xml_root(doc), "id"), 0);
	if (f == NULL)
		return error_set(error, ERROR_MISSING, "act.missing", "Nothing was said with this step, or it is not for you.");
	judge = flow_judge(ctx, flow, f->form, NULL);
	page = model_page(ctx, r, answer, "view", f->form->title);
	model_trail(page, "/work", "Cases");
	model_trail(page, model_case_href(ctx, flow, ""), flow->c->reference);
	model_case(page, flow);
	d = xml_add(page, "document");
	xml_set(d, "title", f->form->title);
	xml_set(d, "words", date_words_instant(ctx, act->at));
	xml_set(d, "author", act->actor_name);
	answer->sheet = f->view;
	return model_form(page, judge, doc, NULL, error) == NULL ? -1 : 0;
}
