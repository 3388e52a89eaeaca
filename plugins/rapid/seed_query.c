/* What a step about queries is filled with: the next number, and the queries that still have no answer. */
#include <stdio.h>
#include "seed_inner.h"

struct querying { const struct dossier_host *h; struct dossier_out *out; int highest, row; const struct dossier_case *c; const struct dossier_doc *doc; int found; };

static int see_number(void *data, const struct dossier_doc *row)
{
	struct querying *q = data;
	int number = (int)q->h->number(row, "number");

	q->highest = number > q->highest ? number : q->highest;
	return 0;
}
static int see_numbers(void *data, const struct dossier_doc *input) { return ((struct querying *)data)->h->rows(input, "queries/query", see_number, data); }

static int same_number(void *data, const struct dossier_doc *row)
{
	struct querying *q = data;
	q->found |= (int)q->h->number(row, "number") == q->highest;
	return 0;
}
static int see_answers(void *data, const struct dossier_doc *input) { return ((struct querying *)data)->h->rows(input, "answers/answer", same_number, data); }

static int put_open_query(void *data, const struct dossier_doc *row)
{
	struct querying *q = data;
	struct seeding s = { q->h, q->out, "answers.answer", q->row + 1 };

	q->highest = (int)q->h->number(row, "number");
	q->found = 0;
	q->h->acts(q->c, q->doc, "answer-queries", see_answers, q);
	if (q->found)
		return 0;
	q->row++;
	put_row(&s, "number", q->h->text(row, "number"));
	put_row(&s, "question", q->h->text(row, "text"));
	return 0;
}
static int put_open_queries(void *data, const struct dossier_doc *input) { return ((struct querying *)data)->h->rows(input, "queries/query", put_open_query, data); }

/* What other agencies tell of this one and it does not tell itself is asked (V10); at most as many as one asking takes. */
struct wondering { struct dossier_out *out; int number, row; };

static void ask_about(HOST, const struct unmatched *u, void *data)
{
	struct wondering *w = data;
	struct seeding s = { h, w->out, "queries.query", w->row + 1 };
	char number[12], text[400];

	if (w->row == 10)
		return;
	w->row++;
	snprintf(number, sizeof number, "%d", w->number++);
	snprintf(text, sizeof text, "%s records something about your agency (%s, event %s). Your return has nothing of it within 14 days. What do your records say?",
		h->agency_name(c, u->teller), u->when, u->id);
	put_row(&s, "number", number);
	put_row(&s, "text", text);
}

void seed_query(HOST, const char *agency, struct dossier_out *out)
{
	struct querying q = { h, out, 0, 0, c, h->doc(c, "return", agency, 0), 0 };
	struct wondering w = { out, 0, 0 };
	char number[12];

	h->acts(c, q.doc, "query", see_numbers, &q);
	w.number = q.highest + 1;
	if (unmatched(h, c, agency, ask_about, &w) > 0)
		return;
	snprintf(number, sizeof number, "%d", q.highest + 1);
	h->put(out, "queries.query.1.number", number);
}

void seed_answers(HOST, const char *agency, struct dossier_out *out)
{
	struct querying q = { h, out, 0, 0, c, h->doc(c, "return", agency, 0), 0 };

	h->acts(c, q.doc, "query", put_open_queries, &q);
}

