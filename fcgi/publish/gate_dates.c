#include "publish/gate_parts.h"

#include <ctype.h>
#include <string.h>
#include <talloc.h>
#include "base/date.h"

static const char *const units[] = { "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
	"thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen" };
static const char *const tens[] = { "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety" };
static const char *const ordinals[] = { "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
	"twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth" };

/* The written forms of one day, as folded words. */
struct forms { const char *list[12]; int count; };
struct written { struct patterns *p; int entry, year, month, day; struct forms days, months, years; };

static void add_form(struct forms *f, const char *text)
{
	f->list[f->count++] = text;
}

static void search(const struct written *w, int bound, const char *text)
{
	gate_add(w->p, w->entry, VIEW_WORDS, bound, "date", text, false);
}

static char *roman(void *ctx, int n)
{
	static const struct { int value; const char *letters; } steps[] = { { 1000, "m" }, { 900, "cm" }, { 500, "d" }, { 400, "cd" }, { 100, "c" },
		{ 90, "xc" }, { 50, "l" }, { 40, "xl" }, { 10, "x" }, { 9, "ix" }, { 5, "v" }, { 4, "iv" }, { 1, "i" } };
	char *text = talloc_strdup(ctx, "");

	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		for (; n >= steps[i].value; n -= steps[i].value)
			text = talloc_strdup_append(text, steps[i].letters);
	return text;
}

char *gate_in_words(void *ctx, int n)
{
	if (n < 20)
		return talloc_strdup(ctx, units[n]);
	return talloc_asprintf(ctx, "%s%s%s", tens[n / 10], n % 10 ? " " : "", n % 10 ? units[n % 10] : "");
}

static const char *ordinal(void *ctx, int n)
{
	if (n <= 20)
		return ordinals[n];
	return n == 30 ? "thirtieth" : talloc_asprintf(ctx, "%s %s", tens[n / 10], ordinals[n % 10]);
}

static const char *ending(int n)
{
	if (n % 10 == 1 && n != 11)
		return "st";
	if (n % 10 == 2 && n != 12)
		return "nd";
	return n % 10 == 3 && n != 13 ? "rd" : "th";
}

static void write_year(struct written *w)
{
	void *ctx = w->p;
	int rest = w->year % 100;

	add_form(&w->years, talloc_asprintf(ctx, "%04d", w->year));
	add_form(&w->years, talloc_asprintf(ctx, "%02d", rest));
	add_form(&w->years, roman(ctx, w->year));
	if (w->year / 100 == 20) {
		add_form(&w->years, rest ? talloc_asprintf(ctx, "two thousand and %s", gate_in_words(ctx, rest)) : "two thousand");
		add_form(&w->years, talloc_asprintf(ctx, "two thousand %s", gate_in_words(ctx, rest)));
	}
	if (rest >= 10)
		add_form(&w->years, talloc_asprintf(ctx, "%s %s", gate_in_words(ctx, w->year / 100), gate_in_words(ctx, rest)));
	else
		add_form(&w->years, talloc_asprintf(ctx, "%s oh %s", gate_in_words(ctx, w->year / 100), units[rest]));
}

static void write_parts(struct written *w)
{
	static const char *const names[] = { "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
		"december" };
	void *ctx = w->p;

	add_form(&w->days, talloc_asprintf(ctx, "%d", w->day));
	add_form(&w->days, talloc_asprintf(ctx, "%02d", w->day));
	add_form(&w->days, talloc_asprintf(ctx, "%d%s", w->day, ending(w->day)));
	add_form(&w->days, talloc_asprintf(ctx, "%02d%s", w->day, ending(w->day)));
	add_form(&w->days, ordinal(ctx, w->day));
	add_form(&w->days, roman(ctx, w->day));
	add_form(&w->months, names[w->month - 1]);
	add_form(&w->months, talloc_strndup(ctx, names[w->month - 1], 3));
	if (w->month == 9)
		add_form(&w->months, "sept");
	add_form(&w->months, roman(ctx, w->month));
	write_year(w);
}

