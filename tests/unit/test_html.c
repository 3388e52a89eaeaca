#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include <talloc.h>
#include "adapter/html.h"

#define TOP "<!DOCTYPE html>\n"
#define SVG "http://www.w3.org/2000/svg"

/* The page of an XML text, or "!code". */
static const char *page(void *ctx, const char *text, struct error *error)
{
	struct xml_doc *doc = xml_read_own(ctx, text, strlen(text), "page", error);
	size_t length = 99;
	char *html;

	if (!doc)
		return "!!not XML";
	html = html_write(ctx, doc, &length, error);
	if (html) {
		assert_int_equal(length, strlen(html));
		return html;
	}
	assert_int_equal(length, 99);
	assert_int_equal(error->kind, ERROR_FAULT);
	return talloc_asprintf(ctx, "!%s", error->code);
}

static void test_written(void **state)
{
	static const char *const cases[][2] = {
		{ "<html lang='en'/>", "<html lang=\"en\"></html>" },
		{ "<html xmlns='" NS_XHTML "' xmlns:ui='urn:x'><body/></html>", "<html><body></body></html>" },
		{ "<h:p xmlns:h='" NS_XHTML "'>x</h:p>", "<p>x</p>" },
		{ "<p>1 &lt; 2 &gt; 0 &amp; \"x\" 'y' caf\xC3\xA9 a\xC2\xA0z \xC2\xA3</p>", "<p>1 &lt; 2 &gt; 0 &amp; \"x\" 'y' caf\xC3\xA9 a&nbsp;z \xC2\xA3</p>" },
		{ "<p title='&lt;&amp;&quot;&apos;&gt;&#xA0;'/>", "<p title=\"&lt;&amp;&quot;'&gt;&nbsp;\"></p>" },
		{ "<p>a<br/>b<hr class=''/></p>", "<p>a<br>b<hr class=\"\"></p>" },
		{ "<div><textarea/><div/><script src='/a.js'/><span>x</span></div>",
			"<div><textarea></textarea><div></div><script src=\"/a.js\"></script><span>x</span></div>" },
		{ "<div><script src='/a.js'> </script></div>", "<div><script src=\"/a.js\"></script></div>" },
		{ "<div><textarea>\n\nx</textarea><pre>\ny</pre><p>\nz</p></div>", "<div><textarea>\n\n\nx</textarea><pre>\n\ny</pre><p>\nz</p></div>" },
		{ "<input checked='checked' disabled='' required='required' value='' hidden='until-found'/>",
			"<input checked disabled required value=\"\" hidden=\"until-found\">" },
		{ "<p><svg xmlns='" SVG "' viewBox='0 0 1 1' hidden=''><path d='M0 0'/><g><a href='/x'>y</a></g></svg><br/></p>",
			"<p><svg xmlns=\"" SVG "\" viewBox=\"0 0 1 1\" hidden=\"\"><path d=\"M0 0\"/><g><a href=\"/x\">y</a></g></svg><br></p>" },
		{ "<p><svg><br/></svg></p>", "<p><svg xmlns=\"" SVG "\"><br/></svg></p>" },
		{ "<p><a href='/a?b=1&amp;c=2'>x</a><a href='mailto:a@b.example'/><a href='data-sheet'/></p>",
			"<p><a href=\"/a?b=1&amp;c=2\">x</a><a href=\"mailto:a@b.example\"></a><a href=\"data-sheet\"></a></p>" },
		{ "<p title='javascript: what it is' content='data: none'>javascript:x</p>", "<p title=\"javascript: what it is\" content=\"data: none\">javascript:x</p>" },
		{ "<p><![CDATA[<b>]]></p>", "<p>&lt;b&gt;</p>" },
		{ "<p data-on='1' one='2'/>", NULL },
	};
	void *ctx = talloc_new(NULL);
	struct error error;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(page(ctx, cases[i][0], &error), cases[i][1] ? talloc_asprintf(ctx, TOP "%s\n", cases[i][1]) : "!html.refused");
	talloc_free(ctx);
}

static void test_refused(void **state)
{
	static const char *const cases[] = {
		"<p style='color:red'/>", "<p STYLE=''/>", "<p onclick='x()'/>", "<svg xmlns='" SVG "' onload='x()'/>", "<p OnClick=''/>",
		"<a href='javascript:x()'/>", "<a href=' \t JavaScript:x()'/>", "<a href='java&#10;script:x()'/>", "<a href='&#9;j&#13;avascript:x'/>",
		"<a href='data:text/html,x'/>", "<a href='DATA:,'/>", "<a href='vbscript:x'/>", "<img src='data:image/png;base64,x'/>",
		"<form action='javascript:x'/>", "<button formaction='javascript:x'/>", "<img srcset='/a.png 1x, javascript:x 2x'/>",
		"<img srcset='/a.png, data:,x'/>", "<a ping='/a data:x'/>", "<svg xmlns='" SVG "'><a HREF='javascript:x'/></svg>",
		"<svg xmlns='" SVG "' xmlns:l='http://www.w3.org/1999/xlink'><a l:href='/x'/></svg>",
		"<script>x</script>", "<style>p{}</style>", "<SCRIPT>x</SCRIPT>", "<script><b/></script>", "<svg xmlns='" SVG "'><script/></svg>",
		"<svg xmlns='" SVG "'><style> </style></svg>", "<svg xmlns='" SVG "'><foreignObject/></svg>", "<svg><ForeignObject/></svg>",
		"<svg xmlns='" SVG "'><set/></svg>", "<svg><animate/></svg>",
		"<p><!-- x --></p>", "<p><?php x?></p>", "<!-- x --><p/>", "<p/><?x?>",
		"<br>x</br>", "<p><input><b/></input></p>", "<iframe/>", "<IFrame/>", "<iframe srcdoc='x'/>", "<p srcdoc='x'/>", "<object/>", "<embed/>",
		"<base/>", "<xmp/>", "<plaintext/>", "<noembed/>", "<q:p xmlns:q='urn:x'/>", "<path xmlns='" SVG "'/>", "<p xml:lang='en'/>",
		"<p xmlns:n='" NS_NOTE "' n:name='x'/>", "<p><b><i><u onfocus=''/></i></b></p>",
	};
	void *ctx = talloc_new(NULL);
	struct error error;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(page(ctx, cases[i], &error), "!html.refused");
	talloc_free(ctx);
}

/* The lists are searched by first letter, so they must be in its order. */
static void test_lists(void **state)
{
	const char *const *list;

	(void)state;
	for (list = html_void_elements; list[1]; list++)
		assert_true(strcmp(list[0], list[1]) < 0);
	for (list = html_boolean_attributes; list[1]; list++)
		assert_true(strcmp(list[0], list[1]) < 0);
}

static void test_large(void **state)
{
	struct xml_doc *doc = xml_new(NULL, "table");
	struct error error;
	xml_node *row;
	char *html;
	size_t length;
	int i;

	(void)state;
	for (i = 0; i < 10000; i++) {
		row = xml_add(xml_root(doc), "tr");
		xml_set(row, "class", "row");
		xml_add_text(row, "td", "a & b");
	}
	html = html_write(doc, doc, &length, &error);
	assert_int_equal(length, strlen(TOP "<table></table>\n") + 10000 * strlen("<tr class=\"row\"><td>a &amp; b</td></tr>"));
	assert_string_equal(html + length - 9, "</table>\n");
	talloc_free(doc);
}

static int start(void **state)
{
	(void)state;
	xml_start();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_written), cmocka_unit_test(test_refused), cmocka_unit_test(test_lists), cmocka_unit_test(test_large),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, start, NULL);
}
