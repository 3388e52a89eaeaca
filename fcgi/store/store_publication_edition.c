#include "store/store_publication.h"

#include <string.h>
#include <talloc.h>
#include "base/text.h"
#include "store/store_audit.h"

#define EDITION "SELECT e.publication_id, e.n, e.folder, e.slug, e.title, e.sha256, e.published, e.released, coalesce(w.at, 0), coalesce(w.reason, '')"

static void edition_read(void *ctx, struct edition *e, struct query *q)
{
	*e = (struct edition){ .publication_id = db_int(q, 0), .n = (int)db_int(q, 1), .folder = db_text(ctx, q, 2), .slug = db_text(ctx, q, 3),
		.title = db_text(ctx, q, 4), .sha256 = db_text(ctx, q, 5), .published = (day)db_int(q, 6), .released = db_int(q, 7),
		.withdrawn = db_int(q, 8), .reason = db_text(ctx, q, 9) };
}

static void edition_sum(const struct edition *e, unsigned char sum_r[SEAL_HASH])
{
	struct frame *frame = frame_new(NULL);

	frame_int(frame, e->publication_id);
	frame_int(frame, e->n);
	frame_text(frame, e->folder);
	frame_text(frame, e->slug);
	frame_text(frame, e->title);
	frame_text(frame, e->sha256);
	frame_int(frame, e->published);
	frame_int(frame, e->released);
	frame_blob(frame, e->bytes, e->length);
	frame_sum(frame, NULL, sum_r);
	talloc_free(frame);
}

/* ---- release ---- */

/* The store's own last look, whatever the rules above it said: the approved state, the newest candidate, two people for exactly these bytes. */
static int may_release(struct store *store, const struct publication *p, const struct candidate *c, int64_t *candidate_r, struct error *error)
{
	unsigned char hash[SEAL_HASH];
	int64_t people = 0;
	struct publication *now;
	bool approved;

	if (candidate_is_latest(store, p, c, candidate_r, hash, error) != 0)
		return -1;
	now = publication_get(NULL, store, p->pub, error);
	if (now == NULL)
		return -1;
	approved = strcmp(now->state, "approved") == 0 && now->edition == p->edition;
	talloc_free(now);
	if (!approved)
		return error_set(error, ERROR_CONFLICT, "edition.not-approved", "Only an approved page can be released.");
	if (db_number(store_db(store), "SELECT count(DISTINCT account) FROM approval WHERE candidate_id = ? AND hash = ?", &people, error,
	    "ib", *candidate_r, hash, (size_t)SEAL_HASH) != 1)
		return -1;
	if (people < 2)
		return error_set(error, ERROR_CONFLICT, "edition.two-people", "Two people must have passed this page before it is released.");
	return 0;
}

static int edition_insert(struct store *store, const struct actor *by, const struct edition *e, int64_t candidate, struct error *error)
{
	return db_run(store_db(store), "INSERT INTO edition(publication_id, n, candidate_id, folder, slug, title, sha256, published, released, released_by, bytes)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", error, "iiittttiiib", e->publication_id, (int64_t)e->n, candidate, e->folder, e->slug,
		e->title, e->sha256, (int64_t)e->published, e->released, by->account, e->bytes, e->length);
}

static int release_write(struct store *store, const struct actor *by, struct publication *p, const struct candidate *c, struct error *error)
{
	struct edition e = { .publication_id = p->id, .n = p->edition + 1, .folder = p->folder, .slug = c->slug, .title = c->title, .published = c->published,
		.released = date_now(), .bytes = c->bytes, .length = c->length };
	struct audit_entry entry = { .verb = "edition.release", .case_id = p->case_id, .document_id = p->document_id, .version = e.n, .object = p->pub };
	unsigned char hash[SEAL_HASH], sum[SEAL_HASH];
	int64_t candidate;
	int result = -1;

	if (may_release(store, p, c, &candidate, error) != 0)
		return -1;
	if (e.slug == NULL || *e.slug == '\0' || e.title == NULL || e.bytes == NULL)
		return error_set(error, ERROR_INVALID, "edition.incomplete", "A page needs an address, a title and a text to be released.");
	seal_sha256(e.bytes, e.length, hash);
	e.sha256 = text_hex(NULL, hash, SEAL_HASH);
	edition_sum(&e, sum);
	entry.covers = sum;
	if (edition_insert(store, by, &e, candidate, error) == 0 && audit_add(store, by, &entry, error) == 0)
		result = publication_set(store, p, "released", e.slug, e.n, error);
	talloc_free(e.sha256);
	return result;
}

