/* What a person types as long text. Its blocks are right by the vocabulary, no word is lost by writing them and reading that again, and from
 * then on nothing changes at all. */
#include "fuzz.h"
#include "adapter/xml.h"
#include "base/text.h"
#include "form/prose.h"

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	xml_start();
	return 0;
}

static char *inner(void *ctx, const xml_node *node)
{
	size_t length;

	return xml_write(ctx, node, &length);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	void *ctx = talloc_new(NULL);
	char *typed = fuzz_text(ctx, data, size), *plain, *again;
	xml_node *first, *second, *third;

	if (!text_is_xml(typed, strlen(typed), NULL))
		goto out;
	text_unix_lines(typed);
	first = xml_root(xml_new(ctx, "text"));
	second = xml_root(xml_new(ctx, "text"));
	third = xml_root(xml_new(ctx, "text"));
	prose_read(first, typed, NULL);
	HOLDS(!prose_fault(first, NULL));
	plain = prose_plain(ctx, first);
	prose_read(second, plain, NULL);
	again = prose_plain(ctx, second);
	HOLDS(strcmp(plain, again) == 0);
	HOLDS(strcmp(text_squeeze(ctx, prose_text(ctx, first)), text_squeeze(ctx, prose_text(ctx, second))) == 0);
	HOLDS(prose_words(first) == prose_words(second));
	prose_read(third, again, NULL);
	HOLDS(strcmp(inner(ctx, second), inner(ctx, third)) == 0);
	HOLDS(!prose_empty(first) || prose_words(first) == 0);
out:
	talloc_free(ctx);
	return 0;
}
