/* Publications, and that no page's time grows with what is kept. */
#include "store_fixture.h"

static struct candidate page(const char *text)
{
	return (struct candidate){ .bytes = (char *)text, .length = strlen(text), .title = "Learning", .slug = "learning-one", .rules = "rules-1",
		.register_hash = "abc", .document_version = 1, .register_version = 2, .marks_version = 3, .published = 20001 };
}

static void candidate_reads_back(void **state)
{
	struct fixture *f = *state;
	struct publication p, *again;
	struct candidate c = page("<p>one</p>"), *got;

	OK(publication_add(f->store, &f->cat, &f->d, "learning", "reviews", &p, &f->error));
	REFUSED(publication_add(f->store, &f->cat, &f->d, "learning", "reviews", &p, &f->error), "db.constraint");
	NOTHING(candidate_latest(f->ctx, f->store, &p, &f->error), "candidate.missing");
	OK(candidate_add(f->store, &f->ann, &p, &c, &c.n, &f->error));
	assert_string_equal(p.state, "candidate");
	assert_string_equal(p.slug, "learning-one");
	got = candidate_latest(f->ctx, f->store, &p, &f->error);
	GOT(got);
	assert_string_equal(got->bytes, "<p>one</p>");
	assert_int_equal(got->length, 10);
	assert_int_equal(strlen(got->sha256), 64);
	assert_string_equal(got->title, "Learning");
	assert_string_equal(got->slug, "learning-one");
	assert_string_equal(got->register_hash, "abc");
	assert_string_equal(got->rules, "rules-1");
	assert_string_equal(got->by_name, "Person ann");
	assert_true(got->n == 1 && got->document_version == 1 && got->register_version == 2 && got->marks_version == 3 && got->published == 20001);
	again = publication_of(f->ctx, f->store, f->d.id, "learning", &f->error);
	GOT(again);
	assert_string_equal(again->pub, p.pub);
	assert_int_equal(publication_list(f->ctx, f->store, f->c.id, &again, &f->error), 1);
	assert_true(publication_slug_taken(f->store, "reviews", "learning-one", 0));
	assert_false(publication_slug_taken(f->store, "reviews", "learning-one", p.id));
	assert_false(publication_slug_taken(f->store, "guides", "learning-one", 0));
	assert_false(publication_slug_taken(f->store, "reviews", "", 0));
}

/* Any change of what was approved makes the approval's candidate another one. */
static void approval_binds_everything(void **state)
{
	struct fixture *f = *state;
	struct publication p;
	struct candidate c = page("<p>one</p>"), *now;
	struct approval *list = NULL;

	OK(publication_add(f->store, &f->cat, &f->d, "learning", "reviews", &p, &f->error));
	OK(candidate_add(f->store, &f->ann, &p, &c, &c.n, &f->error));
	for (int i = 0; i < 8; i++) {
		struct candidate other = c;

		switch (i) {
		case 0: other.bytes = "<p>two</p>"; break;
		case 1: other.title = "Other"; break;
		case 2: other.slug = "other"; break;
		case 3: other.rules = "rules-2"; break;
		case 4: other.register_version++; break;
		case 5: other.register_hash = "abd"; break;
		case 6: other.published++; break;
		case 7: other.marks_version++; break;
		}
		REFUSED(approval_add(f->store, &f->cat, &p, &other, "approver", "approved", &f->error), "approval.stale");
	}
	now = candidate_latest(f->ctx, f->store, &p, &f->error);
	GOT(now);
	OK(approval_add(f->store, &f->ben, &p, now, "redactor", "cleared", &f->error));
	assert_string_equal(p.state, "cleared");
	REFUSED(approval_add(f->store, &f->ben, &p, now, "approver", "approved", &f->error), "approval.twice");
	assert_int_equal(approval_list(f->ctx, f->store, &p, now, &list, &f->error), 1);
	assert_string_equal(list[0].role, "redactor");
	assert_string_equal(list[0].name, "Person ben");
	c = page("<p>two</p>");
	OK(candidate_add(f->store, &f->ann, &p, &c, &c.n, &f->error));
	REFUSED(approval_add(f->store, &f->cat, &p, now, "approver", "approved", &f->error), "approval.stale");
	now = candidate_latest(f->ctx, f->store, &p, &f->error);
	assert_int_equal(approval_list(f->ctx, f->store, &p, now, &list, &f->error), 0);
}

