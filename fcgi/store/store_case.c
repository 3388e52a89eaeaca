#include "store/store_case.h"

#include <stdio.h>
#include <string.h>
#include <talloc.h>
#include "store/store_audit.h"

/* ---- cases ---- */

#define CASE_COLUMNS "c.id, c.pub, c.reference, c.plugin, c.plugin_version, c.state, c.editions, c.settings, c.round, c.opened, c.opened_by, c.closed," \
	" (SELECT min(due) FROM clock k WHERE k.case_id = c.id AND k.stopped IS NULL AND k.due IS NOT NULL)"

static void case_read(void *ctx, struct case_row *c, struct query *q)
{
	char *pub = db_text(ctx, q, 1);

	*c = (struct case_row){ .id = db_int(q, 0), .reference = db_text(ctx, q, 2), .plugin = db_text(ctx, q, 3),
		.plugin_version = db_text(ctx, q, 4), .state = db_text(ctx, q, 5), .editions = db_text(ctx, q, 6), .settings = db_text(ctx, q, 7),
		.round = (int)db_int(q, 8), .opened = db_int(q, 9), .opened_by = db_int(q, 10), .closed = db_int(q, 11) != 0,
		.due = db_null(q, 12) ? DAY_NONE : (day)db_int(q, 12) };
	snprintf(c->pub, sizeof c->pub, "%s", pub);
	talloc_free(pub);
}

static struct case_row *case_one(void *ctx, struct query *q, struct error *error)
{
	int more = q != NULL ? db_step(q, error) : -1;
	struct case_row *c = NULL;

	if (more == 1) {
		c = talloc(ctx, struct case_row);
		case_read(c, c, q);
	} else if (more == 0)
		error_set(error, ERROR_MISSING, "case.missing", "There is no such case.");
	talloc_free(q);
	return c;
}

struct case_row *case_get(void *ctx, struct store *store, const char *pub, struct error *error)
{
	return case_one(ctx, db_query(NULL, store_db(store), "SELECT " CASE_COLUMNS " FROM case_file c WHERE c.pub = ?", error, "t", pub), error);
}

struct case_row *case_by_id(void *ctx, struct store *store, int64_t id, struct error *error)
{
	return case_one(ctx, db_query(NULL, store_db(store), "SELECT " CASE_COLUMNS " FROM case_file c WHERE c.id = ?", error, "i", id), error);
}

struct case_row *case_by_reference(void *ctx, struct store *store, const char *reference, struct error *error)
{
	return case_one(ctx, db_query(NULL, store_db(store), "SELECT " CASE_COLUMNS " FROM case_file c WHERE c.reference = ?", error, "t", reference), error);
}

static int next_number(struct store *store, int year, int64_t *number_r, struct error *error)
{
	return db_number(store_db(store), "SELECT coalesce(max(number), 0) + 1 FROM case_file WHERE year = ?", number_r, error, "i", (int64_t)year) == 1 ? 0 : -1;
}

static int case_insert(struct store *store, const struct case_row *c, int year, int64_t number, int64_t key_id, int64_t *id_r, struct error *error)
{
	return db_number(store_db(store), "INSERT INTO case_file(pub, year, number, reference, plugin, plugin_version, state, round, editions,"
		" settings, opened, opened_by, closed, key_id) VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, 0, ?) RETURNING id", id_r, error,
		"tiittttttiii", c->pub, (int64_t)year, number, c->reference, c->plugin, c->plugin_version, c->state, c->editions, c->settings,
		c->opened, c->opened_by, key_id) == 1 ? 0 : -1;
}

int case_open(struct store *store, const struct actor *by, const char *plugin, const char *plugin_version, const char *state, const char *editions,
	const char *settings, struct case_row *case_r, struct error *error)
{
	struct case_row c = { .opened = date_now(), .opened_by = by->account, .due = DAY_NONE };
	struct audit_entry entry = { .verb = "case.open", .object = c.pub };
	struct seal_key key;
	int64_t key_id, number;
	int year, month, day_of_month;
	char reference[32];

	if (!db_in_write(store_db(store)))
		return error_set(error, ERROR_FAULT, "db.no-transaction", "A case was to be opened outside a write transaction.");
	if (store_new_case_key(store, &key_id, &key, error) != 0)
		return -1;
	seal_wipe(&key, sizeof key);
	date_to_ymd(date_day_of(c.opened), &year, &month, &day_of_month);
	if (next_number(store, year, &number, error) != 0)
		return -1;
	seal_id(c.pub);
	snprintf(reference, sizeof reference, "%04d-%03d", year, (int)number);
	c.reference = store_keep(store, reference);
	c.plugin = store_keep(store, plugin);
	c.plugin_version = store_keep(store, plugin_version);
	c.state = store_keep(store, state);
	c.editions = store_keep(store, editions);
	c.settings = store_keep(store, settings);
	if (case_insert(store, &c, year, number, key_id, &c.id, error) != 0)
		return -1;
	entry.case_id = c.id;
	if (audit_add(store, by, &entry, error) != 0)
		return -1;
	*case_r = c;
	return 0;
}

