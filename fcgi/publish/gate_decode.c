#include "publish/gate_parts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>
#include "base/text.h"

/* What HTML's named references for letters' neighbours stand for: enough to see through `Ao&shy;ife`. Any other name is refused by the
 * grammar before. Longest first where one begins another (HTML Living Standard §13.5). */
static const struct { const char *name, *text; } entities[] = {
	{ "ZeroWidthSpace", "\xE2\x80\x8B" }, { "NoBreak", "\xE2\x81\xA0" }, { "zwnj", "\xE2\x80\x8C" }, { "zwj", "\xE2\x80\x8D" },
	{ "shy", "\xC2\xAD" }, { "lrm", "\xE2\x80\x8E" }, { "rlm", "\xE2\x80\x8F" }, { "nbsp", "\xC2\xA0" }, { "ensp", " " }, { "emsp", " " },
	{ "thinsp", " " }, { "Tab", "\t" }, { "NewLine", "\n" }, { "apos", "'" }, { "rsquo", "\xE2\x80\x99" }, { "lsquo", "\xE2\x80\x98" },
	{ "prime", "\xE2\x80\xB2" }, { "grave", "`" }, { "hyphen", "-" }, { "dash", "-" }, { "ndash", "\xE2\x80\x93" }, { "mdash", "\xE2\x80\x94" },
	{ "commat", "@" }, { "lowbar", "_" }, { "sol", "/" }, { "period", "." }, { "comma", "," }, { "quot", "\"" }, { "amp", "&" }, { "lt", "<" },
	{ "gt", ">" },
};

static void put_character(struct stream *to, unsigned long c, unsigned from)
{
	char bytes[4];
	size_t n = 0;

	if (c < 0x80) {
		bytes[n++] = (char)c;
	} else if (c < 0x800) {
		bytes[n++] = (char)(0xC0 | c >> 6);
		bytes[n++] = (char)(0x80 | (c & 0x3F));
	} else if (c < 0x10000) {
		bytes[n++] = (char)(0xE0 | c >> 12);
		bytes[n++] = (char)(0x80 | (c >> 6 & 0x3F));
		bytes[n++] = (char)(0x80 | (c & 0x3F));
	} else {
		bytes[n++] = (char)(0xF0 | c >> 18);
		bytes[n++] = (char)(0x80 | (c >> 12 & 0x3F));
		bytes[n++] = (char)(0x80 | (c >> 6 & 0x3F));
		bytes[n++] = (char)(0x80 | (c & 0x3F));
	}
	if (c && c < 0x110000 && !(c >= 0xD800 && c < 0xE000))
		gate_put(to, bytes, n, from);
	else
		gate_put(to, " ", 1, from);
}

static size_t digits(const char *at, size_t most, int base)
{
	size_t n = 0;

	while (n < most && (base == 16 ? isxdigit((unsigned char)at[n]) : isdigit((unsigned char)at[n])))
		n++;
	return n;
}

static unsigned long number(const char *at, size_t length, int base)
{
	char copy[16] = { 0 };

	while (length > 9 && *at == '0')
		at++, length--;
	memcpy(copy, at, length < 15 ? length : 15);
	return strtoul(copy, NULL, base);
}

/* A reference at `at` with or without semicolon (browsers read both): its length, 0 when there is none. */
static size_t entity(struct stream *to, const struct stream *s, size_t at)
{
	const char *p = s->bytes + at;
	size_t n = 1, d;

	if (p[0] != '&')
		return 0;
	if (p[1] == '#') {
		int base = p[2] == 'x' || p[2] == 'X' ? 16 : 10;
		n = base == 16 ? 3 : 2;
		if (!(d = digits(p + n, 64, base)))
			return 0;
		put_character(to, number(p + n, d, base), s->from[at]);
		return n + d + (p[n + d] == ';');
	}
	for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
		size_t length = strlen(entities[i].name);
		if (strncmp(p + 1, entities[i].name, length))
			continue;
		gate_put(to, entities[i].text, strlen(entities[i].text), s->from[at]);
		return 1 + length + (p[1 + length] == ';');
	}
	return 0;
}

static size_t percent(struct stream *to, const struct stream *s, size_t at)
{
	const char *p = s->bytes + at;

	if (p[0] != '%' || digits(p + 1, 2, 16) != 2)
		return 0;
	char byte = (char)number(p + 1, 2, 16);
	gate_put(to, byte ? &byte : " ", 1, s->from[at]);
	return 3;
}

/* \u006f, \u{6f}, \x6f of scripts and \6f of style sheets, where one blank after it belongs to it. */
static size_t backslash(struct stream *to, const struct stream *s, size_t at)
{
	const char *p = s->bytes + at;
	size_t n = 1, d;

	if (p[0] != '\\')
		return 0;
	bool script = p[1] == 'u' || p[1] == 'x';
	n += script;
	bool braced = script && p[n] == '{';
	n += braced;
	d = digits(p + n, script && !braced ? (p[1] == 'x' ? 2 : 4) : 6, 16);
	if (!d)
		return 0;
	put_character(to, number(p + n, d, 16), s->from[at]);
	n += d;
	return n + ((braced && p[n] == '}') || (!script && p[n] == ' '));
}

void gate_decode_entities(struct stream *to, const struct stream *from)
{
	for (size_t i = 0; i < from->length;) {
		size_t n = entity(to, from, i);
		if (!n)
			gate_put(to, from->bytes + i, n = 1, from->from[i]);
		i += n;
	}
}