static void release_needs_two_people(void **state)
{
	struct fixture *f = *state;
	struct publication p;
	struct candidate c = page("<p>one</p>");

	OK(publication_add(f->store, &f->cat, &f->d, "learning", "reviews", &p, &f->error));
	OK(candidate_add(f->store, &f->ann, &p, &c, &c.n, &f->error));
	REFUSED(edition_release(f->store, &f->cat, &p, &c, &f->error), "edition.not-approved");
	OK(approval_add(f->store, &f->cat, &p, &c, "approver", "approved", &f->error));
	REFUSED(edition_release(f->store, &f->cat, &p, &c, &f->error), "edition.two-people");
	OK(approval_add(f->store, &f->ben, &p, &c, "redactor", NULL, &f->error));
	c.bytes = "<p>two</p>";
	REFUSED(edition_release(f->store, &f->cat, &p, &c, &f->error), "approval.stale");
	c.bytes = "<p>one</p>";
	OK(edition_release(f->store, &f->cat, &p, &c, &f->error));
	REFUSED(edition_release(f->store, &f->cat, &p, &c, &f->error), "edition.not-approved");
}

static void release(struct fixture *f, struct publication *p, const char *text)
{
	struct candidate c = page(text);

	OK(candidate_add(f->store, &f->ann, p, &c, &c.n, &f->error));
	OK(approval_add(f->store, &f->ben, p, &c, "redactor", "cleared", &f->error));
	OK(approval_add(f->store, &f->cat, p, &c, "approver", "approved", &f->error));
	OK(edition_release(f->store, &f->cat, p, &c, &f->error));
}

static void editions_follow_each_other(void **state)
{
	struct fixture *f = *state;
	struct publication p, q;
	struct edition *list = NULL;
	struct document other;
	struct candidate clash = page("<p>clash</p>");
	int64_t serial = -1, next = -1;

	OK(publication_add(f->store, &f->cat, &f->d, "learning", "reviews", &p, &f->error));
	OK(edition_serial(f->store, &serial, &f->error));
	assert_true(serial == 0);
	REFUSED(edition_withdraw(f->store, &f->cat, &p, "No.", &f->error), "edition.not-public");
	release(f, &p, "<p>one</p>");
	OK(edition_serial(f->store, &next, &f->error));
	assert_true(next == serial + 1);
	release(f, &p, "<p>two</p>");
	assert_int_equal(p.edition, 2);
	assert_string_equal(p.state, "released");
	assert_int_equal(edition_list(f->ctx, f->store, true, &list, &f->error), 1);
	assert_string_equal(list[0].bytes, "<p>two</p>");
	assert_int_equal(list[0].n, 2);
	assert_string_equal(list[0].folder, "reviews");
	assert_string_equal(list[0].slug, "learning-one");
	assert_true(list[0].withdrawn == 0 && list[0].published == 20001);
	OK(edition_withdraw(f->store, &f->cat, &p, "Taken back.", &f->error));
	REFUSED(edition_withdraw(f->store, &f->cat, &p, "Taken back.", &f->error), "edition.not-public");
	OK(edition_serial(f->store, &next, &f->error));
	assert_true(next == serial + 3);
	assert_int_equal(edition_list(f->ctx, f->store, false, &list, &f->error), 1);
	assert_null(list[0].bytes);
	assert_true(list[0].withdrawn > 0);
	assert_string_equal(list[0].reason, "Taken back.");
	release(f, &p, "<p>three</p>");
	assert_int_equal(edition_list(f->ctx, f->store, false, &list, &f->error), 1);
	assert_true(list[0].withdrawn == 0 && list[0].n == 3);
	OK(document_add(f->store, &f->cat, f->c.id, "report", "sample/report", 1, "", "", &other, &f->error));
	OK(publication_add(f->store, &f->cat, &other, "learning", "reviews", &q, &f->error));
	REFUSED(candidate_add(f->store, &f->ann, &q, &clash, &clash.n, &f->error), "publication.slug");
	OK(edition_verify(f->store, &next, &f->error));
	assert_true(next == 3);
}

/* ---- no scan ---- */

