/* Days in words, days as typed, and days as people know them. */
#include "base/date.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <talloc.h>

#include "base/text.h"

static const char *const months[] = { "January", "February", "March", "April", "May", "June", "July", "August",
	"September", "October", "November", "December" };
static const char *const weekdays[] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };

const char *date_month_name(int month)
{
	return month >= 1 && month <= 12 ? months[month - 1] : "";
}

char *date_words(void *ctx, day d)
{
	int year, month, day_of_month;

	if (d == DAY_NONE)
		return talloc_strdup(ctx, "");
	date_to_ymd(d, &year, &month, &day_of_month);
	return talloc_asprintf(ctx, "%d %s %d", day_of_month, months[month - 1], year);
}

char *date_words_long(void *ctx, day d)
{
	char *words = date_words(ctx, d), *made;

	if (d == DAY_NONE)
		return words;
	made = talloc_asprintf(ctx, "%s %s", weekdays[date_weekday(d) - 1], words);
	talloc_free(words);
	return made;
}

char *date_words_instant(void *ctx, instant at)
{
	char *words = date_words(ctx, date_day_of(at)), *made;
	int hour, minute;

	date_clock_of(at, &hour, &minute);
	made = talloc_asprintf(ctx, "%d:%02d%s on %s", (hour + 11) % 12 + 1, minute, hour < 12 ? "am" : "pm", words);
	talloc_free(words);
	return made;
}

/* A number of at most `most` digits, or -1. */
static int number(const char *text, size_t most)
{
	size_t i;

	for (i = 0; text[i]; i++)
		if (i >= most || text[i] < '0' || text[i] > '9')
			return -1;
	return i > 0 ? atoi(text) : -1;
}

/* "3", "03", "mar", "march"; -1 when it is no month. At least three letters, as "Ju" would be a guess. */
static int month_typed(const char *text)
{
	size_t length = strlen(text);
	int value = number(text, 2), i;

	if (value >= 0)
		return value >= 1 && value <= 12 ? value : -1;
	if (length == 4 && strcasecmp(text, "sept") == 0)
		return 9;
	for (i = 0; i < 12; i++)
		if (length >= 3 && strncasecmp(months[i], text, length) == 0 && (length == 3 || length == strlen(months[i])))
			return i + 1;
	return -1;
}

/* What is left out, most basic first; a partial date may lack its day, or its day and month. */
static int typed_missing(const char *d, const char *m, const char *y, bool partial, const char *label, struct error *error)
{
	if (!*y && (partial || (*d && *m)))
		return error_set(error, ERROR_INVALID, "date.no-year", "%s must include a year", label);
	if (!*m && (*d || !partial))
		return error_set(error, ERROR_INVALID, "date.no-month", "%s must include a %s", label,
			!*d && !*y ? "day, month and year" : !*d ? "day and month" : !*y ? "month and year" : "month");
	if (!*d && !partial)
		return error_set(error, ERROR_INVALID, "date.no-day", "%s must include a %s", label, *y ? "day" : "day and year");
	return 0;
}

char *date_typed(void *ctx, const char *d, const char *m, const char *y, bool partial, const char *label, struct error *error)
{
	void *scratch = talloc_new(ctx);
	char *made = NULL;
	int year, month, day_of_month;

	d = text_trim(scratch, d ? d : "");
	m = text_trim(scratch, m ? m : "");
	y = text_trim(scratch, y ? y : "");
	if (typed_missing(d, m, y, partial, label, error) < 0)
		goto out;
	year = number(y, 9);
	if (year < 0 || strlen(y) != 4 || year == 0) {
		error_set(error, ERROR_INVALID, "date.form", "%s must have a year of 4 numbers, like 2026", label);
		goto out;
	}
	month = *m ? month_typed(m) : 1;
	day_of_month = *d ? number(d, 2) : 1;
	if (month < 0 || date_from_ymd(year, month, day_of_month) == DAY_NONE) {
		error_set(error, ERROR_INVALID, "date.not-real", "%s must be a real date", label);
		goto out;
	}
	made = !*m ? talloc_asprintf(ctx, "%04d", year) : !*d ? talloc_asprintf(ctx, "%04d-%02d", year, month) :
		talloc_asprintf(ctx, "%04d-%02d-%02d", year, month, day_of_month);
out:
	talloc_free(scratch);
	return made;
}

