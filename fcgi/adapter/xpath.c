/* XPath 1.0. Expressions come from form definitions and from our own code; values never become part of one, they come in by variables,
 * functions and instances.
 *
 * A libxml2 context registers some thirty functions in a hash each time it is made, which would be most of the cost of judging a form.
 * So one context is made at the start and never evaluated with; each evaluation works on its own copy of the struct on the stack, which
 * shares only the two hashes, and these are not changed any more. Variables and our functions are found by look-up. */
#include "adapter/xml_inner.h"

#include <assert.h>
#include <string.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <talloc.h>

#define MOST_OPERATIONS 1000000

struct xpath {
	xmlXPathCompExpr *compiled;
	const char *text;
};

/* One evaluation. */
struct run {
	void *ctx;                        /* what functions may allocate in, until the end */
	xml_node *origin;                 /* for current() */
	const struct xpath_env *env;
	xmlXPathContext context;
	char message[200];
	bool exceeded;
};

static xmlXPathContext *pattern;

static struct run *run_of(xmlXPathParserContext *parser)
{
	return parser->context->funcLookupData;
}

/* The results of a function into libxml2's world. */
static xmlXPathObject *object_of(const struct xpath_value *value)
{
	xmlXPathObject *object;
	int i;

	switch (value->kind) {
	case XPATH_BOOLEAN:
		return xmlXPathNewBoolean(value->yes);
	case XPATH_NUMBER:
		return xmlXPathNewFloat(value->number);
	case XPATH_STRING:
		return xmlXPathNewCString(value->text ? value->text : "");
	default:
		object = xmlXPathNewNodeSet(NULL);
		for (i = 0; i < value->count; i++)
			xmlXPathNodeSetAdd(object->nodesetval, value->nodes[i]);
		return object;
	}
}

static char *text_of(void *ctx, xmlXPathObject *object)
{
	xmlChar *text = xmlXPathCastToString(object);
	char *copy = talloc_strdup(ctx, (const char *)text);

	xmlFree(text);
	return copy;
}

/* Nodes as a talloc array, in document order, without namespace nodes (which are no nodes of the tree). */
static xml_node **nodes_of(void *ctx, xmlXPathObject *object, int *count_r)
{
	xmlNodeSet *set = object->nodesetval;
	xml_node **nodes;
	int i, count = 0;

	if (set && set->nodeNr > 1)
		xmlXPathNodeSetSort(set);
	nodes = talloc_array(ctx, xml_node *, set && set->nodeNr > 0 ? (size_t)set->nodeNr : 1);
	for (i = 0; set && i < set->nodeNr; i++)
		if (set->nodeTab[i]->type != XML_NAMESPACE_DECL)
			nodes[count++] = set->nodeTab[i];
	*count_r = count;
	return nodes;
}

/* Every argument also has its string and number, as XPath would cast it, so that d:past(.) needs no string(.). */
static void value_of(void *ctx, xmlXPathObject *object, struct xpath_value *value)
{
	*value = (struct xpath_value){
		.yes = xmlXPathCastToBoolean(object),
		.number = xmlXPathCastToNumber(object),
		.text = text_of(ctx, object),
	};
	switch (object->type) {
	case LIBXML_BOOLEAN:
		value->kind = XPATH_BOOLEAN;
		break;
	case LIBXML_NUMBER:
		value->kind = XPATH_NUMBER;
		break;
	case LIBXML_STRING:
		value->kind = XPATH_STRING;
		break;
	default:
		value->kind = XPATH_NODES;
		value->nodes = nodes_of(ctx, object, &value->count);
	}
}

static const struct xpath_function *function_named(const struct xpath_env *env, const char *name)
{
	int i;

	for (i = 0; env && i < env->function_count; i++)
		if (strcmp(env->functions[i].name, name) == 0)
			return &env->functions[i];
	return NULL;
}

/* Any d: function. libxml2 keeps the address of this in the compiled expression, also for evaluations with another table: hence which
 * function is meant is looked up here. */
