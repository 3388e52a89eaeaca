/* How time grows: with the fields of a form (60, 300, 1,000), the rows of a repeat (20, 200, 2,000), the cases of the store (100, 1,000,
 * 10,000). The program's own functions, without socket and server.
 *
 *   slope SHARE_DIR DATA_DIR MOST_CASES        DATA_DIR: an empty directory
 *
 * A line each: what, then size and microseconds of processor time for each size, then the growth of time beside the growth of size. */
#include <string.h>
#include "adapter/fold.h"
#include "adapter/html.h"
#include "adapter/seal.h"
#include "adapter/xslt.h"
#include "base/config.h"
#include "bench/slope.h"
#include "form/bind.h"

struct subject { struct form *form; struct xslt *sheet; char *bytes; size_t length; struct judge judge; };

static struct error error;

#define HEAD "<?xml version='1.0'?><h:html xmlns='http://www.w3.org/2002/xforms' xmlns:h='http://www.w3.org/1999/xhtml' xmlns:d='urn:dossier:form'>" \
	"<h:head><h:title>Slope</h:title><model><instance><slope id='bench/slope' version='1'>"
#define BODY "</model></h:head><h:body>"
#define END "</h:body></h:html>"

static const char *const types[] = { "string", "d:text", "date", "select1" };

static char *bind(char *to, const char *path, int i)
{
	return talloc_asprintf_append_buffer(to, "<bind nodeset='%s' type='%s' d:class='confidential'%s/>", path, types[i % 4], i % 2 ? " required='true()'" : "");
}

static char *control(char *to, const char *path, int i)
{
	if (i % 4 == 3)
		return talloc_asprintf_append_buffer(to, "<select1 ref='%s'><label>Choice %d</label><item><label>Yes</label><value>yes</value></item>"
			"<item><label>No</label><value>no</value></item></select1>", path, i);
	return talloc_asprintf_append_buffer(to, "<%s ref='%s'><label>Field %d</label></%s>", i % 4 == 1 ? "textarea" : "input", path, i, i % 4 == 1 ? "textarea" : "input");
}

static const char *value(int i)
{
	static const char *const values[] = { "A short answer", "A longer answer, as people write them when they have time &amp; a reason.", "2026-03-14", "yes" };
	return values[i % 4];
}

/* Sections of twenty fields each. */
static char *many_fields(void *ctx, int n, char **document_r)
{
	char *text = talloc_strdup(ctx, HEAD), *document = talloc_strdup(ctx, "<slope id='bench/slope' version='1'>");

	for (int i = 0; i < n; i++) {
		text = talloc_asprintf_append_buffer(text, "%s<f%d/>%s", i % 20 ? "" : talloc_asprintf(ctx, "<s%d>", i / 20), i, i % 20 == 19 ? talloc_asprintf(ctx, "</s%d>", i / 20) : "");
		document = talloc_asprintf_append_buffer(document, "%s<f%d>%s</f%d>%s", i % 20 ? "" : talloc_asprintf(ctx, "<s%d>", i / 20), i, value(i), i, i % 20 == 19 ? talloc_asprintf(ctx, "</s%d>", i / 20) : "");
	}
	text = talloc_strdup_append_buffer(text, "</slope></instance>");
	for (int i = 0; i < n; i++)
		text = bind(text, talloc_asprintf(ctx, "/slope/s%d/f%d", i / 20, i), i);
	text = talloc_strdup_append_buffer(text, BODY);
	for (int i = 0; i < n; i++) {
		if (i % 20 == 0)
			text = talloc_asprintf_append_buffer(text, "<group id='s%d'><label>Section %d</label>", i / 20, i / 20);
		text = control(text, talloc_asprintf(ctx, "/slope/s%d/f%d", i / 20, i), i);
		if (i % 20 == 19)
			text = talloc_strdup_append_buffer(text, "</group>");
	}
	*document_r = talloc_strdup_append_buffer(document, "</slope>");
	return talloc_strdup_append_buffer(text, END);
}

