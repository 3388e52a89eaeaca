/* Clocks: the plugin's table against a file written by hand (tests/data/rapid-clocks.txt), and the reckoning, table by table, on the
 * very rows of the plugin. Days are those of the worked case. */
#include <dlfcn.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include <talloc.h>
#include "adapter/xml.h"
#include "base/text.h"
#include "case/clocks.h"

#define NEW "working-together=2023"
#define OLD "working-together=2018"

/* --- the plugin and the days ---------------------------------------------------------------------------------------------- */

static char *below(void *ctx, const char *path)
{
	const char *top = getenv("top_srcdir");
	return talloc_asprintf(ctx, "%s/%s", top ? top : ".", path);
}

static char *plugin_path(void *ctx)
{
	const char *build = getenv("top_builddir"), *given = getenv("DOSSIER_PLUGINS");
	static const char *const places[] = { "plugins/.libs", ".libs" };

	if (given != NULL)
		return talloc_asprintf(ctx, "%s/rapid.so", given);
	for (int i = 0; i < 2; i++) {
		char *path = talloc_asprintf(ctx, "%s/%s/rapid.so", build ? build : ".", places[i]);
		if (access(path, R_OK) == 0)
			return path;
	}
	fail_msg("rapid.so is not built; DOSSIER_PLUGINS may name its folder");
	return NULL;
}

#define TAKE(p, table, number) do { \
	(p)->table = talloc_zero_size((p), sizeof *(p)->table * (d->table.count + 1)); \
	assert_int_equal(d->table.row_size, sizeof *(p)->table); \
	memcpy((p)->table, d->table.rows, sizeof *(p)->table * d->table.count); \
	(p)->number = (int)d->table.count; } while (0)

static struct plugin *load_plugin(void *ctx)
{
	void *handle = dlopen(plugin_path(ctx), RTLD_NOW | RTLD_LOCAL);
	const struct dossier_plugin *d = handle == NULL ? NULL : dlsym(handle, "dossier_plugin");
	struct plugin *p = talloc_zero(ctx, struct plugin);

	if (d == NULL)
		fail_msg("%s", dlerror());
	p->descriptor = d;
	p->name = d->name;
	TAKE(p, clocks, clock_count);
	TAKE(p, nudges, nudge_count);
	TAKE(p, transitions, transition_count);
	TAKE(p, flags, flag_count);
	return p;
}

static struct holidays *holidays(void *ctx, const char *more)
{
	char *path = below(ctx, "data/holidays-england.txt"), *text = talloc_zero_size(ctx, 20000), *made = talloc_strdup(ctx, "/tmp/clocks-holidays-XXXXXX");
	FILE *file = fopen(path, "rb");
	struct error error = { 0 };
	struct holidays *h;
	int fd;

	if (more == NULL)
		return date_holidays_read(ctx, path, &error);
	assert_true(file != NULL && fread(text, 1, 19999, file) > 0);
	fclose(file);
	fd = mkstemp(made);
	assert_true(fd >= 0 && dprintf(fd, "%s%s\n", text, more) > 0);
	close(fd);
	h = date_holidays_read(ctx, made, &error);
	unlink(made);
	return h;
}

/* --- a case made of a few lines -------------------------------------------------------------------------------------------- */

#define MOST 16
struct story {
	struct act acts[MOST]; struct document documents[4]; struct flag_row flags[4]; const char *trees[4], *said[MOST];
	struct clock_world w;
	struct xml_doc *parsed;
	void *ctx;
};

static day on(const char *iso)
{
	struct error error = { 0 };
	day d = DAY_NONE;

	if (date_parse(iso, &d, &error) != 0)
		fail_msg("%s is no day", iso);
	return d;
}

static instant at(const char *iso, int hour) { return date_start_of(on(iso)) + hour * 3600000LL; }

static const struct xml_doc *parse(struct story *s, const char *text)
{
	struct error error = { 0 };
	return text == NULL ? NULL : xml_read_own(s->ctx, text, strlen(text), "test", &error);
}

