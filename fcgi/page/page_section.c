#include <string.h>
#include <talloc.h>

#include "case/submission.h"
#include "page/page_section_inner.h"
#include "page/pages.h"

/* Editing one section of a document. A POST is saved whatever its faults; faults only block submitting. */
int desk_sit_down(void *ctx, struct request *r, struct desk *k, bool change, struct error *error)
{
	*k = (struct desk){ .flow = flow_open(ctx, r->house, &r->actor, r->steps[2], error) };
	if (k->flow == NULL)
		return -1;
	k->document = flow_document(k->flow, r->steps[4]);
	if (k->document == NULL || (!flow_may(k->flow, "read", k->document->type, k->document).yes && !flow_may(k->flow, "write", k->document->type, k->document).yes))
		return error_set(error, ERROR_MISSING, "document.missing", "There is no such document in this case, or it is not for you.");
	if (submission_may_write(k->flow, k->document, error) != 0)
		return -1;
	k->form = library_form(r->house->library, k->document->form, k->document->form_version);
	k->section = k->form == NULL ? NULL : form_section(k->form->form, r->steps[6]);
	if (k->section == NULL)
		return error_set(error, ERROR_MISSING, "section.missing", "This document has no such section.");
	if (change)
		k->doc = submission_text(ctx, k->flow, k->document, &k->rev, error);
	else
		k->doc = (struct xml_doc *)(uintptr_t)submission_shown(ctx, k->flow, k->document, &k->rev, error);
	if (k->doc == NULL)
		return -1;
	k->judge = flow_judge(ctx, k->flow, k->form->form, k->document);
	k->base = model_case_href(ctx, k->flow, talloc_asprintf(ctx, "/documents/%s", k->document->pub));
	return 0;
}

xml_node *desk_frame(void *ctx, struct request *r, struct answer *answer, const struct desk *k, const char *is, const char *title)
{
	xml_node *page = model_page(ctx, r, answer, is, title);

	model_trail(page, "/work", "Cases");
	model_trail(page, model_case_href(ctx, k->flow, ""), k->flow->c->reference);
	model_trail(page, k->base, flow_title(ctx, k->flow, k->document));
	model_case(page, k->flow);
	return page;
}

void desk_only_row(struct faults *faults, const char *row)
{
	size_t length = row == NULL ? 0 : strlen(row);
	int kept = 0;

	if (row == NULL)
		return;
	faults->errors = 0;
	for (int i = 0; i < faults->count; i++) {
		const char *where = faults->list[i].where;
		if (strncmp(where, row, length) != 0 || (where[length] != '\0' && where[length] != '.'))
			continue;
		faults->errors += !faults->list[i].warning;
		faults->list[kept++] = faults->list[i];
	}
	faults->count = kept;
	faults->rest = 0;
}

const char *desk_row(const struct request *r, const struct desk *k)
{
	const char *row = parts_get(r->query, "row");

	return row == NULL || form_locate(k->form->form, k->doc, row) == NULL ? NULL : row;
}

char *desk_address(void *ctx, const struct desk *k, const struct request *r, const char *row)
{
	const char *from = parts_has(r->query, "from") ? "from=check" : "";

	return talloc_asprintf(ctx, "%s/edit/%s%s%s%s%s%s", k->base, k->section->id, *from != '\0' || row != NULL ? "?" : "", from,
		*from != '\0' && row != NULL ? "&" : "", row == NULL ? "" : "row=", row == NULL ? "" : row);
}

int desk_show(void *ctx, struct request *r, struct answer *answer, const struct desk *k, bool check, struct faults *faults, struct error *error)
{
	xml_node *page, *form;
	const char *row = desk_row(r, k);

	if (check)
		faults = faults_new(ctx, 200);
	if (check && judge_document(ctx, k->judge, k->doc, k->section->id, faults, error) != 0)
		return -1;
	if (check)
		desk_only_row(faults, row);
	page = desk_frame(ctx, r, answer, k, "section", k->section->label);
	model_problems(page, faults, true);
	form = model_form(page, k->judge, k->doc, faults, error);
	if (form == NULL)
		return -1;
	xml_set(form, "section", k->section->id);
	xml_set(form, "title", flow_title(ctx, k->flow, k->document));
	xml_set(form, "action", desk_address(ctx, k, r, row));
	xml_set(form, "back", k->base);
	if (row != NULL) {
		xml_set(form, "row", row);
		xml_set(form, "back", desk_address(ctx, k, r, NULL));
	}
	if (parts_has(r->query, "from"))
		xml_set(form, "from", "check");
	xml_setf(form, "rev", k->rev == 0 && k->document->latest > 0 ? "v%d" : "%d", k->rev == 0 ? k->document->latest : k->rev);
	model_once(ctx, answer, form);
	answer->sheet = k->form->edit;
	return 0;
}

int page_section(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	struct desk k;

	if (desk_sit_down(ctx, r, &k, false, error) != 0)
		return -1;
	return desk_show(ctx, r, answer, &k, parts_has(r->query, "check"), NULL, error);
}
