#include "store/store_case.h"

#include <string.h>
#include <talloc.h>
#include "store/store_audit.h"

/* ---- clocks ---- */

static day day_at(struct query *q, int column)
{
	return db_null(q, column) ? DAY_NONE : (day)db_int(q, column);
}

static char *clock_binding(void *ctx, const char *case_pub, const char *name)
{
	return talloc_asprintf(ctx, "clock/%s/%s", case_pub, name);
}

/* The row's key is an agency's own id, and may hold anything: sealed. NULL when there is none. */
static int row_seal(void *ctx, struct store *store, int64_t case_id, const struct clock_row *clock, unsigned char **sealed_r, size_t *length_r, struct error *error)
{
	struct seal_key key;
	struct case_row *c;

	*sealed_r = NULL;
	*length_r = 0;
	if (clock->row == NULL || *clock->row == '\0')
		return 0;
	c = case_by_id(ctx, store, case_id, error);
	if (c == NULL || store_case_key(store, case_id, &key, error) != 0)
		return -1;
	*sealed_r = seal_close(ctx, &key, clock_binding(ctx, c->pub, clock->name), clock->row, strlen(clock->row), length_r);
	seal_wipe(&key, sizeof key);
	return 0;
}

/* DAY_NONE is NULL in the table: -2147483648 is DAY_NONE. */
static int clock_write(struct store *store, const struct actor *by, int64_t case_id, const struct clock_row *k, struct error *error)
{
	void *ctx = talloc_new(NULL);
	struct audit_entry entry = { .verb = k->id == 0 ? "clock.start" : "clock.change", .case_id = case_id, .document_id = k->document_id, .object = k->name,
		.detail = k->stopped != DAY_NONE ? "stopped" : NULL };
	unsigned char *row = NULL;
	size_t length = 0;
	int result = row_seal(ctx, store, case_id, k, &row, &length, error);

	if (result == 0)
		result = db_run(store_db(store), k->id == 0
			? "INSERT INTO clock(id, case_id, document_id, name, started, due, stopped, varied_by, row) VALUES (nullif(?9, 0), ?1, nullif(?2, 0), ?3,"
			  " nullif(?4, -2147483648), nullif(?5, -2147483648), nullif(?6, -2147483648), ?7, ?8)"
			: "UPDATE clock SET document_id = nullif(?2, 0), name = ?3, started = nullif(?4, -2147483648), due = nullif(?5, -2147483648),"
			  " stopped = nullif(?6, -2147483648), varied_by = ?7, row = ?8 WHERE id = ?9 AND case_id = ?1", error,
			"iitiiiibi", case_id, k->document_id, k->name, (int64_t)k->started, (int64_t)k->due, (int64_t)k->stopped, (int64_t)k->varied_by,
			row, length, k->id);
	if (result == 0 && db_changes(store_db(store)) == 0)
		result = error_set(error, ERROR_MISSING, "clock.missing", "There is no such clock in this case.");
	if (result == 0)
		result = audit_add(store, by, &entry, error);
	talloc_free(ctx);
	return result;
}

int clock_put(struct store *store, const struct actor *by, int64_t case_id, const struct clock_row *clock, struct error *error)
{
	bool began;

	if (store_join(store, &began, error) != 0)
		return -1;
	return store_leave(store, began, clock_write(store, by, case_id, clock, error), error);
}

static int clock_read(void *ctx, struct store *store, int64_t case_id, const char *case_pub, struct clock_row *k, struct query *q, struct error *error)
{
	struct seal_key key;
	unsigned char *sealed;
	size_t length, plain;

	*k = (struct clock_row){ db_int(q, 0), db_int(q, 1), db_text(ctx, q, 2), NULL, day_at(q, 3), day_at(q, 4), day_at(q, 5), (int)db_int(q, 6) };
	if (db_null(q, 7)) {
		k->row = talloc_strdup(ctx, "");
		return 0;
	}
	if (store_case_key(store, case_id, &key, error) != 0)
		return -1;
	sealed = db_bytes(q, q, 7, &length);
	k->row = (char *)seal_open(ctx, &key, clock_binding(sealed, case_pub, k->name), sealed, length, &plain, error);
	seal_wipe(&key, sizeof key);
	talloc_free(sealed);
	return k->row != NULL ? 0 : -1;
}

int clock_list(void *ctx, struct store *store, int64_t case_id, struct clock_row **list_r, struct error *error)
{
	struct clock_row *list = talloc_array(ctx, struct clock_row, 0);
	struct case_row *c = case_by_id(list, store, case_id, error);
	struct query *q = c == NULL ? NULL : db_query(list, store_db(store), "SELECT id, coalesce(document_id, 0), name, started, due, stopped, varied_by, row"
		" FROM clock WHERE case_id = ? ORDER BY id", error, "i", case_id);
	int n = 0, more = -1;

	while (q != NULL && (more = db_step(q, error)) == 1) {
		list = talloc_realloc(ctx, list, struct clock_row, (size_t)n + 1);
		if ((more = clock_read(list, store, case_id, c->pub, &list[n++], q, error)) < 0)
			break;
	}
	if (more < 0) {
		talloc_free(list);
		return -1;
	}
	db_end(q);
	*list_r = list;
	return n;
}

/* ---- flags ---- */

static char *flag_binding(void *ctx, const char *case_pub, const char *name, const char *what, instant set)
{
	return talloc_asprintf(ctx, "flag/%s/%s/%s/%lld", case_pub, name, what, (long long)set);
}

