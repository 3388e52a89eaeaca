#include "base/text.h"

#include <string.h>
#include <talloc.h>

/* XML 1.0 (Fifth Edition) §2.3 production 3 [S]. */
static bool is_xml_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* How many bytes of white space begin here: XML's, and U+00A0, which people paste from word processors. */
static size_t space_at(const char *text)
{
	if (is_xml_space(*text))
		return 1;
	return (unsigned char)text[0] == 0xC2 && (unsigned char)text[1] == 0xA0 ? 2 : 0;
}

/* Reads one character of two to four bytes by the table of RFC 3629 §4 (the second byte's range excludes overlong
 * forms, surrogates and what lies beyond U+10FFFF); 0 when it is none. */
static size_t long_character(const unsigned char *p, size_t left)
{
	unsigned char low = 0x80, high = 0xBF;
	size_t length, i;

	if (p[0] >= 0xC2 && p[0] <= 0xDF)
		length = 2;
	else if (p[0] >= 0xE0 && p[0] <= 0xEF)
		length = 3;
	else if (p[0] >= 0xF0 && p[0] <= 0xF4)
		length = 4;
	else
		return 0;
	switch (p[0]) {
	case 0xE0: low = 0xA0; break;
	case 0xED: high = 0x9F; break;
	case 0xF0: low = 0x90; break;
	case 0xF4: high = 0x8F; break;
	}
	if (left < length || p[1] < low || p[1] > high)
		return 0;
	for (i = 2; i < length; i++)
		if ((p[i] & 0xC0) != 0x80)
			return 0;
	/* U+FFFE and U+FFFF are no characters of XML 1.0 (§2.2 production 2 [Char]). */
	if (p[0] == 0xEF && p[1] == 0xBF && p[2] >= 0xBE)
		return 0;
	return length;
}

bool text_is_xml(const char *bytes, size_t length, size_t *at_r)
{
	const unsigned char *p = (const unsigned char *)bytes;
	size_t i = 0, step;

	while (i < length) {
		if (p[i] < 0x80)
			step = p[i] >= 0x20 || is_xml_space((char)p[i]);
		else
			step = long_character(p + i, length - i);
		if (step == 0) {
			if (at_r)
				*at_r = i;
			return false;
		}
		i += step;
	}
	return true;
}

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool text_is_name(const char *text)
{
	size_t i;

	if (!is_letter(text[0]))
		return false;
	for (i = 1; text[i]; i++)
		if (i >= 128 || !(is_letter(text[i]) || is_digit(text[i]) || text[i] == '_' || text[i] == '-'))
			return false;
	return true;
}

bool text_is_slug(const char *text)
{
	char before = '-';
	size_t i;

	for (i = 0; text[i]; before = text[i++]) {
		if (i >= 80)
			return false;
		if (text[i] == '-' ? before == '-' : !(is_digit(text[i]) || (text[i] >= 'a' && text[i] <= 'z')))
			return false;
	}
	return before != '-';
}

/* Copies with each run of white space as one blank (squeeze) or as it is, without the ends. */
static char *without_ends(void *ctx, const char *text, bool squeeze)
{
	char *made, *to, *end;
	size_t step;

	while ((step = space_at(text)) > 0)
		text += step;
	made = to = end = talloc_array(ctx, char, strlen(text) + 1);
	while (*text) {
		step = space_at(text);
		if (step == 0) {
			*to++ = *text++;
			end = to;
		} else if (squeeze) {
			if (to == end)
				*to++ = ' ';
			text += step;
		} else {
			memcpy(to, text, step);
			to += step;
			text += step;
		}
	}
	*end = '\0';
	return made;
}

char *text_trim(void *ctx, const char *text)
{
	return without_ends(ctx, text, false);
}

char *text_squeeze(void *ctx, const char *text)
{
	return without_ends(ctx, text, true);
}

size_t text_pasted(char *text, size_t length)
{
	size_t n = 0;

	for (size_t i = 0; i < length; i++)
		if (text[i] == 0x0b || text[i] == 0x0c)
			text[n++] = '\n';
		else if (text[i] == 0x1e)
			text[n++] = '-';
		else if (text[i] != 0x1f)
			text[n++] = text[i];
	text[n] = '\0';
	return n;
}

