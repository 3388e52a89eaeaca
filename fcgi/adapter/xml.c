#include "adapter/xml_inner.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <libxml/catalog.h>
#include <libxml/dict.h>
#include <libxml/parser.h>
#include <libxml/xmlIO.h>
#include <libxml/xmlerror.h>
#include <talloc.h>

struct xml_doc {
	xmlDoc *inner;
};

/* The libraries' handlers are global, so what they report is, too. */
static struct xml_messages messages;

void xml_messages_clear(void)
{
	messages = (struct xml_messages){ 0 };
}

const struct xml_messages *xml_messages(void)
{
	return &messages;
}

/* Reports come in pieces ("file … line …", then the sentence), each ended by a line feed that we don't want. */
static void message_join(const char *piece)
{
	size_t used = strlen(messages.text), room = sizeof messages.text - 1;

	if (used > 0 && used < room && messages.text[used - 1] != ' ' && *piece && *piece != ' ')
		messages.text[used++] = ' ';
	for (; *piece && used < room; piece++)
		messages.text[used++] = *piece == '\n' || *piece == '\r' ? ' ' : *piece;
	while (used > 0 && messages.text[used - 1] == ' ')
		used--;
	messages.text[used] = '\0';
}

void xml_message_add(void *unused, const char *format, ...)
{
	char piece[sizeof messages.text];
	va_list list;

	(void)unused;
	va_start(list, format);
	vsnprintf(piece, sizeof piece, format, list);
	va_end(list);
	messages.count++;
	message_join(piece);
}

static void message_structured(void *unused, xmlErrorPtr report)
{
	(void)unused;
	messages.count++;
	if (messages.line == 0)
		messages.line = report->line;
	if (report->message)
		message_join(report->message);
	if (report->domain == XML_FROM_XPATH && report->str1)
		message_join((const char *)report->str1);
}

static xmlParserInputPtr load_nothing(const char *url, const char *id, xmlParserCtxtPtr parser)
{
	(void)url;
	(void)id;
	(void)parser;
	return NULL;
}

void xml_start(void)
{
	LIBXML_TEST_VERSION
	xmlInitParser();
	/* The first external look-up would read the system's catalog. */
	xmlCatalogSetDefaults(XML_CATA_ALLOW_NONE);
	xmlSetStructuredErrorFunc(NULL, message_structured);
	xmlSetGenericErrorFunc(NULL, xml_message_add);
}

void xml_close_doors(void)
{
	xmlSetExternalEntityLoader(load_nothing);
	/* Popped, not cleaned up: after a clean-up libxml2 registers its openers of files and addresses again. */
	while (xmlPopInputCallbacks() > 0)
		;
	while (xmlPopOutputCallbacks() > 0)
		;
}

static int doc_free(struct xml_doc *doc)
{
	xmlFreeDoc(doc->inner);
	return 0;
}

struct xml_doc *xml_adopt(void *ctx, xmlDoc *doc)
{
	struct xml_doc *made = talloc(ctx, struct xml_doc);

	made->inner = doc;
	talloc_set_destructor(made, doc_free);
	return made;
}

xmlDoc *xml_inner(const struct xml_doc *doc)
{
	return doc->inner;
}

static xmlNode *new_element(xmlDoc *doc, xmlNs *ns, const char *name)
{
	assert(xmlValidateNCName((const xmlChar *)name, 0) == 0);
	return xmlNewDocNode(doc, ns, (const xmlChar *)name, NULL);
}

struct xml_doc *xml_new(void *ctx, const char *root_name)
{
	xmlDoc *doc = xmlNewDoc((const xmlChar *)"1.0");

	xmlDocSetRootElement(doc, new_element(doc, NULL, root_name));
	return xml_adopt(ctx, doc);
}

struct xml_doc *xml_copy(void *ctx, const struct xml_doc *doc)
{
	return xml_adopt(ctx, xmlCopyDoc(doc->inner, 1));
}

struct xml_doc *xml_copy_node(void *ctx, const xml_node *node)
{
	xmlDoc *doc = xmlNewDoc((const xmlChar *)"1.0");

	xmlDocSetRootElement(doc, xmlDocCopyNode((xmlNode *)node, doc, 1));
	return xml_adopt(ctx, doc);
}

/* Attributes and texts of up to three characters, which libxml2 keeps in a dictionary, are left. */
static void wipe_below(const xmlDoc *doc, xmlNode *node)
{
	for (; node; node = node->next) {
		if (node->type == XML_ELEMENT_NODE)
			wipe_below(doc, node->children);
		else if (node->content && !(doc->dict && xmlDictOwns(doc->dict, node->content)))
			explicit_bzero(node->content, strlen((char *)node->content));
	}
}

void xml_wipe(struct xml_doc *doc)
{
	wipe_below(doc->inner, doc->inner->children);
}

xml_node *xml_root(const struct xml_doc *doc)
{
	return doc ? xmlDocGetRootElement(doc->inner) : NULL;
}

xml_node *xml_add(xml_node *parent, const char *name)
{
	return xmlAddChild(parent, new_element(parent->doc, parent->ns, name));
}

xml_node *xml_add_text(xml_node *parent, const char *name, const char *text)
{
	xml_node *node = xml_add(parent, name);

	if (text && *text)
		xml_append(node, text);
	return node;
}

void xml_append(xml_node *node, const char *text)
{
	xmlAddChild(node, xmlNewDocText(node->doc, (const xmlChar *)text));
}

