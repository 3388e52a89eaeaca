#include "adapter/db_inside.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>
#include <talloc.h>
#include <unistd.h>

struct query { struct db *db; int slot; };

int db_fail(sqlite3 *handle, int code, struct error *error)
{
	const char *text = handle != NULL ? sqlite3_errmsg(handle) : sqlite3_errstr(code);

	switch (code & 0xff) {
	case SQLITE_BUSY: case SQLITE_LOCKED: case SQLITE_NOMEM:
		return error_set(error, ERROR_BUSY, "db.busy", "The database is busy. Try again in a moment.");
	case SQLITE_FULL: case SQLITE_IOERR:
		return error_set(error, ERROR_FULL, "db.full", "There is no room to keep this, or the disk failed. Nothing was saved.");
	case SQLITE_CONSTRAINT:
		return error_set(error, ERROR_CONFLICT, "db.constraint", "This contradicts what is already kept (%s).", text);
	case SQLITE_TOOBIG:
		return error_set(error, ERROR_TOO_LARGE, "db.too-large", "This is too large to keep.");
	case SQLITE_CORRUPT: case SQLITE_NOTADB:
		return error_set(error, ERROR_FAULT, "db.corrupt", "The database file is damaged (%s).", text);
	default:
		return error_set(error, ERROR_FAULT, "db.fault", "The database failed: %s (%d).", text, code);
	}
}

static uint32_t hash_of(const char *text)
{
	uint32_t hash = 2166136261u;     /* FNV-1a */

	while (*text != '\0')
		hash = (hash ^ (unsigned char)*text++) * 16777619u;
	return hash;
}

/* A free statement of that text: one from the cache, or a new one when all of that text are being stepped. */
static int statement(struct db *db, const char *sql, struct error *error)
{
	uint32_t hash = hash_of(sql);
	sqlite3_stmt *stmt;
	int code;

	assert(db->owner == db_process());
	for (int i = 0; i < db->cached; i++)
		if (db->cache[i].hash == hash && !db->cache[i].busy && strcmp(sqlite3_sql(db->cache[i].stmt), sql) == 0)
			return i;
	code = sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL);
	if (code != SQLITE_OK)
		return db_fail(db->handle, code, error);
	db->cache = talloc_realloc(db, db->cache, struct statement, (size_t)db->cached + 1);
	db->cache[db->cached] = (struct statement){ stmt, hash, false };
	return db->cached++;
}

static int bind_one(sqlite3_stmt *stmt, int at, char kind, va_list *args, sqlite3_destructor_type copy)
{
	const void *bytes;

	switch (kind) {
	case 'i': return sqlite3_bind_int64(stmt, at, va_arg(*args, int64_t));
	case 'd': return sqlite3_bind_double(stmt, at, va_arg(*args, double));
	case 't': return sqlite3_bind_text(stmt, at, va_arg(*args, const char *), -1, copy);
	case 'b':
		bytes = va_arg(*args, const void *);
		return sqlite3_bind_blob64(stmt, at, bytes, va_arg(*args, size_t), copy);
	default:
		assert(kind == '0');
		return sqlite3_bind_null(stmt, at);
	}
}

static int query_gone(struct query *q)
{
	struct statement *s = &q->db->cache[q->slot];

	sqlite3_reset(s->stmt);
	sqlite3_clear_bindings(s->stmt);
	s->busy = false;
	return 0;
}

/* `copy` says whether the bound values live until the query's end (SQLITE_STATIC) or must be copied. */
static struct query *prepare(void *ctx, struct db *db, const char *sql, struct error *error, const char *format, va_list *args,
	sqlite3_destructor_type copy)
{
	int slot = statement(db, sql, error), code = SQLITE_OK;
	struct query *q;
	sqlite3_stmt *stmt;

	if (slot < 0)
		return NULL;
	stmt = db->cache[slot].stmt;
	if (!sqlite3_stmt_readonly(stmt) && !db->writing) {   /* a deferred upgrade fails at once, whatever the timeout */
		error_set(error, ERROR_FAULT, "db.no-transaction", "A write was asked for outside a write transaction.");
		return NULL;
	}
	q = talloc(ctx, struct query);
	*q = (struct query){ db, slot };
	db->cache[slot].busy = true;
	talloc_set_destructor(q, query_gone);
	assert((int)strlen(format) == sqlite3_bind_parameter_count(stmt));
	for (int i = 0; format[i] != '\0' && code == SQLITE_OK; i++)
		code = bind_one(stmt, i + 1, format[i], args, copy);
	if (code == SQLITE_OK)
		return q;
	db_fail(db->handle, code, error);
	talloc_free(q);
	return NULL;
}

