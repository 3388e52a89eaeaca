#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>
#include <talloc.h>
#include "adapter/fold.h"
#include "base/text.h"
#include "publish/gate.h"
#include "publish/release_parts.h"

struct world { char dir[64]; struct config config; struct xslt *site; };

static char *top(void *ctx, const char *name)
{
	const char *dir = getenv("top_srcdir");

	return talloc_asprintf(ctx, "%s/%s", dir ? dir : ".", name);
}

static int start(void **state)
{
	struct world *w = talloc_zero(NULL, struct world);
	struct error error = { 0 };

	strncpy(w->dir, "/tmp/test_release.XXXXXX", sizeof w->dir - 1);
	if (!mkdtemp(w->dir))
		return -1;
	w->config = (struct config){ .data_dir = w->dir, .partnership = "Test Partnership", .contact = "test@example.org", .base_url = "http://localhost:8080" };
	w->site = xslt_read(w, top(w, "tests/data/redact/site.xsl"), top(w, "xsl"), &error);
	if (!w->site)
		fail_msg("%s", error.say);
	*state = w;
	return 0;
}

static int end(void **state)
{
	struct world *w = *state;
	static const char *const files[] = { "reviews/one.html", "reviews/two.html", "reviews/index.html", "reviews/feed.xml", "withdrawn/reviews/one.html",
		"index.html", "feed.xml", "reviews", "withdrawn/reviews", "withdrawn", "" };

	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		remove(talloc_asprintf(w, "%s/published/%s", w->dir, files[i]));
	remove(w->dir);
	talloc_free(w);
	return 0;
}

static char *path_of(const struct world *w, const char *name)
{
	return talloc_asprintf(w, "%s/published/%s", w->dir, name);
}

static char *read_page(const struct world *w, const char *name)
{
	size_t length;
	char *path = path_of(w, name);

	return release_read((void *)(uintptr_t)w, path, &length);
}

static void write_page(const struct world *w, const char *name, const char *bytes)
{
	FILE *file = fopen(path_of(w, name), "wb");

	assert_non_null(file);
	fputs(bytes, file);
	fclose(file);
}

static struct edition edition(struct world *w, const char *slug, const char *bytes)
{
	unsigned char hash[SEAL_HASH];
	struct edition e = { .publication_id = 1, .n = 1, .folder = talloc_strdup(w, "reviews"), .slug = talloc_strdup(w, slug), .title = talloc_asprintf(w, "Title of %s", slug),
		.bytes = talloc_strdup(w, bytes), .length = strlen(bytes), .published = date_from_ymd(2026, 9, 22), .reason = talloc_strdup(w, "") };

	seal_sha256(bytes, e.length, hash);
	e.sha256 = text_hex(w, hash, SEAL_HASH);
	return e;
}

static int sync_tree(struct world *w, const struct edition *list, int count)
{
	struct error error = { 0 };
	int repaired = -1;

	if (release_tree(w, list, count, &w->config, w->site, &repaired, &error))
		fail_msg("%s %s %s", error.code, error.say, error.where);
	return repaired;
}

static void test_empty(void **state)
{
	struct world *w = *state;

	assert_int_equal(sync_tree(w, NULL, 0), 0);
	assert_non_null(strstr(read_page(w, "index.html"), "Nothing"));
	assert_null(read_page(w, "feed.xml"));
	assert_int_equal(sync_tree(w, NULL, 0), 0);
}

