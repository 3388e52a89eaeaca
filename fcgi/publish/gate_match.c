#include "publish/gate_parts.h"

#include <string.h>
#include <talloc.h>

/* Aho and Corasick 1975: all patterns of one view in one pass. The alphabet is what stands in the patterns; every other byte is symbol 0 and
 * leads back to the start. */
struct node { int fail, first, depth; };           /* first: pattern that ends here, -1 none; more by `next` */
struct automaton {
	unsigned char symbol[256];
	int symbols, count, room;
	struct node *nodes;
	int *go;                                    /* count × symbols */
	int *next;                                  /* of each pattern: another that ends at the same node, -1 none */
	const struct patterns *patterns;
};
struct matcher { struct automaton *views[VIEWS]; };

static int new_node(struct automaton *a, int depth)
{
	if (a->count == a->room) {
		a->room = a->room ? a->room + a->room / 4 : 256;      /* both copies stand at once while it grows, within a request's memory */
		a->nodes = talloc_realloc(a, a->nodes, struct node, a->room);
		a->go = talloc_realloc(a, a->go, int, (size_t)a->room * (size_t)a->symbols);
	}
	a->nodes[a->count] = (struct node){ .first = -1, .depth = depth };
	for (int s = 0; s < a->symbols; s++)
		a->go[(size_t)a->count * (size_t)a->symbols + (size_t)s] = -1;
	return a->count++;
}

static int *edge(const struct automaton *a, int node, int symbol)
{
	return &a->go[(size_t)node * (size_t)a->symbols + (size_t)symbol];
}

static void alphabet(struct automaton *a, enum gate_view view)
{
	a->symbols = 1;
	for (int i = 0; i < a->patterns->count; i++)
		if (a->patterns->list[i].view == view)
			for (const char *c = a->patterns->list[i].text; *c; c++)
				if (!a->symbol[(unsigned char)*c])
					a->symbol[(unsigned char)*c] = (unsigned char)a->symbols++;
}

static void enter(struct automaton *a, int pattern)
{
	int node = 0;

	for (const char *c = a->patterns->list[pattern].text; *c; c++) {
		int symbol = a->symbol[(unsigned char)*c], next = *edge(a, node, symbol);
		if (next < 0) {
			next = new_node(a, a->nodes[node].depth + 1);
			*edge(a, node, symbol) = next;
		}
		node = next;
	}
	a->next[pattern] = a->nodes[node].first;
	a->nodes[node].first = pattern;
}

/* Breadth first: a node's missing edges are those of the longest proper suffix that is a node. */
static void complete(struct automaton *a)
{
	int *queue = talloc_array(a, int, a->count), head = 0, tail = 0;

	for (int s = 0; s < a->symbols; s++) {
		int *to = edge(a, 0, s);
		if (*to < 0)
			*to = 0;
		else
			queue[tail++] = *to;
	}
	while (head < tail) {
		int node = queue[head++];
		for (int s = 0; s < a->symbols; s++) {
			int *to = edge(a, node, s), other = *edge(a, a->nodes[node].fail, s);
			if (*to < 0) {
				*to = other;
			} else {
				a->nodes[*to].fail = other;
				queue[tail++] = *to;
			}
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
		alphabet(a, (enum gate_view)view);
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
		node = *edge(a, node, a->symbol[(unsigned char)view->text[i]]);
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
