/* SQLite, the way we use it: WAL, synchronous=FULL, foreign keys, trusted_schema off, defensive, one connection a process and never
 * one in the master at fork. Writers queue on a lock file (flock) so that they hardly ever meet SQLite's own busy handler (2 s).
 * Only the clerk checkpoints. SQL text comes from store/ alone. */
#ifndef ADAPTER_DB_H
#define ADAPTER_DB_H
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/error.h"

struct db;       /* talloc object; closing asserts that no statement is left */
struct db *db_open(void *ctx, const char *path, bool create, struct error *error);   /* the lock file is path + ".lock", opened after the database */
int  db_open_count(void);       /* connections of this process: the master asserts 0 before each fork */

/* Statements are prepared once per connection and text (cached by pointer-equal or equal text), bound by a format, one character a
 * value: i int64_t · t text (NULL = null) · b bytes + size_t · d double · 0 null (no argument). A struct query is stepped and closed; a
 * forgotten one is reset by talloc's destructor on its ctx. */
struct query;
struct query *db_query(void *ctx, struct db *db, const char *sql, struct error *error, const char *format, ...);
int  db_step(struct query *q, struct error *error);           /* 1 a row, 0 end, -1 error */
int64_t db_int(struct query *q, int column);
bool db_null(struct query *q, int column);
char *db_text(void *ctx, struct query *q, int column);         /* "" for null; a copy */
unsigned char *db_bytes(void *ctx, struct query *q, int column, size_t *length_r);   /* a copy */
void db_end(struct query *q);
/* Runs to the end; rows are ignored. SQLITE_FULL and IOERR become ERROR_FULL, BUSY ERROR_BUSY, CONSTRAINT ERROR_CONFLICT (db.constraint). */
int  db_run(struct db *db, const char *sql, struct error *error, const char *format, ...);
/* Column 0 of the first row (an id given, a count): 1 a row, 0 none (*value_r untouched), -1 error. Write outside a transaction: refused. */
int  db_number(struct db *db, const char *sql, int64_t *value_r, struct error *error, const char *format, ...);
int  db_script(struct db *db, const char *sql, struct error *error);   /* several statements: migrations */
int64_t db_changes(struct db *db);

/* A write transaction: queue on the lock, BEGIN IMMEDIATE. Not nested. db_commit returns only when the data is durable;
 * db_rollback is safe at any time. */
int  db_begin(struct db *db, struct error *error);
int  db_commit(struct db *db, struct error *error);
void db_rollback(struct db *db);
bool db_in_write(const struct db *db);
/* What has been committed since db_saved_nothing; unsure only while SQLite commits. A handler of a signal may ask. */
enum { DB_SAVED_NOTHING, DB_SAVED_UNSURE, DB_SAVED_ALL };
const volatile sig_atomic_t *db_saved(const struct db *db);
void db_saved_nothing(struct db *db);
/* A read snapshot over several queries. */
int  db_read_begin(struct db *db, struct error *error);
void db_read_end(struct db *db);

/* Two numbers that are others once anything was committed, by whomever; outside a transaction. */
int  db_stand(struct db *db, int64_t stand_r[2], struct error *error);

int  db_checkpoint(struct db *db, int64_t *wal_bytes_r, struct error *error);   /* TRUNCATE under the lock; the clerk only */
int  db_version(struct db *db, int *version_r, struct error *error);            /* user_version */
int  db_set_version(struct db *db, int version, struct error *error);
int  db_backup(struct db *db, const char *to_path, struct error *error);        /* VACUUM INTO, then integrity_check of the copy */
int  db_check(struct db *db, struct error *error);                              /* integrity_check and foreign_key_check */
/* The query plan as text lines, for the test that no growing table is scanned. */
char *db_plan(void *ctx, struct db *db, const char *sql, struct error *error);
/* The texts of all statements this connection has prepared so far, for the same test. */
const char **db_prepared(void *ctx, struct db *db, int *count_r);
/* A finished backup: read only, no queue. */
struct db *db_open_copy(void *ctx, const char *path, struct error *error);
/* SQLite's version as text, and whether it is at least that number (3037000). */
const char *db_library(void);
bool db_library_fits(int least);
#endif
