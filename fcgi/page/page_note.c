#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "case/chronology.h"
#include "page/page_case_inner.h"
#include "page/page_document_inner.h"
#include "page/pages.h"
#include "store/store_note.h"

/* What others say about a document, never written into it: comments with their answers, and notes on an agency's event. Both are only ever added. */

#define MAX_TEXT 4000

static int keep(struct request *r, const struct spot *s, const char *row, const char *kind, const char *text, struct error *error)
{
	int rc = store_begin(r->house->store, error);

	if (rc != 0)
		return -1;
	rc = note_add(r->house->store, &r->actor, s->document, row, kind, text, error);
	if (rc == 0)
		rc = store_commit(r->house->store, error);
	if (rc != 0)
		store_rollback(r->house->store);
	return rc;
}

/* --- comments ------------------------------------------------------------------------------------------------------------------ */

static int comment_spot(void *ctx, struct request *r, struct spot *s, bool *answers_r, struct error *error)
{
	if (spot_find(ctx, r, s, error) != 0)
		return -1;
	*answers_r = flow_may(s->flow, "answer", s->document->type, s->document).yes;
	if (!*answers_r && !flow_may(s->flow, "comment", s->document->type, s->document).yes)
		return error_set(error, ERROR_DENIED, "comment.role", "You may not comment on this document in the present state of the case.");
	return 0;
}

static void show_comment(void *ctx, xml_node *comments, const struct note *list, int n, int i, int number)
{
	xml_node *c = xml_add(comments, "comment");

	xml_setf(c, "n", "%d", number);
	xml_set(c, "author", list[i].author_name);
	xml_set(c, "at", date_words_instant(ctx, list[i].at));
	xml_set(c, "text", list[i].text);
	for (int k = 0; k < n; k++)
		if (list[k].document_id == list[i].document_id && strcmp(list[k].kind, "answer") == 0 && atoi(list[k].row) == number) {
			xml_node *a = xml_add(c, "answer");
			xml_set(a, "author", list[k].author_name);
			xml_set(a, "at", date_words_instant(ctx, list[k].at));
			xml_set(a, "text", list[k].text);
		}
}

static int show_comments(void *ctx, struct request *r, struct answer *answer, const struct spot *s, bool answers, const struct error *problem, struct error *error)
{
	struct note *list;
	int n = note_list(ctx, r->house->store, s->flow->c->id, &list, error), number = 0;
	xml_node *page, *comments;

	if (n < 0)
		return -1;
	page = spot_frame(ctx, r, answer, s, "comments", talloc_asprintf(ctx, "Comments: %s", flow_title(ctx, s->flow, s->document)));
	if (problem != NULL)
		model_problem(page, problem, true);
	comments = xml_add(page, "comments");
	xml_setf(comments, "href", "%s/comments", s->base);
	xml_set(comments, "answers", answers ? "yes" : "no");
	xml_set(comments, "typed", problem == NULL || parts_get(r->form, "text") == NULL ? "" : parts_get(r->form, "text"));
	for (int i = 0; i < n; i++) {
		if (list[i].document_id != s->document->id || strcmp(list[i].kind, "comment") != 0)
			continue;
		number++;
		if (answers || list[i].author == r->actor.account)      /* others' comments are for those who answer */
			show_comment(ctx, comments, list, n, i, number);
	}
	return 0;
}

int page_comments(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	struct spot s;
	bool answers;

	if (comment_spot(ctx, r, &s, &answers, error) != 0)
		return -1;
	return show_comments(ctx, r, answer, &s, answers, NULL, error);
}

static bool has_comment(void *ctx, struct request *r, const struct spot *s, int number, struct error *error)
{
	struct note *list;
	int n = note_list(ctx, r->house->store, s->flow->c->id, &list, error), count = 0;

	for (int i = 0; i < n; i++)
		count += list[i].document_id == s->document->id && strcmp(list[i].kind, "comment") == 0;
	return number >= 1 && number <= count;
}

