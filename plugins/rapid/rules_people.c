/* Rules about people: V1, V2, V6, V7, V14, V15 of the register. */
#include <stdio.h>
#include <string.h>
#include "rapid.h"

/* What a walk over rows needs; `at` is the name of the repeat, `n` the row. */
struct walk { const struct dossier_host *h; const struct dossier_case *c; const struct dossier_doc *doc; struct dossier_faults *f; const char *at; int n; char field[120]; };

static const char *name_of(struct walk *w, const char *field)
{
	snprintf(w->field, sizeof w->field, "%s.%d.%s", w->at, w->n, field);
	return w->field;
}

static void each(HOST, const struct dossier_doc *doc, struct dossier_faults *f, const char *rows, const char *at, int (*rule)(void *, const struct dossier_doc *))
{
	struct walk w = { h, c, doc, f, at, 0 };

	h->rows(doc, rows, rule, &w);
}

/* --- V1, V2 ------------------------------------------------------------------------------------------------------------------------ */

static int born_then_died(void *data, const struct dossier_doc *row)
{
	struct walk *w = data;
	int32_t born = day_of(w->h, w->h->text(row, "who/born")), died = day_of(w->h, w->h->text(row, "who/died"));

	w->n++;
	if (born != NO_DAY && died != NO_DAY && died < born)
		w->h->fault(w->f, "V1", name_of(w, "who.died"), "The death of %s cannot be before the birth.", w->h->text(row, "id"));
	return 0;
}

RULE(lives_in_order)
{
	(void)type;
	each(h, c, doc, f, "people/person", "people.person", born_then_died);
	return 0;
}

static int child_in_order(void *data, const struct dossier_doc *row)
{
	struct walk *w = data;
	int32_t born = day_of(w->h, w->h->text(row, "identity/born")), harmed = last_day(w->h, row, "harm/when"),
		aware = day_of(w->h, w->h->text(w->doc, "clock/aware-on")), first = first_day(w->h, row, "harm/when");

	w->n++;
	if (born != NO_DAY && harmed != NO_DAY && harmed < born)
		w->h->fault(w->f, "V1", name_of(w, "identity.born"), "%s was harmed before it was born: check both days.", w->h->text(row, "id"));
	if (first != NO_DAY && aware != NO_DAY && aware < first)
		w->h->fault(w->f, "V2", "clock.aware-on", "The authority cannot have become aware before the harm (%s).", w->h->words(w->h->iso(first), NULL));
	return 0;
}

RULE(days_in_order)
{
	static const struct { const char *field, *path, *what; } told[] = {
		{ "clock.partners-told-on", "clock/partners-told-on", "The day the partners were told" },      /* version 1 of the form: one day for all */
		{ "clock.told.icb", "clock/told/icb", "The day the integrated care board was told" },
		{ "clock.told.police", "clock/told/police", "The day the police were told" },
	};
	int32_t aware = day_of(h, h->text(doc, "clock/aware-on"));

	(void)type;
	each(h, c, doc, f, "children/child", "children.child", child_in_order);
	for (size_t i = 0; i < sizeof told / sizeof told[0]; i++)
		in_order(h, f, told[i].field, aware, "the day the authority became aware", day_of(h, h->text(doc, told[i].path)), told[i].what);
	return 0;
}

/* --- V6 ------------------------------------------------------------------------------------------------------------------------------ */

static int has_line(const struct walk *w, const char *lines, const char *id)
{
	char path[160];

	if (!quotable(id))
		return 0;
	snprintf(path, sizeof path, "%s[contains(concat(' ', normalize-space(who), ' '), ' %s ')]", lines, id);
	return w->h->count(w->doc, path) > 0;
}

int has_died(const struct dossier_host *h, const struct dossier_doc *person)
{
	return *h->text(person, "who/died") != '\0' || strcmp(h->text(person, "standing/living"), "no") == 0;
}

static int notified_safe(void *data, const struct dossier_doc *row)
{
	struct walk *w = data;
	const char *id = w->h->text(row, "id");

	if (*id != '\0' && strcmp(w->h->text(row, "harm/survived"), "no") != 0 && !has_line(w, "safety/child", id))
		w->h->fault(w->f, "V6", "safety.child", "Say where %s is now and what keeps it safe: each child of the household needs a line.", id);
	return 0;
}

static int met_safe(void *data, const struct dossier_doc *row)
{
	struct walk *w = data;
	const char *id = w->h->text(row, "id"), *subject = w->h->text(row, "who/subject");

	if (has_died(w->h, row))      /* nobody is asked whether a dead child is safe */
		return 0;
	if ((strcmp(subject, "subject-child") == 0 || strcmp(subject, "sibling-in-household") == 0) && !has_line(w, "safety/children/child", id))
		w->h->fault(w->f, "V6", "safety.children.child", "Say whether %s is safe: the meeting begins with every child of the household.", id);
	return 0;
}

