#include "case/workflow_inner.h"

#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "case/clocks.h"
#include "case/quorum.h"

const char *workflow_machine_of(const struct document *document) { return document == NULL ? "case" : document->type; }
const char *workflow_state_of(const struct flow *flow, const struct document *document) { return document == NULL ? flow->c->state : document->state; }

static bool applies(const struct flow *flow, const struct dossier_transition *t, const struct document *document)
{
	return strcmp(t->machine, workflow_machine_of(document)) == 0 && plugin_applies(t->editions, flow->c->editions) &&
		flow_on(flow, t->track) && (strcmp(t->from, "*") == 0 || text_in_list(t->from, workflow_state_of(flow, document)));
}

static bool flag_stands(const struct flow *flow, const char *name)
{
	for (int i = 0; i < flow->flag_count; i++)
		if (strcmp(flow->flags[i].name, name) == 0)
			return true;
	return false;
}

/* Nobody lifts what does not stand, or sets twice what one step alone sets. A step that does more than set one flag is done whatever stands. */
static bool flag_allows(const struct flow *flow, const struct dossier_transition *t)
{
	if (t->lifts_flag != NULL && !flag_stands(flow, t->lifts_flag))
		return false;
	return t->sets_flag == NULL || strchr(t->sets_flag, ' ') != NULL || (t->lifts_flag != NULL && strcmp(t->sets_flag, t->lifts_flag) == 0) || !flag_stands(flow, t->sets_flag);
}

static bool has_role(const struct flow *flow, const char *role, const struct document *document)
{
	const struct dossier_role *r = plugin_role(flow->plugin, role);

	if (!text_in_list(flow->roles, role))
		return false;
	return r == NULL || !r->of_agency || document == NULL || *document->agency == '\0' || strcmp(document->agency, flow->actor->agency) == 0;
}

/* The role of the actor that counts for this act: of a quorum, one that has not spoken yet. */
static const char *role_for(void *ctx, const struct flow *flow, const struct dossier_transition *t, const struct document *document)
{
	const char *cursor = t->roles, *quorum = quorum_of(ctx, flow, t);
	char *spaced = talloc_strdup(ctx, t->roles), *role;
	int64_t who;

	for (char *c = spaced; *c != '\0'; c++)
		if (*c == '|')
			*c = ' ';
	cursor = spaced;
	while ((role = text_next_word(ctx, &cursor)) != NULL)
		if (has_role(flow, role, document) && (*quorum == '\0' || (text_in_list(quorum, role) && !quorum_done(flow, t, document, role, &who))))
			return role;
	return NULL;
}

/* One person, one signature: three roles in one hand are not three people. */
static bool signed_already(const struct flow *flow, const struct dossier_transition *t, const struct document *document)
{
	void *tmp = talloc_new(NULL);
	const char *cursor = quorum_of(tmp, flow, t);
	char *role;
	int64_t who;
	bool found = false;

	while (!found && (role = text_next_word(tmp, &cursor)) != NULL)
		found = quorum_done(flow, t, document, role, &who) && who == flow->actor->account;
	talloc_free(tmp);
	return found;
}

int workflow_allowed(void *ctx, struct flow *flow, const struct dossier_transition *t, const struct document *document, const char **role_r, struct error *error)
{
	char *act = talloc_asprintf(ctx, "do:%s", t->name);
	const char *held = flow_held(flow, t->name), *role = role_for(ctx, flow, t, document), *apart;

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
	apart = flow_separated(flow, act, flow->actor->account);
	if (apart != NULL)
		return error_set(error, ERROR_DENIED, "act.separation", "%s", apart);
	if (held != NULL)
		return error_set(error, ERROR_CONFLICT, "act.held", "This is on hold: %s.", held);
	if (!clocks_allow(flow, t, document))
		return error_set(error, ERROR_CONFLICT, "act.no-clock", "This time limit is not running, so it cannot be moved.");
	*role_r = role;
	return 0;
}

