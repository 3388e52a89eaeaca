#include "form/bind.h"

#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "form/bind_inner.h"

/* Does one of the view's beginnings lead to the field? */
static bool in_view(const char *only, const char *pattern)
{
	while (*only != '\0') {
		size_t length = strcspn(only, " ");
		if (length > 0 && strncmp(pattern, only, length) == 0 && (pattern[length] == '\0' || pattern[length] == '.'))
			return true;
		only += length + strspn(only + length, " ");
	}
	return false;
}

bool judge_may_see(const struct judge *judge, const struct field *field)
{
	const char *roles = judge->seen ? judge->seen : judge->roles;

	if (judge->only && !in_view(judge->only, field->pattern))
		return false;
	return !judge->roles || !field->for_ || text_share_word(roles, field->for_);
}

/* The row of a party around an element, NULL in none. */
static const xml_node *party_row(const struct field *field, const xml_node *node)
{
	const struct repeat *repeat = field->repeat;
	int up = 0;

	while (repeat && (!repeat->is || strcmp(repeat->is, "party") != 0))
		repeat = repeat->outer;
	if (!repeat)
		return NULL;
	for (const char *c = field->pattern + strlen(repeat->pattern); *c; c++)
		up += *c == '.';
	while (node && up-- > 0)
		node = xml_parent(node);
	return node;
}

/* Who has told, by this text or by the register as it stands now: who is marked late is not named by what was written before. */
static bool has_told(const struct judge *judge, const xml_node *row)
{
	const xml_node *informant = row ? form_meaning(judge->form, row, "party.informant") : NULL, *id = row ? form_meaning(judge->form, row, "party.id") : NULL;

	if (informant && strcmp(xml_plain((xml_node *)(uintptr_t)informant), "yes") == 0)
		return true;
	for (int i = 0; id && i < judge->instance_count; i++)
		for (xml_node *e = strcmp(judge->instances[i].name, "register") == 0 ? xml_first(xml_root(judge->instances[i].doc)) : NULL; e; e = xml_next(e))
			if (xml_get(e, "informant") && strcmp(xml_get(e, "id"), xml_plain((xml_node *)(uintptr_t)id)) == 0)
				return true;
	return false;
}

bool judge_may_see_at(const struct judge *judge, const struct field *field, const xml_node *node)
{
	if (!judge_may_see(judge, field))
		return false;
	if (!judge->blind || !judge->roles || field->class != CLASS_IDENTIFIER || field_is(field, "party.id"))
		return true;
	return !has_told(judge, party_row(field, node));
}

bool judge_hides_rows(const struct judge *judge, const struct xml_doc *doc)
{
	void *tmp = talloc_new(NULL);
	xml_node **rows;
	int n = judge->blind && judge->roles ? form_rows(tmp, judge->form, doc, "party", &rows) : 0;
	bool hides = false;

	for (int i = 0; i < n && !hides; i++)
		hides = has_told(judge, rows[i]);
	talloc_free(tmp);
	return hides;
}

const struct judge_file *judge_file(const struct judge *judge, const char *id)
{
	for (int i = 0; i < judge->file_count; i++)
		if (strcmp(judge->files[i].id, id) == 0)
			return &judge->files[i];
	return NULL;
}

bool judge_may_fill(const struct judge *judge, const struct field *field)
{
	if (judge->only && !in_view(judge->only, field->pattern))
		return false;
	return !judge->roles || ((!field->for_ || text_share_word(judge->roles, field->for_)) && (!field->from || text_share_word(judge->roles, field->from)));
}

struct judging *judging_new(void *ctx, const struct judge *judge, struct error *error)
{
	struct judging *j = talloc_zero(ctx, struct judging);

	j->judge = judge;
	j->error = error;
	j->known = talloc_zero_array(j, struct choices *, (size_t)judge->form->field_count + 1);
	j->given = talloc_zero_array(j, struct choices *, (size_t)judge->form->repeat_count + 1);
	j->env = (struct xpath_env){
		.functions = form_functions, .function_count = form_function_count, .data = (void *)&judge->world,
		.instances = judge->instances, .instance_count = judge->instance_count,
	};
	return j;
}

int judging_test(struct judging *j, const struct xpath *x, const xml_node *node, bool absent, bool *yes_r)
{
	*yes_r = absent;
	return x ? xpath_test(x, (xml_node *)node, &j->env, yes_r, j->error) : 0;
}

int judging_work_out(void *ctx, struct judging *j, const struct field *field, const xml_node *node, char **text_r)
{
	if (xpath_text(ctx, field->calculate, (xml_node *)node, &j->env, text_r, j->error) < 0)
		return -1;
	/* XPath 1.0 §4.2, string(): no number is "NaN", which is no answer that anybody would keep. */
	if (strcmp(*text_r, "NaN") == 0 || strcmp(*text_r, "Infinity") == 0 || strcmp(*text_r, "-Infinity") == 0)
		**text_r = '\0';
	return 0;
}

