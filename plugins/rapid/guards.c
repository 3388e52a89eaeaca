/* What must be so before a step of the rapid review. Rule ids (V1 …) are those of rapid.c. */
#include <stdio.h>
#include <string.h>
#include "rapid.h"

int32_t day_of(const struct dossier_host *h, const char *iso)
{
	int32_t d;
	return h->day(iso, &d) ? d : NO_DAY;
}

int32_t first_day(const struct dossier_host *h, const struct dossier_doc *doc, const char *when)
{
	int32_t from, to;
	return h->when(doc, when, &from, &to) ? from : NO_DAY;
}

int32_t last_day(const struct dossier_host *h, const struct dossier_doc *doc, const char *when)
{
	int32_t from, to;
	return h->when(doc, when, &from, &to) ? to : NO_DAY;
}

int is_local(HOST) { return strcmp(h->track(c), LOCAL_LEARNING) == 0; }

int32_t counted_from(HOST) { return h->act_day(c, is_local(h, c) ? "send-requests" : "notify"); }

int quotable(const char *id) { return strpbrk(id, "'\"") == NULL; }

void in_order(const struct dossier_host *h, struct dossier_faults *f, const char *field, int32_t earlier, const char *what, int32_t later, const char *than)
{
	if (earlier != NO_DAY && later != NO_DAY && later < earlier)
		h->fault(f, "V2", field, "%s cannot be before %s (%s).", than, what, h->words(h->iso(earlier), NULL));
}

/* What was found not notifiable is known anew from the day it was challenged (R1). */
static int32_t known_again(HOST, int32_t aware)
{
	static const char *const steps[] = { "reconsider", "consider-death" };

	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
		if (h->act_day(c, steps[i]) > aware)      /* NO_DAY is before every day */
			aware = h->act_day(c, steps[i]);
	return aware;
}

GUARD(may_notify)
{
	const struct dossier_doc *sin = h->doc(c, "notification", NULL, 0);
	int32_t aware, known, sent, limit;

	(void)doc;
	if (h->doc_version(sin) == 0)
		return h->fault(f, "V2", NULL, "Submit the notification first.");
	if (*h->text(sin, "criteria/la/view") == '\0' || *h->text(sin, "criteria/icb/view") == '\0' || *h->text(sin, "criteria/police/view") == '\0')
		h->fault(f, "V12", NULL, "Record the view of each of the three partners in the notification.");
	if (input == NULL)
		return 0;
	aware = day_of(h, h->text(sin, "clock/aware-on"));
	sent = day_of(h, h->text(input, "sent-on"));
	in_order(h, f, "sent-on", aware, "the day the authority became aware", sent, "The day it was sent");
	in_order(h, f, "approved-on", aware, "the day the authority became aware", day_of(h, h->text(input, "approved-on")), "The approval");
	known = known_again(h, c, aware);
	limit = known == NO_DAY ? NO_DAY : h->working_day(known, 5);      /* none beyond the bank holidays that are known */
	if (limit != NO_DAY && sent != NO_DAY && sent > limit && *h->text(input, "late-reason") == '\0')
		h->fault(f, "V18", "late-reason", "It was sent after five working days: say why it is late.");
	return 0;
}

static int has_word(const char *list, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = list; (p = strstr(p, word)) != NULL; p += n)
		if ((p == list || p[-1] == ' ') && (p[n] == ' ' || p[n] == '\0'))
			return 1;
	return 0;
}

/* An agency is asked once; what it sends later adds to its return. */
static void asked_before(HOST, const struct dossier_doc *input, struct dossier_faults *f)
{
	const struct dossier_doc *asked;

	for (int i = 0; input != NULL && (asked = h->doc(c, "return", NULL, i)) != NULL; i++)
		if (has_word(h->text(input, "agencies"), h->doc_agency(asked)))
			h->fault(f, "asked", "agencies", "%s was asked already. Leave it out, or write to it about its return.", h->agency_name(c, h->doc_agency(asked)));
}

