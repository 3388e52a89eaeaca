/* What waits for whom: the state's turn, steps that end a clock, and what the system reminded of. */
#include "case/clocks_inner.h"

#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "case/quorum.h"

struct gather { const struct flow *flow; const struct clock_world *world; const struct clock_view *views; int view_count; struct task *list; int count; };

/* One task once: where two reasons ask for the same, the sooner day counts. */
static void add(struct gather *g, const struct task *t)
{
	for (int i = 0; i < g->count; i++) {
		struct task *old = &g->list[i];
		if (old->account == t->account && strcmp(old->agency, t->agency) == 0 && old->document_id == t->document_id && strcmp(old->kind, t->kind) == 0 && strcmp(old->name, t->name) == 0) {
			old->due = t->due < old->due ? t->due : old->due;
			return;
		}
	}
	g->list = talloc_realloc(NULL, g->list, struct task, (size_t)g->count + 1);
	g->list[g->count++] = *t;
}

/* A task for each person who holds one of the roles; "agencies": for the document's agency. */
static void add_for(struct gather *g, const char *roles, const struct document *d, const char *kind, const char *name, day due)
{
	struct task t = { .document_id = d == NULL ? 0 : d->id, .agency = (char *)(uintptr_t)"", .kind = (char *)(uintptr_t)kind, .name = (char *)(uintptr_t)name,
		.due = due == DAY_NONE ? DUE_NEVER : due };

	if (strcmp(roles, "agencies") == 0) {
		t.agency = d == NULL ? t.agency : d->agency;
		if (*t.agency != '\0')
			add(g, &t);
		return;
	}
	for (int i = 0; i < g->flow->people_count; i++) {
		t.account = g->flow->people[i].account;
		if (text_in_list(roles, g->flow->people[i].role))
			add(g, &t);
	}
}

static const struct dossier_transition *step_now(const struct flow *flow, const struct document *d, const char *name)
{
	const char *machine = d == NULL ? "case" : d->type, *state = d == NULL ? flow->c->state : d->state;

	for (int i = 0; i < flow->plugin->transition_count; i++) {
		const struct dossier_transition *t = &flow->plugin->transitions[i];
		if ((name == NULL || strcmp(t->name, name) == 0) && strcmp(t->machine, machine) == 0 && plugin_applies(t->editions, flow->c->editions) && flow_on(flow, t->track) &&
		    (strcmp(t->from, "*") == 0 || text_in_list(t->from, state)))
			return t;
	}
	return NULL;
}

/* --- a state's turn ----------------------------------------------------------------------------------------------------------- */

/* Has the role spoken in this round, of a quorum? A signature under an older version is none. */
static bool spoken(void *ctx, const struct flow *flow, const struct dossier_transition *t, const char *role)
{
	return *quorum_of(ctx, flow, t) != '\0' && !text_in_list(quorum_left(ctx, flow, t, NULL), role);
}

/* The first step that leads on along the main road, whose order is that of the states, and is this role's. */
static const struct dossier_transition *turn(const struct flow *flow, const char *role)
{
	const struct dossier_state *from = plugin_state(flow->plugin, "case", flow->c->state);

	for (int i = 0; i < flow->plugin->transition_count; i++) {
		const struct dossier_transition *t = &flow->plugin->transitions[i];
		const struct dossier_state *to = plugin_state(flow->plugin, "case", t->to);
		if (strcmp(t->machine, "case") == 0 && to != NULL && to > from && to->kind != DOSSIER_STATE_SIDE && text_in_list(t->from, flow->c->state) && text_in_list(t->roles, role) && plugin_applies(t->editions, flow->c->editions) &&
		    flow_on(flow, t->track))
			return t;
	}
	return NULL;
}

static bool ends(const struct dossier_clock *c, const char *step)
{
	const char *at = strstr(c->stops, step);
	size_t n = strlen(step);

	for (; at != NULL; at = strstr(at + n, step))
		if (at >= c->stops + 3 && strncmp(at - 3, "do:", 3) == 0 && (at[n] == '|' || at[n] == '\0'))
			return true;
	return false;
}

