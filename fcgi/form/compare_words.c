/* The difference of two texts in words: Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), in linear space. */
#include "form/compare.h"

#include <stdlib.h>
#include <string.h>
#include <talloc.h>

/* Beyond this many differences in one stretch a reader gains nothing from finding the fewest: all of it is old and new. */
#define MOST 1500

struct word { const char *text, *core; size_t length, all; int id; };   /* core, length: the word itself; text, all: with white space */
struct side { struct word *words; int count; bool *changed; };
struct diff { struct side a, b; int *forward, *backward; };           /* furthest points, index shifted by MOST + 1 */

static struct side words_of(void *ctx, const char *text)
{
	static const char spaces[] = " \t\r\n";
	struct side side = { talloc_array(ctx, struct word, strlen(text) / 2 + 2), 0, NULL };

	while (*text) {
		size_t lead = strspn(text, spaces), length = strcspn(text + lead, spaces), tail = strspn(text + lead + length, spaces);

		/* Only the first word can have white space before it. */
		side.words[side.count++] = (struct word){ text, text + lead, length, lead + length + tail, 0 };
		text += lead + length + tail;
	}
	side.changed = talloc_zero_array(ctx, bool, (size_t)side.count + 1);
	return side;
}

static int compare_texts(const void *a, const void *b)
{
	const struct word *x = *(struct word *const *)a, *y = *(struct word *const *)b;
	int order = memcmp(x->core, y->core, x->length < y->length ? x->length : y->length);

	return order ? order : (x->length > y->length) - (x->length < y->length);
}

/* Equal words get equal numbers. */
static void number_words(void *ctx, struct diff *d)
{
	int n = d->a.count + d->b.count, i;
	struct word **all = talloc_array(ctx, struct word *, (size_t)n + 1);

	for (i = 0; i < n; i++)
		all[i] = i < d->a.count ? &d->a.words[i] : &d->b.words[i - d->a.count];
	if (n)
		qsort(all, (size_t)n, sizeof all[0], compare_texts);
	for (i = 1; i < n; i++)
		all[i]->id = all[i - 1]->id + (compare_texts(&all[i], &all[i - 1]) != 0);
}

struct box { int left, top, right, bottom; };                         /* words of a, words of b: [left, right) × [top, bottom) */

/* No point of the box: smaller than any, so that no path goes on from it. */
#define OUTSIDE (-(1 << 28))

static bool same(const struct diff *d, int x, int y)
{
	return d->a.words[x].id == d->b.words[y].id;
}

/* One step of the search from the start; true when it meets the one from the end, at (x, y). */
static bool step_forward(struct diff *d, const struct box *box, int depth, int *x_r, int *y_r)
{
	int width = box->right - box->left, height = box->bottom - box->top, delta = width - height, k, x, y;
	int *v = d->forward + MOST + 1;

	for (k = -depth; k <= depth; k += 2) {
		x = k == -depth || (k != depth && v[k - 1] < v[k + 1]) ? v[k + 1] : v[k - 1] + 1;
		y = x - k;
		while (x >= 0 && x < width && y < height && same(d, box->left + x, box->top + y))
			x++, y++;
		v[k] = x = x < 0 || x > width || y > height ? OUTSIDE : x;
		if (delta % 2 != 0 && k >= delta - (depth - 1) && k <= delta + depth - 1 && x + d->backward[MOST + 1 + delta - k] >= width) {
			*x_r = box->left + x;
			*y_r = box->top + x - k;
			return true;
		}
	}
	return false;
}

static bool step_backward(struct diff *d, const struct box *box, int depth, int *x_r, int *y_r)
{
	int width = box->right - box->left, height = box->bottom - box->top, delta = width - height, k, x, y;
	int *v = d->backward + MOST + 1;

	for (k = -depth; k <= depth; k += 2) {
		x = k == -depth || (k != depth && v[k - 1] < v[k + 1]) ? v[k + 1] : v[k - 1] + 1;
		y = x - k;
		while (x >= 0 && x < width && y < height && same(d, box->right - 1 - x, box->bottom - 1 - y))
			x++, y++;
		v[k] = x = x < 0 || x > width || y > height ? OUTSIDE : x;
		if (delta % 2 == 0 && k >= delta - depth && k <= delta + depth && x + d->forward[MOST + 1 + delta - k] >= width) {
			*x_r = box->right - x;
			*y_r = box->bottom - (x - k);
			return true;
		}
	}
	return false;
}

/* A point that a shortest path goes through; false when there are too many differences to look for it. */
static bool middle(struct diff *d, const struct box *box, int *x_r, int *y_r)
{
	int depth;

	d->forward[MOST + 2] = d->backward[MOST + 2] = 0;
	for (depth = 0; depth < MOST; depth++)
		if (step_forward(d, box, depth, x_r, y_r) || step_backward(d, box, depth, x_r, y_r))
			return true;
	return false;
}

static void mark(struct diff *d, const struct box *box)
{
	int i;

	for (i = box->left; i < box->right; i++)
		d->a.changed[i] = true;
	for (i = box->top; i < box->bottom; i++)
		d->b.changed[i] = true;
}

static void compare_box(struct diff *d, struct box box)
{
	int x, y;

	while (box.left < box.right && box.top < box.bottom && same(d, box.left, box.top))
		box.left++, box.top++;
	while (box.left < box.right && box.top < box.bottom && same(d, box.right - 1, box.bottom - 1))
		box.right--, box.bottom--;
	if (box.left == box.right || box.top == box.bottom || !middle(d, &box, &x, &y) ||
	    (x == box.left && y == box.top) || (x == box.right && y == box.bottom)) {
		mark(d, &box);
		return;
	}
	compare_box(d, (struct box){ box.left, box.top, x, y });
	compare_box(d, (struct box){ x, y, box.right, box.bottom });
}

static void write_run(xml_node *into, const char *name, const struct side *side, int from, int to)
{
	const char *start;
	char *text;
	size_t length = 0;

	if (from == to)
		return;
	start = side->words[from].text;
	while (from < to)
		length += side->words[from++].all;
	text = talloc_strndup(NULL, start, length);
	xml_add_text(into, name, text);
	talloc_free(text);
}

void compare_words(xml_node *into, const char *a, const char *b)
{
	void *scratch = talloc_new(NULL);
	struct diff d = { .a = words_of(scratch, a), .b = words_of(scratch, b) };
	int x = 0, y = 0, from;

	d.forward = talloc_zero_array(scratch, int, 2 * MOST + 4);
	d.backward = talloc_zero_array(scratch, int, 2 * MOST + 4);
	number_words(scratch, &d);
	compare_box(&d, (struct box){ 0, 0, d.a.count, d.b.count });
	while (x < d.a.count || y < d.b.count) {
		for (from = x; x < d.a.count && d.a.changed[x]; x++)
			;
		write_run(into, "del", &d.a, from, x);
		for (from = y; y < d.b.count && d.b.changed[y]; y++)
			;
		write_run(into, "ins", &d.b, from, y);
		for (from = y; x < d.a.count && y < d.b.count && !d.a.changed[x] && !d.b.changed[y]; y++)
			x++;
		write_run(into, "same", &d.b, from, y);
	}
	talloc_free(scratch);
}
