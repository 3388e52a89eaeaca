#include "case/workflow_inner.h"

#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "case/clocks.h"
#include "case/quorum.h"
#include "form/fill.h"
#include "store/store_draft.h"

/* The day the person says it was done: the first date of the input whose meaning is "day"; else today. */
static day said_day(const struct flow *flow, const struct dossier_transition *t, const struct xml_doc *input)
{
	const struct library_form *f = t->input == NULL || input == NULL ? NULL : library_form(flow->house->library, t->input, 0);
	struct error ignored;
	day d;

	for (int i = 0; f != NULL && i < f->form->field_count; i++) {
		const struct field *field = &f->form->fields[i];
		if (field_is(field, "day") && date_parse(xml_plain(form_locate(f->form, input, field->pattern)), &d, &ignored) == 0)
			return d;
	}
	return date_day_of(date_now());
}

/* Signed is the version that stands: of the document whose step it is, or of the case's one document of that type. */
static int sign(struct flow *flow, const struct dossier_transition *t, struct act *act, struct error *error)
{
	for (int i = 0; t->signs != NULL && i < flow->document_count; i++) {
		const struct document *d = &flow->documents[i];
		if (strcmp(d->type, t->signs) != 0 || d->latest == 0 || (act->document_id != 0 && act->document_id != d->id))
			continue;
		act->version = d->latest;
		act->has_hash = true;
		return version_hash(flow->house->store, d, d->latest, act->hash, error);
	}
	if (t->signs != NULL)
		return error_set(error, ERROR_CONFLICT, "act.nothing-to-sign", "There is no submitted version to sign yet.");
	return 0;
}

static int record(struct flow *flow, const struct dossier_transition *t, const struct document *document, const char *role, const char *to,
	const struct xml_doc *input, const char *reasons, struct error *error)
{
	void *tmp = talloc_new(NULL);
	size_t length;
	struct act act = { .document_id = document == NULL ? 0 : document->id, .name = (char *)(uintptr_t)t->name,
		.from = (char *)(uintptr_t)workflow_state_of(flow, document), .to = (char *)(uintptr_t)to, .role = (char *)(uintptr_t)role,
		.agency = (char *)(uintptr_t)flow->actor->agency, .round = flow->c->round, .at = date_now(), .day = said_day(flow, t, input),
		.actor = flow->actor->account, .version = document == NULL ? 0 : document->latest,
		.reasons = (char *)(uintptr_t)reasons };
	int rc;

	act.input = input == NULL ? talloc_strdup(tmp, "") : xml_write(tmp, xml_root(input), &length);
	rc = sign(flow, t, &act, error);
	if (rc == 0)
		rc = act_add(flow->house->store, flow->actor, flow->c->id, &act, error);
	talloc_free(tmp);
	return rc;
}

/* A reminder of the system, which moves nothing, is in nobody's way. */
static bool moved(const struct act *acts, int known, int count)
{
	for (int i = known; i < count; i++)
		if (acts[i].actor != 0 || strcmp(acts[i].from, acts[i].to) != 0)
			return true;
	return false;
}

/* Everything that was read before the transaction is compared with what stands now. */
static int unchanged(struct flow *flow, const struct document *document, struct error *error)
{
	void *tmp = talloc_new(NULL);
	struct case_row *now = case_by_id(tmp, flow->house->store, flow->c->id, error);
	struct act *acts = NULL;
	int rc = now == NULL ? -1 : 0, n = rc == 0 ? act_list_more(tmp, flow->house->store, flow->c->id, &acts, flow->act_count, error) : -1;

	if (n < 0)
		rc = -1;
	else if (strcmp(now->state, flow->c->state) != 0 || now->round != flow->c->round || moved(acts, flow->act_count, n))
		rc = error_set(error, ERROR_CONFLICT, "act.moved", "Somebody else has moved this case on in the meantime. Look at the page again before you go on.");
	if (rc == 0 && document != NULL) {
		struct document *d = document_by_id(tmp, flow->house->store, document->id, error);
		if (d == NULL)
			rc = -1;
		else if (strcmp(d->state, document->state) != 0 || d->latest != document->latest)
			rc = error_set(error, ERROR_CONFLICT, "act.moved", "Somebody else has changed this document in the meantime. Look at the page again before you go on.");
	}
	talloc_free(tmp);
	return rc;
}

