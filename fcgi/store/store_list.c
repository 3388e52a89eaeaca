#include "store/store_list.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

/* ---- how a case stands ---- */

int case_stand(struct store *store, int64_t case_id, const struct case_standing *s, struct error *error)
{
	return db_run(store_db(store), "UPDATE case_file SET due = ?1, look = ?2, held = ?3, waits = ?4, ready = ?5"
		" WHERE id = ?6 AND (due <> ?1 OR look <> ?2 OR held <> ?3 OR waits <> ?4 OR ready <> ?5)", error, "iiiiii",
		(int64_t)s->due, (int64_t)s->look, (int64_t)s->held, (int64_t)s->waits, (int64_t)s->ready, case_id);
}

int case_look_later(struct store *store, int64_t case_id, day look, struct error *error)
{
	return db_run(store_db(store), "UPDATE case_file SET look = ? WHERE id = ?", error, "ii", (int64_t)look, case_id);
}

int case_to_look_at(void *ctx, struct store *store, day today, int limit, int64_t **list_r, struct error *error)
{
	int64_t *list = talloc_array(ctx, int64_t, (size_t)limit + 1);
	struct query *q = db_query(list, store_db(store), "SELECT id FROM case_file WHERE closed = 0 AND look <= ? ORDER BY look LIMIT ?", error,
		"ii", (int64_t)today, (int64_t)limit);
	int n = 0, more = -1;

	while (q != NULL && (more = db_step(q, error)) == 1)
		list[n++] = db_int(q, 0);
	if (more < 0) {
		talloc_free(list);
		return -1;
	}
	db_end(q);
	*list_r = list;
	return n;
}

/* ---- the list ---- */

/* Whose cases: everybody's, straight off an index that has their order; or those of a person, which are few, each with the day that this person
 * may know of: who does not read the documents of every agency does not learn when another one answers. Bound: ?1 account, ?2 agency, ?3 … ?10 the
 * filter, ?11 roles that read all, then place and limit. */
#define ALL "case_file c"
#define KEY_ALL "c.due"
#define MINE "(SELECT case_id FROM case_person WHERE account = ?1 AND until IS NULL UNION SELECT case_id FROM document WHERE agency = ?2) m" \
	" CROSS JOIN case_file c ON c.id = m.case_id"
#define KEY_MINE "CASE WHEN c.closed OR EXISTS (SELECT 1 FROM case_person p WHERE p.case_id = c.id AND p.account = ?1 AND p.until IS NULL" \
	" AND instr(?11, ' ' || p.role || ' ') > 0) THEN c.due ELSE coalesce((SELECT min(k.due) FROM clock k LEFT JOIN document d ON d.id = k.document_id" \
	" WHERE k.case_id = c.id AND k.stopped IS NULL AND k.due IS NOT NULL AND (k.document_id IS NULL OR d.agency IS NULL OR d.agency = ?2)), 2147483647) END"

#define COLUMNS "c.id, c.pub, c.reference, c.plugin, c.plugin_version, c.state, c.editions, c.settings, c.round, c.opened, c.opened_by, c.closed, c.held"
#define WHERE " WHERE c.closed = ?3 AND c.held BETWEEN ?6 AND ?7"
#define ANY_TYPE ""
#define OF_TYPE " AND c.plugin = ?10"
/* By reference: its own index, so that the others are only looked at. */
#define BY_TEXT " AND c.reference >= ?8 AND c.reference < ?9 AND (?10 = '' OR c.plugin = ?10)"
#define AFTER(key) " AND " key " <= ?5 AND (" key ", c.id) > (?12, ?13) ORDER BY 14, c.id LIMIT ?14"
#define BEFORE(key) " AND " key " >= ?4 AND (" key ", c.id) < (?12, ?13) ORDER BY 14 DESC, c.id DESC LIMIT ?14"
#define BETWEEN(key) " AND " key " BETWEEN ?4 AND ?5 AND ?11 IS NOT NULL"
#define PAGE(from, key, which, order) "SELECT " COLUMNS ", " key " FROM " from WHERE which order(key)
#define COUNT(from, key, which) "SELECT count(*) FROM " from WHERE which BETWEEN(key)
#define THREE(from, key, which) { PAGE(from, key, which, AFTER), PAGE(from, key, which, BEFORE), COUNT(from, key, which) }

