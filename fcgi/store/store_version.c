#include "store/store_version.h"

#include <string.h>
#include <talloc.h>
#include "base/text.h"
#include "store/store_audit.h"

/* Big bodies last: SQLite reads a row's pages in order, so a list does not touch them. */
#define COLUMNS "SELECT v.document_id, v.n, v.form_version, v.at, v.author, coalesce(p.name, 'System'), v.agency, v.same"
#define FROM " FROM version v LEFT JOIN account p ON p.id = v.author"

static char *binding(void *ctx, const char *document_pub, int n)
{
	return talloc_asprintf(ctx, "version/%s/%d", document_pub, n);
}

static void version_read(void *ctx, struct version *v, struct query *q)
{
	*v = (struct version){ .document_id = db_int(q, 0), .n = (int)db_int(q, 1), .form_version = (int)db_int(q, 2), .at = db_int(q, 3),
		.author = db_int(q, 4), .author_name = db_text(ctx, q, 5), .agency = db_text(ctx, q, 6) };
}

/* What the audit entry of a version covers: the row, and the hash of the sealed bytes, never of the plain ones. */
static void version_sum(const struct version *v, const unsigned char *same, const void *sealed, size_t length, unsigned char hash_r[SEAL_HASH])
{
	struct frame *frame = frame_new(NULL);

	frame_int(frame, v->document_id);
	frame_int(frame, v->n);
	frame_int(frame, v->form_version);
	frame_int(frame, v->at);
	frame_int(frame, v->author);
	frame_text(frame, v->agency);
	frame_hash(frame, same);
	frame_blob(frame, sealed, length);
	frame_sum(frame, NULL, hash_r);
	talloc_free(frame);
}

/* ---- writing ---- */

/* The newest version's number, time and keyed hash; number 0 when there is none. */
static int newest(struct store *store, int64_t document_id, int *n_r, instant *at_r, unsigned char same_r[SEAL_HASH], struct error *error)
{
	struct query *q = db_query(NULL, store_db(store), "SELECT n, at, same FROM version WHERE document_id = ? ORDER BY n DESC LIMIT 1", error, "i", document_id);
	int more = q != NULL ? db_step(q, error) : -1;

	if (more == 1) {
		*n_r = (int)db_int(q, 0);
		*at_r = db_int(q, 1);
		store_hash(q, 2, same_r);
	} else if (more == 0)
		*n_r = 0;
	talloc_free(q);
	return more < 0 ? -1 : 0;
}

static unsigned char *seal_version(void *ctx, const struct seal_key *key, const struct document *document, int n, const char *bytes, size_t length,
	const char *sha256, const char *reasons, size_t *length_r)
{
	unsigned char *packed, *sealed;
	char *head;
	size_t size;

	head = talloc_asprintf(ctx, "%s\n%s", sha256, reasons != NULL ? reasons : "");
	packed = store_pack(ctx, head, bytes, length, &size);
	sealed = seal_close(ctx, key, binding(ctx, document->pub, n), packed, size, length_r);
	seal_wipe(packed, size);
	return sealed;
}

static int version_write(struct store *store, const struct actor *by, const struct document *document, const struct version *v, const struct seal_key *key,
	const unsigned char *same, struct error *error)
{
	void *ctx = talloc_new(NULL);
	struct audit_entry entry = { .verb = "version.add", .case_id = document->case_id, .document_id = document->id, .version = v->n, .object = document->pub };
	unsigned char sum[SEAL_HASH];
	size_t length;
	unsigned char *sealed = seal_version(ctx, key, document, v->n, v->bytes, v->length, v->sha256, v->reasons, &length);
	int result = db_run(store_db(store), "INSERT INTO version(document_id, n, form_version, at, author, agency, same, sealed)"
		" VALUES (?, ?, ?, ?, ?, ?, ?, ?)", error, "iiiiitbb", v->document_id, (int64_t)v->n, (int64_t)v->form_version, v->at, v->author, v->agency,
		same, (size_t)SEAL_HASH, sealed, length);

	if (result == 0)
		result = document_set_latest(store, document, v->n, error);
	version_sum(v, same, sealed, length, sum);
	entry.covers = sum;
	if (result == 0)
		result = audit_add(store, by, &entry, error);
	talloc_free(ctx);
	return result;
}