/* Precisions (docs/forms.md): what is written with each, in characters of YYYY-MM-DD, and how it reads in words. */
static const struct precision {
	const char *name;
	size_t written;
	const char *prefix;
} precisions[] = {
	{ "exact", 10, "" }, { "on-or-about", 10, "About " }, { "week-of", 10, "Week of " }, { "month", 7, "" },
	{ "season", 7, "" }, { "year", 4, "" }, { "before", 10, "Before " }, { "after", 10, "After " }, { "unknown", 0, "" },
};

static const struct precision *precision_of(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof precisions / sizeof precisions[0]; i++)
		if (strcmp(precisions[i].name, name) == 0)
			return &precisions[i];
	return NULL;
}

/* The first day of YYYY, YYYY-MM or YYYY-MM-DD. */
static int first_day(const char *written, day *day_r, struct error *error)
{
	char full[11] = "0000-01-01";
	size_t length = strlen(written);

	if (length != 4 && length != 7 && length != 10)
		return error_set(error, ERROR_INVALID, "date.form", "A date must be written like 2026-04-24, 2026-04 or 2026.");
	memcpy(full, written, length);
	return date_parse(full, day_r, error);
}

static struct when span(const struct precision *p, day first)
{
	int weekday = date_weekday(first);

	switch (p->name[0]) {
	case 'w': return (struct when){ first - weekday + 1, first - weekday + 7, first - weekday + 1 };
	case 'm': return (struct when){ first, date_add_months(first, 1) - 1, first };
	case 's': return (struct when){ first, date_add_months(first, 3) - 1, first };
	case 'y': return (struct when){ first, date_add_months(first, 11) + 30, first };
	case 'b': return (struct when){ DAY_NONE, first - 1, first - 1 };
	case 'a': return (struct when){ first + 1, DAY_NONE, first + 1 };
	default: return (struct when){ first, first, first };
	}
}

int date_when(const char *written, const char *precision, struct when *when_r, struct error *error)
{
	const struct precision *p = precision_of(precision);
	day first;
	int year, month, day_of_month;

	if (!p)
		return error_set(error, ERROR_INVALID, "date.precision", "Say how exact the date is.");
	if (p->written == 0 && *written)
		return error_set(error, ERROR_INVALID, "date.form", "A date that is not known must be left empty.");
	if (p->written == 0) {
		*when_r = (struct when){ DAY_NONE, DAY_NONE, DAY_NONE };
		return 0;
	}
	if (strlen(written) != p->written && strspn(written, "0123456789-") == strlen(written))
		return error_set(error, ERROR_INVALID, "date.form", p->written == 10 ? "The date must include a day, a month and a year." :
			p->written == 7 ? "The date must be a month and a year, without a day." : "The date must be a year only.");
	if (first_day(written, &first, error) < 0)
		return -1;
	date_to_ymd(first, &year, &month, &day_of_month);
	if (year >= 9999 || year <= 1)
		return error_set(error, ERROR_INVALID, "date.no-day", "There is no such year.");
	if (p->name[0] == 's' && month % 3 != 0)
		return error_set(error, ERROR_INVALID, "date.season", "A season must begin in March, June, September or December.");
	*when_r = span(p, first);
	return 0;
}

static char *season_words(void *ctx, int year, int month)
{
	static const char *const seasons[] = { "Spring", "Summer", "Autumn" };

	return month == 12 ? talloc_asprintf(ctx, "Winter %d to %d", year, year + 1) :
		talloc_asprintf(ctx, "%s %d", seasons[month / 3 - 1], year);
}

char *date_when_words(void *ctx, const char *written, const char *precision)
{
	const struct precision *p = precision_of(precision);
	struct error ignored;
	struct when when;
	int year, month, day_of_month;
	char *words, *made;
	day first;

	if (date_when(written, precision, &when, &ignored) < 0)
		return talloc_strdup(ctx, written);
	if (p->written == 0)
		return talloc_strdup(ctx, "Date not known");
	if (first_day(written, &first, &ignored) < 0)
		return talloc_strdup(ctx, written);
	date_to_ymd(first, &year, &month, &day_of_month);
	if (p->name[0] == 's')
		return season_words(ctx, year, month);
	if (p->written == 4)
		return talloc_asprintf(ctx, "%d", year);
	if (p->written == 7)
		return talloc_asprintf(ctx, "%s %d", months[month - 1], year);
	words = date_words(ctx, first);
	made = talloc_asprintf(ctx, "%s%s", p->prefix, words);
	talloc_free(words);
	return made;
}
