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
	};

	(void)doc;
	if (strcmp(event, "do:notify") == 0)
		return after_notify(h, c);
	if (strcmp(event, "do:confirm-decision") == 0)
		return after_decision(h, c);
	for (size_t i = 0; i < sizeof follows / sizeof follows[0]; i++)
		if (strcmp(event, follows[i].event) == 0 && (follows[i].state == NULL || strcmp(h->state(c), follows[i].state) == 0))
			return follows[i].then;
	return NULL;
}
