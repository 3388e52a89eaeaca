#include "publish/redact_parts.h"

#include <string.h>
#include <talloc.h>
#include "base/text.h"
#include "form/prose.h"

struct builder {
	const struct form *form;
	const struct secrets *secrets;
	const struct marks *marks;
	const struct needles *needles;
	struct redaction *redaction;
	struct pending *pending; int pending_count;      /* marks of the block at hand */
	bool *settled;                                   /* of each mark: applied, or of a field that is not public */
};

static void begin_block(struct builder *b, const char *field, int block)
{
	b->pending_count = 0;
	for (int i = 0; i < b->marks->count; i++)
		if (b->marks->list[i].block == block && !strcmp(b->marks->list[i].field, field))
			b->pending[b->pending_count++] = (struct pending){ .mark = &b->marks->list[i] };
}

static void end_block(struct builder *b)
{
	for (int i = 0; i < b->pending_count; i++)
		b->settled[b->pending[i].mark - b->marks->list] |= b->pending[i].used;
}

static char *piece(struct builder *b, const char *field, int block, const xml_node *node, bool heading)
{
	struct piece p = { b->secrets, b->needles, b->redaction, field, block, heading };

	return redact_piece(b->redaction, &p, node, b->pending, b->pending_count);
}

/* A block of prose: text blocks by their words, lists and tables by what is in them. Notes are the authors' own and stay behind; ids and every
 * other attribute too, but for the numbering of a list. */
static void copy_block(struct builder *b, const char *field, int block, const xml_node *from, xml_node *into)
{
	const char *name = xml_name(from);

	if (text_in_list("p h quote item cell", name)) {
		char *text = piece(b, field, block, from, !strcmp(name, "h"));
		if (*text || !strcmp(name, "cell"))
			xml_add_text(into, name, text);
		talloc_free(text);
		return;
	}
	if (!text_in_list("list table row", name))
		return;
	xml_node *copy = xml_add(into, name);
	if (xml_get(from, "numbered"))
		xml_set(copy, "numbered", "yes");
	for (const xml_node *each = xml_first(from); each; each = xml_next(each))
		copy_block(b, field, block, each, copy);
	if (!xml_first(copy))
		xml_remove(copy);
}

/* Prose without blocks: each of its paragraphs as one. */
static struct xml_doc *paragraphs(void *ctx, const xml_node *node)
{
	struct xml_doc *doc = xml_new(ctx, "prose");
	char *text = prose_plain(ctx, node), *end;

	for (char *at = text; at && *at; at = end) {
		if ((end = strstr(at, "\n\n"))) {
			*end = 0;
			end += 2;
		}
		xml_add_text(xml_root(doc), "p", at);
	}
	return doc;
}

static void prose(struct builder *b, const char *field, const xml_node *node, xml_node *into)
{
	void *tmp = talloc_new(NULL);
	const xml_node *from = xml_first(node) ? node : xml_root(paragraphs(tmp, node));
	int block = 0;

	for (const xml_node *each = xml_first(from); each; each = xml_next(each), block++) {
		begin_block(b, field, block);
		copy_block(b, field, block, each, into);
		end_block(b);
	}
	talloc_free(tmp);
}

static char *choices(void *ctx, const struct field *field, const char *codes)
{
	char *text = talloc_strdup(ctx, ""), *code;

	while ((code = text_next_word(ctx, &codes))) {
		const struct option *option = form_option(field, code);
		if (option)
			text = talloc_asprintf_append(text, "%s%s", *text ? ", " : "", option->label);
	}
	return text;
}

/* Ids of the register become labels; any other id says more than a reader may know. */
static char *references(void *ctx, const struct secrets *secrets, const char *refs)
{
	char *text = talloc_strdup(ctx, ""), *id;

	while ((id = text_next_word(ctx, &refs)))
		for (int i = 0; i < secrets->count; i++) {
			const struct entry *entry = &secrets->list[i];
			if (!strcmp(entry->id, id) && !entry->informant && *entry->label && !strstr(text, entry->label))
				text = talloc_asprintf_append(text, "%s%s", *text ? ", " : "", entry->label);
		}
	return text;
}

static char *date_text(void *ctx, const char *value)
{
	struct error ignored;
	day d;

	return date_parse(value, &d, &ignored) ? talloc_strdup(ctx, "") : date_words(ctx, d);
}

static char *when_text(void *ctx, const xml_node *node)
{
	const char *written = xml_plain(xml_child(node, "written")), *precision = xml_plain(xml_child(node, "precision"));
	char *text = *written ? date_when_words(ctx, written, precision) : NULL;

	return text ? text : talloc_strdup(ctx, "");
}

