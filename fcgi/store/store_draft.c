#include "store/store_draft.h"

#include <string.h>
#include <talloc.h>
#include "store/store_audit.h"

#define KEPT_MS (INT64_C(30) * 86400000)         /* after the submission: the base of three-way merges */

static char *binding(void *ctx, const char *document_pub, int rev)
{
	return talloc_asprintf(ctx, "draft/%s/%d", document_pub, rev);
}

/* ---- writing ---- */

/* A save of the whole document ("") changes every section. */
int draft_section_rev(struct store *store, const struct document *document, const char *section, int *rev_r, struct error *error)
{
	int64_t rev = 0;
	int more = *section == '\0'
		? db_number(store_db(store), "SELECT coalesce(max(rev), 0) FROM draft WHERE document_id = ? AND ended IS NULL", &rev, error, "i", document->id)
		: db_number(store_db(store), "SELECT max(coalesce((SELECT max(rev) FROM draft WHERE document_id = ?1 AND section = ?2 AND ended IS NULL), 0),"
			" coalesce((SELECT max(rev) FROM draft WHERE document_id = ?1 AND section = '' AND ended IS NULL), 0))", &rev, error, "it",
			document->id, section);

	if (more < 0)
		return -1;
	*rev_r = (int)rev;
	return 0;
}

/* 1 the base is good, 0 stale. A base that was submitted meanwhile is stale: what follows it is another draft. */
static int base_good(struct store *store, const struct document *document, const char *section, int base_rev, struct error *error)
{
	int64_t there = 0;
	int newest;

	if (draft_section_rev(store, document, section, &newest, error) != 0)
		return -1;
	if (base_rev < newest)
		return 0;
	if (base_rev == 0)
		return 1;
	return db_number(store_db(store), "SELECT 1 FROM draft WHERE document_id = ? AND rev = ? AND ended IS NULL", &there, error,
		"ii", document->id, (int64_t)base_rev);
}

static int count_up(struct store *store, int64_t document_id, int64_t *rev_r, struct error *error)
{
	return db_number(store_db(store), "INSERT INTO draft_count(document_id, rev) VALUES (?, 1)"
		" ON CONFLICT (document_id) DO UPDATE SET rev = draft_count.rev + 1 RETURNING rev", rev_r, error, "i", document_id) == 1 ? 0 : -1;
}

static int audit_first(struct store *store, const struct actor *by, const struct document *document, int rev, struct error *error)
{
	struct audit_entry entry = { .verb = "draft.save", .case_id = document->case_id, .document_id = document->id, .version = rev, .object = document->pub };
	int64_t before = 0;
	int more = db_number(store_db(store), "SELECT 1 FROM draft WHERE document_id = ? AND author = ? AND ended IS NULL LIMIT 1", &before, error,
		"ii", document->id, by->account);

	if (more != 0)
		return more < 0 ? -1 : 0;
	return audit_add(store, by, &entry, error);
}

