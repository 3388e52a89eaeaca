/* From the bytes of a definition to a struct form: the order of the steps, the tree of the instance, the empty document. */
#include "form/form_inner.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#include "base/text.h"

/* The piece that a node came from; NULL where it is the definition's own. */
static const char *piece_around(const struct form_reader *reader, const xml_node *at)
{
	for (; at; at = xml_parent(at))
		for (int i = 0; i < reader->borrowed_count; i++)
			if (reader->borrowed[i].node == at)
				return reader->borrowed[i].piece;
	return NULL;
}

int form_refuse(struct form_reader *reader, const xml_node *at, const char *code, const char *say, ...)
{
	va_list list;
	char *text;

	const char *piece = piece_around(reader, at);

	va_start(list, say);
	text = talloc_vasprintf(NULL, say, list);
	va_end(list);
	error_set(reader->error, ERROR_FAULT, code, "%s%s%s%s", text, piece ? " The line is one of pieces/" : "", piece ? piece : "", piece ? ".xml." : "");
	talloc_free(text);
	return error_at(reader->error, reader->file, at ? xml_line(at) : 0, 0);
}

struct step *form_read_path(struct form_reader *reader, const xml_node *at, const char *path)
{
	const struct step *step = NULL;
	const char *rest = path;
	char *name;

	while (rest && *rest == '/') {
		size_t n = strcspn(rest + 1, "/");

		name = talloc_strndup(NULL, rest + 1, n);
		if (!step)
			step = strcmp(reader->form->tree->name, name) == 0 ? reader->form->tree : NULL;
		else
			step = form_step_child(step, name);
		talloc_free(name);
		rest = step ? rest + n + 1 : NULL;
	}
	if (step && rest && !*rest)
		return (struct step *)step;
	if (path)
		form_refuse(reader, at, "form.path", "%s is no element of the instance.", path);
	else
		form_refuse(reader, at, "form.path", "%s needs a %s: the path of an element of the instance, from the root.", xml_name(at),
			text_in_list("bind repeat", xml_name(at)) ? "nodeset" : "ref");
	return NULL;
}

int form_read_expression(struct form_reader *reader, xml_node *at, const char *attribute, const struct step *context, struct xpath **to_r)
{
	const char *text = xml_get(at, attribute);
	char *made, *wrong, *unknown = NULL;
	int result = 0;

	if (!text)
		return 0;
	made = form_rewrite(reader->form, context, text, &unknown);
	wrong = form_names_wrong(reader, context, *attribute == 'r' && attribute[2] == 'l' ? 'r' : *attribute == 'c' && attribute[1] == 'a' ? 'c' : 0, text);
	if (wrong)
		result = form_refuse(reader, at, text_starts(wrong, "names ") ? "form.path" : "form.expression", "%s %s.", attribute, wrong);
	else if (unknown)
		result = form_refuse(reader, at, "form.path", "%s names %s, which the form does not know.", attribute, unknown);
	else if (!(*to_r = xpath_compile(reader->form, made, reader->error)))
		result = form_refuse(reader, at, "form.expression", "%s cannot be read: %s", attribute, reader->error->say);
	else
		xml_set(at, attribute, made);
	talloc_free(unknown);
	talloc_free(wrong);
	talloc_free(made);
	return result;
}

int form_read_number(struct form_reader *reader, const char *text, const xml_node *at, int least, int *to_r)
{
	if (!text)
		return 0;
	if (!*text || strlen(text) > 7 || strspn(text, "0123456789") != strlen(text) || atoi(text) < least)
		return form_refuse(reader, at, "form.number", "“%s” is not a whole number of at least %d and at most 9999999.", text, least);
	*to_r = atoi(text);
	return 0;
}

