/* WHATWG URL §5.1 (urlencoded) and RFC 7578 with RFC 2046 §5.1.1 (form-data), read strictly: a body that no browser and no
 * library sends is refused rather than guessed at. */
#include "base/multipart.h"
#include <string.h>
#include <strings.h>
#include <talloc.h>
#include "base/text.h"

enum { MAX_NAME = 512, MAX_HEADERS = 4096, MAX_BOUNDARY = 70 /* RFC 2046 */ };

static int bad(struct error *error, const char *say)
{
	return error_set(error, ERROR_MALFORMED, "request.form", "The form that was sent cannot be read: %s.", say);
}

static struct part *part_add(struct parts *parts)
{
	if ((parts->count & (parts->count + 1)) == 0)   /* grows at 0, 1, 3, 7, 15 … */
		parts->list = talloc_realloc(parts, parts->list, struct part, 2 * (size_t)parts->count + 1);
	struct part *part = &parts->list[parts->count++];
	memset(part, 0, sizeof *part);
	return part;
}

/* Once its name is known: the first field too many is named, so that the sender knows where to divide. */
static int check_count(const struct parts *parts, const struct part *part, int max, struct error *error)
{
	if (parts->count <= max)
		return 0;
	error_set(error, ERROR_MALFORMED, "request.parts", "The form that was sent has more than %d fields. Nothing was saved. Send it in parts.", max);
	return error_at(error, part->name, 0, 0);
}

/* Is this text that may stand in a document? Only then do its line ends become LF. Whoever pastes from a word processor cannot see what came with it. */
static int check_text(char *text, size_t length, struct error *error)
{
	length = text_pasted(text, length);
	if (memchr(text, '\0', length) || !text_is_xml(text, length, NULL))
		return error_set(error, ERROR_MALFORMED, "request.text",
			"A field holds signs that cannot be seen and are not text; they often come with what is pasted. Go back, type that part instead of pasting it, and send it again.");
	text_unix_lines(text);
	return 0;
}

