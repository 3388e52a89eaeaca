/* Two people on one section; and the difference of words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>
#include <talloc.h>

#include "adapter/fold.h"
#include "form/bind.h"
#include "form/compare.h"

static struct error error;
static struct form *form;

static char *read_text(void *ctx, const char *below)
{
	char *path = talloc_asprintf(ctx, "%s/%s", getenv("top_srcdir"), below), *text = talloc_zero_array(ctx, char, 1 << 17);
	FILE *file = fopen(path, "r");

	assert_non_null(file);
	assert_true(fread(text, 1, (1 << 17) - 1, file) > 0);
	fclose(file);
	return text;
}

static struct xml_doc *sample(void *ctx, const char *inner)
{
	char *text = talloc_asprintf(ctx, "<sample id='test/sample' version='1'>%s</sample>", inner);
	struct xml_doc *doc = xml_read(ctx, text, strlen(text), &error);

	if (!doc)
		fail_msg("%s: %s", text, error.say);
	return doc;
}

static const char *inside(void *ctx, const struct xml_doc *doc)
{
	char *text = xml_write(ctx, xml_root(doc), NULL);

	if (text[strlen(text) - 2] == '/')
		return "";
	text[strlen(text) - strlen("</sample>")] = '\0';
	return text + strlen("<sample id=\"test/sample\" version=\"1\">");
}

#define E(id, kind) "<event><id>" id "</id><kind>" kind "</kind></event>"
#define A(id, text) "<action id=\"" id "\"><text>" text "</text></action>"

static void test_merge(void **state)
{
	static const struct { const char *what, *base, *theirs, *mine, *joined, *clashes; } rows[] = {
		{ "nothing", "<head><author>a</author></head>", "<head><author>a</author></head>", "<head><author>a</author></head>", "<head><author>a</author></head>", "" },
		{ "only I", "<head><author>a</author></head>", "<head><author>a</author></head>", "<head><author>b</author></head>", "<head><author>b</author></head>", "" },
		{ "only they", "<head><author>a</author></head>", "<head><author>b</author></head>", "<head><author>a</author></head>", "<head><author>b</author></head>", "" },
		{ "both alike", "<head><author>a</author></head>", "<head><author>b</author></head>", "<head><author>b</author></head>", "<head><author>b</author></head>", "" },
		{ "both", "<head><author>a</author></head>", "<head><author>b</author></head>", "<head><author>c</author></head>", "<head><author>b</author></head>", "head.author a|b|c; " },
		{ "different fields", "<head><author>a</author><kind>k</kind></head>", "<head><author>b</author><kind>k</kind></head>", "<head><author>a</author><kind>l</kind></head>",
			"<head><author>b</author><kind>l</kind></head>", "" },
		{ "I emptied", "<head><author>a</author></head>", "<head><author>a</author></head>", "<head/>", "<head><author/></head>", "" },
		{ "a field that was not there", "<head><note>n</note></head>", "<head><note>n</note></head>", "<head><author>a</author><note>n</note></head>", "<head><author>a</author><note>n</note></head>", "" },
		{ "a group that was not there", "", "", "<head><author>a</author></head>", "<head><author>a</author></head>", "" },
		{ "ids of prose are no change", "<story><p id=\"b1\">x</p></story>", "<story><p id=\"b2\">x</p></story>", "<story><p id=\"b1\">y</p></story>", "<story><p id=\"b1\">y</p></story>", "" },
		{ "prose", "<story><p>x</p></story>", "<story><p>y [[P1]]</p></story>", "<story><p>z</p><h>h</h></story>", "<story><p>y [[P1]]</p></story>", "story x|y [[P1]]|z\n\n## h (y [[P1]]\n\nz\n\n## h); " },
		{ "different paragraphs", "<story><p>a</p><p>b</p><p>c</p></story>", "<story><p>A</p><p>b</p><p>c</p></story>", "<story><p>a</p><p>b</p><p>C</p><p>d</p></story>",
			"<story><p>A</p><p>b</p><p>C</p><p>d</p></story>", "" },
		{ "neighbouring paragraphs", "<story><p>a</p><p>b</p></story>", "<story><p>A</p><p>b</p></story>", "<story><p>a</p><p>B</p></story>", "<story><p>A</p><p>B</p></story>", "" },
		{ "one paragraph by both, others by one", "<story><p>a</p><p>b</p><p>c</p></story>", "<story><p>A</p><p>b</p><p>T</p></story>", "<story><p>a</p><p>b</p><p>M</p></story>",
			"<story><p>A</p><p>b</p><p>T</p></story>", "story a\n\nb\n\nc|A\n\nb\n\nT|a\n\nb\n\nM (A\n\nb\n\nT\n\nM); " },
		{ "a paragraph goes, another is written", "<story><p>a</p><p>b</p><p>c</p></story>", "<story><p>b</p><p>c</p></story>", "<story><p>a</p><p>b</p><p>c</p><p>d</p></story>", "<story><p>b</p><p>c</p><p>d</p></story>", "" },
		{ "a paragraph goes and is written in", "<story><p>a</p><p>b</p></story>", "<story><p>b</p></story>", "<story><p>A</p><p>b</p></story>", "<story><p>b</p></story>", "story a\n\nb|b|A\n\nb (A\n\nb); " },
		{ "both write at the same place", "<story><p>a</p></story>", "<story><p>a</p><p>t</p></story>", "<story><p>a</p><p>m</p></story>", "<story><p>a</p><p>t</p></story>", "story a|a\n\nt|a\n\nm (a\n\nt\n\nm); " },
		{ "a note, line by line of its paragraphs", "<head><note>a\n\nb</note></head>", "<head><note>A\n\nb</note></head>", "<head><note>a\n\nB</note></head>", "<head><note>A\n\nB</note></head>", "" },
		{ "choices of many", "<head><themes>sharing</themes></head>", "<head><themes>sharing housing</themes></head>", "<head><themes/></head>", "<head><themes>housing</themes></head>", "" },
		{ "the same added", "<head><themes/></head>", "<head><themes>sharing</themes></head>", "<head><themes>housing sharing</themes></head>", "<head><themes>sharing housing</themes></head>", "" },
		{ "one that excludes the other", "<head><themes/></head>", "<head><themes>sharing</themes></head>", "<head><themes>none</themes></head>", "<head><themes>sharing</themes></head>", "head.themes |sharing|none (sharing none); " },
		{ "dates", "<events><event><id>1</id><when><written>2026</written><precision>year</precision></when></event></events>",
			"<events><event><id>1</id><when><written>2025</written><precision>year</precision></when></event></events>",
			"<events><event><id>1</id><when><written>2026-01</written><precision>month</precision></when></event></events>",
			"<events><event><id>1</id><when><written>2025</written><precision>year</precision></when></event></events>", "events.event.1.when 2026 year|2025 year|2026-01 month; " },
		{ "rows by key, not by place", "<events>" E("1", "a") E("2", "b") "</events>", "<events>" E("0", "z") E("1", "a") E("2", "b") "</events>", "<events>" E("1", "a") E("2", "c") "</events>",
			"<events>" E("0", "z") E("1", "a") E("2", "c") "</events>", "" },
		{ "a clash in a row moved", "<events>" E("1", "a") "</events>", "<events>" E("0", "z") E("1", "b") "</events>", "<events>" E("1", "c") "</events>",
			"<events>" E("0", "z") E("1", "b") "</events>", "events.event.2.kind a|b|c; " },
		{ "both add rows", "<events>" E("1", "a") "</events>", "<events>" E("1", "a") E("2", "b") "</events>", "<events>" E("1", "a") E("3", "c") "</events>",
			"<events>" E("1", "a") E("3", "c") E("2", "b") "</events>", "" },
		{ "both add the same key", "<events/>", "<events>" E("1", "a") "</events>", "<events>" E("1", "b") "</events>", "<events>" E("1", "a") "</events>", "events.event.1.kind |a|b; " },
		{ "the server gave both new rows one id", "<actions>" A("r1", "a") "</actions>", "<actions>" A("r1", "a") A("r2", "theirs") "</actions>", "<actions>" A("r1", "a") A("r2", "mine") "</actions>",
			"<actions>" A("r1", "a") A("r3", "mine") A("r2", "theirs") "</actions>", "" },
		{ "the same new row twice", "<actions/>", "<actions>" A("r1", "a") "</actions>", "<actions>" A("r1", "a") "</actions>", "<actions>" A("r1", "a") "</actions>", "" },
		{ "I remove", "<actions>" A("r1", "a") A("r2", "b") "</actions>", "<actions>" A("r1", "a") A("r2", "b") "</actions>", "<actions>" A("r2", "b") "</actions>", "<actions>" A("r2", "b") "</actions>", "" },
		{ "they remove", "<actions>" A("r1", "a") A("r2", "b") "</actions>", "<actions>" A("r2", "b") "</actions>", "<actions>" A("r1", "a") A("r2", "b") "</actions>", "<actions>" A("r2", "b") "</actions>", "" },
		{ "I remove what they changed", "<actions>" A("r1", "a") "</actions>", "<actions>" A("r1", "b") "</actions>", "<actions/>", "<actions>" A("r1", "b") "</actions>", "actions.action.1 I removed; " },
		{ "both remove", "<actions>" A("r1", "a") A("r2", "b") "</actions>", "<actions>" A("r2", "b") "</actions>", "<actions>" A("r2", "b") "</actions>", "<actions>" A("r2", "b") "</actions>", "" },
		{ "each removes another", "<actions>" A("r1", "a") A("r2", "b") A("r3", "c") "</actions>", "<actions>" A("r2", "b") A("r3", "c") "</actions>", "<actions>" A("r1", "a") A("r3", "c") "</actions>",
			"<actions>" A("r3", "c") "</actions>", "" },
		{ "they remove, I add", "<actions>" A("r1", "a") "</actions>", "<actions/>", "<actions>" A("r1", "a") A("r2", "n") "</actions>", "<actions>" A("r2", "n") "</actions>", "" },
		{ "I remove, they add", "<actions>" A("r1", "a") "</actions>", "<actions>" A("r1", "a") A("r2", "n") "</actions>", "<actions/>", "<actions>" A("r2", "n") "</actions>", "" },
		{ "one removes what the other changes, twice over", "<actions>" A("r1", "a") A("r2", "b") "</actions>", "<actions>" A("r2", "t") "</actions>", "<actions>" A("r1", "m") "</actions>",
			"<actions>" A("r2", "t") A("r1", "m") "</actions>", "actions.action.2 they removed; actions.action.1 I removed; " },
		{ "they remove what I changed", "<actions>" A("r1", "a") A("r2", "b") "</actions>", "<actions>" A("r2", "b") "</actions>", "<actions>" A("r1", "c") A("r2", "b") "</actions>",
			"<actions>" A("r2", "b") A("r1", "c") "</actions>", "actions.action.2 they removed; " },
		{ "rows without key value", "<events>" E("", "a") E("", "b") "</events>", "<events>" E("", "a") E("", "b") "</events>", "<events>" E("", "a") E("", "c") "</events>",
			"<events><event><id/><kind>a</kind></event><event><id/><kind>c</kind></event></events>", "" },
		{ "rows in rows", "<events><event><id>1</id><forms><form id=\"r1\"><text>a</text></form></forms></event></events>",
			"<events><event><id>1</id><forms><form id=\"r1\"><text>b</text></form></forms></event></events>",
			"<events><event><id>1</id><forms><form id=\"r1\"><text>a</text></form><form id=\"r2\"><text>n</text></form></forms></event></events>",
			"<events><event><id>1</id><forms><form id=\"r1\"><text>b</text></form><form id=\"r2\"><text>n</text></form></forms></event></events>", "" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct xml_doc *joined;
		struct clash *clashes;
		char *list = talloc_strdup(*state, "");
		int count;

		assert_int_equal(compare_merge(*state, form, sample(*state, rows[i].base), sample(*state, rows[i].theirs), sample(*state, rows[i].mine), &joined, &clashes, &count, &error), 0);
		for (int k = 0; k < count; k++)
			list = clashes[k].kind != CLASH_FIELD ? talloc_asprintf_append(list, "%s %s removed; ", clashes[k].name, clashes[k].kind == CLASH_I_REMOVED ? "I" : "they") :
				talloc_asprintf_append(list, "%s %s|%s|%s%s%s%s; ", clashes[k].name, clashes[k].base, clashes[k].theirs, clashes[k].mine, *clashes[k].both ? " (" : "", clashes[k].both, *clashes[k].both ? ")" : "");
		if (strcmp(inside(*state, joined), rows[i].joined) != 0)
			fail_msg("%s: %s", rows[i].what, inside(*state, joined));
		if (strcmp(list, rows[i].clashes) != 0)
			fail_msg("%s: %s", rows[i].what, list);
	}
}

static void test_merge_other_form(void **state)
{
	struct xml_doc *joined = NULL, *other = xml_new(*state, "other");
	struct clash *clashes = NULL;
	int count = 5;

	assert_int_equal(compare_merge(*state, form, other, other, other, &joined, &clashes, &count, &error), -1);
	assert_null(joined);
	assert_int_equal(count, 5);
}

static char *difference(void *ctx, const char *a, const char *b)
{
	struct xml_doc *doc = xml_new(ctx, "d");

	compare_words(xml_root(doc), a, b);
	return xml_write(ctx, xml_root(doc), NULL);
}

static void test_words(void **state)
{
	static const struct { const char *a, *b, *made; } rows[] = {
		{ "", "", "<d/>" }, { "a b", "a b", "<d><same>a b</same></d>" }, { "", "a", "<d><ins>a</ins></d>" }, { "a", "", "<d><del>a</del></d>" },
		{ "a b c", "a x c", "<d><same>a </same><del>b </del><ins>x </ins><same>c</same></d>" }, { "a b", "a b c", "<d><same>a b </same><ins>c</ins></d>" },
		{ "a b c", "b c", "<d><del>a </del><same>b c</same></d>" }, { "a  b", "a b", "<d><same>a b</same></d>" }, { " a", "a", "<d><same>a</same></d>" },
		{ "the cat sat", "the old cat sat down", "<d><same>the </same><ins>old </ins><same>cat sat </same><ins>down</ins></d>" },
		{ "a < b", "a & b", "<d><same>a </same><del>&lt; </del><ins>&amp; </ins><same>b</same></d>" }, { "x", "y", "<d><del>x</del><ins>y</ins></d>" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_string_equal(difference(*state, rows[i].a, rows[i].b), rows[i].made);
}

static char *random_words(void *ctx, int most)
{
	char *text = talloc_strdup(ctx, "");

	for (int n = rand() % (most + 1); n > 0; n--)
		text = talloc_asprintf_append_buffer(text, "%c ", 'a' + rand() % 4);
	return text;
}

/* How many words a shortest difference changes, by dynamic programming; words are one letter and a blank. */
static int shortest(const char *a, const char *b)
{
	int n = (int)strlen(a) / 2, m = (int)strlen(b) / 2, table[64][64] = { { 0 } };

	for (int i = n; i >= 0; i--)
		for (int k = m; k >= 0; k--)
			table[i][k] = i == n ? m - k : k == m ? n - i : a[2 * i] == b[2 * k] ? table[i + 1][k + 1] :
				1 + (table[i + 1][k] < table[i][k + 1] ? table[i + 1][k] : table[i][k + 1]);
	return table[0][0];
}

