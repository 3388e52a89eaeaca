#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "page/page_publication_inner.h"
#include "page/pages.h"

struct publishing *place_publishing;

int publication_start(void *ctx, struct house *house, struct error *error)
{
	if (publishing_start(ctx, house->config, &place_publishing, error) != 0)
		return -1;
	house->common_words = words_common(ctx, place_publishing->common, &house->common_count);
	return 0;
}

const char *publication_state_words(const char *state)
{
	static const struct { const char *state, *words; } table[] = { { "draft", "Being redacted" }, { "candidate", "Waiting for clearance" }, { "cleared", "Cleared, waiting for approval" },
		{ "approved", "Approved, waiting for release" }, { "released", "Published" }, { "withdrawn", "Withdrawn" } };

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		if (strcmp(table[i].state, state) == 0)
			return table[i].words;
	return state;
}

int place_find(void *ctx, struct request *r, struct place *l, struct error *error)
{
	*l = (struct place){ .flow = flow_open(ctx, r->house, &r->actor, r->steps[2], error) };
	if (l->flow == NULL)
		return -1;
	l->p = seal_is_id(r->steps[4]) ? publication_get(ctx, r->house->store, r->steps[4], error) : NULL;
	if (l->p == NULL || l->p->case_id != l->flow->c->id ||
	    (!flow_may(l->flow, "read", "publication", NULL).yes && !flow_may(l->flow, "approve", "publication", NULL).yes && !flow_may(l->flow, "withdraw", "publication", NULL).yes))
		return error_set(error, ERROR_MISSING, "publication.missing", "There is no such publication in this case, or it is not for you.");
	l->row = plugin_publication(l->flow->plugin, l->p->type);
	if (l->row == NULL)
		return error_set(error, ERROR_FAULT, "publication.row", "The plugin no longer knows this kind of publication.");
	l->base = model_case_href(ctx, l->flow, talloc_asprintf(ctx, "/publications/%s", l->p->pub));
	l->latest = candidate_latest(ctx, r->house->store, l->p, error);
	if (l->latest == NULL && error->kind != ERROR_MISSING)
		return -1;
	memset(error, 0, sizeof *error);
	l->approval_count = l->latest == NULL ? 0 : approval_list(ctx, r->house->store, l->p, l->latest, &l->approvals, error);
	return l->approval_count < 0 ? -1 : 0;
}

static bool approved_by_role(const struct place *l, const char *role)
{
	for (int i = 0; i < l->approval_count; i++)
		if (strcmp(l->approvals[i].role, role) == 0)
			return true;
	return false;
}

/* The approver whose turn it is; NULL when all have approved. */
const char *place_next_approver(void *ctx, const struct place *l)
{
	const char *cursor = l->row->approvers;
	char *role;

	while ((role = text_next_word(ctx, &cursor)) != NULL)
		if (!approved_by_role(l, role))
			return role;
	return NULL;
}

/* The candidate's, whose bytes are approved; of a page that was withdrawn, which is made anew, no day that is past. */
day place_day(const struct place *l)
{
	day today = date_day_of(date_now());

	if (l->latest == NULL || (strcmp(l->p->state, "withdrawn") == 0 && l->latest->published < today))
		return today;
	return l->latest->published;
}

const struct dossier_transition *place_test(const struct place *l)
{
	return l->row->tested == NULL ? NULL : plugin_transition(l->flow->plugin, l->row->doctype, l->row->tested);
}

int place_tested(void *ctx, const struct place *l, char **say_r, struct error *error)
{
	const struct dossier_transition *t = place_test(l);
	int done = t == NULL || l->latest == NULL ? 1 : candidate_followed(l->flow->house->store, l->p, l->latest, t->name, error);

	if (done == 0)
		*say_r = talloc_asprintf(ctx, "%s: nobody has done this for exactly this page yet. It is a step of the document “%s”, for: %s. When the page is made again it is done again.",
			t->title, plugin_doctype(l->flow->plugin, l->row->doctype)->title, plugin_role_titles(ctx, l->flow->plugin, t->roles));
	return done;
}

int place_make(void *ctx, const struct place *l, struct making **m, struct error *error)
{
	char slug[SEAL_ID];

	seal_id(slug);
	return candidate_make(ctx, l->flow, place_publishing, l->p, l->latest == NULL ? slug : l->latest->slug, place_day(l), m, error);
}

int page_publication(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	struct place l;

	if (place_find(ctx, r, &l, error) != 0)
		return -1;
	return place_show(ctx, r, answer, &l, NULL, error);
}

/* Exactly the bytes that would be published. */
int page_preview(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	struct place l;

	if (place_find(ctx, r, &l, error) != 0)
		return -1;
	if (l.latest == NULL)
		return error_set(error, ERROR_MISSING, "publication.no-candidate", "There is no candidate yet.");
	answer->type = "text/html; charset=utf-8";
	answer->bytes = l.latest->bytes;
	answer->length = l.latest->length;
	return 0;
}

