/* XML trees: hostile bytes in through Expat, our own through libxml2, XPath, and building with constructors that escape.
 *
 * A struct xml_doc is a talloc object with a destructor; nodes live as long as it. Strings marked "borrowed" live until the
 * node changes. No XPath context or result outlives the call that made it. Nodes are not moved between documents but
 * copied (libxml2 keeps names in the document's dictionary); the one exception, xml_move_into, is for documents without one. */
#ifndef ADAPTER_XML_H
#define ADAPTER_XML_H
#include <stdbool.h>
#include <stddef.h>
#include "base/error.h"

struct xml_doc;
typedef struct _xmlNode xml_node;

#define NS_XFORMS "http://www.w3.org/2002/xforms"
#define NS_XHTML  "http://www.w3.org/1999/xhtml"
#define NS_FORM   "urn:dossier:form"
#define NS_NOTE   "urn:dossier:note"      /* what the server writes onto copies for a stylesheet (prefix n) */

void xml_start(void);    /* once, in the master: libraries, error collectors, no catalogs */
void xml_close_doors(void);   /* before the fork: no external entity is ever loaded again */

/* Hostile bytes. Limits: max bytes by the caller; depth 64, nodes 100,000, names 128 bytes, one text 1 MB, 64 attributes a tag; UTF-8
 * only; no DOCTYPE, no processing instruction, no namespace declaration other than none. Codes: xml.empty, xml.encoding, xml.doctype,
 * xml.instruction, xml.depth, xml.nodes, xml.name, xml.text, xml.attributes, xml.namespace, xml.syntax …; kind MALFORMED; line and column set. */
struct xml_doc *xml_read(void *ctx, const char *bytes, size_t length, struct error *error);
/* Our own files and what we stored. `name` is for messages. */
struct xml_doc *xml_read_own(void *ctx, const char *bytes, size_t length, const char *name, struct error *error);
struct xml_doc *xml_read_file(void *ctx, const char *path, struct error *error);
struct xml_doc *xml_new(void *ctx, const char *root_name);
struct xml_doc *xml_copy(void *ctx, const struct xml_doc *doc);
struct xml_doc *xml_copy_node(void *ctx, const xml_node *node);   /* a new document with a deep copy as root */
/* Overwrites its texts, for what must not stay in memory; the document is of no use then. */
void xml_wipe(struct xml_doc *doc);
xml_node *xml_root(const struct xml_doc *doc);
/* Compact UTF-8 with no declaration and no added white space; attributes in tree order: the stored form. NUL-terminated. */
char *xml_write(void *ctx, const xml_node *node, size_t *length_r);

/* Building. All escape; names must be valid (asserted). Text must be XML text (checked at the edge). */
xml_node *xml_add(xml_node *parent, const char *name);      /* at the end; in its parent's namespace */
xml_node *xml_add_text(xml_node *parent, const char *name, const char *text);   /* text may be NULL: empty element */
void xml_append(xml_node *node, const char *text);          /* a text node at the end */
void xml_set(xml_node *node, const char *attribute, const char *value);          /* NULL removes it */
void xml_setf(xml_node *node, const char *attribute, const char *format, ...) __attribute__((format(printf, 3, 4)));
void xml_note(xml_node *node, const char *attribute, const char *value);         /* in NS_NOTE */
/* In any namespace: the prefix is one in scope, else the namespace's usual one (d, h, x, n), declared on the root. NULL removes it. */
void xml_set_ns(xml_node *node, const char *ns, const char *attribute, const char *value);
void xml_replace_text(xml_node *node, const char *text);    /* all children go, one text comes */
void xml_empty(xml_node *node);                             /* all children go */
void xml_remove(xml_node *node);                            /* unlinked and freed */
xml_node *xml_copy_into(xml_node *parent, const xml_node *node);                 /* deep copy, appended */
/* The root of a document that is of no more use (xml_root is NULL then), appended. Only for documents that were made here: xml_new, xml_copy. */
xml_node *xml_move_into(xml_node *parent, struct xml_doc *from);
xml_node *xml_copy_after(xml_node *sibling, const xml_node *node);
xml_node *xml_insert_before(xml_node *sibling, const char *name);