static int reread(struct flow *flow, struct error *error)
{
	struct store *s = flow->house->store;

	flow->act_count = act_list_more(flow, s, flow->c->id, &flow->acts, flow->act_count, error);
	flow->document_count = flow->act_count < 0 ? -1 : document_list(flow, s, flow->c->id, &flow->documents, error);
	flow->clock_count = flow->document_count < 0 ? -1 : clock_list(flow, s, flow->c->id, &flow->clocks, error);
	if (flow->clock_count < 0)
		return -1;
	flow->hook = hook_again(flow, flow->hook, flow->documents, flow->document_count, flow->acts, flow->act_count);
	return 0;
}

static int seed(struct flow *flow, const struct dossier_doctype *type, const char *agency, struct document *d, const struct xml_doc *onto, struct error *error)
{
	void *tmp = talloc_new(NULL);
	const struct form *form = flow_form(flow, d);
	struct xml_doc *doc = xml_copy(tmp, onto == NULL ? form->empty : onto);
	const struct dossier_host *host;
	size_t length;
	char *bytes;
	int n, rc = 0, filled = 0;
	bool same;
	instant at;

	form_whole(form, doc);
	if (flow->plugin->descriptor->seed != NULL) {
		host = hook_begin(flow->hook);
		filled = flow->plugin->descriptor->seed(host, hook_case(flow->hook), type->name, agency, hook_out(flow->hook, form, doc));
		hook_end();
	}
	fill_ids(form, doc);
	bytes = xml_write(tmp, xml_root(doc), &length);
	if (type->final)
		rc = version_add(flow->house->store, flow->actor, d, form->version, bytes, length, "", &n, &same, &at, error);
	else if (filled > 0)
		rc = draft_save(flow->house->store, &actor_system, d, "", 0, form->version, bytes, length, NULL, &n, error);
	talloc_free(tmp);
	return rc;
}

/* How many there are of a type: in the case, or of one agency. */
static int standing(const struct flow *flow, const struct dossier_doctype *type, const char *agency)
{
	int n = 0;

	for (int i = 0; i < flow->document_count; i++)
		n += strcmp(flow->documents[i].type, type->name) == 0 && (type->per == DOSSIER_PER_CASE || strcmp(flow->documents[i].agency, agency) == 0);
	return n;
}

int workflow_start(struct flow *flow, const struct dossier_doctype *type, const char *agency, bool within, struct document *document_r, struct error *error)
{
	const struct form *form = library_form(flow->house->library, type->form, 0)->form;
	int rc = -1;

	if (type->max > 0 && standing(flow, type, agency) >= type->max)
		return error_set(error, ERROR_CONFLICT, "document.enough", "%s: there is one already.", type->title);
	if (!within && store_begin(flow->house->store, error) != 0)
		return -1;
	if (document_add(flow->house->store, flow->actor, flow->c->id, type->name, form->id, form->version, agency, type->first_state == NULL ? "" : type->first_state, document_r, error) != 0)
		goto out;
	if (seed(flow, type, agency, document_r, NULL, error) != 0)
		goto out;
	rc = within ? 0 : store_commit(flow->house->store, error);
out:
	if (rc != 0 && !within)
		store_rollback(flow->house->store);
	return rc;
}

/* Begun before its time: what the step would have put in is added to the version that stands. Whoever is just writing goes on undisturbed. */
static int fill_further(struct flow *flow, const struct dossier_transition *t, const struct dossier_doctype *type, struct error *error)
{
	for (int i = 0; i < flow->document_count; i++) {
		struct document *d = &flow->documents[i];
		struct error none = {0};
		if (strcmp(d->type, type->name) != 0)
			continue;
		if (draft_latest(flow, flow->house->store, d, &none) != NULL)      /* of a step that does nothing else somebody must know */
			return strcmp(t->to, "=") != 0 ? 0 : error_set(error, ERROR_CONFLICT, "document.draft", "%s: somebody is writing it. Submit what is written first, then do this again.", type->title);
		if (none.kind != ERROR_MISSING) {
			*error = none;
			return -1;
		}
		return seed(flow, type, "", d, d->latest == 0 ? NULL : hook_latest(flow->hook, d), error);
	}
	return 0;
}

