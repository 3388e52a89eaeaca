#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "case/submission.h"
#include "page/page_document_inner.h"
#include "page/pages.h"
#include "store/store_version.h"

#define MAX_FAULTS 200

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

static int answer_receipt(void *ctx, struct request *r, struct answer *answer, const struct spot *s, const struct receipt *receipt)
{
	xml_node *page = spot_frame(ctx, r, answer, s, "receipt", "Received");
	bool whole = is_xml(r) || uploaded(r) != NULL || spot_sees_all(flow_judge(ctx, s->flow, s->form->form, s->document));      /* of what was sent, or can be seen */

	spot_receipt(ctx, page, s, receipt->version, whole ? receipt->sha256 : NULL, receipt->at, receipt->same);
	xml_set(xml_child(page, "receipt"), "by", r->actor.name);
	answer->status = receipt->same ? 200 : 201;
	answer->location = talloc_asprintf(ctx, "%s/versions/%d", s->base, receipt->version);
	return 0;
}

static int answer_refusal(void *ctx, struct request *r, struct answer *answer, const struct spot *s, const struct faults *faults)
{
	xml_node *page = spot_frame(ctx, r, answer, s, "refused", "The document was not accepted");

	spot_facts(ctx, page, s);
	model_problems(page, faults, false);
	model_warnings(ctx, page, r, faults);      /* a sender passes them with parts reason.1 … beside the part xml */
	answer->status = 422;
	return 0;
}

/* A system that has not been changed yet sends the version of the form that it knows: each that is installed is judged by its own rules. */
static void take_version(struct request *r, struct spot *s, const struct xml_doc *doc)
{
	const char *said = xml_get(xml_root(doc), "version");
	int version = said == NULL || strspn(said, "0123456789") != strlen(said) || strlen(said) > 4 ? 0 : atoi(said);
	const struct library_form *f = version == 0 ? NULL : library_form(r->house->library, s->document->form, version);

	if (f == NULL || strcmp(xml_get(xml_root(doc), "id") == NULL ? "" : xml_get(xml_root(doc), "id"), s->document->form) != 0)
		return;
	s->form = f;
	s->document->form_version = version;
}

/* XML from outside: read hostile, judged like any other, stored as it was sent. */
static int take_xml(void *ctx, struct request *r, struct answer *answer, struct spot *s, const char *bytes, size_t length, struct error *error)
{
	struct faults *faults = faults_new(ctx, MAX_FAULTS);
	struct receipt receipt;
	struct xml_doc *doc;
	int n = 0;
	const char **reasons = request_reasons(ctx, r, &n);

	if (length > (size_t)r->house->config->max_xml)      /* a file among the parts of a form */
		return error_set(error, ERROR_TOO_LARGE, "request.too-large", "The document is larger than the limit of %s. Nothing was saved.", text_size(ctx, r->house->config->max_xml));
	if (flow_may(s->flow, "write", s->document->type, s->document).yes && version_is_latest(r->house->store, s->document, bytes, length, &receipt.version, &receipt.at, error) == 1) {
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
	take_version(r, s, doc);
	if (submission_make(ctx, s->flow, s->document, doc, bytes, length, reasons, n, faults, &receipt, error) != 0)
		return error->kind == ERROR_INVALID ? answer_refusal(ctx, r, answer, s, faults) : -1;
	return answer_receipt(ctx, r, answer, s, &receipt);
}

int page_document_xml(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	const struct part *part = uploaded(r);
	struct spot s;

	if (spot_find(ctx, r, &s, error) != 0)
		return -1;
	if (part != NULL && part->length > 0)
		return take_xml(ctx, r, answer, &s, part->value, part->length, error);
	if (!is_xml(r))
		return error_set(error, ERROR_MALFORMED, "document.type", "Send the document as application/xml, or choose a file.");
	return take_xml(ctx, r, answer, &s, r->body, r->length, error);
}

/* A contribution may be sent without knowing the document's id: the type names the case's one, or the one this agency was asked for. */
static struct document *own_document(struct flow *flow, const struct dossier_doctype *type)
{
	const char *agency = type->per == DOSSIER_PER_CASE ? "" : flow->actor->agency;

	for (int i = flow->document_count - 1; i >= 0; i--) {
		struct document *d = &flow->documents[i];
		if (strcmp(d->type, type->name) == 0 && strcmp(d->agency, agency) == 0)
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
	s.document = own_document(s.flow, row);
	if (is_xml(r) || uploaded(r) != NULL) {
		if (s.document == NULL && row->per == DOSSIER_PER_AGENCY)
			return error_set(error, ERROR_MISSING, "document.not-asked", "Your agency has not been asked for this in this case.");
		if (s.document != NULL && spot_known(s.flow, s.document)) {
			s.form = library_form(r->house->library, s.document->form, s.document->form_version);
			s.base = model_case_href(ctx, s.flow, talloc_asprintf(ctx, "/documents/%s", s.document->pub));
			return uploaded(r) != NULL ? take_xml(ctx, r, answer, &s, uploaded(r)->value, uploaded(r)->length, error) : take_xml(ctx, r, answer, &s, r->body, r->length, error);
		}
	}
	if (row->per != DOSSIER_PER_CASE || !flow_may(s.flow, "write", type, NULL).yes)
		return error_set(error, ERROR_DENIED, "document.new", "You may not begin this document, or not in the present state of the case.");
	if (workflow_start(s.flow, row, "", false, &made, error) != 0)
		return -1;
	if (is_xml(r) || uploaded(r) != NULL) {
		const struct part *part = uploaded(r);
		s.document = talloc_memdup(ctx, &made, sizeof made);
		s.form = library_form(r->house->library, made.form, made.form_version);
		s.base = model_case_href(ctx, s.flow, talloc_asprintf(ctx, "/documents/%s", made.pub));
		return take_xml(ctx, r, answer, &s, part == NULL ? r->body : part->value, part == NULL ? r->length : part->length, error);
	}
	model_redirect(answer, model_case_href(ctx, s.flow, talloc_asprintf(ctx, "/documents/%s", made.pub)));
	return 0;
}

/* What is wrong is put right in its section. */
static void to_sections(void *ctx, xml_node *page, const struct spot *s)
{
	xml_node *problems = xml_child(page, "problems");

	for (xml_node *p = problems == NULL ? NULL : xml_child(problems, "problem"); p != NULL; p = xml_next_same(p)) {
		const char *where = xml_get(p, "where");
		char *section = talloc_strndup(ctx, where, strcspn(where, "."));
		if (form_section(s->form->form, section) != NULL)
			xml_setf(p, "href", "%s/edit/%s?check=1#%s", s->base, section, where);
	}
}

static int check_answers(void *ctx, struct request *r, struct answer *answer, struct spot *s, const struct xml_doc *doc, const struct faults *faults, struct error *error)
{
	struct judge *judge = flow_judge(ctx, s->flow, s->form->form, s->document);
	xml_node *page = spot_frame(ctx, r, answer, s, "view", "Check your answers"), *d = spot_facts(ctx, page, s), *submit;

	model_problems(page, faults, false);
	to_sections(ctx, page, s);
	xml_set(d, "check", "yes");
	model_warnings(ctx, page, r, faults);
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

	if (spot_find(ctx, r, s, error) != 0 || submission_may_write(s->flow, s->document, error) != 0)
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
