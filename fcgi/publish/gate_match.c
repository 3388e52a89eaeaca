#include "publish/gate_parts.h"

#include <string.h>
#include <talloc.h>

/* Aho and Corasick 1975: all patterns of one view in one pass. A large register with many days makes some million nodes, so a node holds its
 * children as a list and no table; only the start, which most letters of a page lead back to, has one. */
struct node { int fail, first, child, sibling; unsigned char letter; };           /* first: pattern that ends here, -1 none; more by `next` */
struct automaton {
	int start[256];
	int count, room;
	struct node *nodes;
	int *next;                                  /* of each pattern: another that ends at the same node, -1 none */
	const struct patterns *patterns;
};
struct matcher { struct automaton *views[VIEWS]; };

static int new_node(struct automaton *a, unsigned char letter)
{
	if (a->count == a->room) {
		a->room = a->room ? a->room + a->room / 2 : 256;
		a->nodes = talloc_realloc(a, a->nodes, struct node, a->room);
	}
	a->nodes[a->count] = (struct node){ .first = -1, .letter = letter };
	return a->count++;
}

/* 0: there is none (nothing leads to the start but a failure). */
static int child(const struct automaton *a, int node, unsigned char letter)
{
	int n = node == 0 ? a->start[letter] : a->nodes[node].child;

	while (n > 0 && a->nodes[n].letter != letter)
		n = a->nodes[n].sibling;
	return n;
}

static int add_child(struct automaton *a, int node, unsigned char letter)
{
	int n = new_node(a, letter);

	a->nodes[n].sibling = a->nodes[node].child;
	a->nodes[node].child = n;
	if (node == 0)
		a->start[letter] = n;
	return n;
}

static void enter(struct automaton *a, int pattern)
{
	int node = 0;

	for (const char *c = a->patterns->list[pattern].text; *c; c++) {
		int next = child(a, node, (unsigned char)*c);
		node = next > 0 ? next : add_child(a, node, (unsigned char)*c);
	}
	a->next[pattern] = a->nodes[node].first;
	a->nodes[node].first = pattern;
}

/* The longest end of what was read, with this letter, that begins a pattern. */
static int advance(const struct automaton *a, int node, unsigned char letter)
{
	int next;

	while ((next = child(a, node, letter)) == 0 && node != 0)
		node = a->nodes[node].fail;
	return next;
}

/* Breadth first: what a node falls back to is nearer to the start. */
static void complete(struct automaton *a)
{
	int *queue = talloc_array(a, int, a->count), head = 0, tail = 0;

	queue[tail++] = 0;
	while (head < tail) {
		int node = queue[head++];
		for (int n = a->nodes[node].child; n > 0; n = a->nodes[n].sibling) {
			a->nodes[n].fail = node == 0 ? 0 : advance(a, a->nodes[node].fail, a->nodes[n].letter);
			queue[tail++] = n;
		}
	}
	talloc_free(queue);
}

struct matcher *gate_matcher(void *ctx, const struct patterns *patterns)
{
	struct matcher *m = talloc_zero(ctx, struct matcher);

	for (int view = 0; view < VIEWS; view++) {
		struct automaton *a = m->views[view] = talloc_zero(m, struct automaton);
		a->patterns = patterns;
		a->next = talloc_array(a, int, patterns->count + 1);
		new_node(a, 0);
		for (int i = 0; i < patterns->count; i++)
			if (patterns->list[i].view == (enum gate_view)view)
				enter(a, i);
		complete(a);
	}
	return m;
}

struct place { const struct stream *stream; int index; const struct folded *view; size_t from, end; };     /* [from, end) of the view */

static bool ends_word(const struct place *at, const struct pattern *p)
{
	const char *rest = at->view->text + at->end, last = p->text[p->length - 1];

	if (*rest == ' ' || p->bound & BOUND_OPEN)
		return true;
	if (!(p->bound & BOUND_NAME))
		return false;
	return !strncmp(rest, "s ", 2) || (strchr("sxzh", last) && !strncmp(rest, "es ", 3));
}

static size_t source(const struct place *at, size_t i)
{
	return at->view->from[i];
}