static void squeezed(const struct written *w, const char *words)
{
	gate_add(w->p, w->entry, VIEW_SQUEEZED, BOUND_DIGITS, "date", gate_solid(w->p, words), false);
}

/* Days, months and years with a name among them, in the orders people use. */
static void in_words(const struct written *w)
{
	void *ctx = w->p;

	for (int i = 0; i < w->days.count; i++)
		for (int k = 0; k < w->months.count; k++)
			for (int m = 0; m < w->years.count; m++) {
				if (i == w->days.count - 1 && k < w->months.count - 1)
					continue;          /* "I May": a Roman day goes with a Roman month only */
				const char *d = w->days.list[i], *mo = w->months.list[k], *y = w->years.list[m];
				char *plain = talloc_asprintf(ctx, "%s %s %s", d, mo, y), *of = talloc_asprintf(ctx, "%s of %s %s", d, mo, y);
				search(w, 0, plain);
				search(w, 0, gate_solid(ctx, plain));
				search(w, 0, of);
				search(w, 0, talloc_asprintf(ctx, "%s day of %s %s", d, mo, y));
				search(w, 0, talloc_asprintf(ctx, "%s %s %s", mo, d, y));
				search(w, 0, talloc_asprintf(ctx, "%s the %s %s", mo, d, y));
				search(w, 0, talloc_asprintf(ctx, "%s %s %s", y, mo, d));
				if (k == w->months.count - 1 || m == 1)
					continue;          /* Roman months and short years are too short to be searched without blanks */
				squeezed(w, plain);
				squeezed(w, of);
				squeezed(w, talloc_asprintf(ctx, "%s %s %s", mo, d, y));
			}
}

static void in_digits(const struct written *w)
{
	void *ctx = w->p;

	for (int i = 0; i < 8; i++) {
		char *d = i & 1 ? talloc_asprintf(ctx, "%02d", w->day) : talloc_asprintf(ctx, "%d", w->day);
		char *m = i & 2 ? talloc_asprintf(ctx, "%02d", w->month) : talloc_asprintf(ctx, "%d", w->month);
		const char *y = w->years.list[i >> 2];
		search(w, 0, talloc_asprintf(ctx, "%s %s %s", d, m, y));
		search(w, 0, talloc_asprintf(ctx, "%s %s %s", m, d, y));
		search(w, 0, talloc_asprintf(ctx, "%s %s %s", y, m, d));
	}
	for (int i = 0; i < 2; i++) {
		const char *y = w->years.list[i];
		search(w, 0, talloc_asprintf(ctx, "%02d%02d%s", w->day, w->month, y));
		search(w, 0, talloc_asprintf(ctx, "%02d%02d%s", w->month, w->day, y));
		search(w, 0, talloc_asprintf(ctx, "%s%02d%02d", y, w->month, w->day));
	}
	search(w, BOUND_OPEN, talloc_asprintf(ctx, "%04d %02d %02dt", w->year, w->month, w->day));
	search(w, BOUND_OPEN, talloc_asprintf(ctx, "%04d%02d%02dt", w->year, w->month, w->day));
	gate_add(w->p, w->entry, VIEW_DIGITS, 0, "date", talloc_asprintf(ctx, "%02d%02d%04d", w->day, w->month, w->year), false);
	gate_add(w->p, w->entry, VIEW_DIGITS, 0, "date", talloc_asprintf(ctx, "%04d%02d%02d", w->year, w->month, w->day), false);
}

/* "seventeen five twenty-two" */
static void in_speech(const struct written *w)
{
	void *ctx = w->p;
	const char *d = gate_in_words(ctx, w->day), *m = gate_in_words(ctx, w->month);

	search(w, 0, talloc_asprintf(ctx, "%s %s %s", d, m, gate_in_words(ctx, w->year % 100)));
	search(w, 0, talloc_asprintf(ctx, "%s %s %s", d, m, w->years.list[w->years.count - 1]));
}

