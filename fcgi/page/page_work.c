#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#include "base/log.h"
#include "base/text.h"
#include "case/clocks.h"
#include "page/pages.h"

#define PAGE_SIZE 25
#define MAX_PAGE 1000000      /* times its size it is still a number */
#define SOON_DAYS 7

struct line { struct flow *flow; struct clock_view next; bool has_next; const char *status; };
struct counts { int overdue, soon, waiting, ready; };

/* The running clock that falls due first is what the case is shown by. */
static void next_clock(void *ctx, struct line *line)
{
	struct clock_view *views;
	int n = clocks_of(ctx, line->flow, &views);

	for (int i = 0; i < n; i++) {
		const struct document *d = views[i].document;
		if (views[i].stopped != DAY_NONE || views[i].due == DAY_NONE)
			continue;
		if (d != NULL && !flow_may(line->flow, "read", d->type, d).yes && !flow_may(line->flow, "write", d->type, d).yes)
			continue;      /* when another agency answers is not this viewer's to know */
		if (!line->has_next || views[i].due < line->next.due) {
			line->next = views[i];
			line->has_next = true;
		}
	}
	line->status = line->flow->c->closed ? "done" : line->flow->flag_count > 0 ? "paused" : !line->has_next ? "track" :
		line->next.overdue ? "overdue" : line->next.due - date_day_of(date_now()) <= SOON_DAYS ? "soon" : "track";
}

static void count(struct counts *c, const struct line *line)
{
	const struct flow *f = line->flow;

	c->overdue += strcmp(line->status, "overdue") == 0;
	c->soon += strcmp(line->status, "soon") == 0;
	for (int i = 0; i < f->document_count; i++) {
		const struct dossier_state *s = plugin_state(f->plugin, f->documents[i].type, f->documents[i].state);
		c->waiting += s != NULL && s->waits_for != NULL && strcmp(s->waits_for, "agencies") == 0;
	}
}

static void show_case(void *ctx, xml_node *cases, const struct line *line)
{
	static const struct { const char *status, *words; } words[] = { { "overdue", "Overdue" }, { "soon", "Due soon" }, { "paused", "On hold" }, { "track", "On track" }, { "done", "Closed" } };
	const struct dossier_state *state = plugin_state(line->flow->plugin, "case", line->flow->c->state);
	xml_node *c = xml_add(cases, "case");

	xml_set(c, "href", model_case_href(ctx, line->flow, ""));
	xml_set(c, "reference", line->flow->c->reference);
	xml_set(c, "type", line->flow->plugin->title);
	xml_set(c, "state", state == NULL ? line->flow->c->state : state->title);
	xml_set(c, "waiting", workflow_waits(ctx, line->flow));
	xml_set(c, "status", line->status);
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strcmp(words[i].status, line->status) == 0)
			xml_set(c, "status-words", words[i].words);
	if (!line->has_next)
		return;
	xml_set(c, "next-title", line->next.document == NULL ? line->next.clock->title : talloc_asprintf(ctx, "%s (%s)", line->next.clock->title, flow_agency_name(line->flow, line->next.document->agency)));
	xml_set(c, "next-due", date_words(ctx, line->next.due));
	xml_set(c, "next-words", clocks_words(ctx, &line->next));
	xml_set(c, "overdue", line->next.overdue ? "yes" : "no");
	xml_setf(c, "used", "%d", line->next.used);
	xml_setf(c, "length", "%d", (int)line->next.clock->length);
	xml_set(c, "unit", clocks_unit(line->next.clock));
}

/* What this person's own agency owes in the case. */
static void show_tasks(void *ctx, xml_node *tasks, const struct flow *flow)
{
	struct clock_view *views;
	int n = clocks_of(ctx, flow, &views);

	for (int i = 0; i < flow->document_count; i++) {
		const struct document *d = &flow->documents[i];
		const struct dossier_state *s = plugin_state(flow->plugin, d->type, d->state);
		xml_node *t;
		if (*flow->actor->agency == '\0' || strcmp(d->agency, flow->actor->agency) != 0 || s == NULL || s->waits_for == NULL || strcmp(s->waits_for, "agencies") != 0)
			continue;
		t = xml_add(tasks, "task");
		xml_set(t, "href", model_case_href(ctx, flow, talloc_asprintf(ctx, "/documents/%s", d->pub)));
		xml_set(t, "title", flow_title(ctx, flow, d));
		xml_set(t, "case", flow->c->reference);
		for (int k = 0; k < n; k++)
			if (views[k].document == d && views[k].stopped == DAY_NONE && views[k].due != DAY_NONE) {
				xml_set(t, "due-words", talloc_asprintf(ctx, "%s (%s)", date_words_long(ctx, views[k].due), clocks_words(ctx, &views[k])));
				xml_set(t, "overdue", views[k].overdue ? "yes" : "no");
			}
	}
}

static bool wanted(const struct request *r, const struct line *line)
{
	const char *text = parts_get(r->query, "text"), *type = parts_get(r->query, "type"), *due = parts_get(r->query, "due");

	if (text != NULL && *text != '\0' && strstr(line->flow->c->reference, text) == NULL)
		return false;
	if (type != NULL && *type != '\0' && strcmp(type, line->flow->c->plugin) != 0)
		return false;
	return due == NULL || *due == '\0' || strcmp(due, "all") == 0 || strcmp(due, line->status) == 0;
}

