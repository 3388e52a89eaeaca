/* Non-interference of redaction and page: the same story of other people gives the same bytes (tests/http/interference.test does it for the whole program). */
#include "planted_fixture.h"

/* --- non-interference ------------------------------------------------------------------------------------------------------------------- */

static const char *const given[] = { "Bo", "Maximiliana", "Zo\xC3\xAB", "J\xC3\xBCrgen", "\xD0\x9B\xD1\x8E\xD0\xB1\xD0\xBE\xD0\xB2", "\xD0\xAF\xD1\x80\xD0\xBE\xD1\x81\xD0\xBB\xD0\xB0\xD0\xB2",
	"\xD9\x85\xD8\xAD\xD9\x85\xD8\xAF", "\xD9\x81\xD8\xA7\xD8\xB7\xD9\x85\xD8\xA9", "\xE7\xA7\x80\xE8\x8B\xB1", "\xE5\xBB\xBA\xE5\x9B\xBD", "Agnes", "Ozzy" };
static const char *const family[] = { "Ng", "Featherstonehaugh", "M\xC3\xBCller", "N\xC3\xBA\xC3\xB1""ez", "\xD0\xA8\xD0\xB5\xD0\xB2\xD1\x87\xD1\x83\xD0\xBA", "\xD0\x93\xD0\xBD\xD0\xB0\xD1\x82\xD1\x8E\xD0\xBA",
	"\xD8\xA7\xD9\x84\xD9\x86\xD8\xAC\xD8\xA7\xD8\xB1", "\xD8\xA7\xD9\x84\xD9\x83\xD8\xB1\xD8\xAF\xD9\x8A", "\xE6\xAC\xA7\xE9\x98\xB3", "\xE6\x85\x95\xE5\xAE\xB9", "O'Hara", "Vane-Tempest" };
enum { NAMES = 12 };
static unsigned state_of;
static int below(int n)
{
	state_of = state_of * 1103515245u + 12345u;
	return (int)((state_of >> 16) % (unsigned)n);
}

static char *person(void *ctx, const char *id, const char *name, const char *aliases, const char *label)
{
	return talloc_asprintf(ctx, "<person><id>%s</id><who><name>%s</name><born>20%02d-0%d-1%d</born></who><forms>%s</forms><numbers><number><value>999 %03d %04d</value></number></numbers>"
		"<public><label>%s</label></public></person>", id, name, below(20), 1 + below(9), below(10), aliases, below(1000), below(10000), label);
}

static char *alias(void *ctx, const char *text)
{
	return talloc_asprintf(ctx, "<form><text>%s</text><ordinary>no</ordinary></form>", text);
}

/* A register with other names, another order and other counts; its names in `list`: child, parent (the same surname), adult, staff, school. */
static struct secrets *another(const struct world *w, void *ctx, char *list[8])
{
	int g = below(NAMES), f = below(NAMES);
	const char *child = given[g], *parent = given[(g + 1) % NAMES], *adult = given[(g + 2) % NAMES], *surname = family[f], *other = family[(f + 1) % NAMES];
	char *people[5], *all = talloc_strdup(ctx, "");
	struct error error = { 0 };
	int count = 3 + below(3);

	list[0] = talloc_asprintf(ctx, "%s %s", child, surname);
	list[1] = talloc_strdup(ctx, child);
	list[2] = talloc_asprintf(ctx, "%s %s", parent, surname);
	list[3] = talloc_asprintf(ctx, "%s %s", adult, other);
	list[4] = talloc_strdup(ctx, other);
	list[5] = talloc_strdup(ctx, surname);
	list[6] = talloc_asprintf(ctx, "%d Qwx %d", 100 + below(900), 10 + below(90));
	people[0] = person(ctx, "P1", list[0], talloc_asprintf(ctx, "%s%s", alias(ctx, child), below(2) ? alias(ctx, list[6]) : ""), "a young child");
	people[1] = person(ctx, "P3", list[2], below(2) ? alias(ctx, parent) : "", "a parent");
	people[2] = person(ctx, "P5", list[3], alias(ctx, other), "an adult in the home");
	people[3] = person(ctx, "P7", "Quentin Sallow", "", "");
	people[4] = person(ctx, "P8", "Ottoline Fray", alias(ctx, "Ottie"), "wider family");
	for (int i = count - 1, k; i >= 0; i--) {
		k = below(i + 1);
		all = talloc_strdup_append(all, people[k]);
		people[k] = people[i];
	}
	all = talloc_asprintf(ctx, "<register id=\"shared/register\" version=\"1\"><people>%s</people></register>", all);
	struct xml_doc *doc = xml_read(ctx, all, strlen(all), &error);
	struct secrets *secrets = doc ? secrets_read(ctx, w->reg, doc, &error) : NULL;
	if (!secrets)
		fail_msg("%s", error.say);
	return secrets;
}

/* The same story of other people: tagged or not, at the beginning of a sentence, with articles, possessives and titles, side by side, in the title. */
static char *story(const struct world *w, void *ctx, char *const list[8])
{
	char *text = talloc_asprintf(ctx, "%s came. An %s, %s’s friend, saw %s's arm. Mr %s and the %ss rang; a <person ref=\"P1\">%s</person> and <person ref=\"P3\">%s</person>’s mother did too. "
		"\"%s!\" said %s, (%s) and %s. On <date value=\"20%02d-0%d-11\">that %s</date> nothing more. " HOLE, list[0], list[3], list[1], list[0], list[4], list[5], list[1], list[2], list[1], list[2], list[5], list[3],
		below(20), 1 + below(9), below(2) ? "day" : "Thursday evening in spring");

	text = planted_replace(ctx, planted_replace(ctx, w->source, "<text>A young", "<text><p>A young"), HOLE, text);
	text = planted_replace(ctx, text, "recognised.</text>", "recognised.</p></text>");
	return planted_replace(ctx, text, "<title>", talloc_asprintf(ctx, "<title>%s: ", list[1]));
}

static void test_interference(void **state)
{
	const struct world *w = *state;
	void *ctx = talloc_new(NULL);
	char *kept = NULL;
	size_t kept_length = 0, length;

	for (unsigned i = 0; i < 24; i++) {
		char *list[8];
		state_of = i * 7919u + 3u;
		struct secrets *secrets = another(w, ctx, list);
		char *page = planted_render((struct world *)(uintptr_t)w, ctx, story(w, ctx, list), secrets, &length, NULL);
		if (!kept) {
			kept = page;
			kept_length = length;
			assert_non_null(strstr(page, "A young child came. An adult in the home, a young child’s friend"));
		}
		if (length != kept_length || memcmp(page, kept, length))
			fail_msg("substitution %u (%s, %s):\n%s\nis not\n%s", i, list[0], list[3], strstr(page, "<article"), strstr(kept, "<article"));
	}
	talloc_free(ctx);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_interference) };

	if (fold_start())
		return 99;
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, planted_start, planted_end);
}
