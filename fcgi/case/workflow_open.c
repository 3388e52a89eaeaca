#include "case/workflow.h"

#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "case/clocks.h"

static char *add_pair(char *pairs, const char *name, const char *value)
{
	return talloc_asprintf_append(pairs, "%s%s=%s", *pairs == '\0' ? "" : " ", name, value);
}

/* The partnership's value where the configuration names one, else the plugin's: what a case was opened with is what it runs under. */
static char *settings_of(void *ctx, const struct plugin *p, const char *configured)
{
	char *pairs = talloc_strdup(ctx, "");

	for (int i = 0; i < p->setting_count; i++) {
		const char *cursor = configured, *value = p->settings[i].value;
		size_t n = strlen(p->settings[i].name);
		char *pair;
		while ((pair = text_next_word(ctx, &cursor)) != NULL)
			if (strncmp(pair, p->settings[i].name, n) == 0 && pair[n] == '=')
				value = pair + n + 1;
		pairs = add_pair(pairs, p->settings[i].name, value);
	}
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

	if (case_open(house->store, actor, plugin->name, plugin->descriptor->version, plugin->descriptor->first_state, editions, settings_of(tmp, plugin, house->config->case_settings), c_r, error) != 0)
		return -1;
	while ((role = text_next_word(tmp, &cursor)) != NULL)
		if (case_person_add(house->store, actor, c_r->id, actor->account, role, error) != 0)
			return -1;
	flow = flow_of(tmp, house, actor, c_r->id, error);
	if (flow == NULL)
		return -1;
	if (workflow_start(flow, plugin_doctype(plugin, plugin->descriptor->opens_with), "", true, first_r, error) != 0)
		return -1;
	return clocks_keep(flow, error);
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
