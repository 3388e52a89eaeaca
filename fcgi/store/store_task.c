/* What waits for whom. */
#include "store/store_list.h"

#include <string.h>
#include <talloc.h>

#define COLUMNS "id, case_id, coalesce(document_id, 0), coalesce(account, 0), coalesce(agency, ''), kind, name, due"

static void task_read(void *ctx, struct task *t, struct query *q)
{
	*t = (struct task){ db_int(q, 0), db_int(q, 1), db_int(q, 2), db_int(q, 3), db_text(ctx, q, 4), db_text(ctx, q, 5), db_text(ctx, q, 6), (day)db_int(q, 7) };
}

static int read_all(void *ctx, struct query *q, struct task **list_r, struct error *error)
{
	struct task *list = talloc_array(ctx, struct task, 0);
	int n = 0, more = -1;

	while (q != NULL && (more = db_step(q, error)) == 1) {
		list = talloc_realloc(ctx, list, struct task, (size_t)n + 1);
		task_read(list, &list[n++], q);
	}
	talloc_free(q);
	if (more < 0) {
		talloc_free(list);
		return -1;
	}
	*list_r = list;
	return n;
}

static bool same(const struct task *a, const struct task *b)
{
	return a->document_id == b->document_id && a->account == b->account && a->due == b->due && strcmp(a->agency, b->agency) == 0 &&
		strcmp(a->kind, b->kind) == 0 && strcmp(a->name, b->name) == 0;
}

static int add(struct store *store, int64_t case_id, const struct task *t, struct error *error)
{
	return db_run(store_db(store), "INSERT INTO task(case_id, document_id, account, agency, kind, name, due) VALUES (?, nullif(?, 0), nullif(?, 0), nullif(?, ''), ?, ?, ?)",
		error, "iiittti", case_id, t->document_id, t->account, t->agency, t->kind, t->name, (int64_t)t->due);
}

/* Most acts change little of what waits: rows that stay are not touched. */
int task_replace(struct store *store, int64_t case_id, const struct task *tasks, int count, struct error *error)
{
	void *ctx = talloc_new(NULL);
	bool *kept = talloc_zero_array(ctx, bool, (size_t)count + 1);
	struct task *old;
	int n = read_all(ctx, db_query(NULL, store_db(store), "SELECT " COLUMNS " FROM task WHERE case_id = ? ORDER BY id", error, "i", case_id), &old, error), rc = n < 0 ? -1 : 0;

	for (int i = 0; rc == 0 && i < n; i++) {
		int k = 0;
		while (k < count && (kept[k] || !same(&old[i], &tasks[k])))
			k++;
		if (k < count)
			kept[k] = true;
		else
			rc = db_run(store_db(store), "DELETE FROM task WHERE id = ?", error, "i", old[i].id);
	}
	for (int k = 0; rc == 0 && k < count; k++)
		if (!kept[k])
			rc = add(store, case_id, &tasks[k], error);
	talloc_free(ctx);
	return rc;
}

/* Two ranges of two indexes, joined in their order. */
#define MINE "SELECT " COLUMNS " FROM task WHERE account = ?1 UNION ALL SELECT " COLUMNS " FROM task WHERE agency = ?2 AND account IS NULL"

int task_list(void *ctx, struct store *store, int64_t account, const char *agency, int limit, struct task **list_r, struct error *error)
{
	return read_all(ctx, db_query(NULL, store_db(store), MINE " ORDER BY 8, 1 LIMIT ?3", error, "iti", account, agency, (int64_t)limit), list_r, error);
}

int task_count(struct store *store, int64_t account, const char *agency, int64_t *count_r, struct error *error)
{
	return db_number(store_db(store), "SELECT (SELECT count(*) FROM task WHERE account = ?1) + (SELECT count(*) FROM task WHERE agency = ?2 AND account IS NULL)", count_r, error, "it", account, agency) < 0 ? -1 : 0;
}
