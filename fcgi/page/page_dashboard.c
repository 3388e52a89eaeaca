#include <stdio.h>
#include <string.h>
#include <talloc.h>

#include "base/log.h"
#include "base/text.h"
#include "case/clocks.h"
#include "page/pages.h"
#include "store/store_list.h"

#define PAGE_SIZE 25
#define SOON_DAYS 7
#define TASKS 10
#define MOST_TASKS 200

/* One look at all cases of a person: the store has the order and the counts, only what is shown is opened. */
struct board { void *ctx; struct request *r; struct case_filter filter; struct flow **flows; int flow_count; };

/* A case is opened once, for a line and for its tasks. NULL: it cannot be; *fault_r: and that is no fault of the case alone. */
static struct flow *open_case(struct board *b, int64_t id, bool *fault_r, struct error *error)
{
	struct flow *f;

	for (int i = 0; i < b->flow_count; i++)
		if (b->flows[i]->c->id == id)
			return b->flows[i];
	f = flow_of(b->ctx, b->r->house, &b->r->actor, id, error);
	if (f == NULL) {      /* one case that cannot be opened hides no other */
		*fault_r = error->kind != ERROR_GONE && strcmp(error->code, "case.plugin") != 0;
		if (!*fault_r) {
			if (error->kind != ERROR_GONE)        /* destroyed: nothing to look after any more */
				log_line(LOG_ERROR, "case.closed-to-all", "case=%lld code=%s", (long long)id, error->code);
			*error = (struct error){0};
		}
		return NULL;
	}
	b->flows = talloc_realloc(b->ctx, b->flows, struct flow *, (size_t)b->flow_count + 1);
	b->flows[b->flow_count++] = f;
	return f;
}

static bool visible(const struct flow *flow, const struct document *d)
{
	return d == NULL || flow_may(flow, "read", d->type, d).yes || flow_may(flow, "write", d->type, d).yes;
}

/* --- cases ----------------------------------------------------------------------------------------------------------------- */

static const struct { enum case_status status; const char *name, *words; } statuses[] = {
	{ CASES_OVERDUE, "overdue", "Overdue" }, { CASES_SOON, "soon", "Due soon" }, { CASES_HELD, "paused", "On hold" }, { CASES_TRACK, "track", "On track" }, { CASES_CLOSED, "done", "Closed" },
};
#define STATUSES (sizeof statuses / sizeof statuses[0])

static void set_status(xml_node *c, const struct board *b, const struct case_line *l)
{
	enum case_status s = l->row.closed ? CASES_CLOSED : l->held ? CASES_HELD : l->place.due < b->filter.today ? CASES_OVERDUE : l->place.due <= b->filter.soon ? CASES_SOON : CASES_TRACK;

	for (size_t i = 0; i < STATUSES; i++)
		if (statuses[i].status == s) {
			xml_set(c, "status", statuses[i].name);
			xml_set(c, "status-words", statuses[i].words);
		}
}

/* The running clock that falls due first is what the case is shown by. Whose answer it is, only whoever may see that document is told. */
static void show_next(void *ctx, xml_node *c, const struct flow *flow, day due, day today)
{
	struct clock_view *views;
	int n = due == DUE_NEVER || flow->c->closed ? 0 : clocks_of(ctx, flow, &views);
	const struct clock_view *v = NULL;

	if (n > 0) {
		xml_set(c, "next-due", date_words(ctx, due));
		xml_set(c, "overdue", due < today ? "yes" : "no");
		xml_set(c, "next-title", "Somebody else’s step");
	}
	for (int i = 0; v == NULL && i < n; i++)
		if (views[i].stopped == DAY_NONE && views[i].due == due && visible(flow, views[i].document))
			v = &views[i];
	if (v == NULL)
		return;
	xml_set(c, "next-title", v->document == NULL || *v->document->agency == '\0' ? v->clock->title : talloc_asprintf(ctx, "%s (%s)", v->clock->title, flow_agency_name(flow, v->document->agency)));
	xml_set(c, "next-words", clocks_words(ctx, v));
	xml_set(c, "warn", v->warn ? "yes" : NULL);
	xml_setf(c, "used", "%d", v->used);
	if (v->clock->length > 0 && v->clock->unit != DOSSIER_MONTHS)
		xml_setf(c, "length", "%d", (int)v->clock->length);
	xml_set(c, "unit", clocks_unit(v->clock));
}

