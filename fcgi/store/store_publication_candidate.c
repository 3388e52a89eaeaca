#include "store/store_publication.h"

#include <string.h>
#include <talloc.h>
#include "base/text.h"
#include "store/store_audit.h"

static char *binding(void *ctx, const char *pub, int n)
{
	return talloc_asprintf(ctx, "candidate/%s/%d", pub, n);
}

static const char *or_empty(const char *text)
{
	return text != NULL ? text : "";
}

static char *sha256_hex(void *ctx, const char *bytes, size_t length)
{
	unsigned char hash[SEAL_HASH];

	seal_sha256(bytes, length, hash);
	return text_hex(ctx, hash, SEAL_HASH);
}

/* What an approval binds: the bytes and all they were made by. Under the case's key, since a plain hash would confirm a guess. */
static void candidate_hash(const struct seal_key *key, const struct candidate *c, unsigned char hash_r[SEAL_HASH])
{
	struct frame *frame = frame_new(NULL);

	frame_int(frame, c->document_version);
	frame_int(frame, c->register_version);
	frame_int(frame, c->marks_version);
	frame_int(frame, c->published);
	frame_text(frame, or_empty(c->rules));
	frame_text(frame, or_empty(c->register_hash));
	frame_text(frame, or_empty(c->slug));
	frame_text(frame, or_empty(c->title));
	frame_blob(frame, c->bytes, c->length);
	seal_keyed_hash(key, frame->bytes, frame->length, hash_r);
	talloc_free(frame);
}

static void candidate_sum(const struct publication *p, const struct candidate *c, const unsigned char *hash, const void *sealed, size_t length,
	unsigned char sum_r[SEAL_HASH])
{
	struct frame *frame = frame_new(NULL);

	frame_int(frame, p->id);
	frame_int(frame, c->n);
	frame_int(frame, c->at);
	frame_int(frame, c->by);
	frame_hash(frame, hash);
	frame_blob(frame, sealed, length);
	frame_sum(frame, NULL, sum_r);
	talloc_free(frame);
}

/* ---- candidates ---- */

static unsigned char *candidate_seal(void *ctx, const struct seal_key *key, const struct publication *p, const struct candidate *c, size_t *length_r)
{
	char *head = talloc_asprintf(ctx, "%s\n%s\n%s\n%s", sha256_hex(ctx, c->bytes, c->length), or_empty(c->register_hash), or_empty(c->slug), or_empty(c->title));
	size_t size;
	unsigned char *packed = store_pack(ctx, head, c->bytes, c->length, &size);
	unsigned char *sealed = seal_close(ctx, key, binding(ctx, p->pub, c->n), packed, size, length_r);

	seal_wipe(packed, size);
	return sealed;
}

static int candidate_write(struct store *store, const struct actor *by, struct publication *p, struct candidate *c, struct error *error)
{
	void *ctx = talloc_new(NULL);
	struct audit_entry entry = { .verb = "candidate.add", .case_id = p->case_id, .document_id = p->document_id, .object = p->pub };
	unsigned char hash[SEAL_HASH], sum[SEAL_HASH], *sealed;
	struct seal_key key;
	int64_t n = 0;
	size_t length;
	int result = -1;

	if (store_case_key(store, p->case_id, &key, error) != 0
	    || db_number(store_db(store), "SELECT coalesce(max(n), 0) + 1 FROM candidate WHERE publication_id = ?", &n, error, "i", p->id) != 1)
		goto out;
	c->n = entry.version = (int)n;
	candidate_hash(&key, c, hash);
	sealed = candidate_seal(ctx, &key, p, c, &length);
	candidate_sum(p, c, hash, sealed, length, sum);
	entry.covers = sum;
	if (db_run(store_db(store), "INSERT INTO candidate(publication_id, n, document_version, register_version, marks_version, rules, published, at, author,"
	    " hash, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", error, "iiiiitiiibb", p->id, n, (int64_t)c->document_version,
	    (int64_t)c->register_version, (int64_t)c->marks_version, or_empty(c->rules), (int64_t)c->published, c->at, c->by, hash, (size_t)SEAL_HASH,
	    sealed, length) == 0
	    && audit_add(store, by, &entry, error) == 0)
		result = publication_set(store, p, "candidate", or_empty(c->slug), p->edition, error);
out:
	seal_wipe(&key, sizeof key);
	talloc_free(ctx);
	return result;
}

int candidate_add(struct store *store, const struct actor *by, struct publication *p, const struct candidate *c, int *n_r, struct error *error)
{
	struct candidate kept = *c;
	bool began;
	int result;

	kept.at = date_now();
	kept.by = by->account;
	if (store_join(store, &began, error) != 0)
		return -1;
	result = store_leave(store, began, candidate_write(store, by, p, &kept, error), error);
	if (result == 0)
		*n_r = kept.n;
	return result;
}

