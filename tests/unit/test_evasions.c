/* What an attacker, an unlucky name or a change of the text would try at the gate. */
#include "planted_fixture.h"

/* --- ordinary words -------------------------------------------------------------------------------------------------------------------- */

/* Each "may", "will", "mark" and "grace" is shown, can be accepted where it stands and nowhere else, and then the page goes out. */
static void test_ordinary(void **state)
{
	struct world *w = *state, clean = *w;
	static const char *const words[] = { "may", "will", "mark", "grace" };
	void *ctx = talloc_new(NULL);

	clean.accepted_count = 0;
	struct gate_report *r = planted_gate(&clean, ctx, ADDRESS, NULL, w->page, w->length);
	assert_false(r->refused);
	for (size_t i = 0; i < 4; i++) {
		bool shown = false;
		for (int k = 0; k < r->count; k++)
			shown |= !strcmp(r->hits[k].form, words[i]) && r->hits[k].ordinary && r->hits[k].occurrence == 1;
		if (!shown)
			fail_msg("%s is not shown", words[i]);
	}
	r = planted_gate(w, ctx, ADDRESS, NULL, w->page, w->length);
	assert_int_equal(r->count, 0);
	assert_false(r->refused);
	char *page = with_sentence(ctx, w->page, "A worry may grow and they will mark it with grace. Nothing");
	r = planted_gate(w, ctx, ADDRESS, NULL, page, strlen(page));
	assert_true(r->count >= 4);                       /* one more of each: asked about again */
	for (int k = 0; k < r->count; k++)
		assert_true(r->hits[k].ordinary && r->hits[k].occurrence > 0);
	static const char *const names[] = { "Mr Will", "Miss Grace", "Mark Ashdown-Pell", "Grace O'Dell", "Will Pell", "Poppy May" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		bool firm = false;
		page = with_sentence(ctx, w->page, names[i]);
		r = planted_gate(w, ctx, ADDRESS, NULL, page, strlen(page));
		for (int k = 0; k < r->count; k++)
			firm |= !r->hits[k].ordinary;
		if (!firm)
			fail_msg("%s could be accepted", names[i]);
	}
	talloc_free(ctx);
}

/* --- evasions -------------------------------------------------------------------------------------------------------------------------- */

static void test_evasions(void **state)
{
	static const struct { const char *entry, *text; } cases[] = {
		{ "P1", "#JusticeForPoppy" }, { "P1", "poppy2022" }, { "P1", "the2Poppies or 2poppy" }, { "P1", "Pop-py" }, { "P1", "Pop.py" }, { "P1", "Pop_py" }, { "P1", "Pop–py" },
		{ "P1", "Pop-\npy" }, { "P1", "P o p p y" }, { "P1", "P.o.p.p.y" }, { "P3", "K e z" }, { "P3", "K.E.Z." }, { "P1", "Poppys" }, { "P1", "Poppy’ll" }, { "P1", "Poppy´s" },
		{ "P4", "Pell, William" }, { "P4", "W. Pell" }, { "P4", "Pell (William)" }, { "P3", "+44 (0)7700 900 417" }, { "P3", "07700-900-417" }, { "P3", "kerryann.ap (at) example.org" },
		{ "L1", "Marsh<br>gate" }, { "L1", "HV73ZQ" }, { "L1", "hv7" }, { "P8", "number 16" }, { "P8", "No 16" }, { "P1", "17 v 2022" }, { "P1", "seventeenth of May two thousand and twenty two" },
		/* other scripts that look Latin as whole words */
		{ "P3", "ΚΕΖ" }, { "P1", "РОРРУ" }, { "P1", "рорру" },
		/* letters in boxes and of flags */
		{ "P1", "🄿🄾🄿🄿🅈" }, { "P1", "🇵🇴🇵🇵🇾" },
		/* behind words that are not searched */
		{ "P1", PARTNERSHIP "/UG9wcHkgd2FzIGhlcmU" }, { "P1", PARTNERSHIP "’s Poppy" },
	};
	const struct world *w = *state;
	void *ctx = talloc_new(NULL);

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *page = with_sentence(ctx, w->page, cases[i].text);
		size_t at = (size_t)(strstr(page, "In the review,") - page);
		if (!hit_of(planted_gate(w, ctx, ADDRESS, NULL, page, strlen(page)), cases[i].entry, NULL, at, at + 20 + strlen(cases[i].text)))
			fail_msg("%s is not found as %s", cases[i].text, cases[i].entry);
	}
	talloc_free(ctx);
}

