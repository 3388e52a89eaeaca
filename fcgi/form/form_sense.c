/* What each part of a definition allows and the whole does not: names that the page needs itself, a page that nobody can send, an answer that
 * must be given and cannot be, circles. */
#include "form/form_inner.h"

#include <string.h>
#include <talloc.h>

#include "base/text.h"

/* Names of the page's own fields (page/request.c, form/fill.c) and ids of its own (xsl/page.xsl): a field directly below the root has its bare name. */
static const char taken[] = "csrf rev once do row kept in navigation main-content";
/* Of the 2,000 parts that a form may send (configuration, max_fields) some are the page's own. */
#define MOST_PARTS 1980

static char *path_of(void *ctx, const struct field *field)
{
	char *path = talloc_asprintf(ctx, ".%s", field->pattern);

	for (char *c = path; *c; c++)
		*c = *c == '.' ? '/' : *c;
	return path;
}

/* Where a fault of the field is shown: its bind, else the instance. */
static const xml_node *place_of(const struct form_reader *reader, const struct field *field)
{
	char *below = path_of(NULL, field), *path = talloc_asprintf(below, "/%s%s", reader->form->root, below);
	const xml_node *bind = xml_child(reader->model, "bind");

	while (bind && strcmp(xml_get(bind, "nodeset"), path) != 0)
		bind = xml_next_same(bind);
	talloc_free(below);
	return bind ? bind : reader->instance;
}

/* Boxes that one answer may fill at most. */
static int parts_of(const struct field *field)
{
	int parts = field->type == FIELD_WHEN ? 4 : field->type == FIELD_DATE ? 3 : field->type == FIELD_MANY ? field->option_count : 1;

	return parts + (field->unknown != NULL);
}

/* Rows are not counted: many of them are edited a page each. */
static int check_size(struct form_reader *reader, const struct section *section)
{
	const xml_node *group = xml_first(reader->body);
	int parts = 0;

	for (int i = 0; i < reader->form->field_count; i++)
		if (reader->controls[i] && !reader->form->fields[i].repeat && strcmp(reader->form->fields[i].section, section->id) == 0)
			parts += parts_of(&reader->form->fields[i]);
	while (group && strcmp(xml_get(group, "id"), section->id) != 0)
		group = xml_next(group);
	return parts > MOST_PARTS ? form_refuse(reader, group, "form.size", "The section %s has %d boxes on its page, more than the %d that can be sent at once. "
		"Make several sections of it.", section->id, parts, MOST_PARTS) : 0;
}

static int check_field(struct form_reader *reader, const struct field *field, const xml_node *control)
{
	if (text_in_list(taken, field->pattern))
		return form_refuse(reader, place_of(reader, field), "form.name", "A field directly below the root cannot be called %s: the page has that name itself. "
			"Put it into an element, or call it something else.", field->pattern);
	if (field->required_always && !control && !field->calculate && !field->from)
		return form_refuse(reader, place_of(reader, field), "form.required", "%s must be answered but has no control: nobody could. Give it one, or a calculate.", field->pattern);
	return 0;
}

struct circle { struct form_reader *reader; char kind, *state; };

static bool below(const struct step *step, const struct step *above)
{
	while (step && step != above)
		step = step->parent;
	return step != NULL;
}

/* Depth first; a field met again while it is open closes a circle. */
static int go_round(struct circle *c, const struct step *step)
{
	struct form_reader *reader = c->reader;
	char *state = &c->state[step->field - reader->form->fields];

	if (*state)
		return *state == 'o' ? form_refuse(reader, place_of(reader, step->field), "form.circle", c->kind == 'c' ?
			"%s is worked out from itself, directly or through others." : "Whether %s is asked depends on its own answer, directly or through others: nobody could begin.",
			step->field->pattern) : 0;
	*state = 'o';
	for (int i = 0; i < reader->use_count; i++) {
		const struct form_use *use = &reader->uses[i];

		if (use->kind == c->kind && (c->kind == 'c' ? use->from == step : below(step, use->from)) && go_round(c, use->on) < 0)
			return -1;
	}
	*state = 'd';
	return 0;
}

static int check_circles(struct form_reader *reader, char kind)
{
	struct circle c = { reader, kind, talloc_zero_array(reader, char, (size_t)reader->form->field_count) };

	for (int i = 0; i < reader->use_count; i++)
		if (reader->uses[i].kind == kind && go_round(&c, reader->uses[i].on) < 0)
			return -1;
	return 0;
}

int form_check_sense(struct form_reader *reader)
{
	struct form *form = reader->form;

	for (int i = 0; i < form->repeat_count; i++)
		if (form->repeats[i].outer && form->repeats[i].outer->outer)
			return form_refuse(reader, reader->repeats[i], "form.repeat", "These rows stand in rows of rows. A repeat may hold one more level, no third.");
	for (int i = 0; i < form->field_count; i++)
		if (check_field(reader, &form->fields[i], reader->controls[i]) < 0)
			return -1;
	for (int i = 0; i < form->section_count; i++)
		if (check_size(reader, &form->sections[i]) < 0)
			return -1;
	return check_circles(reader, 'c') < 0 || check_circles(reader, 'r') < 0 ? -1 : 0;
}
