/* What lists show of cases and of what waits for people: derived from acts and documents, replaced freely, found by index. Nothing here is of record. */
#ifndef STORE_LIST_H
#define STORE_LIST_H
#include "store/store_case.h"

#define DUE_NEVER INT32_MAX      /* no limit runs: sorts last */

/* How a case stands, for lists. look: the day on which the clerk is to look at it again. */
struct case_standing { day due, look; bool held, waits, ready; };
int case_stand(struct store *store, int64_t case_id, const struct case_standing *standing, struct error *error);      /* writes only what differs; inside a transaction */
int case_look_later(struct store *store, int64_t case_id, day look, struct error *error);
/* Open cases that the clerk is to look at, at most so many. The count. */
int case_to_look_at(void *ctx, struct store *store, day today, int limit, int64_t **list_r, struct error *error);

enum case_status { CASES_OPEN, CASES_OVERDUE, CASES_SOON, CASES_TRACK, CASES_HELD, CASES_CLOSED };
struct case_filter {
	int64_t account; const char *agency; bool all;      /* whose: in which the account holds a role or its agency has a document, or everybody's */
	enum case_status status;
	const char *plugin, *text;                          /* NULL: any; text: a reference's beginning, or its number */
	day today, soon;                                    /* soon: the last day that is soon */
	const char *wide;                                   /* case roles that read every agency's documents, each between blanks: " chair partner "; others' days are not theirs */
};
struct case_place { day due; int64_t id; };                 /* a case in the order of lists: due day, then id; closed ones backwards */
struct case_line { struct case_row row; struct case_place place; bool held; };
/* The page after (or, backwards, before) a place; NULL: from the beginning. In the order of the list. The count. */
int case_lines(void *ctx, struct store *store, const struct case_filter *filter, const struct case_place *place, bool backwards, int limit, struct case_line **list_r, struct error *error);
struct case_counts { int64_t overdue, soon, waiting, ready, found; };      /* found: what the filter finds */
int case_counts(struct store *store, const struct case_filter *filter, struct case_counts *counts_r, struct error *error);

/* What somebody is to do: an account's, or everybody's of an agency. */
struct task {
	int64_t id, case_id, document_id, account; char *agency;      /* document_id, account 0: none; agency "" */
	char *kind, *name;                                            /* "step" a transition, "state" a state, "clock" a clock, "nudge" what the system did */
	day due;                                                      /* DUE_NEVER: no limit */
};
int task_replace(struct store *store, int64_t case_id, const struct task *tasks, int count, struct error *error);     /* all of a case; writes only when they differ; inside a transaction */
/* Of an account and its agency, soonest first. The count of those listed. */
int task_list(void *ctx, struct store *store, int64_t account, const char *agency, int limit, struct task **list_r, struct error *error);
int task_count(struct store *store, int64_t account, const char *agency, int64_t *count_r, struct error *error);
#endif
