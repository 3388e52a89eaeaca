/* The rapid review: from serious incident notification to the decision and its learning.
 *
 * Sources: Children Act 2004 ss.16C and 16H; Working Together to Safeguard Children 2023, chapter 5 (edition 2018 for older cases); the Panel's
 * guidance for safeguarding partners. Rows whose source says "local default" may be changed by a partnership. Clock ids (R1 …) and rule ids (V1 …) are ours. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <dossier/plugin.h>

#define TABLE(array) DOSSIER_TABLE(array)
#define HOST const struct dossier_host *h, const struct dossier_case *c
#define NEW "2023"
#define OLD "2018"

/* --- tables --------------------------------------------------------------------------------------------------------------- */

static const struct dossier_doctype doctypes[] = {
	{ "notification", "Serious incident notification", "rapid/notification", "notifier dcs",             DOSSIER_PER_CASE,   1, 1,  NULL,        35, 0, NULL },
	{ "register",     "Register of people and places",  "shared/register",    "rr_coord rr_chair",        DOSSIER_PER_CASE,   1, 1,  NULL,        35, 0, NULL },
	{ "request",      "Request for information",        "rapid/request",      "rr_coord",                 DOSSIER_PER_AGENCY, 0, 1,  NULL,        35, 1, NULL },
	{ "return",       "Agency return",                  "rapid/return",       "return_author agency_spoc", DOSSIER_PER_AGENCY, 0, 1,  "requested", 35, 0, NULL },
	{ "report",       "Rapid review report",            "rapid/report",       "rr_chair rr_coord",        DOSSIER_PER_CASE,   1, 1,  NULL,        35, 0, NULL },
	{ "learning",     "Learning on one page",           "rapid/learning",     "scp_bu rr_coord",                   DOSSIER_PER_CASE,   0, 1,  "draft",     35, 0, NULL },
};

enum { N = DOSSIER_STATE_NORMAL, S = DOSSIER_STATE_START, E = DOSSIER_STATE_END, X = DOSSIER_STATE_SIDE };
static const struct dossier_state states[] = {
	{ "case", "INCIDENT_KNOWN",           "Incident known",              S, "notifier", NULL },
	{ "case", "SIN_CONSIDERATION",        "Notification considered",     N, "notifier dcs", NULL },
	{ "case", "NOT_NOTIFIABLE",           "Not notifiable",              X, "notifier", NULL },
	{ "case", "SIN_SUBMITTED",            "Panel notified",              N, "rr_coord", NULL },
	{ "case", "RR_OPEN",                  "Rapid review open",           N, "rr_coord", NULL },
	{ "case", "SCOPING_SENT",             "Requests sent",               N, "agencies", NULL },
	{ "case", "RETURNS_OPEN",             "Waiting for returns",         N, "agencies", NULL },
	{ "case", "RETURNS_COMPLETE",         "All returns in",              N, "rr_chair", NULL },
	{ "case", "RETURNS_CLOSED_WITH_GAPS", "Returns closed with gaps",    X, "rr_chair", NULL },
	{ "case", "PACK_RELEASED",            "Pack released",               N, "rr_chair", NULL },
	{ "case", "MEETING_HELD",             "Meeting held",                N, "rr_chair", NULL },
	{ "case", "DRAFT_REPORT",             "Report in draft",             N, "rr_chair", NULL },
	{ "case", "FACT_CHECK",               "Fact check and signatures",   N, "partner_la partner_icb partner_police", NULL },
	{ "case", "PARTNERS_SIGNED",          "Signed by the partners",      N, "rr_coord", NULL },
	{ "case", "SUBMITTED_PANEL",          "Sent to the Panel",           N, "rr_coord", NULL },
	{ "case", "PANEL_REPLY",              "Panel has replied",           N, "rr_coord", NULL },
	{ "case", "DECISION_CONFIRMED",       "Decision confirmed",          N, "rr_coord", NULL },
	{ "case", "NO_LCSPR",                 "No further local review",     N, "scp_bu", NULL },
	{ "case", "LCSPR_COMMISSIONED",       "Local review commissioned",   X, NULL, NULL },
	{ "case", "OTHER_REVIEW",             "Another review leads",        X, NULL, NULL },
	{ "case", "NATIONAL",                 "National review",             X, NULL, NULL },
	{ "case", "LEARNING_DRAFT",           "Learning in draft",           N, "scp_bu", NULL },
	{ "case", "REDACTION",                "Redaction",                   N, "redactor", NULL },
	{ "case", "IG_CLEARED",               "Cleared",                     N, "scp_exec", NULL },
	{ "case", "SCHEDULED",                "Approved for publication",    N, "publisher", NULL },
	{ "case", "PUBLISHED",                "Learning published",          N, "rr_coord", NULL },
	{ "case", "INTERNAL_ONLY",            "Kept internal",               X, "rr_coord", NULL },
	{ "case", "WITHDRAWN",                "Learning withdrawn",          X, "rr_coord", NULL },
	{ "case", "ACTIONS_MONITORED",        "Actions monitored",           N, "rr_coord", NULL },
	{ "case", "SIN_WITHDRAWN",            "Notification withdrawn",      X, NULL, NULL },
	{ "case", "CONCLUDED",                "Concluded",                   E, NULL, NULL },

	{ "return", "requested",    "Requested",              S, "agencies", NULL },
	{ "return", "acknowledged", "Acknowledged",           N, "agencies", NULL },
	{ "return", "drafting",     "Being written",          N, "agencies", NULL },
	{ "return", "submitted",    "Sent, not yet signed",   N, "agencies", NULL },
	{ "return", "signed-off",   "Signed off, to be checked", N, "rr_coord", NULL },
	{ "return", "queried",      "Queried",                X, "agencies", NULL },
	{ "return", "accepted",     "Accepted",               N, NULL, NULL },
	{ "return", "nil-return",   "Nothing known",          N, NULL, NULL },
	{ "return", "waived",       "Waived",                 X, NULL, NULL },
	{ "return", "in-pack",      "In the pack",            N, NULL, NULL },
	{ "return", "locked",       "Locked",                 N, NULL, NULL },
	{ "return", "addendum",     "Addendum sent",          N, NULL, NULL },

	{ "learning", "draft",             "Draft",                        S, "scp_bu", NULL },
	{ "learning", "agency-fact-check", "Facts checked by agencies",    N, "scp_bu", NULL },
	{ "learning", "sio-check",         "Checked with the investigation", N, "scp_bu", NULL },
	{ "learning", "family-view",       "Family has been heard",        N, "redactor", NULL },
	{ "learning", "redacted",          "Redacted",                     N, "ig_check", NULL },
	{ "learning", "ig-cleared",        "Cleared",                      N, "scp_exec", NULL },
	{ "learning", "exec-approved",     "Approved",                     N, "publisher", NULL },
	{ "learning", "published",         "Published",                    N, NULL, NULL },
	{ "learning", "withdrawn",         "Withdrawn",                    X, NULL, NULL },
};

