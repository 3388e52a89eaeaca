#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "case/clocks.h"
#include "page/page_case_inner.h"
#include "page/pages.h"
#include "store/store_publication.h"

static struct flow *open_flow(void *ctx, struct request *r, struct error *error)
{
	return flow_open(ctx, r->house, &r->actor, r->steps[2], error);
}

/* Was the case in this state? It begins in one without an act. */
static bool was_in(const struct flow *flow, const struct dossier_state *s)
{
	for (int i = 0; i < flow->act_count; i++)
		if (flow->acts[i].document_id == 0 && flow->acts[i].to != NULL && strcmp(flow->acts[i].to, s->name) == 0)
			return true;
	return s->kind == DOSSIER_STATE_START;
}

/* Marks the states that can still come: a state is in the table before what follows it. */
static bool *ahead(void *ctx, const struct flow *flow, int now)
{
	const struct plugin *p = flow->plugin;
	bool *may_come = talloc_zero_array(ctx, bool, (size_t)p->state_count + 1);

	for (int i = now < 0 ? 0 : now; i < p->state_count; i++)
		for (int k = 0; (i == now || may_come[i]) && k < p->transition_count; k++) {
			const struct dossier_transition *t = &p->transitions[k];
			int to = strcmp(t->machine, "case") == 0 && text_in_list(t->from, p->states[i].name) ? plugin_state_order(p, "case", t->to) : -1;
			if (to > i)
				may_come[to] = true;
		}
	return may_come;
}

/* The main road: what the case has passed, where it is now, what can come of its ordinary states. */
static void show_steps(xml_node *c, const struct flow *flow)
{
	const struct dossier_track *track = flow_track(flow);
	xml_node *steps = xml_add(c, "steps");
	int now = plugin_state_order(flow->plugin, "case", flow->c->state);
	bool *may_come = ahead(NULL, flow, now);

	for (int i = 0; i < flow->plugin->state_count; i++) {
		const struct dossier_state *s = &flow->plugin->states[i];
		xml_node *step;
		if (strcmp(s->machine, "case") != 0 || (s->kind == DOSSIER_STATE_SIDE && i != now) || (track != NULL && i != now && text_in_list(track->skips, s->name)) || !plugin_applies(s->editions, flow->c->editions))
			continue;
		if (i < now ? !was_in(flow, s) : i > now && !may_come[i])
			continue;
		step = xml_add(steps, "step");
		xml_set(step, "title", s->title);
		xml_set(step, "at", i < now ? "done" : i == now ? "now" : "later");
	}
	talloc_free(may_come);
}

/* Where whoever may vary it does so. */
static const char *vary_href(void *ctx, struct flow *flow, const struct clock_view *v)
{
	const char *name = v->clock->varied, *role;
	struct error ignored;
	const struct dossier_transition *t = name == NULL || v->stopped != DAY_NONE ? NULL : workflow_find(flow, v->document, name, &ignored);

	if (t == NULL || workflow_allowed(ctx, flow, t, v->document, &role, &ignored) != 0)
		return NULL;
	return model_case_href(ctx, flow, v->document == NULL ? talloc_asprintf(ctx, "/do/%s", name) : talloc_asprintf(ctx, "/documents/%s/do/%s", v->document->pub, name));
}

static void show_varied(void *ctx, xml_node *k, const struct flow *flow, const struct clock_view *v)
{
	if (v->varied == NULL)
		return;
	xml_set(k, "varied", talloc_asprintf(ctx, "Moved to this day on %s by %s", date_words(ctx, date_day_of(v->varied->at)), v->varied->actor_name));
	xml_set(k, "varied-href", page_said_href(ctx, flow, v->varied));
}

