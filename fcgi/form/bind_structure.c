/* Does a document from outside have the shape of its form? Values are not looked at here. */
#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "form/bind_inner.h"
#include "form/prose.h"

struct shape {
	const struct form *form;
	struct faults *faults;
	struct form_path path;
};

static void fault(struct shape *s, const xml_node *node, const char *code, const char *say)
{
	faults_add(s->faults, 0, code, s->path.text, xml_line(node), "%s", say);
}

static void fault_child(struct shape *s, const xml_node *child, const char *code, const char *say)
{
	char *where = talloc_asprintf(NULL, "%s%s%s", s->path.text, s->path.length ? "." : "", xml_name(child));

	faults_add(s->faults, 0, code, where, xml_line(child), say, xml_name(child), xml_name(xml_parent(child)));
	talloc_free(where);
}

struct attributes { const char *allowed; const char *wrong; };

static void check_attribute(void *data, const char *ns, const char *name, const char *value)
{
	struct attributes *a = data;

	(void)value;
	if (*ns || !text_in_list(a->allowed, name))
		a->wrong = name;
}

static void check_attributes(struct shape *s, const xml_node *node, const char *allowed)
{
	struct attributes a = { allowed, NULL };

	xml_each_attribute(node, check_attribute, &a);
	if (a.wrong)
		faults_add(s->faults, 0, "form.attribute", s->path.text, xml_line(node), "The attribute %s does not belong on %s.", a.wrong, xml_name(node));
}

static bool has_text(const xml_node *node)
{
	const xml_node *each;

	for (each = xml_first_any(node); each; each = xml_next_any(each))
		if (xml_is_text(each) && strspn(xml_content(each), " \t\r\n") != strlen(xml_content(each)))
			return true;
	return false;
}

/* <written>, <precision>, and as a service <from>, <to>: each once, in this order, text only. */
static void check_when(struct shape *s, const xml_node *node)
{
	static const char *const parts[] = { "written", "precision", "from", "to" };
	const xml_node *child = xml_first(node);
	size_t i;

	if (has_text(node))
		fault(s, node, "form.text", "A date of this kind holds written and precision, no text beside them.");
	for (i = 0; child && i < 4; i++) {
		if (strcmp(xml_name(child), parts[i]) != 0)
			continue;
		check_attributes(s, child, "");
		if (xml_first(child))
			fault_child(s, xml_first(child), "form.unknown-element", "There is no %s in %s.");
		child = xml_next(child);
	}
	if (child)
		fault_child(s, child, "form.unknown-element", "There is no %s at this place of %s: written, precision, from, to stand in this order.");
}

static void check_leaf(struct shape *s, const struct field *field, const xml_node *node)
{
	const xml_node *at = node;
	const char *say;

	check_attributes(s, node, "");
	if (field->type == FIELD_PROSE) {
		say = prose_fault(node, &at);
		if (say)
			faults_add(s->faults, 0, "form.prose", s->path.text, xml_line(at), "%s", say);
	} else if (field->type == FIELD_WHEN) {
		check_when(s, node);
	} else if (xml_first(node)) {
		fault_child(s, xml_first(node), "form.unknown-element", "There is no %s in %s, which holds only text.");
	}
}

static void check_row(struct shape *s, const struct step *step, const xml_node *node, int index)
{
	const char *id = xml_get(node, "id");

	check_attributes(s, node, step->repeat->key ? "" : "id");
	if (!step->repeat->key && id && !text_is_name(id))
		fault(s, node, "form.attribute", "The id of a row is letters, digits, - and _, a letter first.");
	if (index == step->repeat->max + 1)
		faults_add(s->faults, 0, "form.rows", s->path.text, xml_line(node), "There may be at most %d of %s.", step->repeat->max, step->name);
}

static void check_group(struct shape *s, const struct step *step, const xml_node *node);

static void check_child(struct shape *s, const struct step *step, const xml_node *child, int index)
{
	size_t before = form_path_push(&s->path, step->name, index);

	if (step->field) {
		check_leaf(s, step->field, child);
	} else {
		if (step->repeat)
			check_row(s, step, child, index);
		else
			check_attributes(s, child, "");
		check_group(s, step, child);
	}
	form_path_pop(&s->path, before);
}

/* The first step of that name from `from` on. */
static const struct step *onwards(const struct step *from, const char *name)
{
	while (from && strcmp(from->name, name) != 0)
		from = from->next;
	return from;
}

static void check_group(struct shape *s, const struct step *step, const xml_node *node)
{
	const struct step *at = step->child, *found, *last = NULL;
	const xml_node *child;
	int index = 0;

	if (has_text(node))
		fault(s, node, "form.text", "Text does not belong here.");
	for (child = xml_first(node); child; child = xml_next(child)) {
		found = xml_is(child, NULL, NULL) ? onwards(at, xml_name(child)) : NULL;
		if (found && found == last && !found->repeat)
			fault_child(s, child, "form.repeated", "%s may stand only once in %s.");
		else if (!found && xml_is(child, NULL, NULL) && form_step_child(step, xml_name(child)))
			fault_child(s, child, "form.order", "%s stands too late in %s: the elements keep the order of the form.");
		else if (!found)
			fault_child(s, child, "form.unknown-element", "There is no %s in %s.");
		if (!found || (found == last && !found->repeat))
			continue;
		index = found != last ? 1 : index + 1;
		at = last = found;
		check_child(s, found, child, found->repeat ? index : 0);
	}
}

static bool root_is(const xml_node *root, const char *attribute, const char *wanted)
{
	return xml_get(root, attribute) && strcmp(xml_get(root, attribute), wanted) == 0;
}

void judge_structure(const struct form *form, const struct xml_doc *doc, struct faults *faults)
{
	struct shape s = { .form = form, .faults = faults };
	const xml_node *root = xml_root(doc);
	char *version = talloc_asprintf(NULL, "%d", form->version);

	if (!xml_is(root, NULL, form->root)) {
		faults_add(faults, 0, "form.root", "", xml_line(root), "The document must begin with %s, not %s.", form->root, xml_name(root));
	} else {
		if (!root_is(root, "id", form->id))
			faults_add(faults, 0, "form.id", "", xml_line(root), "The id must be %s.", form->id);
		if (!root_is(root, "version", version))
			faults_add(faults, 0, "form.version", "", xml_line(root), "The version must be %s.", version);
		check_attributes(&s, root, "id version");
		check_group(&s, form->tree, root);
	}
	talloc_free(version);
}
