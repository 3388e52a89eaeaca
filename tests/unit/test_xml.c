#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include <talloc.h>
#include "adapter/xml.h"

static struct xml_doc *read_text(void *ctx, const char *text)
{
	struct error error;
	struct xml_doc *doc = xml_read(ctx, text, strlen(text), &error);

	if (!doc)
		fail_msg("%s: %s", error.code, error.say);
	return doc;
}

static char *written(void *ctx, const xml_node *node)
{
	size_t length = 0;
	char *text = xml_write(ctx, node, &length);

	assert_int_equal(length, strlen(text));
	return text;
}

/* What is read is written in one form, and that form reads as itself on both roads. */
static void test_canonical(void **state)
{
	static const char *const cases[][2] = {
		{ "<a/>", "<a/>" },
		{ "<a></a>", "<a/>" },
		{ "\xEF\xBB\xBF<?xml version='1.0' encoding='utf-8'?>\n<a/>\n", "<a/>" },
		{ "<a b = 'x' c=\"y\" />", "<a b=\"x\" c=\"y\"/>" },
		{ "<a b='&lt;&quot;&#9;&#10;&#13;&amp;>&apos;'/>", "<a b=\"&lt;&quot;&#9;&#10;&#13;&amp;>'\"/>" },
		{ "<a>1 &lt; 2 &gt; 0 &amp; \"it's\"&#13;</a>", "<a>1 &lt; 2 &gt; 0 &amp; \"it's\"&#13;</a>" },
		{ "<a>x<![CDATA[<&]]>y<!-- gone -->z</a>", "<a>x&lt;&amp;yz</a>" },
		{ "<a>\n\t<b>x</b>\n\t<c> </c>\n</a>", "<a><b>x</b><c> </c></a>" },
		{ "<a>  </a>", "<a>  </a>" },
		{ "<p>See <b>x</b> <i>y</i></p>", "<p>See <b>x</b> <i>y</i></p>" },
		{ "<a>\r\nb\rc</a>", "<a>\nb\nc</a>" },
		{ "<a>caf\xC3\xA9 &#x1F600;</a>", "<a>caf\xC3\xA9 \xF0\x9F\x98\x80</a>" },
		{ "<a><!-- only --></a>", "<a/>" },
	};
	void *ctx = talloc_new(NULL);
	struct xml_doc *own;
	struct error error;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_string_equal(written(ctx, xml_root(read_text(ctx, cases[i][0]))), cases[i][1]);
		assert_string_equal(written(ctx, xml_root(read_text(ctx, cases[i][1]))), cases[i][1]);
		own = xml_read_own(ctx, cases[i][1], strlen(cases[i][1]), "own", &error);
		assert_non_null(own);
		assert_string_equal(written(ctx, xml_root(own)), cases[i][1]);
		assert_string_equal(written(ctx, xml_root(xml_copy(ctx, own))), cases[i][1]);
	}
	talloc_free(ctx);
}

static void test_building(void **state)
{
	struct xml_doc *doc = xml_new(NULL, "page");
	xml_node *root = xml_root(doc), *a, *b;

	(void)state;
	a = xml_add_text(root, "a", "Smith & Jones <b> &lt; ]]>");
	xml_set(a, "t", "\"<&>'");
	xml_setf(a, "n", "%d-%s", 7, "x");
	b = xml_add_text(root, "b", NULL);
	xml_append(b, "one");
	xml_append(b, " two");
	xml_insert_before(b, "between");
	xml_note(b, "name", "b.1");
	xml_note(root, "name", "");
	xml_copy_after(a, b);
	assert_string_equal(written(doc, root), "<page xmlns:n=\"" NS_NOTE "\" n:name=\"\"><a t=\"&quot;&lt;&amp;>'\" n=\"7-x\">Smith &amp; Jones "
		"&lt;b&gt; &amp;lt; ]]&gt;</a><b n:name=\"b.1\">one two</b><between/><b n:name=\"b.1\">one two</b></page>");
	xml_set(a, "t", NULL);
	xml_set(a, "none", NULL);
	xml_note(b, "name", NULL);
	xml_replace_text(a, "new");
	xml_remove(xml_child(root, "between"));
	xml_empty(xml_child(root, "b"));
	xml_note(root, "name", NULL);
	assert_string_equal(written(doc, root), "<page xmlns:n=\"" NS_NOTE "\"><a n=\"7-x\">new</a><b n:name=\"b.1\"/><b>one two</b></page>");
	assert_string_equal(xml_get_ns(xml_child(root, "b"), NS_NOTE, "name"), "b.1");
	assert_null(xml_get(xml_child(root, "b"), "name"));
	assert_string_equal(written(doc, b), "<b xmlns:n=\"" NS_NOTE "\">one two</b>");
	talloc_free(doc);
}

