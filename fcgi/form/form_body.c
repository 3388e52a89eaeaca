/* The body of a definition: repeats, sections, controls. */
#include "form/form_inner.h"

#include <string.h>
#include <talloc.h>

#include "base/text.h"

#define MOST_EMPTY_ROWS 100

static char *label_of(struct form_reader *reader, const xml_node *node, const char *child)
{
	char *text = xml_text(NULL, xml_child(node, child)), *made = text_squeeze(reader->form, text);

	talloc_free(text);
	return made;
}

static int count_repeats(const xml_node *node)
{
	int n = xml_is(node, NS_XFORMS, "repeat");

	for (node = xml_first(node); node; node = xml_next(node))
		n += count_repeats(node);
	return n;
}

/* "events.event" of /return/events/event */
static char *pattern_of(void *ctx, const struct step *step)
{
	struct form_path path = { .length = 0 };
	const struct step *steps[64];
	int n = 0;

	for (; step->parent && n < 64; step = step->parent)
		steps[n++] = step;
	while (n-- > 0)
		form_path_push(&path, steps[n]->name, 0);
	return talloc_strdup(ctx, path.text);
}

/* d:rows: an expression over an instance, asked at the root of the document. */
static int read_given(struct form_reader *reader, xml_node *node, struct step *step)
{
	const char *rows = xml_get_ns(node, NS_FORM, "rows");
	char *unknown = NULL, *made, *wrong;

	if (!rows)
		return xml_get_ns(node, NS_FORM, "all") ? form_refuse(reader, node, "form.rows", "d:all is for rows that are given: it needs d:rows.") : 0;
	step->repeat->all = xml_get_ns(node, NS_FORM, "all") && strcmp(xml_get_ns(node, NS_FORM, "all"), "yes") == 0;
	if (!text_starts(rows, "instance("))
		return form_refuse(reader, node, "form.rows", "d:rows names nodes of an instance.");
	wrong = form_names_wrong(reader, reader->form->tree, 0, rows);
	if (wrong) {
		form_refuse(reader, node, "form.path", "d:rows %s.", wrong);
		talloc_free(wrong);
		return -1;
	}
	made = form_rewrite(reader->form, reader->form->tree, rows, &unknown);
	if (unknown)
		return form_refuse(reader, node, "form.path", "d:rows names %s, which the form does not know.", unknown);
	step->repeat->given = xpath_compile(reader->form, made, reader->error);
	return step->repeat->given ? 0 : form_refuse(reader, node, "form.expression", "d:rows cannot be read: %s", reader->error->say);
}

static int read_repeat(struct form_reader *reader, xml_node *node, const char *section)
{
	const char *path = xml_get(node, "nodeset"), *key = xml_get_ns(node, NS_FORM, "key");
	struct step *step = form_read_path(reader, node, path);
	struct repeat *repeat;

	if (!step)
		return -1;
	if (step->repeat || !step->child || !step->parent)
		return form_refuse(reader, node, "form.repeat", "%s cannot be the rows of this repeat: its nodeset is the element that stands once for each row, has fields in it, and has no other repeat.", path);
	reader->repeats[reader->form->repeat_count] = node;
	repeat = step->repeat = &reader->form->repeats[reader->form->repeat_count++];
	repeat->pattern = pattern_of(reader->form, step);
	repeat->label = label_of(reader, node, "label");
	if (!*repeat->label)
		return form_refuse(reader, node, "form.label", "The repeat of %s has no label: what is one of its rows called?", path);
	repeat->section = section;
	repeat->key = key ? talloc_strdup(reader->form, key) : NULL;
	repeat->max = FORM_DEFAULT_MAX;
	if (form_read_number(reader, xml_get_ns(node, NS_FORM, "min"), node, 0, &repeat->min) < 0 ||
	    form_read_number(reader, xml_get_ns(node, NS_FORM, "max"), node, 1, &repeat->max) < 0)
		return -1;
	if (read_given(reader, node, step) < 0)
		return -1;
	if (repeat->min > MOST_EMPTY_ROWS)
		return form_refuse(reader, node, "form.number", "d:min is more than %d: nobody begins with so many empty rows.", MOST_EMPTY_ROWS);
	if (repeat->min > repeat->max)
		return form_refuse(reader, node, "form.number", "d:min is more than d:max.");
	return 0;
}

static int repeats_below(struct form_reader *reader, xml_node *node, const char *section)
{
	for (xml_node *child = xml_first(node); child; child = xml_next(child))
		if ((xml_is(child, NS_XFORMS, "repeat") && read_repeat(reader, child, section) < 0) || repeats_below(reader, child, section) < 0)
			return -1;
	return 0;
}

