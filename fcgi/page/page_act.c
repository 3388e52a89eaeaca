#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "form/fill.h"
#include "page/pages.h"
#include "store/store_publication.h"

/* One step of a case or of a document: asked on a page of its own, done by its POST. */
struct step_request { struct flow *flow; struct document *document; const struct dossier_transition *transition; const struct library_form *form; char *base; };

static int open_step(void *ctx, struct request *r, bool of_document, struct step_request *s, struct error *error)
{
	const char *role, *name = r->steps[of_document ? 6 : 4];

	*s = (struct step_request){ .flow = flow_open(ctx, r->house, &r->actor, r->steps[2], error) };
	if (s->flow == NULL)
		return -1;
	s->base = model_case_href(ctx, s->flow, "");
	if (of_document) {
		s->document = flow_document(s->flow, r->steps[4]);
		if (s->document == NULL || (!flow_may(s->flow, "read", s->document->type, s->document).yes && !flow_may(s->flow, "write", s->document->type, s->document).yes))
			return error_set(error, ERROR_MISSING, "document.missing", "There is no such document in this case.");
		s->base = talloc_asprintf(ctx, "%s/documents/%s", s->base, s->document->pub);
	}
	s->transition = workflow_find(s->flow, s->document, name, error);
	if (s->transition == NULL || workflow_allowed(ctx, s->flow, s->transition, s->document, &role, error) != 0)
		return -1;
	if (s->transition->submits != NULL)
		return error_set(error, ERROR_METHOD, "act.submits", "This step is done by submitting the document.");
	s->form = s->transition->input == NULL ? NULL : library_form(r->house->library, s->transition->input, 0);
	return 0;
}

static void frame(void *ctx, const struct step_request *s, xml_node *page)
{
	model_trail(page, "/work", "Cases");
	model_trail(page, model_case_href(ctx, s->flow, ""), s->flow->c->reference);
	if (s->document != NULL)
		model_trail(page, s->base, flow_title(ctx, s->flow, s->document));
	model_case(page, s->flow);
}

/* What it is about, that it is recorded, and where it leads. */
static char *consequence(void *ctx, const struct step_request *s)
{
	const struct dossier_state *to = plugin_state(s->flow->plugin, s->document == NULL ? "case" : s->document->type, s->transition->to);
	char *about = talloc_asprintf(ctx, "%s %s%s%s. This is recorded with your name and the time.", s->flow->plugin->title, s->flow->c->reference,
		s->document == NULL ? "" : ", ", s->document == NULL ? "" : flow_title(ctx, s->flow, s->document));

	if (to == NULL)
		return about;
	return talloc_asprintf(ctx, s->transition->quorum == NULL ? "%s It leads to: %s." : "%s When everybody who must has done it, it leads to: %s.", about, to->title);
}

/* What is signed is the version that stands; whoever signs can read it first. */
static void show_signed(void *ctx, const struct step_request *s, xml_node *form)
{
	for (int i = 0; s->transition->signs != NULL && i < s->flow->document_count; i++) {
		const struct document *d = &s->flow->documents[i];
		if (strcmp(d->type, s->transition->signs) != 0 || d->latest == 0 || (s->document != NULL && s->document->id != d->id))
			continue;
		xml_setf(form, "signs", "%s, version %d", flow_title(ctx, s->flow, d), d->latest);
		xml_set(form, "signs-href", talloc_asprintf(ctx, "%s/documents/%s/versions/%d", model_case_href(ctx, s->flow, ""), d->pub, d->latest));
		return;
	}
}

/* The candidate that this step tests; NULL: it tests none. */
static struct candidate *tested(void *ctx, const struct step_request *s, char **href_r)
{
	for (int i = 0; s->document != NULL && i < s->flow->plugin->publication_count; i++) {
		const struct dossier_publication *row = &s->flow->plugin->publications[i];
		struct publication *p;
		struct error none;
		if (row->tested == NULL || strcmp(row->tested, s->transition->name) != 0 || strcmp(row->doctype, s->document->type) != 0)
			continue;
		p = publication_of(ctx, s->flow->house->store, s->document->id, row->name, &none);
		if (p == NULL)
			return NULL;
		*href_r = model_case_href(ctx, s->flow, talloc_asprintf(ctx, "/publications/%s/preview", p->pub));
		return candidate_latest(ctx, s->flow->house->store, p, &none);
	}
	return NULL;
}

