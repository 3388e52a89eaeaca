/* Rows that come and go, and the ids that the server gives. */
#include "form/fill.h"

#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "form/fill_inner.h"

bool fill_numbers_ok(const struct form *form, const char *name)
{
	const struct step *step = form->tree;
	char *copy = talloc_strdup(NULL, name), *save = NULL, *part = strtok_r(copy, ".", &save);
	bool ok = true;

	while (ok && part && step) {
		step = form_step_child(step, part);
		part = strtok_r(NULL, ".", &save);
		if (!step || !step->repeat)
			continue;
		ok = part && part[0] != '0' && strlen(part) < 8 && strspn(part, "0123456789") == strlen(part) && atoi(part) <= step->repeat->max;
		part = ok ? strtok_r(NULL, ".", &save) : NULL;
	}
	talloc_free(copy);
	return ok && step;
}

xml_node *fill_reach(const struct form *form, struct xml_doc *doc, const char *name, bool rows)
{
	const struct step *step = form->tree;
	xml_node *node = xml_root(doc);
	char *copy = talloc_strdup(NULL, name), *save = NULL, *part = strtok_r(copy, ".", &save);
	int n, have;

	for (; part && node; part = strtok_r(NULL, ".", &save)) {
		step = form_step_child(step, part);
		if (!step->repeat) {
			node = form_ensure(node, step);
			continue;
		}
		part = strtok_r(NULL, ".", &save);
		n = part ? atoi(part) : 1;
		for (have = rows ? form_row_count(node, step) : n; have < n; have++)
			form_new_row(node, step);
		for (node = xml_child(node, step->name); node && n > 1; n--)
			node = xml_next_same(node);
	}
	talloc_free(copy);
	return node;
}

static int no_such_rows(const char *name, struct error *error)
{
	error_set(error, ERROR_MISSING, "form.unknown-field", "The form has no such rows. Open the page anew.");
	return error_at(error, name, 0, 0);
}

/* "people.person.2.names.name" is the rows `name` in the element "people.person.2.names". */
static char *around(void *ctx, const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot ? talloc_strndup(ctx, name, (size_t)(dot - name)) : talloc_strdup(ctx, "");
}

int fill_add_row(void *ctx, const struct form *form, struct xml_doc *doc, const char *repeat, char **name_r, struct error *error)
{
	const struct step *step = form_step(form, repeat);
	char *parent = around(NULL, repeat), *first = talloc_asprintf(parent, "%s.1", repeat);
	xml_node *node = NULL;
	int count, result = -1;

	/* The rows named must be the end of the name: with ".1" it must be a row's. */
	if (!step || !step->repeat || strlen(repeat) > FORM_NAME_MAX || !fill_numbers_ok(form, first) ||
	    !(node = fill_reach(form, doc, parent, false))) {
		no_such_rows(repeat, error);
		goto out;
	}
	count = form_row_count(node, step);
	if (count >= step->repeat->max) {
		error_set(error, ERROR_INVALID, "rows.max", "There may be at most %d of: %s.", step->repeat->max,
			*step->repeat->label ? step->repeat->label : step->name);
		error_at(error, repeat, 0, 0);
		goto out;
	}
	form_new_row(node, step);
	*name_r = talloc_asprintf(ctx, "%s.%d", repeat, count + 1);
	result = 0;
out:
	talloc_free(parent);
	return result;
}

int fill_remove_row(const struct form *form, struct xml_doc *doc, const char *row, struct error *error)
{
	const struct step *step = form_step(form, row);
	xml_node *node = step && step->repeat && fill_numbers_ok(form, row) ? form_locate(form, doc, row) : NULL, *parent;

	if (!node)
		return no_such_rows(row, error);
	parent = xml_parent(node);
	xml_remove(node);
	if (form_row_count(parent, step) < step->repeat->min)
		form_new_row(parent, step);
	return 0;
}

static xml_node *row_with_key(const struct step *step, const xml_node *around, const char *key)
{
	xml_node *row = xml_child(around, step->name);

	while (row && strcmp(xml_plain(xml_child(row, step->repeat->key)), key) != 0)
		row = xml_next_same(row);
	return row;
}

/* The row of that key becomes the nth. */
static void place_row(const struct step *step, xml_node *around, int n, const char *key)
{
	xml_node *row = row_with_key(step, around, key), *at, *made;
	bool before = false;

	if (!row) {
		row = form_new_row(around, step);
		xml_replace_text(form_ensure(row, form_step_child(step, step->repeat->key)), key);
	}
	while (form_row_count(around, step) < n)
		form_new_row(around, step);
	for (at = xml_child(around, step->name); n > 1; n--) {
		before = before || at == row;
		at = xml_next_same(at);
	}
	if (at == row)
		return;
	made = xml_copy_after(at, row);
	xml_remove(row);
	if (before)      /* what stood there has moved up by one */
		return;
	xml_copy_after(made, at);
	xml_remove(at);
}

void fill_given_rows(const struct form *form, struct xml_doc *doc, const struct parts *parts)
{
	for (int i = 0; i < parts->count; i++) {
		const struct field *field = strlen(parts->list[i].name) > FORM_NAME_MAX ? NULL : form_field(form, parts->list[i].name);
		char *row;

		if (!field || !field->given || !text_is_name(parts->list[i].value) || !fill_numbers_ok(form, parts->list[i].name))
			continue;
		row = around(NULL, parts->list[i].name);      /* "subjects.subject.2" */
		if (strrchr(row, '.') && atoi(strrchr(row, '.') + 1) > 0) {
			const struct step *step = form_step(form, field->repeat->pattern);
			char *above = around(row, field->repeat->pattern);

			place_row(step, *above ? fill_reach(form, doc, above, false) : xml_root(doc), atoi(strrchr(row, '.') + 1), parts->list[i].value);
		}
		talloc_free(row);
	}
}

/* The number of "b12" or "r12", else 0. */
static int id_number(const char *id, char letter)
{
	return id && id[0] == letter && strlen(id) < 9 && strspn(id + 1, "0123456789") == strlen(id + 1) ? atoi(id + 1) : 0;
}

/* Gives ids to the siblings of `first` that have none: one letter and a number that none of them has. */
static void give_ids(xml_node *first, xml_node *(*next)(const xml_node *node), char letter)
{
	xml_node *each;
	int most = 0, n;

	for (each = first; each; each = next(each)) {
		n = id_number(xml_get(each, "id"), letter);
		most = n > most ? n : most;
	}
	for (each = first; each; each = next(each))
		if (!xml_get(each, "id"))
			xml_setf(each, "id", "%c%d", letter, ++most);
}

static int ids_visit(void *data, const struct form_visit *visit)
{
	const struct step *child;

	(void)data;
	if (visit->step->field && visit->step->field->type == FIELD_PROSE)
		give_ids(xml_first(visit->node), xml_next, 'b');
	for (child = visit->step->child; child; child = child->next)
		if (child->repeat && !child->repeat->key)
			give_ids(xml_child(visit->node, child->name), xml_next_same, 'r');
	return 0;
}

void fill_ids(const struct form *form, struct xml_doc *doc)
{
	form_walk(form, xml_root(doc), ids_visit, NULL);
}
