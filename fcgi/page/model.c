#include "page/model.h"

#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "case/clocks.h"

/* The areas of the service, some for people of an agency alone: rows for the frame's navigation. */
static const struct { const char *href, *text; bool of_agency; } areas[] = {
	{ "/work", "Cases", false },
	{ "/work/owed", "Asked of your agency", true },
	{ "/forms", "Forms", false },
};
#define AREAS (sizeof areas / sizeof areas[0])
static const struct { const char *role, *words; } base_roles[] = {
	{ "administrator", "Administrator" }, { "coordinator", "Co-ordinator" }, { "contributor", "Contributor" }, { "agency-approver", "Agency approver" },
	{ "reviewer", "Reviewer" }, { "redactor", "Redactor" }, { "approver", "Approver" }, { "duty-officer", "Duty officer" }, { "reader", "Reader" },
};

static void site(xml_node *page, const struct request *r)
{
	xml_node *s = xml_add(page, "site");

	xml_set(s, "name", r->house->config->partnership);
	xml_set(s, "contact", r->house->config->contact);
	xml_set(s, "marking", "OFFICIAL-SENSITIVE");
	xml_set(s, "profile", r->house->config->profile == PROFILE_PRODUCTION ? "production" : r->house->config->profile == PROFILE_TEST ? "test" : "development");
}

static void viewer(xml_node *page, const struct request *r)
{
	xml_node *v = xml_add(page, "viewer");
	struct error ignored;
	char *words = talloc_strdup(r, "");
	struct agency *agency = *r->actor.agency == '\0' ? NULL : people_agency((void *)(uintptr_t)r, r->house->store, r->actor.agency, &ignored);

	xml_set(v, "name", r->actor.name);
	xml_set(v, "login", r->actor.login);
	xml_set(v, "agency", r->actor.agency);
	xml_set(v, "agency-name", agency == NULL ? "" : agency->name);
	xml_set(v, "roles", r->actor.roles);
	for (size_t i = 0; i < sizeof base_roles / sizeof base_roles[0]; i++)
		if (text_in_list(r->actor.roles, base_roles[i].role))
			words = talloc_asprintf_append(words, "%s%s", *words == '\0' ? "" : ", ", base_roles[i].words);
	xml_set(v, "roles-words", words);
	if (r->csrf != NULL)
		xml_set(v, "csrf", r->csrf);
}

static void navigation(xml_node *page, const struct request *r)
{
	xml_node *nav = xml_add(page, "nav");
	size_t here = AREAS;

	for (size_t i = 0; i < AREAS; i++)
		if (text_starts(r->path, areas[i].href) && (here == AREAS || strlen(areas[i].href) > strlen(areas[here].href)))
			here = i;
	for (size_t i = 0; i < AREAS; i++) {
		xml_node *link;
		if (areas[i].of_agency && *r->actor.agency == '\0')
			continue;
		link = xml_add(nav, "link");
		xml_set(link, "href", areas[i].href);
		xml_set(link, "text", areas[i].text);
		xml_set(link, "current", i == here ? "yes" : NULL);
	}
}

xml_node *model_page(void *ctx, const struct request *r, struct answer *answer, const char *is, const char *title)
{
	struct xml_doc *doc = xml_new(ctx, "page");
	xml_node *page = xml_root(doc);

	answer->model = doc;
	xml_set(page, "is", is);
	xml_set(page, "title", title);
	xml_set(page, "request", r->id);
	xml_set(page, "day", date_iso(doc, date_day_of(date_now())));
	xml_set(page, "clock", date_words_instant(doc, date_now()));
	if (date_clock_offset() != 0)
		xml_set(page, "moved", "yes");
	xml_set(page, "base", "/work");
	site(page, r);
	if (!r->known)
		return page;
	viewer(page, r);
	navigation(page, r);
	return page;
}

void model_once(void *ctx, struct answer *answer, xml_node *form)
{
	char once[SEAL_ID];

	seal_id(once);
	xml_set(form, "once", once);
	answer->once = talloc_strdup(ctx, once);
}

void model_trail(xml_node *page, const char *href, const char *text)
{
	xml_node *trail = xml_child(page, "trail"), *link;

	if (trail == NULL)
		trail = xml_add(page, "trail");
	link = xml_add(trail, "link");
	xml_set(link, "href", href);
	xml_set(link, "text", text);
}

void model_notice(xml_node *page, const char *kind, const char *title, const char *text)
{
	xml_node *n = xml_add_text(page, "notice", text);

	xml_set(n, "kind", kind);
	xml_set(n, "title", title);
}

static xml_node *problems_of(xml_node *page)
{
	xml_node *problems = xml_child(page, "problems");

	if (problems == NULL) {
		problems = xml_add(page, "problems");
		xml_set(problems, "rest", "0");
	}
	return problems;
}

