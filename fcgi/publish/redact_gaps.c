/* What a removal may have left broken: signs in the sentence around it that a reader would stumble over. Only signs, and only where something was left
 * out: whether the sentence is right is for the redactor to say. */
#include "publish/redact_parts.h"

#include <ctype.h>
#include <string.h>
#include <talloc.h>
#include "base/text.h"

static bool is_space(const char *at) { return *at == ' ' || *at == '\n' || *at == '\t'; }

/* ---- signs ---- */

static const char *after_space(const char *at, const char *end)
{
	while (at < end && is_space(at))
		at++;
	return at;
}

/* Marks that never follow each other, with or without a blank between: ",,", ";.", "(,", ",)", "..". Three points are a mark of their own. */
static bool doubled(const char *from, const char *end)
{
	for (const char *at = from; at < end; at++) {
		const char *next = after_space(at + 1, end);
		if (next >= end || !strchr(",;:.([", *at))
			continue;
		if (*at == '.' ? next == at + 1 && *next == '.' && next[1] != '.' && (at == from || at[-1] != '.') : strchr(strchr(",;:", *at) ? ",;:.!?)]" : ",;:.!?", *next) != NULL)
			return true;
	}
	return false;
}

static bool emptied(const char *from, const char *end)
{
	static const struct { const char *open, *close; } pairs[] = { { "(", ")" }, { "[", "]" }, { "\"", "\"" }, { "\xE2\x80\x9C", "\xE2\x80\x9D" }, { "\xE2\x80\x98", "\xE2\x80\x99" } };

	for (const char *at = from; at < end; at++)
		for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
			if (text_starts(at, pairs[i].open) && text_starts(after_space(at + strlen(pairs[i].open), end), pairs[i].close))
				return true;
	return false;
}

static bool spaced(const char *from, const char *end)
{
	for (const char *at = from; at + 1 < end; at++)
		if (*at == ' ' && strchr(" ,;:.!?)]", at[1]))
			return true;
	return false;
}

/* A word of the sentence: the one that ends before `at`, or the one that begins after it. Lower case; "" when a mark stands between. */
static void word_before(const char *from, const char *at, char word[16])
{
	const char *end, *begin;
	size_t n;

	while (at > from && is_space(at - 1))
		at--;
	for (end = begin = at; begin > from && isalpha((unsigned char)begin[-1]); begin--)
		;
	n = (size_t)(end - begin) < 15 ? (size_t)(end - begin) : 0;
	for (size_t i = 0; i < n; i++)
		word[i] = (char)tolower((unsigned char)begin[i]);
	word[n] = 0;
}

static void word_after(const char *at, const char *end, char word[16])
{
	size_t n = 0;

	for (at = after_space(at, end); at < end && n < 15 && isalpha((unsigned char)*at); at++)
		word[n++] = (char)tolower((unsigned char)*at);
	word[n < 15 ? n : 0] = 0;
}

static bool is_possessive(const char *from, const char *at)
{
	while (at > from && is_space(at - 1))
		at--;
	return at - from > 2 && at[-1] == 's' && (at[-2] == '\'' || (at - from > 4 && text_starts(at - 4, "\xE2\x80\x99")));
}

/* "told the ,", "spoke to.", "a child's.", "a call from and": a small word has lost what it led to. */
static bool dangling(const char *from, const char *gap, const char *end)
{
	static const char leading[] = "a an the of and or with by from to for in on at as than between about his her their its our my your whose";
	const char *next = after_space(gap, end);
	char before[16], after[16];

	word_before(from, gap, before);
	word_after(gap, end, after);
	return ((*before && text_in_list(leading, before)) || is_possessive(from, gap)) && (next >= end || strchr(",;:.!?)]", *next) || (*after && text_in_list("and or of", after)));
}

static const char *first_letter(const char *from, const char *end)
{
	while (from < end && !isalnum((unsigned char)*from) && ((unsigned char)*from < 0x80 || text_starts(from, "\xE2\x80")))
		from += (unsigned char)*from < 0x80 ? 1 : 3;
	return from < end ? from : end;
}

static const char *sign(const char *from, const char *gap, const char *end)
{
	const char *first = first_letter(from, end);

	if (first == end)
		return "nothing but its marks is left";
	if (strchr(",;:.!?)", *after_space(from, end)) || doubled(from, end))
		return "marks follow each other";
	if (gap <= first && islower((unsigned char)*first))
		return "it begins with a small letter";
	if (emptied(from, end))
		return "brackets or quotation marks are empty";
	if (spaced(from, end))
		return "a blank too many";
	return dangling(from, gap, end) ? "a small word has lost what it belongs to" : NULL;
}

/* ---- sentences ---- */

static bool ends_here(const char *at)
{
	return *at == '\n' || (strchr(".!?", *at) && (is_space(at + 1) || !at[1]));
}

static void add(const struct piece *piece, const char *sentence, const char *why)
{
	struct redaction *r = piece->redaction;

	for (int i = 0; i < r->broken_count; i++)
		if (r->broken[i].block == piece->block && !strcmp(r->broken[i].field, piece->field) && !strcmp(r->broken[i].sentence, sentence))
			return;
	r->broken = talloc_realloc(r, r->broken, struct breakage, r->broken_count + 1);
	r->broken[r->broken_count++] = (struct breakage){ .field = talloc_strdup(r, piece->field), .block = piece->block, .sentence = talloc_strdup(r, sentence), .why = why };
}

void redact_breaks(const struct piece *piece, const char *text, const struct gaps *gaps)
{
	const char *last = text + strlen(text);

	for (int i = 0; *text && i < gaps->count; i++) {
		const char *gap = text + gaps->at[i], *from = gap, *end = gap;
		while (from > text && !(is_space(from - 1) && (from - 1 == text || ends_here(from - 2) || from[-1] == '\n')))
			from--;
		while (end < last && !ends_here(end))
			end++;
		end += end < last && *end != '\n';
		const char *why = sign(from, gap, end);
		if (!why)
			continue;
		char *sentence = talloc_strndup(NULL, from, (size_t)(end - from));
		add(piece, text_trim(sentence, sentence), why);
		talloc_free(sentence);
	}
}
