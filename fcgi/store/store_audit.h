/* The audit: a hash chain over what was done. No personal text: verbs, ids, outcomes. Each write of record calls audit_add inside its own
 * transaction; refusals to a known actor are written in one of their own; those to strangers are counted and written once a minute. */
#ifndef STORE_AUDIT_H
#define STORE_AUDIT_H
#include "store/store.h"
struct audit_entry {
	const char *verb;          /* "version.add" */
	int64_t case_id, document_id; int version;    /* 0 = none */
	const char *object;        /* another id: publication pub, token id, field path; NULL */
	const char *outcome;       /* NULL = "done", else "refused" … */
	const char *detail;        /* a code or a fixed word, never text of a document; NULL */
	const unsigned char *covers;   /* for store/ only: SEAL_HASH bytes, hash of the row of record the entry vouches for (struct frame); NULL */
};
int audit_add(struct store *store, const struct actor *actor, const struct audit_entry *entry, struct error *error);      /* inside a transaction */
int audit_refusal(struct store *store, const struct actor *actor, const struct audit_entry *entry, struct error *error);  /* opens its own */
struct audit_row { int64_t seq; instant at; char *actor, *verb, *object, *outcome, *detail; int64_t document_id; int version; };
int audit_of_case(void *ctx, struct store *store, int64_t case_id, int limit, int offset, struct audit_row **rows_r, struct error *error);   /* newest first; the count, or -1 */
/* Documents of the case of which the account saved a draft or added a version: who wrote what, also after drafts have expired. The count, or -1. */
int audit_written_by(void *ctx, struct store *store, int64_t case_id, int64_t account, int64_t **documents_r, struct error *error);
/* Is there an entry of this verb, document and version by this actor since then? 1 yes, 0 no, -1 error. */
int audit_since(struct store *store, const struct audit_entry *entry, const struct actor *actor, instant since, struct error *error);
/* Walks the whole chain; *count_r entries, or an error naming the first bad one (audit.chain). */
int audit_verify(struct store *store, int64_t *count_r, struct error *error);
/* The end of the chain, noted in the key file: is what was noted still there (audit.cut)? Move it on, never past a cut; or begin anew (a restore). */
int audit_anchor_check(struct store *store, struct error *error);
int audit_anchor_move(struct store *store, struct error *error);
int audit_anchor_reset(struct store *store, struct error *error);
/* Refusals to strangers: counted in memory that all processes share, so that nobody can buy rows; the clerk writes the count once a minute. */
int audit_share(struct error *error);       /* before the fork */
void audit_stranger(void);
int audit_strangers_keep(struct store *store, struct error *error);
/* For store/ only. The hash that the entry of that verb, number and object covers: 1 found, 0 none, -1 error. */
int audit_covers(struct store *store, const char *verb, int64_t document_id, int version, const char *object, unsigned char hash_r[SEAL_HASH], struct error *error);
/* The same for what belongs to a case rather than to a document (acts). */
int audit_covers_case(struct store *store, const char *verb, int64_t case_id, const char *object, unsigned char hash_r[SEAL_HASH], struct error *error);
/* Are there as many entries of that verb (a LIKE pattern) that vouch for a row as there are rows? Else an error with that code. */
int audit_counts(struct store *store, const char *verbs, int64_t rows, const char *code, struct error *error);

/* Columns of a row in a fixed framing, to be hashed: 'i' and 8 bytes big-endian; 't' length and bytes; 'h' a hash; 'n' for NULL. */
struct frame { unsigned char *bytes; size_t length; };
struct frame *frame_new(void *ctx);
void frame_int(struct frame *frame, int64_t value);
void frame_text(struct frame *frame, const char *text);
void frame_hash(struct frame *frame, const unsigned char *hash);                       /* NULL = none */
void frame_blob(struct frame *frame, const void *bytes, size_t length);                /* by its SHA-256 */
void frame_sum(const struct frame *frame, const unsigned char *previous, unsigned char hash_r[SEAL_HASH]);   /* previous NULL = zeros */
#endif
