/* The constructs of docs/forms.md that help people to finish: given rows, not known, options that exclude, corrected calculations, pieces. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <talloc.h>

#include "form/fill.h"

static struct error error;
static struct form *form;
static struct judge judge;
static struct xpath_instance instance;
static struct form_pieces pieces;

static char *read_text(void *ctx, const char *below)
{
	char *path = talloc_asprintf(ctx, "%s/%s", getenv("top_srcdir"), below), *text = talloc_zero_array(ctx, char, 1 << 17);
	FILE *file = fopen(path, "r");

	assert_non_null(file);
	assert_true(fread(text, 1, (1 << 17) - 1, file) > 0);
	fclose(file);
	return text;
}

static struct form *read_form(void *ctx, const char *text, const struct form_pieces *with)
{
	return form_read_with(ctx, text, strlen(text), "constructs-1.xml", NULL, with, &error);
}

static struct xml_doc *parse(void *ctx, const char *inner)
{
	char *text = talloc_asprintf(ctx, "<constructs id='test/constructs' version='1'>%s</constructs>", inner);
	struct xml_doc *doc = xml_read(ctx, text, strlen(text), &error);

	if (!doc)
		fail_msg("%s: %s", text, error.say);
	return doc;
}

/* Who is in the register, blank separated. */
static void people(void *ctx, const char *ids)
{
	struct xml_doc *doc = xml_new(ctx, "register");
	char *copy = talloc_strdup(ctx, ids), *save = NULL;

	for (char *id = strtok_r(copy, " ", &save); id; id = strtok_r(NULL, " ", &save)) {
		xml_node *e = xml_add(xml_root(doc), "entry");
		xml_set(e, "id", id);
		xml_set(e, "kind", "party");
		xml_set(e, "words", talloc_asprintf(ctx, "%s Name", id));
	}
	instance = (struct xpath_instance){ "register", doc };
	judge = (struct judge){ .form = form, .instances = &instance, .instance_count = 1, .world = { .today = 20567 } };
}

static struct parts *posted(void *ctx, const char *text)
{
	struct parts *parts = talloc_zero(ctx, struct parts);
	char *copy = talloc_strdup(parts, text), *save = NULL, *pair;

	parts->list = talloc_zero_array(parts, struct part, strlen(text) + 1);
	for (pair = strtok_r(copy, "&", &save); pair; pair = strtok_r(NULL, "&", &save)) {
		char *equals = strchr(pair, '=');

		*equals = '\0';
		parts->list[parts->count++] = (struct part){ .name = pair, .value = equals + 1, .length = strlen(equals + 1) };
	}
	return parts;
}

static const char *text_at(void *ctx, const struct xml_doc *doc, const char *name)
{
	return xml_text(ctx, form_locate(form, doc, name));
}

/* "P1=yes P2= …": the rows with what is known of each. */
static char *rows_of(void *ctx, const struct xml_doc *doc)
{
	xml_node *row = xml_find(xml_root(doc), "people/person");
	char *made = talloc_strdup(ctx, "");

	for (; row; row = xml_next_same(row))
		made = talloc_asprintf_append(made, "%s%s=%s", *made ? " " : "", xml_text(ctx, xml_child(row, "who")), xml_text(ctx, xml_child(row, "known")));
	return made;
}

/* The first fault with that code: "where: sentence"; "" none. */
static char *fault_of(void *ctx, const struct xml_doc *doc, const char *section, const char *code)
{
	struct faults *faults = faults_new(ctx, 100);

	assert_int_equal(judge_document(ctx, &judge, doc, section, faults, &error), 0);
	for (int i = 0; i < faults->count; i++)
		if (strcmp(faults->list[i].code, code) == 0)
			return talloc_asprintf(ctx, "%s%s: %s", faults->list[i].warning ? "warning " : "", faults->list[i].where, faults->list[i].say);
	return talloc_strdup(ctx, "");
}

