#include "publish/gate_parts.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>
#include "base/text.h"

#define PAGE_MOST (5u << 20)
#define AROUND 40
#define HITS_MOST 1000          /* enough to be blocked; the rest would say the same */

static void refuse(struct gate_report *r, const char *why, size_t offset)
{
	if (r->refused)
		return;
	r->refused = true;
	r->why = why;
	r->offset = offset;
}

static bool is_letter_byte(char c)
{
	return (unsigned char)c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool mixed(const char *bytes, size_t length, size_t *at_r)
{
	for (size_t i = 0; i < length;) {
		size_t end = i;
		bool foreign = false;
		while (end < length && is_letter_byte(bytes[end]))
			foreign |= (unsigned char)bytes[end++] >= 0x80;
		if (foreign && fold_mixed_script(bytes + i, end - i)) {
			*at_r = i;
			return true;
		}
		i = end + 1;
	}
	return false;
}

/* Hostile presentation is refused before anything is searched: our pages need none of it. False when the bytes cannot be searched at all. */
static bool present(const struct gate_page *page, struct gate_report *r)
{
	size_t at = 0;

	if (page->length > PAGE_MOST)
		refuse(r, "larger than 5 MB", PAGE_MOST);
	else if (!text_is_xml(page->bytes, page->length, &at))
		refuse(r, "not UTF-8, or a control character", at);
	if (r->refused)
		return false;
	if (fold_has_hidden(page->bytes, page->length, &at))
		refuse(r, "a character that is not seen", at);
	if (!fold_is_nfc(page->bytes, page->length))
		refuse(r, "characters not in normal form C", 0);
	if (mixed(page->bytes, page->length, &at))
		refuse(r, "a word of letters of more than one script", at);
	return true;
}

/* Addresses are made of slugs and headers are ours: neither needs more than printable ASCII. */
static bool is_ascii(const char *text)
{
	for (; *text; text++)
		if (*text < ' ' || *text > '~')
			return false;
	return true;
}

static bool present_outside(const struct gate_page *page, struct gate_report *r)
{
	bool right = is_ascii(page->address);

	if (!right)
		refuse(r, "an address that is not ASCII", 0);
	for (int i = 0; page->headers && page->headers[i]; i++)
		if (!is_ascii(page->headers[i])) {
			refuse(r, "a header that is not ASCII", 0);
			right = false;
		}
	return right;
}

static int by_place(const void *a, const void *b, void *data)
{
	const struct match *x = a, *y = b;
	const struct streams *streams = data;
	int sx = streams->list[x->stream]->source, sy = streams->list[y->stream]->source;

	if (sx != sy)
		return sx < sy ? -1 : 1;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	if (x->end != y->end)
		return x->end > y->end ? -1 : 1;
	if (x->pattern->ordinary != y->pattern->ordinary)
		return x->pattern->ordinary - y->pattern->ordinary;
	if (x->pattern->entry != y->pattern->entry)
		return x->pattern->entry - y->pattern->entry;
	if (x->stream != y->stream)
		return x->stream - y->stream;
	return x->pattern < y->pattern ? -1 : x->pattern > y->pattern;
}

struct count { const char *form; size_t from; int n; };

/* The n-th time a form stands in the visible text, 0 when this place was counted already; matches come in order of place. */
static int number(struct count **counts, int *many, const struct match *m)
{
	struct count *c;
	int i = 0;

	while (i < *many && strcmp((*counts)[i].form, m->pattern->text))
		i++;
	if (i == *many) {
		*counts = talloc_realloc(NULL, *counts, struct count, *many + 1);
		(*counts)[(*many)++] = (struct count){ .form = m->pattern->text, .from = SIZE_MAX };
	}
	c = &(*counts)[i];
	if (c->from == m->from)
		return 0;
	c->from = m->from;
	return ++c->n;
}

static char *around(void *ctx, const struct stream *s, const struct match *m)
{
	size_t from = m->at > AROUND ? m->at - AROUND : 0, end = m->stop + AROUND < s->length ? m->stop + AROUND : s->length;
	char *text;

	while (from < m->at && (s->bytes[from] & 0xC0) == 0x80)
		from++;
	while (end < s->length && (s->bytes[end] & 0xC0) == 0x80)
		end++;
	text = talloc_strndup(ctx, s->bytes + from, end - from);
	return text_squeeze(ctx, text);
}

struct verdict {
	const struct gate_entry *entries;
	const struct gate_accepted *accepted; int accepted_count;
	const struct streams *streams;
	struct match *kept; int kept_count;      /* the match of each hit */
	struct count *counts; int many;
};

static bool is_accepted(const struct verdict *v, const char *form, int occurrence, const char *context)
{
	for (int i = 0; i < v->accepted_count; i++) {
		const struct gate_accepted *a = &v->accepted[i];
		if (a->occurrence == occurrence && !strcmp(a->form, form) && (!a->context || !strcmp(a->context, context)))
			return true;
	}
	return false;
}

/* Says a longer hit of the same entry (or, of an ordinary word, of any) the same already? */
static bool is_covered(const struct verdict *v, const struct match *m)
{
	int source = v->streams->list[m->stream]->source;

	for (int i = 0; i < v->kept_count; i++) {
		const struct match *k = &v->kept[i];
		if (v->streams->list[k->stream]->source == source && k->from <= m->from && m->end <= k->end
			&& (m->pattern->ordinary || (!k->pattern->ordinary && k->pattern->entry == m->pattern->entry)))
			return true;
	}
	return false;
}

static void judge(struct verdict *v, struct gate_report *r, const struct match *m)
{
	const struct stream *s = v->streams->list[m->stream];
	bool numbered = m->pattern->ordinary && s->visible;
	int occurrence = numbered ? number(&v->counts, &v->many, m) : 0;
	struct gate_hit *hit;

	if ((numbered && !occurrence) || r->count == HITS_MOST || is_covered(v, m))
		return;
	char *context = around(r, s, m);
	if (numbered && is_accepted(v, m->pattern->text, occurrence, context)) {
		r->accepted++;
		return;
	}
	v->kept[v->kept_count++] = *m;
	r->hits = talloc_realloc(r, r->hits, struct gate_hit, r->count + 1);
	hit = &r->hits[r->count++];
	*hit = (struct gate_hit){ .entry = talloc_strdup(r, v->entries[m->pattern->entry].id), .variant = m->pattern->variant,
		.stream = talloc_strdup(r, s->name), .offset = m->from, .ordinary = m->pattern->ordinary, .occurrence = occurrence,
		.form = talloc_strdup(r, m->pattern->text), .context = context };
}

static void search(struct verdict *v, struct gate_report *r, const struct patterns *patterns)
{
	void *tmp = talloc_new(NULL);
	struct matches *found = talloc_zero(tmp, struct matches);
	struct matcher *matcher = gate_matcher(tmp, patterns);

	gate_match(found, matcher, v->streams);
	if (found->count == MATCHES_MOST)
		refuse(r, "more forms of the register than can be looked at", 0);
	if (found->count)
		qsort_r(found->list, (size_t)found->count, sizeof *found->list, by_place, (void *)v->streams);
	v->kept = talloc_array(tmp, struct match, found->count + 1);
	for (int i = 0; i < found->count; i++)
		judge(v, r, &found->list[i]);
	talloc_free(v->counts);
	talloc_free(tmp);
}

int gate_check(void *ctx, const struct gate_entry *entries, int entry_count, const struct gate_accepted *accepted, int accepted_count,
	const struct gate_page *page, struct gate_report **report_r, struct error *error)
{
	void *tmp = talloc_new(NULL);
	struct gate_report *r = talloc_zero(tmp, struct gate_report);
	struct gate_page copy = *page;
	struct verdict v = { .entries = entries, .accepted = accepted, .accepted_count = accepted_count };
	struct patterns *patterns = gate_variants(tmp, entries, entry_count, error);
	const char *why;
	size_t at = 0;
	int result = -1;

	if (!patterns)
		goto out;
	copy.bytes = talloc_strndup(tmp, page->bytes, page->length);
	r->variants = patterns->count;
	if (present(page, r) && present_outside(page, r)) {
		bool *own = talloc_zero_array(tmp, bool, page->length + 1);
		if ((why = gate_grammar(copy.bytes, copy.length, &at)))
			refuse(r, why, at);
		else
			gate_own_words(own, copy.bytes, copy.length);
		v.streams = gate_streams(tmp, &copy, own);
		r->streams = v.streams->count;
		search(&v, r, patterns);
	}
	*report_r = talloc_steal(ctx, r);
	result = 0;
out:
	talloc_free(tmp);
	return result;
}