/* A register of one, for names that no demo has. */
static struct gate_report *with_name(const struct world *w, void *ctx, const char *name, const char *page)
{
	struct gate_form form = { name, GATE_NAME, false };
	struct gate_entry entry = { "X1", &form, 1 };
	struct secrets one = { .count = 1 };
	struct world other = *w;

	other.secrets = &one;
	other.entries = &entry;
	return planted_gate(&other, ctx, ADDRESS, NULL, page, strlen(page));
}

/* Names that are words of the mark-up or of our headers stop no page, and are found all the same where they are planted. */
static void test_own_words(void **state)
{
	static const char *const names[] = { "Li", "Head", "Cross", "Header", "Footer", "Grid", "Script", "李", "王芳" };
	const struct world *w = *state;
	void *ctx = talloc_new(NULL);

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct gate_report *r = with_name(w, ctx, names[i], w->page);
		if (r->refused || r->count > 0)
			fail_msg("%s stops the page: %s %s", names[i], r->refused ? r->why : r->hits[0].stream, r->refused ? "" : r->hits[0].context);
		assert_true(with_name(w, ctx, names[i], with_sentence(ctx, w->page, names[i]))->count > 0);
		assert_true(with_name(w, ctx, names[i], planted_replace(ctx, w->page, "<article>", talloc_asprintf(ctx, "<article id=\"x-%s\">", names[i])))->count > 0);
		assert_true(with_name(w, ctx, names[i], planted_replace(ctx, w->page, "<article>", talloc_asprintf(ctx, "<article class=\"govuk-body app-%s\">", names[i])))->count > 0);
	}
	/* no blank parts the words of these scripts */
	assert_true(with_name(w, ctx, "王芳", with_sentence(ctx, w->page, "我见王芳了"))->count > 0);
	talloc_free(ctx);
}

/* An acceptance belongs to its sentence: a name that comes to stand at its number is asked about. */
static void test_acceptance_stays(void **state)
{
	const struct world *w = *state;
	struct world bound = *w;
	void *ctx = talloc_new(NULL);

	bound.accepted_count = 0;
	struct gate_report *r = planted_gate(&bound, ctx, ADDRESS, NULL, w->page, w->length);
	bound.accepted = talloc_zero_array(ctx, struct gate_accepted, r->count);
	for (int i = 0; i < r->count; i++)
		bound.accepted[bound.accepted_count++] = (struct gate_accepted){ r->hits[i].form, r->hits[i].occurrence, r->hits[i].context };
	assert_int_equal(planted_gate(&bound, ctx, ADDRESS, NULL, w->page, w->length)->count, 0);
	char *page = planted_replace(ctx, w->page, "Several services", "May was seen. Several services");
	r = planted_gate(&bound, ctx, ADDRESS, NULL, page, strlen(page));
	assert_int_equal(r->count, 2);
	assert_non_null(strstr(r->hits[0].context, "May was seen"));
	assert_int_equal(r->hits[0].occurrence, 1);
	talloc_free(ctx);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_ordinary), cmocka_unit_test(test_evasions), cmocka_unit_test(test_own_words), cmocka_unit_test(test_acceptance_stays) };

	if (fold_start())
		return 99;
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, planted_start, planted_end);
}
