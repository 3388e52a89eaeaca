/* Risks that people are shown: no time limit waits for a holiday, and no rule asks for a surgery that nobody knows. */
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
	static const char *const before[] = { "SIN_CONSIDERATION", "SIN_SUBMITTED", "RR_OPEN", "LOCAL_LEARNING", "SCOPING_SENT", "RETURNS_OPEN", "RETURNS_COMPLETE", "RETURNS_CLOSED_WITH_GAPS",
		"PACK_RELEASED", "MEETING_HELD", "DRAFT_REPORT", "FACT_CHECK", NULL };
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
