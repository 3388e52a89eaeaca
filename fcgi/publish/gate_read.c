#include "publish/gate_parts.h"

#include <ctype.h>
#include <string.h>
#include <talloc.h>

/* The visible text as a reader may take it although it is written otherwise. Each reading is a stream of its own: it adds and never replaces. */

static bool is_letter(char c)
{
	return isalpha((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* Where a reader sees a word begin although no blank stands there: "JusticeForPoppy", "POPPYwas", "poppy2022". */
static bool is_seam(const struct stream *s, size_t at)
{
	unsigned char c = (unsigned char)s->bytes[at], before = (unsigned char)s->bytes[at - 1];

	if ((isalpha(before) && isdigit(c)) || (isdigit(before) && isalpha(c)) || (islower(before) && isupper(c)))
		return true;
	return islower(c) && isupper(before) && at > 1 && isupper((unsigned char)s->bytes[at - 2]);
}

static void in_parts(struct stream *to, const struct stream *s)
{
	for (size_t i = 0; i < s->length; i++) {
		if (i > 0 && is_seam(s, i))
			gate_put(to, " ", 1, s->from[i]);
		gate_put(to, s->bytes + i, 1, s->from[i]);
	}
}

/* "Pop-py", "Pop.py", "Pop’py", "Pop[p]y", "Pop\n-py": one sign between two letters. Its length, 0 when there is none. */
static size_t sign(const struct stream *s, size_t at)
{
	const char *p = s->bytes + at;
	size_t n = strchr("-_.'/*+~|:^()[]{}", *p) ? 1 : !strncmp(p, "\xE2\x80", 2) ? 3 : !strncmp(p, "\xC2\xB7", 2) ? 2 : 0;

	if (!n || !*p || at == 0 || !is_letter(p[-1]))
		return 0;
	n += p[n] == '\n';
	return is_letter(p[n]) ? n : 0;
}

static void closed(struct stream *to, const struct stream *s)
{
	for (size_t i = 0; i < s->length;) {
		i += sign(s, i);
		gate_put(to, s->bytes + i, 1, s->from[i]);
		i++;
	}
}

/* Capitals of Greek and Cyrillic that look like Latin ones. The fold cannot know them: it compares small letters, which look different (Η, η). */
static char capital(const char *p)
{
	static const char *const looks[] = { "A\xCE\x91", "B\xCE\x92", "E\xCE\x95", "Z\xCE\x96", "H\xCE\x97", "I\xCE\x99", "K\xCE\x9A", "M\xCE\x9C",
		"N\xCE\x9D", "O\xCE\x9F", "P\xCE\xA1", "T\xCE\xA4", "Y\xCE\xA5", "X\xCE\xA7", "A\xD0\x90", "B\xD0\x92", "E\xD0\x95", "K\xD0\x9A", "M\xD0\x9C",
		"H\xD0\x9D", "O\xD0\x9E", "P\xD0\xA0", "C\xD0\xA1", "T\xD0\xA2", "Y\xD0\xA3", "X\xD0\xA5", "S\xD0\x85", "I\xD0\x86", "J\xD0\x88" };

	for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
		if (!strncmp(p, looks[i] + 1, 2))
			return looks[i][0];
	return 0;
}

static void as_latin(struct stream *to, const struct stream *s)
{
	for (size_t i = 0; i < s->length;) {
		char c = capital(s->bytes + i);
		gate_put(to, c ? &c : s->bytes + i, 1, s->from[i]);
		i += c ? 2 : 1;
	}
}

/* --- figures for letters, letters for figures ------------------------------------------------------------------------------------------- */

/* A sign stands for a letter only where something of the word follows: "P@ppy", but not "Poppy!". The bytes end with a NUL. */
static bool is_of_token(const char *at)
{
	return isalnum((unsigned char)*at) || (*at && strchr("@$!|", *at) && isalnum((unsigned char)at[1]));
}

static size_t token(const struct stream *s, size_t at)
{
	size_t n = 0;

	while (is_of_token(s->bytes + at + n))
		n++;
	return n;
}

static char swapped(char c, const char *from, const char *into)
{
	const char *at = c ? strchr(from, c) : NULL;

	return at ? into[at - from] : c;
}

/* Words in which letters and figures stand together, with the ones for the others: "P0ppy", "999 O12 3446". A word of one kind only stays, but for
 * one of `alone` ("999 OOO 4102"). */
static void mistyped(struct stream *to, const struct stream *s, const char *from, const char *into, const char *alone)
{
	for (size_t i = 0, n; i < s->length; i += n) {
		bool figure = false, letter = false;
		n = token(s, i);
		for (size_t k = 0; k < n; k++) {
			figure |= !isalpha((unsigned char)s->bytes[i + k]);
			letter |= isalpha((unsigned char)s->bytes[i + k]) != 0;
		}
		figure |= n > 1 && strspn(s->bytes + i, alone) >= n;
		for (size_t k = 0; k < (n ? n : 1); k++) {
			char c = s->bytes[i + k], other = figure && letter ? swapped(c, from, into) : c;
			gate_put(to, &other, 1, s->from[i + k]);
		}
		n += n == 0;
	}
}

/* --- numbers that are spoken ------------------------------------------------------------------------------------------------------------ */

static const struct { const char *word; char figure; } spoken[] = { { "zero", '0' }, { "oh", '0' }, { "o", '0' }, { "nought", '0' }, { "nil", '0' }, { "one", '1' },
	{ "two", '2' }, { "three", '3' }, { "four", '4' }, { "five", '5' }, { "six", '6' }, { "seven", '7' }, { "eight", '8' }, { "nine", '9' } };
static const struct { const char *word; int times; } repeated[] = { { "double", 2 }, { "treble", 3 }, { "triple", 3 } };

static bool is_word(const char *bytes, size_t length, const char *word)
{
	return strlen(word) == length && !strncasecmp(bytes, word, length);
}

static char figure_of(const char *bytes, size_t length)
{
	for (size_t i = 0; i < sizeof spoken / sizeof *spoken; i++)
		if (is_word(bytes, length, spoken[i].word))
			return spoken[i].figure;
	return 0;
}

/* "nine double nine, oh one two" is 999 012. */
static void said(struct stream *to, const struct stream *s)
{
	int times = 1;

	for (size_t i = 0, n; i < s->length; i += n) {
		char figure;
		for (n = 0; i + n < s->length && isalpha((unsigned char)s->bytes[i + n]);)
			n++;
		int again = 0;
		for (size_t k = 0; n && k < sizeof repeated / sizeof *repeated; k++)
			if (is_word(s->bytes + i, n, repeated[k].word))
				again = repeated[k].times;
		if (again) {
			times = again;
		} else if (n && (figure = figure_of(s->bytes + i, n))) {
			for (; times > 0; times--)
				gate_put(to, &figure, 1, s->from[i]);
			times = 1;
		} else {
			times = n ? 1 : times;
			for (size_t k = 0; k < (n ? n : 1); k++)
				gate_put(to, s->bytes + i + k, 1, s->from[i + k]);
		}
		n += n == 0;
	}
}

static struct stream *reading(struct streams *streams, const char *name)
{
	struct stream *s = gate_stream_add(streams, name, 0);

	s->reading = true;
	return s;
}

void gate_read(struct streams *streams, const struct stream *text)
{
	in_parts(reading(streams, "text in parts"), text);
	closed(reading(streams, "text closed up"), text);
	as_latin(reading(streams, "text as Latin"), text);
	mistyped(reading(streams, "figures as letters"), text, "0134578!|@$", "oieastbiias", "");
	mistyped(reading(streams, "figures as letters, 1 as l"), text, "0134578!|@$", "oleastbllas", "");
	mistyped(reading(streams, "letters as figures"), text, "oOiIlL|!sSbBzZ", "00111111558822", "oO");
	said(reading(streams, "numbers as spoken"), text);
}
