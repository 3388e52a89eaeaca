/* New documents filled from others: nothing is typed twice. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "seed_inner.h"

/* "Pops; P.A-P.; Poppie": each becomes a form of the name in the register. */
static void put_forms(struct seeding *s, const char *aliases)
{
	char form[2100], name[160];      /* 500 characters: one cut in two would be no text */
	int n = 0;

	while (*aliases != '\0') {
		size_t length = strcspn(aliases, ";");
		snprintf(form, sizeof form, "%.*s", (int)length, aliases + strspn(aliases, " "));
		if (length > strspn(aliases, " ")) {
			form[length - strspn(aliases, " ") < sizeof form ? length - strspn(aliases, " ") : sizeof form - 1] = '\0';
			snprintf(name, sizeof name, "%s.%d.forms.form.%d.text", s->prefix, s->row, ++n);
			s->h->put(s->out, name, form);
		}
		aliases += length + (aliases[length] == ';');
	}
}

/* What the notification knows of a person is not asked again. */
static void seed_about(struct seeding *s, const struct dossier_doc *row)
{
	static const char *const facts[] = { "sex", "ethnicity", "ethnicity-words", "religion", "language", "disability" };

	for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
		char from[40], to[40];
		snprintf(from, sizeof from, "identity/%s", facts[i]);
		snprintf(to, sizeof to, "about.%s", facts[i]);
		put_row(s, to, s->h->text(row, from));
	}
}

/* Does this child live with nobody with whom a child who was harmed lives, nor with such a child? In care, children of one family often have a placement each. */
static int lives_apart(struct seeding *s, const struct dossier_doc *row)
{
	const char *with = s->h->text(row, "home/living-with");
	char path[200], id[24];

	if (*with == '\0' || s->h->count(row, "/*/children/child[harm/harmed='yes'][string(home/living-with)]") == 0)
		return 0;
	for (size_t n; *(with += strspn(with, " ")) != '\0'; with += n) {
		n = strcspn(with, " ");
		snprintf(id, sizeof id, "%.*s", (int)n, with);
		snprintf(path, sizeof path, "/*/children/child[harm/harmed='yes'][id='%s' or contains(concat(' ', home/living-with, ' '), ' %s ')]", id, id);
		if (quotable(id) && s->h->count(row, path) > 0)
			return 0;
	}
	return 1;
}

static void seed_part(struct seeding *s, const struct dossier_doc *row, int child)
{
	const char *relation = s->h->text(row, "relation");
	char suspects[120];

	if (child)      /* of twins both may have been harmed */
		put_row(s, "who.subject", s->h->yes(row, "harm/harmed") ? "subject-child" : lives_apart(s, row) ? "sibling-elsewhere" : "sibling-in-household");
	else if (strcmp(relation, "mother") == 0 || strcmp(relation, "father") == 0)
		put_row(s, "who.subject", "parent");
	else if (!child && s->h->yes(row, "in-household"))
		put_row(s, "who.subject", "adult-in-household");
	snprintf(suspects, sizeof suspects, "/*/incident/suspects/suspect[who='%s']", s->h->text(row, "id"));
	if (s->h->count(row, suspects) > 0)
		put_row(s, "standing.proceedings", "suspect");
}

static int seed_person(void *data, const struct dossier_doc *row)
{
	struct seeding *s = data;
	const char *identity = *s->h->text(row, "identity/name") != '\0' ? "identity/" : "";
	char path[40];

	s->row++;
	put_row(s, "id", s->h->text(row, "id"));
	snprintf(path, sizeof path, "%sname", identity);
	put_row(s, "who.name", s->h->text(row, path));
	snprintf(path, sizeof path, "%sborn", identity);
	put_row(s, "who.born", s->h->text(row, path));
	put_row(s, "who.relation", s->h->text(row, "relation"));
	snprintf(path, sizeof path, "%saliases", identity);
	put_forms(s, s->h->text(row, path));
	if (*identity != '\0' && *s->h->text(row, "identity/nhs-number") != '\0') {
		put_row(s, "numbers.number.1.kind", "nhs");
		put_row(s, "numbers.number.1.value", s->h->text(row, "identity/nhs-number"));
	}
	if (*identity != '\0') {
		put_row(s, "standing.living", strcmp(s->h->text(row, "harm/survived"), "no") == 0 ? "no" : "yes");
		put_row(s, "standing.under-18", "yes");
		if (strcmp(s->h->text(row, "harm/survived"), "no") == 0 && strcmp(s->h->text(row, "harm/when/precision"), "exact") == 0)
			put_row(s, "who.died", s->h->text(row, "harm/when/written"));
	}
	seed_about(s, row);
	seed_part(s, row, *identity != '\0');
	return 0;
}

