#include "adapter/db_inside.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/file.h>
#include <sys/vfs.h>
#include <talloc.h>
#include <unistd.h>

#define LENGTH_MAX (96 << 20)            /* one value: the largest attachment and its seal, with room */

static int open_count;                   /* the master asserts 0 before a fork */

char *db_ask(void *ctx, sqlite3 *handle, const char *sql, int column, struct error *error)
{
	char *text = talloc_strdup(ctx, "");
	sqlite3_stmt *stmt = NULL;
	int code = sqlite3_prepare_v2(handle, sql, -1, &stmt, NULL);

	while (code == SQLITE_OK || code == SQLITE_ROW) {
		code = sqlite3_step(stmt);
		if (code == SQLITE_ROW)
			text = talloc_asprintf_append_buffer(text, "%s%s", *text ? "\n" : "",
				sqlite3_column_type(stmt, column) == SQLITE_NULL ? "" : (const char *)sqlite3_column_text(stmt, column));
	}
	sqlite3_finalize(stmt);
	if (code == SQLITE_DONE)
		return text;
	talloc_free(text);
	db_fail(handle, code, error);
	return NULL;
}

/* Each is set, read back and compared, since SQLite is silent about a pragma that it does not know. */
static const struct { const char *set, *ask, *want; } settings[] = {
	{ "PRAGMA busy_timeout=2000", "PRAGMA busy_timeout", "2000" },
	{ "PRAGMA journal_mode=WAL", "PRAGMA journal_mode", "wal" },
	{ "PRAGMA synchronous=FULL", "PRAGMA synchronous", "2" },
	{ "PRAGMA foreign_keys=ON", "PRAGMA foreign_keys", "1" },
	{ "PRAGMA wal_autocheckpoint=0", "PRAGMA wal_autocheckpoint", "0" },
	{ "PRAGMA secure_delete=ON", "PRAGMA secure_delete", "1" },
	{ "PRAGMA cell_size_check=ON", "PRAGMA cell_size_check", "1" },
	{ "PRAGMA mmap_size=0", "PRAGMA mmap_size", "0" },
	{ "PRAGMA temp_store=MEMORY", "PRAGMA temp_store", "2" },      /* no file outside the data directory */
};
static const struct { int option, want; } switches[] = {
	{ SQLITE_DBCONFIG_DEFENSIVE, 1 }, { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 }, { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
	{ SQLITE_DBCONFIG_DQS_DML, 0 }, { SQLITE_DBCONFIG_DQS_DDL, 0 }, { SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1 },
	{ SQLITE_DBCONFIG_ENABLE_FKEY, 1 }, { SQLITE_DBCONFIG_ENABLE_TRIGGER, 1 },
};

static int switches_set(sqlite3 *handle, struct error *error)
{
	sqlite3_extended_result_codes(handle, 1);
	sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, LENGTH_MAX);
	sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 1);              /* VACUUM INTO needs one */
	for (size_t i = 0; i < sizeof switches / sizeof switches[0]; i++) {
		int got = -1;

		if (sqlite3_db_config(handle, switches[i].option, switches[i].want, &got) != SQLITE_OK || got != switches[i].want)
			return error_set(error, ERROR_FAULT, "db.setting", "SQLite would not take the switch %d.", switches[i].option);
	}
	return 0;
}

static int settings_set(struct db *db, struct error *error)
{
	for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
		char *got = db_ask(db, db->handle, settings[i].set, 0, error);

		if (got == NULL)
			return -1;
		talloc_free(got);
		got = db_ask(db, db->handle, settings[i].ask, 0, error);
		if (got == NULL)
			return -1;
		if (strcmp(got, settings[i].want) != 0)
			return error_set(error, ERROR_FAULT, "db.setting", "SQLite would not take “%s”: it says %s.", settings[i].set, got);
		talloc_free(got);
	}
	return 0;
}

/* WAL needs shared memory, which network file systems do not have between hosts (https://sqlite.org/wal.html). */
static int local_disk(const char *path, struct error *error)
{
	static const unsigned long network[] = { 0x6969, 0xff534d42, 0xfe534d42, 0x517b };   /* nfs, cifs, smb2, smb: statfs(2) */
	struct statfs fs;

	if (statfs(path, &fs) != 0)
		return error_set(error, ERROR_FAULT, "db.open", "%s: %s", path, strerror(errno));
	for (size_t i = 0; i < sizeof network / sizeof network[0]; i++)
		if (((unsigned long)fs.f_type & 0xffffffff) == network[i])
			return error_set(error, ERROR_FAULT, "db.network", "%s lies on a network file system, where SQLite is not safe.", path);
	return 0;
}

/* SQLite gives -wal and -shm the mode of the database, so that must be right before it first opens it. */
static int make_file(const char *path, struct error *error)
{
	int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (file >= 0)
		close(file);
	else if (errno != EEXIST)
		return error_set(error, ERROR_FAULT, "db.create", "%s: %s", path, strerror(errno));
	return 0;
}

