/* The fields of a rapid review's documents against a table that was written by hand from the domain (tests/data/rapid-fields.txt, which explains its
 * columns): the newest version of each form, both ways. Each difference is printed. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <talloc.h>
#include "base/text.h"
#include "form/bind.h"

#define TABLE "tests/data/rapid-fields.txt"

struct line { int number; const char *form, *path, *type, *required, *by, *class; bool step, ours; const char *why; };
struct table { struct line *lines; int count; };

static struct xml_doc *lists;
static int differences;

static char *below(void *ctx, const char *path)
{
	const char *top = getenv("top_srcdir");
	return talloc_asprintf(ctx, "%s/%s", top != NULL ? top : ".", path);
}

static char *read_whole(void *ctx, const char *path)
{
	char *text = talloc_zero_size(ctx, 1 << 19);
	FILE *file = fopen(below(ctx, path), "rb");

	if (file == NULL || fread(text, 1, (1 << 19) - 1, file) == 0)
		fail_msg("%s cannot be read", path);
	fclose(file);
	return text;
}

/* --- the table ---------------------------------------------------------------------------------------------------------- */

/* The first `n` words of a line; what follows them is left in *rest_r. */
static int words_of(void *ctx, const char *text, int n, const char **word, const char **rest_r)
{
	int i = 0;

	for (const char *at = text; i < n && *(at += strspn(at, " \t")) != '\0'; i++) {
		size_t length = strcspn(at, " \t");
		word[i] = talloc_strndup(ctx, at, length);
		at += length;
		*rest_r = at + strspn(at, " \t");
	}
	return i;
}

static bool is_surface(const char *word)
{
	return text_in_list("PSEUDO ROLE YEAR MONTHS BAND AREA NEUTRAL DROP", word);
}

static void read_line(struct table *t, char *text, int number, const char *form)
{
	struct line line = { .number = number, .form = form };
	const char *word[6], *rest = "";
	int from, n;

	line.step = text_starts(text, "step ");
	line.ours = text_starts(text, "ours ");
	from = line.step || line.ours ? 5 : 0;
	n = words_of(t, text + from, line.step ? 2 : 5, word, &rest);
	if (n < (line.step ? 2 : 5))
		fail_msg("%s:%d: path, type, required, by, class", TABLE, number);
	line.path = word[line.step];
	if (line.step)
		line.form = word[0];
	else
		line.type = word[1], line.required = word[2], line.by = word[3], line.class = word[4];
	if (!line.step && words_of(t, rest, 1, word, &line.why) == 1 && is_surface(word[0])) {
		line.class = talloc_asprintf(t, "%s %s", line.class, word[0]);
		rest = line.why;
	}
	if ((line.ours || line.step) == (*rest == '\0'))
		fail_msg("%s:%d: what differs says why, and nothing else does", TABLE, number);
	t->lines = talloc_realloc(t, t->lines, struct line, t->count + 1);
	t->lines[t->count++] = line;
}

static struct table *read_table(void *ctx)
{
	struct table *t = talloc_zero(ctx, struct table);
	char *text = read_whole(t, TABLE), *end, *form = NULL;

	for (int number = 1; *text != '\0'; text = end, number++) {
		end = text + strcspn(text, "\n");
		if (*end != '\0')
			*end++ = '\0';
		if (*text == '[')
			form = talloc_strndup(t, text + 1, strcspn(text, "]") - 1);
		else if (*text != '\0' && *text != '#' && !text_starts(text, "none "))
			read_line(t, text, number, form);
	}
	return t;
}

/* --- the forms ---------------------------------------------------------------------------------------------------------- */

static int newest(void *ctx, const char *id)
{
	const char *slash = strrchr(id, '/');
	DIR *dir = opendir(below(ctx, talloc_asprintf(ctx, "forms/%.*s", (int)(slash - id), id)));
	size_t length = strlen(slash + 1);
	struct dirent *entry;
	int best = 0;

	assert_non_null(dir);
	while ((entry = readdir(dir)) != NULL)
		if (strncmp(entry->d_name, slash + 1, length) == 0 && entry->d_name[length] == '-' && atoi(entry->d_name + length + 1) > best)
			best = atoi(entry->d_name + length + 1);
	closedir(dir);
	return best;
}

static struct form *read_form(void *ctx, const char *id)
{
	struct error error = {0};
	char *path = talloc_asprintf(ctx, "forms/%s-%d.xml", id, newest(ctx, id)), *text = read_whole(ctx, path);
	struct form *form = form_read(ctx, text, strlen(text), path, lists, &error);

	if (form == NULL)
		fail_msg("%s:%d: %s", path, error.line, error.say);
	return form;
}

static const char *type_of(const struct field *f)
{
	static const char *const letters[FIELD_TYPES] = { [FIELD_STRING] = "t", [FIELD_TEXT] = "T", [FIELD_PROSE] = "T", [FIELD_INT] = "n", [FIELD_DATE] = "d", [FIELD_TIME] = "h",
		[FIELD_WHEN] = "D", [FIELD_REF] = "ref", [FIELD_REFS] = "ref[]", [FIELD_ONE] = "c", [FIELD_MANY] = "c+", [FIELD_YES_NO] = "b", [FIELD_NHS] = "nhs", [FIELD_ATTACHMENT] = "file" };
	return f->type < FIELD_TYPES && letters[f->type] != NULL ? letters[f->type] : "?";
}

static const char *required_of(const struct field *f)
{
	return f->calculate != NULL || f->readonly != NULL ? "auto" : f->required_always ? "M" : f->required != NULL ? "C" : "O";
}

