/* Versions: immutable. Triggers refuse change and deletion. */
#ifndef STORE_VERSION_H
#define STORE_VERSION_H
#include "store/store_case.h"
struct version { int64_t document_id; int n, form_version; instant at; int64_t author; char *author_name, *agency; char *bytes; size_t length; char *sha256; char *reasons; };
/* sha256: hex of the plain bytes, kept inside the seal beside them; reasons: warnings passed with a reason ("" if none), inside the seal too.
 * Bytes equal to the latest version's (asked by keyed hash): *n_r is that version's number and *same_r true, nothing is written. Inside a transaction; audited. */
/* sha256_r: of the bytes, in hex, owned by ctx; it is worked out once, for the seal and for the receipt. */
int version_add_told(void *ctx, struct store *store, const struct actor *by, struct document *document, int form_version, const char *bytes, size_t length, const char *reasons, int *n_r, bool *same_r, instant *at_r, char **sha256_r, struct error *error);
int version_add(struct store *store, const struct actor *by, struct document *document, int form_version, const char *bytes, size_t length, const char *reasons, int *n_r, bool *same_r, instant *at_r, struct error *error);
struct version *version_get(void *ctx, struct store *store, const struct document *document, int n, struct error *error);   /* n 0 = latest; MISSING */
/* The same as a tree, opened once in this process for all requests: borrowed until the request ends, never to be changed. */
const struct xml_doc *version_opened(struct store *store, const struct document *document, int n, int64_t *author_r, struct error *error);
int version_list(void *ctx, struct store *store, const struct document *document, struct version **list_r, struct error *error);   /* without bytes; newest first */
int version_hash(struct store *store, const struct document *document, int n, unsigned char hash_r[SEAL_HASH], struct error *error);   /* the keyed hash */
/* Are these bytes the latest version's, asked by keyed hash? 1 yes with its number and time, 0 no, -1 error. */
int version_is_latest(struct store *store, const struct document *document, const char *bytes, size_t length, int *n_r, instant *at_r, struct error *error);
/* All versions open and match their hashes; the error names the first that does not (version.broken). */
int version_verify(struct store *store, int64_t *count_r, struct error *error);
#endif
