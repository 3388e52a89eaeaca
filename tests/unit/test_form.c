/* Definitions: what is read from them, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <talloc.h>

#include "form/form.h"
#include "form/functions.h"

static struct error error;
static struct xml_doc *lists;
static char *sample;

static char *read_text(void *ctx, const char *below)
{
	char *path = talloc_asprintf(ctx, "%s/%s", getenv("top_srcdir"), below), *text = talloc_zero_array(ctx, char, 1 << 17);
	FILE *file = fopen(path, "r");

	assert_non_null(file);
	assert_true(fread(text, 1, (1 << 17) - 1, file) > 0);
	fclose(file);
	return text;
}

static struct form *read_form(void *ctx, const char *text)
{
	return form_read(ctx, text, strlen(text), "sample-1.xml", lists, &error);
}

/* The text with the first `from` replaced. */
static char *changed(void *ctx, const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);

	if (!at)
		fail_msg("not in the sample: %s", from);
	return talloc_asprintf(ctx, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

static void test_fields(void **state)
{
	static const struct { const char *name; enum field_type type; enum field_class class; const char *section, *row; bool required; int length, words; } rows[] = {
		{ "head.author", FIELD_STRING, CLASS_CONFIDENTIAL, "head", NULL, true, 20, 0 },
		{ "head.kind", FIELD_ONE, CLASS_CONFIDENTIAL, "head", NULL, true, 0, 0 }, { "head.signed", FIELD_DATE, CLASS_CONFIDENTIAL, "head", NULL, false, 0, 0 },
		{ "head.weight", FIELD_INT, CLASS_CONFIDENTIAL, "head", NULL, false, 0, 0 }, { "head.at", FIELD_TIME, CLASS_CONFIDENTIAL, "head", NULL, false, 0, 0 },
		{ "head.nhs", FIELD_NHS, CLASS_CONFIDENTIAL, "head", NULL, false, 0, 0 }, { "head.read", FIELD_YES_NO, CLASS_CONFIDENTIAL, "head", NULL, false, 0, 0 },
		{ "head.themes", FIELD_MANY, CLASS_CONFIDENTIAL, "head", NULL, false, 0, 0 }, { "head.agency", FIELD_REF, CLASS_CONFIDENTIAL, "head", NULL, false, 0, 0 },
		{ "head.age", FIELD_STRING, CLASS_CONFIDENTIAL, "", NULL, false, 200, 0 }, { "head.note", FIELD_TEXT, CLASS_CONFIDENTIAL, "head", NULL, false, 40, 0 },
		{ "events.event.when", FIELD_WHEN, CLASS_IDENTIFIER, "events", "events.event", true, 0, 0 },
		{ "events.event.who", FIELD_REFS, CLASS_CONFIDENTIAL, "events", "events.event", false, 0, 0 },
		{ "events.event.what", FIELD_PROSE, CLASS_CONFIDENTIAL, "events", "events.event", true, 0, 8 },
		{ "events.event.forms.form.text", FIELD_STRING, CLASS_CONFIDENTIAL, "events", "events.event.forms.form", false, 200, 0 },
		{ "story", FIELD_PROSE, CLASS_CONFIDENTIAL, "story", NULL, false, 0, 0 },
	};
	struct form *form = read_form(*state, sample);

	assert_non_null(form);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct field *f = form_field(form, rows[i].name);

		if (!f || f->type != rows[i].type || f->class != rows[i].class || strcmp(f->section, rows[i].section) != 0 || f->length != rows[i].length ||
		    f->words != rows[i].words || f->required_always != rows[i].required || strcmp(f->pattern, rows[i].name) != 0)
			fail_msg("%s", rows[i].name);
		if (rows[i].row ? !f->repeat || strcmp(f->repeat->pattern, rows[i].row) != 0 : f->repeat != NULL)
			fail_msg("row of %s", rows[i].name);
	}
	assert_int_equal(form_field(form, "events.event.when")->as, AS_MONTH);
	assert_string_equal(form_field(form, "events.event.12.when")->label, "When");
	assert_string_equal(form_field(form, "head.age")->label, "age");
	assert_non_null(form_field(form, "head.signed")->required);
	assert_string_equal(form_field(form, "head.weight")->unknown, "not-known");
	assert_true(field_is(form_field(form, "events.event.who"), "event.who"));
}

