/* The head of a request, a line each: address, cookies, Accept, query. An address that is accepted has no step upwards and, written as an
 * address again, is the same; a cookie is a piece of what was sent. */
#include "fuzz.h"
#include "base/multipart.h"
#include "base/text.h"
#include "page/request_inner.h"

static char *next_line(void *ctx, char **at)
{
	char *line = *at ? *at : (char *)"", *end = strchr(line, '\n');

	*at = end ? end + 1 : NULL;
	return talloc_strndup(ctx, line, end ? (size_t)(end - line) : strlen(line));
}

static void path(void *ctx, const char *uri)
{
	struct error error = { .kind = ERROR_NONE };
	char *made = request_path(ctx, uri, &error), *again;

	if (!made) {
		fuzz_told(&error);
		return;
	}
	HOLDS(*made == '/' && text_is_xml(made, strlen(made), NULL));
	HOLDS(!strstr(made, "/../") && !text_ends(made, "/..") && !strstr(made, "//") && !strpbrk(made, "\r\n\t\\"));
	again = request_path(ctx, text_path(ctx, made), &error);
	HOLDS(again && strcmp(again, made) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	void *ctx = talloc_new(NULL);
	struct error error = { .kind = ERROR_NONE };
	char *at = fuzz_text(ctx, data, size), *cookies, *cookie, *accept, *query;

	path(ctx, next_line(ctx, &at));
	cookies = next_line(ctx, &at);
	cookie = request_cookie(ctx, cookies, "dossier");
	HOLDS(!cookie || (strstr(cookies, cookie) && !strpbrk(cookie, "; ")));
	accept = next_line(ctx, &at);
	HOLDS(request_weight(accept, "text/html") >= 0 && request_weight(accept, "text/html") <= 1);
	query = next_line(ctx, &at);
	if (!multipart_urlencoded(ctx, query, strlen(query), 50, &error))
		fuzz_told(&error);
	talloc_free(ctx);
	return 0;
}
