/* XSLT by libxslt, with what it may do cut down to turning one tree into another.
 *
 * While compiling, files are read only here, by bare name from two folders; while transforming, nothing is. Any message of the compiler
 * refuses the stylesheet, because libxslt reports some faults only so and goes on. */
#include "adapter/xml_inner.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <libexslt/exslt.h>
#include <libxslt/documents.h>
#include <libxslt/extensions.h>
#include <libxslt/security.h>
#include <libxslt/transform.h>
#include <libxslt/xslt.h>
#include <libxslt/xsltInternals.h>
#include <libxslt/xsltutils.h>
#include <talloc.h>
#include "adapter/xslt.h"

#define MOST_OPERATIONS 20000000

struct xslt {
	xsltStylesheet *sheet;
	const char *name;
};

/* The compilation that is going on: libxslt's loader is global and gets no data of ours. NULL otherwise, and nothing can be loaded. */
static struct loading {
	const char *own, *shared;     /* folders; own may be NULL */
	struct error *error;
	bool failed;
} *loading;

static xsltSecurityPrefs *forbid_all, *while_compiling;

static bool is_bare_name(const char *href)
{
	return *href && *href != '.' && strspn(href, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") == strlen(href);
}

static bool is_xsl(const xmlNode *node, const char *name)
{
	return xml_is(node, (const char *)XSLT_NAMESPACE, name);
}

static bool is_name_byte(char c)
{
	return c == '-' || c == '_' || c == '.' || c == ':' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A call of document() in an expression; for an attribute of a literal element, only within braces. */
static bool calls_document(const char *value, bool template)
{
	const char *at, *behind, *each;
	int braces;

	for (at = value; (at = strstr(at, "document")); at += 8) {
		behind = at + 8 + strspn(at + 8, " \t\r\n");
		if (*behind != '(' || (at > value && is_name_byte(at[-1])))
			continue;
		for (each = value, braces = 0; each < at; each++)
			braces += (*each == '{') - (*each == '}');
		if (!template || braces > 0)
			return true;
	}
	return false;
}

static const char *attribute_fault(const xmlNode *node, const xmlAttr *attribute)
{
	const char *name = (const char *)attribute->name;
	const char *value = attribute->children ? (const char *)attribute->children->content : "";

	if (strcmp(name, "disable-output-escaping") == 0)
		return "disable-output-escaping is not allowed";
	if (strcmp(name, "extension-element-prefixes") == 0)
		return "extension elements are not allowed";
	if (calls_document(value, !is_xsl(node, NULL)))
		return "document() is not allowed";
	return NULL;
}

static const char *element_fault(const xmlNode *node)
{
	const char *href;
	const xmlAttr *each;
	const char *fault = NULL;

	if (is_xsl(node, "document") || xml_is(node, (const char *)EXSLT_COMMON_NAMESPACE, NULL))
		return "writing documents is not allowed";
	if (is_xsl(node, "import") || is_xsl(node, "include")) {
		href = xml_get(node, "href");
		if (!href || !is_bare_name(href))
			return "import and include take a bare file name";
	}
	for (each = node->properties; each && !fault; each = each->next)
		fault = attribute_fault(node, each);
	return fault;
}

static const xmlNode *onwards(const xmlNode *node)
{
	if (node->children && node->type == XML_ELEMENT_NODE)
		return node->children;
	while (node && !node->next)
		node = node->parent && node->parent->type == XML_ELEMENT_NODE ? node->parent : NULL;
	return node ? node->next : NULL;
}

/* What compiles but must not run. */
static int scan(const xmlDoc *doc, const char *name, struct error *error)
{
	const xmlNode *each;
	const char *fault;

	for (each = xmlDocGetRootElement(doc); each; each = onwards(each)) {
		fault = each->type == XML_ELEMENT_NODE ? element_fault(each) : NULL;
		if (!fault)
			continue;
		error_set(error, ERROR_FAULT, "xslt.refused", "The stylesheet is refused: %s.", fault);
		return error_at(error, name, xml_line(each), 0);
	}
	return 0;
}

static xmlDoc *parse(const char *bytes, size_t length, const char *name, const char *path, xmlDict *dict, struct error *error)
{
	xmlDoc *doc = xml_parse_own(bytes, length, path, dict, error);

	if (!doc)
		return NULL;
	if (scan(doc, path, error)) {
		xmlFreeDoc(doc);
		return NULL;
	}
	/* Relative addresses are resolved against this: a bare name keeps them bare. It also is how libxslt knows a circle. */
	doc->URL = xmlStrdup((const xmlChar *)name);
	return doc;
}

static xmlDoc *load_from(void *ctx, const char *folder, const char *name, xmlDict *dict, struct error *error)
{
	char *path = talloc_asprintf(ctx, "%s/%s", folder, name);
	size_t length;
	char *bytes = xml_slurp(ctx, path, &length, error);

	return bytes ? parse(bytes, length, name, path, dict, error) : NULL;
}

static xmlDoc *load(const xmlChar *uri, xmlDict *dict, int options, void *sheet, xsltLoadType type)
{
	const char *name = (const char *)uri;
	struct error error = { .kind = ERROR_NONE };
	void *aside;
	xmlDoc *doc = NULL;

	(void)options;
	(void)sheet;
	if (!loading || loading->failed || type != XSLT_LOAD_STYLESHEET || !is_bare_name(name))
		return NULL;
	aside = talloc_new(NULL);
	if (loading->own)
		doc = load_from(aside, loading->own, name, dict, &error);
	if (!doc && (!loading->own || error.kind == ERROR_MISSING))
		doc = load_from(aside, loading->shared, name, dict, &error);
	talloc_free(aside);
	if (!doc) {
		*loading->error = error;
		loading->failed = true;
	}
	return doc;
}

static xsltSecurityPrefs *preferences(bool read_files)
{
	xsltSecurityPrefs *made = xsltNewSecurityPrefs();
	int option;

	for (option = XSLT_SECPREF_READ_FILE; option <= XSLT_SECPREF_WRITE_NETWORK; option++)
		xsltSetSecurityPrefs(made, (xsltSecurityOption)option,
			read_files && option == XSLT_SECPREF_READ_FILE ? xsltSecurityAllow : xsltSecurityForbid);
	return made;
}

void xslt_start(void)
{
	if (forbid_all)
		return;
	xsltInit();
	exsltCommonRegister();
	exsltStrRegister();
	exsltDateRegister();
	exsltSetsRegister();
	xsltSetGenericErrorFunc(NULL, xml_message_add);
	xsltSetLoaderFunc(load);
	forbid_all = preferences(false);
	while_compiling = preferences(true);
	xsltSetDefaultSecurityPrefs(forbid_all);
}

static int sheet_free(struct xslt *xslt)
{
	xsltFreeStylesheet(xslt->sheet);
	return 0;
}

/* Takes doc over, whatever comes of it. */
static struct xslt *compile(void *ctx, xmlDoc *doc, const char *name, struct loading *from)
{
	const struct xml_messages *said = xml_messages();
	xsltStylesheet *sheet;
	struct xslt *xslt;

	xml_messages_clear();
	loading = from;
	xsltSetDefaultSecurityPrefs(while_compiling);
	sheet = xsltParseStylesheetDoc(doc);
	xsltSetDefaultSecurityPrefs(forbid_all);
	loading = NULL;
	if (!sheet)
		xmlFreeDoc(doc);
	if (!sheet || sheet->errors || said->count || from->failed) {
		if (!from->failed) {
			error_set(from->error, ERROR_FAULT, "xslt.compile", "%s", said->count ? said->text : "This is not a stylesheet.");
			error_at(from->error, name, said->line, 0);
		}
		xsltFreeStylesheet(sheet);
		return NULL;
	}
	xslt = talloc(ctx, struct xslt);
	xslt->sheet = sheet;
	xslt->name = talloc_strdup(xslt, name);
	talloc_set_destructor(xslt, sheet_free);
	return xslt;
}

static const char *last_step(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

struct xslt *xslt_read(void *ctx, const char *path, const char *shared, struct error *error)
{
	void *aside = talloc_new(NULL);
	const char *name = last_step(path);
	struct loading from = { .shared = shared, .error = error };
	struct xslt *xslt = NULL;
	size_t length;
	char *bytes = xml_slurp(aside, path, &length, error);
	xmlDoc *doc = bytes ? parse(bytes, length, name, path, NULL, error) : NULL;

	if (!doc)
		goto out;
	from.own = name == path ? "." : talloc_strndup(aside, path, (size_t)(name - path));
	xslt = compile(ctx, doc, path, &from);
out:
	talloc_free(aside);
	return xslt;
}

struct xslt *xslt_from_doc(void *ctx, const struct xml_doc *doc, const char *name, const char *shared, struct error *error)
{
	struct loading from = { .shared = shared, .error = error };
	size_t length;
	/* Written and read again, so that what is compiled is exactly what can be printed, with lines and one dictionary. */
	char *bytes = xml_write(NULL, xml_root(doc), &length);
	xmlDoc *copy = parse(bytes, length, "", name, NULL, error);

	talloc_free(bytes);
	return copy ? compile(ctx, copy, name, &from) : NULL;
}

/* What a transform says. libxslt gives the text of an xsl:message and the sentence of its own error to the same function, both as
 * "%s"; only the error is announced by a call before. Messages are content: kept for who asked for the transform, never for the log. */
struct said {
	bool announced;
	char fault[300], message[300];
};

static void transform_says(void *data, const char *format, ...)
{
	struct said *said = data;
	char piece[300], *to = said->announced ? said->fault : said->message;
	va_list list;

	va_start(list, format);
	vsnprintf(piece, sizeof piece, format, list);
	va_end(list);
	piece[strcspn(piece, "\n")] = '\0';
	if (strcmp(format, "%s") != 0 && (strncmp(piece, "runtime error", 13) == 0 || strncmp(piece, "error", 5) == 0)) {
		said->announced = true;
		return;
	}
	if (*piece && !*to)
		memcpy(to, piece, sizeof piece);
	if (*piece)
		said->announced = false;
}

static bool is_limit(const char *why)
{
	return strcasestr(why, "limit exceeded") || strstr(why, "potential infinite");
}

/* XPath says to libxml2's global handler why it failed, to the transform only that it did. */
static int transform_fault(const struct xslt *xslt, const struct said *said, struct error *error)
{
	const char *xpath = xml_messages()->text;

	if (is_limit(said->fault) || is_limit(xpath))
		error_set(error, ERROR_FAULT, "xslt.limit", "The page takes too long to make.");
	else if (*said->fault || *xpath)
		error_set(error, ERROR_FAULT, "xslt.run", "The page cannot be made: %s%s%s", said->fault, *said->fault && *xpath ? " " : "", xpath);
	else
		error_set(error, ERROR_FAULT, "xslt.message", "%s", said->message[0] ? said->message : "The page cannot be made.");
	return error_at(error, xslt->name, 0, 0);
}

struct xml_doc *xslt_apply(void *ctx, const struct xslt *xslt, struct xml_doc *source, struct error *error)
{
	struct said said = { .announced = false };
	xsltTransformContext *transform = xsltNewTransformContext(xslt->sheet, xml_inner(source));
	xmlDoc *result;
	bool good;

	xml_messages_clear();
	xsltSetCtxtSecurityPrefs(forbid_all, transform);
	xsltSetTransformErrorFunc(transform, &said, transform_says);
	transform->opLimit = transform->xpathCtxt->opLimit = MOST_OPERATIONS;
	result = xsltApplyStylesheetUser(xslt->sheet, xml_inner(source), NULL, NULL, NULL, transform);
	/* A stopped transform may still hand back what it had made. */
	good = result && transform->state == XSLT_STATE_OK;
	xsltFreeTransformContext(transform);
	if (good)
		return xml_adopt(ctx, result);
	transform_fault(xslt, &said, error);
	xmlFreeDoc(result);
	return NULL;
}