static const char *by_of(void *ctx, const struct field *f)
{
	char *by = talloc_strdup(ctx, f->from == NULL ? "-" : f->from);

	for (char *c = by; *c != '\0'; c++)
		if (*c == ' ')
			*c = '+';
	return by;
}

static const char *class_of(void *ctx, const struct field *f)
{
	static const char *const classes[] = { [CLASS_CONFIDENTIAL] = "CONF", [CLASS_IDENTIFIER] = "PI", [CLASS_PUBLIC] = "PUB" };
	static const char *const surfaces[] = { [AS_NONE] = "", [AS_PSEUDONYM] = " PSEUDO", [AS_ROLE] = " ROLE", [AS_YEAR] = " YEAR", [AS_MONTH] = " MONTHS",
		[AS_RELATIVE] = " MONTHS", [AS_AGE_BAND] = " BAND", [AS_AREA] = " AREA", [AS_NEUTRAL] = " NEUTRAL", [AS_DROP] = " DROP" };
	return talloc_asprintf(ctx, "%s%s", classes[f->class], surfaces[f->as]);
}

/* --- one against the other ---------------------------------------------------------------------------------------------- */

static void same(const struct line *l, const char *what, const char *wanted, const char *is)
{
	if (strcmp(wanted, is) == 0)
		return;
	print_message("# %s:%d: %s %s: %s is %s in the form, %s in the table\n", TABLE, l->number, l->form, l->path, what, is, wanted);
	differences++;
}

static void compare(void *ctx, const struct line *l, const struct form *form)
{
	const struct field *f = form_field(form, l->path);

	if (f == NULL) {
		print_message("# %s:%d: %s has no field %s\n", TABLE, l->number, l->form, l->path);
		differences++;
		return;
	}
	if (l->step)
		return;
	same(l, "type", l->type, type_of(f));
	same(l, "required", l->required, required_of(f));
	same(l, "by", l->by, by_of(ctx, f));
	same(l, "class", l->class, class_of(ctx, f));
}

static void find(const struct table *t, const struct form *form, const struct field *f)
{
	int n = 0;

	for (int i = 0; i < t->count; i++)
		n += !t->lines[i].step && strcmp(t->lines[i].form, form->id) == 0 && strcmp(t->lines[i].path, f->pattern) == 0;
	if (n != 1) {
		print_message("# %s: %s stands %d times in the table\n", form->id, f->pattern, n);
		differences++;
	}
}

static void test_fields(void **state)
{
	struct table *t = *state;
	const struct form *form = NULL;

	for (int i = 0; i < t->count; i++) {
		const struct line *l = &t->lines[i];
		if (l->step) {
			compare(t, l, read_form(t, l->form));
			continue;
		}
		if (form == NULL || strcmp(form->id, l->form) != 0) {
			form = read_form(t, l->form);
			for (int k = 0; k < form->field_count; k++)
				find(t, form, &form->fields[k]);
		}
		compare(t, l, form);
	}
	assert_true(t->count > 600);
	assert_int_equal(differences, 0);
}

/* The table itself must be able to fail: a field that is not there, and one that is otherwise. */
static void test_sees(void **state)
{
	struct table *t = *state;
	const struct form *form = read_form(t, "rapid/return");
	struct line missing = { 0, "rapid/return", "head.nothing", "t", "M", "-", "CONF", false, false, NULL };
	struct line other = { 0, "rapid/return", "head.author", "T", "O", "rr_chair", "PI DROP", false, false, NULL };

	differences = 0;
	compare(t, &missing, form);
	assert_int_equal(differences, 1);
	compare(t, &other, form);
	assert_int_equal(differences, 5);
	differences = 0;
}

/* --- editions ----------------------------------------------------------------------------------------------------------- */

/* Is the field missing from an empty document of a case under that edition? */
static bool is_asked(void *ctx, const char *id, const char *section, const char *path, const char *edition)
{
	struct error error = {0};
	struct xml_doc *c = xml_new(ctx, "case");
	struct xpath_instance instance = { "case", c };
	struct judge judge = { .form = read_form(ctx, id), .instances = &instance, .instance_count = 1 };
	struct faults *faults = faults_new(ctx, 200);

	xml_set(xml_root(c), "working-together", edition);
	if (judge_document(ctx, &judge, judge.form->empty, section, faults, &error) != 0)
		fail_msg("%s", error.say);
	for (int i = 0; i < faults->count; i++)
		if (strcmp(faults->list[i].where, path) == 0)
			return true;
	return false;
}

/* Four purposes until 2018, five since: the one on inequality is not missing from an older case. */
static void test_editions(void **state)
{
	static const struct { const char *form, *section, *path; } rows[] = {
		{ "rapid/return", "prompts", "prompts.inequality.text" }, { "rapid/report", "context", "context.text" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		assert_true(is_asked(*state, rows[i].form, rows[i].section, rows[i].path, "2023"));
		assert_false(is_asked(*state, rows[i].form, rows[i].section, rows[i].path, "2018"));
	}
	assert_true(is_asked(*state, "rapid/return", "prompts", "prompts.capacity.answer", "2018"));
}

static int start(void **state)
{
	struct error error = {0};

	xml_start();
	*state = read_table(NULL);
	lists = xml_read_file(*state, below(*state, "forms/shared/lists.xml"), &error);
	return lists == NULL ? -1 : 0;
}

static int stop(void **state)
{
	talloc_free(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_sees), cmocka_unit_test(test_fields), cmocka_unit_test(test_editions) };

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, start, stop);
}