static void show_case(const struct board *b, xml_node *cases, const struct flow *flow, const struct case_line *l)
{
	const struct dossier_state *state = plugin_state(flow->plugin, "case", flow->c->state);
	xml_node *c = xml_add(cases, "case");

	xml_set(c, "href", model_case_href(b->ctx, flow, ""));
	xml_set(c, "reference", flow->c->reference);
	xml_set(c, "type", flow->plugin->title);
	xml_set(c, "state", state == NULL ? flow->c->state : state->title);
	xml_set(c, "waiting", workflow_waits(b->ctx, flow));
	set_status(c, b, l);
	show_next(b->ctx, c, flow, l->place.due, b->filter.today);
}

static char *link_to(const struct board *b, const char *way, struct case_place place)
{
	const char *text = b->filter.text == NULL ? "" : b->filter.text, *due = parts_get(b->r->query, "due");

	if (strspn(text, "0123456789-") != strlen(text))      /* finds nothing, so leads nowhere */
		text = "";
	for (size_t i = 0; due != NULL && i <= STATUSES; i++)
		if (i == STATUSES)
			due = NULL;
		else if (strcmp(due, statuses[i].name) == 0)
			break;
	return talloc_asprintf(b->ctx, "/work?text=%s&type=%s&due=%s&%s=%ld.%lld", text, b->filter.plugin == NULL ? "" : b->filter.plugin, due == NULL ? "" : due, way,
		(long)place.due, (long long)place.id);
}

/* "20567.12": where a page ended. Whatever else comes is no place. */
static bool place_of(const struct request *r, const char *name, struct case_place *place)
{
	const char *text = parts_get(r->query, name);
	long due;
	long long id;
	int n = 0;

	if (text == NULL || strlen(text) > 30 || sscanf(text, "%ld.%lld%n", &due, &id, &n) != 2 || text[n] != '\0' || due < INT32_MIN || due > INT32_MAX)
		return false;
	*place = (struct case_place){ (day)due, id };
	return true;
}

static int show_cases(struct board *b, xml_node *cases, struct error *error)
{
	struct case_place place;
	bool backwards = place_of(b->r, "before", &place), placed = backwards || place_of(b->r, "after", &place), more, fault = false;
	struct case_line *lines;
	int n = case_lines(b->ctx, b->r->house->store, &b->filter, placed ? &place : NULL, backwards, PAGE_SIZE + 1, &lines, error), shown = 0;

	if (n < 0)
		return -1;
	more = n > PAGE_SIZE;
	if (more && backwards)
		lines++;
	n = more ? PAGE_SIZE : n;
	for (int i = 0; i < n; i++) {
		struct flow *flow = open_case(b, lines[i].row.id, &fault, error);
		if (flow == NULL && fault)
			return -1;
		if (flow != NULL)
			show_case(b, cases, flow, &lines[i]);
		shown += flow != NULL;
	}
	xml_setf(cases, "shown", "%d", shown);
	if (n > 0 && (backwards ? more : placed))
		xml_set(cases, "previous", link_to(b, "before", lines[0].place));
	if (n > 0 && (backwards || more))
		xml_set(cases, "next", link_to(b, "after", lines[n - 1].place));
	return 0;
}

/* --- tasks ----------------------------------------------------------------------------------------------------------------- */

static const struct document *document_of(const struct flow *flow, int64_t id)
{
	for (int i = 0; i < flow->document_count; i++)
		if (flow->documents[i].id == id)
			return &flow->documents[i];
	return NULL;
}

static const struct dossier_transition *step_of(const struct flow *flow, const struct document *d, const char *name)
{
	const struct dossier_transition *t = d == NULL ? NULL : plugin_transition(flow->plugin, d->type, name);

	return t != NULL ? t : plugin_transition(flow->plugin, "case", name);
}

