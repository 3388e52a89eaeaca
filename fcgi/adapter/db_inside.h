/* What the files of adapter/db share, and nobody else sees. */
#ifndef ADAPTER_DB_INSIDE_H
#define ADAPTER_DB_INSIDE_H
#include <sqlite3.h>
#include <sys/types.h>
#include "adapter/db.h"

struct statement { sqlite3_stmt *stmt; uint32_t hash; bool busy; };
struct db {
	sqlite3 *handle;
	char *path;
	int lock;                        /* of the queue of writers; -1 for a copy */
	pid_t owner;                     /* a connection that crossed a fork corrupts the file */
	bool writing;
	volatile sig_atomic_t saved;     /* DB_SAVED_… */
	int reading;                     /* how many readers share the snapshot */
	int64_t commits;                 /* of this connection, each before it is tried */
	struct statement *cache;
	int cached;
};

/* getpid, which each statement would else ask the kernel for. */
pid_t db_process(void);
/* SQLite's code as an error of ours. */
int  db_fail(sqlite3 *handle, int code, struct error *error);
/* A statement that is used once and not kept: one column of all rows, a line each. */
char *db_ask(void *ctx, sqlite3 *handle, const char *sql, int column, struct error *error);
/* Without write-ahead log and queue: a backup. */
struct db *db_open_handle(void *ctx, const char *path, int flags, struct error *error);
/* In and out of the queue of writers. */
int  db_queue(struct db *db, struct error *error);
void db_leave_queue(struct db *db);
#define DB_BUSY_MS 2000
#endif
