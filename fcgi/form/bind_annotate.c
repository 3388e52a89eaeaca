/* The copy that a form's stylesheet renders: every field there, and on each what is known of it. */
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "form/bind_inner.h"
#include "form/prose.h"

struct noting {
	struct judging *j;
	struct fault const **faults;      /* sorted by where; NULL when there are none */
	int fault_count;
	xml_node **withheld;              /* emptied last: rules about other fields may lean on them */
	int withheld_count;
	void *scratch;                    /* of one field */
};

static int compare_faults(const void *a, const void *b)
{
	const struct fault *x = *(const struct fault *const *)a, *y = *(const struct fault *const *)b;
	int order = strcmp(x->where, y->where);

	/* The first found of a field is the most basic one, and the array of the list keeps that order. */
	return order ? order : (x > y) - (x < y);
}

static void sort_faults(struct noting *n, const struct faults *faults)
{
	int i;

	n->faults = talloc_array(n->j, const struct fault *, (size_t)faults->count + 1);
	for (i = 0; i < faults->count; i++)
		n->faults[n->fault_count++] = &faults->list[i];
	if (n->fault_count)
		qsort(n->faults, (size_t)n->fault_count, sizeof n->faults[0], compare_faults);
}

static void note_fault(struct noting *n, xml_node *node, const char *name)
{
	int low = 0, high = n->fault_count;

	while (low < high) {
		int middle = (low + high) / 2;

		if (strcmp(n->faults[middle]->where, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == n->fault_count || strcmp(n->faults[low]->where, name) != 0)
		return;
	xml_note(node, "message", n->faults[low]->say);
	xml_note(node, "code", n->faults[low]->code);
}

/* "events.event": too few or too many rows is said at the element around them, for there may be no row. */
static void note_rows(struct noting *n, const struct form_visit *visit)
{
	const struct step *child;

	for (child = visit->step->child; child && n->fault_count; child = child->next)
		if (child->repeat)
			note_fault(n, visit->node, talloc_asprintf(n->scratch, "%s%s%s", visit->name, *visit->name ? "." : "", child->name));
}

static void note_date_parts(struct noting *n, xml_node *node, const char *text)
{
	const char *parts[3];

	if (!*text)
		return;
	words_date_parts(n->scratch, text, parts);
	xml_note(node, "day", parts[0]);
	xml_note(node, "month", parts[1]);
	xml_note(node, "year", parts[2]);
}

static int choice_words(struct noting *n, const struct field *field, const xml_node *node, const char *text, char **words_r)
{
	const struct choices *choices = NULL;
	const char *cursor = text, *code;
	const char *label;
	char *words = NULL;

	if (field->type == FIELD_REF || field->type == FIELD_REFS) {
		choices = judging_choices(n->j, field, node, false);
		if (!choices)
			return -1;
	}
	while ((code = text_next_word(n->scratch, &cursor))) {
		const struct option *option = form_option(field, code);
		const struct choice *choice = choices ? choice_find(choices, code) : NULL;

		label = choice ? choice->label : option ? option->label : code;
		words = words ? talloc_strdup_append_buffer(talloc_strdup_append_buffer(words, "; "), label) : talloc_strdup(n->scratch, label);
	}
	*words_r = words ? words : talloc_strdup(n->scratch, "");
	return 0;
}

/* Is a value of the field said in other words than its own? */
static bool has_words(const struct field *field)
{
	return field->unknown || field->option_count || field->type == FIELD_DATE || field->type == FIELD_REF || field->type == FIELD_REFS || field->type == FIELD_ATTACHMENT;
}

static int note_value(struct noting *n, const struct field *field, xml_node *node)
{
	char *text, *words = NULL;
	struct error ignored;
	day d;

	if (field->type == FIELD_PROSE) {
		text = prose_plain(n->scratch, node);
		if (field->unknown && strcmp(text, field->unknown) == 0)
			xml_note(node, "words", "Not known");
		xml_note(node, "plain", text);
		return 0;
	}
	if (field->type == FIELD_WHEN) {
		const char *written = form_when_part(node, "written"), *precision = form_when_part(node, "precision");

		if (!form_value_empty(field, node))
			xml_note(node, "words", date_when_words(n->scratch, written, precision));
		note_date_parts(n, node, written);
		return 0;
	}
	if (!has_words(field))
		return 0;
	text = text_trim(n->scratch, xml_text(n->scratch, node));
	if (field->type == FIELD_DATE)
		note_date_parts(n, node, field->unknown && strcmp(text, field->unknown) == 0 ? "" : text);
	if (!*text)
		return 0;
	if (field->unknown && strcmp(text, field->unknown) == 0 && !form_option(field, text))
		words = talloc_strdup(n->scratch, "Not known");
	else if (field->type == FIELD_DATE && date_parse(text, &d, &ignored) == 0)
		words = date_words(n->scratch, d);
	else if (field->option_count || field->type == FIELD_REF || field->type == FIELD_REFS) {
		if (choice_words(n, field, node, text, &words) < 0)
			return -1;
	}
	else if (field->type == FIELD_ATTACHMENT && judge_file(n->j->judge, text)) {
		words = talloc_strdup(n->scratch, judge_file(n->j->judge, text)->words);
		xml_note(node, "href", judge_file(n->j->judge, text)->href);
	}
	if (words)
		xml_note(node, "words", words);
	return 0;
}

/* What was worked out, in the words of its type, beside what may be a person's own. */
static int note_calculated(struct noting *n, const struct field *field, xml_node *node)
{
	char *made;

	if (judging_work_out(n->scratch, n->j, field, node, &made) < 0)
		return -1;
	xml_note(node, "calculated", made);
	made = strcmp(text_trim(n->scratch, xml_text(n->scratch, node)), text_trim(n->scratch, made)) == 0 ? NULL : made;
	if (made)
		xml_note(node, "corrected", "yes");
	return 0;
}

/* A given row is called what its node is called. */
static int note_given(struct noting *n, const struct form_visit *visit)
{
	const struct repeat *repeat = visit->step->repeat;
	const struct field *field = form_step_child(visit->step, repeat->key)->field;
	const struct choices *given = judging_given(n->j, repeat), *known = judging_choices(n->j, field, visit->node, true);
	const char *key = xml_plain(xml_child(visit->node, repeat->key));
	const struct choice *choice = given ? choice_find(given, key) : NULL, *other = known && !choice ? choice_find(known, key) : NULL;

	if (!given || !known)
		return -1;
	xml_note(visit->node, "label", choice ? choice->label : other ? other->label : key);
	if (!choice)
		xml_note(visit->node, "given", other ? "other" : "no");
	return 0;
}

static int note_field(struct noting *n, const struct form_visit *visit, bool relevant)
{
	const struct field *field = visit->step->field;
	bool required, readonly;

	if (!judge_may_see_at(n->j->judge, field, visit->node)) {
		n->withheld = talloc_realloc(n->j, n->withheld, xml_node *, (size_t)n->withheld_count + 1);
		n->withheld[n->withheld_count++] = visit->node;
		return 0;
	}
	if (judging_test(n->j, field->required, visit->node, field->required_always, &required) < 0 ||
	    judging_test(n->j, field->readonly, visit->node, false, &readonly) < 0)
		return -1;
	if (required && relevant)
		xml_note(visit->node, "required", "yes");
	if (readonly || (field->calculate && !field->override) || field->given || !judge_may_fill(n->j->judge, field))
		xml_note(visit->node, "readonly", "yes");
	if (field->override && note_calculated(n, field, visit->node) < 0)
		return -1;
	note_fault(n, visit->node, visit->name);
	return note_value(n, field, visit->node);
}

static bool is_noted(const xml_node *node, const char *attribute)
{
	const char *value = xml_get_ns(node, NS_NOTE, attribute);

	return value && strcmp(value, "no") == 0;
}

static int note_visit(void *data, const struct form_visit *visit)
{
	struct noting *n = data;
	bool relevant = false;
	int result = 0;

	/* What stands in something that is not relevant is not relevant either. */
	if (!is_noted(xml_parent(visit->node), "relevant") && judging_relevant(n->j, visit, &relevant) < 0)
		result = -1;
	if (result == 0 && !relevant)
		xml_note(visit->node, "relevant", "no");
	if (visit->step->field || visit->index)
		xml_note(visit->node, "name", visit->name);
	if (visit->index) {
		xml_note(visit->node, "index", talloc_asprintf(n->scratch, "%d", visit->index));
		note_fault(n, visit->node, visit->name);
		if (visit->step->repeat->given && result == 0)
			result = note_given(n, visit);
	}
	note_rows(n, visit);
	if (result == 0 && visit->step->field)
		result = note_field(n, visit, relevant);
	talloc_free_children(n->scratch);
	return result;
}

struct xml_doc *judge_annotate(void *ctx, const struct judge *judge, const struct xml_doc *doc, const struct faults *faults, struct error *error)
{
	struct xml_doc *made = xml_copy(ctx, doc);   /* what is written on it is this viewer's alone */
	struct noting n = { .j = judging_new(ctx, judge, error) };
	int i;

	n.scratch = talloc_new(n.j);
	form_complete(judge->form->tree, xml_root(made));
	if (faults)
		sort_faults(&n, faults);
	if (form_walk(judge->form, xml_root(made), note_visit, &n) < 0) {
		talloc_free(made);
		made = NULL;
	}
	for (i = 0; made && i < n.withheld_count; i++) {
		xml_empty(n.withheld[i]);
		xml_note(n.withheld[i], "withheld", "yes");
	}
	talloc_free(n.j);
	return made;
}

/* "2026-03-24 exact" of a d:when. */
static char *when_words(void *ctx, const char *plain)
{
	const char *blank = strrchr(plain, ' ');

	return blank ? date_when_words(ctx, text_trim(ctx, talloc_strndup(ctx, plain, (size_t)(blank - plain))), blank + 1) : talloc_strdup(ctx, plain);
}

int judge_words(void *ctx, const struct judge *judge, const struct field *field, const char *plain, char **words_r, struct error *error)
{
	struct noting n = { .j = judging_new(ctx, judge, error) };
	struct error ignored;
	char *words = NULL;
	int result = 0;
	day d;

	n.scratch = n.j;
	if (field->unknown && strcmp(plain, field->unknown) == 0 && !form_option(field, plain))
		words = talloc_strdup(n.j, "Not known");
	else if (field->type == FIELD_WHEN)
		words = when_words(n.j, plain);
	else if (field->type == FIELD_DATE && date_parse(plain, &d, &ignored) == 0)
		words = date_words(n.j, d);
	else if (field->option_count || field->type == FIELD_REF || field->type == FIELD_REFS)
		result = choice_words(&n, field, xml_root(judge->form->empty), plain, &words);
	if (result == 0)
		*words_r = talloc_strdup(ctx, words ? words : plain);
	talloc_free(n.j);
	return result;
}
