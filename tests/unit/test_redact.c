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
#include "publish/redact.h"

static char *path_of(void *ctx, const char *name)
{
	const char *top = getenv("top_srcdir");

	return talloc_asprintf(ctx, "%s/%s", top ? top : ".", name);
}

static struct xml_doc *read_doc(void *ctx, const char *name)
{
	struct error error = { 0 };
	struct xml_doc *doc = xml_read_file(ctx, path_of(ctx, name), &error);

	if (!doc)
		fail_msg("%s: %s", name, error.say);
	return doc;
}

static struct form *read_form(void *ctx, const char *name)
{
	struct error error = { 0 };
	struct xml_doc *lists = read_doc(ctx, "forms/shared/lists.xml");
	char *bytes = talloc_array(ctx, char, 200000);
	FILE *file = fopen(path_of(ctx, name), "rb");
	size_t n;
	struct form *form;

	assert_non_null(file);
	n = fread(bytes, 1, 199999, file);
	bytes[n] = 0;
	fclose(file);
	form = form_read(ctx, bytes, n, name, lists, &error);
	if (!form)
		fail_msg("%s: %s (%s)", name, error.say, error.where);
	return form;
}

struct world { struct form *form; struct secrets *secrets; };
static struct world world;

static int start(void **state)
{
	struct error error = { 0 };
	void *ctx = talloc_new(NULL);

	world.form = read_form(ctx, "tests/data/redact/form.xml");
	world.secrets = secrets_read(ctx, read_form(ctx, "forms/shared/register-1.xml"), read_doc(ctx, "tests/data/redact/register.xml"), &error);
	if (!world.secrets)
		fail_msg("%s", error.say);
	*state = ctx;
	return 0;
}

static int end(void **state)
{
	talloc_free(*state);
	return 0;
}

static struct redaction *run(void *ctx, const char *paper, const char *marks)
{
	struct error error = { 0 };
	struct redaction *r = NULL;
	char *text = talloc_asprintf(ctx, "<paper id=\"test/paper\" version=\"1\">%s</paper>", paper);
	struct xml_doc *doc = xml_read(ctx, text, strlen(text), &error), *marks_doc = NULL;
	struct marks *read;

	if (!doc)
		fail_msg("%s: %s", paper, error.say);
	if (marks) {
		text = talloc_asprintf(ctx, "<redaction id=\"shared/marks\" version=\"1\"><marks>%s</marks></redaction>", marks);
		marks_doc = xml_read(ctx, text, strlen(text), &error);
		assert_non_null(marks_doc);
	}
	read = marks_read(ctx, marks_doc, &error);
	assert_non_null(read);
	assert_int_equal(redact(ctx, world.form, doc, world.secrets, read, &r, &error), 0);
	return r;
}

/* The text of a paragraph as it becomes. */
static char *one(void *ctx, const char *words)
{
	struct redaction *r = run(ctx, talloc_asprintf(ctx, "<body><text><p>%s</p></text></body>", words), NULL);

	return xml_find_text(ctx, xml_root(r->tree), "string(field[@name='body.text']/p)");
}

static void test_secrets(void **state)
{
	const struct entry *p1 = &world.secrets->list[0], *p6 = &world.secrets->list[5];
	static const struct { const char *text, *kind; bool ordinary; } forms[] = { { "Poppy May Ashdown-Pell", "name", false }, { "Pops", "alias", false },
		{ "May", "alias", true }, { "999 000 4102", "number", false }, { "14 Marshgate Close, Marlbeck, Harrowdale HV7 3ZQ", "address", false },
		{ "2022-05-17", "born", false } };

	(void)state;
	assert_int_equal(world.secrets->count, 10);
	assert_string_equal(p1->id, "P1");
	assert_string_equal(p1->kind, "party");
	assert_string_equal(p1->label, "a young child");
	assert_false(p1->informant);
	assert_true(p6->informant);
	assert_int_equal(p1->count, 6);
	for (int i = 0; i < 6; i++) {
		assert_string_equal(p1->forms[i].text, forms[i].text);
		assert_string_equal(p1->forms[i].kind, forms[i].kind);
		assert_int_equal(p1->forms[i].ordinary, forms[i].ordinary);
	}
	assert_string_equal(world.secrets->list[1].label, "");
	assert_string_equal(world.secrets->list[7].kind, "place");
	assert_string_equal(world.secrets->list[8].id, "S6");
	assert_string_equal(world.secrets->list[9].id, "N1");
	assert_string_equal(world.secrets->list[9].kind, "number");
	secrets_add(world.secrets, "case", "number", "", "2026-001", "value");
	assert_int_equal(world.secrets->count, 11);
	assert_string_equal(world.secrets->list[10].forms[0].text, "2026-001");
	world.secrets->count--;
}

