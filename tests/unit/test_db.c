/* SQLite as we use it: settings, transactions, the queue of writers, errors, copies. */
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include <talloc.h>
#include "adapter/db.h"

struct room { void *ctx; char dir[64], path[80]; struct error error; };

#define OK(call) do { if ((call) < 0) fail_msg("%s: %s %s", #call, r->error.code, r->error.say); } while (0)
#define REFUSED(call, want) do { \
		memset(&r->error, 0, sizeof r->error); \
		if ((call) >= 0) fail_msg("%s was not refused", #call); \
		assert_string_equal(r->error.code, want); \
	} while (0)

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *walk)
{
	(void)st; (void)type; (void)walk;
	return remove(path);
}

static int setup(void **state)
{
	struct room *r = talloc_zero(NULL, struct room);

	r->ctx = talloc_new(NULL);
	snprintf(r->dir, sizeof r->dir, "/tmp/dossier-db-XXXXXX");
	assert_non_null(mkdtemp(r->dir));
	snprintf(r->path, sizeof r->path, "%s/test.db", r->dir);
	*state = r;
	return 0;
}

static int teardown(void **state)
{
	struct room *r = *state;

	talloc_free(r->ctx);
	assert_int_equal(db_open_count(), 0);
	nftw(r->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	talloc_free(r);
	return 0;
}

static struct db *opened(struct room *r)
{
	struct db *db = db_open(r->ctx, r->path, true, &r->error);

	if (db == NULL)
		fail_msg("%s %s", r->error.code, r->error.say);
	return db;
}

static struct db *filled(struct room *r)
{
	struct db *db = opened(r);

	OK(db_begin(db, &r->error));
	OK(db_script(db, "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT UNIQUE, b BLOB, n INTEGER) STRICT; CREATE TABLE u (t INTEGER REFERENCES t(id)) STRICT", &r->error));
	OK(db_commit(db, &r->error));
	return db;
}

static int64_t number(struct room *r, struct db *db, const char *sql)
{
	int64_t value = -99;

	OK(db_number(db, sql, &value, &r->error, ""));
	return value;
}

static char *pragma(struct room *r, struct db *db, const char *sql)
{
	struct query *q = db_query(r->ctx, db, sql, &r->error, "");
	char *text;

	assert_non_null(q);
	assert_int_equal(db_step(q, &r->error), 1);
	text = db_text(r->ctx, q, 0);
	db_end(q);
	return text;
}

static void settings_hold(void **state)
{
	static const struct { const char *ask, *want; } rows[] = {
		{ "PRAGMA journal_mode", "wal" }, { "PRAGMA synchronous", "2" }, { "PRAGMA foreign_keys", "1" }, { "PRAGMA wal_autocheckpoint", "0" },
		{ "PRAGMA busy_timeout", "2000" }, { "PRAGMA trusted_schema", "0" }, { "PRAGMA secure_delete", "1" }, { "PRAGMA mmap_size", "0" },
	};
	struct room *r = *state;
	struct db *db = filled(r);
	struct stat st;

	OK(db_begin(db, &r->error));             /* SQLite counts some pragmas as writes */
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_string_equal(pragma(r, db, rows[i].ask), rows[i].want);
	db_rollback(db);
	REFUSED(db_script(db, "SELECT \"no such column\"", &r->error), "db.fault");                   /* DQS off */
	OK(db_begin(db, &r->error));
	REFUSED(db_run(db, "INSERT INTO t(a, n) VALUES ('x', 'text')", &r->error, ""), "db.constraint");  /* STRICT */
	db_rollback(db);
	assert_int_equal(stat(r->path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(stat(talloc_asprintf(r->ctx, "%s-wal", r->path), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(stat(talloc_asprintf(r->ctx, "%s.lock", r->path), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	talloc_free(db);
	/* NO_CKPT_ON_CLOSE: the last one out leaves the log alone. */
	assert_int_equal(stat(talloc_asprintf(r->ctx, "%s-wal", r->path), &st), 0);
	assert_true(st.st_size > 0);
}

static void values_round_trip(void **state)
{
	struct room *r = *state;
	struct db *db = filled(r);
	struct query *q;
	int64_t id = 0;
	size_t length = 0;

	OK(db_begin(db, &r->error));
	assert_int_equal(db_number(db, "INSERT INTO t(a, b, n) VALUES (?, ?, ?) RETURNING id", &id, &r->error, "tbi", "Zoë", "a\0b", (size_t)3, INT64_MIN), 1);
	OK(db_run(db, "INSERT INTO t(a, b, n) VALUES (?, ?, ?)", &r->error, "tb0", NULL, NULL, (size_t)0));
	OK(db_commit(db, &r->error));
	q = db_query(r->ctx, db, "SELECT a, b, n FROM t ORDER BY id", &r->error, "");
	assert_int_equal(db_step(q, &r->error), 1);
	assert_string_equal(db_text(r->ctx, q, 0), "Zoë");
	assert_memory_equal(db_bytes(r->ctx, q, 1, &length), "a\0b", 4);
	assert_int_equal(length, 3);
	assert_true(db_int(q, 2) == INT64_MIN);
	assert_int_equal(db_step(q, &r->error), 1);
	assert_true(db_null(q, 0) && db_null(q, 1) && db_null(q, 2));
	assert_string_equal(db_text(r->ctx, q, 0), "");
	assert_int_equal(db_step(q, &r->error), 0);
	db_end(q);
	id = 77;
	assert_int_equal(db_number(db, "SELECT id FROM t WHERE a = ?", &id, &r->error, "t", "nobody"), 0);
	assert_true(id == 77);
}

static void errors_have_kinds(void **state)
{
	struct room *r = *state;
	struct db *db = filled(r);

	REFUSED(db_run(db, "INSERT INTO t(a) VALUES ('x')", &r->error, ""), "db.no-transaction");
	REFUSED(db_commit(db, &r->error), "db.no-transaction");
	REFUSED(db_script(db, "nonsense", &r->error), "db.fault");
	OK(db_begin(db, &r->error));
	REFUSED(db_begin(db, &r->error), "db.nested");
	OK(db_run(db, "INSERT INTO t(a) VALUES ('x')", &r->error, ""));
	REFUSED(db_run(db, "INSERT INTO t(a) VALUES ('x')", &r->error, ""), "db.constraint");
	assert_int_equal(r->error.kind, ERROR_CONFLICT);
	REFUSED(db_run(db, "INSERT INTO u(t) VALUES (99)", &r->error, ""), "db.constraint");
	OK(db_commit(db, &r->error));
	assert_true(number(r, db, "SELECT count(*) FROM t") == 1);
	OK(db_read_begin(db, &r->error));
	REFUSED(db_begin(db, &r->error), "db.nested");
	db_read_end(db);
	OK(db_begin(db, &r->error));
	db_rollback(db);
	db_rollback(db);
}

/* Beneath the queue SQLite's own lock holds, even against who does not queue: begun is begun to write. */
static void writing_is_locked_beneath_the_queue(void **state)
{
	struct room *r = *state;
	struct db *db = filled(r), *rude = opened(r);

	OK(db_script(rude, "BEGIN IMMEDIATE", &r->error));
	REFUSED(db_begin(db, &r->error), "db.busy");
	assert_int_equal(r->error.kind, ERROR_BUSY);
	assert_false(db_in_write(db));
	OK(db_script(rude, "ROLLBACK", &r->error));
	OK(db_begin(db, &r->error));
	assert_true(db_in_write(db));
	OK(db_commit(db, &r->error));
}

static void no_database_is_an_error(void **state)
{
	struct room *r = *state;
	FILE *file = fopen(r->path, "w");

	assert_non_null(file);
	for (int i = 0; i < 200; i++)
		fputs("this is no database ", file);
	fclose(file);
	assert_null(db_open(r->ctx, r->path, false, &r->error));
	assert_string_equal(r->error.code, "db.corrupt");
	assert_null(db_open(r->ctx, "/tmp/dossier-not-there/x.db", false, &r->error));
	assert_int_equal(db_open_count(), 0);
}

/* The same text stepped twice at once, and a query forgotten until its context goes. */
static void statements_nest_and_end(void **state)
{
	struct room *r = *state;
	struct db *db = filled(r);
	void *inner = talloc_new(NULL);
	struct query *a, *b;
	int rows = 0, count;

	OK(db_begin(db, &r->error));
	for (int i = 0; i < 4; i++)
		OK(db_run(db, "INSERT INTO t(n) VALUES (?)", &r->error, "i", (int64_t)i));
	OK(db_commit(db, &r->error));
	a = db_query(inner, db, "SELECT n FROM t", &r->error, "");
	while (db_step(a, &r->error) == 1) {
		b = db_query(inner, db, "SELECT n FROM t", &r->error, "");
		while (db_step(b, &r->error) == 1)
			rows++;
		db_end(b);
	}
	assert_int_equal(rows, 16);
	a = db_query(inner, db, "SELECT n FROM t WHERE n > ?", &r->error, "i", INT64_C(1));
	assert_int_equal(db_step(a, &r->error), 1);
	talloc_free(inner);
	assert_true(number(r, db, "SELECT count(*) FROM t WHERE n > 1") == 2);
	db_prepared(r->ctx, db, &count);
	assert_int_equal(count, 5);              /* insert, select twice, where, count */
	talloc_free(db);                         /* asserts that nothing is left */
	assert_int_equal(db_open_count(), 0);
}

static void snapshot_stays(void **state)
{
	struct room *r = *state;
	struct db *db = filled(r), *other = opened(r);

	assert_int_equal(db_open_count(), 2);
	OK(db_read_begin(other, &r->error));
	assert_true(number(r, other, "SELECT count(*) FROM t") == 0);
	OK(db_begin(db, &r->error));
	OK(db_run(db, "INSERT INTO t(n) VALUES (1)", &r->error, ""));
	OK(db_commit(db, &r->error));
	OK(db_read_begin(other, &r->error));
	assert_true(number(r, other, "SELECT count(*) FROM t") == 0);
	db_read_end(other);
	assert_true(number(r, other, "SELECT count(*) FROM t") == 0);
	db_read_end(other);
	assert_true(number(r, other, "SELECT count(*) FROM t") == 1);
}

static void checkpoint_empties_the_log(void **state)
{
	struct room *r = *state;
	struct db *db = filled(r), *reader = opened(r);
	int64_t left = -1;

	OK(db_read_begin(reader, &r->error));
	number(r, reader, "SELECT count(*) FROM t");
	OK(db_begin(db, &r->error));
	OK(db_run(db, "INSERT INTO t(n) VALUES (1)", &r->error, ""));
	OK(db_commit(db, &r->error));
	OK(db_checkpoint(db, &left, &r->error));
	assert_true(left > 0);                   /* a reader is in the way: no error, but it shows */
	db_read_end(reader);
	OK(db_checkpoint(db, &left, &r->error));
	assert_true(left == 0);
	assert_true(number(r, db, "SELECT count(*) FROM t") == 1);
}

static void version_is_transactional(void **state)
{
	struct room *r = *state;
	struct db *db = filled(r);
	int version = -1;

	OK(db_version(db, &version, &r->error));
	assert_int_equal(version, 0);
	OK(db_begin(db, &r->error));
	OK(db_set_version(db, 7, &r->error));
	db_rollback(db);
	OK(db_version(db, &version, &r->error));
	assert_int_equal(version, 0);
	OK(db_begin(db, &r->error));
	OK(db_set_version(db, 7, &r->error));
	OK(db_commit(db, &r->error));
	OK(db_version(db, &version, &r->error));
	assert_int_equal(version, 7);
}

static void backup_is_a_database(void **state)
{
	struct room *r = *state;
	struct db *db = filled(r), *copy;
	char *to = talloc_asprintf(r->ctx, "%s/copy.db", r->dir);
	struct stat st;

	OK(db_begin(db, &r->error));
	OK(db_run(db, "INSERT INTO t(n) VALUES (41)", &r->error, ""));
	OK(db_set_version(db, 3, &r->error));
	OK(db_commit(db, &r->error));
	OK(db_backup(db, to, &r->error));
	OK(db_backup(db, to, &r->error));        /* over the old one */
	assert_int_equal(stat(to, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_not_equal(stat(talloc_asprintf(r->ctx, "%s.part", to), &st), 0);
	copy = db_open_copy(r->ctx, to, &r->error);
	assert_non_null(copy);
	OK(db_check(copy, &r->error));
	assert_true(number(r, copy, "SELECT n FROM t") == 41);
	assert_int_not_equal(stat(talloc_asprintf(r->ctx, "%s-wal", to), &st), 0);
	talloc_free(copy);
	copy = db_open(r->ctx, to, false, &r->error);        /* restored */
	assert_non_null(copy);
	assert_true(number(r, copy, "SELECT n FROM t") == 41);
	REFUSED(db_backup(db, "/tmp/dossier-not-there/x.db", &r->error), "db.backup");
}

static void damage_is_found(void **state)
{
	struct room *r = *state;
	struct db *db = filled(r);

	OK(db_check(db, &r->error));
	OK(db_script(db, "PRAGMA foreign_keys=OFF; BEGIN IMMEDIATE; INSERT INTO u(t) VALUES (99); COMMIT", &r->error));
	REFUSED(db_check(db, &r->error), "db.foreign");
}

static void plan_shows_a_scan(void **state)
{
	struct room *r = *state;
	struct db *db = filled(r);

	assert_non_null(strstr(db_plan(r->ctx, db, "SELECT * FROM t WHERE n = 1", &r->error), "SCAN t"));
	assert_non_null(strstr(db_plan(r->ctx, db, "SELECT * FROM t WHERE a = 'x'", &r->error), "SEARCH t"));
	assert_null(db_plan(r->ctx, db, "SELECT * FROM nowhere", &r->error));
}

/* Each process opens after the fork and adds one to the same number 200 times: a lost update would show. */
static int adder(const char *path, int rounds)
{
	void *ctx = talloc_new(NULL);
	struct error error;
	struct db *db = db_open(ctx, path, false, &error);
	int64_t n = 0;

	for (int i = 0; db != NULL && i < rounds; i++)
		if (db_begin(db, &error) != 0 || db_number(db, "SELECT n FROM t WHERE id = 1", &n, &error, "") != 1
		    || db_run(db, "UPDATE t SET n = ? WHERE id = 1", &error, "i", n + 1) != 0 || db_commit(db, &error) != 0)
			return 1;
	talloc_free(ctx);
	return db == NULL;
}

static void two_processes_lose_nothing(void **state)
{
	struct room *r = *state;
	struct db *db = filled(r);
	int status;

	OK(db_begin(db, &r->error));
	OK(db_run(db, "INSERT INTO t(id, n) VALUES (1, 0)", &r->error, ""));
	OK(db_commit(db, &r->error));
	talloc_free(db);
	assert_int_equal(db_open_count(), 0);
	for (int i = 0; i < 2; i++)
		if (fork() == 0)
			_exit(adder(r->path, 200));
	for (int i = 0; i < 2; i++) {
		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
	db = opened(r);
	assert_true(number(r, db, "SELECT n FROM t WHERE id = 1") == 400);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(settings_hold), T(values_round_trip), T(errors_have_kinds), T(writing_is_locked_beneath_the_queue), T(no_database_is_an_error), T(statements_nest_and_end), T(snapshot_stays),
		T(checkpoint_empties_the_log), T(version_is_transactional), T(backup_is_a_database), T(damage_is_found), T(plan_shows_a_scan),
		T(two_processes_lose_nothing),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
