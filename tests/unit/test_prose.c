/* Prose: plain syntax and blocks, there and back; its grammar; its words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <talloc.h>

#include "form/prose.h"

static struct error error;

static xml_node *field(void *ctx, const char *inner)
{
	char *text = talloc_asprintf(ctx, "<d><f>%s</f></d>", inner);
	struct xml_doc *doc = xml_read(ctx, text, strlen(text), &error);

	if (!doc)
		fail_msg("%s: %s", inner, error.say);
	return xml_first(xml_root(doc));
}

static const char *inner(void *ctx, const xml_node *node)
{
	char *text = xml_write(ctx, node, NULL);

	if (strcmp(text, "<f/>") == 0)
		return "";
	text[strlen(text) - strlen("</f>")] = '\0';
	return text + strlen("<f>");
}

static void test_read(void **state)
{
	static const struct { const char *plain, *blocks; } rows[] = {
		{ "", "" }, { " \n\n ", "" }, { "One", "<p>One</p>" }, { "One\ntwo\n\n\nThree ", "<p>One\ntwo</p><p>Three</p>" },
		{ "## Head\ntext", "<h>Head</h><p>text</p>" }, { "##Head", "<p>##Head</p>" }, { "# Head", "<p># Head</p>" }, { "## ", "<p>##</p>" },
		{ "- a\n- b\n\n- c", "<list><item>a</item><item>b</item></list><list><item>c</item></list>" }, { "Points:\n- a", "<p>Points:</p><list><item>a</item></list>" },
		{ "- a\nmore\n- b", "<list><item>a more</item><item>b</item></list>" }, { "-a", "<p>-a</p>" }, { "- - a", "<list><item>- a</item></list>" },
		{ "1. a\n2. b", "<list numbered=\"yes\"><item>a</item><item>b</item></list>" }, { "12. March came", "<p>12. March came</p>" },
		{ "1. a\n3. b", "<list numbered=\"yes\"><item>a 3. b</item></list>" }, { "- a\n1. b", "<list><item>a</item></list><list numbered=\"yes\"><item>b</item></list>" },
		{ "> a\n> b\nc", "<quote>a\nb</quote><p>c</p>" }, { "a < b & c", "<p>a &lt; b &amp; c</p>" },
		{ "Seen by [[P3]] today", "<p>Seen by <person ref=\"P3\"/> today</p>" }, { "[[P3|her aunt]]’s", "<p><person ref=\"P3\">her aunt</person>’s</p>" },
		{ "[[L1]][[O2|x]][[S4|y]][[N5]]", "<p><place ref=\"L1\"/><org ref=\"O2\">x</org><person ref=\"S4\">y</person><number ref=\"N5\"/></p>" },
		{ "[[2026-03-26|that Thursday]]", "<p><date value=\"2026-03-26\">that Thursday</date></p>" }, { "- on [[2026-03]]", "<list><item>on <date value=\"2026-03\"/></item></list>" },
		{ "[[2026-02-30|no day]]", "<p>[[2026-02-30|no day]]</p>" }, { "[[X3]] [[P]] [[P3|]] [[p3]] [[P3", "<p>[[X3]] [[P]] [[P3|]] [[p3]] [[P3</p>" },
		{ "[[[P3]]]", "<p>[<person ref=\"P3\"/>]</p>" }, { "[[P3|a|b]]", "<p><person ref=\"P3\">a|b</person></p>" }, { "a\r\nb", "<p>a\nb</p>" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		xml_node *node = field(*state, "old");

		prose_read(node, rows[i].plain, NULL);
		assert_string_equal(inner(*state, node), rows[i].blocks);
		if (prose_fault(node, NULL))
			fail_msg("row %zu: %s", i, prose_fault(node, NULL));
	}
}

static void test_plain(void **state)
{
	static const struct { const char *blocks, *plain; } rows[] = {
		{ "", "" }, { "a\nb\n\n\n c", "a\nb\n\nc" }, { "<p>a</p><h>b</h><list><item>c</item><item>d</item></list>", "a\n\n## b\n\n- c\n- d" },
		{ "<list numbered='yes'><item>c</item><item/><item>d</item></list><list><item>e</item></list>", "1. c\n2. d\n\n- e" },
		{ "<quote>a\nb</quote>", "> a\n> b" }, { "<table><row><cell>a</cell><cell>b</cell></row><row><cell>c</cell></row></table>", "a | b\nc" },
		{ "<note>n</note>", "n" }, { "<p>x <person ref='P3'>her</person> <date value='2026-03-26'/></p>", "x [[P3|her]] [[2026-03-26]]" },
		{ "<p>a\n\n b</p>", "a\nb" }, { "<p>a\n- b\nc</p>", "a - b\nc" }, { "<p>- a\nb</p>", "- a b" }, { "<p> </p><p>a</p>", "a" }, { "<h>a\nb</h>", "## a b" },
		{ "<p>-\nb</p>", "-\nb" }, { "<p>&gt;</p>", ">" }, { "<p>-\n- b</p>", "- - b" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_string_equal(prose_plain(*state, field(*state, rows[i].blocks)), rows[i].plain);
}

static void test_ids(void **state)
{
	xml_node *before = field(*state, "<p id='b1'>One</p><p id='b2'>Same</p><table id='b3'><row><cell>t</cell><cell>u</cell></row></table><p id='b4'>Same</p>");
	xml_node *node = field(*state, "");

	prose_read(node, "One, changed\n\nSame\n\nt | u\n\nSame\n\nSame", before);
	assert_string_equal(inner(*state, node), "<p>One, changed</p><p id=\"b2\">Same</p><table id=\"b3\"><row><cell>t</cell><cell>u</cell></row></table>"
		"<p id=\"b4\">Same</p><p>Same</p>");
	/* An element may lend to itself. */
	prose_read(before, "Same\n\nOne", before);
	assert_string_equal(inner(*state, before), "<p id=\"b2\">Same</p><p id=\"b1\">One</p>");
}