static int may_notify(HOST, const struct dossier_doc *doc, const struct dossier_doc *input, struct dossier_faults *f);
static int may_request(HOST, const struct dossier_doc *doc, const struct dossier_doc *input, struct dossier_faults *f);
static int may_complete(HOST, const struct dossier_doc *doc, const struct dossier_doc *input, struct dossier_faults *f);
static int may_close_with_gaps(HOST, const struct dossier_doc *doc, const struct dossier_doc *input, struct dossier_faults *f);
static int may_release_pack(HOST, const struct dossier_doc *doc, const struct dossier_doc *input, struct dossier_faults *f);
static int may_meet(HOST, const struct dossier_doc *doc, const struct dossier_doc *input, struct dossier_faults *f);
static int may_fact_check(HOST, const struct dossier_doc *doc, const struct dossier_doc *input, struct dossier_faults *f);
static int may_sign(HOST, const struct dossier_doc *doc, const struct dossier_doc *input, struct dossier_faults *f);
static int may_send(HOST, const struct dossier_doc *doc, const struct dossier_doc *input, struct dossier_faults *f);
static int may_log_reply(HOST, const struct dossier_doc *doc, const struct dossier_doc *input, struct dossier_faults *f);
static int may_confirm(HOST, const struct dossier_doc *doc, const struct dossier_doc *input, struct dossier_faults *f);
static int may_redact(HOST, const struct dossier_doc *doc, const struct dossier_doc *input, struct dossier_faults *f);

