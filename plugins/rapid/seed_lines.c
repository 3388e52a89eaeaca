/* Rows and lines for the files that fill new documents. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "seed_inner.h"

void put_row(struct seeding *s, const char *field, const char *text)
{
	char name[160];

	snprintf(name, sizeof name, "%s.%d.%s", s->prefix, s->row, field);
	if (*text != '\0')
		s->h->put(s->out, name, text);
}

void put_same(struct seeding *s, const struct dossier_doc *row, const char *const *fields)
{
	for (; *fields != NULL; fields++)
		put_row(s, *fields, s->h->text(row, *fields));
}

void add_line(struct lines *l, const char *format, ...)
{
	size_t used = strlen(l->text), room = sizeof l->text - used;
	va_list list;
	int n;

	va_start(list, format);
	n = room < 2 ? -1 : vsnprintf(l->text + used + (used > 0), room - (used > 0), format, list);
	va_end(list);
	if (n < 0 || (size_t)n >= room - (used > 0))
		l->text[used] = '\0';
	else if (used > 0)
		l->text[used] = '\n';
}

int working_days(const struct dossier_host *h, int32_t from, int32_t to)
{
	for (int n = 1; from != NO_DAY && to != NO_DAY && n < 400; n++)
		if (h->working_day(from, n) >= to)
			return n;
	return 0;
}

/* A nil return may be a step alone: a return without a version that was not waived is one. */
const char *contribution(const struct dossier_host *h, const struct dossier_doc *r)
{
	const char *state = h->doc_state(r), *kind = h->text(r, "head/kind");

	if (strcmp(state, "waived") == 0 || strcmp(state, "addendum") == 0)
		return state;
	return *kind != '\0' ? kind : "nil";
}
