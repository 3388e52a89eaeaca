/* What identifies in the worked case, form by form (tests/data/redact/first-column.txt): caught by the register, by the watch list, by residue, or left to
 * a person; and a plain English text, which must not be stopped. */
#include "planted_fixture.h"

#define SENTENCE "In the review, %s was noted."

static struct net net;

static int start(void **state)
{
	if (planted_start(state))
		return -1;
	net = planted_net(*state);
	return 0;
}

/* The items that are about the form, not about the sentence round it. */
static bool is_shown(void *ctx, const char *form, const char *kind, bool forbidden)
{
	struct residue_item *items;
	int n = planted_residue(&net, ctx, talloc_asprintf(ctx, SENTENCE, form), NULL, 0, &items);

	for (int i = 0; i < n; i++)
		if (strcasestr(form, items[i].word) && (!kind || !strcmp(items[i].kind, kind)) && (!forbidden || items[i].forbidden))
			return true;
	return false;
}

/* Whoever accepts all that is shown has not accepted what is forbidden. */
static bool is_forbidden(void *ctx, const char *form)
{
	struct residue_item *items;
	char *text = talloc_asprintf(ctx, SENTENCE, form);
	int n = planted_residue(&net, ctx, text, NULL, 0, &items), left = 0;
	struct residue_accepted *all = talloc_array(ctx, struct residue_accepted, n + 1);

	for (int i = 0; i < n; i++)
		all[i] = (struct residue_accepted){ items[i].kind, items[i].word, "Read." };
	n = planted_residue(&net, ctx, text, all, n, &items);
	for (int i = 0; i < n; i++)
		left += !items[i].accepted;
	return left > 0;
}

enum found { NOTHING, ASKED, STOPPED };
static enum found in_register(struct world *w, void *ctx, const char *form)
{
	struct world open = *w;
	size_t length;
	struct redaction *redaction;
	char *put = talloc_asprintf(ctx, SENTENCE " " HOLE, form);
	char *page = planted_render(w, ctx, planted_replace(ctx, w->source, HOLE, put), w->secrets, &length, &redaction), *at = strstr(page, "In the review,");
	enum found found = strstr(page, talloc_asprintf(ctx, SENTENCE, form)) ? NOTHING : STOPPED;

	open.accepted_count = 0;
	struct gate_report *r = planted_gate(&open, ctx, ADDRESS, NULL, page, length);
	for (int i = 0; found != STOPPED && i < r->count; i++)
		if (r->hits[i].offset >= (size_t)(at - page) && r->hits[i].offset < (size_t)(strstr(page, HOLE) - page))
			found = r->hits[i].ordinary ? ASKED : STOPPED;
	return found;
}

static int wrong;      /* rows of the table that are not as it says */

static void one_form(struct world *w, const char *form, const char *how)
{
	void *ctx = talloc_new(NULL);
	enum found found = in_register(w, ctx, form);
	bool right = false;

	if (!strcmp(how, "register"))
		right = found == STOPPED;
	else if (!strcmp(how, "forbidden"))
		right = is_shown(ctx, form, NULL, true) && is_forbidden(ctx, form);
	else if (!strcmp(how, "watch"))
		right = is_shown(ctx, form, "watch", false);
	else if (!strcmp(how, "residue"))
		right = is_shown(ctx, form, NULL, false);
	else if (!strcmp(how, "ordinary"))
		right = found != STOPPED && !is_forbidden(ctx, form);
	else if (!strcmp(how, "person"))
		right = found == NOTHING && !is_shown(ctx, form, NULL, false);
	else
		fail_msg("%s: %s", form, how);
	if (!right) {
		print_message("# “%s” is not caught by: %s (register: %d)\n", form, how, (int)found);
		wrong++;
	}
	talloc_free(ctx);
}

/* A form that no rule finds is asked of people: the publication's list of questions holds words about it (tests/http/redactors.test reads them on the page). */
static void one_question(struct world *w, const char *form, const char *words)
{
	static char *source;

	if (!source)
		source = planted_read(w, "plugins/rapid/rapid.c");
	const char *asks = strstr(source, "#define ASKS"), *at = strstr(asks, words);
	if (at && at < strstr(asks, "static const"))
		return;
	print_message("# “%s”: no question asks about %s\n", form, words);
	wrong++;
}

/* A row of the table without a form would pass unseen. */
static void end_row(const char *row, int forms)
{
	if (row && forms == 0)
		fail_msg("the row has no form: %s", row);
}

static void test_first_column(void **state)
{
	char *text = planted_read(*state, "tests/data/redact/first-column.txt"), *save = NULL, *row = NULL;
	int count = 0, rows = 0, of_row = 0;

	for (char *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		char *tab = strchr(line, '\t');
		if (!strncmp(line, "## ", 3)) {
			end_row(row, of_row);
			row = line;
			rows++;
			of_row = 0;
		}
		if (*line == '#')
			continue;
		assert_non_null(tab);
		*tab++ = 0;
		char *question = strchr(tab, '\t');
		if (question)
			*question++ = 0;
		one_form(*state, line, tab);
		if (!strcmp(tab, "person"))
			one_question(*state, line, question ? question : "?");
		count++;
		of_row++;
	}
	end_row(row, of_row);
	assert_int_equal(wrong, 0);
	assert_int_equal(rows, 25);
	assert_true(count > 170);
}

/* Five hundred words about practice, as any partnership may write them: no hit that is more than an ordinary word, and little to ask about. */
static void test_clean(void **state)
{
	struct world *w = *state, open = *w;
	void *ctx = talloc_new(NULL);
	struct residue_item *items;
	char *text = planted_read(ctx, "tests/data/redact/clean.txt"), *page = planted_replace(ctx, w->page, HOLE, text);
	struct gate_report *r;
	int n;

	open.accepted_count = 0;
	r = planted_gate(&open, ctx, ADDRESS, NULL, page, strlen(page));
	assert_false(r->refused);
	for (int i = 0; i < r->count; i++)
		if (!r->hits[i].ordinary || !r->hits[i].occurrence)
			fail_msg("%s (%s) in %s: %s", r->hits[i].entry, r->hits[i].variant, r->hits[i].stream, r->hits[i].context);
	assert_true(r->count < 20);
	n = planted_residue(&net, ctx, text, NULL, 0, &items);
	for (int i = 0; i < n; i++) {
		print_message("# asked about: %s %s\n", items[i].kind, items[i].word);
		assert_false(items[i].forbidden);
	}
	assert_true(n <= 5);
	talloc_free(ctx);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_first_column), cmocka_unit_test(test_clean) };

	if (fold_start())
		return 99;
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, start, planted_end);
}
