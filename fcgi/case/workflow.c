#include "case/workflow.h"

#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "case/clocks.h"
#include "form/fill.h"
#include "store/store_draft.h"

static const char *machine_of(const struct document *document) { return document == NULL ? "case" : document->type; }
static const char *state_of(const struct flow *flow, const struct document *document) { return document == NULL ? flow->c->state : document->state; }

static bool applies(const struct flow *flow, const struct dossier_transition *t, const struct document *document)
{
	return strcmp(t->machine, machine_of(document)) == 0 && plugin_applies(t->editions, flow->c->editions) &&
		text_in_list(t->from, state_of(flow, document));
}

/* Who has done it in this round already, by role. */
static bool role_done(const struct flow *flow, const struct dossier_transition *t, const struct document *document, const char *role, int64_t *who)
{
	for (int i = flow->act_count - 1; i >= 0; i--) {
		const struct act *a = &flow->acts[i];
		if (strcmp(a->name, t->name) == 0 && a->round == flow->c->round && strcmp(a->role, role) == 0 &&
		    a->document_id == (document == NULL ? 0 : document->id)) {
			*who = a->actor;
			return true;
		}
	}
	return false;
}

static char *quorum_left(void *ctx, const struct flow *flow, const struct dossier_transition *t, const struct document *document)
{
	const char *cursor = t->quorum;
	char *left = talloc_strdup(ctx, ""), *role;
	int64_t who;

	while (t->quorum != NULL && (role = text_next_word(ctx, &cursor)) != NULL)
		if (!role_done(flow, t, document, role, &who))
			left = talloc_asprintf_append(left, "%s%s", *left == '\0' ? "" : " ", role);
	return left;
}

static bool has_role(const struct flow *flow, const char *role, const struct document *document)
{
	const struct dossier_role *r = plugin_role(flow->plugin, role);

	if (!text_in_list(flow->roles, role))
		return false;
	return r == NULL || !r->of_agency || document == NULL || *document->agency == '\0' || strcmp(document->agency, flow->actor->agency) == 0;
}

static const char *held_by(const struct flow *flow, const struct dossier_transition *t)
{
	for (int i = 0; i < flow->flag_count; i++) {
		const struct dossier_flag *f = plugin_flag(flow->plugin, flow->flags[i].name);
		if (f != NULL && f->holds_transitions != NULL && text_in_list(f->holds_transitions, t->name))
			return f->title;
	}
	return NULL;
}

/* The role of the actor that counts for this act: of a quorum, one that has not spoken yet. */
static const char *role_for(void *ctx, const struct flow *flow, const struct dossier_transition *t, const struct document *document)
{
	const char *cursor = t->roles;
	char *spaced = talloc_strdup(ctx, t->roles), *role;
	int64_t who;

	for (char *c = spaced; *c != '\0'; c++)
		if (*c == '|')
			*c = ' ';
	cursor = spaced;
	while ((role = text_next_word(ctx, &cursor)) != NULL)
		if (has_role(flow, role, document) && (t->quorum == NULL || (text_in_list(t->quorum, role) && !role_done(flow, t, document, role, &who))))
			return role;
	return NULL;
}

/* One person, one signature: three roles in one hand are not three people. */
static bool signed_already(const struct flow *flow, const struct dossier_transition *t, const struct document *document)
{
	const char *cursor = t->quorum;
	void *tmp = talloc_new(NULL);
	char *role;
	int64_t who;
	bool found = false;

	while (!found && t->quorum != NULL && (role = text_next_word(tmp, &cursor)) != NULL)
		found = role_done(flow, t, document, role, &who) && who == flow->actor->account;
	talloc_free(tmp);
	return found;
}

