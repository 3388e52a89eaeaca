/* Clocks: which statutory and local periods run and until when, from the plugin's table, the acts and the documents of a case. */
#ifndef CASE_CLOCKS_H
#define CASE_CLOCKS_H
#include "case/flow.h"
#include "store/store_list.h"

/* What is reckoned from. Nothing here writes or asks the store but through the two functions. */
struct clock_world {
	const struct plugin *plugin; const char *editions;
	const struct holidays *holidays; instant now;
	const struct document *documents; int document_count;
	const struct act *acts; int act_count;                                /* oldest first */
	const struct flag_row *flags; int flag_count;                         /* those that were lifted too */
	const struct xml_doc *(*tree)(void *data, const struct document *document);   /* the latest version; NULL none */
	const struct xml_doc *(*said)(void *data, const struct act *act);             /* what was said with an act; NULL nothing */
	void *data;
	const char *only; int deep;                                           /* only the clock of this name (NULL: all), asked for by so many others */
};
struct clock_view {
	const struct dossier_clock *clock; const struct document *document;   /* document NULL: of the case */
	const char *row, *row_name;                   /* of a clock with rows: its key and what it is called; else "" */
	day started, due, stopped;                    /* DAY_NONE = not */
	instant due_at;                               /* of a clock in hours; else 0 */
	day paused;                                   /* since when a flag stops it; DAY_NONE = it runs */
	const struct act *varied;                     /* the act that moved the due day; NULL = none did */
	int used;                                     /* day n of length, today or when it stopped */
	int left;                                     /* working (or calendar) days, or hours, until due; negative = overdue; 0 = today */
	bool overdue, beyond;                         /* beyond: the due day lies past the known holidays */
	bool warn;                                    /* due today, and it is 16:00 or later */
	bool lapsed;                                  /* ended by itself */
};
/* All clocks that have started, in the plugin's order. The count. */
int clocks_reckon(void *ctx, const struct clock_world *world, struct clock_view **list_r);
/* The n-th day of a clock in its own kind of days, from where its length is counted; DAY_NONE beyond what is known. */
day clocks_nth(const struct clock_world *world, const struct clock_view *view, int n);
/* The world of a case as it is now; valid as long as the flow and until something is done in it. */
struct clock_world clocks_world(void *ctx, const struct flow *flow);
int clocks_of(void *ctx, const struct flow *flow, struct clock_view **list_r);
/* Writes them to the store, with the tasks that follow, so that lists find both by index. Inside a transaction. */
int clocks_keep(struct flow *flow, struct error *error);
/* May this transition be done as far as clocks go? One that varies a clock wants it running. */
bool clocks_allow(const struct flow *flow, const struct dossier_transition *t, const struct document *document);
/* A nudge of a running clock that the system has not done and could do now; *when_r: its day. */
bool clocks_nudge_open(const struct flow *flow, const struct clock_world *world, const struct dossier_nudge *nudge, const struct clock_view *view, day *when_r);
/* "Due in 3 working days", "Overdue by 2 working days", "Done on day 15". */
char *clocks_words(void *ctx, const struct clock_view *view);
const char *clocks_unit(const struct dossier_clock *clock);      /* "working days" */
/* On whom it waits, in words; "" when it waits for nobody more. */
char *clocks_waits(void *ctx, const struct flow *flow, const struct clock_view *view);
#endif
