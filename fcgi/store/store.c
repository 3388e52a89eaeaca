#include "store/store.h"

#include <string.h>
#include <talloc.h>
#include "base/log.h"
#include "store/store_setup.h"

struct store {
	struct db *main, *keys;
	struct opened *opened;
	struct seal_key master;
	char *run_dir;
	char **kept;
	int kept_count;
};
const struct actor actor_system = { 0, "", "system", "System", "", "", 0 };

int store_create(const struct config *config, struct error *error)
{
	return setup_create(config, error);
}

int store_migrate(const struct config *config, int *from_r, int *to_r, struct error *error)
{
	int from;

	if (setup_migrate(config, &from, error) != 0)
		return -1;
	*from_r = from;
	*to_r = setup_version();
	return 0;
}

int store_schema_version(void)
{
	return setup_version();
}

static int store_gone(struct store *store)
{
	seal_wipe(&store->master, sizeof store->master);
	return 0;
}

static struct store *store_new(void *ctx, const struct config *config, struct error *error)
{
	struct store *store = talloc_zero(ctx, struct store);

	talloc_set_destructor(store, store_gone);
	store->run_dir = config_path(store, config->data_dir, "db");
	store->opened = opened_new(store);
	if (seal_start(error) == 0 && setup_master(config, &store->master, error) == 0)
		return store;
	talloc_free(store);
	return NULL;
}

static struct store *store_proved(struct store *store, struct error *error)
{
	if (setup_fits(store->main, store->keys, &store->master, error) == 0)
		return store;
	talloc_free(store);
	return NULL;
}

struct store *store_open(void *ctx, const struct config *config, struct error *error)
{
	struct store *store = store_new(ctx, config, error);
	char *path;

	if (store == NULL)
		return NULL;
	path = setup_main_path(store, config);
	store->main = db_open(store, path, false, error);
	talloc_free(path);
	path = setup_keys_path(store, config);
	store->keys = store->main != NULL ? db_open(store, path, false, error) : NULL;
	talloc_free(path);
	if (store->keys != NULL)
		return store_proved(store, error);
	talloc_free(store);
	return NULL;
}

struct store *store_open_backup(void *ctx, const struct config *config, const char *dir, struct error *error)
{
	struct store *store = store_new(ctx, config, error);
	char *path;

	if (store == NULL)
		return NULL;
	path = config_path(store, dir, "dossier.db");
	store->main = db_open_copy(store, path, error);
	talloc_free(path);
	path = config_path(store, dir, "keys.db");
	store->keys = store->main != NULL ? db_open_copy(store, path, error) : NULL;
	talloc_free(path);
	if (store->keys != NULL)
		return store_proved(store, error);
	talloc_free(store);
	return NULL;
}

struct opened *store_opened(struct store *store)
{
	return store->opened;
}

int store_trim(struct store *store)
{
	return opened_trim(store->opened, date_now_real());
}

struct db *store_db(struct store *store)
{
	return store->main;
}

const char *store_run_dir(const struct store *store)
{
	return store->run_dir;
}

unsigned char *store_pack(void *ctx, const char *head, const void *body, size_t length, size_t *length_r)
{
	size_t size = strlen(head);
	unsigned char *packed = talloc_array(ctx, unsigned char, 4 + size + length);

	for (int i = 0; i < 4; i++)
		packed[i] = (unsigned char)(size >> (24 - 8 * i));
	memcpy(packed + 4, head, size);
	if (length > 0)
		memcpy(packed + 4 + size, body, length);
	*length_r = 4 + size + length;
	return packed;
}

