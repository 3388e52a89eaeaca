/* Finished pages given again: the very same to the same request, and nothing at all once anything is another. */
#include "store_fixture.h"
#include "page/again.h"

#define ID "0123456789abcdef0123456789abcdef"
#define NEXT "fedcba9876543210fedcba9876543210"
#define ONCE "k3k3k3k3k3k3k3k3"
#define PAGE "<p>" ID "</p><input value=\"" ONCE "\"/><b>words</b>"

static struct again_asked ask(struct fixture *f, struct again *a, const char *request, int64_t account)
{
	struct again_asked asked;

	again_ask(a, f->store, request, strlen(request), account, &asked);
	assert_true(asked.known);
	return asked;
}

static void keep(struct fixture *f, struct again *a, const char *request, int64_t account)
{
	struct again_asked asked = ask(f, a, request, account);

	again_keep(a, &asked, ID, ONCE, &(struct again_page){ "text/html", (char *)PAGE, strlen(PAGE) });
	again_keep(a, &asked, ID, ONCE, &(struct again_page){ "text/html", (char *)PAGE, strlen(PAGE) });
}

/* The page as it is given now, NULL for none. */
static char *given(struct fixture *f, struct again *a, const char *request, int64_t account, const char *id)
{
	struct again_asked asked = ask(f, a, request, account);
	struct again_page page;

	return again_find(a, &asked, id, &page) ? talloc_strndup(f->ctx, page.bytes, page.length) : NULL;
}

static void same_again(void **state)
{
	struct fixture *f = *state;
	struct again *a = again_new(f->ctx);
	char *first, *second;

	assert_null(given(f, a, "GET /x", 1, NEXT));
	keep(f, a, "GET /x", 1);
	first = given(f, a, "GET /x", 1, NEXT);
	second = given(f, a, "GET /x", 1, ID);
	assert_non_null(first);
	assert_non_null(second);
	assert_int_equal(strlen(first), strlen(PAGE));
	assert_memory_equal(first, "<p>" NEXT, 3 + strlen(NEXT));
	assert_memory_equal(second, "<p>" ID, 3 + strlen(ID));
	assert_string_equal(strstr(first, "<b>"), "<b>words</b>");
	/* Two saves that are two must not carry one word. */
	assert_null(strstr(first, ONCE));
	assert_null(strstr(second, ONCE));
	assert_int_not_equal(strncmp(strstr(first, "value"), strstr(second, "value"), 7 + strlen(ONCE)), 0);
	assert_null(given(f, a, "GET /x", 1, "short"));
}

/* Most pages are asked for once, and leave nothing behind. */
static void kept_the_second_time(void **state)
{
	struct fixture *f = *state;
	struct again *a = again_new(f->ctx);
	struct again_page page = { "text/html", (char *)PAGE, strlen(PAGE) };

	for (int i = 0; i < 2; i++) {
		struct again_asked asked = ask(f, a, "GET /x", 1);
		again_keep(a, &asked, ID, ONCE, &page);
		assert_int_equal(again_trim(a, date_now_real()), i);
	}
	assert_non_null(given(f, a, "GET /x", 1, NEXT));
}

static void nothing_to_others(void **state)
{
	struct fixture *f = *state;
	struct again *a = again_new(f->ctx);

	keep(f, a, "GET /x", 1);
	assert_null(given(f, a, "GET /y", 1, NEXT));
	assert_non_null(given(f, a, "GET /x", 1, NEXT));
	assert_null(given(f, a, "GET /x", 2, NEXT));
}

/* Of our own, of another process, of the keys. */
static void nothing_after_a_commit(void **state)
{
	struct fixture *f = *state;
	struct again *a = again_new(f->ctx);
	struct store *other = store_open(f->ctx, &f->config, &f->error);
	struct store *ours = f->store;

	GOT(other);
	keep(f, a, "GET /x", 1);
	fixture_version(f, &f->ann, &f->d, "<return>1</return>", NULL);
	assert_null(given(f, a, "GET /x", 1, NEXT));
	keep(f, a, "GET /x", 1);
	f->store = other;
	fixture_version(f, &f->ann, &f->d, "<return>2</return>", NULL);
	f->store = ours;
	assert_null(given(f, a, "GET /x", 1, NEXT));
	keep(f, a, "GET /x", 1);
	OK(store_destroy_case_key(other, f->c.id, &f->error));
	assert_null(given(f, a, "GET /x", 1, NEXT));
	talloc_free(other);
}

/* What was asked before a commit and is kept after it was made of nobody knows what. */
static void nothing_made_across_a_commit(void **state)
{
	struct fixture *f = *state;
	struct again *a = again_new(f->ctx);
	struct again_asked before = ask(f, a, "GET /x", 1);

	fixture_version(f, &f->ann, &f->d, "<return>1</return>", NULL);
	for (int i = 0; i < 2; i++)
		again_keep(a, &before, ID, NULL, &(struct again_page){ "text/html", (char *)PAGE, strlen(PAGE) });
	assert_int_equal(again_trim(a, date_now_real()), 1);
	assert_null(given(f, a, "GET /x", 1, NEXT));
	/* Nor is anything known inside a transaction. */
	OK(store_begin(f->store, &f->error));
	again_ask(a, f->store, "GET /x", 6, 1, &before);
	store_rollback(f->store);
	assert_false(before.known);
}

static void nothing_at_another_time(void **state)
{
	struct fixture *f = *state;
	struct again *a = again_new(f->ctx);

	OK(date_clock_share(&f->error));
	keep(f, a, "GET /x", 1);
	date_clock_move(60000);
	assert_null(given(f, a, "GET /x", 1, NEXT));
	date_clock_move(0);
	keep(f, a, "GET /x", 1);
	assert_int_equal(again_trim(a, date_now_real()), 1);
	assert_int_equal(again_trim(a, date_now_real() + AGAIN_AGE), 0);
	assert_null(given(f, a, "GET /x", 1, NEXT));
}

static void bounded(void **state)
{
	struct fixture *f = *state;
	struct again *a = again_new(f->ctx);
	struct again_page big = { "text/html", talloc_zero_size(f->ctx, AGAIN_PAGE + 1), AGAIN_PAGE };
	char request[20];

	for (int i = 0; i < 2 * AGAIN_PAGES; i++) {
		snprintf(request, sizeof request, "GET /%d", i);
		keep(f, a, request, 1);
	}
	assert_int_equal(again_trim(a, date_now_real()), AGAIN_PAGES);
	assert_non_null(given(f, a, request, 1, NEXT));
	for (int i = 0; i < 8; i++) {
		struct again_asked asked;
		snprintf(request, sizeof request, "GET /big%d", i);
		asked = ask(f, a, request, 1);
		again_keep(a, &asked, ID, NULL, &big);
		again_keep(a, &asked, ID, NULL, &big);
	}
	assert_int_equal(again_trim(a, date_now_real()), AGAIN_MOST / AGAIN_PAGE);
	assert_non_null(given(f, a, request, 1, NEXT));
	big.length++;
	snprintf(request, sizeof request, "GET /too-big");
	for (int i = 0; i < 2; i++)
		again_keep(a, &(struct again_asked){ .known = true }, ID, NULL, &big);
	assert_int_equal(again_trim(a, date_now_real()), AGAIN_MOST / AGAIN_PAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(same_again, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(kept_the_second_time, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(nothing_to_others, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(nothing_after_a_commit, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(nothing_made_across_a_commit, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(nothing_at_another_time, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(bounded, fixture_setup, fixture_teardown),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