#define CASE .machine = "case"
#define RETURN .machine = "return"
#define LEARNING .machine = "learning"
#define BEFORE_SIGNING "SIN_SUBMITTED|RR_OPEN|SCOPING_SENT|RETURNS_OPEN|RETURNS_COMPLETE|RETURNS_CLOSED_WITH_GAPS|PACK_RELEASED|MEETING_HELD|DRAFT_REPORT"
#define AFTER_DECISION "NO_LCSPR|LEARNING_DRAFT|REDACTION|IG_CLEARED|SCHEDULED"
static const struct dossier_transition transitions[] = {
	{ CASE, "consider", "Consider the notification", "INCIDENT_KNOWN", "SIN_CONSIDERATION", "system" },
	{ CASE, "notify", "Record that the Panel was notified", "SIN_CONSIDERATION", "SIN_SUBMITTED", "notifier", "rapid/do-notify", .guard = may_notify },
	{ CASE, "not-notifiable", "Decide that it is not notifiable", "SIN_CONSIDERATION", "NOT_NOTIFIABLE", "notifier|dcs", "rapid/do-not-notifiable" },
	{ CASE, "reconsider", "Consider it again", "NOT_NOTIFIABLE", "SIN_CONSIDERATION", "notifier|rr_coord", "rapid/do-reason" },
	{ CASE, "open-review", "Open the rapid review", "SIN_SUBMITTED", "RR_OPEN", "system" },
	{ CASE, "send-requests", "Send the requests to agencies", "RR_OPEN", "SCOPING_SENT", "rr_coord", "rapid/do-send-requests", .guard = may_request, .starts_document = "request return" },
	{ CASE, "open-returns", "Wait for returns", "SCOPING_SENT", "RETURNS_OPEN", "system" },
	{ CASE, "add-agency", "Ask a further agency", "RETURNS_OPEN|RETURNS_COMPLETE|RETURNS_CLOSED_WITH_GAPS", "RETURNS_OPEN", "rr_coord", "rapid/do-send-requests", .starts_document = "request return" },
	{ CASE, "complete-returns", "Close the returns: all are in", "RETURNS_OPEN", "RETURNS_COMPLETE", "rr_coord|rr_chair", .guard = may_complete },
	{ CASE, "close-with-gaps", "Close the returns with gaps", "RETURNS_OPEN", "RETURNS_CLOSED_WITH_GAPS", "rr_coord|rr_chair", .guard = may_close_with_gaps },
	{ CASE, "release-pack", "Release the pack to the meeting", "RETURNS_COMPLETE|RETURNS_CLOSED_WITH_GAPS", "PACK_RELEASED", "rr_chair", .guard = may_release_pack, .moves_documents = "return:pack" },
	{ CASE, "hold-meeting", "Record the meeting", "PACK_RELEASED", "MEETING_HELD", "rr_coord|rr_chair", "rapid/do-meeting", .guard = may_meet, .moves_documents = "return:lock" },
	{ CASE, "draft-report", "Begin the report", "MEETING_HELD", "DRAFT_REPORT", "system", .starts_document = "report" },
	{ CASE, "fact-check", "Send the report for fact check and signatures", "DRAFT_REPORT", "FACT_CHECK", "rr_chair", .guard = may_fact_check },
	{ CASE, "back-to-draft", "Take the report back to draft", "FACT_CHECK", "DRAFT_REPORT", "rr_chair", "rapid/do-reason", .next_round = 1 },
	{ CASE, "sign", "Sign the decision", "FACT_CHECK", "PARTNERS_SIGNED", "partner_la|partner_icb|partner_police", "rapid/do-sign", .quorum = "partner_la partner_icb partner_police", .signs = "report", .guard = may_sign },
	{ CASE, "submit-panel", "Record that the report was sent to the Panel", "PARTNERS_SIGNED", "SUBMITTED_PANEL", "rr_coord", "rapid/do-submit-panel", .guard = may_send },
	{ CASE, "panel-reply", "Record the Panel’s reply", "SUBMITTED_PANEL", "PANEL_REPLY", "rr_coord", "rapid/do-panel-reply", .guard = may_log_reply },
	{ CASE, "answer-panel", "Record the answer to the Panel’s queries", "PANEL_REPLY", "=", "rr_coord", "rapid/do-answer-panel" },
	{ CASE, "redecide", "Decide again", "PANEL_REPLY", "DRAFT_REPORT", "rr_chair", "rapid/do-reason", .next_round = 1 },
	{ CASE, "confirm-decision", "Confirm the decision", "PANEL_REPLY", "DECISION_CONFIRMED", "rr_chair|rr_coord", "rapid/do-decide-final", .guard = may_confirm },
	{ CASE, "no-review", "No further local review", "DECISION_CONFIRMED", "NO_LCSPR", "system" },
	{ CASE, "commission", "Commission a local review", "DECISION_CONFIRMED", "LCSPR_COMMISSIONED", "system" },
	{ CASE, "other-review", "Another review leads", "DECISION_CONFIRMED", "OTHER_REVIEW", "system" },
	{ CASE, "national", "The case goes to a national review", "DECISION_CONFIRMED", "NATIONAL", "system" },
	{ CASE, "start-learning", "Begin the learning page", "NO_LCSPR", "LEARNING_DRAFT", "scp_bu", .starts_document = "learning" },
	{ CASE, "to-redaction", "Hand the learning page to the redactor", "LEARNING_DRAFT", "REDACTION", "scp_bu", .guard = may_redact },
	{ CASE, "redacted", "A candidate is ready", "REDACTION|IG_CLEARED|SCHEDULED|PUBLISHED|WITHDRAWN|ACTIONS_MONITORED", "REDACTION", "system", .moves_documents = "learning:redact" },
	{ CASE, "ig-clear", "Cleared", "REDACTION", "IG_CLEARED", "system", .moves_documents = "learning:ig-clear" },
	{ CASE, "schedule", "Approved for publication", "IG_CLEARED", "SCHEDULED", "system", .moves_documents = "learning:exec-approve" },
	{ CASE, "internal-only", "Keep the learning internal", "LEARNING_DRAFT|REDACTION|IG_CLEARED", "INTERNAL_ONLY", "scp_exec", "rapid/do-publish-internal" },
	{ CASE, "published", "Published", "SCHEDULED", "PUBLISHED", "system", .moves_documents = "learning:publish" },
	{ CASE, "withdrawn", "Withdrawn", "REDACTION|IG_CLEARED|SCHEDULED|PUBLISHED|WITHDRAWN|INTERNAL_ONLY|ACTIONS_MONITORED", "WITHDRAWN", "system", .moves_documents = "learning:withdraw" },
	{ CASE, "withdrawn-late", "Withdrawn", "CONCLUDED", "=", "system", .moves_documents = "learning:withdraw" },
	{ CASE, "monitor", "Monitor the actions", "PUBLISHED|INTERNAL_ONLY|WITHDRAWN", "ACTIONS_MONITORED", "rr_coord|scp_exec" },
	{ CASE, "conclude", "Conclude the case", "ACTIONS_MONITORED|NOT_NOTIFIABLE|SIN_SUBMITTED|SIN_WITHDRAWN|LCSPR_COMMISSIONED|OTHER_REVIEW|NATIONAL", "CONCLUDED", "rr_coord|scp_exec", "rapid/do-reason" },
	{ CASE, "withdraw-notification", "Withdraw the notification", BEFORE_SIGNING, "SIN_WITHDRAWN", "notifier", "rapid/do-reason" },
	{ CASE, "hold-publication", "Put publication on hold", AFTER_DECISION "|PANEL_REPLY|DECISION_CONFIRMED", "=", "scp_exec|rr_coord", "rapid/do-hold", .sets_flag = "publication-hold" },
	{ CASE, "lift-hold", "Lift the hold on publication", AFTER_DECISION "|PANEL_REPLY|DECISION_CONFIRMED|INTERNAL_ONLY|PUBLISHED|WITHDRAWN|ACTIONS_MONITORED", "=", "scp_exec|rr_coord", "rapid/do-reason", .lifts_flag = "publication-hold" },

	{ RETURN, "acknowledge", "Acknowledge the request", "requested", "acknowledged", "return_author|agency_spoc" },
	{ RETURN, "submit", "Send the return", "requested|acknowledged|drafting|queried|submitted|signed-off|accepted|nil-return", "submitted", "system", .submits = "yes" },
	{ RETURN, "submit-addendum", "Send an addendum", "waived|in-pack|locked|addendum", "addendum", "system", .submits = "yes" },
	{ RETURN, "nil", "Say that nothing is known", "requested|acknowledged", "nil-return", "return_author|agency_spoc", "rapid/do-nil" },
	{ RETURN, "sign-off", "Sign the return off", "submitted", "signed-off", "imr_signoff", "rapid/do-sign-off", .signs = "return" },
	{ RETURN, "query", "Ask the agency", "signed-off", "queried", "rr_coord", "rapid/do-query" },
	{ RETURN, "accept", "Accept the return", "signed-off", "accepted", "rr_coord" },
	{ RETURN, "chase", "Record a reminder", "requested|acknowledged|drafting|queried|submitted", "=", "rr_coord", "rapid/do-reason" },
	{ RETURN, "escalate", "Record an escalation", "requested|acknowledged|drafting|queried|submitted", "=", "rr_coord|rr_chair", "rapid/do-reason" },
	{ RETURN, "waive", "Waive the return", "requested|acknowledged|drafting|queried|submitted", "waived", "rr_chair", "rapid/do-waive" },
	{ RETURN, "pack", "Put into the pack", "accepted|nil-return", "in-pack", "system" },
	{ RETURN, "lock", "Lock", "in-pack", "locked", "system" },

	{ LEARNING, "submit", "Send the page", "agency-fact-check|sio-check|family-view|redacted|ig-cleared|exec-approved|published|withdrawn", "draft", "system", .submits = "yes" },
	{ LEARNING, "check-agencies", "Record the agencies’ fact check", "draft", "agency-fact-check", "scp_bu", "rapid/do-check" },
	{ LEARNING, "check-sio", "Record the investigator’s check", "agency-fact-check", "sio-check", "scp_bu", "rapid/do-check" },
	{ LEARNING, "hear-family", "Record the family’s view", "sio-check", "family-view", "scp_bu", "rapid/do-check" },
	{ LEARNING, "reopen", "Take the page back to draft", "agency-fact-check|sio-check|family-view|redacted|ig-cleared|exec-approved", "draft", "scp_bu", "rapid/do-reason" },
	{ LEARNING, "redact", "Redacted", "family-view|redacted|ig-cleared|exec-approved|published|withdrawn", "redacted", "system" },
	{ LEARNING, "ig-clear", "Cleared", "redacted", "ig-cleared", "system" },
	{ LEARNING, "exec-approve", "Approved", "ig-cleared", "exec-approved", "system" },
	{ LEARNING, "publish", "Published", "exec-approved", "published", "system" },
	{ LEARNING, "withdraw", "Withdrawn", "redacted|ig-cleared|exec-approved|published", "withdrawn", "system" },
};

