/* The plugin's table of rights against a file that was written by hand from the domain, not from the plugin
 * (tests/data/rapid-rights.txt, which explains its columns). Each cell that differs is printed. */
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
#include "base/text.h"
#include "case/may.h"

#define BEFORE "INCIDENT_KNOWN SIN_CONSIDERATION SIN_SUBMITTED RR_OPEN SCOPING_SENT RETURNS_OPEN RETURNS_COMPLETE RETURNS_CLOSED_WITH_GAPS"
#define LEARNING "LEARNING_DRAFT REDACTION IG_CLEARED SCHEDULED PUBLISHED"
#define AFTER "PACK_RELEASED MEETING_HELD DRAFT_REPORT FACT_CHECK PARTNERS_SIGNED SUBMITTED_PANEL PANEL_REPLY DECISION_CONFIRMED NO_LCSPR " LEARNING
#define EDITION "working-together=2023"

struct line { int number; char *roles, *objects, *actions, *states; bool yes, own, other, part, whole, reason; };
struct sheet { struct line *lines; int count; };
struct cell { const char *role, *object, *action, *state; bool own; const struct line *line; };
struct cells { struct cell *list; int count; };

/* --- the file ----------------------------------------------------------------------------------------------------------- */

static char *read_whole(void *ctx, const char *below)
{
	const char *top = getenv("top_srcdir");
	char *path = talloc_asprintf(ctx, "%s/%s", top ? top : ".", below), *text = talloc_zero_size(ctx, 200000);
	FILE *file = fopen(path, "rb");

	if (file == NULL || fread(text, 1, 199999, file) == 0)
		fail_msg("%s cannot be read", path);
	fclose(file);
	return text;
}

static void read_condition(struct sheet *sheet, struct line *line, const char *words)
{
	char *word;

	while ((word = text_next_word(sheet, &words)) != NULL) {
		if (strcmp(word, "own") == 0)
			line->own = true;
		else if (strcmp(word, "other") == 0)
			line->other = true;
		else if (strcmp(word, "part") == 0)
			line->part = true;
		else if (strcmp(word, "whole") == 0)
			line->whole = true;
		else if (strcmp(word, "reason") == 0)
			line->reason = true;
		else if (strcmp(word, "before") == 0)
			line->states = talloc_strdup(sheet, BEFORE);
		else if (strcmp(word, "after") == 0)
			line->states = talloc_strdup(sheet, AFTER);
		else if (strcmp(word, "LEARNING") == 0)
			line->states = talloc_strdup(sheet, LEARNING);
		else
			line->states = word;
	}
}

/* What a line leaves open: the states in which the object can stand, and both kinds of agency. */
static void fill_defaults(struct sheet *sheet, struct line *line)
{
	bool late = strstr(line->objects, "learning") != NULL || strstr(line->objects, "publication") != NULL;

	if (line->states == NULL)
		line->states = talloc_strdup(sheet, late ? LEARNING : BEFORE " " AFTER);
	if (!line->own && !line->other)
		line->own = line->other = true;
}

static void read_line(struct sheet *sheet, char *text, int number)
{
	struct line line = { .number = number };
	char *column[5] = { NULL }, *save = NULL;
	int n = 0;

	for (char *c = strtok_r(text, "\t", &save); c != NULL; c = strtok_r(NULL, "\t", &save)) {
		if (n == 5)
			fail_msg("line %d: more than five columns", number);
		column[n++] = c;
	}
	if (n < 4 || (strcmp(column[3], "yes") != 0 && strcmp(column[3], "no") != 0))
		fail_msg("line %d: role, object, action, yes or no", number);
	line.roles = column[0];
	line.objects = column[1];
	line.actions = column[2];
	line.yes = strcmp(column[3], "yes") == 0;
	if (n == 5)
		read_condition(sheet, &line, column[4]);
	fill_defaults(sheet, &line);
	sheet->lines = talloc_realloc(sheet, sheet->lines, struct line, sheet->count + 1);
	sheet->lines[sheet->count++] = line;
}

static struct sheet *read_sheet(void *ctx)
{
	struct sheet *sheet = talloc_zero(ctx, struct sheet);
	char *text = read_whole(sheet, "tests/data/rapid-rights.txt"), *end;

	for (int number = 1; *text != '\0'; text = end, number++) {
		end = strchr(text, '\n');
		if (end != NULL)
			*end++ = '\0';
		else
			end = text + strlen(text);
		if (*text != '\0' && *text != '#')
			read_line(sheet, text, number);
	}
	return sheet;
}

static bool of_agency(const char *object)
{
	return strcmp(object, "return") == 0 || strcmp(object, "request") == 0 || strcmp(object, "progress") == 0;
}