struct placing { struct seeding s; char seen[12][200]; };

/* What an address names a place by: of “Room 12, Tanyard Lodge, Mill Lane” it is “Tanyard Lodge”. A part that ends in a number or a letter is in the next. */
static const char *naming_part(const char *address, size_t *length_r)
{
	for (;;) {
		size_t length = *length_r = strcspn(address, ","), last = length, next = length + strspn(address + length, ", ");

		while (last > 0 && address[last - 1] != ' ')
			last--;
		if (address[next] == '\0' || (length - last > 1 && strcspn(address + last, "0123456789") >= length - last))
			return address;
		address += next;
	}
}

/* A place once, however many children live or learn there. */
static void put_place(struct placing *p, const char *kind, const char *text, const char *address)
{
	char id[16], name[200];
	size_t length = strlen(text);

	if (*text == '\0' || p->s.row == 12)
		return;
	for (int i = 0; i < p->s.row; i++)
		if (strncmp(p->seen[i], text, sizeof p->seen[i] - 1) == 0)
			return;
	snprintf(p->seen[p->s.row], sizeof p->seen[0], "%s", text);
	p->s.row++;
	snprintf(id, sizeof id, "L%d", p->s.row);
	if (*address != '\0')
		text = naming_part(text, &length);
	snprintf(name, sizeof name, "%.*s", (int)length, text);
	put_row(&p->s, "id", id);
	put_row(&p->s, "kind", kind);
	put_row(&p->s, "name", name);
	put_row(&p->s, "address", address);
}

static int seed_places(void *data, const struct dossier_doc *row)
{
	struct placing *p = data;
	const char *home = p->s.h->text(row, "home/incident-address");

	put_place(p, "home", home, home);
	put_place(p, "home", p->s.h->text(row, "home/usual-address"), p->s.h->text(row, "home/usual-address"));
	put_place(p, "school", p->s.h->text(row, "home/setting"), "");
	put_place(p, "gp", p->s.h->text(row, "home/gp"), "");
	return 0;
}

/* Where a child was harmed, away from home: a bridge or a park names a family as surely as its street does. Without an address, where the incident was. */
static int seed_scene(void *data, const struct dossier_doc *row)
{
	static const struct { const char *harm, *place; } kinds[] = { { "hospital", "hospital" }, { "street", "other" }, { "online", "online" }, { "setting", "school" }, { "custody", "custody" },
		{ "other-household", "home" }, { "other", "other" } };
	struct placing *p = data;
	const struct dossier_host *h = p->s.h;
	const char *scene = h->text(row, "harm/address");

	if (*scene == '\0')
		scene = h->text(row, "/*/incident/location");
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (h->yes(row, "harm/harmed") && strcmp(h->text(row, "harm/place"), kinds[i].harm) == 0)
			put_place(p, kinds[i].place, scene, scene);
	return 0;
}

static int seed_subject(void *data, const struct dossier_doc *row)
{
	struct seeding *s = data;

	if (only_told(s->h, row))      /* an informant's name never leaves the register */
		return 0;
	s->row++;
	put_row(s, "who", s->h->text(row, "id"));
	return 0;
}


/* An agency that another one named is asked today, with what all are asked. */
static int was_named(HOST, const char *agency) { return *agency != '\0' && strcmp(h->act_input(c, "redirect", "agencies"), agency) == 0; }