static const struct dossier_flag flags[] = {
	{ "publication-hold", "Publication is on hold", "rapid/do-hold", "scp_exec rr_coord", "publish", "", NULL },
};

enum { WD = DOSSIER_WORKING_DAYS };
static const struct dossier_clock clocks[] = {
	{ "R1", "Notify the Panel", "case", "field:notification:/notification/clock/aware-on", "do:notify", 5, WD, NULL, "", "Children Act 2004 s.16C(1) and Working Together: five working days from becoming aware", 1, NULL },
	{ "R2", "Tell the safeguarding partners", "case", "field:notification:/notification/clock/aware-on", "field:notification:/notification/clock/partners-told-on", 5, WD, NULL, "", "Working Together: the same five working days", 1, NULL },
	{ "R4", "Rapid review to the Panel", "case", "do:notify", "do:submit-panel", 15, WD, NULL, "", "Working Together 2023 ch. 5 and the Panel’s guidance of June 2025: 15 working days from the notification", 1, NEW },
	{ "R4", "Rapid review to the Panel", "case", "field:notification:/notification/clock/aware-on", "do:submit-panel", 15, WD, NULL, "", "Working Together 2018: 15 working days from becoming aware", 1, OLD },
	{ "R5", "Requests to agencies", "case", "do:notify", "do:send-requests", 1, WD, NULL, "", "Local default", 0, NULL },
	{ "R7", "Acknowledge the request", "return", "created", "do:acknowledge|do:submit|do:nil|do:waive", 1, WD, NULL, "", "Local default", 0, NULL },
	{ "R8", "Agency return", "return", "created", "do:accept|do:nil|do:waive", 7, WD, "rr_chair", "", "Local default: day 7", 0, NULL },
	{ "R11", "Rapid review meeting", "case", "do:notify", "do:hold-meeting", 10, WD, "rr_chair", "", "Local default: day 10", 0, NULL },
	{ "R13", "Partners’ signatures", "case", "do:notify", "do:submit-panel", 14, WD, "scp_exec", "", "Local default: day 14", 0, NULL },
	{ "R16", "Answer the Panel’s queries", "case", "do:panel-reply", "do:answer-panel|do:confirm-decision", 10, WD, "rr_coord", "", "Local default: ten working days, or the day in the letter", 0, NULL },
};

/* Who may do what to which document; a test compares it, cell by cell, with a list written by hand (tests/data/rapid-rights.txt). */
#define CASEWIDE "case", NULL
#define OWN "own", NULL
#define MEMBERS_END "ACTIONS_MONITORED"      /* members lose access when the case concludes */
static const struct dossier_right rights[] = {
	{ "notifier dcs", "notification", "read write", CASEWIDE },
	{ "notifier dcs", "register report", "read", CASEWIDE },
	{ "rr_coord rr_chair", "notification request return publication", "read", CASEWIDE },
	{ "rr_coord rr_chair", "register learning", "read write", CASEWIDE },
	{ "rr_coord rr_chair", "report", "read", CASEWIDE },
	{ "rr_coord rr_chair", "report", "read write", "case", NULL, NULL, "DRAFT_REPORT" },      /* what is signed stands; back to draft first */
	{ "rr_coord", "request", "write", CASEWIDE },
	{ "rr_coord rr_chair partner_la partner_icb partner_police", "history", "read", CASEWIDE },
	{ "partner_la partner_icb partner_police", "notification register return report learning", "read", CASEWIDE },
	{ "partner_la partner_icb partner_police", "learning", "approve", CASEWIDE },
	{ "rr_member edu_rep", "return request", "read", "own", NULL, NULL, MEMBERS_END },
	{ "rr_member edu_rep", "notification", "read", "case", "outline", "PACK_RELEASED", MEMBERS_END },
	{ "rr_member edu_rep", "return register", "read", "case", NULL, "PACK_RELEASED", MEMBERS_END },
	{ "rr_member edu_rep", "report", "read comment", "case", NULL, "PACK_RELEASED", MEMBERS_END },
	{ "rr_member edu_rep", "learning", "read comment", "case", NULL, NULL, MEMBERS_END },
	{ "return_author agency_spoc", "return", "read write", OWN },
	{ "return_author agency_spoc imr_signoff", "request", "read", OWN },
	{ "return_author agency_spoc imr_signoff", "register", "list", "case", "search" },
	{ "imr_signoff", "return", "read", OWN },
	{ "redactor ig_check", "notification register return report learning publication", "read", CASEWIDE },
	{ "redactor", "publication", "write", CASEWIDE },
	{ "ig_check scp_exec", "publication", "approve", CASEWIDE },
	{ "scp_bu", "learning", "read write", CASEWIDE },
	{ "scp_bu", "report publication", "read", CASEWIDE },
	{ "scp_exec", "learning report publication", "read", CASEWIDE },
	{ "publisher", "learning publication", "read", CASEWIDE },
	{ "publisher", "publication", "publish withdraw", CASEWIDE },
	{ "scrutineer", "notification report learning", "read", CASEWIDE },
	{ "legal", "notification register return report learning", "read", CASEWIDE },
	{ "sw_family", "learning", "read", CASEWIDE },
};

