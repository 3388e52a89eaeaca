#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "case/submission.h"
#include "page/page_case_inner.h"
#include "page/page_document_inner.h"
#include "page/pages.h"
#include "store/store_draft.h"
#include "store/store_version.h"

bool spot_known(const struct flow *flow, const struct document *d)
{
	return flow_may(flow, "read", d->type, d).yes || flow_may(flow, "write", d->type, d).yes;
}

int spot_find(void *ctx, struct request *r, struct spot *s, struct error *error)
{
	*s = (struct spot){ .flow = flow_open(ctx, r->house, &r->actor, r->steps[2], error) };
	if (s->flow == NULL)
		return -1;
	s->document = flow_document(s->flow, r->steps[4]);
	if (s->document == NULL || !spot_known(s->flow, s->document))
		return error_set(error, ERROR_MISSING, "document.missing", "There is no such document in this case, or it is not for you.");
	s->form = library_form(r->house->library, s->document->form, s->document->form_version);
	if (s->form == NULL)
		return error_set(error, ERROR_FAULT, "form.gone", "The form of this document is not installed. Tell the people who run this service.");
	s->base = model_case_href(ctx, s->flow, talloc_asprintf(ctx, "/documents/%s", s->document->pub));
	return 0;
}

xml_node *spot_frame(void *ctx, struct request *r, struct answer *answer, const struct spot *s, const char *is, const char *title)
{
	xml_node *page = model_page(ctx, r, answer, is, title);

	model_trail(page, "/work", "Cases");
	model_trail(page, model_case_href(ctx, s->flow, ""), s->flow->c->reference);
	if (strcmp(is, "document") != 0)
		model_trail(page, s->base, flow_title(ctx, s->flow, s->document));
	model_case(page, s->flow);
	return page;
}

xml_node *spot_facts(void *ctx, xml_node *page, const struct spot *s)
{
	const struct dossier_state *state = plugin_state(s->flow->plugin, s->document->type, s->document->state);
	xml_node *d = xml_add(page, "document");

	xml_set(d, "href", s->base);
	xml_set(d, "id", s->document->pub);
	xml_set(d, "type", s->document->type);
	xml_set(d, "title", flow_title(ctx, s->flow, s->document));
	xml_set(d, "agency", s->document->agency);
	xml_set(d, "agency-name", *s->document->agency == '\0' ? "" : flow_agency_name(s->flow, s->document->agency));
	xml_set(d, "state", s->document->state);
	xml_set(d, "state-title", state != NULL ? state->title : s->document->latest > 0 ? "Submitted" : "Draft");
	xml_set(d, "case-reference", s->flow->c->reference);
	xml_setf(d, "version", "%d", s->document->latest);
	xml_set(d, "form", s->document->form);
	return d;
}

void spot_link(xml_node *links, const char *href, const char *text)
{
	xml_node *link = xml_add(links, "link");

	xml_set(link, "href", href);
	xml_set(link, "text", text);
}

/* --- the task list -------------------------------------------------------------------------------------------------------- */

/* A section that nobody has saved yet holds what was put in beforehand: what it lacks or has wrong is no problem of the writer's. */
static const char *section_status(const struct progress *p, bool touched)
{
	if (p->faults == 0)
		return p->filled > 0 || touched ? "done" : "new";
	if (touched && p->wrong > 0)
		return "problem";
	return touched || p->filled > 0 ? "started" : "new";
}

static int show_sections(void *ctx, xml_node *d, const struct spot *s, const struct judge *judge, const struct xml_doc *doc, bool write, struct error *error)
{
	xml_node *sections = xml_add(d, "sections");
	const struct form *form = s->form->form;
	struct store *store = s->flow->house->store;
	int done = 0, seeded, saved;

	if (draft_section_rev(store, s->document, "-", &seeded, error) != 0)      /* no section has this id: only what was put in for all of them counts */
		return -1;
	for (int i = 0; i < form->section_count; i++) {
		struct progress p;
		xml_node *e;
		const char *status;
		if (judge_progress(ctx, judge, doc, form->sections[i].id, &p, error) != 0 || draft_section_rev(store, s->document, form->sections[i].id, &saved, error) != 0)
			return -1;
		status = section_status(&p, saved > seeded || s->document->latest > 0);
		if (p.fields == 0 && !p.rows)      /* notes alone, or not relevant now */
			continue;
		done += strcmp(status, "done") == 0;
		e = xml_add(sections, "section");
		xml_set(e, "id", form->sections[i].id);
		xml_set(e, "label", form->sections[i].label);
		if (write)
			xml_setf(e, "href", "%s/edit/%s", s->base, form->sections[i].id);
		xml_set(e, "status", status);
		xml_setf(e, "fields", "%d", p.fields);
		xml_setf(e, "filled", "%d", p.filled);
		xml_setf(e, "faults", "%d", p.faults);
		xml_setf(e, "wrong", "%d", p.wrong);
		if (strcmp(status, "problem") == 0)
			xml_set(e, "hint", talloc_asprintf(ctx, p.wrong == 1 ? "1 thing to put right" : "%d things to put right", p.wrong));
	}
	xml_setf(sections, "done", "%d", done);
	return 0;
}

