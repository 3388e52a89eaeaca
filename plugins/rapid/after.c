/* What follows an event by itself. */
#include <string.h>
#include "rapid.h"

/* A looked-after child's death without abuse, and a care leaver's death, are notified but lead to no review. */
static const char *after_notify(HOST)
{
	const char *kind = h->text(h->doc(c, "notification", NULL, 0), "type/kind");
	return strcmp(kind, "looked-after-death") == 0 || strcmp(kind, "care-leaver-death") == 0 ? NULL : "open-review";
}

static const char *after_decision(HOST)
{
	const char *outcome = h->act_input(c, "confirm-decision", "outcome");

	return strcmp(outcome, "lcspr") == 0 ? "commission" : strcmp(outcome, "other") == 0 ? "other-review" : strcmp(outcome, "national") == 0 ? "national" : "no-review";
}

/* Agencies that were asked while it was learned from locally are not asked again. */
static const char *after_open(HOST) { return h->doc(c, "return", NULL, 0) != NULL ? "returns-stand" : NULL; }

/* The death of a child who was harmed is a new fact: where the Panel was not notified, that is considered again. */
static const char *after_death(HOST)
{
	const char *state = h->state(c);
	return is_local(h, c) || strcmp(state, "NOT_NOTIFIABLE") == 0 || strcmp(state, "NO_ACTION") == 0 ? "consider-death" : NULL;
}

/* V24: a page that is out is older than a day of the court or inquest that is set now. */
static const char *after_court_day(HOST)
{
	static const char *const out[] = { "PUBLISHED", "ACTIONS_MONITORED", "INTERNAL_ONLY", "CONCLUDED" };

	for (size_t i = 0; i < sizeof out / sizeof out[0]; i++)
		if (strcmp(h->state(c), out[i]) == 0)
			return "look-again";
	return NULL;
}

static int is_court_day(const char *event)
{
	static const char *const flags[] = { "criminal-live", "family-court-live", "inquest-live" };

	for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
		if ((strncmp(event, "do:set-", 7) == 0 && strcmp(event + 7, flags[i]) == 0) || (strncmp(event, "do:renew-", 9) == 0 && strcmp(event + 9, flags[i]) == 0))
			return 1;
	return 0;
}

const char *rapid_after(HOST, const char *event, const struct dossier_doc *doc)
{
	static const struct { const char *event, *state, *then; } follows[] = {
		{ "submit:notification", "INCIDENT_KNOWN", "consider" },
		{ "do:send-requests", "SCOPING_SENT", "open-returns" },
		{ "do:hold-meeting", "MEETING_HELD", "draft-report" },
		{ "prepare:learning", NULL, "redacted" },
		{ "do:send-back", NULL, "take-back" },
		{ "approve:ig_check", NULL, "ig-clear" },      /* kept internal, withdrawn: no step leads on, so neither does the approval */
		{ "approve:scp_exec", NULL, "schedule" },
		{ "release:learning", NULL, "published" },
		{ "withdraw:learning", "CONCLUDED", "withdrawn-late" },
		{ "withdraw:learning", NULL, "withdrawn" },
		{ "recheck:learning", NULL, "recalled" },
	};

	(void)doc;
	if (strcmp(event, "do:notify") == 0)
		return after_notify(h, c);
	if (strcmp(event, "do:confirm-decision") == 0)
		return after_decision(h, c);
	if (strcmp(event, "do:open-review") == 0)
		return after_open(h, c);
	if (strcmp(event, "do:record-death") == 0)
		return after_death(h, c);
	if (is_court_day(event))
		return after_court_day(h, c);
	for (size_t i = 0; i < sizeof follows / sizeof follows[0]; i++)
		if (strcmp(event, follows[i].event) == 0 && (follows[i].state == NULL || strcmp(h->state(c), follows[i].state) == 0))
			return follows[i].then;
	return NULL;
}
