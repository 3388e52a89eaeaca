#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "case/workflow.h"
#include "form/fill.h"
#include "form/prose.h"
#include "page/pages.h"
#include "publish/candidate.h"

struct place { struct flow *flow; struct publication *p; const struct dossier_publication *row; struct candidate *latest; struct approval *approvals; int approval_count; char *base; };

static struct publishing *publishing;

int publication_start(void *ctx, const struct config *config, struct error *error)
{
	return publishing_start(ctx, config, &publishing, error);
}

const char *publication_state_words(const char *state)
{
	static const struct { const char *state, *words; } table[] = { { "draft", "Being redacted" }, { "candidate", "Waiting for clearance" }, { "cleared", "Cleared, waiting for approval" },
		{ "approved", "Approved, waiting for release" }, { "released", "Published" }, { "withdrawn", "Withdrawn" } };

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		if (strcmp(table[i].state, state) == 0)
			return table[i].words;
	return state;
}

static int find_place(void *ctx, struct request *r, struct place *l, struct error *error)
{
	*l = (struct place){ .flow = flow_open(ctx, r->house, &r->actor, r->steps[2], error) };
	if (l->flow == NULL)
		return -1;
	l->p = seal_is_id(r->steps[4]) ? publication_get(ctx, r->house->store, r->steps[4], error) : NULL;
	if (l->p == NULL || l->p->case_id != l->flow->c->id ||
	    (!flow_may(l->flow, "read", "publication", NULL).yes && !flow_may(l->flow, "approve", "publication", NULL).yes && !flow_may(l->flow, "withdraw", "publication", NULL).yes))
		return error_set(error, ERROR_MISSING, "publication.missing", "There is no such publication in this case, or it is not for you.");
	l->row = plugin_publication(l->flow->plugin, l->p->type);
	if (l->row == NULL)
		return error_set(error, ERROR_FAULT, "publication.row", "The plugin no longer knows this kind of publication.");
	l->base = model_case_href(ctx, l->flow, talloc_asprintf(ctx, "/publications/%s", l->p->pub));
	l->latest = candidate_latest(ctx, r->house->store, l->p, error);
	if (l->latest == NULL && error->kind != ERROR_MISSING)
		return -1;
	memset(error, 0, sizeof *error);
	l->approval_count = l->latest == NULL ? 0 : approval_list(ctx, r->house->store, l->p, l->latest, &l->approvals, error);
	return l->approval_count < 0 ? -1 : 0;
}

static bool approved_by_role(const struct place *l, const char *role)
{
	for (int i = 0; i < l->approval_count; i++)
		if (strcmp(l->approvals[i].role, role) == 0)
			return true;
	return false;
}

/* The approver whose turn it is; NULL when all have approved. */
static const char *next_approver(void *ctx, const struct place *l)
{
	const char *cursor = l->row->approvers;
	char *role;

	while ((role = text_next_word(ctx, &cursor)) != NULL)
		if (!approved_by_role(l, role))
			return role;
	return NULL;
}

static int make(void *ctx, const struct place *l, struct making **m, struct error *error)
{
	char slug[SEAL_ID];

	seal_id(slug);
	return candidate_make(ctx, l->flow, publishing, l->p, l->latest == NULL ? slug : l->latest->slug, l->latest == NULL ? date_day_of(date_now()) : l->latest->published, m, error);
}

/* --- showing ------------------------------------------------------------------------------------------------------------------ */

static void show_hits(xml_node *was, const struct making *m, const char *field, int block, const char *text)
{
	const char *rest = text;

	for (int i = 0; i < m->redaction->count; i++) {
		const struct replacement *x = &m->redaction->list[i];
		const char *at = strcmp(x->field, field) == 0 && x->block == block && *x->was != '\0' ? strstr(rest, x->was) : NULL;
		xml_node *hit;
		if (at == NULL)
			continue;
		if (at > rest)
			xml_append(xml_add(was, "t"), talloc_strndup(m, rest, (size_t)(at - rest)));
		hit = xml_add_text(was, "hit", x->was);
		xml_setf(hit, "n", "%d", i + 1);
		xml_set(hit, "now", x->now);
		xml_set(hit, "entry", x->entry == NULL ? "" : x->entry);
		xml_set(hit, "why", x->mark ? "mark" : x->ordinary ? "ordinary word, here a name" : "register");
		rest = at + strlen(x->was);
	}
	if (*rest != '\0')
		xml_append(xml_add(was, "t"), rest);
}

