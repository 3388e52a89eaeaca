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

/* A word that no list holds: two to four syllables. */
static char *invented(void *ctx)
{
	static const char consonants[] = "bdfgklmnprstvz", vowels[] = "aeiou";
	char *word = talloc_strdup(ctx, "");

	for (int i = 2 + below(3); i > 0; i--)
		word = talloc_asprintf_append(word, "%c%c", consonants[below(14)], vowels[below(5)]);
	word = talloc_asprintf_append(word, "%c", "xqjz"[below(4)]);
	*word = (char)(*word - 'a' + 'A');
	return word;
}

static char *given_name(void *ctx, int n) { return below(3) ? talloc_strdup(ctx, given[n % NAMES]) : invented(ctx); }
static char *family_name(void *ctx, int n) { return below(3) ? talloc_strdup(ctx, family[n % NAMES]) : invented(ctx); }

/* What the story says of a case; each is another in each substitution. */
struct told {
	char *child, *child_given, *parent, *adult, *adult_family, *family, *relative, *informant, *officer, *officer_family, *born, *born_words, *nhs, *phone, *mail, *handle, *reference,
		*street, *house, *postcode, *town, *school, *employer, *log;
};

static void draw_names(void *ctx, struct told *t)
{
	int g = below(NAMES), f = below(NAMES);

	t->child_given = given_name(ctx, g);
	t->family = family_name(ctx, f);
	t->adult_family = family_name(ctx, f + 1);
	t->officer_family = family_name(ctx, f + 2);
	t->child = talloc_asprintf(ctx, "%s %s", t->child_given, t->family);
	t->parent = talloc_asprintf(ctx, "%s %s", given_name(ctx, g + 1), t->family);
	t->adult = talloc_asprintf(ctx, "%s %s", given_name(ctx, g + 2), t->adult_family);
	t->relative = talloc_asprintf(ctx, "%s %s", given_name(ctx, g + 3), family_name(ctx, f + 3));
	t->informant = talloc_asprintf(ctx, "%s %s", given_name(ctx, g + 4), family_name(ctx, f + 4));
	t->officer = talloc_asprintf(ctx, "%s %s", given_name(ctx, g + 5), t->officer_family);
	t->town = invented(ctx);
	t->school = talloc_asprintf(ctx, "%s %s", invented(ctx), below(2) ? "Primary School" : "Infant School and Nursery");
	t->employer = talloc_asprintf(ctx, "%s %s", invented(ctx), below(2) ? "Cleaning Ltd" : "Taxis");
}

static void draw_numbers(void *ctx, struct told *t)
{
	static const char *const kinds[] = { "Lane", "Close", "Street", "Crescent" };
	int y = 2000 + below(20), m = 1 + below(12), d = 1 + below(28);

	t->born = talloc_asprintf(ctx, "%d-%02d-%02d", y, m, d);
	t->born_words = below(3) ? talloc_asprintf(ctx, "%d %s %d", d, date_month_name(m), y) : below(2) ? talloc_asprintf(ctx, "%dth of %s %d", d, date_month_name(m), y) : talloc_asprintf(ctx, "%02d/%02d/%02d", d, m, y % 100);
	t->nhs = talloc_asprintf(ctx, "999 %03d %04d", below(1000), below(10000));
	t->phone = talloc_asprintf(ctx, "07700 900%03d", below(1000));
	t->mail = talloc_asprintf(ctx, "box%d@example.org", below(100000));
	t->handle = talloc_asprintf(ctx, "@qx_%d_bakes", below(100000));
	t->reference = talloc_asprintf(ctx, "PK/%02d/%04d/%03d", below(100), below(10000), below(1000));
	t->log = talloc_asprintf(ctx, "%04d/%02dDEC", below(10000), 1 + below(28));
	t->street = talloc_asprintf(ctx, "%s %s", invented(ctx), kinds[below(4)]);
	t->house = talloc_asprintf(ctx, "%d", 20 + below(70));
	t->postcode = talloc_asprintf(ctx, "ZX%d %dQV", below(10), below(10));
}

static char *alias(void *ctx, const char *text) { return talloc_asprintf(ctx, "<form><text>%s</text><ordinary>no</ordinary></form>", text); }

