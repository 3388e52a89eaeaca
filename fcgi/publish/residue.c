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
#define NTH "(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|(thir|four|fif|six|seven|eigh|nine)teenth|twentieth|twenty[ -](first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|thirtieth|thirty[ -]first)"
#define YEAR "(19|20)[0-9][0-9]"
#define SMALL "(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|[0-9]{1,3})"
#define CHILDREN "(child|children|siblings|brothers|sisters|boys|girls|babies|toddlers|sons|daughters|kids)"
#define FRACTION "(\xC2\xBC|\xC2\xBD|\xC2\xBE)"
#define PART "([ -]and[ -](a[ -])?(half|quarter|three[ -]quarters?))"
#define GAP "([ -]|\xE2\x80\x90|\xE2\x80\x91)?"
#define SPAN "(minutes?|hours?|days?|nights?|weeks?|fortnights?|months?|years?)"

/* What is looked for by shape, the longest first: what one row took, the next does not see. `only`: the pattern of the watch list that asks for it;
 * `forbids`: that which says that it cannot be accepted, "" for what may be an age or a day or not and so always can. */
static const struct { const char *kind, *only, *forbids, *pattern; bool exact; } shapes[] = {
	{ "date", NULL, ":dates", "\\<" SMALL " " SPAN " (later|earlier|before|after|afterwards|ago|previously|apart)\\>" },
	{ "date", NULL, "", "\\<(a few|a couple of|several|some|an?|the next|the following) " SPAN " (later|earlier|before|after|afterwards|ago|previously|apart)\\>" },
	{ "age", NULL, ":ages", "\\<" SMALL " (years|months|weeks|days)(,? (and )?" SMALL " (months|weeks|days))?( of age| old)\\>" },
	{ "age", NULL, ":ages", "\\<" SMALL " years,? (and )?" SMALL " months\\>" },
	{ "age", NULL, ":ages", "\\<(" SMALL PART "?|[0-9]{1,2}" FRACTION ")" GAP "(year|yr|month|mth|week|wk|day)s?" GAP "olds?\\>" },
	{ "age", NULL, ":ages", "\\<[0-9]{1,2}" FRACTION "?" GAP "y[ /.]{0,2}o\\>" },
	{ "age", NULL, ":ages", "\\<(ages?d?|age of):? " SMALL PART "?( (years|months|weeks)( and " SMALL " (months|weeks|days))?)?\\>" },
	{ "age", NULL, ":ages", "\\bturn(s|ed|ing)? " SMALL "\\>" },
	{ "age", NULL, ":ages", "\\<([0-9]{1,2}(st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth) birthday\\>" },
	{ "age", NULL, "", "\\<" SMALL " (years|months|weeks)( and " SMALL " (months|weeks|days))?\\>" },
	{ "age", NULL, "", "\\<(nearly|almost|rising|approaching|barely) " SMALL "\\>" },
	{ "age", NULL, "", "\\<(just|only|was|were|is|when|before|until|about) " SMALL "[.,;:)]" },
	{ "age", NULL, "", "\\<(under|over|rising)[ -]" SMALL "s?\\>" },
	{ "age", NULL, "", "\\byear (group )?" SMALL "\\>" },
	{ "age", NULL, "", "\\<(born (in|on|at)|date of birth|dob)\\>" },
	{ "date", NULL, ":dates", "\\<" DAY "( day)?( of)? " MONTH ",?( " YEAR ")?\\>" },
	{ "date", NULL, ":dates", "\\<" NTH "( day)?( of)? " MONTH ",?( " YEAR ")?\\>" },
	{ "date", NULL, ":dates", "\\<" MONTH "( the)? (" DAY "|" NTH ")(,? " YEAR ")?\\>" },
	{ "date", NULL, ":dates", "\\<" MONTH ",? " YEAR "\\>" },
	{ "date", NULL, ":dates", "\\<[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{2,4}\\>" },
	{ "date", NULL, ":dates", "\\<(January|February|April|June|July|August|September|October|November|December)\\>", true },
	{ "date", NULL, ":dates", "\\<([Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Tt]ill|[Ff]rom|[Dd]uring|[Bb]efore|[Aa]fter|[Ee]arly|[Ll]ate|[Mm]id|[Ll]ast|[Nn]ext|[Tt]hat|[Ee]ach|[Ee]very)[ -](March|May)\\>", true },
	{ "date", NULL, "", "\\<[0-3]?[0-9]/[01]?[0-9]\\>" },
	{ "date", NULL, "", "\\<[0-3]?[0-9](st|nd|rd|th)\\>" },
	{ "date", NULL, "", "\\<[0-2]?[0-9][:.][0-5][0-9]( ?[ap]\\.?m)?\\>" },
	{ "date", NULL, "", "\\<((an?|half an|" SMALL ")[ -](minute|hour)|" SMALL "[ -](day|night))s?\\>" },
	{ "number", NULL, NULL, "\\<[0-9]+([.,][0-9]+)?( ?%| ?(per cent|percent|kg|kilos?|kilograms?|grams?|lbs?|cm|centimetres?|mm|ml|mg|degrees)\\>)" },
	{ "number", NULL, NULL, "\\<[0-9]{1,3} ?- ?[0-9]{1,3}\\>" },
	{ "number", NULL, NULL, "[0-9]([ ,./()+-]{0,2}[0-9]){4,}" },
	{ "date", NULL, "", "\\<" YEAR "s?\\>" },
	{ "number", NULL, NULL, "\\<[0-9]{4}\\>" },
	{ "watch", ":quotes", "", "(\xE2\x80\x9C[^\xE2\n]{12,}\xE2\x80\x9D|\"[^\"\n]{12,}\")" },
	{ "watch", ":counts", ":counts", "\\<(both|" SMALL "|pair|couple)( of)?( (the|these|those|their|her|his|our))?( (younger|older|other|young|small|little))* " CHILDREN "\\>" },
	{ "watch", ":counts", ":counts", "\\<(twins?|triplets?|both children|only child|eldest|youngest|siblings?|sibling group|(elder|older|younger|other|first|second|third|middle) (child|one|boy|girl|sibling|brother|sister))\\>" },
	{ "watch", ":sex", ":sex", "\\<(he|she|him|her|hers|his|himself|herself|(school)?boys?|(school)?girls?|sons?|daughters?|brothers?|sisters?|lad|lass)\\>" },
};

