#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include <talloc.h>
#include "adapter/xml.h"

static const char form_text[] =
	"<return id='demo/return' version='1'><head><author>Jo</author><kind>b</kind></head>"
	"<events><event><id>E1</id><who>P1 P2</who><hours>3</hours></event><event><id>E2</id><who/><hours>4.5</hours></event></events></return>";
static const char register_text[] = "<register><entry id='P1' kind='party'/><entry id='P2' kind='party'/><entry id='L1' kind='place'/></register>";

static struct xml_doc *form, *reg;

static int call_join(void *ctx, void *data, int n, const struct xpath_value *args, struct xpath_value *result)
{
	char *all = talloc_strdup(ctx, data);
	int i;

	for (i = 0; i < n; i++)
		all = talloc_asprintf_append(all, "|%d:%d:%s:%d", args[i].kind, args[i].yes, args[i].text, args[i].count);
	*result = (struct xpath_value){ .kind = XPATH_STRING, .text = all };
	return 0;
}

static int call_twice(void *ctx, void *data, int n, const struct xpath_value *args, struct xpath_value *result)
{
	(void)ctx;
	(void)data;
	(void)n;
	*result = (struct xpath_value){ .kind = XPATH_NUMBER, .number = args[0].number * 2 };
	return 0;
}

static int call_filled(void *ctx, void *data, int n, const struct xpath_value *args, struct xpath_value *result)
{
	int i;

	(void)data;
	(void)n;
	result->kind = XPATH_NODES;
	result->nodes = talloc_array(ctx, xml_node *, (size_t)args[0].count + 1);
	for (i = 0; i < args[0].count; i++)
		if (*xml_plain(args[0].nodes[i]))
			result->nodes[result->count++] = args[0].nodes[i];
	return 0;
}

static int call_fail(void *ctx, void *data, int n, const struct xpath_value *args, struct xpath_value *result)
{
	(void)ctx;
	(void)data;
	(void)n;
	(void)args;
	(void)result;
	return -1;
}

static const struct xpath_function functions[] = {
	{ "join", 0, 9, call_join }, { "twice", 1, 1, call_twice }, { "filled", 1, 1, call_filled }, { "fail", 0, 0, call_fail },
};
static struct xpath_instance instances[2];
static const struct xpath_variable variables[] = { { "hostile", "' or 1=1 or '" }, { "name", "Jo" } };
static struct xpath_env env = { functions, 4, "data", instances, 2, variables, 2 };

static int start(void **state)
{
	struct error error;

	(void)state;
	xml_start();
	form = xml_read(NULL, form_text, strlen(form_text), &error);
	reg = xml_read(NULL, register_text, strlen(register_text), &error);
	instances[0] = (struct xpath_instance){ "register", reg };
	instances[1] = (struct xpath_instance){ "case", NULL };
	return form && reg ? 0 : -1;
}

static int stop(void **state)
{
	(void)state;
	talloc_free(form);
	talloc_free(reg);
	return 0;
}

/* The text of an expression evaluated at an element found by path; "!code" when it fails. */
static const char *value(void *ctx, const char *at, const char *expression)
{
	struct error error;
	struct xpath *x = xpath_compile(ctx, expression, &error);
	char *text = "untouched";

	if (!x || xpath_text(ctx, x, xml_find(xml_root(form), at), &env, &text, &error)) {
		assert_string_equal(text, "untouched");
		assert_true(error.say[0]);
		return talloc_asprintf(ctx, "!%s", error.code);
	}
	return text;
}

