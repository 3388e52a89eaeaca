/* What a control offers to choose from; and the marks on the controls that spare the stylesheet compilers the binds. */
#include "form/form_inner.h"

#include <string.h>
#include <talloc.h>

#include "base/text.h"

#define MOST_OPTIONS 1000

static bool is_exclusive(const xml_node *item)
{
	const char *mark = xml_get_ns(item, NS_FORM, "exclusive");

	return mark && strcmp(mark, "yes") == 0;
}

static void add_item(xml_node *control, const char *code, const char *label, bool exclusive)
{
	xml_node *item = xml_add(control, "item");

	xml_add_text(item, "label", label);
	xml_add_text(item, "value", code);
	if (exclusive)
		xml_set_ns(item, NS_FORM, "exclusive", "yes");
}

/* The list of lists.xml of that name, of which there is one; NULL and an error else. */
static const xml_node *list_of(struct form_reader *reader, const xml_node *control, const char *name)
{
	const xml_node *each = xml_child(reader->lists ? xml_root(reader->lists) : NULL, "list"), *found = NULL;

	for (; each; each = xml_next_same(each)) {
		if (strcmp(xml_get(each, "name") ? xml_get(each, "name") : "", name) != 0)
			continue;
		if (found) {
			form_refuse(reader, control, "form.list", "There are two lists %s in shared/lists.xml, lines %d and %d.", name, xml_line(found), xml_line(each));
			return NULL;
		}
		found = each;
	}
	if (!found)
		form_refuse(reader, control, "form.list", "There is no list %s in shared/lists.xml.", name);
	return found;
}

/* The items of a list of lists.xml become ordinary items of the control. What is wrong with one is said with its line there. */
static int expand_list(struct form_reader *reader, xml_node *control, const char *name)
{
	const xml_node *list = list_of(reader, control, name), *item;

	for (item = xml_first(list); item; item = xml_next(item)) {
		char *text = xml_text(NULL, item), *label = text_squeeze(text, text);
		const char *code = xml_get(item, "value"), *exclusive = xml_get(item, "exclusive");
		bool right = strcmp(xml_name(item), "item") == 0 && code && text_is_name(code) && *label;

		if (right)
			add_item(control, code, label, is_exclusive(item) || (exclusive && strcmp(exclusive, "yes") == 0));
		talloc_free(text);
		if (!right)
			return form_refuse(reader, control, "form.list", "Line %d of shared/lists.xml, in the list %s, is no item with a value (letters, digits, - and _, a letter first) and a label.",
				xml_line(item), name);
	}
	return list ? 0 : -1;
}

static int read_options(struct form_reader *reader, struct field *field, const xml_node *control)
{
	struct option *options = NULL;
	const xml_node *item;
	int n = 0;

	for (item = xml_child(control, "item"); item; item = xml_next_same(item), n++) {
		char *code = xml_text(reader->form, xml_child(item, "value")), *label = xml_text(NULL, xml_child(item, "label"));

		field->options = options = talloc_realloc(reader->form, options, struct option, (size_t)n + 1);
		options[n] = (struct option){ text_trim(options, code), text_squeeze(reader->form, label), is_exclusive(item) };
		talloc_free(label);
		talloc_free(code);
		if (!text_is_name(options[n].code) || !*options[n].label)
			return form_refuse(reader, item, "form.item", "An item needs a label and a value of letters, digits, - and _, a letter first.");
		if (n == MOST_OPTIONS)
			return form_refuse(reader, control, "form.item", "There are more than %d options: nobody could choose. Use an itemset, or ask in words.", MOST_OPTIONS);
		if (form_option(field, options[n].code))
			return form_refuse(reader, xml_line(item) ? item : control, "form.twice", "The option %s stands twice.", options[n].code);
		field->option_count = n + 1;
	}
	return 0;
}

/* Does the rows' expression ask nothing of where it is asked? Then its answer can be kept for a whole document. */
static bool is_fixed(const char *expression)
{
	return text_starts(expression, "instance(") && !strstr(expression, "current()") && !strstr(expression, "..");
}