int case_set_state(struct store *store, const struct actor *by, struct case_row *c, const char *state, int round, bool closed, struct error *error)
{
	struct audit_entry entry = { .verb = "case.state", .case_id = c->id, .detail = state };
	bool began;
	int result;

	if (store_join(store, &began, error) != 0)
		return -1;
	result = db_run(store_db(store), "UPDATE case_file SET state = ?, round = ?, closed = ? WHERE id = ?", error,
		"tiii", state, (int64_t)round, (int64_t)closed, c->id);
	if (result == 0)
		result = audit_add(store, by, &entry, error);
	result = store_leave(store, began, result, error);
	if (result == 0) {
		c->state = store_keep(store, state);
		c->round = round;
		c->closed = closed;
	}
	return result;
}

/* ---- people of a case ---- */

int case_person_add(struct store *store, const struct actor *by, int64_t case_id, int64_t account, const char *role, struct error *error)
{
	struct audit_entry entry = { .verb = "case.person-add", .case_id = case_id, .detail = role };
	char who[32];
	bool began;
	int result;

	snprintf(who, sizeof who, "account %lld", (long long)account);
	entry.object = who;
	if (store_join(store, &began, error) != 0)
		return -1;
	result = db_run(store_db(store), "INSERT INTO case_person(case_id, account, role, since, since_by) VALUES (?, ?, ?, ?, ?)"
		" ON CONFLICT (case_id, account, role) WHERE until IS NULL DO NOTHING", error, "iitii", case_id, account, role, date_now(), by->account);
	if (result == 0 && db_changes(store_db(store)) == 0)
		result = error_set(error, ERROR_CONFLICT, "case.person-there", "This person has that role in this case already.");
	if (result == 0)
		result = audit_add(store, by, &entry, error);
	return store_leave(store, began, result, error);
}

int case_person_end(struct store *store, const struct actor *by, int64_t case_id, int64_t account, const char *role, struct error *error)
{
	struct audit_entry entry = { .verb = "case.person-end", .case_id = case_id, .detail = role };
	char who[32];
	bool began;
	int result;

	snprintf(who, sizeof who, "account %lld", (long long)account);
	entry.object = who;
	if (store_join(store, &began, error) != 0)
		return -1;
	result = db_run(store_db(store), "UPDATE case_person SET until = ?, until_by = ? WHERE case_id = ? AND account = ? AND role = ? AND until IS NULL", error,
		"iiiit", date_now(), by->account, case_id, account, role);
	if (result == 0 && db_changes(store_db(store)) == 0)
		result = error_set(error, ERROR_MISSING, "case.no-person", "This person does not have that role in this case.");
	if (result == 0)
		result = audit_add(store, by, &entry, error);
	return store_leave(store, began, result, error);
}

int case_people(void *ctx, struct store *store, int64_t case_id, struct case_person **list_r, struct error *error)
{
	struct case_person *list = talloc_array(ctx, struct case_person, 0);
	struct query *q = db_query(list, store_db(store), "SELECT a.id, a.pub, a.login, a.name, p.role, a.agency, p.since FROM case_person p"
		" JOIN account a ON a.id = p.account WHERE p.case_id = ? AND p.until IS NULL ORDER BY p.id", error, "i", case_id);
	int n = 0, more = -1;

	while (q != NULL && (more = db_step(q, error)) == 1) {
		list = talloc_realloc(ctx, list, struct case_person, (size_t)n + 1);
		list[n] = (struct case_person){ db_int(q, 0), db_text(list, q, 1), db_text(list, q, 2), db_text(list, q, 3), db_text(list, q, 4),
			db_text(list, q, 5), db_int(q, 6), 0 };
		n++;
	}
	if (more < 0) {
		talloc_free(list);
		return -1;
	}
	db_end(q);
	*list_r = list;
	return n;
}

char *case_roles_of(void *ctx, struct store *store, int64_t case_id, int64_t account, struct error *error)
{
	char *roles = talloc_strdup(ctx, ""), *role;
	struct query *q = db_query(roles, store_db(store), "SELECT role FROM case_person WHERE case_id = ? AND account = ? AND until IS NULL ORDER BY role", error,
		"ii", case_id, account);
	int more = -1;

	while (q != NULL && (more = db_step(q, error)) == 1) {
		role = db_text(q, q, 0);
		roles = talloc_asprintf_append_buffer(roles, "%s%s", *roles != '\0' ? " " : "", role);
	}
	if (more < 0) {
		talloc_free(roles);
		return NULL;
	}
	db_end(q);
	return roles;
}
