#include "adapter/xml_inner.h"

#include <string.h>
#include <talloc.h>

const char *xml_name(const xml_node *node)
{
	return node && (node->type == XML_ELEMENT_NODE || node->type == XML_ATTRIBUTE_NODE) ? (const char *)node->name : "";
}

int xml_line(const xml_node *node)
{
	/* An attribute's struct is shorter than an element's and has no line. */
	if (node && node->type == XML_ATTRIBUTE_NODE)
		node = node->parent;
	return node && node->type != XML_DOCUMENT_NODE ? node->line : 0;
}

static bool in_namespace(const xmlNs *ns, const char *uri)
{
	if (!uri || !*uri)
		return !ns;
	return ns && strcmp((const char *)ns->href, uri) == 0;
}

bool xml_is(const xml_node *node, const char *ns, const char *name)
{
	if (!xml_is_element(node) || !in_namespace(node->ns, ns))
		return false;
	return !name || strcmp((const char *)node->name, name) == 0;
}

bool xml_is_element(const xml_node *node)
{
	return node && node->type == XML_ELEMENT_NODE;
}

bool xml_is_text(const xml_node *node)
{
	return node && (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE);
}

xml_node *xml_parent(const xml_node *node)
{
	return node && xml_is_element(node->parent) ? node->parent : NULL;
}

static xml_node *element_from(xml_node *node)
{
	while (node && node->type != XML_ELEMENT_NODE)
		node = node->next;
	return node;
}

xml_node *xml_first(const xml_node *node)
{
	return node ? element_from(node->children) : NULL;
}

xml_node *xml_last(const xml_node *node)
{
	xml_node *last = xml_first(node);

	for (xml_node *next = last; next != NULL; next = xml_next(next))
		last = next;
	return last;
}

xml_node *xml_next(const xml_node *node)
{
	return node ? element_from(node->next) : NULL;
}

static xml_node *named_from(xml_node *node, const char *name)
{
	for (node = element_from(node); node; node = element_from(node->next))
		if (strcmp((const char *)node->name, name) == 0)
			return node;
	return NULL;
}

xml_node *xml_child(const xml_node *node, const char *name)
{
	return node ? named_from(node->children, name) : NULL;
}

xml_node *xml_next_same(const xml_node *node)
{
	return node ? named_from(node->next, (const char *)node->name) : NULL;
}

xml_node *xml_first_any(const xml_node *node)
{
	return node ? node->children : NULL;
}

xml_node *xml_next_any(const xml_node *node)
{
	return node ? node->next : NULL;
}

const char *xml_content(const xml_node *text_node)
{
	return xml_is_text(text_node) && text_node->content ? (const char *)text_node->content : "";
}

/* An attribute's value is one text node: without a DTD there are no references to entities that would split it. */
static const char *value_of(const xmlAttr *attribute)
{
	return attribute->children && attribute->children->content ? (const char *)attribute->children->content : "";
}

const char *xml_get_ns(const xml_node *node, const char *ns, const char *attribute)
{
	const xmlAttr *each;

	if (!xml_is_element(node))
		return NULL;
	for (each = node->properties; each; each = each->next)
		if (strcmp((const char *)each->name, attribute) == 0 && in_namespace(each->ns, ns))
			return value_of(each);
	return NULL;
}

const char *xml_get(const xml_node *node, const char *attribute)
{
	return xml_get_ns(node, NULL, attribute);
}

void xml_each_attribute(const xml_node *node, void (*fn)(void *data, const char *ns, const char *name, const char *value), void *data)
{
	const xmlAttr *each, *next;

	if (!xml_is_element(node))
		return;
	for (each = node->properties; each; each = next) {
		next = each->next;
		fn(data, each->ns ? (const char *)each->ns->href : "", (const char *)each->name, value_of(each));
	}
}

/* The node after this one in document order within top. */
static const xmlNode *onwards(const xmlNode *node, const xmlNode *top)
{
	if (node->children && (node->type == XML_ELEMENT_NODE || node == top))
		return node->children;
	while (node != top && !node->next)
		node = node->parent;
	return node == top ? NULL : node->next;
}

const char *xml_plain(const xml_node *node)
{
	const xmlNode *only;

	if (xml_is_text(node))
		return xml_content(node);
	only = node ? node->children : NULL;
	return only && !only->next ? xml_content(only) : "";
}