/* The next line of the head; the last takes the rest. */
static char *line_of(void *ctx, const char **at, bool last)
{
	const char *end = last ? NULL : strchr(*at, '\n');
	char *line = end != NULL ? talloc_strndup(ctx, *at, (size_t)(end - *at)) : talloc_strdup(ctx, *at);

	*at = end != NULL ? end + 1 : *at + strlen(*at);
	return line;
}

#define CANDIDATE "SELECT c.id, c.n, c.document_version, c.register_version, c.marks_version, c.rules, c.published, c.at, c.author," \
	" coalesce(a.name, 'System'), c.hash, c.sealed"

static int candidate_open(struct candidate *c, const struct seal_key *key, const char *pub, struct query *q, struct error *error)
{
	size_t length, plain;
	unsigned char *sealed = db_bytes(q, q, 11, &length);
	unsigned char *packed = seal_open(sealed, key, binding(sealed, pub, c->n), sealed, length, &plain, error);
	char *head;
	const char *at;
	int result = packed != NULL ? store_unpack(c, packed, plain, &head, &c->bytes, &c->length, error) : -1;

	talloc_free(sealed);
	if (result != 0)
		return -1;
	at = head;
	c->sha256 = line_of(c, &at, false);
	c->register_hash = line_of(c, &at, false);
	c->slug = line_of(c, &at, false);
	c->title = line_of(c, &at, true);
	return 0;
}

static void candidate_read(struct candidate *c, struct query *q)
{
	*c = (struct candidate){ .id = db_int(q, 0), .n = (int)db_int(q, 1), .document_version = (int)db_int(q, 2), .register_version = (int)db_int(q, 3),
		.marks_version = (int)db_int(q, 4), .rules = db_text(c, q, 5), .published = (day)db_int(q, 6), .at = db_int(q, 7), .by = db_int(q, 8),
		.by_name = db_text(c, q, 9) };
}

/* With the kept hash. */
static struct candidate *latest(void *ctx, struct store *store, const struct publication *p, const struct seal_key *key, unsigned char hash_r[SEAL_HASH],
	struct error *error)
{
	struct candidate *c = talloc_zero(ctx, struct candidate);
	struct query *q = db_query(NULL, store_db(store), CANDIDATE " FROM candidate c LEFT JOIN account a ON a.id = c.author WHERE c.publication_id = ?"
		" ORDER BY c.n DESC LIMIT 1", error, "i", p->id);
	int more = q != NULL ? db_step(q, error) : -1, bad = -1;

	if (more == 0)
		error_set(error, ERROR_MISSING, "candidate.missing", "There is no candidate yet.");
	else if (more == 1) {
		candidate_read(c, q);
		store_hash(q, 10, hash_r);
		bad = candidate_open(c, key, p->pub, q, error);
	}
	talloc_free(q);
	if (bad == 0)
		return c;
	talloc_free(c);
	return NULL;
}

struct candidate *candidate_latest(void *ctx, struct store *store, const struct publication *p, struct error *error)
{
	unsigned char hash[SEAL_HASH];
	struct seal_key key;
	struct candidate *c;

	if (store_case_key(store, p->case_id, &key, error) != 0)
		return NULL;
	c = latest(ctx, store, p, &key, hash, error);
	seal_wipe(&key, sizeof key);
	return c;
}

int candidate_is_latest(struct store *store, const struct publication *p, const struct candidate *c, int64_t *id_r, unsigned char hash_r[SEAL_HASH], struct error *error)
{
	unsigned char hash[SEAL_HASH], kept[SEAL_HASH];
	struct seal_key key;
	struct candidate *now;
	int result = -1;

	if (store_case_key(store, p->case_id, &key, error) != 0)
		return -1;
	now = latest(NULL, store, p, &key, kept, error);
	if (now != NULL) {
		candidate_hash(&key, c, hash);
		if (now->n == c->n && seal_same(hash, kept, SEAL_HASH)) {
			*id_r = now->id;
			memcpy(hash_r, kept, SEAL_HASH);
			result = 0;
		} else
			error_set(error, ERROR_CONFLICT, "approval.stale", "The page has changed since you saw it. Look at it again.");
	}
	seal_wipe(&key, sizeof key);
	talloc_free(now);
	return result;
}

int candidate_followed(struct store *store, const struct publication *p, const struct candidate *c, const char *act, struct error *error)
{
	int64_t seq;
	char *verb = talloc_asprintf(NULL, "act.%s", act);
	int found = db_number(store_db(store), "SELECT t.seq FROM audit m CROSS JOIN audit t ON t.document_id = m.document_id AND t.seq > m.seq AND t.verb = ?"
		" WHERE m.document_id = ? AND m.version = ? AND m.verb = 'candidate.add' AND m.object = ? LIMIT 1", &seq, error, "tiit", verb, p->document_id, (int64_t)c->n, p->pub);

	talloc_free(verb);
	return found;
}