int edition_release(struct store *store, const struct actor *by, struct publication *p, const struct candidate *c, struct error *error)
{
	bool began;

	if (store_join(store, &began, error) != 0)
		return -1;
	return store_leave(store, began, release_write(store, by, p, c, error), error);
}

/* ---- withdrawal ---- */

static int withdraw_write(struct store *store, const struct actor *by, struct publication *p, const char *reason, struct error *error)
{
	struct audit_entry entry = { .verb = "edition.withdraw", .case_id = p->case_id, .document_id = p->document_id, .object = p->pub };
	int64_t n = 0;
	int more = db_number(store_db(store), "INSERT INTO withdrawal(edition_id, at, author, reason) SELECT e.id, ?, ?, ? FROM publication p"
		" JOIN edition e ON e.publication_id = p.id AND e.n = p.edition WHERE p.id = ?"
		" AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.edition_id = e.id) RETURNING id", &n, error, "iiti", date_now(), by->account, reason, p->id);

	if (more == 0)
		return error_set(error, ERROR_CONFLICT, "edition.not-public", "This is not public, or was withdrawn before.");
	entry.version = p->edition;
	if (more < 0 || audit_add(store, by, &entry, error) != 0)
		return -1;
	return publication_set(store, p, "withdrawn", p->slug, p->edition, error);
}

int edition_withdraw(struct store *store, const struct actor *by, struct publication *p, const char *reason, struct error *error)
{
	bool began;

	if (store_join(store, &began, error) != 0)
		return -1;
	return store_leave(store, began, withdraw_write(store, by, p, reason, error), error);
}

/* ---- reading ---- */

bool edition_stands(struct store *store, const struct publication *p)
{
	struct error ignored;
	int64_t n = 0;

	return db_number(store_db(store), "SELECT e.n FROM publication p JOIN edition e ON e.publication_id = p.id AND e.n = p.edition WHERE p.id = ?"
		" AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.edition_id = e.id)", &n, &ignored, "i", p->id) != 0;
}

#define PUBLIC " FROM publication p JOIN edition e ON e.publication_id = p.id AND e.n = p.edition LEFT JOIN withdrawal w ON w.edition_id = e.id" \
	" WHERE p.edition > 0 ORDER BY e.released DESC, e.id DESC"

