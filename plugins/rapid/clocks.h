/* Time limits of the rapid review, ids R1–R26, and what happens by itself while they run. Part of rapid.c's tables.
 * A row whose source begins with "Local default" may be changed by a partnership. `tests/data/rapid-clocks.txt` is written from the law and
 * guidance, not from here; a test compares both. */
enum { WD = DOSSIER_WORKING_DAYS, DAYS = DOSSIER_DAYS, MONTHS = DOSSIER_MONTHS, HOURS = DOSSIER_HOURS };

#define AWARE "field:notification:/notification/clock/aware-on"
/* Told partner by partner; version 1 of the form has one day for all. */
#define TOLD(partner) "field:notification:/notification/clock/descendant::*[self::" partner " or self::partners-told-on]"
#define DIED "field:notification:/notification/children/child[harm/survived='no']/harm/when/written"
/* A looked-after child's death without abuse or neglect, and a care leaver's, are notified but lead to no review. */
#define NO_REVIEW "/notification/type/kind='looked-after-death' or /notification/type/kind='care-leaver-death'"
#define REVIEWED "notification:not(" NO_REVIEW ")"
#define ONLY_TOLD "notification:" NO_REVIEW
#define REVIEW_ENDS "do:conclude|do:withdraw-notification"
#define IN_CASE(id, what) .name = id, .title = what, .machine = "case"
#define IN_RETURN(id, what) .name = id, .title = what, .machine = "return"
#define LOCAL(text) .source = "Local default" text
#define LAW(text) .source = text, .statutory = 1

