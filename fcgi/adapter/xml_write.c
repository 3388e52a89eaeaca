#include "adapter/xml_inner.h"

#include <string.h>
#include <talloc.h>

void out_start(struct out *out, void *ctx, size_t size)
{
	*out = (struct out){ .ctx = ctx, .bytes = talloc_array(ctx, char, size), .size = size };
}

void out_grow(struct out *out, size_t more)
{
	size_t size = out->size * 2;

	while (size - out->used < more)
		size *= 2;
	out->bytes = talloc_realloc(out->ctx, out->bytes, char, size);
	out->size = size;
}

char *out_end(struct out *out, size_t *length_r)
{
	out_add(out, "", 1);
	if (length_r)
		*length_r = out->used - 1;
	return talloc_realloc(out->ctx, out->bytes, char, out->used);
}

void out_escaped(struct out *out, const char *text, const struct escapes *escapes)
{
	const unsigned char *at = (const unsigned char *)text, *from;
	int class;

	for (;;) {
		for (from = at; escapes->class[*at] == 0; at++)
			;
		out_add(out, (const char *)from, (size_t)(at - from));
		class = escapes->class[*at];
		if (class == ESCAPE_END)
			return;
		if (class == ESCAPE_NBSP && at[1] != 0xA0) {
			out_add(out, (const char *)at++, 1);
			continue;
		}
		out_text(out, escapes->text[class]);
		at += class == ESCAPE_NBSP ? 2 : 1;
	}
}

/* Canonical XML 1.0 §2.3, "Text Nodes" and "Attribute Nodes": what a parser would change must be a reference. */
static const struct escapes in_text = {
	.class = { ['\0'] = ESCAPE_END, ['&'] = 3, ['<'] = 4, ['>'] = 5, ['\r'] = 6 },
	.text = { [3] = "&amp;", [4] = "&lt;", [5] = "&gt;", [6] = "&#13;" },
};
static const struct escapes in_value = {
	.class = { ['\0'] = ESCAPE_END, ['&'] = 3, ['<'] = 4, ['"'] = 5, ['\t'] = 6, ['\n'] = 7, ['\r'] = 8 },
	.text = { [3] = "&amp;", [4] = "&lt;", [5] = "&quot;", [6] = "&#9;", [7] = "&#10;", [8] = "&#13;" },
};

static void write_name(struct out *out, const xmlNs *ns, const xmlChar *name)
{
	if (ns && ns->prefix) {
		out_text(out, (const char *)ns->prefix);
		out_add(out, ":", 1);
	}
	out_text(out, (const char *)name);
}

static void write_value(struct out *out, const xmlChar *value)
{
	out_add(out, "=\"", 2);
	if (value)
		out_escaped(out, (const char *)value, &in_value);
	out_add(out, "\"", 1);
}

static void write_declaration(struct out *out, const xmlNs *ns)
{
	out_text(out, ns->prefix ? " xmlns:" : " xmlns");
	if (ns->prefix)
		out_text(out, (const char *)ns->prefix);
	write_value(out, ns->href);
}

static bool declares(const xmlNode *node, const xmlChar *prefix)
{
	const xmlNs *each;

	for (each = node->nsDef; each; each = each->next)
		if (xmlStrEqual(each->prefix, prefix))
			return true;
	return false;
}

/* libxml2 gives every copy declarations of its own; those that say what the ancestors say are left out. */
static bool is_repeated(const xmlNode *node, const xmlNs *ns)
{
	const xmlNs *outer = node->parent ? xmlSearchNs(node->doc, node->parent, ns->prefix) : NULL;

	return outer && xmlStrEqual(outer->href, ns->href);
}

/* Below the top the tree's own declarations are enough; the top needs those of the ancestors that it leaves behind. (The default
 * namespace only if it is in it: nothing below may be, else the element between would declare it.) */
static void write_inherited(struct out *out, const xmlNode *top)
{
	xmlNs **all = xmlGetNsList(top->doc, top);
	int i;

	for (i = 0; all && all[i]; i++)
		if (!declares(top, all[i]->prefix) && (all[i]->prefix || top->ns))
			write_declaration(out, all[i]);
	xmlFree(all);
}

/* An element without namespace copied below a default namespace must say so, or it would be read back into it. */
static bool needs_undeclaring(const xmlNode *node)
{
	const xmlNs *outer;

	if (node->ns || !node->parent || node->parent->type != XML_ELEMENT_NODE || !node->parent->ns || declares(node, NULL))
		return false;
	outer = xmlSearchNs(node->doc, node->parent, NULL);
	return outer && outer->href && *outer->href;
}

/* Comments, instructions and empty text are not written: an element with nothing else is an empty one. */
static const xmlNode *content_from(const xmlNode *node)
{
	while (node && node->type != XML_ELEMENT_NODE && !(xml_is_text(node) && node->content && *node->content))
		node = node->next;
	return node;
}

static void write_start(struct out *out, const xmlNode *node, bool top)
{
	const xmlNs *ns;
	const xmlAttr *each;

	out_add(out, "<", 1);
	write_name(out, node->ns, node->name);
	for (ns = node->nsDef; ns; ns = ns->next)
		if (top || !is_repeated(node, ns))
			write_declaration(out, ns);
	if (top && node->parent && node->parent->type == XML_ELEMENT_NODE)
		write_inherited(out, node);
	else if (!top && needs_undeclaring(node))
		out_text(out, " xmlns=\"\"");
	for (each = node->properties; each; each = each->next) {
		out_add(out, " ", 1);
		write_name(out, each->ns, each->name);
		write_value(out, each->children ? each->children->content : NULL);
	}
	out_text(out, content_from(node->children) ? ">" : "/>");
}

static void write_end(struct out *out, const xmlNode *node)
{
	out_add(out, "</", 2);
	write_name(out, node->ns, node->name);
	out_add(out, ">", 1);
}

char *xml_write(void *ctx, const xml_node *node, size_t *length_r)
{
	const xmlNode *at = node, *next;
	struct out out;

	out_start(&out, ctx, 1024);
	while (at) {
		next = NULL;
		if (at->type == XML_ELEMENT_NODE) {
			write_start(&out, at, at == node);
			next = content_from(at->children);
		} else if (xml_is_text(at)) {
			out_escaped(&out, (const char *)at->content, &in_text);
		}
		while (!next && at != node) {
			next = content_from(at->next);
			if (next)
				break;
			at = at->parent;
			write_end(&out, at);
		}
		at = next;
	}
	return out_end(&out, length_r);
}
