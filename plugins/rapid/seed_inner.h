/* Between the files that fill new documents (seed.c and seed_*.c). */
#ifndef RAPID_SEED_INNER_H
#define RAPID_SEED_INNER_H
#include "rapid.h"

/* Rows filled one after the other: prefix "people.person", row counted from one. */
struct seeding { const struct dossier_host *h; struct dossier_out *out; const char *prefix; int row; };
/* A field of the row that is being filled; empty text is left out. */
void put_row(struct seeding *s, const char *field, const char *text);
/* Fields of a row of another document, by their names, into the row that is being filled; the same names in both. */
void put_same(struct seeding *s, const struct dossier_doc *row, const char *const *fields);

/* Sentences put together: what does not fit is left out. */
struct lines { const struct dossier_host *h; const struct dossier_case *c; char text[4000]; };
__attribute__((format(printf, 2, 3)))
void add_line(struct lines *l, const char *format, ...);

/* How many working days the later day is after the earlier, 0 when it cannot be told. */
int working_days(const struct dossier_host *h, int32_t from, int32_t to);
/* Of a return: full, summary, verbal, nil, waived, addendum. */
const char *contribution(const struct dossier_host *h, const struct dossier_doc *r);

int seed_meeting(HOST, struct dossier_out *out);
int seed_report(HOST, struct dossier_out *out);
int seed_actions(HOST, struct dossier_out *out);
int seed_panel_letter(HOST, struct dossier_out *out);
/* The inputs of the steps that record what a document says: the day, so that it is not typed twice. */
int seed_step(HOST, const char *form, struct dossier_out *out);
/* seed_progress.c: owners of actions. What owners have said into the rows that the plan has; the count. */
int seed_ask_owners(HOST, struct dossier_out *out);
int seed_progress(HOST, const char *agency, struct dossier_out *out);
int take_progress(HOST, const struct dossier_doc *plan, struct dossier_out *out);
/* seed_search.c. Is this person of the register in it only because they told, or live next door? No agency is asked about them. */
int only_told(const struct dossier_host *h, const struct dossier_doc *person);
void seed_search(HOST, struct dossier_out *out);
/* seed_query.c */
void seed_query(HOST, const char *agency, struct dossier_out *out);
void seed_answers(HOST, const char *agency, struct dossier_out *out);
#endif
