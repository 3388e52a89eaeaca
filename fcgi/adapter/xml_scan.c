/* What can be refused before any library sees the bytes. It only ever refuses: should it lose its way in something malformed, Expat
 * refuses that, and its handlers know the same limits. */
#include "adapter/xml_inner.h"

#include <string.h>
#include <strings.h>
#include "base/text.h"

#define MOST_TAG (64u << 10)     /* bytes of one tag or comment */

/* Fails with the place of a byte. Columns count characters, as Expat's do. */
static int scan_fault(const char *bytes, size_t at, struct error *error, const char *code, const char *say)
{
	int line = 1, column = 1;
	size_t i;

	for (i = 0; i < at; i++) {
		if (bytes[i] == '\n' || (bytes[i] == '\r' && bytes[i + 1] != '\n')) {
			line++;
			column = 1;
		} else if (((unsigned char)bytes[i] & 0xC0) != 0x80) {
			column++;
		}
	}
	error_set(error, ERROR_MALFORMED, code, "%s", say);
	return error_at(error, NULL, line, column);
}

static size_t name_length(const char *at, const char *end)
{
	const char *from = at;

	while (at < end && !strchr(" \t\r\n/>=<\"'", *at))
		at++;
	return (size_t)(at - from);
}

static int long_tag(const char *bytes, const char *at, struct error *error)
{
	return scan_fault(bytes, (size_t)(at - bytes), error, "xml.tag",
		"One tag is longer than 64 KB. Long text belongs into an element, not an attribute.");
}

/* A start tag from its '<'; *end_r is behind its '>' or at the end of the bytes. */
static int scan_tag(const char *bytes, const char *at, const char *end, const char **end_r, struct error *error)
{
	const char *from = at, *closing;
	int attributes = 0;
	size_t name = name_length(++at, end);

	for (; at < end && *at != '>'; at++) {
		if ((size_t)(at - from) > MOST_TAG)
			return long_tag(bytes, from, error);
		if (name > XML_MOST_NAME)
			return scan_fault(bytes, (size_t)(at - bytes), error, "xml.name", "A name is longer than 128 bytes.");
		name = 0;
		if (*at == '=' && ++attributes > XML_MOST_ATTRIBUTES)
			return scan_fault(bytes, (size_t)(at - bytes), error, "xml.attributes", "One tag has more than 64 attributes.");
		if (*at == '"' || *at == '\'') {
			closing = memchr(at + 1, *at, (size_t)(end - at - 1));
			at = closing ? closing : end - 1;
		} else if (strchr(" \t\r\n", *at)) {
			name = name_length(at + 1, end);
		}
	}
	if (name > XML_MOST_NAME)
		return scan_fault(bytes, (size_t)(from + 1 - bytes), error, "xml.name", "A name is longer than 128 bytes.");
	if ((size_t)(at - from) > MOST_TAG)
		return long_tag(bytes, from, error);
	*end_r = at < end ? at + 1 : end;
	return 0;
}

static int scan_comment(const char *bytes, const char *at, const char *end, const char **end_r, struct error *error)
{
	const char *closing = memmem(at + 4, (size_t)(end - at - 4), "--", 2);

	if ((size_t)((closing ? closing : end) - at) > MOST_TAG)
		return scan_fault(bytes, (size_t)(at - bytes), error, "xml.comment", "A comment is longer than 64 KB.");
	*end_r = closing ? closing + 2 : end;
	return 0;
}

/* One piece of mark-up. What is merely unfinished is left to Expat, which says so. */
static int scan_markup(const char *bytes, const char *at, const char *end, const char **end_r, struct error *error)
{
	const char *closing;
	size_t left = (size_t)(end - at);

	if (left >= 4 && memcmp(at, "<!--", 4) == 0)
		return scan_comment(bytes, at, end, end_r, error);
	if (left >= 9 && memcmp(at, "<![CDATA[", 9) == 0) {
		closing = memmem(at + 9, left - 9, "]]>", 3);
		*end_r = closing ? closing + 3 : end;
		return 0;
	}
	if (left >= 2 && at[1] == '!')
		return scan_fault(bytes, (size_t)(at - bytes), error, "xml.doctype",
			"The document has a DOCTYPE or another declaration. Leave it out.");
	if (left >= 6 && strncasecmp(at, "<?xml", 5) == 0 && strchr(" \t\r\n?", at[5]))
		return scan_fault(bytes, (size_t)(at - bytes), error, "xml.instruction",
			"The XML declaration stands too late: nothing may stand before it, no blank and no empty line. Or leave it out.");
	if (left >= 2 && at[1] == '?')
		return scan_fault(bytes, (size_t)(at - bytes), error, "xml.instruction",
			"The document has a processing instruction. Leave it out.");
	return scan_tag(bytes, at, end, end_r, error);
}

static int scan_characters(const char *bytes, size_t length, struct error *error)
{
	size_t at;

	if (text_is_xml(bytes, length, &at))
		return 0;
	if ((unsigned char)bytes[at] < 0x20 && bytes[at] != '\0')
		return scan_fault(bytes, at, error, "xml.character", "The document holds a control character that XML does not allow.");
	return scan_fault(bytes, at, error, "xml.encoding", "The document is not in UTF-8. Save it as UTF-8 and send it again.");
}

/* Everything that can be refused before a library sees the bytes. */
int xml_scan(const char *bytes, size_t length, struct error *error)
{
	const char *at = bytes, *end = bytes + length;

	if (scan_characters(bytes, length, error))
		return -1;
	/* One mark was passed over before; Expat would pass over another. */
	if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
		return scan_fault(bytes, 0, error, "xml.syntax", "The document begins with two byte order marks.");
	if (length > 6 && memcmp(bytes, "<?xml", 5) == 0 && strchr(" \t\r\n", bytes[5])) {
		at = memmem(bytes, length, "?>", 2);
		if (!at)
			return scan_fault(bytes, 0, error, "xml.syntax", "The XML declaration does not end.");
	}
	while (at < end && (at = memchr(at, '<', (size_t)(end - at))))
		if (scan_markup(bytes, at, end, &at, error))
			return -1;
	return 0;
}