static const char *task_words(const struct flow *flow, const struct document *d, const struct task *t)
{
	const struct dossier_transition *step = step_of(flow, d, t->name);
	const struct dossier_state *state = plugin_state(flow->plugin, d == NULL ? "case" : d->type, t->name);

	if (strcmp(t->kind, "step") == 0)
		return step == NULL ? t->name : step->title;
	if (strcmp(t->kind, "state") == 0)
		return state == NULL ? t->name : state->title;
	for (int i = 0; strcmp(t->kind, "nudge") == 0 && i < flow->plugin->nudge_count; i++)
		if (strcmp(flow->plugin->nudges[i].does, t->name) == 0)
			return flow->plugin->nudges[i].title;
	for (int i = 0; strcmp(t->kind, "clock") == 0 && i < flow->plugin->clock_count; i++)
		if (strcmp(flow->plugin->clocks[i].name, t->name) == 0)
			return flow->plugin->clocks[i].title;
	return t->name;
}

/* To the step itself where there is one, else to the document or the case it is about. */
static char *task_href(void *ctx, const struct flow *flow, const struct document *d, const struct task *t)
{
	const struct dossier_transition *step = strcmp(t->kind, "step") == 0 ? step_of(flow, d, t->name) : NULL;
	char *base = d == NULL || (step != NULL && strcmp(step->machine, "case") == 0) ? talloc_strdup(ctx, "") : talloc_asprintf(ctx, "/documents/%s", d->pub);

	return model_case_href(ctx, flow, step == NULL ? base : talloc_asprintf(ctx, "%s/do/%s", base, t->name));
}

static void show_due(void *ctx, xml_node *e, const struct flow *flow, const struct document *d, day due, day today)
{
	struct clock_view *views;
	int n = clocks_of(ctx, flow, &views);
	const char *words = NULL;

	for (int i = 0; words == NULL && i < n; i++)
		if (views[i].stopped == DAY_NONE && views[i].due == due && views[i].document == d)
			words = clocks_words(ctx, &views[i]);
	xml_set(e, "due-words", words == NULL ? date_words_long(ctx, due) : talloc_asprintf(ctx, "%s (%s)", date_words_long(ctx, due), words));
	xml_set(e, "overdue", due < today ? "yes" : "no");
}

static void show_task(const struct board *b, xml_node *tasks, const struct flow *flow, const struct task *t)
{
	const struct document *d = document_of(flow, t->document_id);
	bool own = *t->agency != '\0', owed = own && strcmp(t->kind, "state") == 0;      /* its own return: an agency need not be told whose */
	xml_node *e;

	if (!visible(flow, d))
		return;
	e = xml_add(tasks, "task");
	xml_set(e, "href", task_href(b->ctx, flow, d, t));
	xml_set(e, "title", owed ? flow_title(b->ctx, flow, d) : d == NULL || own ? task_words(flow, d, t) : talloc_asprintf(b->ctx, "%s (%s)", task_words(flow, d, t), flow_title(b->ctx, flow, d)));
	xml_set(e, "kind", t->kind);
	xml_set(e, "case", flow->c->reference);
	if (t->due != DUE_NEVER)
		show_due(b->ctx, e, flow, d, t->due, b->filter.today);
}

static int show_tasks(struct board *b, xml_node *tasks, struct error *error)
{
	const char *wish = parts_get(b->r->query, "tasks");
	bool fault = false, all = wish != NULL && strcmp(wish, "all") == 0;
	struct task *list;
	int64_t count;
	int n = task_list(b->ctx, b->r->house->store, b->r->actor.account, b->r->actor.agency, all ? MOST_TASKS : TASKS, &list, error);

	if (n < 0 || task_count(b->r->house->store, b->r->actor.account, b->r->actor.agency, &count, error) != 0)
		return -1;
	for (int i = 0; i < n; i++) {
		struct flow *flow = open_case(b, list[i].case_id, &fault, error);
		if (flow == NULL && fault)
			return -1;
		if (flow != NULL)
			show_task(b, tasks, flow, &list[i]);
	}
	xml_setf(tasks, "total", "%ld", (long)count);
	if (!all && count > n)
		xml_set(tasks, "more", "/work?tasks=all");
	return 0;
}

/* --- what is looked for, what can be opened ----------------------------------------------------------------------------------- */

/* Case roles that may read the documents of every agency, whatever the state. */
static char *wide_roles(void *ctx, const struct plugins *plugins)
{
	char *roles = talloc_strdup(ctx, " ");

	for (int i = 0; i < plugins->count; i++)
		for (int k = 0; k < plugins->list[i].right_count; k++) {
			const struct plugin *p = &plugins->list[i];
			const struct dossier_right *r = &p->rights[k];
			bool of_agencies = false;
			for (int d = 0; d < p->doctype_count; d++)
				of_agencies = of_agencies || (p->doctypes[d].per == DOSSIER_PER_AGENCY && text_in_list(r->object, p->doctypes[d].name));
			if (of_agencies && strcmp(r->scope, "case") == 0 && r->from_state == NULL && text_in_list(r->actions, "read"))
				roles = talloc_asprintf_append(roles, "%s ", r->role);
		}
	return roles;
}

