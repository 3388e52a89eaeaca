#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "case/chronology.h"
#include "page/page_case_inner.h"
#include "page/pages.h"
#include "store/store_audit.h"
#include "store/store_note.h"

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
		history_words(ctx, e, flow, &rows[i]);
		if (strcmp(rows[i].verb, "version.add") == 0 && rows[i].version > 1)
			xml_set(e, "compare", model_case_href(ctx, flow, talloc_asprintf(ctx, "/documents/%s/compare/%d/%d", rows[i].object, rows[i].version - 1, rows[i].version)));
	}
	return 0;
}

static bool has_events(const struct form *form)
{
	for (int i = 0; form != NULL && i < form->repeat_count; i++)
		if (form->repeats[i].is != NULL && strcmp(form->repeats[i].is, "event") == 0)
			return true;
	return false;
}

/* A note may name another agency's event: it is for whoever may read the events of all. */
static int notes_for(void *ctx, struct flow *flow, struct note **list_r, struct error *error)
{
	for (int i = 0; i < flow->document_count; i++)
		if (flow->documents[i].latest > 0 && has_events(flow_form(flow, &flow->documents[i])) && !flow_may(flow, "read", flow->documents[i].type, &flow->documents[i]).yes)
			return 0;
	return note_list(ctx, flow->house->store, flow->c->id, list_r, error);
}

/* The words of the agency's own form for the kind of an event. */
static const char *kind_words(const struct flow *flow, const struct event *e)
{
	const struct form *form = flow_form(flow, e->document);

	for (int i = 0; form != NULL && i < form->field_count; i++)
		if (field_is(&form->fields[i], "event.kind")) {
			const struct option *option = form_option(&form->fields[i], e->kind);
			return option == NULL ? NULL : option->label;
		}
	return NULL;
}

#define GAP_DAYS 60      /* shown as "no recorded contact" from here on: a local default */

int page_chronology(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	struct flow *flow = flow_open(ctx, r->house, &r->actor, r->steps[2], error);
	struct event *events;
	struct note *notes = NULL;
	xml_node *page, *chronology;
	int n, note_count;

	if (flow == NULL)
		return -1;
	n = chronology_merge(ctx, flow, &events);
	note_count = notes_for(ctx, flow, &notes, error);
	if (note_count < 0)
		return -1;
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
		xml_set(x, "kind-words", kind_words(flow, e));
		xml_set(x, "who", e->who);
		xml_set(x, "text", e->text);
		xml_set(x, "source", e->source);
		xml_set(x, "id", e->id);
		xml_set(x, "significance", e->significance);
		xml_set(x, "href", model_case_href(ctx, flow, talloc_asprintf(ctx, "/documents/%s/versions/%d", e->document->pub, e->document->latest)));
		if (gap > GAP_DAYS)
			xml_setf(x, "gap-days", "%d", gap);
		note_show(ctx, x, notes, note_count, e);
		if (*e->id != '\0' && flow_may(flow, "note", e->document->type, e->document).yes)
			xml_set(x, "note-href", model_case_href(ctx, flow, talloc_asprintf(ctx, "/documents/%s/notes/%d", e->document->pub, e->row)));
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

static const struct dossier_transition *step_of(const struct flow *flow, const struct act *a)
{
	const char *machine = "case";

	for (int i = 0; i < flow->document_count; i++)
		if (flow->documents[i].id == a->document_id)
			machine = flow->documents[i].type;
	return plugin_transition(flow->plugin, machine, a->name);
}

/* Something may have been said with it: answers to its form, or reasons for passing what its guard warned of. */
char *page_said_href(void *ctx, const struct flow *flow, const struct act *a)
{
	const struct dossier_transition *t = a->actor == 0 ? NULL : step_of(flow, a);

	if (t == NULL || (t->input == NULL && t->guard == NULL) || !may_hear(flow, a))
		return NULL;
	return model_case_href(ctx, flow, talloc_asprintf(ctx, "/said/%d", (int)(a - flow->acts) + 1));
}

static const struct act *act_heard(const struct request *r, const struct flow *flow)
{
	int n = text_ordinal(r->steps[4], r->steps[4] + strlen(r->steps[4]));      /* its number in the case: acts are only ever added */

	return n >= 1 && n <= flow->act_count && may_hear(flow, &flow->acts[n - 1]) ? &flow->acts[n - 1] : NULL;
}

static xml_node *said_frame(void *ctx, struct request *r, struct answer *answer, const struct flow *flow, const struct act *act, const char *is, const char *title, const char *reasons)
{
	xml_node *page = model_page(ctx, r, answer, is, title), *d;

	model_trail(page, "/work", "Cases");
	model_trail(page, model_case_href(ctx, flow, ""), flow->c->reference);
	model_case(page, flow);
	d = xml_add(page, "document");
	xml_set(d, "title", title);
	xml_set(d, "words", date_words_instant(ctx, act->at));
	xml_set(d, "author", act->actor_name);
	model_passed(d, reasons);
	return page;
}

int page_said(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	struct flow *flow = flow_open(ctx, r->house, &r->actor, r->steps[2], error);
	const struct library_form *f = NULL;
	const struct dossier_transition *t;
	const struct act *act;
	struct xml_doc *doc = NULL;
	char *input, *reasons;
	xml_node *page;

	if (flow == NULL)
		return -1;
	act = act_heard(r, flow);
	t = act == NULL ? NULL : step_of(flow, act);
	if (t == NULL)
		return error_set(error, ERROR_MISSING, "act.missing", "Nothing was said with this step, or it is not for you.");
	input = act_input(ctx, r->house->store, flow->c->id, act->id, error);
	reasons = input == NULL ? NULL : act_reasons(ctx, r->house->store, flow->c->id, act->id, error);
	if (reasons == NULL)
		return -1;
	if (*input == '\0')
		return said_frame(ctx, r, answer, flow, act, "said", t->title, reasons) == NULL ? -1 : 0;
	doc = xml_read_own(ctx, input, strlen(input), "act", error);
	f = doc == NULL ? NULL : library_form(r->house->library, xml_get(xml_root(doc), "id"), atoi(xml_get(xml_root(doc), "version")));
	if (f == NULL)
		return doc == NULL ? -1 : error_set(error, ERROR_FAULT, "form.gone", "The form of this step is not installed. Tell the people who run this service.");
	page = said_frame(ctx, r, answer, flow, act, "view", f->form->title, reasons);
	answer->sheet = f->view;
	return model_form(page, flow_judge(ctx, flow, f->form, NULL), doc, NULL, error) == NULL ? -1 : 0;
}
