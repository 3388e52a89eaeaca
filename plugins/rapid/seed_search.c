/* Whom an agency is asked to search for, and by what: every form of the name, the day of birth, the addresses. The least that finds a record; nothing of
 * what happened, nobody who is in the register only because they told, and no address that somebody must never learn. */
#include <stdio.h>
#include <string.h>
#include "seed_inner.h"

#define MOST 1000      /* characters, as the form takes them */

struct searching { struct seeding s; const struct dossier_doc *reg; char text[MOST + 1]; };

static void join(struct searching *q, const char *text)
{
	size_t used = strlen(q->text), length = strlen(text), gap = used > 0 ? 2 : 0;

	if (length == 0 || used + gap + length >= sizeof q->text)      /* one cut in two would be no text */
		return;
	memcpy(q->text + used, "; ", gap);
	memcpy(q->text + used + gap, text, length + 1);
}

static int join_form(void *data, const struct dossier_doc *row)
{
	struct searching *q = data;

	join(q, q->s.h->text(row, "text"));
	return 0;
}

static int join_place(void *data, const struct dossier_doc *row)
{
	struct searching *q = data;
	char path[120], address[300];
	const char *code;

	if (strpbrk(q->s.h->text(row, "place"), "'\"") != NULL)
		return 0;
	snprintf(path, sizeof path, "/*/places/place[id='%.40s'][kind='home'][not(withheld-from != '')]", q->s.h->text(row, "place"));
	if (q->s.h->count(q->reg, path) == 0)
		return 0;
	snprintf(path, sizeof path, "/*/places/place[id='%.40s']/postcode", q->s.h->text(row, "place"));
	code = q->s.h->text(q->reg, path);
	snprintf(path, sizeof path, "/*/places/place[id='%.40s']/address", q->s.h->text(row, "place"));
	snprintf(address, sizeof address, "%.200s%s%.20s", q->s.h->text(q->reg, path), *code == '\0' ? "" : " ", code);
	join(q, address[0] == ' ' ? "" : address);
	return 0;
}

int only_told(const struct dossier_host *h, const struct dossier_doc *person)
{
	const char *relation = h->text(person, "who/relation");

	return h->yes(person, "sealed/informant") || strcmp(relation, "neighbour") == 0 || strcmp(relation, "source-of-referral") == 0;
}

static int seed_person(void *data, const struct dossier_doc *row)
{
	struct searching *q = data;
	const struct dossier_host *h = q->s.h;

	if (only_told(h, row))
		return 0;
	q->s.row++;
	put_row(&q->s, "who", h->text(row, "id"));
	q->text[0] = '\0';
	join(q, h->text(row, "who/name"));
	h->rows(row, "forms/form", join_form, q);
	put_row(&q->s, "names", q->text);
	put_row(&q->s, "born", h->text(row, "who/born"));
	q->text[0] = '\0';
	h->rows(row, "homes/home", join_place, q);
	put_row(&q->s, "addresses", q->text);
	return 0;
}

void seed_search(HOST, struct dossier_out *out)
{
	struct searching q = { { h, out, "subjects.subject", 0 }, h->doc(c, "register", NULL, 0), "" };

	h->rows(q.reg, "people/person", seed_person, &q);
}
