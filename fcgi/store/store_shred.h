/* The one end of a case's data: the destruction of its key. What was sealed stays where it is, in the database and in every backup of it, and opens
 * no more; that it was there, who wrote it and when stays in the audit. */
#ifndef STORE_SHRED_H
#define STORE_SHRED_H
#include "store/store_case.h"

/* Audited first, so that a crash in between leaves an entry and a key, never a destroyed key of which nobody knows. Again is no error: *before_r. */
int case_shred(struct store *store, const struct actor *by, const struct case_row *c, bool *before_r, struct error *error);
/* Each case has its key, or its key was destroyed and the audit knows; no key of a case that was shredded has come back. *count_r keys in use. */
int keys_verify(struct store *store, int64_t *count_r, int64_t *destroyed_r, struct error *error);
#endif
