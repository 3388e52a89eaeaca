#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <talloc.h>
#include "adapter/fold.h"
#include "publish/residue.h"

static struct words *common, *glossary;

static struct words *read_words(const char *name)
{
	const char *top = getenv("top_srcdir");
	struct error error = { 0 };
	char *path = talloc_asprintf(NULL, "%s/%s", top ? top : ".", name);
	struct words *words = words_read(NULL, path, &error);

	if (!words)
		fail_msg("%s", error.say);
	talloc_free(path);
	return words;
}

static int start(void **state)
{
	(void)state;
	common = read_words("tests/data/redact/words.txt");
	glossary = read_words("tests/data/redact/words-allowed.txt");
	return 0;
}

static int end(void **state)
{
	(void)state;
	talloc_free(common);
	talloc_free(glossary);
	return 0;
}

static void test_words(void **state)
{
	struct error error = { 0 };

	(void)state;
	assert_true(words_have(common, "child"));
	assert_true(words_have(common, "Child"));
	assert_true(words_have(common, "derbyshire"));
	assert_true(words_have(common, "CAF\xC3\x89"));
	assert_false(words_have(common, "larkwell"));
	assert_false(words_have(common, ""));
	assert_null(words_read(NULL, "/nonexistent/words", &error));
	assert_string_equal(error.code, "words.file");
}

/* One item a row: "kind word"; several by '|'. */
static void test_find(void **state)
{
	static const struct { const char *text, *watch, *items; } cases[] = {
		{ "The child was seen.", "", "" }, { "The child's words, the child\xE2\x80\x99s home.", "", "" },
		{ "Larkwell wrote. It was Larkwell's.", "", "word Larkwell" }, { "They saw Poppy.", "", "word Poppy" },
		{ "They saw Home there. Home was seen.", "", "capital Home" }, { "Derbyshire wrote.", "", "capital Derbyshire" },
		{ "The NHS and Ofsted wrote", "", "" }, { "the Peakland Partnership wrote", "", "" }, { "the Peakland wrote", "", "word Peakland" },
		{ "the Peakland Partnerships wrote", "", "word Peakland|word Partnerships" }, { "caf\xC3\xA9 na\xC3\xAFve", "", "word na\xC3\xAFve" },
		{ "seen on 26 March 2026.", "", "date 26 March 2026" }, { "the 8th of November", "", "date 8th of November" }, { "26.03.2026 and 27/03/26", "", "date 26.03.2026|date 27/03/26" },
		{ "in March 2026", "", "date March 2026" }, { "in 2026", "", "date 2026" }, { "March 26, 2026", "", "date March 26, 2026" }, { "on the 12th", "", "date 12th" },
		{ "seen 999 times, 1,204 of 40", "", "" }, { "on 07700 900123", "", "number 07700 900123" }, { "in 123456", "", "number 123456" },
		{ "a three-year-old child", "", "age three-year-old" }, { "the child was aged 3", "", "age aged 3" }, { "seen in two months", "", "age two months" },
		{ "was 3 years and 10 months old", "", "age 3 years and 10 months old" },
		{ "a three-year-old", "!:ages", "!age three-year-old" }, { "in two months", "!:ages", "age two months" },
		{ "the nursery wrote", "nursery", "watch nursery" }, { "Nurseries wrote; the nurserys", "!nursery", "word Nurseries|word nurserys|!watch nursery" },
		{ "in the home", "!the_home", "!watch the home" }, { "scooters", "scoot", "word scooters" },
		{ "both children", "!:counts", "!watch both children" }, { "she saw", "!:sex", "!watch she" }, { "she saw both children", "", "" },
		{ "P3 wrote", "", "word P3" }, { "I saw the child", "", "" }, { "A child. \xE2\x80\x9CThe child.\xE2\x80\x9D", "", "" },
	};
	char *wrong = talloc_strdup(NULL, "");

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		void *ctx = talloc_new(NULL);
		struct residue_item *items;
		struct error error = { 0 };
		int n = residue_find(ctx, common, glossary, cases[i].watch, cases[i].text, NULL, 0, &items, &error);
		char *got = talloc_strdup(ctx, "");
		for (int k = 0; k < n; k++)
			got = talloc_asprintf_append(got, "%s%s%s %s", *got ? "|" : "", items[k].forbidden ? "!" : "", items[k].kind, items[k].word);
		/* The watch list is asked first; the order is not the matter here but the set. */
		bool same = strlen(got) == strlen(cases[i].items);
		for (char *save = NULL, *each = strtok_r(talloc_strdup(ctx, cases[i].items), "|", &save); each; each = strtok_r(NULL, "|", &save))
			same = same && strstr(got, each);
		if (!same)
			wrong = talloc_asprintf_append(wrong, "\n\"%s\": %s", cases[i].text, got);
		talloc_free(ctx);
	}
	if (*wrong)
		fail_msg("%s", wrong);
	talloc_free(wrong);
}

static void test_accepted(void **state)
{
	const struct residue_accepted accepted[] = { { "word", "larkwell", "a common name here" }, { "watch", "scooter", "no" }, { "capital", "home", "wrong kind" } };
	struct residue_item *items;
	struct error error = { 0 };
	static const char text[] = "They saw Larkwell there, and Larkwell again. A scooter. They saw Home";
	int n = residue_find(NULL, common, glossary, "!scooter", text, accepted, 3, &items, &error);

	(void)state;
	assert_int_equal(n, 4);
	for (int i = 0; i < n; i++) {      /* shown in whole words */
		const char *at = strstr(text, items[i].context), *end = at + strlen(items[i].context);
		assert_true(at != NULL && (at == text || at[-1] == ' ') && (*end == '\0' || *end == ' '));
	}
	assert_string_equal(items[0].word, "scooter");
	assert_true(items[0].forbidden);
	assert_false(items[0].accepted);
	assert_string_equal(items[1].word, "Larkwell");
	assert_int_equal(items[1].occurrences, 2);
	assert_true(items[1].accepted);
	assert_string_equal(items[1].reason, "a common name here");
	assert_non_null(strstr(items[1].context, "They saw Larkwell there"));
	assert_string_equal(items[2].word, "scooter");
	assert_string_equal(items[2].kind, "word");
	assert_string_equal(items[3].kind, "capital");
	assert_true(items[3].accepted);
	talloc_free(items);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_words), cmocka_unit_test(test_find), cmocka_unit_test(test_accepted) };

	if (fold_start())
		return 1;
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, start, end);
}