static char *person(void *ctx, const char *id, const char *name, const char *born, const char *aliases, const char *numbers, const char *label)
{
	return talloc_asprintf(ctx, "<person><id>%s</id><who><name>%s</name><born>%s</born></who><forms>%s</forms><numbers>%s</numbers><sealed><informant>%s</informant></sealed>"
		"<public><label>%s</label></public></person>", id, name, born, aliases, numbers, strcmp(id, "P8") ? "no" : "yes", label);
}

static char *value(void *ctx, const char *text) { return talloc_asprintf(ctx, "<number><value>%s</value></number>", text); }

static char *some_day(void *ctx) { return talloc_asprintf(ctx, "19%02d-0%d-1%d", 50 + below(50), 1 + below(9), below(10)); }

/* In another order and number each time: who else is in the register is private too. */
static char *shuffled(void *ctx, char *const *list, int least, int most)
{
	char *rows[12], *all = talloc_strdup(ctx, "");
	int count = least + below(most - least + 1);

	memcpy(rows, list, sizeof *rows * (size_t)most);
	for (int i = count - 1; i >= 0; i--) {
		int k = below(i + 1);
		all = talloc_strdup_append(all, rows[k]);
		rows[k] = rows[i];
	}
	return all;
}

static char *people(void *ctx, const struct told *t)
{
	char *list[] = {
		person(ctx, "P1", t->child, t->born, talloc_asprintf(ctx, "%s%s", alias(ctx, t->child_given), below(2) ? alias(ctx, invented(ctx)) : ""), value(ctx, t->nhs), "a young child"),
		person(ctx, "P3", t->parent, some_day(ctx), alias(ctx, t->handle), talloc_asprintf(ctx, "%s%s", value(ctx, t->phone), value(ctx, t->mail)), "a parent"),
		person(ctx, "P5", t->adult, some_day(ctx), alias(ctx, t->adult_family), below(2) ? value(ctx, t->reference) : talloc_asprintf(ctx, "%s%s", value(ctx, "AB 55 55 55 A"), value(ctx, t->reference)), "an adult in the home"),
		person(ctx, "P7", t->relative, some_day(ctx), "", "", "wider family"),
		person(ctx, "P8", t->informant, some_day(ctx), "", "", "wider family"),
		person(ctx, "P9", talloc_asprintf(ctx, "%s %s", invented(ctx), invented(ctx)), some_day(ctx), "", "", ""),
		person(ctx, "P10", talloc_asprintf(ctx, "%s %s", invented(ctx), invented(ctx)), some_day(ctx), alias(ctx, invented(ctx)), "", "a relative"),
	};

	return shuffled(ctx, list, 5, 7);
}

static char *places(void *ctx, const struct told *t)
{
	char *list[] = {
		talloc_asprintf(ctx, "<place><id>L1</id><address>%s %s, %s</address><postcode>%s</postcode><forms>%s</forms><label>home</label></place>", t->house, t->street, t->town, t->postcode, alias(ctx, t->town)),
		talloc_asprintf(ctx, "<place><id>L4</id><name>%s</name><forms>%s</forms><label>school</label></place>", t->school, below(2) ? alias(ctx, invented(ctx)) : ""),
		talloc_asprintf(ctx, "<place><id>L5</id><name>%s Surgery</name><label>surgery</label></place>", invented(ctx)),
	};

	return shuffled(ctx, list, 2, 3);
}

static char *staff(void *ctx, const struct told *t)
{
	char *list[] = {
		talloc_asprintf(ctx, "<member><id>S1</id><name>%s</name><forms><form><text>PC %s</text></form></forms><label>staff</label></member>", t->officer, t->officer_family),
		talloc_asprintf(ctx, "<member><id>S2</id><name>%s %s</name><label>staff</label></member>", invented(ctx), invented(ctx)),
		talloc_asprintf(ctx, "<member><id>S3</id><name>%s %s</name><label></label></member>", invented(ctx), invented(ctx)),
	};

	return shuffled(ctx, list, 1, 3);
}