static char *hex_of(void *ctx, const char *bytes, size_t length)
{
	unsigned char hash[SEAL_HASH];

	seal_sha256(bytes, length, hash);
	return text_hex(ctx, hash, SEAL_HASH);
}

int version_add(struct store *store, const struct actor *by, struct document *document, int form_version, const char *bytes, size_t length,
	const char *reasons, int *n_r, bool *same_r, instant *at_r, struct error *error)
{
	char *sha256 = NULL;
	int result = version_add_told(NULL, store, by, document, form_version, bytes, length, reasons, n_r, same_r, at_r, &sha256, error);

	talloc_free(sha256);
	return result;
}

int version_add_told(void *ctx, struct store *store, const struct actor *by, struct document *document, int form_version, const char *bytes, size_t length,
	const char *reasons, int *n_r, bool *same_r, instant *at_r, char **sha256_r, struct error *error)
{
	struct version v = { .document_id = document->id, .form_version = form_version, .at = date_now(), .author = by->account,
		.agency = (char *)(by->agency != NULL ? by->agency : ""), .bytes = (char *)bytes, .length = length, .reasons = (char *)reasons };
	unsigned char hash[SEAL_HASH], was[SEAL_HASH];
	struct seal_key key;
	instant was_at = 0;
	int n = 0, result = -1;

	if (!db_in_write(store_db(store)))
		return error_set(error, ERROR_FAULT, "db.no-transaction", "A version was to be added outside a write transaction.");
	if (newest(store, document->id, &n, &was_at, was, error) != 0 || store_case_key(store, document->case_id, &key, error) != 0)
		return -1;
	v.sha256 = hex_of(ctx, bytes, length);
	seal_keyed_hash(&key, bytes, length, hash);
	if (n > 0 && seal_same(hash, was, SEAL_HASH)) {
		*n_r = n;
		*same_r = true;
		*at_r = was_at;
		result = 0;
		goto out;
	}
	v.n = n + 1;
	if (version_write(store, by, document, &v, &key, hash, error) != 0)
		goto out;
	document->latest = *n_r = v.n;
	*same_r = false;
	*at_r = v.at;
	result = 0;
out:
	seal_wipe(&key, sizeof key);
	if (result == 0)
		*sha256_r = v.sha256;
	else
		talloc_free(v.sha256);
	return result;
}

/* ---- reading ---- */

static int unseal(void *ctx, struct version *v, const struct seal_key *key, const char *document_pub, struct query *q, struct error *error)
{
	size_t length, plain;
	unsigned char *sealed = db_bytes(q, q, 8, &length);
	unsigned char *packed = seal_open(sealed, key, binding(sealed, document_pub, v->n), sealed, length, &plain, error);
	char *head, *end;
	int result = packed != NULL ? store_unpack(ctx, packed, plain, &head, &v->bytes, &v->length, error) : -1;

	if (packed != NULL)
		seal_wipe(packed, plain);
	talloc_free(sealed);
	if (result != 0)
		return -1;
	end = strchr(head, '\n');
	v->sha256 = end != NULL ? talloc_strndup(ctx, head, (size_t)(end - head)) : talloc_strdup(ctx, head);
	v->reasons = talloc_strdup(ctx, end != NULL ? end + 1 : "");
	return 0;
}

struct version *version_get(void *ctx, struct store *store, const struct document *document, int n, struct error *error)
{
	struct version *v = talloc_zero(ctx, struct version);
	struct seal_key key;
	struct query *q = n > 0
		? db_query(v, store_db(store), COLUMNS ", v.sealed" FROM " WHERE v.document_id = ? AND v.n = ?", error, "ii", document->id, (int64_t)n)
		: db_query(v, store_db(store), COLUMNS ", v.sealed" FROM " WHERE v.document_id = ? ORDER BY v.n DESC LIMIT 1", error, "i", document->id);
	int more = q != NULL ? db_step(q, error) : -1;