int page_comments_post(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	const char *given = parts_get(r->form, "text"), *text = given == NULL ? "" : text_trim(ctx, given);
	int number = (int)request_number(r->form, "answers", 0);
	struct error problem = {0};
	struct spot s;
	bool answers;

	if (comment_spot(ctx, r, &s, &answers, error) != 0)
		return -1;
	if (number != 0 && !answers)
		return error_set(error, ERROR_DENIED, "comment.role", "You may not answer comments on this document.");
	if (*text == '\0' || strlen(text) > MAX_TEXT || (number != 0 && !has_comment(ctx, r, &s, number, error))) {
		error_set(&problem, ERROR_INVALID, "comment.text", *text == '\0' ? "Write what you want to say." : strlen(text) > MAX_TEXT ? "This is too long: at most 4,000 characters." : "There is no such comment.");
		error_at(&problem, "text", 0, 0);
		answer->status = 422;
		return show_comments(ctx, r, answer, &s, answers, &problem, error);
	}
	if (keep(r, &s, number == 0 ? "" : talloc_asprintf(ctx, "%d", number), number == 0 ? "comment" : "answer", text, error) != 0)
		return -1;
	model_redirect(answer, talloc_asprintf(ctx, "%s/comments", s.base));
	return 0;
}

/* --- notes on an event ------------------------------------------------------------------------------------------------------------ */

static const struct { const char *code, *words; } matches[] = { { "agrees", "Both agree" }, { "differs", "They differ" }, { "not-found", "No matching event was found" } };

static const struct event *event_of(const struct event *list, int count, const struct document *d, int row)
{
	for (int i = 0; i < count; i++)
		if (list[i].document->id == d->id && list[i].row == row)
			return &list[i];
	return NULL;
}

static const char *match_words(const char *code)
{
	for (size_t i = 0; i < sizeof matches / sizeof matches[0]; i++)
		if (strcmp(matches[i].code, code) == 0)
			return matches[i].words;
	return code;
}

/* Notes are kept by the row's own key, so they stay with it when the agency sends a corrected return. */
void note_show(void *ctx, xml_node *into, const struct note *list, int count, const struct event *e)
{
	for (int i = 0; i < count; i++) {
		xml_node *x;
		if (list[i].document_id != e->document->id || *e->id == '\0' || strcmp(list[i].row, e->id) != 0)
			continue;
		x = xml_add(into, "note");
		xml_set(x, "kind", list[i].kind);
		xml_set(x, "text", list[i].text);
		xml_set(x, "words", strcmp(list[i].kind, "match") == 0 ? match_words(list[i].text) : list[i].text);
		xml_set(x, "author", list[i].author_name);
		xml_set(x, "at", date_words_instant(ctx, list[i].at));
	}
}

struct noting { struct spot s; struct event *events; int count; const struct event *event; };

static int note_spot(void *ctx, struct request *r, struct noting *k, struct error *error)
{
	if (spot_find(ctx, r, &k->s, error) != 0)
		return -1;
	if (!flow_may(k->s.flow, "note", k->s.document->type, k->s.document).yes)
		return error_set(error, ERROR_DENIED, "note.role", "Only a co-ordinator makes notes on an agency’s events.");
	k->count = chronology_merge(ctx, k->s.flow, &k->events);
	k->event = event_of(k->events, k->count, k->s.document, text_ordinal(r->steps[6], r->steps[6] + strlen(r->steps[6])));
	if (k->event == NULL || *k->event->id == '\0')
		return error_set(error, ERROR_MISSING, "note.event", "There is no such event in the return that stands.");
	return 0;
}

