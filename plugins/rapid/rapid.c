/* The rapid review: from serious incident notification to the decision and its learning.
 *
 * Sources: Children Act 2004 ss.16C and 16H; Working Together to Safeguard Children 2023, chapter 5 (edition 2018 for older cases); the Panel's
 * guidance for safeguarding partners. Rows whose source says "local default" may be changed by a partnership. Clock ids (R1 …) and rule ids (V1 …) are ours. */
#include "rapid.h"

#define TABLE(array) DOSSIER_TABLE(array)

/* --- tables --------------------------------------------------------------------------------------------------------------- */

static const struct dossier_doctype doctypes[] = {
	{ "notification", "Serious incident notification", "rapid/notification", "notifier dcs",             DOSSIER_PER_CASE,   1, 1,  NULL,        35, 0, NULL, "the national notification system", "notify" },
	{ "register",     "Register of people and places",  "shared/register",    "rr_coord rr_chair",        DOSSIER_PER_CASE,   1, 1,  NULL,        35, 0, NULL },
	{ "request",      "Request for information",        "rapid/request",      "rr_coord",                 DOSSIER_PER_AGENCY, 0, 1,  NULL,        35, 1, NULL, "an email to the agency", NULL },
	{ "return",       "Agency return",                  "rapid/return",       "return_author agency_spoc", DOSSIER_PER_AGENCY, 0, 1,  "requested", 35, 0, NULL },
	{ "report",       "Rapid review report",            "rapid/report",       "rr_chair rr_coord",        DOSSIER_PER_CASE,   1, 1,  NULL,        35, 0, NULL },
	{ "meeting",      "Record of the meeting",          "rapid/meeting",      "rr_coord rr_chair",        DOSSIER_PER_CASE,   0, 0,  NULL,        35, 0, NULL },
	{ "panel-letter", "Letter to the Panel",            "rapid/panel-letter", "rr_coord rr_chair",        DOSSIER_PER_CASE,   0, 20, NULL,        35, 0, NULL, "an email to the Panel", "submit-panel" },
	{ "panel-reply",  "Reply of the Panel",             "rapid/panel-reply",  "rr_coord rr_chair",        DOSSIER_PER_CASE,   0, 20, NULL,        35, 0, NULL },
	{ "letter",       "Letter",                         "rapid/letter",       "rr_coord rr_chair",        DOSSIER_PER_CASE,   0, 0,  NULL,        35, 0, NULL, "an email or a letter", NULL, "head/kind head/agency head/to" },
	{ "actions",      "Plan of action",                 "rapid/actions",      "rr_coord rr_chair",        DOSSIER_PER_CASE,   0, 1,  NULL,        35, 0, NULL },
	{ "progress",     "Progress on actions",            "rapid/progress",     "return_author agency_spoc", DOSSIER_PER_AGENCY, 0, 0,  "asked",     35, 0, NULL },
	{ "advice",       "Legal advice",                   "rapid/advice",       "legal",                    DOSSIER_PER_CASE,   0, 0,  NULL,        35, 0, NULL },
	{ "learning",     "Learning on one page",           "rapid/learning",     "scp_bu rr_coord",                   DOSSIER_PER_CASE,   0, 1,  "draft",     35, 0, NULL },
};

enum { N = DOSSIER_STATE_NORMAL, S = DOSSIER_STATE_START, E = DOSSIER_STATE_END, X = DOSSIER_STATE_SIDE };
static const struct dossier_state states[] = {
	{ "case", "INCIDENT_KNOWN",           "Incident known",              S, "notifier", NULL },
	{ "case", "SIN_CONSIDERATION",        "Notification considered",     N, "notifier dcs", NULL },
	{ "case", "NOT_NOTIFIABLE",           "Not notifiable",              X, "notifier", NULL },
	{ "case", "LOCAL_LEARNING",           "Learned from locally",        X, "scp_bu", NULL },
	{ "case", "NO_ACTION",                "No further action",           X, "rr_coord", NULL },
	{ "case", "SIN_SUBMITTED",            "Panel notified",              N, "rr_coord", NULL },
	{ "case", "RR_OPEN",                  "Rapid review open",           N, "rr_coord", NULL },
	{ "case", "SCOPING_SENT",             "Requests sent",               N, "agencies", NULL, "rr_coord" },
	{ "case", "RETURNS_OPEN",             "Waiting for returns",         N, "agencies", NULL, "rr_coord" },
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
	{ "return", "redirected",   "Another agency was named", X, NULL, NULL },
	{ "return", "verbal",       "Said at the meeting, to be confirmed in writing", X, "agencies", NULL },
	{ "return", "waived",       "Waived",                 X, NULL, NULL },
	{ "return", "in-pack",      "In the pack",            N, NULL, NULL },
	{ "return", "locked",       "Locked",                 N, NULL, NULL },
	{ "return", "addendum",     "Addendum sent",          N, NULL, NULL },

	{ "progress", "asked",      "Asked",                  S, "agencies", NULL },
	{ "progress", "sent",       "Sent",                   N, NULL, NULL },

	{ "learning", "draft",             "Draft",                        S, "scp_bu", NULL },
	{ "learning", "agency-fact-check", "Facts checked by agencies",    N, "scp_bu", NULL },
	{ "learning", "sio-check",         "Checked with the investigation", N, "scp_bu", NULL },
	{ "learning", "family-view",       "Family has been heard",        N, "redactor", NULL },
	{ "learning", "redacted",          "Redacted",                     N, "ig_check", NULL },
	{ "learning", "ig-cleared",        "Cleared",                      N, "scp_exec", NULL },
	{ "learning", "exec-approved",     "Approved",                     N, "publisher", NULL },
	{ "learning", "published",         "Published",                    N, NULL, NULL },
	{ "learning", "internal",          "Kept internal",                X, NULL, NULL },
	{ "learning", "review-due",        "To be reviewed",               N, "scp_exec", NULL },
	{ "learning", "reaffirmed",        "Reaffirmed",                   N, NULL, NULL },
	{ "learning", "withdrawn",         "Withdrawn",                    X, NULL, NULL },
	{ "learning", "recalled",          "Withdrawn by the service: see what was found, then have it checked anew", X, "redactor publisher scp_bu", NULL },
};

