#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include <talloc.h>
#include "base/multipart.h"

/* Parts as "name=value|name=value"; a file as "name<file,type>=value"; a failure as "!status code". */
static char *show(void *ctx, const struct parts *parts, const struct error *error)
{
	char *out = talloc_strdup(ctx, "");
	if (!parts)
		return talloc_asprintf(ctx, "!%d %s", error_status(error->kind), error->code);
	for (int i = 0; i < parts->count; i++) {
		const struct part *p = &parts->list[i];
		assert_int_equal(p->value[p->length], '\0');
		out = talloc_asprintf_append(out, "%s%s", i ? "|" : "", p->name);
		if (p->file_name)
			out = talloc_asprintf_append(out, "<%s,%s>", p->file_name, p->type ? p->type : "");
		out = talloc_asprintf_append(out, "=%s", p->value);
	}
	return out;
}

static void check(size_t row, char *got, const char *want)
{
	if (strcmp(got, want) != 0)
		fail_msg("row %zu: got “%s”, want “%s”", row, got, want);
}

static const struct { const char *body, *want; } urlencoded[] = {
	{"", ""},
	{"a=1", "a=1"},
	{"a=1&b=2", "a=1|b=2"},
	{"a=1&&b=2&", "a=1|b=2"},
	{"a=1&a=2", "a=1|a=2"},
	{"a", "a="},
	{"a=", "a="},
	{"=x", "=x"},
	{"a=b=c", "a=b=c"},
	{"a=one+two%20three", "a=one two three"},
	{"events.event.2.kind=x%2By", "events.event.2.kind=x+y"},
	{"a=%C3%A9", "a=é"},
	{"%C3%A9=1", "é=1"},
	{"a=%0D%0Ab%0Dc%0Ad", "a=\nb\nc\nd"},
	{"a=one%0Btwo%0Cthree", "a=one\ntwo\nthree"},      /* as Word and PowerPoint give them to a clipboard */
	{"a=Featherstone%1EHaugh+safe%1Fguarding%1F", "a=Featherstone-Haugh safeguarding"},
	{"a=%", "!400 request.form"},
	{"a=%4", "!400 request.form"},
	{"a=%zz", "!400 request.form"},
	{"a%zz=1", "!400 request.form"},
	{"a=1&b=%4", "!400 request.form"},
	{"a=%00", "!400 request.text"},
	{"%00=a", "!400 request.text"},
	{"a=%01", "!400 request.text"},
	{"a=%C3", "!400 request.text"},
	{"a=%ED%A0%80", "!400 request.text"},
	{"a=%EF%BF%BF", "!400 request.text"},
	{"a&b&c&d&e", "a=|b=|c=|d=|e="},
	{"a&b&c&d&e&f", "!400 request.parts"},
};

static void test_urlencoded(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof urlencoded / sizeof urlencoded[0]; i++) {
		void *ctx = talloc_new(NULL);
		struct error error = {0};
		const char *body = urlencoded[i].body;
		char *copy = talloc_memdup(ctx, body, strlen(body));   /* no NUL behind it */
		check(i, show(ctx, multipart_urlencoded(ctx, copy, strlen(body), 5, &error), &error), urlencoded[i].want);
		talloc_free(ctx);
	}
}

static void test_nul_in_body(void **state)
{
	(void)state;
	struct error error = {0};
	assert_null(multipart_urlencoded(NULL, "a=b\0c", 5, 5, &error));
	assert_string_equal(error.code, "request.text");
}

#define TYPE "multipart/form-data; boundary=XX"
#define FIELD(name, value) "--XX\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" value "\r\n"
#define FILE_PART(file, value) "--XX\r\nContent-Disposition: form-data; name=\"f\"; filename=\"" file "\"\r\nContent-Type: text/xml\r\n\r\n" value "\r\n"
#define END "--XX--\r\n"

