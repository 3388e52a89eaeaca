#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "case/workflow.h"
#include "form/fill.h"
#include "publish/wake.h"
#include "page/page_publication_inner.h"
#include "page/pages.h"

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

/* Which decision: `id`, or after the deed's name, where a button stands in a form of many ("unaccept:ID"). */
static const char *decision(struct request *r)
{
	const char *colon = strchr(parts_get(r->form, "do"), ':');

	return colon != NULL ? colon + 1 : parts_get(r->form, "id");
}

/* Takes a decision away. */
static int undo(void *ctx, struct request *r, struct place *l, const char *rows_at, struct error *error)
{
	struct xml_doc *marks = candidate_marks(ctx, l->flow, l->p, error);
	const char *id = decision(r);
	xml_node **rows;
	int n;

	if (marks == NULL || need(l, l->row->redactor, error) != 0 || apart(l, "redact", error) != 0)
		return -1;
	n = xml_find_all(ctx, xml_root(marks), rows_at, &rows);
	for (int i = 0; id != NULL && i < n; i++)
		if (xml_get(rows[i], "id") != NULL && strcmp(xml_get(rows[i], "id"), id) == 0) {
			xml_remove(rows[i]);
			return candidate_keep_marks(l->flow, l->p, marks, error);
		}
	return error_set(error, ERROR_INVALID, "mark.missing", "That decision is no longer there. Somebody may have undone it already.");
}

static int do_unmark(void *ctx, struct request *r, struct place *l, struct error *error) { return undo(ctx, r, l, "marks/mark", error); }
static int do_unaccept(void *ctx, struct request *r, struct place *l, struct error *error) { return undo(ctx, r, l, "accepted/item", error); }

/* An ordinary word is accepted in its sentence: the words around it are kept with it. */
static void put_context(xml_node *row, const struct making *m)
{
	const char *word = xml_plain(xml_child(row, "word")), *occurrence = xml_plain(xml_child(row, "occurrence"));

	for (int i = 0; i < m->gate->count; i++)
		if (m->gate->hits[i].ordinary && m->gate->hits[i].occurrence == atoi(occurrence) && strcmp(m->gate->hits[i].form, word) == 0)
			put(row, "context", m->gate->hits[i].context);
}

/* One word that may stay, "kind|word|occurrence", with its own reason. */
static int accept_one(void *ctx, struct request *r, struct place *l, struct xml_doc *marks, const struct making *m, const char *item, const char *reason, struct error *error)
{
	const char *bar = strchr(item, '|'), *last = bar == NULL ? NULL : strrchr(item, '|');
	xml_node *row = last == bar ? NULL : add_row(ctx, l, marks, "accepted.item", error);

	if (last == bar)
		return error_set(error, ERROR_INVALID, "accept.item", "A word is named by its kind, itself and which time it stands.");
	if (row == NULL)
		return -1;
	put(row, "kind", talloc_strndup(ctx, item, (size_t)(bar - item)));
	put(row, "word", talloc_strndup(ctx, bar + 1, (size_t)(last - bar - 1)));
	put(row, "occurrence", last + 1);
	put_context(row, m);
	put(row, "reason", reason);
	put(row, "by", r->actor.name);
	return 0;
}

static const struct part *nth(const struct parts *form, const char *name, int n)
{
	for (int i = 0; i < form->count; i++)
		if (strcmp(form->list[i].name, name) == 0 && n-- == 0)
			return &form->list[i];
	return NULL;
}

/* Each `item` has the `reason` of the same place in the order of the form; a word without one is not accepted. One reason never serves two. */
static int accept_each(void *ctx, struct request *r, struct place *l, struct xml_doc *marks, const struct making *m, struct error *error)
{
	const struct part *item, *reason;
	int accepted = 0, i = 0;

	for (; (item = nth(r->form, "item", i)) != NULL; i++) {
		reason = nth(r->form, "reason", i);
		if (reason == NULL || *text_trim(ctx, reason->value) == '\0')
			continue;
		if (accept_one(ctx, r, l, marks, m, item->value, reason->value, error) != 0)
			return -1;
		accepted++;
	}
	if (accepted > 0 && nth(r->form, "reason", i - 1) != NULL)
		return 0;
	if (accepted > 0)
		return error_set(error, ERROR_INVALID, "accept.reasons", "Give each word a reason of its own.");
	error_set(error, ERROR_INVALID, "accept.none", "Say beside each word that may stay why it may. Your reason is kept with it.");
	return error_at(error, "reason", 0, 0);
}

