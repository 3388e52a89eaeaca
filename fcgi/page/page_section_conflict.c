#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#include "form/fill.h"
#include "page/page_section_inner.h"

/* Two people at one section: what both changed is asked, both texts in sight; nothing goes without a choice. */

#define MOST 200

static const char *words(void *ctx, const struct desk *k, const struct field *field, const char *plain)
{
	struct error ignored = {0};
	char *made;

	return judge_words(ctx, k->judge, field, plain, &made, &ignored) == 0 ? made : plain;
}

/* A value, and beside it what a reader is shown where that is not the same. */
static void add_side(void *ctx, xml_node *e, const char *side, const struct desk *k, const struct field *field, const char *plain)
{
	xml_node *node = xml_add_text(e, side, plain);
	const char *shown = words(ctx, k, field, plain);

	if (strcmp(shown, plain) != 0)
		xml_set(node, "words", shown);
}

/* Only plain words can be written anew on this page; other answers have their own controls in the section. */
static bool can_be_written(const struct field *field)
{
	return field->type == FIELD_STRING || field->type == FIELD_TEXT || field->type == FIELD_PROSE || field->type == FIELD_INT || field->type == FIELD_NHS || field->type == FIELD_TIME;
}

static void show_field(void *ctx, xml_node *e, const struct desk *k, const struct clash *clash)
{
	xml_set(e, "label", clash->field->label);
	add_side(ctx, e, "base", k, clash->field, clash->base);
	add_side(ctx, e, "theirs", k, clash->field, clash->theirs);
	add_side(ctx, e, "mine", k, clash->field, clash->mine);
	if (can_be_written(clash->field))
		xml_add_text(e, "new", *clash->both != '\0' ? clash->both : talloc_asprintf(ctx, "%s%s%s", clash->theirs, *clash->theirs != '\0' && *clash->mine != '\0' ? "\n\n" : "", clash->mine));
}

/* "Event LP-03", by its key where that may be seen, else by its number. */
static void show_row(void *ctx, xml_node *e, const struct desk *k, const struct clash *clash, const struct xml_doc *joined)
{
	const char *key = clash->repeat->key, *dot = strrchr(clash->name, '.');
	const struct field *field = key == NULL ? NULL : form_field(k->form->form, talloc_asprintf(ctx, "%s.%s", clash->repeat->pattern, key));
	const char *name = field == NULL || !judge_may_see(k->judge, field) ? "" : xml_text(ctx, form_locate(k->form->form, joined, talloc_asprintf(ctx, "%s.%s", clash->name, key)));

	if (*name != '\0')
		name = words(ctx, k, field, name);
	xml_setf(e, "label", "%s %s", clash->repeat->label, *name != '\0' ? name : dot == NULL ? "" : dot + 1);
	xml_set(e, "removed-by", clash->kind == CLASH_I_REMOVED ? "me" : "them");
}

static void show_clash(void *ctx, xml_node *c, const struct desk *k, const struct clash *clash, int n)
{
	xml_node *e;

	if (clash->field != NULL && !judge_may_see(k->judge, clash->field))      /* nobody can change what they cannot see: there is nothing to ask */
		return;
	e = xml_add(c, "clash");
	xml_setf(e, "n", "%d", n);
	xml_set(e, "name", clash->name);
	if (clash->kind == CLASH_FIELD)
		show_field(ctx, e, k, clash);
	else
		show_row(ctx, e, k, clash, k->doc);
}

static xml_node *show(void *ctx, struct request *r, struct answer *answer, struct desk *k, const struct clashes *clashes)
{
	char once[SEAL_ID];
	xml_node *page, *c;

	page = desk_frame(ctx, r, answer, k, "conflict", "Two people have changed this section");
	c = xml_add(page, "conflict");
	seal_id(once);
	xml_set(c, "action", desk_address(ctx, k, r, NULL));
	xml_setf(c, "rev", "%d", k->rev);
	xml_set(c, "once", once);
	xml_set(c, "section-label", k->section->label);
	xml_set(c, "by", clashes->by);
	xml_set(c, "at", date_words_instant(ctx, clashes->at));
	for (int i = 0; i < clashes->count && i < MOST; i++)
		show_clash(ctx, c, k, &clashes->list[i], i + 1);
	answer->status = 409;
	return page;
}

int desk_conflict(void *ctx, struct request *r, struct answer *answer, struct desk *k, const struct clashes *clashes, struct error *error)
{
	if (r->autosave)
		return error_set(error, ERROR_CONFLICT, "draft.stale", "Somebody else has changed this section.");
	show(ctx, r, answer, k, clashes);
	return 0;
}

/* --- the answer ----------------------------------------------------------------------------------------------------------------- */

static const char *said(void *ctx, const struct request *r, const char *what, int n)
{
	return parts_get(r->form, talloc_asprintf(ctx, "%s.%d", what, n));
}

