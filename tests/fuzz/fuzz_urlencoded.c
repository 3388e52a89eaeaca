/* The body of a form, and a query. What is accepted is text, and encoding its pairs again gives the same pairs. */
#include "fuzz.h"
#include "base/multipart.h"
#include "base/text.h"

static char *encoded(void *ctx, const struct parts *parts)
{
	char *made = talloc_strdup(ctx, "");

	for (int i = 0; i < parts->count; i++)
		made = talloc_asprintf_append(made, "%s=%s&", text_path(ctx, parts->list[i].name), text_path(ctx, parts->list[i].value));
	return made;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	void *ctx = talloc_new(NULL);
	struct error error = { .kind = ERROR_NONE };
	struct parts *parts = multipart_urlencoded(ctx, (const char *)data, size, 100, &error), *again;
	char *text;

	if (!parts) {
		fuzz_told(&error);
		goto out;
	}
	HOLDS(parts->count <= 100);
	for (int i = 0; i < parts->count; i++) {
		const struct part *p = &parts->list[i];
		HOLDS(p->length == strlen(p->value) && text_is_xml(p->value, p->length, NULL) && text_is_xml(p->name, strlen(p->name), NULL));
		HOLDS(!strchr(p->value, '\r') && parts_has(parts, p->name));
	}
	text = encoded(ctx, parts);
	again = multipart_urlencoded(ctx, text, strlen(text), 100, &error);
	HOLDS(again && again->count == parts->count);
	for (int i = 0; i < parts->count; i++)
		HOLDS(strcmp(again->list[i].name, parts->list[i].name) == 0 && strcmp(again->list[i].value, parts->list[i].value) == 0);
out:
	talloc_free(ctx);
	return 0;
}