/* Whose cases × by what: forwards, backwards, counted. */
enum { BY_NOTHING, BY_PLUGIN, BY_REFERENCE };
static const struct { const char *after, *before, *count; } lists[2][3] = {
	{ THREE(MINE, KEY_MINE, ANY_TYPE), THREE(MINE, KEY_MINE, OF_TYPE), THREE(MINE, KEY_MINE, BY_TEXT) },
	{ THREE(ALL, KEY_ALL, ANY_TYPE), THREE(ALL, KEY_ALL, OF_TYPE), THREE(ALL, "+c.due", BY_TEXT) },
};

struct range { int64_t closed, due_from, due_until, held_from, held_until; char *from, *until; };

/* "2026-014" and its beginnings; "14" is a number of any year and cannot be found by the order of references: it is tried in the year of today. */
static void text_range(void *ctx, const struct case_filter *f, struct range *r)
{
	const char *text = f->text == NULL ? "" : f->text;
	int year, month, dom;
	size_t n = strlen(text);

	date_to_ymd(f->today, &year, &month, &dom);
	if (n > 0 && n < 4 && strspn(text, "0123456789") == n)
		r->from = talloc_asprintf(ctx, "%04d-%03d", year, atoi(text));
	else
		r->from = talloc_strdup(ctx, text);
	r->until = talloc_asprintf(ctx, "%s\x7f", r->from);
}

static struct range range_of(void *ctx, const struct case_filter *f)
{
	struct range r = { 0, INT32_MIN, DUE_NEVER, 0, 1, NULL, NULL };

	text_range(ctx, f, &r);
	if (f->status == CASES_CLOSED)
		r.closed = 1;
	if (f->status == CASES_HELD)
		r.held_from = 1;
	if (f->status == CASES_OVERDUE || f->status == CASES_SOON || f->status == CASES_TRACK)
		r.held_until = 0;
	if (f->status == CASES_OVERDUE)
		r.due_until = f->today - 1;
	if (f->status == CASES_SOON)
		r.due_from = f->today, r.due_until = f->soon;
	if (f->status == CASES_TRACK)
		r.due_from = f->soon + 1;
	return r;
}

static const char *agency_of(const struct case_filter *f) { return f->agency == NULL ? "" : f->agency; }
static const char *plugin_of(const struct case_filter *f) { return f->plugin == NULL ? "" : f->plugin; }

static const char *wide_of(const struct case_filter *f) { return f->wide == NULL ? "" : f->wide; }

static int how(const struct case_filter *f)
{
	return f->text != NULL && *f->text != '\0' ? BY_REFERENCE : *plugin_of(f) != '\0' ? BY_PLUGIN : BY_NOTHING;
}

static void line_read(void *ctx, struct case_line *l, struct query *q)
{
	char *pub = db_text(ctx, q, 1);

	l->row = (struct case_row){ .id = db_int(q, 0), .reference = db_text(ctx, q, 2), .plugin = db_text(ctx, q, 3), .plugin_version = db_text(ctx, q, 4),
		.state = db_text(ctx, q, 5), .editions = db_text(ctx, q, 6), .settings = db_text(ctx, q, 7), .round = (int)db_int(q, 8), .opened = db_int(q, 9),
		.opened_by = db_int(q, 10), .closed = db_int(q, 11) != 0 };
	l->held = db_int(q, 12) != 0;
	l->place = (struct case_place){ (day)db_int(q, 13), l->row.id };
	l->row.due = l->place.due == DUE_NEVER ? DAY_NONE : l->place.due;
	strncpy(l->row.pub, pub, sizeof l->row.pub - 1);
	talloc_free(pub);
}

