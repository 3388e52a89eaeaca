/* Calculated values, what becomes a version, and how far a section is. */
#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "form/bind_inner.h"

#define MOST_FAULTS 1000      /* told apart; more are all the same to a list of sections */
#define ROUNDS 20     /* calculations may lean on others further down; a circle that the reader could not see must end */

struct nodes { xml_node **list; int count; struct judging *j; };

static void nodes_add(struct nodes *nodes, xml_node *node)
{
	if ((nodes->count & (nodes->count - 1)) == 0)
		nodes->list = talloc_realloc(nodes->j, nodes->list, xml_node *, nodes->count ? (size_t)nodes->count * 2 : 1);
	nodes->list[nodes->count++] = node;
}

static bool nodes_have(const struct nodes *nodes, const xml_node *node)
{
	for (int i = 0; i < nodes->count; i++)
		if (nodes->list[i] == node)
			return true;
	return false;
}

struct calculation { struct judging *j; const struct xml_doc *before; int round; bool changed; struct nodes made, free; };

/* Is a value that a person may correct still what was calculated, in the text they began with, and untouched since? */
static int still_calculated(struct calculation *c, const struct form_visit *visit, bool *yes_r)
{
	const xml_node *before = c->before ? form_locate(c->j->judge->form, c->before, visit->name) : NULL;
	char *now = xml_text(c->j, visit->node), *was = before ? xml_text(c->j, before) : NULL, *made = NULL;
	int result = 0;

	*yes_r = form_content_empty(visit->node);
	if (!*yes_r && was && strcmp(now, was) == 0) {
		result = judging_work_out(c->j, c->j, visit->step->field, before, &made);
		*yes_r = result == 0 && strcmp(text_trim(made, made), text_trim(now, now)) == 0;
	}
	talloc_free(now);
	talloc_free(was);
	talloc_free(made);
	return result;
}

static int calculate_into(struct calculation *c, const struct form_visit *visit)
{
	char *old, *made;
	bool free = true;

	if (visit->step->field->override && c->round > 0)
		free = nodes_have(&c->free, visit->node);
	else if (visit->step->field->override && still_calculated(c, visit, &free) < 0)
		return -1;
	else if (visit->step->field->override && free)
		nodes_add(&c->free, visit->node);
	if (!free)
		return 0;

	if (judging_work_out(c->j, c->j, visit->step->field, visit->node, &made) < 0)
		return -1;
	old = xml_text(c->j, visit->node);
	if (strcmp(old, made) != 0) {
		xml_replace_text(visit->node, made);
		c->changed = true;
	}
	talloc_free(old);
	talloc_free(made);
	return 0;
}

/* A field left out is made so that its expression has a place to be asked from; it goes again if nothing came. */
static int calculate_visit(void *data, const struct form_visit *visit)
{
	struct calculation *c = data;
	const struct step *child;

	if (visit->step->field)
		return visit->step->field->calculate ? calculate_into(c, visit) : 0;
	for (child = visit->step->child; child; child = child->next)
		if (child->field && child->field->calculate && !xml_child(visit->node, child->name))
			nodes_add(&c->made, form_ensure(visit->node, child));
	return 0;
}

int judge_calculate(void *ctx, const struct judge *judge, struct xml_doc *doc, const struct xml_doc *before, struct error *error)
{
	struct judging *j = judging_new(ctx, judge, error);
	struct calculation c = { .j = j, .before = before, .changed = true, .made = { .j = j }, .free = { .j = j } };
	int i, result = 0;

	for (i = 0; i < ROUNDS && c.changed && result == 0; i++) {
		c.changed = false;
		c.round = i;
		result = form_walk(judge->form, xml_root(doc), calculate_visit, &c);
	}
	for (i = 0; i < c.made.count; i++)
		if (!xml_first_any(c.made.list[i]))
			xml_remove(c.made.list[i]);
	talloc_free(j);
	return result < 0 ? -1 : 0;
}

static int prune_visit(void *data, const struct form_visit *visit)
{
	struct nodes *nodes = data;
	bool relevant;

	if (judging_relevant(nodes->j, visit, &relevant) < 0)
		return -1;
	if (relevant && !(visit->index && form_row_empty(visit->step, visit->node)))
		return 0;
	if (!xml_parent(visit->node))
		return 0;
	nodes_add(nodes, visit->node);
	return 1;
}

struct xml_doc *judge_prune(void *ctx, const struct judge *judge, const struct xml_doc *doc, struct error *error)
{
	struct xml_doc *made = xml_copy(ctx, doc);
	struct judging *j = judging_new(ctx, judge, error);
	struct nodes nodes = { .j = j };
	int i;

	/* All are asked before any goes: what goes may be what another rule leans on. */
	if (form_walk(judge->form, xml_root(made), prune_visit, &nodes) < 0) {
		talloc_free(made);
		made = NULL;
	} else {
		for (i = 0; i < nodes.count; i++)
			xml_remove(nodes.list[i]);
	}
	talloc_free(j);
	return made;
}

struct counting { struct judging *j; struct progress progress; };

/* A section whose rows are all still empty has no field to count, but something to write. */
static bool holds_rows(const struct step *step, const char *section)
{
	const struct step *child;

	for (child = step->child; child; child = child->next)
		if (child->repeat && (!section || strcmp(child->repeat->section, section) == 0))
			return true;
	return false;
}

static int count_visit(void *data, const struct form_visit *visit)
{
	struct counting *c = data;
	const struct field *field = visit->step->field;
	bool relevant;

	if (visit->index && form_row_empty(visit->step, visit->node))
		return 1;
	if (judging_relevant(c->j, visit, &relevant) < 0)
		return -1;
	if (!relevant || !field) {
		c->progress.rows |= relevant && holds_rows(visit->step, c->j->section);
		return relevant ? 0 : 1;
	}
	if (field->calculate || !judge_may_see(c->j->judge, field) || (c->j->section && strcmp(c->j->section, field->section) != 0))
		return 0;
	c->progress.fields++;
	c->progress.filled += !form_value_empty(field, visit->node);
	return 0;
}

static int wrong_of(const struct faults *faults)
{
	int n = 0;

	for (int i = 0; i < faults->count; i++)
		n += !faults->list[i].warning && strcmp(faults->list[i].code, "required") != 0 && strcmp(faults->list[i].code, "rows.min") != 0;
	return n;
}

int judge_progress(void *ctx, const struct judge *judge, const struct xml_doc *doc, const char *section, struct progress *progress_r, struct error *error)
{
	struct judging *j = judging_new(ctx, judge, error);
	struct counting counting = { .j = j };
	struct xml_doc *whole = xml_copy(j, doc);
	struct faults *faults = faults_new(j, MOST_FAULTS);
	int result;

	form_complete(judge->form->tree, xml_root(whole));
	j->section = section;
	result = form_walk(judge->form, xml_root(whole), count_visit, &counting);
	if (result >= 0)
		result = judge_document(j, judge, whole, section, faults, error);
	if (result >= 0) {
		*progress_r = counting.progress;
		progress_r->faults = faults->errors;
		progress_r->wrong = wrong_of(faults);
	}
	talloc_free(j);
	return result < 0 ? -1 : 0;
}
