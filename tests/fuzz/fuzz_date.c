/* Dates as programs write them and as people do: lines "date", "day month year", "written precision". What is a day is written and read as the same one. */
#include "fuzz.h"
#include "base/date.h"
#include "base/text.h"

static char *field(void *ctx, char **at, char until)
{
	char *from = *at ? *at : (char *)"", *end = strchr(from, until);

	*at = end ? end + 1 : NULL;
	return talloc_strndup(ctx, from, end ? (size_t)(end - from) : strlen(from));
}

static void as_programs_do(void *ctx, const char *text)
{
	struct error error = { .kind = ERROR_NONE };
	int year, month, day_of_month;
	day d, again;

	if (date_parse(text, &d, &error) != 0) {
		fuzz_told(&error);
		return;
	}
	HOLDS(strcmp(date_iso(ctx, d), text) == 0);
	date_to_ymd(d, &year, &month, &day_of_month);
	HOLDS(date_from_ymd(year, month, day_of_month) == d);
	again = date_day_of(date_start_of(d));
	HOLDS(again == d && date_weekday(d) >= 1 && date_weekday(d) <= 7);
	HOLDS(*date_words(ctx, d) && *date_words_long(ctx, d));
}

static void as_people_do(void *ctx, char *line)
{
	struct error error = { .kind = ERROR_NONE };
	char *d = field(ctx, &line, '/'), *m = field(ctx, &line, '/'), *y = field(ctx, &line, '/');

	for (int partial = 0; partial < 2; partial++) {
		char *made = date_typed(ctx, d, m, y, partial, "The date", &error);
		struct when when;
		if (!made) {
			fuzz_told(&error);
			HOLDS(text_starts(error.say, "The date"));
			continue;
		}
		HOLDS(strlen(made) == 10 || (partial && (strlen(made) == 7 || strlen(made) == 4)));
		/* The first year and the last have no day before or after. */
		HOLDS(date_when(made, strlen(made) == 10 ? "exact" : strlen(made) == 7 ? "month" : "year", &when, &error) == 0 ||
			text_starts(made, "0001") || text_starts(made, "9999"));
	}
}

static void as_remembered(void *ctx, char *line)
{
	struct error error = { .kind = ERROR_NONE };
	char *written = field(ctx, &line, ' '), *precision = field(ctx, &line, '\n'), *words = date_when_words(ctx, written, precision);
	struct when when = { 0, 0, 0 };

	HOLDS(words);
	if (date_when(written, precision, &when, &error) != 0) {
		fuzz_told(&error);
		return;
	}
	HOLDS(when.from == DAY_NONE || when.to == DAY_NONE || when.from <= when.to);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	void *ctx = talloc_new(NULL);
	char *at = fuzz_text(ctx, data, size);

	as_programs_do(ctx, field(ctx, &at, '\n'));
	as_people_do(ctx, field(ctx, &at, '\n'));
	as_remembered(ctx, field(ctx, &at, '\n'));
	talloc_free(ctx);
	return 0;
}
