/* What the report need not ask: its head, who contributed, the family tree in words. */
#include <stdio.h>
#include <string.h>
#include "seed_inner.h"

int working_days(const struct dossier_host *h, int32_t from, int32_t to)
{
	for (int n = 1; from != NO_DAY && to != NO_DAY && n < 400; n++)
		if (h->working_day(from, n) >= to)
			return n;
	return 0;
}

static void seed_head(HOST, struct dossier_out *out)
{
	h->put(out, "head.sin-reference", h->act_input(c, "notify", "reference"));
	h->put(out, "head.aware-on", h->text(h->doc(c, "notification", NULL, 0), "clock/aware-on"));
	h->put(out, "head.notified-on", h->iso(h->act_day(c, "notify")));
	h->put(out, "head.meeting-on", h->iso(h->act_day(c, "hold-meeting")));
}

/* A nil return is a step, so a return without a version that was not waived is one. */
static const char *contribution(const struct dossier_host *h, const struct dossier_doc *r)
{
	const char *state = h->doc_state(r), *kind = h->text(r, "head/kind");

	if (strcmp(state, "waived") == 0 || strcmp(state, "addendum") == 0)
		return state;
	return *kind != '\0' ? kind : "nil";
}

static void seed_contributors(HOST, struct dossier_out *out)
{
	struct seeding s = { h, out, "head.contributors.contributor", 0 };
	const struct dossier_doc *r;
	char version[12];

	for (int i = 0; (r = h->doc(c, "return", NULL, i)) != NULL; i++) {
		s.row++;
		put_row(&s, "agency", h->doc_agency(r));
		put_row(&s, "kind", contribution(h, r));
		snprintf(version, sizeof version, "%d", h->doc_version(r));
		if (h->doc_version(r) > 0)
			put_row(&s, "version", version);
	}
}

struct tree { const struct dossier_host *h; char text[3000]; };

/* "step-parent" as words. */
static void add_words(struct tree *t, const char *before, const char *code)
{
	size_t used = strlen(t->text);

	if (*code == '\0')
		return;
	snprintf(t->text + used, sizeof t->text - used, "%s%s", before, code);
	for (char *p = t->text + used + strlen(before); *p != '\0'; p++)
		if (*p == '-')
			*p = ' ';
}

/* Numbers and parts, no names. Neighbours and witnesses are no family. */
static int add_relative(void *data, const struct dossier_doc *row)
{
	struct tree *t = data;
	const char *subject = t->h->text(row, "who/subject"), *relation = t->h->text(row, "who/relation");

	if (strcmp(relation, "neighbour") == 0 || strcmp(relation, "source-of-referral") == 0 || strcmp(subject, "witness") == 0 || strcmp(subject, "professional") == 0)
		return 0;
	add_words(t, t->text[0] == '\0' ? "" : "\n", t->h->text(row, "id"));
	add_words(t, ": ", subject);
	add_words(t, ", ", strcmp(relation, subject) == 0 ? "" : relation);
	if (t->h->yes(row, "standing/parental-responsibility"))
		add_words(t, ", ", "has parental responsibility");
	return 0;
}

int seed_report(HOST, struct dossier_out *out)
{
	struct tree tree = { h, "" };

	h->copy(out, "incident.text", h->doc(c, "notification", NULL, 0), "incident/outline");
	h->put(out, "head.chair", h->act_input(c, "hold-meeting", "held/chair"));
	seed_head(h, c, out);
	seed_contributors(h, c, out);
	h->rows(h->doc(c, "register", NULL, 0), "people/person", add_relative, &tree);
	if (tree.text[0] != '\0')
		h->put(out, "family.genogram", tree.text);
	return 1;
}