static const xml_node *block_at(const xml_node *field, int n)
{
	xml_node *child = field == NULL ? NULL : xml_first(field);

	for (; child != NULL && n > 0; n--)
		child = xml_next(child);
	return child;
}

struct walk { void *ctx; xml_node *blocks; const struct making *m; };

static int show_field(void *data, const struct field *field, xml_node *node, const char *name)
{
	struct walk *w = data;
	xml_node *public = xml_find(xml_root(w->m->redaction->tree), talloc_asprintf(w->ctx, "//field[@name='%s']", name));
	int n = field->type == FIELD_PROSE ? prose_block_count(node) : 1;
	bool blocks = field->type == FIELD_PROSE && block_at(node, 0) != NULL;

	if (field->class != CLASS_PUBLIC || n == 0 || prose_empty(node))
		return 0;
	for (int i = 0; i < n; i++) {
		const xml_node *now = field->type == FIELD_PROSE ? block_at(public, i) : public;
		const xml_node *was = blocks ? block_at(node, i) : node;
		xml_node *b = xml_add(w->blocks, "block");
		xml_set(b, "field", name);
		xml_set(b, "label", field->label);
		xml_setf(b, "n", "%d", i);
		show_hits(xml_add(b, "was"), w->m, name, i, blocks || n == 1 ? prose_text(w->ctx, was) : prose_text(w->ctx, now));
		xml_add_text(b, "now", now == NULL ? "" : prose_text(w->ctx, now));
	}
	return 0;
}

static void show_marks(xml_node *page, const struct place *l, const struct making *m)
{
	xml_node *marks = xml_add(page, "marks"), **rows;
	int n = xml_find_all((void *)(uintptr_t)m, xml_root(m->marks_doc), "marks/mark", &rows);

	if (text_in_list(l->flow->roles, l->row->redactor))
		xml_set(marks, "href", l->base);
	for (int i = 0; i < n; i++) {
		static const char *const names[] = { "field", "block", "text", "action", "with", "reason" };
		xml_node *e = xml_add(marks, "mark");
		xml_setf(e, "n", "%d", i + 1);
		for (size_t k = 0; k < sizeof names / sizeof names[0]; k++)
			xml_set(e, names[k], xml_plain(xml_child(rows[i], names[k])));
		for (int k = 0; k < m->redaction->stale_count; k++)
			if (m->redaction->stale[k]->text != NULL && strcmp(m->redaction->stale[k]->text, xml_plain(xml_child(rows[i], "text"))) == 0)
				xml_set(e, "stale", "yes");
	}
}

static void show_gate(xml_node *page, const struct making *m)
{
	xml_node *gate = xml_add(page, "gate");

	xml_set(gate, "refused", m->gate->refused ? "yes" : "no");
	if (m->gate->refused)
		xml_set(gate, "why", m->gate->why);
	xml_set(gate, "passed", !m->gate->refused && m->gate->count == 0 ? "yes" : "no");
	xml_setf(gate, "variants", "%d", m->gate->variants);
	xml_setf(gate, "streams", "%d", m->gate->streams);
	for (int i = 0; i < m->gate->count; i++) {
		const struct gate_hit *x = &m->gate->hits[i];
		xml_node *e = xml_add(gate, "hit");
		xml_setf(e, "n", "%d", i + 1);
		xml_set(e, "entry", x->entry);
		xml_set(e, "variant", x->variant);
		xml_set(e, "stream", x->stream);
		xml_set(e, "form", x->form);
		xml_set(e, "context", x->context);
		xml_set(e, "ordinary", x->ordinary && x->occurrence > 0 ? "yes" : "no");
		xml_setf(e, "occurrence", "%d", x->occurrence);
		xml_setf(e, "offset", "%zu", x->offset);
	}
}