#define CASE .machine = "case"
#define RETURN .machine = "return"
#define LEARNING .machine = "learning"
#define BEFORE_SIGNING "SIN_SUBMITTED|RR_OPEN|SCOPING_SENT|RETURNS_OPEN|RETURNS_COMPLETE|RETURNS_CLOSED_WITH_GAPS|PACK_RELEASED|MEETING_HELD|DRAFT_REPORT"
#define IN_REVIEW BEFORE_SIGNING "|FACT_CHECK"
#define SIGNED "PARTNERS_SIGNED|SUBMITTED_PANEL|PANEL_REPLY|DECISION_CONFIRMED|NO_LCSPR|LCSPR_COMMISSIONED|OTHER_REVIEW|NATIONAL|LEARNING_DRAFT|REDACTION|IG_CLEARED|SCHEDULED|PUBLISHED|INTERNAL_ONLY|WITHDRAWN|ACTIONS_MONITORED"
#define OPEN_RETURN "requested|acknowledged|drafting|queried|submitted|signed-off"
/* Local learning goes the review's way without notification, Panel or decision on a local review; a challenge leads from anywhere on it back to the notification. */
#define LOCAL_ROAD "LOCAL_LEARNING|SCOPING_SENT|RETURNS_OPEN|RETURNS_COMPLETE|RETURNS_CLOSED_WITH_GAPS|PACK_RELEASED|MEETING_HELD|DRAFT_REPORT|FACT_CHECK|PARTNERS_SIGNED|" \
	"LEARNING_DRAFT|REDACTION|IG_CLEARED|SCHEDULED|PUBLISHED|INTERNAL_ONLY|WITHDRAWN|ACTIONS_MONITORED|CONCLUDED"
#define ON_LOCAL .track = LOCAL_LEARNING
#define NOTIFIED .track = "!" LOCAL_LEARNING
#define THREE_SIGN .quorum = "partner_la partner_icb partner_police", .quorum_if = "education-signs=edu_rep", .signs = "report", .guard = may_sign, .fills_document = "actions"
/* What lies over a case is set, said anew and lifted in any state; each asks with a form of its own. */
#define MARK(flag, what, form, who) \
	{ CASE, "set-" flag, "Record: " what, "*", "=", who, form, .sets_flag = flag }, \
	{ CASE, "lift-" flag, "End: " what, "*", "=", who, "rapid/do-reason", .lifts_flag = flag }
#define RENEW(flag, what, form, who) \
	{ CASE, "renew-" flag, "Say anew: " what, "*", "=", who, form, .sets_flag = flag, .lifts_flag = flag }
