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

/* --- the table: each form by the net that catches it (tests/data/redact/evasions.txt) ----------------------------------------------------- */

#define BEFORE "In the review, "
#define AFTER " was discussed. "

static size_t unescaped(char *text)
{
	char *to = text, two[3] = { 0 };

	for (char *from = text; *from; from++) {
		if (*from != '\\') {
			*to++ = *from;
		} else if (from[1] == 'x') {
			memcpy(two, from + 2, 2);
			*to++ = (char)strtol(two, NULL, 16);
			from += 3;
		} else {
			from++;
			*to++ = *from == 'n' ? '\n' : *from;
		}
	}
	*to = 0;
	return (size_t)(to - text);
}

/* Bytes that may hold a NUL, in the place of HOLE; where the form begins in *at_r. */
static char *page_with(const struct world *w, void *ctx, const char *form, size_t length, size_t *at_r, size_t *length_r)
{
	size_t from = (size_t)(strstr(w->page, HOLE) - w->page), rest = w->length - from;
	char *page = talloc_array(ctx, char, w->length + length + 64), *to = page;

	to = mempcpy(to, w->page, from);
	to = mempcpy(to, BEFORE, sizeof BEFORE - 1);
	*at_r = (size_t)(to - page);
	to = mempcpy(to, form, length);
	to = mempcpy(to, AFTER, sizeof AFTER - 1);
	to = mempcpy(to, w->page + from, rest);
	*to = 0;
	*length_r = (size_t)(to - page);
	return page;
}

/* What a reader sees of mark-up, as the candidate hands it to the residue. */
static char *as_seen(void *ctx, const char *form)
{
	char *text = talloc_strdup(ctx, ""), *at;

	for (; *form; form++)
		if (*form == '<' && (at = strchr(form, '>')))
			form = at;
		else
			text = talloc_strndup_append(text, form, 1);
	return text;
}

static const char *by_residue(void *ctx, const struct net *net, const char *form)
{
	struct residue_item *items;
	char *seen = as_seen(ctx, form);
	int n = planted_residue(net, ctx, talloc_asprintf(ctx, BEFORE "%s" AFTER, seen), NULL, 0, &items);
	const char *how = "person";

	for (int i = 0; i < n; i++)
		if (strcasestr(seen, items[i].word))
			how = items[i].forbidden || !strcmp(how, "forbidden") ? "forbidden" : "residue";
	return how;
}

static const char *caught_by(const struct world *w, void *ctx, const struct net *net, const char *entry, const char *form, size_t length)
{
	struct world open = *w;
	size_t at, page_length;
	char *page = page_with(w, ctx, form, length, &at, &page_length);
	struct gate_report *r;

	open.accepted_count = 0;
	r = planted_gate(&open, ctx, ADDRESS, NULL, page, page_length);
	for (int i = 0; i < r->count; i++)
		if (!strcmp(r->hits[i].entry, entry) && r->hits[i].offset >= at && r->hits[i].offset < at + length && !(r->hits[i].ordinary && r->hits[i].occurrence))
			return "gate";
	return r->refused ? "refused" : by_residue(ctx, net, form);
}

/* Lines of a table: those that are not caught as they say are shown. *count_r: how many there are. */
static int not_as_said(const struct world *w, void *ctx, char *text, int *count_r)
{
	struct net net = planted_net(ctx);
	char *save = NULL;
	int wrong = 0;

	for (char *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		void *tmp = talloc_new(NULL);
		char *how = strchr(line, '\t'), *form = how ? strchr(how + 1, '\t') : NULL;
		if (*line == '#' || *line == '+' || !form) {
			talloc_free(tmp);
			continue;
		}
		*how++ = *form++ = 0;
		const char *shown = talloc_strdup(tmp, form), *found;
		size_t length = unescaped(form);
		found = caught_by(w, tmp, &net, line, form, length);
		if (strcmp(found, how)) {
			print_message("# %s %s: %s, not %s\n", line, shown, found, how);
			wrong++;
		}
		++*count_r;
		talloc_free(tmp);
	}
	return wrong;
}