static void show_residue(xml_node *page, const struct making *m)
{
	xml_node *residue = xml_add(page, "residue");
	int open = 0;

	for (int i = 0; i < m->residue_count; i++) {
		const struct residue_item *x = &m->residue[i];
		xml_node *e = xml_add(residue, "item");
		open += x->forbidden || !x->accepted;
		xml_setf(e, "n", "%d", i + 1);
		xml_set(e, "kind", x->kind);
		xml_set(e, "word", x->word);
		xml_set(e, "context", x->context);
		xml_setf(e, "occurrences", "%d", x->occurrences);
		xml_set(e, "forbidden", x->forbidden ? "yes" : "no");
		xml_set(e, "accepted", x->accepted ? "yes" : "no");
		if (x->reason != NULL)
			xml_set(e, "reason", x->reason);
	}
	xml_setf(residue, "open", "%d", open);
}

static xml_node *add_step(xml_node *steps, const char *title, const char *at, const char *who, const char *when)
{
	xml_node *s = xml_add(steps, "step");

	xml_set(s, "title", title);
	xml_set(s, "at", at);
	xml_set(s, "who", who);
	xml_set(s, "when", when);
	return s;
}

static void show_steps(void *ctx, xml_node *page, const struct place *l)
{
	xml_node *steps = xml_add(page, "steps"), *approvals = xml_add(page, "approvals");
	const char *cursor = l->row->approvers;
	bool done = strcmp(l->p->state, "released") == 0, all = true;
	char *role;

	add_step(steps, "Redact and make a candidate", l->latest == NULL ? "now" : "done", l->latest == NULL ? "" : l->latest->by_name, l->latest == NULL ? "" : date_words_instant(ctx, l->latest->at));
	while ((role = text_next_word(ctx, &cursor)) != NULL) {
		const struct approval *a = NULL;
		for (int i = 0; i < l->approval_count; i++)
			if (strcmp(l->approvals[i].role, role) == 0)
				a = &l->approvals[i];
		add_step(steps, plugin_role_titles(ctx, l->flow->plugin, role), a != NULL ? "done" : all && l->latest != NULL ? "now" : "later", a == NULL ? "" : a->name, a == NULL ? "" : date_words_instant(ctx, a->at));
		all = all && a != NULL;
		if (a != NULL) {
			xml_node *e = xml_add(approvals, "approval");
			xml_set(e, "role", plugin_role_titles(ctx, l->flow->plugin, role));
			xml_set(e, "name", a->name);
			xml_set(e, "at", date_words_instant(ctx, a->at));
		}
	}
	add_step(steps, "Publish", done ? "done" : all && l->latest != NULL ? "now" : "later", "", "");
}

static void add_action(void *ctx, xml_node *actions, const struct place *l, const char *name, const char *title, const char *roles, bool allowed, const char *lack)
{
	xml_node *a = xml_add(actions, "action");

	xml_set(a, "name", name);
	xml_set(a, "title", title);
	xml_set(a, "href", l->base);
	xml_set(a, "allowed", allowed ? "yes" : "no");
	xml_set(a, "who", plugin_role_titles(ctx, l->flow->plugin, roles));
	if (lack != NULL)
		xml_set(xml_add(a, "lack"), "say", lack);
}

static bool may_withdraw(const struct place *l)
{
	return flow_may(l->flow, "withdraw", "publication", NULL).yes;
}

static void show_actions(void *ctx, xml_node *page, const struct place *l, const struct making *m)
{
	xml_node *actions = xml_add(page, "actions");
	const char *turn = l->latest == NULL ? NULL : next_approver(ctx, l);
	bool released = strcmp(l->p->state, "released") == 0, fresh = m != NULL && l->latest != NULL && strcmp(m->candidate.sha256, l->latest->sha256) == 0;
	const char *lack = m == NULL || fresh ? NULL : "Something has changed since this candidate was made. The redactor makes a new one.";

	if (!released && turn != NULL)
		add_action(ctx, actions, l, "approve", "Approve exactly this page", turn, text_in_list(l->flow->roles, turn), lack);
	if (!released && l->latest != NULL && turn == NULL && strcmp(l->p->state, "approved") == 0)
		add_action(ctx, actions, l, "release", "Publish", l->row->publisher, text_in_list(l->flow->roles, l->row->publisher), lack);
	if (released)
		add_action(ctx, actions, l, "withdraw", "Withdraw this page", l->row->withdrawer, may_withdraw(l), NULL);
}

