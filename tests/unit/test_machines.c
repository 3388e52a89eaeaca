/* The plugin's states, steps, flags and separations against a file that was written by hand from the domain, not from the plugin
 * (tests/data/rapid-machines.txt, which explains its columns): each line of the one must stand in the other. */
#include <dirent.h>
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
#include <dossier/plugin.h>
#include "base/text.h"

struct set { char **list; int count; };

static void add(struct set *set, char *line)
{
	set->list = talloc_realloc(set, set->list, char *, set->count + 1);
	set->list[set->count++] = talloc_steal(set, line);
}

static bool has(const struct set *set, const char *line)
{
	for (int i = 0; i < set->count; i++)
		if (strcmp(set->list[i], line) == 0)
			return true;
	return false;
}

/* Lists of states and roles are sets: in alphabetical order they compare as texts. */
static int by_text(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static char *sorted(void *ctx, const char *list)
{
	char *spaced = talloc_strdup(ctx, list == NULL ? "" : list), *words[64], *save = NULL, *out = talloc_strdup(ctx, "");
	int n = 0;

	for (char *w = strtok_r(spaced, " |", &save); w != NULL && n < 64; w = strtok_r(NULL, " |", &save))
		words[n++] = w;
	qsort(words, (size_t)n, sizeof *words, by_text);
	for (int i = 0; i < n; i++)
		out = talloc_asprintf_append(out, "%s%s", i == 0 ? "" : " ", words[i]);
	return out;
}

static char *read_whole(void *ctx, const char *path)
{
	char *text = talloc_zero_size(ctx, 200000);
	FILE *file = fopen(path, "rb");

	if (file == NULL || fread(text, 1, 199999, file) == 0)
		fail_msg("%s cannot be read", path);
	fclose(file);
	return text;
}

static const char *top(void) { return getenv("top_srcdir") ? getenv("top_srcdir") : "."; }

/* --- the file ----------------------------------------------------------------------------------------------------------- */

/* Columns that are lists, by kind of line. */
static bool is_list(const char *kind, int column)
{
	return (strcmp(kind, "edge") == 0 && (column == 2 || column == 5)) || (strcmp(kind, "flag") == 0 && (column == 2 || column == 3)) || strcmp(kind, "quorum") == 0 || (strcmp(kind, "track") == 0 && column > 1) || (strcmp(kind, "aside") == 0 && column == 3);
}

static struct set *read_file(void *ctx, struct set *asks)
{
	struct set *set = talloc_zero(ctx, struct set);
	char *text = read_whole(ctx, talloc_asprintf(ctx, "%s/tests/data/rapid-machines.txt", top())), *save = NULL;

	for (char *line = strtok_r(text, "\n", &save); line != NULL; line = strtok_r(NULL, "\n", &save)) {
		char *kind, *column = NULL, *out, *inner = NULL;
		int n = 0;
		if (*line == '#')
			continue;
		kind = strtok_r(line, "\t", &inner);
		out = talloc_strdup(ctx, kind);
		while ((column = strtok_r(NULL, "\t", &inner)) != NULL)
			out = talloc_asprintf_append(out, "\t%s", is_list(kind, ++n) || strcmp(kind, "asks") == 0 ? sorted(ctx, column) : column);
		add(strcmp(kind, "asks") == 0 ? asks : set, out);
	}
	return set;
}

/* --- the plugin ----------------------------------------------------------------------------------------------------------- */

static const struct dossier_plugin *load(void *ctx)
{
	const char *build = getenv("top_builddir");
	static const char *const places[] = { "plugins/.libs", ".libs" };

	for (int i = 0; i < 2; i++) {
		char *path = talloc_asprintf(ctx, "%s/%s/rapid.so", build ? build : ".", places[i]);
		void *handle = access(path, R_OK) == 0 ? dlopen(path, RTLD_NOW | RTLD_LOCAL) : NULL;
		if (handle != NULL)
			return dlsym(handle, "dossier_plugin");
	}
	fail_msg("rapid.so is not built");
	return NULL;
}
#define ROWS(p, table, type) ((const struct type *)(p)->table.rows)

/* The newest version of a form: the highest number of its files. */
static char *form_text(void *ctx, const char *id)
{
	for (int n = 9; n > 0; n--) {
		char *path = talloc_asprintf(ctx, "%s/forms/%s-%d.xml", top(), id, n);
		if (access(path, R_OK) == 0)
			return read_whole(ctx, path);
	}
	fail_msg("there is no form %s", id);
	return NULL;
}

static bool asks_for(void *ctx, const char *form, const char *field)
{
	char *path = talloc_asprintf(ctx, "/%s\"", field), *bind = form_text(ctx, form);

	for (char *c = path + 1; *c != '\0'; c++)
		if (*c == '.')
			*c = '/';
	for (bind = strstr(bind, "<bind nodeset=\""); bind != NULL; bind = strstr(bind + 1, "<bind nodeset=\"")) {
		const char *end = strchr(bind + 15, '"');
		const char *from = strchr(bind + 16, '/');      /* past the root's name */
		if (end != NULL && from != NULL && (size_t)(end - from + 1) == strlen(path) && strncmp(from, path, strlen(path)) == 0)
			return true;
	}
	return false;
}

static char *fields_of(void *ctx, const char *form)
{
	char *text = form_text(ctx, form), *out = talloc_strdup(ctx, "");

	for (char *bind = strstr(text, "<bind nodeset=\""); bind != NULL; bind = strstr(bind + 1, "<bind nodeset=\"")) {
		char *from = strchr(bind + 16, '/') + 1;
		out = talloc_asprintf_append(out, " %.*s", (int)strcspn(from, "\""), from);
	}
	return sorted(ctx, out);
}

static const char *kind_words(int kind) { return kind == DOSSIER_STATE_START ? "start" : kind == DOSSIER_STATE_END ? "end" : kind == DOSSIER_STATE_SIDE ? "side" : "normal"; }

/* A step that the file names as an aside is compared by name and roles: the states in which it is offered are its own affair. */
static void print_steps(void *ctx, const struct dossier_plugin *p, const struct set *wanted, struct set *set)
{
	for (uint32_t i = 0; i < p->transitions.count; i++) {
		const struct dossier_transition *t = &ROWS(p, transitions, dossier_transition)[i];
		const char *track = t->track == NULL ? "" : talloc_asprintf(ctx, "\t%s", t->track);
		char *aside = talloc_asprintf(ctx, "aside\t%s\t%s\t%s%s", t->machine, t->name, sorted(ctx, t->roles), track);
		if (strcmp(t->to, "=") == 0 && has(wanted, aside))
			add(set, aside);
		else
			add(set, talloc_asprintf(ctx, "edge\t%s\t%s\t%s\t%s\t%s%s", t->machine, sorted(ctx, t->from), t->to, t->name, sorted(ctx, t->roles), track));
		if (t->quorum != NULL)
			add(set, talloc_asprintf(ctx, "quorum\t%s\t%s\t%s", t->machine, t->name, sorted(ctx, t->quorum)));
		if (t->quorum_if != NULL)
			add(set, talloc_asprintf(ctx, "quorum-if\t%s\t%s\t%s", t->machine, t->name, t->quorum_if));
		if (t->marks != NULL)
			add(set, talloc_asprintf(ctx, "mark\t%s\t%s\t%s", t->machine, t->name, t->marks));
	}
}

static struct set *print_plugin(void *ctx, const struct dossier_plugin *p, const struct set *wanted)
{
	struct set *set = talloc_zero(ctx, struct set);

	for (uint32_t i = 0; i < p->states.count; i++) {
		const struct dossier_state *s = &ROWS(p, states, dossier_state)[i];
		add(set, talloc_asprintf(ctx, "state\t%s\t%s\t%s", s->machine, s->name, kind_words(s->kind)));
	}
	print_steps(ctx, p, wanted, set);
	for (uint32_t i = 0; i < p->flags.count; i++) {
		const struct dossier_flag *f = &ROWS(p, flags, dossier_flag)[i];
		add(set, talloc_asprintf(ctx, "flag\t%s\t%s\t%s", f->name, *f->holds_transitions == '\0' ? "-" : sorted(ctx, f->holds_transitions), fields_of(ctx, f->input)));
	}
	for (uint32_t i = 0; i < p->tracks.count; i++) {
		const struct dossier_track *t = &ROWS(p, tracks, dossier_track)[i];
		add(set, talloc_asprintf(ctx, "track\t%s\t%s\t%s\t%s\t%s", t->name, sorted(ctx, t->begins), sorted(ctx, t->ends), sorted(ctx, t->skips), sorted(ctx, t->waits)));
	}
	for (uint32_t i = 0; i < p->separations.count; i++) {
		const struct dossier_separation *s = &ROWS(p, separations, dossier_separation)[i];
		add(set, talloc_asprintf(ctx, "apart\t%s\t%s", s->act_a, s->act_b));
	}
	return set;
}

/* --- tests ---------------------------------------------------------------------------------------------------------------- */

static int missing(const struct set *from, const struct set *in, const char *words)
{
	int n = 0;

	for (int i = 0; i < from->count; i++)
		if (!has(in, from->list[i])) {
			printf("# %s: %s\n", words, from->list[i]);
			n++;
		}
	return n;
}

static void both_say_the_same(void **state)
{
	void *ctx = *state;
	struct set *asks = talloc_zero(ctx, struct set), *wanted = read_file(ctx, asks), *there = print_plugin(ctx, load(ctx), wanted);
	int n = missing(wanted, there, "only in the file") + missing(there, wanted, "only in the plugin");

	assert_true(wanted->count > 150);
	assert_int_equal(n, 0);
}

static void steps_ask_what_they_must(void **state)
{
	void *ctx = *state;
	struct set *asks = talloc_zero(ctx, struct set);
	const struct dossier_plugin *p = load(ctx);

	read_file(ctx, asks);
	assert_true(asks->count > 15);
	for (int i = 0; i < asks->count; i++) {
		char *save = NULL, *machine, *step, *field;
		const struct dossier_transition *t = NULL;
		strtok_r(asks->list[i], "\t", &save);
		machine = strtok_r(NULL, "\t", &save);
		step = strtok_r(NULL, "\t", &save);
		for (uint32_t k = 0; k < p->transitions.count; k++)
			if (strcmp(ROWS(p, transitions, dossier_transition)[k].name, step) == 0 && strcmp(ROWS(p, transitions, dossier_transition)[k].machine, machine) == 0)
				t = &ROWS(p, transitions, dossier_transition)[k];
		if (t == NULL || t->input == NULL)
			fail_msg("the step %s of %s asks nothing", step, machine);
		while ((field = strtok_r(NULL, " ", &save)) != NULL)
			if (!asks_for(ctx, t->input, field))
				fail_msg("the step %s of %s does not ask %s", step, machine, field);
	}
}

/* Each flag can be set and lifted, in any state; each asks with its own form. */
static void flags_are_set_and_lifted(void **state)
{
	const struct dossier_plugin *p = load(*state);

	for (uint32_t i = 0; i < p->flags.count; i++) {
		const struct dossier_flag *f = &ROWS(p, flags, dossier_flag)[i];
		int sets = 0, lifts = 0;
		for (uint32_t k = 0; k < p->transitions.count; k++) {
			const struct dossier_transition *t = &ROWS(p, transitions, dossier_transition)[k];
			bool set = t->sets_flag != NULL && text_in_list(t->sets_flag, f->name), lift = t->lifts_flag != NULL && text_in_list(t->lifts_flag, f->name);
			if (!set && !lift)
				continue;
			assert_string_equal(t->from, "*");
			assert_string_equal(t->to, "=");
			assert_non_null(t->input);
			sets += set && !lift;
			lifts += lift && !set;
		}
		if (sets == 0 || lifts == 0)
			fail_msg("flag %s: set by %d steps, lifted by %d", f->name, sets, lifts);
	}
}

/* From every state that is no end there is a way on, and every state can be reached. */
static void no_state_is_a_trap(void **state)
{
	const struct dossier_plugin *p = load(*state);

	for (uint32_t i = 0; i < p->states.count; i++) {
		const struct dossier_state *s = &ROWS(p, states, dossier_state)[i];
		bool in = s->kind == DOSSIER_STATE_START, out = s->kind == DOSSIER_STATE_END;
		static const char *const last[] = { "redirected", "reaffirmed" };      /* ends of a return and of a page; neither closes a case */
		for (uint32_t k = 0; k < p->transitions.count; k++) {
			const struct dossier_transition *t = &ROWS(p, transitions, dossier_transition)[k];
			in = in || (strcmp(t->machine, s->machine) == 0 && strcmp(t->to, s->name) == 0);
			out = out || (strcmp(t->machine, s->machine) == 0 && text_in_list(t->from, s->name) && strcmp(t->to, "=") != 0);
		}
		for (size_t k = 0; k < sizeof last / sizeof last[0]; k++)
			out = out || strcmp(s->name, last[k]) == 0;
		if (!in || !out)
			fail_msg("%s %s: %s", s->machine, s->name, in ? "no step leads out of it" : "no step leads to it");
	}
}

/* The test can fail: a line too many on either side is seen. */
static void a_changed_line_is_seen(void **state)
{
	void *ctx = *state;
	struct set *asks = talloc_zero(ctx, struct set), *wanted = read_file(ctx, asks), *there = print_plugin(ctx, load(ctx), wanted);

	add(wanted, talloc_strdup(ctx, "state\tcase\tNOWHERE\tnormal"));
	assert_int_equal(missing(wanted, there, "planted"), 1);
	there->count--;
	assert_int_equal(missing(wanted, there, "planted"), 2);
}

static int setup(void **state) { *state = talloc_new(NULL); return 0; }
static int teardown(void **state) { talloc_free(*state); return 0; }
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(both_say_the_same), TEST(steps_ask_what_they_must), TEST(flags_are_set_and_lifted), TEST(no_state_is_a_trap), TEST(a_changed_line_is_seen),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
