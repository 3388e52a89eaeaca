#include "store/store_case.h"

#include <stdio.h>
#include <string.h>
#include <talloc.h>
#include "store/store_audit.h"

/* `due` is the earliest running clock of the document: the London day's beginning. */
#define DOCUMENT "SELECT d.id, d.case_id, d.pub, d.type, d.form, d.agency, d.state, d.form_version, d.latest, d.created, d.created_by," \
	" (SELECT min(due) FROM clock k WHERE k.document_id = d.id AND k.stopped IS NULL AND k.due IS NOT NULL) FROM document d"

static void document_read(void *ctx, struct document *d, struct query *q)
{
	char *pub = db_text(ctx, q, 2);

	*d = (struct document){ .id = db_int(q, 0), .case_id = db_int(q, 1), .type = db_text(ctx, q, 3), .form = db_text(ctx, q, 4),
		.agency = db_text(ctx, q, 5), .state = db_text(ctx, q, 6), .form_version = (int)db_int(q, 7), .latest = (int)db_int(q, 8),
		.created = db_int(q, 9), .created_by = db_int(q, 10), .due = db_null(q, 11) ? 0 : date_start_of((day)db_int(q, 11)) };
	snprintf(d->pub, sizeof d->pub, "%s", pub);
	talloc_free(pub);
}

static struct document *document_one(void *ctx, struct query *q, struct error *error)
{
	int more = q != NULL ? db_step(q, error) : -1;
	struct document *d = NULL;

	if (more == 1) {
		d = talloc(ctx, struct document);
		document_read(d, d, q);
	} else if (more == 0)
		error_set(error, ERROR_MISSING, "document.missing", "There is no such document.");
	talloc_free(q);
	return d;
}

static int document_insert(struct store *store, struct document *d, struct error *error)
{
	return db_number(store_db(store), "INSERT INTO document(pub, case_id, type, form, form_version, agency, state, latest, created, created_by)"
		" VALUES (?, ?, ?, ?, ?, nullif(?, ''), ?, 0, ?, ?) RETURNING id", &d->id, error, "tittittii", d->pub, d->case_id, d->type, d->form,
		(int64_t)d->form_version, d->agency, d->state, d->created, d->created_by) == 1 ? 0 : -1;
}

int document_add(struct store *store, const struct actor *by, int64_t case_id, const char *type, const char *form, int form_version, const char *agency,
	const char *state, struct document *document_r, struct error *error)
{
	struct document d = { .case_id = case_id, .type = store_keep(store, type), .form = store_keep(store, form), .form_version = form_version,
		.agency = store_keep(store, agency != NULL ? agency : ""), .state = store_keep(store, state != NULL ? state : ""),
		.created = date_now(), .created_by = by->account };
	struct audit_entry entry = { .verb = "document.add", .case_id = case_id, .object = d.pub, .detail = type };
	bool began;
	int result;

	seal_id(d.pub);
	if (store_join(store, &began, error) != 0)
		return -1;
	result = document_insert(store, &d, error);
	entry.document_id = d.id;
	if (result == 0)
		result = audit_add(store, by, &entry, error);
	result = store_leave(store, began, result, error);
	if (result == 0)
		*document_r = d;
	return result;
}

struct document *document_get(void *ctx, struct store *store, const char *pub, struct error *error)
{
	return document_one(ctx, db_query(NULL, store_db(store), DOCUMENT " WHERE d.pub = ?", error, "t", pub), error);
}

struct document *document_by_id(void *ctx, struct store *store, int64_t id, struct error *error)
{
	return document_one(ctx, db_query(NULL, store_db(store), DOCUMENT " WHERE d.id = ?", error, "i", id), error);
}

int document_list(void *ctx, struct store *store, int64_t case_id, struct document **list_r, struct error *error)
{
	struct document *list = talloc_array(ctx, struct document, 0);
	struct query *q = db_query(list, store_db(store), DOCUMENT " WHERE d.case_id = ? ORDER BY d.id", error, "i", case_id);
	int n = 0, more = -1;

	while (q != NULL && (more = db_step(q, error)) == 1) {
		list = talloc_realloc(ctx, list, struct document, (size_t)n + 1);
		document_read(list, &list[n++], q);
	}
	if (more < 0) {
		talloc_free(list);
		return -1;
	}
	db_end(q);
	*list_r = list;
	return n;
}

int document_of_agency(struct store *store, int64_t case_id, const char *agency, struct error *error)
{
	int64_t there;

	return db_number(store_db(store), "SELECT 1 FROM document WHERE agency = ? AND case_id = ? LIMIT 1", &there, error, "ti", agency, case_id);
}

struct document *document_find(void *ctx, struct store *store, int64_t case_id, const char *type, const char *agency, struct error *error)
{
	struct db *db = store_db(store);

	return document_one(ctx, agency == NULL
		? db_query(NULL, db, DOCUMENT " WHERE d.case_id = ? AND d.type = ? ORDER BY d.id LIMIT 1", error, "it", case_id, type)
		: db_query(NULL, db, DOCUMENT " WHERE d.case_id = ? AND d.type = ? AND coalesce(d.agency, '') = ? ORDER BY d.id LIMIT 1", error,
			"itt", case_id, type, agency), error);
}

int document_set_state(struct store *store, const struct actor *by, struct document *d, const char *state, struct error *error)
{
	struct audit_entry entry = { .verb = "document.state", .case_id = d->case_id, .document_id = d->id, .detail = state };
	bool began;
	int result;

	if (store_join(store, &began, error) != 0)
		return -1;
	result = db_run(store_db(store), "UPDATE document SET state = ? WHERE id = ?", error, "ti", state, d->id);
	if (result == 0)
		result = audit_add(store, by, &entry, error);
	result = store_leave(store, began, result, error);
	if (result == 0)
		d->state = store_keep(store, state);
	return result;
}

int document_set_latest(struct store *store, const struct document *d, int n, struct error *error)
{
	return db_run(store_db(store), "UPDATE document SET latest = ?, form_version = ? WHERE id = ?", error, "iii", (int64_t)n, (int64_t)d->form_version, d->id);
}

int document_cases_of(void *ctx, struct store *store, const char *agency, int64_t **cases_r, struct error *error)
{
	struct query *q = db_query(NULL, store_db(store), "SELECT DISTINCT d.case_id FROM document d JOIN case_file c ON c.id = d.case_id"
		" WHERE d.agency = ? AND c.closed = 0 ORDER BY d.case_id DESC", error, "t", agency);
	int64_t *list = talloc_array(ctx, int64_t, 0);
	int n = 0, more = -1;

	while (q != NULL && (more = db_step(q, error)) == 1) {
		list = talloc_realloc(ctx, list, int64_t, (size_t)n + 1);
		list[n++] = db_int(q, 0);
	}
	talloc_free(q);
	if (more < 0) {
		talloc_free(list);
		return -1;
	}
	*cases_r = list;
	return n;
}
