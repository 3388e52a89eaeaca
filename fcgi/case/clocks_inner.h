/* Between the files of clocks. */
#ifndef CASE_CLOCKS_INNER_H
#define CASE_CLOCKS_INNER_H
#include "case/clocks.h"

/* clocks_trigger.c: where a day is looked for. */
struct seek {
	const struct clock_world *world;
	const struct document *document;      /* the clock's; NULL: of the case */
	const xml_node *row;                  /* the clock's; NULL: none */
	day after;                            /* nothing earlier counts; DAY_NONE: everything does */
	bool last;                            /* the latest of what is found, else the earliest */
};
day seek_day(const struct seek *s, const char *triggers);      /* DAY_NONE: not found */
day seek_all(const struct seek *s, const char *triggers);      /* the last of them, when each has been */
int seek_minutes(const struct seek *s, const char *trigger);   /* a time of day "17:55" as minutes; 0 when it is not said */

/* clocks_due.c: fills due, due_at, paused, used and left, for a clock whose length counts from `from` and ends or is looked at on `until`. */
void due_reckon(const struct clock_world *world, const struct dossier_clock *clock, day from, int minutes, day until, struct clock_view *view);
int due_between(const struct clock_world *world, const struct dossier_clock *clock, day from, day to);
day due_add(const struct clock_world *world, const struct dossier_clock *clock, day from, int n, bool *beyond_r);

/* clocks_tasks.c: what waits for whom, how the case stands for lists. */
int clocks_tasks(void *ctx, const struct flow *flow, const struct clock_world *world, const struct clock_view *views, int n, struct task **list_r);
struct case_standing clocks_standing(const struct flow *flow, const struct clock_world *world, const struct clock_view *views, int n);
#endif
