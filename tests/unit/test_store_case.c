/* Cases, their people, documents, versions, drafts, notes, acts, clocks and flags. */
#include "store_fixture.h"

/* ---- cases ---- */

static void references_count_by_london_year(void **state)
{
	struct fixture *f = *state;
	struct case_row a, b, next;
	int year, month, dom;
	int64_t offset;

	date_to_ymd(date_day_of(date_now()), &year, &month, &dom);
	assert_string_equal(f->c.reference, talloc_asprintf(f->ctx, "%04d-001", year));
	OK(store_begin(f->store, &f->error));
	OK(case_open(f->store, &f->cat, "sample", "1.0", "open", "", "", &a, &f->error));
	/* Ten minutes into the next London year, then back. */
	offset = date_start_of(date_from_ymd(year + 1, 1, 1)) + 600000 - date_now();
	OK(date_clock_share(&f->error));
	date_clock_move(offset);
	OK(case_open(f->store, &f->cat, "sample", "1.0", "open", "", "", &next, &f->error));
	date_clock_move(0);
	OK(case_open(f->store, &f->cat, "sample", "1.0", "open", "", "", &b, &f->error));
	OK(store_commit(f->store, &f->error));
	assert_string_equal(a.reference, talloc_asprintf(f->ctx, "%04d-002", year));
	assert_string_equal(next.reference, talloc_asprintf(f->ctx, "%04d-001", year + 1));
	assert_string_equal(b.reference, talloc_asprintf(f->ctx, "%04d-003", year));
	REFUSED(case_open(f->store, &f->cat, "sample", "1.0", "open", "", "", &b, &f->error), "db.no-transaction");
}

static void case_reads_back(void **state)
{
	struct fixture *f = *state;
	struct case_row *c = case_get(f->ctx, f->store, f->c.pub, &f->error);

	GOT(c);
	assert_true(c->id == f->c.id && c->opened == f->c.opened && c->opened_by == f->cat.account && !c->closed && c->round == 0);
	assert_string_equal(c->plugin, "sample");
	assert_string_equal(c->plugin_version, "1.0");
	assert_string_equal(c->state, "open");
	assert_string_equal(c->editions, "law=2018");
	assert_string_equal(c->settings, "days=15");
	assert_int_equal(c->due, DAY_NONE);
	OK(case_set_state(f->store, &f->cat, c, "done", 2, true, &f->error));
	assert_string_equal(c->state, "done");
	c = case_by_id(f->ctx, f->store, f->c.id, &f->error);
	GOT(c);
	assert_string_equal(c->state, "done");
	assert_true(c->closed && c->round == 2);
	NOTHING(case_get(f->ctx, f->store, "0000000000000000", &f->error), "case.missing");
	assert_int_equal(f->error.kind, ERROR_MISSING);
}

static struct case_filter whose(int64_t account, const char *agency, bool all, enum case_status status)
{
	return (struct case_filter){ .account = account, .agency = agency, .all = all, .status = status, .today = 100, .soon = 107, .wide = " chair " };
}

/* How many the filter lists, and counts; the list in *list. */
static int listed(struct fixture *f, struct case_filter filter, struct case_line **list)
{
	struct case_counts counts;
	int n = case_lines(f->ctx, f->store, &filter, NULL, false, 50, list, &f->error);

	OK(n);
	OK(case_counts(f->store, &filter, &counts, &f->error));
	assert_int_equal(counts.found, n);
	return n;
}

static void lists_show_whose_cases(void **state)
{
	struct fixture *f = *state;
	struct case_row other;
	struct case_line *list = NULL;

	OK(store_begin(f->store, &f->error));
	OK(case_open(f->store, &f->cat, "sample", "1.0", "open", "", "", &other, &f->error));
	OK(store_commit(f->store, &f->error));
	OK(case_person_add(f->store, &f->cat, f->c.id, f->ann.account, "author", &f->error));
	OK(case_person_add(f->store, &f->cat, f->c.id, f->ann.account, "chair", &f->error));
	assert_int_equal(listed(f, whose(0, "", true, CASES_OPEN), &list), 2);
	assert_true(list[0].row.id == f->c.id && list[1].row.id == other.id);
	assert_int_equal(listed(f, whose(f->ann.account, "", false, CASES_OPEN), &list), 1);
	assert_true(list[0].row.id == f->c.id);
	assert_int_equal(listed(f, whose(f->ben.account, NULL, false, CASES_OPEN), &list), 0);
	assert_int_equal(listed(f, whose(f->ben.account, "north", false, CASES_OPEN), &list), 1);
	assert_int_equal(listed(f, whose(f->ben.account, "south", false, CASES_OPEN), &list), 0);
	assert_int_equal(listed(f, whose(f->ann.account, "north", false, CASES_OPEN), &list), 1);
	OK(case_set_state(f->store, &f->cat, &other, "done", 0, true, &f->error));
	assert_int_equal(listed(f, whose(0, "", true, CASES_OPEN), &list), 1);
	assert_int_equal(listed(f, whose(0, "", true, CASES_CLOSED), &list), 1);
	assert_true(list[0].row.id == other.id);
}

