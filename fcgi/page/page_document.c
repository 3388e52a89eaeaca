#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "case/submission.h"
#include "form/fill.h"
#include "page/pages.h"
#include "store/store_version.h"

#define MAX_FAULTS 200

struct spot { struct flow *flow; struct document *document; const struct library_form *form; char *base; };

static bool knows(const struct flow *flow, const struct document *d)
{
	return flow_may(flow, "read", d->type, d).yes || flow_may(flow, "write", d->type, d).yes;
}

static int find_spot(void *ctx, struct request *r, struct spot *s, struct error *error)
{
	*s = (struct spot){ .flow = flow_open(ctx, r->house, &r->actor, r->steps[2], error) };
	if (s->flow == NULL)
		return -1;
	s->document = flow_document(s->flow, r->steps[4]);
	if (s->document == NULL || !knows(s->flow, s->document))
		return error_set(error, ERROR_MISSING, "document.missing", "There is no such document in this case, or it is not for you.");
	s->form = library_form(r->house->library, s->document->form, s->document->form_version);
	if (s->form == NULL)
		return error_set(error, ERROR_FAULT, "form.gone", "The form of this document is not installed. Tell the people who run this service.");
	s->base = model_case_href(ctx, s->flow, talloc_asprintf(ctx, "/documents/%s", s->document->pub));
	return 0;
}

static xml_node *frame(void *ctx, struct request *r, struct answer *answer, const struct spot *s, const char *is, const char *title)
{
	xml_node *page = model_page(ctx, r, answer, is, title);

	model_trail(page, "/work", "Cases");
	model_trail(page, model_case_href(ctx, s->flow, ""), s->flow->c->reference);
	if (strcmp(is, "document") != 0)
		model_trail(page, s->base, flow_title(ctx, s->flow, s->document));
	model_case(page, s->flow);
	return page;
}

static xml_node *facts(void *ctx, xml_node *page, const struct spot *s)
{
	const struct dossier_state *state = plugin_state(s->flow->plugin, s->document->type, s->document->state);
	xml_node *d = xml_add(page, "document");

	xml_set(d, "href", s->base);
	xml_set(d, "id", s->document->pub);
	xml_set(d, "type", s->document->type);
	xml_set(d, "title", flow_title(ctx, s->flow, s->document));
	xml_set(d, "agency", s->document->agency);
	xml_set(d, "agency-name", *s->document->agency == '\0' ? "" : flow_agency_name(s->flow, s->document->agency));
	xml_set(d, "state", s->document->state);
	xml_set(d, "state-title", state != NULL ? state->title : s->document->latest > 0 ? "Submitted" : "Draft");
	xml_set(d, "case-reference", s->flow->c->reference);
	xml_setf(d, "version", "%d", s->document->latest);
	xml_set(d, "form", s->document->form);
	return d;
}

static void link_to(xml_node *links, const char *href, const char *text)
{
	xml_node *link = xml_add(links, "link");

	xml_set(link, "href", href);
	xml_set(link, "text", text);
}

/* --- making one ---------------------------------------------------------------------------------------------------------- */

static int answer_receipt(void *ctx, struct request *r, struct answer *answer, const struct spot *s, const struct receipt *receipt)
{
	xml_node *page = frame(ctx, r, answer, s, "receipt", "Received"), *e = xml_add(page, "receipt");
	char *href = talloc_asprintf(ctx, "%s/versions/%d", s->base, receipt->version);

	xml_set(e, "document", s->document->pub);
	xml_setf(e, "version", "%d", receipt->version);
	xml_set(e, "sha256", receipt->sha256);
	xml_set(e, "at", date_iso_instant(ctx, receipt->at));
	xml_set(e, "at-words", date_words_instant(ctx, receipt->at));
	xml_set(e, "same", receipt->same ? "yes" : "no");
	xml_set(e, "href", href);
	xml_set(e, "title", flow_title(ctx, s->flow, s->document));
	answer->status = receipt->same ? 200 : 201;
	answer->location = href;
	return 0;
}