static int find_parts(struct form_reader *reader)
{
	struct form *form = reader->form;
	xml_node *root = xml_root(form->definition), *head = xml_child(root, "head");

	reader->body = xml_child(root, "body");
	reader->model = xml_child(head, "model");
	reader->instance = xml_first(xml_child(reader->model, "instance"));
	if (!xml_is(root, NS_XHTML, "html") || !xml_is(head, NS_XHTML, "head") || !xml_is(reader->body, NS_XHTML, "body"))
		return form_refuse(reader, root, "form.shape", "A form is h:html with h:head and h:body, h: being %s.", NS_XHTML);
	if (!xml_is(reader->model, NS_XFORMS, "model") || !reader->instance)
		return form_refuse(reader, root, "form.shape", "h:head must hold a model with an instance, both in the namespace %s.", NS_XFORMS);
	form->title = text_squeeze(form, xml_text(form, xml_child(head, "title")));
	if (!*form->title)
		return form_refuse(reader, head, "form.shape", "The form needs an h:title in h:head: it is what people call it.");
	form->id = talloc_strdup(form, xml_get(reader->instance, "id") ? xml_get(reader->instance, "id") : "");
	form->root = talloc_strdup(form, xml_name(reader->instance));
	if (!*form->id || !xml_get(reader->instance, "version"))
		return form_refuse(reader, reader->instance, "form.shape", "The instance must carry id and version.");
	return form_read_number(reader, xml_get(reader->instance, "version"), reader->instance, 1, &form->version);
}

static struct step *read_tree(struct form_reader *reader, const xml_node *node, struct step *parent)
{
	struct step *step = talloc_zero(parent ? (void *)parent : (void *)reader->form, struct step), **end = &step->child;
	const xml_node *child;

	step->name = talloc_strdup(step, xml_name(node));
	step->parent = parent;
	if (!text_is_name(step->name)) {
		form_refuse(reader, node, "form.name", "%s is no name: letters, digits, - and _, a letter first.", step->name);
		return NULL;
	}
	for (child = xml_first(node); child; child = xml_next(child), end = &(*end)->next) {
		if (form_step_child(step, xml_name(child))) {
			form_refuse(reader, child, "form.twice", "%s stands twice in %s.", xml_name(child), step->name);
			return NULL;
		}
		*end = read_tree(reader, child, step);
		if (!*end)
			return NULL;
	}
	return step;
}

static int count_leaves(const struct step *step)
{
	int n = step->child ? 0 : 1;

	for (step = step->child; step; step = step->next)
		n += count_leaves(step);
	return n;
}

/* Rows may add ".1000" each; names of date parts add at most ".precision". */
static int place_fields(struct form_reader *reader, struct step *step, struct form_path *path, struct repeat *row, int rows)
{
	size_t before = step->parent ? form_path_push(path, step->name, 0) : 0;
	int result = 0;

	if (path->length + (size_t)rows * 8 + 16 > FORM_NAME_MAX)
		return form_refuse(reader, reader->instance, "form.name", "The name %s is too long.", path->text);
	if (step->repeat) {
		step->repeat->outer = row;
		row = step->repeat;
		rows++;
	}
	if (!step->child && step->parent) {
		struct field *field = step->field = &reader->form->fields[reader->form->field_count++];

		field->pattern = talloc_strdup(reader->form, path->text);
		field->element = field->label = step->name;
		field->section = row ? row->section : "";
		field->repeat = row;
	}
	for (struct step *child = step->child; child && result == 0; child = child->next)
		result = place_fields(reader, child, path, row, rows);
	if (step->parent)
		form_path_pop(path, before);
	return result;
}

static int read_fields(struct form_reader *reader)
{
	struct form *form = reader->form;
	struct form_path path = { .length = 0 };

	form->fields = talloc_zero_array(form, struct field, (size_t)count_leaves(form->tree));
	reader->controls = talloc_zero_array(reader, xml_node *, (size_t)count_leaves(form->tree));
	return place_fields(reader, form->tree, &path, NULL, 0);
}

