#include <string.h>
#include <talloc.h>

#include "page/page_document_inner.h"
#include "page/pages.h"
#include "store/store_audit.h"

/* A document that people copy by hand into somebody else's form or letter: what was submitted, in the form's order, each answer easy to take;
 * and under which reference it went out. That it was opened to copy from is kept: the domain asks who made an export, and when. */

static int keep_trace(struct request *r, const struct spot *s, int version, struct error *error)
{
	struct audit_entry entry = { .verb = "version.copy", .case_id = s->flow->c->id, .document_id = s->document->id, .version = version, .object = s->document->pub };
	int rc;

	if (store_begin(r->house->store, error) != 0)
		return -1;
	rc = audit_add(r->house->store, &r->actor, &entry, error);
	if (rc == 0)
		rc = store_commit(r->house->store, error);
	if (rc != 0)
		store_rollback(r->house->store);
	return rc;
}

static const struct act *last_sent(const struct flow *flow, const char *step)
{
	for (int i = flow->act_count - 1; i >= 0; i--)
		if (flow->acts[i].document_id == 0 && strcmp(flow->acts[i].name, step) == 0)
			return &flow->acts[i];
	return NULL;
}

/* <sent …>: the step that records the sending; done, its day and the reference that came back. */
static void show_sent(void *ctx, xml_node *d, const struct spot *s, const char *step)
{
	const struct dossier_transition *t = plugin_transition(s->flow->plugin, "case", step);
	const struct act *act = last_sent(s->flow, step);
	xml_node *e = t == NULL ? NULL : xml_add(d, "sent");
	struct error ignored;
	struct xml_doc *said;
	char *input;

	if (e == NULL)
		return;
	xml_set(e, "title", t->title);
	if (workflow_find(s->flow, NULL, step, &ignored) != NULL)
		xml_set(e, "href", model_case_href(ctx, s->flow, talloc_asprintf(ctx, "/do/%s", step)));
	if (act == NULL)
		return;
	xml_set(e, "day", date_iso(ctx, act->day));
	xml_set(e, "words", date_words(ctx, act->day));
	input = act_input(ctx, s->flow->house->store, s->flow->c->id, act->id, &ignored);
	said = input == NULL || *input == '\0' ? NULL : xml_read_own(ctx, input, strlen(input), step, &ignored);
	if (said != NULL)
		xml_set(e, "reference", xml_find_text(ctx, xml_root(said), "reference"));
}

int page_copy(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	const struct dossier_doctype *type;
	struct reading k;
	struct spot s;
	xml_node *page, *d;

	if (spot_find(ctx, r, &s, error) != 0)
		return -1;
	type = plugin_doctype(s.flow->plugin, s.document->type);
	if (type == NULL || type->outside == NULL || s.document->latest == 0)
		return error_set(error, ERROR_MISSING, "document.no-copy", "There is nothing to copy out: only what was submitted, of documents that go out by hand.");
	if (spot_read(ctx, r, &s, talloc_asprintf(ctx, "%d", s.document->latest), &k, error) != 0 || keep_trace(r, &s, k.version->n, error) != 0)
		return -1;
	page = spot_frame(ctx, r, answer, &s, "view", talloc_asprintf(ctx, "Copy into %s", type->outside));
	d = spot_facts(ctx, page, &s);
	xml_set(d, "copy", type->outside);
	if (k.all && type->sent_by != NULL)      /* a reference names the case */
		show_sent(ctx, d, &s, type->sent_by);
	answer->sheet = k.form->view;
	return model_form(page, k.judge, k.doc, NULL, error) == NULL ? -1 : 0;
}
