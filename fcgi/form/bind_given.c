/* Rows given by an instance, say one for each person of the register. */
#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "form/bind_inner.h"

/* In the order of the instance. */
static struct choices *nodes_of(struct judging *j, const struct repeat *repeat, xml_node *root)
{
	struct choices *choices = talloc_zero(j, struct choices);
	xml_node **nodes;
	int n;

	if (xpath_nodes(choices, repeat->given, root, &j->env, &nodes, &n, j->error) < 0) {
		talloc_free(choices);
		return NULL;
	}
	for (int i = 0; i < n; i++)
		if (xml_get(nodes[i], "id") && text_is_name(xml_get(nodes[i], "id")))
			choices_add(choices, xml_get(nodes[i], "id"), choice_label(nodes[i]));
	return choices;
}

const struct choices *judging_given(struct judging *j, const struct repeat *repeat)
{
	struct choices **kept = &j->given[repeat - j->judge->form->repeats];

	if (!*kept) {
		*kept = nodes_of(j, repeat, xml_root(j->judge->form->empty));
		if (*kept)
			choices_sort(*kept);
	}
	return *kept;
}

static const char *key_of(const struct step *step, const xml_node *row)
{
	return xml_plain(xml_child(row, step->repeat->key));
}

/* Nothing but its name. */
static bool untouched(const struct step *step, const xml_node *row)
{
	for (const struct step *each = step->child; each; each = each->next)
		for (const xml_node *node = strcmp(each->name, step->repeat->key) == 0 ? NULL : xml_child(row, each->name); node; node = xml_next_same(node))
			if (!form_row_empty(each, node))
				return false;
	return true;
}

static void drop_gone(const struct step *step, xml_node *around, const struct choices *sorted)
{
	for (xml_node *row = xml_child(around, step->name), *next; row; row = next) {
		next = xml_next_same(row);
		if (!choice_find(sorted, key_of(step, row)) && untouched(step, row))
			xml_remove(row);
	}
}

static bool has_row(const struct step *step, const xml_node *around, const char *id)
{
	const xml_node *row = xml_child(around, step->name);

	while (row && strcmp(key_of(step, row), id) != 0)
		row = xml_next_same(row);
	return row != NULL;
}

static void add_new(const struct step *step, xml_node *around, const struct choices *ordered)
{
	for (int i = 0; i < ordered->count && form_row_count(around, step) < step->repeat->max; i++) {
		if (has_row(step, around, ordered->list[i].id))
			continue;
		xml_replace_text(form_ensure(form_new_row(around, step), form_step_child(step, step->repeat->key)), ordered->list[i].id);
	}
}

/* The element around the rows of a repeat at the top. */
static xml_node *around_rows(const struct step *step, xml_node *root)
{
	return step->parent ? form_ensure(around_rows(step->parent, root), step) : root;
}

int judge_give_rows(void *ctx, const struct judge *judge, struct xml_doc *doc, struct error *error)
{
	struct judging *j = NULL;
	int result = 0;

	for (int i = 0; i < judge->form->repeat_count && result == 0; i++) {
		const struct repeat *repeat = &judge->form->repeats[i];
		const struct choices *sorted, *ordered;
		const struct step *step;
		xml_node *around;

		if (!repeat->given)
			continue;
		j = j ? j : judging_new(ctx, judge, error);
		step = form_step(judge->form, repeat->pattern);
		around = around_rows(step->parent, xml_root(doc));
		sorted = judging_given(j, repeat);
		ordered = sorted ? nodes_of(j, repeat, xml_root(doc)) : NULL;
		result = ordered ? 0 : -1;
		if (ordered) {
			drop_gone(step, around, sorted);
			add_new(step, around, ordered);
		}
	}
	talloc_free(j);
	return result;
}