/* Documents that a transition starts: one each for the agencies that its input names, or one for the case. */
static int start_documents(struct flow *flow, const struct dossier_transition *t, const struct xml_doc *input, struct error *error)
{
	void *tmp = talloc_new(NULL);
	const char *types = t->starts_document, *agencies;
	char *name, *agency;
	struct document made;
	int rc = 0;

	while (rc == 0 && types != NULL && (name = text_next_word(tmp, &types)) != NULL) {
		const struct dossier_doctype *type = plugin_doctype(flow->plugin, name);
		if (type == NULL)
			continue;
		if (type->per == DOSSIER_PER_CASE) {
			if (type->max > 0 && standing(flow, type, "") >= type->max) {      /* somebody who may write it began it before its time: it is the one */
				if (t->fills_document != NULL && text_in_list(t->fills_document, name))
					rc = fill_further(flow, t, type, error);
				continue;
			}
			rc = workflow_start(flow, type, "", true, &made, error);
			continue;
		}
		agencies = input == NULL ? "" : xml_find_text(tmp, xml_root(input), "//agencies");
		while (rc == 0 && (agency = text_next_word(tmp, &agencies)) != NULL)
			/* one agency names another: whether that was asked before is not for it to learn, so nothing is said */
			if (strcmp(t->machine, "case") == 0 || type->max == 0 || standing(flow, type, agency) < type->max)
				rc = workflow_start(flow, type, agency, true, &made, error);
	}
	talloc_free(tmp);
	return rc;
}

static int move(struct flow *flow, const struct dossier_transition *t, struct document *document, const char *to, struct error *error)
{
	const struct dossier_state *state = plugin_state(flow->plugin, t->machine, to);

	if (document != NULL)
		return strcmp(document->state, to) == 0 ? 0 : document_set_state(flow->house->store, flow->actor, document, to, error);
	if (strcmp(flow->c->state, to) == 0 && !t->next_round)
		return 0;
	return case_set_state(flow->house->store, flow->actor, flow->c, to, flow->c->round + (t->next_round ? 1 : 0), state != NULL && state->kind == DOSSIER_STATE_END, error);
}

/* Other documents that move with the case: "type:transition". One whose state does not allow it stays where it is. */
static int move_documents(struct flow *flow, const struct dossier_transition *t, struct error *error)
{
	void *tmp = talloc_new(NULL);
	const char *cursor = t->moves_documents;
	char *pair;
	int rc = 0;

	while (rc == 0 && cursor != NULL && (pair = text_next_word(tmp, &cursor)) != NULL) {
		char *name = strchr(pair, ':');
		struct error ignored;
		if (name == NULL)
			continue;
		*name++ = '\0';
		for (int i = 0; rc == 0 && i < flow->document_count; i++)
			if (strcmp(flow->documents[i].type, pair) == 0 && workflow_find(flow, &flow->documents[i], name, &ignored) != NULL)
				rc = workflow_follow(flow, name, &flow->documents[i], error);
	}
	talloc_free(tmp);
	return rc;
}

/* Lifted before set: a flag that is both is said anew. Of several, those that stand already stay as they were. */
static int change_flags(struct flow *flow, const struct dossier_transition *t, const struct xml_doc *input, struct error *error)
{
	void *tmp = talloc_new(NULL);
	size_t length;
	const char *said = input == NULL ? "" : xml_write(tmp, xml_root(input), &length), *lifts = t->lifts_flag, *sets = t->sets_flag;
	bool several = sets != NULL && strchr(sets, ' ') != NULL;
	char *flag;
	int rc = 0;

	while (rc == 0 && lifts != NULL && (flag = text_next_word(tmp, &lifts)) != NULL)
		rc = flag_lift(flow->house->store, flow->actor, flow->c->id, flag, said, error);
	while (rc == 0 && sets != NULL && (flag = text_next_word(tmp, &sets)) != NULL) {
		rc = flag_set(flow->house->store, flow->actor, flow->c->id, flag, said, error);
		if (rc != 0 && several && strcmp(error->code, "flag.set") == 0) {
			*error = (struct error){0};
			rc = 0;
		}
	}
	if (rc == 0 && (t->sets_flag != NULL || t->lifts_flag != NULL))
		rc = flow_read_flags(flow, error);
	talloc_free(tmp);
	return rc;
}

/* Somebody named in the input loses case roles and gets another instead. */
static int change_roles(struct flow *flow, const struct dossier_transition *t, const struct xml_doc *input, struct error *error)
{
	void *tmp = talloc_new(NULL);
	const char *pub = input == NULL || t->takes_roles == NULL ? "" : xml_find_text(tmp, xml_root(input), "//person"), *cursor = t->takes_roles;
	struct account *account = *pub == '\0' ? NULL : people_account_by_pub(tmp, flow->house->store, pub, error);
	int rc = *pub != '\0' && account == NULL ? -1 : 0;
	char *held = rc == 0 && account != NULL ? case_roles_of(tmp, flow->house->store, flow->c->id, account->id, error) : NULL, *role;

	while (rc == 0 && held != NULL && (role = text_next_word(tmp, &cursor)) != NULL)
		if (text_in_list(held, role))
			rc = case_person_end(flow->house->store, flow->actor, flow->c->id, account->id, role, error);
	if (rc == 0 && held != NULL && t->gives_role != NULL && !text_in_list(held, t->gives_role))
		rc = case_person_add(flow->house->store, flow->actor, flow->c->id, account->id, t->gives_role, error);
	if (account != NULL && held == NULL)
		rc = -1;
	talloc_free(tmp);
	return rc;
}