static const struct xml_doc *tree(void *data, const struct document *d)
{
	struct story *s = data;
	return parse(s, s->trees[d - s->documents]);
}

static const struct xml_doc *said(void *data, const struct act *a)
{
	struct story *s = data;
	return parse(s, s->said[a - s->acts]);
}

static struct story *begin(void *ctx, const char *editions, const char *now, int hour)
{
	struct story *s = talloc_zero(ctx, struct story);

	s->ctx = s;
	s->w = (struct clock_world){ .plugin = load_plugin(s), .editions = editions, .holidays = holidays(s, NULL), .now = at(now, hour),
		.documents = s->documents, .acts = s->acts, .flags = s->flags, .tree = tree, .said = said, .data = s };
	return s;
}

static void act_on(struct story *s, int64_t document, const char *name, const char *day_iso, const char *input)
{
	int n = s->w.act_count++;

	s->acts[n] = (struct act){ .id = n + 1, .document_id = document, .name = talloc_strdup(s, name), .from = talloc_strdup(s, "a"), .to = talloc_strdup(s, "b"),
		.at = at(day_iso, 12), .day = on(day_iso) };
	s->said[n] = input;
}

static void act(struct story *s, const char *name, const char *day_iso) { act_on(s, 0, name, day_iso, NULL); }

static void document(struct story *s, const char *type, const char *created, const char *text)
{
	int n = s->w.document_count++;

	s->documents[n] = (struct document){ .id = 100 + n, .type = talloc_strdup(s, type), .agency = talloc_strdup(s, ""), .state = talloc_strdup(s, ""),
		.latest = text != NULL, .created = at(created, 10) };
	s->trees[n] = text;
}

static void flag(struct story *s, const char *name, const char *set, const char *lifted)
{
	s->flags[s->w.flag_count++] = (struct flag_row){ .name = talloc_strdup(s, name), .set = at(set, 10), .lifted = lifted == NULL ? 0 : at(lifted, 10) };
}

static char *notification(void *ctx, const char *kind, const char *more)
{
	return talloc_asprintf(ctx, "<notification><clock><aware-on>2026-03-26</aware-on><partners-told-on>2026-03-27</partners-told-on></clock>"
		"<type><kind>%s</kind></type>%s</notification>", kind, more);
}

static struct clock_view *find(struct story *s, const char *name)
{
	struct clock_view *list;
	int n = clocks_reckon(s, &s->w, &list);

	for (int i = 0; i < n; i++)
		if (strcmp(list[i].clock->name, name) == 0)
			return &list[i];
	return NULL;
}

static void due_is(struct story *s, const char *name, const char *iso)
{
	struct clock_view *v = find(s, name);

	if (v == NULL)
		fail_msg("%s has not started", name);
	else if (v->due == DAY_NONE || strcmp(date_iso(s, v->due), iso) != 0)
		fail_msg("%s: due %s, not %s", name, v->due == DAY_NONE ? "never" : date_iso(s, v->due), iso);
}

static void words_are(struct story *s, const char *name, const char *words)
{
	struct clock_view *v = find(s, name);

	assert_non_null(v);
	assert_string_equal(clocks_words(s, v), words);
}

static struct story *demo(void *ctx, const char *editions, const char *now)
{
	struct story *s = begin(ctx, editions, now, 9);

	document(s, "notification", "2026-03-30", notification(s, "serious-harm", ""));
	act(s, "notify", "2026-04-01");
	return s;
}

/* --- the reckoning ----------------------------------------------------------------------------------------------------------- */

