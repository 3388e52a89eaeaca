/* Rules about returns and their events: V1, V3, V8, V9, V10, V15. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "rapid.h"

struct walk { const struct dossier_host *h; const struct dossier_case *c; const struct dossier_doc *doc, *reg; struct dossier_faults *f; int n; char field[80]; };

static const char *event_field(struct walk *w, const char *field)
{
	snprintf(w->field, sizeof w->field, "events.event.%d.%s", w->n, field);
	return w->field;
}

static void each_event(HOST, const struct dossier_doc *doc, struct dossier_faults *f, int (*rule)(void *, const struct dossier_doc *))
{
	struct walk w = { h, c, doc, h->doc(c, "register", NULL, 0), f, 0 };

	h->rows(doc, "events/event", rule, &w);
}

RULE(own_agency)
{
	(void)type;
	if (*h->text(doc, "head/agency") != '\0' && strcmp(h->text(doc, "head/agency"), h->doc_agency(doc)) != 0)
		h->fault(f, "return.agency", "head.agency", "This is the return of %s: name that agency.", h->agency_name(c, h->doc_agency(doc)));
	return 0;
}

/* Who an event is about, one after the other: "P1 P2". */
static int next_person(const char **cursor, char *id, size_t room)
{
	size_t n;

	*cursor += strspn(*cursor, " ,");
	n = strcspn(*cursor, " ,");
	if (n == 0)
		return 0;
	snprintf(id, room, "%.*s", (int)n, *cursor);
	*cursor += n;
	return 1;
}

static const char *person_text(const struct walk *w, const char *id, const char *field)
{
	char path[120];

	if (!quotable(id))
		return "";
	snprintf(path, sizeof path, "people/person[id='%s']/%s", id, field);
	return w->h->text(w->reg, path);
}

/* --- V1 ------------------------------------------------------------------------------------------------------------------------------ */

static int within_lives(void *data, const struct dossier_doc *row)
{
	struct walk *w = data;
	const char *who = w->h->text(row, "who"), *kind = w->h->text(row, "kind");
	int32_t from = first_day(w->h, row, "when"), to = last_day(w->h, row, "when");
	int after = strcmp(kind, "review") == 0 || strcmp(kind, "inquest") == 0 || strcmp(kind, "family-contact") == 0;
	char id[20];

	w->n++;
	while (next_person(&who, id, sizeof id)) {
		int32_t born = strncmp(person_text(w, id, "who/subject"), "subject-child", 13) == 0 ? day_of(w->h, person_text(w, id, "who/born")) : NO_DAY;
		int32_t died = day_of(w->h, person_text(w, id, "who/died"));
		if (born != NO_DAY && to != NO_DAY && to < born && w->h->count(row, "who[not(contains(normalize-space(.), ' '))]") > 0)
			w->h->fault(w->f, "V1", event_field(w, "when"), "%s was not born yet.", id);
		if (died != NO_DAY && from != NO_DAY && from > died && !after)
			w->h->fault(w->f, "V1", event_field(w, "when"), "This is after the death of %s: only a review, an inquest or contact with the family can be.", id);
	}
	return 0;
}

RULE(events_within_lives)
{
	(void)type;
	each_event(h, c, doc, f, within_lives);
	return 0;
}

/* --- V8, V9 -------------------------------------------------------------------------------------------------------------------------- */

static int known(void *data, const struct dossier_doc *row)
{
	struct walk *w = data;
	const char *who = w->h->text(row, "who"), *id_text = w->h->text(row, "id");
	int32_t from = first_day(w->h, row, "when"), signed_on = day_of(w->h, w->h->text(w->doc, "head/signed-on"));
	char id[20];

	w->n++;
	while (w->h->doc_version(w->reg) > 0 && next_person(&who, id, sizeof id))
		if (*person_text(w, id, "id") == '\0')
			w->h->fault(w->f, "V8", event_field(w, "who"), "%s is nobody in the register. Its numbers are on the request.", id);
	if (from != NO_DAY && from > w->h->today())
		w->h->fault(w->f, "V8", event_field(w, "when"), "%s has not happened yet: check the day.", *id_text == '\0' ? "This" : id_text);
	else if (from != NO_DAY && signed_on != NO_DAY && from > signed_on)
		w->h->fault(w->f, "V8", event_field(w, "when"), "%s is dated after the day of signing off (%s): check both days.", *id_text == '\0' ? "This" : id_text,
			w->h->words(w->h->iso(signed_on), NULL));
	return 0;
}

RULE(events_known)
{
	(void)type;
	each_event(h, c, doc, f, known);
	return 0;
}

/* An event as it is compared: what would be the same twice, and its row. */
struct seen { char *key; int n; };
struct seeing { struct walk w; struct seen *ids, *days; };