static void add_cells(struct cells *cells, struct line *line, const char *role, const char *object, const char *action)
{
	const char *states = line->states;
	char *state;

	while ((state = text_next_word(cells, &states)) != NULL)
		for (int own = 0; own < 2; own++) {
			if (of_agency(object) ? (own ? !line->own : !line->other) : own)
				continue;
			cells->list = talloc_realloc(cells, cells->list, struct cell, cells->count + 1);
			cells->list[cells->count++] = (struct cell){ role, object, action, state, own, line };
		}
}

static struct cells *read_cells(void *ctx)
{
	struct sheet *sheet = read_sheet(ctx);
	struct cells *cells = talloc_zero(ctx, struct cells);

	for (int i = 0; i < sheet->count; i++) {
		const char *roles = sheet->lines[i].roles;
		char *role, *object, *action;
		while ((role = text_next_word(cells, &roles)) != NULL) {
			const char *objects = sheet->lines[i].objects;
			while ((object = text_next_word(cells, &objects)) != NULL) {
				const char *actions = sheet->lines[i].actions;
				while ((action = text_next_word(cells, &actions)) != NULL)
					add_cells(cells, &sheet->lines[i], role, object, action);
			}
		}
	}
	return cells;
}

/* --- the plugin ----------------------------------------------------------------------------------------------------------- */

static char *plugin_path(void *ctx)
{
	const char *build = getenv("top_builddir"), *given = getenv("DOSSIER_PLUGINS");
	static const char *const places[] = { "plugins/.libs", ".libs" };
	char *path;

	if (given != NULL)
		return talloc_asprintf(ctx, "%s/rapid.so", given);
	for (int i = 0; i < 2; i++) {
		path = talloc_asprintf(ctx, "%s/%s/rapid.so", build ? build : ".", places[i]);
		if (access(path, R_OK) == 0)
			return path;
	}
	fail_msg("rapid.so is built neither in plugins/.libs nor in .libs of the build folder; DOSSIER_PLUGINS may name another");
	return NULL;
}

/* Without the server's loader: only rights, roles and states are asked, so neither forms nor stylesheets are needed. */
static struct plugin *load_plugin(void *ctx)
{
	char *path = plugin_path(ctx);
	void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	const struct dossier_plugin *d = handle == NULL ? NULL : dlsym(handle, "dossier_plugin");
	struct plugin *p = talloc_zero(ctx, struct plugin);

	if (d == NULL)
		fail_msg("%s", dlerror());
	p->descriptor = d;
	p->name = d->name;
	p->rights = talloc_array(p, struct dossier_right, d->rights.count + 1);
	p->roles = talloc_array(p, struct dossier_role, d->roles.count + 1);
	p->states = talloc_array(p, struct dossier_state, d->states.count + 1);
	assert_int_equal(d->rights.row_size, sizeof *p->rights);
	assert_int_equal(d->roles.row_size, sizeof *p->roles);
	assert_int_equal(d->states.row_size, sizeof *p->states);
	memcpy(p->rights, d->rights.rows, sizeof *p->rights * d->rights.count);
	memcpy(p->roles, d->roles.rows, sizeof *p->roles * d->roles.count);
	memcpy(p->states, d->states.rows, sizeof *p->states * d->states.count);
	p->right_count = (int)d->rights.count;
	p->role_count = (int)d->roles.count;
	p->state_count = (int)d->states.count;
	return p;
}

/* --- asking --------------------------------------------------------------------------------------------------------------- */

/* The role is the actor's role in the case and, where an account can bear that name, outside it: an administrator is asked as such. */
static struct may_answer ask(const struct plugin *p, const struct cell *cell)
{
	struct actor actor = { .account = 1, .pub = "", .login = "", .name = "", .roles = cell->role, .agency = "agency-a" };
	struct case_row c = { .id = 1, .plugin = "rapid", .editions = EDITION };
	struct may_about about = { p, &c, cell->role, of_agency(cell->object) ? (cell->own ? "agency-a" : "agency-b") : "" };

	c.state = (char *)(uintptr_t)cell->state;
	return may(&actor, cell->action, cell->object, &about);
}

static bool agrees(const struct plugin *p, const struct cell *cell)
{
	struct may_answer answer = ask(p, cell);

	if (answer.yes != cell->line->yes)
		return false;
	if (answer.yes && cell->line->reason != answer.reason)
		return false;
	return !answer.yes || ((!cell->line->part || answer.view != NULL) && (!cell->line->whole || answer.view == NULL));
}