int workflow_allowed(void *ctx, struct flow *flow, const struct dossier_transition *t, const struct document *document, const char **role_r, struct error *error)
{
	char *act = talloc_asprintf(ctx, "do:%s", t->name);
	const char *held = held_by(flow, t), *role = role_for(ctx, flow, t, document), *apart;

	if (text_in_list(t->roles, "system") && flow->actor->account == 0) {
		*role_r = "system";
		return 0;
	}
	if (role == NULL && signed_already(flow, t, document))
		return error_set(error, ERROR_DENIED, "act.done", "You have done this already. It needs another person.");
	if (role == NULL)
		return error_set(error, ERROR_DENIED, "act.role", "This is for: %s.", plugin_role_titles(ctx, flow->plugin, t->roles));
	if (signed_already(flow, t, document))
		return error_set(error, ERROR_DENIED, "act.twice", "You have done this already in another role. It needs another person.");
	apart = may_separated(flow->plugin, act, flow_done_by(ctx, flow, flow->actor->account));
	if (apart != NULL)
		return error_set(error, ERROR_DENIED, "act.separation", "%s", apart);
	if (held != NULL)
		return error_set(error, ERROR_CONFLICT, "act.held", "This is on hold: %s.", held);
	*role_r = role;
	return 0;
}

void workflow_guard(struct flow *flow, const struct dossier_transition *t, const struct document *document, const struct xml_doc *input, struct faults *faults)
{
	const struct dossier_host *host;
	const struct xml_doc *latest = document == NULL || document->latest == 0 ? NULL : hook_latest(flow->hook, document);

	if (t->guard == NULL)
		return;
	host = hook_begin(flow->hook);
	t->guard(host, hook_case(flow->hook), hook_doc(flow->hook, latest, document), hook_doc(flow->hook, input, NULL), hook_faults(flow->hook, faults));
	hook_end();
}

int workflow_choices(void *ctx, struct flow *flow, const struct document *document, struct choice **list_r)
{
	struct choice *list = talloc_zero_array(ctx, struct choice, flow->plugin->transition_count + 1);
	int n = 0;

	for (int i = 0; i < flow->plugin->transition_count; i++) {
		const struct dossier_transition *t = &flow->plugin->transitions[i];
		struct choice *c = &list[n];
		struct error error = {0};
		const char *role;
		if (!applies(flow, t, document) || strcmp(t->roles, "system") == 0 || t->submits != NULL)
			continue;
		n++;
		c->transition = t;
		c->document = document;
		c->allowed = workflow_allowed(list, flow, t, document, &role, &error) == 0;
		c->why = c->allowed ? NULL : talloc_strdup(list, error.say);
		c->waiting = t->quorum == NULL ? NULL : quorum_left(list, flow, t, document);
		c->lacks = faults_new(list, 20);
		workflow_guard(flow, t, document, NULL, c->lacks);
	}
	*list_r = list;
	return n;
}

const struct dossier_transition *workflow_find(struct flow *flow, const struct document *document, const char *name, struct error *error)
{
	const struct dossier_transition *known = NULL;

	for (int i = 0; i < flow->plugin->transition_count; i++) {
		const struct dossier_transition *t = &flow->plugin->transitions[i];
		if (strcmp(t->name, name) != 0 || strcmp(t->machine, machine_of(document)) != 0)
			continue;
		known = t;
		if (applies(flow, t, document))
			return t;
	}
	if (known == NULL)
		error_set(error, ERROR_MISSING, "act.unknown", "There is no such step.");
	else
		error_set(error, ERROR_CONFLICT, "act.state", "“%s” is not possible now. Somebody may have done it already: look at the page again.", known->title);
	return NULL;
}

/* --- doing -------------------------------------------------------------------------------------------------------------- */

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

static int sign(struct flow *flow, const struct dossier_transition *t, struct act *act, struct error *error)
{
	for (int i = 0; t->signs != NULL && i < flow->document_count; i++) {
		const struct document *d = &flow->documents[i];
		if (strcmp(d->type, t->signs) != 0 || d->latest == 0)
			continue;
		act->document_id = strcmp(t->machine, "case") == 0 ? 0 : d->id;
		act->version = d->latest;
		act->has_hash = true;
		return version_hash(flow->house->store, d, d->latest, act->hash, error);
	}
	if (t->signs != NULL)
		return error_set(error, ERROR_CONFLICT, "act.nothing-to-sign", "There is no submitted version to sign yet.");
	return 0;
}