static int show_notes(void *ctx, struct request *r, struct answer *answer, const struct noting *k, const struct error *problem, struct error *error)
{
	struct note *list;
	int n = note_list(ctx, r->house->store, k->s.flow->c->id, &list, error);
	xml_node *page, *notes;

	if (n < 0)
		return -1;
	page = spot_frame(ctx, r, answer, &k->s, "notes", "Note on an event");
	if (problem != NULL)
		model_problem(page, problem, true);
	notes = xml_add(page, "notes");
	xml_setf(notes, "href", "%s/notes/%d", k->s.base, k->event->row);
	xml_set(notes, "row", k->event->id);
	xml_set(notes, "when", k->event->words);
	xml_set(notes, "agency-name", flow_agency_name(k->s.flow, k->s.document->agency));
	xml_set(notes, "text", k->event->text);
	xml_set(notes, "back", model_case_href(ctx, k->s.flow, "/chronology"));
	note_show(ctx, notes, list, n, k->event);
	for (size_t i = 0; i < sizeof matches / sizeof matches[0]; i++) {
		xml_node *m = xml_add(notes, "match");
		xml_set(m, "code", matches[i].code);
		xml_set(m, "words", matches[i].words);
	}
	for (int i = 0; i < k->count; i++) {
		xml_node *e;
		if (k->events[i].document->id == k->s.document->id || *k->events[i].id == '\0')
			continue;
		e = xml_add(notes, "event");
		xml_set(e, "id", k->events[i].id);
		xml_set(e, "words", talloc_asprintf(ctx, "%s, %s, %s", k->events[i].id, k->events[i].words, flow_agency_name(k->s.flow, k->events[i].document->agency)));
	}
	return 0;
}

int page_note(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	struct noting k = {0};

	if (note_spot(ctx, r, &k, error) != 0)
		return -1;
	return show_notes(ctx, r, answer, &k, NULL, error);
}

static const char *said(struct request *r, const char *name)
{
	const char *text = parts_get(r->form, name);
	return text == NULL ? "" : text_trim(r, text);
}

static bool faulty(struct error *problem, const char *where, const char *code, const char *say)
{
	error_set(problem, ERROR_INVALID, code, "%s", say);
	error_at(problem, where, 0, 0);
	return true;
}

static bool note_faulty(struct request *r, const struct noting *k, struct error *problem)
{
	const char *counterpart = said(r, "counterpart"), *match = said(r, "match"), *remark = said(r, "annotation");
	bool known = *counterpart == '\0', listed = *match == '\0';

	for (int i = 0; i < k->count && !known; i++)
		known = k->events[i].document->id != k->s.document->id && strcmp(k->events[i].id, counterpart) == 0;
	for (size_t i = 0; i < sizeof matches / sizeof matches[0] && !listed; i++)
		listed = strcmp(matches[i].code, match) == 0;
	if (!known)
		return faulty(problem, "counterpart", "note.counterpart", "Choose an event of another agency.");
	if (!listed)
		return faulty(problem, "match", "note.match", "Choose whether the two agree.");
	if ((*counterpart == '\0' && *match == '\0' && *remark == '\0') || strlen(remark) > MAX_TEXT)
		return faulty(problem, "annotation", "note.empty", "Say something about this event, in at most 4,000 characters.");
	return false;
}

int page_note_post(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	static const char *const kinds[] = { "counterpart", "match", "annotation" };
	struct error problem = {0};
	struct noting k = {0};

	if (note_spot(ctx, r, &k, error) != 0)
		return -1;
	if (strcmp(said(r, "row"), k.event->id) != 0)
		return error_set(error, ERROR_CONFLICT, "note.moved", "The agency has sent a corrected return in the meantime. Look at the chronology again before you make your note.");
	if (note_faulty(r, &k, &problem)) {
		answer->status = 422;
		return show_notes(ctx, r, answer, &k, &problem, error);
	}
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (*said(r, kinds[i]) != '\0' && keep(r, &k.s, k.event->id, kinds[i], said(r, kinds[i]), error) != 0)
			return -1;
	model_redirect(answer, model_case_href(ctx, k.s.flow, "/chronology"));
	return 0;
}