static int flag_seal(void *ctx, struct store *store, int64_t case_id, const char *name, const char *what, instant set, const char *input,
	unsigned char **sealed_r, size_t *length_r, struct error *error)
{
	struct case_row *c = case_by_id(ctx, store, case_id, error);
	struct seal_key key;

	if (c == NULL || store_case_key(store, case_id, &key, error) != 0)
		return -1;
	if (input == NULL)
		input = "";
	*sealed_r = seal_close(ctx, &key, flag_binding(ctx, c->pub, name, what, set), input, strlen(input), length_r);
	seal_wipe(&key, sizeof key);
	return 0;
}

static int flag_set_in(void *ctx, struct store *store, const struct actor *by, int64_t case_id, const char *name, const char *input, struct error *error)
{
	struct audit_entry entry = { .verb = "flag.set", .case_id = case_id, .object = name };
	instant now = date_now();
	unsigned char *sealed;
	size_t length;

	if (flag_seal(ctx, store, case_id, name, "set", now, input, &sealed, &length, error) != 0)
		return -1;
	if (db_run(store_db(store), "INSERT INTO flag(case_id, name, set_at, set_by, input) VALUES (?, ?, ?, ?, ?)"
	    " ON CONFLICT (case_id, name) WHERE lifted_at IS NULL DO NOTHING", error, "itiib", case_id, name, now, by->account, sealed, length) != 0)
		return -1;
	if (db_changes(store_db(store)) == 0)
		return error_set(error, ERROR_CONFLICT, "flag.set", "This is set already.");
	return audit_add(store, by, &entry, error);
}

static int flag_lift_in(void *ctx, struct store *store, const struct actor *by, int64_t case_id, const char *name, const char *input, struct error *error)
{
	struct audit_entry entry = { .verb = "flag.lift", .case_id = case_id, .object = name };
	int64_t set;
	unsigned char *sealed;
	size_t length;
	int more = db_number(store_db(store), "SELECT set_at FROM flag WHERE case_id = ? AND name = ? AND lifted_at IS NULL", &set, error, "it", case_id, name);

	if (more == 0)
		return error_set(error, ERROR_CONFLICT, "flag.not-set", "This is not set, or was lifted before.");
	if (more < 0 || flag_seal(ctx, store, case_id, name, "lift", set, input, &sealed, &length, error) != 0)
		return -1;
	if (db_run(store_db(store), "UPDATE flag SET lifted_at = ?, lifted_by = ?, lift_input = ? WHERE case_id = ? AND name = ? AND lifted_at IS NULL", error,
	    "iibit", date_now(), by->account, sealed, length, case_id, name) != 0)
		return -1;
	return audit_add(store, by, &entry, error);
}

int flag_set(struct store *store, const struct actor *by, int64_t case_id, const char *name, const char *input, struct error *error)
{
	void *ctx = talloc_new(NULL);
	bool began;
	int result = store_join(store, &began, error);

	if (result == 0)
		result = store_leave(store, began, flag_set_in(ctx, store, by, case_id, name, input, error), error);
	talloc_free(ctx);
	return result;
}

int flag_lift(struct store *store, const struct actor *by, int64_t case_id, const char *name, const char *input, struct error *error)
{
	void *ctx = talloc_new(NULL);
	bool began;
	int result = store_join(store, &began, error);

	if (result == 0)
		result = store_leave(store, began, flag_lift_in(ctx, store, by, case_id, name, input, error), error);
	talloc_free(ctx);
	return result;
}

static char *flag_text(void *ctx, const struct seal_key *key, struct query *q, int column, const char *case_pub, const struct flag_row *f,
	const char *what, struct error *error)
{
	size_t length, plain;
	unsigned char *sealed = db_bytes(q, q, column, &length);
	char *text = db_null(q, column) ? talloc_strdup(ctx, "")
		: (char *)seal_open(ctx, key, flag_binding(sealed, case_pub, f->name, what, f->set), sealed, length, &plain, error);

	talloc_free(sealed);
	return text;
}

static int flag_read(void *ctx, const struct seal_key *key, const char *case_pub, struct flag_row *f, struct query *q, struct error *error)
{
	*f = (struct flag_row){ .id = db_int(q, 0), .name = db_text(ctx, q, 1), .set = db_int(q, 2), .lifted = db_int(q, 3) };
	f->input = flag_text(ctx, key, q, 4, case_pub, f, "set", error);
	f->lift_input = f->input != NULL ? flag_text(ctx, key, q, 5, case_pub, f, "lift", error) : NULL;
	return f->lift_input != NULL ? 0 : -1;
}

int flag_list(void *ctx, struct store *store, int64_t case_id, bool all, struct flag_row **list_r, struct error *error)
{
	struct flag_row *list = talloc_array(ctx, struct flag_row, 0);
	struct case_row *c = case_by_id(list, store, case_id, error);
	struct seal_key key;
	struct query *q = NULL;
	int n = 0, more = -1;

	if (c != NULL && store_case_key(store, case_id, &key, error) == 0)
		q = db_query(list, store_db(store), "SELECT id, name, set_at, coalesce(lifted_at, 0), input, lift_input FROM flag"
			" WHERE case_id = ? AND (lifted_at IS NULL OR ?) ORDER BY id", error, "ii", case_id, (int64_t)all);
	while (q != NULL && (more = db_step(q, error)) == 1) {
		list = talloc_realloc(ctx, list, struct flag_row, (size_t)n + 1);
		if ((more = flag_read(list, &key, c->pub, &list[n++], q, error)) < 0)
			break;
	}
	seal_wipe(&key, sizeof key);
	if (more < 0) {
		talloc_free(list);
		return -1;
	}
	db_end(q);
	*list_r = list;
	return n;
}