/* Forms of programs: day of the year and of the week (ISO 8601), seconds since 1970, a spreadsheet's serial number (days since 1899-12-30). */
static void in_machines(const struct written *w, day d)
{
	void *ctx = w->p;
	day thursday = d - (date_weekday(d) - 1) + 3;         /* a week belongs to the year of its Thursday */
	int year, month, of_month, of_year = d - date_from_ymd(w->year, 1, 1) + 1;
	int64_t second = (int64_t)d * 86400;

	date_to_ymd(thursday, &year, &month, &of_month);
	int week = (thursday - date_from_ymd(year, 1, 1)) / 7 + 1;
	search(w, 0, talloc_asprintf(ctx, "%04d %03d", w->year, of_year));
	search(w, 0, talloc_asprintf(ctx, "%04d%03d", w->year, of_year));
	search(w, 0, talloc_asprintf(ctx, "%04d w%02d %d", year, week, date_weekday(d)));
	search(w, 0, talloc_asprintf(ctx, "%04dw%02d%d", year, week, date_weekday(d)));
	search(w, 0, talloc_asprintf(ctx, "%d", d + 25569));
	for (int hour = 0; hour < 2; hour++) {                /* midnight of UTC and of British Summer Time */
		search(w, 0, talloc_asprintf(ctx, "%lld", (long long)(second - hour * 3600)));
		search(w, 0, talloc_asprintf(ctx, "%lld000", (long long)(second - hour * 3600)));
	}
}

void gate_date(struct patterns *p, int entry, const char *text)
{
	struct error ignored;
	struct written w = { .p = p, .entry = entry };
	day d;

	if (date_parse(text, &d, &ignored))
		return;
	date_to_ymd(d, &w.year, &w.month, &w.day);
	write_parts(&w);
	in_words(&w);
	in_digits(&w);
	in_speech(&w);
	in_machines(&w, d);
}

/* A national telephone number without its 0, so that 0, +44, +44 (0) and 0044 are all found; any other number as it is. */
static const char *without_prefix(const char *digits)
{
	size_t length = strlen(digits);

	if (length >= 12 && !strncmp(digits, "0044", 4))
		digits += 4 + (digits[4] == '0');
	else if (length >= 12 && length <= 13 && !strncmp(digits, "44", 2))
		digits += 2 + (digits[2] == '0');
	else if ((length == 10 || length == 11) && digits[0] == '0')
		digits++;
	return digits;
}

/* What a neighbour dials: the last six of eleven digits. */
static void local(struct patterns *p, int entry, const char *six)
{
	gate_add(p, entry, VIEW_WORDS, 0, "local number", six, false);
	gate_add(p, entry, VIEW_WORDS, 0, "local number", talloc_asprintf(p, "%.3s %s", six, six + 3), false);
}

void gate_number(struct patterns *p, int entry, const char *text)
{
	char *words = gate_words(p, text), *solid = gate_solid(p, words), *digits = talloc_strdup(p, solid), *to = digits;
	const char *at = strchr(text, '@');
	bool only = strspn(solid, "0123456789") == strlen(solid);

	for (const char *from = solid; *from; from++)
		if (isdigit((unsigned char)*from))
			*to++ = *from;
	*to = 0;
	if (only && strlen(digits) < 3)
		return;                    /* "7" names nobody, and every page has one */
	gate_add(p, entry, VIEW_WORDS, 0, "number", words, false);
	gate_add(p, entry, VIEW_WORDS, 0, "number", solid, false);
	if (!only && gate_letters(solid) >= 6)
		gate_add(p, entry, VIEW_SQUEEZED, 0, "squeezed", solid, false);
	if (at && gate_letters(gate_words(p, talloc_strndup(p, text, (size_t)(at - text)))) >= 6)
		gate_add_phrase(p, entry, "before the @", gate_words(p, talloc_strndup(p, text, (size_t)(at - text))));
	if (strlen(digits) < 7)
		return;
	gate_add(p, entry, VIEW_DIGITS, 0, "number", only ? without_prefix(digits) : digits, false);
	if (only && strlen(digits) == 11 && digits[0] == '0')
		local(p, entry, digits + 5);
}
