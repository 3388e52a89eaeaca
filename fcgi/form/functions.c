#include "form/functions.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#include "adapter/fold.h"
#include "base/text.h"

/* Modulus 11 of the NHS number (NHS Data Dictionary, "NHS NUMBER"): weights 10 to 2; a check digit of 11 is 0, of 10 means no number. */
bool nhs_number_ok(const char *text)
{
	int digits[10], n = 0, sum = 0, i, check;
	bool same = true;

	for (; *text; text++) {
		if (*text == ' ')
			continue;
		if (*text < '0' || *text > '9' || n == 10)
			return false;
		digits[n++] = *text - '0';
	}
	if (n != 10)
		return false;
	for (i = 0; i < 9; i++) {
		sum += digits[i] * (10 - i);
		same = same && digits[i] == digits[9];
	}
	check = 11 - sum % 11;
	return !same && (check == 11 ? 0 : check) == digits[9];
}

static int answer(struct xpath_value *result, bool yes)
{
	*result = (struct xpath_value){ .kind = XPATH_BOOLEAN, .yes = yes };
	return 0;
}

static int answer_number(struct xpath_value *result, double number)
{
	*result = (struct xpath_value){ .kind = XPATH_NUMBER, .number = number };
	return 0;
}

static int answer_text(struct xpath_value *result, const char *text)
{
	*result = (struct xpath_value){ .kind = XPATH_STRING, .text = text };
	return 0;
}

/* The string of an argument; of nodes, as XPath does, the first. */
static const char *text_of(void *ctx, const struct xpath_value *value)
{
	if (value->kind != XPATH_NODES)
		return value->text ? value->text : "";
	return value->count ? xml_text(ctx, value->nodes[0]) : "";
}

/* A date as a field holds it: YYYY-MM-DD, or a part of it, or the element of a d:when. Ends that are open are DAY_NONE. */
static bool span_of(void *ctx, const struct xpath_value *value, struct when *when_r)
{
	const xml_node *node = value->kind == XPATH_NODES && value->count ? value->nodes[0] : NULL, *written = xml_child(node, "written");
	const char *text, *precision;
	struct error ignored;

	if (written) {
		text = text_trim(ctx, xml_text(ctx, written));
		precision = text_trim(ctx, xml_text(ctx, xml_child(node, "precision")));
		if (*precision)
			return date_when(text, precision, when_r, &ignored) == 0;
	} else {
		text = text_trim(ctx, text_of(ctx, value));
	}
	return date_when(text, strlen(text) == 4 ? "year" : strlen(text) == 7 ? "month" : "exact", when_r, &ignored) == 0;
}

/* What is no date is the business of the type, not of these: they only refuse what is certainly wrong. */
static int call_past(void *ctx, void *data, int n, const struct xpath_value *args, struct xpath_value *result)
{
	const struct form_world *world = data;
	struct when when;

	(void)n;
	return answer(result, !span_of(ctx, &args[0], &when) || when.from == DAY_NONE || when.from <= world->today);
}

static int call_before(void *ctx, void *data, int n, const struct xpath_value *args, struct xpath_value *result)
{
	struct when a, b;

	(void)data, (void)n;
	if (!span_of(ctx, &args[0], &a) || !span_of(ctx, &args[1], &b) || a.from == DAY_NONE || b.to == DAY_NONE)
		return answer(result, true);
	return answer(result, a.from <= b.to);
}

static int call_today(void *ctx, void *data, int n, const struct xpath_value *args, struct xpath_value *result)
{
	const struct form_world *world = data;

	(void)n, (void)args;
	return answer_text(result, date_iso(ctx, world->today));
}

/* "P2, P3" is how people write it. */
char *form_codes(void *ctx, const char *text)
{
	char *made = talloc_strdup(ctx, text);

	for (char *c = made; *c; c++)
		if (*c == ',' || *c == ';')
			*c = ' ';
	return made;
}

static int call_all_in(void *ctx, void *data, int n, const struct xpath_value *args, struct xpath_value *result)
{
	const char *codes = form_codes(ctx, text_of(ctx, &args[0])), *code;
	bool all = true, found;
	int i;

	(void)data, (void)n;
	while (all && (code = text_next_word(ctx, &codes))) {
		found = args[1].kind != XPATH_NODES && text_in_list(text_of(ctx, &args[1]), code);
		for (i = 0; i < args[1].count && !found; i++)
			found = strcmp(xml_text(ctx, args[1].nodes[i]), code) == 0;
		all = found;
	}
	return answer(result, all);
}

static int call_nhs_number(void *ctx, void *data, int n, const struct xpath_value *args, struct xpath_value *result)
{
	(void)data, (void)n;
	return answer(result, nhs_number_ok(text_trim(ctx, text_of(ctx, &args[0]))));
}

static int compare_words(const void *a, const void *b)
{
	return strcmp(a, *(const char *const *)b);
}

static int call_common_word(void *ctx, void *data, int n, const struct xpath_value *args, struct xpath_value *result)
{
	const struct form_world *world = data;
	char *word = fold_plain(ctx, text_trim(ctx, text_of(ctx, &args[0])));

	(void)n;
	return answer(result, world->common_words && world->common_count && *word &&
		bsearch(word, world->common_words, (size_t)world->common_count, sizeof world->common_words[0], compare_words));
}