static void test_words(void **state)
{
	static const struct { const char *from, *to; } cases[] = {
		/* tagged: the label, never the words inside */
		{ "<person ref=\"P1\">Anything</person> was hurt.", "A young child was hurt." }, { "They saw <person ref=\"P1\"/> twice.", "They saw a young child twice." },
		{ "on <date value=\"2026-03-26\">that Thursday</date> they met", "on they met" }, { "<person ref=\"P99\">Somebody</person> rang.", "rang." },
		{ "<place ref=\"L4\">Larkwell</place> wrote", "A school wrote" }, { "<number ref=\"N1\">RR26-07</number> is open", "is open" },
		{ "<person ref=\"P1\">Poppy</person>'s arm", "A young child's arm" },
		/* untagged forms of the register */
		{ "She met Poppy May Ashdown-Pell there.", "She met a young child there." }, { "Poppy&#8217;s arm", "A young child&#8217;s arm" },
		{ "POPPY slept", "A young child slept" }, { "the Poppy", "the young child" }, { "It was Pops.", "It was a young child." },
		{ "Dr Rahman and Dr. Yusuf Rahman", "Health staff and health staff" }, { "W. Pell", "" }, { "Mr Pell came", "Wider family came" },
		{ "Kez Ashdown-Pell came", "A parent came" }, { "at Larkwell, Larkwell Primary School", "at a school, a school" },
		{ "born 17 May 2022 or 17/05/2022", "born or" }, { "NHS 999 000 4102 (9990004102)", "NHS ()" }, { "of 14 Marshgate Close, HV7 3ZQ", "of," },
		{ "O&#8217;Dell, ODell and O'Dell", "Wider family, wider family and wider family" },
		/* articles, beginnings, possessives */
		{ "met a Deano and an Olena", "met an adult in the home and" }, { "an Rahman", "A health staff" }, { "her Kez", "her parent" }, { "No. Deano left.", "No. An adult in the home left." },
		{ "\"Deano left.\"", "\"An adult in the home left.\"" }, { "Rahman's letter", "Health staff's letter" },
		/* dropped: no label, an informant, a surname of several entries */
		{ "So Marky said.", "So said." }, { "Olena, too, rang", ", too, rang" }, { "the Ashdown-Pells live here", "the live here" },
		/* ordinary words: only where the place shows a name */
		{ "It may rain. May we go? We will, with good grace.", "It may rain. May we go? We will, with good grace." },
		{ "A mark on Mark's arm.", "A mark on arm." }, { "Mark the chart.", "Mark the chart." }, { "They asked Will again.", "They asked wider family again." },
		{ "Mr Will came", "Wider family came" }, { "asked Grace O'Dell", "asked wider family" }, { "in May 2027 and on 3 May", "in May 2027 and on 3 May" },
		{ "the will's end", "the wider family's end" }, { "Poppy May slept", "A young child slept" }, { "marks and wills", "marks and wills" },
		/* no form inside another word */
		{ "Marshland, appellant, compelled, deanery", "Marshland, appellant, compelled, deanery" },
	};

	char *fail = talloc_strdup(*state, "");

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		void *ctx = talloc_new(NULL);
		struct error error = { 0 };
		char *to = talloc_asprintf(ctx, "<p>%s</p>", cases[i].to), *got = one(ctx, cases[i].from);
		struct xml_doc *doc = xml_read(ctx, to, strlen(to), &error);
		assert_non_null(doc);
		if (strcmp(xml_text(ctx, xml_root(doc)), got))
			fail = talloc_asprintf_append(fail, "\n\"%s\" became \"%s\"", cases[i].from, got);
		talloc_free(ctx);
	}
	if (*fail)
		fail_msg("%s", fail);
}