static char *line(struct builder *b, const struct field *field, const char *name, const xml_node *node)
{
	char *text;

	switch (field->type) {
	case FIELD_STRING: case FIELD_TEXT:
		begin_block(b, name, 0);
		text = piece(b, name, 0, node, field->type == FIELD_STRING);
		end_block(b);
		return text;
	case FIELD_INT: case FIELD_TIME: return text_trim(b->redaction, xml_plain(node));
	case FIELD_DATE: return date_text(b->redaction, xml_plain(node));
	case FIELD_WHEN: return when_text(b->redaction, node);
	case FIELD_ONE: case FIELD_MANY: return choices(b->redaction, field, xml_plain(node));
	case FIELD_YES_NO: return talloc_strdup(b->redaction, !strcmp(xml_plain(node), "yes") ? "Yes" : !strcmp(xml_plain(node), "no") ? "No" : "");
	case FIELD_REF: case FIELD_REFS: return references(b->redaction, b->secrets, xml_plain(node));
	default: return talloc_strdup(b->redaction, "");        /* an NHS number is public for nobody */
	}
}

static void settle(struct builder *b, const char *name)
{
	for (int i = 0; i < b->marks->count; i++)
		if (!strcmp(b->marks->list[i].field, name))
			b->settled[i] = true;
}

/* Only a field of class public gets through; `name` is the public one, rows counted among those that are shown. */
static void surface(struct builder *b, const struct field *field, const xml_node *node, const char *name, xml_node *into)
{
	char *source = form_name_of(b->redaction, b->form, node), *text;

	if (field->class != CLASS_PUBLIC || field->as == AS_DROP) {
		settle(b, source);
		return;
	}
	xml_node *made = xml_add(into, "field");
	xml_set(made, "name", name);
	xml_set(made, "label", field->label);
	if (field->type == FIELD_PROSE) {
		prose(b, source, node, made);
	} else {
		text = line(b, field, source, node);
		if (*text)
			xml_append(made, text);
		talloc_free(text);
	}
	if (!xml_first_any(made))
		xml_remove(made);
}

static const struct step *step_for(const struct step *parent, const char *name)
{
	const struct step *step = parent->child;

	while (step && strcmp(step->name, name))
		step = step->next;
	return step;
}

static void walk(struct builder *b, const struct step *step, const xml_node *node, const char *prefix, xml_node *into)
{
	int shown = 0;
	const struct step *counted = NULL;

	for (const xml_node *each = xml_first(node); each; each = xml_next(each)) {
		const struct step *below = step_for(step, xml_name(each));
		if (!below)
			continue;                   /* the definition does not know it, so nothing lets it through */
		char *name = talloc_asprintf(b->redaction, "%s%s%s", prefix, *prefix ? "." : "", below->name);
		if (below->field) {
			surface(b, below->field, each, name, into);
		} else if (!below->repeat) {
			walk(b, below, each, name, into);
		} else {
			shown = below == counted ? shown : 0;
			counted = below;
			xml_node *row = xml_add(into, "row");
			name = talloc_asprintf_append(name, ".%d", shown + 1);
			xml_set(row, "name", name);
			walk(b, below, each, name, row);
			if (xml_first(row))
				shown++;
			else
				xml_remove(row);
		}
		talloc_free(name);
	}
}

static void collect_stale(struct builder *b)
{
	struct redaction *r = b->redaction;

	for (int i = 0; i < b->marks->count; i++) {
		if (b->settled[i])
			continue;
		r->stale = talloc_realloc(r, r->stale, struct mark *, r->stale_count + 1);
		r->stale[r->stale_count++] = &b->marks->list[i];
	}
}

int redact(void *ctx, const struct form *form, const struct xml_doc *doc, const struct secrets *secrets, const struct marks *marks,
	struct redaction **redaction_r, struct error *error)
{
	void *tmp = talloc_new(NULL);
	static const struct marks none;
	struct builder b = { .form = form, .secrets = secrets, .marks = marks ? marks : &none };
	xml_node *root = xml_root(doc);
	int result = -1;

	if (!root || strcmp(xml_name(root), form->root)) {
		error_set(error, ERROR_FAULT, "redact.form", "The document is not one of the form %s.", form->id);
		goto out;
	}
	b.redaction = talloc_zero(tmp, struct redaction);
	b.redaction->tree = xml_new(b.redaction, "publication");
	b.needles = needles_new(tmp, secrets);
	b.pending = talloc_array(tmp, struct pending, b.marks->count + 1);
	b.settled = talloc_zero_array(tmp, bool, b.marks->count + 1);
	xml_set(xml_root(b.redaction->tree), "form", form->id);
	xml_setf(xml_root(b.redaction->tree), "version", "%d", form->version);
	walk(&b, form->tree, root, "", xml_root(b.redaction->tree));
	collect_stale(&b);
	*redaction_r = talloc_steal(ctx, b.redaction);
	result = 0;
out:
	talloc_free(tmp);
	return result;
}