static void test_given_rows_come_and_go(void **state)
{
	static const struct { const char *before, *people, *after; } rows[] = {
		{ "", "P1 P2", "P1= P2=" },
		{ "<people><person><who>P1</who><known>yes</known></person></people>", "P1 P2 P3", "P1=yes P2= P3=" },
		{ "<people><person><who>P1</who><known>yes</known></person><person><who>P2</who></person></people>", "P3", "P1=yes P3=" },      /* typed: kept */
		{ "<people><person><who>P2</who><since><written/><precision>unknown</precision></since></person></people>", "P1", "P2= P1=" },
		{ "<people><person/><person><who>P1</who></person></people>", "P1", "P1=" },
		{ "<people><person><who>P1</who></person></people>", "", "" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct xml_doc *doc = parse(*state, rows[i].before);

		people(*state, rows[i].people);
		assert_int_equal(judge_give_rows(*state, &judge, doc, &error), 0);
		assert_string_equal(rows_of(*state, doc), rows[i].after);
	}
}

static void test_given_rows_are_judged(void **state)
{
	people(*state, "P1 P2");
	assert_string_equal(fault_of(*state, parse(*state, "<people><person><who>P2</who><known>no</known></person></people>"), "people", "rows.given"), "people.person: Answer for P1 Name");
	assert_string_equal(fault_of(*state, parse(*state, "<people><person><who>P2</who><known>no</known></person><person><who>P1</who></person></people>"), "people", "rows.given"), "");
	assert_string_equal(fault_of(*state, parse(*state, "<people><person><who>P1</who></person><person><who>P2</who><known>no</known></person></people>"), "people", "required"),
		"people.person.1.known: Answer “Known to you?” for person 1");
	assert_string_equal(fault_of(*state, parse(*state, "<people><person><who>P9</who><known>no</known></person></people>"), "people", "row.gone"),
		"warning people.person.1.who: P9 is no longer in the list. Remove what was said about it, or say why it is kept");
	assert_string_equal(fault_of(*state, parse(*state, "<people><person><who>P9</who><known>no</known></person></people>"), "people", "reference"), "");
}

/* What was typed for a person stays that person's, whatever happened to the list between the page and its answer. */
static void test_given_rows_keep_their_answers(void **state)
{
	static const struct { const char *people, *post, *after; } rows[] = {
		{ "P1 P2 P3", "people.person.1.who=P1&people.person.1.known=yes&people.person.2.who=P2&people.person.2.known=no&people.person.3.who=P3&people.person.3.known=yes", "P1=yes P2=no P3=yes" },
		{ "P1 P3", "people.person.1.who=P1&people.person.1.known=yes&people.person.2.who=P2&people.person.2.known=no&people.person.3.who=P3&people.person.3.known=yes", "P1=yes P2=no P3=yes" },
		{ "P3 P0 P1", "people.person.1.who=P1&people.person.1.known=yes&people.person.2.who=P3&people.person.2.known=no", "P1=yes P3=no P0=" },
		{ "P1 P2 P3", "people.person.3.who=P1&people.person.3.known=yes", "P2= P3= P1=yes" },
		{ "P1", "people.person.2.who=P9&people.person.2.known=yes", "P1= P9=yes" },
		{ "P1", "people.person.1.who=<&people.person.1.known=yes", "P1=yes" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct xml_doc *doc = parse(*state, "");
		struct parts *parts = posted(*state, rows[i].post);

		people(*state, rows[i].people);
		assert_int_equal(judge_give_rows(*state, &judge, doc, &error), 0);
		fill_given_rows(form, doc, parts);
		assert_int_equal(fill_section(*state, &judge, doc, "people", parts, "", &error), 0);
		assert_string_equal(rows_of(*state, doc), rows[i].after);
	}
}

static void test_given_rows_are_named(void **state)
{
	struct xml_doc *doc = parse(*state, "<people><person><who>P1</who></person><person><who>P9</who><known>no</known></person></people>"), *noted;

	people(*state, "P1");
	noted = judge_annotate(*state, &judge, doc, NULL, &error);
	assert_string_equal(xml_get_ns(form_locate(form, noted, "people.person.1"), NS_NOTE, "label"), "P1 Name");
	assert_null(xml_get_ns(form_locate(form, noted, "people.person.1"), NS_NOTE, "given"));
	assert_string_equal(xml_get_ns(form_locate(form, noted, "people.person.2"), NS_NOTE, "label"), "P9");
	assert_string_equal(xml_get_ns(form_locate(form, noted, "people.person.2"), NS_NOTE, "given"), "no");
}

static void test_not_known(void **state)
{
	static const struct { const char *section, *post, *name, *value, *words; } rows[] = {
		{ "more", "more.note=&more.note.unknown=not-recorded", "more.note", "not-recorded", "Not known" },
		{ "more", "more.story=&more.story.unknown=not-known", "more.story", "not-known", "Not known" },
		{ "more", "more.kind.unknown=none-said", "more.kind", "none-said", "Not known" },
		{ "more", "more.born.day=3&more.born.month=2&more.born.year=2020&more.born.unknown=not-known", "more.born", "not-known", "Not known" },
		{ "more", "more.seen=not-known", "more.seen", "not-known", "Nobody knows" },
		{ "home", "home.line=1 High Street&home.postcode=&home.postcode.unknown=not-known", "home.postcode", "not-known", "Not known" },
		{ "people", "people.person.1.who=P1&people.person.1.known.unknown=not-known", "people.person.1.known", "not-known", "Not known" },
	};

	people(*state, "P1");
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct xml_doc *doc = parse(*state, ""), *noted;

		assert_int_equal(judge_give_rows(*state, &judge, doc, &error), 0);
		assert_int_equal(fill_section(*state, &judge, doc, rows[i].section, posted(*state, rows[i].post), "", &error), 0);
		assert_string_equal(text_at(*state, doc, rows[i].name), rows[i].value);
		noted = judge_annotate(*state, &judge, doc, NULL, &error);
		assert_string_equal(xml_get_ns(form_locate(form, noted, rows[i].name), NS_NOTE, "words"), rows[i].words);
		/* It answers a question that must be answered. */
		assert_null(strstr(fault_of(*state, doc, rows[i].section, "required"), rows[i].name));
	}
}

/* Unticked and with something else typed, it is gone again. */
static void test_known_after_all(void **state)
{
	struct xml_doc *doc = parse(*state, "<more><note>not-recorded</note><story>not-known</story></more>");

	people(*state, "");
	assert_int_equal(fill_section(*state, &judge, doc, "more", posted(*state, "more.note=Seen&more.story=It was so"), "", &error), 0);
	assert_string_equal(text_at(*state, doc, "more.note"), "Seen");
	assert_string_equal(text_at(*state, doc, "more.story"), "It was so");
	assert_int_equal(fill_section(*state, &judge, doc, "more", posted(*state, "more.note=&more.story="), "", &error), 0);
	assert_string_equal(fault_of(*state, doc, "more", "required"), "more.note: Enter note");
}

static void test_options_that_exclude(void **state)
{
	people(*state, "");
	assert_string_equal(fault_of(*state, parse(*state, "<more><themes>sharing none</themes></more>"), "more", "option"), "more.themes: Themes cannot have “None of these” together with other options");
	assert_string_equal(fault_of(*state, parse(*state, "<more><themes>none</themes></more>"), "more", "option"), "");
	assert_string_equal(fault_of(*state, parse(*state, "<more><themes>sharing housing</themes></more>"), "more", "option"), "");
	assert_string_equal(fault_of(*state, parse(*state, "<more><kind>fax</kind></more>"), "more", "option"), "more.kind: Kind must be one of the options listed: call or letter");
	assert_string_equal(fault_of(*state, parse(*state, "<more><kind>call letter</kind></more>"), "more", "option"), "more.kind: Kind must be one option only");
}

static void test_corrected_calculations(void **state)
{
	static const struct { const char *before, *post, *age, *band; } rows[] = {
		{ "<born>2020-02-03</born>", "more.note=x", "6", "6 years" },                                                       /* empty: worked out */
		{ "<born>2020-02-03</born><age>6</age><band>6 years</band>", "more.born.day=3&more.born.month=2&more.born.year=2016&more.age=6&more.band=6 years", "10", "10 years" },
		{ "<born>2020-02-03</born><age>6</age><band>6 years</band>", "more.age=7&more.band=6 years", "7", "7 years" },      /* corrected, and others follow */
		{ "<born>2020-02-03</born><age>7</age><band>7 years</band>", "more.born.day=3&more.born.month=2&more.born.year=2016&more.age=7", "7", "7 years" },      /* stays corrected */
		{ "<born>2020-02-03</born><age>7</age><band>about 7</band>", "more.age=&more.band=about 7", "6", "about 7" },       /* emptied: worked out again */
	};

	people(*state, "");
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct xml_doc *before = parse(*state, talloc_asprintf(*state, "<more>%s</more>", rows[i].before)), *doc = xml_copy(*state, before);

		assert_int_equal(fill_section(*state, &judge, doc, "more", posted(*state, rows[i].post), "", &error), 0);
		assert_int_equal(judge_calculate(*state, &judge, doc, before, &error), 0);
		assert_string_equal(text_at(*state, doc, "more.age"), rows[i].age);
		assert_string_equal(text_at(*state, doc, "more.band"), rows[i].band);
	}
}