char *xml_text(void *ctx, const xml_node *node)
{
	const xmlNode *each;
	size_t length = 0, part;
	char *text, *to;

	if (!node || xml_is_text(node) || (node->children && !node->children->next && xml_is_text(node->children)))
		return talloc_strdup(ctx, xml_plain(node));
	for (each = node; each; each = onwards(each, node))
		length += strlen(xml_content(each));
	text = to = talloc_array(ctx, char, length + 1);
	for (each = node; each; each = onwards(each, node)) {
		part = strlen(xml_content(each));
		memcpy(to, xml_content(each), part);
		to += part;
	}
	*to = '\0';
	return text;
}

/* Expressions without a literal are written in code or tables, so they are few: compiled once. A literal may be somebody's text, which is
 * not to stay, and there is no end of them. */
static struct xpath *compiled(void *ctx, const char *expression, struct error *error)
{
	static struct xpath *known[256];
	static char *texts[256];
	unsigned char at = 0;

	if (strpbrk(expression, "'\"") != NULL || strlen(expression) > 200)
		return xpath_compile(ctx, expression, error);
	for (const char *c = expression; *c != '\0'; c++)
		at = (unsigned char)(at * 31 + (unsigned char)*c);
	if (texts[at] != NULL && strcmp(texts[at], expression) == 0)
		return known[at];
	talloc_free(known[at]);
	known[at] = xpath_compile(NULL, expression, error);
	texts[at] = known[at] == NULL ? NULL : talloc_strdup(known[at], expression);
	return known[at];
}

static bool take_first(void *data, xml_node *node)
{
	*(xml_node **)data = node;
	return true;
}

char *xml_find_text(void *ctx, const xml_node *node, const char *expression)
{
	struct xml_step steps[XML_STEPS];
	int count = node ? xml_path(expression, steps) : -1;
	xml_node *first = NULL;
	void *aside;
	struct error error;
	struct xpath *x;
	char *text = NULL;

	if (count >= 0)
		return xml_walk((xml_node *)node, steps, count, take_first, &first) ? xml_text(ctx, first) : talloc_strdup(ctx, "");
	aside = talloc_new(NULL);
	x = node ? compiled(aside, expression, &error) : NULL;
	if (!x || xpath_text(ctx, x, (xml_node *)node, NULL, &text, &error))
		text = talloc_strdup(ctx, "");
	talloc_free(aside);
	return text;
}

struct all { void *ctx; xml_node **nodes; int count, room; };

static bool take_each(void *data, xml_node *node)
{
	struct all *all = data;

	if (all->count == all->room) {
		all->room = all->room ? 2 * all->room : 16;
		all->nodes = talloc_realloc(all->ctx, all->nodes, xml_node *, all->room);
	}
	all->nodes[all->count++] = node;
	return false;
}

int xml_find_all(void *ctx, const xml_node *node, const char *expression, xml_node ***nodes_r)
{
	struct xml_step steps[XML_STEPS];
	struct all all = { ctx, NULL, 0, 0 };
	int path = node ? xml_path(expression, steps) : -1, count = 0;
	void *aside = path >= 0 ? NULL : talloc_new(NULL);
	struct error error;
	struct xpath *x = path >= 0 || !node ? NULL : compiled(aside, expression, &error);

	if (path >= 0) {
		xml_walk((xml_node *)node, steps, path, take_each, &all);
		*nodes_r = all.nodes ? all.nodes : talloc_array(ctx, xml_node *, 1);
		return all.count;
	}
	if (!x || xpath_nodes(ctx, x, (xml_node *)node, NULL, nodes_r, &count, &error)) {
		*nodes_r = talloc_array(ctx, xml_node *, 1);
		count = 0;
	}
	talloc_free(aside);
	return count;
}

xml_node *xml_find(const xml_node *node, const char *expression)
{
	xml_node **nodes, *first = NULL;
	struct xml_step steps[XML_STEPS];
	int path = node ? xml_path(expression, steps) : -1;
	void *aside;

	if (path >= 0) {
		xml_walk((xml_node *)node, steps, path, take_first, &first);
		return first;
	}
	aside = talloc_new(NULL);
	first = xml_find_all(aside, node, expression, &nodes) > 0 ? nodes[0] : NULL;
	talloc_free(aside);
	return first;
}
