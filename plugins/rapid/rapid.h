/* The rapid review, inside: its tables are in rapid.c, what they cannot say is here, by the moment it is asked. */
#ifndef RAPID_H
#define RAPID_H
#include <dossier/plugin.h>

#define NEW "2023"                /* editions of Working Together */
#define OLD "2018"
#define NO_DAY INT32_MIN
#define LOCAL_LEARNING "local-learning"      /* the track of a case that is not notified */
#define HOST const struct dossier_host *h, const struct dossier_case *c
#define GUARD(name) int name(HOST, const struct dossier_doc *doc, const struct dossier_doc *input, struct dossier_faults *f)

/* guards.c, guards_panel.c: what must be so before a step. */
GUARD(may_notify);
GUARD(may_request);
GUARD(may_ask_further);
GUARD(may_complete);
GUARD(may_close_with_gaps);
GUARD(may_release_pack);
GUARD(may_meet);
GUARD(may_fact_check);
GUARD(may_sign_off);
GUARD(may_sign);
GUARD(may_send);
GUARD(may_log_reply);
GUARD(may_answer);
GUARD(may_confirm);
GUARD(may_redact);
GUARD(may_keep_returns);

/* guards_flow.c: the same, where a step only asks how the case or return went. */
GUARD(may_not_notify);
GUARD(may_reconsider);
GUARD(may_conclude);
GUARD(may_withdraw_notification);
GUARD(may_record_death);
GUARD(may_answer_death);
GUARD(may_redirect);
GUARD(may_query);
GUARD(may_answer_queries);
GUARD(may_accept);
GUARD(may_withdraw_internal);
GUARD(may_ask_owners);
GUARD(may_take_progress);

/* The day of an ISO text, NO_DAY when it is none. */
int32_t day_of(const struct dossier_host *h, const char *iso);
/* Is the Panel not notified of this case, which is learned from locally? */
int is_local(HOST);
/* The day that the days of the review are counted from: the notification; on the local track the day the requests were sent. NO_DAY before it. */
int32_t counted_from(HOST);
/* The last document of a type, NULL when there is none. */
const struct dossier_doc *newest(HOST, const char *type);
/* The first and the last day that a date as people know it may mean, NO_DAY when it says nothing. */
int32_t first_day(const struct dossier_host *h, const struct dossier_doc *doc, const char *when);
int32_t last_day(const struct dossier_host *h, const struct dossier_doc *doc, const char *when);
/* May stand between quotes in an XPath expression: documents are asked before their form has passed them. */
int quotable(const char *id);
/* An answer that says nothing: empty, "n/a", "none", "-". */
int says_nothing(const char *text);
/* Of a person in the register. */
int has_died(const struct dossier_host *h, const struct dossier_doc *person);
/* V2: the order of the days; a fault when `later` is before `earlier`. Unknown days say nothing. */
void in_order(const struct dossier_host *h, struct dossier_faults *f, const char *field, int32_t earlier, const char *what, int32_t later, const char *than);
/* V4: every request is accepted, nil, or waived with a reason; else a fault. *waived_r: how many were waived. */
int none_open(HOST, struct dossier_faults *f, int *waived_r);

/* pairs.c: an event and its counterpart in another agency's return, as the co-ordinator noted it, else as the return itself says. `event` is a row of `ret`. */
struct pair { const char *id, *counterpart, *match; };
struct pair pair_of(HOST, const struct dossier_doc *ret, const struct dossier_doc *event);
/* V11: contradictions that no record of a meeting holds among its disputed facts. */
void contradictions(HOST, struct dossier_faults *f);
/* V10: events that tell of another agency's act which that agency's return (agency NULL: any) does not have within 14 days. The count. */
struct unmatched { const char *id, *teller, *when, *agency; };
int unmatched(HOST, const char *agency, void (*each)(HOST, const struct unmatched *u, void *data), void *data);
void tell_unmatched(HOST, const struct unmatched *u, void *data);

/* rules.c: the rules of the brief, V1 to V24; rules_*.c: those that are asked of documents. */
#define RULE(name) int name(HOST, const char *type, const struct dossier_doc *doc, struct dossier_faults *f)
enum { RULES = 44 };
extern const struct dossier_rule rapid_rules[RULES];
RULE(lives_in_order); RULE(days_in_order); RULE(children_safe); RULE(everybody_answered); RULE(numbers_well_formed); RULE(told_after_asked); RULE(no_address_told);
RULE(own_agency); RULE(events_within_lives); RULE(events_known); RULE(events_twice); RULE(counterparts_found); RULE(informants_unnamed); RULE(staff_named);
RULE(agencies_acting_asked);
RULE(reasons_given); RULE(decision_consistent); RULE(learning_leads_somewhere); RULE(immediate_owned); RULE(equality_answered); RULE(other_area_invited); RULE(other_area_agrees); RULE(below_threshold); RULE(words_kept_out); RULE(words_clash); RULE(none_open_at_decision);
/* rules_panel.c: the plan of action against the report; what only grows (the thread with the Panel, a locked return) against what was written before. */
RULE(actions_follow_report); RULE(thread_kept); RULE(locked_kept); RULE(meeting_in_order);

/* risks.c: what is shown and stops nothing. */
#define RISK(name) int name(HOST, const struct dossier_doc *doc, struct dossier_faults *f)
RISK(agency_closed); RISK(gp_missing); RISK(proceedings_unrecorded); RISK(notification_at_odds);

/* seed.c: a new document filled from others. How many fields or rows it could fill; 0: none. */
int rapid_seed(HOST, const char *type, const char *agency, struct dossier_out *out);
/* after.c: which step of the case follows an event by itself, or NULL. */
const char *rapid_after(HOST, const char *event, const struct dossier_doc *doc);
#endif