/* Copies live on when what they were made from is gone. */
static void test_copies(void **state)
{
	struct xml_doc *from = read_text(NULL, "<a><b k='v'>text</b></a>"), *to = xml_new(NULL, "to"), *alone;

	(void)state;
	alone = xml_copy_node(NULL, xml_child(xml_root(from), "b"));
	xml_copy_into(xml_root(to), xml_root(from));
	xml_copy_into(xml_root(to), xml_first_any(xml_child(xml_root(from), "b")));
	talloc_free(from);
	assert_string_equal(written(to, xml_root(to)), "<to><a><b k=\"v\">text</b></a>text</to>");
	assert_string_equal(written(alone, xml_root(alone)), "<b k=\"v\">text</b>");
	assert_int_equal(xml_line(xml_root(alone)), 1);
	talloc_free(to);
	talloc_free(alone);
}

static void test_namespaces(void **state)
{
	static const char text[] = "<h:html xmlns=\"" NS_XFORMS "\" xmlns:h=\"" NS_XHTML "\" xmlns:f=\"" NS_FORM "\"><h:body><group f:name=\"x\"/></h:body></h:html>";
	struct error error;
	struct xml_doc *doc = xml_read_own(NULL, text, strlen(text), "form", &error), *plain = xml_new(NULL, "plain");
	xml_node *body = xml_first(xml_root(doc)), *group = xml_first(body), *item;

	(void)state;
	assert_true(xml_is(body, NS_XHTML, "body"));
	assert_false(xml_is(body, NULL, "body"));
	assert_false(xml_is(body, NS_XHTML, "group"));
	assert_true(xml_is(group, NS_XFORMS, NULL));
	assert_string_equal(written(doc, xml_root(doc)), text);
	/* A new child is in its parent's namespace; a known prefix is used again; what has no namespace keeps none. */
	item = xml_add_text(group, "item", "x");
	xml_set_ns(item, NS_FORM, "type", "t");
	xml_copy_into(group, xml_root(plain));
	assert_string_equal(written(doc, group), "<group xmlns=\"" NS_XFORMS "\" xmlns:h=\"" NS_XHTML "\" xmlns:f=\"" NS_FORM
		"\" f:name=\"x\"><item f:type=\"t\">x</item><plain xmlns=\"\"/></group>");
	assert_string_equal(xml_get_ns(item, NS_FORM, "type"), "t");
	talloc_free(doc);
	talloc_free(plain);
}

static void count(void *data, const char *ns, const char *name, const char *value)
{
	char **all = data;

	*all = talloc_asprintf_append(*all, "%s|%s|%s;", ns, name, value);
}

