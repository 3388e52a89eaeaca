#include "publish/redact_parts.h"

#include <ctype.h>
#include <string.h>
#include <talloc.h>
#include "base/text.h"

static int entry_of(const struct secrets *secrets, const char *ref)
{
	for (int i = 0; ref && i < secrets->count; i++)
		if (!strcmp(secrets->list[i].id, ref))
			return i;
	return NOBODY;
}

/* The words of a node, and a span for each mention and date in them. */
static char *flatten(struct spans *spans, const struct secrets *secrets, const xml_node *node)
{
	char *text = talloc_strdup(spans, "");

	for (const xml_node *each = xml_first_any(node); each; each = xml_next_any(each)) {
		size_t from = strlen(text);
		if (xml_is_text(each)) {
			text = talloc_strdup_append_buffer(text, xml_content(each));
			continue;
		}
		text = talloc_strdup_append_buffer(text, xml_text(spans, each));
		struct span span = { .from = from, .end = strlen(text), .entry = entry_of(secrets, xml_get(each, "ref")), .tagged = true };
		spans_add(spans, &span);
	}
	return text;
}

/* Removes spans that a mark covers, widening the mark over what it cuts: half a name must not stay. */
static void lay_mark(struct spans *spans, struct span mark)
{
	int kept = 0;

	for (int i = 0; i < spans->count; i++) {
		const struct span *s = &spans->list[i];
		if (s->mark || s->end <= mark.from || mark.end <= s->from) {
			spans->list[kept++] = *s;
			continue;
		}
		mark.from = s->from < mark.from ? s->from : mark.from;
		mark.end = s->end > mark.end ? s->end : mark.end;
	}
	spans->count = kept;
	for (int i = 0; i < spans->count; i++)
		if (spans->list[i].mark && spans->list[i].from < mark.end && mark.from < spans->list[i].end)
			return;                     /* two marks on one word: the first stands */
	spans_add(spans, &mark);
}

static void lay_marks(struct spans *spans, const char *text, struct pending *pending, int count)
{
	for (int i = 0; i < count; i++) {
		const char *words = pending[i].mark->text;
		for (const char *at = strstr(text, words); at; at = strstr(at + strlen(words), words)) {
			if (++pending[i].seen != pending[i].mark->occurrence)
				continue;
			struct span span = { .from = (size_t)(at - text), .end = (size_t)(at - text) + strlen(words), .mark = pending[i].mark, .entry = NOBODY };
			lay_mark(spans, span);
			pending[i].used = true;
		}
	}
}

static const char *label_of(const struct secrets *secrets, const struct span *span)
{
	if (span->mark)
		return strcmp(span->mark->action, "drop") ? span->mark->with : "";
	if (span->entry == NOBODY || span->drop || secrets->list[span->entry].informant)
		return "";
	return secrets->list[span->entry].label;
}

static bool ends_sentence(const char *out)
{
	size_t n = strlen(out);

	while (n > 0 && strchr(" \n\t\"'([", out[n - 1]))
		n--;
	while (n > 2 && !strncmp(out + n - 3, "\xE2\x80", 2) && (unsigned char)out[n - 1] >= 0x98 && (unsigned char)out[n - 1] <= 0x9D)      /* curly quotes */
		n -= 3;
	while (n > 0 && out[n - 1] == ' ')
		n--;
	return n == 0 || strchr(".!?", out[n - 1]);
}

/* The last word of what is written so far, lower case, and where it begins. */
static const char *last_word(const char *out, size_t *at_r, char word[16])
{
	size_t end = strlen(out), from;

	while (end > 0 && out[end - 1] == ' ')
		end--;
	from = end;
	while (from > 0 && isalpha((unsigned char)out[from - 1]))
		from--;
	*word = 0;
	if (end - from >= 16 || end == strlen(out))
		return word;
	for (size_t i = from; i < end; i++)
		word[i - from] = (char)tolower((unsigned char)out[i]);
	word[end - from] = 0;
	*at_r = from;
	return word;
}

static const char *without_article(const char *label)
{
	if (text_starts(label, "a "))
		return label + 2;
	if (text_starts(label, "an "))
		return label + 3;
	return text_starts(label, "the ") ? label + 4 : label;
}

/* "a" or "an" before a name may tell how the name began, so it goes with it. */
static bool cut_article(char *out)
{
	char word[16];
	size_t at = 0;

	if (!text_in_list("a an", last_word(out, &at, word)) || !*word)
		return false;
	out[at] = 0;
	return true;
}

/* "the a young child" is "the young child", "an Olena" "a relative", whatever "a" or "an" was right for the name. */
static char *put_label(char *out, const char *label)
{
	static const char determiners[] = "the this that these those his her their our my your its each every another no one some any both";
	char word[16];
	size_t at = 0;
	bool starts;

	if (cut_article(out)) {
		if (without_article(label) == label)
			label = talloc_asprintf(out, "%s %s", strchr("aeiou", label[0]) ? "an" : "a", label);
	} else if (text_in_list(determiners, last_word(out, &at, word))) {
		label = without_article(label);
	}
	starts = ends_sentence(out);
	out = talloc_strdup_append(out, label);
	if (starts) {
		char *first = out + strlen(out) - strlen(label);
		*first = (char)toupper((unsigned char)*first);
	}
	return out;
}

