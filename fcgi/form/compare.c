#include "form/compare.h"

#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "form/compare_inner.h"
#include "form/fill.h"
#include "form/prose.h"

struct merge {
	const struct form *form;
	void *ctx;                        /* owns the clashes */
	struct clash *clashes;
	xml_node **clash_nodes;           /* their names are known when all rows have their places */
	int count;
};

char *compare_plain(void *ctx, const struct field *field, const xml_node *node)
{
	char *text, *made;

	if (!node)
		return talloc_strdup(ctx, "");
	if (field->type == FIELD_PROSE)
		return prose_plain(ctx, node);
	text = field->type == FIELD_WHEN ?
		talloc_asprintf(NULL, "%s %s", form_when_part(node, "written"), form_when_part(node, "precision")) : xml_text(NULL, node);
	made = text_trim(ctx, text);
	talloc_free(text);
	return made;
}

static void replace(xml_node *node, const xml_node *by)
{
	if (!by) {
		xml_empty(node);
		return;
	}
	xml_copy_after(node, by);
	xml_remove(node);
}

static void add_clash(struct merge *m, enum clash_kind kind, const struct field *field, const struct repeat *repeat, xml_node *at, const char *base, const char *theirs, const char *mine, const char *both)
{
	size_t n = (size_t)m->count + 1;

	m->clashes = talloc_realloc(m->ctx, m->clashes, struct clash, n);
	m->clash_nodes = talloc_realloc(m->ctx, m->clash_nodes, xml_node *, n);
	m->clashes[m->count] = (struct clash){ .kind = kind, .field = field, .repeat = repeat, .base = talloc_strdup(m->ctx, base),
		.theirs = talloc_strdup(m->ctx, theirs), .mine = talloc_strdup(m->ctx, mine), .both = talloc_strdup(m->ctx, both) };
	m->clash_nodes[m->count++] = at;
}

static bool excludes(const struct field *field, const char *codes)
{
	const char *cursor = codes;
	char *code;
	bool exclusive = false;
	int n = 0;

	while ((code = text_next_word(NULL, &cursor))) {
		const struct option *option = form_option(field, code);

		exclusive = exclusive || (option && option->exclusive);
		talloc_free(code);
		n++;
	}
	return exclusive && n > 1;
}

/* Long texts and choices of many are made of parts: what each of the two did is joined where it does not meet. NULL: nothing to join. */
static char *join_parts(void *ctx, const struct field *field, const char *b, const char *t, const char *k, bool *clash_r)
{
	bool text = field->type == FIELD_PROSE || field->type == FIELD_TEXT, codes = field->type == FIELD_MANY || field->type == FIELD_REFS;
	const char *unknown = field->unknown ? field->unknown : "";
	char *made;

	if ((!text && !codes) || (*unknown && (strcmp(t, unknown) == 0 || strcmp(k, unknown) == 0 || strcmp(b, unknown) == 0)))
		return NULL;
	if (text)
		return compare_join_text(ctx, b, t, k, clash_r);
	made = compare_join_codes(ctx, b, t, k);
	*clash_r = excludes(field, made);
	return made;
}

static void merge_field(struct merge *m, const struct step *step, const xml_node *base, const xml_node *theirs, const xml_node *mine, xml_node *around)
{
	void *scratch = talloc_new(NULL);
	char *b = compare_plain(scratch, step->field, base), *t = compare_plain(scratch, step->field, theirs), *k = compare_plain(scratch, step->field, mine), *both;
	bool clash = true;

	if (strcmp(k, b) != 0 && strcmp(k, t) != 0) {
		xml_node *joined = form_ensure(around, step);

		both = strcmp(t, b) == 0 ? NULL : join_parts(scratch, step->field, b, t, k, &clash);
		if (strcmp(t, b) == 0)
			replace(joined, mine);
		else if (!clash)
			fill_plain(step->field, joined, both);
		else
			add_clash(m, CLASH_FIELD, step->field, NULL, joined, b, t, k, both ? both : "");
	}
	talloc_free(scratch);
}

/* All that stands in an element, as one text: equal texts are equal contents. */
static void append_content(char **text, const struct step *step, const xml_node *node)
{
	const struct step *child;

	if (step->field) {
		char *plain = compare_plain(NULL, step->field, node);

		*text = talloc_asprintf_append_buffer(*text, "%s\x1f", plain);
		talloc_free(plain);
	}
	for (child = step->child; child; child = child->next) {
		const xml_node *each = xml_child(node, child->name);

		if (!each && !child->repeat)
			append_content(text, child, NULL);
		for (; each; each = child->repeat ? xml_next_same(each) : NULL) {
			append_content(text, child, each);
			*text = talloc_strdup_append_buffer(*text, "\x1e");
		}
	}
}

static bool same_content(const struct step *step, const xml_node *a, const xml_node *b)
{
	char *x = talloc_strdup(NULL, ""), *y = talloc_strdup(NULL, "");
	bool same;

	append_content(&x, step, a);
	append_content(&y, step, b);
	same = strcmp(x, y) == 0;
	talloc_free(x);
	talloc_free(y);
	return same;
}

static int by_key(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	int order = strcmp(x->key, y->key);

	return order ? order : x->order - y->order;
}

struct rows compare_rows(void *ctx, const struct step *step, const xml_node *parent)
{
	struct rows rows = { talloc_array(ctx, struct row, parent ? (size_t)form_row_count(parent, step) + 1 : 1), 0 };
	xml_node *node = parent ? xml_child(parent, step->name) : NULL;
	int nameless = 0;