void model_problems(xml_node *page, const struct faults *faults, bool link)
{
	xml_node *problems;

	if (faults == NULL || faults->errors == 0)
		return;
	problems = problems_of(page);
	xml_setf(problems, "rest", "%d", faults->rest);
	for (int i = 0; i < faults->count; i++) {
		const struct fault *f = &faults->list[i];
		xml_node *p;
		if (f->warning)
			continue;
		p = xml_add(problems, "problem");
		xml_set(p, "code", f->code);
		xml_set(p, "where", f->where);
		xml_setf(p, "line", "%d", f->line);
		xml_set(p, "say", f->say);
		if (link && *f->where != '\0')
			xml_setf(p, "href", "#%s", f->where);
	}
}

static void reason_missing(xml_node *page, int n)
{
	xml_node *p = xml_add(problems_of(page), "problem");

	xml_set(p, "code", "reason");
	xml_setf(p, "where", "reason.%d", n);
	xml_setf(p, "href", "#reason.%d", n);
	xml_set(p, "line", "0");
	xml_set(p, "say", "Say why it is right to go on, or put it right");
}

void model_warnings(void *ctx, xml_node *page, const struct request *r, const struct faults *faults)
{
	xml_node *list = NULL;
	int given, n = 0;
	const char **reasons = request_reasons(ctx, r, &given);

	for (int i = 0; faults != NULL && i < faults->count; i++) {
		xml_node *w;
		if (!faults->list[i].warning)
			continue;
		list = list != NULL ? list : xml_add(page, "warnings");
		w = xml_add(list, "warning");
		xml_set(w, "code", faults->list[i].code);
		xml_set(w, "where", faults->list[i].where);
		xml_set(w, "say", faults->list[i].say);
		if (n < given && reasons[n] != NULL)
			xml_set(w, "reason", reasons[n]);
		else if (r->method == METHOD_POST && faults->errors == 0)
			reason_missing(page, n + 1);
		n++;
	}
}

void model_passed(xml_node *into, const char *reasons)
{
	void *tmp = talloc_new(NULL);
	char *lines = talloc_strdup(tmp, reasons == NULL ? "" : reasons), *save = NULL;

	for (char *line = strtok_r(lines, "\n", &save); line != NULL; line = strtok_r(NULL, "\n", &save)) {
		char *say = strchr(line, '\t'), *reason = say == NULL ? strstr(line, ": ") : strchr(say + 1, '\t');
		xml_node *p;
		if (reason == NULL)
			continue;
		p = xml_add(into, "passed");
		xml_set(p, "reason", reason + (say == NULL ? 2 : 1));
		*reason = '\0';
		xml_set(p, "say", say == NULL ? "" : say + 1);
		if (say != NULL)
			*say = '\0';
		xml_set(p, "code", line);
	}
	talloc_free(tmp);
}

void model_problem(xml_node *page, const struct error *error, bool link)
{
	xml_node *p = xml_add(problems_of(page), "problem");

	xml_set(p, "code", error->code);
	xml_set(p, "where", error->where);
	xml_setf(p, "line", "%d", error->line);
	if (error->column > 0)
		xml_setf(p, "column", "%d", error->column);
	xml_set(p, "say", error->say);
	if (link && *error->where != '\0')
		xml_setf(p, "href", "#%s", error->where);
}

char *model_case_href(void *ctx, const struct flow *flow, const char *below)
{
	return talloc_asprintf(ctx, "/work/cases/%s%s", flow->c->pub, below);
}

void model_case(xml_node *page, const struct flow *flow)
{
	const struct dossier_state *state = plugin_state(flow->plugin, "case", flow->c->state);
	void *tmp = talloc_new(NULL);
	xml_node *c = xml_child(page, "case");

	if (c == NULL)
		c = xml_add(page, "case");
	xml_set(c, "href", model_case_href(tmp, flow, ""));
	xml_set(c, "reference", flow->c->reference);
	xml_set(c, "type", flow->plugin->title);
	xml_set(c, "plugin", flow->plugin->name);
	xml_set(c, "state", flow->c->state);
	xml_set(c, "state-title", state == NULL ? flow->c->state : state->title);
	if (flow_track(flow) != NULL)
		xml_set(c, "track", flow_track(flow)->title);
	xml_setf(c, "round", "%d", flow->c->round);
	xml_set(c, "opened", date_words(tmp, date_day_of(flow->c->opened)));
	xml_set(c, "closed", flow->c->closed ? "yes" : "no");
	xml_set(c, "roles", flow->roles);
	xml_set(c, "roles-words", plugin_role_titles(tmp, flow->plugin, flow->roles));
	talloc_free(tmp);
}