static void stand(struct fixture *f, int64_t id, day due, bool held)
{
	struct case_standing s = { due, DUE_NEVER, held, due == 90, due == 300 };

	OK(store_begin(f->store, &f->error));
	OK(case_stand(f->store, id, &s, &f->error));
	OK(store_commit(f->store, &f->error));
}

/* Twelve cases: due on day 90, 120, 90, 120 … , one of them held, one with no limit. */
static void many_cases(struct fixture *f, struct case_row *rows)
{
	OK(store_begin(f->store, &f->error));
	for (int i = 0; i < 12; i++)
		OK(case_open(f->store, &f->cat, i < 9 ? "sample" : "other", "1.0", "open", "", "", &rows[i], &f->error));
	OK(store_commit(f->store, &f->error));
	for (int i = 0; i < 12; i++)
		stand(f, rows[i].id, i == 11 ? DUE_NEVER : i == 10 ? 103 : i % 2 ? 120 : 90, i == 4);
	stand(f, f->c.id, 300, false);
}

static void lists_have_the_soonest_first(void **state)
{
	struct fixture *f = *state;
	struct case_row rows[12];
	struct case_line *list;
	struct case_counts counts;
	struct case_filter all = whose(0, "", true, CASES_OPEN);

	many_cases(f, rows);
	assert_int_equal(listed(f, all, &list), 13);
	for (int i = 1; i < 13; i++)
		assert_true(list[i - 1].place.due < list[i].place.due || (list[i - 1].place.due == list[i].place.due && list[i - 1].row.id < list[i].row.id));
	assert_int_equal(list[12].row.due, DAY_NONE);
	OK(case_counts(f->store, &all, &counts, &f->error));
	assert_true(counts.overdue == 4 && counts.soon == 1 && counts.waiting == 5 && counts.ready == 1);
	assert_int_equal(listed(f, whose(0, "", true, CASES_OVERDUE), &list), 4);
	assert_int_equal(listed(f, whose(0, "", true, CASES_SOON), &list), 1);
	assert_int_equal(listed(f, whose(0, "", true, CASES_HELD), &list), 1);
	assert_true(list[0].row.id == rows[4].id && list[0].held);
	assert_int_equal(listed(f, whose(0, "", true, CASES_TRACK), &list), 7);
	all.plugin = "other";
	assert_int_equal(listed(f, all, &list), 3);
	all.text = rows[3].reference;
	assert_int_equal(listed(f, all, &list), 0);
	all.plugin = NULL;
	assert_int_equal(listed(f, all, &list), 1);
	assert_true(list[0].row.id == rows[3].id);
	all.text = talloc_strndup(f->ctx, rows[3].reference, 5);
	assert_int_equal(listed(f, all, &list), 13);
	all.today = date_day_of(date_now());
	all.text = "5";
	assert_int_equal(listed(f, all, &list), 1);
	assert_string_equal(list[0].row.reference, rows[3].reference);
}

/* Forwards and back again by places: every case once, none lost between two pages. */
static void pages_follow_each_other(void **state)
{
	struct fixture *f = *state;
	struct case_row rows[12];
	struct case_line *whole, *list;
	struct case_filter all = whose(0, "", true, CASES_OPEN);
	struct case_place place;

	many_cases(f, rows);
	listed(f, all, &whole);
	for (int from = 0; from < 13; from += 5) {
		int n = case_lines(f->ctx, f->store, &all, from == 0 ? NULL : &place, false, 5, &list, &f->error);
		assert_int_equal(n, from == 10 ? 3 : 5);
		for (int i = 0; i < n; i++)
			assert_true(list[i].row.id == whole[from + i].row.id);
		place = list[n - 1].place;
	}
	place = whole[10].place;
	assert_int_equal(case_lines(f->ctx, f->store, &all, &place, true, 5, &list, &f->error), 5);
	for (int i = 0; i < 5; i++)
		assert_true(list[i].row.id == whole[5 + i].row.id);
}