static void set(xml_node *node, xmlNs *ns, const char *attribute, const char *value)
{
	xmlAttr *old;

	assert(xmlValidateNCName((const xmlChar *)attribute, 0) == 0);
	if (value) {
		xmlSetNsProp(node, ns, (const xmlChar *)attribute, (const xmlChar *)value);
		return;
	}
	old = xmlHasNsProp(node, (const xmlChar *)attribute, ns ? ns->href : NULL);
	if (old)
		xmlRemoveProp(old);
}

void xml_set(xml_node *node, const char *attribute, const char *value)
{
	set(node, NULL, attribute, value);
}

void xml_setf(xml_node *node, const char *attribute, const char *format, ...)
{
	va_list list;
	char *value;

	va_start(list, format);
	value = talloc_vasprintf(NULL, format, list);
	va_end(list);
	set(node, NULL, attribute, value);
	talloc_free(value);
}

static const char *usual_prefix(const char *ns)
{
	static const char *const known[][2] = { { NS_FORM, "d" }, { NS_NOTE, "n" }, { NS_XHTML, "h" }, { NS_XFORMS, "x" } };
	size_t i;

	for (i = 0; i < sizeof known / sizeof *known; i++)
		if (strcmp(known[i][0], ns) == 0)
			return known[i][1];
	return NULL;
}

/* Nothing between the two declares a namespace, so that what the root declares holds. */
static bool is_plain(const xml_node *node, const xml_node *root)
{
	while (node && node != root && !node->nsDef)
		node = node->parent && node->parent->type == XML_ELEMENT_NODE ? node->parent : NULL;
	return node == root;
}

/* A declaration with a prefix, for attributes have no default namespace. Annotating asks for every field, so the root, where we declare
 * our own, is looked at first. */
static xmlNs *declaration(xml_node *node, const char *uri)
{
	xmlNode *root = xmlDocGetRootElement(node->doc);
	xmlNs *ns, **all;
	int i;

	for (ns = root->nsDef; ns; ns = ns->next)
		if (ns->prefix && strcmp((const char *)ns->href, uri) == 0 && (is_plain(node, root) || xmlSearchNs(node->doc, node, ns->prefix) == ns))
			return ns;
	all = xmlGetNsList(node->doc, node);
	for (i = 0, ns = NULL; all && all[i] && !ns; i++)
		if (all[i]->prefix && xmlStrEqual(all[i]->href, (const xmlChar *)uri))
			ns = all[i];
	xmlFree(all);
	if (!ns)
		ns = xmlNewNs(root, (const xmlChar *)uri, (const xmlChar *)usual_prefix(uri));
	/* The usual prefix may stand for something else there; nobody else's is called that. */
	if (!ns)
		ns = xmlNewNs(root, (const xmlChar *)uri, (const xmlChar *)"dossier-own");
	assert(ns && ns->prefix);
	return ns;
}

void xml_set_ns(xml_node *node, const char *ns, const char *attribute, const char *value)
{
	set(node, declaration(node, ns), attribute, value);
}

/* Written onto copies, some thousands a page: hence by hand what xmlSetNsProp does with a look for ids and an encoding besides. */
void xml_note(xml_node *node, const char *attribute, const char *value)
{
	xmlNs *ns = declaration(node, NS_NOTE);
	xmlAttr *made, *each;

	for (each = node->properties; each; each = each->next)
		if (each->ns == ns && strcmp((const char *)each->name, attribute) == 0)
			break;
	if (each || !value) {
		set(node, ns, attribute, value);
		return;
	}
	made = xmlNewNsProp(node, ns, (const xmlChar *)attribute, NULL);
	made->children = made->last = xmlNewDocText(node->doc, (const xmlChar *)value);
	made->children->parent = (xmlNode *)made;
}

void xml_empty(xml_node *node)
{
	xmlFreeNodeList(node->children);
	node->children = node->last = NULL;
}

void xml_replace_text(xml_node *node, const char *text)
{
	xml_empty(node);
	if (text && *text)
		xml_append(node, text);
}

void xml_remove(xml_node *node)
{
	if (node->type == XML_ATTRIBUTE_NODE) {
		xmlRemoveProp((xmlAttr *)node);
		return;
	}
	xmlUnlinkNode(node);
	xmlFreeNode(node);
}

xml_node *xml_copy_into(xml_node *parent, const xml_node *node)
{
	return xmlAddChild(parent, xmlDocCopyNode((xmlNode *)node, parent->doc, 1));
}

xml_node *xml_move_into(xml_node *parent, struct xml_doc *from)
{
	xmlNode *root = xmlDocGetRootElement(from->inner);

	/* Names in a dictionary, or the xml: prefix that a document declares by itself, would be freed with the old document. */
	if (from->inner->dict || parent->doc->dict || from->inner->oldNs)
		return xml_copy_into(parent, root);
	xmlUnlinkNode(root);
	return xmlAddChild(parent, root);
}

xml_node *xml_copy_after(xml_node *sibling, const xml_node *node)
{
	return xmlAddNextSibling(sibling, xmlDocCopyNode((xmlNode *)node, sibling->doc, 1));
}

xml_node *xml_insert_before(xml_node *sibling, const char *name)
{
	xmlNs *ns = sibling->parent && sibling->parent->type == XML_ELEMENT_NODE ? sibling->parent->ns : NULL;

	return xmlAddPrevSibling(sibling, new_element(sibling->doc, ns, name));
}
