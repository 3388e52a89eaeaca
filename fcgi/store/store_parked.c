#include "store/store_parked.h"

#include <string.h>
#include <talloc.h>
#include "base/text.h"

/* All of this counts by the real clock, as sessions do. */
#define KEPT_MS ((int64_t)PARKED_MINUTES * 60000)
#define MOST 20                        /* of an account at a time */
#define MOST_BYTES (4 * 1024 * 1024)   /* … and their size together */

static char *binding(void *ctx, const char *pub)
{
	return talloc_asprintf(ctx, "parked/%s", pub);
}

static void token_hash(struct store *store, const char *token, unsigned char hash_r[SEAL_HASH])
{
	struct seal_key key;

	store_derived_key(store, "parked", &key);
	seal_keyed_hash(&key, token, strlen(token), hash_r);
	seal_wipe(&key, sizeof key);
}

struct account *parked_page_of(void *ctx, struct store *store, const char *csrf, struct error *error)
{
	char *pub = people_page_account(ctx, store, csrf);
	struct account *account = pub == NULL ? NULL : people_account_by_pub(ctx, store, pub, error);

	if (pub != NULL && account == NULL)
		return NULL;
	if (account != NULL && !account->disabled)
		return account;
	error_set(error, ERROR_MISSING, "parked.nobody", "This page belongs to nobody.");
	return NULL;
}

/* ---- writing ---- */

static int room(struct store *store, int64_t account, size_t length, struct error *error)
{
	int64_t count = 0, bytes = 0;

	if (db_number(store_db(store), "SELECT count(*) FROM parked WHERE account = ?", &count, error, "i", account) != 1
	    || db_number(store_db(store), "SELECT coalesce(sum(size), 0) FROM parked WHERE account = ?", &bytes, error, "i", account) != 1)
		return -1;
	if (count >= MOST || bytes + (int64_t)length > MOST_BYTES)
		return error_set(error, ERROR_FULL, "parked.full", "There is no room to keep what you typed. Copy it before you leave this page.");
	return 0;
}

static int add(struct store *store, const struct case_row *c, const struct account *account, const char *token, const char *path, const char *body, size_t length, struct error *error)
{
	void *ctx = talloc_new(NULL);
	unsigned char hash[SEAL_HASH], *packed, *sealed;
	struct seal_key key;
	size_t size, packed_size;
	char pub[SEAL_ID];
	int result = -1;

	if (room(store, account->id, length, error) != 0 || store_case_key(store, c->id, &key, error) != 0)
		goto out;
	seal_id(pub);
	token_hash(store, token, hash);
	packed = store_pack(ctx, path, body, length, &packed_size);
	sealed = seal_close(ctx, &key, binding(ctx, pub), packed, packed_size, &size);
	seal_wipe(packed, packed_size);
	seal_wipe(&key, sizeof key);
	result = db_run(store_db(store), "INSERT INTO parked(pub, case_id, account, token, at, size, sealed) VALUES (?, ?, ?, ?, ?, ?, ?)", error, "tiibiib",
		pub, c->id, account->id, hash, (size_t)SEAL_HASH, date_now_real(), (int64_t)size, sealed, size);
out:
	talloc_free(ctx);
	return result;
}

int parked_add(struct store *store, const struct case_row *c, const struct account *account, const char *token, const char *path, const char *body, size_t length, struct error *error)
{
	bool began;

	if (store_join(store, &began, error) != 0)
		return -1;
	return store_leave(store, began, add(store, c, account, token, path, body, length, error), error);
}

int parked_remove(struct store *store, int64_t account, const char *token, const char *pub, struct error *error)
{
	unsigned char hash[SEAL_HASH];
	bool began;

	token_hash(store, token, hash);
	if (store_join(store, &began, error) != 0)
		return -1;
	return store_leave(store, began, db_run(store_db(store), "DELETE FROM parked WHERE pub = ? AND account = ? AND token = ?", error, "tib", pub, account,
		hash, (size_t)SEAL_HASH), error);
}

int parked_expire(struct store *store, struct error *error)
{
	bool began;

	if (store_join(store, &began, error) != 0)
		return -1;
	return store_leave(store, began, db_run(store_db(store), "DELETE FROM parked WHERE at <= ?", error, "i", date_now_real() - KEPT_MS), error);
}

/* ---- reading ---- */

/* 1 opened, 0 its case's key is gone, -1 error. */
static int unseal(void *ctx, struct store *store, struct query *q, struct parked *p, struct error *error)
{
	struct seal_key key;
	size_t length, plain;
	unsigned char *sealed = db_bytes(q, q, 3, &length), *packed;
	int result = 0;

	*p = (struct parked){ .pub = db_text(ctx, q, 0), .at = db_int(q, 1) };
	if (store_case_key(store, db_int(q, 2), &key, error) != 0) {
		*error = (struct error){0};
		goto out;
	}
	packed = seal_open(sealed, &key, binding(sealed, p->pub), sealed, length, &plain, error);
	result = packed != NULL && store_unpack(ctx, packed, plain, &p->path, &p->body, &p->length, error) == 0 ? 1 : -1;
	seal_wipe(&key, sizeof key);
out:
	talloc_free(sealed);
	return result;
}

int parked_list(void *ctx, struct store *store, int64_t account, const char *token, struct parked **list_r, struct error *error)
{
	struct parked *list = talloc_array(ctx, struct parked, 0);
	unsigned char hash[SEAL_HASH];
	struct query *q;
	int n = 0, more = -1;

	token_hash(store, token, hash);
	q = db_query(list, store_db(store), "SELECT pub, at, case_id, sealed FROM parked WHERE account = ? AND token = ? AND at > ? ORDER BY at DESC, id DESC", error,
		"ibi", account, hash, (size_t)SEAL_HASH, date_now_real() - KEPT_MS);
	while (q != NULL && (more = db_step(q, error)) == 1) {
		list = talloc_realloc(ctx, list, struct parked, (size_t)n + 1);
		if ((more = unseal(list, store, q, &list[n], error)) < 0)
			break;
		n += more;
	}
	if (more < 0) {
		talloc_free(list);
		return -1;
	}
	db_end(q);
	*list_r = list;
	return n;
}
