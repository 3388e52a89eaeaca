/* Events that belong together: V10, V11. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "rapid.h"

#define NEAR 14      /* days between two records of the same matter, of which one names the other */
#define SAME 4       /* between two exact days that are taken for one matter even where nobody is named */

struct pair pair_of(HOST, const struct dossier_doc *ret, const struct dossier_doc *event)
{
	struct pair p = { h->text(event, "id"), h->text(event, "counterpart"), h->text(event, "match") };
	const char *match = h->note(c, ret, p.id, "match"), *counterpart = h->note(c, ret, p.id, "counterpart");

	if (*match != '\0')
		p.match = match;
	if (*counterpart != '\0')
		p.counterpart = counterpart;
	return p;
}

/* --- V11: what agencies say against each other, or one says alone, has been looked at by a meeting --------------------------------- */

struct disputing { const struct dossier_host *h; const struct dossier_case *c; const struct dossier_doc *ret; struct dossier_faults *f; };

static int is_disputed(HOST, const struct pair *p)
{
	const struct dossier_doc *m;
	char path[320];

	if (*p->counterpart == '\0')
		snprintf(path, sizeof path, "facts/disputed/fact[a='%.60s' or b='%.60s'][string(state)]", p->id, p->id);
	else
		snprintf(path, sizeof path, "facts/disputed/fact[(a='%.60s' and b='%.60s') or (a='%.60s' and b='%.60s')][string(state)]", p->id, p->counterpart, p->counterpart, p->id);
	for (int i = 0; (m = h->doc(c, "meeting", NULL, i)) != NULL; i++)
		if (h->doc_version(m) > 0 && h->count(m, path) > 0)
			return 1;
	return 0;
}

static int disputed(void *data, const struct dossier_doc *row)
{
	struct disputing *d = data;
	struct pair p = pair_of(d->h, d->c, d->ret, row);
	int differs = strcmp(p.match, "differs") == 0;

	if ((!differs && strcmp(p.match, "not-found") != 0) || !quotable(p.id) || !quotable(p.counterpart) || is_disputed(d->h, d->c, &p))
		return 0;
	if (differs && *p.counterpart != '\0')
		d->h->fault(d->f, "V11", NULL, "%s and %s contradict each other and are not in the meeting’s disputed facts with a state.", p.id, p.counterpart);
	else
		d->h->fault(d->f, "V11", NULL, "%s stands without its counterpart and is not in the meeting’s disputed facts with a state.", p.id);
	return 0;
}

void contradictions(HOST, struct dossier_faults *f)
{
	struct disputing d = { h, c, NULL, f };

	if (h->doc_version(h->doc(c, "meeting", NULL, 0)) == 0)      /* a case older than such records */
		return;
	for (int i = 0; (d.ret = h->doc(c, "return", NULL, i)) != NULL; i++)
		h->rows(d.ret, "events/event", disputed, &d);
}

/* --- V10: what one agency tells of another stands in that agency's return too ------------------------------------------------------- */

/* How people speak of an agency whose name they do not write. */
static const struct { const char *type, *words; } spoken[] = {
	{ "police", "police" }, { "police", "officers" }, { "childrens-social-care", "social care" }, { "childrens-social-care", "social worker" }, { "gp", "GP" }, { "gp", "surgery" },
	{ "acute-trust", "hospital" }, { "acute-trust", "emergency department" }, { "education", "school" }, { "education", "nursery" }, { "early-years", "nursery" },
	{ "public-health-0-19", "health visitor" }, { "public-health-0-19", "0-19 service" }, { "dental", "dentist" },
};

struct search {
	const struct dossier_host *h;
	const struct dossier_case *c;
	const struct dossier_doc *ret, *other, *row;
	const char *teller, *agency;
	int32_t from, to;
	int found, count;
	void (*each)(HOST, const struct unmatched *u, void *data);
	void *data;
};