int publication_checked(struct store *store, const struct publication *p, int version, const char *act, struct error *error)
{
	int64_t recalled = 0, seq;
	char *verb = talloc_asprintf(NULL, "act.%s", act);
	int found = db_number(store_db(store), "SELECT coalesce(max(seq), 0) FROM audit WHERE document_id = ? AND verb = 'edition.withdraw' AND object = ? AND actor = 0", &recalled, error, "it", p->document_id, p->pub);

	if (found >= 0 && (recalled > 0 || p->edition == 0))
		found = db_number(store_db(store), "SELECT seq FROM audit WHERE document_id = ? AND version = ? AND verb = ? AND seq > ? LIMIT 1", &seq, error, "iiti", p->document_id, (int64_t)version, verb, recalled);
	talloc_free(verb);
	return found;
}

/* ---- approvals ---- */

static int approval_write(struct store *store, const struct actor *by, struct publication *p, const struct candidate *c, const char *role, const char *state,
	struct error *error)
{
	struct audit_entry entry = { .verb = "approval.add", .case_id = p->case_id, .document_id = p->document_id, .version = c->n, .object = p->pub, .detail = role };
	unsigned char hash[SEAL_HASH];
	int64_t id;

	if (candidate_is_latest(store, p, c, &id, hash, error) != 0)
		return -1;
	if (db_run(store_db(store), "INSERT INTO approval(candidate_id, account, role, at, hash) VALUES (?, ?, ?, ?, ?)"
	    " ON CONFLICT (candidate_id, account) DO NOTHING", error, "iitib", id, by->account, role, date_now(), hash, (size_t)SEAL_HASH) != 0)
		return -1;
	if (db_changes(store_db(store)) == 0)
		return error_set(error, ERROR_CONFLICT, "approval.twice", "You have passed this page already; somebody else must do this.");
	if (audit_add(store, by, &entry, error) != 0)
		return -1;
	return state != NULL ? publication_set(store, p, state, p->slug, p->edition, error) : 0;
}

int approval_add(struct store *store, const struct actor *by, struct publication *p, const struct candidate *c, const char *role, const char *state, struct error *error)
{
	bool began;

	if (store_join(store, &began, error) != 0)
		return -1;
	return store_leave(store, began, approval_write(store, by, p, c, role, state, error), error);
}

int approval_list(void *ctx, struct store *store, const struct publication *p, const struct candidate *c, struct approval **list_r, struct error *error)
{
	struct approval *list = talloc_array(ctx, struct approval, 0);
	struct query *q = db_query(list, store_db(store), "SELECT v.role, a.name, v.account, v.at FROM candidate c JOIN approval v ON v.candidate_id = c.id"
		" JOIN account a ON a.id = v.account WHERE c.publication_id = ? AND c.n = ? ORDER BY v.id", error, "ii", p->id, (int64_t)c->n);
	int n = 0, more = -1;

	while (q != NULL && (more = db_step(q, error)) == 1) {
		list = talloc_realloc(ctx, list, struct approval, (size_t)n + 1);
		list[n] = (struct approval){ db_text(list, q, 0), db_text(list, q, 1), db_int(q, 2), db_int(q, 3) };
		n++;
	}
	if (more < 0) {
		talloc_free(list);
		return -1;
	}
	db_end(q);
	*list_r = list;
	return n;
}

/* ---- verifying ---- */

static int candidate_whole(struct store *store, struct query *q, struct error *error)
{
	struct candidate *c = talloc_zero(NULL, struct candidate);
	struct publication p = { .id = db_int(q, 12), .document_id = db_int(q, 13) };
	unsigned char hash[SEAL_HASH], sum[SEAL_HASH], covered[SEAL_HASH];
	size_t length;
	unsigned char *sealed = db_bytes(c, q, 11, &length);
	int found;

	candidate_read(c, q);
	store_hash(q, 10, hash);
	candidate_sum(&p, c, hash, sealed, length, sum);
	found = audit_covers(store, "candidate.add", p.document_id, c->n, db_text(c, q, 14), covered, error);
	if (found >= 0 && (found == 0 || !seal_same(sum, covered, SEAL_HASH)))
		found = error_set(error, ERROR_FAULT, "candidate.broken", "Candidate %d of a publication is not the one that was kept.", c->n);
	talloc_free(c);
	return found < 0 ? -1 : 0;
}

int candidate_verify(struct store *store, int64_t *count_r, struct error *error)
{
	struct query *q;
	int64_t count = 0;
	int more = -1;

	if (db_read_begin(store_db(store), error) != 0)       /* one snapshot: rows and entries are compared */
		return -1;
	q = db_query(NULL, store_db(store), CANDIDATE ", p.id, p.document_id, p.pub FROM candidate c JOIN publication p ON p.id = c.publication_id"
		" LEFT JOIN account a ON a.id = c.author ORDER BY c.id", error, "");
	while (q != NULL && (more = db_step(q, error)) == 1) {
		if ((more = candidate_whole(store, q, error)) < 0)
			break;
		count++;
	}
	talloc_free(q);
	if (more >= 0 && audit_counts(store, "candidate.add", count, "candidate.lost", error) != 0)
		more = -1;
	db_read_end(store_db(store));
	if (more < 0)
		return -1;
	*count_r = count;
	return 0;
}