static int answer_refusal(void *ctx, struct request *r, struct answer *answer, const struct spot *s, const struct faults *faults)
{
	xml_node *page = frame(ctx, r, answer, s, "refused", "The document was not accepted");

	facts(ctx, page, s);
	model_problems(page, faults, false);
	answer->status = 422;
	return 0;
}

/* XML from outside: read hostile, judged like any other, stored as it was sent. */
static int take_xml(void *ctx, struct request *r, struct answer *answer, struct spot *s, const char *bytes, size_t length, struct error *error)
{
	struct faults *faults = faults_new(ctx, MAX_FAULTS);
	struct receipt receipt;
	struct xml_doc *doc;
	int n = 0;
	const char **reasons = request_reasons(ctx, r, &n);

	if (version_is_latest(r->house->store, s->document, bytes, length, &receipt.version, &receipt.at, error) == 1) {
		unsigned char hash[SEAL_HASH];
		seal_sha256(bytes, length, hash);
		receipt.document = s->document->pub;
		receipt.same = true;
		receipt.sha256 = text_hex(ctx, hash, SEAL_HASH);
		return answer_receipt(ctx, r, answer, s, &receipt);
	}
	if (submission_may_write(s->flow, s->document, error) != 0)
		return -1;
	doc = xml_read(ctx, bytes, length, error);
	if (doc == NULL)
		return -1;
	if (submission_make(ctx, s->flow, s->document, doc, bytes, length, reasons, n, faults, &receipt, error) != 0)
		return error->kind == ERROR_INVALID ? answer_refusal(ctx, r, answer, s, faults) : -1;
	return answer_receipt(ctx, r, answer, s, &receipt);
}

static bool is_xml(const struct request *r)
{
	return strcmp(r->type, "application/xml") == 0 || strcmp(r->type, "text/xml") == 0;
}

/* An upload through the browser brings the file as a part of its form. */
static const struct part *uploaded(const struct request *r)
{
	for (int i = 0; i < r->form->count; i++)
		if (strcmp(r->form->list[i].name, "xml") == 0)
			return &r->form->list[i];
	return NULL;
}

int page_document_xml(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	const struct part *part = uploaded(r);
	struct spot s;

	if (find_spot(ctx, r, &s, error) != 0)
		return -1;
	if (part != NULL && part->length > 0)
		return take_xml(ctx, r, answer, &s, part->value, part->length, error);
	if (!is_xml(r))
		return error_set(error, ERROR_MALFORMED, "document.type", "Send the document as application/xml, or choose a file.");
	return take_xml(ctx, r, answer, &s, r->body, r->length, error);
}

/* A contribution may be sent without knowing the document's id: the type names the one this agency was asked for. */
static struct document *own_document(struct flow *flow, const char *type)
{
	for (int i = flow->document_count - 1; i >= 0; i--) {
		struct document *d = &flow->documents[i];
		if (strcmp(d->type, type) == 0 && strcmp(d->agency, flow->actor->agency) == 0)
			return d;
	}
	return NULL;
}