static void turn_round(struct case_line *list, int n)
{
	for (int i = 0; i < n / 2; i++) {
		struct case_line l = list[i];
		list[i] = list[n - 1 - i];
		list[n - 1 - i] = l;
	}
}

int case_lines(void *ctx, struct store *store, const struct case_filter *f, const struct case_place *place, bool backwards, int limit, struct case_line **list_r, struct error *error)
{
	struct case_line *list = talloc_zero_array(ctx, struct case_line, (size_t)limit + 1);
	struct range r = range_of(list, f);
	bool down = backwards != (f->status == CASES_CLOSED);      /* closed ones: newest first */
	struct case_place first = place != NULL ? *place : down ? (struct case_place){ (day)r.due_until, INT64_MAX } : (struct case_place){ (day)r.due_from, 0 };
	struct query *q = db_query(list, store_db(store), down ? lists[f->all][how(f)].before : lists[f->all][how(f)].after, error, "itiiiiittttiii",
		f->account, agency_of(f), r.closed, r.due_from, r.due_until, r.held_from, r.held_until, r.from, r.until, plugin_of(f),
		wide_of(f), (int64_t)first.due, first.id, (int64_t)limit);
	int n = 0, more = -1;

	while (q != NULL && (more = db_step(q, error)) == 1)
		line_read(list, &list[n++], q);
	if (more < 0) {
		talloc_free(list);
		return -1;
	}
	db_end(q);
	if (backwards)
		turn_round(list, n);
	*list_r = list;
	return n;
}

static int count_of(struct store *store, const struct case_filter *f, int64_t *count_r, struct error *error)
{
	void *ctx = talloc_new(NULL);
	struct range r = range_of(ctx, f);
	int more = db_number(store_db(store), lists[f->all][how(f)].count, count_r, error, "itiiiiitttt", f->account, agency_of(f), r.closed, r.due_from, r.due_until,
		r.held_from, r.held_until, r.from, r.until, plugin_of(f), wide_of(f));

	talloc_free(ctx);
	return more < 0 ? -1 : 0;
}

/* What stands in the partial indexes is few and counted by them; of a person's own few cases each is looked at. */
static int count_marked(struct store *store, const struct case_filter *f, int64_t *waiting_r, int64_t *ready_r, struct error *error)
{
	struct db *db = store_db(store);

	if (f->all)
		return db_number(db, "SELECT count(*) FROM case_file WHERE closed = 0 AND waits = 1", waiting_r, error, "") < 0 ||
			db_number(db, "SELECT count(*) FROM case_file WHERE closed = 0 AND ready = 1", ready_r, error, "") < 0 ? -1 : 0;
	return db_number(db, "SELECT count(*) FROM " MINE " WHERE c.closed = 0 AND c.waits = 1", waiting_r, error, "it", f->account, agency_of(f)) < 0 ||
		db_number(db, "SELECT count(*) FROM " MINE " WHERE c.closed = 0 AND c.ready = 1", ready_r, error, "it", f->account, agency_of(f)) < 0 ? -1 : 0;
}

int case_counts(struct store *store, const struct case_filter *filter, struct case_counts *counts_r, struct error *error)
{
	struct case_filter overdue = { filter->account, filter->agency, filter->all, CASES_OVERDUE, NULL, NULL, filter->today, filter->soon, filter->wide }, soon = overdue;
	struct case_counts c = {0};

	soon.status = CASES_SOON;
	if (count_of(store, filter, &c.found, error) != 0 || count_of(store, &overdue, &c.overdue, error) != 0 || count_of(store, &soon, &c.soon, error) != 0 ||
	    count_marked(store, filter, &c.waiting, &c.ready, error) != 0)
		return -1;
	*counts_r = c;
	return 0;
}