	if (more == 0)
		error_set(error, ERROR_MISSING, "version.missing", "There is no such version.");
	if (more != 1 || store_case_key(store, document->case_id, &key, error) != 0)
		goto out;
	version_read(v, v, q);
	more = unseal(v, v, &key, document->pub, q, error);
	seal_wipe(&key, sizeof key);
	if (more != 0)
		goto out;
	db_end(q);
	return v;
out:
	talloc_free(v);
	return NULL;
}

static const struct opened_text *open_now(struct store *store, const struct document *document, int n, struct error *error)
{
	void *ctx = talloc_new(NULL);
	struct version *v = version_get(ctx, store, document, n, error);
	struct xml_doc *doc = v == NULL ? NULL : xml_read_own(ctx, v->bytes, v->length, document->pub, error);
	struct opened_text text = { .case_id = document->case_id, .document_id = document->id, .n = n };
	struct seal_key key;
	const struct opened_text *kept = NULL;

	if (doc != NULL && store_case_key(store, document->case_id, &key, error) == 0) {
		text.key_id = key.id;
		text.author = v->author;
		kept = opened_keep(store_opened(store), &text, doc, v->length, db_in_write(store_db(store)), date_now_real());
		seal_wipe(&key, sizeof key);
	}
	if (v != NULL)
		seal_wipe(v->bytes, v->length);
	talloc_free(ctx);
	return kept;
}

const struct xml_doc *version_opened(struct store *store, const struct document *document, int n, int64_t *author_r, struct error *error)
{
	const struct opened_text *t = opened_find(store_opened(store), document->id, n, date_now_real());
	int there = t == NULL ? 1 : store_has_key(store, t->key_id, error);

	if (there == 0)
		opened_forget(store_opened(store), document->case_id);
	if (t == NULL || there == 0)          /* without its key this fails as it must, and says why */
		t = open_now(store, document, n, error);
	if (t == NULL || there < 0)
		return NULL;
	*author_r = t->author;
	return t->doc;
}

int version_list(void *ctx, struct store *store, const struct document *document, struct version **list_r, struct error *error)
{
	struct version *list = talloc_array(ctx, struct version, 0);
	struct query *q = db_query(list, store_db(store), COLUMNS FROM " WHERE v.document_id = ? ORDER BY v.n DESC", error, "i", document->id);
	int n = 0, more = -1;

	while (q != NULL && (more = db_step(q, error)) == 1) {
		list = talloc_realloc(ctx, list, struct version, (size_t)n + 1);
		version_read(list, &list[n], q);
		list[n++].reasons = talloc_strdup(list, "");
	}
	if (more < 0) {
		talloc_free(list);
		return -1;
	}
	db_end(q);
	*list_r = list;
	return n;
}

int version_hash(struct store *store, const struct document *document, int n, unsigned char hash_r[SEAL_HASH], struct error *error)
{
	struct query *q = db_query(NULL, store_db(store), "SELECT same FROM version WHERE document_id = ? AND n = ?", error, "ii", document->id, (int64_t)n);
	int more = q != NULL ? db_step(q, error) : -1;

	if (more == 1)
		store_hash(q, 0, hash_r);
	else if (more == 0)
		error_set(error, ERROR_MISSING, "version.missing", "There is no such version.");
	talloc_free(q);
	return more == 1 ? 0 : -1;
}

int version_is_latest(struct store *store, const struct document *document, const char *bytes, size_t length, int *n_r, instant *at_r, struct error *error)
{
	unsigned char same[SEAL_HASH], now[SEAL_HASH];
	struct seal_key key;
	instant at;
	int n;

	if (newest(store, document->id, &n, &at, same, error) != 0)
		return -1;
	if (n == 0)
		return 0;
	if (store_case_key(store, document->case_id, &key, error) != 0)
		return -1;
	seal_keyed_hash(&key, bytes, length, now);
	seal_wipe(&key, sizeof key);
	if (!seal_same(same, now, SEAL_HASH))
		return 0;
	*n_r = n;
	*at_r = at;
	return 1;
}

/* ---- verifying ---- */