static void test_tree(void **state)
{
	void *ctx = talloc_new(NULL);
	struct redaction *r = run(ctx,
		"<head><title>What Deano did</title><secret>nothing</secret><kind>one-page</kind><day>2026-09-22</day><who>P3 P2 P6 S6</who>"
		"<time><written>2026-03</written><precision>month</precision></time></head>"
		"<body><text><h id=\"b1\">Kez</h><p id=\"b2\">By <person ref=\"P5\">x</person>.</p><note>ours</note>"
		"<list numbered=\"yes\" id=\"b3\"><item>a</item><item>Marky</item></list><table><row><cell>Marky</cell><cell>c</cell></row></table></text><plain>Two\nlines</plain></body>"
		"<points><point><private>x</private></point><point><lead>Lead</lead><private>Kez</private></point></points><hidden><row><note>x</note></row><row><note>y</note></row></hidden>",
		NULL);
	static const char expected[] =
		"<publication form=\"test/paper\" version=\"1\"><field name=\"head.title\" label=\"Title\">What an adult in the home did</field>"
		"<field name=\"head.kind\" label=\"Kind\">One page</field><field name=\"head.day\" label=\"Day\">22 September 2026</field>"
		"<field name=\"head.who\" label=\"Who\">a parent, health staff</field>"
		"<field name=\"body.text\" label=\"Text\"><h>A parent</h><p>By an adult in the home.</p><list numbered=\"yes\"><item>a</item></list>"
		"<table><row><cell/><cell>c</cell></row></table></field><field name=\"body.plain\" label=\"Plain\">Two\nlines</field>"
		"<row name=\"points.point.1\"><field name=\"points.point.1.lead\" label=\"Lead\">Lead</field></row></publication>";

	(void)state;
	assert_string_equal(xml_write(ctx, xml_root(r->tree), NULL), expected);
	talloc_free(ctx);
}

/* A sentence that a removal left with a sign of breakage is shown; one that reads on is not, nor one that the author wrote so. */
static void test_breaks(void **state)
{
	static const struct { const char *from, *sentence, *why; } cases[] = {
		{ "It was warm. Olena told the school. It was cold.", "told the school.", "it begins with a small letter" },
		{ "Olena, too, rang.", ", too, rang.", "marks follow each other" },
		{ "They asked about Marky, Olena, and the home.", "They asked about,, and the home.", "marks follow each other" },
		{ "Somebody (Olena) rang. All was well.", "Somebody () rang.", "brackets or quotation marks are empty" },
		{ "He said \xE2\x80\x9COlena\xE2\x80\x9D to all.", "He said \xE2\x80\x9C\xE2\x80\x9D to all.", "brackets or quotation marks are empty" },
		{ "A call came from Olena. All was well.", "A call came from.", "a small word has lost what it belongs to" },
		{ "They asked the Ashdown-Pells, then left.", "They asked the, then left.", "a small word has lost what it belongs to" },
		{ "They saw the child's Olena.", "They saw the child's.", "a small word has lost what it belongs to" },
		{ "A call from Olena and others came.", "A call from and others came.", "a small word has lost what it belongs to" },
		{ "All was well. Olena.", "All was well..", "marks follow each other" },
		{ "Olena.", ".", "nothing but its marks is left" },
		/* these read on */
		{ "Then Olena rang.", NULL, NULL }, { "A mark on Mark's arm.", NULL, NULL }, { "Staff saw Marky. Then they left.", NULL, NULL }, { "Poppy was hurt.", NULL, NULL },
		{ "The Marky family came.", NULL, NULL }, { "Olena", NULL, NULL },
		/* nothing was left out here */
		{ "it was so ... and, , well (). the.", NULL, NULL }, { "small (). Poppy slept. of ,.", NULL, NULL }, { "e.g., so () it was. They saw Marky there.", NULL, NULL },
	};
	char *fail = talloc_strdup(*state, "");

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		void *ctx = talloc_new(NULL);
		struct redaction *r = run(ctx, talloc_asprintf(ctx, "<body><text>%s</text></body>", cases[i].from), NULL);
		const struct breakage *b = r->broken_count ? &r->broken[0] : NULL;
		if ((cases[i].sentence == NULL) != (b == NULL) || r->broken_count > 1 || (b && (strcmp(b->sentence, cases[i].sentence) || strcmp(b->why, cases[i].why))))
			fail = talloc_asprintf_append(fail, "\n\"%s\": %d, \"%s\" (%s)", cases[i].from, r->broken_count, b ? b->sentence : "", b ? b->why : "");
		talloc_free(ctx);
	}
	if (*fail)
		fail_msg("%s", fail);
}

#define MARK(field, block, text, occurrence, action, with) "<mark><field>" field "</field><block>" block "</block><text>" text "</text><occurrence>" occurrence \
	"</occurrence><action>" action "</action><with>" with "</with><reason>r</reason></mark>"

