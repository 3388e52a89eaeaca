#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <talloc.h>

#include "base/date.h"

static struct error error;

static day iso(const char *text)
{
	day d = DAY_NONE;

	if (*text)
		assert_int_equal(date_parse(text, &d, &error), 0);
	return d;
}

static void test_calendar(void **state)
{
	(void)state;
	/* Every day of four centuries against libc's UTC calendar. */
	for (day d = date_from_ymd(1800, 1, 1); d < date_from_ymd(2200, 1, 1); d++) {
		time_t at = (time_t)d * 86400;
		struct tm tm;
		int year, month, day_of_month;

		gmtime_r(&at, &tm);
		date_to_ymd(d, &year, &month, &day_of_month);
		if (year != tm.tm_year + 1900 || month != tm.tm_mon + 1 || day_of_month != tm.tm_mday ||
		    date_from_ymd(year, month, day_of_month) != d || date_weekday(d) % 7 != tm.tm_wday)
			fail_msg("day %d", d);
	}
	assert_int_equal(date_from_ymd(2026, 2, 29), DAY_NONE);
	assert_int_equal(date_from_ymd(1900, 2, 29), DAY_NONE);
	assert_int_not_equal(date_from_ymd(2000, 2, 29), DAY_NONE);
	assert_int_equal(date_from_ymd(2026, 13, 1), DAY_NONE);
	assert_int_equal(date_from_ymd(0, 1, 1), DAY_NONE);
	assert_string_equal(date_iso(*state, date_from_ymd(1, 1, 1)), "0001-01-01");
	assert_string_equal(date_iso(*state, date_from_ymd(9999, 12, 31)), "9999-12-31");
	assert_string_equal(date_iso(*state, DAY_NONE), "");
}