/* The soonest day among running clocks of the case that the step ends (or of the document, that name nobody). */
static day soonest(const struct gather *g, const struct document *d, const char *step)
{
	day best = DAY_NONE;

	for (int i = 0; i < g->view_count; i++) {
		const struct clock_view *v = &g->views[i];
		if (v->document != d || v->stopped != DAY_NONE || v->due == DAY_NONE || (step != NULL ? !ends(v->clock, step) : v->clock->waits_for != NULL))
			continue;
		if (best == DAY_NONE || v->due < best)
			best = v->due;
	}
	return best;
}

static void case_turns(struct gather *g)
{
	const struct dossier_state *s = plugin_state(g->flow->plugin, "case", g->flow->c->state);
	void *tmp = talloc_new(NULL);
	const char *roles = s == NULL || s->waits_for == NULL ? NULL : quorum_awaited(tmp, g->flow, s);
	char *role;

	while (roles != NULL && (role = text_next_word(tmp, &roles)) != NULL) {
		const struct dossier_transition *t = turn(g->flow, role);
		if (strcmp(role, "agencies") == 0 || (t != NULL && spoken(tmp, g->flow, t, role)))
			continue;
		if (t != NULL)
			add_for(g, role, NULL, "step", t->name, soonest(g, NULL, t->name));
		else
			add_for(g, role, NULL, "state", s->name, DAY_NONE);
	}
	talloc_free(tmp);
}

/* What the public may read is looked after beyond the end of its case. */
static bool is_public(const struct flow *flow, const struct document *d)
{
	for (int i = 0; i < flow->plugin->publication_count; i++)
		if (strcmp(flow->plugin->publications[i].doctype, d->type) == 0)
			return true;
	return false;
}

static void document_turns(struct gather *g)
{
	for (int i = 0; i < g->flow->document_count; i++) {
		const struct document *d = &g->flow->documents[i];
		const struct dossier_state *s = plugin_state(g->flow->plugin, d->type, d->state);
		if (s != NULL && s->waits_for != NULL && (!g->flow->c->closed || is_public(g->flow, d)))
			add_for(g, s->waits_for, d, "state", s->name, soonest(g, d, NULL));
	}
}

/* --- clocks and nudges --------------------------------------------------------------------------------------------------------- */

/* The step that ends the clock, or (of one that is begun again and again) begins it anew: the first that its row names. NULL: none is named. */
static char *step_of(void *ctx, const struct dossier_clock *c)
{
	const char *triggers = text_starts(c->stops, "do:") ? c->stops : c->again ? strstr(c->starts, "do:") : NULL;

	return triggers == NULL ? NULL : talloc_strndup(ctx, triggers + 3, strcspn(triggers + 3, "|"));
}

static void clock_turn(struct gather *g, const struct clock_view *v)
{
	const char *waits = v->clock->waits_for, *name;
	const struct dossier_transition *t;
	void *tmp;

	if (v->stopped != DAY_NONE || v->paused != DAY_NONE || waits == NULL)
		return;
	tmp = talloc_new(NULL);
	name = step_of(tmp, v->clock);
	t = name == NULL ? NULL : step_now(g->flow, v->document, name);
	if (t == NULL && name != NULL && v->document != NULL)
		t = step_now(g->flow, NULL, name);
	if (t != NULL && strcmp(waits, "agencies") == 0)
		add_for(g, waits, v->document, "step", t->name, v->due);
	else if (t == NULL ? name == NULL : !text_in_list(t->roles, "system") && (t->quorum == NULL || strcmp(t->to, "=") == 0))
		add_for(g, waits, v->document, t == NULL ? "clock" : "step", t == NULL ? v->clock->name : t->name, v->due);
	talloc_free(tmp);
}

static const struct act *last_of(const struct clock_world *w, const struct clock_view *v, const char *names)
{
	for (int i = w->act_count - 1; names != NULL && i >= 0; i--)
		if (w->acts[i].document_id == (v->document == NULL ? 0 : v->document->id) && text_in_list(names, w->acts[i].name) && date_day_of(w->acts[i].at) >= v->started)
			return &w->acts[i];
	return NULL;
}

static bool nudges(const struct flow *flow, const struct dossier_nudge *n, const struct clock_view *v)
{
	return strcmp(n->clock, v->clock->name) == 0 && plugin_applies(n->editions, flow->c->editions) && v->stopped == DAY_NONE && v->paused == DAY_NONE;
}