static void test_marks(void **state)
{
	void *ctx = talloc_new(NULL);
	struct redaction *r = run(ctx,
		"<head><secret>a scooter</secret></head><body><text>One scooter here.\n\nA scooter, a scooter and a scooter; her paper poppy is on the wall.</text></body>",
		MARK("body.text", "1", "scooter", "2", "replace", "toy") MARK("body.text", "1", "her paper", "1", "drop", "") MARK("body.text", "0", "bicycle", "1", "drop", "")
		MARK("body.gone", "0", "x", "1", "drop", "") MARK("head.secret", "0", "scooter", "1", "drop", "") MARK("body.text", "0", "scooter", "2", "drop", ""));

	(void)state;
	assert_string_equal(xml_find_text(ctx, xml_root(r->tree), "string(field/p[1])"), "One scooter here.");
	assert_string_equal(xml_find_text(ctx, xml_root(r->tree), "string(field/p[2])"), "A scooter, a toy and a scooter; a young child is on the wall.");
	assert_int_equal(r->stale_count, 3);
	assert_string_equal(r->stale[0]->text, "bicycle");
	assert_string_equal(r->stale[1]->field, "body.gone");
	assert_int_equal(r->stale[2]->occurrence, 2);
	assert_int_equal(r->count, 3);
	assert_true(r->list[0].mark);
	assert_string_equal(r->list[0].was, "scooter");
	assert_string_equal(r->list[0].now, "toy");
	assert_int_equal(r->list[0].block, 1);
	assert_string_equal(r->list[2].was, "poppy");
	assert_string_equal(r->list[2].entry, "P1");
	/* A mark that cuts a name takes all of it. */
	r = run(ctx, "<body><text><p>near <person ref=\"P3\">Kerry-Ann</person> now</p></text></body>", MARK("body.text", "0", "near Kerry", "1", "replace", "there"));
	assert_string_equal(xml_find_text(ctx, xml_root(r->tree), "string(field/p)"), "there now");
	talloc_free(ctx);
}

static void test_list(void **state)
{
	void *ctx = talloc_new(NULL);
	struct redaction *r = run(ctx, "<body><text><p>The Ashdown-Pells may go. They saw Mark.</p></text></body>", NULL);

	(void)state;
	assert_int_equal(r->count, 3);
	assert_string_equal(r->list[0].was, "Ashdown-Pells");
	assert_string_equal(r->list[0].now, "");
	assert_string_equal(r->list[0].entry, "P1 P2 P3");
	assert_string_equal(r->list[1].was, "may");
	assert_null(r->list[1].now);
	assert_true(r->list[1].ordinary);
	assert_string_equal(r->list[2].was, "Mark");
	assert_string_equal(r->list[2].now, "");
	assert_true(r->list[2].ordinary);
	assert_string_equal(r->list[2].field, "body.text");
	talloc_free(ctx);
}

/* Other private values, the same public view: the same bytes. */
static void test_non_interference(void **state)
{
	static const char form[] = "<body><text><p>%s's arm hurt. We met %s and a %s, and asked <person ref=\"P3\">%s</person>.</p><list><item>%s</item></list></text></body>";
	static const char *const names[][5] = {
		{ "Poppy", "Kez", "Deano", "Kez", "Marky" }, { "Poppy Ashdown-Pell", "Kerry-Ann Ashdown-Pell", "Dean Marsh", "Nobody", "Mark Ashdown-Pell" },
	};
	char *first = NULL;

	(void)state;
	for (int i = 0; i < 2; i++) {
		void *ctx = talloc_new(NULL);
		char *paper = talloc_asprintf(ctx, form, names[i][0], names[i][1], names[i][2], names[i][3], names[i][4]);
		char *bytes = xml_write(ctx, xml_root(run(ctx, paper, NULL)->tree), NULL);
		if (first)
			assert_string_equal(first, bytes);
		else
			first = talloc_strdup(NULL, bytes);
		talloc_free(ctx);
	}
	talloc_free(first);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_secrets), cmocka_unit_test(test_words), cmocka_unit_test(test_tree), cmocka_unit_test(test_breaks), cmocka_unit_test(test_marks), cmocka_unit_test(test_list),
		cmocka_unit_test(test_non_interference),
	};

	xml_start();
	if (fold_start())
		return 1;
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, start, end);
}