static void test_text(void **state)
{
	static const struct { const char *blocks, *text; int words, count; bool empty; } rows[] = {
		{ "", "", 0, 0, true }, { " \n", " \n", 0, 0, true }, { "a b\n\nc", "a b\n\nc", 3, 2, false },
		{ "<p>one <person ref='P1'>two</person></p><list><item>three</item><item>four</item></list>", "one two\n\nthree\nfour", 4, 2, false },
		{ "<table><row><cell>a</cell><cell>b</cell></row><row><cell>c</cell></row></table>", "a b\nc", 3, 1, false },
		{ "<p> </p>", " ", 0, 1, true }, { "<p><person ref='P1'/></p>", "", 0, 1, false },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		xml_node *node = field(*state, rows[i].blocks);

		if (strchr(rows[i].blocks, '<') || *rows[i].blocks > ' ')
			assert_string_equal(prose_text(*state, node), rows[i].text);
		assert_int_equal(prose_words(node), rows[i].words);
		assert_int_equal(prose_block_count(node), rows[i].count);
		assert_int_equal(prose_empty(node), rows[i].empty);
	}
	assert_string_equal(prose_text(*state, xml_first(field(*state, "<p>a <org ref='O1'>b</org></p><p>c</p>"))), "a b");
}

static void test_fault(void **state)
{
	static const struct { const char *blocks, *at; } rows[] = {       /* at: the element at fault, NULL: right */
		{ "plain text", NULL }, { "<p id='b1'>x</p><list id='b2'><item id='i1'>y</item></list>", NULL },
		{ "<table><row><cell>a</cell></row></table><note>n</note><quote>q</quote><h>h</h>", NULL }, { "<list numbered='yes'><item>y</item></list>", NULL },
		{ "<p><person ref='S4'>x</person><date value='2026'>x</date></p>", NULL },
		{ "x<p>y</p>", "f" }, { "<person ref='P1'/>", "person" }, { "<div>x</div>", "div" }, { "<p><p>x</p></p>", "p" }, { "<item>x</item>", "item" },
		{ "<p class='x'>y</p>", "p" }, { "<p id='4'>y</p>", "p" }, { "<p numbered='yes'>y</p>", "p" }, { "<list numbered='no'><item>y</item></list>", "list" },
		{ "<list>x<item>y</item></list>", "list" }, { "<list><p>y</p></list>", "p" }, { "<table><cell>y</cell></table>", "cell" },
		{ "<p><person>x</person></p>", "person" }, { "<p><person ref='L1'>x</person></p>", "person" }, { "<p><place ref='P1'>x</place></p>", "place" },
		{ "<p><person ref='P1' value='2026'>x</person></p>", "person" }, { "<p><date value='March'>x</date></p>", "date" }, { "<p><date ref='P1'>x</date></p>", "date" },
		{ "<p><person ref='P1'><b>x</b></person></p>", "person" }, { "<p>a <b>x</b></p>", "b" }, { "<p><person ref='P1x'>x</person></p>", "person" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const xml_node *at = NULL;
		const char *say = prose_fault(field(*state, rows[i].blocks), &at);

		if ((say != NULL) != (rows[i].at != NULL) || (say && strcmp(xml_name(at), rows[i].at) != 0))
			fail_msg("row %zu: %s at %s", i, say ? say : "right", xml_name(at));
	}
}

/* Pieces that mean something, in any order: what prose_plain wrote reads as what prose_plain writes again. */
static char *random_plain(void *ctx)
{
	static const char *const pieces[] = { "\n", "\n\n", "- ", "1. ", "2. ", "> ", "## ", " ", "a", "word", "[[P3]]", "[[P3|her aunt]]", "[[", "]]", "|", "[[2026-03-26|x]]",
		"[[L1|a\nb]]", "\t", "\r\n", "é", "<&", "[[N1| ]]", "3. ", "-", ">", "#", "\xc2\xa0", "1." };
	char *text = talloc_strdup(ctx, "");

	for (int n = rand() % 30; n > 0; n--)
		text = talloc_strdup_append(text, pieces[(size_t)rand() % (sizeof pieces / sizeof pieces[0])]);
	return text;
}

static void test_round_trip(void **state)
{
	srand(11);
	for (int i = 0; i < 20000; i++) {
		void *ctx = talloc_new(*state);
		xml_node *node = field(ctx, ""), *again = field(ctx, "");
		char *typed = random_plain(ctx), *first, *second;

		prose_read(node, typed, NULL);
		first = prose_plain(ctx, node);
		prose_read(again, first, NULL);
		second = prose_plain(ctx, again);
		if (strcmp(first, second) != 0)
			fail_msg("typed <%s> first <%s> second <%s>", typed, first, second);
		if (prose_fault(node, NULL))
			fail_msg("typed <%s>: %s", typed, prose_fault(node, NULL));
		talloc_free(ctx);
	}
}

static void append_random_text(xml_node *node)
{
	char *text = random_plain(NULL);

	if (*text)
		xml_append(node, text);
	talloc_free(text);
}

/* Blocks as a sender may make them, with text that looks like syntax. */
static void append_random_block(xml_node *node)
{
	static const char *const names[] = { "p", "h", "quote", "note", "list", "table" };
	size_t kind = (size_t)rand() % 6;
	xml_node *block = xml_add(node, names[kind]), *mention;

	if (kind == 4) {
		for (int n = rand() % 4; n > 0; n--)
			append_random_text(xml_add(block, "item"));
		xml_set(block, "numbered", rand() % 2 ? "yes" : NULL);
	} else if (kind == 5) {
		append_random_text(xml_add(xml_add(block, "row"), "cell"));
		append_random_text(xml_add(xml_add(block, "row"), "cell"));
	} else {
		append_random_text(block);
		mention = xml_add(block, "person");
		xml_set(mention, "ref", "P7");
		append_random_text(mention);
		append_random_text(block);
	}
}

static void test_round_trip_blocks(void **state)
{
	srand(12);
	for (int i = 0; i < 20000; i++) {
		void *ctx = talloc_new(*state);
		xml_node *node = field(ctx, ""), *again = field(ctx, "");
		char *first, *second;

		for (int n = rand() % 4; n > 0; n--)
			append_random_block(node);
		first = prose_plain(ctx, node);
		prose_read(again, first, NULL);
		second = prose_plain(ctx, again);
		if (strcmp(first, second) != 0)
			fail_msg("blocks %s\nfirst <%s>\nsecond <%s>", xml_write(ctx, node, NULL), first, second);
		talloc_free(ctx);
	}
}

static int setup(void **state)
{
	*state = talloc_new(NULL);
	xml_start();
	return 0;
}

static int teardown(void **state)
{
	return talloc_free(*state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read), cmocka_unit_test(test_plain), cmocka_unit_test(test_ids), cmocka_unit_test(test_text), cmocka_unit_test(test_fault),
		cmocka_unit_test(test_round_trip), cmocka_unit_test(test_round_trip_blocks),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, setup, teardown);
}
