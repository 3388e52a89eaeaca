/* Attached files: immutable, sealed in chunks under the case's key, in the database like everything else: one backup, one transaction. */
#ifndef STORE_STORE_ATTACHMENT_H
#define STORE_STORE_ATTACHMENT_H
#include "store/store_case.h"

/* field: the pattern of the form's field that it was sent for; type: a code of the caller's table; name: as shown, sealed, for it may hold a person's. */
struct attachment { int64_t id, document_id; int n; char pub[SEAL_ID]; char *field, *type; instant at; int64_t author; char *name, *sha256; size_t size; };
/* Inside a transaction; audited. ctx owns the texts. */
int attachment_add(void *ctx, struct store *store, const struct actor *by, const struct document *document, const char *field, const char *type, const char *name,
	const char *bytes, size_t length, struct attachment *attachment_r, struct error *error);
int attachment_list(void *ctx, struct store *store, const struct document *document, struct attachment **list_r, struct error *error);      /* oldest first; the count */
struct attachment *attachment_get(void *ctx, struct store *store, const struct document *document, const char *pub, struct error *error);  /* MISSING, also for another document's */
char *attachment_bytes(void *ctx, struct store *store, const struct document *document, const struct attachment *a, struct error *error);  /* size bytes and a NUL */
/* Somebody opens it: audited once a day for each person. Opens a transaction of its own. */
int attachment_opened(struct store *store, const struct actor *by, const struct document *document, const struct attachment *a, struct error *error);
/* All open, match their fingerprints and what the audit covers (attachment.broken, attachment.lost). */
int attachment_verify(struct store *store, int64_t *count_r, struct error *error);
#endif