static char *put_span(char *out, const struct span *span, const char *label)
{
	size_t n = strlen(label);

	if (!n) {
		if (!span->mark)
			cut_article(out);
		return out;
	}
	out = span->mark ? talloc_strdup_append(out, label) : put_label(out, label);
	if (span->apostrophe)
		out = talloc_asprintf_append(out, "%s%s", span->apostrophe, label[n - 1] == 's' ? "" : "s");
	return out;
}

static const char *ids(void *ctx, const struct secrets *secrets, const struct span *span)
{
	char *all = talloc_strdup(ctx, span->entry == NOBODY ? "" : secrets->list[span->entry].id);

	for (int i = 0; span->entry == NOBODY && i < span->other_count; i++)
		all = talloc_asprintf_append(all, "%s%s", i ? " " : "", secrets->list[span->others[i]].id);
	return all;
}

static void note(const struct piece *piece, const struct span *span, const char *was, const char *now)
{
	struct redaction *r = piece->redaction;

	r->list = talloc_realloc(r, r->list, struct replacement, r->count + 1);
	r->list[r->count++] = (struct replacement){ .field = talloc_strdup(r, piece->field), .block = piece->block, .was = talloc_steal(r, was),
		.now = span->open ? NULL : talloc_strdup(r, now), .entry = ids(r, piece->secrets, span), .mark = span->mark != NULL, .ordinary = span->ordinary };
}

static void gap_add(struct gaps *gaps, size_t at)
{
	gaps->at = talloc_realloc(gaps, gaps->at, size_t, gaps->count + 1);
	gaps->at[gaps->count++] = at;
}

static void gaps_within(struct gaps *gaps, size_t end)
{
	for (int i = gaps->count - 1; i >= 0; i--)
		gaps->at[i] = gaps->at[i] > end && i < gaps->moved ? end : gaps->at[i];
}

/* Blanks that a word left behind when it went: doubled, at the ends, before a point. The gaps move with the text. */
static void close_gaps(char *text, struct gaps *gaps)
{
	char *to = text;

	for (const char *from = text; *from; from++) {
		for (; gaps->moved < gaps->count && gaps->at[gaps->moved] <= (size_t)(from - text); gaps->moved++)
			gaps->at[gaps->moved] = (size_t)(to - text);
		if (*from == ' ' && (to == text || to[-1] == ' ' || to[-1] == '('))
			continue;
		if (to > text && to[-1] == ' ' && strchr(".,;:!?)", *from))
			gaps_within(gaps, (size_t)(--to - text));
		*to++ = *from;
	}
	while (to > text && to[-1] == ' ')
		to--;
	*to = 0;
	gaps->moved = gaps->count;
	gaps_within(gaps, (size_t)(to - text));
}

static char *rebuild(void *ctx, const struct piece *piece, const struct spans *spans, const char *text)
{
	char *out = talloc_strdup(ctx, "");
	struct gaps *gaps = talloc_zero(NULL, struct gaps);
	size_t at = 0;

	for (int i = 0; i < spans->count; i++) {
		const struct span *s = &spans->list[i];
		char *was = talloc_strndup(ctx, text + s->from, s->end - s->from);
		const char *label = label_of(piece->secrets, s);
		out = talloc_strndup_append(out, text + at, s->from - at);
		at = s->end;
		if (s->open)
			out = talloc_strdup_append(out, was);
		else
			out = put_span(out, s, label);
		if (!s->open && !*label)
			gap_add(gaps, strlen(out));
		note(piece, s, was, label);
	}
	out = talloc_strdup_append(out, text + at);
	close_gaps(out, gaps);
	redact_breaks(piece, out, gaps);
	talloc_free(gaps);
	return out;
}

char *redact_piece(void *ctx, const struct piece *piece, const xml_node *node, struct pending *pending, int count)
{
	struct spans *spans = talloc_zero(NULL, struct spans);
	char *text = flatten(spans, piece->secrets, node), *out;

	lay_marks(spans, text, pending, count);
	spans_sort(spans);
	for (int i = 0; i < spans->count; i++)
		if (spans->list[i].tagged && text[spans->list[i].end]) {
			/* "<person>Poppy</person>'s": the possessive stands outside of the tag. */
			const char *after = text + spans->list[i].end;
			size_t n = text_starts(after, "'s") ? 2 : text_starts(after, "\xE2\x80\x99s") ? 4 : 0;
			if (n && !isalnum((unsigned char)after[n])) {
				spans->list[i].apostrophe = n == 2 ? "'" : "\xE2\x80\x99";
				spans->list[i].end += n;
			}
		}
	needles_find(piece->needles, spans, text, piece->heading);
	out = rebuild(ctx, piece, spans, text);
	talloc_free(spans);
	return out;
}