static void test_release_and_withdraw(void **state)
{
	struct world *w = *state;
	struct edition list[] = { edition(w, "one", "<p>first</p>"), edition(w, "two", "<p>second</p>") };
	struct error error = { 0 };
	struct stat st;
	int64_t count = 0;

	assert_int_equal(sync_tree(w, list, 1), 0);
	assert_string_equal(read_page(w, "reviews/one.html"), "<p>first</p>");
	assert_int_equal(stat(path_of(w, "reviews/one.html"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0644);
	assert_int_equal(sync_tree(w, list, 2), 0);
	assert_non_null(strstr(read_page(w, "index.html"), "href=\"/reviews/two\""));
	assert_non_null(strstr(read_page(w, "reviews/index.html"), "22 September 2026"));
	assert_non_null(strstr(read_page(w, "reviews/feed.xml"), "<id>http://localhost:8080/reviews/one</id>"));
	assert_int_equal(release_check(w, list, 2, &w->config, &count, &error), 0);
	assert_int_equal(count, 2);
	/* a correction */
	list[0] = edition(w, "one", "<p>first, corrected</p>");
	list[0].n = 2;
	sync_tree(w, list, 2);
	assert_string_equal(read_page(w, "reviews/one.html"), "<p>first, corrected</p>");
	/* a withdrawal */
	list[0].withdrawn = INT64_C(1790000000000);
	list[0].reason = talloc_strdup(w, "A fact was wrong.");
	assert_int_equal(sync_tree(w, list, 2), 0);
	assert_null(read_page(w, "reviews/one.html"));
	assert_non_null(strstr(read_page(w, "withdrawn/reviews/one.html"), "A fact was wrong."));
	assert_null(strstr(read_page(w, "withdrawn/reviews/one.html"), "Title of one"));
	assert_null(strstr(read_page(w, "index.html"), "Title of one"));
	assert_null(strstr(read_page(w, "feed.xml"), "reviews/one"));
	assert_int_equal(release_check(w, list, 2, &w->config, &count, &error), 0);
	assert_int_equal(sync_tree(w, list, 2), 0);
}

static void test_repair(void **state)
{
	struct world *w = *state;
	struct edition list[] = { edition(w, "one", "<p>first</p>"), edition(w, "two", "<p>second</p>") };
	struct error error = { 0 };
	int64_t count = 0;

	sync_tree(w, list, 2);
	write_page(w, "reviews/one.html", "<p>altered</p>");
	assert_int_equal(release_check(w, list, 2, &w->config, &count, &error), -1);
	assert_string_equal(error.code, "published.differs");
	assert_string_equal(error.where, "published/reviews/one.html");
	write_page(w, "reviews/index.html", "altered");
	write_page(w, "strange.txt", "x");
	assert_int_equal(mkdir(path_of(w, "more"), 0755), 0);
	write_page(w, "more/page.html", "x");
	assert_int_equal(unlink(path_of(w, "reviews/two.html")), 0);
	assert_int_equal(symlink("/etc/passwd", path_of(w, "reviews/two.html")), 0);
	/* altered page, strange file, folder and file in it, link; the list changed because a page came back */
	assert_int_equal(sync_tree(w, list, 2), 5);
	assert_string_equal(read_page(w, "reviews/one.html"), "<p>first</p>");
	assert_string_equal(read_page(w, "reviews/two.html"), "<p>second</p>");
	assert_null(read_page(w, "strange.txt"));
	assert_int_equal(access(path_of(w, "more"), F_OK), -1);
	write_page(w, "index.html", "altered");
	write_page(w, "reviews/one.html.new", "half");
	assert_int_equal(sync_tree(w, list, 2), 1);
	assert_null(read_page(w, "reviews/one.html.new"));
	assert_int_equal(chmod(path_of(w, "reviews/one.html"), 0666), 0);
	assert_int_equal(sync_tree(w, list, 2), 1);
	assert_int_equal(sync_tree(w, list, 2), 0);
}

/* Bytes that are not the approved ones are never published; but what was withdrawn goes all the same. */
static void test_refused(void **state)
{
	struct world *w = *state;
	struct edition list[] = { edition(w, "one", "<p>first</p>"), edition(w, "two", "<p>second</p>") };
	struct error error = { 0 };
	int repaired = -1;

	sync_tree(w, list, 1);
	list[0].withdrawn = 1;
	list[1].bytes[3] = 'S';
	assert_int_equal(release_tree(w, list, 2, &w->config, w->site, &repaired, &error), -1);
	assert_string_equal(error.code, "published.hash");
	assert_int_equal(repaired, -1);
	assert_null(read_page(w, "reviews/one.html"));
	assert_null(read_page(w, "reviews/two.html"));
	list[1] = edition(w, "../two", "x");
	assert_int_equal(release_tree(w, list, 2, &w->config, w->site, &repaired, &error), -1);
	assert_string_equal(error.code, "published.address");
}

/* What the gate is told of the headers is what nginx sends. */
static void test_headers(void **state)
{
	struct world *w = *state;
	FILE *file = fopen(top(w, "nginx/headers.conf"), "r");
	char line[1024], name[128], value[900];
	int i = 1;

	assert_string_equal(release_headers[0], "Content-Type: text/html; charset=utf-8");
	if (!file)
		skip();
	while (fgets(line, sizeof line, file))
		if (sscanf(line, "add_header %127s \"%899[^\"]\" always;", name, value) == 2) {
			assert_non_null(release_headers[i]);
			assert_string_equal(release_headers[i], talloc_asprintf(w, "%s: %s", name, value));
			i++;
		}
	fclose(file);
	assert_null(release_headers[i]);
}

/* The lists and tombstones that the real stylesheet writes are of the gate's grammar. */
static void test_real_stylesheet(void **state)
{
	struct world *w = *state;
	struct edition list[] = { edition(w, "one", "<p>first</p>"), edition(w, "two", "<p>second</p>") };
	static const char *const pages[] = { "index.html", "reviews/index.html", "withdrawn/reviews/one.html" };
	struct error error = { 0 };
	struct xslt *stub = w->site;

	if (access(top(w, "xsl/public.xsl"), R_OK))
		skip();
	w->site = xslt_read(w, top(w, "xsl/public.xsl"), top(w, "xsl"), &error);
	if (!w->site)
		fail_msg("%s %s", error.say, error.where);
	list[0].withdrawn = 1;
	sync_tree(w, list, 2);
	w->site = stub;
	for (int i = 0; i < 3; i++) {
		struct gate_page page = { .address = "/", .headers = release_headers, .bytes = read_page(w, pages[i]) };
		struct gate_report *report;
		assert_non_null(page.bytes);
		page.length = strlen(page.bytes);
		assert_int_equal(gate_check(w, NULL, 0, NULL, 0, &page, &report, &error), 0);
		if (report->refused)
			fail_msg("%s: %s at %zu: %.60s", pages[i], report->why, report->offset, page.bytes + report->offset);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_empty, start, end), cmocka_unit_test_setup_teardown(test_release_and_withdraw, start, end),
		cmocka_unit_test_setup_teardown(test_repair, start, end), cmocka_unit_test_setup_teardown(test_refused, start, end),
		cmocka_unit_test_setup_teardown(test_headers, start, end), cmocka_unit_test_setup_teardown(test_real_stylesheet, start, end),
	};
	struct error error;

	xml_start();
	xslt_start();
	if (fold_start() || seal_start(&error))
		return 1;
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
