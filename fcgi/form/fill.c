#include "form/fill.h"

#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "form/fill_inner.h"

static const char *const suffixes[PIECES] = { "", ".day", ".month", ".year", ".precision", ".unknown" };

struct typed {                    /* one field of the post, gathered from its parts */
	const struct field *field;
	char *name;                   /* of the field, with row numbers */
	const char *pieces[PIECES];   /* NULL: not in the post; WHOLE of check boxes joined by a blank */
	int order;
};
struct filling {
	const struct judge *judge;
	struct judging *j;
	struct xml_doc *doc;
	const char *section;
	struct typed *list; int count;
	struct error *error;
};

/* Which pieces a field of this type has beside its whole. */
static bool has_piece(const struct field *field, enum piece piece)
{
	if (piece == UNKNOWN)
		return field->unknown != NULL;
	return field->type == FIELD_WHEN || (field->type == FIELD_DATE && piece != PRECISION);
}

/* The field and piece that a part's name means, NULL when the form has no such field. */
static const struct field *field_of(const struct form *form, const char *name, enum piece *piece_r, char **base_r)
{
	const struct field *field;
	enum piece piece;
	char *base;

	if (strlen(name) > FORM_NAME_MAX)
		return NULL;
	for (piece = WHOLE; piece < PIECES; piece++) {
		if (!text_ends(name, suffixes[piece]))
			continue;
		base = talloc_strndup(NULL, name, strlen(name) - strlen(suffixes[piece]));
		field = form_field(form, base);
		if (field && (piece == WHOLE || has_piece(field, piece)) && fill_numbers_ok(form, base)) {
			*piece_r = piece;
			*base_r = base;
			return field;
		}
		talloc_free(base);
	}
	return NULL;
}

static int compare_typed(const void *a, const void *b)
{
	const struct typed *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order ? order : x->order - y->order;
}

static int unknown_field(struct filling *f, const char *name)
{
	error_set(f->error, ERROR_INVALID, "form.unknown-field", "The form has no such field. Open the page anew and send it again.");
	return error_at(f->error, name, 0, 0);
}

/* All parts, one row each, in the order of the post. */
static int gather(struct filling *f, const struct parts *parts, const char *ignore)
{
	int i;

	f->list = talloc_zero_array(f->j, struct typed, (size_t)parts->count + 1);
	for (i = 0; i < parts->count; i++) {
		const struct part *part = &parts->list[i];
		struct typed *typed = &f->list[f->count];
		enum piece piece;

		if (strcmp(part->name, "in") == 0 || text_in_list(ignore ? ignore : "", part->name))
			continue;
		typed->field = field_of(f->judge->form, part->name, &piece, &typed->name);
		if (!typed->field)
			return unknown_field(f, part->name);
		talloc_steal(f->j, typed->name);
		typed->pieces[piece] = part->value;
		typed->order = f->count++;
	}
	return 0;
}

/* Rows of one field become one: pieces side by side, check boxes joined; of anything else twice, the first counts. */
static void join(struct filling *f)
{
	int i, k, kept = 0;

	if (f->count)
		qsort(f->list, (size_t)f->count, sizeof f->list[0], compare_typed);
	for (i = 0; i < f->count; i++) {
		struct typed *into = kept ? &f->list[kept - 1] : NULL;
		bool many = f->list[i].field->type == FIELD_MANY || f->list[i].field->type == FIELD_REFS;

		if (!into || strcmp(into->name, f->list[i].name) != 0) {
			f->list[kept++] = f->list[i];
			continue;
		}
		for (k = 0; k < PIECES; k++) {
			const char *more = f->list[i].pieces[k];

			if (more && !into->pieces[k])
				into->pieces[k] = more;
			else if (more && many && k == WHOLE && *more)
				into->pieces[k] = *into->pieces[k] ? talloc_asprintf(f->j, "%s %s", into->pieces[k], more) : more;
		}
	}
	f->count = kept;
}

