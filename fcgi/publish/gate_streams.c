#include "publish/gate_parts.h"

#include <ctype.h>
#include <string.h>
#include <talloc.h>

struct stream *gate_stream_add(struct streams *streams, const char *name, int source)
{
	struct stream *s = talloc_zero(streams, struct stream);

	s->name = talloc_strdup(s, name);
	s->source = source;
	s->bytes = talloc_array(s, char, 256);
	s->from = talloc_array(s, unsigned, 256);
	s->bytes[0] = 0;
	streams->list = talloc_realloc(streams, streams->list, struct stream *, streams->count + 1);
	streams->list[streams->count++] = s;
	return s;
}

void gate_put(struct stream *s, const char *bytes, size_t length, unsigned from)
{
	if (s->length + length + 1 > talloc_get_size(s->bytes)) {
		size_t room = (s->length + length + 1) * 2;
		s->bytes = talloc_realloc(s, s->bytes, char, room);
		s->from = talloc_realloc(s, s->from, unsigned, room);
	}
	memcpy(s->bytes + s->length, bytes, length);
	for (size_t i = 0; i < length; i++)
		s->from[s->length + i] = from;
	s->length += length;
	s->bytes[s->length] = 0;
	s->from[s->length] = from + 1;
}

/* U+A015, a letter of the Yi script, stands in no register: being a letter it survives every view and so keeps neighbours apart. */
void gate_put_barrier(struct stream *s, unsigned from)
{
	gate_put(s, " \xEA\x80\x95 ", 5, from);
}

static void put_source(struct stream *s, const char *bytes, size_t from, size_t end)
{
	for (size_t i = from; i < end; i++)
		gate_put(s, bytes + i, 1, (unsigned)i);
}

static void whole(struct streams *streams, const char *name, int source, const char *bytes, size_t length, bool plain)
{
	struct stream *s = gate_stream_add(streams, name, source);

	s->plain = plain;
	put_source(s, bytes, 0, length);
}

/* The end of what a reader's program may take for a tag, comment or instruction at `at`; `at` itself when it is text. */
static size_t tag_end(const char *bytes, size_t length, size_t at)
{
	const char *end;

	if (bytes[at] != '<' || at + 1 >= length || !(isalpha((unsigned char)bytes[at + 1]) || strchr("/!?", bytes[at + 1])))
		return at;
	if (length - at >= 4 && !memcmp(bytes + at, "<!--", 4)) {
		end = memmem(bytes + at + 4, length - at - 4, "-->", 3);
		return end ? (size_t)(end - bytes) + 3 : length;
	}
	if (length - at >= 9 && !memcmp(bytes + at, "<![CDATA[", 9))
		return at + 9;
	end = memchr(bytes + at, '>', length - at);
	return end ? (size_t)(end - bytes) + 1 : length;
}

static bool ends_a_word(const char *tag, size_t length)
{
	size_t from = length > 1 && tag[1] == '/' ? 2 : 1, n = 0;

	while (from + n < length && isalnum((unsigned char)tag[from + n]))
		n++;
	return n > 0 && !gate_is_inline(tag + from, n);
}

enum tags { TAGS_NOTHING, TAGS_BLANK, TAGS_AS_SEEN };

static void without_tags(struct stream *s, const struct gate_page *page, enum tags how)
{
	for (size_t i = 0; i < page->length;) {
		size_t end = tag_end(page->bytes, page->length, i);
		if (end == i) {
			gate_put(s, page->bytes + i, 1, (unsigned)i);
			i++;
			continue;
		}
		if (how == TAGS_BLANK || (how == TAGS_AS_SEEN && ends_a_word(page->bytes + i, end - i)))
			gate_put(s, " ", 1, (unsigned)i);
		i = end;
	}
}

static size_t value_end(const char *bytes, size_t at, size_t end)
{
	char quote = bytes[at];

	if (quote == '"' || quote == '\'') {
		const char *close = memchr(bytes + at + 1, quote, end - at - 1);
		return close ? (size_t)(close - bytes) : end;
	}
	while (at < end && bytes[at] != ' ' && bytes[at] != '>')
		at++;
	return at;
}