static void test_looking(void **state)
{
	struct xml_doc *doc = read_text(NULL, "<a>\n <b i='1'>x</b>\n <c>y<d>z</d></c>\n <b i=''/>\n</a>");
	xml_node *root = xml_root(doc), *b = xml_child(root, "b");
	char *all = talloc_strdup(doc, "");

	(void)state;
	assert_string_equal(xml_name(root), "a");
	assert_null(xml_parent(root));
	assert_ptr_equal(xml_parent(b), root);
	assert_ptr_equal(xml_first(root), b);
	assert_string_equal(xml_name(xml_next(b)), "c");
	assert_string_equal(xml_get(xml_next_same(b), "i"), "");
	assert_null(xml_next_same(xml_next_same(b)));
	assert_null(xml_get(b, "j"));
	assert_int_equal(xml_line(b), 2);
	assert_int_equal(xml_line(xml_child(root, "c")), 3);
	assert_string_equal(xml_text(doc, root), "xyz");
	assert_string_equal(xml_text(doc, xml_child(root, "c")), "yz");
	assert_string_equal(xml_text(doc, b), "x");
	assert_string_equal(xml_text(doc, NULL), "");
	assert_string_equal(xml_plain(b), "x");
	assert_string_equal(xml_plain(xml_child(root, "c")), "");
	assert_string_equal(xml_plain(xml_next_same(b)), "");
	assert_true(xml_is_text(xml_first_any(b)));
	assert_string_equal(xml_content(xml_first_any(b)), "x");
	assert_true(xml_is_element(xml_next_any(xml_first_any(xml_child(root, "c")))));
	xml_note(b, "name", "n");
	xml_each_attribute(b, count, &all);
	assert_string_equal(all, "|i|1;" NS_NOTE "|name|n;");
	assert_null(xml_child(NULL, "x"));
	assert_null(xml_get(NULL, "x"));
	talloc_free(doc);
}

static void test_own_faults(void **state)
{
	static const struct {
		const char *text, *code;
		int line;
	} cases[] = {
		{ "", "xml.syntax", 1 }, { "<a>\n<b></a>", "xml.syntax", 2 }, { "<a><p:b/></a>", "xml.syntax", 1 }, { "<a>\xFF</a>", "xml.syntax", 1 },
		{ "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "xml.doctype", 0 }, { "<!DOCTYPE a><a/>", "xml.doctype", 0 }, { "<a>&x;</a>", "xml.syntax", 1 },
	};
	struct error error;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_null(xml_read_own(NULL, cases[i].text, strlen(cases[i].text), "own.xml", &error));
		assert_string_equal(error.code, cases[i].code);
		assert_string_equal(error.where, "own.xml");
		assert_int_equal(error.line, cases[i].line);
		assert_int_equal(error.kind, ERROR_FAULT);
		assert_null(strchr(error.say, '\n'));
	}
	assert_null(xml_read_file(NULL, "/nowhere/at/all.xml", &error));
	assert_int_equal(error.kind, ERROR_MISSING);
	assert_null(xml_read_file(NULL, "/", &error));
	assert_string_equal(error.code, "xml.file");
}

static void test_file(void **state)
{
	char path[] = "/tmp/test-xml-XXXXXX";
	int file = mkstemp(path);
	struct error error;
	struct xml_doc *doc;

	(void)state;
	assert_int_equal(write(file, "<a>\n <b/></a>", 13), 13);
	close(file);
	doc = xml_read_file(NULL, path, &error);
	unlink(path);
	assert_non_null(doc);
	/* Our own files keep their white space. */
	assert_string_equal(written(doc, xml_root(doc)), "<a>\n <b/></a>");
	talloc_free(doc);
}

/* Twice the rows must not take much more than twice the time; here only that many rows are no trouble. */
static void test_many(void **state)
{
	struct xml_doc *doc = xml_new(NULL, "rows");
	xml_node *row = NULL;
	char *text;
	int i;

	(void)state;
	for (i = 0; i < 20000; i++) {
		row = xml_add_text(xml_root(doc), "row", "some text");
		xml_setf(row, "id", "r%d", i);
		xml_note(row, "name", "rows.row");
	}
	text = written(doc, xml_root(doc));
	assert_true(strlen(text) > 20000 * 40);
	assert_string_equal(text + strlen(text) - 7, "</rows>");
	assert_string_equal(xml_get(row, "id"), "r19999");
	talloc_free(doc);
}

static int start(void **state)
{
	(void)state;
	xml_start();
	xml_close_doors();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_canonical), cmocka_unit_test(test_building), cmocka_unit_test(test_copies), cmocka_unit_test(test_namespaces),
		cmocka_unit_test(test_looking), cmocka_unit_test(test_own_faults), cmocka_unit_test(test_file), cmocka_unit_test(test_many),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, start, NULL);
}