struct query *db_query(void *ctx, struct db *db, const char *sql, struct error *error, const char *format, ...)
{
	struct query *q;
	va_list args;

	va_start(args, format);
	q = prepare(ctx, db, sql, error, format, &args, SQLITE_TRANSIENT);
	va_end(args);
	return q;
}

int db_step(struct query *q, struct error *error)
{
	int code = sqlite3_step(q->db->cache[q->slot].stmt);

	if (code == SQLITE_ROW)
		return 1;
	return code == SQLITE_DONE ? 0 : db_fail(q->db->handle, code, error);
}

static sqlite3_stmt *of(struct query *q)
{
	return q->db->cache[q->slot].stmt;
}

int64_t db_int(struct query *q, int column)
{
	return sqlite3_column_int64(of(q), column);
}

bool db_null(struct query *q, int column)
{
	return sqlite3_column_type(of(q), column) == SQLITE_NULL;
}

char *db_text(void *ctx, struct query *q, int column)
{
	const unsigned char *text = sqlite3_column_text(of(q), column);

	return talloc_strdup(ctx, text != NULL ? (const char *)text : "");
}

/* As db_text: a NUL that is not counted follows the bytes. */
unsigned char *db_bytes(void *ctx, struct query *q, int column, size_t *length_r)
{
	const void *bytes = sqlite3_column_blob(of(q), column);
	size_t length = (size_t)sqlite3_column_bytes(of(q), column);
	unsigned char *copy = talloc_array(ctx, unsigned char, length + 1);

	if (length > 0)
		memcpy(copy, bytes, length);
	copy[length] = '\0';
	*length_r = length;
	return copy;
}

void db_end(struct query *q)
{
	talloc_free(q);
}

int db_run(struct db *db, const char *sql, struct error *error, const char *format, ...)
{
	struct query *q;
	va_list args;
	int more;

	va_start(args, format);
	q = prepare(db, db, sql, error, format, &args, SQLITE_STATIC);
	va_end(args);
	if (q == NULL)
		return -1;
	do
		more = db_step(q, error);
	while (more == 1);
	db_end(q);
	return more;
}

int db_number(struct db *db, const char *sql, int64_t *value_r, struct error *error, const char *format, ...)
{
	struct query *q;
	va_list args;
	int more;

	va_start(args, format);
	q = prepare(db, db, sql, error, format, &args, SQLITE_STATIC);
	va_end(args);
	if (q == NULL)
		return -1;
	more = db_step(q, error);
	if (more == 1)
		*value_r = db_int(q, 0);
	db_end(q);
	return more;
}

int db_script(struct db *db, const char *sql, struct error *error)
{
	int code;

	assert(db->owner == db_process());
	code = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
	return code == SQLITE_OK ? 0 : db_fail(db->handle, code, error);
}

/* The pragma tells what other connections committed, not what this one did (https://sqlite.org/pragma.html#pragma_data_version). */
int db_stand(struct db *db, int64_t stand_r[2], struct error *error)
{
	int64_t others = 0;

	if (db->writing || db->reading > 0)
		return error_set(error, ERROR_FAULT, "db.nested", "How the database stands was asked inside a transaction.");
	if (db_number(db, "PRAGMA data_version", &others, error, "") != 1)
		return -1;
	stand_r[0] = others;
	stand_r[1] = db->commits;
	return 0;
}

int64_t db_changes(struct db *db)
{
	return sqlite3_changes64(db->handle);
}

const char **db_prepared(void *ctx, struct db *db, int *count_r)
{
	const char **list = talloc_array(ctx, const char *, (size_t)db->cached + 1);

	for (int i = 0; i < db->cached; i++)
		list[i] = talloc_strdup(list, sqlite3_sql(db->cache[i].stmt));
	list[db->cached] = NULL;
	*count_r = db->cached;
	return list;
}
