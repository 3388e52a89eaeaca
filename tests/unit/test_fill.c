/* A POST into an instance. */
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

static char *read_text(void *ctx, const char *below)
{
	char *path = talloc_asprintf(ctx, "%s/%s", getenv("top_srcdir"), below), *text = talloc_zero_array(ctx, char, 1 << 17);
	FILE *file = fopen(path, "r");

	assert_non_null(file);
	assert_true(fread(text, 1, (1 << 17) - 1, file) > 0);
	fclose(file);
	return text;
}

static struct xml_doc *parse(void *ctx, const char *text)
{
	struct xml_doc *doc = xml_read(ctx, text, strlen(text), &error);

	if (!doc)
		fail_msg("%s: %s", text, error.say);
	return doc;
}

/* "name=value&…" without any escapes; "%n" is a line feed. */
static struct parts *posted(void *ctx, const char *text)
{
	struct parts *parts = talloc_zero(ctx, struct parts);
	char *copy = talloc_strdup(parts, text), *save = NULL, *pair, *at;

	parts->list = talloc_zero_array(parts, struct part, strlen(text) + 1);
	for (pair = strtok_r(copy, "&", &save); pair; pair = strtok_r(NULL, "&", &save)) {
		struct part *part = &parts->list[parts->count++];

		for (at = strstr(pair, "%n"); at; at = strstr(pair, "%n"))
			memmove(at, at + 1, strlen(at)), at[0] = '\n';
		part->name = pair;
		at = strchr(pair, '=');
		*at = '\0';
		part->value = at + 1;
		part->length = strlen(at + 1);
	}
	return parts;
}

#define ROOT(inner) "<sample id='test/sample' version='1'>" inner "</sample>"

static int fill(void *ctx, struct xml_doc *doc, const char *section, const char *post)
{
	return fill_section(ctx, &judge, doc, section, posted(ctx, post), "csrf rev do", &error);
}

static const char *inside(void *ctx, const struct xml_doc *doc)
{
	char *text = xml_write(ctx, xml_root(doc), NULL);

	text[strlen(text) - strlen("</sample>")] = '\0';
	return text + strlen("<sample id=\"test/sample\" version=\"1\">");
}