struct asked { const struct dossier_host *h; const struct dossier_case *c; const struct dossier_doc *input; struct dossier_faults *f; };

static int closed_is_asked(void *data, const struct dossier_doc *row)
{
	struct asked *a = data;
	const char *agency = a->h->text(row, "id");

	if (*agency != '\0' && !has_word(a->h->text(a->input, "agencies"), agency))
		a->h->fault(a->f, "closed", "closed.agency", "%s is said to be closed and is not among those that are asked. Ask it, or take the row out.", a->h->agency_name(a->c, agency));
	return 0;
}

/* V3: each agency that the notification names is asked, or it says why not. */
static int asked_or_said(void *data, const struct dossier_doc *row)
{
	struct asked *a = data;
	const char *agency = a->h->text(row, "agency");

	if (*agency != '\0' && a->h->doc(a->c, "return", agency, 0) != NULL)      /* while it was learned from locally */
		return 0;

	if (*agency == '\0' && *a->h->text(row, "no-request") == '\0')
		a->h->warn(a->f, "V3", "agencies", "%s is named in the notification and is not in the list of agencies. Have it added and ask it, or say how it is asked.", a->h->text(row, "name"));
	if (*agency != '\0' && !has_word(a->h->text(a->input, "agencies"), agency) && *a->h->text(row, "no-request") == '\0')
		a->h->fault(a->f, "V3", "agencies", "%s is named in the notification. Ask it too, or say in the notification why it is not asked.",
			a->h->agency_name(a->c, agency));
	return 0;
}

GUARD(may_request)
{
	struct asked a = { h, c, input, f };

	(void)doc;
	if (h->doc_version(h->doc(c, "register", NULL, 0)) == 0)
		h->fault(f, "V7", NULL, "Submit the register of people and places first: agencies are asked about the people in it.");
	if (input == NULL)
		return 0;
	in_order(h, f, "sent-on", h->act_day(c, "notify"), "the day the Panel was notified", day_of(h, h->text(input, "sent-on")), "The day the requests are sent");
	asked_before(h, c, input, f);
	h->rows(input, "closed/agency", closed_is_asked, &a);
	h->rows(h->doc(c, "notification", NULL, 0), "agencies/agency", asked_or_said, &a);
	return 0;
}

GUARD(may_ask_further)
{
	struct asked a = { h, c, input, f };

	(void)doc;
	asked_before(h, c, input, f);
	h->rows(input, "closed/agency", closed_is_asked, &a);
	return 0;
}

GUARD(may_keep_returns)
{
	(void)doc, (void)input;
	if (h->doc(c, "return", NULL, 0) == NULL)
		return h->fault(f, "asked", NULL, "No agency was asked yet: send the requests.");
	return 0;
}

/* V4: every request is accepted, nil, or waived with a reason. Counts those still open and those waived. */
static void count_returns(HOST, int *open, int *waived)
{
	const struct dossier_doc *r;

	*open = *waived = 0;
	for (int i = 0; (r = h->doc(c, "return", NULL, i)) != NULL; i++) {
		const char *state = h->doc_state(r);
		if (strcmp(state, "addendum") == 0)      /* to a waived return, which stays a gap, or to one that is in the pack */
			*waived += h->act_day(c, "waive") != NO_DAY;
		else if (strcmp(state, "waived") == 0)
			++*waived;
		else if (strcmp(state, "accepted") != 0 && strcmp(state, "nil-return") != 0 && strcmp(state, "redirected") != 0 && strcmp(state, "in-pack") != 0 && strcmp(state, "locked") != 0)
			++*open;
	}
}

int none_open(HOST, struct dossier_faults *f, int *waived)
{
	int open;

	count_returns(h, c, &open, waived);
	if (open > 0)
		return h->fault(f, "V4", NULL, open == 1 ? "One return is still open. It must be accepted, nil or waived." : "%d returns are still open. Each must be accepted, nil or waived.", open);
	return 0;
}

