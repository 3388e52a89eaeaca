/* What must be so before a step that only asks how the case or the return went. */
#include <math.h>
#include <string.h>
#include "rapid.h"

#define MOST 200      /* queries to one return: the form takes 20 at a time */

/* The three partners should agree; the authority has the final say, and says why. */
GUARD(may_not_notify)
{
	static const struct { const char *path, *who; } partners[] = { { "la/view", "local authority" }, { "icb/view", "integrated care board" }, { "police/view", "police" } };

	(void)c, (void)doc;
	for (size_t i = 0; input != NULL && i < sizeof partners / sizeof partners[0]; i++)
		if (strcmp(h->text(input, partners[i].path), "notify") == 0)
			h->warn(f, "views", NULL, "The %s would notify. The authority has the final say: say why it does not notify.", partners[i].who);
	return 0;
}

/* A case that was notified and has ended is not the one that was never notifiable. */
GUARD(may_reconsider)
{
	(void)doc;
	if (strcmp(h->state(c), "CONCLUDED") == 0 && !is_local(h, c) && h->act_day(c, "notify") != NO_DAY)
		return h->fault(f, "challenge", NULL, "The Panel was notified of this case, and it is concluded. Open a new case for what is new.");
	if (input != NULL)
		in_order(h, f, "on", h->act_day(c, "not-notifiable"), "the day it was found not notifiable", day_of(h, h->text(input, "on")), "The challenge");
	return 0;
}

/* What was decided is told and followed up, or it is said why not. Where nothing was signed there is nothing to tell. */
GUARD(may_conclude)
{
	(void)doc, (void)input;
	if (h->act_day(c, "sign") == NO_DAY)
		return 0;
	if (h->act_day(c, "tell-family") == NO_DAY)
		h->warn(f, "R18", NULL, "It is not recorded that the family was told what was decided. Record it first, or say why they were not told.");
	if (h->doc_version(h->doc(c, "actions", NULL, 0)) == 0)
		h->warn(f, "R24", NULL, "The plan of action was never sent, so nobody has been given its actions. Submit it first, or say why there is none.");
	return 0;
}

GUARD(may_withdraw_notification)
{
	int32_t withdrawn;

	(void)doc;
	if (input == NULL)
		return 0;
	withdrawn = day_of(h, h->text(input, "withdrawn-on"));
	in_order(h, f, "withdrawn-on", h->act_day(c, "notify"), "the day the Panel was notified", withdrawn, "The withdrawal");
	in_order(h, f, "acknowledged-on", withdrawn, "the withdrawal", day_of(h, h->text(input, "acknowledged-on")), "The Panel’s acknowledgement");
	return 0;
}

GUARD(may_record_death)
{
	(void)doc;
	if (h->doc_version(h->doc(c, "register", NULL, 0)) == 0)
		return h->fault(f, "V7", NULL, "Submit the register of people and places first: the death is recorded of somebody in it.");
	if (input != NULL)
		in_order(h, f, "reviewers-told-on", day_of(h, h->text(input, "died-on")), "the death", day_of(h, h->text(input, "reviewers-told-on")), "The day they were told");
	return 0;
}

GUARD(may_answer_death)
{
	(void)doc;
	if (input != NULL)
		in_order(h, f, "on", h->act_day(c, "record-death"), "the death", day_of(h, h->text(input, "on")), "The answer");
	return 0;
}

GUARD(may_redirect)
{
	(void)c;
	if (input != NULL && strcmp(h->text(input, "agencies"), h->doc_agency(doc)) == 0)
		return h->fault(f, "redirect", "agencies", "That is your own agency. If it knows nothing, make a nil return.");
	return 0;
}

/* --- queries: numbered over all rounds, each answered by its number ------------------------------------------------------------- */

struct numbers { const struct dossier_host *h; int list[MOST], count; };

static int add_number(void *data, const struct dossier_doc *row)
{
	struct numbers *n = data;
	double number = n->h->number(row, "number");

	if (n->count < MOST && !isnan(number))
		n->list[n->count++] = (int)number;
	return 0;
}

static int add_queries(void *data, const struct dossier_doc *input) { return ((struct numbers *)data)->h->rows(input, "queries/query", add_number, data); }
static int add_answers(void *data, const struct dossier_doc *input) { return ((struct numbers *)data)->h->rows(input, "answers/answer", add_number, data); }

static int has_number(const struct numbers *n, int number)
{
	for (int i = 0; i < n->count; i++)
		if (n->list[i] == number)
			return 1;
	return 0;
}

static struct numbers asked(HOST, const struct dossier_doc *doc)
{
	struct numbers n = { h, { 0 }, 0 };

	h->acts(c, doc, "query", add_queries, &n);
	return n;
}

GUARD(may_query)
{
	struct numbers before = asked(h, c, doc), now = { h, { 0 }, 0 };

	if (input == NULL)
		return 0;
	add_queries(&now, input);
	for (int i = 0; i < now.count; i++)
		if (has_number(&before, now.list[i]))
			return h->fault(f, "query.number", "queries.query.1.number", "Query %d was asked before. Numbers go on: give this one a new number.", now.list[i]);
	return 0;
}

GUARD(may_answer_queries)
{
	struct numbers queries = asked(h, c, doc), answers = { h, { 0 }, 0 };

	if (queries.count == 0)
		return h->fault(f, "query.none", NULL, "There is no query to answer.");
	if (input == NULL)
		return 0;
	add_answers(&answers, input);
	for (int i = 0; i < answers.count; i++)
		if (!has_number(&queries, answers.list[i]))
			return h->fault(f, "query.unknown", "answers.answer.1.number", "There is no query %d.", answers.list[i]);
	return 0;
}

/* An answer may show that the return was right: then it is accepted as it was signed off, and not written anew. */
GUARD(may_accept)
{
	struct numbers queries = asked(h, c, doc), answers = { h, { 0 }, 0 };

	(void)input;
	if (h->doc_version(doc) == 0)
		return h->fault(f, "return.none", NULL, "The agency has not sent its return yet.");
	h->acts(c, doc, "answer-queries", add_answers, &answers);
	for (int i = 0; i < queries.count; i++)
		if (!has_number(&answers, queries.list[i]))
			h->fault(f, "query.open", NULL, "Query %d has no answer yet. The agency answers each query by its number.", queries.list[i]);
	return 0;
}

/* A page that is public is withdrawn where it is published. */
GUARD(may_withdraw_internal)
{
	(void)doc, (void)input;
	if (h->act_day(c, "internal-only") == NO_DAY)
		return h->fault(f, "public", NULL, "This page is public: withdraw it on the page of its publication.");
	return 0;
}

GUARD(may_ask_owners)
{
	(void)doc, (void)input;
	if (h->doc_version(h->doc(c, "actions", NULL, 0)) == 0)
		return h->fault(f, "actions", NULL, "Submit the plan of action first: owners are asked about what stands in it.");
	return 0;
}

GUARD(may_take_progress)
{
	const struct dossier_doc *d;

	(void)doc, (void)input;
	for (int i = 0; (d = h->doc(c, "progress", NULL, i)) != NULL; i++)
		if (h->doc_version(d) > 0)
			return 0;
	return h->fault(f, "progress", NULL, "No owner has told of its actions yet.");
}