/* rs-01 and RS-01 are one number. */
static char *joined(const char *a, const char *b, const char *c, const char *d)
{
	size_t room = strlen(a) + strlen(b) + strlen(c) + strlen(d) + 4;
	char *text = malloc(room);

	if (text != NULL)
		snprintf(text, room, "%s\n%s\n%s\n%s", a, b, c, d);
	for (char *p = text; p != NULL && *p != '\0'; p++)
		*p = (char)(*p >= 'a' && *p <= 'z' ? *p - 'a' + 'A' : *p);
	return text;
}

static int note_event(void *data, const struct dossier_doc *row)
{
	struct seeing *s = data;
	const struct dossier_host *h = s->w.h;
	const char *id = h->text(row, "id"), *on = h->text(row, "when/written");

	s->ids[s->w.n] = (struct seen){ *id == '\0' ? NULL : joined(id, "", "", ""), s->w.n + 1 };
	s->days[s->w.n] = (struct seen){ *on == '\0' ? NULL : joined(on, h->text(row, "when/precision"), h->text(row, "kind"), h->text(row, "who")), s->w.n + 1 };
	s->w.n++;
	return 0;
}

static int by_key(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;
	int order = x->key == NULL || y->key == NULL ? (x->key != NULL) - (y->key != NULL) : strcmp(x->key, y->key);

	return order != 0 ? order : x->n - y->n;
}

/* Sorted, the same stand side by side: each row but the first of its kind is told. */
static void tell_twice(struct seeing *s, struct seen *list, const char *field, int warning)
{
	qsort(list, (size_t)s->w.n, sizeof *list, by_key);
	for (int i = 1; i < s->w.n; i++) {
		char name[80];
		if (list[i].key == NULL || list[i - 1].key == NULL || strcmp(list[i].key, list[i - 1].key) != 0)
			continue;
		snprintf(name, sizeof name, "events.event.%d.%s", list[i].n, field);
		if (warning)
			s->w.h->warn(s->w.f, "V9", name, "The same day, kind and people stand in event %d. Is it the same event twice?", list[i - 1].n);
		else
			s->w.h->fault(s->w.f, "V9", name, "This number stands twice. Give each event a number of its own.");
	}
	for (int i = 0; i < s->w.n; i++)
		free(list[i].key);
	free(list);
}

RULE(events_twice)
{
	size_t n = (size_t)h->count(doc, "events/event") + 1;
	struct seeing s = { { h, c, doc, NULL, f, 0 }, calloc(n, sizeof(struct seen)), calloc(n, sizeof(struct seen)) };

	(void)type;
	if (s.ids == NULL || s.days == NULL) {
		free(s.ids);
		free(s.days);
		return h->fault(f, "V9", "events.event", "There was no memory to compare the events. Send it again.");
	}
	h->rows(doc, "events/event", note_event, &s);
	tell_twice(&s, s.ids, "id", 0);
	tell_twice(&s, s.days, "when", 1);
	return 0;
}

/* --- V10 ----------------------------------------------------------------------------------------------------------------------------- */

static const struct dossier_doc *return_with(const struct walk *w, const char *id, int32_t *day_r)
{
	const struct dossier_doc *r;
	char path[100];

	for (int i = 0; (r = w->h->doc(w->c, "return", NULL, i)) != NULL; i++) {
		snprintf(path, sizeof path, "events/event[id='%s']/when", id);
		if (w->h->count(r, path) > 0) {
			*day_r = first_day(w->h, r, path);
			return r;
		}
	}
	return NULL;
}

static int all_returned(const struct walk *w)
{
	const struct dossier_doc *r;

	for (int i = 0; (r = w->h->doc(w->c, "return", NULL, i)) != NULL; i++)
		if (w->h->doc_version(r) == 0 && strcmp(w->h->doc_state(r), "waived") != 0 && strcmp(w->h->doc_state(r), "nil-return") != 0)
			return 0;
	return 1;
}

/* Asked once the other agency has answered: before that, silence says nothing. */
static int counterpart(void *data, const struct dossier_doc *row)
{
	struct walk *w = data;
	const char *ids = w->h->text(row, "counterpart");
	int32_t here = first_day(w->h, row, "when"), there = NO_DAY;
	char id[40];

	w->n++;
	while (next_person(&ids, id, sizeof id)) {
		if (!quotable(id) || w->h->count(w->doc, "events/event") == 0)
			continue;
		if (return_with(w, id, &there) == NULL) {
			if (all_returned(w))
				w->h->warn(w->f, "V10", event_field(w, "counterpart"), "No return holds %s. Ask that agency, or say why it is not there.", id);
		} else if (here != NO_DAY && there != NO_DAY && abs(here - there) > 14)
			w->h->warn(w->f, "V10", event_field(w, "counterpart"), "%s is more than 14 days away. Is it the same matter?", id);
	}
	return 0;
}

