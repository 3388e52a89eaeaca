/* Drafts: mutable, sealed, a revision per document and section; not versions. The whole document's draft is one row per revision: a section's save makes the next revision
 * of the document's draft; revisions stay until submission + 30 days as the base of three-way merges. */
#ifndef STORE_DRAFT_H
#define STORE_DRAFT_H
#include "store/store_case.h"
struct draft { int64_t document_id; int rev; char *section; instant at; int64_t author; char *author_name; char *bytes; size_t length; int form_version; };
/* base_rev: the revision the person began with (0 = none). When it is not the newest for that section: CONFLICT draft.stale and nothing is written. `once` (may be NULL): an idempotency
 * token; the same one twice gives the first result's revision. Audited: an actor's first save of a document after its last submission. Inside a transaction. */
int draft_save(struct store *store, const struct actor *by, const struct document *document, const char *section, int base_rev, int form_version, const char *bytes, size_t length, const char *once, int *rev_r, struct error *error);
struct draft *draft_latest(void *ctx, struct store *store, const struct document *document, struct error *error);            /* MISSING when none */
struct draft *draft_get(void *ctx, struct store *store, const struct document *document, int rev, struct error *error);
/* The newest revision that changed this section; 0 if none. */
int draft_section_rev(struct store *store, const struct document *document, const char *section, int *rev_r, struct error *error);
int draft_end(struct store *store, const struct actor *by, const struct document *document, struct error *error);             /* at submission: no draft is current any more */
int draft_expire(struct store *store, struct error *error);
#endif