static void test_table(void **state)
{
	int count = 0;

	assert_int_equal(not_as_said(*state, *state, planted_read(*state, "tests/data/redact/evasions.txt"), &count), 0);
	assert_true(count > 300);
}

/* "+C1 name - Siân": a register in a table's own lines, entries in their order. */
static struct gate_entry *own_register(void *ctx, const char *table, int *count_r)
{
	static const struct { const char *name; enum gate_form_kind kind; } kinds[] = { { "name", GATE_NAME }, { "number", GATE_NUMBER }, { "date", GATE_DATE }, { "address", GATE_ADDRESS }, { "place", GATE_PLACE } };
	struct gate_entry *list = talloc_zero_array(ctx, struct gate_entry, 100);
	char *text = talloc_strdup(ctx, table), *save = NULL;

	for (char *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		char *inner = NULL, *id = *line == '+' ? strtok_r(line + 1, "\t", &inner) : NULL, *kind = id ? strtok_r(NULL, "\t", &inner) : NULL, *flag = kind ? strtok_r(NULL, "\t", &inner) : NULL;
		if (!flag)
			continue;
		if (!*count_r || strcmp(list[*count_r - 1].id, id))
			list[(*count_r)++] = (struct gate_entry){ id, talloc_zero_array(ctx, struct gate_form, 20), 0 };
		struct gate_entry *e = &list[*count_r - 1];
		struct gate_form *f = (struct gate_form *)(uintptr_t)&e->forms[e->count++];
		*f = (struct gate_form){ inner, GATE_NAME, *flag == 'o' };
		for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
			f->kind = strcmp(kinds[i].name, kind) ? f->kind : kinds[i].kind;
	}
	return list;
}

static void test_second_family(void **state)
{
	struct world other = *(struct world *)*state;
	struct secrets secrets = { 0 };
	int count = 0;
	void *ctx = talloc_new(NULL);
	char *table = planted_read(ctx, "tests/data/redact/second-family.txt");

	other.entries = own_register(ctx, table, &secrets.count);
	other.secrets = &secrets;
	assert_int_equal(not_as_said(&other, ctx, table, &count), 0);
	assert_true(count > 100);
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

static struct gate_report *with_entry(const struct world *w, void *ctx, const char *form)
{
	struct world open = *w;
	char *page = with_sentence(ctx, w->page, form);

	open.accepted_count = 0;
	struct gate_report *r = planted_gate(&open, ctx, ADDRESS, NULL, page, strlen(page));
	for (int i = 0; i < r->count; i++)
		if (!r->hits[i].ordinary)
			return r;
	r->count = 0;                    /* nothing that could not be accepted */
	return r;
}

/* Surnames that are ordinary words, flagged as such: every place where the word stands can be accepted, wherever our own sentences hold it, and then the page goes
 * out; the full name, a title or a possessive cannot. */
static void test_common_surnames(void **state)
{
	static const char *const names[] = { "May", "Brown", "Young", "Page", "Home", "Day", "Price", "Banks", "Green", "Long", "Best", "Love", "Hope", "Law", "Case", "Child", "Little", "Small",
		"Wise", "Bond", "Power", "Field", "Hall", "Park", "Church", "Good", "Read", "Light", "Main", "Link", "Head", "Body", "Page", "Contact", "Board", "Learning", "September", "Edition", "Review",
		"Said", "More", "Mark", "Will", "Reason", "English", "Privacy", "Top", "Cope", "Don", "Can" };
	const struct world *w = *state;
	void *ctx = talloc_new(NULL);
	char *text = planted_read(ctx, "tests/data/redact/clean.txt"), *page = planted_replace(ctx, w->page, HOLE, text);

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct gate_form forms[] = { { talloc_asprintf(ctx, "Ottilie %s", names[i]), GATE_NAME, false }, { names[i], GATE_NAME, true } };
		struct gate_entry entry = { "X1", forms, 2 };
		struct secrets one = { .count = 1 };
		struct world other = *w;
		other.secrets = &one;
		other.entries = &entry;
		other.accepted_count = 0;
		struct gate_report *r = planted_gate(&other, ctx, ADDRESS, NULL, page, strlen(page));
		other.accepted = talloc_zero_array(ctx, struct gate_accepted, r->count + 1);
		for (int k = 0; k < r->count; k++) {
			if (!r->hits[k].ordinary || !r->hits[k].occurrence)
				fail_msg("%s blocks the page for ever: %s in %s: %s", names[i], r->hits[k].variant, r->hits[k].stream, r->hits[k].context);
			other.accepted[other.accepted_count++] = (struct gate_accepted){ r->hits[k].form, r->hits[k].occurrence, r->hits[k].context };
		}
		r = planted_gate(&other, ctx, ADDRESS, NULL, page, strlen(page));
		assert_false(r->refused);
		assert_int_equal(r->count, 0);
		const char *const shown[] = { talloc_asprintf(ctx, "Mrs %s", names[i]), talloc_asprintf(ctx, "PC %s", names[i]), talloc_asprintf(ctx, "%s’s", names[i]), forms[0].text };
		for (size_t k = 0; k < 4; k++)
			if (!hit_of(with_entry(&other, ctx, shown[k]), "X1", NULL, 0, SIZE_MAX))
				fail_msg("%s is not found", shown[k]);
	}
	/* a rank before a modal verb is no name */
	page = planted_replace(ctx, w->page, HOLE, "The DS may call and the PC will ring; the DI can wait. " HOLE);
	for (int i = 0; i < 3; i++) {
		struct gate_form form = { (const char *const[]){ "May", "Will", "Can" }[i], GATE_NAME, true };
		struct gate_entry entry = { "X1", &form, 1 };
		struct secrets one = { .count = 1 };
		struct world other = *w;
		other.secrets = &one;
		other.entries = &entry;
		other.accepted_count = 0;
		struct gate_report *r = planted_gate(&other, ctx, ADDRESS, NULL, page, strlen(page));
		assert_true(r->count > 0);
		for (int k = 0; k < r->count; k++)
			assert_true(r->hits[k].ordinary && r->hits[k].occurrence);
	}
	talloc_free(ctx);
}

