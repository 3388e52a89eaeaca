#include "store/store_inside.h"

#include <string.h>
#include <talloc.h>
#include "base/log.h"

/* ---- the keys of cases ---- */

static char *key_binding(void *ctx, int64_t id)
{
	return talloc_asprintf(ctx, "case-key/%lld", (long long)id);
}

void store_derived_key(struct store *store, const char *purpose, struct seal_key *key_r)
{
	key_r->id = store->master.id;
	seal_keyed_hash(&store->master, purpose, strlen(purpose) + 1, key_r->bytes);
}

static int unwrap(struct store *store, int64_t id, struct seal_key *key_r, struct error *error)
{
	void *ctx = talloc_new(NULL);
	struct query *q = db_query(ctx, store->keys, "SELECT wrapped FROM case_key WHERE id = ?", error, "i", id);
	unsigned char *wrapped, *bytes;
	size_t length, plain = 0;
	int more = q != NULL ? db_step(q, error) : -1, result = -1;

	if (more < 0)
		goto out;
	if (more == 0 || db_null(q, 0)) {
		error_set(error, more == 0 ? ERROR_FAULT : ERROR_GONE, more == 0 ? "store.no-key" : "store.destroyed", more == 0
			? "The key of this case is not in the key file." : "All that was written in this case has been destroyed, and cannot be brought back. Ask whoever keeps the records of your partnership.");
		goto out;
	}
	wrapped = db_bytes(ctx, q, 0, &length);
	bytes = seal_open(ctx, &store->master, key_binding(ctx, id), wrapped, length, &plain, error);
	if (bytes == NULL)
		goto out;
	key_r->id = id;
	memcpy(key_r->bytes, bytes, SEAL_KEY);
	seal_wipe(bytes, plain);
	result = 0;
out:
	talloc_free(ctx);
	return result;
}

/* The one question about cases that stands here: everything sealed begins with it. */
static int key_id_of(struct store *store, int64_t case_id, int64_t *id_r, struct error *error)
{
	int more = db_number(store->main, "SELECT key_id FROM case_file WHERE id = ?", id_r, error, "i", case_id);

	if (more == 0)
		return error_set(error, ERROR_MISSING, "case.missing", "There is no such case.");
	return more < 0 ? -1 : 0;
}

int store_case_key(struct store *store, int64_t case_id, struct seal_key *key_r, struct error *error)
{
	int64_t id;

	return key_id_of(store, case_id, &id, error) == 0 ? unwrap(store, id, key_r, error) : -1;
}

int store_has_key(struct store *store, int64_t key_id, struct error *error)
{
	int64_t there;

	return db_number(store->keys, "SELECT 1 FROM case_key WHERE id = ? AND wrapped IS NOT NULL", &there, error, "i", key_id);
}

/* A random id, so that one given again after an old key file was restored cannot open, or be taken for, another case's key. */
int store_new_case_key(struct store *store, int64_t *key_id_r, struct seal_key *key_r, struct error *error)
{
	struct seal_key key;
	unsigned char *wrapped;
	char *binding;
	size_t length;
	int result;

	seal_random(&key, sizeof key);
	key.id = (key.id & INT64_MAX) | 1;
	binding = key_binding(NULL, key.id);
	wrapped = seal_close(binding, &store->master, binding, key.bytes, SEAL_KEY, &length);
	result = db_begin(store->keys, error);
	if (result == 0)
		result = db_run(store->keys, "INSERT INTO case_key(id, made, wrapped) VALUES (?, ?, ?)", error, "iib", key.id, date_now_real(), wrapped, length);
	if (result == 0)
		result = db_commit(store->keys, error);
	if (result != 0)
		db_rollback(store->keys);
	else {
		*key_id_r = key.id;
		*key_r = key;
	}
	seal_wipe(&key, sizeof key);
	talloc_free(binding);
	return result;
}

/* secure_delete overwrites the row, the checkpoint empties the log; the key file's own backups run out by age. */
int store_destroy_case_key(struct store *store, int64_t case_id, struct error *error)
{
	int64_t id, left;
	int result;

	if (key_id_of(store, case_id, &id, error) != 0 || db_begin(store->keys, error) != 0)
		return -1;
	result = db_run(store->keys, "UPDATE case_key SET wrapped = NULL, destroyed = ? WHERE id = ? AND destroyed IS NULL", error, "ii", date_now_real(), id);
	if (result == 0)
		result = db_commit(store->keys, error);
	if (result != 0)
		db_rollback(store->keys);
	else if ((result = db_checkpoint(store->keys, &left, error)) == 0 && left > 0)
		log_line(LOG_WARN, "store.key-log", "bytes=%lld", (long long)left);
	return result;
}