static const struct dossier_clock clocks[] = {
	{ IN_CASE("R1", "Notify the Panel"), NOTIFIED, .starts = AWARE "|do:reconsider|do:consider-death", .stops = "do:notify|do:not-notifiable", .length = 5, .unit = WD, .again = 1, .waits_for = "notifier dcs",
	  LAW("Children Act 2004 s.16C(1) and Working Together: five working days from becoming aware") },
	{ IN_CASE("R2", "Tell the integrated care board"), NOTIFIED, .starts = AWARE, .stops = TOLD("icb") "|do:not-notifiable", .length = 5, .unit = WD, .waits_for = "notifier",
	  LAW("Working Together: the same five working days; by local default the same day") },
	{ IN_CASE("R2-police", "Tell the police"), NOTIFIED, .starts = AWARE, .stops = TOLD("police") "|do:not-notifiable", .length = 5, .unit = WD, .waits_for = "notifier",
	  LAW("Working Together: the same five working days; by local default the same day") },
	{ IN_CASE("R3", "Tell the Secretary of State and Ofsted of the death"), NOTIFIED, .starts = AWARE, .stops = "do:notify|do:not-notifiable", .length = 5, .unit = WD, .only = ONLY_TOLD,
	  .waits_for = "notifier dcs", LAW("Working Together: the death of a looked-after child is notified whether or not abuse is suspected; a care leaver’s up to 24 should be") },
	{ IN_CASE("R4", "Rapid review to the Panel"), NOTIFIED, .starts = "do:notify", .stops = "do:submit-panel|" REVIEW_ENDS, .length = 15, .unit = WD, .again = 1, .only = REVIEWED, .editions = NEW,
	  LAW("Working Together 2023 ch. 5 and the Panel’s guidance of June 2025: 15 working days from the notification") },
	{ IN_CASE("R4", "Rapid review to the Panel"), NOTIFIED, .starts = AWARE, .stops = "do:submit-panel|do:not-notifiable|" REVIEW_ENDS, .length = 15, .unit = WD, .only = REVIEWED, .editions = OLD,
	  LAW("Working Together 2018: 15 working days from becoming aware") },
	{ IN_CASE("R5", "Requests to agencies"), NOTIFIED, .starts = "do:notify", .stops = "do:send-requests|" REVIEW_ENDS, .length = 1, .unit = WD, .only = REVIEWED, .waits_for = "rr_coord", LOCAL("") },
	{ IN_RETURN("R6", "Confirm that records are secured"), .starts = "created", .stops = "do:secure|do:submit|do:nil|do:redirect|do:waive|" REVIEW_ENDS, .length = 1, .unit = WD, .waits_for = "agencies",
	  LOCAL(": at once, confirmed on the next working day") },
	{ IN_RETURN("R7", "Acknowledge the request"), .starts = "created", .stops = "do:acknowledge|do:submit|do:nil|do:redirect|do:waive|" REVIEW_ENDS, .length = 1, .unit = WD, .waits_for = "agencies", LOCAL("") },
	{ IN_RETURN("R8", "Agency return"), .starts = "created", .stops = "do:accept|do:nil|do:redirect|do:waive|" REVIEW_ENDS, .length = 7, .unit = WD, .varies = "rr_chair", .varied = "vary-return", LOCAL(": day 7") },
	{ IN_CASE("R11", "Rapid review meeting"), NOTIFIED, .starts = "do:notify", .stops = "do:hold-meeting|" REVIEW_ENDS, .length = 10, .unit = WD, .only = REVIEWED,
	  .varies = "rr_chair", .varied = "vary-meeting", .waits_for = "rr_chair", LOCAL(": day 10") },
	{ IN_CASE("R11", "Local learning meeting"), ON_LOCAL, .starts = "do:send-requests", .stops = "do:hold-meeting|" REVIEW_ENDS, .length = 10, .unit = WD, .again = 1,
	  .varies = "rr_chair", .varied = "vary-meeting", .waits_for = "rr_chair", LOCAL(": day 10, counted from the requests, as there is no notification") },
	{ IN_CASE("R10", "Release the pack"), .starts = "do:send-requests", .from = "clock:R11", .stops = "do:release-pack|do:hold-meeting|" REVIEW_ENDS, .length = -1, .unit = WD,
	  .varies = "rr_chair", .varied = "vary-pack", .waits_for = "rr_chair", LOCAL(": one working day before the meeting") },
	{ IN_CASE("R12", "Report to fact check"), .starts = "do:hold-meeting", .stops = "do:fact-check|" REVIEW_ENDS, .length = 1, .unit = WD,
	  .varies = "rr_chair", .varied = "vary-report", .waits_for = "rr_chair", LOCAL("") },
	{ IN_CASE("R12-check", "Comments on the report"), .starts = "do:fact-check", .stops = "do:back-to-draft|do:sign|" REVIEW_ENDS, .length = 1, .unit = WD, .again = 1, .lapses = 1,
	  .waits_for = "rr_member", LOCAL(": silence is agreement") },
	{ IN_CASE("R13", "Partners’ signatures"), NOTIFIED, .starts = "do:notify", .stops = "do:sign|" REVIEW_ENDS, .length = 14, .unit = WD, .only = REVIEWED,
	  .varies = "scp_exec", .varied = "vary-signatures", .waits_for = "partner_la partner_icb partner_police", LOCAL(": day 14") },
	{ IN_CASE("R13", "Partners’ signatures"), ON_LOCAL, .starts = "do:send-requests", .stops = "do:sign|" REVIEW_ENDS, .length = 14, .unit = WD, .again = 1,
	  .varies = "scp_exec", .varied = "vary-signatures", .waits_for = "partner_la partner_icb partner_police", LOCAL(": day 14, counted from the requests, as there is no notification") },
	{ IN_CASE("R14", "Send the report to the Panel"), NOTIFIED, .starts = "do:sign", .named = "clock:R4", .stops = "do:submit-panel|do:back-to-draft|" REVIEW_ENDS, .unit = WD, .again = 1, .waits_for = "rr_coord",
	  LAW("Working Together: the day of the review’s own limit") },
	{ IN_CASE("R15", "The Panel’s reply"), .starts = "do:submit-panel", .stops = "do:panel-reply|" REVIEW_ENDS, .unit = WD, .again = 1, LOCAL(": no limit; ask after 20 working days") },
	{ IN_CASE("R16", "Answer the Panel’s queries"), .starts = "do:panel-reply", .stops = "do:answer-panel|do:confirm-decision|do:redecide", .length = 10, .unit = WD, .again = 1,
	  .named = "field:panel-reply:/panel-reply/letter/answer-due|input:panel-reply:answer-due", .varies = "rr_coord", .varied = "vary-answer", .waits_for = "rr_coord", LOCAL(": ten working days, or the day in the letter") },
	{ IN_CASE("R17", "Tell agencies and authors the decision"), .starts = "do:sign", .stops = "do:tell-decision|do:conclude", .length = 2, .unit = WD, .again = 1, .waits_for = "rr_coord", LOCAL("") },
	{ IN_CASE("R18", "Tell the family the decision"), .starts = "do:sign", .stops = "do:tell-family|do:conclude", .length = 5, .unit = WD, .again = 1, .pauses = "family-not-to-be-told",
	  .varies = "rr_chair", .varied = "vary-family", .waits_for = "sw_family rr_coord", LOCAL(", unless the family is not to be told yet") },
	{ .name = "R19", .title = "Immediate action", .machine = "actions", .rows = "/actions/actions/action[urgent='yes']", .row_name = "string(text)",
	  .starts = "created", .named = "row:due", .stops = "row:completed-on|row:evidence/item[string(accepted-by)]/on", .length = 10, .unit = WD, .waits_for = "rr_coord",
	  LOCAL(": the action’s own day, else ten working days; its owner names the day in the plan") },
	{ IN_CASE("R21", "Publish the local review"), .starts = "do:commission", .stops = "do:conclude", .length = 6, .unit = MONTHS, .varies = "scp_exec", .varied = "vary-review", .waits_for = "scp_exec",
	  LAW("Working Together: six months from the decision, where that is possible") },
	{ IN_CASE("R22", "Learning published, or kept internal"), NOTIFIED, .starts = "do:panel-reply", .stops = "do:published|do:internal-only|do:redecide|do:commission|do:other-review|do:national|do:conclude",
	  .length = 40, .unit = WD, .again = 1, .pauses = "publication-hold inquest-live", .least = 15, .varies = "scp_exec", .varied = "vary-learning", .waits_for = "scp_bu",
	  LOCAL(": 40 working days; after a hold at least 15") },
	{ IN_CASE("R22", "Learning published, or kept internal"), ON_LOCAL, .starts = "do:sign", .stops = "do:published|do:internal-only|do:conclude",
	  .length = 40, .unit = WD, .again = 1, .pauses = "publication-hold inquest-live", .least = 15, .varies = "scp_exec", .varied = "vary-learning", .waits_for = "scp_bu",
	  LOCAL(": 40 working days from the signatures; after a hold at least 15") },
	{ IN_RETURN("R20", "Debrief the staff"), .starts = "do:sign", .stops = "do:debrief|do:conclude", .named = "clock:R22", .unit = WD, .waits_for = "agencies", LOCAL(": before any learning is released") },
	{ IN_CASE("R23", "Review the hold on publication"), .starts = "set:publication-hold|do:renew-hold", .stops = "lifted:publication-hold|do:conclude", .length = 3, .unit = MONTHS, .again = 1, .sooner = 1,
	  .named = "input:hold-publication:review-on|input:renew-hold:review-on", .waits_for = "scp_exec rr_coord", LOCAL(": every three months, and on each day of the court or the inquest") },
	{ .name = "R24", .title = "Update the plan of action", .machine = "actions", .starts = "do:submit", .stops = "do:conclude", .length = 3, .unit = MONTHS, .again = 1,
	  .waits_for = "rr_coord", LOCAL(": every three months") },
	{ .name = "R24-owner", .title = "Progress on actions", .machine = "progress", .starts = "created", .named = "input:ask-owners:due", .stops = "do:submit|do:conclude", .length = 5, .unit = WD,
	  .waits_for = "agencies", LOCAL(": the day that is asked for, else five working days") },
	{ IN_CASE("R25", "Count the case in the yearly report"), .starts = "yearly:04-01", .stops = "do:count-yearly|do:conclude", .length = 182, .unit = DAYS, .again = 1, .waits_for = "scp_bu rr_coord",
	  LAW("Children Act 2004 s.16K and Working Together: once in twelve months; by the end of September for the year that ended in March") },
	{ IN_CASE("R26", "Tell the child death review partners"), .starts = DIED "|input:record-death:died-on", .stops = "do:tell-death-review|input:record-death:reviewers-told-on|do:conclude", .length = 48, .unit = HOURS, .waits_for = "notifier rr_coord",
	  LAW("Child death review guidance: 48 hours; a joint agency response begins at once") },
};

/* R9: chasers of a return. No mail goes out: each is an act of the system and a task. */
#define ESCALATED "escalate-spoc|escalate-executive|escalate-scp-exec"
#define ANSWERED "chase|" ESCALATED
static const struct dossier_nudge nudges[] = {
	{ "R8", 5, "Remind the agency: its return is due in two working days", "remind", "rr_coord", ANSWERED, NULL },
	{ "R8", 7, "The return is due today", "remind-due", "rr_coord", ANSWERED, NULL },
	{ "R8", 8, "Escalate the late return to the agency’s executive (level 2)", "escalate-2", "rr_coord", ESCALATED, NULL },
	{ "R8", 9, "Escalate the late return to the partnership’s executive (level 3)", "escalate-3", "rr_coord rr_chair", ESCALATED, NULL },
	{ "R15", 20, "Ask the Panel’s secretariat for its reply", "nudge-panel", "rr_coord", "ask-panel", NULL },
};
