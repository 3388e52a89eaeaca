#include "publish/residue_parts.h"

#include <ctype.h>
#include <regex.h>
#include <string.h>
#include <talloc.h>
#include "adapter/fold.h"
#include "base/text.h"

#define AROUND 40
#define MONTH "(january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
#define DAY "[0-3]?[0-9](st|nd|rd|th)?"
#define YEAR "(19|20)[0-9][0-9]"
#define SMALL "(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|[0-9]{1,2})"
#define CHILDREN "(children|siblings|brothers|sisters|boys|girls|babies|sons|daughters|kids)"

/* What is looked for by shape, the longest first: what one row took, the next does not see. `only`: the pattern of the watch list that asks for it,
 * "" for a span of time that may be an age or not and so can always be accepted. */
static const struct { const char *kind, *only, *pattern; } shapes[] = {
	{ "age", NULL, "\\<" SMALL " (years|months|weeks|days)( and " SMALL " (months|weeks|days))?( of age| old)\\>" },
	{ "age", NULL, "\\<" SMALL "([ -]and[ -]a[ -]half)?[ -](year|month|week|day)s?[ -]olds?\\>" },
	{ "age", NULL, "\\<(aged?|age of) " SMALL "( (years|months|weeks)( and " SMALL " (months|weeks|days))?)?\\>" },
	{ "age", NULL, "\\<([0-9]{1,2}(st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) birthday\\>" },
	{ "age", "", "\\<" SMALL " (years|months|weeks)( and " SMALL " (months|weeks|days))?\\>" },
	{ "date", NULL, "\\<" DAY "( of)? " MONTH ",?( " YEAR ")?\\>" },
	{ "date", NULL, "\\<" MONTH " " DAY "(,? " YEAR ")?\\>" },
	{ "date", NULL, "\\<" MONTH ",? " YEAR "\\>" },
	{ "date", NULL, "\\<[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{2,4}\\>" },
	{ "date", NULL, "\\<[0-3]?[0-9](st|nd|rd|th)\\>" },
	{ "date", NULL, "\\<[0-2]?[0-9][:.][0-5][0-9]( ?[ap]\\.?m)?\\>" },
	{ "number", NULL, "\\<[0-9]+([.,][0-9]+)?( ?%| ?(per cent|percent|kg|kilos?|kilograms?|grams?|lbs?|cm|centimetres?|mm|ml|mg|degrees)\\>)" },
	{ "number", NULL, "\\<[0-9]{1,3} ?- ?[0-9]{1,3}\\>" },
	{ "number", NULL, "[0-9]([ ,./()+-]{0,2}[0-9]){4,}" },
	{ "date", NULL, "\\<" YEAR "s?\\>" },
	{ "watch", ":counts", "\\<(both|" SMALL ")( (younger|older|other|young|small|little))? " CHILDREN "\\>" },
	{ "watch", ":counts", "\\<(twins?|triplets?|both children|only child|eldest|youngest|siblings?|sibling group)\\>" },
	{ "watch", ":sex", "\\<(he|she|him|her|hers|his|himself|herself|boys?|girls?|sons?|daughters?|brothers?|sisters?)\\>" },
};

struct search {
	const struct words *common, *glossary;
	const char *watch, *text;
	char *left;                       /* the text with what was dealt with made blank */
	const struct residue_accepted *accepted; int accepted_count;
	struct residue_item *items; int count;
	char **keys;                      /* of each item: its word, folded */
};

static char *around(void *ctx, const char *text, size_t from, size_t end)
{
	size_t length = strlen(text), first = from > AROUND ? from - AROUND : 0, last = end + AROUND < length ? end + AROUND : length;

	while (first < from && (text[first] & 0xC0) == 0x80)
		first++;
	while (last < length && (text[last] & 0xC0) == 0x80)
		last++;
	return text_squeeze(ctx, talloc_strndup(ctx, text + first, last - first));
}

static void accept(const struct search *s, struct residue_item *item, const char *key)
{
	for (int i = 0; !item->forbidden && i < s->accepted_count; i++) {
		char *other = fold_plain(NULL, s->accepted[i].word);
		if (!strcmp(s->accepted[i].kind, item->kind) && !strcmp(other, key)) {
			item->accepted = true;
			item->reason = talloc_strdup(s->items, s->accepted[i].reason ? s->accepted[i].reason : "");
		}
		talloc_free(other);
	}
}

static void found(struct search *s, const char *kind, bool forbidden, size_t from, size_t end)
{
	char *word = talloc_strndup(s->keys, s->text + from, end - from), *key = fold_plain(s->keys, word);

	for (int i = 0; i < s->count; i++)
		if (!strcmp(s->items[i].kind, kind) && !strcmp(s->keys[i], key)) {
			s->items[i].occurrences++;
			s->items[i].forbidden |= forbidden;
			return;
		}
	s->items = talloc_realloc(NULL, s->items, struct residue_item, s->count + 1);
	s->keys = talloc_realloc(NULL, s->keys, char *, s->count + 1);
	s->keys[s->count] = key;
	s->items[s->count] = (struct residue_item){ .kind = kind, .word = talloc_strdup(s->items, word), .context = around(s->items, s->text, from, end),
		.occurrences = 1, .forbidden = forbidden };
	accept(s, &s->items[s->count], key);
	s->count++;
}

/* Is a pattern or word on the watch list? Sets whether it forbids. */
static bool is_watched(const char *watch, const char *word, bool *forbidden_r)
{
	char *both = talloc_asprintf(NULL, "!%s", word);
	bool forbids = text_in_list(watch, both), asks = text_in_list(watch, word);

	talloc_free(both);
	*forbidden_r = forbids;
	return forbids || asks;
}

