/* HTML by the rules of the HTML Standard §13.3 "Serializing HTML fragments", and the last gate before a browser: stylesheets are ours, but
 * what they copy is not. What a browser would run, load by a script's address or read as raw text is refused here, once for all pages. */
#include "adapter/html.h"
#include "adapter/xml_inner.h"

#include <string.h>
#include <strings.h>
#include <talloc.h>

#define NS_SVG "http://www.w3.org/2000/svg"

/* HTML Standard §13.1.2 "Elements": void elements. */
const char *const html_void_elements[] = {
	"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", NULL
};
/* HTML Standard, index of attributes: "Boolean attribute", those that forms and pages use. */
const char *const html_boolean_attributes[] = {
	"allowfullscreen", "async", "autofocus", "autoplay", "checked", "controls", "default", "defer", "disabled", "formnovalidate",
	"hidden", "inert", "ismap", "itemscope", "loop", "multiple", "muted", "nomodule", "novalidate", "open", "playsinline", "readonly",
	"required", "reversed", "selected", NULL
};
/* Elements whose content a browser reads as raw text, as another page or as a program; those of SVG that lead back into HTML or change
 * attributes later; and base, which would move every address of the page. */
static const char *const refused_elements[] = {
	"animate", "animatemotion", "animatetransform", "applet", "base", "embed", "foreignobject", "frame", "frameset", "iframe", "listing",
	"noembed", "noframes", "object", "plaintext", "set", "xmp", NULL
};
static const char *const addresses[] = {
	"action", "background", "cite", "data", "formaction", "href", "longdesc", "manifest", "ping", "poster", "src", "srcset", NULL
};

static const struct escapes in_text = {
	.class = { ['\0'] = ESCAPE_END, [0xC2] = ESCAPE_NBSP, ['&'] = 3, ['<'] = 4, ['>'] = 5 },
	.text = { [ESCAPE_NBSP] = "&nbsp;", [3] = "&amp;", [4] = "&lt;", [5] = "&gt;" },
};
static const struct escapes in_value = {
	.class = { ['\0'] = ESCAPE_END, [0xC2] = ESCAPE_NBSP, ['&'] = 3, ['<'] = 4, ['>'] = 5, ['"'] = 6 },
	.text = { [ESCAPE_NBSP] = "&nbsp;", [3] = "&amp;", [4] = "&lt;", [5] = "&gt;", [6] = "&quot;" },
};

struct page {
	struct out out;
	struct error *error;
	const xmlNode *svg;      /* the outermost svg element that we are in, NULL outside */
};

/* A browser takes names in any case, so all comparisons do. The lists are in order: the first letter ends most searches. */
static bool is_one_of(const char *const *list, const char *name)
{
	char first = *name | 0x20;

	for (; *list && **list <= first; list++)
		if (**list == first && strcasecmp(*list, name) == 0)
			return true;
	return false;
}

static int refuse(struct page *page, const xmlNode *node, const char *what)
{
	error_set(page->error, ERROR_FAULT, "html.refused", "The page holds what must not be in a page: %s.", what);
	return error_at(page->error, (const char *)(node->name ? node->name : (const xmlChar *)""), 0, 0);
}

/* Browsers pass over white space and controls before a scheme and tabs and line ends within it (URL Standard §4.4). */
static bool has_scheme(const char *address, const char *scheme)
{
	while (*address && (unsigned char)*address <= ' ')
		address++;
	for (; *scheme; address++) {
		if (*address == '\t' || *address == '\n' || *address == '\r')
			continue;
		if ((*address | 0x20) != (*scheme | 0x20))
			return false;
		scheme++;
	}
	return true;
}

static bool is_dangerous_address(const char *name, const char *value)
{
	const char *at;

	if (has_scheme(value, "javascript:") || has_scheme(value, "data:") || has_scheme(value, "vbscript:"))
		return true;
	if (strcasecmp(name, "srcset") != 0 && strcasecmp(name, "ping") != 0)
		return false;
	/* Lists of addresses. */
	for (at = value; (at = strpbrk(at, ", \t\r\n")); at++)
		if (has_scheme(at + 1, "javascript:") || has_scheme(at + 1, "data:"))
			return true;
	return false;
}

static const char *attribute_fault(const xmlAttr *attribute, const char *value)
{
	const char *name = (const char *)attribute->name;

	if (attribute->ns)
		return "an attribute of a namespace";
	if (strcasecmp(name, "style") == 0)
		return "a style attribute";
	if (strncasecmp(name, "on", 2) == 0)
		return "an event handler";
	if (strcasecmp(name, "srcdoc") == 0)
		return "a page in an attribute";
	if (is_one_of(addresses, name) && is_dangerous_address(name, value))
		return "an address that runs or carries content";
	return NULL;
}

static int write_attribute(struct page *page, const xmlNode *node, const xmlAttr *attribute)
{
	const char *name = (const char *)attribute->name;
	const char *value = attribute->children && attribute->children->content ? (const char *)attribute->children->content : "";
	const char *fault = attribute_fault(attribute, value);

	if (fault)
		return refuse(page, node, fault);
	out_add(&page->out, " ", 1);
	out_text(&page->out, name);
	if (!page->svg && (!*value || strcmp(value, name) == 0) && is_one_of(html_boolean_attributes, name))
		return 0;
	out_add(&page->out, "=\"", 2);
	out_escaped(&page->out, value, &in_value);
	out_add(&page->out, "\"", 1);
	return 0;
}