static void read_filter(struct board *b)
{
	const char *due = parts_get(b->r->query, "due"), *type = parts_get(b->r->query, "type"), *text = parts_get(b->r->query, "text");
	day today = date_day_of(date_now());

	b->filter = (struct case_filter){ .account = b->r->actor.account, .agency = b->r->actor.agency, .all = may(&b->r->actor, "know", "case", NULL).yes,
		.status = CASES_OPEN, .text = text, .today = today, .soon = today + SOON_DAYS, .wide = wide_roles(b->ctx, b->r->house->plugins) };
	for (size_t i = 0; due != NULL && i < STATUSES; i++)
		if (strcmp(due, statuses[i].name) == 0)
			b->filter.status = statuses[i].status;
	if (type != NULL && plugins_get(b->r->house->plugins, type) != NULL)
		b->filter.plugin = type;
}

/* Law and guidance that a case can be opened under: a choice only where there is one. */
static void show_editions(xml_node *type, const struct plugin *p)
{
	for (int i = 0; i < p->edition_count; i++) {
		const struct dossier_edition *e = &p->editions[i];
		xml_node *edition = NULL, *value;
		int offered = 0;
		for (int k = 0; k < p->edition_count; k++)
			offered += strcmp(p->editions[k].name, e->name) == 0;
		if (offered < 2)
			continue;
		for (edition = xml_first(type); edition != NULL && strcmp(xml_get(edition, "name"), e->name) != 0; edition = xml_next(edition))
			;
		if (edition == NULL) {
			edition = xml_add(type, "edition");
			xml_set(edition, "name", e->name);
		}
		value = xml_add(edition, "value");
		xml_set(value, "value", e->value);
		xml_set(value, "title", e->title);
		xml_set(value, "default", e->is_default ? "yes" : "no");
	}
}

static void show_openings(xml_node *page, const struct request *r)
{
	xml_node *open = xml_add(page, "open"), *types = xml_add(page, "types");

	for (int i = 0; i < r->house->plugins->count; i++) {
		const struct plugin *p = &r->house->plugins->list[i];
		xml_node *t = xml_add(types, "type");
		xml_set(t, "name", p->name);
		xml_set(t, "title", p->title);
		if (!may(&r->actor, "open", "cases", NULL).yes)
			continue;
		t = xml_add(open, "type");
		xml_set(t, "plugin", p->name);
		xml_set(t, "title", plugin_doctype(p, p->descriptor->opens_with)->title);
		xml_set(t, "href", "/work/cases");
		show_editions(t, p);
	}
}

static int show_counts(struct board *b, xml_node *page, xml_node *cases, struct error *error)
{
	static const char *const names[] = { "text", "type", "due" };
	xml_node *filter = xml_add(page, "filter"), *counts = xml_add(page, "counts");
	struct case_counts c;

	if (case_counts(b->r->house->store, &b->filter, &c, error) != 0)
		return -1;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const char *value = parts_get(b->r->query, names[i]);
		xml_set(filter, names[i], value == NULL ? "" : value);
	}
	xml_setf(cases, "total", "%ld", (long)c.found);
	xml_setf(counts, "overdue", "%ld", (long)c.overdue);
	xml_setf(counts, "soon", "%ld", (long)c.soon);
	xml_setf(counts, "waiting", "%ld", (long)c.waiting);
	xml_setf(counts, "ready", "%ld", (long)c.ready);
	return 0;
}

int page_dashboard(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	struct board b = { .ctx = ctx, .r = r };
	xml_node *page, *cases, *tasks;

	read_filter(&b);
	page = model_page(ctx, r, answer, "dashboard", "Your cases");
	cases = xml_add(page, "cases");
	tasks = xml_add(page, "tasks");
	if (show_tasks(&b, tasks, error) != 0 || show_cases(&b, cases, error) != 0 || show_counts(&b, page, cases, error) != 0)
		return -1;
	show_openings(page, r);
	return 0;
}