static int call_selected(void *ctx, void *data, int n, const struct xpath_value *args, struct xpath_value *result)
{
	const char *codes = text_of(ctx, &args[0]), *wanted = text_of(ctx, &args[1]), *code;
	bool found = false;

	(void)data, (void)n;
	while (!found && (code = text_next_word(ctx, &codes)))
		found = strcmp(code, wanted) == 0;
	return answer(result, found);
}

/* Words of text or of prose; the ends of blocks part words. */
static size_t count_words(void *ctx, const xml_node *node)
{
	static const char blocks[] = "p h list item quote table row cell note";
	const xml_node *child = xml_first(node);
	size_t words = 0;

	if (!child || !text_in_list(blocks, xml_name(child)))
		return text_words(xml_text(ctx, node));
	for (; child; child = xml_next(child))
		words += count_words(ctx, child);
	return words;
}

static int call_count_words(void *ctx, void *data, int n, const struct xpath_value *args, struct xpath_value *result)
{
	(void)data, (void)n;
	if (args[0].kind == XPATH_NODES)
		return answer_number(result, args[0].count ? (double)count_words(ctx, args[0].nodes[0]) : 0);
	return answer_number(result, (double)text_words(text_of(ctx, &args[0])));
}

static int call_working_days(void *ctx, void *data, int n, const struct xpath_value *args, struct xpath_value *result)
{
	const struct form_world *world = data;
	struct when from, to;

	(void)n;
	if (!span_of(ctx, &args[0], &from) || !span_of(ctx, &args[1], &to) || from.sort == DAY_NONE || to.sort == DAY_NONE)
		return answer_number(result, NAN);
	return answer_number(result, date_working_between(world->holidays, from.sort, to.sort));
}

/* Full months between; false when either is no date or it runs backwards. Who was born on 29 February is older on 1 March in other years. */
static bool age_months(void *ctx, const struct xpath_value *args, int *months_r, int *days_r)
{
	struct when born, on;
	int y, m, d, year, month, day_of_month;

	if (!span_of(ctx, &args[0], &born) || !span_of(ctx, &args[1], &on) || born.sort == DAY_NONE || on.sort == DAY_NONE || born.sort > on.sort)
		return false;
	date_to_ymd(born.sort, &y, &m, &d);
	date_to_ymd(on.sort, &year, &month, &day_of_month);
	*months_r = (year - y) * 12 + month - m - (day_of_month < d);
	*days_r = on.sort - born.sort;
	return true;
}

static int call_age_years(void *ctx, void *data, int n, const struct xpath_value *args, struct xpath_value *result)
{
	int months, days;

	(void)data, (void)n;
	return answer_number(result, age_months(ctx, args, &months, &days) ? months / 12 : NAN);
}

static char *counted(void *ctx, int n, const char *unit)
{
	return talloc_asprintf(ctx, "%d %s%s", n, unit, n == 1 ? "" : "s");
}

/* Under five years months matter, under a month days. */
static int call_age_words(void *ctx, void *data, int n, const struct xpath_value *args, struct xpath_value *result)
{
	int months, days;

	(void)data, (void)n;
	if (!age_months(ctx, args, &months, &days))
		return answer_text(result, "");
	if (months < 1)
		return answer_text(result, counted(ctx, days, "day"));
	if (months < 12)
		return answer_text(result, counted(ctx, months, "month"));
	if (months >= 60 || months % 12 == 0)
		return answer_text(result, counted(ctx, months / 12, "year"));
	return answer_text(result, talloc_asprintf(ctx, "%s and %s", counted(ctx, months / 12, "year"), counted(ctx, months % 12, "month")));
}

static int call_unique(void *ctx, void *data, int n, const struct xpath_value *args, struct xpath_value *result)
{
	const char *text = text_of(ctx, &args[0]);
	int i, same = 0;

	(void)data, (void)n;
	for (i = 0; i < args[1].count && args[1].kind == XPATH_NODES; i++) {
		char *other = xml_text(ctx, args[1].nodes[i]);

		same += strcmp(other, text) == 0;
		talloc_free(other);
	}
	return answer(result, same <= 1);
}

static int call_matches_id(void *ctx, void *data, int n, const struct xpath_value *args, struct xpath_value *result)
{
	(void)data, (void)n;
	return answer(result, text_is_name(text_trim(ctx, text_of(ctx, &args[0]))));
}

const struct xpath_function form_functions[] = {
	{ "past", 1, 1, call_past }, { "before", 2, 2, call_before }, { "today", 0, 0, call_today }, { "all-in", 2, 2, call_all_in },
	{ "nhs-number", 1, 1, call_nhs_number }, { "common-word", 1, 1, call_common_word }, { "selected", 2, 2, call_selected },
	{ "count-words", 1, 1, call_count_words }, { "working-days", 2, 2, call_working_days }, { "age-years", 2, 2, call_age_years },
	{ "age-words", 2, 2, call_age_words }, { "unique", 2, 2, call_unique }, { "matches-id", 1, 1, call_matches_id },
};
const int form_function_count = sizeof form_functions / sizeof form_functions[0];