static int record(struct flow *flow, const struct dossier_transition *t, const struct document *document, const char *role, const char *to,
	const struct xml_doc *input, struct error *error)
{
	void *tmp = talloc_new(NULL);
	size_t length;
	struct act act = { .document_id = document == NULL ? 0 : document->id, .name = (char *)(uintptr_t)t->name,
		.from = (char *)(uintptr_t)state_of(flow, document), .to = (char *)(uintptr_t)to, .role = (char *)(uintptr_t)role,
		.agency = (char *)(uintptr_t)flow->actor->agency, .round = flow->c->round, .at = date_now(), .day = said_day(flow, t, input),
		.actor = flow->actor->account, .version = document == NULL ? 0 : document->latest };
	int rc;

	act.input = input == NULL ? talloc_strdup(tmp, "") : xml_write(tmp, xml_root(input), &length);
	rc = sign(flow, t, &act, error);
	if (rc == 0)
		rc = act_add(flow->house->store, flow->actor, flow->c->id, &act, error);
	talloc_free(tmp);
	return rc;
}

/* Everything that was read before the transaction is compared with what stands now. */
static int unchanged(struct flow *flow, const struct document *document, struct error *error)
{
	void *tmp = talloc_new(NULL);
	struct case_row *now = case_by_id(tmp, flow->house->store, flow->c->id, error);
	struct act *acts;
	int rc = now == NULL ? -1 : 0, n = rc == 0 ? act_list(tmp, flow->house->store, flow->c->id, &acts, error) : -1;

	if (n < 0)
		rc = -1;
	else if (strcmp(now->state, flow->c->state) != 0 || now->round != flow->c->round || n != flow->act_count)
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

	flow->act_count = act_list(flow, s, flow->c->id, &flow->acts, error);
	flow->document_count = flow->act_count < 0 ? -1 : document_list(flow, s, flow->c->id, &flow->documents, error);
	flow->clock_count = flow->document_count < 0 ? -1 : clock_list(flow, s, flow->c->id, &flow->clocks, error);
	if (flow->clock_count < 0)
		return -1;
	flow->hook = hook_new(flow, s, flow->house->library, flow->plugin, flow->c, flow->documents, flow->document_count, flow->acts, flow->act_count, flow->house->holidays);
	return 0;
}

static int seed(struct flow *flow, const struct dossier_doctype *type, const char *agency, struct document *d, struct error *error)
{
	void *tmp = talloc_new(NULL);
	const struct form *form = flow_form(flow, d);
	struct xml_doc *doc = xml_copy(tmp, form->empty);
	const struct dossier_host *host;
	size_t length;
	char *bytes;
	int n, rc = 0, filled = 0;
	bool same;
	instant at;

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
		rc = draft_save(flow->house->store, flow->actor, d, "", 0, form->version, bytes, length, NULL, &n, error);
	talloc_free(tmp);
	return rc;
}

int workflow_start(struct flow *flow, const struct dossier_doctype *type, const char *agency, bool within, struct document *document_r, struct error *error)
{
	const struct form *form = library_form(flow->house->library, type->form, 0)->form;
	int standing = 0, rc = -1;

	for (int i = 0; i < flow->document_count; i++)
		if (strcmp(flow->documents[i].type, type->name) == 0 && (type->per == DOSSIER_PER_CASE || strcmp(flow->documents[i].agency, agency) == 0))
			standing++;
	if (type->max > 0 && standing >= type->max)
		return error_set(error, ERROR_CONFLICT, "document.enough", "%s: there is one already.", type->title);
	if (!within && store_begin(flow->house->store, error) != 0)
		return -1;
	if (document_add(flow->house->store, flow->actor, flow->c->id, type->name, form->id, form->version, agency, type->first_state == NULL ? "" : type->first_state, document_r, error) != 0)
		goto out;
	if (seed(flow, type, agency, document_r, error) != 0)
		goto out;
	rc = within ? 0 : store_commit(flow->house->store, error);
out:
	if (rc != 0 && !within)
		store_rollback(flow->house->store);
	return rc;
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
			rc = workflow_start(flow, type, "", true, &made, error);
			continue;
		}
		agencies = input == NULL ? "" : xml_find_text(tmp, xml_root(input), "//agencies");
		while (rc == 0 && (agency = text_next_word(tmp, &agencies)) != NULL)
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

