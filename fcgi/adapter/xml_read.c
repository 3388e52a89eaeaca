/* Bytes into trees. Two roads: xml_read for what comes from outside, xml_read_own for our files and what we stored.
 *
 * The first looks at the bytes itself before any library does, then lets Expat, not libxml2, decide what XML is: libxml2's own README
 * advises against untrusted data, and it was measured to be quadratic in attributes, to read UTF-7 and to ignore what follows a NUL.
 *
 * White space: text is kept exactly, except that a text of white space alone is dropped where its element has child elements and no
 * other text, so that indenting doesn't matter. Comments are dropped; a CDATA section is text like any other and joins its neighbours. */
#include "adapter/xml_inner.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>
#include <sys/stat.h>
#include <expat.h>
#include <libxml/dict.h>
#include <libxml/parser.h>
#include <talloc.h>

#define MOST_BYTES (64u << 20)       /* far above any caller's own limit */
#define MOST_DEPTH 64
#define MOST_NODES 100000
#define MOST_TEXT  (1u << 20)

struct level {
	bool elements, words, blanks;    /* what its element holds: elements, text, text of white space alone */
};
struct reader {
	XML_Parser expat;
	xmlDoc *doc;
	xmlNode *at;                     /* the open element, NULL outside the root */
	int depth, nodes;
	struct level levels[MOST_DEPTH + 1];
	struct out text;                 /* gathered here and added once per node: once per event is quadratic */
	int text_line;
	struct error *error;
	bool refused;
};

static void refuse(struct reader *reader, const char *code, const char *say)
{
	if (reader->refused)
		return;
	reader->refused = true;
	error_set(reader->error, ERROR_MALFORMED, code, "%s", say);
	error_at(reader->error, NULL, (int)XML_GetCurrentLineNumber(reader->expat), (int)XML_GetCurrentColumnNumber(reader->expat) + 1);
	XML_StopParser(reader->expat, XML_FALSE);
}

static void link_last(xmlNode *parent, xmlNode *node, int line)
{
	node->line = (unsigned short)(line > USHRT_MAX ? USHRT_MAX : line);
	node->parent = parent;
	node->prev = parent->last;
	*(parent->last ? &parent->last->next : &parent->children) = node;
	parent->last = node;
}

static void count_node(struct reader *reader)
{
	if (++reader->nodes > MOST_NODES)
		refuse(reader, "xml.nodes", "The document has more than 100,000 parts. Split it.");
}

static void finish_text(struct reader *reader)
{
	struct level *level = &reader->levels[reader->depth];
	size_t i;

	if (reader->text.used == 0 || !reader->at)
		return;
	for (i = 0; i < reader->text.used && strchr(" \t\r\n", reader->text.bytes[i]); i++)
		;
	if (i < reader->text.used)
		count_node(reader);
	*(i < reader->text.used ? &level->words : &level->blanks) = true;
	link_last(reader->at, xmlNewDocTextLen(reader->doc, (const xmlChar *)reader->text.bytes, (int)reader->text.used), reader->text_line);
	reader->text.used = 0;
}

static bool name_fits(struct reader *reader, const char *name)
{
	if (strlen(name) > XML_MOST_NAME)
		refuse(reader, "xml.name", "A name is longer than 128 bytes.");
	else if (strchr(name, ':') || strcmp(name, "xmlns") == 0)
		refuse(reader, "xml.namespace", "The document uses a namespace. Names are plain, without a colon and without xmlns, also without xml:lang and the like: leave these out.");
	return !reader->refused;
}

static void on_start(void *data, const char *name, const char **attributes)
{
	struct reader *reader = data;
	xmlNode *node;
	int i;

	if (reader->refused)
		return;
	finish_text(reader);
	if (!name_fits(reader, name))
		return;
	if (reader->depth >= MOST_DEPTH) {
		refuse(reader, "xml.depth", "Elements are nested deeper than 64.");
		return;
	}
	count_node(reader);
	node = xmlNewDocNode(reader->doc, NULL, (const xmlChar *)name, NULL);
	link_last(reader->at ? reader->at : (xmlNode *)reader->doc, node, (int)XML_GetCurrentLineNumber(reader->expat));
	reader->levels[reader->depth].elements = true;
	reader->levels[++reader->depth] = (struct level){ false, false, false };
	reader->at = node;
	for (i = 0; attributes[i] && name_fits(reader, attributes[i]); i += 2) {
		count_node(reader);
		if (i / 2 >= XML_MOST_ATTRIBUTES)
			refuse(reader, "xml.attributes", "One tag has more than 64 attributes.");
		xmlNewProp(node, (const xmlChar *)attributes[i], (const xmlChar *)attributes[i + 1]);
	}
}