static void test_values(void **state)
{
	static const struct { const char *before, *section, *post, *after; } rows[] = {
		{ "<events><event><who/></event></events>", NULL, "events.event.1.who=P2, P3;P1", "<events><event><who>P2 P3 P1</who></event></events>" },
		{ "<head/>", NULL, "head.author= Jo%n Bloggs &csrf=x", "<head><author>Jo  Bloggs</author></head>" },
		{ "<head><author>A</author></head>", NULL, "head.author=", "<head><author/></head>" },
		{ "<head/>", NULL, "head.born.day=5&head.born.month=mar&head.born.year=2025", "<head><born>2025-03-05</born></head>" },
		{ "<head/>", NULL, "head.born.day=31&head.born.month=02&head.born.year=2025", "<head><born>31/02/2025</born></head>" },
		{ "<head/>", NULL, "head.born.day=&head.born.month=3&head.born.year=2025", "<head><born>/3/2025</born></head>" },
		{ "<head><born>2025-01-01</born></head>", NULL, "head.born.day=&head.born.month=&head.born.year=", "<head><born/></head>" },
		{ "<head/>", NULL, "head.born.day=5/3/2025&head.born.month=&head.born.year=", "<head><born>2025-03-05</born></head>" },
		{ "<head/>", NULL, "head.born=2025-03-05", "<head><born>2025-03-05</born></head>" },
		{ "<head/>", NULL, "head.born.day=1&head.born.unknown=yes", "<head><born>not-known</born></head>" },
		{ "<head/>", NULL, "head.weight=1,200 ", "<head><weight>1200</weight></head>" }, { "<head/>", NULL, "head.weight=1,2kg", "<head><weight>1,2kg</weight></head>" },
		{ "<head/>", NULL, "head.weight=&head.weight.unknown=not-known", "<head><weight>not-known</weight></head>" },
		{ "<head><weight>not-known</weight></head>", NULL, "head.weight=", "<head><weight/></head>" },
		{ "<head/>", NULL, "head.at=9:05", "<head><at>09:05</at></head>" }, { "<head/>", NULL, "head.at=noon", "<head><at>noon</at></head>" },
		{ "<head/>", NULL, "head.nhs=999 000 4102", "<head><nhs>9990004102</nhs></head>" }, { "<head/>", NULL, "head.nhs=999 000 4103", "<head><nhs>999 000 4103</nhs></head>" },
		{ "<head/>", NULL, "head.themes=sharing&head.themes=housing", "<head><themes>sharing housing</themes></head>" },
		{ "<head/>", NULL, "head.kind=visit&head.kind=call", "<head><kind>visit</kind></head>" },
		{ "<head/>", NULL, "head.note=a%nb ", "<head><note>a\nb </note></head>" },
		{ "<head><age>4</age></head>", NULL, "head.age=5", "<head><age>4</age></head>" },
		{ "<head><kind>call</kind><note>n</note></head>", NULL, "head.note=changed", "<head><kind>call</kind><note>n</note></head>" },
		{ "<head/><story/>", "head", "head.author=A&story=Text", "<head><author>A</author></head><story/>" },
		{ "<head/>", NULL, "story=One [[P1|her]]%n%n- two", "<head/><story><p>One <person ref=\"P1\">her</person></p><list><item>two</item></list></story>" },
		{ "<story><p id='b1'>One</p><table id='b2'><row><cell>x</cell></row></table></story>", NULL, "story=One%n%nx", "<story><p id=\"b1\">One</p><table id=\"b2\"><row><cell>x</cell></row></table></story>" },
		{ "<story><p id='b1'>One</p><table id='b2'><row><cell>x</cell></row></table></story>", NULL, "story=New%n%nx", "<story><p>New</p><table id=\"b2\"><row><cell>x</cell></row></table></story>" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct xml_doc *doc = parse(*state, talloc_asprintf(*state, "<sample id='test/sample' version='1'>%s</sample>", rows[i].before));

		if (fill(*state, doc, rows[i].section, rows[i].post) < 0)
			fail_msg("row %zu: %s", i, error.say);
		if (strcmp(inside(*state, doc), rows[i].after) != 0)
			fail_msg("row %zu: %s", i, inside(*state, doc));
	}
}

static void test_when(void **state)
{
	static const struct { const char *before, *post, *after; } rows[] = {
		{ "<when/>", "when.day=5&when.month=3&when.year=2026&when.precision=exact", "<when><written>2026-03-05</written><precision>exact</precision></when>" },
		{ "<when/>", "when.day=&when.month=3&when.year=2026&when.precision=month", "<when><written>2026-03</written><precision>month</precision></when>" },
		{ "<when/>", "when.day=&when.month=&when.year=2026&when.precision=year", "<when><written>2026</written><precision>year</precision></when>" },
		{ "<when/>", "when.day=31&when.month=2&when.year=2026&when.precision=exact", "<when><written>31/2/2026</written><precision>exact</precision></when>" },
		{ "<when/>", "when.day=&when.month=&when.year=&when.precision=unknown", "<when><written/><precision>unknown</precision></when>" },
		{ "<when><written>2026</written><precision>year</precision></when>", "when.day=&when.month=&when.year=&when.precision=", "<when/>" },
		{ "<when><written>2026</written><precision>year</precision><from>2026-01-01</from></when>", "when.day=&when.month=&when.year=2026&when.precision=year",
			"<when><written>2026</written><precision>year</precision><from>2026-01-01</from></when>" },
		{ "<when><written>2026</written><precision>year</precision><from>2026-01-01</from></when>", "when.day=&when.month=&when.year=2025&when.precision=year",
			"<when><written>2025</written><precision>year</precision></when>" },
		{ "<when/>", "when=2026-03-24 on-or-about", "<when><written>2026-03-24</written><precision>on-or-about</precision></when>" },
		{ "<when/>", "when=unknown", "<when><written/><precision>unknown</precision></when>" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct xml_doc *doc = parse(*state, talloc_asprintf(*state, ROOT("<events><event>%s</event></events>"), rows[i].before));
		char *post = talloc_strdup(*state, ""), *copy = talloc_strdup(*state, rows[i].post), *save = NULL, *pair;

		for (pair = strtok_r(copy, "&", &save); pair; pair = strtok_r(NULL, "&", &save))
			post = talloc_asprintf_append(post, "events.event.1.%s&", pair);
		if (fill(*state, doc, "events", post) < 0)
			fail_msg("row %zu: %s", i, error.say);
		assert_string_equal(inside(*state, doc), talloc_asprintf(*state, "<events><event>%s</event></events>", rows[i].after));
	}
}

static void test_refused(void **state)
{
	static const char *const names[] = { "head.writer", "head", "head.author.day", "head.born.precision", "head.born.hour", "head.kind.unknown", "events.event.kind", "events.event.0.kind",
		"events.event.01.kind", "events.event.2501.kind", "events.event.1", "events.event.1.when.hour", "events.event.1.kind.1", "", "head.1.author", "csrf2",
		"events.event.99999999999.kind", "actions.action.5.text", "head.author.", "events.event.+1.kind", "events.event.1.forms.form.4.text" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct xml_doc *doc = parse(*state, ROOT("<head><author>A</author></head>"));

		if (fill(*state, doc, NULL, talloc_asprintf(*state, "head.author=changed&%s=x", names[i])) == 0)
			fail_msg("accepted: %s", names[i]);
		assert_string_equal(error.code, "form.unknown-field");
		assert_int_equal(error.kind, ERROR_INVALID);
		assert_string_equal(inside(*state, doc), "<head><author>A</author></head>");
	}
}

static void test_rights(void **state)
{
	struct xml_doc *doc = parse(*state, ROOT("<head><note>n</note><sealed>s</sealed></head>"));

	judge.roles = "writer";
	assert_int_equal(fill(*state, doc, NULL, "head.author=A&head.note=changed&head.sealed=stolen&in=head"), 0);
	assert_string_equal(inside(*state, doc), "<head><author>A</author><note>n</note><sealed>s</sealed></head>");
	judge.roles = "chair";
	assert_int_equal(fill(*state, doc, NULL, "head.note=changed&head.sealed=new"), 0);
	assert_string_equal(inside(*state, doc), "<head><author>A</author><note>changed</note><sealed>new</sealed></head>");
	judge.roles = NULL;
}

static void test_check_boxes(void **state)
{
	static const char before[] = ROOT("<head><kind>visit</kind><themes>housing</themes></head>"
		"<events><event><who>P1</who></event><event><who>P2</who></event></events><actions><action><owner>chair</owner></action></actions>");
	static const struct { const char *section, *post, *after; } rows[] = {
		{ NULL, "head.author=A", "<themes>housing</themes> P1 P2 chair" }, { NULL, "in=head", "<themes/> P1 P2 chair" },
		{ NULL, "in=head&head.themes=sharing", "<themes>sharing</themes> P1 P2 chair" }, { NULL, "in=events.event.2", "<themes>housing</themes> P1  chair" },
		{ NULL, "in=events.event.2&in=events.event.1&events.event.1.who=P3", "<themes>housing</themes> P3  chair" }, { "events", "in=head", "<themes>housing</themes> P1 P2 chair" },
		{ NULL, "in=events", "<themes>housing</themes> P1 P2 chair" }, { NULL, "in=actions.action.1", "<themes>housing</themes> P1 P2 " },
		{ NULL, "in=events.event.9", "<themes>housing</themes> P1 P2 chair" }, { "events", "in=actions.action.1", "<themes>housing</themes> P1 P2 chair" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct xml_doc *doc = parse(*state, before);
		const xml_node *root;
		char *after;

		if (fill(*state, doc, rows[i].section, rows[i].post) < 0)
			fail_msg("row %zu: %s", i, error.say);
		root = xml_root(doc);
		after = talloc_asprintf(*state, "%s %s %s %s", xml_write(*state, xml_find(root, "/sample/head/themes"), NULL), xml_find_text(*state, root, "/sample/events/event[1]/who"),
			xml_find_text(*state, root, "/sample/events/event[2]/who"), xml_find_text(*state, root, "/sample/actions/action/owner"));
		if (strcmp(after, rows[i].after) != 0)
			fail_msg("row %zu: %s", i, after);
		/* The choice of one is not a check box: a page that shows no answer does not take one away. */
		assert_string_equal(xml_find_text(*state, root, "/sample/head/kind"), "visit");
	}
	assert_int_equal(fill(*state, parse(*state, before), NULL, "in=nonsense"), -1);
}

static void test_lost_rows(void **state)
{
	struct xml_doc *doc = parse(*state, ROOT("<head/>"));

	/* Somebody removed the rows meanwhile: what was typed comes back, what was empty does not. */
	assert_int_equal(fill(*state, doc, NULL, "actions.action.1.text=&actions.action.2.text=Typed&actions.action.3.text="), 0);
	assert_string_equal(inside(*state, doc), "<head/><actions><action id=\"r1\"><text/><owner/></action><action id=\"r2\"><text>Typed</text><owner/></action></actions>");
}

static void test_rows(void **state)
{
	struct xml_doc *doc = parse(*state, ROOT("<head/><story/>"));
	char *name;

	assert_int_equal(fill_add_row(*state, form, doc, "actions.action", &name, &error), 0);
	assert_string_equal(name, "actions.action.1");
	assert_int_equal(fill_add_row(*state, form, doc, "events.event", &name, &error), 0);
	assert_int_equal(fill_add_row(*state, form, doc, "events.event.1.forms.form", &name, &error), 0);
	assert_string_equal(name, "events.event.1.forms.form.1");
	assert_string_equal(inside(*state, doc), "<head/><events><event><id/><when/><who/><kind/><what/><seen/><reason/><forms><form id=\"r1\"><text/><ordinary/></form></forms></event></events>"
		"<actions><action id=\"r1\"><text/><owner/></action></actions><story/>");
	assert_int_equal(fill_add_row(*state, form, doc, "actions.action", &name, &error), 0);
	assert_int_equal(fill_add_row(*state, form, doc, "actions.action", &name, &error), 0);
	assert_int_equal(fill_remove_row(form, doc, "actions.action.2", &error), 0);
	assert_int_equal(fill_add_row(*state, form, doc, "actions.action", &name, &error), 0);
	assert_string_equal(name, "actions.action.3");
	assert_string_equal(xml_find_text(*state, xml_root(doc), "/sample/actions/action[3]/@id"), "r4");     /* never an id that stands before it */
	assert_int_equal(fill_add_row(*state, form, doc, "actions.action", &name, &error), 0);
	assert_int_equal(fill_add_row(*state, form, doc, "actions.action", &name, &error), -1);
	assert_string_equal(error.code, "rows.max");
	assert_string_equal(name, "actions.action.4");
	/* A row that must be there comes again empty. */
	assert_int_equal(fill(*state, doc, NULL, "events.event.1.id=E1"), 0);
	assert_int_equal(fill_remove_row(form, doc, "events.event.1", &error), 0);
	assert_string_equal(xml_write(*state, xml_find(xml_root(doc), "/sample/events"), NULL), "<events><event><id/><when/><who/><kind/><what/><seen/><reason/><forms/></event></events>");
}

static void test_rows_refused(void **state)
{
	static const char *const add[] = { "events", "events.event.1", "head.author", "", "nothing", "events.event.7.forms.form", "events.event.forms.form", "events.event." };
	static const char *const gone[] = { "events", "events.event", "events.event.2", "events.event.0", "events.event.1.id", "", "events.event.1.forms.form.1" };
	struct xml_doc *doc = parse(*state, ROOT("<events><event/></events>"));
	char *name = NULL;

	for (size_t i = 0; i < sizeof add / sizeof add[0]; i++)
		if (fill_add_row(*state, form, doc, add[i], &name, &error) == 0 || name)
			fail_msg("%s", add[i]);
	for (size_t i = 0; i < sizeof gone / sizeof gone[0]; i++)
		if (fill_remove_row(form, doc, gone[i], &error) == 0)
			fail_msg("%s", gone[i]);
}

static void test_ids(void **state)
{
	struct xml_doc *doc = parse(*state, ROOT("<events><event><what><p>a</p><p id='b4'>b</p><p>c</p></what></event></events>"
		"<actions><action/><action id='r7'/><action id='x'/><action/></actions><story>plain</story>"));

	fill_ids(form, doc);
	assert_string_equal(inside(*state, doc), "<events><event><what><p id=\"b5\">a</p><p id=\"b4\">b</p><p id=\"b6\">c</p></what></event></events>"
		"<actions><action id=\"r8\"/><action id=\"r7\"/><action id=\"x\"/><action id=\"r9\"/></actions><story>plain</story>");
}

/* What the empty document says after a post of every field must satisfy the form's own grammar. */
static void test_shape_kept(void **state)
{
	struct xml_doc *doc = xml_copy(*state, form->empty);
	struct faults *faults = faults_new(*state, 10);
	char *name;

	assert_int_equal(fill_add_row(*state, form, doc, "events.event", &name, &error), 0);
	assert_int_equal(fill_add_row(*state, form, doc, "events.event.2.forms.form", &name, &error), 0);
	assert_int_equal(fill(*state, doc, NULL, "events.event.2.when.day=1&events.event.2.when.month=2&events.event.2.when.year=x&events.event.2.what=- a%n%n## b"
		"&events.event.2.forms.form.1.text=t&story=[[L1]]&actions.action.3.text=x"), 0);
	fill_ids(form, doc);
	judge_structure(form, doc, faults);
	if (faults->count)
		fail_msg("%s %s", faults->list[0].code, faults->list[0].where);
}

static int setup(void **state)
{
	static struct xpath_instance instances[1];
	struct xml_doc *lists;
	char *text;

	*state = talloc_new(NULL);
	xml_start();
	lists = xml_read_file(*state, talloc_asprintf(*state, "%s/tests/data/forms/lists.xml", getenv("top_srcdir")), &error);
	text = read_text(*state, "tests/data/forms/sample-1.xml");
	form = form_read(*state, text, strlen(text), "sample-1.xml", lists, &error);
	judge = (struct judge){ .form = form, .instances = instances, .world = { .today = date_from_ymd(2026, 4, 24) } };
	return form ? 0 : -1;
}

static int teardown(void **state)
{
	return talloc_free(*state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values), cmocka_unit_test(test_when), cmocka_unit_test(test_refused), cmocka_unit_test(test_rights),
		cmocka_unit_test(test_check_boxes), cmocka_unit_test(test_lost_rows), cmocka_unit_test(test_rows), cmocka_unit_test(test_rows_refused),
		cmocka_unit_test(test_ids), cmocka_unit_test(test_shape_kept),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, setup, teardown);
}