static const struct dossier_transition transitions[] = {
	{ CASE, "consider", "Consider the notification", "INCIDENT_KNOWN", "SIN_CONSIDERATION", "system" },
	{ CASE, "notify", "Record that the Panel was notified", "SIN_CONSIDERATION", "SIN_SUBMITTED", "notifier", "rapid/do-notify", .guard = may_notify },
	{ CASE, "not-notifiable", "Decide that it is not notifiable", "SIN_CONSIDERATION", "NOT_NOTIFIABLE", "notifier|dcs", "rapid/do-not-notifiable", .guard = may_not_notify },
	{ CASE, "learn-locally", "Learn from it locally", "NOT_NOTIFIABLE", "LOCAL_LEARNING", "rr_coord|scp_bu", "rapid/do-reason" },
	{ CASE, "no-action", "Take no further action", "NOT_NOTIFIABLE", "NO_ACTION", "rr_coord|notifier|dcs", "rapid/do-reason", .moves_documents = "return:stand-down" },
	{ CASE, "reconsider", "Consider the notification again", "NOT_NOTIFIABLE|NO_ACTION|CONCLUDED", "SIN_CONSIDERATION", "notifier|rr_coord", "rapid/do-challenge", .guard = may_reconsider, NOTIFIED },
	{ CASE, "reconsider", "Consider the notification again", LOCAL_ROAD, "SIN_CONSIDERATION", "notifier|rr_coord", "rapid/do-challenge", .guard = may_reconsider, .next_round = 1, ON_LOCAL },
	{ CASE, "consider-death", "A child has died: the notification is considered again", "NOT_NOTIFIABLE|NO_ACTION", "SIN_CONSIDERATION", "system", NOTIFIED },
	{ CASE, "consider-death", "A child has died: the notification is considered again", LOCAL_ROAD, "SIN_CONSIDERATION", "system", .next_round = 1, ON_LOCAL },
	{ CASE, "open-review", "Open the rapid review", "SIN_SUBMITTED", "RR_OPEN", "system" },
	{ CASE, "send-requests", "Send the requests to agencies", "RR_OPEN", "SCOPING_SENT", "rr_coord", "rapid/do-send-requests", .guard = may_request, .starts_document = "request return" },
	{ CASE, "send-requests", "Send the requests to agencies", "LOCAL_LEARNING", "SCOPING_SENT", "rr_coord", "rapid/do-send-requests", .guard = may_request, .starts_document = "request return", ON_LOCAL },
	{ CASE, "keep-returns", "Go on with the returns that were asked for", "LOCAL_LEARNING", "RETURNS_OPEN", "rr_coord", .guard = may_keep_returns, ON_LOCAL },
	{ CASE, "returns-stand", "Agencies were asked before the Panel was notified: their returns stand", "RR_OPEN", "RETURNS_OPEN", "system" },
	{ CASE, "open-returns", "Wait for returns", "SCOPING_SENT", "RETURNS_OPEN", "system" },
	{ CASE, "add-agency", "Ask a further agency", "RETURNS_OPEN|RETURNS_COMPLETE|RETURNS_CLOSED_WITH_GAPS", "RETURNS_OPEN", "rr_coord", "rapid/do-send-requests", .guard = may_ask_further, .starts_document = "request return" },
	{ CASE, "add-late", "Ask a further agency, for an addendum to the pack", "PACK_RELEASED|MEETING_HELD|DRAFT_REPORT|FACT_CHECK", "=", "rr_coord", "rapid/do-send-requests", .guard = may_ask_further, .starts_document = "request return" },
	{ CASE, "complete-returns", "Close the returns: all are in", "RETURNS_OPEN", "RETURNS_COMPLETE", "rr_coord|rr_chair", .guard = may_complete },
	{ CASE, "close-with-gaps", "Close the returns with gaps", "RETURNS_OPEN", "RETURNS_CLOSED_WITH_GAPS", "rr_coord|rr_chair", .guard = may_close_with_gaps },
	{ CASE, "release-pack", "Release the pack to the meeting", "RETURNS_COMPLETE|RETURNS_CLOSED_WITH_GAPS", "PACK_RELEASED", "rr_chair", .guard = may_release_pack, .starts_document = "meeting", .moves_documents = "return:pack" },
	{ CASE, "hold-meeting", "Record the meeting", "PACK_RELEASED|MEETING_HELD|DRAFT_REPORT", "MEETING_HELD", "rr_coord|rr_chair", "rapid/do-hold-meeting", .guard = may_meet, .moves_documents = "return:lock" },
	{ CASE, "draft-report", "Begin the report", "MEETING_HELD", "DRAFT_REPORT", "system", .starts_document = "report", .fills_document = "report", NOTIFIED },
	{ CASE, "draft-report", "Begin the report", "MEETING_HELD", "DRAFT_REPORT", "system", .starts_document = "report", ON_LOCAL },
	{ CASE, "fact-check", "Send the report for fact check and signatures", "DRAFT_REPORT", "FACT_CHECK", "rr_chair", .guard = may_fact_check },
	{ CASE, "back-to-draft", "Take the report back to draft", "FACT_CHECK", "DRAFT_REPORT", "rr_chair", "rapid/do-reason", .next_round = 1 },
	{ CASE, "sign", "Sign the decision", "FACT_CHECK", "PARTNERS_SIGNED", "partner_la|partner_icb|partner_police|edu_rep", "rapid/do-sign", THREE_SIGN, .starts_document = "panel-letter actions", NOTIFIED },
	{ CASE, "sign", "Sign the decision", "FACT_CHECK", "PARTNERS_SIGNED", "partner_la|partner_icb|partner_police|edu_rep", "rapid/do-sign", THREE_SIGN, .starts_document = "actions", ON_LOCAL },
	{ CASE, "submit-panel", "Record that the report was sent to the Panel", "PARTNERS_SIGNED", "SUBMITTED_PANEL", "rr_coord", "rapid/do-submit-panel", .guard = may_send, .starts_document = "panel-reply", NOTIFIED },
	{ CASE, "panel-reply", "Record the Panel’s reply", "SUBMITTED_PANEL", "PANEL_REPLY", "rr_coord", "rapid/do-panel-reply", .guard = may_log_reply },
	{ CASE, "answer-panel", "Record the answer to the Panel’s queries", "PANEL_REPLY", "=", "rr_coord", "rapid/do-answer-panel", .guard = may_answer },
	{ CASE, "redecide", "Decide again", "PANEL_REPLY", "DRAFT_REPORT", "rr_chair", "rapid/do-reason", .next_round = 1 },
	{ CASE, "confirm-decision", "Confirm the decision", "PANEL_REPLY", "DECISION_CONFIRMED", "rr_chair|rr_coord", "rapid/do-decide-final", .guard = may_confirm },
	{ CASE, "panel-reply", "Record a further letter of the Panel", "PANEL_REPLY", "=", "rr_coord", "rapid/do-panel-reply", .guard = may_log_reply },
	{ CASE, "no-review", "No further local review", "DECISION_CONFIRMED", "NO_LCSPR", "system" },
	{ CASE, "commission", "Commission a local review", "DECISION_CONFIRMED", "LCSPR_COMMISSIONED", "system" },
	{ CASE, "other-review", "Another review leads", "DECISION_CONFIRMED", "OTHER_REVIEW", "system" },
	{ CASE, "national", "The case goes to a national review", "DECISION_CONFIRMED", "NATIONAL", "system" },
	{ CASE, "supply-material", "Record material supplied to the national review", "NATIONAL", "=", "rr_coord|rr_chair", "rapid/do-supply" },
	{ CASE, "start-learning", "Begin the learning page", "NO_LCSPR|LOCAL_LEARNING", "LEARNING_DRAFT", "scp_bu", .starts_document = "learning" },
	{ CASE, "start-learning", "Begin the learning page", "PARTNERS_SIGNED", "LEARNING_DRAFT", "scp_bu", .starts_document = "learning", ON_LOCAL },
	{ CASE, "to-redaction", "Hand the learning page to the redactor", "LEARNING_DRAFT", "REDACTION", "scp_bu", .guard = may_redact },
	{ CASE, "redacted", "A candidate is ready", "REDACTION|IG_CLEARED|SCHEDULED|PUBLISHED|WITHDRAWN|ACTIONS_MONITORED", "REDACTION", "system", .moves_documents = "learning:redact" },
	{ CASE, "ig-clear", "Cleared", "REDACTION", "IG_CLEARED", "system", .moves_documents = "learning:ig-clear" },
	{ CASE, "take-back", "Sent back to the redactor", "REDACTION|IG_CLEARED|SCHEDULED", "REDACTION", "system" },
	{ CASE, "schedule", "Approved for publication", "IG_CLEARED", "SCHEDULED", "system", .moves_documents = "learning:exec-approve" },
	{ CASE, "internal-only", "Keep the learning internal", "LEARNING_DRAFT|REDACTION|IG_CLEARED|SCHEDULED", "INTERNAL_ONLY", "scp_exec", "rapid/do-publish-internal", .moves_documents = "learning:keep-internal" },
	{ CASE, "published", "Published", "SCHEDULED", "PUBLISHED", "system", .moves_documents = "learning:publish" },
	{ CASE, "withdrawn", "Withdrawn", "REDACTION|IG_CLEARED|SCHEDULED|PUBLISHED|WITHDRAWN|INTERNAL_ONLY|ACTIONS_MONITORED", "WITHDRAWN", "system", .moves_documents = "learning:withdraw" },
	{ CASE, "withdrawn", "Withdrawn", "*", "=", "system", .moves_documents = "learning:withdraw" },      /* a page that is out is withdrawn wherever its case stands */
	{ CASE, "recalled", "Withdrawn by the service", "REDACTION|IG_CLEARED|SCHEDULED|PUBLISHED|WITHDRAWN|INTERNAL_ONLY|ACTIONS_MONITORED", "WITHDRAWN", "system", .moves_documents = "learning:recall" },
	{ CASE, "recalled", "Withdrawn by the service", "*", "=", "system", .moves_documents = "learning:recall" },
	{ CASE, "look-again", "A new day of a court or inquest: the page is looked at again", "PUBLISHED|ACTIONS_MONITORED|INTERNAL_ONLY|CONCLUDED", "=", "system", .moves_documents = "learning:look-again" },
	{ CASE, "withdrawn-late", "Withdrawn", "CONCLUDED", "=", "system", .moves_documents = "learning:withdraw" },
	{ CASE, "monitor", "Monitor the actions", "PUBLISHED|INTERNAL_ONLY|WITHDRAWN", "ACTIONS_MONITORED", "rr_coord|scp_exec" },
	{ CASE, "conclude", "Conclude the case", "ACTIONS_MONITORED|LOCAL_LEARNING|NO_ACTION|SIN_SUBMITTED|SIN_WITHDRAWN|LCSPR_COMMISSIONED|OTHER_REVIEW|NATIONAL", "CONCLUDED", "rr_coord|scp_exec", "rapid/do-reason", .guard = may_conclude, .moves_documents = "return:stand-down" },
	{ CASE, "reconsider", "Consider the notification again", "SIN_SUBMITTED", "SIN_CONSIDERATION", "notifier|rr_coord", "rapid/do-challenge", .guard = may_reconsider },
	{ CASE, "withdraw-notification", "Withdraw the notification", BEFORE_SIGNING, "SIN_WITHDRAWN", "notifier", "rapid/do-withdraw-notification", .guard = may_withdraw_notification, .moves_documents = "return:stand-down", NOTIFIED },
	{ CASE, "record-death", "Record the death of a child who was harmed", "*", "=", "notifier|dcs|rr_coord|rr_chair", "rapid/do-record-death", .guard = may_record_death, .sets_flag = "jar-cdr-link death-to-notify" },
	{ CASE, "record-death-answer", "Record whether it is a new notification or an update", "*", "=", "notifier|rr_coord", "rapid/do-death-answer", .lifts_flag = "death-to-notify", .guard = may_answer_death },
	{ CASE, "recuse", "Recuse a member", "*", "=", "rr_coord|rr_chair", "rapid/do-recuse", .takes_roles = "rr_member edu_rep", .gives_role = "recused" },
	{ CASE, "open-sealed", "Open the names of informants and staff", "*", "=", "rr_coord|rr_chair", "rapid/do-open-sealed", .opens = "sealed" },
	{ CASE, "add-note", "Add a note", "*", "=", "lado|cdr_lead|sio", "rapid/do-note" },

	MARK("criminal-live",        "Criminal proceedings",            "rapid/do-proceedings", "rr_coord|rr_chair|partner_police|sio"),
	RENEW("criminal-live",       "Criminal proceedings",            "rapid/do-proceedings", "rr_coord|rr_chair|partner_police|sio"),
	MARK("family-court-live",    "Family court proceedings",        "rapid/do-proceedings", "rr_coord|rr_chair|partner_la|legal"),
	RENEW("family-court-live",   "Family court proceedings",        "rapid/do-proceedings", "rr_coord|rr_chair|partner_la|legal"),
	MARK("inquest-live",         "An inquest",                      "rapid/do-proceedings", "rr_coord|rr_chair|cdr_lead"),
	RENEW("inquest-live",        "An inquest",                      "rapid/do-proceedings", "rr_coord|rr_chair|cdr_lead"),
	MARK("jar-cdr-link",         "The child death review",          "rapid/do-link", "rr_coord|rr_chair|cdr_lead"),
	MARK("lado-link",            "The designated officer (LADO)",   "rapid/do-link", "rr_coord|rr_chair|lado"),
	MARK("dhr-link",             "A domestic homicide review",      "rapid/do-link", "rr_coord|rr_chair"),
	MARK("sar-link",             "A safeguarding adults review",    "rapid/do-link", "rr_coord|rr_chair"),
	MARK("psii-link",            "A patient safety investigation",  "rapid/do-link", "rr_coord|rr_chair|partner_icb"),
	MARK("iopc-link",            "The police conduct investigation (IOPC)", "rapid/do-link", "rr_coord|rr_chair|partner_police"),
	MARK("cross-border",         "Another area",                    "rapid/do-cross-border", "rr_coord|rr_chair|notifier|dcs"),
	MARK("family-not-to-be-told", "The family may not be told yet", "rapid/do-family-hold", "rr_chair|sio"),
	RENEW("family-not-to-be-told", "The family may not be told yet", "rapid/do-family-hold", "rr_chair|sio"),
	MARK("late",                 "The review is late",              "rapid/do-late", "rr_coord|rr_chair"),
	{ CASE, "hold-publication", "Put publication on hold", "*", "=", "scp_exec|rr_coord", "rapid/do-hold", .sets_flag = "publication-hold" },
	{ CASE, "renew-hold", "Renew the hold on publication", "*", "=", "scp_exec|rr_coord", "rapid/do-hold", .sets_flag = "publication-hold", .lifts_flag = "publication-hold" },
	{ CASE, "lift-hold", "Lift the hold on publication", "*", "=", "scp_exec|rr_coord", "rapid/do-reason", .lifts_flag = "publication-hold" },

	/* The plan of action: its owners are agencies. */
	{ CASE, "ask-owners", "Ask owners about their actions", "*", "=", "rr_coord", "rapid/do-ask-owners", .guard = may_ask_owners, .starts_document = "progress" },
	{ CASE, "take-progress", "Take what owners say into the plan of action", "*", "=", "rr_coord|rr_chair", .guard = may_take_progress, .starts_document = "actions", .fills_document = "actions" },

	/* Time limits: moved by whoever may, with a reason; what is done about them. */
	{ CASE, "vary-meeting", "Move the day of the meeting", IN_REVIEW, "=", "rr_chair", "rapid/do-vary" },
	{ CASE, "vary-pack", "Move the day of the pack", IN_REVIEW, "=", "rr_chair", "rapid/do-vary" },
	{ CASE, "vary-report", "Give more time for the report", IN_REVIEW, "=", "rr_chair", "rapid/do-vary" },
	{ CASE, "vary-signatures", "Give more time for the signatures", IN_REVIEW, "=", "scp_exec", "rapid/do-vary" },
	{ CASE, "vary-answer", "Give more time for the answer to the Panel", "PANEL_REPLY", "=", "rr_coord", "rapid/do-vary" },
	{ CASE, "vary-family", "Move the day on which the family is told", SIGNED, "=", "rr_chair", "rapid/do-vary" },
	{ CASE, "vary-learning", "Give more time for the learning", SIGNED, "=", "scp_exec", "rapid/do-vary" },
	{ CASE, "vary-review", "Give more time for the local review", "LCSPR_COMMISSIONED", "=", "scp_exec", "rapid/do-vary" },
	{ CASE, "tell-delay", "Record that the Panel’s secretariat was told of a delay", IN_REVIEW "|PARTNERS_SIGNED", "=", "rr_coord", "rapid/do-delay", NOTIFIED },
	{ CASE, "tell-decision", "Record that agencies and authors were told the decision", SIGNED, "=", "rr_coord", "rapid/do-told" },
	{ CASE, "tell-family", "Record that the family was told the decision", SIGNED, "=", "sw_family|rr_coord", "rapid/do-told" },
	{ CASE, "tell-death-review", "Record that the child death review partners were told", "*", "=", "notifier|rr_coord", "rapid/do-told" },
	{ CASE, "count-yearly", "Record that the yearly report counts this case", SIGNED, "=", "scp_bu|rr_coord", "rapid/do-told" },
	{ CASE, "ask-panel", "Record that the Panel’s secretariat was asked for the reply", "SUBMITTED_PANEL", "=", "rr_coord", "rapid/do-told" },
	{ CASE, "nudge-panel", "Twenty working days without a reply", "SUBMITTED_PANEL", "=", "system" },

	{ RETURN, "vary-return", "Give the agency more time", OPEN_RETURN, "=", "rr_chair", "rapid/do-vary" },
	{ RETURN, "secure", "Confirm that records are secured", "requested|acknowledged|drafting", "=", "return_author|agency_spoc", "rapid/do-secure" },
	{ RETURN, "debrief", "Record that the staff were debriefed", "accepted|nil-return|waived|in-pack|locked|addendum", "=", "return_author|agency_spoc|imr_signoff", "rapid/do-debrief" },
	{ RETURN, "remind", "Reminder: two working days are left", OPEN_RETURN, "=", "system" },
	{ RETURN, "remind-due", "Reminder: the return is due today", OPEN_RETURN, "=", "system" },
	{ RETURN, "escalate-2", "Late by one working day: to be escalated, level 2", OPEN_RETURN, "=", "system" },
	{ RETURN, "escalate-3", "Late by two working days: to be escalated, level 3", OPEN_RETURN, "=", "system" },
	{ RETURN, "acknowledge", "Acknowledge the request", "requested", "acknowledged", "return_author|agency_spoc" },
	{ RETURN, "begin", "Begin to write", "requested|acknowledged|queried|redirected", "drafting", "system", .submits = "draft" },
	{ RETURN, "submit", "Send the return", "requested|acknowledged|drafting|queried|submitted|signed-off|accepted|nil-return|redirected", "submitted", "system", .submits = "yes" },
	{ RETURN, "submit-addendum", "Send an addendum", "waived|verbal|in-pack|locked|addendum", "addendum", "system", .submits = "yes" },
	{ RETURN, "nil", "Say that nothing is known", "requested|acknowledged|drafting", "nil-return", "return_author|agency_spoc", "rapid/do-nil" },
	{ RETURN, "redirect", "Name another agency", "requested|acknowledged|drafting", "redirected", "return_author|agency_spoc", "rapid/do-redirect", .guard = may_redirect, .starts_document = "request return" },
	{ RETURN, "say-late", "Say that it will be late", "requested|acknowledged|drafting|queried", "=", "return_author|agency_spoc", "rapid/do-late-return", .marks = "Late, with a reason" },
	{ RETURN, "sign-off", "Sign the return off", "submitted", "signed-off", "imr_signoff", "rapid/do-sign-off", .signs = "return", .guard = may_sign_off },
	{ RETURN, "query", "Ask the agency", "signed-off|accepted", "queried", "rr_coord", "rapid/do-query", .guard = may_query },
	{ RETURN, "answer-queries", "Answer the queries", "queried|drafting|submitted|signed-off", "=", "return_author|agency_spoc", "rapid/do-answer-queries", .guard = may_answer_queries },
	{ RETURN, "accept", "Accept the return", "signed-off|queried|drafting", "accepted", "rr_coord", .guard = may_accept },
	{ RETURN, "chase", "Record a reminder", "requested|acknowledged|drafting|queried|submitted", "=", "rr_coord", "rapid/do-reason" },
	{ RETURN, "escalate-spoc", "Escalate to the agency’s contact (level 1)", "requested|acknowledged|drafting|queried|submitted", "=", "rr_coord|rr_chair", "rapid/do-escalate", .marks = "Escalated, level 1: the agency’s contact" },
	{ RETURN, "escalate-executive", "Escalate to the agency’s executive (level 2)", "requested|acknowledged|drafting|queried|submitted", "=", "rr_coord|rr_chair", "rapid/do-escalate", .marks = "Escalated, level 2: the agency’s executive" },
	{ RETURN, "escalate-scp-exec", "Escalate to the partnership executive (level 3)", "requested|acknowledged|drafting|queried|submitted", "=", "rr_coord|rr_chair", "rapid/do-escalate", .marks = "Escalated, level 3: the partnership executive" },
	{ RETURN, "record-verbal", "Record what was said at the meeting", "requested|acknowledged|drafting|queried|submitted|waived", "verbal", "rr_coord|rr_chair", "rapid/do-verbal" },
	{ RETURN, "waive", "Waive the return", "requested|acknowledged|drafting|queried|submitted|verbal", "waived", "rr_chair", "rapid/do-waive" },
	{ RETURN, "stand-down", "No longer asked", OPEN_RETURN "|verbal", "waived", "system" },
	{ RETURN, "pack", "Put into the pack", "accepted|nil-return", "in-pack", "system" },
	{ RETURN, "lock", "Lock", "in-pack", "locked", "system" },

	{ .machine = "progress", .name = "submit", .title = "Send the progress", .from = "asked|sent", .to = "sent", .roles = "system", .submits = "yes" },

	{ LEARNING, "submit", "Send the page", "agency-fact-check|sio-check|family-view|redacted|ig-cleared|exec-approved|published|internal|review-due|reaffirmed|withdrawn|recalled", "draft", "system", .submits = "yes" },
	{ LEARNING, "check-agencies", "Record the agencies’ fact check", "draft", "agency-fact-check", "scp_bu", "rapid/do-check" },
	{ LEARNING, "check-sio", "Record the investigator’s check", "agency-fact-check", "sio-check", "scp_bu", "rapid/do-check" },
	{ LEARNING, "hear-family", "Record the family’s view", "sio-check", "family-view", "scp_bu|sw_family", "rapid/do-family-view" },
	{ LEARNING, "draw-on", "Name the other cases that the page draws on", "*", "=", "scp_bu|rr_coord", "rapid/do-draw-on" },
	{ LEARNING, "test-recognition", "Record whether the child can be recognised", "redacted|ig-cleared|exec-approved|published|review-due|reaffirmed", "=", "redactor", "rapid/do-test-recognition" },
	{ LEARNING, "reopen", "Take the page back to draft", "agency-fact-check|sio-check|family-view|redacted|ig-cleared|exec-approved|internal|review-due|withdrawn|recalled", "draft", "scp_bu", "rapid/do-reason" },
	{ LEARNING, "redact", "Redacted", "family-view|redacted|ig-cleared|exec-approved|published|review-due|reaffirmed|withdrawn", "redacted", "system" },
	{ LEARNING, "ig-clear", "Cleared", "redacted", "ig-cleared", "system" },
	{ LEARNING, "exec-approve", "Approved", "ig-cleared", "exec-approved", "system" },
	{ LEARNING, "send-back", "Send the page back to the redactor", "redacted|ig-cleared|exec-approved", "family-view", "ig_check|scp_exec", "rapid/do-reason" },
	{ LEARNING, "publish", "Published", "exec-approved", "published", "system" },
	{ LEARNING, "keep-internal", "Kept internal", "draft|agency-fact-check|sio-check|family-view|redacted|ig-cleared|exec-approved", "internal", "system" },
	{ LEARNING, "call-review", "Say that the page is due for review", "published|internal|reaffirmed", "review-due", "scp_bu|scp_exec|publisher" },
	{ LEARNING, "look-again", "Can anybody be recognised now? A court or inquest has a new day", "published|reaffirmed", "review-due", "system", .marks = "A court or inquest has a new day: test again whether anybody can be recognised" },
	{ LEARNING, "reaffirm", "Reaffirm the page", "review-due", "reaffirmed", "scp_exec", "rapid/do-reaffirm" },
	{ LEARNING, "withdraw", "Withdrawn", "family-view|redacted|ig-cleared|exec-approved|published|review-due|reaffirmed", "withdrawn", "system" },
	{ LEARNING, "recall", "Withdrawn by the service", "draft|agency-fact-check|sio-check|family-view|redacted|ig-cleared|exec-approved|published|internal|review-due|reaffirmed|withdrawn", "recalled", "system" },
	{ LEARNING, "leave-withdrawn", "Leave the page withdrawn", "recalled", "withdrawn", "scp_exec|publisher", "rapid/do-reason" },
	{ LEARNING, "withdraw-internal", "Withdraw the internal page", "internal|review-due|reaffirmed", "withdrawn", "scp_exec", "rapid/do-reason", .guard = may_withdraw_internal },
};

