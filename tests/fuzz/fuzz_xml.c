/* A contribution, from bytes to the judge's structure check. What is accepted reads the same again when written, and libxml2 agrees with Expat. */
#include "fuzz.h"
#include "adapter/xml.h"
#include "base/text.h"
#include "form/bind.h"
#include "form/form.h"

static void *kept;         /* what lives as long as the process */
static struct form *form;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	const char *top = getenv("top_srcdir");
	struct error error = { .kind = ERROR_NONE };
	struct xml_doc *lists, *definition;
	char *bytes;
	size_t length;

	(void)argc;
	(void)argv;
	xml_start();
	kept = talloc_new(NULL);
	lists = xml_read_file(kept, talloc_asprintf(kept, "%s/forms/shared/lists.xml", top), &error);
	definition = xml_read_file(kept, talloc_asprintf(kept, "%s/forms/rapid/return-1.xml", top), &error);
	HOLDS(lists && definition);
	bytes = xml_write(kept, xml_root(definition), &length);
	form = form_read(kept, bytes, length, "return-1.xml", lists, &error);
	HOLDS(form);
	return 0;
}

static void written_again(void *ctx, const struct xml_doc *doc)
{
	struct error error = { .kind = ERROR_NONE };
	size_t length, again;
	char *bytes = xml_write(ctx, xml_root(doc), &length), *second;
	struct xml_doc *strict, *own;

	HOLDS(text_is_xml(bytes, length, NULL));
	strict = xml_read(ctx, bytes, length, &error);
	/* Escapes make a document longer: an attribute of 64 KB, say, may then be over the limit. Nothing else may be wrong with it. */
	if (!strict) {
		HOLDS(error.kind == ERROR_MALFORMED && strcmp(error.code, "xml.tag") == 0);
		return;
	}
	second = xml_write(ctx, xml_root(strict), &again);
	HOLDS(again == length && memcmp(bytes, second, length) == 0);
	own = xml_read_own(ctx, bytes, length, "again", &error);
	HOLDS(own);
	second = xml_write(ctx, xml_root(own), &again);
	HOLDS(again == length && memcmp(bytes, second, length) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	void *ctx = talloc_new(NULL);
	struct error error = { .kind = ERROR_NONE };
	struct xml_doc *doc = xml_read(ctx, (const char *)data, size, &error);

	if (doc) {
		struct faults *faults = faults_new(ctx, 200);
		HOLDS(error.kind == ERROR_NONE);
		written_again(ctx, doc);
		judge_structure(form, doc, faults);
		for (int i = 0; i < faults->count; i++)
			HOLDS(faults->list[i].say && *faults->list[i].say && *faults->list[i].code);
	} else {
		fuzz_told(&error);
	}
	talloc_free(ctx);
	return 0;
}
