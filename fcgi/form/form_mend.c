/* Mending instances: elements that are not there, fresh rows, ids of rows. */
#include "form/form_inner.h"

#include <stdlib.h>
#include <string.h>
#include <talloc.h>

/* The last element under parent that belongs to a step before this one, NULL if none. */
static xml_node *last_before(const xml_node *parent, const struct step *step)
{
	const struct step *each = step->parent->child;
	xml_node *node = xml_first(parent), *last = NULL;

	for (; node && each != step; node = xml_next(node)) {
		while (each != step && strcmp(each->name, xml_name(node)) != 0)
			each = each->next;
		if (each != step)
			last = node;
	}
	return last;
}

static xml_node *insert(xml_node *parent, const xml_node *after, const char *name)
{
	xml_node *before = after ? xml_next(after) : xml_first(parent);

	return before ? xml_insert_before(before, name) : xml_add(parent, name);
}

xml_node *form_ensure(xml_node *parent, const struct step *step)
{
	xml_node *node = xml_child(parent, step->name);

	return node ? node : insert(parent, last_before(parent, step), step->name);
}

void form_complete(const struct step *step, xml_node *node)
{
	const struct step *each;
	xml_node *after = NULL, *child, *next;

	for (each = step->child; each; each = each->next) {
		/* They nearly always stand in the definition's order: then the next one is it, or none is. */
		next = after ? xml_next(after) : xml_first(node);
		child = next && strcmp(xml_name(next), each->name) == 0 ? next : xml_child(node, each->name);
		if (!child && !each->repeat)
			child = insert(node, after, each->name);
		for (; child; child = each->repeat ? xml_next_same(child) : NULL) {
			form_complete(each, child);
			after = child;
		}
	}
}

void form_give_id(xml_node *row, const struct step *step)
{
	const xml_node *each;
	int most = 0;

	if (step->repeat->key || xml_get(row, "id"))
		return;
	for (each = xml_child(xml_parent(row), step->name); each; each = xml_next_same(each)) {
		const char *id = xml_get(each, "id");

		if (id && id[0] == 'r' && strlen(id) < 9 && atoi(id + 1) > most)
			most = atoi(id + 1);
	}
	xml_setf(row, "id", "r%d", most + 1);
}

void form_fill_new(const struct step *step, xml_node *node)
{
	const struct step *each;
	xml_node *child;
	int n;

	for (each = step->child; each; each = each->next)
		for (n = each->repeat ? each->repeat->min : 1; n > 0; n--) {
			child = xml_add(node, each->name);
			if (each->repeat)
				form_give_id(child, each);
			form_fill_new(each, child);
		}
}

xml_node *form_new_row(xml_node *parent, const struct step *step)
{
	xml_node *last = xml_child(parent, step->name), *next, *row;

	while (last && (next = xml_next_same(last)))
		last = next;
	row = insert(parent, last ? last : last_before(parent, step), step->name);
	form_give_id(row, step);
	form_fill_new(step, row);
	return row;
}

static void show_rows(const struct step *step, xml_node *node)
{
	for (const struct step *each = step->child; each; each = each->next) {
		xml_node *child = each->field ? NULL : xml_child(node, each->name);

		if (each->repeat && !child)
			child = form_new_row(node, each);
		for (; child; child = each->repeat ? xml_next_same(child) : NULL)
			show_rows(each, child);
	}
}

void form_show_rows(const struct form *form, struct xml_doc *doc)
{
	form_complete(form->tree, xml_root(doc));
	show_rows(form->tree, xml_root(doc));
}

void form_whole(const struct form *form, struct xml_doc *doc) { form_complete(form->tree, xml_root(doc)); }