/* What is tested is read first, and the test is of that page and of no other. */
static void show_tested(void *ctx, const struct step_request *s, xml_node *form)
{
	char *href;
	const struct candidate *c = tested(ctx, s, &href);

	if (c == NULL)
		return;
	xml_set(form, "tests", c->title);
	xml_set(form, "tests-href", href);
	xml_setf(form, "action", "%s/do/%s?candidate=%d", s->base, s->transition->name, c->n);
}

static bool tests_another(void *ctx, const struct request *r, const struct step_request *s)
{
	const char *opened = parts_get(r->query, "candidate");
	char *href;
	const struct candidate *c = opened == NULL ? NULL : tested(ctx, s, &href);

	return c != NULL && atoi(opened) != c->n;
}

/* Without anything to say, a page that asks whether it is meant. */
static int confirm(void *ctx, struct request *r, struct answer *answer, const struct step_request *s, const struct faults *faults)
{
	xml_node *page = model_page(ctx, r, answer, "confirm", s->transition->title), *c = xml_add(page, "confirm");

	frame(ctx, s, page);
	model_problems(page, faults, false);
	model_warnings(ctx, page, r, faults);
	xml_set(c, "title", s->transition->title);
	xml_set(c, "text", consequence(ctx, s));
	xml_set(c, "action", talloc_asprintf(ctx, "%s/do/%s", s->base, s->transition->name));
	xml_set(c, "button", s->transition->title);
	xml_set(c, "cancel", s->base);
	return 0;
}

static int ask(void *ctx, struct request *r, struct answer *answer, const struct step_request *s, const struct xml_doc *input, const struct faults *faults, struct error *error)
{
	struct judge *judge;
	xml_node *page, *form;

	if (s->form == NULL)
		return confirm(ctx, r, answer, s, faults);
	judge = flow_judge(ctx, s->flow, s->form->form, NULL);
	page = model_page(ctx, r, answer, "section", s->transition->title);
	frame(ctx, s, page);
	model_problems(page, faults, true);
	model_warnings(ctx, page, r, faults);
	form = model_form(page, judge, input, faults, error);
	if (form == NULL)
		return -1;
	xml_set(form, "section", "*");
	xml_set(form, "title", s->transition->title);
	xml_set(form, "action", talloc_asprintf(ctx, "%s/do/%s", s->base, s->transition->name));
	xml_set(form, "back", s->base);
	xml_set(form, "button", s->transition->title);
	xml_set(form, "consequence", consequence(ctx, s));
	show_signed(ctx, s, form);
	show_tested(ctx, s, form);
	answer->sheet = s->form->edit;
	return 0;
}

static int show(void *ctx, struct request *r, struct answer *answer, bool of_document, struct error *error)
{
	struct step_request s;
	struct xml_doc *input;

	if (open_step(ctx, r, of_document, &s, error) != 0)
		return -1;
	input = s.form == NULL ? NULL : xml_copy(ctx, s.form->form->empty);
	if (input != NULL && s.flow->plugin->descriptor->seed != NULL) {
		const struct dossier_host *host = hook_begin(s.flow->hook);
		s.flow->plugin->descriptor->seed(host, hook_case(s.flow->hook), s.transition->input, s.document == NULL ? "" : s.document->agency, hook_out(s.flow->hook, s.form->form, input));
		hook_end();
	}
	return ask(ctx, r, answer, &s, input, NULL, error);
}

/* A program that has not been changed yet says it in the version of the form that it knows. */
static void take_version(const struct request *r, struct step_request *s, const struct xml_doc *input)
{
	const char *said = xml_get(xml_root(input), "version");
	int version = said == NULL || strspn(said, "0123456789") != strlen(said) || strlen(said) > 4 ? 0 : atoi(said);
	const struct library_form *f = version == 0 ? NULL : library_form(r->house->library, s->transition->input, version);

	if (f != NULL)
		s->form = f;
}

/* What was said, from a form or as XML from a program. */
static struct xml_doc *said(void *ctx, struct request *r, struct step_request *s, struct faults *faults, struct error *error)
{
	struct xml_doc *input;

