/* What keeping a document costs at the least: libxml2 parses the bytes, SQLite inserts them, one transaction each, synchronous=FULL.
 * Not judged, not sealed, not audited, no socket.
 *
 *   bare_keep SECONDS DOCUMENT DATABASE
 *
 * The marker in the document becomes another number each time, as in load. Prints the same line. */
#include <libxml/parser.h>
#include <sqlite3.h>
#include "clock.h"

static char *slurp(const char *path, size_t *length)
{
	FILE *f = fopen(path, "rb");
	char *bytes = malloc(8 << 20);

	if (f == NULL || bytes == NULL) {
		perror(path);
		exit(1);
	}
	*length = fread(bytes, 1, 8 << 20, f);
	fclose(f);
	return bytes;
}

static sqlite3_stmt *start(sqlite3 *db)
{
	sqlite3_stmt *insert = NULL;

	if (sqlite3_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
		" CREATE TABLE IF NOT EXISTS document(id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;", NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(db, "INSERT INTO document(body) VALUES (?)", -1, &insert, NULL) != SQLITE_OK) {
		fprintf(stderr, "bare_keep: %s\n", sqlite3_errmsg(db));
		exit(1);
	}
	return insert;
}

static int keep(sqlite3_stmt *insert, const char *bytes, size_t length)
{
	xmlDoc *doc = xmlReadMemory(bytes, (int)length, "document.xml", NULL, XML_PARSE_NONET);
	int code;

	if (doc == NULL)
		return -1;
	sqlite3_bind_blob(insert, 1, bytes, (int)length, SQLITE_STATIC);
	code = sqlite3_step(insert);
	sqlite3_reset(insert);
	xmlFreeDoc(doc);
	return code == SQLITE_DONE ? 0 : -1;
}

int main(int argc, char **argv)
{
	struct times times = { 0 };
	size_t length;
	double begun, now;
	long errors = 0;
	uint64_t number = mark_start();
	char *bytes, *mark;
	sqlite3 *db;
	sqlite3_stmt *insert;

	if (argc != 4 || sqlite3_open(argv[3], &db) != SQLITE_OK)
		return 2;
	bytes = slurp(argv[2], &length);
	mark = memmem(bytes, length, MARK, sizeof MARK - 1);
	insert = start(db);
	for (begun = now = clock_seconds(); now < begun + atof(argv[1]);) {
		double from = now;
		if (mark != NULL)
			mark_set(mark, number++);
		errors += keep(insert, bytes, length) != 0;
		now = clock_seconds();
		times_add(&times, now - from);
	}
	times_print(&times, now - begun, errors, length);
	sqlite3_finalize(insert);
	sqlite3_close(db);
	return 0;
}