int page_document_new(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	const char *type = parts_get(r->query, "type");
	struct spot s = { .flow = flow_open(ctx, r->house, &r->actor, r->steps[2], error) };
	const struct dossier_doctype *row;
	struct document made;

	if (s.flow == NULL)
		return -1;
	row = plugin_doctype(s.flow->plugin, type);
	if (row == NULL)
		return error_set(error, ERROR_INVALID, "document.type", "There is no such type of document. The case page says which there are.");
	s.document = own_document(s.flow, type);
	if (is_xml(r) || uploaded(r) != NULL) {
		if (s.document == NULL && row->per == DOSSIER_PER_AGENCY)
			return error_set(error, ERROR_MISSING, "document.not-asked", "Your agency has not been asked for this in this case.");
		if (s.document != NULL && knows(s.flow, s.document)) {
			s.form = library_form(r->house->library, s.document->form, s.document->form_version);
			s.base = model_case_href(ctx, s.flow, talloc_asprintf(ctx, "/documents/%s", s.document->pub));
			return uploaded(r) != NULL ? take_xml(ctx, r, answer, &s, uploaded(r)->value, uploaded(r)->length, error) : take_xml(ctx, r, answer, &s, r->body, r->length, error);
		}
	}
	if (row->per != DOSSIER_PER_CASE || !flow_may(s.flow, "write", type, NULL).yes)
		return error_set(error, ERROR_DENIED, "document.new", "You may not begin this document, or not in the present state of the case.");
	if (workflow_start(s.flow, row, "", false, &made, error) != 0)
		return -1;
	if (is_xml(r)) {
		s.document = talloc_memdup(ctx, &made, sizeof made);
		s.form = library_form(r->house->library, made.form, made.form_version);
		s.base = model_case_href(ctx, s.flow, talloc_asprintf(ctx, "/documents/%s", made.pub));
		return take_xml(ctx, r, answer, &s, r->body, r->length, error);
	}
	model_redirect(answer, model_case_href(ctx, s.flow, talloc_asprintf(ctx, "/documents/%s", made.pub)));
	return 0;
}

/* --- the task list -------------------------------------------------------------------------------------------------------- */

static int show_sections(void *ctx, xml_node *d, const struct spot *s, const struct judge *judge, const struct xml_doc *doc, bool write, struct error *error)
{
	xml_node *sections = xml_add(d, "sections");
	const struct form *form = s->form->form;
	int done = 0;

	for (int i = 0; i < form->section_count; i++) {
		struct progress p;
		xml_node *e;
		const char *status;
		if (judge_progress(ctx, judge, doc, form->sections[i].id, &p, error) != 0)
			return -1;
		status = p.filled == 0 ? "new" : p.faults > 0 ? "problem" : "done";
		if (p.fields == 0 && !p.rows)      /* notes alone, or not relevant now */
			continue;
		done += strcmp(status, "done") == 0;
		e = xml_add(sections, "section");
		xml_set(e, "id", form->sections[i].id);
		xml_set(e, "label", form->sections[i].label);
		if (write)
			xml_setf(e, "href", "%s/edit/%s", s->base, form->sections[i].id);
		xml_set(e, "status", status);
		xml_setf(e, "fields", "%d", p.fields);
		xml_setf(e, "filled", "%d", p.filled);
		xml_setf(e, "faults", "%d", p.faults);
		if (strcmp(status, "problem") == 0)
			xml_set(e, "hint", talloc_asprintf(ctx, p.faults == 1 ? "Saved with 1 thing to put right" : "Saved with %d things to put right", p.faults));
	}
	xml_setf(sections, "done", "%d", done);
	return 0;
}

static int show_versions(void *ctx, xml_node *d, const struct spot *s, struct error *error)
{
	struct version *list;
	int n = version_list(ctx, s->flow->house->store, s->document, &list, error);
	xml_node *versions = xml_add(d, "versions");

	for (int i = 0; i < n; i++) {
		xml_node *v = xml_add(versions, "version");
		xml_setf(v, "n", "%d", list[i].n);
		xml_setf(v, "href", "%s/versions/%d", s->base, list[i].n);
		xml_set(v, "words", date_words_instant(ctx, list[i].at));
		xml_set(v, "at", date_iso_instant(ctx, list[i].at));
		xml_set(v, "author", list[i].author_name);
	}
	return n < 0 ? -1 : 0;
}

static void show_actions(xml_node *d, const struct spot *s, bool write, int rev, void *ctx)
{
	xml_node *actions = xml_add(d, "actions");
	struct choice *choices;
	int n = workflow_choices(ctx, s->flow, s->document, &choices);

	if (write && (rev > 0 || s->document->latest == 0)) {
		xml_node *a = xml_add(actions, "action");
		xml_set(a, "name", "submit");
		xml_set(a, "title", "Check your answers and submit");
		xml_setf(a, "href", "%s/submit", s->base);
		xml_set(a, "allowed", "yes");
	}
	for (int i = 0; i < n; i++)
		model_action(actions, s->flow, &choices[i], s->base);
}