static void test_words_random(void **state)
{
	srand(5);
	for (int i = 0; i < 5000; i++) {
		void *ctx = talloc_new(*state);
		char *a = random_words(ctx, 40), *b = random_words(ctx, 40), *old = talloc_strdup(ctx, ""), *new = talloc_strdup(ctx, "");
		struct xml_doc *doc = xml_new(ctx, "d");
		size_t changes = 0;

		compare_words(xml_root(doc), a, b);
		for (const xml_node *run = xml_first(xml_root(doc)); run; run = xml_next(run)) {
			const char *name = xml_name(run);

			if (strcmp(name, "ins") != 0)
				old = talloc_strdup_append(old, xml_plain(run));
			if (strcmp(name, "del") != 0)
				new = talloc_strdup_append(new, xml_plain(run));
			if (strcmp(name, "same") != 0)
				changes += strlen(xml_plain(run)) / 2;
		}
		assert_string_equal(old, a);
		assert_string_equal(new, b);
		assert_int_equal(changes, shortest(a, b));
		talloc_free(ctx);
	}
}

/* Nothing in common, and long: must end soon, not after the square of its words. */
static void test_words_long(void **state)
{
	char *a = talloc_strdup(*state, ""), *b = talloc_strdup(*state, "");
	struct xml_doc *doc = xml_new(*state, "d");
	clock_t start = clock();

	for (int i = 0; i < 20000; i++) {
		a = talloc_asprintf_append_buffer(a, "a%d ", i);
		b = talloc_asprintf_append_buffer(b, "b%d ", i);
	}
	compare_words(xml_root(doc), a, b);
	assert_int_equal(strlen(xml_plain(xml_child(xml_root(doc), "ins"))), strlen(b));
	assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 5);
}

