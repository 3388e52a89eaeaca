#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include <talloc.h>
#include "base/error.h"
#include "base/text.h"

static void test_characters(void **state)
{
	static const struct {
		const char *bytes;
		size_t length;
		int bad;      /* offset of the first fault, -1 if none */
	} cases[] = {
		{ "", 0, -1 }, { "plain\t\r\n", 8, -1 }, { "a\xC3\xA9z", 4, -1 }, { "\xE2\x82\xAC", 3, -1 }, { "\xF0\x9F\x98\x80", 4, -1 },
		{ "\xEF\xBF\xBD", 3, -1 }, { "\xED\x9F\xBF", 3, -1 }, { "\xEE\x80\x80", 3, -1 }, { "\xF4\x8F\xBF\xBF", 4, -1 }, { "\x7F", 1, -1 },
		{ "ab\x01", 3, 2 }, { "a\0b", 3, 1 }, { "\x1F", 1, 0 }, { "a\xC0\xBC", 3, 1 }, { "\xC1\xBF", 2, 0 }, { "\xE0\x9F\xBF", 3, 0 },
		{ "\xF0\x8F\xBF\xBF", 4, 0 }, { "\xED\xA0\x80", 3, 0 }, { "\xED\xBF\xBF", 3, 0 }, { "\xEF\xBF\xBE", 3, 0 }, { "x\xEF\xBF\xBF", 4, 1 },
		{ "\xF4\x90\x80\x80", 4, 0 }, { "\xF5\x80\x80\x80", 4, 0 }, { "\xFF\xFE", 2, 0 }, { "\x80", 1, 0 }, { "ab\xC3", 3, 2 },
		{ "\xE2\x82", 2, 0 }, { "\xF0\x9F\x98", 3, 0 }, { "\xC3(", 2, 0 },
	};
	size_t i, at;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		at = 99;
		assert_int_equal(text_is_xml(cases[i].bytes, cases[i].length, &at), cases[i].bad < 0);
		assert_int_equal(at, cases[i].bad < 0 ? 99 : cases[i].bad);
		assert_int_equal(text_is_xml(cases[i].bytes, cases[i].length, NULL), cases[i].bad < 0);
	}
}

static void test_names(void **state)
{
	static const char *const good[] = { "a", "Z9", "kind-of_x", "event2" }, *const bad[] = { "", "9a", "-a", "_a", "a.b", "a b", "a:b", "\xC3\xA9" };
	char many[140];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof good / sizeof *good; i++)
		assert_true(text_is_name(good[i]));
	for (i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(text_is_name(bad[i]));
	memset(many, 'a', sizeof many);
	many[128] = '\0';
	assert_true(text_is_name(many));
	many[128] = 'a';
	many[129] = '\0';
	assert_false(text_is_name(many));
}

static void test_slugs(void **state)
{
	static const char *const good[] = { "a", "when-we-listen", "2026", "a-1-b" }, *const bad[] = { "", "-", "a-", "-a", "a--b", "A", "a_b", "a.b", "a/b" };
	char many[100];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof good / sizeof *good; i++)
		assert_true(text_is_slug(good[i]));
	for (i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(text_is_slug(bad[i]));
	memset(many, 'a', sizeof many);
	many[80] = '\0';
	assert_true(text_is_slug(many));
	many[80] = 'a';
	many[81] = '\0';
	assert_false(text_is_slug(many));
}

static void test_white_space(void **state)
{
	static const struct {
		const char *text, *trimmed, *squeezed;
	} cases[] = {
		{ "", "", "" }, { " \t\n", "", "" }, { "a", "a", "a" }, { "  a  b ", "a  b", "a b" }, { "\xC2\xA0""a\n\nb\xC2\xA0 ", "a\n\nb", "a b" },
		{ "a\xC2\xA0""b", "a\xC2\xA0""b", "a b" }, { "\xC2\xA3""5", "\xC2\xA3""5", "\xC2\xA3""5" },
	};
	void *ctx = talloc_new(NULL);
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_string_equal(text_trim(ctx, cases[i].text), cases[i].trimmed);
		assert_string_equal(text_squeeze(ctx, cases[i].text), cases[i].squeezed);
	}
	talloc_free(ctx);
}

static void test_lines(void **state)
{
	static const char *const cases[][2] = { { "a\r\nb\rc\n", "a\nb\nc\n" }, { "\r", "\n" }, { "\r\r\n", "\n\n" }, { "plain", "plain" }, { "", "" } };
	char buffer[20];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		memcpy(buffer, cases[i][0], strlen(cases[i][0]) + 1);
		assert_ptr_equal(text_unix_lines(buffer), buffer);
		assert_string_equal(buffer, cases[i][1]);
	}
}

static void test_counts(void **state)
{
	(void)state;
	assert_int_equal(text_characters(""), 0);
	assert_int_equal(text_characters("a\xC3\xA9\xF0\x9F\x98\x80"), 3);
	assert_int_equal(text_words(""), 0);
	assert_int_equal(text_words("  one\ntwo\xC2\xA0three "), 3);
	assert_int_equal(text_words("caf\xC3\xA9 \xE2\x80\x93 x"), 3);
}

