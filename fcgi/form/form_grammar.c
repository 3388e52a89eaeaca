/* What a definition says and nothing reads: an attribute that is misspelt, an element of another profile, text between the controls. It would be
 * lost in silence, so it is refused. */
#include "form/form_inner.h"

#include <string.h>

#include "base/text.h"

static const char parts_of_body[] = "label hint group repeat input textarea select select1 upload";
static const char words[] = "label hint help alert";
static const char choice[] = "label hint help alert item itemset";
/* attributes without namespace (NULL: any), our own, children */
static const struct grammar { const char *name, *plain, *ours, *children; } grammar[] = {
	{ "model", NULL, "", "instance bind" },      /* converters write which profile it is of */
	{ "group", "id ref appearance", "", parts_of_body },
	{ "repeat", "id nodeset appearance", "key min max rows all", parts_of_body },
	{ "input", "ref appearance", "", words },
	{ "textarea", "ref appearance rows", "", words },
	{ "upload", "ref appearance mediatype", "", words },
	{ "select", "ref appearance", "list", choice },
	{ "select1", "ref appearance", "list", choice },
	{ "item", "", "exclusive", "label value hint" },
	{ "itemset", "nodeset", "", "label value" },
	{ "label", "ref", "", "" }, { "hint", "", "", "" }, { "help", "", "", "" }, { "alert", "", "", "" }, { "value", "ref", "", "" },
};
/* Marks that are either there or not: another word than these would be taken for "no". */
static const char switches[] = "exclusive all override";

static const struct grammar *grammar_of(const xml_node *node)
{
	for (size_t i = 0; xml_is(node, NS_XFORMS, NULL) && i < sizeof grammar / sizeof grammar[0]; i++)
		if (strcmp(grammar[i].name, xml_name(node)) == 0)
			return &grammar[i];
	return NULL;
}

struct attributes { const struct grammar *row; char wrong[140], word[60]; };

static void look_at(void *data, const char *ns, const char *name, const char *value)
{
	struct attributes *found = data;
	bool ours = strcmp(ns, NS_FORM) == 0;

	if (!text_in_list(ours ? found->row->ours : *ns ? "" : found->row->plain, name))
		strncpy(found->wrong, name, sizeof found->wrong - 1);
	else if (ours && text_in_list(switches, name) && strcmp(value, "yes") != 0 && strcmp(value, "no") != 0)
		strncpy(found->word, name, sizeof found->word - 1);
}

static int check_attributes(struct form_reader *reader, const xml_node *node, const struct grammar *row)
{
	struct attributes found = { .row = row };

	if (!row->plain)
		return 0;
	xml_each_attribute(node, look_at, &found);
	if (found.wrong[0])
		return form_refuse(reader, node, "form.attribute", "%s is no attribute of %s. Is it misspelt, or without its namespace?", found.wrong, row->name);
	return found.word[0] ? form_refuse(reader, node, "form.attribute", "d:%s is yes or no.", found.word) : 0;
}

/* Labels and values are text; elsewhere text stands between elements, where nobody would see it. */
static int check_text(struct form_reader *reader, const xml_node *node)
{
	for (const xml_node *any = xml_first_any(node); any; any = xml_next_any(any))
		if (xml_is_text(any) && xml_content(any)[strspn(xml_content(any), " \t\r\n")] != '\0')
			return form_refuse(reader, node, "form.text", "There is text in %s that nobody would see. Put it into a label or a hint.", xml_name(node));
	return 0;
}

static int check_once(struct form_reader *reader, const xml_node *child)
{
	return text_in_list("label hint help alert value itemset", xml_name(child)) && xml_next_same(child) ?
		form_refuse(reader, child, "form.twice", "%s has two of %s.", xml_name(xml_parent(child)), xml_name(child)) : 0;
}

static int check_element(struct form_reader *reader, const xml_node *node, const struct grammar *row);

/* Within a label mark-up of another namespace is only a way to write its text; XForms' own (output) would be lost. */
static int check_child(struct form_reader *reader, const xml_node *child, const struct grammar *parent)
{
	bool known = xml_is(child, NS_XFORMS, NULL) && text_in_list(parent->children, xml_name(child));
	const struct grammar *row = grammar_of(child);

	if (!known && !*parent->children && !xml_is(child, NS_XFORMS, NULL))
		return 0;
	if (!known)
		return form_refuse(reader, child, text_in_list("group repeat", parent->name) ? "form.control" : "form.element",
			"%s is no part of %s that a form may have%s.", xml_name(child), parent->name,
			xml_is(child, NS_XFORMS, NULL) ? "" : ": it is not in the namespace " NS_XFORMS);
	if (check_once(reader, child) < 0)
		return -1;
	return row ? check_element(reader, child, row) : 0;
}

static int check_element(struct form_reader *reader, const xml_node *node, const struct grammar *row)
{
	if (check_attributes(reader, node, row) < 0 || (*row->children && check_text(reader, node) < 0))
		return -1;
	for (const xml_node *child = xml_first(node); child; child = xml_next(child))
		if (check_child(reader, child, row) < 0)
			return -1;
	return 0;
}

static void count_attribute(void *data, const char *ns, const char *name, const char *value)
{
	(void)ns, (void)name, (void)value;
	++*(int *)data;
}

/* The instance is the pattern of an empty document: what it holds would never come into one. */
static int check_instance(struct form_reader *reader, const xml_node *node)
{
	int attributes = 0;

	xml_each_attribute(node, count_attribute, &attributes);
	if (attributes && node != reader->instance)
		return form_refuse(reader, node, "form.attribute", "%s has an attribute. Elements of the instance have none.", xml_name(node));
	if (check_text(reader, node) < 0)
		return form_refuse(reader, node, "form.text", "%s holds text, but documents begin empty. Leave it out; a calculate or a plugin’s seed fills a field.", xml_name(node));
	for (const xml_node *child = xml_first(node); child; child = xml_next(child))
		if (check_instance(reader, child) < 0)
			return -1;
	return 0;
}

int form_check_grammar(struct form_reader *reader)
{
	const xml_node *bind, *instance = xml_child(reader->model, "instance"), *second = xml_next(reader->instance);

	if (check_element(reader, reader->model, &grammar[0]) < 0 || check_instance(reader, reader->instance) < 0 || check_text(reader, reader->body) < 0)
		return -1;
	if (xml_next_same(instance) || second || xml_next_same(reader->model))
		return form_refuse(reader, xml_next_same(instance) ? xml_next_same(instance) : instance, "form.shape",
			"A form has one model with one instance with one element. Lists come from d:list or an itemset.");
	for (bind = xml_child(reader->model, "bind"); bind; bind = xml_next_same(bind))
		if (xml_first(bind))
			return form_refuse(reader, bind, "form.element", "A bind has no elements in it.");
	for (const xml_node *group = xml_first(reader->body); group; group = xml_next(group))
		if (xml_is(group, NS_XFORMS, "group") && check_element(reader, group, grammar_of(group)) < 0)
			return -1;
	return 0;
}
