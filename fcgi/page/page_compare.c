#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "case/submission.h"
#include "form/compare.h"
#include "page/page_document_inner.h"
#include "page/pages.h"

/* Any two versions of a document, or a draft against a version: what was added, removed, changed, as far as the reader may see it. */

struct aspect { const struct form *form; struct xml_doc *doc; const char *name, *words, *by, *href; };

/* What is being written, to whoever may write it. */
static int draft_aspect(void *ctx, struct spot *s, struct aspect *a, struct error *error)
{
	struct judge *judge;
	struct xml_doc *doc;
	int rev;

	if (submission_may_write(s->flow, s->document, error) != 0)
		return -1;
	doc = submission_text(ctx, s->flow, s->document, &rev, error);
	if (doc == NULL)
		return -1;
	judge = flow_judge(ctx, s->flow, s->form->form, s->document);
	*a = (struct aspect){ s->form->form, judge_annotate(ctx, judge, doc, NULL, error), "draft", rev > 0 ? "The draft" : "What would be written now", "", s->base };
	return a->doc == NULL ? -1 : 0;
}

static int aspect(void *ctx, struct request *r, struct spot *s, const char *step, struct aspect *a, struct error *error)
{
	struct reading k;

	if (strcmp(step, "draft") == 0)
		return draft_aspect(ctx, s, a, error);
	if (spot_read(ctx, r, s, step, &k, error) != 0)
		return -1;
	*a = (struct aspect){ k.form->form, judge_annotate(ctx, k.judge, k.doc, NULL, error), talloc_asprintf(ctx, "version %d", k.version->n),
		talloc_asprintf(ctx, "Version %d, %s", k.version->n, date_words_instant(ctx, k.version->at)), k.version->author_name,
		talloc_asprintf(ctx, "%s/versions/%d", s->base, k.version->n) };
	return a->doc == NULL ? -1 : 0;
}

static void show_aspect(xml_node *comparison, const char *side, const struct aspect *a)
{
	xml_node *e = xml_add(comparison, side);

	xml_set(e, "words", a->words);
	xml_set(e, "by", a->by);
	xml_set(e, "href", a->href);
}

/* "…/compare/2/3": from the first to the second. */
int page_compare(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	struct aspect from, to;
	struct spot s;
	xml_node *page, *comparison;

	if (spot_find(ctx, r, &s, error) != 0 || aspect(ctx, r, &s, r->steps[6], &from, error) != 0 || aspect(ctx, r, &s, r->steps[7], &to, error) != 0)
		return -1;
	page = spot_frame(ctx, r, answer, &s, "comparison", talloc_asprintf(ctx, "%s: %s compared with %s", flow_title(ctx, s.flow, s.document), from.name, to.name));
	comparison = xml_add(page, "comparison");
	xml_set(comparison, "title", flow_title(ctx, s.flow, s.document));
	show_aspect(comparison, "from", &from);
	show_aspect(comparison, "to", &to);
	xml_setf(comparison, "changes", "%d", compare_versions(comparison, from.form, from.doc, to.form, to.doc));
	return 0;
}
