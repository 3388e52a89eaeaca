#include "publish/redact.h"

#include <stdlib.h>
#include <string.h>
#include <talloc.h>
#include "base/text.h"

static const char *const kinds[] = { "party", "place", "organisation", "staff", "number" };
/* The meanings of fields that hold a form of an entry (docs/forms.md). Everything of these identifies, born and died as well. */
static const char *const forms[] = { "name", "alias", "number", "address", "postcode", "born", "died", "value" };

static char *text_of(void *ctx, const xml_node *node)
{
	char *text = xml_text(ctx, node);

	return text_trim(ctx, text);
}

static char *meaning(void *ctx, const struct form *form, const xml_node *row, const char *kind, const char *last)
{
	return text_of(ctx, form_meaning(form, row, talloc_asprintf(ctx, "%s.%s", kind, last)));
}

static struct entry *entry_add(struct secrets *secrets, const char *id, const char *kind, const char *label)
{
	struct entry *entry;

	secrets->list = talloc_realloc(secrets, secrets->list, struct entry, secrets->count + 1);
	entry = &secrets->list[secrets->count++];
	*entry = (struct entry){ .id = talloc_strdup(secrets, id), .kind = talloc_strdup(secrets, kind), .label = talloc_strdup(secrets, label) };
	return entry;
}

static void form_add(struct secrets *secrets, struct entry *entry, const char *text, const char *kind, bool ordinary)
{
	if (!*text)
		return;
	for (int i = 0; i < entry->count; i++)
		if (!strcmp(entry->forms[i].text, text) && !strcmp(entry->forms[i].kind, kind)) {
			entry->forms[i].ordinary |= ordinary;
			return;
		}
	entry->forms = talloc_realloc(secrets, entry->forms, struct entry_form, entry->count + 1);
	entry->forms[entry->count++] = (struct entry_form){ talloc_strdup(secrets, text), talloc_strdup(secrets, kind), ordinary };
}

/* The answer "also an ordinary word" stands beside the form it is about, in the same row or group. */
static bool is_ordinary(void *ctx, const struct form *form, const xml_node *node, const char *kind)
{
	const xml_node *parent = xml_parent(node), *answer = form_meaning(form, parent, talloc_asprintf(ctx, "%s.ordinary", kind));

	return answer && xml_parent(answer) == parent && !strcmp(xml_plain(answer), "yes");
}

static char *row_id(void *ctx, const struct form *form, const xml_node *row, const char *kind)
{
	char *id = meaning(ctx, form, row, kind, "id");

	if (!*id && xml_get(row, "id"))
		id = talloc_strdup(ctx, xml_get(row, "id"));
	return *id ? id : text_of(ctx, xml_child(row, "id"));
}

static void read_row(struct secrets *secrets, const struct form *form, const xml_node *row, const char *kind)
{
	void *tmp = talloc_new(NULL);
	struct entry *entry = entry_add(secrets, row_id(tmp, form, row, kind), kind, meaning(tmp, form, row, kind, "label"));

	entry->informant = !strcmp(meaning(tmp, form, row, kind, "informant"), "yes");
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		xml_node **nodes;
		int n = form_meanings(tmp, form, row, talloc_asprintf(tmp, "%s.%s", kind, forms[i]), &nodes);
		for (int k = 0; k < n; k++)
			form_add(secrets, entry, text_of(tmp, nodes[k]), forms[i], is_ordinary(tmp, form, nodes[k], kind));
	}
	talloc_free(tmp);
}

struct secrets *secrets_read(void *ctx, const struct form *form, const struct xml_doc *reg, struct error *error)
{
	struct secrets *secrets = talloc_zero(ctx, struct secrets);

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		xml_node **rows;
		int n = form_rows(secrets, form, reg, kinds[i], &rows);
		for (int k = 0; k < n; k++)
			read_row(secrets, form, rows[k], kinds[i]);
	}
	for (int i = 0; i < secrets->count; i++)
		if (!*secrets->list[i].id) {
			error_set(error, ERROR_INVALID, "register.id", "An entry of the register has no number. Give each entry its number.");
			talloc_free(secrets);
			return NULL;
		}
	return secrets;
}

void secrets_add(struct secrets *secrets, const char *id, const char *kind, const char *label, const char *form, const char *form_kind)
{
	struct entry *entry = NULL;

	for (int i = 0; i < secrets->count; i++)
		if (!strcmp(secrets->list[i].id, id) && !strcmp(secrets->list[i].kind, kind))
			entry = &secrets->list[i];
	if (!entry)
		entry = entry_add(secrets, id, kind, label);
	form_add(secrets, entry, form, form_kind, false);
}

void secrets_join(struct secrets *to, const struct secrets *from, const char *prefix)
{
	to->list = talloc_realloc(to, to->list, struct entry, to->count + from->count + 1);
	for (int i = 0; i < from->count; i++) {
		struct entry *e = &to->list[to->count++];
		*e = from->list[i];
		e->id = talloc_asprintf(to, "%s %s", prefix, e->id);
	}
}

static char *child(void *ctx, const xml_node *row, const char *name)
{
	return text_of(ctx, xml_child(row, name));
}

static int read_mark(struct marks *marks, const xml_node *row, struct error *error)
{
	struct mark mark = { .id = xml_get(row, "id") == NULL ? NULL : talloc_strdup(marks, xml_get(row, "id")), .field = child(marks, row, "field"), .text = xml_text(marks, xml_child(row, "text")), .action = child(marks, row, "action"),
		.with = child(marks, row, "with"), .reason = child(marks, row, "reason") };
	const char *block = child(marks, row, "block"), *occurrence = child(marks, row, "occurrence");

	mark.block = atoi(block);
	mark.occurrence = *occurrence ? atoi(occurrence) : 1;
	if (!text_in_list("drop replace generalise", mark.action))
		return error_set(error, ERROR_INVALID, "mark.action", "A mark's action is drop, replace or generalise.");
	if (!*mark.field || !*mark.text)
		return error_set(error, ERROR_INVALID, "mark.text", "A mark names a field and the words in it.");
	marks->list = talloc_realloc(marks, marks->list, struct mark, marks->count + 1);
	marks->list[marks->count++] = mark;
	return 0;
}

struct marks *marks_read(void *ctx, const struct xml_doc *doc, struct error *error)
{
	struct marks *marks = talloc_zero(ctx, struct marks);
	const xml_node *row = doc ? xml_first(xml_child(xml_root(doc), "marks")) : NULL;

	for (; row; row = xml_next(row))
		if (!strcmp(xml_name(row), "mark") && read_mark(marks, row, error)) {
			talloc_free(marks);
			return NULL;
		}
	return marks;
}
