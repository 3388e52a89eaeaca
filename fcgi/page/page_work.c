#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "page/pages.h"

/* Fields "edition.<name>" as "name=value …". A value is compared whole, so a blank in it is no second pair. */
static const char *chosen_editions(void *ctx, const struct request *r, struct error *error)
{
	char *chosen = talloc_strdup(ctx, "");

	for (int i = 0; i < r->form->count; i++) {
		const struct part *part = &r->form->list[i];
		if (!text_starts(part->name, "edition."))
			continue;
		if (strpbrk(part->name, " =") != NULL || strchr(part->value, ' ') != NULL || *part->value == '\0') {
			error_set(error, ERROR_INVALID, "case.edition", "Choose an edition that is offered.");
			return NULL;
		}
		chosen = talloc_asprintf_append(chosen, "%s%s=%s", *chosen == '\0' ? "" : " ", part->name + strlen("edition."), part->value);
	}
	return chosen;
}

int page_open_case(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	const char *name = parts_get(r->form, "plugin");
	const struct plugin *p = name == NULL ? NULL : plugins_get(r->house->plugins, name);
	const char *chosen;
	struct case_row c;
	struct document first;

	if (!may(&r->actor, "open", "cases", NULL).yes)
		return error_set(error, ERROR_DENIED, "case.open", "Your account may not open a case.");
	if (p == NULL)
		return error_set(error, ERROR_INVALID, "case.type", "Choose the type of review to open.");
	chosen = chosen_editions(ctx, r, error);
	if (chosen == NULL || workflow_open(r->house, &r->actor, p, chosen, &c, &first, error) != 0)
		return -1;
	model_redirect(answer, talloc_asprintf(ctx, "/work/cases/%s/documents/%s", c.pub, first.pub));
	if (r->wants_xml) {
		xml_node *page = model_page(ctx, r, answer, "receipt", "Case opened"), *made = xml_add(page, "made");
		xml_setf(made, "case", "/work/cases/%s", c.pub);
		xml_setf(made, "document", "/work/cases/%s/documents/%s", c.pub, first.pub);
		xml_set(made, "reference", c.reference);
		answer->status = 201;
	}
	return 0;
}
