#include "adapter/fold_inner.h"

#include <talloc.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

static bool is_word_character(UChar32 c)
{
	if (c < 0x80)
		return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
	return u_isalnum(c) || u_charType(c) == U_COMBINING_SPACING_MARK;
}

/* The skeleton has made ' of the curly, modifier and prime apostrophes already; it is one only between two letters or digits. */
static bool is_apostrophe(const struct folded *f, size_t at, const struct folded *view)
{
	size_t next = at + 1;
	UChar32 c;

	if (f->text[at] != '\'' || view->length == 0 || view->text[view->length - 1] == ' ' || next >= f->length)
		return false;
	U8_NEXT(f->text, next, f->length, c);
	return is_word_character(c);
}

/* Words of plain letters and the blanks between them, until something else comes: how many bytes. A view has room for all of its text. */
static size_t put_plain(struct folded *view, const struct folded *f, size_t at)
{
	static const unsigned char plain[256] = { [' '] = 1, ['0'] = 2, ['1'] = 2, ['2'] = 2, ['3'] = 2, ['4'] = 2, ['5'] = 2, ['6'] = 2, ['7'] = 2, ['8'] = 2, ['9'] = 2,
		['a'] = 2, ['b'] = 2, ['c'] = 2, ['d'] = 2, ['e'] = 2, ['f'] = 2, ['g'] = 2, ['h'] = 2, ['i'] = 2, ['j'] = 2, ['k'] = 2, ['l'] = 2, ['m'] = 2,
		['n'] = 2, ['o'] = 2, ['p'] = 2, ['q'] = 2, ['r'] = 2, ['s'] = 2, ['t'] = 2, ['u'] = 2, ['v'] = 2, ['w'] = 2, ['x'] = 2, ['y'] = 2, ['z'] = 2 };
	size_t i = at, to = view->length;
	char before = view->text[to - 1];

	for (; i < f->length && plain[(unsigned char)f->text[i]]; i++) {
		char c = f->text[i];
		if (c == ' ' && before == ' ')
			continue;
		view->text[to] = before = c;
		view->from[to++] = f->from[i];
	}
	view->length = to;
	return i - at;
}

struct folded *fold_words(void *ctx, const struct folded *f)
{
	struct folded *view = fold_new(ctx, f->length + 2);

	fold_put(view, " ", 1, f->length ? f->from[0] : 0);
	for (size_t i = 0; i < f->length;) {
		size_t at = i;
		UChar32 c;
		i += put_plain(view, f, i);
		if (i > at)
			continue;
		U8_NEXT(f->text, i, f->length, c);
		if (is_word_character(c) || is_apostrophe(f, at, view))
			fold_put(view, f->text + at, i - at, f->from[at]);
		else if (view->text[view->length - 1] != ' ')
			fold_put(view, " ", 1, f->from[at]);
	}
	if (view->text[view->length - 1] != ' ')
		fold_put(view, " ", 1, f->from[f->length]);
	return fold_end(view, f->from[f->length]);
}

static struct folded *keep(void *ctx, const struct folded *f, bool (*wanted)(UChar32 c))
{
	struct folded *view = fold_new(ctx, f->length);

	for (size_t i = 0; i < f->length;) {
		size_t at = i;
		UChar32 c;
		U8_NEXT(f->text, i, f->length, c);
		if (wanted(c))
			fold_put(view, f->text + at, i - at, f->from[at]);
	}
	return fold_end(view, f->from[f->length]);
}

static bool is_ascii_digit(UChar32 c)
{
	return c >= '0' && c <= '9';
}

struct folded *fold_squeezed(void *ctx, const struct folded *f)
{
	return keep(ctx, f, is_word_character);
}

struct folded *fold_digits(void *ctx, const struct folded *f)
{
	return keep(ctx, f, is_ascii_digit);
}

static bool is_hidden(UChar32 c)
{
	switch (u_charType(c)) {
	case U_CONTROL_CHAR:
		return c != '\t' && c != '\n';
	case U_FORMAT_CHAR: case U_PRIVATE_USE_CHAR: case U_UNASSIGNED: case U_SURROGATE:
	case U_LINE_SEPARATOR: case U_PARAGRAPH_SEPARATOR:
		return true;
	}
	return c == 0xFFFC || c == 0xFFFD || c == 0x2800 ||      /* object and replacement characters, blank Braille cell: seen as nothing */
		u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || u_hasBinaryProperty(c, UCHAR_BIDI_CONTROL);
}

bool fold_has_hidden(const char *text, size_t length, size_t *at_r)
{
	for (size_t i = 0; i < length;) {
		size_t at = i;
		UChar32 c;
		U8_NEXT(text, i, length, c);
		if (c < 0 || is_hidden(c)) {
			if (at_r)
				*at_r = at;
			return true;
		}
	}
	return false;
}

bool fold_mixed_script(const char *word, size_t length)
{
	UScriptCode first = USCRIPT_COMMON;

	for (size_t i = 0; i < length;) {
		UErrorCode status = U_ZERO_ERROR;
		UChar32 c;
		U8_NEXT(word, i, length, c);
		if (c < 0 || !u_isalpha(c))
			continue;
		UScriptCode script = uscript_getScript(c, &status);
		if (script == USCRIPT_COMMON || script == USCRIPT_INHERITED)
			continue;
		if (first != USCRIPT_COMMON && script != first)
			return true;
		first = script;
	}
	return false;
}