static int hex(unsigned char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static char *decode(void *ctx, const char *from, size_t length, size_t *length_r, struct error *error)
{
	char *text = talloc_array(ctx, char, length + 1);
	size_t n = 0;
	for (size_t i = 0; i < length; i++) {
		if (from[i] != '%') {
			text[n++] = from[i] == '+' ? ' ' : from[i];
			continue;
		}
		int high = i + 2 < length ? hex((unsigned char)from[i + 1]) : -1;
		int low = i + 2 < length ? hex((unsigned char)from[i + 2]) : -1;
		if (high < 0 || low < 0) {
			bad(error, "a percent sign is not followed by two digits");
			return NULL;
		}
		text[n++] = (char)(high << 4 | low);
		i += 2;
	}
	text[n] = '\0';
	if (check_text(text, n, error) < 0)
		return NULL;
	*length_r = strlen(text);
	return text;
}

static int add_pair(struct parts *parts, const char *pair, size_t length, int max, struct error *error)
{
	const char *equals = memchr(pair, '=', length);
	size_t name_length = equals ? (size_t)(equals - pair) : length, size;
	struct part *part = part_add(parts);
	part->name = decode(parts, pair, name_length, &size, error);
	if (!part->name)
		return -1;
	if (size > MAX_NAME)
		return bad(error, "the name of a field is too long");
	if (check_count(parts, part, max, error) < 0)
		return -1;
	part->value = equals ? decode(parts, equals + 1, length - name_length - 1, &part->length, error)
		: talloc_strdup(parts, "");
	return part->value ? 0 : error_at(error, part->name, 0, 0);
}

struct parts *multipart_urlencoded(void *ctx, const char *bytes, size_t length, int max, struct error *error)
{
	struct parts *parts = talloc_zero(ctx, struct parts);
	for (size_t at = 0; at < length;) {
		const char *and = memchr(bytes + at, '&', length - at);
		size_t size = and ? (size_t)(and - bytes) - at : length - at;
		if (size > 0 && add_pair(parts, bytes + at, size, max, error) < 0) {
			talloc_free(parts);
			return NULL;
		}
		at += size + 1;
	}
	return parts;
}

/* The value of a parameter (name="value" or name=token) of a header line; NULL when it is not there or not well formed. */
static char *parameter(void *ctx, const char *line, const char *name)
{
	size_t n = strlen(name);
	for (const char *p = strchr(line, ';'); p;) {
		p += 1 + strspn(p + 1, " \t");
		bool found = strncasecmp(p, name, n) == 0 && p[n] == '=';
		p += strcspn(p, "=;");
		if (*p == '=' && p[1] == '"') {
			const char *end = strchr(p + 2, '"');
			if (!end)
				return NULL;
			if (found)
				return talloc_strndup(ctx, p + 2, (size_t)(end - p - 2));
			p = end + 1;
		} else if (found) {
			return talloc_strndup(ctx, p + 1, strcspn(p + 1, "; \t"));
		}
		p = strchr(p, ';');
	}
	return NULL;
}

/* Browsers write these three, and only these, as percent codes in names (HTML, multipart/form-data encoding). */
static char *unescape_name(char *name)
{
	static const struct { const char *code; char is; } codes[] = {{"%22", '"'}, {"%0D", '\r'}, {"%0A", '\n'}};
	char *to = name;
	for (const char *p = name; *p;) {
		size_t i = 0;
		while (i < 3 && strncasecmp(p, codes[i].code, 3) != 0)
			i++;
		*to++ = i < 3 ? codes[i].is : *p;
		p += i < 3 ? 3 : 1;
	}
	*to = '\0';
	return name;
}

/* RFC 8187: filename*=UTF-8''d%C5%B5r.pdf, as some libraries write it here too, although RFC 7578 §4.2 would not have it. What cannot be read is a file
 * without a name, never a field of text. */
static char *extended(void *ctx, const char *line)
{
	char *value = parameter(ctx, line, "filename*"), *from, *to;
	if (!value)
		return NULL;
	from = strncasecmp(value, "UTF-8'", 6) == 0 ? strchr(value + 6, '\'') : NULL;
	if (!from)
		return talloc_strdup(ctx, "");
	for (to = value, from++; *from;) {
		int high = *from == '%' ? hex((unsigned char)from[1]) : -1, low = high < 0 ? -1 : hex((unsigned char)from[2]);
		*to++ = low < 0 ? *from : (char)(high << 4 | low);
		from += low < 0 ? 1 : 3;
	}
	*to = '\0';
	return value;
}

static int read_disposition(struct parts *parts, struct part *part, const char *line, struct error *error)
{
	char *name = parameter(parts, line, "name"), *file = parameter(parts, line, "filename");
	if (strncasecmp(line, "form-data", 9) != 0 || !name || part->name)
		return bad(error, "a part does not say which field it is");
	unescape_name(name);
	if (strlen(name) > MAX_NAME)
		return bad(error, "the name of a field is too long");
	if (check_text(name, strlen(name), error) < 0)
		return -1;
	char *other = extended(parts, line);
	if (file)
		unescape_name(file);
	if (other && (*other || !file))
		file = other;
	if (file && check_text(file, strlen(file), error) < 0)
		return -1;
	part->name = name;
	part->file_name = file;
	return 0;
}

static int read_header(struct parts *parts, struct part *part, char *line, struct error *error)
{
	char *colon = strchr(line, ':');
	if (!colon)
		return bad(error, "a line in the head of a part is not a header");
	*colon = '\0';
	const char *value = text_trim(parts, colon + 1);
	if (strcasecmp(line, "Content-Disposition") == 0)
		return read_disposition(parts, part, value, error);
	if (strcasecmp(line, "Content-Type") == 0)
		part->type = value;
	else if (strcasecmp(line, "Content-Transfer-Encoding") == 0 && strcasecmp(value, "binary") != 0 &&
		strcasecmp(value, "8bit") != 0 && strcasecmp(value, "7bit") != 0)
		return bad(error, "a part is encoded");   /* RFC 7578 §4.7 deprecates it */
	return 0;
}

/* Head lines up to the empty line; *at_r is where the content begins. */
static int read_head(struct parts *parts, struct part *part, const char *bytes, size_t length, size_t *at_r, struct error *error)
{
	for (size_t at = 0;;) {
		const char *end = memmem(bytes + at, length - at, "\r\n", 2);
		if (!end || (size_t)(end - bytes) > MAX_HEADERS)
			return bad(error, "the head of a part has no end");
		size_t size = (size_t)(end - bytes) - at;
		if (size == 0) {
			*at_r = at + 2;
			return part->name ? 0 : bad(error, "a part has no name");
		}
		if (memchr(bytes + at, '\0', size))
			return bad(error, "the head of a part is not text");
		if (read_header(parts, part, talloc_strndup(parts, bytes + at, size), error) < 0)
			return -1;
		at += size + 2;
	}
}

static int add_part(struct parts *parts, const char *bytes, size_t length, int max, struct error *error)
{
	size_t at = 0;
	struct part *part = part_add(parts);
	if (read_head(parts, part, bytes, length, &at, error) < 0 || check_count(parts, part, max, error) < 0)
		return -1;
	char *value = talloc_array(parts, char, length - at + 1);
	memcpy(value, bytes + at, length - at);
	value[length - at] = '\0';
	part->value = value;
	part->length = length - at;
	if (part->file_name)
		return 0;   /* bytes of a file stay as they are */
	if (check_text(value, part->length, error) < 0)
		return error_at(error, part->name, 0, 0);
	part->length = strlen(value);
	return 0;
}

/* bytes begins after the first delimiter; delimiter is CRLF "--" boundary. */
static int read_parts(struct parts *parts, const char *delimiter, const char *bytes, size_t length, int max, struct error *error)
{
	size_t n = strlen(delimiter);
	for (;;) {
		if (length >= 2 && memcmp(bytes, "--", 2) == 0)
			return 0;   /* what follows the end is not ours (RFC 2046 epilogue) */
		if (length < 2 || memcmp(bytes, "\r\n", 2) != 0)
			return bad(error, "a part does not begin on a line of its own");
		const char *end = memmem(bytes + 2, length - 2, delimiter, n);
		if (!end)
			return bad(error, "it ends too early");
		if (add_part(parts, bytes + 2, (size_t)(end - bytes) - 2, max, error) < 0)
			return -1;
		length -= (size_t)(end - bytes) + n;
		bytes = end + n;
	}
}

struct parts *multipart_form(void *ctx, const char *type, const char *bytes, size_t length, int max, struct error *error)
{
	struct parts *parts = talloc_zero(ctx, struct parts);
	char *boundary = parameter(parts, type, "boundary");
	int rc = -1;
	if (strncasecmp(type, "multipart/form-data", 19) != 0 || !boundary || !*boundary || strlen(boundary) > MAX_BOUNDARY) {
		bad(error, "its type names no boundary");
		goto out;
	}
	char *delimiter = talloc_asprintf(parts, "\r\n--%s", boundary);
	size_t first = strlen(delimiter) - 2;
	if (length >= 2 && memcmp(bytes, "\r\n", 2) == 0) {      /* an empty line before it: some senders begin every boundary with one */
		bytes += 2;
		length -= 2;
	}
	if (length < first || memcmp(bytes, delimiter + 2, first) != 0) {
		bad(error, "it does not begin with its boundary");
		goto out;
	}
	rc = read_parts(parts, delimiter, bytes + first, length - first, max, error);
out:
	if (rc < 0)
		TALLOC_FREE(parts);
	return parts;
}

const char *parts_get(const struct parts *parts, const char *name)
{
	for (int i = 0; i < parts->count; i++)
		if (strcmp(parts->list[i].name, name) == 0)
			return parts->list[i].value;
	return NULL;
}

char *parts_join(void *ctx, const struct parts *parts, const char *name)
{
	char *joined = NULL;
	for (int i = 0; i < parts->count; i++)
		if (strcmp(parts->list[i].name, name) == 0)
			joined = joined ? talloc_asprintf_append_buffer(joined, " %s", parts->list[i].value)
				: talloc_strdup(ctx, parts->list[i].value);
	return joined;
}

bool parts_has(const struct parts *parts, const char *name)
{
	return parts_get(parts, name) != NULL;
}
