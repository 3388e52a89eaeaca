/* Shared pieces of definitions (docs/forms.md, "Pieces"): expanded before anything else is read. */
#include "form/form_inner.h"

#include <ctype.h>
#include <string.h>
#include <talloc.h>

#define HERE "/piece/"      /* in a piece: the element that it was included into */

struct include { struct form_reader *reader; const struct form_pieces *pieces; };

static bool holds_include(const xml_node *node)
{
	bool holds = xml_is(node, NS_FORM, "include");

	for (node = xml_first(node); node && !holds; node = xml_next(node))
		holds = holds_include(node);
	return holds;
}

static const xml_node *piece_of(struct include *inc, const xml_node *at)
{
	const char *name = xml_get(at, "piece");
	struct form *form = inc->reader->form;

	for (int i = 0; name && inc->pieces && i < inc->pieces->count; i++)
		if (strcmp(inc->pieces->list[i].name, name) == 0) {
			if (!xml_is(xml_root(inc->pieces->list[i].doc), NS_FORM, "piece")) {
				form_refuse(inc->reader, at, "form.piece", "The root of the piece %s is not d:piece.", name);
				return NULL;
			}
			if (holds_include(xml_root(inc->pieces->list[i].doc))) {
				form_refuse(inc->reader, at, "form.piece", "The piece %s includes another. Pieces do not nest.", name);
				return NULL;
			}
			form->pieces = talloc_asprintf(form, "%s%s%s", form->pieces ? form->pieces : "", form->pieces ? " " : "", name);
			return xml_root(inc->pieces->list[i].doc);
		}
	form_refuse(inc->reader, at, "form.piece", "There is no piece %s in forms/pieces.", name ? name : "without a name");
	return NULL;
}

static void move_attribute(xml_node *node, const char *attribute, const char *path)
{
	const char *text = xml_get(node, attribute), *at, *rest = text;
	char *made;

	if (!text || !strstr(text, HERE))
		return;
	made = talloc_strdup(NULL, "");
	while ((at = strstr(rest, HERE))) {
		bool begins = at == text || !(isalnum((unsigned char)at[-1]) || strchr("_-.*/])", at[-1]));

		made = talloc_asprintf_append_buffer(made, "%.*s%s/", (int)(at - rest), rest, begins ? path : "/piece");
		rest = at + strlen(HERE);
	}
	made = talloc_strdup_append_buffer(made, rest);
	xml_set(node, attribute, made);
	talloc_free(made);
}

static void move_paths(xml_node *node, const char *path)
{
	static const char *const attributes[] = { "nodeset", "ref", "required", "relevant", "constraint", "calculate", "readonly" };

	for (size_t i = 0; i < sizeof attributes / sizeof attributes[0]; i++)
		move_attribute(node, attributes[i], path);
	for (node = xml_first(node); node; node = xml_next(node))
		move_paths(node, path);
}

/* Whose lines these are: a fault in what was copied is one of the piece's file (form_refuse). */
static void borrow(struct form_reader *reader, const xml_node *node, const char *piece)
{
	reader->borrowed = talloc_realloc(reader, reader->borrowed, struct form_borrowed, (size_t)reader->borrowed_count + 1);
	reader->borrowed[reader->borrowed_count++] = (struct form_borrowed){ node, talloc_strdup(reader, piece) };
}

/* The children of `part` in the place of the include. */
static void put(struct form_reader *reader, xml_node *include, const xml_node *part, const char *path)
{
	xml_node *last = include;

	for (const xml_node *child = xml_first(part); child; child = xml_next(child)) {
		last = xml_copy_after(last, child);
		move_paths(last, path);
		borrow(reader, last, xml_get(include, "piece"));
	}
	xml_remove(include);
}

static int include_fields(struct include *inc, xml_node *node, xml_node *model, const char *path)
{
	for (xml_node *child = xml_first(node), *next; child; child = next) {
		next = xml_next(child);
		if (xml_is(child, NS_FORM, "include")) {
			const xml_node *piece = piece_of(inc, child);

			if (!piece)
				return -1;
			for (const xml_node *bind = xml_child(piece, "bind"); bind; bind = xml_next_same(bind)) {
				xml_node *copy = xml_copy_into(model, bind);

				move_paths(copy, path);
				borrow(inc->reader, copy, xml_get(child, "piece"));
			}
			put(inc->reader, child, xml_child(piece, "instance"), path);
		} else {
			char *below = talloc_asprintf(NULL, "%s/%s", path, xml_name(child));
			int result = include_fields(inc, child, model, below);

			talloc_free(below);
			if (result < 0)
				return -1;
		}
	}
	return 0;
}

static int include_controls(struct include *inc, xml_node *node)
{
	for (xml_node *child = xml_first(node), *next; child; child = next) {
		next = xml_next(child);
		if (xml_is(child, NS_FORM, "include")) {
			const xml_node *piece = piece_of(inc, child);
			char *at = piece && xml_get(child, "at") ? talloc_strdup(NULL, xml_get(child, "at")) : NULL;

			if (!piece)
				return -1;
			if (!at)
				return form_refuse(inc->reader, child, "form.piece", "An include of controls says by at which element they are for.");
			put(inc->reader, child, xml_child(piece, "body"), at);
			talloc_free(at);
		} else if (include_controls(inc, child) < 0) {
			return -1;
		}
	}
	return 0;
}

int form_include(struct form_reader *reader, const struct form_pieces *pieces)
{
	struct include inc = { reader, pieces };
	xml_node *root = xml_root(reader->form->definition), *model = xml_child(xml_child(root, "head"), "model");
	xml_node *instance = xml_first(xml_child(model, "instance")), *body = xml_child(root, "body");
	char *path = instance ? talloc_asprintf(NULL, "/%s", xml_name(instance)) : NULL;
	int result = 0;

	if (instance)
		result = include_fields(&inc, instance, model, path);
	if (result == 0 && body)
		result = include_controls(&inc, body);
	talloc_free(path);
	return result;
}