/* The day of each row of the worked case: Easter lies in R4, the spring holiday in R16. */
static void days_of_the_worked_case(void **state)
{
	static const struct { const char *clock, *due; } expected[] = {
		{ "R1", "2026-04-02" }, { "R2", "2026-04-02" }, { "R4", "2026-04-24" }, { "R5", "2026-04-02" }, { "R6", "2026-04-02" }, { "R7", "2026-04-02" },
		{ "R8", "2026-04-14" }, { "R10", "2026-04-16" }, { "R11", "2026-04-17" }, { "R12", "2026-04-20" }, { "R13", "2026-04-23" }, { "R14", "2026-04-24" },
		{ "R16", "2026-06-03" }, { "R17", "2026-04-27" }, { "R18", "2026-04-30" }, { "R22", "2026-07-15" }, { "R20", "2026-07-15" },
	};
	struct story *s = demo(*state, NEW, "2026-05-20");

	document(s, "return", "2026-04-01", NULL);
	act(s, "send-requests", "2026-04-01");
	act(s, "hold-meeting", "2026-04-17");
	act(s, "sign", "2026-04-23");
	act(s, "submit-panel", "2026-04-24");
	act_on(s, 0, "panel-reply", "2026-05-19", "<do-panel-reply><letter-on>2026-05-19</letter-on><answer-due/></do-panel-reply>");
	for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
		due_is(s, expected[i].clock, expected[i].due);
	words_are(s, "R4", "Done on day 15");
	words_are(s, "R15", "Done on day 16");
	assert_null(find(s, "R3"));
	assert_null(find(s, "R21"));
	assert_null(find(s, "R26"));
}