/* What lies over a case. An inquest and a hold stop publication by themselves; proceedings stop the page of a single case: before a trial, or while the
 * family court sits, only a page that several cases made together may be published, and the investigator's check (learning: check-sio) is asked before any. */
#define ALONE "learning:/learning/head/combined = 'single'"
static const struct dossier_flag flags[] = {
	{ "criminal-live", "Criminal proceedings are live: a page of this case alone waits", "rapid/do-proceedings", "rr_coord rr_chair partner_police sio", "publish", "", NULL, ALONE },
	{ "family-court-live", "Family court proceedings are live: a page of this case alone waits", "rapid/do-proceedings", "rr_coord rr_chair partner_la legal", "publish", "", NULL, ALONE },
	{ "inquest-live", "An inquest is open: publication waits", "rapid/do-proceedings", "rr_coord rr_chair cdr_lead", "publish", "", NULL },
	{ "jar-cdr-link", "Linked with the joint agency response or child death review", "rapid/do-link", "rr_coord rr_chair cdr_lead", "", "", NULL },
	{ "lado-link", "Linked with the designated officer (LADO)", "rapid/do-link", "rr_coord rr_chair lado", "", "", NULL },
	{ "dhr-link", "Linked with a domestic homicide review", "rapid/do-link", "rr_coord rr_chair", "", "", NULL },
	{ "sar-link", "Linked with a safeguarding adults review", "rapid/do-link", "rr_coord rr_chair", "", "", NULL },
	{ "psii-link", "Linked with a patient safety investigation", "rapid/do-link", "rr_coord rr_chair partner_icb", "", "", NULL },
	{ "iopc-link", "Linked with an investigation by the IOPC", "rapid/do-link", "rr_coord rr_chair partner_police", "", "", NULL },
	{ "cross-border", "The case crosses a border", "rapid/do-cross-border", "rr_coord rr_chair notifier dcs", "", "", NULL },
	{ "publication-hold", "Publication is on hold", "rapid/do-hold", "scp_exec rr_coord", "publish", "", NULL },
	{ "family-not-to-be-told", "The family may not be told yet", "rapid/do-family-hold", "rr_chair sio", "", "", NULL },
	{ "late", "The review is late", "rapid/do-late", "rr_coord rr_chair", "", "", NULL },
	{ "death-to-notify", "A death was recorded: ask the Panel whether it is a new notification or an update", "rapid/do-record-death", "notifier dcs rr_coord rr_chair", "", "", NULL },
};