	if (r->body != NULL && r->length > 0 && (strcmp(r->type, "application/xml") == 0 || strcmp(r->type, "text/xml") == 0)) {
		input = xml_read(ctx, r->body, r->length, error);
		if (input == NULL)
			return NULL;
		take_version(r, s, input);
		judge_structure(s->form->form, input, faults);
		return input;
	}
	input = xml_copy(ctx, s->form->form->empty);
	if (fill_section(ctx, flow_judge(ctx, s->flow, s->form->form, NULL), input, NULL, request_fields(ctx, r), "", error) != 0)
		return NULL;
	return input;
}

/* A button of a row (add:…, remove:…) changes the page and does nothing else. */
static int row_button(void *ctx, struct request *r, const struct step_request *s, struct xml_doc *input, struct error *error)
{
	const char *button = parts_get(r->form, "do");
	char *name;

	if (button == NULL || (!text_starts(button, "add:") && !text_starts(button, "remove:")))
		return 0;
	if (text_starts(button, "add:") ? fill_add_row(ctx, s->form->form, input, button + 4, &name, error) != 0 : fill_remove_row(s->form->form, input, button + 7, error) != 0)
		return -1;
	return 1;
}

/* Each warning wants a reason: all of them, a line each, to be kept with the act; NULL when one is missing. */
static char *passed(void *ctx, const struct request *r, const struct faults *faults)
{
	int given, n = 0;
	const char **reasons = request_reasons(ctx, r, &given);
	char *kept = talloc_strdup(ctx, "");

	for (int i = 0; i < faults->count; i++) {
		if (!faults->list[i].warning)
			continue;
		if (n >= given || reasons[n] == NULL)
			return NULL;
		kept = talloc_asprintf_append(kept, "%s\t%s\t%s\n", faults->list[i].code, faults->list[i].say, text_squeeze(ctx, reasons[n++]));
	}
	return kept;
}

static int act(void *ctx, struct request *r, struct answer *answer, bool of_document, struct error *error)
{
	struct step_request s;
	struct faults *faults = faults_new(ctx, 200);
	struct judge *judge;
	struct xml_doc *input = NULL;
	char *reasons;
	int button;

	if (open_step(ctx, r, of_document, &s, error) != 0)
		return -1;
	if (tests_another(ctx, r, &s))
		return error_set(error, ERROR_CONFLICT, "act.candidate", "The page was made again after you opened this. Read the new one, and record what you find in that.");
	if (s.form != NULL) {
		input = said(ctx, r, &s, faults, error);
		if (input == NULL)
			return -1;
		judge = flow_judge(ctx, s.flow, s.form->form, NULL);
		button = row_button(ctx, r, &s, input, error);
		if (button != 0)
			return button < 0 ? -1 : ask(ctx, r, answer, &s, input, NULL, error);
		if (judge_calculate(ctx, judge, input, NULL, error) != 0 || (faults->errors == 0 && judge_document(ctx, judge, input, NULL, faults, error) != 0))
			return -1;
		if (faults->errors == 0)
			input = judge_prune(ctx, judge, input, error);
		if (input == NULL)
			return -1;
	}
	if (faults->errors == 0)
		workflow_guard(s.flow, s.transition, s.document, input, faults);
	reasons = faults->errors > 0 ? NULL : passed(ctx, r, faults);
	if (reasons == NULL) {
		answer->status = 422;
		return ask(ctx, r, answer, &s, input, faults, error);
	}
	if (workflow_do(s.flow, s.transition, s.document, input, reasons, error) != 0)
		return -1;
	model_redirect(answer, s.base);
	return 0;
}

int page_act(void *ctx, struct request *r, struct answer *answer, struct error *error) { return show(ctx, r, answer, false, error); }
int page_document_act(void *ctx, struct request *r, struct answer *answer, struct error *error) { return show(ctx, r, answer, true, error); }
int page_act_post(void *ctx, struct request *r, struct answer *answer, struct error *error) { return act(ctx, r, answer, false, error); }
int page_document_act_post(void *ctx, struct request *r, struct answer *answer, struct error *error) { return act(ctx, r, answer, true, error); }