	for (; node; node = xml_next_same(node)) {
		const char *key = step->repeat->key ? text_trim(ctx, xml_text(ctx, xml_child(node, step->repeat->key))) : xml_get(node, "id");

		if (!key || !*key)
			key = talloc_asprintf(ctx, " %d", ++nameless);
		rows.list[rows.count] = (struct row){ talloc_strdup(ctx, key), node, rows.count, false };
		rows.count++;
	}
	return rows;
}

struct rows compare_sorted(void *ctx, const struct rows *rows)
{
	struct rows made = { talloc_array(ctx, struct row, (size_t)rows->count + 1), rows->count };

	if (rows->count) {
		memcpy(made.list, rows->list, (size_t)rows->count * sizeof rows->list[0]);
		qsort(made.list, (size_t)made.count, sizeof made.list[0], by_key);
	}
	return made;
}

struct row *compare_take(struct rows *rows, const char *key)
{
	int low = 0, high = rows->count;

	while (low < high) {
		int middle = (low + high) / 2;

		if (strcmp(rows->list[middle].key, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	while (low < rows->count && strcmp(rows->list[low].key, key) == 0 && rows->list[low].used)
		low++;
	if (low == rows->count || strcmp(rows->list[low].key, key) != 0)
		return NULL;
	rows->list[low].used = true;
	return &rows->list[low];
}

static void merge_group(struct merge *m, const struct step *step, const xml_node *base, const xml_node *theirs, const xml_node *mine, xml_node *joined);

/* After the row that stands before it in mine, else at the end. */
static xml_node *insert_row(const struct step *step, xml_node *around, xml_node *after, const xml_node *row, bool fresh)
{
	xml_node *place = after ? NULL : form_new_row(around, step), *made;

	made = xml_copy_after(after ? after : place, row);
	if (place)
		xml_remove(place);
	if (fresh) {
		xml_set(made, "id", NULL);
		form_give_id(made, step);
	}
	return made;
}

/* What I removed goes only if they left it as it was; what they removed comes back if I wrote in it: no words are lost, and both are asked about. */
static void merge_rows(struct merge *m, const struct step *step, const xml_node *base, const xml_node *theirs, const xml_node *mine, xml_node *around)
{
	void *scratch = talloc_new(NULL);
	struct rows joined = compare_rows(scratch, step, around), their_rows = compare_rows(scratch, step, theirs), my_rows = compare_rows(scratch, step, mine);
	struct rows base_rows = compare_rows(scratch, step, base), bases = compare_sorted(scratch, &base_rows), others = compare_sorted(scratch, &their_rows);
	xml_node *after = NULL;
	int i;

	for (i = 0; i < my_rows.count; i++) {
		const struct row *my = &my_rows.list[i], *b = compare_take(&bases, my->key), *t = compare_take(&others, my->key);
		/* Two new rows to which the server gave the same id are two rows; with the same key of the form's they are one. */
		bool strangers = t && !b && !step->repeat->key && !same_content(step, t->node, my->node);

		if (t && !strangers)
			merge_group(m, step, b ? b->node : NULL, t->node, my->node, after = joined.list[t->order].node);
		else if (strangers || !b || !same_content(step, b->node, my->node)) {
			after = insert_row(step, around, strangers && !after ? joined.list[t->order].node : after, my->node, strangers);
			if (b && !strangers)
				add_clash(m, CLASH_THEY_REMOVED, NULL, step->repeat, after, "", "", "", "");
		}
	}
	for (i = 0; i < others.count; i++) {
		const struct row *t = &others.list[i], *b = t->used ? NULL : compare_take(&bases, t->key);

		if (b && same_content(step, b->node, t->node))
			xml_remove(joined.list[t->order].node);
		else if (b)
			add_clash(m, CLASH_I_REMOVED, NULL, step->repeat, joined.list[t->order].node, "", "", "", "");
	}
	talloc_free(scratch);
}

static void merge_group(struct merge *m, const struct step *step, const xml_node *base, const xml_node *theirs, const xml_node *mine, xml_node *joined)
{
	const struct step *child;

	for (child = step->child; child; child = child->next) {
		const xml_node *b = xml_child(base, child->name), *t = xml_child(theirs, child->name), *k = xml_child(mine, child->name);

		if (child->repeat)
			merge_rows(m, child, base, theirs, mine, joined);
		else if (child->field)
			merge_field(m, child, b, t, k, joined);
		else if (k || b)
			merge_group(m, child, b, t, k, form_ensure(joined, child));
	}
}

int compare_merge(void *ctx, const struct form *form, const struct xml_doc *base, const struct xml_doc *theirs, const struct xml_doc *mine,
	struct xml_doc **joined_r, struct clash **clashes_r, int *count_r, struct error *error)
{
	struct merge m = { .form = form, .ctx = ctx };
	struct xml_doc *joined;
	int i;

	if (strcmp(xml_name(xml_root(theirs)), form->root) != 0 || strcmp(xml_name(xml_root(mine)), form->root) != 0)
		return error_set(error, ERROR_FAULT, "compare.form", "The documents are not of this form.");
	joined = xml_copy(ctx, theirs);
	merge_group(&m, form->tree, xml_root(base), xml_root(theirs), xml_root(mine), xml_root(joined));
	for (i = 0; i < m.count; i++)
		m.clashes[i].name = form_name_of(m.clashes, form, m.clash_nodes[i]);
	talloc_free(m.clash_nodes);
	*joined_r = joined;
	*clashes_r = m.clashes;
	*count_r = m.count;
	return 0;
}