static struct secrets *register_of(const struct world *w, void *ctx, const struct told *t)
{
	struct error error = { 0 };
	char *all = talloc_asprintf(ctx, "<register id=\"shared/register\" version=\"1\"><people>%s</people><places>%s</places><organisations><organisation><id>O1</id><name>%s</name><label>an employer</label>"
		"</organisation></organisations><staff>%s</staff><numbers><number><id>N1</id><value>%s</value></number></numbers></register>", people(ctx, t), places(ctx, t), t->employer, staff(ctx, t), t->log);
	struct xml_doc *doc = xml_read(ctx, all, strlen(all), &error);
	struct secrets *secrets = doc ? secrets_read(ctx, w->reg, doc, &error) : NULL;

	if (!secrets)
		fail_msg("%s", error.say);
	return secrets;
}

/* Tagged or not, at the beginning of a sentence, with articles, possessives and titles, side by side, in the title; numbers, days and places. */
static char *story(const struct world *w, void *ctx, const struct told *t)
{
	char *text = talloc_asprintf(ctx, "%s came. An %s, %s’s friend, saw %s's arm. Mr %s and the %ss rang; a <person ref=\"P1\">%s</person> and <person ref=\"P3\">%s</person>’s mother did too. "
		"\"%s!\" said %s, (%s) and %s. On <date value=\"20%02d-0%d-11\">that %s</date> nothing more. ", t->child, t->adult, t->child_given, t->child, t->adult_family, t->family, t->child_given,
		t->parent, t->child_given, t->parent, t->family, t->adult, below(20), 1 + below(9), below(2) ? "day" : "Thursday evening in spring");

	text = talloc_asprintf_append(text, "They lived at %s %s, %s (%s). %s wrote to %s and to %s. %s of %s asked PC %s. Born on %s, number %s, log %s, reference %s. Ring %s, write to %s or to %s. "
		"In %s the <place ref=\"L4\">%s</place> closed. %s rang. " HOLE, t->house, t->street, t->town, t->postcode, t->school, t->employer, t->relative, t->officer, t->employer, t->officer_family,
		t->born_words, t->nhs, t->log, t->reference, t->phone, t->mail, t->handle, t->town, t->school, t->informant);
	text = planted_replace(ctx, planted_replace(ctx, w->source, "<text>A young", "<text><p>A young"), HOLE, text);
	text = planted_replace(ctx, text, "recognised.</text>", "recognised.</p></text>");
	return planted_replace(ctx, text, "<title>", talloc_asprintf(ctx, "<title>%s: ", t->child_given));
}

/* The gate finds nothing either, whoever the people are: its verdict is public, because it decides whether there is a page. */
static void same_verdict(const struct world *w, void *ctx, const struct told *t, const struct secrets *secrets, const char *page, size_t length)
{
	struct world other = *w;

	other.secrets = (struct secrets *)(uintptr_t)secrets;
	other.entries = candidate_entries(ctx, secrets);
	other.accepted_count = 0;
	struct gate_report *r = planted_gate(&other, ctx, ADDRESS, NULL, page, length);
	if (r->refused || r->count)
		fail_msg("%s, %s: %s %s", t->child, t->town, r->refused ? r->why : r->hits[0].form, r->refused ? "" : r->hits[0].context);
}

#define SUBSTITUTIONS 100

static void test_interference(void **state)
{
	const struct world *w = *state;
	void *all = talloc_new(NULL);
	char *kept = NULL;
	size_t kept_length = 0, length;

	for (unsigned i = 0; i < SUBSTITUTIONS; i++) {
		void *ctx = talloc_new(all);
		struct told t;
		state_of = i * 7919u + 3u;
		draw_names(ctx, &t);
		draw_numbers(ctx, &t);
		struct secrets *secrets = register_of(w, ctx, &t);
		char *page = planted_render((struct world *)(uintptr_t)w, ctx, story(w, ctx, &t), secrets, &length, NULL);
		if (!kept) {
			kept = talloc_memdup(all, page, length + 1);
			kept_length = length;
			assert_non_null(strstr(page, "A young child came. An adult in the home, a young child’s friend"));
		}
		if (length != kept_length || memcmp(page, kept, length))
			fail_msg("substitution %u (%s, %s):\n%s\nis not\n%s", i, t.child, t.adult, strstr(page, "<article"), strstr(kept, "<article"));
		same_verdict(w, ctx, &t, secrets, page, length);
		talloc_free(ctx);
	}
	talloc_free(all);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_interference) };

	if (fold_start())
		return 99;
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, planted_start, planted_end);
}
