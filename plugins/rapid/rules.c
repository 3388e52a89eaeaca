/* The rules that hold across the documents of a rapid review (V1 …). */
#include <string.h>
#include "rapid.h"

static int check_report(HOST, const struct dossier_doc *doc, struct dossier_faults *f)
{
	int waived;

	if (*h->text(doc, "decision/outcome") != '\0')
		none_open(h, c, f, &waived);
	if (strcmp(h->text(doc, "decision/outcome"), "no-lcspr") == 0 && strcmp(h->text(doc, "criteria/together/state"), "met") == 0 && *h->text(doc, "decision/adds") == '\0')
		h->fault(f, "V12", "decision.adds", "Two or more organisations: say what a local review would add that this one has not found.");
	if (strcmp(h->text(doc, "decision/outcome"), "lcspr") == 0 && *h->text(doc, "lcspr/scope") == '\0')
		h->fault(f, "V13", "lcspr.scope", "A local review is decided: say what its scope is.");
	return 0;
}

int rapid_check(HOST, const char *type, const struct dossier_doc *doc, struct dossier_faults *f)
{
	if (strcmp(type, "notification") == 0) {
		const char *incident = h->text(doc, "areas/incident-la"), *residence = h->text(doc, "areas/residence-la");
		if (strcmp(incident, residence) != 0)
			h->warn(f, "V19", "areas.residence-la", "The incident was in %s, the child lives in %s. Has the other authority been invited and its partnership told?", incident, residence);
	}
	if (strcmp(type, "return") == 0 && *h->text(doc, "head/agency") != '\0' && strcmp(h->text(doc, "head/agency"), h->doc_agency(doc)) != 0)
		h->fault(f, "return.agency", "head.agency", "This is the return of %s: name that agency.", h->agency_name(c, h->doc_agency(doc)));
	if (strcmp(type, "report") == 0)
		check_report(h, c, doc, f);
	if (strcmp(type, "actions") == 0)
		check_actions(h, c, doc, f);
	if (strcmp(type, "panel-reply") == 0)
		check_reply(h, doc, f);
	return 0;
}