static void show_candidate(void *ctx, xml_node *page, const struct place *l)
{
	xml_node *c;

	if (l->latest == NULL)
		return;
	c = xml_add(page, "candidate");
	xml_setf(c, "n", "%d", l->latest->n);
	xml_set(c, "sha256", l->latest->sha256);
	xml_set(c, "title", l->latest->title);
	xml_set(c, "slug", l->latest->slug);
	xml_set(c, "published", date_iso(ctx, l->latest->published));
	xml_set(c, "published-words", date_words(ctx, l->latest->published));
	xml_set(c, "by", l->latest->by_name);
	xml_set(c, "at", date_words_instant(ctx, l->latest->at));
	xml_setf(c, "version", "%d", l->latest->document_version);
	xml_setf(c, "register-version", "%d", l->latest->register_version);
	xml_set(c, "rules", l->latest->rules);
}

/* Facts that a neighbour could put together: asked of people, not proved. */
static void show_panel(xml_node *page)
{
	static const char *const questions[] = {
		"Could the child, a brother or sister, a classmate, a neighbour or a journalist with the court list recognise this?",
		"Is there a fact that the press or social media has reported, so that both together name somebody?",
		"Does anything here fit only one family, one school or one member of staff in this area?",
		"Has somebody who knows the area but not the case read it and said whom they think it is about?",
	};
	xml_node *panel = xml_add(page, "panel");

	for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++)
		xml_set(xml_add(panel, "fact"), "say", questions[i]);
}

static int show(void *ctx, struct request *r, struct answer *answer, const struct place *l, const struct error *problem, struct error *error)
{
	bool redactor = text_in_list(l->flow->roles, l->row->redactor);
	struct making *m = NULL;
	struct error none = {0};
	xml_node *page = model_page(ctx, r, answer, "publication", l->row->title), *p, *prepare;
	struct walk walk;

	(void)error;
	model_trail(page, "/work", "Cases");
	model_trail(page, model_case_href(ctx, l->flow, ""), l->flow->c->reference);
	model_case(page, l->flow);
	if (problem != NULL)
		model_problem(page, problem);
	p = xml_add(page, "publication");
	xml_set(p, "href", l->base);
	xml_set(p, "id", l->p->pub);
	xml_set(p, "title", l->row->title);
	xml_set(p, "state", l->p->state);
	xml_set(p, "state-words", publication_state_words(l->p->state));
	if (l->latest != NULL) {
		xml_setf(p, "preview-href", "%s/preview", l->base);
		xml_setf(p, "address", "/%s/%s", l->row->folder, l->latest->slug);
	}
	show_steps(ctx, p, l);
	show_candidate(ctx, p, l);
	if (flow_may(l->flow, "read", "publication", NULL).yes && make(ctx, l, &m, &none) != 0)
		model_problem(page, &none);
	if (m != NULL) {
		xml_setf(p, "document-href", "/work/cases/%s/documents/%s", l->flow->c->pub, m->document->pub);
		xml_setf(p, "open", "%d", m->open);
		walk = (struct walk){ ctx, xml_add(p, "blocks"), m };
		form_each(flow_form(l->flow, m->document), hook_latest(l->flow->hook, m->document), show_field, &walk);
		show_marks(p, l, m);
		show_gate(p, m);
		show_residue(p, m);
		show_panel(p);
	}
	show_actions(ctx, p, l, m);
	if (redactor && strcmp(l->p->state, "released") != 0) {
		prepare = xml_add(p, "prepare");
		xml_set(prepare, "href", l->base);
		xml_set(prepare, "slug", l->latest == NULL ? "" : l->latest->slug);
		xml_set(prepare, "published", date_iso(ctx, l->latest == NULL ? date_day_of(date_now()) : l->latest->published));
	}
	return 0;
}

int page_publication(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	struct place l;

	if (find_place(ctx, r, &l, error) != 0)
		return -1;
	return show(ctx, r, answer, &l, NULL, error);
}