/* Does every question there is, so that every statement is prepared, apart from those of verify. */
static void ask_everything(struct fixture *f)
{
	void *x = f->ctx;
	struct account *account = people_account(x, f->store, "ann", &f->error);
	struct act act = { .document_id = f->d.id, .name = "sign", .input = "said", .day = DAY_NONE }, *acts;
	struct clock_row clock = { .name = "reply", .row = "r", .started = 1, .due = 2, .stopped = DAY_NONE }, *clocks;
	struct publication p, *ps;
	struct case_line *lines;
	struct case_counts counts;
	struct task task = { .account = f->ann.account, .agency = "", .kind = "step", .name = "sign" }, *tasks;
	int64_t *looks;
	struct case_person *people;
	struct document *documents;
	struct version *versions;
	struct flag_row *flags;
	struct note *notes;
	struct approval *approvals;
	struct edition *editions;
	struct audit_row *rows;
	unsigned char hash[SEAL_HASH];
	char token[SEAL_TOKEN], *api;
	int64_t number;
	int rev;

	OK(people_session_open(f->store, account, token, &f->error));
	fixture_vandal(f, "UPDATE session SET seen = seen - 70000");
	GOT(people_session(x, f->store, token, 30, 12, &f->error));
	OK(people_session_close(f->store, token, &f->error));
	OK(people_sessions_expire(f->store, 30, 12, &f->error));
	people_sign_in(x, f->store, "nobody", "x", &f->error);
	people_sign_in(x, f->store, "nobody", "x", &f->error);
	OK(people_account_put(f->store, &f->cat, account, "pass", &f->error));
	GOT(people_sign_in(x, f->store, "ann", "pass", &f->error));
	OK(people_token_make(x, f->store, &f->cat, account, "l", 3, &api, &f->error));
	GOT(people_token(x, f->store, api, &number, &f->error));
	OK(people_token_revoke(f->store, &f->cat, number, &f->error));
	GOT(people_account_by_pub(x, f->store, f->ann.pub, &f->error));
	OK(case_person_add(f->store, &f->cat, f->c.id, f->ann.account, "author", &f->error));
	GOT(case_roles_of(x, f->store, f->c.id, f->ann.account, &f->error));
	OK(case_people(x, f->store, f->c.id, &people, &f->error));
	OK(case_person_end(f->store, &f->cat, f->c.id, f->ann.account, "author", &f->error));
	GOT(case_get(x, f->store, f->c.pub, &f->error));
	for (int i = 0; i < 6; i++) {
		struct case_filter filter = { f->ann.account, "north", i % 2, CASES_OPEN, i / 2 == 1 ? "sample" : NULL, i / 2 == 2 ? "2026" : NULL, 1, 8 };
		for (int backwards = 0; backwards < 2; backwards++)
			OK(case_lines(x, f->store, &filter, NULL, backwards, 10, &lines, &f->error));
		OK(case_counts(f->store, &filter, &counts, &f->error));
	}
	OK(case_to_look_at(x, f->store, 1, 10, &looks, &f->error));
	OK(store_begin(f->store, &f->error));
	OK(case_stand(f->store, f->c.id, &(struct case_standing){ .due = 1 }, &f->error));
	OK(case_look_later(f->store, f->c.id, 2, &f->error));
	OK(task_replace(f->store, f->c.id, &task, 1, &f->error));
	OK(task_replace(f->store, f->c.id, &task, 0, &f->error));
	OK(store_commit(f->store, &f->error));
	OK(task_list(x, f->store, f->ann.account, "north", 10, &tasks, &f->error));
	OK(task_count(f->store, f->ann.account, "north", &number, &f->error));
	OK(case_set_state(f->store, &f->cat, &f->c, "x", 0, false, &f->error));
	GOT(document_get(x, f->store, f->d.pub, &f->error));
	GOT(document_by_id(x, f->store, f->d.id, &f->error));
	OK(document_list(x, f->store, f->c.id, &documents, &f->error));
	GOT(document_find(x, f->store, f->c.id, "return", NULL, &f->error));
	GOT(document_find(x, f->store, f->c.id, "return", "north", &f->error));
	OK(document_set_state(f->store, &f->cat, &f->d, "y", &f->error));
	fixture_version(f, &f->ann, &f->d, "<r/>", NULL);
	GOT(version_get(x, f->store, &f->d, 0, &f->error));
	GOT(version_get(x, f->store, &f->d, 1, &f->error));
	OK(version_list(x, f->store, &f->d, &versions, &f->error));
	OK(version_hash(f->store, &f->d, 1, hash, &f->error));
	assert_int_equal(version_is_latest(f->store, &f->d, "<r/>", 4, &rev, &number, &f->error), 1);
	for (int i = 0; i < 2; i++) {
		OK(store_begin(f->store, &f->error));
		OK(draft_save(f->store, &f->ann, &f->d, i ? "" : "one", i, 1, "x", 1, i ? "b" : "a", &rev, &f->error));
		OK(store_commit(f->store, &f->error));
	}
	GOT(draft_latest(x, f->store, &f->d, &f->error));
	GOT(draft_get(x, f->store, &f->d, 1, &f->error));
	OK(draft_end(f->store, &f->ann, &f->d, &f->error));
	OK(draft_expire(f->store, &f->error));
	OK(act_add(f->store, &f->ann, f->c.id, &act, &f->error));
	OK(act_list(x, f->store, f->c.id, &acts, &f->error));
	OK(clock_put(f->store, &f->ann, f->c.id, &clock, &f->error));
	OK(clock_list(x, f->store, f->c.id, &clocks, &f->error));
	OK(clock_put(f->store, &f->ann, f->c.id, &clocks[0], &f->error));
	OK(flag_set(f->store, &f->ann, f->c.id, "paused", "", &f->error));
	OK(flag_list(x, f->store, f->c.id, true, &flags, &f->error));
	OK(flag_lift(f->store, &f->ann, f->c.id, "paused", "", &f->error));
	OK(note_add(f->store, &f->ann, &f->d, "r", "match", "t", &f->error));
	OK(note_list(x, f->store, f->c.id, &notes, &f->error));
	OK(audit_of_case(x, f->store, f->c.id, 10, 0, &rows, &f->error));
	OK(publication_add(f->store, &f->cat, &f->d, "learning", "reviews", &p, &f->error));
	release(f, &p, "<p>one</p>");
	GOT(publication_get(x, f->store, p.pub, &f->error));
	GOT(publication_of(x, f->store, f->d.id, "learning", &f->error));
	OK(publication_list(x, f->store, f->c.id, &ps, &f->error));
	OK(approval_list(x, f->store, &p, candidate_latest(x, f->store, &p, &f->error), &approvals, &f->error));
	publication_slug_taken(f->store, "reviews", "x", 0);
	OK(edition_list(x, f->store, true, &editions, &f->error));
	OK(edition_list(x, f->store, false, &editions, &f->error));
	OK(edition_serial(f->store, &number, &f->error));
	OK(edition_withdraw(f->store, &f->cat, &p, "x", &f->error));
}