static void call(xmlXPathParserContext *parser, int n)
{
	struct run *run = run_of(parser);
	const struct xpath_function *function = function_named(run->env, (const char *)parser->context->function);
	struct xpath_value result = { .kind = XPATH_STRING }, *args;
	xmlXPathObject *object;
	int i;

	if (!function) {
		xmlXPathErr(parser, XPATH_UNKNOWN_FUNC_ERROR);
		return;
	}
	if (n < function->min || n > function->max) {
		xmlXPathErr(parser, XPATH_INVALID_ARITY);
		return;
	}
	args = talloc_zero_array(run->ctx, struct xpath_value, n > 0 ? (size_t)n : 1);
	for (i = n - 1; i >= 0; i--) {
		object = valuePop(parser);
		if (!object) {
			xmlXPathErr(parser, XPATH_STACK_ERROR);
			return;
		}
		value_of(args, object, &args[i]);
		xmlXPathFreeObject(object);
	}
	if (function->call(run->ctx, run->env->data, n, args, &result))
		xmlXPathErr(parser, XPATH_EXPR_ERROR);
	else
		valuePush(parser, object_of(&result));
}

/* XForms 1.1 §7.11.1, instance(): the root element of the named instance. */
static void instance(xmlXPathParserContext *parser, int n)
{
	const struct xpath_env *env = run_of(parser)->env;
	xml_node *root = NULL;
	xmlChar *name;
	int i;

	if (n != 1) {
		xmlXPathErr(parser, XPATH_INVALID_ARITY);
		return;
	}
	name = xmlXPathPopString(parser);
	for (i = 0; env && name && i < env->instance_count && !root; i++)
		if (strcmp(env->instances[i].name, (const char *)name) == 0)
			root = xml_root(env->instances[i].doc);
	xmlFree(name);
	valuePush(parser, xmlXPathNewNodeSet(root));
}

/* XForms 1.1 §7.11.2, current(): where the evaluation began. */
static void current(xmlXPathParserContext *parser, int n)
{
	if (n != 0)
		xmlXPathErr(parser, XPATH_INVALID_ARITY);
	else
		valuePush(parser, xmlXPathNewNodeSet(run_of(parser)->origin));
}

static xmlXPathFunction find_function(void *data, const xmlChar *name, const xmlChar *ns)
{
	const struct run *run = data;

	if (!ns)
		return NULL;
	return strcmp((const char *)ns, NS_FORM) == 0 && function_named(run->env, (const char *)name) ? call : NULL;
}

static xmlXPathObject *find_variable(void *data, const xmlChar *name, const xmlChar *ns)
{
	const struct xpath_env *env = ((struct run *)data)->env;
	int i;

	for (i = 0; env && !ns && i < env->variable_count; i++)
		if (strcmp(env->variables[i].name, (const char *)name) == 0)
			return xmlXPathNewCString(env->variables[i].text);
	return NULL;
}

static void on_error(void *data, xmlErrorPtr report)
{
	struct run *run = data;
	size_t length = report->message ? strcspn(report->message, "\n") : 0;

	if (run->message[0])
		return;
	if (length >= sizeof run->message)
		length = sizeof run->message - 1;
	memcpy(run->message, report->message ? report->message : "", length);
	run->message[length] = '\0';
	run->exceeded = report->code == XML_XPATH_EXPRESSION_OK + XPATH_OP_LIMIT_EXCEEDED;
}

static void prepare(void)
{
	static const char *const known[][2] = { { "d", NS_FORM }, { "n", NS_NOTE }, { "h", NS_XHTML }, { "x", NS_XFORMS } };
	size_t i;

	pattern = xmlXPathNewContext(NULL);
	for (i = 0; i < sizeof known / sizeof *known; i++)
		xmlXPathRegisterNs(pattern, (const xmlChar *)known[i][0], (const xmlChar *)known[i][1]);
	xmlXPathRegisterFunc(pattern, (const xmlChar *)"instance", instance);
	xmlXPathRegisterFunc(pattern, (const xmlChar *)"current", current);
}

static void run_start(struct run *run, void *ctx, xml_node *node, const struct xpath_env *env)
{
	xmlXPathContext *context = &run->context;

	if (!pattern)
		prepare();
	*run = (struct run){ .ctx = ctx, .origin = node, .env = env, .context = *pattern };
	context->doc = node->doc;
	context->node = node;
	context->contextSize = context->proximityPosition = 1;
	context->opLimit = MOST_OPERATIONS;
	context->funcLookupFunc = find_function;
	context->varLookupFunc = find_variable;
	context->funcLookupData = context->varLookupData = run;
	context->error = on_error;
	context->userData = run;
}