static int change_flags(struct flow *flow, const struct dossier_transition *t, const struct xml_doc *input, struct error *error)
{
	void *tmp = talloc_new(NULL);
	size_t length;
	const char *said = input == NULL ? "" : xml_write(tmp, xml_root(input), &length);
	int rc = 0;

	if (t->sets_flag != NULL)
		rc = flag_set(flow->house->store, flow->actor, flow->c->id, t->sets_flag, said, error);
	if (rc == 0 && t->lifts_flag != NULL)
		rc = flag_lift(flow->house->store, flow->actor, flow->c->id, t->lifts_flag, said, error);
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

static int apply(struct flow *flow, const struct dossier_transition *t, struct document *document, const char *role, const struct xml_doc *input, struct error *error)
{
	const char *state = state_of(flow, document), *to = strcmp(t->to, "=") == 0 ? state : t->to;
	bool last;
	char *left = t->quorum == NULL ? talloc_strdup(flow, "") : quorum_left(flow, flow, t, document);

	last = *left == '\0' || strcmp(left, role) == 0;
	state = talloc_strdup(flow, state);
	to = talloc_strdup(flow, to);
	if (record(flow, t, document, role, last ? to : state, input, error) != 0 || (last && move(flow, t, document, to, error) != 0) || reread(flow, error) != 0)
		return -1;
	if (last && (start_documents(flow, t, input, error) != 0 || change_flags(flow, t, input, error) != 0))
		return -1;
	if (last && t->starts_document != NULL && reread(flow, error) != 0)
		return -1;
	if (last && move_documents(flow, t, error) != 0)      /* each of them reads again by itself */
		return -1;
	return clocks_keep(flow, error);
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
	rc = apply(flow, t, document, "system", NULL, error);
	flow->actor = person;
	return rc;
}

int workflow_do(struct flow *flow, const struct dossier_transition *t, struct document *document, const struct xml_doc *input, struct error *error)
{
	const char *role;
	int rc = -1;

	if (workflow_allowed(flow, flow, t, document, &role, error) != 0)
		return -1;
	if (store_begin(flow->house->store, error) != 0)
		return -1;
	if (unchanged(flow, document, error) != 0 || apply(flow, t, document, role, input, error) != 0)
		goto out;
	if (workflow_after(flow, talloc_asprintf(flow, "do:%s", t->name), input, error) != 0)
		goto out;
	rc = store_commit(flow->house->store, error);
out:
	if (rc != 0)
		store_rollback(flow->house->store);
	return rc;
}

/* --- opening --------------------------------------------------------------------------------------------------------------- */

static char *add_pair(char *pairs, const char *name, const char *value)
{
	return talloc_asprintf_append(pairs, "%s%s=%s", *pairs == '\0' ? "" : " ", name, value);
}

static char *settings_of(void *ctx, const struct plugin *p)
{
	char *pairs = talloc_strdup(ctx, "");

	for (int i = 0; i < p->setting_count; i++)
		pairs = add_pair(pairs, p->settings[i].name, p->settings[i].value);
	return pairs;
}

static bool has_edition(const char *pairs, const char *name)
{
	size_t n = strlen(name);

	for (const char *at = pairs; (at = strstr(at, name)) != NULL; at += n)
		if ((at == pairs || at[-1] == ' ') && at[n] == '=')
			return true;
	return false;
}

/* What the opener chose, each name once and each a row of the plugin; then the defaults of the names that were left out. NULL: not to be had. */
static char *editions_of(void *ctx, const struct plugin *p, const char *chosen, struct error *error)
{
	const char *cursor = chosen;
	char *pairs = talloc_strdup(ctx, ""), *pair;

	while ((pair = text_next_word(ctx, &cursor)) != NULL) {
		const struct dossier_edition *e = NULL;
		for (int i = 0; e == NULL && i < p->edition_count; i++)
			if (strcmp(pair, talloc_asprintf(ctx, "%s=%s", p->editions[i].name, p->editions[i].value)) == 0)
				e = &p->editions[i];
		if (e == NULL || has_edition(pairs, e->name)) {
			error_set(error, ERROR_INVALID, "case.edition", "A case of this type cannot be opened under that edition. Choose one that is offered.");
			return NULL;
		}
		pairs = add_pair(pairs, e->name, e->value);
	}
	for (int i = 0; i < p->edition_count; i++)
		if (p->editions[i].is_default && !has_edition(pairs, p->editions[i].name))
			pairs = add_pair(pairs, p->editions[i].name, p->editions[i].value);
	return pairs;
}

/* "coordinator=rr_coord contributor=notifier": what this opener becomes; NULL when nothing fits. */
static char *opener_roles(void *ctx, const struct plugin *p, const struct actor *actor)
{
	const char *cursor = p->descriptor->opens_roles;
	char *pair, *roles = NULL;

	while ((pair = text_next_word(ctx, &cursor)) != NULL) {
		char *equals = strchr(pair, '=');
		if (equals == NULL || !text_in_list(actor->roles, talloc_strndup(ctx, pair, (size_t)(equals - pair))))
			continue;
		roles = roles == NULL ? talloc_strdup(ctx, equals + 1) : talloc_asprintf_append(roles, " %s", equals + 1);
	}
	return roles;
}

static int open_within(struct house *house, const struct actor *actor, const struct plugin *plugin, const char *roles, const char *editions, struct case_row *c_r, struct document *first_r, void *tmp, struct error *error)
{
	const char *cursor = roles;
	char *role;
	struct flow *flow;

	if (case_open(house->store, actor, plugin->name, plugin->descriptor->version, plugin->descriptor->first_state, editions, settings_of(tmp, plugin), c_r, error) != 0)
		return -1;
	while ((role = text_next_word(tmp, &cursor)) != NULL)
		if (case_person_add(house->store, actor, c_r->id, actor->account, role, error) != 0)
			return -1;
	flow = flow_of(tmp, house, actor, c_r->id, error);
	if (flow == NULL)
		return -1;
	return workflow_start(flow, plugin_doctype(plugin, plugin->descriptor->opens_with), "", true, first_r, error);
}

int workflow_open(struct house *house, const struct actor *actor, const struct plugin *plugin, const char *chosen, struct case_row *c_r, struct document *first_r, struct error *error)
{
	void *tmp = talloc_new(NULL);
	char *roles = opener_roles(tmp, plugin, actor), *editions;
	int rc = -1;

	if (roles == NULL) {
		error_set(error, ERROR_DENIED, "case.open", "Your account may not open a case of this type.");
		goto out;
	}
	editions = editions_of(tmp, plugin, chosen, error);
	if (editions == NULL || store_begin(house->store, error) != 0)
		goto out;
	if (open_within(house, actor, plugin, roles, editions, c_r, first_r, tmp, error) == 0)
		rc = store_commit(house->store, error);
	if (rc != 0)
		store_rollback(house->store);
out:
	talloc_free(tmp);
	return rc;
}

/* --- waiting ----------------------------------------------------------------------------------------------------------------- */

static char *waiting_agencies(void *ctx, const struct flow *flow)
{
	char *names = talloc_strdup(ctx, "");
	int waiting = 0, all = 0;

	for (int i = 0; i < flow->document_count; i++) {
		const struct document *d = &flow->documents[i];
		const struct dossier_state *s = plugin_state(flow->plugin, d->type, d->state);
		if (*d->agency == '\0' || s == NULL)
			continue;
		all++;
		if (s->waits_for == NULL || strcmp(s->waits_for, "agencies") != 0)
			continue;
		names = talloc_asprintf_append(names, "%s%s", waiting++ == 0 ? "" : ", ", flow_agency_name(flow, d->agency));
	}
	return waiting == 0 ? names : talloc_asprintf(ctx, "%d of %d agencies: %s", waiting, all, names);
}

char *workflow_waits(void *ctx, const struct flow *flow)
{
	const struct dossier_state *s = plugin_state(flow->plugin, "case", flow->c->state);

	if (s == NULL || s->waits_for == NULL)
		return talloc_strdup(ctx, "Nobody");
	if (strcmp(s->waits_for, "agencies") == 0) {
		char *agencies = waiting_agencies(ctx, flow);
		return *agencies == '\0' ? talloc_strdup(ctx, "Nobody: all agencies have answered") : agencies;
	}
	return plugin_role_titles(ctx, flow->plugin, s->waits_for);
}