int judging_relevant(struct judging *j, const struct form_visit *visit, bool *yes_r)
{
	const struct step *step = visit->step;

	return judging_test(j, step->field ? step->field->relevant : step->relevant, visit->node, true, yes_r);
}

static int compare_choices(const void *a, const void *b)
{
	return strcmp(((const struct choice *)a)->id, ((const struct choice *)b)->id);
}

const struct choice *choice_find(const struct choices *choices, const char *id)
{
	struct choice wanted = { .id = id };

	return choices->count ? bsearch(&wanted, choices->list, (size_t)choices->count, sizeof wanted, compare_choices) : NULL;
}

/* "@id" or "id" of a row. */
static const char *ref_of(void *ctx, const xml_node *row, const char *ref)
{
	const char *value = ref[0] == '@' ? xml_get(row, ref + 1) : xml_text(ctx, xml_child(row, ref));

	return value ? value : "";
}

/* What an entry of the register is called: the best that the viewer may see. */
const char *choice_label(const xml_node *entry)
{
	static const char *const attributes[] = { "words", "name", "title", "label", "id" };
	const char *value = NULL;
	size_t i;

	for (i = 0; i < sizeof attributes / sizeof attributes[0] && (!value || !*value); i++)
		value = xml_get(entry, attributes[i]);
	return value ? value : "";
}

void choices_add(struct choices *choices, const char *id, const char *label)
{
	if ((choices->count & (choices->count - 1)) == 0)
		choices->list = talloc_realloc(choices, choices->list, struct choice, choices->count ? (size_t)choices->count * 2 : 1);
	choices->list[choices->count++] = (struct choice){ id, *label ? label : id };
}

void choices_sort(struct choices *choices)
{
	if (choices->count)
		qsort(choices->list, (size_t)choices->count, sizeof choices->list[0], compare_choices);
}

static struct choices *of_register(struct judging *j)
{
	struct choices *choices = talloc_zero(j, struct choices);
	const xml_node *entry;
	int i;

	for (i = 0; i < j->env.instance_count; i++) {
		if (strcmp(j->env.instances[i].name, "register") != 0)
			continue;
		for (entry = xml_child(xml_root(j->env.instances[i].doc), "entry"); entry; entry = xml_next_same(entry))
			if (xml_get(entry, "id"))
				choices_add(choices, xml_get(entry, "id"), choice_label(entry));
	}
	return choices;
}

static struct choices *of_itemset(struct judging *j, const struct field *field, const xml_node *node)
{
	struct choices *choices = talloc_zero(j, struct choices);
	xml_node **rows;
	int n, i;

	if (xpath_nodes(choices, field->itemset, (xml_node *)node, &j->env, &rows, &n, j->error) < 0) {
		talloc_free(choices);
		return NULL;
	}
	for (i = 0; i < n; i++) {
		const char *label = ref_of(choices, rows[i], field->item_label);

		choices_add(choices, ref_of(choices, rows[i], field->item_value), *label ? label : choice_label(rows[i]));
	}
	return choices;
}

const struct choices *judging_choices(struct judging *j, const struct field *field, const xml_node *node, bool checked)
{
	bool whole = !field->itemset || (checked && field->itemset_register);
	int slot = whole ? j->judge->form->field_count : (int)(field - j->judge->form->fields);
	struct choices *choices = j->known[slot];

	if (choices && (whole || field->itemset_fixed))
		return choices;
	talloc_free(choices);
	choices = whole ? of_register(j) : of_itemset(j, field, node);
	if (choices)
		choices_sort(choices);
	j->known[slot] = choices;
	return choices;
}

static bool any_visible(const struct judge *judge, const struct step *step)
{
	bool visible = step->field && judge_may_see(judge, step->field);

	for (step = step->child; step && !visible; step = step->next)
		visible = any_visible(judge, step);
	return visible;
}

struct key { const char *text; int row; const xml_node *node; };

static int compare_keys(const void *a, const void *b)
{
	const struct key *x = a, *y = b;
	int order = strcmp(x->text, y->text);

	return order ? order : x->row - y->row;
}

/* Sorted, so that equal keys lie side by side: comparing each with each would take minutes for a long chronology. */
static void judge_keys(struct judging *j, const struct form_visit *parent, const struct step *step, struct key *keys, int count)
{
	struct form_path path = { .length = 0 };
	char *label = words_label(keys, *step->repeat->label ? step->repeat->label : step->name);
	int i, first = 0;

	qsort(keys, (size_t)count, sizeof keys[0], compare_keys);
	for (i = 1; i < count; i++) {
		if (strcmp(keys[i].text, keys[first].text) != 0) {
			first = i;
			continue;
		}
		form_path_pop(&path, 0);
		if (*parent->name)
			form_path_push(&path, parent->name, 0);
		form_path_push(&path, step->name, keys[i].row);
		if (step->repeat->key)
			form_path_push(&path, step->repeat->key, 0);
		faults_add(j->faults, 0, "key.repeated", path.text, xml_line(keys[i].node), "%s for %s %d is already used by %s %d",
			step->repeat->key ? form_step_child(step, step->repeat->key)->field->label : "The id", label, keys[i].row, label, keys[first].row);
	}
}