static void test_values(void **state)
{
	static const char *const cases[][3] = {
		{ "/return/head/kind", ".", "b" },
		{ "/return/head/kind", "../author", "Jo" },
		{ "/return/head/kind", "/return/events/event[2]/id", "E2" },
		{ "/return", "count(events/event)", "2" },
		{ "/return", "sum(events/event/hours)", "7.5" },
		{ "/return", "string(number('x'))", "NaN" },
		{ "/return", "position() = 1 and last() = 1", "true" },
		{ "/return", "$name", "Jo" },
		{ "/return", "count(//*[. = $hostile])", "0" },
		{ "/return", "$unknown", "!xpath.evaluate" },
		{ "/return", "count(instance('register')/entry)", "3" },
		{ "/return", "instance('register')/entry[@kind='place']/@id", "L1" },
		{ "/return", "count(instance('case'))", "0" },
		{ "/return", "count(instance('nothing')/x)", "0" },
		{ "/return", "instance()", "!xpath.evaluate" },
		{ "/return/events/event[1]/who", "count(instance('register')/entry[contains(concat(' ', current(), ' '), concat(' ', @id, ' '))])", "2" },
		{ "/return/events/event[2]/id", "//event[id = current()]/hours", "4.5" },
		{ "/return", "count(instance('register')/entry | events/event | .)", "6" },
		{ "/return/head/kind", "d:join()", "data" },
		{ "/return/head/kind", "d:join(., 'x', 7, true())", "data|3:1:b:1|2:1:x:0|1:1:7:0|0:1:true:0" },
		{ "/return/head/kind", "d:join(nothing, '', 0, false())", "data|3:0::0|2:0::0|1:0:0:0|0:0:false:0" },
		{ "/return", "d:twice(events/event[2]/hours)", "9" },
		{ "/return", "d:twice(d:twice('2'))", "8" },
		{ "/return", "count(d:filled(events/event/who))", "1" },
		{ "/return", "count(d:filled(instance('register')/entry))", "0" },
		{ "/return", "d:fail()", "!xpath.evaluate" },
		{ "/return", "d:twice()", "!xpath.evaluate" },
		{ "/return", "d:twice(1, 2)", "!xpath.evaluate" },
		{ "/return", "d:nothing()", "!xpath.evaluate" },
		{ "/return", "q:name", "!xpath.evaluate" },
		{ "/return", "nothing()", "!xpath.evaluate" },
		{ "/return", "document('/etc/passwd')", "!xpath.evaluate" },
		{ "/return", "1 +", "!xpath.syntax" },
		{ "/return", "", "!xpath.syntax" },
		{ "/return", "a]", "!xpath.syntax" },
		{ "/return", "'open", "!xpath.syntax" },
	};
	void *ctx = talloc_new(NULL);
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(value(ctx, cases[i][0], cases[i][1]), cases[i][2]);
	talloc_free(ctx);
}

/* libxml2 keeps the function in the compiled expression; another table must not be served by it. */
static void test_tables(void **state)
{
	static const struct xpath_function others[] = { { "twice", 1, 1, call_fail } };
	struct xpath_env other = { .functions = others, .function_count = 1 };
	struct error error;
	struct xpath *x = xpath_compile(NULL, "d:twice(3)", &error);
	char *text = NULL;

	(void)state;
	assert_int_equal(xpath_text(x, x, xml_root(form), &env, &text, &error), 0);
	assert_string_equal(text, "6");
	assert_int_equal(xpath_text(x, x, xml_root(form), &other, &text, &error), -1);
	assert_int_equal(xpath_text(x, x, xml_root(form), NULL, &text, &error), -1);
	assert_int_equal(xpath_text(x, x, xml_root(form), &env, &text, &error), 0);
	assert_string_equal(text, "6");
	talloc_free(x);
}

static void test_truth(void **state)
{
	static const struct {
		const char *expression;
		bool yes;
	} cases[] = {
		{ "true()", true }, { "events/event", true }, { "events/none", false }, { "''", false }, { "'false'", true }, { "0", false },
		/* A number is true unless it is 0: no comparison with a position. */
		{ "2", true }, { "head/kind = 'b'", true }, { "not(head/kind)", false }, { "$name = head/author", true },
	};
	struct error error;
	struct xpath *x;
	bool yes;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		x = xpath_compile(NULL, cases[i].expression, &error);
		yes = !cases[i].yes;
		assert_int_equal(xpath_test(x, xml_root(form), &env, &yes, &error), 0);
		assert_int_equal(yes, cases[i].yes);
		talloc_free(x);
	}
}

static void test_node_lists(void **state)
{
	void *ctx = talloc_new(NULL);
	xml_node **nodes = NULL;
	struct error error;
	int count = 77;

	(void)state;
	assert_int_equal(xpath_nodes(ctx, xpath_compile(ctx, "events/event[2]/preceding-sibling::* | events/event", &error), xml_root(form), &env,
		&nodes, &count, &error), 0);
	assert_int_equal(count, 2);
	assert_string_equal(xml_plain(xml_child(nodes[0], "id")), "E1");
	assert_int_equal(xpath_nodes(ctx, xpath_compile(ctx, "instance('register')/entry/@id", &error), xml_root(form), &env, &nodes, &count, &error), 0);
	assert_int_equal(count, 3);
	assert_string_equal(xml_name(nodes[2]), "id");
	assert_string_equal(xml_text(ctx, nodes[2]), "L1");
	assert_string_equal(xml_plain(nodes[2]), "L1");
	assert_string_equal(xml_name(xml_parent(nodes[2])), "entry");
	assert_int_equal(xml_line(nodes[2]), 1);
	count = 77;
	assert_int_equal(xpath_nodes(ctx, xpath_compile(ctx, "1", &error), xml_root(form), &env, &nodes, &count, &error), -1);
	assert_int_equal(count, 77);
	assert_int_equal(xpath_nodes(ctx, xpath_compile(ctx, "//namespace::*", &error), xml_root(form), &env, &nodes, &count, &error), 0);
	assert_int_equal(count, 0);
	talloc_free(ctx);
}