/* The states of the Panel are not on it; after the signatures the learning page comes next. */
static const struct dossier_track tracks[] = {
	{ LOCAL_LEARNING, "Local learning: the Panel was not notified", "learn-locally", "reconsider|consider-death", "SIN_SUBMITTED RR_OPEN SUBMITTED_PANEL PANEL_REPLY DECISION_CONFIRMED NO_LCSPR", "PARTNERS_SIGNED=scp_bu" },
};

static const struct dossier_risk risks[] = {
	{ "closed", "request return", agency_closed },
	{ "no-gp", "case", gp_missing },
	{ "unrecorded", "case", proceedings_unrecorded },
	{ "at-odds", "case", notification_at_odds },
};

#include "clocks.h"

/* Who may do what to which document; a test compares it, cell by cell, with a list written by hand (tests/data/rapid-rights.txt). */
#define CASEWIDE "case", NULL
#define OWN "own", NULL
#define MEMBERS_END "ACTIONS_MONITORED"      /* members lose access when the case concludes */
static const struct dossier_right rights[] = {
	{ "notifier dcs", "notification", "read write", CASEWIDE },
	{ "notifier dcs", "register report meeting actions panel-letter panel-reply", "read", CASEWIDE },
	{ "rr_coord rr_chair", "notification request return publication", "read", CASEWIDE },
	{ "rr_coord rr_chair", "register learning meeting panel-letter panel-reply letter actions", "read write", CASEWIDE },
	{ "rr_coord rr_chair", "report", "read", CASEWIDE },
	{ "rr_coord rr_chair", "report", "read write", "case", NULL, NULL, "DRAFT_REPORT" },      /* what is signed stands; back to draft first */
	{ "rr_coord rr_chair", "sealed", "open", "case", NULL, NULL, NULL, 1 },      /* informants' and staff's names, after saying why */
	{ "redactor ig_check", "sealed", "read", CASEWIDE },
	{ "rr_coord rr_chair", "report learning", "answer", CASEWIDE },      /* comments */
	{ "scp_bu", "learning", "answer", CASEWIDE },
	{ "rr_coord", "return", "note", CASEWIDE },                           /* on an event: counterpart, match, remark */
	{ "rr_coord", "request", "write", CASEWIDE },
	{ "rr_coord rr_chair partner_la partner_icb partner_police", "history", "read", CASEWIDE },
	{ "partner_la partner_icb partner_police", "notification register return report learning meeting panel-letter panel-reply letter actions", "read", CASEWIDE },
	{ "partner_la partner_icb partner_police", "learning", "approve", CASEWIDE },
	{ "rr_member edu_rep", "return request", "read", "own", NULL, NULL, MEMBERS_END },
	{ "rr_member edu_rep", "notification", "read", "case", "outline", "PACK_RELEASED", MEMBERS_END },
	{ "rr_member edu_rep", "return register", "read", "case", NULL, "PACK_RELEASED", MEMBERS_END },
	{ "rr_member edu_rep", "report meeting actions", "read comment", "case", NULL, "PACK_RELEASED", MEMBERS_END },
	{ "rr_member edu_rep", "panel-letter panel-reply", "read", "case", "panel-summary", "PACK_RELEASED", MEMBERS_END },
	{ "rr_member edu_rep", "learning", "read comment", "case", NULL, NULL, MEMBERS_END },
	{ "return_author agency_spoc", "return", "read write", OWN },
	{ "return_author agency_spoc imr_signoff", "request", "read", OWN },
	{ "return_author agency_spoc imr_signoff", "register", "list", "case", "search" },
	{ "return_author agency_spoc", "progress", "read write", OWN },      /* an owner tells of its own actions */
	{ "imr_signoff", "progress", "read", OWN },
	{ "rr_coord rr_chair partner_la partner_icb partner_police scp_exec", "progress", "read", CASEWIDE },
	{ "imr_signoff", "return", "read", OWN },
	{ "redactor ig_check", "notification register return report learning meeting actions publication", "read", CASEWIDE },
	{ "redactor", "publication", "write", CASEWIDE },
	{ "ig_check scp_exec", "publication", "approve", CASEWIDE },
	{ "scp_bu", "learning", "read write", CASEWIDE },
	{ "scp_bu", "report actions publication", "read", CASEWIDE },
	{ "scp_exec", "learning report actions publication", "read", CASEWIDE },
	{ "publisher", "learning publication", "read", CASEWIDE },
	{ "publisher", "publication", "publish withdraw", CASEWIDE },
	{ "scrutineer", "notification report learning meeting actions panel-letter panel-reply", "read", CASEWIDE },
	{ "legal", "notification register return report learning meeting actions panel-letter panel-reply letter", "read", CASEWIDE },
	{ "legal", "advice", "read write", CASEWIDE },                        /* privileged */
	{ "rr_coord rr_chair partner_la partner_icb partner_police", "advice", "read", CASEWIDE },
	{ "sw_family", "learning", "read", CASEWIDE },
};