/* Exactly the bytes that would be published. */
int page_preview(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	struct place l;

	if (find_place(ctx, r, &l, error) != 0)
		return -1;
	if (l.latest == NULL)
		return error_set(error, ERROR_MISSING, "publication.no-candidate", "There is no candidate yet.");
	answer->type = "text/html; charset=utf-8";
	answer->bytes = l.latest->bytes;
	answer->length = l.latest->length;
	return 0;
}

int page_publication_new(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	const char *type = parts_get(r->query, "type");
	struct flow *flow = flow_open(ctx, r->house, &r->actor, r->steps[2], error);
	const struct dossier_publication *row;
	struct publication *standing, made;
	struct document *d;
	int rc;

	if (flow == NULL)
		return -1;
	d = flow_document(flow, r->steps[4]);
	row = type == NULL ? NULL : plugin_publication(flow->plugin, type);
	if (d == NULL || row == NULL || strcmp(row->doctype, d->type) != 0 || !text_in_list(flow->roles, row->redactor))
		return error_set(error, ERROR_DENIED, "publication.role", "Only the redactor of this case begins a publication, and only of the document it is made from.");
	if (!text_in_list(row->state, d->state))
		return error_set(error, ERROR_CONFLICT, "publication.state", "The document is not ready to be redacted: its checks must be recorded first.");
	standing = publication_of(ctx, r->house->store, d->id, row->name, error);
	if (standing == NULL) {
		if (store_begin(r->house->store, error) != 0)
			return -1;
		rc = publication_add(r->house->store, &r->actor, d, row->name, row->folder, &made, error);
		rc = rc == 0 ? store_commit(r->house->store, error) : rc;
		if (rc != 0) {
			store_rollback(r->house->store);
			return -1;
		}
		standing = &made;
	}
	model_redirect(answer, model_case_href(ctx, flow, talloc_asprintf(ctx, "/publications/%s", standing->pub)));
	return 0;
}

/* --- doing ----------------------------------------------------------------------------------------------------------------------- */

static int need(const struct place *l, const char *role, struct error *error)
{
	if (text_in_list(l->flow->roles, role))
		return 0;
	return error_set(error, ERROR_DENIED, "publication.role", "This is for: %s.", plugin_role_titles(l->flow, l->flow->plugin, role));
}

/* Author, redactor and approver are different people. The author: whoever submitted a version of the document. */
static int apart(const struct place *l, const char *act, struct error *error)
{
	char *done = flow_done_by(l->flow, l->flow, l->flow->actor->account);
	const char *say;

	if (candidate_redacted_by(l->flow, l->p, l->latest, l->flow->actor->account))
		done = talloc_asprintf_append(done, " redact");
	for (int i = 0; i < l->approval_count; i++)
		if (l->approvals[i].account == l->flow->actor->account && strcmp(act, "approve") == 0)
			return error_set(error, ERROR_DENIED, "publication.twice", "You have approved this already. The next approval needs another person.");
	say = may_separated(l->flow->plugin, act, done);
	return say == NULL ? 0 : error_set(error, ERROR_DENIED, "publication.separation", "%s", say);
}

static void put(xml_node *row, const char *name, const char *value)
{
	xml_node *node = xml_child(row, name);

	xml_replace_text(node != NULL ? node : xml_add(row, name), value == NULL ? "" : value);
}

static xml_node *add_row(void *ctx, struct place *l, struct xml_doc *doc, const char *repeat, struct error *error)
{
	const struct form *form = library_form(l->flow->house->library, "shared/marks", 0)->form;
	char *name;

	return fill_add_row(ctx, form, doc, repeat, &name, error) != 0 ? NULL : form_locate(form, doc, name);
}

static int need_reason(struct request *r, struct error *error)
{
	const char *reason = parts_get(r->form, "reason");

	if (reason != NULL && *text_trim(r, reason) != '\0')
		return 0;
	error_set(error, ERROR_INVALID, "publication.reason", "Give a reason. It is kept with the decision.");
	return error_at(error, "reason", 0, 0);
}

