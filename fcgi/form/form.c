#include "form/form.h"

#include <string.h>
#include <talloc.h>

#include "form/form_inner.h"

const struct field *form_field(const struct form *form, const char *name)
{
	const struct step *step = form_step(form, name);

	return step ? step->field : NULL;
}

bool form_takes_files(const struct form *form)
{
	for (int i = 0; i < form->field_count; i++)
		if (form->fields[i].type == FIELD_ATTACHMENT)
			return true;
	return false;
}

const struct repeat *form_repeat(const struct form *form, const char *name)
{
	const struct step *step = form_step(form, name);

	return step ? step->repeat : NULL;
}

const struct section *form_section(const struct form *form, const char *id)
{
	int i;

	for (i = 0; i < form->section_count; i++)
		if (strcmp(form->sections[i].id, id) == 0)
			return &form->sections[i];
	return NULL;
}

const struct option *form_option(const struct field *field, const char *code)
{
	int i;

	for (i = 0; i < field->option_count; i++)
		if (strcmp(field->options[i].code, code) == 0)
			return &field->options[i];
	return NULL;
}

bool field_is(const struct field *field, const char *meaning)
{
	return field->is && strcmp(field->is, meaning) == 0;
}

struct each {
	int (*fn)(void *data, const struct field *field, xml_node *node, const char *name);
	void *data;
	int result;
};

static int each_visit(void *data, const struct form_visit *visit)
{
	struct each *each = data;

	if (!visit->step->field)
		return 0;
	each->result = each->fn(each->data, visit->step->field, visit->node, visit->name);
	return each->result ? -1 : 0;
}

int form_each(const struct form *form, const struct xml_doc *doc,
	int (*fn)(void *data, const struct field *field, xml_node *node, const char *name), void *data)
{
	struct each each = { fn, data, 0 };

	form_walk(form, xml_root(doc), each_visit, &each);
	return each.result;
}

/* A growing talloc array of nodes. */
struct found { void *ctx; const char *is; xml_node **nodes; int count; };

static void found_add(struct found *found, const xml_node *node)
{
	if ((found->count & (found->count - 1)) == 0)
		found->nodes = talloc_realloc(found->ctx, found->nodes, xml_node *, found->count ? found->count * 2 : 1);
	found->nodes[found->count++] = (xml_node *)node;
}

static bool row_is(const struct step *step, const char *is)
{
	return step->repeat && step->repeat->is && strcmp(step->repeat->is, is) == 0;
}

static bool leads_to_rows(const struct step *step, const char *is)
{
	const struct step *each;
	bool leads = false;

	for (each = step->child; each && !leads; each = each->next)
		leads = row_is(each, is) || leads_to_rows(each, is);
	return leads;
}

/* Only down the ways of the definition that end in such rows: a page asks this of the whole register, kind by kind. */
static void rows_below(const struct step *step, const xml_node *node, struct found *found)
{
	const struct step *each;
	const xml_node *child;

	for (each = step->child; each; each = each->next) {
		bool wanted = row_is(each, found->is), deeper = leads_to_rows(each, found->is);

		if (!wanted && !deeper)
			continue;
		for (child = xml_child(node, each->name); child; child = xml_next_same(child)) {
			if (wanted)
				found_add(found, child);
			if (deeper)
				rows_below(each, child, found);
		}
	}
}

int form_rows(void *ctx, const struct form *form, const struct xml_doc *doc, const char *is, xml_node ***rows_r)
{
	struct found found = { .ctx = ctx, .is = is };

	rows_below(form->tree, xml_root(doc), &found);
	*rows_r = found.nodes;
	return found.count;
}

static bool can_mean(const struct step *step, const char *is)
{
	int i = 0;

	while (i < step->mean_count && strcmp(step->means[i], is) != 0)
		i++;
	return i < step->mean_count;
}

/* Depth first, in the order of the definition, which is the document's; only where the definition has such a field. */
static const xml_node *first_meaning(const struct step *step, const xml_node *node, const char *is)
{
	const xml_node *child, *found = NULL;
	const struct step *each;

	if (step->field)
		return field_is(step->field, is) ? node : NULL;
	for (each = step->child; each && !found; each = each->next)
		for (child = can_mean(each, is) ? xml_child(node, each->name) : NULL; child && !found; child = xml_next_same(child))
			found = first_meaning(each, child, is);
	return found;
}

static void all_meanings(const struct step *step, const xml_node *node, struct found *found)
{
	const xml_node *child;
	const struct step *each;

	if (step->field && field_is(step->field, found->is))
		found_add(found, node);
	for (each = step->field ? NULL : step->child; each; each = each->next)
		for (child = can_mean(each, found->is) ? xml_child(node, each->name) : NULL; child; child = xml_next_same(child))
			all_meanings(each, child, found);
}

const xml_node *form_meaning(const struct form *form, const xml_node *row, const char *is)
{
	const struct step *step = form_step_of(form, row);

	return step ? first_meaning(step, row, is) : NULL;
}

int form_meanings(void *ctx, const struct form *form, const xml_node *row, const char *is, xml_node ***nodes_r)
{
	struct found found = { .ctx = ctx, .is = is };
	const struct step *step = form_step_of(form, row);

	if (step)
		all_meanings(step, row, &found);
	*nodes_r = found.nodes;
	return found.count;
}