static bool nothing_typed(const struct typed *typed)
{
	int i;

	for (i = 0; i < PIECES; i++)
		if (typed->pieces[i] && *typed->pieces[i])
			return false;
	return true;
}

static int fill_typed(struct filling *f, const struct typed *typed)
{
	const struct field *field = typed->field;
	xml_node *node;
	bool readonly;

	if ((field->calculate && !field->override) || field->given || !judge_may_fill(f->judge, field) || !judge_may_see(f->judge, field) || (f->section && strcmp(f->section, field->section) != 0))
		return 0;
	node = form_locate(f->judge->form, f->doc, typed->name);
	if ((nothing_typed(typed) && !node) || (node && !judge_may_see_at(f->judge, field, node)))      /* what was not shown was not changed */
		return 0;
	/* What was typed must not be lost because its row went meanwhile. */
	node = fill_reach(f->judge->form, f->doc, typed->name, true);
	if (judging_test(f->j, field->readonly, node, false, &readonly) < 0)
		return -1;
	if (!readonly)
		fill_value(f->j, field, node, typed->pieces);
	return 0;
}

static bool is_typed(const struct filling *f, const char *name)
{
	struct typed wanted = { .name = (char *)name };
	int low = 0, high = f->count;

	while (low < high) {
		int middle = (low + high) / 2;

		if (strcmp(f->list[middle].name, wanted.name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < f->count && strcmp(f->list[low].name, name) == 0;
}

/* A browser sends nothing of check boxes none of which is ticked. */
static int clear_below(struct filling *f, const struct step *step, xml_node *node, struct form_path *path)
{
	const struct step *child;
	size_t before;
	int result = 0;

	for (child = step->child; child && result == 0; child = child->next) {
		const struct field *field = child->field;
		xml_node *at = child->repeat ? NULL : xml_child(node, child->name);
		struct typed none = { .field = field, .name = path->text, .pieces = { "" } };

		if (!at)
			continue;
		before = form_path_push(path, child->name, 0);
		if (!field)
			result = clear_below(f, child, at, path);
		else if ((field->type == FIELD_MANY || field->type == FIELD_REFS) && !is_typed(f, path->text))
			result = fill_typed(f, &none);
		form_path_pop(path, before);
	}
	return result;
}

/* "events.event.2" or "head": what the page showed. A section's own fields are those outside rows, wherever they stand. */
static int clear_scope(struct filling *f, const char *in)
{
	const struct form *form = f->judge->form;
	struct form_path path = { .length = 0 };
	const struct step *step = form_step(form, in);
	bool row = step && step->repeat && strlen(in) <= FORM_NAME_MAX && fill_numbers_ok(form, in);
	xml_node *node = row ? form_locate(form, f->doc, in) : NULL;
	const char *section = f->section;
	int result;

	if (row && !node)
		return 0;
	if (row || (step && !step->field && !step->repeat && !form_section(form, in))) {
		form_path_push(&path, in, 0);
		node = node ? node : form_locate(form, f->doc, in);
		return node ? clear_below(f, step, node, &path) : 0;
	}
	if (!form_section(form, in))
		return unknown_field(f, in);
	if (section && strcmp(section, in) != 0)
		return 0;
	f->section = in;
	result = clear_below(f, form->tree, xml_root(f->doc), &path);
	f->section = section;
	return result;
}

int fill_section(void *ctx, const struct judge *judge, struct xml_doc *doc, const char *section, const struct parts *parts, const char *ignore, struct error *error)
{
	struct filling f = { .judge = judge, .j = judging_new(ctx, judge, error), .doc = doc, .section = section, .error = error };
	int i, result = gather(&f, parts, ignore);

	if (result == 0)
		join(&f);
	for (i = 0; i < f.count && result == 0; i++)
		result = fill_typed(&f, &f.list[i]);
	for (i = 0; i < parts->count && result == 0; i++)
		if (strcmp(parts->list[i].name, "in") == 0)
			result = clear_scope(&f, parts->list[i].value);
	talloc_free(f.j);
	return result;
}