static int do_mark(void *ctx, struct request *r, struct place *l, struct error *error)
{
	static const char *const names[] = { "field", "block", "text", "occurrence", "action", "with", "reason" };
	struct xml_doc *marks;
	xml_node *row;

	if (need(l, l->row->redactor, error) != 0 || apart(l, "redact", error) != 0 || need_reason(r, error) != 0)
		return -1;
	if (parts_get(r->form, "text") == NULL || *parts_get(r->form, "text") == '\0' || parts_get(r->form, "field") == NULL)
		return error_set(error, ERROR_INVALID, "mark.words", "Say which words, in which paragraph.");
	if (parts_get(r->form, "action") == NULL || !text_in_list("drop replace generalise", parts_get(r->form, "action")))
		return error_set(error, ERROR_INVALID, "mark.action", "Choose what to do with the words.");
	marks = candidate_marks(ctx, l->flow, l->p, error);
	row = marks == NULL ? NULL : add_row(ctx, l, marks, "marks.mark", error);
	if (row == NULL)
		return -1;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		put(row, names[i], parts_get(r->form, names[i]));
	if (parts_get(r->form, "occurrence") == NULL)
		put(row, "occurrence", "1");
	for (int i = 0; i < l->flow->document_count; i++)
		if (l->flow->documents[i].id == l->p->document_id)
			put(row, "on-version", talloc_asprintf(ctx, "%d", l->flow->documents[i].latest));
	return candidate_keep_marks(l->flow, l->p, marks, error);
}

static int do_unmark(void *ctx, struct request *r, struct place *l, struct error *error)
{
	struct xml_doc *marks = candidate_marks(ctx, l->flow, l->p, error);
	xml_node **rows;
	long n = request_number(r->form, "n", 0);

	if (marks == NULL || need(l, l->row->redactor, error) != 0 || apart(l, "redact", error) != 0)
		return -1;
	if (n < 1 || n > xml_find_all(ctx, xml_root(marks), "marks/mark", &rows))
		return error_set(error, ERROR_INVALID, "mark.missing", "That mark is no longer there.");
	xml_remove(rows[n - 1]);
	return candidate_keep_marks(l->flow, l->p, marks, error);
}

/* Accepts one or several: item=kind|word|occurrence, one part each, with one reason. */
static int do_accept(void *ctx, struct request *r, struct place *l, struct error *error)
{
	struct xml_doc *marks = candidate_marks(ctx, l->flow, l->p, error);
	int n = 0;

	if (marks == NULL || need(l, l->row->redactor, error) != 0 || apart(l, "redact", error) != 0 || need_reason(r, error) != 0)
		return -1;
	for (int i = 0; i < r->form->count; i++) {
		const struct part *p = &r->form->list[i];
		const char *bar = strcmp(p->name, "item") == 0 ? strchr(p->value, '|') : NULL, *last = bar == NULL ? NULL : strrchr(p->value, '|');
		xml_node *row;
		if (bar == NULL || last == bar)
			continue;
		row = add_row(ctx, l, marks, "accepted.item", error);
		if (row == NULL)
			return -1;
		put(row, "kind", talloc_strndup(ctx, p->value, (size_t)(bar - p->value)));
		put(row, "word", talloc_strndup(ctx, bar + 1, (size_t)(last - bar - 1)));
		put(row, "occurrence", last + 1);
		put(row, "reason", parts_get(r->form, "reason"));
		put(row, "by", r->actor.name);
		n++;
	}
	if (n == 0 && parts_get(r->form, "word") != NULL && parts_get(r->form, "kind") != NULL) {
		xml_node *row = add_row(ctx, l, marks, "accepted.item", error);
		if (row == NULL)
			return -1;
		put(row, "kind", strcmp(parts_get(r->form, "kind"), "form") == 0 ? "ordinary" : parts_get(r->form, "kind"));
		put(row, "word", parts_get(r->form, "word"));
		put(row, "occurrence", parts_get(r->form, "occurrence") == NULL ? "1" : parts_get(r->form, "occurrence"));
		put(row, "reason", parts_get(r->form, "reason"));
		put(row, "by", r->actor.name);
		n++;
	}
	if (n == 0)
		return error_set(error, ERROR_INVALID, "accept.none", "Choose what you accept.");
	return candidate_keep_marks(l->flow, l->p, marks, error);
}