static void test_form_itself(void **state)
{
	struct form *form = read_form(*state, sample);
	const struct repeat *events = form_repeat(form, "events.event.3"), *forms = form_repeat(form, "events.event.forms.form");

	assert_string_equal(form->id, "test/sample");
	assert_int_equal(form->version, 1);
	assert_string_equal(form->title, "Sample return");
	assert_string_equal(form->root, "sample");
	assert_int_equal(form->section_count, 5);
	assert_true(form_section(form, "events")->has_prose);
	assert_false(form_section(form, "head")->has_prose);
	assert_non_null(form_section(form, "events")->relevant);
	assert_null(form_section(form, "head")->relevant);
	assert_null(form_section(form, "nothing"));
	assert_int_equal(form->repeat_count, 4);
	assert_int_equal(events->min, 1);
	assert_int_equal(events->max, 2500);
	assert_string_equal(events->key, "id");
	assert_string_equal(events->is, "event");
	assert_null(events->outer);
	assert_ptr_equal(forms->outer, events);
	assert_null(forms->key);
	/* Roles of the row hold for the fields below that name none themselves. */
	assert_string_equal(form_field(form, "staff.member.name")->for_, "officer");
	assert_string_equal(form_field(form, "staff.member.role")->for_, "chair officer");
	assert_string_equal(xml_write(*state, xml_root(form->empty), NULL),
		"<sample id=\"test/sample\" version=\"1\"><head><author/><kind/><signed/><weight/><born/><at/><nhs/><read/><themes/><agency/><age/><note/><sealed/></head>"
		"<events><event><id/><when/><who/><kind/><what/><seen/><reason/><forms/></event></events><actions/>"
		"<staff><member id=\"r1\"><name/><role/></member><member id=\"r2\"><name/><role/></member></staff><story/></sample>");
}

