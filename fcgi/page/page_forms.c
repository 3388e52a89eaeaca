#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "page/pages.h"

int page_forms(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	xml_node *page = model_page(ctx, r, answer, "forms", "Forms"), *forms = xml_add(page, "forms");
	const struct library *library = r->house->library;

	(void)error;
	for (int i = 0; i < library->count; i++) {
		const struct form *form = library->forms[i].form;
		xml_node *f;
		if (strstr(form->id, "/do-") != NULL)      /* what a step asks is no document of its own */
			continue;
		f = xml_add(forms, "form");
		xml_set(f, "id", form->id);
		xml_setf(f, "version", "%d", form->version);
		xml_set(f, "title", form->title);
		xml_setf(f, "href", "/forms/%s-%d", form->id, form->version);
		xml_setf(f, "sample-href", "/forms/%s-%d.sample", form->id, form->version);
	}
	return 0;
}

/* In the definition the instance inherits the namespace of the form language; a document has none. */
static void copy_bare(const xml_node *from, xml_node *to)
{
	for (xml_node *child = xml_first(from); child != NULL; child = xml_next(child))
		copy_bare(child, xml_add(to, xml_name(child)));
}

/* The empty document as an agency's system would start from: one row of each repeat as the pattern. */
static void sample(void *ctx, const struct form *form, struct answer *answer)
{
	xml_node *instance = xml_find(xml_root(form->definition), "//x:model/x:instance/*");
	struct xml_doc *doc = xml_new(ctx, form->root);

	xml_set(xml_root(doc), "id", form->id);
	xml_setf(xml_root(doc), "version", "%d", form->version);
	copy_bare(instance, xml_root(doc));
	answer->type = "application/xml; charset=utf-8";
	answer->bytes = xml_write(ctx, xml_root(doc), &answer->length);
	answer->headers = talloc_asprintf(ctx, "Content-Disposition: inline; filename=\"%s-%d.xml\"\r\n", strchr(form->id, '/') + 1, form->version);
}

/* "/forms/<folder>/<name>-<version>", with ".sample" for the XML. */
int page_form(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	char *name = talloc_strdup(ctx, r->steps[2]), *dash, *title;
	bool wants_sample = text_ends(name, ".sample");
	const struct library_form *f;
	struct judge judge = {0};
	struct xml_doc *blank;
	xml_node *page, *form;
	int n;

	if (wants_sample)
		name[strlen(name) - strlen(".sample")] = '\0';
	dash = strrchr(name, '-');
	n = dash == NULL ? 0 : text_ordinal(dash + 1, dash + strlen(dash));
	f = n == 0 ? NULL : library_form(r->house->library, talloc_asprintf(ctx, "%s/%.*s", r->steps[1], (int)(dash - name), name), n);
	if (f == NULL)
		return error_set(error, ERROR_MISSING, "form.missing", "There is no such form. The list of forms is at /forms.");
	if (wants_sample) {
		sample(ctx, f->form, answer);
		return 0;
	}
	title = talloc_asprintf(ctx, "%s, version %d", f->form->title, f->form->version);
	page = model_page(ctx, r, answer, "section", title);
	model_trail(page, "/forms", "Forms");
	judge.form = f->form;
	judge.world.today = date_day_of(date_now());
	judge.world.holidays = r->house->holidays;
	judge.world.common_words = r->house->common_words;
	judge.world.common_count = r->house->common_count;
	blank = xml_copy(ctx, f->form->empty);
	form_show_rows(f->form, blank);
	form = model_form(page, &judge, blank, NULL, error);
	if (form == NULL)
		return -1;
	xml_set(form, "section", "*");
	xml_set(form, "title", title);
	xml_set(form, "blank", "yes");
	xml_set(form, "back", "/forms");
	answer->sheet = f->edit;
	return 0;
}