static int settled(const struct making *m, struct error *error)
{
	if (m->gate->refused)
		return error_set(error, ERROR_INVALID, "gate.refused", "The page was refused before it was searched: %s.", m->gate->why);
	if (m->gate->count > 0)
		return error_set(error, ERROR_INVALID, "gate.hit", "The page still holds %d form%s of the register. The list says where.", m->gate->count, m->gate->count == 1 ? "" : "s");
	if (m->redaction->stale_count > 0)
		return error_set(error, ERROR_INVALID, "mark.stale", "A mark names words that are no longer in the text. Remove it or mark the new words.");
	if (m->open > 0)
		return error_set(error, ERROR_INVALID, "residue.open", "%d word%s or number%s still to be accepted with a reason, or reworded.", m->open, m->open == 1 ? "" : "s", m->open == 1 ? " is" : "s are");
	return 0;
}

static int commit(struct place *l, int rc, const char *event, struct error *error)
{
	if (rc == 0 && event != NULL)
		rc = workflow_after(l->flow, event, NULL, error);
	if (rc == 0)
		rc = store_commit(l->flow->house->store, error);
	if (rc != 0)
		store_rollback(l->flow->house->store);
	return rc;
}

static int chosen_day(void *ctx, struct request *r, day *day_r, struct error *error)
{
	const char *iso = parts_get(r->form, "published");
	char *typed;

	if (iso == NULL)
		iso = typed = date_typed(ctx, parts_get(r->form, "published.day"), parts_get(r->form, "published.month"), parts_get(r->form, "published.year"), false, "Day of publication", error);
	if (iso == NULL || date_parse(iso, day_r, error) != 0)
		return error_at(error, "published.day", 0, 0);
	return 0;
}

static int do_prepare(void *ctx, struct request *r, struct place *l, struct error *error)
{
	const char *slug = parts_get(r->form, "slug");
	char random[SEAL_ID];
	struct making *m;
	day published;
	int n;

	if (need(l, l->row->redactor, error) != 0 || apart(l, "redact", error) != 0 || chosen_day(ctx, r, &published, error) != 0)
		return -1;
	if (slug == NULL || *slug == '\0') {
		seal_id(random);
		slug = random;
	}
	if (!text_is_slug(slug)) {
		error_set(error, ERROR_INVALID, "publication.slug", "The address may hold only small letters, numbers and single hyphens, like “when-explanations-differ”.");
		return error_at(error, "slug", 0, 0);
	}
	if (publication_slug_taken(r->house->store, l->row->folder, slug, l->p->id))
		return error_set(error, ERROR_INVALID, "publication.slug-taken", "Another page has this address already.");
	if (candidate_make(ctx, l->flow, publishing, l->p, slug, published, &m, error) != 0 || settled(m, error) != 0)
		return -1;
	if (!text_in_list(l->row->state, m->document->state))
		return error_set(error, ERROR_CONFLICT, "publication.state", "The document is not ready to be published: its checks must be recorded first.");
	if (store_begin(r->house->store, error) != 0)
		return -1;
	return commit(l, candidate_add(r->house->store, &r->actor, l->p, &m->candidate, &n, error), talloc_asprintf(ctx, "prepare:%s", l->row->name), error);
}

/* What is approved or released is made again from what stands now: one changed byte, one new alias, and the old approvals are void. */
static int fresh(void *ctx, struct place *l, struct error *error)
{
	struct making *m;

	if (l->latest == NULL)
		return error_set(error, ERROR_CONFLICT, "publication.no-candidate", "There is no candidate yet: the redactor makes one.");
	if (make(ctx, l, &m, error) != 0 || settled(m, error) != 0)
		return -1;
	if (strcmp(m->candidate.sha256, l->latest->sha256) != 0 || strcmp(m->candidate.rules, l->latest->rules) != 0 ||
	    m->candidate.register_version != l->latest->register_version || m->candidate.marks_version != l->latest->marks_version)
		return error_set(error, ERROR_CONFLICT, "publication.changed", "Something has changed since this candidate was made, so it can no longer be approved or published. The redactor makes a new one.");
	return 0;
}