static void drop_blanks(xmlNode *parent)
{
	xmlNode *each, *next;

	for (each = parent->children; each; each = next) {
		next = each->next;
		if (each->type == XML_TEXT_NODE) {
			xmlUnlinkNode(each);
			xmlFreeNode(each);
		}
	}
}

static void on_end(void *data, const char *name)
{
	struct reader *reader = data;
	struct level *level = &reader->levels[reader->depth];

	(void)name;
	if (reader->refused)
		return;
	finish_text(reader);
	if (level->elements && level->blanks && !level->words)
		drop_blanks(reader->at);
	reader->depth--;
	reader->at = reader->depth > 0 ? reader->at->parent : NULL;
}

static void on_text(void *data, const char *text, int length)
{
	struct reader *reader = data;

	if (reader->refused)
		return;
	if (reader->text.used + (size_t)length > MOST_TEXT) {
		refuse(reader, "xml.text", "One text is longer than 1 MB.");
		return;
	}
	if (reader->text.used == 0)
		reader->text_line = (int)XML_GetCurrentLineNumber(reader->expat);
	out_add(&reader->text, text, (size_t)length);
}

/* Any version but 1.0 has other characters; any other encoding is a lie, for the bytes are UTF-8. */
static void on_declaration(void *data, const char *version, const char *encoding, int standalone)
{
	(void)standalone;
	if (!version || strcmp(version, "1.0") != 0)
		refuse(data, "xml.version", "The XML declaration must say version 1.0.");
	else if (encoding && strcasecmp(encoding, "UTF-8") != 0)
		refuse(data, "xml.encoding", "The XML declaration must say encoding UTF-8, or nothing.");
}

/* The scan has refused these; should it ever be fooled, Expat is not. */
static void on_doctype(void *data, const char *name, const char *system_id, const char *public_id, int internal)
{
	(void)name;
	(void)system_id;
	(void)public_id;
	(void)internal;
	refuse(data, "xml.doctype", "The document has a DOCTYPE or another declaration. Leave it out.");
}

static void on_instruction(void *data, const char *target, const char *text)
{
	(void)target;
	(void)text;
	refuse(data, "xml.instruction", "The document has a processing instruction. Leave it out.");
}

static XML_Parser new_expat(struct reader *reader)
{
	XML_Parser expat = XML_ParserCreate("UTF-8");   /* fixed: no declaration can change it */

	if (!expat)
		abort();
	XML_SetUserData(expat, reader);
	XML_SetElementHandler(expat, on_start, on_end);
	XML_SetCharacterDataHandler(expat, on_text);
	XML_SetXmlDeclHandler(expat, on_declaration);
	XML_SetStartDoctypeDeclHandler(expat, on_doctype);
	XML_SetProcessingInstructionHandler(expat, on_instruction);
	XML_SetParamEntityParsing(expat, XML_PARAM_ENTITY_PARSING_NEVER);
	return expat;
}

static int expat_fault(XML_Parser expat, struct error *error)
{
	enum XML_Error code = XML_GetErrorCode(expat);

	if (code == XML_ERROR_UNDEFINED_ENTITY)
		error_set(error, ERROR_MALFORMED, "xml.entity", "The document uses an entity that is not known. Only amp, lt, gt, quot, apos and numbers may follow an ampersand.");
	else if (code == XML_ERROR_BAD_CHAR_REF)
		error_set(error, ERROR_MALFORMED, "xml.character", "The document refers to a character that XML does not allow.");
	else
		error_set(error, ERROR_MALFORMED, "xml.syntax", "The document is not well-formed XML: %s.", XML_ErrorString(code));
	return error_at(error, NULL, (int)XML_GetCurrentLineNumber(expat), (int)XML_GetCurrentColumnNumber(expat) + 1);
}

struct xml_doc *xml_read(void *ctx, const char *bytes, size_t length, struct error *error)
{
	struct reader reader = { .error = error };
	struct xml_doc *doc = NULL;