static void run_end(struct run *run)
{
	xmlFree(run->context.tmpNsList);
	xmlResetError(&run->context.lastError);
}

static int compiled_free(struct xpath *x)
{
	xmlXPathFreeCompExpr(x->compiled);
	return 0;
}

static xmlXPathCompExpr *compile(const char *expression, struct run *run)
{
	*run = (struct run){ .context = *pattern };
	run->context.error = on_error;
	run->context.userData = run;
	return xmlXPathCtxtCompile(&run->context, (const xmlChar *)expression);
}

/* So much of an expression as a sentence can quote; whole characters. */
static int shown(const char *expression)
{
	int n = (int)strnlen(expression, 80);

	while (n > 0 && ((unsigned char)expression[n] & 0xC0) == 0x80)
		n--;
	return n;
}

struct xpath *xpath_compile(void *ctx, const char *expression, struct error *error)
{
	struct xpath *x;
	struct run run;
	xmlXPathCompExpr *compiled;

	if (!pattern)
		prepare();
	compiled = compile(expression, &run);
	if (!compiled)
		error_set(error, ERROR_INVALID, "xpath.syntax", "“%.*s%s” is not an XPath expression: %s.", shown(expression), expression, expression[shown(expression)] ? "…" : "",
			run.message[0] ? run.message : "it cannot be read");
	run_end(&run);
	if (!compiled)
		return NULL;
	x = talloc(ctx, struct xpath);
	x->compiled = compiled;
	x->text = talloc_strdup(x, expression);
	talloc_set_destructor(x, compiled_free);
	return x;
}

/* Evaluates; the object is freed by the caller. What functions allocated lives in ctx, also the nodes that they made up. */
static xmlXPathObject *evaluate(void *ctx, const struct xpath *x, xml_node *node, const struct xpath_env *env, struct error *error)
{
	xmlXPathObject *object;
	struct run run;

	assert(node);
	run_start(&run, ctx, node, env);
	object = xmlXPathCompiledEval(x->compiled, &run.context);
	if (!object && run.exceeded)
		error_set(error, ERROR_INVALID, "xpath.limit", "“%s” takes too long over this document.", x->text);
	else if (!object)
		error_set(error, ERROR_FAULT, "xpath.evaluate", "“%s” cannot be evaluated: %s.", x->text,
			run.message[0] ? run.message : "no result");
	run_end(&run);
	return object;
}

int xpath_test(const struct xpath *x, xml_node *node, const struct xpath_env *env, bool *yes_r, struct error *error)
{
	void *aside = talloc_new(NULL);
	xmlXPathObject *object = evaluate(aside, x, node, env, error);
	int rc = object ? 0 : -1;

	if (object)
		*yes_r = xmlXPathCastToBoolean(object);
	xmlXPathFreeObject(object);
	talloc_free(aside);
	return rc;
}

int xpath_text(void *ctx, const struct xpath *x, xml_node *node, const struct xpath_env *env, char **text_r, struct error *error)
{
	void *aside = talloc_new(NULL);
	xmlXPathObject *object = evaluate(aside, x, node, env, error);
	int rc = object ? 0 : -1;

	if (object)
		*text_r = text_of(ctx, object);
	xmlXPathFreeObject(object);
	talloc_free(aside);
	return rc;
}

int xpath_nodes(void *ctx, const struct xpath *x, xml_node *node, const struct xpath_env *env, xml_node ***nodes_r, int *count_r, struct error *error)
{
	void *aside = talloc_new(NULL);
	xmlXPathObject *object = evaluate(aside, x, node, env, error);
	int rc = -1;

	if (!object)
		goto out;
	if (object->type != XPATH_NODESET) {
		error_set(error, ERROR_FAULT, "xpath.nodes", "“%s” does not give nodes.", x->text);
		goto out;
	}
	*nodes_r = nodes_of(ctx, object, count_r);
	rc = 0;
out:
	xmlXPathFreeObject(object);
	talloc_free(aside);
	return rc;
}