static int draft_write(struct store *store, const struct actor *by, const struct document *document, const char *section, int form_version,
	const char *bytes, size_t length, const unsigned char *once, int *rev_r, struct error *error)
{
	void *ctx = talloc_new(NULL);
	struct seal_key key;
	unsigned char *sealed;
	int64_t rev = 0;
	size_t size;
	int result = -1;

	if (store_case_key(store, document->case_id, &key, error) != 0 || count_up(store, document->id, &rev, error) != 0
	    || audit_first(store, by, document, (int)rev, error) != 0)
		goto out;
	sealed = seal_close(ctx, &key, binding(ctx, document->pub, (int)rev), bytes, length, &size);
	result = db_run(store_db(store), "INSERT INTO draft(document_id, rev, section, form_version, at, author, once, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		error, "iitiiibb", document->id, rev, section, (int64_t)form_version, date_now(), by->account, once, (size_t)SEAL_HASH, sealed, size);
	if (result == 0)
		*rev_r = (int)rev;
out:
	seal_wipe(&key, sizeof key);
	talloc_free(ctx);
	return result;
}

int draft_save(struct store *store, const struct actor *by, const struct document *document, const char *section, int base_rev, int form_version,
	const char *bytes, size_t length, const char *once, int *rev_r, struct error *error)
{
	unsigned char hash[SEAL_HASH];
	int64_t before = 0;
	int good;

	if (!db_in_write(store_db(store)))
		return error_set(error, ERROR_FAULT, "db.no-transaction", "A draft was to be saved outside a write transaction.");
	if (section == NULL)
		section = "";
	if (once != NULL) {
		seal_sha256(once, strlen(once), hash);
		good = db_number(store_db(store), "SELECT rev FROM draft WHERE document_id = ? AND once = ?", &before, error, "ib", document->id,
			hash, (size_t)SEAL_HASH);
		if (good == 1)
			*rev_r = (int)before;
		if (good != 0)
			return good < 0 ? -1 : 0;
	}
	good = base_good(store, document, section, base_rev, error);
	if (good < 0)
		return -1;
	if (good == 0)
		return error_set(error, ERROR_CONFLICT, "draft.stale", "Somebody else changed this section since you opened it, or it was submitted.");
	return draft_write(store, by, document, section, form_version, bytes, length, once != NULL ? hash : NULL, rev_r, error);
}

int draft_end(struct store *store, const struct actor *by, const struct document *document, struct error *error)
{
	struct audit_entry entry = { .verb = "draft.end", .case_id = document->case_id, .document_id = document->id, .object = document->pub };
	bool began;
	int result;

	if (store_join(store, &began, error) != 0)
		return -1;
	result = db_run(store_db(store), "UPDATE draft SET ended = ? WHERE document_id = ? AND ended IS NULL", error, "ii", date_now(), document->id);
	if (result == 0 && db_changes(store_db(store)) > 0)
		result = audit_add(store, by, &entry, error);
	return store_leave(store, began, result, error);
}

int draft_expire(struct store *store, struct error *error)
{
	bool began;

	if (store_join(store, &began, error) != 0)
		return -1;
	return store_leave(store, began, db_run(store_db(store), "DELETE FROM draft WHERE ended <= ?", error, "i", date_now() - KEPT_MS), error);
}

/* ---- reading ---- */

#define DRAFT "SELECT d.document_id, d.rev, d.section, d.at, d.author, coalesce(p.name, 'System'), d.form_version, d.sealed" \
	" FROM draft d LEFT JOIN account p ON p.id = d.author"

static int draft_read(struct draft *d, const struct seal_key *key, const char *document_pub, struct query *q, struct error *error)
{
	size_t length;
	unsigned char *sealed = db_bytes(q, q, 7, &length);

	*d = (struct draft){ .document_id = db_int(q, 0), .rev = (int)db_int(q, 1), .section = db_text(d, q, 2), .at = db_int(q, 3),
		.author = db_int(q, 4), .author_name = db_text(d, q, 5), .form_version = (int)db_int(q, 6) };
	d->bytes = (char *)seal_open(d, key, binding(sealed, document_pub, d->rev), sealed, length, &d->length, error);
	talloc_free(sealed);
	return d->bytes != NULL ? 0 : -1;
}

/* Takes the query over. */
static struct draft *draft_one(void *ctx, struct store *store, const struct document *document, struct query *q, struct error *error)
{
	struct draft *d = talloc_zero(ctx, struct draft);
	struct seal_key key;
	int more = q != NULL ? db_step(q, error) : -1, bad = -1;

	if (more == 0)
		error_set(error, ERROR_MISSING, "draft.missing", "There is no such draft.");
	else if (more == 1 && store_case_key(store, document->case_id, &key, error) == 0) {
		bad = draft_read(d, &key, document->pub, q, error);
		seal_wipe(&key, sizeof key);
	}
	talloc_free(q);
	if (bad == 0)
		return d;
	talloc_free(d);
	return NULL;
}

struct draft *draft_latest(void *ctx, struct store *store, const struct document *document, struct error *error)
{
	return draft_one(ctx, store, document, db_query(NULL, store_db(store),
		DRAFT " WHERE d.document_id = ? AND d.ended IS NULL ORDER BY d.rev DESC LIMIT 1", error, "i", document->id), error);
}

struct draft *draft_get(void *ctx, struct store *store, const struct document *document, int rev, struct error *error)
{
	return draft_one(ctx, store, document, db_query(NULL, store_db(store),
		DRAFT " WHERE d.document_id = ? AND d.rev = ?", error, "ii", document->id, (int64_t)rev), error);
}
