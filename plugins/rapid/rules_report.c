/* Rules about the report, the meeting and the notification's areas: V4, V12, V13, V16, V17, V19, and local learning. */
#include <stdio.h>
#include <string.h>
#include "rapid.h"

RULE(none_open_at_decision)
{
	int waived;

	(void)type;
	if (*h->text(doc, "decision/outcome") != '\0' || *h->text(doc, "local/agreed") != '\0')
		none_open(h, c, f, &waived);
	return 0;
}

/* --- V12, V13 ------------------------------------------------------------------------------------------------------------------------ */

static const char *const criteria[] = { "improvements", "recurrent", "together", "panel", "cross-area", "institution" };

RULE(reasons_given)
{
	char path[60], field[60];

	(void)c, (void)type;
	if (*h->text(doc, "decision/outcome") == '\0')
		return 0;
	if (says_nothing(h->text(doc, "decision/reasons")))
		h->fault(f, "V12", "decision.reasons", "Give the reasons for the decision.");
	if (says_nothing(h->text(doc, "decision/adds")))
		h->fault(f, "V12", "decision.adds", "Say what a local review would add that this one has not found, also where the answer is “little”.");
	for (size_t i = 0; i < sizeof criteria / sizeof criteria[0]; i++) {
		snprintf(path, sizeof path, "criteria/%s/reason", criteria[i]);
		snprintf(field, sizeof field, "criteria.%s.reason", criteria[i]);
		if (says_nothing(h->text(doc, path)))
			h->fault(f, "V12", field, "Give the reason for this criterion.");
	}
	return 0;
}

RULE(decision_consistent)
{
	const char *outcome = h->text(doc, "decision/outcome");

	(void)c, (void)type;
	if (strcmp(outcome, "lcspr") == 0 && says_nothing(h->text(doc, "lcspr/scope")))
		h->fault(f, "V13", "lcspr.scope", "A local review is decided: say what its scope is.");
	if (strcmp(outcome, "no-lcspr") == 0 && strcmp(h->text(doc, "criteria/together/state"), "met") == 0 && says_nothing(h->text(doc, "decision/explained")))
		h->warn(f, "V13", "decision.explained", "The criterion “two or more organisations” is met and no local review is decided: say why.");
	return 0;
}

/* --- V16 ------------------------------------------------------------------------------------------------------------------------------ */

struct walk { const struct dossier_host *h; const struct dossier_doc *doc; struct dossier_faults *f; const char *at; int n; };

static int leads(void *data, const struct dossier_doc *row)
{
	struct walk *w = data;
	char field[60];

	w->n++;
	snprintf(field, sizeof field, "learning.point.%d.actions", w->n);
	if (*w->h->text(row, "text") != '\0' && *w->h->text(row, "actions") == '\0' && *w->h->text(row, "no-action") == '\0')
		w->h->warn(w->f, "V16", field, "Learning point %d leads to no action. Name one, or say why there is none.", w->n);
	return 0;
}

RULE(learning_leads_somewhere)
{
	struct walk w = { h, doc, f, "", 0 };

	(void)c, (void)type;
	h->rows(doc, "learning/point", leads, &w);
	return 0;
}

static int owned(void *data, const struct dossier_doc *row)
{
	struct walk *w = data;
	char field[60];

	w->n++;
	if (!w->h->yes(row, "urgent") && strcmp(w->h->text(row, "origin"), "immediate") != 0)
		return 0;
	snprintf(field, sizeof field, "actions.action.%d.%s", w->n, *w->h->text(row, "owner") == '\0' ? "owner" : "due");
	if (*w->h->text(row, "owner") == '\0' || *w->h->text(row, "due") == '\0')
		w->h->fault(w->f, "V16", field, "An immediate action needs an owner and a day.");
	return 0;
}

RULE(immediate_owned)
{
	struct walk w = { h, doc, f, "", 0 };

	(void)c, (void)type;
	h->rows(doc, "actions/action", owned, &w);
	return 0;
}

/* --- V17, V19 ------------------------------------------------------------------------------------------------------------------------- */

int says_nothing(const char *text)
{
	static const char *const nothing[] = { "n/a", "na", "none", "nil", "nothing", "not applicable", "-", "." };
	char said[24];
	size_t n = 0;

	for (text += strspn(text, " \t\r\n"); *text != '\0' && n < sizeof said - 1; text++)
		said[n++] = (char)(*text >= 'A' && *text <= 'Z' ? *text - 'A' + 'a' : *text);
	while (n > 0 && strchr(" \t\r\n.", said[n - 1]) != NULL)
		n--;
	said[n] = '\0';
	if (*text != '\0' || n == 0)
		return *text == '\0';
	for (size_t i = 0; i < sizeof nothing / sizeof nothing[0]; i++)
		if (strcmp(said, nothing[i]) == 0)
			return 1;
	return 0;
}

RULE(equality_answered)
{
	static const struct { const char *type, *path, *field; } asked[] = {
		{ "report", "context/text", "context.text" }, { "meeting", "inequality/text", "inequality.text" }, { "return", "prompts/inequality/text", "prompts.inequality.text" },
	};
	size_t i = 0;

	(void)c;
	while (i < sizeof asked / sizeof asked[0] && strcmp(asked[i].type, type) != 0)
		i++;
	if (i == sizeof asked / sizeof asked[0] || strcmp(h->text(doc, "head/kind"), "nil") == 0)
		return 0;
	if (says_nothing(h->text(doc, asked[i].path)))
		h->fault(f, "V17", asked[i].field, "Say what race, culture, language, faith, disability, sex and poverty meant for the family and for the practice. “n/a” alone is no answer.");
	return 0;
}

RULE(other_area_invited)
{
	const char *incident = h->text(doc, "areas/incident-la"), *residence = h->text(doc, "areas/residence-la");

	(void)c, (void)type;
	if (*incident == '\0' || *residence == '\0' || strcmp(incident, residence) == 0)
		return 0;
	if (h->count(doc, "areas/others-told/other[string(area)][string(on)]") == 0)
		h->fault(f, "V19", "areas.others-told.other", "The incident was in %s, the child lives in %s. Record that the other authority was invited and its partnership told, and when.", incident, residence);
	return 0;
}

/* Version 3 of the report asks for it; a report of an older version was begun before. */
RULE(other_area_agrees)
{
	const struct dossier_doc *sin = h->doc(c, "notification", NULL, 0);
	const char *incident = h->text(sin, "areas/incident-la"), *residence = h->text(sin, "areas/residence-la");

	(void)type;
	if (h->number(doc, "@version") < 3 || *incident == '\0' || *residence == '\0' || strcmp(incident, residence) == 0)
		return 0;
	if (says_nothing(h->text(doc, "areas/leads")) || says_nothing(h->text(doc, "areas/agreed/what")) || *h->text(doc, "areas/agreed/on") == '\0')
		h->fault(f, "V19", "areas.leads", "The incident was in %s, the child lives in %s. Say which authority leads this review, and who agreed to it for the other, and when.", incident, residence);
	return 0;
}

/* What was learned may show that the case is one to be notified after all. */
RULE(below_threshold)
{
	(void)type;
	if (is_local(h, c) && strcmp(h->text(doc, "criteria/serious"), "met") == 0)
		h->warn(f, "local", "criteria.serious", "This says that it is a serious child safeguarding case, and the Panel was not notified. Consider the notification again, or say why it is not notified.");
	return 0;
}