bool clocks_nudge_open(const struct flow *flow, const struct clock_world *w, const struct dossier_nudge *n, const struct clock_view *v, day *when_r)
{
	if (!nudges(flow, n, v) || last_of(w, v, n->does) != NULL || step_now(flow, v->document, n->does) == NULL)
		return false;
	*when_r = clocks_nth(w, v, n->day);
	return *when_r != DAY_NONE;
}

/* The last thing the system reminded of, until somebody acted upon it. */
static void nudge_turn(struct gather *g, const struct clock_view *v)
{
	const struct dossier_nudge *last = NULL;
	const struct act *done = NULL;

	for (int i = 0; i < g->flow->plugin->nudge_count; i++) {
		const struct dossier_nudge *n = &g->flow->plugin->nudges[i];
		const struct act *a = nudges(g->flow, n, v) ? last_of(g->world, v, n->does) : NULL;
		const struct act *answer = a == NULL ? NULL : last_of(g->world, v, n->answers);
		if (a != NULL && (done == NULL || a >= done)) {
			done = a;
			last = answer != NULL && answer > a ? NULL : n;
		}
	}
	if (last != NULL)
		add_for(g, last->roles, v->document, "nudge", last->does, v->due);
}

/* --- all of it ------------------------------------------------------------------------------------------------------------------ */

int clocks_tasks(void *ctx, const struct flow *flow, const struct clock_world *w, const struct clock_view *views, int n, struct task **list_r)
{
	struct gather g = { flow, w, views, n, talloc_array(ctx, struct task, 0), 0 };

	document_turns(&g);
	if (!flow->c->closed) {
		case_turns(&g);
		for (int i = 0; i < n; i++) {
			clock_turn(&g, &views[i]);
			nudge_turn(&g, &views[i]);
		}
	}
	*list_r = g.list;
	return g.count;
}

/* The next day on which something begins by itself: a nudge, the end of what lapses, the first of April. */
static day next_look(const struct flow *flow, const struct clock_world *w, const struct clock_view *views, int n)
{
	day today = date_day_of(w->now), next = DUE_NEVER, when;
	int year, month, dom;

	for (int i = 0; i < n; i++) {
		for (int k = 0; k < flow->plugin->nudge_count; k++)
			if (clocks_nudge_open(flow, w, &flow->plugin->nudges[k], &views[i], &when) && when < next)
				next = when;
		if (views[i].clock->lapses && views[i].stopped == DAY_NONE && views[i].due != DAY_NONE && views[i].due + 1 < next)
			next = views[i].due + 1;
	}
	date_to_ymd(today, &year, &month, &dom);
	for (int i = 0; i < flow->plugin->clock_count; i++) {
		const char *yearly = strstr(flow->plugin->clocks[i].starts, "yearly:");
		for (int y = year; yearly != NULL && y <= year + 1; y++) {
			struct error ignored;
			char *iso = talloc_asprintf(NULL, "%04d-%.5s", y, yearly + strlen("yearly:"));
			if (date_parse(iso, &when, &ignored) == 0 && when > today && when < next)
				next = when;
			talloc_free(iso);
		}
	}
	return next;
}

static bool waits_for_agencies(const struct flow *flow)
{
	for (int i = 0; i < flow->document_count; i++) {
		const struct dossier_state *s = plugin_state(flow->plugin, flow->documents[i].type, flow->documents[i].state);
		if (s != NULL && s->waits_for != NULL && strcmp(s->waits_for, "agencies") == 0)
			return true;
	}
	return false;
}

/* Is it the publisher's turn? */
static bool ready_to_publish(const struct flow *flow)
{
	const struct dossier_state *s = plugin_state(flow->plugin, "case", flow->c->state);

	for (int i = 0; s != NULL && s->waits_for != NULL && i < flow->plugin->publication_count; i++)
		if (text_share_word(s->waits_for, flow->plugin->publications[i].publisher))
			return true;
	return false;
}

struct case_standing clocks_standing(const struct flow *flow, const struct clock_world *w, const struct clock_view *views, int n)
{
	struct case_standing s = { DUE_NEVER, flow->c->closed ? DUE_NEVER : next_look(flow, w, views, n), flow_held(flow, NULL) != NULL, waits_for_agencies(flow), ready_to_publish(flow) };

	for (int i = 0; !flow->c->closed && i < n; i++)
		if (views[i].stopped == DAY_NONE && views[i].due != DAY_NONE && views[i].due < s.due)
			s.due = views[i].due;
	return s;
}