/* What a meeting member sees of a notification: what kind, where, when and what, not who. */
static const struct dossier_view views[] = {
	{ "outline", "type areas incident.when incident.harm incident.outline incident.abuse parallel" },
};

static const struct dossier_role roles[] = {
	{ "notifier", "Notifier", 0, NULL }, { "dcs", "Director of children’s services", 0, NULL },
	{ "rr_coord", "Rapid review co-ordinator", 0, "coordinator" }, { "rr_chair", "Chair of the rapid review", 0, NULL },
	{ "partner_la", "Partner: local authority", 0, NULL }, { "partner_icb", "Partner: integrated care board", 0, NULL }, { "partner_police", "Partner: police", 0, NULL },
	{ "edu_rep", "Education representative", 0, NULL }, { "rr_member", "Meeting member", 0, NULL },
	{ "return_author", "Author of the agency’s return", 1, "contributor" }, { "agency_spoc", "Agency’s single point of contact", 1, NULL },
	{ "imr_signoff", "Agency’s sign-off", 1, "agency-approver" },
	{ "scp_bu", "Business unit", 0, NULL }, { "scp_exec", "Partnership executive", 0, NULL }, { "redactor", "Redactor", 0, NULL }, { "ig_check", "Clearance (information governance)", 0, NULL },
	{ "publisher", "Publisher", 0, NULL }, { "scrutineer", "Independent scrutineer", 0, NULL }, { "legal", "Lawyer", 0, NULL }, { "sw_family", "Family’s worker", 0, NULL },
};

static const struct dossier_separation separations[] = {
	{ "do:sign-off", "write:return", "Whoever wrote a return may not sign it off. It needs another person of the agency." },
	{ "do:sign", "write:return", "Whoever wrote a return may not sign the decision." },
	{ "do:notify", "do:hold-meeting", "The notifier may not chair the review." },
	{ "redact", "write:learning", "Whoever wrote the page may not redact it. It needs another person." },
	{ "approve", "write:learning", "Whoever wrote the page may not approve it. It needs another person." },
	{ "approve", "redact", "Whoever redacted the page may not approve it. It needs another person." },
};

/* Ordinary words that identify in a review about one child, and what such a page may never hold (ages, sex, number of children). */
#define WATCH "!brother !sister !twin !twins !aunt !uncle !grandmother !grandfather !neighbour !neighbours !nursery " \
	"scooter sofa court trial arrest arrested charged bail interviewed hospital surgery ward emergency_department 101 " \
	"arm leg cheek bruise bruised fracture booster toothache spring summer autumn winter " \
	"January February March April May June July August September October November December " \
	"boy girl son daughter he she his her him months weeks years months_old years_old !:ages !:sex !:counts"
static const struct dossier_publication publications[] = {
	{ "learning", "Learning on one page", "learning", "rapid/learning.xsl", "family-view|redacted|ig-cleared|exec-approved|published|withdrawn", "reviews",
	  "redactor", "ig_check scp_exec", "publisher", "publisher scp_exec", WATCH, NULL },
};

static const struct dossier_setting settings[] = {
	{ "education-signs", "A fourth signature for education", "yes-no", "no", NULL, NULL, "Children’s Wellbeing and Schools Act 2026 s.2: when the arrangements say so", 0 },
};
static const struct dossier_edition editions[] = {
	{ "working-together", "2023", "Working Together 2023", 1 }, { "working-together", "2018", "Working Together 2018", 0 },
	{ "panel-guidance", "2025-06", "Panel guidance of June 2025", 1 },
};

/* --- guards ------------------------------------------------------------------------------------------------------------------ */

#define NO_DAY INT32_MIN
static int32_t day_of(const struct dossier_host *h, const char *iso)
{
	int32_t d;
	return h->day(iso, &d) ? d : NO_DAY;
}

/* V2: the order of the days. Unknown days say nothing. */
static void in_order(const struct dossier_host *h, struct dossier_faults *f, const char *field, int32_t earlier, const char *what, int32_t later, const char *than)
{
	if (earlier != NO_DAY && later != NO_DAY && later < earlier)
		h->fault(f, "V2", field, "%s cannot be before %s (%s).", than, what, h->words(h->iso(earlier), NULL));
}

static int may_notify(HOST, const struct dossier_doc *doc, const struct dossier_doc *input, struct dossier_faults *f)
{
	const struct dossier_doc *sin = h->doc(c, "notification", NULL, 0);
	int32_t aware, sent;

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
	if (aware != NO_DAY && sent != NO_DAY && sent > h->working_day(aware, 5) && *h->text(input, "late-reason") == '\0')
		h->fault(f, "V18", "late-reason", "It was sent after five working days: say why it is late.");
	return 0;
}

struct asked { const struct dossier_host *h; const struct dossier_case *c; const struct dossier_doc *input; struct dossier_faults *f; };

static int has_word(const char *list, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = list; (p = strstr(p, word)) != NULL; p += n)
		if ((p == list || p[-1] == ' ') && (p[n] == ' ' || p[n] == '\0'))
			return 1;
	return 0;
}

/* V3: each agency that the notification names is asked, or it says why not. */
static int asked_or_said(void *data, const struct dossier_doc *row)
{
	struct asked *a = data;
	const char *agency = a->h->text(row, "agency");

	if (*agency != '\0' && !has_word(a->h->text(a->input, "agencies"), agency) && *a->h->text(row, "no-request") == '\0')
		a->h->fault(a->f, "V3", "agencies", "%s is named in the notification. Ask it too, or say in the notification why it is not asked.",
			a->h->agency_name(a->c, agency));
	return 0;
}

