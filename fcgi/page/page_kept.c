#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "page/pages.h"
#include "store/store_parked.h"

/* An ended session loses nothing: what is posted after it is kept, and given back to the same account in the same browser after signing in. */

static const char *cookie_name(void *ctx, const struct request *r)
{
	return talloc_asprintf(ctx, "%s-kept", request_cookie_name(r));
}

static const char *token_of(void *ctx, struct request *r)
{
	const char *token = request_cookie(r, cookie_name(ctx, r));

	return token != NULL && strlen(token) == SEAL_TOKEN - 1 ? token : NULL;
}

/* The address again, with what the pages of sections put behind it. */
static char *address_of(void *ctx, const struct request *r)
{
	static const char *const names[] = { "from", "row" };
	char *made = talloc_strdup(ctx, text_path(ctx, r->path));
	const char *before = "?";

	for (size_t i = 0; i < 2; i++) {
		const char *value = parts_get(r->query, names[i]);
		if (value == NULL || *value == '\0' || strspn(value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") != strlen(value))
			continue;
		made = talloc_asprintf_append(made, "%s%s=%s", before, names[i], value);
		before = "&";
	}
	return made;
}

/* Whose typing it is, when it may be kept at all: a form of ours, from a page that this account was served. */
static struct account *writer(void *ctx, struct request *r, struct error *error)
{
	struct account *account;

	if (r->method != METHOD_POST || r->from_program || r->wants_xml || r->autosave || !request_ours(r) || strcmp(r->type, "application/x-www-form-urlencoded") != 0)
		return NULL;
	if (!r->known && request_body(r, false, error) != 0)      /* of somebody known it has been read */
		return NULL;
	account = parked_page_of(ctx, r->house->store, parts_get(r->form, "csrf"), error);
	return account != NULL && (!r->known || account->id == r->actor.account) ? account : NULL;
}

static int answer_kept(void *ctx, struct request *r, struct answer *answer, const char *token)
{
	answer->headers = talloc_asprintf(ctx, "Set-Cookie: %s=%s; Path=/; HttpOnly; SameSite=Lax; Max-Age=%d%s\r\n", cookie_name(ctx, r), token, PARKED_MINUTES * 60,
		text_starts(r->house->config->base_url, "https:") ? "; Secure" : "");
	if (r->known) {
		model_redirect(answer, "/work/kept");
		return 0;
	}
	model_notice(page_sign_in_ask(ctx, r, answer, "/work/kept", ""), "important", "You have been signed out",
		"What you typed is kept for 2 hours. Sign in again, in this browser and with the same account, to see it and save it.");
	answer->status = 401;
	return 0;
}

/* 1 kept, 0 not of the kind that is kept. */
int kept_park(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	struct error ignored = {0};
	struct account *account = r->step_count < 3 ? NULL : writer(ctx, r, &ignored);
	struct case_row *c = account == NULL || !seal_is_id(r->steps[2]) ? NULL : case_get(ctx, r->house->store, r->steps[2], &ignored);
	const char *token;
	char fresh[SEAL_TOKEN];

	if (c == NULL)
		return 0;
	token = token_of(ctx, r);
	if (token == NULL) {
		seal_token(fresh);
		token = talloc_strdup(ctx, fresh);
	}
	if (parked_add(r->house->store, c, account, token, address_of(ctx, r), r->body, r->length, error) != 0)
		return -1;
	return answer_kept(ctx, r, answer, token) == 0 ? 1 : -1;
}

bool kept_any(void *ctx, struct request *r, int64_t account)
{
	struct error ignored = {0};
	struct parked *list;
	const char *token = token_of(ctx, r);

	return token != NULL && parked_list(ctx, r->house->store, account, token, &list, &ignored) > 0;
}

int kept_done(void *ctx, struct request *r, struct error *error)
{
	const char *pub = parts_get(r->form, "kept"), *token = token_of(ctx, r);

	return pub == NULL || token == NULL ? 0 : parked_remove(r->house->store, r->actor.account, token, pub, error);
}

/* --- what was typed, in words ------------------------------------------------------------------------------------------------- */

struct place { const struct form *form; const char *title; struct judge *judge; };

static const struct form *input_of(const struct flow *flow, const char *step, const char **title_r)
{
	for (int i = 0; i < flow->plugin->transition_count; i++) {
		const struct dossier_transition *t = &flow->plugin->transitions[i];
		const struct library_form *f = strcmp(t->name, step) == 0 && t->input != NULL ? library_form(flow->house->library, t->input, 0) : NULL;
		if (f == NULL)
			continue;
		*title_r = t->title;
		return f->form;
	}
	return NULL;
}

/* Of "/work/cases/C/documents/D/edit/S", "…/do/T": the form that was filled, as far as it can still be known. */
static struct place place_of(void *ctx, struct request *r, const char *path)
{
	struct place place = { NULL, "What you typed", NULL };
	struct error ignored = {0};
	char *copy = talloc_strndup(ctx, path, strcspn(path, "?")), *save = NULL, *steps[8] = {0};
	struct flow *flow;
	struct document *d;
	int n = 0;

	for (char *step = strtok_r(copy, "/", &save); step != NULL && n < 8; step = strtok_r(NULL, "/", &save))
		steps[n++] = step;
	flow = n < 5 ? NULL : flow_open(ctx, r->house, &r->actor, steps[2], &ignored);
	if (flow == NULL)
		return place;
	d = n >= 7 ? flow_document(flow, steps[4]) : NULL;
	if (strcmp(steps[n - 2], "do") == 0)
		place.form = input_of(flow, steps[n - 1], &place.title);
	else if (d != NULL && strcmp(steps[5], "edit") == 0 && (place.form = flow_form(flow, d)) != NULL) {
		const struct section *section = form_section(place.form, steps[6]);
		place.title = talloc_asprintf(ctx, "%s: %s", flow_title(ctx, flow, d), section == NULL ? steps[6] : section->label);
	}
	if (place.form != NULL)
		place.judge = flow_judge(ctx, flow, place.form, d);
	return place;
}

/* The field of "events.event.2.when.day", and the rest of the name: " (2), day". */
static const struct field *field_of(void *ctx, const struct form *form, const char *name, char **more_r)
{
	static const char *const pieces[] = { "", ".day", ".month", ".year", ".precision", ".unknown" };
	const struct field *field = NULL;
	char *numbers = talloc_strdup(ctx, "");
	const char *piece = "";

	for (size_t i = 0; form != NULL && i < 6 && field == NULL; i++)
		if (text_ends(name, pieces[i])) {
			field = form_field(form, talloc_strndup(ctx, name, strlen(name) - strlen(pieces[i])));
			piece = pieces[i];
		}
	for (const char *c = name; (c = strpbrk(c, "0123456789")) != NULL; c += strspn(c, "0123456789"))
		if (c > name && c[-1] == '.')
			numbers = talloc_asprintf_append(numbers, " (%.*s)", (int)strspn(c, "0123456789"), c);
	*more_r = talloc_asprintf(ctx, "%s%s%s", numbers, *piece == '\0' ? "" : ", ", *piece == '\0' ? "" : strcmp(piece, ".unknown") == 0 ? "not known" : piece + 1);
	return field;
}

static bool is_date_part(const char *name) { return text_ends(name, ".day") || text_ends(name, ".month") || text_ends(name, ".year"); }

/* The parts of one date in one line, as they were typed; NULL when an earlier part has shown it. */
static char *date_parts(void *ctx, const struct parts *parts, int at)
{
	static const char *const pieces[] = { ".day", ".month", ".year" };
	const char *name = parts->list[at].name;
	int bare = (int)(strrchr(name, '.') - name);
	char *typed = talloc_strdup(ctx, "");

	for (size_t i = 0; i < 3; i++) {
		const char *one = talloc_asprintf(ctx, "%.*s%s", bare, name, pieces[i]), *value = parts_get(parts, one);
		if (value == NULL || *value == '\0')
			continue;
		if (*typed == '\0' && strcmp(one, name) != 0)
			return NULL;
		typed = talloc_asprintf_append(typed, "%s%s", *typed == '\0' ? "" : " ", value);
	}
	return typed;
}

static void show_answer(void *ctx, xml_node *item, const struct place *place, const struct parts *parts, int at)
{
	const struct part *part = &parts->list[at];
	struct error ignored = {0};
	const struct field *field;
	const char *shown = part->value;
	char *more, *words;
	xml_node *a;

	if (text_in_list("csrf rev once do row kept in", part->name) || *part->value == '\0' || text_starts(part->name, "name.") || text_starts(part->name, "pick."))
		return;
	field = field_of(ctx, place->form, part->name, &more);
	if (field != NULL && is_date_part(part->name)) {
		shown = date_parts(ctx, parts, at);
		if (shown == NULL)
			return;
		more = talloc_strndup(ctx, more, strcspn(more, ","));
	} else if (field != NULL && (field->type == FIELD_ONE || field->type == FIELD_MANY || field->type == FIELD_YES_NO || field->type == FIELD_REF || field->type == FIELD_REFS))
		if (judge_words(ctx, place->judge, field, part->value, &words, &ignored) == 0)
			shown = words;
	a = xml_add_text(item, "answer", shown);
	xml_set(a, "name", part->name);
	xml_set(a, "label", field == NULL ? part->name : talloc_asprintf(ctx, "%s%s", field->label, more));
}

static int show_item(void *ctx, struct request *r, xml_node *kept, const struct parked *p, struct error *error)
{
	struct parts *parts = multipart_urlencoded(ctx, p->body, p->length, (int)r->house->config->max_fields, error);
	struct place place = place_of(ctx, r, p->path);
	xml_node *item;

	if (parts == NULL)
		return -1;
	item = xml_add(kept, "item");
	xml_set(item, "id", p->pub);
	xml_set(item, "title", place.title);
	xml_set(item, "words", date_words_instant(ctx, p->at + date_clock_offset()));      /* it was kept by the real clock */
	xml_set(item, "action", p->path);
	for (int i = 0; i < parts->count; i++) {
		xml_node *hidden;
		if (strcmp(parts->list[i].name, "csrf") == 0 || strcmp(parts->list[i].name, "kept") == 0)
			continue;
		hidden = xml_add_text(item, "hidden", parts->list[i].value);
		xml_set(hidden, "name", parts->list[i].name);
	}
	for (int i = 0; i < parts->count; i++)
		show_answer(ctx, item, &place, parts, i);
	return 0;
}

int page_kept(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	const char *token = token_of(ctx, r);
	struct parked *list = NULL;
	int n = token == NULL ? 0 : parked_list(ctx, r->house->store, r->actor.account, token, &list, error);
	xml_node *page, *kept;

	if (n < 0)
		return -1;
	page = model_page(ctx, r, answer, "kept", "What you typed before you were signed out");
	model_trail(page, "/work", "Cases");
	kept = xml_add(page, "kept");
	xml_setf(kept, "count", "%d", n);
	for (int i = 0; i < n; i++)
		if (show_item(ctx, r, kept, &list[i], error) != 0)
			return -1;
	return 0;
}

/* Not wanted after all. */
int page_kept_post(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	if (kept_done(ctx, r, error) != 0)
		return -1;
	model_redirect(answer, kept_any(ctx, r, r->actor.account) ? "/work/kept" : "/work");
	return 0;
}