static void test_parse(void **state)
{
	static const struct { const char *text, *code; } rows[] = {
		{ "2026-04-24", NULL }, { "2024-02-29", NULL }, { "2026-02-29", "date.no-day" }, { "2026-00-10", "date.no-day" },
		{ "2026-4-24", "date.form" }, { "26-04-24", "date.form" }, { "2026-04-24 ", "date.form" }, { "", "date.form" },
		{ "2026/04/24", "date.form" }, { "2026-04-2x", "date.form" }, { "+026-04-24", "date.form" }, { "0000-04-24", "date.no-day" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		day d = 77;
		int result = date_parse(rows[i].text, &d, &error);

		if (result != (rows[i].code ? -1 : 0) || (rows[i].code && (strcmp(error.code, rows[i].code) != 0 || d != 77)))
			fail_msg("row %zu: %s", i, rows[i].text);
	}
}

static void test_london(void **state)
{
	static const struct { const char *utc, *day, *words; } rows[] = {   /* UTC as the iso form without its end */
		{ "2026-03-29T00:59", "2026-03-29", "12:59am on 29 March 2026" }, { "2026-03-29T01:00", "2026-03-29", "2:00am on 29 March 2026" },
		{ "2026-10-25T00:59", "2026-10-25", "1:59am on 25 October 2026" }, { "2026-10-25T01:00", "2026-10-25", "1:00am on 25 October 2026" },
		{ "2024-03-31T00:59", "2024-03-31", "12:59am on 31 March 2024" }, { "2024-03-31T01:00", "2024-03-31", "2:00am on 31 March 2024" },
		{ "2021-10-31T00:59", "2021-10-31", "1:59am on 31 October 2021" }, { "2021-10-31T01:00", "2021-10-31", "1:00am on 31 October 2021" },
		{ "2026-07-01T22:59", "2026-07-01", "11:59pm on 1 July 2026" }, { "2026-07-01T23:00", "2026-07-02", "12:00am on 2 July 2026" },
		{ "2026-01-01T23:59", "2026-01-01", "11:59pm on 1 January 2026" }, { "2026-04-24T08:05", "2026-04-24", "9:05am on 24 April 2026" },
		{ "2026-04-24T11:30", "2026-04-24", "12:30pm on 24 April 2026" }, { "1969-12-31T23:59", "1969-12-31", "11:59pm on 31 December 1969" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char text[11];
		int hour, minute;
		instant at;

		snprintf(text, sizeof text, "%s", rows[i].utc);
		assert_int_equal(sscanf(rows[i].utc + 11, "%d:%d", &hour, &minute), 2);
		at = (instant)iso(text) * 86400000 + hour * 3600000 + minute * 60000;
		assert_string_equal(date_iso(*state, date_day_of(at)), rows[i].day);
		assert_string_equal(date_words_instant(*state, at), rows[i].words);
		assert_memory_equal(date_iso_instant(*state, at), rows[i].utc, 16);
	}
	assert_string_equal(date_iso_instant(*state, 1777021500007), "2026-04-24T09:05:00.007Z");
}

static void test_start_of(void **state)
{
	(void)state;
	for (day d = date_from_ymd(2023, 1, 1); d < date_from_ymd(2028, 1, 1); d++) {
		instant at = date_start_of(d);

		assert_int_equal(date_day_of(at), d);
		assert_int_equal(date_day_of(at - 1), d - 1);
	}
}

static void test_typed(void **state)
{
	static const struct { const char *d, *m, *y; bool partial; const char *result, *code; } rows[] = {
		{ "3", "march", "2025", false, "2025-03-03", NULL }, { " 03 ", "Mar", " 2025", false, "2025-03-03", NULL },
		{ "31", "12", "2025", true, "2025-12-31", NULL }, { "", "3", "2025", true, "2025-03", NULL }, { "", "", "2025", true, "2025", NULL },
		{ "1", "sept", "2025", false, "2025-09-01", NULL }, { "31", "2", "2025", false, NULL, "date.not-real" },
		{ "31", "2", "2025", true, NULL, "date.not-real" }, { "3", "", "2025", true, NULL, "date.no-month" },
		{ "", "3", "2025", false, NULL, "date.no-day" }, { "3", "3", "", false, NULL, "date.no-year" },
		{ "", "3", "", true, NULL, "date.no-year" }, { "3", "3", "25", false, NULL, "date.form" }, { "3", "3", "02025", false, NULL, "date.form" },
		{ "3", "ju", "2025", false, NULL, "date.not-real" }, { "3rd", "3", "2025", false, NULL, "date.not-real" },
		{ "0", "3", "2025", false, NULL, "date.not-real" }, { "", "", "2025", false, NULL, "date.no-month" }, { "-3", "3", "2025", false, NULL, "date.not-real" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char *made = date_typed(*state, rows[i].d, rows[i].m, rows[i].y, rows[i].partial, "Date of birth", &error);

		if (rows[i].result ? !made || strcmp(made, rows[i].result) != 0 : made || strcmp(error.code, rows[i].code) != 0)
			fail_msg("row %zu: %s %s", i, made ? made : "-", error.code);
		if (!made)
			assert_memory_equal(error.say, "Date of birth must ", 19);
	}
	date_typed(*state, "", "3", "", false, "Date of birth", &error);
	assert_string_equal(error.say, "Date of birth must include a day and year");
}

static void test_when(void **state)
{
	static const struct { const char *written, *precision, *from, *to, *sort, *words, *code; } rows[] = {
		{ "2026-03-24", "exact", "2026-03-24", "2026-03-24", "2026-03-24", "24 March 2026", NULL },
		{ "2026-03-24", "on-or-about", "2026-03-24", "2026-03-24", "2026-03-24", "About 24 March 2026", NULL },
		{ "2026-03-25", "week-of", "2026-03-23", "2026-03-29", "2026-03-23", "Week of 25 March 2026", NULL },
		{ "2026-02", "month", "2026-02-01", "2026-02-28", "2026-02-01", "February 2026", NULL },
		{ "2024-03", "season", "2024-03-01", "2024-05-31", "2024-03-01", "Spring 2024", NULL },
		{ "2024-09", "season", "2024-09-01", "2024-11-30", "2024-09-01", "Autumn 2024", NULL },
		{ "2023-12", "season", "2023-12-01", "2024-02-29", "2023-12-01", "Winter 2023 to 2024", NULL },
		{ "2025", "year", "2025-01-01", "2025-12-31", "2025-01-01", "2025", NULL },
		{ "2026-03-24", "before", "", "2026-03-23", "2026-03-23", "Before 24 March 2026", NULL },
		{ "2026-03-24", "after", "2026-03-25", "", "2026-03-25", "After 24 March 2026", NULL },
		{ "", "unknown", "", "", "", "Date not known", NULL },
		{ "2026-03", "exact", "", "", "", "2026-03", "date.form" }, { "2026-03-24", "month", "", "", "", "2026-03-24", "date.form" },
		{ "2026-04", "season", "", "", "", "2026-04", "date.season" }, { "2026-02-30", "exact", "", "", "", "2026-02-30", "date.no-day" },
		{ "2026", "unknown", "", "", "", "2026", "date.form" }, { "", "exact", "", "", "", "", "date.form" },
		{ "2026-03-24", "", "", "", "", "2026-03-24", "date.precision" }, { "31/02/2025", "exact", "", "", "", "31/02/2025", "date.form" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct when when = { 0, 0, 0 };
		int result = date_when(rows[i].written, rows[i].precision, &when, &error);

		if (rows[i].code ? result == 0 || strcmp(error.code, rows[i].code) != 0 :
		    result < 0 || when.from != iso(rows[i].from) || when.to != iso(rows[i].to) || when.sort != iso(rows[i].sort))
			fail_msg("row %zu: %s %s", i, rows[i].written, rows[i].precision);
		assert_string_equal(date_when_words(*state, rows[i].written, rows[i].precision), rows[i].words);
	}
}

static struct holidays *holidays(void *ctx)
{
	struct holidays *h = date_holidays_read(ctx, talloc_asprintf(ctx, "%s/data/holidays-england.txt", getenv("top_srcdir")), &error);

	assert_non_null(h);
	return h;
}

static void test_working(void **state)
{
	static const struct { const char *from; int n; const char *to; } rows[] = {
		{ "2026-04-01", 1, "2026-04-02" }, { "2026-04-02", 1, "2026-04-07" }, { "2026-04-01", 15, "2026-04-24" }, { "2026-04-03", 1, "2026-04-07" },
		{ "2026-03-26", 15, "2026-04-20" }, { "2026-04-07", -1, "2026-04-02" }, { "2026-12-24", 1, "2026-12-29" }, { "2026-04-05", 0, "2026-04-05" },
	};
	struct holidays *h = holidays(*state);
	day d;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		assert_int_equal(date_add_working(h, iso(rows[i].from), rows[i].n, &d, &error), 0);
		assert_string_equal(date_iso(*state, d), rows[i].to);
	}
	d = 5;
	assert_int_equal(date_add_working(h, iso("2027-12-30"), 2, &d, &error), -1);
	assert_string_equal(error.code, "date.horizon");
	assert_int_equal(d, 5);
	assert_int_equal(date_add_working(h, iso("2023-12-01"), 1, &d, &error), -1);
	assert_false(date_is_working(h, iso("2026-08-31")));
	assert_true(date_is_working(h, iso("2026-09-01")));
	/* The arithmetic against counting day by day. */
	srand(7);
	for (int i = 0; i < 2000; i++) {
		day from = iso("2023-06-01") + rand() % 1900, to = from + rand() % 400;
		int count = 0;

		for (day at = from + 1; at <= to; at++)
			count += date_is_working(h, at);
		assert_int_equal(date_working_between(h, from, to), count);
		assert_int_equal(date_working_between(h, to, from), -count);
	}
	assert_int_equal(date_working_between(NULL, iso("2026-12-24"), iso("2026-12-28")), 2);
}

/* A holiday that falls on a Saturday takes no working day away. */
static void test_weekend_holiday(void **state)
{
	static const char text[] = "# comment\n\nfrom 2026-01-01\nuntil 2026-12-31\n2026-12-26 Saturday\n2026-12-25 Friday\n2026-12-25 Again\n";
	char path[] = "/tmp/test_date.XXXXXX";
	int fd = mkstemp(path);
	struct holidays *h;

	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	h = date_holidays_read(*state, path, &error);
	unlink(path);
	assert_non_null(h);
	assert_int_equal(date_working_between(h, iso("2026-12-23"), iso("2026-12-28")), 2);
}

static void test_holiday_file(void **state)
{
	static const char *const wrong[] = { "", "from 2026-01-01\n", "from 2026-01-01\nuntil 2026-12-31\n2027-01-01 Late\n",
		"from 2026-01-01\nuntil 2026-12-31\n2026-02-30 No day\n", "from 2026-01-01\nuntil 2026-12-31\n2026-05-04\n" };

	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		char path[] = "/tmp/test_date.XXXXXX";
		int fd = mkstemp(path);

		assert_int_equal(write(fd, wrong[i], strlen(wrong[i])), strlen(wrong[i]));
		close(fd);
		assert_null(date_holidays_read(*state, path, &error));
		assert_int_equal(error.kind, ERROR_FAULT);
		assert_string_equal(error.where, path);
		unlink(path);
	}
	assert_null(date_holidays_read(*state, "/nonexistent", &error));
}

static void test_months(void **state)
{
	assert_string_equal(date_iso(*state, date_add_months(iso("2026-01-31"), 1)), "2026-02-28");
	assert_string_equal(date_iso(*state, date_add_months(iso("2024-02-29"), 12)), "2025-02-28");
	assert_string_equal(date_iso(*state, date_add_months(iso("2026-03-31"), -13)), "2025-02-28");
	assert_string_equal(date_iso(*state, date_add_months(iso("2026-11-15"), 6)), "2027-05-15");
	assert_string_equal(date_words_long(*state, iso("2026-04-24")), "Friday 24 April 2026");
	assert_string_equal(date_month_name(1), "January");
	assert_string_equal(date_month_name(13), "");
}

static void test_clock(void **state)
{
	int status;
	pid_t child;

	(void)state;
	date_clock_move(5000);
	assert_int_equal(date_clock_share(&error), 0);
	assert_int_equal(date_clock_offset(), 5000);
	child = fork();
	if (child == 0) {
		date_clock_move(86400000);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(date_clock_offset(), 86400000);
	assert_in_range(date_now() - date_now_real(), 86400000 - 1000, 86400000 + 1000);
	date_clock_move(0);
}

static int setup(void **state)
{
	*state = talloc_new(NULL);
	return 0;
}

static int teardown(void **state)
{
	return talloc_free(*state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_calendar), cmocka_unit_test(test_parse), cmocka_unit_test(test_london), cmocka_unit_test(test_start_of),
		cmocka_unit_test(test_typed), cmocka_unit_test(test_when), cmocka_unit_test(test_working), cmocka_unit_test(test_weekend_holiday), cmocka_unit_test(test_holiday_file),
		cmocka_unit_test(test_months), cmocka_unit_test(test_clock),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, setup, teardown);
}
