/* What strangers send. Every document is made here, in memory; none may be accepted, each must be refused for the right reason, at once
 * and with little memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>
#include <talloc.h>
#include "adapter/xml.h"

struct bytes {
	char *text;
	size_t length;
};

static struct bytes text(void *ctx, const char *format, ...) __attribute__((format(printf, 2, 3)));
static struct bytes text(void *ctx, const char *format, ...)
{
	struct bytes made;
	va_list list;

	va_start(list, format);
	made.text = talloc_vasprintf(ctx, format, list);
	va_end(list);
	made.length = strlen(made.text);
	return made;
}

/* before, piece n times, after; "%d" in the piece is the number. */
static struct bytes many(void *ctx, const char *before, const char *piece, int n, const char *after)
{
	size_t size = strlen(before) + (size_t)n * (strlen(piece) + 10) + strlen(after) + 1, used;
	const char *number = strstr(piece, "%d");
	char *made = talloc_array(ctx, char, size);
	int i;

	used = (size_t)snprintf(made, size, "%s", before);
	for (i = 0; i < n; i++) {
		if (number)
			used += (size_t)snprintf(made + used, size - used, "%.*s%d%s", (int)(number - piece), piece, i, number + 2);
		else
			used += (size_t)snprintf(made + used, size - used, "%s", piece);
	}
	used += (size_t)snprintf(made + used, size - used, "%s", after);
	return (struct bytes){ made, used };
}

static struct bytes filled(void *ctx, const char *before, char with, size_t n, const char *after)
{
	char *middle = talloc_array(ctx, char, n + 1);

	memset(middle, with, n);
	middle[n] = '\0';
	return text(ctx, "%s%s%s", before, middle, after);
}

/* ASCII with each character in so many bytes, the byte itself at an offset: UTF-16 and UTF-32. */
static struct bytes wide(void *ctx, const char *mark, size_t mark_length, const char *plain, size_t width, size_t at)
{
	size_t i, n = strlen(plain);
	char *made = talloc_zero_array(ctx, char, mark_length + n * width);