RULE(children_safe)
{
	struct walk w = { h, c, doc, f, "", 0 };

	if (strcmp(type, "notification") == 0)
		h->rows(doc, "children/child", notified_safe, &w);
	else
		h->rows(h->doc(c, "register", NULL, 0), "people/person", met_safe, &w);
	return 0;
}

/* --- V7 ------------------------------------------------------------------------------------------------------------------------------ */

static int answered(void *data, const struct dossier_doc *row)
{
	static const char wanted[] = " subject-child sibling-in-household parent adult-in-household ";
	struct walk *w = data;
	const char *id = w->h->text(row, "id"), *subject = w->h->text(row, "who/subject");
	char path[160], word[40];

	snprintf(word, sizeof word, " %s ", subject);
	if (*subject == '\0' || strstr(wanted, word) == NULL || w->h->yes(row, "sealed/informant"))
		return 0;
	snprintf(path, sizeof path, "subjects/subject[who='%s'][string(known)]", id);
	if (w->h->count(w->doc, path) == 0)
		w->h->fault(w->f, "V7", "subjects.subject", "Say whether %s was known to you: each child, parent and adult of the household needs a line, also for “not known”.", id);
	return 0;
}

RULE(everybody_answered)
{
	struct walk w = { h, c, doc, f, "", 0 };

	(void)type;
	h->rows(h->doc(c, "register", NULL, 0), "people/person", answered, &w);
	return 0;
}

/* --- addresses in letters to the family ------------------------------------------------------------------------------------------------ */

/* As far as its first comma: who writes it writes the house and the street. */
static void told(struct walk *w, const struct dossier_doc *row, const char *address)
{
	char house[120];

	snprintf(house, sizeof house, "%.*s", (int)strcspn(address, ","), address);
	if (strlen(house) < 6 || !w->h->mentions(w->doc, "text/subject|text/body", house))
		return;
	w->n++;
	w->h->warn(w->f, "address", "text.body", "This letter holds an address of the register (%s). %s", w->h->text(row, "id"),
		w->h->count(w->h->doc(w->c, "register", NULL, 0), "people/person[string(standing/contact-restrictions)]") > 0
			? "Contact restrictions are recorded in this case: make sure that everybody who reads it may know where that is." : "Make sure that everybody who reads it may know where that is.");
}

static int place_told(void *data, const struct dossier_doc *row)
{
	struct walk *w = data;

	told(w, row, w->h->text(row, "address"));
	return 0;
}

static int home_told(void *data, const struct dossier_doc *row)
{
	struct walk *w = data;
	char path[40];

	for (int i = 1, before = w->n; i <= w->h->count(row, "homes/home") && w->n == before; i++) {
		snprintf(path, sizeof path, "homes/home[%d]/address", i);
		told(w, row, w->h->text(row, path));
	}
	return 0;
}

RULE(no_address_told)
{
	struct walk w = { h, c, doc, f, "", 0 };
	const struct dossier_doc *reg = h->doc(c, "register", NULL, 0);

	(void)type;
	if (strcmp(h->text(doc, "head/kind"), "family") != 0)
		return 0;
	h->rows(reg, "places/place", place_told, &w);
	h->rows(reg, "people/person", home_told, &w);
	return 0;
}

/* --- V14 ----------------------------------------------------------------------------------------------------------------------------- */

static int only(const char *text, const char *of)
{
	return text[strspn(text, of)] == '\0';
}

/* Ten digits, the last of which follows from the others (NHS Data Dictionary: modulus 11). */
static int nhs_number(const char *text)
{
	int sum = 0, n = 0, last = -1;

	for (; *text != '\0'; text++) {
		if (*text == ' ')
			continue;
		if (*text < '0' || *text > '9' || n == 10)
			return 0;
		last = *text - '0';
		if (n < 9)
			sum += last * (10 - n);
		n++;
	}
	sum = 11 - sum % 11;
	return n == 10 && (sum == 11 ? 0 : sum) == last;
}

static int telephone(const char *text)
{
	int digits = 0;

	for (const char *p = text; *p != '\0'; p++)
		digits += *p >= '0' && *p <= '9';
	return only(text, "0123456789 +()-") && digits >= 10 && digits <= 15;
}

