#include "case/quorum.h"

#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "plugin/track.h"

/* The version that a signature is for: of the document whose step it is, or of the case's one document of that type. */
static int version_to_sign(const struct flow *flow, const struct dossier_transition *t, const struct document *document)
{
	for (int i = 0; i < flow->document_count; i++)
		if (strcmp(flow->documents[i].type, t->signs) == 0 && flow->documents[i].latest > 0 && (document == NULL || document->id == flow->documents[i].id))
			return flow->documents[i].latest;
	return 0;
}

/* Three signatures under three versions are not one decision. */
bool quorum_done(const struct flow *flow, const struct dossier_transition *t, const struct document *document, const char *role, int64_t *who_r)
{
	for (int i = flow->act_count - 1; i >= 0; i--) {
		const struct act *a = &flow->acts[i];
		if (strcmp(a->name, t->name) == 0 && a->round == flow->c->round && strcmp(a->role, role) == 0 &&
		    a->document_id == (document == NULL ? 0 : document->id) && (t->signs == NULL || a->version == version_to_sign(flow, t, document))) {
			*who_r = a->actor;
			return true;
		}
	}
	return false;
}

const char *quorum_of(void *ctx, const struct flow *flow, const struct dossier_transition *t)
{
	const char *more = t->quorum_if == NULL ? NULL : strchr(t->quorum_if, '=');
	char *on = more == NULL ? NULL : talloc_asprintf(ctx, "%.*s=yes", (int)(more - t->quorum_if), t->quorum_if);

	if (on != NULL && text_in_list(flow->c->settings, on))
		return talloc_asprintf(ctx, "%s %s", t->quorum == NULL ? "" : t->quorum, more + 1);
	return t->quorum == NULL ? "" : t->quorum;
}

char *quorum_left(void *ctx, const struct flow *flow, const struct dossier_transition *t, const struct document *document)
{
	const char *cursor = quorum_of(ctx, flow, t);
	char *left = talloc_strdup(ctx, ""), *role;
	int64_t who;

	while ((role = text_next_word(ctx, &cursor)) != NULL)
		if (!quorum_done(flow, t, document, role, &who))
			left = talloc_asprintf_append(left, "%s%s", *left == '\0' ? "" : " ", role);
	return left;
}

/* list, without the words of those */
static char *without(void *ctx, const char *list, const char *those)
{
	char *rest = talloc_strdup(ctx, ""), *word;

	while ((word = text_next_word(ctx, &list)) != NULL)
		if (!text_in_list(those, word))
			rest = talloc_asprintf_append(rest, "%s%s", *rest == '\0' ? "" : " ", word);
	return rest;
}

/* Whoever has signed is waited for no more. */
char *quorum_awaited(void *ctx, const struct flow *flow, const struct dossier_state *s)
{
	const char *waits = track_waits(ctx, flow_track(flow), s->name, s->waits_for);
	char *roles;

	if (strcmp(waits, "agencies") == 0 && s->answered != NULL && !flow_agencies_owe(flow))
		waits = s->answered;
	roles = talloc_strdup(ctx, waits);
	for (int i = 0; i < flow->plugin->transition_count; i++) {
		const struct dossier_transition *t = &flow->plugin->transitions[i];
		const char *left;
		if (t->quorum == NULL || strcmp(t->machine, "case") != 0 || strcmp(s->machine, "case") != 0 || !text_in_list(t->from, s->name) ||
			!plugin_applies(t->editions, flow->c->editions) || !flow_on(flow, t->track))
			continue;
		left = quorum_left(ctx, flow, t, NULL);
		roles = without(ctx, roles, quorum_of(ctx, flow, t));
		roles = talloc_asprintf_append(roles, "%s%s", *roles == '\0' || *left == '\0' ? "" : " ", left);
	}
	return roles;
}