static int show_versions(void *ctx, xml_node *d, const struct spot *s, struct error *error)
{
	struct version *list;
	int n = version_list(ctx, s->flow->house->store, s->document, &list, error);
	xml_node *versions = xml_add(d, "versions");

	for (int i = 0; i < n; i++) {
		xml_node *v = xml_add(versions, "version");
		xml_setf(v, "n", "%d", list[i].n);
		xml_setf(v, "href", "%s/versions/%d", s->base, list[i].n);
		xml_set(v, "words", date_words_instant(ctx, list[i].at));
		xml_set(v, "at", date_iso_instant(ctx, list[i].at));
		xml_set(v, "author", list[i].author_name);
		if (i + 1 < n)
			xml_setf(v, "compare", "%s/compare/%d/%d", s->base, list[i + 1].n, list[i].n);
	}
	return n < 0 ? -1 : 0;
}

static void show_actions(xml_node *d, const struct spot *s, bool write, int rev, void *ctx)
{
	xml_node *actions = xml_add(d, "actions");
	struct choice *choices;
	int n = workflow_choices(ctx, s->flow, s->document, &choices);

	if (write && (rev > 0 || s->document->latest == 0)) {
		xml_node *a = xml_add(actions, "action");
		xml_set(a, "name", "submit");
		xml_set(a, "title", "Check your answers and submit");
		xml_setf(a, "href", "%s/submit", s->base);
		xml_set(a, "allowed", "yes");
	}
	for (int i = 0; i < n; i++)
		model_action(actions, s->flow, &choices[i], s->base);
}

static void show_publishing(void *ctx, xml_node *d, const struct spot *s)
{
	for (int i = 0; i < s->flow->plugin->publication_count; i++) {
		const struct dossier_publication *p = &s->flow->plugin->publications[i];
		xml_node *e;
		if (strcmp(p->doctype, s->document->type) != 0 || !text_in_list(s->flow->roles, p->redactor) || s->document->latest == 0)
			continue;
		e = xml_add(xml_child(d, "publish") == NULL ? xml_add(d, "publish") : xml_child(d, "publish"), "publication");
		xml_set(e, "type", p->name);
		xml_set(e, "title", p->title);
		xml_set(e, "href", talloc_asprintf(ctx, "%s/publications?type=%s", s->base, p->name));
	}
}

/* What people copy out by hand, once it was submitted. */
static void link_copy(void *ctx, xml_node *links, const struct spot *s)
{
	const struct dossier_doctype *type = plugin_doctype(s->flow->plugin, s->document->type);

	if (type != NULL && type->outside != NULL && s->document->latest > 0 && flow_may(s->flow, "read", s->document->type, s->document).yes)
		spot_link(links, talloc_asprintf(ctx, "%s/copy", s->base), talloc_asprintf(ctx, "Copy into %s", type->outside));
}

int page_document(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	struct error refused = {0};
	struct spot s;
	struct judge *judge;
	struct xml_doc *doc;
	xml_node *page, *d, *links;
	struct clock_view *clocks;
	bool write;
	int rev, clock_count;

	if (spot_find(ctx, r, &s, error) != 0)
		return -1;
	write = submission_may_write(s.flow, s.document, &refused) == 0;
	page = spot_frame(ctx, r, answer, &s, "document", flow_title(ctx, s.flow, s.document));
	model_trail(page, NULL, flow_title(ctx, s.flow, s.document));
	d = spot_facts(ctx, page, &s);
	xml_set(d, "write", write ? "yes" : "no");
	clock_count = clocks_of(ctx, s.flow, &clocks);
	case_beside(d, s.flow, s.document, clocks, clock_count);
	if (write) {
		doc = submission_text(ctx, s.flow, s.document, &rev, error);
		if (doc == NULL)
			return -1;
		judge = flow_judge(ctx, s.flow, s.form->form, s.document);
		xml_setf(d, "rev", "%d", rev);
		xml_set(d, "draft", rev > 0 ? "yes" : "no");
		if (show_sections(ctx, d, &s, judge, doc, true, error) != 0)
			return -1;
	} else {
		rev = 0;
		xml_set(d, "why-not", refused.say);
	}
	show_actions(d, &s, write, rev, ctx);
	if (flow_may(s.flow, "read", s.document->type, s.document).yes && show_versions(ctx, d, &s, error) != 0)
		return -1;
	show_publishing(ctx, d, &s);
	case_acts(ctx, d, s.flow, s.document);
	links = xml_add(d, "links");
	link_copy(ctx, links, &s);
	if (flow_may(s.flow, "comment", s.document->type, s.document).yes || flow_may(s.flow, "answer", s.document->type, s.document).yes)
		spot_link(links, talloc_asprintf(ctx, "%s/comments", s.base), "Comments");
	if (write && rev > 0 && s.document->latest > 0 && flow_may(s.flow, "read", s.document->type, s.document).yes)
		spot_link(links, talloc_asprintf(ctx, "%s/compare/%d/draft", s.base, s.document->latest), "What the draft changes");
	spot_link(links, talloc_asprintf(ctx, "/forms/%s-%d", s.document->form, s.document->form_version), "The blank form");
	spot_link(links, talloc_asprintf(ctx, "/forms/%s-%d.sample", s.document->form, s.document->form_version), "The empty XML");
	if (write)
		xml_set(xml_add(d, "upload"), "href", s.base);
	return 0;
}
