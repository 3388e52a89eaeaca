#include "publish/redact_parts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>
#include "adapter/fold.h"
#include "base/text.h"

#define CURLY "\xE2\x80\x99"

void spans_add(struct spans *spans, const struct span *span)
{
	if ((spans->count & (spans->count - 1)) == 0)
		spans->list = talloc_realloc(spans, spans->list, struct span, spans->count ? spans->count * 2 : 1);
	spans->list[spans->count++] = *span;
}

static int by_place(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	return x->from < y->from ? -1 : x->from > y->from;
}

void spans_sort(struct spans *spans)
{
	if (spans->count)
		qsort(spans->list, (size_t)spans->count, sizeof *spans->list, by_place);
}

static bool is_taken(const struct spans *spans, size_t from, size_t end)
{
	for (int i = 0; i < spans->count; i++)
		if (spans->list[i].from < end && from < spans->list[i].end)
			return true;
	return false;
}

static bool is_letter(char c)
{
	return (unsigned char)c >= 0x80 || isalnum((unsigned char)c);
}

/* A possessive belongs to the name: its apostrophe comes again behind the label. */
static void take_possessive(struct span *span, const char *text)
{
	const char *at = text + span->end;
	size_t length = *at == '\'' ? 1 : strncmp(at, CURLY, 3) ? 0 : 3;

	if (!length)
		return;
	if (at[length] == 's' && !is_letter(at[length + 1]))
		span->end += length + 1;
	else if (!is_letter(at[length]) && span->end && text[span->end - 1] == 's')
		span->end += length;
	else
		return;
	span->apostrophe = length == 1 ? "'" : CURLY;
}

/* The words before, if they are titles or an initial with its point ("Dr", "W."): from where they begin; `from` when they are not. */
static size_t with_titles(const char *text, size_t from)
{
	for (;;) {
		size_t end = from, start;
		char word[16];
		while (end > 0 && text[end - 1] == ' ')
			end--;
		if (end == from)
			return from;
		bool point = end > 0 && text[end - 1] == '.';
		start = end -= point;
		while (start > 0 && isalpha((unsigned char)text[start - 1]))
			start--;
		size_t length = end - start;
		if (length == 0 || length >= sizeof word || (start > 0 && is_letter(text[start - 1])))
			return from;
		for (size_t i = 0; i < length; i++)
			word[i] = (char)tolower((unsigned char)text[start + i]);
		word[length] = 0;
		if (!text_in_list(redact_titles, word) && !(length == 1 && point && isupper((unsigned char)text[start])))
			return from;
		from = start;
	}
}

static bool starts_sentence(const char *text, size_t at)
{
	while (at > 0 && (strchr(" \n\t\"'([", text[at - 1]) || (unsigned char)text[at - 1] >= 0x80))      /* curly quotes are the only such before a word */
		at--;
	return at == 0 || strchr(".!?:", text[at - 1]);
}

/* "17 May", "May 2027": a month, whatever the register calls May. */
static bool is_month(const char *text, const struct span *span)
{
	static const char months[] = "january february march april may june july august september october november december";
	char word[16] = { 0 };
	size_t before = span->from, length = span->end - span->from;

	if (length >= sizeof word)
		return false;
	for (size_t i = 0; i < length; i++)
		word[i] = (char)tolower((unsigned char)text[span->from + i]);
	if (!text_in_list(months, word))
		return false;
	while (before > 0 && text[before - 1] == ' ')
		before--;
	const char *after = text + span->end + strspn(text + span->end, " ");
	return isdigit((unsigned char)*after) || (before > 0 && isdigit((unsigned char)text[before - 1]));
}

/* Does the place show that an ordinary word is a name? Its neighbours are asked later. */
static bool is_shown(const char *text, const struct span *span, size_t word, bool heading)
{
	if (span->from < word || span->apostrophe)
		return true;
	return !heading && isupper((unsigned char)text[word]) && !starts_sentence(text, word) && !is_month(text, span);
}