int edition_list(void *ctx, struct store *store, bool with_bytes, struct edition **list_r, struct error *error)
{
	struct edition *list = talloc_array(ctx, struct edition, 0);
	struct query *q = db_query(list, store_db(store), with_bytes ? EDITION ", e.bytes" PUBLIC : EDITION PUBLIC, error, "");
	int n = 0, more = -1;

	while (q != NULL && (more = db_step(q, error)) == 1) {
		list = talloc_realloc(ctx, list, struct edition, (size_t)n + 1);
		edition_read(list, &list[n], q);
		if (with_bytes)
			list[n].bytes = (char *)db_bytes(list, q, 10, &list[n].length);
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

struct edition *edition_get(void *ctx, struct store *store, const struct publication *p, struct error *error)
{
	struct query *q = db_query(NULL, store_db(store), EDITION ", e.bytes FROM publication p JOIN edition e ON e.publication_id = p.id AND e.n = p.edition"
		" LEFT JOIN withdrawal w ON w.edition_id = e.id WHERE p.id = ?", error, "i", p->id);
	int more = q == NULL ? -1 : db_step(q, error);
	struct edition *e = NULL;

	if (more == 1) {
		e = talloc_zero(ctx, struct edition);
		edition_read(e, e, q);
		e->bytes = (char *)db_bytes(e, q, 10, &e->length);
	} else if (more == 0)
		error_set(error, ERROR_MISSING, "edition.none", "This was never published.");
	talloc_free(q);
	return e;
}

#define KEPT " AND (a.verb IN ('version.add', 'note.add') OR a.verb GLOB 'act.*')"

int edition_cases_since(void *ctx, struct store *store, int64_t after, int64_t **cases_r, int64_t *last_r, struct error *error)
{
	int64_t *list = talloc_array(ctx, int64_t, 0);
	struct query *q = NULL;
	int n = 0, more = db_number(store_db(store), "SELECT coalesce(max(seq), 0) FROM audit", last_r, error, "");

	if (more < 0 || *last_r == after) {
		*cases_r = list;
		return more < 0 ? -1 : 0;
	}
	q = after == 0 ? db_query(list, store_db(store), "SELECT DISTINCT case_id FROM publication WHERE edition > 0", error, "")
		: db_query(list, store_db(store), "SELECT DISTINCT a.case_id FROM audit a NOT INDEXED CROSS JOIN publication p ON p.case_id = a.case_id AND p.edition > 0"
			" WHERE a.seq > ?" KEPT, error, "i", after);
	while (q != NULL && (more = db_step(q, error)) == 1) {
		list = talloc_realloc(ctx, list, int64_t, (size_t)n + 1);
		list[n++] = db_int(q, 0);
	}
	talloc_free(q);
	*cases_r = list;
	return q == NULL || more < 0 ? -1 : n;
}

int edition_withdrawn_by_system(struct store *store, const struct publication *p, struct error *error)
{
	int64_t author = 1;
	int more = db_number(store_db(store), "SELECT w.author FROM edition e JOIN withdrawal w ON w.edition_id = e.id WHERE e.publication_id = ? AND e.n = ?", &author, error,
		"ii", p->id, (int64_t)p->edition);

	return more < 0 ? -1 : more == 1 && author == 0;
}

/* Rows of both tables are numbered without a gap and never go. */
int edition_serial(struct store *store, int64_t *serial_r, struct error *error)
{
	return db_number(store_db(store), "SELECT coalesce((SELECT max(id) FROM edition), 0) + coalesce((SELECT max(id) FROM withdrawal), 0)", serial_r, error, "") == 1
		? 0 : -1;
}

/* ---- verifying ---- */

static int edition_whole(struct store *store, struct query *q, struct error *error)
{
	void *ctx = talloc_new(NULL);
	unsigned char hash[SEAL_HASH], sum[SEAL_HASH], covered[SEAL_HASH];
	char *pub = db_text(ctx, q, 12);
	struct edition e;
	int found;

	edition_read(ctx, &e, q);
	e.bytes = (char *)db_bytes(ctx, q, 10, &e.length);
	seal_sha256(e.bytes, e.length, hash);
	edition_sum(&e, sum);
	found = audit_covers(store, "edition.release", db_int(q, 11), e.n, pub, covered, error);
	if (found >= 0 && (found == 0 || !seal_same(sum, covered, SEAL_HASH) || strcmp(text_hex(ctx, hash, SEAL_HASH), e.sha256) != 0))
		found = error_set(error, ERROR_FAULT, "edition.broken", "Edition %d of publication %s is not the one that was released.", e.n, pub);
	talloc_free(ctx);
	return found < 0 ? -1 : 0;
}

int edition_verify(struct store *store, int64_t *count_r, struct error *error)
{
	struct query *q;
	int64_t count = 0;
	int more = -1;

	if (db_read_begin(store_db(store), error) != 0)       /* one snapshot: rows and entries are compared */
		return -1;
	q = db_query(NULL, store_db(store), EDITION ", e.bytes, p.document_id, p.pub FROM edition e JOIN publication p ON p.id = e.publication_id"
		" LEFT JOIN withdrawal w ON w.edition_id = e.id ORDER BY e.id", error, "");
	while (q != NULL && (more = db_step(q, error)) == 1) {
		if ((more = edition_whole(store, q, error)) < 0)
			break;
		count++;
	}
	talloc_free(q);
	if (more >= 0 && audit_counts(store, "edition.release", count, "edition.lost", error) != 0)
		more = -1;
	db_read_end(store_db(store));
	if (more < 0)
		return -1;
	*count_r = count;
	return 0;
}