static struct xml_doc *make_empty(struct form *form)
{
	struct xml_doc *doc = xml_new(form, form->root);

	xml_set(xml_root(doc), "id", form->id);
	xml_setf(xml_root(doc), "version", "%d", form->version);
	form_fill_new(form->tree, xml_root(doc));
	return doc;
}

static void add_meaning(struct form *form, struct step *step, const char *is)
{
	int i = 0;

	while (i < step->mean_count && strcmp(step->means[i], is) != 0)
		i++;
	if (i < step->mean_count)
		return;
	step->means = talloc_realloc(form, step->means, const char *, (size_t)i + 1);
	step->means[step->mean_count++] = is;
}

/* Pages ask for the meanings of many rows: so each step knows what can be found below it. */
static void gather_meanings(struct form *form, struct step *step)
{
	struct step *child;
	int i;

	if (step->field && step->field->is)
		add_meaning(form, step, step->field->is);
	for (child = step->child; child; child = child->next) {
		gather_meanings(form, child);
		for (i = 0; i < child->mean_count; i++)
			add_meaning(form, step, child->means[i]);
	}
}

static void finish(struct form_reader *reader)
{
	struct form *form = reader->form;
	int i, k;

	for (i = 0; i < form->section_count; i++) {
		struct section *section = &form->sections[i];

		section->relevant = reader->section_steps[i] ? reader->section_steps[i]->relevant : NULL;
		for (k = 0; k < form->field_count; k++)
			section->has_prose |= form->fields[k].type == FIELD_PROSE && strcmp(form->fields[k].section, section->id) == 0;
	}
	gather_meanings(form, form->tree);
	form->empty = make_empty(form);
}

/* d:key names a field of the row itself: rows are told apart by it. */
static int check_keys(struct form_reader *reader)
{
	for (int i = 0; i < reader->form->repeat_count; i++) {
		const struct repeat *repeat = &reader->form->repeats[i];
		const struct step *key = repeat->key ? form_step_child(form_step(reader->form, repeat->pattern), repeat->key) : NULL;

		if (repeat->key && (!key || !key->field))
			return form_refuse(reader, reader->repeats[i], "form.key", "d:key %s is no field of the row.", repeat->key);
		if (repeat->given && (!key || key->field->type != FIELD_REF || repeat->outer))
			return form_refuse(reader, reader->repeats[i], "form.rows", "Given rows stand at the top, have a d:key that is a d:ref.");
		if (repeat->given)
			key->field->given = true;
	}
	return 0;
}

struct form *form_read_with(void *ctx, const char *bytes, size_t length, const char *file, const struct xml_doc *lists, const struct form_pieces *pieces, struct error *error)
{
	struct form *form = talloc_zero(ctx, struct form), *made = NULL;
	struct form_reader *reader = talloc_zero(form, struct form_reader);

	*reader = (struct form_reader){ .form = form, .lists = lists, .file = file, .error = error };
	form->definition = xml_read_own(form, bytes, length, file, error);
	if (!form->definition || form_include(reader, pieces) < 0 || find_parts(reader) < 0)
		goto out;
	if (form_check_grammar(reader) < 0)
		goto out;
	form->tree = read_tree(reader, reader->instance, NULL);
	if (!form->tree || form_read_leaves(reader) < 0 || form_read_repeats(reader) < 0 || read_fields(reader) < 0)
		goto out;
	if (form_read_sections(reader) < 0 || form_read_binds(reader) < 0 || check_keys(reader) < 0 || form_check_sense(reader) < 0 || form_mark(reader) < 0)
		goto out;
	finish(reader);
	talloc_free(reader);
	made = form;
out:
	if (!made)
		talloc_free(form);
	return made;
}

struct form *form_read(void *ctx, const char *bytes, size_t length, const char *file, const struct xml_doc *lists, struct error *error)
{
	return form_read_with(ctx, bytes, length, file, lists, NULL, error);
}