static void test_lists(void **state)
{
	void *ctx = talloc_new(NULL);
	const char *cursor = "  a bb\tc ";

	(void)state;
	assert_true(text_in_list("a bb|c", "bb"));
	assert_true(text_in_list("|a|", "a"));
	assert_false(text_in_list("a bb|c", "b"));
	assert_false(text_in_list("a bb", ""));
	assert_false(text_in_list("", "a"));
	assert_true(text_starts("abc", "ab"));
	assert_false(text_starts("a", "ab"));
	assert_true(text_ends("abc", "bc"));
	assert_true(text_ends("abc", ""));
	assert_false(text_ends("c", "bc"));
	assert_string_equal(text_next_word(ctx, &cursor), "a");
	assert_string_equal(text_next_word(ctx, &cursor), "bb");
	assert_string_equal(text_next_word(ctx, &cursor), "c");
	assert_null(text_next_word(ctx, &cursor));
	assert_string_equal(text_hex(ctx, (const unsigned char *)"\x00\xfe\x1a", 3), "00fe1a");
	talloc_free(ctx);
}

static void test_error(void **state)
{
	struct error error = { .line = 7 };
	char many[500];

	(void)state;
	assert_int_equal(error_set(&error, ERROR_CONFLICT, "draft.taken", "Version %d is newer.", 3), -1);
	assert_string_equal(error.say, "Version 3 is newer.");
	assert_int_equal(error.line, 0);
	assert_int_equal(error_at(&error, "head.author", 4, 5), -1);
	error_at(&error, NULL, 6, 5);
	assert_string_equal(error.where, "head.author");
	assert_int_equal(error.line, 6);
	error_set(&error, ERROR_FAULT, "again", "%s at %s", error.say, error.where);
	assert_string_equal(error.say, "Version 3 is newer. at head.author");
	assert_string_equal(error.where, "");
	/* A cut never leaves half a character. */
	memset(many, 'x', sizeof many);
	memcpy(many + sizeof error.say - 3, "\xE2\x82\xAC", 3);
	many[499] = '\0';
	error_set(&error, ERROR_FAULT, "long", "%s", many);
	assert_int_equal(strlen(error.say), sizeof error.say - 3);
	assert_true(text_is_xml(error.say, strlen(error.say), NULL));
	memcpy(many + sizeof error.say - 4, "\xE2\x82\xAC", 3);
	error_set(&error, ERROR_FAULT, "long", "%s", many);
	assert_int_equal(strlen(error.say), sizeof error.say - 1);
}

static void test_status(void **state)
{
	static const int want[ERROR_KINDS] = { 200, 400, 401, 403, 404, 405, 409, 410, 413, 422, 500, 503, 507 };
	int kind;

	(void)state;
	for (kind = 0; kind < ERROR_KINDS; kind++) {
		assert_int_equal(error_status((enum error_kind)kind), want[kind]);
		assert_true(text_is_slug(error_kind_name((enum error_kind)kind)));
	}
	assert_int_equal(error_status(ERROR_KINDS), 500);
}

static void test_faults(void **state)
{
	struct faults *faults = faults_new(NULL, 5);
	int i;

	(void)state;
	for (i = 0; i < 8; i++)
		faults_add(faults, i % 2, "type.int", i ? "head.count" : NULL, i, "Fault %d", i);
	assert_int_equal(faults->count, 5);
	assert_int_equal(faults->rest, 3);
	assert_int_equal(faults->errors, 4);
	assert_string_equal(faults->list[4].say, "Fault 4");
	assert_string_equal(faults->list[0].where, "");
	assert_int_equal(faults->list[3].warning, 1);
	assert_int_equal(faults->list[3].line, 3);
	talloc_free(faults);
}

static void test_addresses(void **state)
{
	static const struct { const char *text; int n; } numbers[] = { { "1", 1 }, { "20", 20 }, { "999999999", 999999999 }, { "1000000000", 0 }, { "4294967297", 0 },
		{ "0", 0 }, { "01", 0 }, { "+1", 0 }, { "-1", 0 }, { " 1", 0 }, { "1 ", 0 }, { "", 0 }, { "1x", 0 }, { "x", 0 } };
	void *ctx = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		if (text_ordinal(numbers[i].text, numbers[i].text + strlen(numbers[i].text)) != numbers[i].n)
			fail_msg("\"%s\"", numbers[i].text);
	assert_int_equal(text_ordinal(numbers[1].text, &numbers[1].text[1]), 2);
	assert_string_equal(text_size(ctx, 4 << 20), "4 MB");
	assert_string_equal(text_size(ctx, 64 << 10), "64 KB");
	assert_string_equal(text_size(ctx, 1000), "1000 bytes");
	assert_string_equal(text_path(ctx, "/work/a&b?c#d e=%"), "/work/a%26b%3Fc%23d%20e%3D%25");
	assert_string_equal(text_path(ctx, "caf\xC3\xA9-._~"), "caf%C3%A9-._~");
	talloc_free(ctx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_characters), cmocka_unit_test(test_names), cmocka_unit_test(test_slugs), cmocka_unit_test(test_white_space),
		cmocka_unit_test(test_lines), cmocka_unit_test(test_counts), cmocka_unit_test(test_lists), cmocka_unit_test(test_error),
		cmocka_unit_test(test_status), cmocka_unit_test(test_addresses), cmocka_unit_test(test_faults),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