static void show_publishing(void *ctx, xml_node *d, const struct spot *s)
{
	for (int i = 0; i < s->flow->plugin->publication_count; i++) {
		const struct dossier_publication *p = &s->flow->plugin->publications[i];
		xml_node *e;
		if (strcmp(p->doctype, s->document->type) != 0 || !text_in_list(s->flow->roles, p->redactor) || s->document->latest == 0)
			continue;
		e = xml_add(xml_child(d, "publish") == NULL ? xml_add(d, "publish") : xml_child(d, "publish"), "publication");
		xml_set(e, "type", p->name);
		xml_set(e, "title", p->title);
		xml_set(e, "href", talloc_asprintf(ctx, "%s/publications?type=%s", s->base, p->name));
	}
}

int page_document(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	struct error refused = {0};
	struct spot s;
	struct judge *judge;
	struct xml_doc *doc;
	xml_node *page, *d, *links;
	bool write;
	int rev;

	if (find_spot(ctx, r, &s, error) != 0)
		return -1;
	write = submission_may_write(s.flow, s.document, &refused) == 0;
	page = frame(ctx, r, answer, &s, "document", flow_title(ctx, s.flow, s.document));
	model_trail(page, NULL, flow_title(ctx, s.flow, s.document));
	d = facts(ctx, page, &s);
	xml_set(d, "write", write ? "yes" : "no");
	if (write) {
		doc = submission_text(ctx, s.flow, s.document, &rev, error);
		if (doc == NULL)
			return -1;
		judge = flow_judge(ctx, s.flow, s.form->form, s.document);
		xml_setf(d, "rev", "%d", rev);
		xml_set(d, "draft", rev > 0 ? "yes" : "no");
		if (show_sections(ctx, d, &s, judge, doc, true, error) != 0)
			return -1;
	} else {
		rev = 0;
		xml_set(d, "why-not", refused.say);
	}
	show_actions(d, &s, write, rev, ctx);
	if (flow_may(s.flow, "read", s.document->type, s.document).yes && show_versions(ctx, d, &s, error) != 0)
		return -1;
	show_publishing(ctx, d, &s);
	links = xml_add(d, "links");
	link_to(links, talloc_asprintf(ctx, "/forms/%s-%d", s.document->form, s.document->form_version), "The blank form");
	link_to(links, talloc_asprintf(ctx, "/forms/%s-%d.sample", s.document->form, s.document->form_version), "The empty XML");
	if (write)
		xml_set(xml_add(d, "upload"), "href", s.base);
	return 0;
}

/* --- submitting -------------------------------------------------------------------------------------------------------------- */

static int check_answers(void *ctx, struct request *r, struct answer *answer, struct spot *s, const struct xml_doc *doc, const struct faults *faults, struct error *error)
{
	struct judge *judge = flow_judge(ctx, s->flow, s->form->form, s->document);
	xml_node *page = frame(ctx, r, answer, s, "view", "Check your answers"), *d = facts(ctx, page, s), *list = NULL, *submit;

	model_problems(page, faults, false);
	xml_set(d, "check", "yes");
	for (int i = 0; i < faults->count; i++) {
		xml_node *w;
		if (!faults->list[i].warning)
			continue;
		if (list == NULL)
			list = xml_add(page, "warnings");
		w = xml_add(list, "warning");
		xml_set(w, "code", faults->list[i].code);
		xml_set(w, "say", faults->list[i].say);
		xml_set(w, "where", faults->list[i].where);
	}
	submit = xml_add(page, "submit");
	xml_setf(submit, "action", "%s/submit", s->base);
	xml_set(submit, "ready", faults->errors == 0 ? "yes" : "no");
	xml_set(submit, "back", s->base);
	answer->sheet = s->form->view;
	return model_form(page, judge, doc, NULL, error) == NULL ? -1 : 0;
}

static int read_own(void *ctx, struct request *r, struct spot *s, struct xml_doc **doc_r, struct error *error)
{
	int rev;

	if (find_spot(ctx, r, s, error) != 0 || submission_may_write(s->flow, s->document, error) != 0)
		return -1;
	*doc_r = submission_text(ctx, s->flow, s->document, &rev, error);
	return *doc_r == NULL ? -1 : 0;
}