/* The key of the last case asked for, since versions come document by document. */
struct walk { struct store *store; int64_t case_id; struct seal_key key; bool destroyed; int64_t document_id; int n; };

static int walk_key(struct walk *w, int64_t case_id, struct error *error)
{
	if (w->case_id == case_id)
		return 0;
	w->destroyed = false;
	if (store_case_key(w->store, case_id, &w->key, error) != 0) {
		if (error->kind != ERROR_GONE)
			return -1;
		w->destroyed = true;         /* what was shredded has its place in the chain, but opens no more */
	}
	w->case_id = case_id;
	return 0;
}

static bool opens(const struct version *v, const unsigned char *same, const struct seal_key *key)
{
	unsigned char hash[SEAL_HASH], sha256[SEAL_HASH];
	char *hex;
	bool good;

	seal_keyed_hash(key, v->bytes, v->length, hash);
	seal_sha256(v->bytes, v->length, sha256);
	hex = text_hex(NULL, sha256, SEAL_HASH);
	good = seal_same(hash, same, SEAL_HASH) && strcmp(hex, v->sha256) == 0;
	talloc_free(hex);
	return good;
}

/* 0 whole, 1 broken, -1 the store failed. */
static int version_whole(void *ctx, struct walk *w, struct version *v, struct query *q, struct error *error)
{
	unsigned char same[SEAL_HASH], sum[SEAL_HASH], covered[SEAL_HASH];
	char *pub = db_text(ctx, q, 9);
	size_t length;
	unsigned char *sealed = db_bytes(ctx, q, 8, &length);
	bool next = v->n == (v->document_id == w->document_id ? w->n + 1 : 1);
	int found;

	w->document_id = v->document_id;
	w->n = v->n;
	store_hash(q, 7, same);
	version_sum(v, same, sealed, length, sum);
	found = audit_covers(w->store, "version.add", v->document_id, v->n, pub, covered, error);
	if (found < 0 || walk_key(w, db_int(q, 10), error) != 0)
		return -1;
	if (!next || found == 0 || !seal_same(sum, covered, SEAL_HASH))
		return 1;
	if (w->destroyed)
		return 0;
	return unseal(ctx, v, &w->key, pub, q, error) != 0 || !opens(v, same, &w->key);
}

static int latest_fits(struct store *store, struct error *error)
{
	int64_t wrong = 0;

	if (db_number(store_db(store), "SELECT count(*) FROM document d WHERE d.latest <> (SELECT coalesce(max(v.n), 0) FROM version v WHERE v.document_id = d.id)",
	    &wrong, error, "") < 0)
		return -1;
	return wrong == 0 ? 0 : error_set(error, ERROR_FAULT, "version.lost", "%lld documents do not end with their latest version.", (long long)wrong);
}

int version_verify(struct store *store, int64_t *count_r, struct error *error)
{
	struct walk w = { .store = store };
	struct query *q;
	int64_t count = 0;
	int more = -1;

	if (db_read_begin(store_db(store), error) != 0)       /* one snapshot: rows and entries are compared */
		return -1;
	q = db_query(NULL, store_db(store), COLUMNS ", v.sealed, d.pub, d.case_id" FROM " JOIN document d ON d.id = v.document_id"
		" ORDER BY v.document_id, v.n", error, "");
	while (q != NULL && (more = db_step(q, error)) == 1) {
		void *ctx = talloc_new(NULL);
		struct version v;
		int bad;

		version_read(ctx, &v, q);
		bad = version_whole(ctx, &w, &v, q, error);
		if (bad == 1)
			error_set(error, ERROR_FAULT, "version.broken", "Version %d of document %s is not the one that was kept.", v.n, db_text(ctx, q, 9));
		talloc_free(ctx);
		if (bad) {
			more = -1;
			break;
		}
		count++;
	}
	seal_wipe(&w.key, sizeof w.key);
	talloc_free(q);
	if (more >= 0 && (audit_counts(store, "version.add", count, "version.lost", error) != 0 || latest_fits(store, error) != 0))
		more = -1;
	db_read_end(store_db(store));
	if (more < 0)
		return -1;
	*count_r = count;
	return 0;
}