static const struct { const char *type, *body, *want; } forms[] = {
	{TYPE, END, ""},
	{TYPE, FIELD("a", "1") END, "a=1"},
	{TYPE, FIELD("a", "1") FIELD("b", "2") END, "a=1|b=2"},
	{TYPE, FIELD("a", "1") FIELD("a", "2") "--XX--", "a=1|a=2"},
	{TYPE, FIELD("a", "1") END "epilogue", "a=1"},
	{TYPE, FIELD("a", "") END, "a="},
	{TYPE, FIELD("a", "one\r\ntwo\rthree") END, "a=one\ntwo\nthree"},
	{TYPE, FIELD("a", "one\vtwo\x1e" "2\x1f") END, "a=one\ntwo-2"},
	{TYPE, FIELD("a", "x--XX") END, "a=x--XX"},
	{TYPE, FIELD("a", "--XX") END, "!400 request.form"},   /* RFC 2046: never at the start of a line inside a part */
	{TYPE, FIELD("a", "\r\n--X") END, "a=\n--X"},
	{TYPE, FIELD("q%22q", "1") END, "q\"q=1"},
	{TYPE, FILE_PART("r.xml", "<a/>\r\n") END, "f<r.xml,text/xml>=<a/>\r\n"},
	{TYPE, FILE_PART("a%22b.xml", "\x80\xff") END, "f<a\"b.xml,text/xml>=\x80\xff"},
	{TYPE, FILE_PART("", "") END, "f<,text/xml>="},
	/* an empty line before the first boundary; names of files as RFC 8187 has them, alone or beside the plain one */
	{TYPE, "\r\n" FIELD("a", "1") END, "a=1"},
	{TYPE, "\r\n\r\n" FIELD("a", "1") END, "!400 request.form"},
	{TYPE, "\r\n", "!400 request.form"},
	{TYPE, "--XX\r\nContent-Disposition: form-data; name=\"f\"; filename*=utf-8''d%C5%B5r%20%.txt\r\n\r\nb\x80\r\n" END, "f<d\xc5\xb5r %.txt,>=b\x80"},
	{TYPE, "--XX\r\nContent-Disposition: form-data; name=f; filename=\"x.txt\"; filename*=UTF-8'cy'%C5%B5.txt\r\n\r\n1\r\n" END, "f<\xc5\xb5.txt,>=1"},
	{TYPE, "--XX\r\nContent-Disposition: form-data; name=f; filename=\"x.txt\"; filename*=ISO-8859-1''%E9.txt\r\n\r\n1\r\n" END, "f<x.txt,>=1"},
	{TYPE, "--XX\r\nContent-Disposition: form-data; name=f; filename*=ISO-8859-1''%E9.txt\r\n\r\n1\r\n" END, "f<,>=1"},
	{TYPE, "--XX\r\nContent-Disposition: form-data; name=f; filename*=UTF-8''%FF\r\n\r\n1\r\n" END, "!400 request.text"},
	{TYPE, "--XX\r\nContent-Disposition: form-data; name=f; filename*=UTF-8''%00x\r\n\r\n1\r\n" END, "f<,>=1"},
	{"multipart/form-data; charset=utf-8; boundary=\"X X\"", "--X X\r\ncontent-disposition: form-data; name=a\r\n\r\n1\r\n--X X--", "a=1"},
	{"multipart/form-data", FIELD("a", "1") END, "!400 request.form"},
	{"multipart/mixed; boundary=XX", FIELD("a", "1") END, "!400 request.form"},
	{"multipart/form-data; boundary=", "--\r\n", "!400 request.form"},
	{"multipart/form-data; boundary=\"XX", FIELD("a", "1") END, "!400 request.form"},
	{"multipart/form-data; notboundary=XX", FIELD("a", "1") END, "!400 request.form"},
	{"multipart/form-data; boundary=01234567890123456789012345678901234567890123456789012345678901234567890", "", "!400 request.form"},
	{TYPE, "", "!400 request.form"},
	{TYPE, "--X", "!400 request.form"},
	{TYPE, "--XX", "!400 request.form"},
	{TYPE, "preamble\r\n" FIELD("a", "1") END, "!400 request.form"},
	{TYPE, FIELD("a", "1"), "!400 request.form"},
	{TYPE, FIELD("a", "1") "--XX", "!400 request.form"},
	{TYPE, FIELD("a", "1") "--XXY\r\n", "!400 request.form"},
	{TYPE, "--XX\r\n\r\n1\r\n" END, "!400 request.form"},
	{TYPE, "--XX\r\nContent-Disposition: form-data; name=\"a\"", "!400 request.form"},
	{TYPE, "--XX\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n" END, "!400 request.form"},
	{TYPE, "--XX\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n" END, "!400 request.form"},
	{TYPE, "--XX\r\nContent-Disposition: form-data\r\n\r\n1\r\n" END, "!400 request.form"},
	{TYPE, "--XX\r\nnonsense\r\n\r\n1\r\n" END, "!400 request.form"},
	{TYPE, "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64\r\n\r\nMQ==\r\n" END, "!400 request.form"},
	{TYPE, "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n1\r\n" END, "!400 request.form"},
	{TYPE, FIELD("a", "\x80") END, "!400 request.text"},
	{TYPE, FIELD("\x80", "1") END, "!400 request.text"},
	{TYPE, FIELD("a", "1") FIELD("a", "1") FIELD("a", "1") FIELD("a", "1") FIELD("a", "1") FIELD("a", "1") END, "!400 request.parts"},
};