char *text_unix_lines(char *text)
{
	char *from = strchr(text, '\r'), *to = from;

	if (!from)
		return text;
	for (; *from; from++) {
		if (*from != '\r') {
			*to++ = *from;
			continue;
		}
		*to++ = '\n';
		if (from[1] == '\n')
			from++;
	}
	*to = '\0';
	return text;
}

size_t text_characters(const char *text)
{
	size_t count = 0;

	for (; *text; text++)
		count += ((unsigned char)*text & 0xC0) != 0x80;
	return count;
}

size_t text_words(const char *text)
{
	size_t count = 0, step;
	bool inside = false;

	while (*text) {
		step = space_at(text);
		count += step == 0 && !inside;
		inside = step == 0;
		text += step ? step : 1;
	}
	return count;
}

static bool is_list_gap(char c)
{
	static const bool gaps[256] = { ['\t'] = true, ['\n'] = true, ['\r'] = true, [' '] = true, ['|'] = true };

	return gaps[(unsigned char)c];
}

static bool in_list(const char *list, const char *word, size_t length)
{
	size_t span;

	while (*list) {
		while (is_list_gap(*list))
			list++;
		for (span = 0; list[span] && !is_list_gap(list[span]); span++)
			;
		if (span == length && memcmp(list, word, length) == 0)
			return true;
		list += span;
	}
	return false;
}

bool text_in_list(const char *list, const char *word)
{
	size_t length = strlen(word);

	return length > 0 && in_list(list, word, length);
}

/* Asked hundreds of times a page, of rights and of fields: hence without a copy of each word. */
bool text_share_word(const char *list, const char *words)
{
	size_t length;

	while (*words) {
		for (length = 0; words[length] && !is_xml_space(words[length]); length++)
			;
		if (length > 0 && in_list(list, words, length))
			return true;
		words += length + (words[length] != '\0');
	}
	return false;
}

int text_ordinal(const char *text, const char *end)
{
	int n = 0;

	if (end <= text || end - text > 9 || *text == '0')
		return 0;
	for (; text < end; text++) {
		if (*text < '0' || *text > '9')
			return 0;
		n = 10 * n + (*text - '0');
	}
	return n;
}

char *text_path(void *ctx, const char *text)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/", hex[] = "0123456789ABCDEF";
	char *made = talloc_array(ctx, char, 3 * strlen(text) + 1), *to = made;

	for (; *text; text++) {
		if (strchr(plain, *text)) {
			*to++ = *text;
			continue;
		}
		*to++ = '%';
		*to++ = hex[(unsigned char)*text >> 4];
		*to++ = hex[(unsigned char)*text & 15];
	}
	*to = '\0';
	return made;
}

bool text_starts(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

bool text_ends(const char *text, const char *with)
{
	size_t length = strlen(text), tail = strlen(with);

	return length >= tail && memcmp(text + length - tail, with, tail) == 0;
}

char *text_hex(void *ctx, const unsigned char *bytes, size_t length)
{
	static const char digits[] = "0123456789abcdef";
	char *made = talloc_array(ctx, char, length * 2 + 1);
	size_t i;

	for (i = 0; i < length; i++) {
		made[i * 2] = digits[bytes[i] >> 4];
		made[i * 2 + 1] = digits[bytes[i] & 15];
	}
	made[length * 2] = '\0';
	return made;
}

char *text_size(void *ctx, long long bytes)
{
	bool mega = bytes > 0 && bytes % (1 << 20) == 0, kilo = bytes > 0 && bytes % (1 << 10) == 0;

	return talloc_asprintf(ctx, "%lld %s", mega ? bytes >> 20 : kilo ? bytes >> 10 : bytes, mega ? "MB" : kilo ? "KB" : "bytes");
}

char *text_next_word(void *ctx, const char **cursor)
{
	const char *start = *cursor, *end;

	while (is_xml_space(*start))
		start++;
	for (end = start; *end && !is_xml_space(*end); end++)
		;
	*cursor = end;
	return end > start ? talloc_strndup(ctx, start, (size_t)(end - start)) : NULL;
}