/* V3, where the returns came over from local learning and no step has asked all that the notification names. */
static int unasked(void *data, const struct dossier_doc *row)
{
	struct asked *a = data;
	const char *agency = a->h->text(row, "agency");

	if (*agency != '\0' && *a->h->text(row, "no-request") == '\0' && a->h->doc(a->c, "return", agency, 0) == NULL)
		a->h->fault(a->f, "V3", NULL, "%s is named in the notification and was not asked. Ask it, or say in the notification why not.", a->h->agency_name(a->c, agency));
	return 0;
}

static void all_asked(HOST, struct dossier_faults *f)
{
	struct asked a = { h, c, NULL, f };

	if (h->act_day(c, "returns-stand") != NO_DAY || h->act_day(c, "keep-returns") != NO_DAY)
		h->rows(h->doc(c, "notification", NULL, 0), "agencies/agency", unasked, &a);
}

GUARD(may_complete)
{
	int waived;

	(void)doc, (void)input;
	all_asked(h, c, f);
	if (none_open(h, c, f, &waived) == 0 && waived > 0)
		h->fault(f, "V4", NULL, "A return was waived: close the returns with gaps instead.");
	if (!h->listing(c))
		unmatched(h, c, NULL, tell_unmatched, f);
	return 0;
}

GUARD(may_close_with_gaps)
{
	int waived;

	(void)doc, (void)input;
	all_asked(h, c, f);
	if (none_open(h, c, f, &waived) == 0 && waived == 0)
		h->fault(f, "V4", NULL, "There is no gap: close the returns as complete.");
	if (!h->listing(c))
		unmatched(h, c, NULL, tell_unmatched, f);
	return 0;
}

/* A return that was sent anew after it was accepted would be left out of the pack. */
GUARD(may_release_pack)
{
	int waived;

	(void)doc, (void)input;
	return none_open(h, c, f, &waived);
}

GUARD(may_fact_check)
{
	(void)doc, (void)input;
	if (h->doc_version(h->doc(c, "report", NULL, 0)) == 0)
		h->fault(f, "V12", NULL, "Submit the report first.");
	return 0;
}

/* V8: whoever signs a return off cannot answer for what came later. */
struct signing { const struct dossier_host *h; struct dossier_faults *f; int32_t on; };

static int before_signing(void *data, const struct dossier_doc *row)
{
	struct signing *s = data;
	int32_t from = first_day(s->h, row, "when");

	if (from != NO_DAY && s->on != NO_DAY && from > s->on)
		s->h->fault(s->f, "V8", "signed-on", "%s is dated %s, after this day. Correct the event, or sign off later.", s->h->text(row, "id"), s->h->words(s->h->iso(from), NULL));
	return 0;
}

GUARD(may_sign_off)
{
	struct signing s = { h, f, input == NULL ? NO_DAY : day_of(h, h->text(input, "signed-on")) };

	(void)c;
	h->rows(doc, "events/event", before_signing, &s);
	return 0;
}

GUARD(may_sign)
{
	int waived;

	(void)doc;
	none_open(h, c, f, &waived);
	contradictions(h, c, f);
	if (waived > 0 && *h->text(h->doc(c, "report", NULL, 0), "gaps/text") == '\0')
		h->fault(f, "V4", NULL, "A return was waived, but the report’s section on gaps is empty.");
	if (input != NULL)
		in_order(h, f, "signed-on", h->act_day(c, "hold-meeting"), "the meeting", day_of(h, h->text(input, "signed-on")), "The signature");
	return 0;
}

GUARD(may_redact)
{
	const struct dossier_doc *page = h->doc(c, "learning", NULL, 0);

	(void)doc, (void)input;
	if (h->doc_version(page) == 0)
		h->fault(f, "learning", NULL, "Submit the learning page first.");
	else if (strcmp(h->doc_state(page), "family-view") != 0)
		h->fault(f, "learning", NULL, "The agencies’ fact check, the investigator’s check and the family’s view must be recorded first.");
	return 0;
}
