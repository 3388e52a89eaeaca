/* Clocks: which statutory and local periods run, from the plugin's table, the acts and the documents of a case. */
#ifndef CASE_CLOCKS_H
#define CASE_CLOCKS_H
#include "case/flow.h"

struct clock_view {
	const struct dossier_clock *clock; const struct document *document;   /* document NULL: of the case */
	day started, due, stopped;                    /* DAY_NONE = not */
	int used;                                     /* day n of length, today or when it stopped */
	int left;                                     /* working (or calendar) days until due; negative = overdue; 0 = today */
	bool overdue, beyond;                         /* beyond: the due day lies past the known holidays */
};
/* All clocks that have started, in the plugin's order. The count. */
int clocks_of(void *ctx, const struct flow *flow, struct clock_view **list_r);
/* Writes them to the store, so that lists find the next due day by index. Inside a transaction. */
int clocks_keep(struct flow *flow, struct error *error);
/* "Due on Friday 24 April 2026 (in 3 working days)", "Overdue by 2 working days", "Met on day 15 of 15". */
char *clocks_words(void *ctx, const struct clock_view *view);
#endif
