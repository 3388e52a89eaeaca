/* A form in parts: the first line of the input is its content type, the rest the body. What is accepted has names, and its texts are text. */
#include "fuzz.h"
#include "base/multipart.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	void *ctx = talloc_new(NULL);
	struct error error = { .kind = ERROR_NONE };
	const uint8_t *end = memchr(data, '\n', size);
	size_t line = end ? (size_t)(end - data) : size;
	char *type = fuzz_text(ctx, data, line), *body;
	struct parts *parts;

	/* A copy of exactly its size, so that reading beyond it is seen. */
	size -= end ? line + 1 : line;
	body = talloc_memdup(ctx, end ? end + 1 : data, size);
	parts = multipart_form(ctx, type, body, size, 50, &error);
	if (!parts)
		fuzz_told(&error);
	for (int i = 0; parts && i < parts->count; i++) {
		const struct part *p = &parts->list[i];
		HOLDS(parts->count <= 50 && p->name && p->value && p->length <= size && p->value[p->length] == '\0');
		HOLDS(text_is_xml(p->name, strlen(p->name), NULL) && (!p->file_name || text_is_xml(p->file_name, strlen(p->file_name), NULL)));
		HOLDS(p->file_name || (p->length == strlen(p->value) && text_is_xml(p->value, p->length, NULL) && !strchr(p->value, '\r')));
	}
	talloc_free(ctx);
	return 0;
}