/* Where there is no number yet there is no answer; and a calculation may lean on others further down. */
static void test_calculations_settle(void **state)
{
	static const char definition[] =
		"<h:html xmlns='http://www.w3.org/2002/xforms' xmlns:h='http://www.w3.org/1999/xhtml' xmlns:d='urn:dossier:form'><h:head><h:title>Sums</h:title><model>"
		"<instance><sums id='test/sums' version='1'><a/><b/><c/><d/><e/><f/><n/></sums></instance>"
		"<bind nodeset='/sums/a' type='int' calculate='/sums/b + 1'/><bind nodeset='/sums/b' type='int' calculate='/sums/c + 1'/>"
		"<bind nodeset='/sums/c' type='int' calculate='/sums/d + 1'/><bind nodeset='/sums/d' type='int' calculate='/sums/e + 1'/>"
		"<bind nodeset='/sums/e' type='int' calculate='/sums/f + 1'/><bind nodeset='/sums/f' type='int' calculate='/sums/n * 2' d:override='yes'/>"
		"</model></h:head><h:body><group id='all'><label>All</label><input ref='/sums/n'><label>N</label></input></group></h:body></h:html>";
	static const struct { const char *n, *a, *f; } rows[] = { { "5", "15", "10" }, { "", "", "" }, { "five", "", "" }, { "-5", "-5", "-10" } };
	struct form *sums = read_form(*state, definition, NULL);
	struct judge j = { .form = sums, .world = { .today = 20567 } };

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char *text = talloc_asprintf(*state, "<sums id='test/sums' version='1'><a/><b/><c/><d/><e/><f/><n>%s</n></sums>", rows[i].n);
		struct xml_doc *doc = xml_read(*state, text, strlen(text), &error);

		assert_int_equal(judge_calculate(*state, &j, doc, NULL, &error), 0);
		assert_string_equal(xml_text(*state, xml_child(xml_root(doc), "a")), rows[i].a);
		assert_string_equal(xml_text(*state, xml_child(xml_root(doc), "f")), rows[i].f);
	}
}

