/* The judge: structure, values, what is calculated, annotated and pruned; and the functions of expressions. */
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

#define ROOT "<sample id='test/sample' version='1'>"
/* A document without faults, but for what the tests put in its places. */
#define HEAD "<author>A</author><kind>visit</kind>"
#define TAIL "<sealed>s</sealed>"
#define EVENT "<id>E1</id><when><written>2026-03</written><precision>month</precision></when><kind>call</kind><what>Said</what>"
#define STAFF "<staff><member><name>n</name></member><member><name>m</name></member></staff>"

static struct xml_doc *sample(void *ctx, const char *head, const char *events, const char *rest)
{
	return parse(ctx, talloc_asprintf(ctx, ROOT "<head>%s</head><events>%s</events>%s</sample>", head, events, rest));
}

/* "code where; …" */
static char *listed(void *ctx, const struct faults *faults)
{
	char *text = talloc_strdup(ctx, "");

	for (int i = 0; i < faults->count; i++)
		text = talloc_asprintf_append(text, "%s%s %s", i ? "; " : "", faults->list[i].code, faults->list[i].where);
	return text;
}

static struct faults *judged(void *ctx, const struct xml_doc *doc, const char *section)
{
	struct faults *faults = faults_new(ctx, 100);

	if (judge_document(ctx, &judge, doc, section, faults, &error) < 0)
		fail_msg("%s", error.say);
	return faults;
}

