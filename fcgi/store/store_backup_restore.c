#include "store/store_backup.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <talloc.h>
#include <unistd.h>
#include "store/store_audit.h"
#include "store/store_setup.h"

/* Nothing may stand where the databases go, not even a log of one that was taken away: SQLite would play it into the new one. */
static int is_empty(const char *dir, const char *but, struct error *error)
{
	DIR *list = opendir(dir);
	struct dirent *entry;
	int result = 0;

	while (list != NULL && result == 0 && (entry = readdir(list)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 && strcmp(entry->d_name, but) != 0)
			result = error_set(error, ERROR_CONFLICT, "restore.not-empty", "%s is not empty (%s): a backup is restored into an empty place only. "
				"Move what is there away first.", dir, entry->d_name);
	if (list != NULL)
		closedir(list);
	return result;
}

static int copy_bytes(int from, int to)
{
	char bytes[65536];
	ssize_t n;

	while ((n = read(from, bytes, sizeof bytes)) > 0)
		for (ssize_t done = 0, w; done < n; done += w)
			if ((w = write(to, bytes + done, (size_t)(n - done))) < 0)
				return -1;
	return n < 0 ? -1 : fsync(to);
}

static int copy(const char *from_path, const char *to_path, struct error *error)
{
	int from = open(from_path, O_RDONLY | O_CLOEXEC), to = open(to_path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	int failed = from < 0 || to < 0 ? -1 : copy_bytes(from, to);

	if (failed)
		error_set(error, errno == ENOSPC ? ERROR_FULL : ERROR_FAULT, "restore.copy", "%s: %s", to_path, strerror(errno));
	if (from >= 0)
		close(from);
	if (to >= 0)
		close(to);
	return failed;
}

/* Before anything is written: do the bytes, the master key and the schema fit? */
static int prove(void *ctx, const struct config *config, const struct backup *backup, struct error *error)
{
	struct store *store;
	int result = -1;

	if (backup_whole(backup, error) != 0)
		return -1;
	store = store_open_backup(ctx, config, backup->main_path, backup->keys_path, error);
	if (store != NULL)
		result = store_check(store, error);
	talloc_free(store);
	return result;
}

/* The restored audit says that it was, and its end is noted anew: the note came with newer keys, or with none. */
static int tell(void *ctx, const struct config *config, const struct backup *backup, struct error *error)
{
	struct store *store = store_open(ctx, config, error);
	struct audit_entry entry = { .verb = "store.restore", .outcome = "done", .detail = backup->stamp };
	int result = -1;

	if (store != NULL && audit_refusal(store, &actor_system, &entry, error) == 0)
		result = audit_anchor_reset(store, error);
	talloc_free(store);
	return result;
}

static void take_away(const char *path)
{
	static const char *const beside[] = { "", "-wal", "-shm", ".lock" };

	for (size_t i = 0; i < sizeof beside / sizeof beside[0]; i++) {
		char *file = talloc_asprintf(NULL, "%s%s", path, beside[i]);
		unlink(file);
		talloc_free(file);
	}
}

int store_restore(const struct config *config, const struct backup *backup, struct store_migration *migration_r, struct error *error)
{
	void *ctx = talloc_new(NULL);
	char *main = setup_main_path(ctx, config), *keys = setup_keys_path(ctx, config), *master = setup_master_path(ctx, config);
	char *keys_dir = config_path(ctx, config->data_dir, "keys");
	int result = -1;

	if (is_empty(config_path(ctx, config->data_dir, "db"), "", error) != 0 || is_empty(keys_dir, strrchr(master, '/') + 1, error) != 0
	    || prove(ctx, config, backup, error) != 0 || setup_places(config, error) != 0)
		goto out;
	if (copy(backup->keys_path, keys, error) == 0 && copy(backup->main_path, main, error) == 0 && setup_sync(config, error) == 0
	    && store_migrate(config, migration_r, error) == 0)
		result = tell(ctx, config, backup, error);
	if (result != 0) {                       /* it was empty */
		take_away(main);
		take_away(keys);
	}
out:
	talloc_free(ctx);
	return result;
}