/* Somebody of an agency learns from no order and no count when another agency is due. */
static void lists_keep_agencies_apart(void **state)
{
	struct fixture *f = *state;
	struct document south;
	struct clock_row clock = { .document_id = f->d.id, .name = "reply", .row = "", .started = 80, .due = 120, .stopped = DAY_NONE };
	struct case_line *list;

	OK(document_add(f->store, &f->cat, f->c.id, "return", "x/return", 1, "south", "", &south, &f->error));
	OK(clock_put(f->store, &f->cat, f->c.id, &clock, &f->error));
	clock.document_id = south.id;
	clock.due = 90;
	OK(clock_put(f->store, &f->cat, f->c.id, &clock, &f->error));
	stand(f, f->c.id, 90, false);
	assert_int_equal(listed(f, whose(f->ann.account, "north", false, CASES_OPEN), &list), 1);
	assert_int_equal(list[0].place.due, 120);
	assert_int_equal(listed(f, whose(f->ann.account, "north", false, CASES_OVERDUE), &list), 0);
	assert_int_equal(listed(f, whose(f->ben.account, "south", false, CASES_OVERDUE), &list), 1);
	OK(case_person_add(f->store, &f->cat, f->c.id, f->ann.account, "author", &f->error));
	assert_int_equal(listed(f, whose(f->ann.account, "north", false, CASES_OVERDUE), &list), 0);
	OK(case_person_add(f->store, &f->cat, f->c.id, f->ann.account, "chair", &f->error));
	assert_int_equal(listed(f, whose(f->ann.account, "north", false, CASES_OVERDUE), &list), 1);      /* who reads all may know */
	assert_int_equal(listed(f, whose(0, "", true, CASES_OVERDUE), &list), 1);
}

static void tasks_are_replaced(void **state)
{
	struct fixture *f = *state;
	struct task tasks[3] = { { .account = f->ann.account, .agency = "", .kind = "step", .name = "sign", .due = 120 },
		{ .agency = "north", .document_id = f->d.id, .kind = "state", .name = "requested", .due = 90 },
		{ .account = f->ben.account, .agency = "", .kind = "step", .name = "sign", .due = DUE_NEVER } }, *list;
	int64_t count, first;

	OK(store_begin(f->store, &f->error));
	OK(task_replace(f->store, f->c.id, tasks, 3, &f->error));
	OK(store_commit(f->store, &f->error));
	assert_int_equal(task_list(f->ctx, f->store, f->ann.account, "north", 10, &list, &f->error), 2);
	assert_string_equal(list[0].name, "requested");
	assert_int_equal(list[1].due, 120);
	first = list[1].id;
	assert_int_equal(task_list(f->ctx, f->store, f->ann.account, "north", 1, &list, &f->error), 1);
	assert_string_equal(list[0].name, "requested");
	OK(task_count(f->store, f->ann.account, "north", &count, &f->error));
	assert_int_equal(count, 2);
	OK(store_begin(f->store, &f->error));
	OK(task_replace(f->store, f->c.id, tasks, 1, &f->error));
	OK(store_commit(f->store, &f->error));
	assert_int_equal(task_list(f->ctx, f->store, f->ann.account, "north", 10, &list, &f->error), 1);
	assert_true(list[0].id == first);      /* what stays is not written again */
	assert_int_equal(task_list(f->ctx, f->store, f->ben.account, "", 10, &list, &f->error), 0);
}