/* One section with a repeat of ten fields. */
static char *many_rows(void *ctx, int n, char **document_r)
{
	char *text = talloc_strdup(ctx, HEAD "<s0><row>"), *document = talloc_strdup(ctx, "<slope id='bench/slope' version='1'><s0>");

	for (int i = 0; i < 10; i++)
		text = talloc_asprintf_append_buffer(text, "<f%d/>", i);
	text = talloc_strdup_append_buffer(text, "</row></s0></slope></instance>");
	for (int i = 0; i < 10; i++)
		text = bind(text, talloc_asprintf(ctx, "/slope/s0/row/f%d", i), i);
	text = talloc_strdup_append_buffer(text, BODY "<group id='s0'><label>Rows</label><repeat nodeset='/slope/s0/row' d:max='2000'><label>Row</label>");
	for (int i = 0; i < 10; i++)
		text = control(text, talloc_asprintf(ctx, "/slope/s0/row/f%d", i), i);
	for (int row = 0; row < n; row++) {
		document = talloc_asprintf_append_buffer(document, "<row id='r%d'>", row + 1);
		for (int i = 0; i < 10; i++)
			document = talloc_asprintf_append_buffer(document, "<f%d>%s</f%d>", i, value(i), i);
		document = talloc_strdup_append_buffer(document, "</row>");
	}
	*document_r = talloc_strdup_append_buffer(document, "</s0></slope>");
	return talloc_strdup_append_buffer(text, "</repeat></group>" END);
}

static struct subject *subject(void *ctx, const char *share, const char *definition, char *document)
{
	struct subject *s = talloc_zero(ctx, struct subject);
	char *xsl = config_path(s, share, "xsl");
	struct xslt *compiler = xslt_read(s, config_path(s, xsl, "compile-form.xsl"), xsl, &error);
	struct xml_doc *sheet;

	NEED(compiler != NULL);
	s->form = form_read(s, definition, strlen(definition), "slope", xml_read_file(s, config_path(s, share, "forms/shared/lists.xml"), &error), &error);
	NEED(s->form != NULL);
	sheet = xslt_apply(s, compiler, xml_copy(s, s->form->definition), &error);
	NEED(sheet != NULL);
	s->sheet = xslt_from_doc(s, sheet, "slope", xsl, &error);
	NEED(s->sheet != NULL);
	s->bytes = document;
	s->length = strlen(document);
	s->judge = (struct judge){ .form = s->form };
	return s;
}

/* A contribution without its storing: read, structure, binds. */
static void judged(void *ctx, void *data)
{
	struct subject *s = data;
	struct faults *faults = faults_new(ctx, 200);
	struct xml_doc *doc = xml_read(ctx, s->bytes, s->length, &error);

	NEED(doc != NULL);
	judge_structure(s->form, doc, faults);
	NEED(faults->errors == 0);
	NEED(judge_document(ctx, &s->judge, doc, NULL, faults, &error) == 0);
	NEED(faults->errors == 0);
}

/* A form page without its asking: opened, annotated, transformed, written. */
static void shown(void *ctx, void *data)
{
	struct subject *s = data;
	struct xml_doc *doc = xml_read_own(ctx, s->bytes, s->length, "slope", &error), *model = xml_new(ctx, "page"), *annotated, *html;
	xml_node *form = xml_add(xml_root(model), "form");
	size_t length;

	NEED(doc != NULL);
	annotated = judge_annotate(ctx, &s->judge, doc, NULL, &error);
	NEED(annotated != NULL);
	xml_set(xml_root(model), "is", "section");
	xml_set(form, "section", "s0");
	xml_move_into(form, annotated);
	html = xslt_apply(ctx, s->sheet, model, &error);
	NEED(html != NULL);
	NEED(html_write(ctx, html, &length, &error) != NULL && length > 1000);
}

static void grow(void *ctx, const char *share, const char *of, const int sizes[3], char *(*make)(void *ctx, int n, char **document_r))
{
	double read[3], page[3];

	for (int i = 0; i < 3; i++) {
		void *tmp = talloc_new(ctx);
		char *document = NULL, *definition = make(tmp, sizes[i], &document);
		struct subject *s = subject(tmp, share, definition, document);
		read[i] = slope_least(judged, s);
		page[i] = slope_least(shown, s);
		talloc_free(tmp);
	}
	slope_tell(talloc_asprintf(ctx, "read and judged, %s", of), sizes, read, 3);
	slope_tell(talloc_asprintf(ctx, "a section's page, %s", of), sizes, page, 3);
}

int main(int argc, char **argv)
{
	static const int fields[] = { 60, 300, 1000 }, rows[] = { 20, 200, 2000 };
	void *ctx = talloc_new(NULL);

	if (argc != 4)
		return 2;
	xml_start();
	xslt_start();
	NEED(seal_start(&error) == 0 && fold_start() == 0);
	grow(ctx, argv[1], "fields", fields, many_fields);
	grow(ctx, argv[1], "rows", rows, many_rows);
	slope_cases(argv[2], atoi(argv[3]));
	talloc_free(ctx);
	return 0;
}