static int may_request(HOST, const struct dossier_doc *doc, const struct dossier_doc *input, struct dossier_faults *f)
{
	struct asked a = { h, c, input, f };

	(void)doc;
	if (h->doc_version(h->doc(c, "register", NULL, 0)) == 0)
		h->fault(f, "V7", NULL, "Submit the register of people and places first: agencies are asked about the people in it.");
	if (input == NULL)
		return 0;
	in_order(h, f, "sent-on", h->act_day(c, "notify"), "the day the Panel was notified", day_of(h, h->text(input, "sent-on")), "The day the requests are sent");
	h->rows(h->doc(c, "notification", NULL, 0), "agencies/agency", asked_or_said, &a);
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
		else if (strcmp(state, "accepted") != 0 && strcmp(state, "nil-return") != 0 && strcmp(state, "in-pack") != 0 && strcmp(state, "locked") != 0)
			++*open;
	}
}

static int none_open(HOST, struct dossier_faults *f, int *waived)
{
	int open;

	count_returns(h, c, &open, waived);
	if (open > 0)
		return h->fault(f, "V4", NULL, open == 1 ? "One return is still open. It must be accepted, nil or waived." : "%d returns are still open. Each must be accepted, nil or waived.", open);
	return 0;
}

static int may_complete(HOST, const struct dossier_doc *doc, const struct dossier_doc *input, struct dossier_faults *f)
{
	int waived;

	(void)doc, (void)input;
	if (none_open(h, c, f, &waived) == 0 && waived > 0)
		h->fault(f, "V4", NULL, "A return was waived: close the returns with gaps instead.");
	return 0;
}

static int may_close_with_gaps(HOST, const struct dossier_doc *doc, const struct dossier_doc *input, struct dossier_faults *f)
{
	int waived;

	(void)doc, (void)input;
	if (none_open(h, c, f, &waived) == 0 && waived == 0)
		h->fault(f, "V4", NULL, "There is no gap: close the returns as complete.");
	return 0;
}

/* A return that was sent anew after it was accepted would be left out of the pack. */
static int may_release_pack(HOST, const struct dossier_doc *doc, const struct dossier_doc *input, struct dossier_faults *f)
{
	int waived;

	(void)doc, (void)input;
	return none_open(h, c, f, &waived);
}

static int may_meet(HOST, const struct dossier_doc *doc, const struct dossier_doc *input, struct dossier_faults *f)
{
	int32_t held;

	(void)doc;
	if (input == NULL)
		return 0;
	held = day_of(h, h->text(input, "held/held-on"));
	in_order(h, f, "held.held-on", h->act_day(c, "notify"), "the day the Panel was notified", held, "The meeting");
	in_order(h, f, "held.held-on", h->act_day(c, "send-requests"), "the day the requests were sent", held, "The meeting");
	if (!h->yes(input, "held/quorum-la") || !h->yes(input, "held/quorum-icb") || !h->yes(input, "held/quorum-police"))
		h->fault(f, "quorum", "held.quorum-la", "The meeting needs all three partners. If one was missing, hold it again.");
	return 0;
}

static int may_fact_check(HOST, const struct dossier_doc *doc, const struct dossier_doc *input, struct dossier_faults *f)
{
	(void)doc, (void)input;
	if (h->doc_version(h->doc(c, "report", NULL, 0)) == 0)
		h->fault(f, "V12", NULL, "Submit the report first.");
	return 0;
}

static int may_sign(HOST, const struct dossier_doc *doc, const struct dossier_doc *input, struct dossier_faults *f)
{
	int waived;

	(void)doc;
	none_open(h, c, f, &waived);
	if (waived > 0 && *h->text(h->doc(c, "report", NULL, 0), "gaps/text") == '\0')
		h->fault(f, "V4", NULL, "A return was waived, but the report’s section on gaps is empty.");
	if (input != NULL)
		in_order(h, f, "signed-on", h->act_day(c, "hold-meeting"), "the meeting", day_of(h, h->text(input, "signed-on")), "The signature");
	return 0;
}

/* V18: late needs a reason. The clock's start depends on the edition. */
static int may_send(HOST, const struct dossier_doc *doc, const struct dossier_doc *input, struct dossier_faults *f)
{
	int32_t from, sent;

	(void)doc;
	if (input == NULL)
		return 0;
	from = strcmp(h->edition(c, "working-together"), OLD) == 0 ? day_of(h, h->text(h->doc(c, "notification", NULL, 0), "clock/aware-on")) : h->act_day(c, "notify");
	sent = day_of(h, h->text(input, "sent-on"));
	in_order(h, f, "sent-on", h->act_day(c, "sign"), "the last signature", sent, "The day it was sent");
	if (from != NO_DAY && sent != NO_DAY && sent > h->working_day(from, 15) && *h->text(input, "late-reason") == '\0')
		h->fault(f, "V18", "late-reason", "It was sent after 15 working days: say why, who knew, and when the Panel was told.");
	return 0;
}

static int may_log_reply(HOST, const struct dossier_doc *doc, const struct dossier_doc *input, struct dossier_faults *f)
{
	(void)doc;
	if (input != NULL)
		in_order(h, f, "letter-on", h->act_day(c, "submit-panel"), "the day the report was sent", day_of(h, h->text(input, "letter-on")), "The Panel’s letter");
	return 0;
}

static int may_confirm(HOST, const struct dossier_doc *doc, const struct dossier_doc *input, struct dossier_faults *f)
{
	const char *outcome = h->act_input(c, "panel-reply", "outcome");
	int32_t answered = h->act_day(c, "answer-panel");

	(void)doc, (void)input;
	if (strcmp(outcome, "agrees-with-queries") == 0 && answered == NO_DAY)
		h->fault(f, "R16", NULL, "The Panel asked questions. Record the answer first.");
	if (strcmp(outcome, "disagrees") == 0)
		h->fault(f, "redecide", NULL, "The Panel disagrees: decide again first.");
	return 0;
}