static void people_come_and_go(void **state)
{
	struct fixture *f = *state;
	struct case_person *list = NULL;

	OK(case_person_add(f->store, &f->cat, f->c.id, f->ann.account, "chair", &f->error));
	OK(case_person_add(f->store, &f->cat, f->c.id, f->ann.account, "author", &f->error));
	REFUSED(case_person_add(f->store, &f->cat, f->c.id, f->ann.account, "author", &f->error), "case.person-there");
	assert_string_equal(case_roles_of(f->ctx, f->store, f->c.id, f->ann.account, &f->error), "author chair");
	assert_string_equal(case_roles_of(f->ctx, f->store, f->c.id, f->ben.account, &f->error), "");
	assert_int_equal(case_people(f->ctx, f->store, f->c.id, &list, &f->error), 2);
	assert_string_equal(list[0].role, "chair");
	assert_string_equal(list[0].agency, "north");
	assert_string_equal(list[0].login, "ann");
	OK(case_person_end(f->store, &f->cat, f->c.id, f->ann.account, "chair", &f->error));
	REFUSED(case_person_end(f->store, &f->cat, f->c.id, f->ann.account, "chair", &f->error), "case.no-person");
	assert_string_equal(case_roles_of(f->ctx, f->store, f->c.id, f->ann.account, &f->error), "author");
	OK(case_person_add(f->store, &f->cat, f->c.id, f->ann.account, "chair", &f->error));
	REFUSED(case_person_add(f->store, &f->cat, f->c.id, 999, "chair", &f->error), "db.constraint");
}

static void documents_are_found(void **state)
{
	struct fixture *f = *state;
	struct document other, *d, *list = NULL;

	OK(document_add(f->store, &f->cat, f->c.id, "report", "sample/report", 2, NULL, "", &other, &f->error));
	d = document_find(f->ctx, f->store, f->c.id, "return", NULL, &f->error);
	GOT(d);
	assert_string_equal(d->pub, f->d.pub);
	assert_string_equal(d->agency, "north");
	d = document_find(f->ctx, f->store, f->c.id, "report", "", &f->error);
	GOT(d);
	assert_true(d->id == other.id && d->form_version == 2 && d->latest == 0);
	assert_string_equal(d->agency, "");
	NOTHING(document_find(f->ctx, f->store, f->c.id, "return", "south", &f->error), "document.missing");
	assert_int_equal(document_list(f->ctx, f->store, f->c.id, &list, &f->error), 2);
	assert_true(list[0].id == f->d.id);
	OK(document_set_state(f->store, &f->cat, &other, "submitted", &f->error));
	d = document_by_id(f->ctx, f->store, other.id, &f->error);
	GOT(d);
	assert_string_equal(d->state, "submitted");
	REFUSED(document_add(f->store, &f->cat, f->c.id, "return", "sample/return", 1, "nowhere", "", &other, &f->error), "db.constraint");
}

/* ---- versions ---- */

static void same_bytes_are_the_same_version(void **state)
{
	struct fixture *f = *state;
	struct version *v, *list = NULL;
	unsigned char one[SEAL_HASH], three[SEAL_HASH];
	bool same = true;
	int n = 0;
	instant at = 0;

	assert_int_equal(version_is_latest(f->store, &f->d, "<r>a</r>", 8, &n, &at, &f->error), 0);
	assert_int_equal(fixture_version(f, &f->ann, &f->d, "<r>a</r>", &same), 1);
	assert_false(same);
	assert_int_equal(fixture_version(f, &f->ben, &f->d, "<r>a</r>", &same), 1);
	assert_true(same);
	assert_int_equal(fixture_version(f, &f->ann, &f->d, "<r>b</r>", &same), 2);
	assert_int_equal(f->d.latest, 2);
	/* Back to the first text: the latest is what counts. */
	assert_int_equal(fixture_version(f, &f->ann, &f->d, "<r>a</r>", &same), 3);
	assert_false(same);
	assert_int_equal(version_is_latest(f->store, &f->d, "<r>a</r>", 8, &n, &at, &f->error), 1);
	assert_true(n == 3 && at > 0);
	assert_int_equal(version_is_latest(f->store, &f->d, "<r>b</r>", 8, &n, &at, &f->error), 0);
	OK(version_hash(f->store, &f->d, 1, one, &f->error));
	OK(version_hash(f->store, &f->d, 3, three, &f->error));
	assert_memory_equal(one, three, SEAL_HASH);
	assert_int_equal(version_list(f->ctx, f->store, &f->d, &list, &f->error), 3);
	assert_int_equal(list[0].n, 3);
	assert_string_equal(list[2].author_name, "Person ann");
	assert_string_equal(list[2].agency, "north");
	v = version_get(f->ctx, f->store, &f->d, 2, &f->error);
	GOT(v);
	assert_string_equal(v->bytes, "<r>b</r>");
	assert_int_equal(v->length, 8);
	v = version_get(f->ctx, f->store, &f->d, 0, &f->error);
	GOT(v);
	assert_int_equal(v->n, 3);
	NOTHING(version_get(f->ctx, f->store, &f->d, 4, &f->error), "version.missing");
	REFUSED(version_hash(f->store, &f->d, 4, one, &f->error), "version.missing");
}