/* Agencies are asked in one step, further ones later: the last step says what is asked, and until when. */
static const char *request_input(HOST, const char *field)
{
	static const char *const later[] = { "add-late", "add-agency" };

	for (size_t i = 0; i < sizeof later / sizeof later[0]; i++)
		if (h->act_day(c, later[i]) != NO_DAY)
			return h->act_input(c, later[i], field);
	return h->act_input(c, "send-requests", field);
}

/* One question on a line: each becomes a row. */
static void put_questions(const struct dossier_host *h, struct dossier_out *out, const char *lines)
{
	char name[60], number[12], text[1000];
	int n = 0;

	while (*lines != '\0') {
		size_t length = strcspn(lines, "\n"), from = strspn(lines, " \t\r");
		if (from < length && length < sizeof text) {
			snprintf(text, sizeof text, "%.*s", (int)(length - from), lines + from);
			snprintf(number, sizeof number, "%d", ++n);
			snprintf(name, sizeof name, "asked.questions.question.%d.number", n);
			h->put(out, name, number);
			snprintf(name, sizeof name, "asked.questions.question.%d.text", n);
			h->put(out, name, text);
		}
		lines += length + (lines[length] == '\n');
	}
}

/* The meeting is on working day ten, its papers the working day before, until somebody says otherwise (local defaults, R10 and R11). */
static void seed_appointment(HOST, struct dossier_out *out)
{
	int32_t from = counted_from(h, c);
	char day[12];

	snprintf(day, sizeof day, "%d", working_days(h, from, day_of(h, request_input(h, c, "due"))));
	if (!is_local(h, c))
		h->put(out, "to.day", day);
	if (from == NO_DAY)
		return;
	h->put(out, "meeting.on", h->iso(h->working_day(from, 10)));
	h->put(out, "meeting.pack-on", h->iso(h->working_day(from, 9)));
	h->put(out, "meeting.place", "By video. The link comes with the pack.");
	h->put(out, "meeting.attends", "Somebody who can speak and decide for your agency and had no part in the case.");
}

/* Schools have holidays: until when, and whom to ask meanwhile, as the step said it of this agency. */
static void seed_closed(HOST, const char *agency, struct dossier_out *out)
{
	char path[100];

	if (!quotable(agency))
		return;
	snprintf(path, sizeof path, "closed/agency[id='%.40s']/until", agency);
	h->put(out, "to.closed-until", request_input(h, c, path));
	snprintf(path, sizeof path, "closed/agency[id='%.40s']/contact", agency);
	h->put(out, "to.holiday-contact", request_input(h, c, path));
}

static void seed_request(HOST, const char *agency, struct dossier_out *out)
{
	int named = was_named(h, c, agency);

	if (!named)
		seed_closed(h, c, agency, out);

	seed_appointment(h, c, out);
	h->put(out, "to.letter-kind", named || h->act_day(c, "add-agency") != NO_DAY || h->act_day(c, "add-late") != NO_DAY ? "late-agency" : "agency-request");
	h->put(out, "to.agency", agency);
	h->put(out, "to.sent-on", named ? h->iso(h->today()) : request_input(h, c, "sent-on"));
	h->put(out, "to.method", "system");
	h->put(out, "to.due", named ? h->iso(h->working_day(h->today(), 7)) : request_input(h, c, "due"));
	h->put(out, "basis.text", "Children Act 2004 s.16H: the safeguarding partners ask for this information to enable or assist them in their functions. Send only what is needed.");
	h->put(out, "asked.what", "scope-return");
	h->put(out, "asked.period-from", request_input(h, c, "period-from"));
	h->put(out, "asked.period-to", request_input(h, c, "period-to"));
	put_questions(h, out, request_input(h, c, "questions"));
	h->put(out, "asked.instructions", request_input(h, c, "instructions"));
	seed_search(h, c, out);
}

static void seed_return(HOST, const char *agency, struct dossier_out *out)
{
	struct seeding s = { h, out, "subjects.subject", 0 };

	h->put(out, "head.agency", agency);
	h->put(out, "head.period-from", request_input(h, c, "period-from"));
	h->put(out, "head.period-to", request_input(h, c, "period-to"));
	h->rows(h->doc(c, "register", NULL, 0), "people/person", seed_subject, &s);
}