static int do_accept(void *ctx, struct request *r, struct place *l, struct error *error)
{
	struct xml_doc *marks = candidate_marks(ctx, l->flow, l->p, error);
	struct making *m;

	if (marks == NULL || need(l, l->row->redactor, error) != 0 || apart(l, "redact", error) != 0 || place_make(ctx, l, &m, error) != 0)
		return -1;
	return accept_each(ctx, r, l, marks, m, error) != 0 ? -1 : candidate_keep_marks(l->flow, l->p, marks, error);
}

static int settled(const struct making *m, struct error *error)
{
	if (m->gate->refused)
		return error_set(error, ERROR_INVALID, "gate.refused", "The page was refused before it was searched: %s.", m->gate->why);
	if (m->gate->count > 0)
		return error_set(error, ERROR_INVALID, "gate.hit", "The page still holds %d form%s of the register. The list says where.", m->gate->count, m->gate->count == 1 ? "" : "s");
	if (m->redaction->stale_count > 0)
		return error_set(error, ERROR_INVALID, "mark.stale", "A change names words that are not in the text. Undo it, or change the words that stand there now.");
	for (int i = 0; i < m->redaction->broken_count; i++)
		if (m->redaction->broken[i].reason == NULL)
			return error_set(error, ERROR_INVALID, "sentence.broken", "What was left out may have broken a sentence. Read each that is listed: change its words, or say why it may stay.");
	if (m->open > 0)
		return error_set(error, ERROR_INVALID, "residue.open", "%d word%s or number%s still to be accepted with a reason, or reworded.", m->open, m->open == 1 ? "" : "s", m->open == 1 ? " is" : "s are");
	return 0;
}

/* A page that was kept internal may never have been checked. What was passed before the service itself had to withdraw it is passed no longer: it went past a name. */
static int checked(void *ctx, const struct place *l, const struct document *d, struct error *error)
{
	const char *cursor = l->row->checks;
	char *name;
	int done = 1;

	while (done == 1 && cursor != NULL && (name = text_next_word(ctx, &cursor)) != NULL)
		done = publication_checked(l->flow->house->store, l->p, d->latest, name, error);
	if (done != 0)
		return done < 0 ? -1 : 0;
	if (l->p->edition == 0)
		return error_set(error, ERROR_CONFLICT, "publication.unchecked", "%s: this is not recorded of the text as it stands. Its author takes “%s” back first; then the checks are recorded.",
			plugin_transition(l->flow->plugin, l->row->doctype, name)->title, plugin_doctype(l->flow->plugin, l->row->doctype)->title);
	return error_set(error, ERROR_CONFLICT, "publication.unchecked", "%s: this must be recorded anew. The service withdrew the page, so no check from before counts. Its author takes “%s” back first and looks at its text.",
		plugin_transition(l->flow->plugin, l->row->doctype, name)->title, plugin_doctype(l->flow->plugin, l->row->doctype)->title);
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
	if (*day_r >= date_day_of(date_now()))
		return 0;
	error_set(error, ERROR_INVALID, "publication.day-past", "The day of publication cannot be in the past: it is printed in the page.");
	return error_at(error, "published.day", 0, 0);
}

/* Nobody accepts a word of the address: another one is as good. */
static int plain_address(const struct making *m, struct error *error)
{
	if (m->slug_word == NULL)
		return 0;
	error_set(error, ERROR_INVALID, "publication.slug-word", "“%s” may not stand in the address: it is no ordinary word, or one that may identify somebody. Choose other words, or leave it empty for a random address.", m->slug_word);
	return error_at(error, "slug", 0, 0);
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
	if (candidate_make(ctx, l->flow, place_publishing, l->p, slug, published, &m, error) != 0 || plain_address(m, error) != 0 || settled(m, error) != 0)
		return -1;
	if (checked(ctx, l, m->document, error) != 0)
		return -1;
	if (!text_in_list(l->row->state, m->document->state))
		return error_set(error, ERROR_CONFLICT, "publication.state", "The document is not ready to be published: its checks must be recorded first.");
	if (store_begin(r->house->store, error) != 0)
		return -1;
	return commit(l, candidate_add(r->house->store, &r->actor, l->p, &m->candidate, &n, error), talloc_asprintf(ctx, "prepare:%s", l->row->name), error);
}

