#include "base/date.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <talloc.h>
#include <time.h>

#define MS_SECOND INT64_C(1000)
#define MS_HOUR (3600 * MS_SECOND)
#define MS_DAY (24 * MS_HOUR)

/* Until date_clock_share() the offset is this process's own. */
static _Atomic int64_t own_offset;
static _Atomic int64_t *offset_at = &own_offset;

instant date_now_real(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (instant)now.tv_sec * MS_SECOND + now.tv_nsec / 1000000;
}

instant date_now(void)
{
	return date_now_real() + atomic_load(offset_at);
}

int date_clock_share(struct error *error)
{
	int64_t before = atomic_load(offset_at);
	void *shared = mmap(NULL, sizeof *offset_at, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (shared == MAP_FAILED)
		return error_set(error, ERROR_FAULT, "date.clock", "The shared clock could not be mapped.");
	offset_at = shared;
	atomic_store(offset_at, before);
	return 0;
}

void date_clock_move(int64_t offset_ms)
{
	atomic_store(offset_at, offset_ms);
}

int64_t date_clock_offset(void)
{
	return atomic_load(offset_at);
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static bool is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Days of the proleptic Gregorian calendar; the year is counted from March so that the leap day is its last. */
day date_from_ymd(int year, int month, int day_of_month)
{
	int y, from_march, era, in_era;

	if (year < 1 || year > 9999 || month < 1 || month > 12 || day_of_month < 1 || day_of_month > days_in(year, month))
		return DAY_NONE;
	y = year - (month <= 2);
	from_march = month > 2 ? month - 3 : month + 9;
	era = y / 400;
	in_era = y % 400 * 365 + y % 400 / 4 - y % 400 / 100 + (153 * from_march + 2) / 5 + day_of_month - 1;
	return era * 146097 + in_era - 719468;
}

void date_to_ymd(day d, int *year_r, int *month_r, int *day_r)
{
	int64_t z = (int64_t)d + 719468, era = floor_div(z, 146097);
	int in_era = (int)(z - era * 146097);
	int year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
	int in_year = in_era - (365 * year + year / 4 - year / 100);
	int from_march = (5 * in_year + 2) / 153;

	*day_r = in_year - (153 * from_march + 2) / 5 + 1;
	*month_r = from_march < 10 ? from_march + 3 : from_march - 9;
	*year_r = (int)(year + era * 400) + (*month_r <= 2);
}

int date_weekday(day d)
{
	/* 1970-01-01 was a Thursday. */
	return (int)(((int64_t)d + 3) % 7 + 7) % 7 + 1;
}

/* 01:00 UTC on the last Sunday of a month of 31 days: both ends of summer time (Summer Time Order 2002, SI 2002/262). */
static instant summer_edge(int year, int month)
{
	day last = date_from_ymd(year, month, 31);

	return (instant)(last - date_weekday(last) % 7) * MS_DAY + MS_HOUR;
}

static int64_t london_offset(instant at)
{
	int year, month, day_of_month;

	date_to_ymd((day)floor_div(at, MS_DAY), &year, &month, &day_of_month);
	if (year < 1 || year > 9999)
		return 0;
	return at >= summer_edge(year, 3) && at < summer_edge(year, 10) ? MS_HOUR : 0;
}

day date_day_of(instant at)
{
	return (day)floor_div(at + london_offset(at), MS_DAY);
}

void date_clock_of(instant at, int *hour_r, int *minute_r)
{
	int64_t local = at + london_offset(at), in_day = local - floor_div(local, MS_DAY) * MS_DAY;

	*hour_r = (int)(in_day / MS_HOUR);
	*minute_r = (int)(in_day % MS_HOUR / 60000);
}

instant date_start_of(day d)
{
	/* Midnight is never within the hour that is skipped or repeated, so the offset of either reading is the right one. */
	instant midnight = (instant)d * MS_DAY;

	return midnight - london_offset(midnight - MS_HOUR);
}

static bool digits(const char *text, int n, int *value_r)
{
	int value = 0, i;

	for (i = 0; i < n; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		value = value * 10 + text[i] - '0';
	}
	*value_r = value;
	return true;
}

int date_parse(const char *text, day *day_r, struct error *error)
{
	int year, month, day_of_month;
	day d;

	if (strlen(text) != 10 || text[4] != '-' || text[7] != '-' || !digits(text, 4, &year) ||
	    !digits(text + 5, 2, &month) || !digits(text + 8, 2, &day_of_month))
		return error_set(error, ERROR_INVALID, "date.form", "A date must be written like 2026-04-24.");
	d = date_from_ymd(year, month, day_of_month);
	if (d == DAY_NONE)
		return error_set(error, ERROR_INVALID, "date.no-day", "There is no such day as %s.", text);
	*day_r = d;
	return 0;
}

char *date_iso(void *ctx, day d)
{
	int year, month, day_of_month;

	if (d == DAY_NONE)
		return talloc_strdup(ctx, "");
	date_to_ymd(d, &year, &month, &day_of_month);
	return talloc_asprintf(ctx, "%04d-%02d-%02d", year, month, day_of_month);
}

char *date_iso_instant(void *ctx, instant at)
{
	int64_t d = floor_div(at, MS_DAY), in_day = at - d * MS_DAY;
	int year, month, day_of_month;

	date_to_ymd((day)d, &year, &month, &day_of_month);
	return talloc_asprintf(ctx, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", year, month, day_of_month, (int)(in_day / MS_HOUR),
		(int)(in_day % MS_HOUR / 60000), (int)(in_day % 60000 / MS_SECOND), (int)(in_day % MS_SECOND));
}

day date_add_months(day from, int months)
{
	int year, month, day_of_month;
	int64_t count;

	if (from == DAY_NONE)
		return DAY_NONE;
	date_to_ymd(from, &year, &month, &day_of_month);
	count = (int64_t)year * 12 + month - 1 + months;
	if (count < 12 || count >= 10000 * 12)
		return DAY_NONE;
	year = (int)(count / 12);
	month = (int)(count % 12) + 1;
	if (day_of_month > days_in(year, month))
		day_of_month = days_in(year, month);
	return date_from_ymd(year, month, day_of_month);
}
