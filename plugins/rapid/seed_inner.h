/* Between the files that fill new documents (seed.c and seed_*.c). */
#ifndef RAPID_SEED_INNER_H
#define RAPID_SEED_INNER_H
#include "rapid.h"

/* Rows filled one after the other: prefix "people.person", row counted from one. */
struct seeding { const struct dossier_host *h; struct dossier_out *out; const char *prefix; int row; };
/* A field of the row that is being filled; empty text is left out. */
void put_row(struct seeding *s, const char *field, const char *text);

/* How many working days the later day is after the earlier, 0 when it cannot be told. */
int working_days(const struct dossier_host *h, int32_t from, int32_t to);

/* seed_report.c */
int seed_report(HOST, struct dossier_out *out);
/* seed_search.c */
void seed_search(HOST, struct dossier_out *out);
/* seed_query.c */
void seed_query(HOST, const char *agency, struct dossier_out *out);
void seed_answers(HOST, const char *agency, struct dossier_out *out);
#endif