static bool decode_round(struct stream *to, const struct stream *from)
{
	bool changed = false;

	for (size_t i = 0; i < from->length;) {
		size_t n = entity(to, from, i);
		if (!n)
			n = percent(to, from, i);
		if (!n)
			n = backslash(to, from, i);
		changed |= n > 0;
		if (!n)
			gate_put(to, from->bytes + i, n = 1, from->from[i]);
		i += n;
	}
	return changed;
}

/* A decoder may write any bytes; the fold wants UTF-8, so bytes that are none become blanks. */
static void mend(struct stream *s)
{
	size_t at = 0, bad;

	while (at < s->length && !text_is_xml(s->bytes + at, s->length - at, &bad)) {
		s->bytes[at + bad] = ' ';
		at += bad;
	}
}

void gate_decode(struct streams *streams, const struct stream *from)
{
	const char *name = talloc_asprintf(streams, "%s decoded", from->name);

	for (int round = 0; round < 3; round++) {
		struct stream *to = gate_stream_add(streams, name, from->source);
		if (!decode_round(to, from)) {
			streams->count--;
			talloc_free(to);
			return;
		}
		mend(to);
		from = to;
	}
}

/* The value of a character of base64 or base64url (RFC 4648 §4, §5), or -1. */
static int sextet(char c)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c ? strchr(alphabet, c == '-' ? '+' : c == '_' ? '/' : c) : NULL;

	return at ? (int)(at - alphabet) : -1;
}

/* The shortest name that is searched for in an encoding: three bytes. */
#define READABLE 3
#define BASE64_LEAST 4
#define HEX_LEAST 6

/* Keeps what reads as text for some bytes in a row: an island may begin with something else ("assets/" before it). from[i]: place of bytes[i]. */
static void put_readable(struct stream *to, const char *bytes, size_t length, const unsigned *from)
{
	for (size_t i = 0; i < length;) {
		size_t end = i, bad = 0;
		if (!text_is_xml(bytes + i, length - i, &bad))
			end = i + bad;
		else
			end = length;
		if (end - i >= READABLE) {
			for (size_t k = i; k < end; k++)
				gate_put(to, bytes + k, 1, from[k]);
			gate_put_barrier(to, from[end - 1]);
		}
		i = end + 1;
	}
}

static void base64_island(struct stream *to, const struct stream *s, size_t at, size_t length)
{
	char *bytes = talloc_array(to, char, length);
	unsigned *from = talloc_array(to, unsigned, length);

	for (size_t skip = 0; skip < 4 && skip < length; skip++) {
		size_t n = 0;
		unsigned bits = 0, have = 0;
		for (size_t i = at + skip; i < at + length; i++) {
			bits = bits << 6 | (unsigned)sextet(s->bytes[i]);
			have += 6;
			if (have >= 8) {
				from[n] = s->from[i - 1];
				bytes[n++] = (char)(bits >> (have -= 8) & 0xFF);
			}
		}
		put_readable(to, bytes, n, from);
	}
	talloc_free(bytes);
	talloc_free(from);
}

static void hex_island(struct stream *to, const struct stream *s, size_t at, size_t length)
{
	char *bytes = talloc_array(to, char, length);
	unsigned *from = talloc_array(to, unsigned, length);

	for (size_t skip = 0; skip < 2; skip++) {
		size_t n = 0;
		for (size_t i = at + skip; i + 1 < at + length; i += 2) {
			from[n] = s->from[i];
			bytes[n++] = (char)number(s->bytes + i, 2, 16);
		}
		put_readable(to, bytes, n, from);
	}
	talloc_free(bytes);
	talloc_free(from);
}

/* RFC 2045 §6.7: "=41" is a byte, "=" at the end of a line joins it to the next. */
static void quoted_printable(struct stream *to, const struct stream *s)
{
	for (size_t i = 0; i < s->length;) {
		const char *p = s->bytes + i;
		if (p[0] == '=' && digits(p + 1, 2, 16) == 2) {
			char byte = (char)number(p + 1, 2, 16);
			gate_put(to, byte ? &byte : " ", 1, s->from[i]);
			i += 3;
		} else if (p[0] == '=' && p[1] == '\n') {
			i += 2;
		} else {
			gate_put(to, p, 1, s->from[i]);
			i++;
		}
	}
}

static void drop_if_empty(struct streams *streams, struct stream *s)
{
	mend(s);
	if (s->length)
		return;
	streams->count--;
	talloc_free(s);
}

void gate_islands(struct streams *streams, const struct stream *from)
{
	struct stream *hex = gate_stream_add(streams, talloc_asprintf(streams, "%s hexadecimal", from->name), from->source);

	for (size_t i = 0, n; i < from->length; i += n + 1)
		if ((n = digits(from->bytes + i, from->length - i, 16)) >= HEX_LEAST)
			hex_island(hex, from, i, n);
	hex->brought_out = true;
	drop_if_empty(streams, hex);
	struct stream *base64 = gate_stream_add(streams, talloc_asprintf(streams, "%s base64", from->name), from->source);
	for (size_t i = 0, n; i < from->length; i += n + 1) {
		for (n = 0; i + n < from->length && sextet(from->bytes[i + n]) >= 0;)
			n++;
		if (n >= BASE64_LEAST)
			base64_island(base64, from, i, n);
	}
	base64->brought_out = true;
	drop_if_empty(streams, base64);
	if (!strchr(from->bytes, '='))
		return;
	quoted_printable(gate_stream_add(streams, talloc_asprintf(streams, "%s quoted-printable", from->name), from->source), from);
	mend(streams->list[streams->count - 1]);
}