/* What follows by itself: the plugin names the next transition of the case, at most a few in a row. */
int workflow_after(struct flow *flow, const char *event, const struct xml_doc *input, struct error *error)
{
	for (int depth = 0; depth < 8; depth++) {
		const struct dossier_host *host;
		const char *next;
		if (flow->plugin->descriptor->after == NULL)
			return 0;
		host = hook_begin(flow->hook);
		next = flow->plugin->descriptor->after(host, hook_case(flow->hook), event, hook_doc(flow->hook, input, NULL));
		hook_end();
		if (next == NULL)
			return 0;
		if (workflow_follow(flow, next, NULL, error) != 0)
			return -1;
		event = talloc_asprintf(flow, "do:%s", next);
		input = NULL;
	}
	return 0;
}

static int apply(struct flow *flow, const struct dossier_transition *t, struct document *document, const char *role, const struct xml_doc *input, const char *reasons,
	struct error *error)
{
	const char *state = workflow_state_of(flow, document), *to = strcmp(t->to, "=") == 0 ? state : t->to;
	bool last;
	char *left = quorum_left(flow, flow, t, document);

	last = *left == '\0' || strcmp(left, role) == 0;
	state = talloc_strdup(flow, state);
	to = talloc_strdup(flow, to);
	if (record(flow, t, document, role, last ? to : state, input, reasons, error) != 0 || (last && move(flow, t, document, to, error) != 0) || reread(flow, error) != 0)
		return -1;
	if (last && (start_documents(flow, t, input, error) != 0 || change_flags(flow, t, input, error) != 0 || change_roles(flow, t, input, error) != 0))
		return -1;
	if (last && t->starts_document != NULL && reread(flow, error) != 0)
		return -1;
	if (last && t->moves_documents != NULL && (move_documents(flow, t, error) != 0 || reread(flow, error) != 0))
		return -1;
	return flow->clocks_later ? 0 : clocks_keep(flow, error);
}

int workflow_follow(struct flow *flow, const char *name, struct document *document, struct error *error)
{
	const struct actor *person = flow->actor;
	const struct dossier_transition *t;
	int rc;

	t = workflow_find(flow, document, name, error);
	if (t == NULL)
		return -1;
	flow->actor = &actor_system;
	rc = apply(flow, t, document, "system", NULL, NULL, error);
	flow->actor = person;
	return rc;
}

/* The first save of a draft may move its document on; later ones find nothing to do. Inside the caller's transaction or none. */
int workflow_saved(struct flow *flow, struct document *document, struct error *error)
{
	bool began;
	int rc = 0;

	for (int i = 0; i < flow->plugin->transition_count; i++) {
		const struct dossier_transition *t = &flow->plugin->transitions[i];
		struct error ignored;
		if (t->submits == NULL || strcmp(t->submits, "draft") != 0 || strcmp(t->machine, document->type) != 0 || workflow_find(flow, document, t->name, &ignored) != t)
			continue;
		if (store_join(flow->house->store, &began, error) != 0)
			return -1;
		rc = workflow_follow(flow, t->name, document, error);
		return store_leave(flow->house->store, began, rc, error);
	}
	return 0;
}

int workflow_do(struct flow *flow, const struct dossier_transition *t, struct document *document, const struct xml_doc *input, const char *reasons, struct error *error)
{
	const char *role;
	int rc = -1;

	if (workflow_allowed(flow, flow, t, document, &role, error) != 0)
		return -1;
	if (store_begin(flow->house->store, error) != 0)
		return -1;
	if (unchanged(flow, document, error) != 0 || apply(flow, t, document, role, input, reasons, error) != 0)
		goto out;
	if (workflow_after(flow, talloc_asprintf(flow, "do:%s", t->name), input, error) != 0)
		goto out;
	rc = store_commit(flow->house->store, error);
out:
	if (rc != 0)
		store_rollback(flow->house->store);
	return rc;
}