/* A line of a plan that walks a whole table which grows. Accounts and agencies do not: a partnership has some hundreds. A walk along the
 * chain's or an edition's key for its last entry ends at the first row. */
static bool scans(const char *line, const char *sql)
{
	static const char *const small[] = { "SCAN account", "SCAN agency", "SCAN CONSTANT ROW", "SCAN m" };

	for (size_t i = 0; i < sizeof small / sizeof small[0]; i++)
		if (strncmp(line, small[i], strlen(small[i])) == 0)
			return false;
	if (strcmp(line, "SCAN audit") == 0 && strstr(sql, "ORDER BY seq DESC LIMIT 1") != NULL)
		return false;
	return strncmp(line, "SCAN ", 5) == 0;
}

static void nothing_scans(void **state)
{
	struct fixture *f = *state;
	const char **all;
	int count, searched = 0;

	ask_everything(f);
	all = db_prepared(f->ctx, store_db(f->store), &count);
	if (count < 80)
		fail_msg("only %d statements were prepared", count);
	for (int i = 0; i < count; i++) {
		char *plan = db_plan(f->ctx, store_db(f->store), all[i], &f->error), *save = NULL;

		GOT(plan);
		for (char *line = strtok_r(plan, "\n", &save); line != NULL; line = strtok_r(NULL, "\n", &save)) {
			if (scans(line, all[i]))
				fail_msg("%s\n%s", line, all[i]);
			searched += strncmp(line, "SEARCH ", 7) == 0;
			if (strstr(all[i], "FROM case_file c WHERE") != NULL && strstr(all[i], "LIMIT") != NULL && strstr(all[i], "c.reference >=") == NULL && strstr(line, "TEMP B-TREE") != NULL)
				fail_msg("the list of cases is sorted, not read in its order: %s", all[i]);
		}
	}
	assert_true(searched > 60);
	assert_true(scans("SCAN version", ""));
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
		T(candidate_reads_back), T(approval_binds_everything), T(release_needs_two_people), T(editions_follow_each_other), T(nothing_scans),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
