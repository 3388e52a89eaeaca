#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include <talloc.h>
#include "adapter/fold.h"

static void test_fold(void **state)
{
	static const struct { const char *text, *folded; } cases[] = {
		{ "", "" }, { "Mark 10", "mark 10" }, { "AOIFE", "aoife" }, { "A\xC3\xB3" "ife", "aoife" }, { "Ao\xCC\x81ife", "aoife" },
		{ "\xEF\xBC\xA1\xEF\xBD\x8F", "ao" },                          /* full width */
		{ "\xF0\x9D\x90\x80\xF0\x9D\x90\xA8", "ao" },                  /* mathematical bold */
		{ "\xE1\xB4\x80\xE1\xB4\x8F\xC9\xAA\xEA\x9C\xB0\xE1\xB4\x87", "aoife" },     /* small capitals */
		{ "\xE2\x92\xB6\xE2\x93\x9E", "ao" },                          /* circled */
		{ "\xD0\x90\xD0\xBE\xD1\x96" "f\xD0\xB5", "aoife" },           /* Cyrillic that looks Latin */
		{ "A\xCE\xBFife", "aoife" },                                   /* Greek omicron */
		{ "A\xCC\xB6o\xCC\xB6", "ao" },                                /* struck through */
		{ "Ao\xE2\x80\x8Bife", "aoife" }, { "Ao\xE2\x80\x8Dife", "aoife" }, { "Ao\xC2\xADife", "aoife" }, { "Ao\xEF\xBB\xBFife", "aoife" },
		{ "Ao\xF3\xA0\x81\x81ife", "aoife" }, { "Ao\xEF\xB8\x8Fife", "aoife" },
		{ "O\xE2\x80\x99" "Brien", "o'brien" }, { "O\xCA\xBC" "Brien", "o'brien" }, { "O\xE2\x80\xB2" "Brien", "o'brien" },
		{ "\xD9\xA3/\xD9\xA0\xD9\xA1", "3/01" },                       /* Arabic-Indic digits, among them those UTS #39 reads as . and l */
		{ "\xEF\xBC\x93", "3" }, { "3\xCA\xB3\xE1\xB5\x88", "3rd" }, { "stra\xC3\x9F" "e", "strasse" }, { "\xC5\x81\xC3\xB3" "d\xC5\xBA", "lodz" },
		{ "\xC2\xA0", " " }, { "morning", "morning" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct folded *f = fold(NULL, cases[i].text, strlen(cases[i].text));
		if (strcmp(f->text, cases[i].folded))
			fail_msg("%s became %s instead of %s", cases[i].text, f->text, cases[i].folded);
		assert_int_equal(f->length, strlen(f->text));
		assert_int_equal(f->from[f->length], strlen(cases[i].text));
		talloc_free(f);
	}
}

/* What a character became is remembered: not for one that something follows, nor for another in the same place, nor what is too long. */
static void test_remembered(void **state)
{
	static const struct { const char *text, *folded; } cases[] = {
		{ "a\xE2\x80\x99" "b\xE2\x80\x99", "a'b'" },                 /* U+2019 twice */
		{ "\xE2\x82\x99", "n" }, { "\xE2\x80\x99", "'" },            /* U+2099 has its place */
		{ "\xC3\xB3", "o" }, { "\xC3\xB3\xCC\xB6", "o" }, { "x\xCC\x81", "x" }, { "\xCC\x81", "" }, { "x\xCC\x81y", "xy" },
		{ "\xE1\x84\x80", NULL }, { "\xE1\x84\x80\xE1\x85\xA1", NULL }, { "\xEF\xB7\xBA", NULL },      /* a jamo, a syllable, a phrase in one */
	};
	enum { CASES = sizeof cases / sizeof cases[0] };
	char *first[CASES];

	(void)state;
	for (int round = 0; round < 3; round++)
		for (size_t i = 0; i < CASES; i++) {
			struct folded *f = fold(NULL, cases[i].text, strlen(cases[i].text));
			if (round == 0)
				first[i] = talloc_strdup(NULL, f->text);
			assert_string_equal(f->text, cases[i].folded ? cases[i].folded : first[i]);
			assert_int_equal(f->from[f->length], strlen(cases[i].text));
			talloc_free(f);
		}
	assert_string_not_equal(first[CASES - 3], first[CASES - 2]);
	assert_true(strlen(first[CASES - 1]) > 11);
	for (size_t i = 0; i < CASES; i++)
		talloc_free(first[i]);
}

static void test_offsets(void **state)
{
	/*                          0  1   3 4      7   8 */
	static const char text[] = "a\xC3\xB3 \xEF\xAC\x80-Z";          /* a ó blank ﬀ - Z */
	struct folded *f = fold(NULL, text, strlen(text)), *words = fold_words(f, f), *squeezed = fold_squeezed(f, f);
	static const unsigned from[] = { 0, 1, 3, 4, 4, 7, 8, 9 }, word_from[] = { 0, 0, 1, 3, 4, 4, 7, 8, 9, 9 }, squeezed_from[] = { 0, 1, 4, 4, 8, 9 };

	(void)state;
	assert_string_equal(f->text, "ao ff-z");
	assert_memory_equal(f->from, from, sizeof from);
	assert_string_equal(words->text, " ao ff z ");
	assert_memory_equal(words->from, word_from, sizeof word_from);
	assert_string_equal(squeezed->text, "aoffz");
	assert_memory_equal(squeezed->from, squeezed_from, sizeof squeezed_from);
	talloc_free(f);
}

static void test_views(void **state)
{
	static const struct { const char *text, *words, *squeezed, *digits; } cases[] = {
		{ "O'Brien-Smythe", " o'brien smythe ", "obriensmythe", "" }, { "'quoted' dogs' ends", " quoted dogs ends ", "quoteddogsends", "" },
		{ "+44 (0)7700 900 123", " 44 0 7700 900 123 ", "4407700900123", "4407700900123" }, { "a_b...c", " a b c ", "abc", "" },
		{ "", " ", "", "" }, { "\xD0\x9F\xD0\xB5\xD0\xBB\xD0\xBB!", NULL, NULL, "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct folded *f = fold(NULL, cases[i].text, strlen(cases[i].text));
		if (cases[i].words)
			assert_string_equal(fold_words(f, f)->text, cases[i].words);
		if (cases[i].squeezed)
			assert_string_equal(fold_squeezed(f, f)->text, cases[i].squeezed);
		assert_string_equal(fold_digits(f, f)->text, cases[i].digits);
		talloc_free(f);
	}
}

static void test_presentation(void **state)
{
	static const struct { const char *text; int hidden; bool nfc, mixed; } cases[] = {
		{ "plain\ttext\n", -1, true, false }, { "caf\xC3\xA9", -1, true, false }, { "cafe\xCC\x81", -1, false, false },
		{ "a\xE2\x80\x8B", 1, true, false }, { "ab\xC2\xAD", 2, true, false }, { "\xE2\x80\xAE" "a", 0, true, false }, { "a\xEE\x80\x80", 1, true, false },
		{ "a\xCD\xB8", 1, true, false }, { "a\x7F", 1, true, false }, { "a\r", 1, true, false }, { "a\xE2\x80\xA8", 1, true, false },
		{ "a\xC2\xA0" "b", -1, true, false }, { "\xD0\x90oife", -1, true, true }, { "\xD0\x9E\xD0\xBB\xD0\xB5\xD0\xBD\xD0\xB0", -1, true, false },
		{ "A\xCE\xBFife", -1, true, true }, { "a\xE3\x85\xA4", 1, true, true }, { "\xE2\x80\x9Cquoted\xE2\x80\x9D", -1, true, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t at = 99, length = strlen(cases[i].text);
		bool hidden = fold_has_hidden(cases[i].text, length, &at);
		if (hidden != (cases[i].hidden >= 0) || (hidden && at != (size_t)cases[i].hidden))
			fail_msg("case %zu: hidden %d at %zu", i, hidden, at);
		if (fold_is_nfc(cases[i].text, length) != cases[i].nfc)
			fail_msg("case %zu: normal form", i);
		if (fold_mixed_script(cases[i].text, length) != cases[i].mixed)
			fail_msg("case %zu: scripts", i);
	}
}

static void test_other_forms(void **state)
{
	char *text = fold_to_latin(NULL, "\xD0\x9E\xD0\xBB\xD0\xB5\xD0\xBD\xD0\xB0 \xD0\x9F\xD0\xB5\xD0\xBB\xD0\xBB");

	(void)state;
	assert_string_equal(text, "Olena Pell");
	talloc_free(text);
	text = fold_plain(NULL, "Stra\xC3\x9F" "E \xC3\x93");
	assert_string_equal(text, "strasse \xC3\xB3");
	talloc_free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fold), cmocka_unit_test(test_remembered), cmocka_unit_test(test_offsets), cmocka_unit_test(test_views), cmocka_unit_test(test_presentation),
		cmocka_unit_test(test_other_forms),
	};

	if (fold_start())
		return 1;
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
