#include "case/chronology.h"

#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#include "form/prose.h"

struct merge { void *ctx; struct event *list; int count, room; };

static const char *text_of(void *ctx, const struct form *form, xml_node *row, const char *is)
{
	const xml_node *node = form_meaning(form, row, is);
	return node == NULL ? "" : prose_text(ctx, node);
}

static void add_row(struct merge *m, const struct form *form, const struct document *d, xml_node *row, int number)
{
	const xml_node *when = form_meaning(form, row, "event.when");
	struct event e = { .document = d, .row = number, .when = { DAY_NONE, DAY_NONE, DAY_NONE } };
	struct error ignored;

	e.id = text_of(m->ctx, form, row, "event.id");
	e.written = when == NULL ? "" : xml_text(m->ctx, xml_child(when, "written"));
	e.precision = when == NULL ? "" : xml_text(m->ctx, xml_child(when, "precision"));
	e.words = date_when_words(m->ctx, e.written, e.precision);
	e.text = text_of(m->ctx, form, row, "event.text");
	e.source = text_of(m->ctx, form, row, "event.source");
	e.who = text_of(m->ctx, form, row, "event.who");
	e.kind = text_of(m->ctx, form, row, "event.kind");
	e.significance = xml_child(row, "significance") == NULL ? "" : xml_text(m->ctx, xml_child(row, "significance"));
	if (date_when(e.written, e.precision, &e.when, &ignored) != 0)
		e.when.sort = DAY_NONE;
	if (m->count == m->room)
		m->list = talloc_realloc(m->ctx, m->list, struct event, m->room = m->room * 2 + 64);
	m->list[m->count++] = e;
}

static int compare(const void *a, const void *b)
{
	const struct event *x = a, *y = b;
	int by;

	if (x->when.sort != y->when.sort) {
		if (x->when.sort == DAY_NONE || y->when.sort == DAY_NONE)
			return x->when.sort == DAY_NONE ? 1 : -1;
		return x->when.sort < y->when.sort ? -1 : 1;
	}
	by = strcmp(x->document->agency, y->document->agency);
	return by != 0 ? by : strcmp(x->id, y->id);
}

int chronology_merge(void *ctx, struct flow *flow, struct event **list_r)
{
	struct merge m = { ctx, NULL, 0, 0 };

	for (int i = 0; i < flow->document_count; i++) {
		const struct document *d = &flow->documents[i];
		const struct form *form = flow_form(flow, d);
		const struct xml_doc *doc;
		xml_node **rows;
		int n;
		if (d->latest == 0 || form == NULL || !flow_may(flow, "read", d->type, d).yes || (doc = hook_latest(flow->hook, d)) == NULL)
			continue;
		n = form_rows(ctx, form, doc, "event", &rows);
		for (int k = 0; k < n; k++)
			add_row(&m, form, d, rows[k], k + 1);
	}
	if (m.count > 1)
		qsort(m.list, (size_t)m.count, sizeof *m.list, compare);
	*list_r = m.list;
	return m.count;
}