static void test_definition(void **state)
{
	struct form *form = read_form(*state, sample);
	const xml_node *root = xml_root(form->definition);
	static const struct { const char *expression, *text; } rows[] = {
		{ "count(//x:select1[@ref='/sample/head/kind']/x:item)", "3" },
		{ "//x:select1[@ref='/sample/head/kind']/x:item[3]/x:value", "letter" },
		{ "//x:select1[@ref='/sample/head/kind']/x:item[3]/x:label", "Letter & e-mail" },
		{ "count(//x:select1[@ref='/sample/head/read']/x:item)", "2" },
		{ "//x:select1[@ref='/sample/head/read']/x:item[1]/x:value", "yes" },
		{ "count(//x:input[@ref='/sample/events/event/when']/x:item)", "9" },
		{ "//*[@ref='/sample/head/author']/@d:name", "head.author" }, { "//*[@ref='/sample/head/author']/@d:required", "always" },
		{ "//*[@ref='/sample/head/author']/@d:length", "20" }, { "//*[@ref='/sample/head/signed']/@d:required", "maybe" },
		{ "//*[@ref='/sample/head/at']/@d:required", "no" }, { "//*[@ref='/sample/head/weight']/@d:unknown", "not-known" },
		{ "//*[@ref='/sample/events/event/what']/@d:words", "8" }, { "//*[@ref='/sample/events/event/what']/@d:type", "d:prose" },
		{ "//*[@ref='/sample/events/event/who']/@d:type", "d:refs" }, { "//*[@ref='/sample/head/kind']/@d:type", "select1" },
		{ "//x:repeat[@nodeset='/sample/events/event/forms/form']/@d:name", "events.event.forms.form" },
		/* Paths into the own row are relative, others stay. */
		{ "//x:bind[contains(@nodeset, 'event/seen')]/@relevant", "../kind = 'visit'" },
		{ "//x:bind[contains(@nodeset, 'form/ordinary')]/@required", "d:common-word(../text)" },
		{ "//x:bind[contains(@nodeset, 'head/signed')]/@required", "/sample/head/kind = 'letter'" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_string_equal(xml_find_text(*state, root, rows[i].expression), rows[i].text);
}

static void test_rewrite(void **state)
{
	static const struct { const char *from, *to; } rows[] = {
		{ "/sample/events/event/kind", "../kind" }, { "count(/sample/events/event) > 1", "count(/sample/events/event) > 1" },
		{ "/sample/events/event[1]/kind = 'x'", "/sample/events/event[1]/kind = 'x'" }, { "'/sample/events/event/kind'", "'/sample/events/event/kind'" },
		{ "2 * /sample/events/event/kind", "2 * ../kind" }, { "1 and /sample/events/event/kind", "1 and ../kind" },
		{ "/sample/*/event/kind", "/sample/*/event/kind" }, { "../kind/../who", "../kind/../who" }, { "//kind", "//kind" },
		{ "d:unique(., /sample/events/event/id)", "d:unique(., /sample/events/event/id)" },
		{ "d:unique(/sample/events/event/id, /sample/events/event/id)", "d:unique(../id, /sample/events/event/id)" },
		{ "instance('agencies')/agency[@id = /sample/events/event/kind]", "instance('agencies')/agency[@id = current()/../kind]" },
		{ "count(/sample/events/event/forms/form)", "count(../forms/form)" }, { "/sample/head/author = 'x'", "/sample/head/author = 'x'" },
		{ "(/sample/events/event/kind)", "(../kind)" }, { "-/sample/events/event/kind", "-../kind" }, { "3 div /sample/events/event/kind", "3 div ../kind" },
		{ "/sample/events/event/when/written", "../when/written" }, { "string-length(/sample/events/event/kind)-1", "string-length(../kind)-1" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char *bind = talloc_asprintf(*state, "constraint=\"%s\" required=\"true()\"/>", rows[i].from);
		struct form *form = read_form(*state, changed(*state, sample, "relevant=\"/sample/events/event/kind = 'visit'\" required=\"true()\"/>", bind));
		if (!form)
			fail_msg("%s: %s", rows[i].from, error.say);
		bind = xml_find_text(*state, xml_root(form->definition), "//x:bind[contains(@nodeset, 'event/seen')]/@constraint");
		assert_string_equal(bind, rows[i].to);
		talloc_free(form);
	}
}

static void test_rewrite_nested(void **state)
{
	struct form *form = read_form(*state, changed(*state, sample, "required=\"d:common-word(/sample/events/event/forms/form/text)\"",
		"required=\"/sample/events/event/kind = /sample/events/event/forms/form/text\""));

	assert_non_null(form);
	assert_string_equal(xml_find_text(*state, xml_root(form->definition), "//x:bind[contains(@nodeset, 'form/ordinary')]/@required"),
		"../../../kind = ../text");
}

static void test_refused(void **state)
{
	static const struct { const char *from, *to, *code; } rows[] = {
		{ "<h:html ", "<html ", "xml" }, { "version=\"1\">", "version=\"one\">", "form.number" }, { "id=\"test/sample\" ", "", "form.shape" },
		{ "<author/>", "<author/><author/>", "form.twice" }, { "<author/>", "<author.x/>", "form.name" }, { "<author/>", "<writer/>", "form.path" },
		{ "nodeset=\"/sample/head/born\"", "nodeset=\"/sample/head/bron\"", "form.path" }, { "nodeset=\"/sample/head/born\"", "", "form.path" },
		{ "nodeset=\"/sample/head/born\"", "nodeset=\"/sample/head/at\"", "form.twice" }, { "type=\"int\"", "type=\"decimal\"", "form.type" },
		{ "type=\"int\"", "type=\"d:prose\"", "form.type" }, { "type=\"int\"", "type=\"select1\"", "form.type" }, { "type=\"int\"", "type=\"int\" requried=\"true()\"", "form.attribute" },
		{ "type=\"int\"", "type=\"int\" d:clas=\"public\"", "form.attribute" }, { "type=\"int\"", "type=\"int\" d:class=\"secret\"", "form.class" },
		{ "type=\"int\"", "type=\"int\" d:as=\"blurred\"", "form.as" }, { "type=\"int\"", "type=\"int\" d:class=\"public\" d:as=\"year\"", "form.as" },
		{ "type=\"int\"", "type=\"int\" d:is=\"event.where\"", "form.meaning" }, { "type=\"int\"", "type=\"int\" d:is=\"event.text\"", "form.meaning" },
		{ "d:is=\"event\"/>", "d:is=\"happening\"/>", "form.meaning" }, { "d:is=\"event\"/>", "d:class=\"public\"/>", "form.attribute" },
		{ "type=\"int\"", "type=\"int\" d:length=\"3\"", "form.limit" }, { "d:length=\"20\"", "d:length=\"0\"", "form.number" },
		{ ". &gt; 0", ". &gt; ", "form.expression" }, { ". &gt; 0", "d:pest(.)", "form.path" }, { ". &gt; 0", ". &gt; /sample/head/wieght", "form.path" },
		{ ". &gt; 0", ". &gt; $x y", "form.expression" }, { "calculate=\"", "relevant=\"/sample/head/age/x\" calculate=\"", "form.path" },
		{ "d:list=\"kind\"", "d:list=\"kinds\"", "form.list" }, { "<value>housing</value>", "<value>sharing</value>", "form.twice" },
		{ "<value>housing</value>", "<value>4 rooms</value>", "form.item" }, { "<label>Housing</label>", "<label/>", "form.item" },
		{ "<label>Author</label>", "", "form.label" }, { "<label>Chronology</label>", "", "form.label" }, { "<group id=\"events\">", "<group id=\"head\">", "form.section" },
		{ "<group id=\"events\">", "<group>", "form.section" }, { "ref=\"/sample/head/at\"", "ref=\"/sample/head/nhs\"", "form.twice" },
		{ "ref=\"/sample/head/at\"", "ref=\"/sample/head\"", "form.control" }, { "ref=\"/sample/head/at\"", "ref=\"/sample/actions/action/text\"", "form.control" },
		{ "<input ref=\"/sample/head/at\"><label>Time</label></input>", "<range ref=\"/sample/head/at\"><label>Time</label></range>", "form.control" },
		{ "<input ref=\"/sample/head/at\"><label>Time</label></input>", "<upload ref=\"/sample/head/at\"><label>Time</label></upload>", "form.type" },
		{ "d:key=\"id\"", "d:key=\"number\"", "form.key" }, { "d:key=\"id\"", "d:key=\"forms\"", "form.key" }, { "d:min=\"1\"", "d:min=\"2501\"", "form.number" },
		{ "d:max=\"4\"", "d:max=\"many\"", "form.number" }, { "nodeset=\"/sample/actions/action\"", "nodeset=\"/sample/actions/action/text\"", "form.repeat" },
		{ "<value ref=\"@id\"/>", "", "form.itemset" }, { "<label ref=\"@name\"/>", "<label ref=\"../@name\"/>", "form.itemset" },
		{ "type=\"d:when\"", "type=\"d:when\" calculate=\"1\"", "form.calculate" }, { "d:unknown=\"not-known\"", "d:unknown=\"not known\"", "form.unknown" },
		{ "<item><label>Chair</label><value>chair</value></item><item><label>Officer</label><value>officer</value></item>", "", "form.item" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct form *form = read_form(*state, changed(*state, sample, rows[i].from, rows[i].to));

		if (form)
			fail_msg("row %zu accepted: %s -> %s", i, rows[i].from, rows[i].to);
		if (strncmp(error.code, rows[i].code, strlen(rows[i].code)) != 0)
			fail_msg("row %zu: %s -> %s: %s %s", i, rows[i].from, rows[i].to, error.code, error.say);
		if (strcmp(rows[i].code, "xml") != 0) {
			assert_string_equal(error.where, "sample-1.xml");
			assert_true(error.line > 1);
		}
	}
}

/* What people write who know another profile, or misspell: it would be lost in silence, or found only when a document is judged. Rows without a code are
 * right, beside those that are not. */
static void test_refused_of_others(void **state)
{
	static const struct { const char *from, *to, *code, *say; } rows[] = {
		/* namespaces and shape */
		{ "xmlns:d=\"urn:dossier:form\"", "xmlns:d=\"urn:dossier:forms\"", "form.attribute", "namespace" },
		{ "http://www.w3.org/2002/xforms", "http://www.w3.org/2002/xform", "form.shape", NS_XFORMS }, { "http://www.w3.org/1999/xhtml", "http://www.w3.org/1999/html", "form.shape", NS_XHTML },
		{ "<h:title>Sample return</h:title>", "", "form.shape", "h:title" }, { "<h:title>Sample return", "<h:title> ", "form.shape", "h:title" },
		{ "</model>", "</model><model/>", "form.shape", "one model" }, { "</instance>", "</instance><instance id=\"list\"><root/></instance>", "form.shape", "one instance" },
		{ "</sample>", "</sample><other/>", "form.shape", "one element" }, { "<instance>", "<itext/><instance>", "form.element", "itext is no part of model" },
		{ "</model>", "<submission/></model>", "form.element", "submission" }, { "<h:body>", "<h:body>Read this first", "form.text", "label or a hint" },
		{ "<model>", "<model xmlns:odk=\"http://www.opendatakit.org/xforms\" odk:xforms-version=\"1.0.0\">", "", "" },
		/* what the instance holds would come into no document */
		{ "<author/>", "<author>Nobody</author>", "form.text", "begin empty" }, { "<head><author/>", "<head>x<author/>", "form.text", "begin empty" },
		{ "<author/>", "<author kind=\"x\"/>", "form.attribute", "author has an attribute" },
		/* binds */
		{ "type=\"int\"", "type=\"decimal\"", "form.type", "d:yes-no" }, { "nodeset=\"/sample/head/born\"", "ref=\"/sample/head/born\"", "form.path", "nodeset" },
		{ "type=\"time\"/>", "type=\"time\"><hint/></bind>", "form.element", "bind" }, { "type=\"time\"", "type=\"time\" d:override=\"true\"", "form.attribute", "yes or no" },
		{ "<author/>", "<author/><nobody/>", "", "" },
		/* names in expressions */
		{ ". &gt; 0", "selected(., 'x')", "form.path", "it has d:selected" }, { ". &gt; 0", "today() &gt; .", "form.path", "it has d:today" },
		{ ". &gt; 0", "if(., 1, 2)", "form.path", "if()" }, { ". &gt; 0", "document('x')", "form.path", "document()" },
		{ ". &gt; 0", "d:before(.)", "form.expression", "1 argument, and it takes 2" }, { ". &gt; 0", "d:past()", "form.expression", "0 arguments" },
		{ ". &gt; 0", "d:past(., .)", "form.expression", "2 arguments, and it takes 1" }, { ". &gt; 0", "substring('a')", "form.expression", "at least 2" },
		{ ". &gt; 0", "concat('a')", "form.expression", "at least 2" }, { ". &gt; 0", "string-length(., .)", "form.expression", "at most 1" },
		{ ". &gt; 0", "count(d:past())", "form.expression", "d:past()" }, { ". &gt; 0", "$x = 1", "form.expression", "variable" },
		{ ". &gt; 0", ". = \xe2\x80\x9c""a\xe2\x80\x9d", "form.expression", "quotation marks" }, { ". &gt; 0", "instance('people')/x", "form.path", "case viewer" },
		{ ". &gt; 0", "instance(/sample/head/kind)/x", "form.path", "quotes" }, { ". &gt; 0", "x:y = 1", "form.path", "prefix" },
		{ ". &gt; 0", "kind = 'x'", "form.path", "/sample/head/kind" }, { ". &gt; 0", "not(true)", "form.path", "true()" },
		{ ". &gt; 0", "../bron = 1", "form.path", "../bron" }, { ". &gt; 0", "../../heed/born = 1", "form.path", "../../heed/born" }, { ". &gt; 0", "//bron", "form.path", "//bron" },
		{ "required=\"true()\"", "required=\"true\"", "form.path", "true()" }, { "required=\"true()\"", "required=\"yes\"", "form.path", "yes" },
		{ ". &gt; 0", "((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((1))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))", "form.expression", "deep" },
		{ "nodeset=\"instance('agencies')/agency\"", "nodeset=\"instance('agency')/agency\"", "form.path", "agencies" },
		/* circles */
		{ "d:age-words(/sample/head/born, '2026-04-24')", ". + 1", "form.circle", "head.age" },
		{ "d:age-words(/sample/head/born, '2026-04-24')", "/sample/head/age + 1", "form.circle", "head.age" },
		{ "type=\"time\"/>", "type=\"time\" calculate=\"/sample/head/age\"/><bind nodeset=\"/sample/head/themes\" calculate=\"1\"/>", "", "" },
		{ "type=\"time\"", "type=\"time\" relevant=\". = 1\"", "form.circle", "head.at" },
		{ "type=\"time\"", "type=\"time\" relevant=\"../nhs = 1\"", "", "" },
		{ "relevant=\"/sample/head/kind != 'letter'\"", "relevant=\"count(/sample/events/event) = 0 or /sample/events/event/kind = 'call'\"", "form.circle", "events.event.kind" },
		{ "relevant=\"/sample/events/event/kind = 'visit'\"", "relevant=\"/sample/events/event/reason = 'x'\"", "form.circle", "events.event." },
		/* controls and what stands in them */
		{ "<label>Time</label>", "<h:label>Time</h:label>", "form.element", "namespace" }, { "<label>Time</label>", "<label>Time</label><label>Again</label>", "form.twice", "two of label" },
		{ "<label>Time</label>", "<label>Time <output value=\"/sample/head/born\"/></label>", "form.element", "output" }, { "<input ref=\"/sample/head/at\">", "<input bind=\"at\">", "form.attribute", "bind" },
		{ "<input ref=\"/sample/head/at\">", "<input>", "form.path", "needs a ref" }, { "<input ref=\"/sample/head/at\">", "<input ref=\"/sample/head/at\" d:lenght=\"3\">", "form.attribute", "lenght" },
		{ "<input ref=\"/sample/head/at\"><label>Time</label></input>", "<h:input ref=\"/sample/head/at\"><label>Time</label></h:input>", "form.control", "namespace" },
		{ "<input ref=\"/sample/head/at\"><label>Time</label></input>", "<trigger ref=\"/sample/head/at\"><label>Time</label></trigger>", "form.control", "trigger" },
		{ "<label>Chronology</label>", "<label>Chronology</label><h:p>Read this.</h:p>", "form.control", "namespace" }, { "<label>Chronology</label>", "<label>Chronology</label>Read this.", "form.text", "hint" },
		{ "<item><label>Sharing</label><value>sharing</value></item>", "<choices><label>Sharing</label><value>sharing</value></choices>", "form.element", "choices" },
		{ "<item d:exclusive=\"yes\">", "<item d:exclusive=\"true\">", "form.attribute", "yes or no" }, { "<item d:exclusive=\"yes\">", "<item exclusive=\"yes\">", "form.attribute", "namespace" },
		/* rows */
		{ "d:key=\"id\"", "key=\"id\"", "form.attribute", "key" }, { "d:key=\"id\"", "d:kay=\"id\"", "form.attribute", "kay" }, { "d:key=\"id\"", "d:key=\"id\" d:all=\"yes\"", "form.rows", "d:rows" },
		{ "d:max=\"2500\"><label>Event</label>", "d:max=\"2500\">", "form.label", "/sample/events/event" },
		{ "<repeat nodeset=\"/sample/events/event\"", "<repeat ref=\"/sample/events/event\"", "form.attribute", "ref" },
		{ "d:max=\"2500\"", "d:max=\"99999999\"", "form.number", "9999999" }, { "d:min=\"1\"", "d:min=\"101\"", "form.number", "empty rows" }, { "d:min=\"1\"", "d:min=\"100\"", "", "" },
		/* what nobody could answer, or send */
		{ "type=\"time\"", "type=\"time\" required=\"true()\"", "", "" },
		{ "<input ref=\"/sample/head/at\"><label>Time</label></input>", "", "", "" },
		{ "calculate=\"d:age-words(/sample/head/born, '2026-04-24')\"", "required=\"true()\"", "form.required", "no control" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct form *form = read_form(*state, changed(*state, sample, rows[i].from, rows[i].to));

		if ((form == NULL) != (*rows[i].code != '\0'))
			fail_msg("row %zu: %s -> %s: %s", i, rows[i].from, rows[i].to, form ? "accepted" : error.say);
		if (!form && (strcmp(error.code, rows[i].code) != 0 || !strstr(error.say, rows[i].say) || error.line < 1 || strcmp(error.where, "sample-1.xml") != 0))
			fail_msg("row %zu: %s -> %s: line %d: %s %s", i, rows[i].from, rows[i].to, error.line, error.code, error.say);
		talloc_free(form);
	}
}

/* A page that nobody could send, names that the page has itself, lists that nobody could read, rows of rows of rows. */
static void test_refused_as_a_whole(void **state)
{
	static const char *const taken[] = { "csrf", "rev", "once", "do", "row", "kept", "in", "navigation", "main-content" };
	char *fields = talloc_strdup(*state, ""), *controls = talloc_strdup(*state, ""), *items = talloc_strdup(*state, ""), *text;

	for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++) {
		text = changed(*state, sample, "<story/>", talloc_asprintf(*state, "<story/><%s/>", taken[i]));
		assert_null(read_form(*state, text));
		assert_string_equal(error.code, "form.name");
		text = changed(*state, sample, "<story/>", talloc_asprintf(*state, "<story/><safe><%s/></safe>", taken[i]));
		assert_non_null(read_form(*state, text));
	}
	for (int i = 0; i < 1970; i++) {
		fields = talloc_asprintf_append_buffer(fields, "<f%d/>", i);
		controls = talloc_asprintf_append_buffer(controls, "<input ref=\"/sample/wide/f%d\"><label>F</label></input>", i);
		items = talloc_asprintf_append_buffer(items, i < 1001 ? "<item><label>O</label><value>o%d</value></item>" : "", i);
	}
	text = changed(*state, sample, "<story/>", talloc_asprintf(*state, "<story/><wide>%s</wide>", fields));
	text = changed(*state, text, "<group id=\"story\">", talloc_asprintf(*state, "<group id=\"wide\"><label>W</label>%s</group><group id=\"story\">", controls));
	assert_non_null(read_form(*state, text));
	text = changed(*state, text, "</model>", "<bind nodeset=\"/sample/wide/f1\" type=\"date\"/><bind nodeset=\"/sample/wide/f2\" type=\"d:when\"/>"
		"<bind nodeset=\"/sample/wide/f3\" type=\"d:when\"/><bind nodeset=\"/sample/wide/f4\" type=\"d:when\" d:unknown=\"unknown\"/></model>");
	assert_null(read_form(*state, text));
	assert_string_equal(error.code, "form.size");
	assert_non_null(strstr(error.say, "wide has 1982 boxes"));
	assert_null(read_form(*state, changed(*state, sample, "<item><label>Sharing</label><value>sharing</value></item>", items)));
	assert_string_equal(error.code, "form.item");
	text = changed(*state, sample, "<text/><ordinary/>", "<text/><ordinary/><deep><x/></deep>");
	text = changed(*state, text, "<input ref=\"/sample/events/event/forms/form/text\">",
		"<repeat nodeset=\"/sample/events/event/forms/form/deep\"><label>D</label><input ref=\"/sample/events/event/forms/form/deep/x\"><label>X</label></input></repeat>"
		"<input ref=\"/sample/events/event/forms/form/text\">");
	assert_null(read_form(*state, text));
	assert_string_equal(error.code, "form.repeat");
}

/* Whatever its author writes, a form cannot make a file public; and a file is not calculated. */
static void test_files(void **state)
{
	static const struct { const char *bind, *code; } rows[] = {
		{ "", "" }, { "d:class=\"identifier\"", "" }, { "d:as=\"drop\"", "" }, { "d:class=\"public\"", "form.class" }, { "d:as=\"year\"", "form.class" },
		{ "d:as=\"neutral\"", "form.class" }, { "calculate=\"/sample/head/author\"", "form.calculate" }, { "d:unknown=\"not-known\"", "" },
	};
	char *upload = changed(*state, sample, "<input ref=\"/sample/head/at\"><label>Time</label></input>", "<upload ref=\"/sample/head/at\"><label>Letter</label></upload>");

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct form *form = read_form(*state, changed(*state, upload, "type=\"time\"", talloc_asprintf(*state, "type=\"d:attachment\" %s", rows[i].bind)));

		if ((form != NULL) != (*rows[i].code == '\0') || (form == NULL && strcmp(error.code, rows[i].code) != 0))
			fail_msg("%s: %s", rows[i].bind, form ? "accepted" : error.say);
		if (form) {
			assert_int_equal(form_field(form, "head.at")->type, FIELD_ATTACHMENT);
			assert_true(form_takes_files(form));
			assert_true(form_field(form, "head.at")->class != CLASS_PUBLIC);
		}
	}
	assert_false(form_takes_files(read_form(*state, sample)));
}

/* Every function that expressions may name is there, and the other way round. */
static void test_functions_known(void **state)
{
	for (int i = 0; i < form_function_count; i++) {
		char *call = talloc_asprintf(*state, "d:%s(%s)", form_functions[i].name, form_functions[i].min == 2 ? "., ." : form_functions[i].min ? "." : "");

		assert_non_null(read_form(*state, changed(*state, sample, ". &gt; 0", call)));
		/* and with as many arguments as it takes */
		assert_null(read_form(*state, changed(*state, sample, ". &gt; 0", talloc_asprintf(*state, "d:%s(., ., .)", form_functions[i].name))));
		assert_string_equal(error.code, "form.expression");
	}
	assert_int_equal(form_function_count, 13);
}

static const char instance[] =
	"<sample id='test/sample' version='1'><head><author>A</author><themes>sharing</themes></head><events>"
	"<event><id>E1</id><when><written>2026-03</written><precision>month</precision></when><what>First</what>"
	"<forms><form><text>x</text></form><form><text>y</text></form></forms></event>"
	"<event><id>E2</id><what><p>Second <person ref='P1'>her</person></p></what></event></events></sample>";

static int note_name(void *data, const struct field *field, xml_node *node, const char *name)
{
	char **names = data;

	assert_string_equal(field->element, xml_name(node));
	*names = talloc_asprintf_append(*names, "%s ", name);
	return strcmp(name, "events.event.2.id") == 0 ? 7 : 0;
}

static void test_walking(void **state)
{
	struct form *form = read_form(*state, sample);
	struct xml_doc *doc = xml_read(*state, instance, strlen(instance), &error);
	char *names = talloc_strdup(*state, "");
	xml_node **rows, **nodes;

	assert_int_equal(form_each(form, doc, note_name, &names), 7);
	assert_string_equal(names, "head.author head.themes events.event.1.id events.event.1.when events.event.1.what "
		"events.event.1.forms.form.1.text events.event.1.forms.form.2.text events.event.2.id ");
	assert_int_equal(form_rows(*state, form, doc, "event", &rows), 2);
	assert_string_equal(xml_text(*state, form_meaning(form, rows[1], "event.text")), "Second her");
	assert_null(form_meaning(form, rows[0], "event.who"));
	assert_int_equal(form_meanings(*state, form, rows[0], "event.id", &nodes), 1);
	assert_int_equal(form_rows(*state, form, doc, "party", &rows), 0);
}

static void test_names(void **state)
{
	struct form *form = read_form(*state, sample);
	struct xml_doc *doc = xml_read(*state, instance, strlen(instance), &error);
	static const char *const there[] = { "head.author", "events.event.1.forms.form.2.text", "events.event.2", "events.event.2.what", "events", "events.event.1.forms" };
	static const char *const nowhere[] = { "", "head.", "head.kind.x", "events.event", "events.event.what", "events.event.3", "events.event.0.what", "events.event.01.what",
		"events.event.2.2.what", "head.1.author", ".head", "events..event", "events.event.1.forms.form.3.text", "events.event.-1.what", "nothing" };

	for (size_t i = 0; i < sizeof there / sizeof there[0]; i++) {
		xml_node *node = form_locate(form, doc, there[i]);

		assert_non_null(node);
		assert_string_equal(form_name_of(*state, form, node), there[i]);
	}
	for (size_t i = 0; i < sizeof nowhere / sizeof nowhere[0]; i++)
		if (form_locate(form, doc, nowhere[i]))
			fail_msg("%s", nowhere[i]);
	assert_string_equal(form_name_of(*state, form, xml_root(doc)), "");
	assert_null(form_field(form, "head"));
	assert_null(form_repeat(form, "events"));
	assert_null(form_field(form, talloc_asprintf(*state, "%0400d", 1)));
}

static int setup(void **state)
{
	*state = talloc_new(NULL);
	xml_start();
	lists = xml_read_file(*state, talloc_asprintf(*state, "%s/tests/data/forms/lists.xml", getenv("top_srcdir")), &error);
	sample = read_text(*state, "tests/data/forms/sample-1.xml");
	return lists ? 0 : -1;
}

static int teardown(void **state)
{
	return talloc_free(*state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fields), cmocka_unit_test(test_form_itself), cmocka_unit_test(test_definition), cmocka_unit_test(test_rewrite),
		cmocka_unit_test(test_rewrite_nested), cmocka_unit_test(test_refused), cmocka_unit_test(test_refused_of_others), cmocka_unit_test(test_refused_as_a_whole), cmocka_unit_test(test_files), cmocka_unit_test(test_functions_known), cmocka_unit_test(test_walking),
		cmocka_unit_test(test_names),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, setup, teardown);
}