int form_read_repeats(struct form_reader *reader)
{
	int n = count_repeats(reader->body);

	reader->form->repeats = talloc_zero_array(reader->form, struct repeat, (size_t)n);
	reader->repeats = talloc_zero_array(reader, xml_node *, (size_t)n);
	for (xml_node *group = xml_first(reader->body); group; group = xml_next(group)) {
		const char *id = xml_get(group, "id");

		if (repeats_below(reader, group, talloc_strdup(reader->form, id ? id : "")) < 0)
			return -1;
	}
	return 0;
}

static enum field_type type_of_control(const char *name)
{
	return strcmp(name, "textarea") == 0 ? FIELD_TEXT : strcmp(name, "select") == 0 ? FIELD_MANY :
		strcmp(name, "select1") == 0 ? FIELD_ONE : strcmp(name, "upload") == 0 ? FIELD_ATTACHMENT : FIELD_STRING;
}

static int read_control(struct form_reader *reader, xml_node *node, const char *section, const struct repeat *row)
{
	const char *path = xml_get(node, "ref");
	struct step *step = form_read_path(reader, node, path);
	struct field *field = step ? step->field : NULL;
	ptrdiff_t index;

	if (!step)
		return -1;
	if (!field)
		return form_refuse(reader, node, "form.control", "%s has elements below it and cannot have a control.", path);
	index = field - reader->form->fields;
	if (reader->controls[index])
		return form_refuse(reader, node, "form.twice", "%s has two controls.", path);
	if (field->repeat != row)
		return form_refuse(reader, node, "form.control", "The control of %s must stand in the repeat of its rows.", path);
	reader->controls[index] = node;
	field->label = label_of(reader, node, "label");
	if (!*field->label)
		return form_refuse(reader, node, "form.label", "The control of %s has no label.", path);
	if (xml_child(node, "alert"))
		field->alert = label_of(reader, node, "alert");
	field->section = section;
	field->type = type_of_control(xml_name(node));
	return form_read_items(reader, field, node);
}

static int read_group(struct form_reader *reader, xml_node *group, const char *section, const struct repeat *row);

static int read_element(struct form_reader *reader, xml_node *node, const char *section, const struct repeat *row)
{
	static const char controls[] = "input textarea select select1 upload", silent[] = "label hint help alert output";
	const char *name = xml_name(node);

	/* Notes: mark-up of their own that the stylesheet copies or ignores. */
	if (!xml_is(node, NS_XFORMS, NULL) || text_in_list(silent, name))
		return 0;
	if (text_in_list(controls, name))
		return read_control(reader, node, section, row);
	if (strcmp(name, "group") == 0)
		return read_group(reader, node, section, row);
	if (strcmp(name, "repeat") == 0) {
		const struct step *step = form_read_path(reader, node, xml_get(node, "nodeset"));

		if (step->repeat->outer != row)
			return form_refuse(reader, node, "form.repeat", "The rows of this repeat do not stand in the rows around it.");
		return read_group(reader, node, section, step->repeat);
	}
	return form_refuse(reader, node, "form.control", "%s is no control that a form may have.", name);
}

static int read_group(struct form_reader *reader, xml_node *group, const char *section, const struct repeat *row)
{
	for (xml_node *node = xml_first(group); node; node = xml_next(node))
		if (read_element(reader, node, section, row) < 0)
			return -1;
	return 0;
}

/* The element a section stands for: its ref, or the child of the root of its name. */
static int section_step(struct form_reader *reader, xml_node *group, const char *id, struct step **step_r)
{
	const char *ref = xml_get(group, "ref");
	struct step *step = ref ? form_read_path(reader, group, ref) : (struct step *)form_step_child(reader->form->tree, id);

	if (ref && !step)
		return -1;
	*step_r = step;
	return 0;
}

int form_read_sections(struct form_reader *reader)
{
	struct form *form = reader->form;
	xml_node *group;
	int n = 0;

	for (group = xml_first(reader->body); group; group = xml_next(group))
		n++;
	if (n == 0)
		return form_refuse(reader, reader->body, "form.section", "The form has no section: h:body needs a group with an id and a label.");
	form->sections = talloc_zero_array(form, struct section, (size_t)n);
	reader->section_steps = talloc_zero_array(reader, struct step *, (size_t)n);
	for (group = xml_first(reader->body); group; group = xml_next(group)) {
		const char *id = xml_get(group, "id");
		struct section *section = &form->sections[form->section_count];

		if (!xml_is(group, NS_XFORMS, "group") || !id || !text_is_name(id) || form_section(form, id))
			return form_refuse(reader, group, "form.section", "Each child of h:body is a group (in the namespace of XForms) with an id that no other has: it is a section, a page of its own.");
		section->id = talloc_strdup(form, id);
		section->label = label_of(reader, group, "label");
		if (!*section->label)
			return form_refuse(reader, group, "form.label", "The section %s has no label.", id);
		if (section_step(reader, group, section->id, &reader->section_steps[form->section_count++]) < 0 ||
		    read_group(reader, group, section->id, NULL) < 0)
			return -1;
	}
	return 0;
}