	if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
		bytes += 3;
		length -= 3;
	}
	if (length == 0) {
		error_set(error, ERROR_MALFORMED, "xml.empty", "The document is empty.");
		return NULL;
	}
	if (length > MOST_BYTES) {
		error_set(error, ERROR_TOO_LARGE, "xml.size", "The document is too large.");
		return NULL;
	}
	if (xml_scan(bytes, length, error))
		return NULL;
	reader.expat = new_expat(&reader);
	reader.doc = xmlNewDoc((const xmlChar *)"1.0");
	reader.doc->dict = xmlDictCreate();
	out_start(&reader.text, NULL, 4096);
	if (XML_Parse(reader.expat, bytes, (int)length, XML_TRUE) == XML_STATUS_OK && !reader.refused)
		doc = xml_adopt(ctx, reader.doc);
	else if (!reader.refused)
		expat_fault(reader.expat, error);
	if (!doc)
		xmlFreeDoc(reader.doc);
	talloc_free(reader.text.bytes);
	XML_ParserFree(reader.expat);
	return doc;
}

/* The first message, with its line; what the parser says of our own files may be shown, for it names mark-up only. */
static xmlDoc *own_fault(struct error *error, const char *name, const char *code, const char *say, int line)
{
	error_set(error, ERROR_FAULT, code, "%s", say);
	error_at(error, name, line, 0);
	return NULL;
}

xmlDoc *xml_parse_own(const char *bytes, size_t length, const char *name, xmlDict *dict, struct error *error)
{
	const struct xml_messages *said = xml_messages();
	xmlParserCtxt *parser;
	xmlDoc *doc;
	bool good;

	if (length > MOST_BYTES)
		return own_fault(error, name, "xml.size", "The file is too large.", 0);
	parser = xmlNewParserCtxt();
	if (dict) {
		xmlDictFree(parser->dict);
		parser->dict = dict;
		xmlDictReference(dict);
	}
	xml_messages_clear();
	doc = xmlCtxtReadMemory(parser, bytes, (int)length, NULL, "UTF-8", XML_PARSE_NONET | XML_PARSE_NOWARNING);
	good = doc && parser->wellFormed && parser->nsWellFormed && said->count == 0;
	xmlFreeParserCtxt(parser);
	if (good && !doc->intSubset && !doc->extSubset)
		return doc;
	if (!good)
		own_fault(error, name, "xml.syntax", said->count ? said->text : "This is not XML.", said->line);
	else
		own_fault(error, name, "xml.doctype", "The document has a DOCTYPE. Leave it out.", 0);
	xmlFreeDoc(doc);
	return NULL;
}

struct xml_doc *xml_read_own(void *ctx, const char *bytes, size_t length, const char *name, struct error *error)
{
	xmlDoc *doc = xml_parse_own(bytes, length, name, NULL, error);

	return doc ? xml_adopt(ctx, doc) : NULL;
}

static char *read_all(void *ctx, int file, size_t size)
{
	char *bytes = talloc_array(ctx, char, size + 1);
	size_t used = 0;
	ssize_t got;

	while (used < size) {
		got = read(file, bytes + used, size - used);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		used += (size_t)got;
	}
	bytes[used] = '\0';
	if (used == size)
		return bytes;
	talloc_free(bytes);
	return NULL;
}

char *xml_slurp(void *ctx, const char *path, size_t *length_r, struct error *error)
{
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	char *bytes = NULL;
	struct stat about;

	if (file < 0) {
		error_set(error, errno == ENOENT ? ERROR_MISSING : ERROR_FAULT, "xml.file", "The file cannot be opened: %s.", strerror(errno));
		goto out;
	}
	if (fstat(file, &about) || !S_ISREG(about.st_mode) || about.st_size > (off_t)MOST_BYTES) {
		error_set(error, ERROR_FAULT, "xml.file", "This is not a file, or it is too large.");
		goto out;
	}
	bytes = read_all(ctx, file, (size_t)about.st_size);
	if (bytes)
		*length_r = (size_t)about.st_size;
	else
		error_set(error, ERROR_FAULT, "xml.file", "The file cannot be read whole.");
out:
	if (file >= 0)
		close(file);
	if (!bytes)
		error_at(error, path, 0, 0);
	return bytes;
}

struct xml_doc *xml_read_file(void *ctx, const char *path, struct error *error)
{
	struct xml_doc *doc = NULL;
	size_t length;
	char *bytes = xml_slurp(NULL, path, &length, error);

	if (bytes)
		doc = xml_read_own(ctx, bytes, length, path, error);
	talloc_free(bytes);
	return doc;
}
