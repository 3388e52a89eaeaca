#include "case/file_types.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <talloc.h>
#include "base/text.h"

/* What a review works with: texts, tables, pictures, scans. Not here, with what to do instead: web pages and SVG (they run in a browser), old
 * Office files (their macros cannot be told apart), archives (nobody sees what is in them), e-mail (it carries files of any kind: print it to PDF). */
static const struct file_type types[] = {
	{ "pdf", "application/pdf", "PDF", "application/pdf", NULL },
	{ "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word",
	  "application/vnd.openxmlformats-officedocument.wordprocessingml.document application/zip", "word/document.xml" },
	{ "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel",
	  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet application/zip", "xl/workbook.xml" },
	{ "odt", "application/vnd.oasis.opendocument.text", "OpenDocument text", "application/vnd.oasis.opendocument.text", NULL },
	{ "ods", "application/vnd.oasis.opendocument.spreadsheet", "OpenDocument spreadsheet", "application/vnd.oasis.opendocument.spreadsheet", NULL },
	{ "png", "image/png", "PNG picture", "image/png", NULL },
	{ "jpg", "image/jpeg", "JPEG picture", "image/jpeg", NULL },
	{ "tif", "image/tiff", "TIFF picture", "image/tiff", NULL },
	{ "txt", "text/plain; charset=utf-8", "text", "text/plain", NULL },
};
#define TYPES (sizeof types / sizeof types[0])

enum { NAME_BYTES = 100 };

const struct file_type *file_type(const char *code)
{
	for (size_t i = 0; i < TYPES; i++)
		if (strcmp(types[i].code, code) == 0)
			return &types[i];
	return NULL;
}

void file_types_print(FILE *to)
{
	for (size_t i = 0; i < TYPES; i++)
		fprintf(to, "%s\t%s\t%s\n", types[i].code, types[i].words, types[i].mime);
}

static bool holds(const char *bytes, size_t length, const char *name)
{
	return memmem(bytes, length, name, strlen(name)) != NULL;
}

/* Names of members stand uncompressed in an archive (APPNOTE.TXT §4.4.17), so a search finds the program that Office keeps its macros in. */
static bool has_macros(const char *bytes, size_t length)
{
	return holds(bytes, length, "vbaProject.bin") || holds(bytes, length, "Basic/script-lc.xml");
}

const struct file_type *file_type_of(struct sniffer *sniffer, const char *bytes, size_t length, struct error *error)
{
	char *found = sniff(NULL, sniffer, bytes, length);
	const struct file_type *type = NULL;

	for (size_t i = 0; i < TYPES && type == NULL; i++)
		if (text_in_list(types[i].found, found) && (types[i].holds == NULL || holds(bytes, length, types[i].holds)))
			type = &types[i];
	/* libmagic judges text by its beginning. */
	if (type != NULL && text_starts(type->mime, "text/") && !text_is_xml(bytes, length, NULL))
		type = NULL;
	if (length == 0)
		error_set(error, ERROR_INVALID, "attachment.empty", "The file is empty. Choose another");
	else if (type == NULL)
		error_set(error, ERROR_INVALID, "attachment.type", "The file must be a PDF, a Word, Excel or OpenDocument file, a PNG, JPEG or TIFF picture, or plain text. Save it as PDF and choose that");
	else if (has_macros(bytes, length)) {
		error_set(error, ERROR_INVALID, "attachment.macros", "The file holds macros. Save it without them, or as PDF, and choose that");
		type = NULL;
	}
	talloc_free(found);
	return length == 0 ? NULL : type;
}

/* ---- names ---- */

/* Bytes of the character at p that may not stand in a name (0: it may): controls, what a file system or a head line takes for itself, and the
 * characters that turn the direction of writing round, so that "gnp.exe" reads "exe.png" (Unicode TR 36 §2.4). */
static size_t unfit(const char *p)
{
	static const char *const marks[] = { "\u200e", "\u200f", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\ufeff", "\u2028", "\u2029" };
	unsigned char c = (unsigned char)*p;

	if (c < 0x20 || c == 0x7f || strchr("\"<>|:*?\\/", c))
		return 1;
	if (c == 0xC2 && (unsigned char)p[1] < 0xA0)
		return 2;
	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
		if (strncmp(p, marks[i], 3) == 0)
			return 3;
	return 0;
}

char *file_name_clean(void *ctx, const char *sent, const struct file_type *type)
{
	const char *slash = strrchr(sent, '/'), *back = strrchr(sent, '\\'), *from = slash > back ? slash : back;
	char *name = talloc_strdup(ctx, from != NULL ? from + 1 : sent), *to = name, *dot;
	size_t length;

	for (const char *p = name; *p;) {
		size_t skip = unfit(p);
		if (skip == 0)
			*to++ = *p++;
		p += skip;
	}
	*to = '\0';
	dot = strrchr(name, '.');
	if (dot != NULL && (strcasecmp(dot + 1, type->code) == 0 || (strcmp(type->code, "jpg") == 0 && strcasecmp(dot + 1, "jpeg") == 0) || (strcmp(type->code, "tif") == 0 && strcasecmp(dot + 1, "tiff") == 0)))
		*dot = '\0';
	length = strlen(name) < NAME_BYTES ? strlen(name) : NAME_BYTES;
	while (length > 0 && ((unsigned char)name[length] & 0xC0) == 0x80)
		length--;
	name[length] = '\0';
	name = text_trim(ctx, name + strspn(name, ". "));
	return talloc_asprintf(ctx, "%s.%s", *name != '\0' ? name : "file", type->code);
}

char *file_words(void *ctx, const struct attachment *a)
{
	const struct file_type *type = file_type(a->type);
	const char *words = type != NULL ? type->words : a->type;

	if (a->size < 1000)
		return talloc_asprintf(ctx, "%s (%s, %zu bytes)", a->name, words, a->size);
	if (a->size < 1000000)
		return talloc_asprintf(ctx, "%s (%s, %zu KB)", a->name, words, (a->size + 500) / 1000);
	return talloc_asprintf(ctx, "%s (%s, %zu.%zu MB)", a->name, words, (a->size + 50000) / 1000000, (a->size + 50000) / 100000 % 10);
}

char *file_disposition(void *ctx, const char *name)
{
	char *plain = talloc_strdup(ctx, ""), *coded = talloc_strdup(ctx, "");

	for (const char *p = name; *p; p++) {
		unsigned char c = (unsigned char)*p;
		if ((c & 0xC0) != 0x80)
			plain = talloc_asprintf_append_buffer(plain, "%c", c < 0x80 && c != '%' ? c : '_');
		coded = c < 0x80 && (isalnum(c) || strchr("-._~", c)) ? talloc_asprintf_append_buffer(coded, "%c", c) : talloc_asprintf_append_buffer(coded, "%%%02X", c);
	}
	return talloc_asprintf(ctx, "Content-Disposition: attachment; filename=\"%s\"; filename*=UTF-8''%s\r\n", plain, coded);
}

static char *decoded(void *ctx, const char *from, size_t length)
{
	char *made = talloc_strndup(ctx, from, length), *to = made;

	for (const char *p = made; *p; p++) {
		char two[3] = { p[0] == '%' ? p[1] : '\0', p[0] == '%' && p[1] ? p[2] : '\0', '\0' };
		if (isxdigit((unsigned char)two[0]) && isxdigit((unsigned char)two[1])) {
			*to++ = (char)strtol(two, NULL, 16);
			p += 2;
		} else
			*to++ = *p;
	}
	*to = '\0';
	return text_is_xml(made, (size_t)(to - made), NULL) && strlen(made) == (size_t)(to - made) ? made : talloc_strdup(ctx, "");
}

char *file_name_sent(void *ctx, const char *disposition)
{
	const char *star = strcasestr(disposition, "filename*=utf-8''"), *plain = strcasestr(disposition, "filename=");

	if (star != NULL) {
		star += strlen("filename*=utf-8''");
		return decoded(ctx, star, strcspn(star, "; \t"));
	}
	if (plain == NULL)
		return talloc_strdup(ctx, "");
	plain += strlen("filename=");
	if (*plain == '"')
		return decoded(ctx, plain + 1, strcspn(plain + 1, "\""));
	return decoded(ctx, plain, strcspn(plain, "; \t"));
}