static void show_clocks(void *ctx, xml_node *c, struct flow *flow)
{
	struct clock_view *views;
	int n = clocks_of(ctx, flow, &views);
	xml_node *clocks = xml_add(c, "clocks");

	for (int i = 0; i < n; i++) {
		const struct clock_view *v = &views[i];
		const char *waits;
		xml_node *k;
		if (v->document != NULL && !flow_may(flow, "read", v->document->type, v->document).yes && !flow_may(flow, "write", v->document->type, v->document).yes)
			continue;
		k = xml_add(clocks, "clock");
		xml_set(k, "name", v->clock->name);
		xml_set(k, "title", v->document == NULL || *v->document->agency == '\0' ? v->clock->title : talloc_asprintf(ctx, "%s: %s", v->clock->title, flow_agency_name(flow, v->document->agency)));
		xml_set(k, "row", *v->row_name == '\0' ? NULL : v->row_name);
		if (v->due != DAY_NONE) {
			xml_set(k, "due", date_iso(ctx, v->due));
			xml_set(k, "due-words", date_words_long(ctx, v->due));
		}
		xml_set(k, "words", clocks_words(ctx, v));
		xml_set(k, "overdue", v->overdue ? "yes" : "no");
		xml_set(k, "warn", v->warn ? "yes" : NULL);
		xml_set(k, "paused", v->paused == DAY_NONE ? NULL : date_words(ctx, v->paused));
		waits = clocks_waits(ctx, flow, v);
		xml_set(k, "waits", *waits == '\0' && v->stopped == DAY_NONE ? workflow_waits(ctx, flow) : waits);
		xml_set(k, "vary-href", vary_href(ctx, flow, v));
		show_varied(ctx, k, flow, v);
		if (v->stopped != DAY_NONE)
			xml_set(k, "stopped", date_words(ctx, v->stopped));
		xml_set(k, "source", v->clock->source);
		xml_set(k, "statutory", v->clock->statutory ? "yes" : "no");
		xml_setf(k, "day", "%d", v->used);
		if (v->clock->length > 0 && v->clock->unit != DOSSIER_MONTHS)
			xml_setf(k, "length", "%d", (int)v->clock->length);
		xml_set(k, "unit", clocks_unit(v->clock));
	}
}

static bool names(const char *triggers, const char *step)
{
	size_t n = strlen(step);

	for (const char *at = strstr(triggers, "do:"); at != NULL; at = strstr(at + 3, "do:"))
		if (strncmp(at + 3, step, n) == 0 && (at[3 + n] == '|' || at[3 + n] == '\0'))
			return true;
	return false;
}

/* Steps that are about a clock: one that moves its day stands beside it; one that only ends it (or begins it anew) is not offered while it does not run. */
static bool about_clock(const struct flow *flow, const struct clock_view *views, int n, const struct document *d, const struct dossier_transition *t)
{
	bool about = false;

	for (int i = 0; i < flow->plugin->clock_count; i++) {
		const struct dossier_clock *c = &flow->plugin->clocks[i];
		if (c->varied != NULL && strcmp(c->varied, t->name) == 0)
			return true;
		about = about || (strcmp(t->to, "=") == 0 && (names(c->stops, t->name) || (c->again && names(c->starts, t->name))));
	}
	for (int i = 0; about && i < n; i++)
		if (views[i].stopped == DAY_NONE && (views[i].document == NULL || views[i].document == d) && (names(views[i].clock->stops, t->name) || names(views[i].clock->starts, t->name)))
			about = false;
	return about;
}

/* Does a document wait for this person: for the own agency, or for a part the person has? What else may be done to it stands on its own page. */
static bool waits_for_viewer(const struct flow *flow, const struct document *d)
{
	const struct dossier_state *s = plugin_state(flow->plugin, d->type, d->state);

	if (*d->agency != '\0' && strcmp(d->agency, flow->actor->agency) == 0)
		return true;
	return s == NULL || (s->waits_for != NULL && text_share_word(flow->roles, s->waits_for));
}

/* What this person may do to a document now, told where people look first. */
static void show_document_actions(void *ctx, xml_node *actions, struct flow *flow, const struct clock_view *views, int view_count)
{
	for (int i = 0; i < flow->document_count; i++) {
		const struct document *d = &flow->documents[i];
		struct choice *choices;
		int n = waits_for_viewer(flow, d) && (flow_may(flow, "read", d->type, d).yes || flow_may(flow, "write", d->type, d).yes) ? workflow_choices(ctx, flow, d, &choices) : 0;
		for (int k = 0; k < n; k++) {
			if (!choices[k].allowed || about_clock(flow, views, view_count, d, choices[k].transition))
				continue;
			model_action(actions, flow, &choices[k], model_case_href(ctx, flow, talloc_asprintf(ctx, "/documents/%s", d->pub)));
			xml_setf(xml_last(actions), "title", "%s (%s)", choices[k].transition->title, flow_title(ctx, flow, d));
		}
	}
}