/* Could somebody be recognised? What a rule cannot find is asked of people, of each candidate anew. */
static int tested(void *ctx, const struct place *l, struct error *error)
{
	char *say;
	int done = place_tested(ctx, l, &say, error);

	return done == 0 ? error_set(error, ERROR_CONFLICT, "publication.untested", "%s", say) : done < 0 ? -1 : 0;
}

/* What is approved or released is made again from what stands now: one changed byte, one new alias, and the old approvals are void. */
static int fresh(void *ctx, struct place *l, struct error *error)
{
	struct making *m;

	if (l->latest == NULL)
		return error_set(error, ERROR_CONFLICT, "publication.no-candidate", "There is no candidate yet: the redactor makes one.");
	if (place_make(ctx, l, &m, error) != 0 || plain_address(m, error) != 0 || settled(m, error) != 0)
		return -1;
	if (!text_in_list(l->row->state, m->document->state))
		return error_set(error, ERROR_CONFLICT, "publication.state", "The document was taken back: its checks must be recorded before it can be approved or published.");
	if (strcmp(m->candidate.sha256, l->latest->sha256) != 0 || strcmp(m->candidate.rules, l->latest->rules) != 0 ||
	    m->candidate.register_version != l->latest->register_version || m->candidate.marks_version != l->latest->marks_version)
		return error_set(error, ERROR_CONFLICT, "publication.changed", "Something has changed since this candidate was made, so it can no longer be approved or published. The redactor makes a new one.");
	if (l->row->approved_in != NULL && !text_in_list(l->row->approved_in, m->document->state))
		return error_set(error, ERROR_CONFLICT, "publication.sent-back", "This candidate was sent back, or taken back by its author. The redactor makes a new one.");
	return checked(ctx, l, m->document, error) != 0 ? -1 : tested(ctx, l, error);
}

/* Inside the transaction: what the bytes were made of is still the latest. */
static int still_fresh(void *ctx, struct place *l, struct error *error)
{
	struct document *list;
	const struct form *form;
	const struct document *reg = flow_register(l->flow, &form);
	char *marks = talloc_asprintf(ctx, "marks-%s", l->p->pub);
	int n = document_list(ctx, l->flow->house->store, l->flow->c->id, &list, error);

	for (int i = 0; i < n; i++) {
		const struct document *d = &list[i];
		if ((d->id == l->p->document_id && d->latest != l->latest->document_version) || (reg != NULL && d->id == reg->id && d->latest != l->latest->register_version) ||
		    (strcmp(d->type, marks) == 0 && d->latest != l->latest->marks_version))
			return error_set(error, ERROR_CONFLICT, "publication.changed", "Something has changed since you opened this page. The redactor makes a new candidate.");
	}
	return n < 0 ? -1 : 0;
}

static int do_approve(void *ctx, struct request *r, struct place *l, struct error *error)
{
	const char *turn = l->latest == NULL ? NULL : place_next_approver(ctx, l), *sent = parts_get(r->form, "sha256");
	bool last;

	if (turn == NULL)
		return error_set(error, ERROR_CONFLICT, "publication.approved", "There is nothing to approve now.");
	if (need(l, turn, error) != 0 || apart(l, "approve", error) != 0)
		return -1;
	if (sent != NULL && *sent != '\0' && strcmp(sent, l->latest->sha256) != 0)
		return error_set(error, ERROR_CONFLICT, "publication.changed", "A newer candidate has been made since you opened this page. Read it before you approve.");
	if (fresh(ctx, l, error) != 0)
		return -1;
	last = text_ends(l->row->approvers, turn);
	if (store_begin(r->house->store, error) != 0)
		return -1;
	return commit(l, still_fresh(ctx, l, error) != 0 ? -1 : approval_add(r->house->store, &r->actor, l->p, l->latest, turn, last ? "approved" : "cleared", error), talloc_asprintf(ctx, "approve:%s", turn), error);
}