struct asking { const struct dossier_host *h; char list[1000]; };

static int list_agency(void *data, const struct dossier_doc *row)
{
	struct asking *a = data;
	const char *agency = a->h->text(row, "agency");
	size_t used = strlen(a->list);

	if (*agency != '\0' && *a->h->text(row, "no-request") == '\0')
		snprintf(a->list + used, sizeof a->list - used, "%s%s", used > 0 ? " " : "", agency);
	return 0;
}

/* Further agencies are asked about the time that all are asked about; the first about two years before the incident, until it was known (local default). */
static void seed_period(HOST, struct dossier_out *out)
{
	const struct dossier_doc *sin = h->doc(c, "notification", NULL, 0);
	const char *day = h->text(sin, "incident/when/written");
	char from[32];

	if (h->act_day(c, "send-requests") != NO_DAY) {
		h->put(out, "period-from", request_input(h, c, "period-from"));
		h->put(out, "period-to", request_input(h, c, "period-to"));
		return;
	}
	h->put(out, "period-to", h->text(sin, "clock/aware-on"));
	if (day_of(h, day) == NO_DAY)      /* less than a day is known */
		return;
	snprintf(from, sizeof from, "%04d%.6s", atoi(day) - 2, strcmp(day + 4, "-02-29") == 0 ? "-02-28" : day + 4);
	h->put(out, "period-from", from);
}

static void seed_asking(HOST, struct dossier_out *out)
{
	struct asking a = { h, "" };
	int32_t today = h->today(), due = h->working_day(today, 7);

	h->rows(h->doc(c, "notification", NULL, 0), "agencies/agency", list_agency, &a);
	if (h->act_day(c, "send-requests") == NO_DAY)
		h->put(out, "agencies", a.list);
	h->put(out, "sent-on", h->iso(today));
	h->put(out, "due", h->iso(due));
	seed_period(h, c, out);
	h->put(out, "instructions", "Secure all records, paper and electronic, and do not alter them. Do not contact the family. Tell only the staff who are named to you, and offer them support.");
}

static int seed_letter(HOST, struct dossier_out *out)
{
	(void)c;
	h->put(out, "head.sent-on", h->iso(h->today()));
	return 1;
}

int rapid_seed(HOST, const char *type, const char *agency, struct dossier_out *out)
{
	static const struct { const char *type; int (*seed)(HOST, struct dossier_out *out); } whole[] = {
		{ "meeting", seed_meeting }, { "report", seed_report }, { "actions", seed_actions }, { "panel-letter", seed_panel_letter }, { "letter", seed_letter },
	};
	const struct dossier_doc *sin = h->doc(c, "notification", NULL, 0);
	struct seeding s = { h, out, "people.person", 0 };
	struct placing places = { { h, out, "places.place", 0 }, { "" } };

	if (strcmp(type, "register") == 0) {
		h->rows(sin, "children/child", seed_person, &s);
		h->rows(sin, "household/adults/adult", seed_person, &s);
		h->rows(sin, "children/child", seed_places, &places);
		h->rows(sin, "children/child", seed_scene, &places);
		h->copy(out, "incident.on", sin, "incident/when");
		return s.row;
	}
	if (strcmp(type, "request") == 0)
		return seed_request(h, c, agency, out), 1;
	if (strcmp(type, "return") == 0)
		return seed_return(h, c, agency, out), 1;
	if (strcmp(type, "progress") == 0)
		return seed_progress(h, c, agency, out);
	if (strcmp(type, "rapid/do-ask-owners") == 0)
		return seed_ask_owners(h, c, out);
	if (strcmp(type, "rapid/do-send-requests") == 0)
		return seed_asking(h, c, out), 1;
	if (strcmp(type, "rapid/do-query") == 0)
		return seed_query(h, c, agency, out), 1;
	if (strcmp(type, "rapid/do-answer-queries") == 0)
		return seed_answers(h, c, agency, out), 1;
	for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
		if (strcmp(type, whole[i].type) == 0)
			return whole[i].seed(h, c, out);
	return seed_step(h, c, type, out);
}