static void add_turn(void *ctx, xml_node *actions, const struct flow *flow, const char *href, const char *roles, const char *title)
{
	xml_node *a = xml_add(actions, "action");

	xml_set(a, "name", "publication");
	xml_set(a, "title", title);
	xml_set(a, "href", href);
	xml_set(a, "allowed", "yes");
	xml_set(a, "who", plugin_role_titles(ctx, flow->plugin, roles));
}

/* Whose turn it is with a publication: its page says more. A document that may be redacted has none before the redactor begins. */
static void show_publication_turns(void *ctx, xml_node *actions, struct flow *flow)
{
	struct publication *list;
	struct error ignored;
	int n = flow_may(flow, "read", "publication", NULL).yes ? publication_list(ctx, flow->house->store, flow->c->id, &list, &ignored) : 0;

	for (int i = 0; i < n; i++) {
		const struct dossier_publication *row = plugin_publication(flow->plugin, list[i].type);
		static const struct { const char *state, *words; } turns[] = { { "draft", "Redact: " }, { "candidate", "Read and approve: " }, { "cleared", "Read and approve: " }, { "approved", "Publish: " } };
		for (size_t k = 0; row != NULL && k < sizeof turns / sizeof turns[0]; k++) {
			const char *roles = k == 0 ? row->redactor : k == 3 ? row->publisher : row->approvers;
			if (strcmp(turns[k].state, list[i].state) == 0 && text_share_word(flow->roles, roles))
				add_turn(ctx, actions, flow, model_case_href(ctx, flow, talloc_asprintf(ctx, "/publications/%s", list[i].pub)), roles, talloc_asprintf(ctx, "%s%s", turns[k].words, row->title));
		}
	}
	for (int i = 0; n == 0 && i < flow->plugin->publication_count; i++)
		for (int k = 0; k < flow->document_count; k++) {
			const struct dossier_publication *row = &flow->plugin->publications[i];
			const struct document *d = &flow->documents[k];
			if (strcmp(row->doctype, d->type) == 0 && d->latest > 0 && text_in_list(row->state, d->state) && text_in_list(flow->roles, row->redactor))
				add_turn(ctx, actions, flow, model_case_href(ctx, flow, talloc_asprintf(ctx, "/documents/%s", d->pub)), row->redactor, talloc_asprintf(ctx, "Begin the redaction: %s", row->title));
		}
}

static void show_actions(void *ctx, xml_node *c, struct flow *flow)
{
	struct choice *choices;
	struct clock_view *views;
	int n = workflow_choices(ctx, flow, NULL, &choices), view_count = clocks_of(ctx, flow, &views);
	xml_node *actions = xml_add(c, "actions");
	char *base = model_case_href(ctx, flow, "");

	for (int i = 0; i < n; i++)
		if (!about_clock(flow, views, view_count, NULL, choices[i].transition))
			model_action(actions, flow, &choices[i], base);
	show_document_actions(ctx, actions, flow, views, view_count);
	show_publication_turns(ctx, actions, flow);
}

static void show_documents(void *ctx, xml_node *c, struct flow *flow)
{
	xml_node *documents = xml_add(c, "documents"), *new = xml_add(c, "new");
	struct clock_view *clocks;
	int clock_count = clocks_of(ctx, flow, &clocks);

	for (int i = 0; i < flow->document_count; i++) {
		const struct document *d = &flow->documents[i];
		const struct dossier_state *s = plugin_state(flow->plugin, d->type, d->state);
		bool write = flow_may(flow, "write", d->type, d).yes;
		xml_node *e;
		if (!write && !flow_may(flow, "read", d->type, d).yes)
			continue;
		e = xml_add(documents, "document");
		xml_set(e, "href", model_case_href(ctx, flow, talloc_asprintf(ctx, "/documents/%s", d->pub)));
		xml_set(e, "id", d->pub);
		xml_set(e, "type", d->type);
		xml_set(e, "title", flow_title(ctx, flow, d));
		xml_set(e, "agency", d->agency);
		xml_set(e, "agency-name", *d->agency == '\0' ? "" : flow_agency_name(flow, d->agency));
		xml_set(e, "state", d->state);
		xml_set(e, "state-title", s != NULL ? s->title : d->latest > 0 ? "Submitted" : "Draft");
		xml_setf(e, "version", "%d", d->latest);
		xml_set(e, "write", write ? "yes" : "no");
		if (*d->agency == '\0' && plugin_doctype(flow->plugin, d->type) != NULL && plugin_doctype(flow->plugin, d->type)->max != 1)      /* one of several is known by its day */
			xml_set(e, "begun", date_words(ctx, date_day_of(d->created)));
		case_beside(e, flow, d, clocks, clock_count);
	}
	for (int i = 0; i < flow->plugin->doctype_count; i++) {
		const struct dossier_doctype *t = &flow->plugin->doctypes[i];
		int standing = 0;
		xml_node *e;
		for (int k = 0; k < flow->document_count; k++)
			standing += strcmp(flow->documents[k].type, t->name) == 0;
		/* What a step begins is not offered; of what there may be any number, a further one is. */
		if (t->per != DOSSIER_PER_CASE || (plugin_is_started(flow->plugin, t->name) && (t->max != 0 || standing == 0)) || (t->max > 0 && standing >= t->max) || !flow_may(flow, "write", t->name, NULL).yes || !plugin_applies(t->editions, flow->c->editions))
			continue;
		e = xml_add(new, "document");
		xml_set(e, "type", t->name);
		xml_set(e, "title", t->title);
		xml_set(e, "href", model_case_href(ctx, flow, talloc_asprintf(ctx, "/documents?type=%s", t->name)));
	}
}

