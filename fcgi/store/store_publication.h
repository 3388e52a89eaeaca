/* Publications: candidate (sealed) → approvals bound to a hash → edition (public bytes, immutable) → withdrawal. */
#ifndef STORE_PUBLICATION_H
#define STORE_PUBLICATION_H
#include "store/store_case.h"

struct publication { int64_t id, case_id, document_id; char pub[SEAL_ID]; char *type, *folder, *slug, *state; int edition; };   /* state: draft candidate cleared approved released withdrawn */
int publication_add(struct store *store, const struct actor *by, const struct document *document, const char *type, const char *folder, struct publication *p_r, struct error *error);
struct publication *publication_get(void *ctx, struct store *store, const char *pub, struct error *error);
struct publication *publication_of(void *ctx, struct store *store, int64_t document_id, const char *type, struct error *error);
int publication_list(void *ctx, struct store *store, int64_t case_id, struct publication **list_r, struct error *error);

/* A candidate: the finished bytes and what they were made of. Immutable row; a new one voids all approvals. */
struct candidate { int64_t id; int n; char *bytes; size_t length; char *sha256, *title; int document_version, register_version, marks_version; char *register_hash, *rules; char *slug; day published; instant at; int64_t by; char *by_name; };
int candidate_add(struct store *store, const struct actor *by, struct publication *p, const struct candidate *c, int *n_r, struct error *error);   /* sets state candidate */
struct candidate *candidate_latest(void *ctx, struct store *store, const struct publication *p, struct error *error);
/* Was this act done on the document since the candidate was made? By the audit's order, not by any clock. 1, 0, or -1. */
int candidate_followed(struct store *store, const struct publication *p, const struct candidate *c, const char *act, struct error *error);
/* Was this act done on this version of its document, and since the service itself last withdrew a page of it (if it ever did)? Asked of a first edition and after such
 * a withdrawal; else 1. 0, or -1. */
int publication_checked(struct store *store, const struct publication *p, int version, const char *act, struct error *error);
struct approval { char *role, *name; int64_t account; instant at; };
int approval_add(struct store *store, const struct actor *by, struct publication *p, const struct candidate *c, const char *role, const char *state, struct error *error);   /* refuses another hash than the latest candidate's */
int approval_list(void *ctx, struct store *store, const struct publication *p, const struct candidate *c, struct approval **list_r, struct error *error);

struct edition { int64_t publication_id; int n; char *folder, *slug, *title, *sha256; char *bytes; size_t length; day published; instant released; instant withdrawn; char *reason; };   /* withdrawn 0 = not */
int edition_release(struct store *store, const struct actor *by, struct publication *p, const struct candidate *c, struct error *error);
int edition_withdraw(struct store *store, const struct actor *by, struct publication *p, const char *reason, struct error *error);     /* reason: public sentence */
/* Whether the public can read it now: released and not withdrawn, whatever is being made ready. The store failing: yes, so that it can be withdrawn. */
bool edition_stands(struct store *store, const struct publication *p);
/* The latest edition with its bytes, or NULL (MISSING edition.none). */
struct edition *edition_get(void *ctx, struct store *store, const struct publication *p, struct error *error);
/* Cases with a page out, withdrawn or not, about which a version, an act or a note was kept after the audit's entry `after` (0: all of them). The count;
 * *last_r: the audit's newest entry. */
int edition_cases_since(void *ctx, struct store *store, int64_t after, int64_t **cases_r, int64_t *last_r, struct error *error);
/* The newest edition was withdrawn by the service itself: 1; by a person or not at all: 0; -1 error. */
int edition_withdrawn_by_system(struct store *store, const struct publication *p, struct error *error);
/* Everything that is or was public: latest edition of each publication, newest first, with bytes when asked. */
int edition_list(void *ctx, struct store *store, bool with_bytes, struct edition **list_r, struct error *error);
/* Grows by one with each release or withdrawal: the clerk looks here every half second. */
int edition_serial(struct store *store, int64_t *serial_r, struct error *error);
bool publication_slug_taken(struct store *store, const char *folder, const char *slug, int64_t but_id);
int edition_verify(struct store *store, int64_t *count_r, struct error *error);
int candidate_verify(struct store *store, int64_t *count_r, struct error *error);
/* For store/ only. */
int publication_set(struct store *store, struct publication *p, const char *state, const char *slug, int edition, struct error *error);
/* Is c, in all that an approval binds, the newest candidate? Else CONFLICT approval.stale. */
int candidate_is_latest(struct store *store, const struct publication *p, const struct candidate *c, int64_t *id_r, unsigned char hash_r[SEAL_HASH], struct error *error);
#endif
