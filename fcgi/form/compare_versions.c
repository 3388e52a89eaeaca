/* Two versions of a document, field by field. */
#include "form/compare_inner.h"

#include <string.h>
#include <talloc.h>

#include "base/text.h"

struct sides { const struct form *old_form, *new_form; xml_node *into, *section; int count; };
/* One place in both; a node is NULL where its side has nothing that may be shown. */
struct place { const struct step *old_step, *new_step; const xml_node *old, *new; };

static bool noted(const xml_node *node, const char *attribute, const char *value)
{
	const char *text = node ? xml_get_ns(node, NS_NOTE, attribute) : NULL;

	return text && strcmp(text, value) == 0;
}

/* Not asked is as good as not there: it does not become part of a version. */
static const xml_node *shown(const xml_node *node)
{
	return noted(node, "relevant", "no") || noted(node, "withheld", "yes") ? NULL : node;
}

static const struct step *known(const struct place *p)
{
	return p->new_step ? p->new_step : p->old_step;
}

/* What a reader sees of a value. */
static const char *words_of(void *ctx, const struct field *field, const xml_node *node)
{
	const char *words = node ? xml_get_ns(node, NS_NOTE, "words") : NULL;

	if (words)
		return words;
	if (node && field->type == FIELD_PROSE && xml_get_ns(node, NS_NOTE, "plain"))
		return xml_get_ns(node, NS_NOTE, "plain");
	return compare_plain(ctx, field, node);
}

static const char *section_label(const struct sides *s, const char *id)
{
	const struct section *section = form_section(s->new_form, id);

	section = section ? section : form_section(s->old_form, id);
	return section ? section->label : "";
}

static xml_node *section_of(struct sides *s, const char *id)
{
	xml_node *each = xml_child(s->into, "section");

	while (each && strcmp(xml_get(each, "id"), id) != 0)
		each = xml_next_same(each);
	if (each)
		return each;
	each = xml_add(s->into, "section");
	xml_set(each, "id", id);
	xml_set(each, "label", section_label(s, id));
	return each;
}

static const char *kind_of(bool old, bool new)
{
	return old && new ? "changed" : new ? "added" : "removed";
}

static void compare_field(struct sides *s, const struct place *p, xml_node *row)
{
	void *scratch = talloc_new(NULL);
	const struct field *field = known(p)->field;
	const char *was = words_of(scratch, p->old_step ? p->old_step->field : field, shown(p->old)), *now = words_of(scratch, field, shown(p->new));
	xml_node *change;

	if (strcmp(was, now) != 0) {
		change = xml_add(row ? row : section_of(s, field->section), "change");
		xml_set(change, "kind", kind_of(*was, *now));
		xml_set(change, "name", xml_get_ns(p->new ? p->new : p->old, NS_NOTE, "name"));
		xml_set(change, "label", field->label);
		s->count++;
		if (*was && *now && (field->type == FIELD_PROSE || field->type == FIELD_TEXT)) {
			compare_words(xml_add(change, "words"), was, now);
		} else {
			xml_add_text(change, "was", was);
			xml_add_text(change, "now", now);
		}
	}
	talloc_free(scratch);
}

static void compare_place(struct sides *s, const struct place *p, xml_node *row);

/* A row with its changes; gone again when nothing of it may be shown. */
static void compare_row(struct sides *s, const struct place *p, const char *key, xml_node *outer)
{
	const struct repeat *repeat = known(p)->repeat;
	const xml_node *node = p->new ? p->new : p->old;
	xml_node *row = xml_add(outer ? outer : section_of(s, repeat->section), "row");
	const char *label = xml_get_ns(node, NS_NOTE, "label");
	const struct step *key_step = repeat->key ? form_step_child(known(p), repeat->key) : NULL;

	xml_set(row, "kind", kind_of(p->old, p->new));
	xml_set(row, "name", xml_get_ns(node, NS_NOTE, "name"));
	xml_set(row, "label", *repeat->label ? repeat->label : known(p)->name);
	if (label)
		xml_set(row, "key", label);
	else if (key_step && *key != ' ' && shown(xml_child(node, key_step->name)))
		xml_set(row, "key", key);
	else
		xml_set(row, "key", xml_get_ns(node, NS_NOTE, "index"));
	compare_place(s, p, row);
	if (!xml_first(row))
		xml_remove(row);
}

static void compare_rows_of(struct sides *s, const struct place *p, xml_node *outer)
{
	void *scratch = talloc_new(NULL);
	struct rows old = compare_rows(scratch, known(p), p->old), new = compare_rows(scratch, known(p), p->new), others = compare_sorted(scratch, &old);
	int i;

	for (i = 0; i < new.count; i++) {
		const struct row *was = compare_take(&others, new.list[i].key);

		compare_row(s, &(struct place){ p->old_step, p->new_step, was ? shown(was->node) : NULL, shown(new.list[i].node) }, new.list[i].key, outer);
	}
	for (i = 0; i < others.count; i++)
		if (!others.list[i].used)
			compare_row(s, &(struct place){ p->old_step, p->new_step, shown(others.list[i].node), NULL }, others.list[i].key, outer);
	talloc_free(scratch);
}

static void compare_child(struct sides *s, const struct step *old_step, const struct step *new_step, const struct place *p, xml_node *row)
{
	struct place below = { old_step, new_step, p->old, p->new };
	const struct step *step = known(&below);

	if (step->repeat) {      /* the element around the rows goes along */
		compare_rows_of(s, &below, row);
		return;
	}
	below.old = p->old && old_step ? xml_child(p->old, step->name) : NULL;
	below.new = p->new && new_step ? xml_child(p->new, step->name) : NULL;
	if (step->field) {
		compare_field(s, &below, row);
	} else {
		below.old = shown(below.old);
		below.new = shown(below.new);
		compare_place(s, &below, row);
	}
}

static void compare_place(struct sides *s, const struct place *p, xml_node *row)
{
	const struct step *child, *other;

	if (!p->old && !p->new)
		return;
	for (child = p->new_step ? p->new_step->child : NULL; child; child = child->next) {
		other = p->old_step ? form_step_child(p->old_step, child->name) : NULL;
		compare_child(s, other, child, p, row);
	}
	for (child = p->old_step ? p->old_step->child : NULL; child; child = child->next)
		if (!p->new_step || !form_step_child(p->new_step, child->name))
			compare_child(s, child, NULL, p, row);
}

/* A section of which only rows that may not be shown have changed. */
static void drop_empty(xml_node *into)
{
	for (xml_node *each = xml_child(into, "section"), *next; each; each = next) {
		next = xml_next_same(each);
		if (!xml_first(each))
			xml_remove(each);
	}
}

int compare_versions(xml_node *into, const struct form *old_form, const struct xml_doc *old, const struct form *new_form, const struct xml_doc *new)
{
	struct sides s = { .old_form = old_form, .new_form = new_form, .into = into };

	compare_place(&s, &(struct place){ old_form->tree, new_form->tree, xml_root(old), xml_root(new) }, NULL);
	drop_empty(into);
	return s.count;
}
