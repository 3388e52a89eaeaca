/* Risks that people are shown: no time limit waits for a holiday, and no rule asks for a surgery that nobody knows or holds a page for an inquest that nobody recorded. */
#include <string.h>
#include "rapid.h"

static int among(const char *word, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strcmp(word, *list) == 0)
			return 1;
	return 0;
}

/* While the agency still owes its return: it is closed now, or will be on the day that it is due. */
RISK(agency_closed)
{
	static const char *const owed[] = { "requested", "acknowledged", "drafting", "queried", "submitted", NULL };
	const char *agency = h->doc_agency(doc);
	const struct dossier_doc *request = h->doc(c, "request", agency, 0), *ret = h->doc(c, "return", agency, 0);
	int32_t until = day_of(h, h->text(request, "to/closed-until")), due = day_of(h, h->text(request, "to/due"));
	const char *contact = h->text(request, "to/holiday-contact");

	if (ret == NULL || !among(h->doc_state(ret), owed) || until == NO_DAY || (h->today() > until && (due == NO_DAY || due > until)))
		return 0;
	return h->warn(f, "closed", NULL, "At risk: closed until %s, and no time limit waits for it. %s%s", h->words(h->iso(until), NULL),
		*contact != '\0' ? "Ask meanwhile: " : "No holiday contact is known", contact);
}

static const char *const before[] = { "SIN_CONSIDERATION", "SIN_SUBMITTED", "RR_OPEN", "LOCAL_LEARNING", "SCOPING_SENT", "RETURNS_OPEN", "RETURNS_COMPLETE", "RETURNS_CLOSED_WITH_GAPS",
	"PACK_RELEASED", "MEETING_HELD", "DRAFT_REPORT", "FACT_CHECK", NULL };

struct children { const struct dossier_host *h; struct dossier_faults *f; };

static int gp_unknown(void *data, const struct dossier_doc *row)
{
	struct children *k = data;
	const char *gp = k->h->text(row, "home/gp");

	if (*gp == '\0' || strcmp(gp, "not-known") == 0)
		k->h->warn(k->f, "no-gp", NULL, "The GP surgery of %s is not known, so its health record may be missing.", k->h->text(row, "id"));
	return 0;
}

/* Until the report is signed: what a surgery knows can still be asked for. */
RISK(gp_missing)
{
	struct children k = { h, f };
	const struct dossier_doc *ret;
	int asked = 0, gp = 0;

	(void)doc;
	if (!among(h->state(c), before))
		return 0;
	h->rows(h->doc(c, "notification", NULL, 0), "children/child", gp_unknown, &k);
	for (; (ret = h->doc(c, "return", NULL, asked)) != NULL; asked++)
		gp += strcmp(h->agency_type(c, h->doc_agency(ret)), "gp") == 0;
	if (asked > 0 && gp == 0)
		h->warn(f, "no-gp", NULL, "No GP surgery is among the agencies that were asked.");
	return 0;
}

/* What holds a publication is recorded as such; that the notification speaks of it holds nothing. */
RISK(proceedings_unrecorded)
{
	static const struct { const char *found, *step, *say; } rows[] = {
		{ "parallel/coroner[. = 'yes']", "set-inquest-live", "The notification says that the coroner was told. Record “An inquest” if there is one: until then nothing holds a publication for it." },
		{ "parallel/police[. = 'arrest' or . = 'charged']", "set-criminal-live", "The notification tells of an arrest or a charge. Record “Criminal proceedings”: until then nothing holds a publication for them." },
		{ "parallel/care-proceedings[. = 'issued']", "set-family-court-live", "The notification says that care proceedings were issued. Record “Family court proceedings”: until then nothing holds a publication for them." },
	};
	static const char *const after[] = { "NO_ACTION", "SIN_WITHDRAWN", "CONCLUDED", NULL };
	const struct dossier_doc *notification = h->doc(c, "notification", NULL, 0);

	(void)doc;
	for (size_t i = 0; notification != NULL && !among(h->state(c), after) && i < sizeof rows / sizeof rows[0]; i++)
		if (h->count(notification, rows[i].found) > 0 && h->act_day(c, rows[i].step) == NO_DAY)
			h->warn(f, "unrecorded", NULL, "%s", rows[i].say);
	return 0;
}

/* The same thing asked twice (Working Together: what happened, and whether the criteria are met), and a kind that begins no review. */
RISK(notification_at_odds)
{
	const struct dossier_doc *n = h->doc(c, "notification", NULL, 0);
	const char *abuse = h->text(n, "incident/abuse"), *criterion = h->text(n, "criteria/abuse"), *kind = h->text(n, "type/kind");

	(void)doc;
	if (!among(h->state(c), before))
		return 0;
	if (*abuse != '\0' && *criterion != '\0' && strcmp(abuse, criterion) != 0)
		h->warn(f, "at-odds", NULL, "Whether abuse or neglect is known or suspected is answered in one way for the incident and in another for the criteria.");
	if (strcmp(kind, "looked-after-death") == 0 && (strcmp(abuse, "known") == 0 || strcmp(abuse, "suspected") == 0))
		h->warn(f, "at-odds", NULL, "It is notified as a death without abuse or neglect, which begins no rapid review, but abuse or neglect is %s. Check the kind of notification.", abuse);
	return 0;
}
