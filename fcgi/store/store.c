#include "store/store_inside.h"

#include <string.h>
#include <talloc.h>

const struct actor actor_system = { 0, "", "system", "System", "", "", 0 };

int store_create(const struct config *config, struct error *error)
{
	return setup_create(config, error);
}

int store_migrate(const struct config *config, struct store_migration *migration_r, struct error *error)
{
	return setup_migrate(config, migration_r, error);
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

struct store *store_open_backup(void *ctx, const struct config *config, const char *main_path, const char *keys_path, struct error *error)
{
	struct store *store = store_new(ctx, config, error);

	if (store == NULL)
		return NULL;
	store->main = db_open_copy(store, main_path, error);
	store->keys = store->main != NULL ? db_open_copy(store, keys_path, error) : NULL;
	if (store->keys != NULL && setup_known(store->main, store->keys, &store->master, error) == 0)
		return store;
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

int store_stand(struct store *store, struct store_stand *stand_r, struct error *error)
{
	return db_stand(store->main, stand_r->main, error) == 0 ? db_stand(store->keys, stand_r->keys, error) : -1;
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
int store_backup(struct store *store, const char *main_path, const char *keys_path, struct error *error)
{
	if (db_backup(store->main, main_path, error) != 0 || db_backup(store->keys, keys_path, error) != 0)
		return -1;
	return backup_fits(store, main_path, keys_path, error);
}