static void test_corrections_are_told(void **state)
{
	struct xml_doc *noted;
	const xml_node *age;

	people(*state, "");
	noted = judge_annotate(*state, &judge, parse(*state, "<more><born>2020-02-03</born><age>7</age></more>"), NULL, &error);
	age = form_locate(form, noted, "more.age");
	assert_string_equal(xml_get_ns(age, NS_NOTE, "calculated"), "6");
	assert_string_equal(xml_get_ns(age, NS_NOTE, "corrected"), "yes");
	assert_null(xml_get_ns(age, NS_NOTE, "readonly"));
	noted = judge_annotate(*state, &judge, parse(*state, "<more><born>2020-02-03</born><age>6</age></more>"), NULL, &error);
	assert_null(xml_get_ns(form_locate(form, noted, "more.age"), NS_NOTE, "corrected"));
}

static void test_pieces(void **state)
{
	people(*state, "");
	assert_string_equal(form->pieces, "address-1 address-1 address-1 address-1");
	assert_string_equal(form_field(form, "home.postcode")->label, "Postcode");
	assert_string_equal(form_field(form, "places.place.at.postcode")->section, "places");
	/* Its rules are about the place where it stands: each row its own. */
	assert_string_equal(fault_of(*state, parse(*state, "<home><line>1 High Street</line></home>"), "home", "required"), "home.postcode: Enter postcode");
	assert_string_equal(fault_of(*state, parse(*state, "<places><place><name>A</name><at><line>1</line><postcode>X</postcode></at></place><place><name>B</name><at><line>2</line></at></place></places>"), "places", "required"),
		"places.place.2.at.postcode: Enter postcode for place 2");
	assert_string_equal(fault_of(*state, parse(*state, "<home><since>2099-01-01</since></home>"), "home", "constraint"), "home.since: The date must be in the past");
}

static void test_refused(void **state)
{
	static const struct { const char *from, *to, *code; } rows[] = {
		{ "piece=\"address-1\"", "piece=\"address-9\"", "form.piece" }, { " at=\"/constructs/home\"", "", "form.piece" },
		{ "at=\"/constructs/home\"", "at=\"/constructs/nowhere\"", "form.path" },
		{ "d:key=\"who\"", "d:key=\"known\"", "form.rows" }, { "d:key=\"who\"", "", "form.rows" }, 
		{ "instance('register')/entry[@kind='party']\" d:key", "/constructs/home\" d:key", "form.rows" },
		{ "calculate=\"d:age-years(/constructs/more/born, '2026-04-24')\" ", "", "form.override" },
		{ "d:unknown=\"not-recorded\"", "d:unknown=\"not recorded\"", "form.unknown" },
	};
	char *text = read_text(*state, "tests/data/forms/constructs-1.xml");

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const char *at = strstr(text, rows[i].from);
		char *changed;

		assert_non_null(at);
		changed = talloc_asprintf(*state, "%.*s%s%s", (int)(at - text), text, rows[i].to, at + strlen(rows[i].from));
		assert_null(read_form(*state, changed, &pieces));
		assert_string_equal(error.code, rows[i].code);
	}
	assert_null(read_form(*state, text, NULL));
}

