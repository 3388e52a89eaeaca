#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>
#include <cmocka.h>
#include <talloc.h>
#include "adapter/xslt.h"

#define HEAD "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform' xmlns:exsl='http://exslt.org/common' " \
	"xmlns:str='http://exslt.org/strings' xmlns:date='http://exslt.org/dates-and-times' xmlns:set='http://exslt.org/sets' " \
	"xmlns:math='http://exslt.org/math' xmlns:dyn='http://exslt.org/dynamic' exclude-result-prefixes='exsl str date set math dyn'>"
#define TAIL "</xsl:stylesheet>"
#define ROOT(body) HEAD "<xsl:template match='/'><out>" body "</out></xsl:template>" TAIL

static char folder[] = "/tmp/test-xslt-XXXXXX", *own, *shared;

static void put(const char *where, const char *name, const char *text)
{
	char *path = talloc_asprintf(NULL, "%s/%s", where, name);
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
	fclose(file);
	talloc_free(path);
}

static int start(void **state)
{
	(void)state;
	xml_start();
	xslt_start();
	xml_close_doors();
	if (!mkdtemp(folder))
		return -1;
	own = talloc_asprintf(NULL, "%s/own", folder);
	shared = talloc_asprintf(NULL, "%s/shared", folder);
	return mkdir(own, 0700) || mkdir(shared, 0700);
}

static int stop(void **state)
{
	static const char *const files[] = { "own/main.xsl", "own/both.xsl", "own/broken.xsl", "shared/both.xsl", "shared/parts.xsl", "shared/deep.xsl", "secret.xml", "written" };
	size_t i;
	int left = 0;

	(void)state;
	for (i = 0; i < sizeof files / sizeof *files; i++) {
		char *path = talloc_asprintf(own, "%s/%s", folder, files[i]);

		left += strcmp(files[i], "written") == 0 && access(path, F_OK) == 0;
		unlink(path);
	}
	rmdir(own);
	rmdir(shared);
	left += rmdir(folder) != 0;
	talloc_free(own);
	talloc_free(shared);
	return left;
}

static struct xml_doc *source(void *ctx, const char *text)
{
	struct error error;

	return xml_read_own(ctx, text, strlen(text), "source", &error);
}

/* Compiles and runs a stylesheet from a file: the result, or "!code". */
static const char *run(void *ctx, const char *sheet, const char *input, struct error *error)
{
	char *path = talloc_asprintf(ctx, "%s/main.xsl", own);
	struct xml_doc *result;
	struct xslt *xslt;

	put(own, "main.xsl", sheet);
	xslt = xslt_read(ctx, path, shared, error);
	result = xslt ? xslt_apply(ctx, xslt, source(ctx, input), error) : NULL;
	if (!result) {
		assert_true(error->say[0]);
		assert_non_null(strstr(error->where, ".xsl"));
		return talloc_asprintf(ctx, "!%s", error->code);
	}
	return xml_write(ctx, xml_root(result), NULL);
}

static void test_transforms(void **state)
{
	static const char *const cases[][2] = {
		{ ROOT("<xsl:value-of select='/a/b'/>"), "<out>&lt;x&gt;</out>" },
		{ ROOT("<x y='{/a/@t}'/>"), "<out><x y=\"1\"/></out>" },
		{ ROOT("<xsl:value-of select='count(exsl:node-set(/a)/b)'/>"), "<out>1</out>" },
		{ ROOT("<xsl:for-each select=\"str:tokenize('a b', ' ')\"><xsl:value-of select='.'/>;</xsl:for-each>"), "<out>a;b;</out>" },
		{ ROOT("<xsl:value-of select=\"date:add('2026-01-31', 'P1M')\"/>"), "<out>2026-02-28</out>" },
		{ ROOT("<xsl:value-of select='count(set:distinct(/a/c))'/>"), "<out>1</out>" },
		{ ROOT("<xsl:message>said</xsl:message>on"), "<out>on</out>" },
		{ ROOT("<p title='the document (final)'>documents(x)</p>"), "<out><p title=\"the document (final)\">documents(x)</p></out>" },
		{ HEAD "<xsl:strip-space elements='*'/><xsl:template match='/'><out><xsl:value-of select='count(//text())'/></out></xsl:template>" TAIL, "<out>3</out>" },
	};
	void *ctx = talloc_new(NULL);
	struct error error;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(run(ctx, cases[i][0], "<a t='1'> <b>&lt;x></b><c>1</c><c>1</c></a>", &error), cases[i][1]);
	talloc_free(ctx);
}