int page_submit(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	struct faults *faults = faults_new(ctx, MAX_FAULTS);
	struct xml_doc *doc;
	struct spot s;

	if (read_own(ctx, r, &s, &doc, error) != 0 || submission_judge(ctx, s.flow, s.document, doc, false, faults, error) != 0)
		return -1;
	return check_answers(ctx, r, answer, &s, doc, faults, error);
}

int page_submit_post(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	struct faults *faults = faults_new(ctx, MAX_FAULTS);
	struct receipt receipt;
	struct xml_doc *doc;
	struct spot s;
	int n;
	const char **reasons = request_reasons(ctx, r, &n);

	if (read_own(ctx, r, &s, &doc, error) != 0)
		return -1;
	if (submission_make(ctx, s.flow, s.document, doc, NULL, 0, reasons, n, faults, &receipt, error) != 0) {
		if (error->kind != ERROR_INVALID)
			return -1;
		answer->status = 422;
		return check_answers(ctx, r, answer, &s, doc, faults, error);
	}
	return answer_receipt(ctx, r, answer, &s, &receipt);
}

/* --- reading ------------------------------------------------------------------------------------------------------------------ */

static void show_raw(void *ctx, struct answer *answer, const struct spot *s, const struct version *v)
{
	answer->type = "application/xml; charset=utf-8";
	answer->bytes = v->bytes;
	answer->length = v->length;
	answer->headers = talloc_asprintf(ctx, "Content-Disposition: attachment; filename=\"%s-%d.xml\"\r\n", s->document->type, v->n);
}

int page_version(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	struct spot s;
	struct version *v;
	struct xml_doc *doc;
	struct judge *judge;
	const struct library_form *f;
	xml_node *page, *d, *links;
	bool raw = text_ends(r->steps[6], ".xml"), all;

	if (find_spot(ctx, r, &s, error) != 0)
		return -1;
	if (!flow_may(s.flow, "read", s.document->type, s.document).yes)
		return error_set(error, ERROR_DENIED, "document.read", "You may not read this document in the present state of the case.");
	if (atoi(r->steps[6]) < 1 || (v = version_get(ctx, r->house->store, s.document, atoi(r->steps[6]), error)) == NULL)
		return error->kind == ERROR_NONE ? error_set(error, ERROR_MISSING, "version.missing", "There is no such version.") : -1;
	f = library_form(r->house->library, s.document->form, v->form_version);
	if (f == NULL || (doc = xml_read_own(ctx, v->bytes, v->length, s.document->pub, error)) == NULL)
		return error->kind == ERROR_NONE ? error_set(error, ERROR_FAULT, "form.gone", "The form of this version is not installed.") : -1;
	judge = flow_judge(ctx, s.flow, f->form, s.document);
	all = true;
	for (int i = 0; all && i < f->form->field_count; i++)
		all = judge_may_see(judge, &f->form->fields[i]);
	if (raw || r->wants_xml) {      /* the whole text only to somebody who may see every field of it */
		if (!all)
			return error_set(error, ERROR_DENIED, "document.part", "Part of this document is not for you: read it as a page.");
		show_raw(ctx, answer, &s, v);
		return 0;
	}
	page = frame(ctx, r, answer, &s, "view", talloc_asprintf(ctx, "%s, version %d", flow_title(ctx, s.flow, s.document), v->n));
	d = facts(ctx, page, &s);
	xml_setf(d, "version", "%d", v->n);
	xml_set(d, "words", date_words_instant(ctx, v->at));
	xml_set(d, "author", v->author_name);
	links = xml_add(d, "links");
	if (all)
		link_to(links, talloc_asprintf(ctx, "%s/versions/%d.xml", s.base, v->n), "As XML, as it was sent");
	answer->sheet = f->view;
	return model_form(page, judge, doc, NULL, error) == NULL ? -1 : 0;
}