static int speaks_of(const struct search *s, const struct dossier_doc *row, const char *agency)
{
	const char *type = s->h->agency_type(s->c, agency);

	if (s->h->mentions(row, "what|did", s->h->agency_name(s->c, agency)))
		return 1;
	for (size_t i = 0; i < sizeof spoken / sizeof spoken[0]; i++)
		if (strcmp(spoken[i].type, type) == 0 && s->h->mentions(row, "what|did", spoken[i].words))
			return 1;
	return 0;
}

/* "P1 P2" and "P2": about the same person. */
static int share(const char *a, const char *b)
{
	char id[24];
	size_t n;

	for (a += strspn(a, " "); *a != '\0'; a += n, a += strspn(a, " ")) {
		n = strcspn(a, " ");
		snprintf(id, sizeof id, "%.*s", (int)n, a);
		for (const char *at = strstr(b, id); n < sizeof id && at != NULL; at = strstr(at + 1, id))
			if ((at == b || at[-1] == ' ') && (at[n] == ' ' || at[n] == '\0'))
				return 1;
	}
	return 0;
}

static int is_near(void *data, const struct dossier_doc *row)
{
	struct search *s = data;
	int32_t from = first_day(s->h, row, "when"), to = last_day(s->h, row, "when");

	if (from == NO_DAY || to == NO_DAY || from > s->to + NEAR || to < s->from - NEAR || !share(s->h->text(s->row, "who"), s->h->text(row, "who")))
		return 0;
	s->found |= speaks_of(s, row, s->teller) || strcmp(s->h->text(row, "kind"), s->h->text(s->row, "kind")) == 0 || (from == to && s->from == s->to && abs(from - s->from) <= SAME);
	return s->found;
}

static void look_in(struct search *s, const struct dossier_doc *other)
{
	const char *agency = s->h->doc_agency(other);
	struct unmatched u = { s->h->text(s->row, "id"), s->teller, s->h->words(s->h->text(s->row, "when/written"), s->h->text(s->row, "when/precision")), agency };

	if (strcmp(agency, s->teller) == 0 || s->h->doc_version(other) == 0 || (s->agency != NULL && strcmp(agency, s->agency) != 0) || !speaks_of(s, s->row, agency))
		return;
	s->found = 0;
	s->h->rows(other, "events/event", is_near, s);
	if (!s->found) {
		s->count++;
		if (s->each != NULL)
			s->each(s->h, s->c, &u, s->data);
	}
}

/* What the co-ordinator has looked at already, or the teller itself has matched, is asked no more. */
static int tells(void *data, const struct dossier_doc *row)
{
	struct search *s = data;
	struct pair p = pair_of(s->h, s->c, s->ret, row);
	const struct dossier_doc *other;

	s->row = row;
	s->from = first_day(s->h, row, "when");
	s->to = last_day(s->h, row, "when");
	if (*p.counterpart != '\0' || *p.match != '\0' || s->from == NO_DAY || s->to == NO_DAY)
		return 0;
	for (int i = 0; (other = s->h->doc(s->c, "return", NULL, i)) != NULL; i++)
		look_in(s, other);
	return 0;
}

int unmatched(HOST, const char *agency, void (*each)(HOST, const struct unmatched *u, void *data), void *data)
{
	struct search s = { h, c, .agency = agency, .each = each, .data = data };

	for (int i = 0; (s.ret = h->doc(c, "return", NULL, i)) != NULL; i++) {
		s.teller = h->doc_agency(s.ret);
		h->rows(s.ret, "events/event", tells, &s);
	}
	return s.count;
}

void tell_unmatched(HOST, const struct unmatched *u, void *data)
{
	h->warn(data, "V10", NULL, "%s of %s (%s) tells of %s, whose return has nothing of it within %d days. Ask that agency, or say why it is not needed.",
		u->id, h->agency_name(c, u->teller), u->when, h->agency_name(c, u->agency), NEAR);
}
