/* Working days (Banking and Financial Dealings Act 1971, schedule 1, England and Wales). */
#include "base/date.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

struct holidays {
	day from, until;     /* what is known */
	day *days;           /* sorted, each once */
	int count;
};

static int compare_days(const void *a, const void *b)
{
	day x = *(const day *)a, y = *(const day *)b;

	return (x > y) - (x < y);
}

/* "from 2024-01-01", "until 2027-12-31", "2024-12-25 Christmas Day"; 0 also for empty lines and comments. */
static int read_line(struct holidays *h, char *line, struct error *error)
{
	char *save = NULL, *word = strtok_r(line, " \t\r\n", &save), *second;
	day *bound = NULL, d;

	if (!word || word[0] == '#')
		return 0;
	if (strcmp(word, "from") == 0)
		bound = &h->from;
	else if (strcmp(word, "until") == 0)
		bound = &h->until;
	second = strtok_r(NULL, " \t\r\n", &save);
	if (!second)
		return error_set(error, ERROR_FAULT, "date.holidays", "A line must be a date and a name, or from or until and a date.");
	if (date_parse(bound ? second : word, &d, error) < 0)
		return -1;
	if (bound) {
		*bound = d;
		return 0;
	}
	if ((h->count & (h->count - 1)) == 0)
		h->days = talloc_realloc(h, h->days, day, h->count ? h->count * 2 : 1);
	h->days[h->count++] = d;
	return 0;
}

/* A holiday outside the bounds, or bounds that are missing, would make the horizon a guess. */
static int finish(struct holidays *h, struct error *error)
{
	int i, kept = 0;

	if (h->from == DAY_NONE || h->until == DAY_NONE || h->from > h->until)
		return error_set(error, ERROR_FAULT, "date.holidays", "The file must say from and until when its holidays are known.");
	if (h->count > 0)
		qsort(h->days, (size_t)h->count, sizeof h->days[0], compare_days);
	for (i = 0; i < h->count; i++) {
		if (h->days[i] < h->from || h->days[i] > h->until)
			return error_set(error, ERROR_FAULT, "date.holidays", "A holiday lies outside from and until.");
		if (kept == 0 || h->days[kept - 1] != h->days[i])
			h->days[kept++] = h->days[i];
	}
	h->count = kept;
	return 0;
}

struct holidays *date_holidays_read(void *ctx, const char *path, struct error *error)
{
	struct holidays *h = talloc_zero(ctx, struct holidays), *made = NULL;
	FILE *file = fopen(path, "re");
	char line[256];
	int n = 0;

	h->from = h->until = DAY_NONE;
	if (!file) {
		error_set(error, ERROR_FAULT, "date.holidays", "The file of bank holidays cannot be opened.");
		error_at(error, path, 0, 0);
		goto out;
	}
	while (fgets(line, sizeof line, file)) {
		n++;
		if (read_line(h, line, error) < 0) {
			error->kind = ERROR_FAULT;
			error_at(error, path, n, 0);
			goto out;
		}
	}
	if (finish(h, error) < 0) {
		error_at(error, path, n, 0);
		goto out;
	}
	made = h;
out:
	if (file)
		fclose(file);
	if (!made)
		talloc_free(h);
	return made;
}

bool date_is_working(const struct holidays *h, day d)
{
	if (date_weekday(d) > 5)
		return false;
	return !h || h->count == 0 || !bsearch(&d, h->days, (size_t)h->count, sizeof d, compare_days);
}

int date_add_working(const struct holidays *h, day from, int n, day *day_r, struct error *error)
{
	int step = n < 0 ? -1 : 1;
	day d = from;

	while (n != 0) {
		d += step;
		if (!h || d < h->from || d > h->until)
			return error_set(error, ERROR_FAULT, "date.horizon",
				"The bank holidays of that time are not known, so the working day cannot be worked out.");
		if (date_is_working(h, d))
			n -= step;
	}
	*day_r = d;
	return 0;
}

/* Mondays to Fridays from the Monday 1969-12-29 up to and including the day. */
static int64_t weekdays_until(day d)
{
	int64_t n = (int64_t)d + 4, weeks = n / 7 - (n % 7 < 0), rest = n - weeks * 7;

	return weeks * 5 + (rest < 5 ? rest : 5);
}

/* How many holidays lie before or on the day. */
static int holidays_until(const struct holidays *h, day d)
{
	int low = 0, high = h ? h->count : 0;

	while (low < high) {
		int middle = (low + high) / 2;

		if (h->days[middle] <= d)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

int date_working_between(const struct holidays *h, day from, day to)
{
	int count, i, last;

	if (from == DAY_NONE || to == DAY_NONE)
		return 0;
	if (to < from)
		return -date_working_between(h, to, from);
	count = (int)(weekdays_until(to) - weekdays_until(from));
	last = holidays_until(h, to);
	for (i = holidays_until(h, from); i < last; i++)
		count -= date_weekday(h->days[i]) <= 5;
	return count;
}