static int by_due(const void *a, const void *b)
{
	const struct line *x = a, *y = b;

	if (x->has_next != y->has_next)
		return x->has_next ? -1 : 1;
	return x->has_next && x->next.due != y->next.due ? (x->next.due < y->next.due ? -1 : 1) : strcmp(x->flow->c->reference, y->flow->c->reference);
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

static void show_filter(xml_node *page, const struct request *r, const struct counts *c)
{
	static const char *const names[] = { "text", "type", "due" };
	xml_node *filter = xml_add(page, "filter"), *counts = xml_add(page, "counts");

	for (size_t i = 0; i < 3; i++) {
		const char *value = parts_get(r->query, names[i]);
		xml_set(filter, names[i], value == NULL ? "" : value);
	}
	xml_setf(counts, "overdue", "%d", c->overdue);
	xml_setf(counts, "soon", "%d", c->soon);
	xml_setf(counts, "waiting", "%d", c->waiting);
	xml_setf(counts, "ready", "%d", c->ready);
}

int page_dashboard(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	bool all = may(&r->actor, "know", "case", NULL).yes;
	int page_number = (int)request_number(r->query, "page", 1), n, shown = 0;
	struct case_row *rows;
	struct line *lines;
	struct counts counts = {0};
	xml_node *page, *cases, *tasks;
	int64_t total;

	if (page_number < 1 || page_number > MAX_PAGE)
		page_number = 1;
	n = case_list(ctx, r->house->store, r->actor.account, r->actor.agency, all, false, PAGE_SIZE, (page_number - 1) * PAGE_SIZE, &rows, error);
	if (n < 0 || case_count(r->house->store, r->actor.account, r->actor.agency, all, false, &total, error) != 0)
		return -1;
	lines = talloc_zero_array(ctx, struct line, n + 1);
	page = model_page(ctx, r, answer, "dashboard", "Your cases");
	cases = xml_add(page, "cases");
	tasks = xml_add(page, "tasks");
	for (int i = 0; i < n; i++) {
		lines[shown] = (struct line){ .flow = flow_of(ctx, r->house, &r->actor, rows[i].id, error) };
		if (lines[shown].flow == NULL) {      /* one case that cannot be opened hides no other */
			if (error->kind != ERROR_GONE && strcmp(error->code, "case.plugin") != 0)
				return -1;
			if (error->kind != ERROR_GONE)        /* destroyed: nothing to look after any more */
				log_line(LOG_ERROR, "case.closed-to-all", "case=%s code=%s", rows[i].pub, error->code);
			*error = (struct error){0};
			continue;
		}
		next_clock(ctx, &lines[shown]);
		count(&counts, &lines[shown]);
		show_tasks(ctx, tasks, lines[shown].flow);
		shown += wanted(r, &lines[shown]);
	}
	qsort(lines, (size_t)shown, sizeof *lines, by_due);
	for (int i = 0; i < shown; i++)
		show_case(ctx, cases, &lines[i]);
	xml_setf(cases, "from", "%d", shown == 0 ? 0 : (page_number - 1) * PAGE_SIZE + 1);
	xml_setf(cases, "to", "%d", (page_number - 1) * PAGE_SIZE + shown);
	xml_setf(cases, "total", "%ld", (long)total);
	xml_setf(cases, "page", "%d", page_number);
	xml_setf(cases, "pages", "%ld", (long)(total + PAGE_SIZE - 1) / PAGE_SIZE);
	if (page_number > 1)
		xml_setf(cases, "previous", "/work?page=%d", page_number - 1);
	if (page_number * PAGE_SIZE < total)
		xml_setf(cases, "next", "/work?page=%d", page_number + 1);
	show_filter(page, r, &counts);
	show_openings(page, r);
	return 0;
}

/* Fields "edition.<name>" as "name=value …". A value is compared whole, so a blank in it is no second pair. */
static const char *chosen_editions(void *ctx, const struct request *r, struct error *error)
{
	char *chosen = talloc_strdup(ctx, "");

	for (int i = 0; i < r->form->count; i++) {
		const struct part *part = &r->form->list[i];
		if (!text_starts(part->name, "edition."))
			continue;
		if (strpbrk(part->name, " =") != NULL || strchr(part->value, ' ') != NULL || *part->value == '\0') {
			error_set(error, ERROR_INVALID, "case.edition", "Choose an edition that is offered.");
			return NULL;
		}
		chosen = talloc_asprintf_append(chosen, "%s%s=%s", *chosen == '\0' ? "" : " ", part->name + strlen("edition."), part->value);
	}
	return chosen;
}

int page_open_case(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	const char *name = parts_get(r->form, "plugin");
	const struct plugin *p = name == NULL ? NULL : plugins_get(r->house->plugins, name);
	const char *chosen;
	struct case_row c;
	struct document first;

	if (!may(&r->actor, "open", "cases", NULL).yes)
		return error_set(error, ERROR_DENIED, "case.open", "Your account may not open a case.");
	if (p == NULL)
		return error_set(error, ERROR_INVALID, "case.type", "Choose the type of review to open.");
	chosen = chosen_editions(ctx, r, error);
	if (chosen == NULL || workflow_open(r->house, &r->actor, p, chosen, &c, &first, error) != 0)
		return -1;
	model_redirect(answer, talloc_asprintf(ctx, "/work/cases/%s/documents/%s", c.pub, first.pub));
	if (r->wants_xml) {
		xml_node *page = model_page(ctx, r, answer, "receipt", "Case opened"), *made = xml_add(page, "made");
		xml_setf(made, "case", "/work/cases/%s", c.pub);
		xml_setf(made, "document", "/work/cases/%s/documents/%s", c.pub, first.pub);
		xml_set(made, "reference", c.reference);
		answer->status = 201;
	}
	return 0;
}