/* What is wrong with a piece or a shared list is said with its own line, not as if it stood in the form. */
static void test_faults_of_what_is_shared(void **state)
{
	static const struct { const char *from, *to, *code, *say; } rows[] = {
		{ "urn:dossier:form", "urn:dossier:forms", "form.piece", "not d:piece" }, { "</instance>", "<d:include piece=\"address-1\"/></instance>", "form.piece", "do not nest" },
		{ "nodeset=\"/piece/", "nodeset=\"/piece/un", "form.path", "The line is one of pieces/address-1.xml." },
		{ "<label>", "<label/><label>", "form.twice", "The line is one of pieces/address-1.xml." },
		{ "ref=\"/piece/", "href=\"/piece/", "form.attribute", "The line is one of pieces/address-1.xml." },
	};
	static const struct { const char *list, *say; } lists[] = {
		{ "<list name='precision'><item value='exact'>Exact</item></list>", "" }, { "", "There is no list precision" },
		{ "<list name='precision'><item value='exact'>Exact</item></list>\n<list name='precision'/>", "lines 1 and 2" },
		{ "<list name='precision'>\n<item value='the day'>Exact</item></list>", "Line 2 of" }, { "<list name='precision'>\n<item>Exact</item></list>", "Line 2 of" },
		{ "<list name='precision'>\n\n<item value='exact'/></list>", "Line 3 of" }, { "<list name='precision'>\n<choice value='exact'>Exact</choice></list>", "Line 2 of" },
		{ "<list name='precision'><item value='exact'>Exact</item><item value='exact'>Exact</item></list>", "exact stands twice" },
	};
	char *text = read_text(*state, "tests/data/forms/constructs-1.xml"), *piece = read_text(*state, "tests/data/forms/pieces/address-1.xml");

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const char *at = strstr(piece, rows[i].from);
		struct form_piece one = { .name = "address-1" };
		struct form_pieces with = { &one, 1 };
		char *changed;

		assert_non_null(at);
		changed = talloc_asprintf(*state, "%.*s%s%s", (int)(at - piece), piece, rows[i].to, at + strlen(rows[i].from));
		one.doc = xml_read_own(*state, changed, strlen(changed), "address-1.xml", &error);
		if (!one.doc || read_form(*state, text, &with) || strcmp(error.code, rows[i].code) != 0 || !strstr(error.say, rows[i].say))
			fail_msg("row %zu: %s %s", i, error.code, error.say);
	}
	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
		char *all = talloc_asprintf(*state, "<lists>%s</lists>", lists[i].list);
		struct xml_doc *doc = xml_read_own(*state, all, strlen(all), "lists.xml", &error);
		struct form *made = form_read_with(*state, text, strlen(text), "constructs-1.xml", doc, &pieces, &error);

		if ((made != NULL) != (*lists[i].say == '\0') || (!made && (error.line < 20 || !strstr(error.say, lists[i].say))))
			fail_msg("list %zu: line %d: %s", i, made ? 0 : error.line, made ? "accepted" : error.say);
	}
}

static int set_up(void **state)
{
	void *ctx = talloc_new(NULL);
	char *text = read_text(ctx, "tests/data/forms/pieces/address-1.xml");

	pieces.list = talloc_zero(ctx, struct form_piece);
	pieces.list[0] = (struct form_piece){ "address-1", xml_read_own(ctx, text, strlen(text), "address-1.xml", &error), text, strlen(text) };
	pieces.count = 1;
	form = read_form(ctx, read_text(ctx, "tests/data/forms/constructs-1.xml"), &pieces);
	if (!form)
		fail_msg("line %d: %s", error.line, error.say);
	*state = ctx;
	return 0;
}

static int tear_down(void **state)
{
	talloc_free(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_given_rows_come_and_go), cmocka_unit_test(test_given_rows_are_judged), cmocka_unit_test(test_given_rows_keep_their_answers),
		cmocka_unit_test(test_given_rows_are_named), cmocka_unit_test(test_not_known), cmocka_unit_test(test_known_after_all),
		cmocka_unit_test(test_options_that_exclude), cmocka_unit_test(test_corrected_calculations), cmocka_unit_test(test_calculations_settle), cmocka_unit_test(test_corrections_are_told),
		cmocka_unit_test(test_pieces), cmocka_unit_test(test_refused), cmocka_unit_test(test_faults_of_what_is_shared),
	};

	xml_start();
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("constructs", tests, set_up, tear_down);
}