static bool in_capitals(const struct place *at)
{
	for (size_t i = source(at, at->from); i <= source(at, at->end - 1); i++)
		if (at->stream->bytes[i] >= 'a' && at->stream->bytes[i] <= 'z')
			return false;
	return true;
}

static bool is_small(char c)
{
	return c >= 'a' && c <= 'z';
}

/* Digits of one number stand close together and without letters between them: "+44 (0)7700 900 123", "9,990,123,446". */
static bool is_tight(const struct place *at)
{
	for (size_t i = at->from; i + 1 < at->end; i++) {
		size_t a = source(at, i) + 1, b = source(at, i + 1);
		if (b > a + 8)
			return false;
		for (; a < b; a++)
			if ((at->stream->bytes[a] | 32) >= 'a' && (at->stream->bytes[a] | 32) <= 'z')
				return false;
	}
	return true;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_bounded(const struct place *at, const struct pattern *p)
{
	const char *text = at->view->text;

	switch (p->view) {
	case VIEW_WORDS:
		return text[at->from - 1] == ' ' && ends_word(at, p) && (!(p->bound & BOUND_CAPITALS) || in_capitals(at)) &&
			(!(p->bound & BOUND_CAPITAL) || !is_small(at->stream->bytes[source(at, at->from)])) &&
			(!(p->bound & BOUND_SECOND) || !is_small(at->stream->bytes[source(at, at->from + strcspn(p->text, " ") + 1)]));
	case VIEW_DIGITS:
		return is_tight(at);
	default:
		return !(p->bound & BOUND_DIGITS) || !((at->from && is_digit(text[at->from - 1])) || is_digit(text[at->end]));
	}
}

/* An ordinary word that stands in the page as it is belongs to the plain streams; one that only a decoder brought out belongs to nobody's sentence. */
static bool is_as_it_stands(const struct stream *s, size_t first, size_t last)
{
	return !s->brought_out && s->from[last] - s->from[first] == last - first;
}

static void found(struct matches *to, const struct place *at, const struct pattern *p)
{
	size_t from, last;

	from = source(at, at->from);
	last = source(at, at->end - 1);
	if (to->count == MATCHES_MOST || (p->ordinary && !at->stream->plain && is_as_it_stands(at->stream, from, last)) || !is_bounded(at, p))
		return;
	if ((to->count & (to->count - 1)) == 0)
		to->list = talloc_realloc(to, to->list, struct match, to->count ? to->count * 2 : 1);
	to->list[to->count++] = (struct match){ .stream = at->index, .pattern = p, .at = from, .stop = last + 1,
		.from = at->stream->from[from], .end = at->stream->from[last] + 1 };
}

static void run(struct matches *to, const struct automaton *a, const struct stream *stream, int index, const struct folded *view)
{
	int node = 0;

	for (size_t i = 0; i < view->length; i++) {
		node = advance(a, node, (unsigned char)view->text[i]);
		for (int n = node; n > 0; n = a->nodes[n].fail)
			for (int p = a->nodes[n].first; p >= 0; p = a->next[p]) {
				struct place at = { stream, index, view, i + 1 - a->patterns->list[p].length, i + 1 };
				found(to, &at, &a->patterns->list[p]);
			}
	}
}

/* The words without apostrophes, as the patterns are: "Aoife's" is "aoife s". An apostrophe never has a blank beside it. */
static struct folded *words_of(void *ctx, const struct folded *f)
{
	struct folded *view = fold_words(ctx, f);

	for (size_t i = 0; i < view->length; i++)
		if (view->text[i] == '\'')
			view->text[i] = ' ';
	return view;
}

void gate_match(struct matches *to, const struct matcher *matcher, const struct streams *streams)
{
	for (int i = 0; i < streams->count; i++) {
		const struct stream *s = streams->list[i];
		void *tmp = talloc_new(NULL);
		struct folded *f = fold(tmp, s->bytes, s->length);
		run(to, matcher->views[VIEW_WORDS], s, i, words_of(tmp, f));
		run(to, matcher->views[VIEW_SQUEEZED], s, i, fold_squeezed(tmp, f));
		run(to, matcher->views[VIEW_DIGITS], s, i, fold_digits(tmp, f));
		talloc_free(tmp);
	}
}