static int read_itemset(struct form_reader *reader, struct field *field, xml_node *control)
{
	xml_node *itemset = xml_child(control, "itemset");
	const xml_node *value = xml_child(itemset, "value"), *label = xml_child(itemset, "label");
	const struct step *step = form_step(reader->form, field->pattern);

	if (!itemset)
		return 0;
	if (!value || !xml_get(value, "ref") || !label || !xml_get(label, "ref") || !xml_get(itemset, "nodeset"))
		return form_refuse(reader, itemset, "form.itemset", "An itemset needs a nodeset, a value and a label, both with ref.");
	if (form_read_expression(reader, itemset, "nodeset", step, &field->itemset) < 0)
		return -1;
	field->item_value = talloc_strdup(reader->form, xml_get(value, "ref"));
	field->item_label = talloc_strdup(reader->form, xml_get(label, "ref"));
	if (!text_is_name(field->item_value + (field->item_value[0] == '@')) || !text_is_name(field->item_label + (field->item_label[0] == '@')))
		return form_refuse(reader, itemset, "form.itemset", "The refs of an itemset are one attribute or one element.");
	field->itemset_fixed = is_fixed(xml_get(itemset, "nodeset"));
	field->itemset_register = text_starts(xml_get(itemset, "nodeset"), "instance('register')");
	field->type = field->type == FIELD_MANY ? FIELD_REFS : FIELD_REF;
	return 0;
}

int form_read_items(struct form_reader *reader, struct field *field, xml_node *control)
{
	const char *list = xml_get_ns(control, NS_FORM, "list");

	if (field->type != FIELD_ONE && field->type != FIELD_MANY)
		return list ? form_refuse(reader, control, "form.list", "Only select and select1 have a list.") : 0;
	if (list && expand_list(reader, control, list) < 0)
		return -1;
	if (read_options(reader, field, control) < 0 || read_itemset(reader, field, control) < 0)
		return -1;
	return field->itemset && field->option_count ? form_refuse(reader, control, "form.itemset", "Items or an itemset, not both.") : 0;
}

/* What only the type knows: yes and no, and the precisions of a d:when. */
static int add_known_items(struct form_reader *reader, struct field *field, xml_node *control)
{
	bool choice = field->type == FIELD_ONE || field->type == FIELD_MANY || field->type == FIELD_YES_NO;

	if (field->type == FIELD_YES_NO && field->option_count == 0) {
		add_item(control, "yes", "Yes", false);
		add_item(control, "no", "No", false);
	} else if (field->type == FIELD_WHEN) {
		if (reader->lists && expand_list(reader, control, "precision") < 0)
			return -1;
	} else {
		return choice && field->option_count == 0 ? form_refuse(reader, control, "form.item", "There is nothing to choose from.") : 0;
	}
	return read_options(reader, field, control);
}

static void mark_control(const struct field *field, xml_node *control)
{
	xml_set_ns(control, NS_FORM, "name", field->pattern);
	xml_set_ns(control, NS_FORM, "type", form_type_name(field->type));
	xml_set_ns(control, NS_FORM, "required", field->required_always ? "always" : field->required ? "maybe" : "no");
	if (field->unknown)
		xml_set_ns(control, NS_FORM, "unknown", field->unknown);
	if (field->override)
		xml_set_ns(control, NS_FORM, "override", "yes");
	if (field->given)
		xml_set_ns(control, NS_FORM, "given", "yes");
	if (field->words) {
		char *words = talloc_asprintf(NULL, "%d", field->words);

		xml_set_ns(control, NS_FORM, "words", words);
		talloc_free(words);
	}
	if (field->length) {
		char *length = talloc_asprintf(NULL, "%d", field->length);

		xml_set_ns(control, NS_FORM, "length", length);
		talloc_free(length);
	}
}

int form_mark(struct form_reader *reader)
{
	struct form *form = reader->form;
	int i;

	for (i = 0; i < form->field_count; i++) {
		struct field *field = &form->fields[i];

		if (!reader->controls[i])
			continue;
		if (add_known_items(reader, field, reader->controls[i]) < 0)
			return -1;
		mark_control(field, reader->controls[i]);
	}
	for (i = 0; i < form->repeat_count; i++)
		xml_set_ns(reader->repeats[i], NS_FORM, "name", form->repeats[i].pattern);
	return 0;
}