static void test_refused(void **state)
{
	static const char *const cases[][2] = {
		{ ROOT("<xsl:value-of select='/a' disable-output-escaping='yes'/>"), "!xslt.refused" },
		{ ROOT("<xsl:text disable-output-escaping='no'>x</xsl:text>"), "!xslt.refused" },
		{ ROOT("<xsl:copy-of select=\"document('secret.xml')\"/>"), "!xslt.refused" },
		{ ROOT("<xsl:copy-of select=\"document ('')\"/>"), "!xslt.refused" },
		{ ROOT("<x y=\"{document('secret.xml')}\"/>"), "!xslt.refused" },
		{ ROOT("<xsl:document href='written'>x</xsl:document>"), "!xslt.refused" },
		{ ROOT("<exsl:document href='written'>x</exsl:document>"), "!xslt.refused" },
		{ ROOT("<x xsl:extension-element-prefixes='exsl'/>"), "!xslt.refused" },
		{ HEAD "<xsl:import href='../secret.xml'/>" TAIL, "!xslt.refused" },
		{ HEAD "<xsl:include href='/etc/passwd'/>" TAIL, "!xslt.refused" },
		{ HEAD "<xsl:include href='http://127.0.0.1:9/x.xsl'/>" TAIL, "!xslt.refused" },
		{ HEAD "<xsl:include href='file:secret.xml'/>" TAIL, "!xslt.refused" },
		{ HEAD "<xsl:include href=''/>" TAIL, "!xslt.refused" },
		{ HEAD "<xsl:include/>" TAIL, "!xslt.refused" },
		{ HEAD "<xsl:import href='nothing.xsl'/>" TAIL, "!xml.file" },
		{ HEAD "<xsl:import href='parts.xsl' xml:base='http://127.0.0.1:9/'/>" TAIL, "!xslt.compile" },
		{ HEAD "<xsl:import href='main.xsl'/>" TAIL, "!xslt.compile" },
		{ HEAD "<xsl:template match='/'><xsl:nothing/></xsl:template>" TAIL, "!xslt.compile" },
		{ ROOT("<xsl:value-of select='1 +'/>"), "!xslt.compile" },
		{ ROOT("<xsl:value-of/>"), "!xslt.compile" },
		{ ROOT("<x y='{'/>"), "!xslt.compile" },
		{ HEAD "<xsl:template match='a['/>" TAIL, "!xslt.compile" },
		{ HEAD "<xsl:template name='a'/><xsl:template name='a'/>" TAIL, "!xslt.compile" },
		{ HEAD, "!xml.syntax" },
		{ "<a><b></a>", "!xml.syntax" },
		{ "<a/>", "!xslt.compile" },
		{ "<!DOCTYPE xsl:stylesheet [<!ENTITY x SYSTEM 'secret.xml'>]>" ROOT("&x;"), "!xml.doctype" },
	};
	void *ctx = talloc_new(NULL);
	struct error error;
	size_t i;

	(void)state;
	put(folder, "secret.xml", "<secret/>");
	put(shared, "parts.xsl", HEAD TAIL);
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_string_equal(run(ctx, cases[i][0], "<a/>", &error), cases[i][1]);
		assert_int_equal(error.kind == ERROR_FAULT || error.kind == ERROR_MISSING, 1);
	}
	talloc_free(ctx);
}