static void attributes(struct stream *s, const struct gate_page *page)
{
	const char *bytes = page->bytes;

	for (size_t i = 0; i < page->length;) {
		size_t end = tag_end(bytes, page->length, i);
		for (size_t at = i; at < end; at++) {
			if (bytes[at] != '=' || at + 1 >= end)
				continue;
			size_t from = at + 1;
			while (from + 1 < end && bytes[from] == ' ')
				from++;
			at = value_end(bytes, from, end);
			put_source(s, bytes, from, at);
			gate_put_barrier(s, (unsigned)at);
		}
		i = end == i ? i + 1 : end;
	}
}

static bool is_bounded(const struct stream *s, const char *at, size_t length)
{
	size_t from = (size_t)(at - s->bytes), end = from + length;

	return (from == 0 || !isalnum((unsigned char)s->bytes[from - 1])) && (end >= s->length || !isalnum((unsigned char)s->bytes[end]));
}

/* Marks the bytes of the page that a phrase stands in: found where a reader meets it, masked in every stream made of these bytes. */
static void mark(bool *marked, const struct stream *s, const char *phrase)
{
	size_t length = strlen(phrase);
	const char *at = s->bytes;

	if (!length)
		return;
	while ((at = memmem(at, s->length - (size_t)(at - s->bytes), phrase, length))) {
		for (size_t i = 0; i < length && is_bounded(s, at, length); i++)
			marked[s->from[(size_t)(at - s->bytes) + i]] = true;
		at += length;
	}
}

static void mask_allowed(struct streams *streams, const struct gate_page *page, bool *marked)
{
	for (int i = 0; page->allowed && page->allowed[i]; i++)
		for (int k = 0; k < streams->count; k++)
			if (streams->list[k]->plain && streams->list[k]->source == 0)
				mark(marked, streams->list[k], page->allowed[i]);
	for (int k = 0; k < streams->count; k++) {
		struct stream *s = streams->list[k];
		for (size_t i = 0; s->source == 0 && i < s->length; i++)
			if (marked[s->from[i]])
				s->bytes[i] = ' ';
	}
}

static void seen(struct streams *streams, const struct gate_page *page)
{
	struct stream *written = talloc_zero(streams, struct stream);
	struct stream *s = gate_stream_add(streams, "text", 0);

	written->bytes = talloc_array(written, char, page->length + 2);
	written->from = talloc_array(written, unsigned, page->length + 2);
	without_tags(written, page, TAGS_AS_SEEN);
	gate_decode_entities(s, written);
	s->visible = s->plain = true;
	gate_read(streams, s);
}

/* Sent with every page whatever the case, so they hold nothing of one, and a child called Cross must not stop it ("Cross-Origin-…"). A header that is
 * not here to the letter is searched. */
static bool is_own_header(const char *header)
{
	static const char *const own[] = { "Content-Type: text/html; charset=utf-8", "Cache-Control: no-store", "X-Robots-Tag: noarchive", "X-Content-Type-Options: nosniff",
		"Referrer-Policy: no-referrer", "Cross-Origin-Opener-Policy: same-origin", "Cross-Origin-Resource-Policy: same-origin",
		"Permissions-Policy: camera=(), geolocation=(), microphone=()",
		("Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
		"frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'") };

	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		if (!strcmp(own[i], header))
			return true;
	return false;
}

struct streams *gate_streams(void *ctx, const struct gate_page *page, bool *own)
{
	struct streams *streams = talloc_zero(ctx, struct streams);

	seen(streams, page);
	without_tags(gate_stream_add(streams, "joined text", 0), page, TAGS_NOTHING);
	without_tags(gate_stream_add(streams, "parted text", 0), page, TAGS_BLANK);
	attributes(gate_stream_add(streams, "attribute", 0), page);
	streams->list[streams->count - 1]->plain = true;
	whole(streams, "raw", 0, page->bytes, page->length, false);
	whole(streams, "address", 1, page->address, strlen(page->address), true);      /* its last step is the file's name */
	for (int i = 0; page->headers && page->headers[i]; i++)
		if (!is_own_header(page->headers[i]))
			whole(streams, talloc_asprintf(streams, "header %d", i + 1), i + 2, page->headers[i], strlen(page->headers[i]), true);
	for (int i = 0, read = streams->count; i < read; i++) {
		if (streams->list[i]->reading)
			continue;
		gate_decode(streams, streams->list[i]);
		gate_islands(streams, streams->list[i]);
	}
	mask_allowed(streams, page, own);
	return streams;
}