static bool is_html(const xmlNode *node, const char *name)
{
	return strcasecmp((const char *)node->name, name) == 0;
}

static const char *element_fault(const struct page *page, const xmlNode *node)
{
	bool in_svg = node->ns && strcmp((const char *)node->ns->href, NS_SVG) == 0;

	if (node->ns && !in_svg && strcmp((const char *)node->ns->href, NS_XHTML) != 0)
		return "an element of an unknown namespace";
	if (in_svg && !page->svg)
		return "an element of SVG outside svg";
	if (is_one_of(refused_elements, (const char *)node->name))
		return "an element that is not allowed";
	return NULL;
}

static bool is_blank(const xmlNode *node)
{
	const char *text = xml_content(node);

	return xml_is_text(node) && text[strspn(text, " \t\r\n")] == '\0';
}

static const char *content_fault(const struct page *page, const xmlNode *node, bool is_void)
{
	const xmlNode *each;
	bool raw = is_html(node, "script") || is_html(node, "style");

	if (page->svg && raw)
		return "script or style in a picture";
	for (each = node->children; each; each = each->next) {
		if (is_void)
			return "content in an empty element";
		if (raw && !is_blank(each))
			return "script or style with text";
	}
	return NULL;
}

/* 1: children follow; 0: complete; -1: refused. */
static int write_start(struct page *page, const xmlNode *node)
{
	bool svg, is_void;
	const char *fault;
	const xmlAttr *each;

	if (!page->svg && is_html(node, "svg"))
		page->svg = node;
	svg = page->svg != NULL;
	is_void = !svg && is_one_of(html_void_elements, (const char *)node->name);
	fault = element_fault(page, node);
	if (!fault)
		fault = content_fault(page, node, is_void);
	if (fault)
		return refuse(page, node, fault);
	out_add(&page->out, "<", 1);
	out_text(&page->out, (const char *)node->name);
	if (node == page->svg)
		out_text(&page->out, " xmlns=\"" NS_SVG "\"");
	for (each = node->properties; each; each = each->next)
		if (write_attribute(page, node, each))
			return -1;
	out_text(&page->out, svg && !node->children ? "/>" : ">");
	if (node->children && !is_html(node, "script") && !is_html(node, "style"))
		return 1;
	if (!svg && !is_void) {
		out_add(&page->out, "</", 2);
		out_text(&page->out, (const char *)node->name);
		out_add(&page->out, ">", 1);
	}
	return 0;
}

static void write_end(struct page *page, const xmlNode *node)
{
	out_add(&page->out, "</", 2);
	out_text(&page->out, (const char *)node->name);
	out_add(&page->out, ">", 1);
}

/* A parser drops a line feed right after these start tags, so one that is meant is written twice (HTML Standard §13.1.2.5). */
static void write_text(struct page *page, const xmlNode *node)
{
	const char *text = xml_content(node);

	if (*text == '\n' && !node->prev && (is_html(node->parent, "textarea") || is_html(node->parent, "pre")))
		out_add(&page->out, "\n", 1);
	out_escaped(&page->out, text, &in_text);
}

static int write_node(struct page *page, const xmlNode *node)
{
	if (node->type == XML_ELEMENT_NODE)
		return write_start(page, node);
	if (!xml_is_text(node))
		return refuse(page, node, "a comment or an instruction");
	write_text(page, node);
	return 0;
}

static int write_tree(struct page *page, const xmlNode *root)
{
	const xmlNode *at = root;
	int down;

	while (at) {
		down = write_node(page, at);
		if (down < 0)
			return -1;
		if (down) {
			at = at->children;
			continue;
		}
		for (;;) {
			if (at == page->svg)
				page->svg = NULL;
			if (at == root)
				return 0;
			if (at->next)
				break;
			at = at->parent;
			write_end(page, at);
		}
		at = at->next;
	}
	return 0;
}

char *html_write(void *ctx, const struct xml_doc *doc, size_t *length_r, struct error *error)
{
	struct page page = { .error = error };
	xmlNode *root = xml_root(doc), *each;

	if (!root) {
		error_set(error, ERROR_FAULT, "html.empty", "The page is empty.");
		return NULL;
	}
	out_start(&page.out, ctx, 32768);
	out_text(&page.out, "<!DOCTYPE html>\n");
	/* A document type that xsl:output asked for is ours to write; white space beside the root is nothing. */
	for (each = xml_inner(doc)->children; each; each = each->next) {
		if (each->type == XML_DTD_NODE || is_blank(each))
			continue;
		if (each == root ? write_tree(&page, root) : refuse(&page, each, "something beside the root"))
			goto out;
	}
	out_add(&page.out, "\n", 1);
	return out_end(&page.out, length_r);
out:
	talloc_free(page.out.bytes);
	return NULL;
}
