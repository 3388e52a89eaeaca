/* Days and instants.
 *
 * An instant is milliseconds of UTC since 1970. A day is a calendar day in Europe/London by the fixed rule of the
 * Summer Time Order 2002 (BST from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of October);
 * libc's time zone data is never asked. A day is kept as days since 1970-01-01; DAY_NONE is no day. */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>
#include "base/error.h"

typedef int64_t instant;
typedef int32_t day;
#define DAY_NONE INT32_MIN

/* The one source of time. In the development and test profiles it is moved by an offset that all processes share;
 * date_clock_share() maps it and must be called before the fork. */
instant date_now(void);
instant date_now_real(void);             /* unmoved: for timeouts and rate limits only */
int  date_clock_share(struct error *error);
void date_clock_move(int64_t offset_ms);
int64_t date_clock_offset(void);

day  date_day_of(instant at);            /* the London day an instant falls on */
void date_clock_of(instant at, int *hour_r, int *minute_r);   /* London wall clock */
instant date_start_of(day d);            /* the instant at which the London day begins */
day  date_from_ymd(int year, int month, int day_of_month);   /* DAY_NONE when there is no such day */
void date_to_ymd(day d, int *year_r, int *month_r, int *day_r);
int  date_weekday(day d);                /* 1 Monday … 7 Sunday */

/* "2026-04-24" ⇄ day. Parsing wants exactly that form; error code date.form, date.no-day. */
int  date_parse(const char *text, day *day_r, struct error *error);
char *date_iso(void *ctx, day d);        /* "2026-04-24" */
char *date_words(void *ctx, day d);      /* "24 April 2026" */
char *date_words_long(void *ctx, day d); /* "Friday 24 April 2026" */
char *date_iso_instant(void *ctx, instant at);    /* "2026-04-24T09:05:00.000Z" */
char *date_words_instant(void *ctx, instant at);  /* "9:05am on 24 April 2026", London */
const char *date_month_name(int month);  /* 1 "January" */

/* What a person typed as day, month, year ("3", "march", "2025"; day and month may be empty for partial dates) as
 * "2025", "2025-03" or "2025-03-05"; NULL and an error (date.no-year, date.no-month, date.no-day, date.not-real,
 * date.form) with a sentence that starts with `label`. A year has four digits. */
char *date_typed(void *ctx, const char *d, const char *m, const char *y, bool partial, const char *label, struct error *error);

/* Dates as people know them (d:when, docs/forms.md). precision: exact on-or-about week-of month season year before after unknown. */
struct when { day from, to, sort; };     /* open ends and `unknown` are DAY_NONE; sort: the chronology's rule V8 ("before" sorts on the day before, "after" on the day after) */
int date_when(const char *written, const char *precision, struct when *when_r, struct error *error);
char *date_when_words(void *ctx, const char *written, const char *precision);   /* "About 24 March 2026", "October 2025" */

/* Working days: Monday to Friday less the bank holidays of England and Wales (Banking and Financial Dealings Act 1971).
 * Holidays are data with a horizon: a file of lines "YYYY-MM-DD name", "from YYYY-MM-DD", "until YYYY-MM-DD", '#' comments. */
struct holidays;
struct holidays *date_holidays_read(void *ctx, const char *path, struct error *error);
bool date_is_working(const struct holidays *h, day d);
/* The n-th working day after (n > 0) or before (n < 0) a day; day 1 is the first working day after it.
 * Fails with date.horizon when the holidays of that time are not known. */
int date_add_working(const struct holidays *h, day from, int n, day *day_r, struct error *error);
/* How many working days lie in (from, to]; negative when to < from. Days beyond the horizon count by weekday only. */
int date_working_between(const struct holidays *h, day from, day to);
day date_add_months(day from, int months);   /* same day of month, or the month's last */
#endif
