/* The rules that hold across documents, as the brief numbers them. A row without a function is kept by something else: `asked` says by what. Whoever changes
 * one changes tests/data/rapid-rules.txt, which was written from the brief. */
#include "rapid.h"

#define E "E"
#define W "W"
const struct dossier_rule rapid_rules[RULES] = {
	{ "V1",  "register",            E, "A person is born before they die, and a child before it is harmed.", lives_in_order },
	{ "V1",  "return",              E, "What is told of a child happened in its life; after its death only a review, an inquest or contact with the family.", events_within_lives },
	{ "V2",  "notification",        E, "The incident, becoming aware, telling the partners: in this order, on the same day or later.", days_in_order },
	{ "V2",  "do:notify do:send-requests do:hold-meeting do:sign do:submit-panel do:panel-reply", E, "Each step is dated on or after the one before it.", NULL },
	{ "V3",  "do:send-requests",    E, "Each agency that the notification names is asked, or it says why not.", NULL },
	{ "V3",  "return",              W, "An agency that is told of as acting is asked too.", agencies_acting_asked },
	{ "V4",  "report",              E, "No decision while a return is open.", none_open_at_decision },
	{ "V4",  "do:release-pack do:sign", E, "Every request is accepted, nil, redirected and answered, or waived with a reason; gaps stand in section 17.", NULL },
	{ "V5",  "do:sign",             E, "Three different people sign, one for each partner, and none of them wrote a return.", NULL },
	{ "V6",  "notification meeting", E, "Every child of the household has a line that says where it is and whether it is safe.", children_safe },
	{ "V7",  "return",              E, "Every child, parent and adult of the household has a line: known or not known.", everybody_answered },
	{ "V8",  "return",              E, "Whoever an event is about stands in the register; an exact day is not to come.", events_known },
	{ "V8",  "do:sign-off",         E, "No event is later than the day of signing off.", NULL },
	{ "V9",  "return",              "E/W", "No number stands twice; the same day, kind and people twice is asked about.", events_twice },
	{ "V10", "return",              W, "The other agency's event that one should match is in that agency's return, within 14 days.", counterparts_found },
	{ "V11", "do:sign",             E, "Two events that contradict each other are in the meeting's disputed facts, with a state.", NULL },
	{ "V12", "report",              E, "The decision has its reasons, says what a local review would add, and each criterion has its reason.", reasons_given },
	{ "V13", "report",              "E/W", "A local review has a scope; none, although several organisations worked together, is explained.", decision_consistent },
	{ "V14", "notification register", W, "NHS numbers, UPNs, telephone numbers and postcodes are well formed.", numbers_well_formed },
	{ "V15", "return",              E, "An informant is not named.", informants_unnamed },
	{ "V15", "return",              W, "Staff are named by their role.", staff_named },
	{ "V16", "report",              W, "Each learning point leads to an action, or says why not.", learning_leads_somewhere },
	{ "V16", "report meeting",      E, "Each immediate action has an owner and a day.", immediate_owned },
	{ "V17", "report meeting",      E, "The question about inequality is answered, where the edition asks it.", equality_answered, NEW },
	{ "V18", "do:notify do:submit-panel", E, "Late needs a reason: why, who knew, when the Panel was told.", NULL },
	{ "V19", "notification",        E, "Incident and home in two areas: the other authority is invited and its partnership told.", other_area_invited },
	{ "V20", "gate",                E, "Ages are computed, never typed; a page is made anew from what stands.", NULL },
	{ "V21", "return report",       E, "After the lock nothing is edited; an addendum is sent.", NULL },
	{ "V22", "gate",                E, "The page holds no form of the register, no day, age, sex or number of children.", NULL },
	{ "V23", "gate",                W, "A name that is also an ordinary word is judged where it stands, by a person.", NULL },
	{ "V16", "actions",             W, "Each action of the report is in the plan.", actions_follow_report },
	{ "thread", "panel-reply",      E, "What was written to and by the Panel stays as it was written.", thread_kept },
	{ "agency", "return",           E, "A return is of the agency that was asked.", own_agency },
};