RULE(counterparts_found)
{
	(void)type;
	each_event(h, c, doc, f, counterpart);
	return 0;
}

/* --- V3: an agency that acts in the text ---------------------------------------------------------------------------------------------- */

static int was_asked(HOST, const char *agency)
{
	return h->doc(c, "request", agency, 0) != NULL;
}

RULE(agencies_acting_asked)
{
	const char *agency;

	(void)type;
	for (int i = 0; *(agency = h->agency(c, i)) != '\0'; i++)
		if (!was_asked(h, c, agency) && strcmp(agency, h->doc_agency(doc)) != 0 && h->mentions(doc, "events", h->agency_name(c, agency)) && h->mentions(doc, "events/event/did", h->agency_name(c, agency)))
			h->warn(f, "V3", "events.event", "%s is told of here and has not been asked. Should it be?", h->agency_name(c, agency));
	return 0;
}

/* --- V15 ----------------------------------------------------------------------------------------------------------------------------- */

struct naming { struct walk w; const char *words; };

static int named_here(void *data, const struct dossier_doc *row)
{
	static const char *const texts[] = { "what", "did", "comment", "wishes", "source" };
	struct naming *n = data;

	n->w.n++;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		if (n->w.h->mentions(row, texts[i], n->words)) {
			/* Which of the register's people that is, the author may not learn from here. */
			n->w.h->fault(n->w.f, "V15", event_field(&n->w, texts[i]), "This names somebody who must not be named. Write “a caller” or “a relative”, or leave the name out.");
			return 0;
		}
	return 0;
}

static void unnamed(const struct walk *w, const char *words)
{
	static const char *const elsewhere[] = { "involvement", "world", "analysis", "prompts", "good", "learning", "proposal", "records" };
	struct naming n = { *w, words };

	if (strlen(words) < 4 || !w->h->mentions(w->doc, ".", words))      /* hardly ever; then where */
		return;
	n.w.n = 0;
	w->h->rows(w->doc, "events/event", named_here, &n);
	for (size_t i = 0; i < sizeof elsewhere / sizeof elsewhere[0]; i++)
		if (w->h->mentions(w->doc, elsewhere[i], words))
			w->h->fault(w->f, "V15", elsewhere[i], "This part names somebody who must not be named. Write “a caller” or “a relative”, or leave the name out.");
}

/* A part of a name that others in the register share ("Pell", a member of staff's surname) names nobody alone. */
static int shared(const struct walk *w, const char *id, const char *words)
{
	char path[300];

	snprintf(path, sizeof path, "people/person[id!='%.40s']/who/name|people/person[id!='%.40s']/forms/form/text|staff/member/name|places/place/name|organisations/organisation/name", id, id);
	return w->h->mentions(w->reg, path, words);
}

static int informant(void *data, const struct dossier_doc *row)
{
	struct walk *w = data;
	const char *id = w->h->text(row, "id");
	char path[60];

	if (!w->h->yes(row, "sealed/informant"))
		return 0;
	unnamed(w, w->h->text(row, "who/name"));
	for (int i = 1; i <= w->h->count(row, "forms/form"); i++) {
		const char *text;
		snprintf(path, sizeof path, "forms/form[%d][ordinary!='yes']/text", i);
		text = w->h->text(row, path);
		if (*text != '\0' && !shared(w, id, text))
			unnamed(w, text);
	}
	return 0;
}

RULE(informants_unnamed)
{
	struct walk w = { h, c, doc, h->doc(c, "register", NULL, 0), f, 0 };

	(void)type;
	h->rows(w.reg, "people/person", informant, &w);
	return 0;
}

static int staff_here(void *data, const struct dossier_doc *row)
{
	static const char *const texts[] = { "what", "did", "comment" };
	struct naming *n = data;

	n->w.n++;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		if (n->w.h->mentions(row, texts[i], n->words)) {
			n->w.h->warn(n->w.f, "V15", event_field(&n->w, texts[i]), "This names a member of staff. Write the role; the name belongs in the sealed list of staff.");
			return 0;
		}
	return 0;
}

static int own_staff(void *data, const struct dossier_doc *row)
{
	struct walk *w = data;
	struct naming n = { *w, w->h->text(row, "name") };
	const char *last = strrchr(n.words, ' ');

	n.w.n = 0;
	if (last != NULL && strlen(last + 1) > 3)
		n.words = last + 1;
	if (strlen(n.words) > 3 && w->h->mentions(w->doc, "events", n.words))
		w->h->rows(w->doc, "events/event", staff_here, &n);
	return 0;
}

/* Staff that the return itself lists: an author knows those names already. */
RULE(staff_named)
{
	struct walk w = { h, c, doc, NULL, f, 0 };

	(void)type;
	h->rows(doc, "staff/names/member", own_staff, &w);
	return 0;
}