	memcpy(made, mark, mark_length);
	for (i = 0; i < n; i++)
		made[mark_length + i * width + at] = plain[i];
	return (struct bytes){ made, mark_length + n * width };
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void refused(const char *what, struct bytes bytes, const char *code)
{
	struct error error = { .kind = ERROR_NONE };
	double start = seconds();
	struct xml_doc *doc = xml_read(NULL, bytes.text, bytes.length, &error);

	if (doc)
		fail_msg("%s is accepted", what);
	if (strcmp(error.code, code) != 0)
		fail_msg("%s: %s instead of %s", what, error.code, code);
	assert_int_equal(error.kind, ERROR_MALFORMED);
	assert_true(error.say[0]);
	if (seconds() - start > 2)
		fail_msg("%s takes %.1f s", what, seconds() - start);
}

struct fixed {
	const char *bytes;
	size_t length;      /* 0: up to the NUL */
	const char *code;
};

static void all_refused(const struct fixed *cases, size_t count)
{
	char what[80];
	size_t i;

	for (i = 0; i < count; i++) {
		struct bytes bytes = { (char *)cases[i].bytes, cases[i].length ? cases[i].length : strlen(cases[i].bytes) };

		snprintf(what, sizeof what, "case %zu: %.40s", i, cases[i].bytes);
		refused(what, bytes, cases[i].code);
	}
}
#define ALL_REFUSED(cases) all_refused(cases, sizeof cases / sizeof *cases)

static void test_entities(void **state)
{
	static const struct fixed cases[] = {
		{ "<!DOCTYPE l [<!ENTITY a 'x'>]><l>&a;</l>", 0, "xml.doctype" },
		{ "<!DOCTYPE l [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]><l b='&b;'/>", 0, "xml.doctype" },
		{ "<!DOCTYPE l [<!ENTITY % p '<!--x-->'>%p;]><l/>", 0, "xml.doctype" },
		{ "<!DOCTYPE l [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><l>&x;</l>", 0, "xml.doctype" },
		{ "<!DOCTYPE l [<!ENTITY x SYSTEM 'secret.txt'>]><l>&x;</l>", 0, "xml.doctype" },
		{ "<!DOCTYPE l [<!ENTITY x SYSTEM 'http://127.0.0.1:9/x'>]><l>&x;</l>", 0, "xml.doctype" },
		{ "<!DOCTYPE l [<!ENTITY % p SYSTEM 'file:///tmp/e.dtd'> %p;]><l>&send;</l>", 0, "xml.doctype" },
		{ "<!DOCTYPE l SYSTEM 'file:///tmp/e.dtd'><l/>", 0, "xml.doctype" },
		{ "<!DOCTYPE l PUBLIC '-//X//Y' 'http://127.0.0.1:9/'><l/>", 0, "xml.doctype" },
		{ "<!DOCTYPE a [<!ATTLIST a role CDATA 'admin'>]><a/>", 0, "xml.doctype" },
		{ "<!DOCTYPE a [<!ENTITY amp 'x'><!ENTITY lt 'y'>]><a>&amp;&lt;</a>", 0, "xml.doctype" },
		{ "<!DOCTYPE a [<!ENTITY x '&y;'><!ENTITY y '&x;'>]><a>&x;</a>", 0, "xml.doctype" },
		{ "<!DOCTYPE a [<!NOTATION n SYSTEM 'n'><!ENTITY x SYSTEM 'x' NDATA n>]><a/>", 0, "xml.doctype" },
		{ "<!DOCTYPE a><a/>", 0, "xml.doctype" },
		{ "<!doctype html><html></html>", 0, "xml.doctype" },
		{ "<a/><!DOCTYPE a>", 0, "xml.doctype" },
		{ "<a><!ENTITY x 'y'></a>", 0, "xml.doctype" },
		{ "<a><![INCLUDE[x]]></a>", 0, "xml.doctype" },
		{ "<a b='<!DOCTYPE x>'/>", 0, "xml.syntax" },
		{ "<a>&nbsp;</a>", 0, "xml.entity" },
		{ "<a b='&x;'/>", 0, "xml.entity" },
		{ "<a>%p;&#37;p;&</a>", 0, "xml.syntax" },
	};
	void *ctx = talloc_new(NULL);

	(void)state;
	ALL_REFUSED(cases);
	refused("billion laughs", many(ctx, "<!DOCTYPE l [<!ENTITY a0 'lol'>", "<!ENTITY b%d '&a0;&a0;&a0;&a0;&a0;&a0;&a0;&a0;'>", 9, "]><l>&b8;</l>"), "xml.doctype");
	refused("quadratic", many(ctx, "<!DOCTYPE l [<!ENTITY a 'AAAAAAAAAAAAAAAAAAAAAAAA'>]><l>", "&a;", 20000, "</l>"), "xml.doctype");
	refused("a doctype of 100,000", many(ctx, "<!DOCTYPE a [", "<!ELEMENT e%d ANY>", 100000, "]><a/>"), "xml.doctype");
	refused("a content model", many(ctx, "<!DOCTYPE a [<!ELEMENT a ", "(", 5000, "b]><a/>"), "xml.doctype");
	talloc_free(ctx);
}

static void test_instructions(void **state)
{
	static const struct fixed cases[] = {
		{ "<?xml-stylesheet type='text/xsl' href='http://127.0.0.1:9/x'?><a/>", 0, "xml.instruction" },
		{ "<a><?php echo 1 ?></a>", 0, "xml.instruction" },
		{ "<a/><?x?>", 0, "xml.instruction" },
		{ "<?xml version='1.0'?><?x?><a/>", 0, "xml.instruction" },
		{ "<a/><?xml version='1.0'?>", 0, "xml.instruction" },
		{ "<?xml?><a/>", 0, "xml.instruction" },
		{ " <?xml version='1.0'?><a/>", 0, "xml.instruction" },
		{ "<?xml version='1.1'?><a>&#1;</a>", 0, "xml.version" },
		{ "<?xml version='9.9'?><a/>", 0, "xml.version" },
		{ "<?xml version='1.0' <!DOCTYPE a> ?><a/>", 0, "xml.syntax" },
		{ "<?xml version='1.0'", 0, "xml.syntax" },
	};

	(void)state;
	ALL_REFUSED(cases);
}

static void test_encodings(void **state)
{
	static const char plain[] = "<?xml version='1.0'?><a>hi</a>";
	static const struct fixed cases[] = {
		{ "<?xml version='1.0' encoding='UTF-7'?><a>+ADw-b+AD4-</a>", 0, "xml.encoding" },
		{ "<?xml version='1.0' encoding='UTF-7'?>+ADw-a+AD4-", 0, "xml.encoding" },
		{ "<?xml version='1.0' encoding='ISO-8859-1'?><a>\xC3\xA9</a>", 0, "xml.encoding" },
		{ "<?xml version='1.0' encoding='UTF-16'?><a>plain</a>", 0, "xml.encoding" },
		{ "<?xml version='1.0' encoding='IBM037'?><a/>", 0, "xml.encoding" },
		{ "\x4C\x6F\xA7\x94\x93\x40", 0, "xml.encoding" },      /* EBCDIC */
		{ "<a>\xC0\xBC""b\xC0\xBE</a>", 0, "xml.encoding" },    /* overlong */
		{ "<a>\xE0\x80\xBC</a>", 0, "xml.encoding" },
		{ "<a>\xED\xA0\x80</a>", 0, "xml.encoding" },           /* surrogate */
		{ "<a>\xED\xA0\xBD\xED\xB8\x80</a>", 0, "xml.encoding" },
		{ "<a>\xFF\xFE\xFD</a>", 0, "xml.encoding" },
		{ "<a>\xEF\xBF\xBF</a>", 0, "xml.encoding" },           /* U+FFFF */
		{ "<a>\xF4\x90\x80\x80</a>", 0, "xml.encoding" },       /* beyond U+10FFFF */
		{ "<a>caf\xE9</a>", 0, "xml.encoding" },                /* Latin-1 */
		{ "<a>b\0c</a>", 10, "xml.encoding" },
		{ "<a>b</a>\0<evil/>", 16, "xml.encoding" },
		{ "\0<a/>", 5, "xml.encoding" },
		{ "<a>\x01\x08</a>", 0, "xml.character" },
		{ "<a>\x1B[0m</a>", 0, "xml.character" },
		{ "<a>&#0;</a>", 0, "xml.character" },
		{ "<a>&#1;</a>", 0, "xml.character" },
		{ "<a>&#xD800;</a>", 0, "xml.character" },
		{ "<a>&#xFFFF;</a>", 0, "xml.character" },
		{ "<a>&#x110000;</a>", 0, "xml.character" },
		{ "<a b='&#99999999999999999999;'/>", 0, "xml.character" },
		{ "\xEF\xBB\xBF\xEF\xBB\xBF<a/>", 0, "xml.syntax" },    /* two byte order marks */
		{ "\x1F\x8B\x08\0\0\0\0\0", 8, "xml.character" },       /* gzip */
		{ "PK\x03\x04", 0, "xml.character" },                   /* zip */
	};
	void *ctx = talloc_new(NULL);

	(void)state;
	ALL_REFUSED(cases);
	refused("UTF-16LE", wide(ctx, "\xFF\xFE", 2, plain, 2, 0), "xml.encoding");
	refused("UTF-16BE", wide(ctx, "\xFE\xFF", 2, plain, 2, 1), "xml.encoding");
	refused("UTF-16BE without mark", wide(ctx, "", 0, plain, 2, 1), "xml.encoding");
	refused("UTF-16LE without mark", wide(ctx, "", 0, plain, 2, 0), "xml.encoding");
	refused("UTF-32LE", wide(ctx, "\xFF\xFE\0\0", 4, plain, 4, 0), "xml.encoding");
	talloc_free(ctx);
}

static void test_namespaces(void **state)
{
	static const struct fixed cases[] = {
		{ "<a xmlns='urn:x'/>", 0, "xml.namespace" }, { "<a xmlns=''/>", 0, "xml.namespace" }, { "<a xmlns:p='urn:x'/>", 0, "xml.namespace" },
		{ "<p:a/>", 0, "xml.namespace" }, { "<a p:b='1'/>", 0, "xml.namespace" }, { "<a xml:id='i'/>", 0, "xml.namespace" },
		{ "<a xml:base='http://x/'/>", 0, "xml.namespace" }, { "<a xml:space='preserve'/>", 0, "xml.namespace" },
		{ "<a xmlns:xml='http://evil/'/>", 0, "xml.namespace" }, { "<a><b xmlns='../../x'/></a>", 0, "xml.namespace" },
		{ "<l xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='secret.txt' parse='text'/></l>", 0, "xml.namespace" },
		{ "<svg xmlns='http://www.w3.org/2000/svg'><script>x</script></svg>", 0, "xml.namespace" },
		{ "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'/>", 0, "xml.namespace" },
		{ "<:/>", 0, "xml.namespace" },
	};
	void *ctx = talloc_new(NULL);

	(void)state;
	ALL_REFUSED(cases);
	refused("20,000 namespaces", many(ctx, "<a ", "xmlns:a%d='u' ", 20000, "/>"), "xml.attributes");
	talloc_free(ctx);
}

static void test_shape(void **state)
{
	static const struct fixed cases[] = {
		{ "hello", 0, "xml.syntax" }, { " ", 0, "xml.syntax" }, { "{\"a\": 1}", 0, "xml.syntax" }, { "<", 0, "xml.syntax" }, { "<!", 0, "xml.doctype" },
		{ "<?", 0, "xml.instruction" }, { "<a", 0, "xml.syntax" }, { "<a>", 0, "xml.syntax" }, { "</a>", 0, "xml.syntax" }, { "<a/>x", 0, "xml.syntax" },
		{ "<a/><b/>", 0, "xml.syntax" }, { "<a><b></a></b>", 0, "xml.syntax" }, { "<a b=c/>", 0, "xml.syntax" }, { "<a b/>", 0, "xml.syntax" },
		{ "<a b='1' b='2'/>", 0, "xml.syntax" }, { "<a b='<'/>", 0, "xml.syntax" }, { "<a>]]></a>", 0, "xml.syntax" }, { "<a><!-- -- --></a>", 0, "xml.syntax" },
		{ "<a><!-- ", 0, "xml.syntax" }, { "<a><![CDATA[ ", 0, "xml.syntax" }, { "<1/>", 0, "xml.syntax" }, { "<a 1='x'/>", 0, "xml.syntax" },
		{ "<![CDATA[x]]>", 0, "xml.syntax" }, { "<a>&lt</a>", 0, "xml.syntax" }, { "<html><br><p>x</html>", 0, "xml.syntax" },
		{ "<a \"><!DOCTYPE x>\"></a>", 0, "xml.syntax" }, { "<a></a \"><!DOCTYPE x>", 0, "xml.syntax" }, { "<a></b>", 0, "xml.syntax" },
		{ "<a>x</a><!-- ", 0, "xml.syntax" }, { "<a b='1'c='2'/>", 0, "xml.syntax" },
	};
	struct error error;

	(void)state;
	ALL_REFUSED(cases);
	assert_null(xml_read(NULL, "", 0, &error));
	assert_string_equal(error.code, "xml.empty");
	assert_null(xml_read(NULL, "\xEF\xBB\xBF", 3, &error));
	assert_string_equal(error.code, "xml.empty");
}

static void test_sizes(void **state)
{
	void *ctx = talloc_new(NULL);

	(void)state;
	refused("depth 65", text(ctx, "%s%s", many(ctx, "", "<a>", 65, "").text, many(ctx, "", "</a>", 65, "").text), "xml.depth");
	refused("a million open tags", many(ctx, "", "<a>", 1000000, ""), "xml.depth");
	refused("a million siblings", many(ctx, "<r>", "<a/>", 1000000, "</r>"), "xml.nodes");
	refused("100,000 parts and one", many(ctx, "<r>", "<a/>", 100000, "</r>"), "xml.nodes");
	refused("50,000 attributes with elements", many(ctx, "<r>", "<a b=''/>", 50000, "</r>"), "xml.nodes");
	refused("60,000 texts", many(ctx, "<r>", "x<a/>", 60000, "</r>"), "xml.nodes");
	refused("65 attributes", many(ctx, "<a", " a%d='1'", 65, "/>"), "xml.attributes");
	refused("100,000 attributes", many(ctx, "<a", " a%d='1'", 100000, "/>"), "xml.attributes");
	refused("a name of 129", filled(ctx, "<", 'n', 129, "/>"), "xml.name");
	refused("a name of 60,000", filled(ctx, "<", 'n', 60000, "/>"), "xml.name");
	refused("an attribute's name of 129", filled(ctx, "<a b='' ", 'n', 129, "='1'/>"), "xml.name");
	refused("an attribute of 11 MB", filled(ctx, "<a b='", 'x', 11000000, "'/>"), "xml.tag");
	refused("an open attribute of 11 MB", filled(ctx, "<a b='", 'x', 11000000, ""), "xml.tag");
	refused("blanks in a tag", filled(ctx, "<a ", ' ', 11000000, "/>"), "xml.tag");
	refused("a text of 11 MB", filled(ctx, "<a>", 'x', 11000000, "</a>"), "xml.text");
	refused("a CDATA section of 11 MB", filled(ctx, "<a><![CDATA[", 'x', 11000000, "]]></a>"), "xml.text");
	refused("text in pieces", many(ctx, "<a>", "0123456789<!-- -->&lt;", 100000, "</a>"), "xml.text");
	refused("a comment of 11 MB", filled(ctx, "<a><!--", 'x', 11000000, "--></a>"), "xml.comment");
	refused("an open comment of 11 MB", filled(ctx, "<a><!--", 'x', 11000000, ""), "xml.comment");
	refused("an instruction of 11 MB", filled(ctx, "<a><?p ", 'x', 11000000, "?></a>"), "xml.instruction");
	refused("a million angles", filled(ctx, "", '<', 1000000, ""), "xml.tag");
	refused("xml:id", many(ctx, "<r>", "<a xml:id='i%d'/>", 20000, "</r>"), "xml.namespace");
	talloc_free(ctx);
}

/* The limits are where they are said to be: one less is read. */
static void test_just_allowed(void **state)
{
	void *ctx = talloc_new(NULL);
	struct bytes cases[] = {
		text(ctx, "%s%s", many(ctx, "", "<a>", 64, "").text, many(ctx, "", "</a>", 64, "").text),
		many(ctx, "<r>", "<a/>", 99999, "</r>"),
		many(ctx, "<a", " a%d='1'", 64, "/>"),
		filled(ctx, "<", 'n', 128, "/>"),
		filled(ctx, "<a b='", '=', 65000, "'/>"),
		filled(ctx, "<a>", 'x', 1 << 20, "</a>"),
		filled(ctx, "<a><!--", 'x', 65000, "--></a>"),
		many(ctx, "<r>", "\n\t<a/>", 99999, "\n</r>"),
		text(ctx, "<a><!-- <!DOCTYPE x> <?y?> ' \" --><![CDATA[<!DOCTYPE x><?y?>]]></a>"),
		text(ctx, "<a b='>' c=\"'/>\">'</a>"),
	};
	struct error error;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		if (!xml_read(ctx, cases[i].text, cases[i].length, &error))
			fail_msg("case %zu: %s", i, error.code);
	talloc_free(ctx);
}

/* No beginning of a document is a document, whatever byte is changed nothing breaks, and the libraries agree on what was read. */
static void test_cut_and_changed(void **state)
{
	static const char whole[] = "<?xml version='1.0' encoding='UTF-8'?><r id='x' v=\"1\"><!-- c --><a>t &amp; \xE2\x82\xAC</a><![CDATA[<x>]]><b/></r>";
	size_t length = sizeof whole - 1, i;
	char *changed = talloc_memdup(NULL, whole, sizeof whole), *written;
	struct xml_doc *doc, *own;
	struct error error;
	int bit;

	(void)state;
	for (i = 0; i < length; i++)
		assert_null(xml_read(NULL, whole, i, &error));
	for (i = 0; i < length; i++) {
		for (bit = 0; bit < 8; bit++) {
			changed[i] = (char)(whole[i] ^ 1 << bit);
			doc = xml_read(changed, changed, length, &error);
			written = doc ? xml_write(doc, xml_root(doc), NULL) : NULL;
			own = doc ? xml_read_own(doc, written, strlen(written), "own", &error) : NULL;
			if (doc) {
				assert_non_null(own);
				assert_string_equal(xml_write(doc, xml_root(own), NULL), written);
			}
			talloc_free(doc);
		}
		changed[i] = whole[i];
	}
	talloc_free(changed);
}

static void test_places(void **state)
{
	static const struct {
		const char *text;
		int line, column;
	} cases[] = {
		{ "<a>\n\n  <!DOCTYPE x>", 3, 3 }, { "<a>\r\n\xC3\xA9\xC3\xA9<?x?></a>", 2, 3 }, { "<a>\n<b c='1'\n x:y='2'/></a>", 2, 1 },
		{ "<a>\n  x\x01</a>", 2, 4 }, { "<a>\n<b></a>", 2, 6 }, { "<a>\r\r&x;</a>", 3, 1 }, { "<a/>\nx", 2, 1 },
	};
	struct error error;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_null(xml_read(NULL, cases[i].text, strlen(cases[i].text), &error));
		assert_int_equal(error.line, cases[i].line);
		assert_int_equal(error.column, cases[i].column);
	}
}

/* Beyond 65,535 lines the number stays at the last that a node can hold. */
static void test_line_numbers(void **state)
{
	struct bytes bytes = many(NULL, "<r>", "\n", 70000, "<a/></r>");
	struct error error;
	struct xml_doc *doc = xml_read(bytes.text, bytes.text, bytes.length, &error);

	(void)state;
	assert_int_equal(xml_line(xml_first(xml_root(doc))), 65535);
	talloc_free(bytes.text);
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
		cmocka_unit_test(test_entities), cmocka_unit_test(test_instructions), cmocka_unit_test(test_encodings), cmocka_unit_test(test_namespaces),
		cmocka_unit_test(test_shape), cmocka_unit_test(test_sizes), cmocka_unit_test(test_just_allowed), cmocka_unit_test(test_cut_and_changed),
		cmocka_unit_test(test_places), cmocka_unit_test(test_line_numbers),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, start, NULL);
}