/* A letter that is computed, then twelve characters (Department for Education, unique pupil numbers). */
static int pupil_number(const char *text)
{
	return strlen(text) == 13 && text[0] >= 'A' && text[0] <= 'Z' && strspn(text + 1, "0123456789") >= 11;
}

static int postcode(const char *text)
{
	size_t n = strlen(text);
	const char *in = n > 3 ? text + n - 3 : "";

	return n >= 5 && n <= 8 && *in >= '0' && *in <= '9' && only(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ");
}

static const struct { const char *kind; int (*well_formed)(const char *text); const char *say; } formats[] = {
	{ "nhs", nhs_number, "an NHS number has ten digits, and the last one follows from the others" },
	{ "upn", pupil_number, "a unique pupil number is a letter and twelve characters" },
	{ "phone", telephone, "a telephone number has 10 to 15 digits" },
};

static void well_formed(const struct dossier_host *h, struct dossier_faults *f, const char *field, const char *kind, const char *text)
{
	for (size_t i = 0; *text != '\0' && i < sizeof formats / sizeof formats[0]; i++)
		if (strcmp(kind, formats[i].kind) == 0 && !formats[i].well_formed(text))
			h->warn(f, "V14", field, "Check this: %s.", formats[i].say);
}

static int person_numbers(void *data, const struct dossier_doc *row)
{
	struct walk *w = data;
	char field[120], path[60];

	w->n++;
	for (int i = 1; i <= w->h->count(row, "numbers/number"); i++) {
		const char *kind;
		snprintf(path, sizeof path, "numbers/number[%d]/kind", i);
		kind = w->h->text(row, path);
		snprintf(path, sizeof path, "numbers/number[%d]/value", i);
		snprintf(field, sizeof field, "people.person.%d.numbers.number.%d.value", w->n, i);
		well_formed(w->h, w->f, field, kind, w->h->text(row, path));
	}
	return 0;
}

static int place_postcode(void *data, const struct dossier_doc *row)
{
	struct walk *w = data;
	const char *text = w->h->text(row, "postcode");

	w->n++;
	if (*text != '\0' && !postcode(text))
		w->h->warn(w->f, "V14", name_of(w, "postcode"), "Check this: it is not written like a postcode.");
	return 0;
}

static int child_numbers(void *data, const struct dossier_doc *row)
{
	struct walk *w = data;

	w->n++;
	well_formed(w->h, w->f, name_of(w, "identity.nhs-number"), "nhs", w->h->text(row, "identity/nhs-number"));
	return 0;
}

RULE(numbers_well_formed)
{
	if (strcmp(type, "notification") == 0) {
		well_formed(h, f, "notifier.phone", "phone", h->text(doc, "notifier/phone"));
		each(h, c, doc, f, "children/child", "children.child", child_numbers);
		return 0;
	}
	each(h, c, doc, f, "people/person", "people.person", person_numbers);
	each(h, c, doc, f, "places/place", "places.place", place_postcode);
	return 0;
}

/* --- V15: who told, found out late ---------------------------------------------------------------------------------------------- */

/* Agencies whose request holds this person: by its row, or by the whole name. What was sent was sent; somebody has to know. */
static int holders(struct walk *w, const char *id, const char *name, char *list, size_t room)
{
	const struct dossier_doc *request;
	char row[80];
	int n = 0;

	snprintf(row, sizeof row, "subjects/subject[who='%.40s']", id);
	*list = '\0';
	for (int i = 0; (request = w->h->doc(w->c, "request", NULL, i)) != NULL; i++) {
		size_t used = strlen(list);
		if (w->h->doc_version(request) == 0 || (w->h->count(request, row) == 0 && !w->h->mentions(request, ".", name)))
			continue;
		snprintf(list + used, room - used, "%s%s", n++ > 0 ? ", " : "", w->h->agency_name(w->c, w->h->doc_agency(request)));
	}
	return n;
}

static int told_late(void *data, const struct dossier_doc *row)
{
	struct walk *w = data;
	const char *id = w->h->text(row, "id");
	char before[120], list[300];

	w->n++;
	if (!w->h->yes(row, "sealed/informant") || !quotable(id))
		return 0;
	snprintf(before, sizeof before, "people/person[id='%.40s']/sealed/informant", id);
	if (!w->h->yes(w->h->doc_before(w->doc), before) && holders(w, id, w->h->text(row, "who/name"), list, sizeof list) > 0)
		w->h->warn(w->f, "V15", name_of(w, "sealed.informant"), "%s is marked as having told. The name went out before, with the request to: %s. Say what is done about it.", id, list);
	return 0;
}

RULE(told_after_asked)
{
	(void)type;
	each(h, c, doc, f, "people/person", "people.person", told_late);
	return 0;
}