static int may_redact(HOST, const struct dossier_doc *doc, const struct dossier_doc *input, struct dossier_faults *f)
{
	const struct dossier_doc *page = h->doc(c, "learning", NULL, 0);

	(void)doc, (void)input;
	if (h->doc_version(page) == 0)
		h->fault(f, "learning", NULL, "Submit the learning page first.");
	else if (strcmp(h->doc_state(page), "family-view") != 0)
		h->fault(f, "learning", NULL, "The agencies’ fact check, the investigator’s check and the family’s view must be recorded first.");
	return 0;
}

/* --- hooks --------------------------------------------------------------------------------------------------------------------- */

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

static int check(HOST, const char *type, const struct dossier_doc *doc, struct dossier_faults *f)
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
	return 0;
}

struct seeding { const struct dossier_host *h; struct dossier_out *out; const char *prefix; int row; };

static void put_row(struct seeding *s, const char *field, const char *text)
{
	char name[160];

	snprintf(name, sizeof name, "%s.%d.%s", s->prefix, s->row, field);
	if (*text != '\0')
		s->h->put(s->out, name, text);
}

/* "Pops; P.A-P.; Poppie": each becomes a form of the name in the register. */
static void put_forms(struct seeding *s, const char *aliases)
{
	char form[2100], name[160];      /* 500 characters: one cut in two would be no text */
	int n = 0;

	while (*aliases != '\0') {
		size_t length = strcspn(aliases, ";");
		snprintf(form, sizeof form, "%.*s", (int)length, aliases + strspn(aliases, " "));
		if (length > strspn(aliases, " ")) {
			form[length - strspn(aliases, " ") < sizeof form ? length - strspn(aliases, " ") : sizeof form - 1] = '\0';
			snprintf(name, sizeof name, "%s.%d.forms.form.%d.text", s->prefix, s->row, ++n);
			s->h->put(s->out, name, form);
		}
		aliases += length + (aliases[length] == ';');
	}
}

/* What the notification knows of a person is not asked again. */
static void seed_about(struct seeding *s, const struct dossier_doc *row)
{
	static const char *const facts[] = { "sex", "ethnicity", "ethnicity-words", "religion", "language", "disability" };

	for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
		char from[40], to[40];
		snprintf(from, sizeof from, "identity/%s", facts[i]);
		snprintf(to, sizeof to, "about.%s", facts[i]);
		put_row(s, to, s->h->text(row, from));
	}
}

static void seed_part(struct seeding *s, const struct dossier_doc *row, int child)
{
	const char *relation = s->h->text(row, "relation");
	char suspects[120];

	if (child && s->row == 1)
		put_row(s, "who.subject", "subject-child");
	else if (strcmp(relation, "mother") == 0 || strcmp(relation, "father") == 0)
		put_row(s, "who.subject", "parent");
	else if (!child && s->h->yes(row, "in-household"))
		put_row(s, "who.subject", "adult-in-household");
	snprintf(suspects, sizeof suspects, "/*/incident/suspects/suspect[who='%s']", s->h->text(row, "id"));
	if (s->h->count(row, suspects) > 0)
		put_row(s, "standing.proceedings", "suspect");
}

static int seed_person(void *data, const struct dossier_doc *row)
{
	struct seeding *s = data;
	const char *identity = *s->h->text(row, "identity/name") != '\0' ? "identity/" : "";
	char path[40];

	s->row++;
	put_row(s, "id", s->h->text(row, "id"));
	snprintf(path, sizeof path, "%sname", identity);
	put_row(s, "who.name", s->h->text(row, path));
	snprintf(path, sizeof path, "%sborn", identity);
	put_row(s, "who.born", s->h->text(row, path));
	put_row(s, "who.relation", s->h->text(row, "relation"));
	snprintf(path, sizeof path, "%saliases", identity);
	put_forms(s, s->h->text(row, path));
	if (*identity != '\0' && *s->h->text(row, "identity/nhs-number") != '\0') {
		put_row(s, "numbers.number.1.kind", "nhs");
		put_row(s, "numbers.number.1.value", s->h->text(row, "identity/nhs-number"));
	}
	seed_about(s, row);
	seed_part(s, row, *identity != '\0');
	return 0;
}

struct placing { struct seeding s; char seen[12][200]; };

/* A place once, however many children live or learn there. */
static void put_place(struct placing *p, const char *kind, const char *text, const char *address)
{
	char id[16], name[200];

	if (*text == '\0' || p->s.row == 12)
		return;
	for (int i = 0; i < p->s.row; i++)
		if (strncmp(p->seen[i], text, sizeof p->seen[i] - 1) == 0)
			return;
	snprintf(p->seen[p->s.row], sizeof p->seen[0], "%s", text);
	p->s.row++;
	snprintf(id, sizeof id, "L%d", p->s.row);
	snprintf(name, sizeof name, "%.*s", (int)(*address != '\0' ? strcspn(text, ",") : strlen(text)), text);
	put_row(&p->s, "id", id);
	put_row(&p->s, "kind", kind);
	put_row(&p->s, "name", name);
	put_row(&p->s, "address", address);
}

static int seed_places(void *data, const struct dossier_doc *row)
{
	struct placing *p = data;
	const char *home = p->s.h->text(row, "home/incident-address");

	put_place(p, "home", home, home);
	put_place(p, "home", p->s.h->text(row, "home/usual-address"), p->s.h->text(row, "home/usual-address"));
	put_place(p, "school", p->s.h->text(row, "home/setting"), "");
	put_place(p, "gp", p->s.h->text(row, "home/gp"), "");
	return 0;
}

static int seed_subject(void *data, const struct dossier_doc *row)
{
	struct seeding *s = data;

	if (s->h->yes(row, "sealed/informant"))      /* an informant's name never leaves the register */
		return 0;
	s->row++;
	put_row(s, "who", s->h->text(row, "id"));
	return 0;
}

static int seed_search(void *data, const struct dossier_doc *row)
{
	struct seeding *s = data;

	if (s->h->yes(row, "sealed/informant"))
		return 0;
	s->row++;
	put_row(s, "who", s->h->text(row, "id"));
	put_row(s, "names", s->h->text(row, "who/name"));
	put_row(s, "born", s->h->text(row, "who/born"));
	return 0;
}