static void judge_row_count(struct judging *j, const struct form_visit *parent, const struct step *step, int filled, int all)
{
	const struct repeat *repeat = step->repeat;
	char *label = words_label(NULL, *repeat->label ? repeat->label : step->name);
	char *where = talloc_asprintf(label, "%s%s%s", parent->name, *parent->name ? "." : "", step->name);
	const xml_node *at = xml_child(parent->node, step->name);
	int line = xml_line(at ? at : parent->node);

	if (filled < repeat->min && repeat->min == 1)
		faults_add(j->faults, 0, "rows.min", where, line, "Add at least one %s", label);
	else if (filled < repeat->min)
		faults_add(j->faults, 0, "rows.min", where, line, "There must be at least %d of: %s", repeat->min, label);
	if (all > repeat->max)
		faults_add(j->faults, 0, "rows.max", where, line, "There must be at most %d of: %s", repeat->max, label);
	talloc_free(label);
}

/* Where the form wants it, every given row is there, whoever made the document. The keys are sorted. */
static int judge_given(struct judging *j, const struct form_visit *parent, const struct step *step, const struct key *keys, int count)
{
	const struct choices *given = step->repeat->all ? judging_given(j, step->repeat) : NULL;
	char *where = talloc_asprintf(NULL, "%s%s%s", parent->name, *parent->name ? "." : "", step->name);
	int k = 0;

	for (int i = 0; given && i < given->count; i++) {
		while (k < count && strcmp(keys[k].text, given->list[i].id) < 0)
			k++;
		if (k == count || strcmp(keys[k].text, given->list[i].id) != 0)
			faults_add(j->faults, 0, "rows.given", where, xml_line(parent->node), "Answer for %s", given->list[i].label);
	}
	talloc_free(where);
	return step->repeat->all && !given ? -1 : 0;
}

/* The rows of one repeat under one parent: how many, and their keys. */
static int judge_rows(struct judging *j, const struct form_visit *parent, const struct step *step)
{
	const struct repeat *repeat = step->repeat;
	struct key *keys = talloc_array(NULL, struct key, (size_t)form_row_count(parent->node, step) + 1);
	const xml_node *row = xml_child(parent->node, step->name), *key;
	int count = 0, filled = 0, all = 0, result;
	bool relevant;

	/* Without a row the rule is asked from the parent: rules about other parts of the document answer the same there. */
	result = judging_test(j, repeat->relevant, row ? row : parent->node, true, &relevant);
	for (; result == 0 && relevant && row; row = xml_next_same(row)) {
		all++;
		if (form_row_empty(step, row))
			continue;
		filled++;
		key = repeat->key ? xml_child(row, repeat->key) : NULL;
		if (key && !form_content_empty(key))
			keys[count++] = (struct key){ text_trim(keys, xml_text(keys, key)), all, key };
		else if (!repeat->key && xml_get(row, "id"))
			keys[count++] = (struct key){ xml_get(row, "id"), all, row };
	}
	if (result == 0 && relevant) {
		judge_row_count(j, parent, step, filled, all);
		judge_keys(j, parent, step, keys, count);
		result = judge_given(j, parent, step, keys, count);
	}
	talloc_free(keys);
	return result;
}

static bool in_section(const struct judging *j, const char *section)
{
	return !j->section || strcmp(j->section, section) == 0;
}

static int judge_below(struct judging *j, const struct form_visit *visit)
{
	const struct step *child;

	for (child = visit->step->child; child; child = child->next)
		if (child->repeat && in_section(j, child->repeat->section) && any_visible(j->judge, child) && judge_rows(j, visit, child) < 0)
			return -1;
	return 0;
}

static int judge_visit(void *data, const struct form_visit *visit)
{
	struct judging *j = data;
	const struct field *field = visit->step->field;
	bool relevant, required;

	if (field && (!in_section(j, field->section) || !judge_may_see(j->judge, field)))
		return 0;
	if (visit->index && form_row_empty(visit->step, visit->node))
		return 1;
	if (judging_relevant(j, visit, &relevant) < 0)
		return -1;
	if (!relevant)
		return 1;
	if (!field)
		return judge_below(j, visit);
	if (judging_test(j, field->required, visit->node, field->required_always, &required) < 0)
		return -1;
	return judge_value(j, visit, required) < 0 ? -1 : 0;
}

int judge_document(void *ctx, const struct judge *judge, const struct xml_doc *doc, const char *section, struct faults *faults, struct error *error)
{
	struct judging *j = judging_new(ctx, judge, error);
	struct xml_doc *whole = xml_copy(j, doc);
	int result;

	/* What is left out is judged like what is empty, so both must be there to be asked. The lines stay those of the sender. */
	form_complete(judge->form->tree, xml_root(whole));
	j->section = section;
	j->faults = faults;
	result = form_walk(judge->form, xml_root(whole), judge_visit, j);
	talloc_free(j);
	return result < 0 ? -1 : 0;
}