/* What a meeting member sees of a notification: what kind, where, when and what, not who. */
static const struct dossier_view views[] = {
	{ "outline", "type areas incident.when incident.harm incident.outline incident.abuse parallel" },
	{ "panel-summary", "letter.on letter.letter-on decision.outcome decision.line letter.outcome" },      /* what was decided and what the Panel thinks of it */
};

static const struct dossier_role roles[] = {
	{ "notifier", "Notifier", 0, NULL }, { "dcs", "Director of children’s services", 0, NULL },
	{ "rr_coord", "Rapid review co-ordinator", 0, "coordinator" }, { "rr_chair", "Chair of the rapid review", 0, NULL },
	{ "partner_la", "Partner: local authority", 0, NULL }, { "partner_icb", "Partner: integrated care board", 0, NULL }, { "partner_police", "Partner: police", 0, NULL },
	{ "edu_rep", "Education representative", 0, NULL }, { "rr_member", "Meeting member", 0, NULL },
	{ "return_author", "Author of the agency’s return", 1, "contributor" }, { "agency_spoc", "Agency’s single point of contact", 1, NULL },
	{ "imr_signoff", "Agency’s sign-off", 1, "agency-approver" },
	{ "scp_bu", "Business unit", 0, NULL }, { "scp_exec", "Partnership executive", 0, NULL }, { "redactor", "Redactor", 0, NULL }, { "ig_check", "Clearance (information governance)", 0, NULL },
	{ "sio", "Senior investigating officer", 0, NULL }, { "lado", "Designated officer for allegations (LADO)", 0, NULL }, { "cdr_lead", "Child death review co-ordinator", 0, NULL },
	{ "recused", "Recused: own practice is under review", 0, NULL },
	{ "publisher", "Publisher", 0, NULL }, { "scrutineer", "Independent scrutineer", 0, NULL }, { "legal", "Lawyer", 0, NULL }, { "sw_family", "Family’s worker", 0, NULL },
};