void model_action(xml_node *actions, const struct flow *flow, const struct choice *choice, const char *base)
{
	void *tmp = talloc_new(NULL);
	xml_node *a = xml_add(actions, "action");

	xml_set(a, "name", choice->transition->name);
	xml_set(a, "title", choice->transition->title);
	xml_setf(a, "href", "%s/do/%s", base, choice->transition->name);
	xml_set(a, "allowed", choice->allowed ? "yes" : "no");
	xml_set(a, "who", plugin_role_titles(tmp, flow->plugin, choice->transition->roles));
	if (strcmp(choice->transition->to, "=") == 0 && choice->document == NULL && (choice->transition->sets_flag != NULL || choice->transition->lifts_flag != NULL))
		xml_set(a, "kind", "flag");      /* what lies over a case is no step on its way: pages show the two apart */
	if (choice->why != NULL)
		xml_set(a, "why", choice->why);
	if (choice->waiting != NULL && *choice->waiting != '\0')
		xml_set(a, "waiting", plugin_role_titles(tmp, flow->plugin, choice->waiting));
	for (int i = 0; i < choice->lacks->count; i++) {
		xml_node *lack;
		if (choice->lacks->list[i].warning || (!choice->allowed && !flow_is_inside(flow)))      /* what is missing tells about others */
			continue;
		lack = xml_add(a, "lack");
		xml_set(lack, "say", choice->lacks->list[i].say);
		xml_set(lack, "code", choice->lacks->list[i].code);
	}
	talloc_free(tmp);
}

/* Who an informant is, rules of forms may lean on; no page says it. */
static void without_secrets(xml_node *instance)
{
	for (xml_node *e = xml_child(instance, "entry"); e != NULL; e = xml_next_same(e))
		xml_set(e, "informant", NULL);
}

xml_node *model_form(xml_node *page, const struct judge *judge, const struct xml_doc *doc, const struct faults *faults, struct error *error)
{
	void *tmp = talloc_new(NULL);
	struct xml_doc *annotated = judge_annotate(tmp, judge, doc, faults, error);
	xml_node *form = NULL, *instances;

	if (annotated == NULL)
		goto out;
	form = xml_add(page, "form");
	xml_set(form, "id", judge->form->id);
	xml_setf(form, "version", "%d", judge->form->version);
	xml_move_into(form, annotated);
	instances = xml_add(page, "instances");
	for (int i = 0; i < judge->instance_count; i++)
		without_secrets(xml_copy_into(instances, xml_root(judge->instances[i].doc)));
out:
	talloc_free(tmp);
	return form;
}

void model_saved(const struct xml_doc *model, int saved)
{
	static const char *const words[FASTCGI_SAVED] = { [FASTCGI_SAVED_NOTHING] = "nothing", [FASTCGI_SAVED_UNSURE] = "unsure", [FASTCGI_SAVED_ALL] = "all" };
	xml_node *e = xml_child(xml_root(model), "error");

	if (e != NULL)
		xml_set(e, "saved", words[saved]);
}

void model_error(void *ctx, const struct request *r, struct answer *answer, const struct error *error)
{
	static const char *const titles[ERROR_KINDS] = {
		[ERROR_MALFORMED] = "We could not read what was sent", [ERROR_STRANGER] = "Sign in first", [ERROR_DENIED] = "You may not do this",
		[ERROR_MISSING] = "Page not found", [ERROR_METHOD] = "This page cannot be used in that way", [ERROR_CONFLICT] = "Something has changed in the meantime",
		[ERROR_GONE] = "This case was destroyed", [ERROR_TOO_LARGE] = "What was sent is too large", [ERROR_INVALID] = "There is something to put right",
		[ERROR_FAULT] = "Something went wrong on our side", [ERROR_BUSY] = "The service is busy", [ERROR_FULL] = "There is no space left to save this",
	};
	const char *title = strcmp(error->code, "request.csrf") == 0 ? "This page is from an earlier session" : titles[error->kind] == NULL ? "Something went wrong" : titles[error->kind];
	xml_node *page = model_page(ctx, r, answer, "error", title), *e = xml_add(page, "error");

	answer->sheet = NULL;
	answer->location = NULL;
	answer->status = error_status(error->kind);
	xml_setf(e, "status", "%d", answer->status);
	xml_set(e, "code", error->code);
	xml_set(e, "say", error->say);
	if (*error->where != '\0')
		xml_set(e, "where", error->where);
	if (error->line > 0)
		xml_setf(e, "line", "%d", error->line);
	if (error->column > 0)
		xml_setf(e, "column", "%d", error->column);
	if (answer->status >= 500 && r->house->store != NULL)      /* of our own making: whoever sent something must know */
		model_saved(answer->model, r->method == METHOD_POST ? *db_saved(store_db(r->house->store)) : FASTCGI_SAVED_NOTHING);
}

void model_redirect(struct answer *answer, const char *to)
{
	answer->status = 303;
	answer->location = to;
	answer->model = NULL;
}