/* How many cells differ. Printed is each line once, with the first state in which it differs and in how many more. */
static int differing(const struct plugin *p, const struct cells *cells, bool print)
{
	int n = 0;

	for (int i = 0; i < cells->count; i++) {
		const struct cell *first = &cells->list[i];
		int here = 0, asked = 0, from = i;
		for (; i < cells->count && cells->list[i].line == first->line && cells->list[i].role == first->role
		       && cells->list[i].object == first->object && cells->list[i].action == first->action; i++) {
			asked++;
			if (!agrees(p, &cells->list[i]) && here++ == 0)
				from = i;
		}
		i--;
		if (here > 0 && print)
			printf("# line %d: %s %s %s: %s, but the plugin says otherwise in %s%s (%d of %d cells)\n", first->line->number, first->role, first->action,
				first->object, first->line->yes ? (first->line->part ? "yes, in part" : "yes") : "no", cells->list[from].state,
				cells->list[from].own ? ", own agency" : "", here, asked);
		n += here;
	}
	return n;
}

/* --- tests ---------------------------------------------------------------------------------------------------------------- */

static void cells_agree(void **state)
{
	struct plugin *p = load_plugin(*state);
	struct cells *cells = read_cells(*state);
	int n = differing(p, cells, true);

	printf("# %d cells asked\n", cells->count);
	assert_true(cells->count > 5000);
	assert_int_equal(n, 0);
}

static int by_cell(const void *left, const void *right)
{
	const struct cell *a = left, *b = right;
	int order = strcmp(a->role, b->role);

	if (order == 0)
		order = strcmp(a->object, b->object);
	if (order == 0)
		order = strcmp(a->action, b->action);
	if (order == 0)
		order = strcmp(a->state, b->state);
	return order != 0 ? order : (int)a->own - (int)b->own;
}

static void no_line_contradicts_another(void **state)
{
	struct cells *cells = read_cells(*state);

	qsort(cells->list, (size_t)cells->count, sizeof *cells->list, by_cell);
	for (int i = 1; i < cells->count; i++) {
		const struct cell *a = &cells->list[i - 1], *b = &cells->list[i];
		if (by_cell(a, b) == 0 && a->line->yes != b->line->yes)
			fail_msg("lines %d and %d: %s %s %s in %s", a->line->number, b->line->number, a->role, a->action, a->object, a->state);
	}
}

/* Every state of the file is one of the plugin's: a misspelt one would be asked of nobody. */
static void states_are_known(void **state)
{
	struct plugin *p = load_plugin(*state);
	struct cells *cells = read_cells(*state);

	for (int i = 0; i < cells->count; i++)
		if (plugin_state_order(p, "case", cells->list[i].state) < 0)
			fail_msg("line %d: there is no state %s", cells->list[i].line->number, cells->list[i].state);
}

static bool asked(const struct cells *cells, const char *role, const char *object)
{
	for (int i = 0; i < cells->count; i++)
		if (strcmp(cells->list[i].role, role) == 0 && strcmp(cells->list[i].object, object) == 0)
			return true;
	return false;
}

static void every_role_is_asked_of_every_object(void **state)
{
	static const char *const objects[] = { "notification", "register", "request", "return", "report", "learning", "publication", "sealed", "advice" };
	struct plugin *p = load_plugin(*state);
	struct cells *cells = read_cells(*state);

	for (int i = 0; i < p->role_count; i++)
		for (size_t o = 0; o < sizeof objects / sizeof objects[0]; o++)
			if (!asked(cells, p->roles[i].name, objects[o]))
				fail_msg("the file says nothing of %s and %s", p->roles[i].name, objects[o]);
}

/* The test can fail: a right too many and a right too few are both seen. */
static void a_changed_table_is_seen(void **state)
{
	struct plugin *p = load_plugin(*state);
	struct cells *cells = read_cells(*state);
	int before = differing(p, cells, false), count = p->right_count;
	struct dossier_right *more = talloc_zero_array(p, struct dossier_right, p->right_count + 1);

	p->right_count = 0;
	assert_true(differing(p, cells, false) > before);
	memcpy(more, p->rights, sizeof *more * (size_t)count);
	more[count] = (struct dossier_right){ .role = "publisher", .object = "register", .actions = "read", .scope = "case" };
	p->rights = more;
	p->right_count = count + 1;
	assert_true(differing(p, cells, false) > before);
}

static int setup(void **state) { *state = talloc_new(NULL); return 0; }
static int teardown(void **state) { talloc_free(*state); return 0; }
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(no_line_contradicts_another), T(states_are_known), T(every_role_is_asked_of_every_object), T(a_changed_table_is_seen), T(cells_agree),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("rights", tests, NULL, NULL);
}
