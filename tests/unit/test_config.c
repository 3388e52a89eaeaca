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
#include "base/config.h"

static char path[] = "/tmp/dossier-config-XXXXXX";

static struct config *read_text(void *ctx, const char *text, struct error *error)
{
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	return config_read(ctx, path, error);
}

static void test_defaults(void **state)
{
	(void)state;
	struct error error = {0};
	struct config *c = read_text(NULL, "", &error);
	assert_non_null(c);
	assert_int_equal(c->profile, PROFILE_PRODUCTION);
	assert_string_equal(c->sandbox, "required");
	assert_string_equal(c->data_dir, "/var/lib/dossier");
	assert_string_equal(c->socket, "/var/lib/dossier/run/dossier.sock");
	assert_string_equal(c->master_key, "/var/lib/dossier/keys/master");
	assert_int_equal(c->workers, 0);
	assert_int_equal(c->clock_offset, 0);
	assert_int_equal(c->max_xml, 4 * 1024 * 1024);
	assert_int_equal(c->max_form, 1024 * 1024);
	assert_int_equal(c->max_other, 64 * 1024);
	assert_int_equal(c->max_attachment, 20 * 1024 * 1024);
	assert_int_equal(c->max_fields, 2000);
	assert_int_equal(c->request_seconds, 10);
	assert_int_equal(c->request_megabytes, 256);
	talloc_free(c);
}

static void test_values(void **state)
{
	(void)state;
	struct error error = {0};
	struct config *c = read_text(NULL,
		"# a comment\n"
		"\n"
		"  profile = test  \r\n"
		"partnership=A = B # not a comment\n"
		"base_url = http://localhost:8080\n"
		"data_dir = /tmp/x\n"
		"share_dir = /tmp/share\n"
		"socket = /tmp/s.sock\n"
		"sandbox = off\n"
		"workers = 3\n"
		"contact = \n"
		"clock_offset = -86400", &error);
	assert_non_null(c);
	assert_int_equal(c->profile, PROFILE_TEST);
	assert_string_equal(c->partnership, "A = B # not a comment");
	assert_string_equal(c->socket, "/tmp/s.sock");
	assert_string_equal(c->master_key, "/tmp/x/keys/master");
	assert_string_equal(c->holidays, "/tmp/share/data/holidays-england.txt");
	assert_string_equal(c->contact, "");
	assert_string_equal(c->sandbox, "off");
	assert_int_equal(c->workers, 3);
	assert_int_equal(c->clock_offset, -86400);
	talloc_free(c);
}

static const struct { const char *text; int line; const char *say; } wrong[] = {
	{"profile = test\nnonsense = 1\n", 2, "nonsense"},
	{"profile = test\nclock_offset\n", 2, "name = value"},
	{"profile = lunch\n", 1, "development test production"},
	{"profile =\n", 1, "development test production"},
	{"sandbox = maybe\n", 1, "required off"},
	{"workers = many\n", 1, "whole number from 0 to 512"},
	{"workers = -1\n", 1, "whole number"},
	{"workers = 4k\n", 1, "whole number"},
	{"workers =\n", 1, "whole number"},
	{"recycle = 99999999999999999999\n", 1, "whole number"},
	{"request_seconds = 0\n", 1, "whole number"},
	{"data_dir = data\n", 1, "begins with /"},
	{"data_dir =\n", 1, "begins with /"},
	{"socket = run/x\n", 1, "begins with /"},
	{"workers = 1\n\nworkers = 2\n", 3, "set twice"},
	{"partnership = \x80\n", 1, "UTF-8"},
	{"base_url = localhost\n", 0, "base_url"},
	{"profile = test\nbase_url = http://localhost/\n", 0, "base_url"},
	{"clock_offset = 5\n", 0, "clock_offset is refused"},
	{"sandbox = off\n", 0, "sandbox = off is refused"},
	{"base_url = http://localhost\n", 0, "https"},
};

static void test_wrong(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		struct error error = {0};
		assert_null(read_text(NULL, wrong[i].text, &error));
		if (!strstr(error.say, wrong[i].say) || error.line != wrong[i].line || strcmp(error.where, path) != 0)
			fail_msg("row %zu: %s:%d: %s", i, error.where, error.line, error.say);
	}
}

static void test_missing_file(void **state)
{
	(void)state;
	struct error error = {0};
	assert_null(config_read(NULL, "/nonexistent/dossier.conf", &error));
	assert_int_equal(error.kind, ERROR_MISSING);
	assert_string_equal(error.where, "/nonexistent/dossier.conf");
}

static void test_path(void **state)
{
	(void)state;
	void *ctx = talloc_new(NULL);
	assert_string_equal(config_path(ctx, "/a", "b/c"), "/a/b/c");
	assert_string_equal(config_path(ctx, "/a/", "b"), "/a/b");
	talloc_free(ctx);
}

static void print_row(FILE *to, const char *name, const char *preset, const char *meaning)
{
	fprintf(to, "%s=%s: %s\n", name, preset, meaning);
}

static void test_table(void **state)
{
	(void)state;
	char *text = NULL;
	size_t size = 0;
	FILE *to = open_memstream(&text, &size);
	config_print_table(to, print_row);
	fclose(to);
	assert_non_null(strstr(text, "request_seconds=10: "));
	assert_non_null(strstr(text, "socket_group=: "));
	assert_int_equal(text[size - 1], '\n');
	free(text);
}

static int make_file(void **state)
{
	(void)state;
	int fd = mkstemp(path);
	return fd < 0 ? -1 : close(fd);
}

static int remove_file(void **state)
{
	(void)state;
	return unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_missing_file),
		cmocka_unit_test(test_path),
		cmocka_unit_test(test_table),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_file, remove_file);
}