/* "added head.author: |b; " and in rows "(changed Event LP-1: …)". */
static char *changes_of(void *ctx, const xml_node *node)
{
	char *list = talloc_strdup(ctx, "");

	for (node = xml_first(node); node; node = xml_next(node)) {
		const xml_node *words = xml_child(node, "words");

		if (strcmp(xml_name(node), "section") == 0)
			list = talloc_asprintf_append(list, "[%s] %s", xml_get(node, "label"), changes_of(ctx, node));
		else if (strcmp(xml_name(node), "row") == 0)
			list = talloc_asprintf_append(list, "(%s %s %s: %s) ", xml_get(node, "kind"), xml_get(node, "label"), xml_get(node, "key"), changes_of(ctx, node));
		else if (words)
			list = talloc_asprintf_append(list, "%s %s words; ", xml_get(node, "kind"), xml_get(node, "name"));
		else
			list = talloc_asprintf_append(list, "%s %s %s|%s; ", xml_get(node, "kind"), xml_get(node, "name"), xml_text(ctx, xml_child(node, "was")), xml_text(ctx, xml_child(node, "now")));
	}
	return list;
}

static void test_versions(void **state)
{
	static const struct { const char *what, *roles, *only, *old, *new, *changes; } rows[] = {
		{ "nothing", NULL, NULL, "<head><author>a</author></head>", "<head><author>a</author></head>", "" },
		{ "a field", NULL, NULL, "<head><author>a</author></head>", "<head><author>b</author></head>", "[About this return] changed head.author a|b; " },
		{ "an answer more and one less", NULL, NULL, "<head><author>a</author></head>", "<head><read>yes</read></head>", "[About this return] removed head.author a|; added head.read |Yes; " },
		{ "in words", NULL, NULL, "<head><kind>call</kind><signed>2026-03-01</signed></head>", "<head><kind>letter</kind><signed>2026-03-02</signed></head>",
			"[About this return] changed head.kind Telephone call|Letter & e-mail; changed head.signed 1 March 2026|2 March 2026; " },
		{ "prose word by word", NULL, NULL, "<story><p>a b c</p></story>", "<story><p>a x c</p></story>", "[The story] changed story words; " },
		{ "ids of blocks are no change", NULL, NULL, "<story><p id=\"b1\">a</p></story>", "<story><p id=\"b2\">a</p></story>", "" },
		{ "rows by key", NULL, NULL, "<events>" E("1", "call") E("2", "call") "</events>", "<events>" E("0", "visit") E("2", "visit") "</events>",
			"[Chronology] (added Event 0: added events.event.1.id |0; added events.event.1.kind |Visit; ) (changed Event 2: changed events.event.2.kind Telephone call|Visit; ) "
			"(removed Event 1: removed events.event.1.id 1|; removed events.event.1.kind Telephone call|; ) " },
		{ "rows by the server's id", NULL, NULL, "<actions>" A("r1", "a") A("r2", "b") "</actions>", "<actions>" A("r2", "c") "</actions>",
			"[Actions] (changed Action 1: changed actions.action.1.text b|c; ) (removed Action 1: removed actions.action.1.text a|; ) " },
		{ "rows in rows", NULL, NULL, "<events><event><id>1</id><forms><form id=\"r1\"><text>a</text></form></forms></event></events>",
			"<events><event><id>1</id><forms><form id=\"r1\"><text>b</text></form></forms></event></events>", "[Chronology] (changed Event 1: (changed Form 1: changed events.event.1.forms.form.1.text a|b; ) ) " },
		{ "what is not asked is not there", NULL, NULL, "<head><kind>letter</kind></head><events>" E("1", "call") "</events>", "<head><kind>letter</kind></head><events>" E("1", "visit") "</events>", "" },
		{ "withheld from those it is not for", "nobody", NULL, "<head><sealed>a</sealed></head>", "<head><sealed>b</sealed></head>", "" },
		{ "told to those it is for", "chair", NULL, "<head><sealed>a</sealed></head>", "<head><sealed>b</sealed></head>", "[About this return] changed head.sealed a|b; " },
		{ "a row of which nothing may be seen", "nobody", NULL, "<staff/>", "<staff><member id=\"r1\"><name>n</name></member></staff>", "" },
		{ "a view", NULL, "head.kind", "<head><author>a</author><kind>call</kind></head>", "<head><author>b</author><kind>letter</kind></head>", "[About this return] changed head.kind Telephone call|Letter & e-mail; " },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct judge judge = { .form = form, .roles = rows[i].roles, .only = rows[i].only, .world = { .today = date_from_ymd(2026, 4, 24) } };
		struct xml_doc *old = judge_annotate(*state, &judge, sample(*state, rows[i].old), NULL, &error), *new = judge_annotate(*state, &judge, sample(*state, rows[i].new), NULL, &error);
		struct xml_doc *into = xml_new(*state, "comparison");

		compare_versions(xml_root(into), form, old, form, new);
		if (strcmp(changes_of(*state, xml_root(into)), rows[i].changes) != 0) {
			print_error("%s: %s\n", rows[i].what, changes_of(*state, xml_root(into)));
			fail();
		}
	}
}

static int setup(void **state)
{
	struct xml_doc *lists;
	char *text;

	*state = talloc_new(NULL);
	xml_start();
	if (fold_start() != 0)
		return -1;
	lists = xml_read_file(*state, talloc_asprintf(*state, "%s/tests/data/forms/lists.xml", getenv("top_srcdir")), &error);
	text = read_text(*state, "tests/data/forms/sample-1.xml");
	form = form_read(*state, text, strlen(text), "sample-1.xml", lists, &error);
	return form ? 0 : -1;
}

static int teardown(void **state)
{
	return talloc_free(*state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_merge), cmocka_unit_test(test_merge_other_form), cmocka_unit_test(test_versions), cmocka_unit_test(test_words), cmocka_unit_test(test_words_random),
		cmocka_unit_test(test_words_long),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, setup, teardown);
}