static void say(xml_node *confirm, const char *key, const char *value)
{
	xml_node *fact = xml_add(confirm, "fact");

	xml_set(fact, "key", key);
	xml_set(fact, "value", value);
}

static char *approvers(void *ctx, const struct place *l)
{
	char *names = talloc_strdup(ctx, "");

	for (int i = 0; i < l->approval_count; i++)
		names = talloc_asprintf_append(names, "%s%s", i > 0 ? ", " : "", l->approvals[i].name);
	return names;
}

/* What will be public, where, from when, and how it is taken back: nothing is published by one press on a page full of other things. */
static void confirm_facts(void *ctx, const struct place *l, xml_node *confirm)
{
	const struct config *config = l->flow->house->config;
	bool early = l->latest->published > date_day_of(date_now());
	const char *held = place_held(ctx, l);

	say(confirm, "What", l->latest->title);
	say(confirm, "Where", talloc_asprintf(ctx, "%s/%s/%s", config->base_url, l->row->folder, l->latest->slug));
	say(confirm, "Also", "In the list of publications and in the feeds, by its title and day");
	say(confirm, "From when", held != NULL ? talloc_asprintf(ctx, "Not now: %s", held) : early ? talloc_asprintf(ctx, "Not before %s, the day that is printed in it: until then it cannot be published", date_words(ctx, l->latest->published)) :
		"At once: within a second of your press everybody can read it, without signing in");
	say(confirm, "Day printed in it", date_words(ctx, l->latest->published));
	say(confirm, "Approved by", approvers(ctx, l));
	say(confirm, "How to take it back", talloc_asprintf(ctx, "Withdraw it on the page of the publication (%s, or a duty officer). Whoever has read or copied it by then keeps it", plugin_role_titles(ctx, l->flow->plugin, l->row->withdrawer)));
}

int page_publication_confirm(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	struct place l;
	xml_node *page, *confirm, *hidden;

	if (place_find(ctx, r, &l, error) != 0)
		return -1;
	if (!text_in_list(l.flow->roles, l.row->publisher))
		return error_set(error, ERROR_DENIED, "publication.role", "This is for: %s.", plugin_role_titles(ctx, l.flow->plugin, l.row->publisher));
	if (l.latest == NULL || strcmp(l.p->state, "approved") != 0)
		return error_set(error, ERROR_CONFLICT, "publication.unapproved", "This page is not approved by everybody who must approve it.");
	page = model_page(ctx, r, answer, "confirm", "Publish this page?");
	model_trail(page, "/work", "Cases");
	model_trail(page, model_case_href(ctx, l.flow, ""), l.flow->c->reference);
	model_trail(page, l.base, l.row->title);
	model_case(page, l.flow);
	confirm = xml_add(page, "confirm");
	xml_set(confirm, "title", "Publish this page?");
	xml_set(confirm, "text", "Read it once more as the public will. This is recorded with your name and the time.");
	xml_set(confirm, "action", l.base);
	xml_set(confirm, "button", "Publish this page");
	xml_set(confirm, "cancel", l.base);
	xml_setf(confirm, "preview-href", "%s/preview", l.base);
	confirm_facts(ctx, &l, confirm);
	hidden = xml_add(confirm, "hidden");
	xml_set(hidden, "name", "do");
	xml_set(hidden, "value", "release");
	return 0;
}

int page_publication_new(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	const char *type = parts_get(r->query, "type");
	struct flow *flow = flow_open(ctx, r->house, &r->actor, r->steps[2], error);
	const struct dossier_publication *row;
	struct publication *standing, made;
	struct document *d;
	int rc;

	if (flow == NULL)
		return -1;
	d = flow_document(flow, r->steps[4]);
	row = type == NULL ? NULL : plugin_publication(flow->plugin, type);
	if (d == NULL || row == NULL || strcmp(row->doctype, d->type) != 0 || !text_in_list(flow->roles, row->redactor))
		return error_set(error, ERROR_DENIED, "publication.role", "Only the redactor of this case begins a publication, and only of the document it is made from.");
	if (!text_in_list(row->state, d->state))
		return error_set(error, ERROR_CONFLICT, "publication.state", "The document is not ready to be redacted: its checks must be recorded first.");
	standing = publication_of(ctx, r->house->store, d->id, row->name, error);
	if (standing == NULL) {
		if (store_begin(r->house->store, error) != 0)
			return -1;
		rc = publication_add(r->house->store, &r->actor, d, row->name, row->folder, &made, error);
		rc = rc == 0 ? store_commit(r->house->store, error) : rc;
		if (rc != 0) {
			store_rollback(r->house->store);
			return -1;
		}
		standing = &made;
	}
	model_redirect(answer, model_case_href(ctx, flow, talloc_asprintf(ctx, "/publications/%s", standing->pub)));
	return 0;
}