int store_unpack(void *ctx, const unsigned char *packed, size_t length, char **head_r, char **body_r, size_t *length_r, struct error *error)
{
	size_t size = 0;

	for (size_t i = 0; i < 4 && i < length; i++)
		size = size << 8 | packed[i];
	if (length < 4 || size > length - 4)
		return error_set(error, ERROR_FAULT, "store.form", "A sealed record does not have the form it should have.");
	*head_r = talloc_strndup(ctx, (const char *)packed + 4, size);
	*length_r = length - 4 - size;
	*body_r = talloc_array(ctx, char, *length_r + 1);
	memcpy(*body_r, packed + 4 + size, *length_r);
	(*body_r)[*length_r] = '\0';
	return 0;
}

char *store_keep(struct store *store, const char *text)
{
	for (int i = 0; i < store->kept_count; i++)
		if (strcmp(store->kept[i], text) == 0)
			return store->kept[i];
	store->kept = talloc_realloc(store, store->kept, char *, (size_t)store->kept_count + 1);
	return store->kept[store->kept_count++] = talloc_strdup(store, text);
}

bool store_hash(struct query *q, int column, unsigned char hash_r[SEAL_HASH])
{
	size_t length;
	unsigned char *bytes = db_bytes(q, q, column, &length);

	memset(hash_r, 0, SEAL_HASH);
	if (length == SEAL_HASH)
		memcpy(hash_r, bytes, SEAL_HASH);
	talloc_free(bytes);
	return length == SEAL_HASH;
}

/* ---- transactions ---- */

int store_begin(struct store *store, struct error *error)
{
	return db_begin(store->main, error);
}

int store_commit(struct store *store, struct error *error)
{
	int result = db_commit(store->main, error);

	opened_settle(store->opened, result == 0);
	return result;
}

void store_rollback(struct store *store)
{
	if (!db_in_write(store->main))
		return;
	db_rollback(store->main);
	opened_settle(store->opened, false);
}

int store_read_begin(struct store *store, struct error *error)
{
	return db_read_begin(store->main, error);
}

void store_read_end(struct store *store)
{
	db_read_end(store->main);
}

int store_join(struct store *store, bool *began_r, struct error *error)
{
	bool began = !db_in_write(store->main);

	if (began && db_begin(store->main, error) != 0)
		return -1;
	*began_r = began;
	return 0;
}

int store_leave(struct store *store, bool began, int result, struct error *error)
{
	if (!began)
		return result;
	if (result < 0) {
		store_rollback(store);
		return result;
	}
	return store_commit(store, error) == 0 ? result : -1;
}

int store_check(struct store *store, struct error *error)
{
	return db_check(store->main, error) == 0 ? db_check(store->keys, error) : -1;
}

int store_checkpoint(struct store *store, int64_t *wal_bytes_r, struct error *error)
{
	int64_t main_bytes, keys_bytes;

	if (db_checkpoint(store->main, &main_bytes, error) != 0 || db_checkpoint(store->keys, &keys_bytes, error) != 0)
		return -1;
	*wal_bytes_r = main_bytes > keys_bytes ? main_bytes : keys_bytes;
	return 0;
}

static int backup_fits(struct store *store, const char *main_path, const char *keys_path, struct error *error)
{
	void *ctx = talloc_new(NULL);
	struct db *main = db_open_copy(ctx, main_path, error), *keys = main != NULL ? db_open_copy(ctx, keys_path, error) : NULL;
	int result = keys != NULL ? setup_fits(main, keys, &store->master, error) : -1;

	talloc_free(ctx);
	return result;
}

/* The keys last: whatever case the copy of the main file has, its key was durable before it. */
int store_backup(struct store *store, const char *dir, struct error *error)
{
	void *ctx = talloc_new(NULL);
	char *main_path = config_path(ctx, dir, "dossier.db"), *keys_path = config_path(ctx, dir, "keys.db");
	int result = -1;

	if (db_backup(store->main, main_path, error) == 0 && db_backup(store->keys, keys_path, error) == 0)
		result = backup_fits(store, main_path, keys_path, error);
	talloc_free(ctx);
	return result;
}

/* ---- keys ---- */

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
			? "The key of this case is not in the key file." : "The content of this case was destroyed.");
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