static const struct dossier_separation separations[] = {
	{ "do:sign-off", "write:return", "Whoever wrote a return may not sign it off. It needs another person of the agency." },
	{ "do:sign", "write:return", "Whoever wrote a return may not sign the decision." },
	{ "role:rr_chair", "role:notifier", "The notifier may not chair the review." },
	{ "role:rr_chair", "do:notify", "Whoever notified the Panel may not chair the review." },
	{ "do:notify", "do:hold-meeting", "The notifier may not chair the review." },
	{ "role:rr_member", "role:recused", "This person is recused: their own practice is under review." },
	{ "role:edu_rep", "role:recused", "This person is recused: their own practice is under review." },
	{ "redact", "write:learning", "Whoever wrote the page may not redact it. It needs another person." },
	{ "approve", "write:learning", "Whoever wrote the page may not approve it. It needs another person." },
	{ "approve", "redact", "Whoever redacted the page may not approve it. It needs another person." },
	{ "approve", "do:test-recognition", "Whoever tested whether the child can be recognised may not approve the page. It needs another person." },
};

/* Ordinary words that identify in a review about one child. Forbidden (V22): who only one person can be and, by pattern, ages, days, sex and number of
 * children. The rest is asked about: informants and relatives, places and courts, injuries, what came of proceedings, traits, days of a calendar and steps of a sequence. */