static int do_approve(void *ctx, struct request *r, struct place *l, struct error *error)
{
	const char *turn = l->latest == NULL ? NULL : next_approver(ctx, l), *sent = parts_get(r->form, "sha256");
	bool last;

	if (turn == NULL)
		return error_set(error, ERROR_CONFLICT, "publication.approved", "There is nothing to approve now.");
	if (need(l, turn, error) != 0 || apart(l, "approve", error) != 0 || fresh(ctx, l, error) != 0)
		return -1;
	if (sent != NULL && *sent != '\0' && strcmp(sent, l->latest->sha256) != 0)
		return error_set(error, ERROR_CONFLICT, "publication.changed", "A newer candidate has been made since you opened this page. Read it before you approve.");
	last = text_ends(l->row->approvers, turn);
	if (store_begin(r->house->store, error) != 0)
		return -1;
	return commit(l, approval_add(r->house->store, &r->actor, l->p, l->latest, turn, last ? "approved" : "cleared", error), talloc_asprintf(ctx, "approve:%s", turn), error);
}

static const char *held(const struct place *l)
{
	for (int i = 0; i < l->flow->flag_count; i++) {
		const struct dossier_flag *f = plugin_flag(l->flow->plugin, l->flow->flags[i].name);
		if (f != NULL && f->holds_transitions != NULL && text_in_list(f->holds_transitions, "publish"))
			return f->title;
	}
	return NULL;
}

static int do_release(void *ctx, struct request *r, struct place *l, struct error *error)
{
	if (need(l, l->row->publisher, error) != 0 || apart(l, "publish", error) != 0)
		return -1;
	if (held(l) != NULL)
		return error_set(error, ERROR_CONFLICT, "publication.held", "%s.", held(l));
	if (l->latest == NULL || next_approver(ctx, l) != NULL || strcmp(l->p->state, "approved") != 0)
		return error_set(error, ERROR_CONFLICT, "publication.unapproved", "This page is not approved by everybody who must approve it.");
	if (l->latest->published > date_day_of(date_now()))
		return error_set(error, ERROR_CONFLICT, "publication.early", "This page is approved for %s. It cannot be published before.", date_words(ctx, l->latest->published));
	if (fresh(ctx, l, error) != 0 || store_begin(r->house->store, error) != 0)
		return -1;
	return commit(l, edition_release(r->house->store, &r->actor, l->p, l->latest, error), talloc_asprintf(ctx, "release:%s", l->row->name), error);
}

static int do_withdraw(void *ctx, struct request *r, struct place *l, struct error *error)
{
	const char *reason = parts_get(r->form, "reason");

	if (!may_withdraw(l))
		return error_set(error, ERROR_DENIED, "publication.role", "This is for: %s, or a duty officer.", plugin_role_titles(ctx, l->flow->plugin, l->row->withdrawer));
	if (reason == NULL || *text_trim(ctx, reason) == '\0')
		reason = "This page has been withdrawn.";
	if (store_begin(r->house->store, error) != 0)
		return -1;
	return commit(l, edition_withdraw(r->house->store, &r->actor, l->p, reason, error), talloc_asprintf(ctx, "withdraw:%s", l->row->name), error);
}

static const struct { const char *name; int (*run)(void *ctx, struct request *r, struct place *l, struct error *error); } deeds[] = {
	{ "mark", do_mark }, { "unmark", do_unmark }, { "accept", do_accept }, { "prepare", do_prepare }, { "approve", do_approve }, { "release", do_release }, { "withdraw", do_withdraw },
};

int page_publication_post(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	const char *what = parts_get(r->form, "do");
	struct place l;

	if (find_place(ctx, r, &l, error) != 0)
		return -1;
	for (size_t i = 0; what != NULL && i < sizeof deeds / sizeof deeds[0]; i++) {
		if (strcmp(deeds[i].name, what) != 0)
			continue;
		if (deeds[i].run(ctx, r, &l, error) == 0) {
			model_redirect(answer, l.base);
			return 0;
		}
		if (error->kind != ERROR_INVALID)
			return -1;
		answer->status = 422;
		return show(ctx, r, answer, &l, error, error);
	}
	return error_set(error, ERROR_INVALID, "publication.do", "Choose what to do with this publication.");
}
