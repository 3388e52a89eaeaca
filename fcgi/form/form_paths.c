/* Walking an instance and its definition side by side: dotted names, places, rows. */
#include "form/form_inner.h"

#include <stdlib.h>
#include <string.h>
#include <talloc.h>

static void put(struct form_path *path, const char *text, size_t length)
{
	size_t room = sizeof path->text - 1 - path->length;

	if (length > room)
		length = room;
	memcpy(path->text + path->length, text, length);
	path->length += length;
	path->text[path->length] = '\0';
}

static void put_number(struct form_path *path, int number)
{
	char digits[16];
	size_t at = sizeof digits;

	for (; number > 0; number /= 10)
		digits[--at] = (char)('0' + number % 10);
	digits[--at] = '.';
	put(path, digits + at, sizeof digits - at);
}

size_t form_path_push(struct form_path *path, const char *name, int index)
{
	size_t before = path->length;

	/* By hand, because a walk does this for every element and printf was a tenth of it. form_read refuses definitions whose names
	 * could grow beyond FORM_NAME_MAX, so nothing is ever cut. */
	if (before)
		put(path, ".", 1);
	put(path, name, strlen(name));
	if (index)
		put_number(path, index);
	return before;
}

void form_path_pop(struct form_path *path, size_t length)
{
	path->length = length;
	path->text[length] = '\0';
}

const struct step *form_step_child(const struct step *step, const char *name)
{
	const struct step *child;

	for (child = step->child; child; child = child->next)
		if (strcmp(child->name, name) == 0)
			return child;
	return NULL;
}

struct walk {
	form_visitor fn;
	void *data;
	struct form_path path;
};

/* Elements come in the definition's order, so the search goes on from the last step met and starts anew only when that fails. */
static const struct step *step_from(const struct step *parent, const struct step *last, const char *name)
{
	const struct step *each;

	for (each = last; each; each = each->next)
		if (strcmp(each->name, name) == 0)
			return each;
	return form_step_child(parent, name);
}

static int row_number(const xml_node *node)
{
	const xml_node *each = xml_child(xml_parent(node), xml_name(node));
	int n = 1;

	for (; each && each != node; each = xml_next_same(each))
		n++;
	return n;
}

static int walk_children(struct walk *walk, const struct form_visit *parent)
{
	const struct step *step = NULL, *last = NULL;
	xml_node *node, *next;
	int result = 0, index = 0;

	for (node = xml_first(parent->node); node && result == 0; node = next) {
		struct form_visit visit = { .node = node, .row = parent->index ? parent : parent->row };
		size_t before;

		next = xml_next(node);
		step = step_from(parent->step, last, xml_name(node));
		if (!step)
			continue;
		if (step->repeat)
			index = step == last ? index + 1 : row_number(node);
		last = visit.step = step;
		visit.index = step->repeat ? index : 0;
		before = form_path_push(&walk->path, step->name, visit.index);
		visit.name = walk->path.text;
		result = walk->fn(walk->data, &visit);
		if (result == 0 && !step->field)
			result = walk_children(walk, &visit);
		else if (result == 1)
			result = 0;
		form_path_pop(&walk->path, before);
	}
	return result;
}

int form_walk(const struct form *form, xml_node *root, form_visitor fn, void *data)
{
	struct walk walk = { .fn = fn, .data = data };
	struct form_visit visit = { .step = form->tree, .node = root, .name = "" };
	int result = fn(data, &visit);

	if (result == 0)
		result = walk_children(&walk, &visit);
	return result == 1 ? 0 : result;
}

/* The length of the next part of a dotted name; *number_r is its value when it is a row number as we write them, else 0. */
static size_t name_part(const char *name, int *number_r)
{
	size_t length = strcspn(name, ".");

	*number_r = 0;
	if (length > 0 && length < 8 && name[0] != '0' && strspn(name, "0123456789") == length)
		*number_r = atoi(name);
	return length;
}

static const struct step *child_named(const struct step *step, const char *name, size_t length)
{
	const struct step *child;

	for (child = step->child; child; child = child->next)
		if (strlen(child->name) == length && memcmp(child->name, name, length) == 0)
			return child;
	return NULL;
}

