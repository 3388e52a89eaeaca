#include "publish/candidate.h"

#include <string.h>
#include <talloc.h>

#include "adapter/html.h"
#include "base/text.h"

/* Numbers of rows ("PP-01") and what acts have as identifiers (a notification's reference) name the case as surely as a person does. */
static void add_references(struct flow *flow, struct secrets *secrets)
{
	secrets_add(secrets, "case", "number", "", flow->c->reference, "number");
	for (int i = 0; i < flow->document_count; i++) {
		const struct form *form = flow_form(flow, &flow->documents[i]);
		const struct xml_doc *doc = form == NULL || flow->documents[i].latest == 0 ? NULL : hook_latest(flow->hook, &flow->documents[i]);
		xml_node **rows;
		int n = doc == NULL ? 0 : form_rows(secrets, form, doc, "event", &rows);
		for (int k = 0; k < n; k++) {
			const xml_node *id = form_meaning(form, rows[k], "event.id");
			if (id != NULL && *xml_plain(id) != '\0')
				secrets_add(secrets, talloc_asprintf(secrets, "event %s", xml_plain(id)), "number", "", xml_plain(id), "number");
		}
	}
}

struct naming { struct secrets *secrets; const char *document; };

static void add_name(struct naming *n, const char *name, const char *kind)
{
	char *id = talloc_asprintf(n->secrets, "%s %d", n->document, n->secrets->count);
	bool says = false;

	for (const char *c = name; !says && *c != '\0'; c++)
		says = strcmp(kind, "alias") != 0 ? (*c >= '0' && *c <= '9') : text_characters(name) > 3;
	if (says)
		secrets_add(n->secrets, id, "party", "", name, kind);
}

/* "Pops; P.A-P.": each part is a form. Numbers of the register ("P2 P3") are no names. */
static void add_names(struct naming *n, const char *text)
{
	char *copy = talloc_strdup(n->secrets, text), *save = NULL;

	for (char *part = strtok_r(copy, ";", &save); part != NULL; part = strtok_r(NULL, ";", &save))
		if (strpbrk(part, "0123456789") == NULL)
			add_name(n, text_trim(n->secrets, part), "alias");
}

/* What other documents of the case hold as identifiers: people may have forgotten to take it over into the register. Names, days and addresses; the
 * rest is free text, which the residue reads. */
static int add_identifier(void *data, const struct field *field, xml_node *node, const char *name)
{
	struct naming *n = data;
	const char *text = xml_plain(node);
	struct error ignored;
	day d;

	(void)name;
	if (field->class != CLASS_IDENTIFIER)
		return 0;
	if (field->type == FIELD_WHEN)
		text = xml_plain(xml_child(node, "written"));
	if ((field->type == FIELD_DATE || field->type == FIELD_WHEN) && date_parse(text, &d, &ignored) == 0)
		add_name(n, text, "born");
	else if (field->type == FIELD_STRING && field->as == AS_AREA)
		add_name(n, text, "address");
	else if (field->type == FIELD_STRING && (field->as == AS_PSEUDONYM || field->as == AS_ROLE))
		add_names(n, text);
	return 0;
}

static void add_identifiers(struct flow *flow, const struct document *reg, struct secrets *secrets)
{
	for (int i = 0; i < flow->document_count; i++) {
		const struct document *d = &flow->documents[i];
		const struct form *form = flow_form(flow, d);
		const struct xml_doc *doc = form == NULL || d->latest == 0 || d->id == reg->id || strncmp(d->type, "marks-", 6) == 0 ? NULL : hook_latest(flow->hook, d);
		if (doc != NULL)
			form_each(form, doc, add_identifier, &(struct naming){ secrets, d->type });
	}
}

static void add_act_references(struct flow *flow, struct secrets *secrets)
{
	for (int i = 0; i < flow->act_count; i++) {
		const struct act *a = &flow->acts[i];
		struct error ignored;
		char *input = act_input(secrets, flow->house->store, flow->c->id, a->id, &ignored);
		struct xml_doc *doc = input == NULL || *input == '\0' ? NULL : xml_read_own(secrets, input, strlen(input), "act", &ignored);
		const struct library_form *f = doc == NULL || xml_get(xml_root(doc), "id") == NULL ? NULL : library_form(flow->house->library, xml_get(xml_root(doc), "id"), 0);
		for (int k = 0; f != NULL && k < f->form->field_count; k++) {
			const struct field *field = &f->form->fields[k];
			xml_node *node = field->class == CLASS_IDENTIFIER && field->repeat == NULL && field->type == FIELD_STRING ? form_locate(f->form, doc, field->pattern) : NULL;
			if (node != NULL && *xml_plain(node) != '\0' && (field->as == AS_DROP || strpbrk(xml_plain(node), "0123456789") != NULL))
				secrets_add(secrets, talloc_asprintf(secrets, "act %s", a->name), "number", "", xml_plain(node), "number");
		}
	}
}

/* --- the gate's own register ----------------------------------------------------------------------------------------------------- */

static enum gate_form_kind gate_kind(const struct entry *e, const struct entry_form *f)
{
	if (strcmp(f->kind, "born") == 0 || strcmp(f->kind, "died") == 0)
		return GATE_DATE;
	if (strcmp(f->kind, "address") == 0 || strcmp(f->kind, "postcode") == 0)
		return GATE_ADDRESS;
	if (strcmp(f->kind, "number") == 0 || strcmp(f->kind, "value") == 0)
		return GATE_NUMBER;
	return strcmp(e->kind, "place") == 0 || strcmp(e->kind, "organisation") == 0 ? GATE_PLACE : GATE_NAME;
}

