#include <string.h>
#include <talloc.h>

#include "form/fill.h"
#include "page/page_section_inner.h"

/* What both changed is asked, both texts in sight. */
int desk_conflict(void *ctx, struct request *r, struct answer *answer, struct desk *k, const struct clashes *clashes, struct error *error)
{
	char once[SEAL_ID];
	xml_node *page, *c;

	if (r->autosave)
		return error_set(error, ERROR_CONFLICT, "draft.stale", "Somebody else has changed this section.");
	page = desk_frame(ctx, r, answer, k, "conflict", "Two people have changed this section");
	c = xml_add(page, "conflict");
	seal_id(once);
	xml_setf(c, "action", "%s/edit/%s", k->base, k->section->id);
	xml_setf(c, "rev", "%d", k->rev);
	xml_set(c, "once", once);
	xml_set(c, "section-label", k->section->label);
	xml_set(c, "by", clashes->by);
	xml_set(c, "at", date_words_instant(ctx, clashes->at));
	for (int i = 0; i < clashes->count; i++) {
		const struct clash *clash = &clashes->list[i];
		xml_node *e = xml_add(c, "clash");
		xml_setf(e, "n", "%d", i + 1);
		xml_set(e, "name", clash->name);
		xml_set(e, "label", clash->field->label);
		xml_add_text(e, "base", clash->base);
		xml_add_text(e, "theirs", clash->theirs);
		xml_add_text(e, "mine", clash->mine);
	}
	answer->status = 409;
	return 0;
}

/* The answer to the conflict page, on the text that it showed: per clash theirs, mine or new words. */
int desk_resolve(void *ctx, struct request *r, struct desk *k, struct xml_doc *doc, struct error *error)
{
	for (int n = 1; n <= 200; n++) {
		const char *pick = parts_get(r->form, talloc_asprintf(ctx, "pick.%d", n)), *name = parts_get(r->form, talloc_asprintf(ctx, "name.%d", n)), *text;
		const struct field *field;
		xml_node *node;
		if (name == NULL)
			break;
		if (pick == NULL || strcmp(pick, "theirs") == 0)
			continue;
		text = parts_get(r->form, talloc_asprintf(ctx, strcmp(pick, "mine") == 0 ? "mine.%d" : "new.%d", n));
		field = form_field(k->form->form, name);
		node = form_locate(k->form->form, doc, name);
		if (text == NULL || field == NULL || node == NULL || !judge_may_fill(k->judge, field) || !judge_may_see(k->judge, field))
			return error_set(error, ERROR_INVALID, "conflict.field", "One of the fields in question is no longer there. Your words: go back to see them.");
		fill_plain(field, node, text);
	}
	return 0;
}
