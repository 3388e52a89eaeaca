/* Three texts become one: paragraph by paragraph for long ones, code by code for choices of many. */
#include "form/compare_inner.h"

#include <string.h>
#include <talloc.h>

#include "base/text.h"

#define MOST 400      /* paragraphs of a text; a longer one is compared as a whole */

struct paragraphs { const char *list[MOST]; int count; };

/* An empty line parts them. False: too many. */
static bool split(void *ctx, const char *text, struct paragraphs *p)
{
	p->count = 0;
	while (*text) {
		const char *end = strstr(text, "\n\n");
		size_t length = end ? (size_t)(end - text) : strlen(text);

		if (length > 0) {
			if (p->count == MOST)
				return false;
			p->list[p->count++] = talloc_strndup(ctx, text, length);
		}
		text += length + strspn(text + length, "\n");
	}
	return true;
}

/* Longest common subsequence: match_r[i] is where paragraph i of a stands in b, -1 nowhere. */
static void match(void *ctx, const struct paragraphs *a, const struct paragraphs *b, int *match_r)
{
	int width = b->count + 1, *longest = talloc_zero_array(ctx, int, (size_t)(a->count + 1) * (size_t)width), i, k;

	for (i = a->count - 1; i >= 0; i--)
		for (k = b->count - 1; k >= 0; k--) {
			int down = longest[(i + 1) * width + k], right = longest[i * width + k + 1];

			longest[i * width + k] = strcmp(a->list[i], b->list[k]) == 0 ? longest[(i + 1) * width + k + 1] + 1 : down > right ? down : right;
		}
	for (i = 0, k = 0; i < a->count; i++) {
		while (k < b->count && strcmp(a->list[i], b->list[k]) != 0 && longest[i * width + k + 1] >= longest[(i + 1) * width + k])
			k++;
		match_r[i] = k < b->count && strcmp(a->list[i], b->list[k]) == 0 ? k++ : -1;
	}
	talloc_free(longest);
}

struct range { const struct paragraphs *of; int from, to; };
struct joining { char *made; bool clash; };

static bool same(const struct range *a, const struct range *b)
{
	bool equal = a->to - a->from == b->to - b->from;

	for (int i = 0; equal && i < a->to - a->from; i++)
		equal = strcmp(a->of->list[a->from + i], b->of->list[b->from + i]) == 0;
	return equal;
}

static void put(struct joining *j, const struct range *r)
{
	for (int i = r->from; i < r->to; i++)
		j->made = talloc_asprintf_append_buffer(j->made, "%s%s", *j->made ? "\n\n" : "", r->of->list[i]);
}

/* One stretch between paragraphs that all three have. */
static void join_stretch(struct joining *j, struct range b, struct range t, struct range m)
{
	if (same(&t, &b) || same(&t, &m)) {
		put(j, &m);
	} else if (same(&m, &b)) {
		put(j, &t);
	} else if (b.to - b.from > 1 && t.to - t.from == b.to - b.from && m.to - m.from == b.to - b.from) {      /* neighbours, each changed by one of the two */
		for (int i = 0; i < b.to - b.from; i++)
			join_stretch(j, (struct range){ b.of, b.from + i, b.from + i + 1 }, (struct range){ t.of, t.from + i, t.from + i + 1 },
				(struct range){ m.of, m.from + i, m.from + i + 1 });
	} else {
		j->clash = true;
		put(j, &t);
		put(j, &m);
	}
}

static void join(void *ctx, struct joining *j, const struct paragraphs *b, const struct paragraphs *t, const struct paragraphs *m)
{
	int *in_t = talloc_array(ctx, int, (size_t)b->count + 1), *in_m = talloc_array(ctx, int, (size_t)b->count + 1);
	int from = 0, t_from = 0, m_from = 0;

	match(ctx, b, t, in_t);
	match(ctx, b, m, in_m);
	for (int i = 0; i <= b->count; i++) {
		bool end = i == b->count;

		if (!end && (in_t[i] < 0 || in_m[i] < 0))
			continue;
		join_stretch(j, (struct range){ b, from, i }, (struct range){ t, t_from, end ? t->count : in_t[i] }, (struct range){ m, m_from, end ? m->count : in_m[i] });
		if (end)
			break;
		put(j, &(struct range){ b, i, i + 1 });
		from = i + 1;
		t_from = in_t[i] + 1;
		m_from = in_m[i] + 1;
	}
}

char *compare_join_text(void *ctx, const char *base, const char *theirs, const char *mine, bool *clash_r)
{
	void *scratch = talloc_new(NULL);
	struct paragraphs *p = talloc_array(scratch, struct paragraphs, 3);
	struct joining j = { talloc_strdup(ctx, ""), false };

	if (split(scratch, base, &p[0]) && split(scratch, theirs, &p[1]) && split(scratch, mine, &p[2])) {
		join(scratch, &j, &p[0], &p[1], &p[2]);
	} else {
		j.clash = true;
		j.made = talloc_asprintf_append_buffer(j.made, "%s\n\n%s", theirs, mine);
	}
	talloc_free(scratch);
	*clash_r = j.clash;
	return j.made;
}

static void add_codes(void *ctx, char **made, const char *codes, const char *both_must, const char *but)
{
	const char *cursor = codes, *code;

	while ((code = text_next_word(ctx, &cursor)))
		if (!text_in_list(*made, code) && (!text_in_list(but, code) || text_in_list(both_must, code)))
			*made = talloc_asprintf_append_buffer(*made, "%s%s", **made ? " " : "", code);
}

char *compare_join_codes(void *ctx, const char *base, const char *theirs, const char *mine)
{
	void *scratch = talloc_new(NULL);
	char *made = talloc_strdup(ctx, "");

	add_codes(scratch, &made, theirs, mine, base);      /* theirs, but for what stood there before and I took away */
	add_codes(scratch, &made, mine, theirs, base);
	talloc_free(scratch);
	return made;
}