static int gone(struct error *error)
{
	return error_set(error, ERROR_INVALID, "conflict.field", "One of the answers in question is no longer there. Your words: go back to see them.");
}

static int resolve_field(void *ctx, const struct request *r, const struct desk *k, struct xml_doc *doc, const char *name, int n, struct error *error)
{
	const char *pick = said(ctx, r, "pick", n), *text = said(ctx, r, strcmp(pick, "mine") == 0 ? "mine" : "new", n);
	const struct field *field = form_field(k->form->form, name);
	xml_node *node = form_locate(k->form->form, doc, name);

	if (strcmp(pick, "theirs") == 0)
		return 0;
	if (text == NULL || field == NULL || node == NULL || !judge_may_fill(k->judge, field) || !judge_may_see(k->judge, field))
		return gone(error);
	fill_plain(field, node, text);
	return 0;
}

/* Every name is looked up before a row goes: the others move up. */
static int resolve_rows(void *ctx, const struct request *r, const struct desk *k, struct xml_doc *doc, struct error *error)
{
	xml_node *gone_rows[MOST];
	int count = 0;

	for (int n = 1; n <= MOST && said(ctx, r, "name", n) != NULL; n++) {
		const char *name = said(ctx, r, "name", n), *pick = said(ctx, r, "pick", n);
		xml_node *row = form_repeat(k->form->form, name) == NULL || form_field(k->form->form, name) != NULL ? NULL : form_locate(k->form->form, doc, name);
		if (row != NULL && strcmp(pick, "remove") == 0)
			gone_rows[count++] = row;
	}
	for (int i = 0; i < count; i++)
		if (fill_remove_row(k->form->form, doc, form_name_of(ctx, k->form->form, gone_rows[i]), error) != 0)
			return -1;
	return 0;
}

/* What the page said of a clash, so that it can be said again. */
static bool told_again(void *ctx, const struct request *r, const struct desk *k, int n, struct clash *clash_r)
{
	const char *name = said(ctx, r, "name", n), *removed = said(ctx, r, "removed", n), *base = said(ctx, r, "base", n), *theirs = said(ctx, r, "theirs", n), *mine = said(ctx, r, "mine", n);
	const char *anew = said(ctx, r, "new", n);

	*clash_r = (struct clash){ .name = name, .field = form_field(k->form->form, name), .repeat = form_repeat(k->form->form, name), .base = base, .theirs = theirs, .mine = mine,
		.both = anew == NULL ? "" : anew, .kind = removed == NULL ? CLASH_FIELD : strcmp(removed, "me") == 0 ? CLASH_I_REMOVED : CLASH_THEY_REMOVED };
	if (removed != NULL)
		return clash_r->repeat != NULL && clash_r->field == NULL && form_locate(k->form->form, k->doc, name) != NULL;
	return clash_r->field != NULL && base != NULL && theirs != NULL && mine != NULL;
}

int desk_ask_again(void *ctx, struct request *r, struct answer *answer, struct desk *k, struct clashes *clashes)
{
	xml_node *page, *e;
	const char *by = parts_get(r->form, "by"), *at = parts_get(r->form, "at");      /* by now the last to save is who asks */

	clashes->list = talloc_zero_array(ctx, struct clash, MOST);
	for (int n = 1; n <= MOST && said(ctx, r, "name", n) != NULL; n++)
		clashes->count += told_again(ctx, r, k, n, &clashes->list[clashes->count]);
	page = show(ctx, r, answer, k, clashes);
	if (by != NULL && at != NULL) {
		xml_set(xml_child(page, "conflict"), "by", by);
		xml_set(xml_child(page, "conflict"), "at", at);
	}
	for (e = xml_child(xml_child(page, "conflict"), "clash"); e != NULL; e = xml_next_same(e)) {
		struct error missing = {0};
		const char *pick = said(ctx, r, "pick", atoi(xml_get(e, "n")));
		if (pick != NULL) {
			xml_set(e, "pick", pick);
			continue;
		}
		error_set(&missing, ERROR_INVALID, "conflict.pick", "Choose what to keep for: %s", xml_get(e, "label"));
		error_at(&missing, talloc_asprintf(ctx, "pick.%s", xml_get(e, "n")), 0, 0);
		model_problem(page, &missing, true);
	}
	answer->status = 422;
	return 0;
}

int desk_resolve(void *ctx, struct request *r, struct desk *k, struct xml_doc *doc, struct error *error)
{
	for (int n = 1; n <= MOST && said(ctx, r, "name", n) != NULL; n++) {
		const char *name = said(ctx, r, "name", n);
		if (said(ctx, r, "pick", n) == NULL)
			return error_set(error, ERROR_INVALID, "conflict.pick", "Choose what to keep for each answer.");
		if (form_field(k->form->form, name) != NULL && resolve_field(ctx, r, k, doc, name, n, error) != 0)
			return -1;
	}
	return resolve_rows(ctx, r, k, doc, error);
}