static void test_forms(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
		void *ctx = talloc_new(NULL);
		struct error error = {0};
		char *copy = talloc_memdup(ctx, forms[i].body, strlen(forms[i].body));
		check(i, show(ctx, multipart_form(ctx, forms[i].type, copy, strlen(forms[i].body), 5, &error), &error), forms[i].want);
		talloc_free(ctx);
	}
}

/* Every cut of a good body is refused and reads nothing beyond its end (ASan watches). */
static void test_every_cut(void **state)
{
	(void)state;
	static const char whole[] = FIELD("a", "1") FILE_PART("r.xml", "<a/>") "--XX--";
	for (size_t n = 0; n < sizeof whole - 1; n++) {
		void *ctx = talloc_new(NULL);
		struct error error = {0};
		char *copy = talloc_memdup(ctx, whole, n);
		assert_null(multipart_form(ctx, TYPE, copy, n, 5, &error));
		assert_int_equal(error_status(error.kind), 400);
		talloc_free(ctx);
	}
}

static void test_file_with_nul(void **state)
{
	(void)state;
	static const char body[] = FILE_PART("r.xml", "a\0b") END;
	struct error error = {0};
	struct parts *parts = multipart_form(NULL, TYPE, body, sizeof body - 1, 5, &error);
	assert_non_null(parts);
	assert_int_equal(parts->list[0].length, 3);
	assert_memory_equal(parts->list[0].value, "a\0b", 4);
	talloc_free(parts);
}

static void test_lookup(void **state)
{
	(void)state;
	static const char body[] = "a=1&b=x&a=2&c=&a=3";
	struct error error = {0};
	struct parts *parts = multipart_urlencoded(NULL, body, sizeof body - 1, 9, &error);
	assert_string_equal(parts_get(parts, "a"), "1");
	assert_string_equal(parts_join(parts, parts, "a"), "1 2 3");
	assert_string_equal(parts_join(parts, parts, "c"), "");
	assert_null(parts_get(parts, "d"));
	assert_null(parts_join(parts, parts, "d"));
	assert_true(parts_has(parts, "c"));
	assert_false(parts_has(parts, "A"));
	talloc_free(parts);
}

static void test_many(void **state)
{
	(void)state;
	char *body = talloc_strdup(NULL, "");
	for (int i = 0; i < 1000; i++)
		body = talloc_asprintf_append_buffer(body, "n%d=v%d&", i, i);
	struct error error = {0};
	struct parts *parts = multipart_urlencoded(body, body, strlen(body), 1000, &error);
	assert_non_null(parts);
	assert_int_equal(parts->count, 1000);
	assert_string_equal(parts_get(parts, "n999"), "v999");
	assert_null(multipart_urlencoded(body, body, strlen(body), 999, &error));
	talloc_free(body);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_urlencoded),
		cmocka_unit_test(test_nul_in_body),
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_every_cut),
		cmocka_unit_test(test_file_with_nul),
		cmocka_unit_test(test_lookup),
		cmocka_unit_test(test_many),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
