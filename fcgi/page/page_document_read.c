#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "page/page_document_inner.h"
#include "page/pages.h"

/* Reading what was submitted: a version as a page, as its bytes, and the receipt for it. */

bool spot_sees_all(const struct judge *judge)
{
	for (int i = 0; i < judge->form->field_count; i++)
		if (!judge_may_see(judge, &judge->form->fields[i]))
			return false;
	return true;
}

int spot_read(void *ctx, struct request *r, struct spot *s, const char *number, struct reading *reading_r, struct error *error)
{
	struct reading k = {0};
	int n = text_ordinal(number, number + strlen(number));

	if (!flow_may(s->flow, "read", s->document->type, s->document).yes)
		return error_set(error, ERROR_DENIED, "document.read", "You may not read this document in the present state of the case.");
	if (n < 1)
		return error_set(error, ERROR_MISSING, "version.missing", "There is no such version.");
	k.version = version_get(ctx, r->house->store, s->document, n, error);
	if (k.version == NULL)
		return -1;
	k.form = library_form(r->house->library, s->document->form, k.version->form_version);
	if (k.form == NULL)
		return error_set(error, ERROR_FAULT, "form.gone", "The form of this version is not installed.");
	k.doc = xml_read_own(ctx, k.version->bytes, k.version->length, s->document->pub, error);
	if (k.doc == NULL)
		return -1;
	k.judge = flow_judge(ctx, s->flow, k.form->form, s->document);
	k.all = spot_sees_all(k.judge) && !judge_hides_rows(k.judge, k.doc);
	*reading_r = k;
	return 0;
}

static void show_raw(void *ctx, struct answer *answer, const struct spot *s, const struct version *v)
{
	answer->type = "application/xml; charset=utf-8";
	answer->bytes = v->bytes;
	answer->length = v->length;
	answer->headers = talloc_asprintf(ctx, "Content-Disposition: attachment; filename=\"%s-%d.xml\"\r\n", s->document->type, v->n);
}

static void show_facts(void *ctx, xml_node *d, const struct spot *s, const struct reading *k)
{
	const struct version *v = k->version;

	xml_setf(d, "version", "%d", v->n);
	xml_set(d, "words", date_words_instant(ctx, v->at));
	xml_set(d, "at", date_iso_instant(ctx, v->at));
	xml_set(d, "author", v->author_name);
	xml_set(d, "author-agency", *v->agency == '\0' ? "" : flow_agency_name(s->flow, v->agency));
	xml_setf(d, "form-version", "%d", v->form_version);
	xml_set(d, "all", k->all ? "yes" : "no");
	if (!k->all)      /* beside the rest of the text, its hash would confirm a guess at what is withheld; a reason may say what an answer says */
		return;
	xml_set(d, "sha256", v->sha256);
	model_passed(d, v->reasons);
}

int page_version(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	bool raw = text_ends(r->steps[6], ".xml");
	struct reading k;
	struct spot s;
	xml_node *page, *d, *links;

	if (spot_find(ctx, r, &s, error) != 0 || spot_read(ctx, r, &s, raw ? talloc_strndup(ctx, r->steps[6], strlen(r->steps[6]) - strlen(".xml")) : r->steps[6], &k, error) != 0)
		return -1;
	if (raw || r->wants_xml) {      /* the whole text only to somebody who may see every field of it */
		if (!k.all)
			return error_set(error, ERROR_DENIED, "document.part", "Part of this document is not for you: read it as a page.");
		show_raw(ctx, answer, &s, k.version);
		return 0;
	}
	page = spot_frame(ctx, r, answer, &s, "view", talloc_asprintf(ctx, "%s, version %d", flow_title(ctx, s.flow, s.document), k.version->n));
	d = spot_facts(ctx, page, &s);
	show_facts(ctx, d, &s, &k);
	links = xml_add(d, "links");
	spot_link(links, talloc_asprintf(ctx, "%s/versions/%d/receipt", s.base, k.version->n), "The receipt");
	if (k.version->n > 1)
		spot_link(links, talloc_asprintf(ctx, "%s/compare/%d/%d", s.base, k.version->n - 1, k.version->n), "What has changed since the version before");
	if (k.all)
		spot_link(links, talloc_asprintf(ctx, "%s/versions/%d.xml", s.base, k.version->n), "As XML, as it was sent");
	answer->sheet = k.form->view;
	return model_form(page, k.judge, k.doc, NULL, error) == NULL ? -1 : 0;
}

void spot_receipt(void *ctx, xml_node *page, const struct spot *s, int n, const char *sha256, instant at, bool same)
{
	const struct dossier_doctype *type = plugin_doctype(s->flow->plugin, s->document->type);
	xml_node *e = xml_add(page, "receipt");

	xml_set(e, "document", s->document->pub);
	xml_setf(e, "version", "%d", n);
	if (sha256 != NULL)
		xml_set(e, "sha256", sha256);
	xml_set(e, "at", date_iso_instant(ctx, at));
	xml_set(e, "at-words", date_words_instant(ctx, at));
	xml_set(e, "same", same ? "yes" : "no");
	xml_setf(e, "href", "%s/versions/%d", s->base, n);
	xml_set(e, "title", flow_title(ctx, s->flow, s->document));
	if (type != NULL && type->outside != NULL && flow_may(s->flow, "read", s->document->type, s->document).yes) {      /* it still has to be sent, by hand */
		xml_set(e, "outside", type->outside);
		xml_setf(e, "copy-href", "%s/copy", s->base);
	}
}

/* The receipt again, for whoever may read what it is for. */
int page_receipt(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	struct reading k;
	struct spot s;
	xml_node *page;

	if (spot_find(ctx, r, &s, error) != 0 || spot_read(ctx, r, &s, r->steps[6], &k, error) != 0)
		return -1;
	page = spot_frame(ctx, r, answer, &s, "receipt", "Received");
	spot_receipt(ctx, page, &s, k.version->n, k.all ? k.version->sha256 : NULL, k.version->at, false);
	xml_set(xml_child(page, "receipt"), "by", k.version->author_name);
	return 0;
}