#define WATCH "!brother !sister !twin !twins !aunt !uncle !grandmother !grandfather !neighbour !neighbours !nursery " \
	"grandparent grandparents granny grandma grandad nan cousin nephew niece stepfather stepmother foster_carer friend_of anonymous " \
	"scooter sofa court trial arrest arrested charged bail interviewed convicted conviction sentenced prison custody guilty hospital surgery ward " \
	"emergency_department ambulance clinic headteacher head_teacher reception 101 " \
	"arm leg cheek wrist ankle shoulder rib ribs skull lip neck chest stomach bone bones burn burns scald scalds scar scars wound wounds injury injuries " \
	"bruise bruises bruised bruising fracture fractures fractured broken booster boosters toothache overdose suicide pregnant pregnancy " \
	"religion ethnicity nationality autistic autism deaf wheelchair asylum refugee adopted traveller " \
	"spring summer autumn winter half-term half_term birthday anniversary weekend next_day following_day day_before next_morning same_evening that_night " \
	"January February March April May June July August September October November December " \
	"boy girl son daughter he she his her him male female toddler months weeks years months_old years_old !:ages !:dates !:sex !:counts :quotes"
/* What the watch list cannot see: distances and changes, what was hurt, what somebody remembers, counts, what one family was offered, a name that is hinted at. */
#define ASKS \
	"Could the child, a brother or sister, a classmate, a neighbour or a journalist with the court list recognise this?\n" \
	"Is there a fact that the press or social media has reported, so that both together name somebody?\n" \
	"Does anything here fit only one family, one school or one member of staff in this area?\n" \
	"Has somebody who knows the area but not the case read it and said whom they think it is about?\n" \
	"Does it say how far, how soon or how much: a distance, a notice, a wait, something that rose or fell?\n" \
	"Does it say what was hurt, how or how often, or what an examination found?\n" \
	"Does it hold a thing, a habit or words that somebody remembers: a toy, a picture on a wall, what a child said?\n" \
	"Does it count anything: staff, visits, calls, earlier reviews?\n" \
	"Does it say what one family was offered, promised or refused, or what the police or a court did?\n" \
	"Can a name be guessed: an initial, a hint at what it means, words whose first letters spell it?"
static const struct dossier_publication publications[] = {
	{ "learning", "Learning on one page", "learning", "rapid/learning.xsl", "family-view|redacted|ig-cleared|exec-approved|published|review-due|reaffirmed|withdrawn", "reviews",
	  "redactor", "ig_check scp_exec", "publisher", "publisher scp_exec", WATCH, NULL, "redacted|ig-cleared|exec-approved|published|withdrawn",
	  "head/audience[. = 'public']", "This page is not for the public but for the partnership or one agency: keep it internal. It can be published once its audience is the public.", ASKS, "test-recognition", "check-agencies check-sio hear-family", "draw-on" },
};

static const struct dossier_setting settings[] = {
	{ "education-signs", "A fourth signature for education", "yes-no", "no", NULL, NULL, "Children’s Wellbeing and Schools Act 2026 s.2: when the arrangements say so", 0 },
};
static const struct dossier_edition editions[] = {
	{ "working-together", "2023", "Working Together 2023", 1 }, { "working-together", "2018", "Working Together 2018", 0 },
	{ "panel-guidance", "2025-06", "Panel guidance of June 2025", 1 },
};

__attribute__((visibility("default")))
extern const struct dossier_plugin dossier_plugin;
const struct dossier_plugin dossier_plugin = {
	DOSSIER_PLUGIN_HEAD,
	.name = "rapid", .title = "Rapid review", .version = "1.0",
	.opens_with = "notification", .first_state = "INCIDENT_KNOWN", .opens_roles = "coordinator=rr_coord contributor=notifier",
	.doctypes = TABLE(doctypes), .states = TABLE(states), .transitions = TABLE(transitions), .flags = TABLE(flags), .clocks = TABLE(clocks),
	.rights = TABLE(rights), .roles = TABLE(roles), .separations = TABLE(separations), .publications = TABLE(publications),
	.settings = TABLE(settings), .editions = TABLE(editions), .views = TABLE(views),
	.rules = TABLE(rapid_rules), .tracks = TABLE(tracks), .risks = TABLE(risks),
	.nudges = TABLE(nudges), .seed = rapid_seed, .after = rapid_after,
};