/* "Also an ordinary word" is asked of people, places, organisations and staff alike. */
static void test_ordinary_of_all_kinds(void **state)
{
	static const char reg[] = "<register id=\"shared/register\" version=\"2\"><people><person><id>P1</id><who><name>Ann Rose</name></who><forms><form><text>Rose</text><ordinary>yes</ordinary></form></forms></person></people>"
		"<places><place><id>L1</id><name>The Grove</name><forms><form><text>Grove</text><ordinary>yes</ordinary></form></forms></place></places>"
		"<organisations><organisation><id>O1</id><name>Change</name><forms><form><text>Change</text><ordinary>yes</ordinary></form><form><text>Change Ltd</text><ordinary>no</ordinary></form></forms></organisation></organisations>"
		"<staff><member><id>S1</id><name>Ruth Young</name><forms><form><text>Young</text><ordinary>yes</ordinary></form></forms></member></staff></register>";
	static const char *const flagged[] = { "Rose", "Grove", "Change", "Young" };
	void *ctx = talloc_new(NULL);
	struct error error = { 0 };
	struct form *form = planted_form(ctx, "forms/shared/register-2.xml");
	struct xml_doc *doc = xml_read(ctx, reg, sizeof reg - 1, &error);
	struct secrets *secrets = doc ? secrets_read(ctx, form, doc, &error) : NULL;

	(void)state;
	if (!secrets)
		fail_msg("%s", error.say);
	assert_int_equal(secrets->count, 4);
	for (int i = 0; i < 4; i++)
		for (int k = 0; k < secrets->list[i].count; k++)
			if (strcmp(secrets->list[i].forms[k].kind, "name") && secrets->list[i].forms[k].ordinary != !strcmp(secrets->list[i].forms[k].text, flagged[i]))
				fail_msg("%s", secrets->list[i].forms[k].text);
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
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_ordinary), cmocka_unit_test(test_evasions), cmocka_unit_test(test_table), cmocka_unit_test(test_second_family), cmocka_unit_test(test_own_words), cmocka_unit_test(test_common_surnames), cmocka_unit_test(test_ordinary_of_all_kinds), cmocka_unit_test(test_acceptance_stays) };

	if (fold_start())
		return 99;
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, planted_start, planted_end);
}