static void find_shape(struct search *s, size_t shape)
{
	const char *kind = shapes[shape].kind, *only = shapes[shape].only;
	bool forbidden = false;
	regex_t regex;
	regmatch_t m;
	size_t at = 0;

	if (only && *only && !is_watched(s->watch, only, &forbidden))
		return;
	if (!strcmp(kind, "age") && !only)
		is_watched(s->watch, ":ages", &forbidden);
	if (regcomp(&regex, shapes[shape].pattern, REG_EXTENDED | REG_ICASE))
		return;
	while (!regexec(&regex, s->left + at, 1, &m, at ? REG_NOTBOL : 0)) {
		size_t from = at + (size_t)m.rm_so, end = at + (size_t)m.rm_eo;
		found(s, kind, forbidden, from, end);
		if (strcmp(kind, "watch"))
			memset(s->left + from, ' ', end - from);
		at = end;
	}
	regfree(&regex);
}

static bool is_letter(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* A phrase with '_' for a blank, as whole words, with plural or possessive, whatever the case. */
static void find_watched(struct search *s, const char *phrase, bool forbidden)
{
	char *wanted = talloc_strdup(NULL, phrase);
	size_t length = strlen(wanted);

	for (char *c = wanted; *c; c++)
		if (*c == '_')
			*c = ' ';
	for (const char *at = s->text; (at = strcasestr(at, wanted)); at += length) {
		size_t from = (size_t)(at - s->text), end = from + length;
		if (from > 0 && is_letter(s->text[from - 1]))
			continue;
		if (is_letter(s->text[end]) && !(s->text[end] == 's' && !is_letter(s->text[end + 1])) && (unsigned char)s->text[end] != 0xE2)
			continue;
		found(s, "watch", forbidden, from, end);
	}
	talloc_free(wanted);
}

static void find_watch_list(struct search *s)
{
	const char *cursor = s->watch;
	char *word;

	while ((word = text_next_word(s->keys, &cursor))) {
		bool forbidden = *word == '!';
		word += forbidden;
		if (*word && *word != ':')
			find_watched(s, word, forbidden);
	}
}

static void mask_phrases(struct search *s)
{
	for (int i = 0; i < s->glossary->phrase_count; i++) {
		const char *phrase = s->glossary->phrases[i];
		size_t length = strlen(phrase);
		for (char *at = s->left; (at = strstr(at, phrase)); at += length) {
			if ((at > s->left && is_letter(at[-1])) || (is_letter(at[length]) && (unsigned char)at[length] != 0xE2))
				continue;
			memset(at, ' ', length);
		}
	}
}

/* Length of an apostrophe at `at` that stands within a word. */
static size_t apostrophe(const char *at)
{
	size_t n = *at == '\'' ? 1 : !strncmp(at, "\xE2\x80\x99", 3) ? 3 : 0;

	return n && is_letter(at[n]) && strncmp(at + n, "\xE2\x80", 2) ? n : 0;
}

static size_t character(const char *at)
{
	size_t n = 1;

	while ((at[n] & 0xC0) == 0x80)
		n++;
	return n;
}

/* General punctuation (E2 80) and the signs of Latin-1 (C2) are no letters; every other character above ASCII is taken for one. */
static size_t letter(const char *at)
{
	if (!strncmp(at, "\xE2\x80", 2) || (unsigned char)*at == 0xC2)
		return 0;
	return is_letter(*at) ? character(at) : 0;
}

static bool starts_sentence(const char *text, size_t at)
{
	while (at > 0 && (strchr(" \t\"'([", text[at - 1]) || ((unsigned char)text[at - 1] >= 0x80 && (at < 2 || text[at - 2] != ' '))))
		at--;
	return at == 0 || strchr(".!?:\n", text[at - 1]) || (unsigned char)text[at - 1] >= 0x80;
}

/* The length of a word without a possessive's ending. */
static size_t stem(const char *word, size_t length)
{
	if (length > 2 && !strncmp(word + length - 2, "'s", 2))
		return length - 2;
	return length > 4 && !strncmp(word + length - 4, "\xE2\x80\x99s", 4) ? length - 4 : length;
}

static void one_word(struct search *s, size_t from, size_t end)
{
	size_t length = stem(s->text + from, end - from);
	char *text = fold_plain(s->keys, talloc_strndup(s->keys, s->text + from, length));
	const struct word *known = words_find(s->common, text);
	bool capital = isupper((unsigned char)s->text[from]) && !starts_sentence(s->text, from);

	if (words_find(s->glossary, text) || strspn(text, "0123456789") == strlen(text) || !strcmp(text, "i"))
		return;
	if (!known || known->proper || capital)
		found(s, known ? "capital" : "word", false, from, from + length);
}

static void find_words(struct search *s)
{
	for (size_t at = 0; s->left[at];) {
		size_t end = at, n;
		while ((n = letter(s->left + end)) || (end > at && (n = apostrophe(s->left + end))))
			end += n;
		if (end > at)
			one_word(s, at, end);
		at = end > at ? end : at + character(s->left + at);
	}
}

int residue_find(void *ctx, const struct words *common, const struct words *glossary, const char *watch, const char *text,
	const struct residue_accepted *accepted, int accepted_count, struct residue_item **items_r, struct error *error)
{
	struct search s = { .common = common, .glossary = glossary, .watch = watch ? watch : "", .text = text, .accepted = accepted,
		.accepted_count = accepted_count };

	(void)error;
	s.items = talloc_array(NULL, struct residue_item, 1);
	s.keys = talloc_array(NULL, char *, 1);
	s.left = talloc_strdup(s.keys, text);
	find_watch_list(&s);
	mask_phrases(&s);
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
		find_shape(&s, i);
	find_words(&s);
	talloc_free(s.keys);
	*items_r = talloc_steal(ctx, s.items);
	return s.count;
}