/* ---- the end of the audit, kept apart from it ---- */

#define ANCHOR "anchor/1"

int store_anchor_put(struct store *store, int64_t seq, const unsigned char hash[SEAL_HASH], struct error *error)
{
	unsigned char *sealed, plain[8 + SEAL_HASH];
	size_t length;
	int result;

	for (int i = 0; i < 8; i++)
		plain[i] = (unsigned char)((uint64_t)seq >> (56 - 8 * i));
	memcpy(plain + 8, hash, SEAL_HASH);
	if (db_begin(store->keys, error) != 0)
		return -1;
	sealed = seal_close(NULL, &store->master, ANCHOR, plain, sizeof plain, &length);
	result = db_run(store->keys, "INSERT INTO anchor(id, sealed) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed", error, "b",
		sealed, length);
	talloc_free(sealed);
	if (result == 0)
		return db_commit(store->keys, error);
	db_rollback(store->keys);
	return -1;
}

int store_anchor_get(struct store *store, int64_t *seq_r, unsigned char hash_r[SEAL_HASH], struct error *error)
{
	void *ctx = talloc_new(NULL);
	struct query *q = db_query(ctx, store->keys, "SELECT sealed FROM anchor WHERE id = 1", error, "");
	unsigned char *sealed, *plain = NULL;
	size_t length, got = 0;
	int more = q != NULL ? db_step(q, error) : -1;

	if (more == 1) {
		sealed = db_bytes(ctx, q, 0, &length);
		plain = seal_open(ctx, &store->master, ANCHOR, sealed, length, &got, error);
		if (plain == NULL || got != 8 + SEAL_HASH)
			more = error_set(error, ERROR_FAULT, "store.anchor", "What the key file says about the end of the audit was changed.");
	}
	if (more == 1) {
		*seq_r = 0;
		for (int i = 0; i < 8; i++)
			*seq_r = (int64_t)((uint64_t)*seq_r << 8 | plain[i]);
		memcpy(hash_r, plain + 8, SEAL_HASH);
	}
	talloc_free(ctx);
	return more;
}

/* ---- another master key ---- */

static int wrap_again(struct store *store, int64_t id, const struct seal_key *master, struct error *error)
{
	struct seal_key key;
	char *binding;
	unsigned char *wrapped;
	size_t length;
	int result;

	if (unwrap(store, id, &key, error) != 0)
		return -1;
	binding = key_binding(NULL, id);
	wrapped = seal_close(binding, master, binding, key.bytes, SEAL_KEY, &length);
	seal_wipe(&key, sizeof key);
	result = db_run(store->keys, "UPDATE case_key SET wrapped = ? WHERE id = ?", error, "bi", wrapped, length, id);
	talloc_free(binding);
	return result;
}

static int wrap_all(struct store *store, const struct seal_key *master, int *count_r, struct error *error)
{
	int64_t id = INT64_MIN, next;
	int more;

	for (*count_r = 0; (more = db_number(store->keys, "SELECT id FROM case_key WHERE id > ? AND wrapped IS NOT NULL ORDER BY id LIMIT 1", &next, error, "i", id)) == 1;
	    id = next, ++*count_r)
		if (wrap_again(store, next, master, error) != 0)
			return -1;
	return more;
}

int store_rotate(struct store *store, const char *path, int *count_r, struct error *error)
{
	unsigned char hash[SEAL_HASH];
	struct seal_key master;
	int64_t seq;
	int anchored, result = -1;

	if (setup_master_at(path, &master, error) != 0 || (anchored = store_anchor_get(store, &seq, hash, error)) < 0)
		return -1;
	if (master.id == store->master.id)
		return error_set(error, ERROR_CONFLICT, "keys.same", "%s holds the master key that is in use.", path);
	if (db_begin(store->keys, error) == 0 && wrap_all(store, &master, count_r, error) == 0 && setup_prove_again(store->keys, &master, error) == 0
	    && db_run(store->keys, "DELETE FROM anchor", error, "") == 0)
		result = db_commit(store->keys, error);
	if (result != 0)
		db_rollback(store->keys);
	else {
		store->master = master;
		if (anchored == 1)
			result = store_anchor_put(store, seq, hash, error);
	}
	seal_wipe(&master, sizeof master);
	return result;
}