/* Looking. Elements only unless the name says any. A NULL node has nothing: NULL, "", 0, false. XPath results may hold attributes, on which
 * xml_name, xml_line, xml_parent, xml_text and xml_plain work too. */
const char *xml_name(const xml_node *node);
int  xml_line(const xml_node *node);
bool xml_is(const xml_node *node, const char *ns, const char *name);             /* ns NULL: no namespace; name NULL: any */
xml_node *xml_parent(const xml_node *node);                 /* NULL at the root */
xml_node *xml_first(const xml_node *node);
xml_node *xml_last(const xml_node *node);                   /* the last child element */
xml_node *xml_next(const xml_node *node);
xml_node *xml_child(const xml_node *node, const char *name);          /* first child of that local name, any namespace */
xml_node *xml_next_same(const xml_node *node);                         /* next sibling element of the same name */
xml_node *xml_first_any(const xml_node *node);
xml_node *xml_next_any(const xml_node *node);
bool xml_is_element(const xml_node *node);
bool xml_is_text(const xml_node *node);                     /* text or CDATA */
const char *xml_content(const xml_node *text_node);         /* borrowed */
const char *xml_get(const xml_node *node, const char *attribute);                /* borrowed, NULL if absent; no namespace */
const char *xml_get_ns(const xml_node *node, const char *ns, const char *attribute);
/* Calls fn for each attribute without namespace declaration: name, ns ("" if none), value. */
void xml_each_attribute(const xml_node *node, void (*fn)(void *data, const char *ns, const char *name, const char *value), void *data);
char *xml_text(void *ctx, const xml_node *node);            /* all text below, joined; "" if none or node NULL */
const char *xml_plain(const xml_node *node);                /* borrowed: the text if the node holds only one text node, else "" */

/* XPath 1.0. Expressions are compiled once; values come in only by variables, functions, instances. */
enum xpath_kind { XPATH_BOOLEAN, XPATH_NUMBER, XPATH_STRING, XPATH_NODES };
struct xpath_value { enum xpath_kind kind; bool yes; double number; const char *text; xml_node **nodes; int count; };
struct xpath_function {      /* bound to the prefix d (NS_FORM); or "instance" and "current" with prefix NULL are built in */
	const char *name; int min, max;
	/* ctx lives until the evaluation ends; text arguments are already strings unless NODES. 0, or -1: evaluates to an error */
	int (*call)(void *ctx, void *data, int n, const struct xpath_value *args, struct xpath_value *result);
};
struct xpath_env {
	const struct xpath_function *functions; int function_count; void *data;
	const struct xpath_instance { const char *name; const struct xml_doc *doc; } *instances; int instance_count;   /* for instance('name') */
	const struct xpath_variable { const char *name, *text; } *variables; int variable_count;
};
struct xpath;                /* talloc object with destructor */
struct xpath *xpath_compile(void *ctx, const char *expression, struct error *error);
/* Operation limit 1,000,000 each. A missing instance is an empty node-set. */
int xpath_test(const struct xpath *x, xml_node *node, const struct xpath_env *env, bool *yes_r, struct error *error);
int xpath_text(void *ctx, const struct xpath *x, xml_node *node, const struct xpath_env *env, char **text_r, struct error *error);
int xpath_nodes(void *ctx, const struct xpath *x, xml_node *node, const struct xpath_env *env, xml_node ***nodes_r, int *count_r, struct error *error);
/* Simple queries on trusted literal expressions; "" / NaN / 0 when absent or wrong. */
char *xml_find_text(void *ctx, const xml_node *node, const char *expression);
xml_node *xml_find(const xml_node *node, const char *expression);
int xml_find_all(void *ctx, const xml_node *node, const char *expression, xml_node ***nodes_r);   /* the count */
#endif
