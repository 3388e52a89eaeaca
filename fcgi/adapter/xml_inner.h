/* What the files around libxml2 share (xml*.c, xpath.c, xslt.c, html.c): the library's own types, its messages, and the buffer that
 * both serialisers write into. No other room includes this. */
#ifndef ADAPTER_XML_INNER_H
#define ADAPTER_XML_INNER_H
#include <libxml/tree.h>
/* Three of libxml2's constants have the names of ours; theirs get others. Hence include this file before any other of theirs. */
#define XPATH_BOOLEAN LIBXML_BOOLEAN
#define XPATH_NUMBER LIBXML_NUMBER
#define XPATH_STRING LIBXML_STRING
#include <libxml/xpath.h>
#undef XPATH_BOOLEAN
#undef XPATH_NUMBER
#undef XPATH_STRING
#include "adapter/xml.h"

/* The document becomes ours: freed with the talloc object. */
struct xml_doc *xml_adopt(void *ctx, xmlDoc *doc);
xmlDoc *xml_inner(const struct xml_doc *doc);

/* libxml2 and libxslt report by functions that are global to the process. All of them lead here instead of to stderr, where they would
 * put text of documents into the log. Cleared before, and asked after, each call that may report. */
struct xml_messages {
	int count, line;     /* line of the first message that had one, else 0 */
	char text[400];      /* joined, on one line                          */
};
void xml_messages_clear(void);
const struct xml_messages *xml_messages(void);
void xml_message_add(void *unused, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Limits that both the scan and Expat's handlers keep. */
#define XML_MOST_NAME 128
#define XML_MOST_ATTRIBUTES 64
int xml_scan(const char *bytes, size_t length, struct error *error);

/* Our own bytes into a tree whose names live in `dict` (may be NULL); no DTD. */
xmlDoc *xml_parse_own(const char *bytes, size_t length, const char *name, xmlDict *dict, struct error *error);
char *xml_slurp(void *ctx, const char *path, size_t *length_r, struct error *error);

/* Simple paths (xml_path.c): names of children, each perhaps with the text of one child of its own. The number of steps; -1: not simple. */
enum { XML_STEPS = 8 };
struct xml_span { const char *bytes; size_t length; };
struct xml_step { struct xml_span name, child, text; bool other; };      /* child: bytes NULL for no test; other: a child with another text */
int xml_path(const char *expression, struct xml_step steps_r[XML_STEPS]);
/* All nodes at the end of such a path, in document order, until found returns true; was there one for which it did? */
bool xml_walk(xml_node *node, const struct xml_step *steps, int count, bool (*found)(void *data, xml_node *node), void *data);

/* One growing buffer. */
struct out {
	void *ctx;
	char *bytes;
	size_t used, size;
};
void out_start(struct out *out, void *ctx, size_t size);
void out_grow(struct out *out, size_t more);
char *out_end(struct out *out, size_t *length_r);

/* Which bytes are written otherwise: class 0 is copied, else text[class]. NUL must have a class. A class of ESCAPE_NBSP stands for
 * the byte 0xC2 and counts only before 0xA0 (U+00A0). */
#define ESCAPE_END 1
#define ESCAPE_NBSP 2
struct escapes {
	unsigned char class[256];
	const char *text[10];
};
void out_escaped(struct out *out, const char *text, const struct escapes *escapes);

static inline void out_add(struct out *out, const char *bytes, size_t length)
{
	if (out->size - out->used < length)
		out_grow(out, length);
	__builtin_memcpy(out->bytes + out->used, bytes, length);
	out->used += length;
}

static inline void out_text(struct out *out, const char *text)
{
	out_add(out, text, __builtin_strlen(text));
}
#endif
