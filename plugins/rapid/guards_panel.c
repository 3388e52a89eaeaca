/* What must be so before the steps that record a document: the meeting, the letter to the Panel, its reply, the answer. */
#include <string.h>
#include "rapid.h"

const struct dossier_doc *newest(HOST, const char *type)
{
	const struct dossier_doc *d = NULL, *next;

	for (int i = 0; (next = h->doc(c, type, NULL, i)) != NULL; i++)
		d = next;
	return d;
}

/* The step records what the newest record of a meeting says; one record is one meeting. */
GUARD(may_meet)
{
	const struct dossier_doc *meeting = newest(h, c, "meeting");
	int32_t held = day_of(h, h->text(meeting, "held/held-on"));

	(void)doc;
	if (h->doc_version(meeting) == 0)
		return h->fault(f, "meeting", NULL, "Write the record of the meeting and submit it first.");
	if (held != NO_DAY && held == h->act_day(c, "hold-meeting"))
		return h->fault(f, "meeting", NULL, "The meeting of %s is recorded already. For a further meeting begin a new record.", h->words(h->iso(held), NULL));
	if (!h->yes(meeting, "held/quorum-la") || !h->yes(meeting, "held/quorum-icb") || !h->yes(meeting, "held/quorum-police"))
		h->fault(f, "quorum", NULL, "The meeting needs all three partners. If one was missing, hold it again.");
	if (h->count(h->doc(c, "notification", NULL, 0), "children/child[home/education != 'not-age']") > 0 && !h->yes(meeting, "held/quorum-education"))
		h->warn(f, "quorum", "held-on", "A child is of nursery or school age and nobody from education was at the meeting. Hold it again, or say why it stands.");
	in_order(h, f, input == NULL ? NULL : "held-on", h->act_day(c, "notify"), "the day the Panel was notified", held, "The meeting");
	in_order(h, f, input == NULL ? NULL : "held-on", h->act_day(c, "send-requests"), "the day the requests were sent", held, "The meeting");
	if (input != NULL && day_of(h, h->text(input, "held-on")) != held)
		h->fault(f, "meeting", "held-on", "The record says that the meeting was held on %s. If that is wrong, correct the record.", h->words(h->iso(held), NULL));
	return 0;
}

/* V18: late needs a reason. The clock's start depends on the edition. */
GUARD(may_send)
{
	int32_t from, sent, limit;

	(void)doc;
	if (h->doc_version(newest(h, c, "panel-letter")) == 0)
		return h->fault(f, "panel-letter", NULL, "Write the letter to the Panel and submit it first.");
	if (input == NULL)
		return 0;
	from = strcmp(h->edition(c, "working-together"), OLD) == 0 ? day_of(h, h->text(h->doc(c, "notification", NULL, 0), "clock/aware-on")) : h->act_day(c, "notify");
	sent = day_of(h, h->text(input, "sent-on"));
	in_order(h, f, "sent-on", h->act_day(c, "sign"), "the last signature", sent, "The day it was sent");
	limit = from == NO_DAY || h->act_day(c, "submit-panel") >= from ? NO_DAY : h->working_day(from, 15);      /* what was decided again is not late: it follows a letter */
	if (limit != NO_DAY && sent != NO_DAY && sent > limit && *h->text(input, "late-reason") == '\0')
		h->fault(f, "V18", "late-reason", "It was sent after 15 working days: say why, who knew, and when the Panel was told.");
	return 0;
}

GUARD(may_log_reply)
{
	const struct dossier_doc *reply = newest(h, c, "panel-reply");

	(void)doc, (void)input;
	if (h->doc_version(reply) == 0)
		return h->fault(f, "panel-reply", NULL, "Write down what the Panel’s letter says (Reply of the Panel) and submit it first.");
	in_order(h, f, NULL, h->act_day(c, "submit-panel"), "the day the report was sent", day_of(h, h->text(reply, "letter/letter-on")), "The Panel’s letter");
	return 0;
}

/* A query by its number; a reply without an answer to each is no answer. */
struct unanswered { const struct dossier_host *h; struct dossier_faults *f; int count; };

static int is_answered(void *data, const struct dossier_doc *row)
{
	struct unanswered *u = data;

	if (*u->h->text(row, "answer") == '\0') {
		u->count++;
		u->h->fault(u->f, "R16", NULL, "Query %s of the Panel has no answer yet. Write it in the reply of the Panel and submit it.", u->h->text(row, "number"));
	}
	return 0;
}

GUARD(may_answer)
{
	const struct dossier_doc *reply = newest(h, c, "panel-reply");
	struct unanswered u = { h, f, 0 };

	(void)doc;
	if (h->doc_version(reply) == 0)      /* logged before there were such documents: the step itself says it */
		return 0;
	if (h->count(reply, "queries/query") == 0)
		return h->fault(f, "R16", NULL, "The reply of the Panel holds no query. If the Panel asked something, write it there and submit it.");
	h->rows(reply, "queries/query", is_answered, &u);
	if (u.count == 0 && input != NULL)
		in_order(h, f, "answered-on", day_of(h, h->text(reply, "letter/letter-on")), "the day of the Panel’s letter", day_of(h, h->text(input, "answered-on")), "The answer");
	return 0;
}

GUARD(may_confirm)
{
	const struct dossier_doc *reply = newest(h, c, "panel-reply");
	const char *outcome = h->doc_version(reply) > 0 ? h->text(reply, "letter/outcome") : h->act_input(c, "panel-reply", "outcome");
	const char *decided = h->text(h->doc(c, "report", NULL, 0), "decision/outcome");
	int64_t who;      /* an answer in an earlier round was to another letter */

	(void)doc;
	if (strcmp(outcome, "agrees-with-queries") == 0 && !h->act_by(c, "answer-panel", NULL, &who))
		h->fault(f, "R16", NULL, "The Panel asked questions. Record the answer first.");
	if (input == NULL)
		return 0;
	if (strcmp(outcome, "disagrees") == 0)      /* its letter is advice that the partners answer: the decision stays theirs */
		h->warn(f, "redecide", "outcome", "The Panel disagrees. Decide again, or say why the partners stand by their decision.");
	if (strcmp(decided, "defer") != 0 && strcmp(decided, h->text(input, "outcome")) != 0 && strcmp(h->text(input, "outcome"), "national") != 0)
		h->warn(f, "decision", "outcome", "This is not what the partners signed. Decide again, or say how it came to this.");
	return 0;
}