const struct step *form_step(const struct form *form, const char *name)
{
	const struct step *step = form->tree;
	bool row = false;            /* a number may stand here */
	size_t length;
	int number;

	if (strlen(name) > FORM_NAME_MAX)
		return NULL;
	for (; step && *name; name += length + (name[length] == '.' && name[length + 1] != '\0')) {
		length = name_part(name, &number);
		if (name[length] == '.' && name[length + 1] == '\0')
			return NULL;
		if (number && row) {
			row = false;
			continue;
		}
		step = child_named(step, name, length);
		row = step && step->repeat;
	}
	return step == form->tree ? NULL : step;
}

static xml_node *nth_child(const xml_node *parent, const char *name, int n)
{
	xml_node *node = xml_child(parent, name);

	for (; node && n > 1; n--)
		node = xml_next_same(node);
	return node;
}

xml_node *form_locate(const struct form *form, const struct xml_doc *doc, const char *name)
{
	const struct step *step = form->tree;
	xml_node *node = xml_root(doc);
	size_t length;
	int number;

	if (!*name || !form_step(form, name))
		return NULL;
	while (node && *name) {
		length = name_part(name, &number);
		step = child_named(step, name, length);
		name += length + (name[length] == '.');
		number = 1;
		if (step->repeat) {
			length = name_part(name, &number);
			if (number == 0)
				return NULL;
			name += length + (name[length] == '.');
		}
		node = nth_child(node, step->name, number);
	}
	return node;
}

const struct step *form_step_of(const struct form *form, const xml_node *node)
{
	const xml_node *parent = xml_parent(node);
	const struct step *step;

	if (!parent)
		return xml_is_element(node) ? form->tree : NULL;
	step = form_step_of(form, parent);
	return step && !step->field ? form_step_child(step, xml_name(node)) : NULL;
}

static void name_of(const struct form *form, const xml_node *node, struct form_path *path)
{
	const struct step *step = form_step_of(form, node);

	if (!xml_parent(node))
		return;
	name_of(form, xml_parent(node), path);
	form_path_push(path, xml_name(node), step && step->repeat ? row_number(node) : 0);
}

char *form_name_of(void *ctx, const struct form *form, const xml_node *node)
{
	struct form_path path = { .length = 0 };

	name_of(form, node, &path);
	return talloc_strdup(ctx, path.text);
}

int form_row_count(const xml_node *parent, const struct step *step)
{
	const xml_node *row;
	int n = 0;

	for (row = xml_child(parent, step->name); row; row = xml_next_same(row))
		n++;
	return n;
}

/* White space as text_trim knows it: XML's and U+00A0. */
static bool blank(const char *text)
{
	for (; *text; text++) {
		if ((unsigned char)text[0] == 0xC2 && (unsigned char)text[1] == 0xA0)
			text++;
		else if (!strchr(" \t\r\n", *text))
			return false;
	}
	return true;
}

bool form_content_empty(const xml_node *node)
{
	const xml_node *each;

	for (each = xml_first_any(node); each; each = xml_next_any(each)) {
		if (xml_is_text(each) && !blank(xml_content(each)))
			return false;
		/* A mention stands for its entry even when no words are inside. */
		if (xml_is_element(each) && (xml_get(each, "ref") || xml_get(each, "value") || !form_content_empty(each)))
			return false;
	}
	return true;
}

const char *form_when_part(const xml_node *node, const char *part)
{
	return xml_plain(xml_child(node, part));
}

bool form_value_empty(const struct field *field, const xml_node *node)
{
	if (field->type == FIELD_WHEN)
		return form_content_empty(xml_child(node, "written")) && strcmp(form_when_part(node, "precision"), "unknown") != 0;
	return form_content_empty(node);
}

bool form_row_empty(const struct step *step, const xml_node *node)
{
	const struct step *last = NULL, *each;
	const xml_node *child;

	if (step->field)
		return step->field->calculate || form_value_empty(step->field, node);
	for (child = xml_first(node); child; child = xml_next(child)) {
		each = step_from(step, last, xml_name(child));
		if (each && !form_row_empty(last = each, child))
			return false;
	}
	return true;
}