static void test_finding(void **state)
{
	void *ctx = talloc_new(NULL);
	xml_node **nodes;

	(void)state;
	assert_string_equal(xml_find_text(ctx, xml_root(form), "events/event[2]/id"), "E2");
	assert_string_equal(xml_find_text(ctx, xml_root(form), "nothing"), "");
	assert_string_equal(xml_find_text(ctx, xml_root(form), "(("), "");
	assert_string_equal(xml_find_text(ctx, NULL, "a"), "");
	assert_string_equal(xml_name(xml_find(xml_root(form), "//who")), "who");
	assert_null(xml_find(xml_root(form), "//whom"));
	assert_int_equal(xml_find_all(ctx, xml_root(form), "//event", &nodes), 2);
	assert_int_equal(xml_find_all(ctx, xml_root(form), "1", &nodes), 0);
	talloc_free(ctx);
}

/* The data decide the cost: cubic over 400 nodes is stopped, straight lines are not. */
static void test_limit(void **state)
{
	struct xml_doc *doc = xml_new(NULL, "rows");
	struct error error;
	struct xpath *x;
	bool yes = false;
	int i;

	(void)state;
	for (i = 0; i < 400; i++)
		xml_add_text(xml_root(doc), "r", "x");
	x = xpath_compile(doc, "count(//*[count(//*[count(//*) > 1]) > 1]) > 0", &error);
	assert_int_equal(xpath_test(x, xml_root(doc), NULL, &yes, &error), -1);
	assert_string_equal(error.code, "xpath.limit");
	assert_false(yes);
	x = xpath_compile(doc, "count(r[. = 'x']) = 400", &error);
	for (i = 0; i < 3000; i++)
		assert_int_equal(xpath_test(x, xml_root(doc), NULL, &yes, &error), 0);
	assert_true(yes);
	talloc_free(doc);
}

/* Simple paths are walked: what they give must be what XPath gives, asked here for the same in words that are not simple. */
static void test_simple_paths(void **state)
{
	static const char text[] = "<r xmlns:o='urn:o'><a><x>1</x></a><o:a><b>other</b></o:a><a>t<b><c>one</c>two</b><b/><!-- no --><b><c>th</c><c>ree</c></b><d>k</d></a>"
		"<a><d>n</d><d><e>k</e></d><b><c>four<![CDATA[ & five]]></c></b></a><a-b.c_1><div>and</div></a-b.c_1></r>";
	static const char *const paths[] = { ".", "a", "a/b", "a/b/c", "a/x", "a/nothing", "nothing/b", "b", "a[d='k']/b", "a[d='n']/b/c", "a[d='']/b", "a[b='']/d", "a[b='onetwo']/d",
		"a/b[c='ree']", "a/b[c='three']", "a-b.c_1/div", "a[d='k']", "a[x='1']/x", "a[d!='k']/b", "a[d!='n']/d", "a[b!='']/b", "a[d!'k']", "a[d!=k]", "a/d/e", "a[d='k'][b='']/b", "a/b[2]", "a//c", "./a", "a/", "/a", "a[d=\"k\"]/b", "a|b", "a/b/.." };
	void *ctx = talloc_new(NULL);
	struct error error;
	struct xml_doc *doc = xml_read_own(ctx, text, strlen(text), "test", &error);
	xml_node **nodes, **same;

	(void)state;
	assert_non_null(doc);
	for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
		const char *p = paths[i];
		int n = xml_find_all(ctx, xml_root(doc), p, &nodes);
		if (n != xml_find_all(ctx, xml_root(doc), talloc_asprintf(ctx, "(%s)", p), &same))
			fail_msg("%s: another number", p);
		for (int k = 0; k < n; k++)
			assert_ptr_equal(nodes[k], same[k]);
		assert_ptr_equal(xml_find(xml_root(doc), p), n > 0 ? nodes[0] : NULL);
		assert_string_equal(xml_find_text(ctx, xml_root(doc), p), xml_find_text(ctx, xml_root(doc), talloc_asprintf(ctx, "string(%s)", p)));
		/* And once more, when XPath's own are known. */
		assert_int_equal(xml_find_all(ctx, xml_root(doc), p, &nodes), n);
	}
	talloc_free(ctx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values), cmocka_unit_test(test_tables), cmocka_unit_test(test_truth), cmocka_unit_test(test_node_lists),
		cmocka_unit_test(test_simple_paths), cmocka_unit_test(test_finding), cmocka_unit_test(test_limit),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, start, stop);
}