/* close, not close_v2, which would hide a leak. */
static int db_gone(struct db *db)
{
	for (int i = 0; i < db->cached; i++) {
		assert(!db->cache[i].busy);
		sqlite3_finalize(db->cache[i].stmt);
	}
	if (db->handle != NULL) {
		int code = sqlite3_close(db->handle);

		assert(code == SQLITE_OK);
		(void)code;
		open_count--;
	}
	if (db->lock >= 0)
		close(db->lock);         /* last: the queue is left only when SQLite's own locks are */
	return 0;
}

static pid_t process;

static void forked(void)
{
	process = getpid();
}

pid_t db_process(void)
{
	if (process == 0) {
		process = getpid();
		pthread_atfork(NULL, NULL, forked);
	}
	return process;
}

struct db *db_open_handle(void *ctx, const char *path, int flags, struct error *error)
{
	struct db *db = talloc_zero(ctx, struct db);
	int code;

	db->lock = -1;
	db->owner = db_process();
	db->path = talloc_strdup(db, path);
	code = sqlite3_open_v2(path, &db->handle, flags | SQLITE_OPEN_NOMUTEX, NULL);
	if (code == SQLITE_OK) {
		open_count++;
		talloc_set_destructor(db, db_gone);
		if (switches_set(db->handle, error) == 0)
			return db;
	} else {
		error_set(error, ERROR_FAULT, "db.open", "%s: %s", path, sqlite3_errstr(code));
		sqlite3_close(db->handle);
	}
	talloc_free(db);
	return NULL;
}

struct db *db_open(void *ctx, const char *path, bool create, struct error *error)
{
	struct db *db;
	char *lock;

	if ((create && make_file(path, error) != 0) || local_disk(path, error) != 0)
		return NULL;
	db = db_open_handle(ctx, path, SQLITE_OPEN_READWRITE, error);
	if (db == NULL)
		return NULL;
	if (settings_set(db, error) != 0)
		goto out;
	lock = talloc_asprintf(db, "%s.lock", path);
	db->lock = open(lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (db->lock >= 0)
		return db;
	error_set(error, ERROR_FAULT, "db.lock", "%s: %s", lock, strerror(errno));
out:
	talloc_free(db);
	return NULL;
}

int db_open_count(void)
{
	return open_count;
}

static int flock_wait(struct db *db, int how, struct error *error)
{
	while (flock(db->lock, how) != 0)
		if (errno != EINTR)
			return error_set(error, ERROR_FAULT, "db.lock", "%s.lock: %s", db->path, strerror(errno));
	return 0;
}

int db_queue(struct db *db, struct error *error)
{
	return flock_wait(db, LOCK_EX, error);
}

void db_leave_queue(struct db *db)
{
	struct error ignored;

	flock_wait(db, LOCK_UN, &ignored);
}

int db_begin(struct db *db, struct error *error)
{
	assert(db->owner == db_process());
	if (db->writing || db->reading > 0)
		return error_set(error, ERROR_FAULT, "db.nested", "A write transaction was begun inside another transaction.");
	if (db_queue(db, error) != 0)
		return -1;
	if (db_script(db, "BEGIN IMMEDIATE", error) != 0) {
		db_leave_queue(db);
		return -1;
	}
	db->writing = true;
	return 0;
}

int db_commit(struct db *db, struct error *error)
{
	sig_atomic_t before = db->saved;
	int failed;

	if (!db->writing)
		return error_set(error, ERROR_FAULT, "db.no-transaction", "There is no transaction to commit.");
	if (sqlite3_get_autocommit(db->handle))      /* SQLite rolls back by itself when the disk is full or fails */
		failed = error_set(error, ERROR_FULL, "db.full", "There is no room to keep this, or the disk failed. Nothing was saved.");
	else {
		db->saved = DB_SAVED_UNSURE;
		db->commits++;
		failed = db_script(db, "COMMIT", error);
	}
	if (failed) {
		db_rollback(db);
		db->saved = before;
		return -1;
	}
	db->saved = DB_SAVED_ALL;
	db->writing = false;
	db_leave_queue(db);
	return 0;
}

const volatile sig_atomic_t *db_saved(const struct db *db)
{
	return &db->saved;
}

void db_saved_nothing(struct db *db)
{
	db->saved = DB_SAVED_NOTHING;
}

void db_rollback(struct db *db)
{
	struct error ignored;

	if (!db->writing)
		return;
	if (!sqlite3_get_autocommit(db->handle))
		db_script(db, "ROLLBACK", &ignored);
	db->writing = false;
	db_leave_queue(db);
}

bool db_in_write(const struct db *db)
{
	return db->writing;
}

/* Counted, and nothing inside a write, which is a snapshot already: services can each ask for one. */
int db_read_begin(struct db *db, struct error *error)
{
	if (db->writing)
		return 0;
	if (db->reading == 0 && db_script(db, "BEGIN", error) != 0)
		return -1;
	db->reading++;
	return 0;
}

void db_read_end(struct db *db)
{
	struct error ignored;

	if (db->reading > 0 && --db->reading == 0)
		db_script(db, "COMMIT", &ignored);
}