static void version_keeps_hash_and_reasons(void **state)
{
	struct fixture *f = *state;
	struct version *v;
	int n;
	bool same;
	instant at;

	OK(store_begin(f->store, &f->error));
	OK(version_add(f->store, &f->ann, &f->d, 4, "abc", 3, "one reason\nand another", &n, &same, &at, &f->error));
	OK(store_commit(f->store, &f->error));
	v = version_get(f->ctx, f->store, &f->d, n, &f->error);
	GOT(v);
	assert_string_equal(v->sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	assert_string_equal(v->reasons, "one reason\nand another");
	assert_true(v->form_version == 4 && v->at == at && v->author == f->ann.account);
	REFUSED(version_add(f->store, &f->ann, &f->d, 4, "abcd", 4, "", &n, &same, &at, &f->error), "db.no-transaction");
}

/* ---- opened versions ---- */

static const char *opened_text(struct fixture *f, int n)
{
	int64_t author = 0;
	const struct xml_doc *doc = version_opened(f->store, &f->d, n, &author, &f->error);

	if (doc != NULL)
		assert_true(author == f->ann.account);
	return doc == NULL ? NULL : xml_plain(xml_root(doc));
}

static void what_is_opened_is_shared(void **state)
{
	struct fixture *f = *state;
	int64_t author;
	const struct xml_doc *doc;

	fixture_version(f, &f->ann, &f->d, "<r>first text</r>", NULL);
	fixture_version(f, &f->ann, &f->d, "<r>second text</r>", NULL);
	doc = version_opened(f->store, &f->d, 1, &author, &f->error);
	GOT(doc);
	assert_string_equal(opened_text(f, 1), "first text");
	assert_string_equal(opened_text(f, 2), "second text");
	assert_ptr_equal(version_opened(f->store, &f->d, 1, &author, &f->error), doc);
	assert_int_equal(store_trim(f->store), 2);
	assert_ptr_equal(version_opened(f->store, &f->d, 1, &author, &f->error), doc);
	NOTHING(version_opened(f->store, &f->d, 3, &author, &f->error), "version.missing");
}

static void what_was_never_committed_is_forgotten(void **state)
{
	struct fixture *f = *state;
	bool same;
	instant at;
	int n;

	OK(store_begin(f->store, &f->error));
	OK(version_add(f->store, &f->ann, &f->d, 1, "<r>never kept</r>", 17, "", &n, &same, &at, &f->error));
	assert_string_equal(opened_text(f, 1), "never kept");
	store_rollback(f->store);
	f->d.latest = 0;
	NOTHING(opened_text(f, 1), "version.missing");
	fixture_version(f, &f->ann, &f->d, "<r>kept text</r>", NULL);
	assert_string_equal(opened_text(f, 1), "kept text");
	assert_int_equal(store_trim(f->store), 1);
	OK(store_begin(f->store, &f->error));
	OK(version_add(f->store, &f->ann, &f->d, 1, "<r>kept later</r>", 17, "", &n, &same, &at, &f->error));
	assert_string_equal(opened_text(f, 2), "kept later");
	OK(store_commit(f->store, &f->error));
	assert_int_equal(store_trim(f->store), 2);
	assert_string_equal(opened_text(f, 2), "kept later");
}

static void what_has_no_key_is_not_opened(void **state)
{
	struct fixture *f = *state;
	struct store *other = store_open(f->ctx, &f->config, &f->error);
	int64_t author;

	GOT(other);
	fixture_version(f, &f->ann, &f->d, "<r>to be shredded</r>", NULL);
	GOT(opened_text(f, 1));
	OK(store_destroy_case_key(other, f->c.id, &f->error));         /* by another process */
	NOTHING(version_opened(f->store, &f->d, 1, &author, &f->error), "store.destroyed");
	assert_int_equal(store_trim(f->store), 0);
}

static void opened_versions_are_bounded(void **state)
{
	struct fixture *f = *state;
	struct opened *o = opened_new(f->ctx);
	struct opened_text text = { .case_id = 1 };

	for (int n = 1; n <= 4; n++) {
		text.n = n;
		opened_keep(o, &text, xml_new(f->ctx, "r"), OPENED_MOST / 10 / 3, false, n);
	}
	GOT(opened_find(o, 0, 1, 10));
	assert_int_equal(opened_trim(o, 10), 3);           /* the one that was used longest ago goes */
	assert_null(opened_find(o, 0, 2, 11));
	GOT(opened_find(o, 0, 1, 11));
	GOT(opened_find(o, 0, 4, OPENED_AGE));
	assert_int_equal(opened_trim(o, OPENED_AGE + 11), 1);
}

/* ---- drafts ---- */

static int save(struct fixture *f, const struct actor *by, const char *section, int base, const char *text, const char *once, int *rev_r)
{
	int result;

	memset(&f->error, 0, sizeof f->error);
	OK(store_begin(f->store, &f->error));
	result = draft_save(f->store, by, &f->d, section, base, 1, text, strlen(text), once, rev_r, &f->error);
	if (result != 0) {
		store_rollback(f->store);
		return -1;
	}
	return store_commit(f->store, &f->error);
}

static int audited(struct fixture *f, const char *verb)
{
	int64_t count = 0;

	OK(db_number(store_db(f->store), "SELECT count(*) FROM audit WHERE verb = ?", &count, &f->error, "t", verb));
	return (int)count;
}

static void stale_draft_is_a_conflict(void **state)
{
	struct fixture *f = *state;
	struct draft *d;
	int rev = 0;

	OK(save(f, &f->ann, "one", 0, "first", NULL, &rev));
	assert_int_equal(rev, 1);
	OK(save(f, &f->ben, "two", 0, "second", NULL, &rev));            /* another section */
	assert_int_equal(rev, 2);
	OK(save(f, &f->ann, "one", 1, "third", NULL, &rev));
	assert_int_equal(rev, 3);
	REFUSED(save(f, &f->ben, "one", 1, "lost", NULL, &rev), "draft.stale");
	assert_int_equal(f->error.kind, ERROR_CONFLICT);
	REFUSED(save(f, &f->ben, "one", 0, "lost", NULL, &rev), "draft.stale");
	REFUSED(save(f, &f->ben, "two", 99, "lost", NULL, &rev), "draft.stale");
	REFUSED(save(f, &f->ben, "", 2, "lost", NULL, &rev), "draft.stale");
	assert_int_equal(rev, 3);
	OK(save(f, &f->ben, "two", 2, "fourth", NULL, &rev));
	OK(save(f, &f->cat, "", 4, "whole", NULL, &rev));
	REFUSED(save(f, &f->ben, "two", 4, "lost", NULL, &rev), "draft.stale");  /* the whole document changed */
	OK(draft_section_rev(f->store, &f->d, "two", &rev, &f->error));
	assert_int_equal(rev, 5);
	d = draft_latest(f->ctx, f->store, &f->d, &f->error);
	GOT(d);
	assert_string_equal(d->bytes, "whole");
	assert_string_equal(d->author_name, "Person cat");
	d = draft_get(f->ctx, f->store, &f->d, 3, &f->error);
	GOT(d);
	assert_string_equal(d->bytes, "third");
	assert_string_equal(d->section, "one");
	NOTHING(draft_get(f->ctx, f->store, &f->d, 6, &f->error), "draft.missing");
}

static void same_token_is_one_save(void **state)
{
	struct fixture *f = *state;
	int rev = 0;

	OK(save(f, &f->ann, "one", 0, "text", "token-a", &rev));
	OK(save(f, &f->ann, "one", 1, "more", "token-b", &rev));
	assert_int_equal(rev, 2);
	OK(save(f, &f->ann, "one", 0, "text", "token-a", &rev));         /* sent again: neither stale nor new */
	assert_int_equal(rev, 1);
	assert_string_equal(draft_latest(f->ctx, f->store, &f->d, &f->error)->bytes, "more");
	assert_int_equal(audited(f, "draft.save"), 1);
}

static void submission_ends_and_time_deletes(void **state)
{
	struct fixture *f = *state;
	int rev = 0;

	OK(save(f, &f->ann, "one", 0, "text", NULL, &rev));
	OK(save(f, &f->ben, "two", 0, "text", NULL, &rev));
	OK(save(f, &f->ann, "one", 1, "text", NULL, &rev));
	assert_int_equal(audited(f, "draft.save"), 2);
	OK(draft_end(f->store, &f->ann, &f->d, &f->error));
	NOTHING(draft_latest(f->ctx, f->store, &f->d, &f->error), "draft.missing");
	GOT(draft_get(f->ctx, f->store, &f->d, 2, &f->error));
	REFUSED(save(f, &f->ben, "two", 2, "late", NULL, &rev), "draft.stale");
	OK(draft_expire(f->store, &f->error));
	GOT(draft_get(f->ctx, f->store, &f->d, 2, &f->error));
	OK(date_clock_share(&f->error));
	date_clock_move(INT64_C(31) * 86400000);
	OK(draft_expire(f->store, &f->error));
	date_clock_move(0);
	NOTHING(draft_get(f->ctx, f->store, &f->d, 2, &f->error), "draft.missing");
	OK(save(f, &f->ann, "one", 0, "again", NULL, &rev));
	assert_int_equal(rev, 4);                /* a number is never given twice */
	assert_int_equal(audited(f, "draft.save"), 3);
}

static void notes_are_added(void **state)
{
	struct fixture *f = *state;
	struct note *list = NULL;

	OK(note_add(f->store, &f->ben, &f->d, "event-7", "match", "the same day", &f->error));
	OK(note_add(f->store, &f->ann, &f->d, "event-8", "annotation", "", &f->error));
	assert_int_equal(note_list(f->ctx, f->store, f->c.id, &list, &f->error), 2);
	assert_string_equal(list[0].row, "event-7");
	assert_string_equal(list[0].kind, "match");
	assert_string_equal(list[0].text, "the same day");
	assert_string_equal(list[0].author_name, "Person ben");
	assert_string_equal(list[1].text, "");
	assert_true(list[1].document_id == f->d.id);
}

/* ---- acts, clocks, flags ---- */

static void quorum_round_trip(void **state)
{
	struct fixture *f = *state;
	struct act sign = { .document_id = f->d.id, .name = "sign-off", .from = "draft", .to = "signed", .role = "author", .input = "I have read this", .day = DAY_NONE,
		.round = 1, .version = 1, .has_hash = true };
	struct act *list = NULL;
	int64_t count = 0;

	fixture_version(f, &f->ann, &f->d, "<r/>", NULL);
	OK(version_hash(f->store, &f->d, 1, sign.hash, &f->error));
	OK(act_add(f->store, &f->ann, f->c.id, &sign, &f->error));
	sign.role = "chair";
	sign.input = NULL;
	sign.day = 20000;
	OK(act_add(f->store, &f->ben, f->c.id, &sign, &f->error));
	sign = (struct act){ .name = "close", .reasons = "V3\tsay\twhy\nV9\tsay\tbecause\n", .input = "<x/>", .day = DAY_NONE };
	OK(act_add(f->store, &actor_system, f->c.id, &sign, &f->error));
	assert_int_equal(act_list(f->ctx, f->store, f->c.id, &list, &f->error), 3);
	assert_string_equal(list[0].name, "sign-off");
	assert_string_equal(list[0].from, "draft");
	assert_string_equal(list[0].to, "signed");
	assert_string_equal(list[0].role, "author");
	assert_string_equal(list[0].agency, "north");
	assert_string_equal(list[0].actor_name, "Person ann");
	assert_null(list[0].input);
	assert_string_equal(act_input(f->ctx, f->store, f->c.id, list[0].id, &f->error), "I have read this");
	assert_string_equal(act_reasons(f->ctx, f->store, f->c.id, list[0].id, &f->error), "");
	assert_string_equal(act_input(f->ctx, f->store, f->c.id, list[2].id, &f->error), "<x/>");
	assert_string_equal(act_reasons(f->ctx, f->store, f->c.id, list[2].id, &f->error), "V3\tsay\twhy\nV9\tsay\tbecause\n");
	assert_true(list[0].actor == f->ann.account && list[0].version == 1 && list[0].round == 1 && list[0].document_id == f->d.id && list[0].has_hash);
	assert_int_equal(list[0].day, date_day_of(list[0].at));
	assert_memory_equal(list[0].hash, list[1].hash, SEAL_HASH);
	assert_string_equal(list[1].role, "chair");
	assert_string_equal(act_input(f->ctx, f->store, f->c.id, list[1].id, &f->error), "");
	assert_null(act_input(f->ctx, f->store, f->c.id, list[2].id + 1, &f->error));
	assert_int_equal(list[1].day, 20000);
	assert_true(list[2].actor == 0 && list[2].document_id == 0 && !list[2].has_hash);
	assert_string_equal(list[2].actor_name, "System");
	assert_int_equal(audited(f, "act.sign-off"), 2);
	OK(act_verify(f->store, &count, &f->error));
	assert_true(count == 3);
}

static void clocks_run_and_stop(void **state)
{
	struct fixture *f = *state;
	struct clock_row k = { .name = "reply", .document_id = f->d.id, .row = "", .started = 20000, .due = 20015, .stopped = DAY_NONE }, *list = NULL;

	OK(clock_put(f->store, &f->cat, f->c.id, &k, &f->error));
	k = (struct clock_row){ .name = "review", .row = "row-3", .started = DAY_NONE, .due = 20010, .stopped = DAY_NONE, .varied_by = 5 };
	OK(clock_put(f->store, &f->cat, f->c.id, &k, &f->error));
	assert_int_equal(clock_list(f->ctx, f->store, f->c.id, &list, &f->error), 2);
	assert_true(list[0].document_id == f->d.id && list[0].started == 20000 && list[0].due == 20015 && list[0].stopped == DAY_NONE);
	assert_string_equal(list[0].row, "");
	assert_string_equal(list[1].row, "row-3");
	assert_true(list[1].document_id == 0 && list[1].started == DAY_NONE && list[1].varied_by == 5);
	assert_int_equal(case_by_id(f->ctx, f->store, f->c.id, &f->error)->due, 20010);
	assert_true(document_by_id(f->ctx, f->store, f->d.id, &f->error)->due == date_start_of(20015));
	list[1].stopped = 20005;
	OK(clock_put(f->store, &f->cat, f->c.id, &list[1], &f->error));
	assert_int_equal(case_by_id(f->ctx, f->store, f->c.id, &f->error)->due, 20015);
	k.id = 999;
	REFUSED(clock_put(f->store, &f->cat, f->c.id, &k, &f->error), "clock.missing");
}

static void flags_are_set_and_lifted(void **state)
{
	struct fixture *f = *state;
	struct flag_row *list = NULL;

	OK(flag_set(f->store, &f->cat, f->c.id, "paused", "why", &f->error));
	REFUSED(flag_set(f->store, &f->cat, f->c.id, "paused", "why", &f->error), "flag.set");
	assert_int_equal(flag_list(f->ctx, f->store, f->c.id, false, &list, &f->error), 1);
	assert_string_equal(list[0].input, "why");
	assert_string_equal(list[0].lift_input, "");
	assert_true(list[0].lifted == 0 && list[0].set > 0);
	OK(flag_lift(f->store, &f->cat, f->c.id, "paused", "over", &f->error));
	REFUSED(flag_lift(f->store, &f->cat, f->c.id, "paused", "over", &f->error), "flag.not-set");
	assert_int_equal(flag_list(f->ctx, f->store, f->c.id, false, &list, &f->error), 0);
	assert_int_equal(flag_list(f->ctx, f->store, f->c.id, true, &list, &f->error), 1);
	assert_string_equal(list[0].lift_input, "over");
	OK(flag_set(f->store, &f->cat, f->c.id, "paused", "again", &f->error));
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
		T(references_count_by_london_year), T(case_reads_back), T(lists_show_whose_cases), T(lists_have_the_soonest_first), T(pages_follow_each_other), T(lists_keep_agencies_apart), T(tasks_are_replaced), T(people_come_and_go), T(documents_are_found),
		T(same_bytes_are_the_same_version), T(what_is_opened_is_shared), T(what_was_never_committed_is_forgotten), T(what_has_no_key_is_not_opened), T(opened_versions_are_bounded), T(version_keeps_hash_and_reasons), T(stale_draft_is_a_conflict), T(same_token_is_one_save),
		T(submission_ends_and_time_deletes), T(notes_are_added), T(quorum_round_trip), T(clocks_run_and_stop), T(flags_are_set_and_lifted),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