/* Day 1 is the first working day after the trigger, whatever day and hour that was; Easter 2026 is from 3 to 6 April. */
static void fifteen_days(void **state)
{
	static const struct { const char *notified, *due; } rows[] = {
		{ "2026-04-01", "2026-04-24" }, { "2026-04-02", "2026-04-27" }, { "2026-04-03", "2026-04-27" }, { "2026-04-04", "2026-04-27" },
		{ "2026-04-05", "2026-04-27" }, { "2026-04-06", "2026-04-27" }, { "2026-04-07", "2026-04-28" }, { "2026-12-18", "2027-01-13" }, { "2027-03-25", "2027-04-19" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct story *s = begin(*state, NEW, rows[i].notified, 23);
		document(s, "notification", "2026-03-30", notification(s, "serious-harm", ""));
		act(s, "notify", rows[i].notified);
		s->acts[0].at = at(rows[i].notified, 23);      /* after hours */
		due_is(s, "R4", rows[i].due);
	}
}

static void holidays_are_data(void **state)
{
	struct story *s = demo(*state, NEW, "2026-04-01");
	FILE *file = fopen("/tmp/clocks-none.txt", "w");
	struct error error = { 0 };

	assert_non_null(file);
	fputs("from 2026-01-01\nuntil 2026-12-31\n", file);
	fclose(file);
	s->w.holidays = date_holidays_read(s, "/tmp/clocks-none.txt", &error);
	unlink("/tmp/clocks-none.txt");
	due_is(s, "R4", "2026-04-22");
	s->w.holidays = holidays(s, "2026-04-20 A one-off holiday");
	due_is(s, "R4", "2026-04-27");
	/* A day of Scotland's alone is on no list of England's: what a person adds to another file changes nothing. */
	s->w.holidays = holidays(s, "2026-11-30 Saint Andrew’s Day");
	due_is(s, "R4", "2026-04-24");
}

static void beyond_the_horizon_is_no_guess(void **state)
{
	struct story *s = begin(*state, NEW, "2027-12-20", 9);

	document(s, "notification", "2027-12-15", notification(s, "serious-harm", ""));
	act(s, "notify", "2027-12-20");
	assert_true(find(s, "R4")->beyond && find(s, "R4")->due == DAY_NONE && !find(s, "R4")->overdue);
	words_are(s, "R4", "The due date lies beyond the bank holidays that are known. Load the new list.");
	due_is(s, "R5", "2027-12-21");
}

static void an_older_edition_counts_from_awareness(void **state)
{
	struct story *s = begin(*state, OLD, "2026-03-30", 9);

	document(s, "notification", "2026-03-30", notification(s, "serious-harm", ""));
	due_is(s, "R4", "2026-04-20");
	act(s, "notify", "2026-04-01");
	due_is(s, "R4", "2026-04-20");
	act(s, "sign", "2026-04-17");
	due_is(s, "R14", "2026-04-20");
}

static void no_review_has_no_review_clocks(void **state)
{
	static const char *const none[] = { "R4", "R5", "R11", "R13" };

	for (int i = 0; i < 2; i++) {
		struct story *s = begin(*state, NEW, "2026-04-01", 9);
		document(s, "notification", "2026-03-30", notification(s, i == 0 ? "looked-after-death" : "care-leaver-death", ""));
		due_is(s, "R1", "2026-04-02");
		due_is(s, "R3", "2026-04-02");
		act(s, "notify", "2026-04-01");
		words_are(s, "R3", "Done on day 4");
		for (size_t k = 0; k < sizeof none / sizeof none[0]; k++)
			assert_null(find(s, none[k]));
	}
}

static void a_withdrawn_notification_ends_it(void **state)
{
	struct story *s = demo(*state, NEW, "2026-05-20");

	act(s, "withdraw-notification", "2026-04-09");
	words_are(s, "R4", "Done on day 4");
	assert_false(find(s, "R11")->overdue);
}

/* The three sign one after the other: only the last act moves the state, and only that one counts. */
static void a_quorum_counts_when_it_is_complete(void **state)
{
	struct story *s = demo(*state, NEW, "2026-04-24");

	act(s, "sign", "2026-04-21");
	s->acts[1].to = s->acts[1].from;
	act(s, "sign", "2026-04-22");
	s->acts[2].to = s->acts[2].from;
	assert_true(find(s, "R13")->stopped == DAY_NONE && find(s, "R13")->overdue);
	assert_null(find(s, "R17"));
	act(s, "sign", "2026-04-24");
	words_are(s, "R13", "Done on day 15, late");
	due_is(s, "R17", "2026-04-28");
}

static void a_named_day_is_the_due_day(void **state)
{
	struct story *s = demo(*state, NEW, "2026-05-20");

	act_on(s, 0, "panel-reply", "2026-05-19", "<do-panel-reply><letter-on>2026-05-19</letter-on><answer-due>2026-05-29</answer-due></do-panel-reply>");
	due_is(s, "R16", "2026-05-29");
	act(s, "answer-panel", "2026-05-29");
	words_are(s, "R16", "Done on day 7");
}

static void varied_by_an_act(void **state)
{
	struct story *s = demo(*state, NEW, "2026-04-20");

	act(s, "send-requests", "2026-04-01");
	due_is(s, "R10", "2026-04-16");
	act(s, "vary-meeting", "2026-04-21");
	s->acts[2].at = at("2026-04-16", 12);
	due_is(s, "R11", "2026-04-21");
	due_is(s, "R10", "2026-04-20");      /* the pack goes with the meeting */
	assert_non_null(find(s, "R11")->varied);
	assert_false(find(s, "R11")->overdue);
	due_is(s, "R4", "2026-04-24");
}

/* 35 of 40 days are used when the hold is set: 5 would be left, at least 15 run on from its lifting. */
static void a_hold_pauses(void **state)
{
	struct story *s = demo(*state, NEW, "2026-07-01");

	act_on(s, 0, "panel-reply", "2026-05-19", NULL);
	due_is(s, "R22", "2026-07-15");
	flag(s, "publication-hold", "2026-07-08", NULL);
	s->w.now = at("2026-08-03", 9);
	assert_true(find(s, "R22")->paused == on("2026-07-08") && find(s, "R22")->due == DAY_NONE && !find(s, "R22")->overdue);
	words_are(s, "R22", "On hold since 8 July 2026. When the hold ends, 15 working days are left");
	s->flags[0].lifted = at("2026-09-04", 10);
	s->w.now = at("2026-09-10", 9);
	due_is(s, "R22", "2026-09-25");
	assert_int_equal(find(s, "R22")->used, 39);
	act(s, "published", "2026-09-22");
	assert_false(find(s, "R22")->overdue);
	/* Early in the period all that is left runs on. */
	s->flags[0] = (struct flag_row){ .name = s->flags[0].name, .set = at("2026-05-22", 10), .lifted = at("2026-05-26", 10) };
	due_is(s, "R22", "2026-07-16");
	/* A hold that stood before the clock began: all 40 from its lifting. */
	s->flags[0].set = at("2026-05-01", 10);
	due_is(s, "R22", "2026-07-21");
}

/* Whatever holds publication holds its limit too. */
static void what_holds_publication_pauses_the_learning(void **state)
{
	struct plugin *p = load_plugin(*state);
	int holding = 0;

	for (int i = 0; i < p->clock_count; i++)
		for (int k = 0; strcmp(p->clocks[i].name, "R22") == 0 && k < p->flag_count; k++)
			if (text_in_list(p->flags[k].holds_transitions, "publish") && p->flags[k].holds_if == NULL) {
				holding++;
				if (!text_in_list(p->clocks[i].pauses, p->flags[k].name))
					fail_msg("%s does not pause R22", p->flags[k].name);
			}
	assert_int_equal(holding, 4);      /* two flags, the limit of a review and that of local learning */
}

static void a_hold_is_reviewed_again_and_again(void **state)
{
	struct story *s = demo(*state, NEW, "2026-07-09");

	act_on(s, 0, "hold-publication", "2026-07-08", "<do-hold><review-on>2026-12-01</review-on></do-hold>");
	flag(s, "publication-hold", "2026-07-08", NULL);
	due_is(s, "R23", "2026-10-08");
	act_on(s, 0, "renew-hold", "2026-10-05", "<do-hold><review-on>2026-11-12</review-on></do-hold>");
	due_is(s, "R23", "2026-11-12");      /* the day of the inquest comes before three months */
	act_on(s, 0, "renew-hold", "2026-11-12", "<do-hold><review-on/></do-hold>");
	due_is(s, "R23", "2026-12-01");      /* a day that was named when the hold was set still lies ahead */
	act_on(s, 0, "renew-hold", "2026-12-01", "<do-hold><review-on/></do-hold>");
	due_is(s, "R23", "2027-03-01");
	s->flags[0].lifted = at("2026-12-10", 10);
	s->w.now = at("2027-04-01", 9);
	assert_true(find(s, "R23")->stopped == on("2026-12-10") && !find(s, "R23")->overdue);
}

static void yearly(void **state)
{
	struct story *s = demo(*state, NEW, "2026-05-01");

	assert_null(find(s, "R25"));         /* the case came on 1 April itself: its acts stand from that day */
}

static void the_year_begins_in_april(void **state)
{
	struct story *s = begin(*state, NEW, "2027-05-01", 9);

	act(s, "notify", "2026-04-09");
	due_is(s, "R25", "2027-09-30");
	act(s, "count-yearly", "2027-06-01");
	s->w.now = at("2027-06-02", 9);
	assert_true(find(s, "R25")->stopped == on("2027-06-01"));
	s->w.now = at("2028-04-02", 9);
	due_is(s, "R25", "2028-09-30");
	assert_true(find(s, "R25")->stopped == DAY_NONE);
}

/* Each urgent action of the plan has a clock of its own, on its own day, and ends on its own. */
static void actions_have_their_own_days(void **state)
{
	struct story *s = demo(*state, NEW, "2026-05-01");
	struct clock_view *list;
	int n, found = 0;

	document(s, "actions", "2026-04-23", "<actions><actions><action><id>A1</id><urgent>yes</urgent><text>Interpreter</text><due>2026-04-20</due><completed-on>2026-04-20</completed-on></action>"
		"<action><id>A2</id><urgent>no</urgent><due>2026-06-30</due></action><action><id>A3</id><urgent>yes</urgent><text>Call back</text><due/></action>"
		"<action><id>A5</id><urgent>yes</urgent><due>2026-04-22</due></action>"
		"<action><id>A4</id><urgent>yes</urgent><due>2026-05-29</due><evidence><item><on>2026-04-30</on><accepted-by>Business unit</accepted-by></item></evidence></action></actions></actions>");
	n = clocks_reckon(s, &s->w, &list);
	for (int i = 0; i < n; i++) {
		if (strcmp(list[i].clock->name, "R19") != 0)
			continue;
		found++;
		assert_string_not_equal(list[i].row, "A2");
		if (strcmp(list[i].row, "A5") == 0)
			assert_true(list[i].overdue && list[i].due == on("2026-04-22"));      /* written into the plan after its day */
		else if (strcmp(list[i].row, "A3") == 0)
			assert_true(list[i].stopped == DAY_NONE && list[i].due == on("2026-05-08") && strcmp(list[i].row_name, "Call back") == 0);      /* ten days over the holiday of 4 May */
		else
			assert_true(list[i].stopped != DAY_NONE && !list[i].overdue);
	}
	assert_int_equal(found, 4);
	act_on(s, s->documents[1].id, "submit", "2026-04-24", NULL);
	due_is(s, "R24", "2026-07-24");
	act_on(s, s->documents[1].id, "submit", "2026-06-30", NULL);
	due_is(s, "R24", "2026-09-30");
}

static void silence_is_agreement(void **state)
{
	struct story *s = demo(*state, NEW, "2026-04-23");

	act(s, "fact-check", "2026-04-22");
	words_are(s, "R12-check", "Due today");
	s->w.now = at("2026-04-24", 9);
	words_are(s, "R12-check", "The time has passed");
	assert_false(find(s, "R12-check")->overdue);
}

static void hours_are_hours(void **state)
{
	struct story *s = begin(*state, NEW, "2026-04-03", 9);

	document(s, "notification", "2026-04-02", notification(s, "child-death", "<children><child><harm><when><written>2026-04-02</written></when><survived>no</survived></harm></child></children>"));
	due_is(s, "R26", "2026-04-03");
	assert_false(find(s, "R26")->overdue);
	s->w.now = at("2026-04-04", 1);
	assert_true(find(s, "R26")->overdue);
}

/* A death that came later is no field of the notification yet; the step tells its day, and the day the reviewers were told. */
static void a_death_that_is_recorded(void **state)
{
	struct story *s = demo(*state, NEW, "2026-04-15");

	assert_null(find(s, "R26"));
	act_on(s, 0, "record-death", "2026-04-15", "<do-record-death><died-on>2026-04-14</died-on></do-record-death>");
	due_is(s, "R26", "2026-04-15");
	assert_true(find(s, "R26")->stopped == DAY_NONE);
	s->said[s->w.act_count - 1] = "<do-record-death><died-on>2026-04-14</died-on><reviewers-told-on>2026-04-15</reviewers-told-on></do-record-death>";
	assert_true(find(s, "R26")->stopped == on("2026-04-15"));
	assert_false(find(s, "R26")->overdue);
}

static void the_day_is_nearly_over_from_four(void **state)
{
	struct story *s = demo(*state, NEW, "2026-04-24");

	assert_false(find(s, "R4")->warn);
	words_are(s, "R4", "Due today");
	s->w.now = at("2026-04-24", 16);
	assert_true(find(s, "R4")->warn && !find(s, "R4")->overdue);
	words_are(s, "R4", "Due today, by midnight");
	s->w.now = at("2026-04-25", 0);
	assert_true(find(s, "R4")->overdue);
	words_are(s, "R4", "Overdue");
	s->w.now = at("2026-04-27", 9);
	words_are(s, "R4", "Overdue by 1 working day");
}

static void chasers_have_their_days(void **state)
{
	static const char *const days[] = { "2026-04-10", "2026-04-14", "2026-04-15", "2026-04-16" };
	struct story *s = demo(*state, NEW, "2026-04-20");
	int n = 0;

	document(s, "return", "2026-04-01", NULL);
	for (int i = 0; i < s->w.plugin->nudge_count; i++)
		if (strcmp(s->w.plugin->nudges[i].clock, "R8") == 0)
			assert_string_equal(date_iso(s, clocks_nth(&s->w, find(s, "R8"), s->w.plugin->nudges[i].day)), days[n++]);
	assert_int_equal(n, 4);
}

static void the_file_of_holidays(void **state)
{
	static const char *const listed[] = { "2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31", "2026-12-25", "2026-12-28",
		"2027-01-01", "2027-03-26", "2027-03-29", "2027-05-03", "2027-05-31", "2027-08-30", "2027-12-27", "2027-12-28" };
	struct holidays *h = holidays(*state, NULL);
	int n = 0;

	for (size_t i = 0; i < sizeof listed / sizeof listed[0]; i++)
		assert_false(date_is_working(h, on(listed[i])));
	for (day d = on("2026-01-01"); d <= on("2027-12-31"); d++)
		n += date_weekday(d) <= 5 && !date_is_working(h, d);
	assert_int_equal(n, 16);
}

/* --- the table against the file ---------------------------------------------------------------------------------------------- */

struct sheet { char *lines[120]; int count; };

static struct sheet *read_sheet(void *ctx)
{
	struct sheet *sheet = talloc_zero(ctx, struct sheet);
	FILE *file = fopen(below(ctx, "tests/data/rapid-clocks.txt"), "rb");
	char line[500];

	assert_non_null(file);
	while (fgets(line, sizeof line, file) != NULL && sheet->count < 120)
		if (*line != '#' && *line != '\n')
			sheet->lines[sheet->count++] = talloc_strndup(sheet, line, strcspn(line, "\n"));
	fclose(file);
	return sheet;
}

static char *word_of(void *ctx, const struct sheet *sheet, const char *trigger_of)
{
	char *head = talloc_asprintf(ctx, "word\t%s\t", trigger_of);

	for (int i = 0; i < sheet->count; i++)
		if (text_starts(sheet->lines[i], head))
			return sheet->lines[i] + strlen(head);
	fail_msg("no line explains the word %s", trigger_of);
	return NULL;
}

static bool among(const char *triggers, const char *one)
{
	size_t n = strlen(one);

	for (const char *p = triggers; p != NULL; p = strchr(p, '|') == NULL ? NULL : strchr(p, '|') + 1)
		if (strncmp(p, one, n) == 0 && (p[n] == '|' || p[n] == '\0'))
			return true;
	return false;
}

/* Each of the words, divided by commas, stands for a trigger that must be among them. */
static bool all_among(void *ctx, const struct sheet *sheet, const char *triggers, const char *words)
{
	char *copy = talloc_strdup(ctx, words), *save = NULL;
	bool all = true;

	for (char *w = strtok_r(copy, ",", &save); w != NULL; w = strtok_r(NULL, ",", &save))
		all = all && among(triggers, word_of(ctx, sheet, w));
	return all;
}

static char *described(void *ctx, const struct dossier_clock *c, const char *start, const char *stop)
{
	static const char *const units[] = { "WD", "d", "m", "h" };

	return talloc_asprintf(ctx, "%s\t%s\t%d %s\t%s\t%s\t%s\t%s\t%s%s%s", c->name, start, (int)c->length, units[c->unit], stop, c->varies == NULL ? "-" : c->varies,
		c->pauses == NULL || *c->pauses == '\0' ? "-" : c->pauses, c->editions == NULL ? "-" : c->editions, c->statutory ? "statutory" : "local",
		c->track == NULL ? "" : "\t", c->track == NULL ? "" : c->track);
}

/* Does a clock of the plugin say what the line says? The words of the line stand for triggers. */
static bool fits(void *ctx, const struct sheet *sheet, const struct dossier_clock *c, const char *line)
{
	char *copy = talloc_strdup(ctx, line), *column[9] = { NULL }, *save = NULL;
	int n = 0;

	for (char *w = strtok_r(copy, "\t", &save); w != NULL && n < 9; w = strtok_r(NULL, "\t", &save))
		column[n++] = w;
	if (n < 8 || strcmp(column[0], c->name) != 0)
		return false;
	return all_among(ctx, sheet, c->starts, column[1]) && all_among(ctx, sheet, c->stops, column[3]) && strcmp(described(ctx, c, column[1], column[3]), line) == 0;
}

static void table_and_file_agree(void **state)
{
	struct sheet *sheet = read_sheet(*state);
	struct plugin *p = load_plugin(*state);
	int wrong = 0;

	for (int i = 0; i < sheet->count; i++) {
		int found = *sheet->lines[i] != 'R';
		for (int k = 0; !found && k < p->clock_count; k++)
			found = fits(sheet, sheet, &p->clocks[k], sheet->lines[i]);
		if (!found)
			printf("# not in the plugin: %s\n", sheet->lines[i]), wrong++;
	}
	for (int k = 0; k < p->clock_count; k++) {
		int found = 0;
		for (int i = 0; !found && i < sheet->count; i++)
			found = *sheet->lines[i] == 'R' && fits(sheet, sheet, &p->clocks[k], sheet->lines[i]);
		if (!found)
			printf("# not in the file: %s\n", described(sheet, &p->clocks[k], p->clocks[k].starts, p->clocks[k].stops)), wrong++;
		if (p->clocks[k].statutory ? text_starts(p->clocks[k].source, "Local default") : !text_starts(p->clocks[k].source, "Local default"))
			printf("# %s does not say what its limit is: %s\n", p->clocks[k].name, p->clocks[k].source), wrong++;
	}
	assert_int_equal(wrong, 0);
}

static void nudges_and_file_agree(void **state)
{
	struct sheet *sheet = read_sheet(*state);
	struct plugin *p = load_plugin(*state);
	int lines = 0;

	for (int i = 0; i < sheet->count; i++)
		lines += text_starts(sheet->lines[i], "nudge\t");
	assert_int_equal(lines, p->nudge_count);
	for (int k = 0; k < p->nudge_count; k++) {
		const struct dossier_nudge *n = &p->nudges[k];
		char *line = talloc_asprintf(sheet, "nudge\t%s\t%d\t%s\t%s", n->clock, (int)n->day, n->does, n->roles);
		int found = 0;
		for (int i = 0; !found && i < sheet->count; i++)
			found = strcmp(sheet->lines[i], line) == 0;
		if (!found)
			fail_msg("not in the file: %s", line);
	}
}

static int setup(void **state)
{
	*state = talloc_new(NULL);
	return 0;
}

static int teardown(void **state)
{
	talloc_free(*state);
	return 0;
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
	static const struct CMUnitTest tests[] = {
		T(days_of_the_worked_case), T(fifteen_days), T(holidays_are_data), T(beyond_the_horizon_is_no_guess), T(an_older_edition_counts_from_awareness),
		T(no_review_has_no_review_clocks), T(a_withdrawn_notification_ends_it), T(a_quorum_counts_when_it_is_complete), T(a_named_day_is_the_due_day),
		T(varied_by_an_act), T(a_hold_pauses), T(what_holds_publication_pauses_the_learning), T(a_hold_is_reviewed_again_and_again), T(yearly), T(actions_have_their_own_days), T(the_year_begins_in_april), T(silence_is_agreement), T(hours_are_hours), T(a_death_that_is_recorded),
		T(the_day_is_nearly_over_from_four), T(chasers_have_their_days), T(the_file_of_holidays), T(table_and_file_agree), T(nudges_and_file_agree),
	};

	xml_start();
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
