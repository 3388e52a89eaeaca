#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "form/prose.h"
#include "page/page_publication_inner.h"
#include "page/pages.h"

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
		xml_set(hit, "open", x->now == NULL ? "yes" : "no");
		xml_set(hit, "why", x->mark ? "mark" : x->now == NULL ? "ordinary word" : x->ordinary ? "ordinary word, here a name" : "register");
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

struct walk { void *ctx; xml_node *blocks; const struct making *m; const struct judge *judge; };

/* A choice or a day is no text in which words could be changed: it is shown in words. NULL of what is text. */
static const char *chosen(const struct walk *w, const struct field *field, const xml_node *node)
{
	struct error ignored;
	char *words;

	if (field->type != FIELD_ONE && field->type != FIELD_MANY && field->type != FIELD_YES_NO && field->type != FIELD_DATE)
		return NULL;
	return judge_words(w->ctx, w->judge, field, xml_text(w->ctx, node), &words, &ignored) == 0 ? words : NULL;
}

static int show_field(void *data, const struct field *field, xml_node *node, const char *name)
{
	struct walk *w = data;
	xml_node *public = xml_find(xml_root(w->m->redaction->tree), talloc_asprintf(w->ctx, "//field[@name='%s']", name));
	int n = field->type == FIELD_PROSE ? prose_block_count(node) : 1;
	bool blocks = field->type == FIELD_PROSE && block_at(node, 0) != NULL;
	const char *words = chosen(w, field, node);

	if (field->class != CLASS_PUBLIC || n == 0 || prose_empty(node))
		return 0;
	for (int i = 0; i < n; i++) {
		const xml_node *now = field->type == FIELD_PROSE ? block_at(public, i) : public;
		const xml_node *was = blocks ? block_at(node, i) : node;
		xml_node *b = xml_add(w->blocks, "block");
		xml_set(b, "field", name);
		xml_set(b, "label", field->label);
		xml_setf(b, "n", "%d", i);
		xml_set(b, "chosen", words == NULL ? "no" : "yes");
		if (words != NULL)
			xml_append(xml_add(xml_add(b, "was"), "t"), words);
		else
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
		xml_set(e, "id", xml_get(rows[i], "id"));
		for (size_t k = 0; k < sizeof names / sizeof names[0]; k++)
			xml_set(e, names[k], xml_plain(xml_child(rows[i], names[k])));
		for (int k = 0; k < m->redaction->stale_count; k++)
			if (m->redaction->stale[k]->id != NULL && xml_get(rows[i], "id") != NULL && strcmp(m->redaction->stale[k]->id, xml_get(rows[i], "id")) == 0)
				xml_set(e, "stale", "yes");
	}
}