/* Who holds none of the roles that a step takes away would only seem to be kept out: whatever they hold would go on. */
static void guard_taken(const struct flow *flow, const struct dossier_transition *t, const struct xml_doc *input, struct faults *faults)
{
	void *tmp = talloc_new(NULL);
	const char *pub = xml_find_text(tmp, xml_root(input), "//person");
	bool none = *pub != '\0';

	for (int i = 0; i < flow->people_count; i++)
		if (strcmp(flow->people[i].pub, pub) == 0 && text_in_list(t->takes_roles, flow->people[i].role))
			none = false;
	if (none)
		faults_add(faults, 0, "roles.none", "person", 0, "This ends the part of: %s. This person has another part. "
			"End that part among the people on the page of the case, and give it to somebody else.", plugin_role_titles(tmp, flow->plugin, t->takes_roles));
	talloc_free(tmp);
}

void workflow_guard(struct flow *flow, const struct dossier_transition *t, const struct document *document, const struct xml_doc *input, struct faults *faults)
{
	const struct dossier_host *host;
	const struct xml_doc *latest = document == NULL || document->latest == 0 ? NULL : hook_latest(flow->hook, document);

	if (t->takes_roles != NULL && input != NULL)
		guard_taken(flow, t, input, faults);
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

	hook_listing(flow->hook, true);
	for (int i = 0; i < flow->plugin->transition_count; i++) {
		const struct dossier_transition *t = &flow->plugin->transitions[i];
		struct choice *c = &list[n];
		struct error error = {0};
		const char *role;
		if (!applies(flow, t, document) || strcmp(t->roles, "system") == 0 || t->submits != NULL || !flag_allows(flow, t))
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
	hook_listing(flow->hook, false);
	*list_r = list;
	return n;
}

const struct dossier_transition *workflow_find(struct flow *flow, const struct document *document, const char *name, struct error *error)
{
	const struct dossier_transition *known = NULL;

	for (int i = 0; i < flow->plugin->transition_count; i++) {
		const struct dossier_transition *t = &flow->plugin->transitions[i];
		if (strcmp(t->name, name) != 0 || strcmp(t->machine, workflow_machine_of(document)) != 0)
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

/* --- waiting ----------------------------------------------------------------------------------------------------------------- */

/* How many agencies have not answered is everybody's to know; which ones, only of those whose documents the viewer may see. */
static char *waiting_agencies(void *ctx, const struct flow *flow)
{
	char *names = talloc_strdup(ctx, "");
	int waiting = 0, all = 0, named = 0;

	for (int i = 0; i < flow->document_count; i++) {
		const struct document *d = &flow->documents[i];
		const struct dossier_state *s = plugin_state(flow->plugin, d->type, d->state);
		if (*d->agency == '\0' || s == NULL)
			continue;
		all++;
		if (s->waits_for == NULL || strcmp(s->waits_for, "agencies") != 0)
			continue;
		waiting++;
		if (flow_may(flow, "read", d->type, d).yes || flow_may(flow, "write", d->type, d).yes)
			names = talloc_asprintf_append(names, "%s%s", named++ == 0 ? "" : ", ", flow_agency_name(flow, d->agency));
	}
	if (waiting == 0)
		return names;
	return talloc_asprintf(ctx, "%d of %d agencies%s%s", waiting, all, named == 0 ? "" : named < waiting ? ", among them " : ": ", names);
}

char *workflow_waits(void *ctx, const struct flow *flow)
{
	const struct dossier_state *s = plugin_state(flow->plugin, "case", flow->c->state);

	if (s == NULL || s->waits_for == NULL)
		return talloc_strdup(ctx, "Nobody");
	if (strcmp(s->waits_for, "agencies") == 0 && (s->answered == NULL || flow_agencies_owe(flow))) {
		char *agencies = waiting_agencies(ctx, flow);
		return *agencies == '\0' ? talloc_strdup(ctx, "Nobody: all agencies have answered") : agencies;
	}
	return plugin_role_titles(ctx, flow->plugin, quorum_awaited(ctx, flow, s));
}
