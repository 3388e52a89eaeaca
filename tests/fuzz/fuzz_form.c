/* A form definition. What is accepted has an empty document that its own structure check accepts and its judge can judge. */
#include "fuzz.h"
#include "adapter/xml.h"
#include "form/bind.h"
#include "form/form.h"

static void *kept;         /* what lives as long as the process */
static struct xml_doc *lists;
static struct holidays *holidays;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	struct error error = { .kind = ERROR_NONE };

	(void)argc;
	(void)argv;
	xml_start();
	kept = talloc_new(NULL);
	lists = xml_read_file(kept, talloc_asprintf(kept, "%s/tests/data/forms/lists.xml", getenv("top_srcdir")), &error);
	holidays = date_holidays_read(kept, talloc_asprintf(kept, "%s/data/holidays-england.txt", getenv("top_srcdir")), &error);
	HOLDS(lists && holidays);
	return 0;
}

static void judged(void *ctx, const struct form *form)
{
	struct judge judge = { .form = form };
	struct faults *faults = faults_new(ctx, 50);
	struct error error = { .kind = ERROR_NONE };
	struct xml_doc *doc = xml_copy(ctx, form->empty);

	judge_structure(form, doc, faults);
	HOLDS(faults->count == 0);
	judge.world.today = 20000;
	judge.world.holidays = holidays;
	if (judge_calculate(ctx, &judge, doc, NULL, &error) != 0 || judge_document(ctx, &judge, doc, NULL, faults, &error) != 0)
		fuzz_told(&error);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	void *ctx = talloc_new(NULL);
	struct error error = { .kind = ERROR_NONE };
	char *bytes = talloc_memdup(ctx, data, size);
	struct form *form = form_read(ctx, bytes, size, "fuzz-1.xml", lists, &error);

	if (form)
		judged(ctx, form);
	else
		fuzz_told(&error);
	talloc_free(ctx);
	return 0;
}