/* A mark that was refused keeps what was typed, in its place. */
static void show_typed(xml_node *page, const struct request *r)
{
	static const char *const names[] = { "field", "block", "text", "occurrence", "action", "with", "reason" };
	const char *what = parts_get(r->form, "do");
	xml_node *typed = what != NULL && strcmp(what, "mark") == 0 ? xml_add(xml_child(page, "marks"), "typed") : NULL;

	for (size_t i = 0; typed != NULL && i < sizeof names / sizeof names[0]; i++)
		xml_set(typed, names[i], parts_get(r->form, names[i]) == NULL ? "" : parts_get(r->form, names[i]));
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

/* The decision that let a word or a sentence stay, so that it can be undone. */
static const char *accepted_as(const struct making *m, const char *kind, const char *word)
{
	xml_node **rows;
	int n = xml_find_all((void *)(uintptr_t)m, xml_root(m->marks_doc), "accepted/item", &rows);

	for (int i = 0; i < n; i++)
		if (strcmp(xml_plain(xml_child(rows[i], "kind")), kind) == 0 && strcmp(xml_plain(xml_child(rows[i], "word")), word) == 0)
			return xml_get(rows[i], "id");
	return NULL;
}

/* What was left out may have broken these. */
static void show_sentences(xml_node *page, const struct making *m)
{
	xml_node *sentences = xml_add(page, "sentences");

	for (int i = 0; i < m->redaction->broken_count; i++) {
		const struct breakage *x = &m->redaction->broken[i];
		xml_node *e = xml_add(sentences, "sentence");
		xml_set(e, "field", x->field);
		xml_setf(e, "block", "%d", x->block);
		xml_set(e, "kind", CANDIDATE_SENTENCE);
		xml_set(e, "text", x->sentence);
		xml_set(e, "why", x->why);
		xml_set(e, "accepted", x->reason == NULL ? "no" : "yes");
		if (x->reason == NULL)
			continue;
		xml_set(e, "reason", x->reason);
		xml_set(e, "id", accepted_as(m, CANDIDATE_SENTENCE, x->sentence));
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
		if (x->accepted && accepted_as(m, x->kind, x->word) != NULL)
			xml_set(e, "id", accepted_as(m, x->kind, x->word));
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
	bool done = strcmp(l->p->state, "released") == 0 || strcmp(l->p->state, "withdrawn") == 0, all = true;
	char *role, *untested;
	struct error none = {0};

	add_step(steps, "Redact and make a candidate", l->latest == NULL ? "now" : "done", l->latest == NULL ? "" : l->latest->by_name, l->latest == NULL ? "" : date_words_instant(ctx, l->latest->at));
	if (l->latest != NULL && place_test(l) != NULL) {
		all = place_tested(ctx, l, &untested, &none) != 0 || done;
		add_step(steps, place_test(l)->title, all ? "done" : "now", "", "");
	}
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

static xml_node *add_action(void *ctx, xml_node *actions, const struct place *l, const char *name, const char *title, const char *roles, bool allowed, const char *lack)
{
	xml_node *a = xml_add(actions, "action");

	xml_set(a, "name", name);
	xml_set(a, "title", title);
	xml_set(a, "href", l->base);
	xml_set(a, "allowed", allowed ? "yes" : "no");
	xml_set(a, "who", plugin_role_titles(ctx, l->flow->plugin, roles));
	if (lack != NULL)
		xml_set(xml_add(a, "lack"), "say", lack);
	return a;
}

bool place_may_withdraw(const struct place *l)
{
	return flow_may(l->flow, "withdraw", "publication", NULL).yes;
}

/* What stops a page that is approved, in words; NULL when nothing does. */
char *place_held(void *ctx, const struct place *l)
{
	const char *held = flow_held(l->flow, "publish");

	return held == NULL ? NULL : talloc_asprintf(ctx, "%s. It can be published once that is ended on the page of the case.", held);
}

static void show_actions(void *ctx, xml_node *page, const struct place *l, const struct making *m)
{
	xml_node *actions = xml_add(page, "actions");
	const char *turn = l->latest == NULL ? NULL : place_next_approver(ctx, l);
	bool released = strcmp(l->p->state, "released") == 0, fresh = m != NULL && l->latest != NULL && strcmp(m->candidate.sha256, l->latest->sha256) == 0;
	const struct dossier_transition *test = place_test(l);
	struct error none = {0};
	char *untested;
	bool tested = place_tested(ctx, l, &untested, &none) != 0;
	const char *lack = m == NULL || fresh ? tested ? NULL : untested : "Something has changed since this candidate was made. The redactor makes a new one.";

	if (!released && !tested && fresh)
		xml_setf(add_action(ctx, actions, l, "test", test->title, test->roles, text_share_word(test->roles, l->flow->roles), NULL), "href", "/work/cases/%s/documents/%s/do/%s", l->flow->c->pub, m->document->pub, test->name);
	if (!released && turn != NULL)
		add_action(ctx, actions, l, "approve", "Approve exactly this page", turn, text_in_list(l->flow->roles, turn), lack);
	if (!released && l->latest != NULL && turn == NULL && strcmp(l->p->state, "approved") == 0)
		add_action(ctx, actions, l, "release", "Publish", l->row->publisher, text_in_list(l->flow->roles, l->row->publisher), lack == NULL ? place_held(ctx, l) : lack);
	if (edition_stands(l->flow->house->store, l->p))
		add_action(ctx, actions, l, "withdraw", "Withdraw this page", l->row->withdrawer, place_may_withdraw(l), NULL);
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

/* What no rule can find, asked of people: the plugin's questions, one a line. */
static void show_panel(void *ctx, xml_node *page, const struct dossier_publication *row)
{
	xml_node *panel = xml_add(page, "panel");
	char *copy = talloc_strdup(ctx, row->asks == NULL ? "" : row->asks), *save = NULL;

	for (char *line = strtok_r(copy, "\n", &save); line != NULL; line = strtok_r(NULL, "\n", &save))
		xml_set(xml_add(panel, "fact"), "say", line);
}

int place_show(void *ctx, struct request *r, struct answer *answer, const struct place *l, const struct error *problem, struct error *error)
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
		model_problem(page, problem, strcmp(problem->where, "reason") != 0);      /* a reason is asked in many places of the page */
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
	if (strcmp(l->p->state, "withdrawn") == 0 && edition_withdrawn_by_system(l->flow->house->store, l->p, &none) == 1)
		xml_set(p, "withdrawn-by", "system");
	show_steps(ctx, p, l);
	show_candidate(ctx, p, l);
	if (flow_may(l->flow, "read", "publication", NULL).yes && place_make(ctx, l, &m, &none) != 0)
		model_problem(page, &none, false);
	if (m != NULL) {
		xml_setf(p, "document-href", "/work/cases/%s/documents/%s", l->flow->c->pub, m->document->pub);
		xml_setf(p, "open", "%d", m->open);
		walk = (struct walk){ ctx, xml_add(p, "blocks"), m, flow_judge(ctx, l->flow, flow_form(l->flow, m->document), m->document) };
		form_each(flow_form(l->flow, m->document), hook_latest(l->flow->hook, m->document), show_field, &walk);
		show_marks(p, l, m);
		if (problem != NULL)
			show_typed(p, r);
		show_gate(p, m);
		show_residue(p, m);
		show_sentences(p, m);
		show_panel(ctx, p, l->row);
	}
	show_actions(ctx, p, l, m);
	if (redactor && strcmp(l->p->state, "released") != 0) {
		prepare = xml_add(p, "prepare");
		xml_set(prepare, "href", l->base);
		xml_set(prepare, "slug", l->latest == NULL ? "" : l->latest->slug);
		xml_set(prepare, "published", date_iso(ctx, place_day(l)));
	}
	return 0;
}