static const char *request_input(HOST, const char *field)
{
	return h->act_input(c, h->act_day(c, "add-agency") != NO_DAY ? "add-agency" : "send-requests", field);
}

/* One question on a line: each becomes a row. */
static void put_questions(const struct dossier_host *h, struct dossier_out *out, const char *lines)
{
	char name[60], number[12], text[1000];
	int n = 0;

	while (*lines != '\0') {
		size_t length = strcspn(lines, "\n"), from = strspn(lines, " \t\r");
		if (from < length && length < sizeof text) {
			snprintf(text, sizeof text, "%.*s", (int)(length - from), lines + from);
			snprintf(number, sizeof number, "%d", ++n);
			snprintf(name, sizeof name, "asked.questions.question.%d.number", n);
			h->put(out, name, number);
			snprintf(name, sizeof name, "asked.questions.question.%d.text", n);
			h->put(out, name, text);
		}
		lines += length + (lines[length] == '\n');
	}
}

static void seed_request(HOST, const char *agency, struct dossier_out *out)
{
	struct seeding s = { h, out, "subjects.subject", 0 };

	h->put(out, "to.letter-kind", h->act_day(c, "add-agency") != NO_DAY ? "late-agency" : "agency-request");
	h->put(out, "to.agency", agency);
	h->put(out, "to.sent-on", request_input(h, c, "sent-on"));
	h->put(out, "to.method", "system");
	h->put(out, "to.due", request_input(h, c, "due"));
	h->put(out, "basis.text", "Children Act 2004 s.16H: the safeguarding partners ask for this information to enable or assist them in their functions. Send only what is needed.");
	h->put(out, "asked.what", "scope-return");
	h->put(out, "asked.period-from", request_input(h, c, "period-from"));
	h->put(out, "asked.period-to", request_input(h, c, "period-to"));
	put_questions(h, out, request_input(h, c, "questions"));
	h->put(out, "asked.instructions", request_input(h, c, "instructions"));
	h->rows(h->doc(c, "register", NULL, 0), "people/person", seed_search, &s);
}

static void seed_return(HOST, const char *agency, struct dossier_out *out)
{
	struct seeding s = { h, out, "subjects.subject", 0 };

	h->put(out, "head.agency", agency);
	h->put(out, "head.period-from", request_input(h, c, "period-from"));
	h->put(out, "head.period-to", request_input(h, c, "period-to"));
	h->rows(h->doc(c, "register", NULL, 0), "people/person", seed_subject, &s);
}

struct asking { const struct dossier_host *h; char list[1000]; };

static int list_agency(void *data, const struct dossier_doc *row)
{
	struct asking *a = data;
	const char *agency = a->h->text(row, "agency");
	size_t used = strlen(a->list);

	if (*agency != '\0' && *a->h->text(row, "no-request") == '\0')
		snprintf(a->list + used, sizeof a->list - used, "%s%s", used > 0 ? " " : "", agency);
	return 0;
}

static void seed_asking(HOST, struct dossier_out *out)
{
	struct asking a = { h, "" };
	int32_t today = h->today(), due = h->working_day(today, 7);

	h->rows(h->doc(c, "notification", NULL, 0), "agencies/agency", list_agency, &a);
	if (h->act_day(c, "send-requests") == NO_DAY)
		h->put(out, "agencies", a.list);
	h->put(out, "sent-on", h->iso(today));
	h->put(out, "due", h->iso(due));
	h->put(out, "instructions", "Secure all records, paper and electronic, and do not alter them. Do not contact the family. Tell only the staff who are named to you, and offer them support.");
}

static int seed(HOST, const char *type, const char *agency, struct dossier_out *out)
{
	const struct dossier_doc *sin = h->doc(c, "notification", NULL, 0);
	struct seeding s = { h, out, "people.person", 0 };
	struct placing places = { { h, out, "places.place", 0 }, { "" } };

	if (strcmp(type, "register") == 0) {
		h->rows(sin, "children/child", seed_person, &s);
		h->rows(sin, "household/adults/adult", seed_person, &s);
		h->rows(sin, "children/child", seed_places, &places);
		return s.row;
	}
	if (strcmp(type, "request") == 0)
		return seed_request(h, c, agency, out), 1;
	if (strcmp(type, "return") == 0)
		return seed_return(h, c, agency, out), 1;
	if (strcmp(type, "report") == 0) {
		h->copy(out, "incident.text", sin, "incident/outline");
		h->put(out, "head.chair", h->act_input(c, "hold-meeting", "held/chair"));
		return 1;
	}
	if (strcmp(type, "rapid/do-send-requests") == 0)
		return seed_asking(h, c, out), 1;
	return 0;
}

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

static const char *after(HOST, const char *event, const struct dossier_doc *doc)
{
	static const struct { const char *event, *state, *then; } follows[] = {
		{ "submit:notification", "INCIDENT_KNOWN", "consider" },
		{ "do:send-requests", "SCOPING_SENT", "open-returns" },
		{ "do:hold-meeting", "MEETING_HELD", "draft-report" },
		{ "prepare:learning", NULL, "redacted" },
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

__attribute__((visibility("default")))
extern const struct dossier_plugin dossier_plugin;
const struct dossier_plugin dossier_plugin = {
	DOSSIER_PLUGIN_HEAD,
	.name = "rapid", .title = "Rapid review", .version = "1.0",
	.opens_with = "notification", .first_state = "INCIDENT_KNOWN", .opens_roles = "coordinator=rr_coord contributor=notifier",
	.doctypes = TABLE(doctypes), .states = TABLE(states), .transitions = TABLE(transitions), .flags = TABLE(flags), .clocks = TABLE(clocks),
	.rights = TABLE(rights), .roles = TABLE(roles), .separations = TABLE(separations), .publications = TABLE(publications),
	.settings = TABLE(settings), .editions = TABLE(editions), .views = TABLE(views),
	.seed = seed, .check = check, .after = after,
};