static const char *held(const struct place *l) { return flow_held(l->flow, "publish"); }

static int do_release(void *ctx, struct request *r, struct place *l, struct error *error)
{
	if (need(l, l->row->publisher, error) != 0 || apart(l, "publish", error) != 0)
		return -1;
	if (held(l) != NULL)
		return error_set(error, ERROR_CONFLICT, "publication.held", "%s.", held(l));
	if (l->latest == NULL || place_next_approver(ctx, l) != NULL || strcmp(l->p->state, "approved") != 0)
		return error_set(error, ERROR_CONFLICT, "publication.unapproved", "This page is not approved by everybody who must approve it.");
	if (l->latest->published > date_day_of(date_now()))
		return error_set(error, ERROR_CONFLICT, "publication.early", "This page is approved for %s. It cannot be published before.", date_words(ctx, l->latest->published));
	if (fresh(ctx, l, error) != 0 || store_begin(r->house->store, error) != 0)
		return -1;
	l->flow->flag_count = flag_list(l->flow, r->house->store, l->flow->c->id, false, &l->flow->flags, error);
	if (l->flow->flag_count >= 0 && held(l) != NULL)
		error_set(error, ERROR_CONFLICT, "publication.held", "%s.", held(l));
	return commit(l, l->flow->flag_count < 0 || held(l) != NULL || still_fresh(ctx, l, error) != 0 ? -1 : edition_release(r->house->store, &r->actor, l->p, l->latest, error), talloc_asprintf(ctx, "release:%s", l->row->name), error);
}

static int do_withdraw(void *ctx, struct request *r, struct place *l, struct error *error)
{
	const char *reason = parts_get(r->form, "reason");

	if (!place_may_withdraw(l))
		return error_set(error, ERROR_DENIED, "publication.role", "This is for: %s, or a duty officer.", plugin_role_titles(ctx, l->flow->plugin, l->row->withdrawer));
	if (reason == NULL || *text_trim(ctx, reason) == '\0')
		reason = "This page has been withdrawn.";
	else if (candidate_words(ctx, l->flow, place_publishing, l->p, reason, error) != 0)
		return error_at(error, "reason", 0, 0);
	if (store_begin(r->house->store, error) != 0)
		return -1;
	return commit(l, edition_withdraw(r->house->store, &r->actor, l->p, reason, error), talloc_asprintf(ctx, "withdraw:%s", l->row->name), error);
}

static const struct { const char *name; int (*run)(void *ctx, struct request *r, struct place *l, struct error *error); bool seen; } deeds[] = {      /* seen: by the public */
	{ "mark", do_mark, false }, { "unmark", do_unmark, false }, { "accept", do_accept, false }, { "unaccept", do_unaccept, false }, { "prepare", do_prepare, false }, { "approve", do_approve, false }, { "release", do_release, true }, { "withdraw", do_withdraw, true },
};

/* A decision that met another one in the same moment is made once more, on what stands now. */
static int run(void *ctx, struct request *r, struct place *l, int (*deed)(void *ctx, struct request *r, struct place *l, struct error *error), struct error *error)
{
	int rc = -1;

	for (int tries = 0; tries < 3; tries++) {
		memset(error, 0, sizeof *error);
		if (place_find(ctx, r, l, error) != 0)
			return -1;
		rc = deed(ctx, r, l, error);
		if (rc == 0 || strcmp(error->code, "marks.moved") != 0)
			break;
	}
	return rc;
}

int page_publication_post(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	const char *what = parts_get(r->form, "do");
	struct place l = { 0 };

	for (size_t i = 0; what != NULL && i < sizeof deeds / sizeof deeds[0]; i++) {
		if (strlen(deeds[i].name) != strcspn(what, ":") || !text_starts(what, deeds[i].name))
			continue;
		if (run(ctx, r, &l, deeds[i].run, error) == 0) {
			if (deeds[i].seen)
				wake_clerk(r->house->store);
			model_redirect(answer, l.base);
			return 0;
		}
		if (error->kind != ERROR_INVALID || l.flow == NULL)
			return -1;
		answer->status = 422;
		return place_show(ctx, r, answer, &l, error, error);
	}
	return error_set(error, ERROR_INVALID, "publication.do", "Choose what to do with this publication.");
}
