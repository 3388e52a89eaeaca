#include "adapter/db_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>
#include <unistd.h>

#define CHECKPOINT_MS 50                 /* the clerk never holds the writers up for longer */

const char *db_library(void)
{
	return sqlite3_libversion();
}

bool db_library_fits(int least)
{
	return sqlite3_libversion_number() >= least;
}

char *db_plan(void *ctx, struct db *db, const char *sql, struct error *error)
{
	char *whole = talloc_asprintf(ctx, "EXPLAIN QUERY PLAN %s", sql);
	char *plan = db_ask(ctx, db->handle, whole, 3, error);

	talloc_free(whole);
	return plan;
}

int db_version(struct db *db, int *version_r, struct error *error)
{
	char *text = db_ask(db, db->handle, "PRAGMA user_version", 0, error);

	if (text == NULL)
		return -1;
	*version_r = (int)strtol(text, NULL, 10);
	talloc_free(text);
	return 0;
}

int db_set_version(struct db *db, int version, struct error *error)
{
	char sql[48];

	snprintf(sql, sizeof sql, "PRAGMA user_version=%d", version);   /* a pragma takes no parameter */
	return db_script(db, sql, error);
}

static int64_t wal_bytes(const struct db *db)
{
	char *path = talloc_asprintf(NULL, "%s-wal", db->path);
	struct stat st;
	int64_t bytes = stat(path, &st) == 0 ? st.st_size : 0;   /* stat, not open: closing a descriptor would drop SQLite's locks (https://sqlite.org/howtocorrupt.html) */

	talloc_free(path);
	return bytes;
}

/* TRUNCATE takes the writer's lock before it reads the log's header, so that no commit can reset the log meanwhile: the WAL-reset bug of
 * SQLite before 3.51.3 cannot happen (https://sqlite.org/wal.html). A reader in the way is no error: the log's size tells. */
int db_checkpoint(struct db *db, int64_t *wal_bytes_r, struct error *error)
{
	int code, pages = 0, done = 0;

	if (db->writing || db->reading > 0)
		return error_set(error, ERROR_FAULT, "db.nested", "A checkpoint was asked for inside a transaction.");
	if (db_queue(db, error) != 0)
		return -1;
	sqlite3_busy_timeout(db->handle, CHECKPOINT_MS);
	code = sqlite3_wal_checkpoint_v2(db->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, &pages, &done);
	sqlite3_busy_timeout(db->handle, DB_BUSY_MS);
	db_leave_queue(db);
	if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY)
		return db_fail(db->handle, code, error);
	*wal_bytes_r = wal_bytes(db);
	return 0;
}

static int check(sqlite3 *handle, struct error *error)
{
	char *whole = db_ask(NULL, handle, "PRAGMA integrity_check(1)", 0, error), *keys = NULL;
	int result = -1;

	if (whole == NULL)
		return -1;
	keys = db_ask(NULL, handle, "PRAGMA foreign_key_check", 0, error);
	if (strcmp(whole, "ok") != 0)
		error_set(error, ERROR_FAULT, "db.corrupt", "The database is damaged: %.200s", whole);
	else if (keys != NULL && *keys != '\0')
		error_set(error, ERROR_FAULT, "db.foreign", "A row refers to one that is not there, in %.60s.", keys);
	else if (keys != NULL)
		result = 0;
	talloc_free(whole);
	talloc_free(keys);
	return result;
}

int db_check(struct db *db, struct error *error)
{
	return check(db->handle, error);
}

struct db *db_open_copy(void *ctx, const char *path, struct error *error)
{
	/* Nobody writes a finished copy: no lock, no log beside it. */
	char *uri = talloc_asprintf(ctx, "file:%s?immutable=1", path);
	struct db *db = strpbrk(path, "?#%") != NULL ? NULL : db_open_handle(ctx, uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error);

	if (db == NULL && strpbrk(path, "?#%") != NULL)
		error_set(error, ERROR_INVALID, "db.path", "%s: a backup's path holds none of ? # %%.", path);
	talloc_free(uri);
	return db;
}

static int sync_path(const char *path, int flags, struct error *error)
{
	int file = open(path, flags | O_CLOEXEC), failed;

	if (file < 0)
		return error_set(error, ERROR_FAULT, "db.backup", "%s: %s", path, strerror(errno));
	failed = fsync(file);
	close(file);
	return failed ? error_set(error, ERROR_FULL, "db.full", "%s: %s", path, strerror(errno)) : 0;
}

/* VACUUM INTO does not sync what it writes; the copy gets its name only when it is whole, checked and on the disk. */
static int copy_into(struct db *db, const char *part, struct error *error)
{
	struct db *copy;
	sqlite3_stmt *stmt = NULL;
	int file, code, result;

	file = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (file < 0)
		return error_set(error, ERROR_FAULT, "db.backup", "%s: %s", part, strerror(errno));
	close(file);
	code = sqlite3_prepare_v2(db->handle, "VACUUM INTO ?1", -1, &stmt, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_bind_text(stmt, 1, part, -1, SQLITE_STATIC);
	if (code == SQLITE_OK)
		code = sqlite3_step(stmt);
	sqlite3_finalize(stmt);
	if (code != SQLITE_DONE)
		return db_fail(db->handle, code, error);
	copy = db_open_copy(NULL, part, error);
	if (copy == NULL)
		return -1;
	result = db_check(copy, error);
	talloc_free(copy);
	return result;
}

int db_backup(struct db *db, const char *to_path, struct error *error)
{
	char *part = talloc_asprintf(NULL, "%s.part", to_path), *dir = talloc_strdup(part, to_path), *slash = strrchr(dir, '/');
	int result = -1;

	unlink(part);                    /* what an interrupted backup left */
	if (slash != NULL)
		slash[slash == dir] = '\0';
	if (copy_into(db, part, error) != 0 || sync_path(part, O_RDONLY, error) != 0)
		goto out;
	if (rename(part, to_path) != 0) {
		error_set(error, ERROR_FAULT, "db.backup", "%s: %s", to_path, strerror(errno));
		goto out;
	}
	result = sync_path(slash != NULL ? dir : ".", O_RDONLY | O_DIRECTORY, error);
out:
	if (result != 0)
		unlink(part);
	talloc_free(part);
	return result;
}
