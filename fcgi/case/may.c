#include "case/may.h"

#include <string.h>
#include <talloc.h>

#include "base/text.h"

/* Base roles: rights outside cases. "case know": that it exists, where it stands and who is in it, but no document. */
static const struct { const char *role, *object, *actions; } base[] = {
	{ "administrator", "accounts",    "read write" },
	{ "administrator", "clock",       "write"      },
	{ "coordinator",   "cases",       "open"       },
	{ "coordinator",   "case",        "know people" },
	{ "contributor",   "cases",       "open"       },
	{ "coordinator",   "forms",       "read"       },
	{ "contributor",   "forms",       "read"       },
	{ "reviewer",      "forms",       "read"       },
	{ "duty-officer",  "case",        "know"       },
	{ "duty-officer",  "publication", "withdraw"   },
};

static bool base_allows(const struct actor *actor, const char *action, const char *object)
{
	for (size_t i = 0; i < sizeof base / sizeof base[0]; i++)
		if (text_in_list(actor->roles, base[i].role) && strcmp(base[i].object, object) == 0 && text_in_list(base[i].actions, action))
			return true;
	return false;
}

static bool state_allows(const struct dossier_right *r, const struct may_about *about)
{
	int now = plugin_state_order(about->plugin, "case", about->c->state);

	if (r->from_state != NULL && now < plugin_state_order(about->plugin, "case", r->from_state))
		return false;
	return r->until_state == NULL || now <= plugin_state_order(about->plugin, "case", r->until_state);
}

static bool scope_allows(const struct dossier_right *r, const struct actor *actor, const struct may_about *about)
{
	if (strcmp(r->scope, "own") != 0)
		return true;
	return about->agency != NULL && *about->agency != '\0' && strcmp(about->agency, actor->agency) == 0;
}

struct may_held *may_held(void *ctx, const struct plugin *plugin, const struct case_row *c, const char *case_roles)
{
	struct may_held *held = talloc(ctx, struct may_held);

	held->rows = talloc_array(held, const struct dossier_right *, (size_t)plugin->right_count + 1);
	held->count = 0;
	for (int i = 0; i < plugin->right_count; i++) {
		const struct dossier_right *r = &plugin->rights[i];
		if (text_share_word(case_roles, r->role) && plugin_applies(r->editions, c->editions))
			held->rows[held->count++] = r;
	}
	return held;
}

struct may_answer may(const struct actor *actor, const char *action, const char *object, const struct may_about *about)
{
	struct may_answer no = { false, NULL, false }, best = no;
	const struct may_held *held;
	struct may_held *own = NULL;

	if (base_allows(actor, action, object))
		return (struct may_answer){ true, NULL, false };
	if (about == NULL || about->plugin == NULL || about->case_roles == NULL)
		return no;
	if (strcmp(object, "case") == 0 && strcmp(action, "know") == 0)
		return (struct may_answer){ *about->case_roles != '\0', NULL, false };
	held = about->held != NULL ? about->held : (own = may_held(NULL, about->plugin, about->c, about->case_roles));
	for (int i = 0; i < held->count; i++) {
		const struct dossier_right *r = held->rows[i];
		if (!text_in_list(r->object, object) || !text_in_list(r->actions, action) || !scope_allows(r, actor, about) || !state_allows(r, about))
			continue;
		if (!best.yes || best.view != NULL)      /* the widest view wins */
			best = (struct may_answer){ true, r->view, r->reason != 0 };
	}
	talloc_free(own);
	return best;
}

char *may_case_roles(void *ctx, struct store *store, const struct plugin *plugin, const struct case_row *c, const struct actor *actor, struct error *error)
{
	int asked;
	char *roles = case_roles_of(ctx, store, c->id, actor->account, error);

	if (roles == NULL || actor->agency == NULL || *actor->agency == '\0' || c->closed)
		return roles;
	asked = document_of_agency(store, c->id, actor->agency, error);
	if (asked != 1)
		return asked == 0 ? roles : NULL;
	for (int i = 0; i < plugin->role_count; i++) {
		const struct dossier_role *r = &plugin->roles[i];
		if (r->of_agency && r->gives != NULL && text_share_word(r->gives, actor->roles) && !text_in_list(roles, r->name))
			roles = talloc_asprintf_append(roles, "%s%s", *roles == '\0' ? "" : " ", r->name);
	}
	return roles;
}

const char *may_separated(const struct plugin *plugin, const char *act, const char *done)
{
	for (int i = 0; i < plugin->separation_count; i++) {
		const struct dossier_separation *s = &plugin->separations[i];
		if ((strcmp(s->act_a, act) == 0 && text_in_list(done, s->act_b)) || (strcmp(s->act_b, act) == 0 && text_in_list(done, s->act_a)))
			return s->say;
	}
	return NULL;
}

void may_print(FILE *to)
{
	for (size_t i = 0; i < sizeof base / sizeof base[0]; i++)
		fprintf(to, "%s\t%s\t%s\n", base[i].role, base[i].object, base[i].actions);
}