struct gate_entry *candidate_entries(void *ctx, const struct secrets *s)
{
	struct gate_entry *list = talloc_zero_array(ctx, struct gate_entry, s->count + 1);

	for (int i = 0; i < s->count; i++) {
		const struct entry *e = &s->list[i];
		struct gate_form *forms = talloc_zero_array(list, struct gate_form, e->count + 1);
		for (int k = 0; k < e->count; k++)
			forms[k] = (struct gate_form){ e->forms[k].text, gate_kind(e, &e->forms[k]), e->forms[k].ordinary };
		list[i] = (struct gate_entry){ e->id, forms, e->count };
	}
	return list;
}

static struct secrets *of_case(void *ctx, struct flow *flow, struct error *error)
{
	const struct form *form;
	const struct document *reg = flow_register(flow, &form);
	struct secrets *secrets;

	if (reg == NULL) {
		error_set(error, ERROR_CONFLICT, "publication.register", "Submit the register of people and places first: nothing is published without it.");
		return NULL;
	}
	secrets = secrets_read(ctx, form, hook_latest(flow->hook, (struct document *)(uintptr_t)reg), error);
	if (secrets == NULL)
		return NULL;
	add_references(flow, secrets);
	add_identifiers(flow, reg, secrets);
	add_act_references(flow, secrets);
	return secrets;
}

/* --- several cases --------------------------------------------------------------------------------------------------------------- */

/* References of the cases that pages of this one draw on, as each step named them last. */
static char *drawn_on(void *ctx, struct flow *flow)
{
	char *all = talloc_strdup(ctx, "");

	for (int k = 0; k < flow->plugin->publication_count; k++)
		for (int i = flow->act_count - 1; flow->plugin->publications[k].draws_on != NULL && i >= 0; i--) {
			struct error ignored;
			const char *input;
			struct xml_doc *doc;
			if (strcmp(flow->acts[i].name, flow->plugin->publications[k].draws_on) != 0)
				continue;
			input = act_input(all, flow->house->store, flow->c->id, flow->acts[i].id, &ignored);
			doc = input == NULL || *input == '\0' ? NULL : xml_read_own(all, input, strlen(input), "act", &ignored);
			all = talloc_asprintf_append(all, " %s", doc == NULL ? "" : xml_find_text(ctx, xml_root(doc), "//cases"));
			break;
		}
	for (char *c = all; *c != '\0'; c++)
		*c = *c == ',' || *c == ';' ? ' ' : *c;
	return all;
}

/* What names another case is no more to be published than what names this one. What was destroyed can name nobody any more. */
static int join_case(void *ctx, struct flow *flow, const char *reference, struct secrets *secrets, struct error *error)
{
	struct case_row *c = case_by_reference(ctx, flow->house->store, reference, error);
	struct flow *other;
	struct secrets *more;

	if (c == NULL)
		return error->kind != ERROR_MISSING ? -1 : error_set(error, ERROR_CONFLICT, "publication.case", "The page is said to draw on the case %s, which is not there. Whoever named it corrects that.", reference);
	if (c->id == flow->c->id)
		return 0;
	other = flow_of(ctx, flow->house, &actor_system, c->id, error);
	if (other == NULL && error->kind == ERROR_GONE) {
		*error = (struct error){0};
		return 0;
	}
	more = other == NULL ? NULL : of_case(ctx, other, error);
	if (more == NULL)
		return -1;
	secrets_join(secrets, more, reference);
	return 0;
}

struct secrets *candidate_secrets(void *ctx, struct flow *flow, bool all, struct error *error)
{
	struct secrets *secrets = of_case(ctx, flow, error);
	const char *cursor = secrets == NULL ? NULL : drawn_on(ctx, flow);
	char *reference;

	while (cursor != NULL && (reference = text_next_word(ctx, &cursor)) != NULL) {
		struct error own = {0};
		if (join_case(ctx, flow, reference, secrets, &own) == 0 || !all)
			continue;
		*error = own;
		return NULL;
	}
	return secrets;
}

/* --- words that one person alone puts before the public -------------------------------------------------------------------------- */

static char *as_page(void *ctx, const char *text, size_t *length_r, struct error *error)
{
	struct xml_doc *page = xml_new(ctx, "html");

	xml_add_text(xml_add(xml_root(page), "body"), "p", text);
	return html_write(ctx, page, length_r, error);
}

int candidate_words(void *ctx, struct flow *flow, const struct publishing *with, const struct publication *p, const char *text, struct error *error)
{
	const struct dossier_publication *row = plugin_publication(flow->plugin, p->type);
	const struct secrets *secrets = candidate_secrets(ctx, flow, true, error);
	struct gate_page page = { .address = "/" };
	struct gate_report *gate;
	struct residue_item *residue;
	int n;

	page.bytes = as_page(ctx, text, &page.length, error);
	if (secrets == NULL || page.bytes == NULL || gate_check(ctx, candidate_entries(ctx, secrets), secrets->count, NULL, 0, &page, &gate, error) != 0)
		return -1;
	n = residue_find(ctx, with->common, with->glossary, row == NULL ? "" : row->watch, text, NULL, 0, &residue, error);
	if (n < 0)
		return -1;
	if (n == 0 && !gate->refused && gate->count == 0)
		return 0;
	/* One sentence for both: whether a word stands in the register is nothing to learn here. */
	return error_set(error, ERROR_INVALID, "publication.words", "The public will read this, and it holds a name, number, date or word that may say who it is about. "
		"The page is still public. Leave this empty to withdraw it at once, or say nothing about the case.");
}