/* What a scan can't see must fail when it is run. */
static void test_runtime(void **state)
{
	static const char *const cases[][3] = {
		{ ROOT("<xsl:message terminate='yes'>No such kind: x</xsl:message>"), "!xslt.message", "No such kind: x" },
		{ ROOT("<xsl:message terminate='yes'/>"), "!xslt.message", "The page cannot be made." },
		{ ROOT("<xsl:value-of select='math:max(/a)'/>"), "!xslt.run", NULL },
		{ ROOT("<xsl:value-of select='dyn:evaluate(/a)'/>"), "!xslt.run", NULL },
		{ ROOT("<xsl:value-of select='nothing(/a)'/>"), "!xslt.run", NULL },
		{ ROOT("<xsl:value-of select='$nothing'/>"), "!xslt.run", NULL },
		{ ROOT("<xsl:call-template name='nothing'/>"), "!xslt.run", NULL },
		{ HEAD "<xsl:template match='/'><xsl:call-template name='t'/></xsl:template><xsl:template name='t'><xsl:call-template name='t'/></xsl:template>" TAIL,
			"!xslt.limit", NULL },
		{ ROOT("<xsl:value-of select='count(//*[count(//*[count(//*[count(//*)])])])'/>"), "!xslt.limit", NULL },
	};
	char *input = talloc_strdup(NULL, "<a>");
	struct error error;
	size_t i;

	(void)state;
	for (i = 0; i < 300; i++)
		input = talloc_strdup_append_buffer(input, "<b/>");
	input = talloc_strdup_append_buffer(input, "</a>");
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_string_equal(run(input, cases[i][0], input, &error), cases[i][1]);
		if (cases[i][2])
			assert_string_equal(error.say, cases[i][2]);
		assert_int_equal(error.kind, ERROR_FAULT);
	}
	talloc_free(input);
}

/* Own folder first, then the shared one; what is imported from there goes the same way. */
static void test_imports(void **state)
{
	void *ctx = talloc_new(NULL);
	struct error error;

	(void)state;
	put(own, "both.xsl", HEAD "<xsl:template name='both'>own</xsl:template>" TAIL);
	put(shared, "both.xsl", HEAD "<xsl:template name='both'>shared</xsl:template>" TAIL);
	put(shared, "parts.xsl", HEAD "<xsl:include href='deep.xsl'/>" TAIL);
	put(shared, "deep.xsl", HEAD "<xsl:template name='deep'>deep</xsl:template>" TAIL);
	assert_string_equal(run(ctx, HEAD "<xsl:import href='parts.xsl'/><xsl:include href='both.xsl'/><xsl:template match='/'><out>"
		"<xsl:call-template name='both'/>-<xsl:call-template name='deep'/></out></xsl:template>" TAIL, "<a/>", &error), "<out>own-deep</out>");
	/* A broken one in the own folder is not passed over. */
	put(own, "broken.xsl", "<a>");
	assert_string_equal(talloc_strdup(ctx, xslt_read(ctx, talloc_asprintf(ctx, "%s/broken.xsl", own), shared, &error) ? "" : error.code), "xml.syntax");
	talloc_free(ctx);
}

static void test_from_doc(void **state)
{
	void *ctx = talloc_new(NULL);
	struct xml_doc *doc = source(ctx, HEAD "<xsl:include href='both.xsl'/><xsl:template match='/'><out><xsl:call-template name='both'/></out></xsl:template>" TAIL);
	struct error error;
	struct xml_doc *result;
	struct xslt *xslt;
	int i;

	(void)state;
	put(shared, "both.xsl", HEAD "<xsl:template name='both'>shared</xsl:template>" TAIL);
	xslt = xslt_from_doc(ctx, doc, "form demo/return", shared, &error);
	assert_non_null(xslt);
	talloc_free(doc);
	for (i = 0; i < 3; i++) {
		result = xslt_apply(NULL, xslt, source(ctx, "<a/>"), &error);
		assert_string_equal(xml_write(ctx, xml_root(result), NULL), "<out>shared</out>");
		/* A result outlives its stylesheet: nothing of it may be the stylesheet's. */
		if (i == 2)
			talloc_free(xslt);
		assert_string_equal(xml_write(ctx, xml_root(result), NULL), "<out>shared</out>");
		talloc_free(result);
	}
	doc = source(ctx, ROOT("<xsl:value-of select=')'/>"));
	assert_null(xslt_from_doc(ctx, doc, "form demo/return", shared, &error));
	assert_string_equal(error.where, "form demo/return");
	assert_string_equal(error.code, "xslt.compile");
	talloc_free(ctx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_transforms), cmocka_unit_test(test_refused), cmocka_unit_test(test_runtime), cmocka_unit_test(test_imports),
		cmocka_unit_test(test_from_doc),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, start, stop);
}