struct search {
	const struct words *common, *glossary;
	const char *watch, *text;
	char *left;                       /* the text with what was dealt with made blank */
	const struct residue_accepted *accepted; int accepted_count;
	struct residue_item *items; int count;
	char **keys;                      /* of each item: its word, folded */
};

static bool is_blank(char c) { return strchr(" \t\n", c) != NULL; }

/* Whole words about the place. */
static char *around(void *ctx, const char *text, size_t from, size_t end)
{
	size_t length = strlen(text), first = from > AROUND ? from - AROUND : 0, last = end + AROUND < length ? end + AROUND : length;

	while (first > 0 && first < from && !is_blank(text[first - 1]))
		first++;
	while (last < length && last > end && !is_blank(text[last]))
		last--;
	while (last > end && last < length && (text[last] & 0xC0) == 0x80)      /* no blank at all: not in the middle of a letter */
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
			s->items[i].accepted &= !s->items[i].forbidden;
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
	const char *kind = shapes[shape].kind, *only = shapes[shape].only, *forbids = shapes[shape].forbids;
	bool forbidden = false;
	regex_t regex;
	regmatch_t m;
	size_t at = 0;

	if (only && !is_watched(s->watch, only, &forbidden))
		return;
	if (forbids && *forbids)
		is_watched(s->watch, forbids, &forbidden);
	if (regcomp(&regex, shapes[shape].pattern, REG_EXTENDED | (shapes[shape].exact ? 0 : REG_ICASE)))
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
