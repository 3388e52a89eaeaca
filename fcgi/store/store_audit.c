#include "store/store_audit.h"

#include <string.h>
#include <talloc.h>

/* ---- framing ---- */

struct frame *frame_new(void *ctx)
{
	return talloc_zero(ctx, struct frame);
}

static void put(struct frame *frame, char kind, const void *bytes, size_t length)
{
	frame->bytes = talloc_realloc(frame, frame->bytes, unsigned char, frame->length + 1 + length);
	frame->bytes[frame->length] = (unsigned char)kind;
	if (length > 0)
		memcpy(frame->bytes + frame->length + 1, bytes, length);
	frame->length += 1 + length;
}

void frame_int(struct frame *frame, int64_t value)
{
	unsigned char bytes[8];

	for (int i = 0; i < 8; i++)
		bytes[i] = (unsigned char)((uint64_t)value >> (56 - 8 * i));
	put(frame, 'i', bytes, sizeof bytes);
}

void frame_text(struct frame *frame, const char *text)
{
	size_t length = text != NULL ? strlen(text) : 0;

	if (text == NULL) {
		put(frame, 'n', NULL, 0);
		return;
	}
	frame_int(frame, (int64_t)length);
	put(frame, 't', text, length);
}

void frame_hash(struct frame *frame, const unsigned char *hash)
{
	put(frame, hash != NULL ? 'h' : 'n', hash, hash != NULL ? SEAL_HASH : 0);
}

void frame_blob(struct frame *frame, const void *bytes, size_t length)
{
	unsigned char hash[SEAL_HASH];

	seal_sha256(bytes, length, hash);
	frame_hash(frame, hash);
}

void frame_sum(const struct frame *frame, const unsigned char *previous, unsigned char hash_r[SEAL_HASH])
{
	static const unsigned char zeros[SEAL_HASH];

	seal_chain(previous != NULL ? previous : zeros, frame->bytes, frame->length, hash_r);
}

/* ---- the chain ---- */

#define NO_TEXT(text) ((text) != NULL ? (text) : "")
#define CHAIN "seq, at, actor, token, verb, case_id, document_id, version, object, outcome, detail, covers, hash"

/* All columns but the hash, in the order of CHAIN. An id of 0 and NULL are one. */
struct link {
	int64_t seq, at, actor, token, case_id, document_id, version;
	const char *verb, *object, *outcome, *detail;
	const unsigned char *covers;
};

static void link_sum(const struct link *l, const unsigned char *previous, unsigned char hash_r[SEAL_HASH])
{
	struct frame *frame = frame_new(NULL);

	frame_int(frame, l->seq);
	frame_int(frame, l->at);
	frame_int(frame, l->actor);
	frame_int(frame, l->token);
	frame_text(frame, l->verb);
	frame_int(frame, l->case_id);
	frame_int(frame, l->document_id);
	frame_int(frame, l->version);
	frame_text(frame, l->object);
	frame_text(frame, l->outcome);
	frame_text(frame, l->detail);
	frame_hash(frame, l->covers);
	frame_sum(frame, previous, hash_r);
	talloc_free(frame);
}

/* The end of the chain; seq 0 and zeros when there is none yet. */
static int last(struct store *store, int64_t *seq_r, unsigned char hash_r[SEAL_HASH], struct error *error)
{
	struct query *q = db_query(NULL, store_db(store), "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1", error, "");
	int more = q != NULL ? db_step(q, error) : -1;

	if (more == 1) {
		*seq_r = db_int(q, 0);
		store_hash(q, 1, hash_r);
	} else if (more == 0) {
		*seq_r = 0;
		memset(hash_r, 0, SEAL_HASH);
	}
	talloc_free(q);
	return more < 0 ? -1 : 0;
}

