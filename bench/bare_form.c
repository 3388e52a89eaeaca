/* One thread of stock libxslt on a page's own model and compiled stylesheet: parse, apply, libxslt's serialiser. No cache, no socket.
 *
 *   bare_form SECONDS MODEL SHEET FOLDER      FOLDER: where the sheet's includes are
 *
 * Prints the same line as load. */
#include <libexslt/exslt.h>
#include <libxml/parser.h>
#include <libxslt/transform.h>
#include <libxslt/xsltutils.h>
#include "clock.h"

static char *slurp(const char *path, size_t *length)
{
	FILE *f = fopen(path, "rb");
	char *bytes = malloc(8 << 20);

	if (f == NULL || bytes == NULL) {
		perror(path);
		exit(1);
	}
	*length = fread(bytes, 1, 8 << 20, f);
	fclose(f);
	return bytes;
}

static xsltStylesheet *sheet_of(const char *path, const char *folder)
{
	char name[4096];
	size_t length;
	char *bytes = slurp(path, &length);
	xmlDoc *doc;

	snprintf(name, sizeof name, "%s/compiled.xsl", folder);
	doc = xmlReadMemory(bytes, (int)length, name, NULL, XML_PARSE_NOENT | XML_PARSE_NOCDATA);
	free(bytes);
	return doc == NULL ? NULL : xsltParseStylesheetDoc(doc);
}

/* The length of the page; 0 for none. */
static size_t page(xsltStylesheet *sheet, const char *model, size_t length)
{
	xmlDoc *doc = xmlReadMemory(model, (int)length, "model.xml", NULL, 0);
	xmlDoc *result = doc == NULL ? NULL : xsltApplyStylesheet(sheet, doc, NULL);
	xmlChar *text = NULL;
	int n = 0;

	if (result != NULL)
		xsltSaveResultToString(&text, &n, result, sheet);
	xmlFree(text);
	xmlFreeDoc(result);
	xmlFreeDoc(doc);
	return (size_t)n;
}

int main(int argc, char **argv)
{
	struct times times = { 0 };
	size_t length, bytes = 0;
	double begun, now;
	long errors = 0;
	xsltStylesheet *sheet;
	char *model;

	if (argc != 5)
		return 2;
	exsltRegisterAll();
	model = slurp(argv[2], &length);
	sheet = sheet_of(argv[3], argv[4]);
	if (sheet == NULL)
		return 1;
	page(sheet, model, length);
	for (begun = now = clock_seconds(); now < begun + atof(argv[1]);) {
		double from = now;
		bytes = page(sheet, model, length);
		errors += bytes == 0;
		now = clock_seconds();
		times_add(&times, now - from);
	}
	times_print(&times, now - begun, errors, bytes);
	return 0;
}