static void show_publications(void *ctx, xml_node *c, const struct flow *flow, struct error *error)
{
	struct publication *list;
	bool known = flow_may(flow, "read", "publication", NULL).yes || flow_may(flow, "withdraw", "publication", NULL).yes;
	int n = known ? publication_list(ctx, flow->house->store, flow->c->id, &list, error) : 0;
	xml_node *publications = xml_add(c, "publications");

	for (int i = 0; i < n; i++) {
		const struct dossier_publication *row = plugin_publication(flow->plugin, list[i].type);
		xml_node *p = xml_add(publications, "publication");
		xml_set(p, "href", model_case_href(ctx, flow, talloc_asprintf(ctx, "/publications/%s", list[i].pub)));
		xml_set(p, "title", row == NULL ? list[i].type : row->title);
		xml_set(p, "state", list[i].state);
		xml_set(p, "state-words", publication_state_words(list[i].state));
		if (strcmp(list[i].state, "withdrawn") == 0 && edition_withdrawn_by_system(flow->house->store, &list[i], error) == 1)
			xml_set(p, "withdrawn-by", "system");
	}
}

static void show_editions(void *ctx, xml_node *c, const struct flow *flow)
{
	xml_node *editions = xml_add(c, "editions");
	const char *cursor = flow->c->editions;
	char *pair;

	while ((pair = text_next_word(ctx, &cursor)) != NULL)
		for (int i = 0; i < flow->plugin->edition_count; i++) {
			const struct dossier_edition *row = &flow->plugin->editions[i];
			xml_node *e;
			if (strcmp(pair, talloc_asprintf(ctx, "%s=%s", row->name, row->value)) != 0)
				continue;
			e = xml_add(editions, "edition");
			xml_set(e, "name", row->name);
			xml_set(e, "value", row->value);
			xml_set(e, "title", row->title);
		}
}

int page_case(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	struct flow *flow = open_flow(ctx, r, error);
	xml_node *page, *c, *links, *link;

	if (flow == NULL)
		return -1;
	page = model_page(ctx, r, answer, "case", talloc_asprintf(ctx, "%s %s", flow->plugin->title, flow->c->reference));
	model_trail(page, "/work", "Cases");
	model_trail(page, NULL, flow->c->reference);
	model_case(page, flow);
	c = xml_child(page, "case");
	show_editions(ctx, c, flow);
	show_steps(c, flow);
	show_clocks(ctx, c, flow);
	case_flags(ctx, c, flow);
	if (flow_is_inside(flow))
		case_risks(xml_add(c, "risks"), "risk", "say", flow, NULL);
	show_actions(ctx, c, flow);
	show_documents(ctx, c, flow);
	case_people_show(ctx, c, flow, error);
	show_publications(ctx, c, flow, error);
	links = xml_add(c, "links");
	link = xml_add(links, "link");
	xml_set(link, "href", model_case_href(ctx, flow, "/chronology"));
	xml_set(link, "text", "Merged chronology");
	if (flow_may(flow, "read", "history", NULL).yes) {
		link = xml_add(links, "link");
		xml_set(link, "href", model_case_href(ctx, flow, "/history"));
		xml_set(link, "text", "History of this case");
	}
	xml_set(c, "waiting", workflow_waits(ctx, flow));
	case_acts(ctx, c, flow, NULL);
	return 0;
}