int audit_add(struct store *store, const struct actor *actor, const struct audit_entry *entry, struct error *error)
{
	unsigned char previous[SEAL_HASH], hash[SEAL_HASH];
	struct link l = { 0, date_now(), actor->account, actor->token, entry->case_id, entry->document_id, entry->version, entry->verb,
		NO_TEXT(entry->object), entry->outcome != NULL ? entry->outcome : "done", NO_TEXT(entry->detail), entry->covers };

	if (!db_in_write(store_db(store)))
		return error_set(error, ERROR_FAULT, "db.no-transaction", "An audit entry was asked for outside a write transaction.");
	if (last(store, &l.seq, previous, error) != 0)
		return -1;
	l.seq++;
	link_sum(&l, previous, hash);
	return db_run(store_db(store), "INSERT INTO audit(" CHAIN ") VALUES (?, ?, ?, ?, ?, nullif(?, 0), nullif(?, 0), ?, ?, ?, ?, ?, ?)", error,
		"iiiitiiitttbb", l.seq, l.at, l.actor, l.token, l.verb, l.case_id, l.document_id, l.version, l.object, l.outcome, l.detail,
		l.covers, (size_t)SEAL_HASH, hash, (size_t)SEAL_HASH);
}

int audit_refusal(struct store *store, const struct actor *actor, const struct audit_entry *entry, struct error *error)
{
	struct audit_entry refused = *entry;

	if (refused.outcome == NULL)
		refused.outcome = "refused";
	if (store_begin(store, error) != 0)
		return -1;
	if (audit_add(store, actor, &refused, error) == 0)
		return store_commit(store, error);
	store_rollback(store);
	return -1;
}

/* ---- reading ---- */

static void row_read(void *ctx, struct audit_row *row, struct query *q)
{
	*row = (struct audit_row){ .seq = db_int(q, 0), .at = db_int(q, 1), .actor = db_text(ctx, q, 2), .verb = db_text(ctx, q, 3),
		.object = db_text(ctx, q, 4), .outcome = db_text(ctx, q, 5), .detail = db_text(ctx, q, 6), .document_id = db_int(q, 7),
		.version = (int)db_int(q, 8) };
}

int audit_written_by(void *ctx, struct store *store, int64_t case_id, int64_t account, int64_t **documents_r, struct error *error)
{
	int64_t *list = talloc_array(ctx, int64_t, 0);
	struct query *q = db_query(list, store_db(store), "SELECT DISTINCT document_id FROM audit WHERE case_id = ? AND actor = ?"
		" AND verb IN ('draft.save', 'version.add') AND document_id IS NOT NULL", error, "ii", case_id, account);
	int n = 0, more = -1;

	while (q != NULL && (more = db_step(q, error)) == 1) {
		list = talloc_realloc(ctx, list, int64_t, (size_t)n + 1);
		list[n++] = db_int(q, 0);
	}
	if (q != NULL)
		db_end(q);
	*documents_r = list;
	return more < 0 ? -1 : n;
}

int audit_of_case(void *ctx, struct store *store, int64_t case_id, int limit, int offset, struct audit_row **rows_r, struct error *error)
{
	struct audit_row *rows = talloc_array(ctx, struct audit_row, 0);
	struct query *q = db_query(rows, store_db(store), "SELECT a.seq, a.at, coalesce(p.name, 'System'), a.verb, a.object, a.outcome, a.detail,"
		" a.document_id, a.version FROM audit a LEFT JOIN account p ON p.id = a.actor WHERE a.case_id = ? ORDER BY a.seq DESC LIMIT ? OFFSET ?",
		error, "iii", case_id, (int64_t)limit, (int64_t)offset);
	int n = 0, more = -1;

	while (q != NULL && (more = db_step(q, error)) == 1) {
		rows = talloc_realloc(ctx, rows, struct audit_row, (size_t)n + 1);
		row_read(rows, &rows[n++], q);
	}
	if (more < 0) {
		talloc_free(rows);
		return -1;
	}
	db_end(q);
	*rows_r = rows;
	return n;
}