static void test_structure(void **state)
{
	static const struct { const char *text, *faults; } rows[] = {
		{ ROOT "<head><author>x</author></head><events><event><id>1</id></event><event/></events><story><p>x</p></story></sample>", "" },
		{ ROOT "</sample>", "" }, { ROOT "\n <head>\n <author/>\n </head>\n</sample>", "" },
		{ "<other id='test/sample' version='1'/>", "form.root " }, { "<sample id='test/other' version='2'/>", "form.id ; form.version " },
		{ "<sample/>", "form.id ; form.version " }, { "<sample id='test/sample' version='1' x='y'/>", "form.attribute " },
		{ ROOT "<head><writer/></head></sample>", "form.unknown-element head.writer" }, { ROOT "<head><kind/><author/></head></sample>", "form.order head.author" },
		{ ROOT "<head><author/><author/></head></sample>", "form.repeated head.author" }, { ROOT "<head/><head/></sample>", "form.repeated head" },
		{ ROOT "<events/><head/></sample>", "form.order head" }, { ROOT "x<head/></sample>", "form.text " }, { ROOT "<head>x</head></sample>", "form.text head" },
		{ ROOT "<head id='x'/></sample>", "form.attribute head" }, { ROOT "<head><author id='x'>y</author></head></sample>", "form.attribute head.author" },
		{ ROOT "<head><author><b>y</b></author></head></sample>", "form.unknown-element head.author.b" },
		{ ROOT "<events><event id='x'/></events></sample>", "form.attribute events.event.1" }, { ROOT "<actions><action id='r1'/></actions></sample>", "" },
		{ ROOT "<actions><action id='1'/></actions></sample>", "form.attribute actions.action.1" },
		{ ROOT "<actions><action/><action/><action/><action/><action/><action/></actions></sample>", "form.rows actions.action.5" },
		{ ROOT "<events><event/><event><id/><what><div/></what></event></events></sample>", "form.prose events.event.2.what" },
		{ ROOT "<events><event><when><written>2026</written><precision>year</precision><from>2026-01-01</from><to/></when></event></events></sample>", "" },
		{ ROOT "<events><event><when>2026</when></event></events></sample>", "form.text events.event.1.when" },
		{ ROOT "<events><event><when><precision/><written/></when></event></events></sample>", "form.unknown-element events.event.1.when.written" },
		{ ROOT "<events><event><when><written/><written/></when></event></events></sample>", "form.unknown-element events.event.1.when.written" },
		{ ROOT "<events><event><when><written>a<b/></written></when></event></events></sample>", "form.unknown-element events.event.1.when.b" },
		{ ROOT "<events><event/><head/><event/></events></sample>", "form.unknown-element events.head" },
		{ ROOT "<events><event><forms><form/><form><txt/></form></forms></event></events></sample>", "form.unknown-element events.event.1.forms.form.2.txt" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct faults *faults = faults_new(*state, 100);

		judge_structure(form, parse(*state, rows[i].text), faults);
		if (strcmp(listed(*state, faults), rows[i].faults) != 0)
			fail_msg("row %zu: %s gave: %s", i, rows[i].text, listed(*state, faults));
	}
}

static void test_values(void **state)
{
	/* What is added to the head after a good author and kind, and what is said of it. */
	static const struct { const char *head, *code, *where, *say; } rows[] = {
		{ "", NULL, NULL, NULL }, { "<signed>2026-04-24</signed>", NULL, NULL, NULL }, { "<signed>  2026-04-24\n</signed>", NULL, NULL, NULL },
		{ "<signed>2026-04-25</signed>", "constraint", "head.signed", "Date signed must be today or in the past." },
		{ "<signed>31/02/2025</signed>", "type.date", "head.signed", "Date signed must be a real date" },
		{ "<signed>31//2025</signed>", "type.date", "head.signed", "Date signed must include a month" },
		{ "<signed>2025-03</signed>", "type.date", "head.signed", "Date signed must include a day" },
		{ "<signed>3/3/25</signed>", "type.date", "head.signed", "Date signed must have a year of 4 numbers, like 2026" },
		{ "<weight>12</weight>", NULL, NULL, NULL }, { "<weight>not-known</weight>", NULL, NULL, NULL },
		{ "<weight>12.5</weight>", "type.int", "head.weight", "Weight must be a whole number" }, { "<weight>-1</weight>", "constraint", "head.weight", "Check weight" },
		{ "<weight>12345678901234567890</weight>", "type.int", "head.weight", "Weight must be a whole number" },
		{ "<born>not-known</born>", NULL, NULL, NULL }, { "<born>unknown</born>", "type.date", "head.born", "Date of birth must be written like 2026-03-26" },
		{ "<born>20200131</born>", "type.date", "head.born", "Date of birth must be written like 2026-03-26" },
		{ "<born>2020-01-31T00:00:00Z</born>", "type.date", "head.born", "Date of birth must be written like 2026-03-26" },
		{ "<born>31/01/2020</born>", "type.date", "head.born", "Date of birth must be written like 2026-03-26" },
		{ "<born>2020</born>", "type.date", "head.born", "Date of birth must include a day and month" },
		{ "<at>23:59</at>", NULL, NULL, NULL }, { "<at>24:00</at>", "type.time", "head.at", "Time must be a time, like 15:40" }, { "<at>9:05</at>", "type.time", "head.at", "Time must be a time, like 15:40" },
		{ "<nhs>9990004102</nhs>", NULL, NULL, NULL }, { "<nhs>999 000 4102</nhs>", NULL, NULL, NULL },
		{ "<nhs>9990004103</nhs>", "type.nhs-number", "head.nhs", "NHS number must be an NHS number: 10 digits, of which the last checks the others" },
		{ "<read>no</read>", NULL, NULL, NULL }, { "<read>maybe</read>", "option", "head.read", "The answer to “Has the manager read it?” must be one of the options listed: yes or no" },
		{ "<themes>sharing housing</themes>", NULL, NULL, NULL }, { "<themes>sharing  garden</themes>", "option", "head.themes", "Themes must be one of the options listed: sharing, housing or none" },
		{ "<themes>sharing none</themes>", "option", "head.themes", "Themes cannot have “None” together with other options" }, { "<themes>none</themes>", NULL, NULL, NULL },
		{ "<agency>A1</agency>", NULL, NULL, NULL }, { "<agency>A9</agency>", "reference", "head.agency", "Agency names A9, which is not in the list" },
		{ "<agency>A1 A2</agency>", "reference", "head.agency", "Agency must name one only" },
		{ "<note>1234567890123456789012345678901234567890</note>", NULL, NULL, NULL },
		{ "<note>12345678901234567890123456789012345678901</note>", "length", "head.note", "Note must be 40 characters or fewer" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct xml_doc *doc = sample(*state, talloc_asprintf(*state, HEAD "%s" TAIL, rows[i].head), "<event>" EVENT "</event>", STAFF);
		struct faults *faults = judged(*state, doc, NULL);

		if (!rows[i].code && faults->errors)
			fail_msg("row %zu: %s", i, listed(*state, faults));
		if (!rows[i].code)
			continue;
		if (faults->errors != 1 || strcmp(faults->list[0].code, rows[i].code) != 0 || strcmp(faults->list[0].where, rows[i].where) != 0)
			fail_msg("row %zu: %s", i, listed(*state, faults));
		assert_string_equal(faults->list[0].say, rows[i].say);
	}
}

static void test_required(void **state)
{
	struct faults *faults = judged(*state, sample(*state, "<kind>letter</kind>", "", STAFF), "head");

	/* The events are not relevant to a letter; the date signed is required of it. */
	assert_string_equal(listed(*state, faults), "required head.author; required head.signed; required head.sealed");
	assert_string_equal(faults->list[0].say, "Enter author");
	assert_string_equal(faults->list[1].say, "Enter date signed");
	faults = judged(*state, sample(*state, "<kind> </kind>", "", STAFF), "head");
	assert_string_equal(listed(*state, faults), "required head.author; required head.kind; required head.sealed");
	assert_string_equal(faults->list[1].say, "Select kind of return");
}

static void test_string_lines(void **state)
{
	struct faults *faults = judged(*state, sample(*state, "<author>a\nb</author><kind>visit</kind>" TAIL, "<event>" EVENT "</event>", STAFF), NULL);

	assert_string_equal(listed(*state, faults), "type.string head.author");
	faults = judged(*state, sample(*state, "<author>123456789012345678901</author><kind>visit</kind>" TAIL, "<event>" EVENT "</event>", STAFF), NULL);
	assert_string_equal(listed(*state, faults), "length head.author");
	/* Characters, not bytes. */
	faults = judged(*state, sample(*state, "<author>éééééééééééééééééééé</author><kind>visit</kind>" TAIL, "<event>" EVENT "</event>", STAFF), NULL);
	assert_int_equal(faults->errors, 0);
}

static void test_rows(void **state)
{
	static const struct { const char *events, *faults, *say; } rows[] = {
		{ "", "rows.min events.event", "Add at least one event" }, { "<event/>", "rows.min events.event", "Add at least one event" },
		{ "<event><id> </id><forms><form/></forms></event>", "rows.min events.event", "Add at least one event" },
		{ "<event/><event>" EVENT "</event>", "", NULL },
		{ "<event><id>E1</id></event>", "required events.event.1.when; required events.event.1.kind; required events.event.1.what", "Enter when for event 1" },
		{ "<event>" EVENT "</event><event>" EVENT "</event>", "key.repeated events.event.2.id", "Number for event 2 is already used by event 1" },
		{ "<event><id>E1</id><when><written>2027-03-01</written><precision>exact</precision></when><kind>call</kind><what>x</what></event>",
			"constraint events.event.1.when", "The date must not be in the future (event 1)" },
		{ "<event><id>E1</id><when><written>2026-03-01</written></when><kind>call</kind><what>x</what></event>", "type.when events.event.1.when",
			"Select how exact the date “When” is for event 1" },
		{ "<event><id>E1</id><when><written/><precision>exact</precision></when><kind>call</kind><what>x</what></event>", "required events.event.1.when", "Enter when for event 1" },
		{ "<event><id>E1</id><when><written/><precision>unknown</precision></when><kind>call</kind><what>x</what></event>", "", NULL },
		{ "<event><id>E1</id><when><written>2026-03</written><precision>exact</precision></when><kind>call</kind><what>x</what></event>",
			"type.when events.event.1.when", "When for event 1 is not right: the date must include a day, a month and a year" },
		{ "<event><id>E1</id><when><written>31/2/2026</written><precision>exact</precision></when><kind>call</kind><what>x</what></event>",
			"type.when events.event.1.when", "When for event 1 must be a real date" },
		{ "<event><id>E1</id><when><written>2026</written><precision>year</precision><from>2026-01-01</from><to>2026-12-31</to></when><kind>call</kind><what>x</what></event>", "", NULL },
		{ "<event><id>E1</id><when><written>2026</written><precision>year</precision><from>2026-01-02</from></when><kind>call</kind><what>x</what></event>",
			"type.when events.event.1.when", "When for event 1 has a from or to that is not the day worked out from what is written" },
		{ "<event><id>E1</id><when><written>2026-03</written><precision>month</precision></when><kind>call</kind><what><p>1 2 3 4 5</p><p>6 7 8</p></what></event>", "", NULL },
		{ "<event><id>E1</id><when><written>2026-03</written><precision>month</precision></when><kind>call</kind><what><p>1 2 3 4 5</p><p>6 7 8 9</p></what></event>",
			"words events.event.1.what", "What happened for event 1 must be 8 words or fewer" },
		{ "<event><id>E1</id><when><written>2026-03</written><precision>month</precision></when><who>P1 P2</who><kind>visit</kind><what>x</what><seen>no</seen></event>",
			"required events.event.1.reason", "Enter reason for event 1" },
		{ "<event><id>E1</id><when><written>2026-03</written><precision>month</precision></when><who>P1 P9</who><kind>visit</kind><what>x</what></event>",
			"reference events.event.1.who; required events.event.1.seen", "Who for event 1 names P9, which is not in the list" },
		{ "<event>" EVENT "<forms><form><text>Will</text></form><form><text>Poppy</text></form></forms></event>", "required events.event.1.forms.form.1.ordinary",
			"Select ordinary word for form 1 of event 1" },
		{ "<event>" EVENT "<forms><form><text>a</text></form><form><text>b</text></form><form><text>c</text></form><form><text>d</text></form></forms></event>",
			"rows.max events.event.1.forms.form", "There must be at most 3 of: form" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct faults *faults = judged(*state, sample(*state, HEAD TAIL, rows[i].events, STAFF), NULL);

		if (strcmp(listed(*state, faults), rows[i].faults) != 0)
			fail_msg("row %zu: %s", i, listed(*state, faults));
		if (rows[i].say)
			assert_string_equal(faults->list[0].say, rows[i].say);
	}
	assert_string_equal(judged(*state, sample(*state, HEAD TAIL, "<event>" EVENT "</event>", ""), NULL)->list[0].say, "There must be at least 2 of: member");
}

static void test_question(void **state)
{
	struct faults *faults = judged(*state, sample(*state, HEAD TAIL, "<event><id>E1</id><kind>visit</kind></event>", STAFF), "events");

	assert_string_equal(listed(*state, faults), "required events.event.1.when; required events.event.1.what; required events.event.1.seen");
	assert_string_equal(faults->list[2].say, "Answer “Was the child seen?” for event 1");
}

static void test_lines(void **state)
{
	struct faults *faults = judged(*state, parse(*state, ROOT "\n<head>\n<author/>\n<kind>x</kind>\n</head>\n<events>\n<event><id>1</id>\n<when/></event>\n</events></sample>"), NULL);

	assert_string_equal(listed(*state, faults), "required head.author; option head.kind; required head.sealed; constraint events.event.1.id; "
		"required events.event.1.when; required events.event.1.kind; required events.event.1.what; rows.min staff.member");
	assert_int_equal(faults->list[0].line, 3);
	assert_int_equal(faults->list[1].line, 4);
	assert_int_equal(faults->list[2].line, 2);      /* sealed is not there: its head is shown */
	assert_int_equal(faults->list[4].line, 8);
}

static void test_roles(void **state)
{
	struct xml_doc *doc = sample(*state, HEAD, "<event>" EVENT "</event>", "");

	judge.roles = "writer";
	assert_int_equal(judged(*state, doc, NULL)->errors, 0);      /* neither the sealed name nor the staff is missing to a writer */
	assert_false(judge_may_see(&judge, form_field(form, "head.sealed")));
	assert_true(judge_may_see(&judge, form_field(form, "head.note")));
	assert_false(judge_may_fill(&judge, form_field(form, "head.note")));
	assert_true(judge_may_fill(&judge, form_field(form, "head.author")));
	judge.roles = "writer chair";
	assert_string_equal(listed(*state, judged(*state, doc, NULL)), "required head.sealed; rows.min staff.member");
	assert_true(judge_may_fill(&judge, form_field(form, "head.note")));
	assert_false(judge_may_see(&judge, form_field(form, "staff.member.name")));
	judge.roles = NULL;
}

static void test_calculate(void **state)
{
	struct xml_doc *doc = sample(*state, "<author>A</author><born>2022-06-20</born>", "", "");

	assert_int_equal(judge_calculate(*state, &judge, doc, NULL, &error), 0);
	assert_string_equal(xml_write(*state, xml_first(xml_root(doc)), NULL), "<head><author>A</author><born>2022-06-20</born><age>3 years and 10 months</age></head>");
	doc = sample(*state, "<author>A</author>", "", "");
	assert_int_equal(judge_calculate(*state, &judge, doc, NULL, &error), 0);
	assert_string_equal(xml_write(*state, xml_first(xml_root(doc)), NULL), "<head><author>A</author></head>");
}

static void test_prune(void **state)
{
	struct xml_doc *doc = sample(*state, "<kind>visit</kind><sealed>s</sealed>", "<event/><event><id>E1</id><kind>call</kind><seen>no</seen><reason>r</reason><forms><form/></forms></event>", "");
	struct xml_doc *made = judge_prune(*state, &judge, doc, &error);

	assert_string_equal(xml_write(*state, xml_root(made), NULL), "<sample id=\"test/sample\" version=\"1\"><head><kind>visit</kind><sealed>s</sealed></head>"
		"<events><event><id>E1</id><kind>call</kind><reason>r</reason><forms/></event></events></sample>");
	made = judge_prune(*state, &judge, sample(*state, "<kind>letter</kind>", "<event>" EVENT "</event>", ""), &error);
	assert_string_equal(xml_write(*state, xml_root(made), NULL), "<sample id=\"test/sample\" version=\"1\"><head><kind>letter</kind></head></sample>");
}

static void test_progress(void **state)
{
	struct progress p;

	assert_int_equal(judge_progress(*state, &judge, sample(*state, "<author>A</author>", "", ""), "head", &p, &error), 0);
	assert_int_equal(p.fields, 12);      /* 13, less the calculated age */
	assert_int_equal(p.filled, 1);
	assert_int_equal(p.faults, 2);
	assert_int_equal(judge_progress(*state, &judge, sample(*state, "", "<event/>", ""), "events", &p, &error), 0);
	assert_int_equal(p.fields, 0);
	assert_int_equal(p.faults, 1);
	assert_int_equal(judge_progress(*state, &judge, sample(*state, "<kind>letter</kind>", "", ""), "events", &p, &error), 0);
	assert_int_equal(p.faults, 0);
}

static void test_annotate(void **state)
{
	static const struct { const char *expression, *text; } rows[] = {
		{ "/sample/head/author/@n:name", "head.author" }, { "/sample/head/author/@n:required", "yes" }, { "/sample/head/author/@n:relevant", "" },
		{ "/sample/head/author/@n:message", "Enter author" }, { "/sample/head/author/@n:code", "required" }, { "/sample/head/kind/@n:message", "" },
		{ "/sample/head/kind/@n:words", "Visit" }, { "/sample/head/signed/@n:words", "5 March 2026" }, { "/sample/head/signed/@n:day", "5" },
		{ "/sample/head/signed/@n:month", "3" }, { "/sample/head/signed/@n:year", "2026" }, { "/sample/head/signed/@n:required", "" },
		{ "/sample/head/born/@n:day", "31" }, { "/sample/head/born/@n:month", "02" }, { "/sample/head/born/@n:year", "2025" }, { "/sample/head/born/@n:words", "" },
		{ "/sample/head/weight/@n:words", "Not known" }, { "/sample/head/themes/@n:words", "Sharing; Housing" }, { "/sample/head/agency/@n:words", "Health & Care" },
		{ "/sample/head/age/@n:readonly", "yes" }, { "/sample/head/note/@n:readonly", "yes" }, { "/sample/head/sealed/@n:withheld", "yes" },
		{ "/sample/head/sealed", "" }, { "/sample/head/sealed/@n:words", "" }, { "/sample/head/sealed/@n:required", "" },
		{ "count(/sample/events/event)", "1" }, { "/sample/events/event/@n:name", "events.event.1" }, { "/sample/events/event/@n:index", "1" },
		{ "/sample/events/event/when/@n:words", "March 2026" }, { "/sample/events/event/when/@n:month", "3" }, { "/sample/events/event/when/@n:day", "" },
		{ "/sample/events/event/who/@n:words", "a child; Mother" }, { "/sample/events/event/what/@n:plain", "One [[P1|her]]\n\n- two" },
		{ "/sample/events/event/seen/@n:relevant", "no" }, { "/sample/events/event/seen/@n:name", "events.event.1.seen" }, { "/sample/events/event/seen/@n:required", "" },
		{ "/sample/actions/@n:message", "Add one" }, { "/sample/staff/@n:message", "" }, { "count(//@n:message)", "2" }, { "/sample/story/@n:name", "story" },
		{ "/sample/events/@n:name", "" },
	};
	struct xml_doc *doc = sample(*state, "<kind>visit</kind><signed>2026-03-05</signed><weight>not-known</weight><born>31/02/2025</born><themes>sharing housing</themes><agency>A1</agency><sealed>Poppy</sealed>",
		"<event><id>E1</id><when><written>2026-03</written><precision>month</precision></when><who>P1 P2</who><kind>call</kind>"
		"<what><p>One <person ref='P1'>her</person></p><list><item>two</item></list></what></event>", ""), *made;
	struct faults *faults = faults_new(*state, 10);

	faults_add(faults, 0, "rows.min", "actions.action", 0, "Add one");
	faults_add(faults, 0, "required", "head.author", 0, "Enter author");
	faults_add(faults, 0, "other", "head.author", 0, "Something less basic");
	faults_add(faults, 0, "required", "head.sealed", 0, "Nobody may see this");
	judge.roles = "writer";
	made = judge_annotate(*state, &judge, doc, faults, &error);
	judge.roles = NULL;
	assert_non_null(made);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (strcmp(xml_find_text(*state, xml_root(made), rows[i].expression), rows[i].text) != 0)
			fail_msg("%s: %s", rows[i].expression, xml_find_text(*state, xml_root(made), rows[i].expression));
	assert_null(strstr(xml_write(*state, xml_root(made), NULL), "Poppy"));
	made = judge_annotate(*state, &judge, sample(*state, "<kind>letter</kind>", "<event><id>x</id></event>", ""), NULL, &error);
	assert_string_equal(xml_find_text(*state, xml_root(made), "count(/sample/events/descendant-or-self::*[@n:relevant='no']) = count(/sample/events/descendant-or-self::*)"), "true");
	assert_string_equal(xml_find_text(*state, xml_root(made), "/sample/head/signed/@n:required"), "yes");
}

static void test_functions(void **state)
{
	static const struct { const char *expression, *text; } rows[] = {
		{ "d:past('2026-04-24')", "true" }, { "d:past('2026-04-25')", "false" }, { "d:past('2026-05')", "false" }, { "d:past('2026')", "true" }, { "d:past('')", "true" },
		{ "d:past('rubbish')", "true" }, { "d:past(/sample/events/event[1]/when)", "true" }, { "d:past(/sample/events/event[2]/when)", "false" },
		{ "d:before('2026-01-01', '2026-01-01')", "true" }, { "d:before('2026-01-02', '2026-01-01')", "false" }, { "d:before('2026-01-31', '2026-01')", "true" },
		{ "d:before('2026-02-01', '2026-01')", "false" }, { "d:before('', '2026-01')", "true" }, { "d:today()", "2026-04-24" },
		{ "d:all-in('P1 P2', instance('register')/entry/@id)", "true" }, { "d:all-in('P1 P3', instance('register')/entry/@id)", "false" },
		{ "d:all-in('P1, P2', instance('register')/entry/@id)", "true" }, { "d:all-in('P1,P3', instance('register')/entry/@id)", "false" },
		{ "d:all-in('', instance('register')/entry/@id)", "true" }, { "d:all-in('E1 E2', /sample/events/event/id)", "true" }, { "d:all-in('E', /sample/events/event/id)", "false" },
		{ "d:nhs-number('999 000 4102')", "true" }, { "d:nhs-number('9990004103')", "false" }, { "d:nhs-number('9990041040')", "true" }, { "d:nhs-number('9990041130')", "false" }, { "d:nhs-number('1111111111')", "false" }, { "d:nhs-number('99900041020')", "false" },
		{ "d:nhs-number('')", "false" }, { "d:common-word(' Will ')", "true" }, { "d:common-word('Poppy')", "false" }, { "d:common-word('')", "false" },
		{ "d:selected('a b', 'b')", "true" }, { "d:selected('a bc', 'b')", "false" }, { "d:selected('', '')", "false" }, { "d:count-words(' a  b\tc ')", "3" },
		{ "d:count-words(/sample/events/event[2]/what)", "4" }, { "d:count-words(/sample/nothing)", "0" }, { "d:working-days('2026-04-01', '2026-04-24')", "15" },
		{ "d:working-days('2026-04-24', '2026-04-01')", "-15" }, { "d:working-days('x', '2026-04-01')", "NaN" }, { "d:age-years('2022-06-20', '2026-04-24')", "3" },
		{ "d:age-years('2022-04-24', '2026-04-24')", "4" }, { "d:age-years('2026-04-25', '2026-04-24')", "NaN" }, { "d:age-words('2022-06-20', '2026-04-24')", "3 years and 10 months" },
		{ "d:age-words('2025-03-24', '2026-04-24')", "1 year and 1 month" }, { "d:age-words('2026-04-10', '2026-04-24')", "14 days" }, { "d:age-words('2018-01-01', '2026-04-24')", "8 years" },
		{ "d:age-words('2025-04-24', '2026-04-24')", "1 year" }, { "d:age-words('', '2026-04-24')", "" }, { "d:age-words('2024-02-29', '2025-02-28')", "11 months" },
		{ "d:unique('E1', /sample/events/event/id)", "true" }, { "d:unique('same', /sample/events/event/kind)", "false" },
		{ "d:matches-id('PP-07')", "true" }, { "d:matches-id('0417/08NOV')", "false" }, { "d:matches-id('')", "false" },
	};
	struct xml_doc *doc = sample(*state, "", "<event><id>E1</id><when><written>2026-03</written><precision>month</precision></when><kind>same</kind></event>"
		"<event><id>E2</id><when><written>2026-04-24</written><precision>after</precision></when><kind>same</kind><what><p>a b</p><list><item>c</item><item>d</item></list></what></event>", "");
	struct xpath_env env = { .functions = form_functions, .function_count = form_function_count, .data = &judge.world,
		.instances = judge.instances, .instance_count = judge.instance_count };

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct xpath *x = xpath_compile(*state, rows[i].expression, &error);
		char *text;

		if (!x || xpath_text(*state, x, xml_root(doc), &env, &text, &error) < 0)
			fail_msg("%s: %s", rows[i].expression, error.say);
		if (strcmp(text, rows[i].text) != 0)
			fail_msg("%s: %s", rows[i].expression, text);
	}
}

/* 2,000 rows with keys that differ in the last place: doubling the rows must not quadruple the work. */
static double seconds_for(void *ctx, int rows)
{
	char *events = talloc_strdup(ctx, "");
	struct faults *faults;
	struct xml_doc *doc;
	clock_t start;

	for (int i = 1; i <= rows; i++)
		events = talloc_asprintf_append_buffer(events, "<event><id>EVENT-%06d</id><when><written>2026-03-01</written><precision>exact</precision></when>"
			"<who>P1</who><kind>call</kind><what>Said</what></event>", i == rows ? 1 : i);
	doc = sample(ctx, HEAD TAIL, events, STAFF);
	start = clock();
	faults = judged(ctx, doc, NULL);
	assert_string_equal(listed(ctx, faults), talloc_asprintf(ctx, "key.repeated events.event.%d.id", rows));
	return (double)(clock() - start) / CLOCKS_PER_SEC;
}

static void test_many_rows(void **state)
{
	double few = seconds_for(*state, 500), many = seconds_for(*state, 2000);

	if (many > few * 9 + 0.05)
		fail_msg("500 rows %.3f s, 2000 rows %.3f s", few, many);
}

static int setup(void **state)
{
	static const char *const common[] = { "mark", "may", "will" };
	static const char agencies[] = "<agencies><agency id='A1' name='Health &amp; Care'/><agency id='A2' name='Police'/></agencies>";
	static const char entries[] = "<register><entry id='P1' kind='party' words='a child'/><entry id='P2' kind='party' label='x' words='Mother'/><entry id='L1' kind='place' label='home'/></register>";
	static struct xpath_instance instances[2];
	struct xml_doc *lists;
	char *text;

	*state = talloc_new(NULL);
	xml_start();
	assert_int_equal(fold_start(), 0);
	lists = xml_read_file(*state, talloc_asprintf(*state, "%s/tests/data/forms/lists.xml", getenv("top_srcdir")), &error);
	text = read_text(*state, "tests/data/forms/sample-1.xml");
	form = form_read(*state, text, strlen(text), "sample-1.xml", lists, &error);
	instances[0] = (struct xpath_instance){ "agencies", parse(*state, agencies) };
	instances[1] = (struct xpath_instance){ "register", parse(*state, entries) };
	judge = (struct judge){ .form = form, .instances = instances, .instance_count = 2,
		.world = { .today = date_from_ymd(2026, 4, 24), .common_words = common, .common_count = 3 } };
	judge.world.holidays = date_holidays_read(*state, talloc_asprintf(*state, "%s/data/holidays-england.txt", getenv("top_srcdir")), &error);
	return form && judge.world.holidays ? 0 : -1;
}

static int teardown(void **state)
{
	return talloc_free(*state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_structure), cmocka_unit_test(test_values), cmocka_unit_test(test_required), cmocka_unit_test(test_string_lines),
		cmocka_unit_test(test_rows), cmocka_unit_test(test_question), cmocka_unit_test(test_lines), cmocka_unit_test(test_roles),
		cmocka_unit_test(test_calculate), cmocka_unit_test(test_prune), cmocka_unit_test(test_progress), cmocka_unit_test(test_annotate),
		cmocka_unit_test(test_functions), cmocka_unit_test(test_many_rows),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, setup, teardown);
}