/* The end of a needle in the words at `at`, 0 when it is not there. */
static size_t fits(const struct needle *needle, const char *words, size_t at)
{
	const char *rest;

	if (strncmp(words + at, needle->words, needle->length))
		return 0;
	rest = words + at + needle->length;
	if (*rest == ' ')
		return at + needle->length;
	return needle->name && !needle->ordinary && !strncmp(rest, "s ", 2) ? at + needle->length + 1 : 0;
}

struct place { const struct needles *needles; const struct folded *view; const char *text; bool heading; };

/* Tries the needles at one word, the longest first; where the search goes on. */
static size_t try_word(const struct place *p, struct spans *spans, size_t at)
{
	unsigned char c = (unsigned char)p->view->text[at];

	for (int i = p->needles->first[c]; i < p->needles->end[c]; i++) {
		const struct needle *needle = &p->needles->list[i];
		size_t end = fits(needle, p->view->text, at);
		if (!end)
			continue;
		struct span span = { .from = p->view->from[at], .end = p->view->from[end], .entry = needle->entry, .others = needle->others,
			.other_count = needle->other_count, .ordinary = needle->ordinary, .drop = needle->drop };
		if (is_taken(spans, span.from, span.end))
			continue;
		size_t word = span.from;
		take_possessive(&span, p->text);
		if (needle->name)
			span.from = with_titles(p->text, span.from);
		if (is_taken(spans, span.from, word))
			span.from = word;
		span.open = span.ordinary && !is_shown(p->text, &span, word, p->heading);
		spans_add(spans, &span);
		return end;
	}
	return at + 1;
}

/* Only blanks or hyphens between the two. */
static bool are_neighbours(const char *text, const struct span *a, const struct span *b)
{
	if (a->apostrophe || a->mark || b->mark || b->from < a->end)
		return false;
	for (size_t i = a->end; i < b->from; i++)
		if (text[i] != ' ' && text[i] != '-')
			return false;
	return true;
}

static bool may_be(const struct span *span, int entry)
{
	if (span->entry == entry)
		return true;
	for (int i = 0; i < span->other_count; i++)
		if (span->others[i] == entry)
			return true;
	return false;
}

/* A neighbour that is known tells whose an ordinary word or a shared surname is. */
static void learn(struct span *span, const struct span *from)
{
	if (from->entry == NOBODY || from->open || !may_be(span, from->entry))
		return;
	span->entry = from->entry;
	span->other_count = 0;
	span->open = false;
}

static void join(struct spans *spans, const char *text)
{
	int kept = 0;

	for (int i = 1; i < spans->count; i++)
		if (are_neighbours(text, &spans->list[i - 1], &spans->list[i])) {
			learn(&spans->list[i], &spans->list[i - 1]);
			learn(&spans->list[i - 1], &spans->list[i]);
		}
	for (int i = 1; i < spans->count; i++) {
		struct span *a = &spans->list[kept], *b = &spans->list[i];
		if (are_neighbours(text, a, b) && a->entry == b->entry && a->entry != NOBODY && a->drop == b->drop && !a->open && !b->open) {
			a->end = b->end;
			a->apostrophe = b->apostrophe;
			a->ordinary &= b->ordinary;
		} else {
			spans->list[++kept] = *b;
		}
	}
	if (spans->count)
		spans->count = kept + 1;
}

void needles_find(const struct needles *needles, struct spans *spans, const char *text, bool heading)
{
	void *tmp = talloc_new(NULL);
	struct folded *f = fold(tmp, text, strlen(text)), *view = fold_words(tmp, f);
	struct place place = { needles, view, text, heading };

	for (size_t i = 0; i < view->length; i++)
		if (view->text[i] == '\'')
			view->text[i] = ' ';
	for (size_t at = 1; at < view->length;)
		at = view->text[at - 1] == ' ' && view->text[at] != ' ' ? try_word(&place, spans, at) : at + 1;
	spans_sort(spans);
	join(spans, text);
	talloc_free(tmp);
}