static int covers_read(struct query *q, unsigned char hash_r[SEAL_HASH], struct error *error)
{
	int more = q != NULL ? db_step(q, error) : -1;

	if (more == 1)
		store_hash(q, 0, hash_r);
	talloc_free(q);
	return more;
}

int audit_since(struct store *store, const struct audit_entry *entry, const struct actor *actor, instant since, struct error *error)
{
	int64_t one;

	return db_number(store_db(store), "SELECT 1 FROM audit WHERE document_id = ? AND version = ? AND verb = ? AND actor = ? AND at >= ? LIMIT 1", &one, error,
		"iitii", entry->document_id, (int64_t)entry->version, entry->verb, actor->account, since);
}

int audit_covers(struct store *store, const char *verb, int64_t document_id, int version, const char *object, unsigned char hash_r[SEAL_HASH], struct error *error)
{
	return covers_read(db_query(NULL, store_db(store), "SELECT covers FROM audit WHERE document_id = ? AND version = ? AND verb = ? AND object = ?"
		" AND covers IS NOT NULL ORDER BY seq LIMIT 1", error, "iitt", document_id, (int64_t)version, verb, object), hash_r, error);
}

int audit_covers_case(struct store *store, const char *verb, int64_t case_id, const char *object, unsigned char hash_r[SEAL_HASH], struct error *error)
{
	return covers_read(db_query(NULL, store_db(store), "SELECT covers FROM audit WHERE case_id = ? AND verb = ? AND object = ?"
		" AND covers IS NOT NULL ORDER BY seq LIMIT 1", error, "itt", case_id, verb, object), hash_r, error);
}

int audit_counts(struct store *store, const char *verbs, int64_t rows, const char *code, struct error *error)
{
	int64_t entries = 0;

	if (db_number(store_db(store), "SELECT count(*) FROM audit WHERE verb LIKE ? AND covers IS NOT NULL", &entries, error, "t", verbs) < 0)
		return -1;
	if (entries == rows)
		return 0;
	return error_set(error, ERROR_FAULT, code, "The audit knows of %lld rows of record (%s), but there are %lld.", (long long)entries, verbs,
		(long long)rows);
}

/* Does this row follow from the previous hash? Then its own becomes the previous one. */
static bool follows(struct query *q, int64_t seq, unsigned char previous[SEAL_HASH])
{
	unsigned char hash[SEAL_HASH], was[SEAL_HASH], covers[SEAL_HASH];
	struct link l = { db_int(q, 0), db_int(q, 1), db_int(q, 2), db_int(q, 3), db_int(q, 5), db_int(q, 6), db_int(q, 7), NULL };
	void *ctx = talloc_new(NULL);
	bool good = store_hash(q, 12, was) && (db_null(q, 11) || store_hash(q, 11, covers));

	l.verb = db_text(ctx, q, 4);
	l.object = db_text(ctx, q, 8);
	l.outcome = db_text(ctx, q, 9);
	l.detail = db_text(ctx, q, 10);
	l.covers = db_null(q, 11) ? NULL : covers;
	link_sum(&l, previous, hash);
	good = good && l.seq == seq && seal_same(hash, was, SEAL_HASH);
	memcpy(previous, hash, SEAL_HASH);
	talloc_free(ctx);
	return good;
}

int audit_verify(struct store *store, int64_t *count_r, struct error *error)
{
	struct query *q = db_query(NULL, store_db(store), "SELECT " CHAIN " FROM audit ORDER BY seq", error, "");
	unsigned char previous[SEAL_HASH] = { 0 };
	int64_t count = 0;
	int more = -1;

	while (q != NULL && (more = db_step(q, error)) == 1) {
		if (!follows(q, count + 1, previous)) {
			error_set(error, ERROR_FAULT, "audit.chain", "The audit was changed: entry %lld does not follow from the one before it.",
				(long long)db_int(q, 0));
			more = -1;
			break;
		}
		count++;
	}
	talloc_free(q);
	if (more < 0)
		return -1;
	*count_r = count;
	return 0;
}
