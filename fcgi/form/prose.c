/* Looking at prose: its words, and what it looks like in the plain syntax. prose_read.c is the way back, prose_check.c the grammar. */
#include "form/prose.h"

#include <stdio.h>
#include <string.h>
#include <talloc.h>

#include "base/date.h"
#include "base/text.h"
#include "form/form_inner.h"
#include "form/prose_inner.h"

static const char text_blocks[] = "p h item quote cell note";
static const char mentions[] = "person place org number date";

bool prose_is_mention(const xml_node *node)
{
	return xml_is_element(node) && text_in_list(mentions, xml_name(node));
}

bool prose_has_blocks(const xml_node *node)
{
	return xml_first(node) != NULL;
}

bool prose_ref_ok(const char *ref, const char *kind)
{
	/* Register ids (docs/forms.md): P person, L place, O organisation, S staff, N number. Staff are persons. */
	static const char letters[] = "PSLON";
	static const char *const kinds[] = { "person", "person", "place", "org", "number" };
	const char *at = *ref ? strchr(letters, ref[0]) : NULL;
	size_t digits = at ? strspn(ref + 1, "0123456789") : 0;

	return digits > 0 && digits < 9 && ref[1 + digits] == '\0' && (!kind || strcmp(kinds[at - letters], kind) == 0);
}

const char *prose_kind_of(const char *ref)
{
	return ref[0] == 'L' ? "place" : ref[0] == 'O' ? "org" : ref[0] == 'N' ? "number" : "person";
}

bool prose_date_ok(const char *value)
{
	size_t n = strlen(value);
	struct error ignored;
	struct when when;

	return date_when(value, n == 4 ? "year" : n == 7 ? "month" : "exact", &when, &ignored) == 0;
}

static void append_inline(char **text, const xml_node *node, bool marked)
{
	const xml_node *each;

	for (each = xml_first_any(node); each; each = xml_next_any(each)) {
		const char *ref = xml_get(each, "ref") ? xml_get(each, "ref") : xml_get(each, "value");

		if (xml_is_text(each)) {
			*text = talloc_strdup_append_buffer(*text, xml_content(each));
		} else if (marked && ref && prose_is_mention(each)) {
			*text = talloc_asprintf_append_buffer(*text, form_content_empty(each) ? "[[%s" : "[[%s|", ref);
			if (!form_content_empty(each))
				append_inline(text, each, false);
			*text = talloc_strdup_append_buffer(*text, "]]");
		} else {
			append_inline(text, each, marked);
		}
	}
}

/* "- a", "> a", "## a", "1. a": what would begin another block when it stood at the start of a line. */
bool prose_has_prefix(const char *line)
{
	return text_starts(line, "- ") || text_starts(line, "> ") || text_starts(line, "## ") || text_starts(line, "1. ");
}

/* The next line without white space at its ends, NULL at the end; changes text. */
char *prose_next_line(char **cursor)
{
	char *line = *cursor, *end;

	if (!line)
		return NULL;
	end = strchr(line, '\n');
	*cursor = end ? end + 1 : NULL;
	if (!end)
		end = line + strlen(line);
	while (end > line && strchr(" \t\r", end[-1]))
		end--;
	*end = '\0';
	return line + strspn(line, " \t\r");
}

/* Would the line begin another block, or would it with the lines that must be joined to it? What begins a block does so with a blank behind
 * it: alone on its line it is a mark like any other. `rest` is what follows the line. */
static bool begins(const char *line, const char *rest)
{
	static const char marks[] = "- > ## 1.";
	char *text = talloc_strdup(NULL, rest ? rest : ""), *at = text, *next = (char *)line;
	bool begin;

	while (next && (!*next || text_in_list(marks, next)))
		next = prose_next_line(&at);
	begin = prose_has_prefix(line) || (text_in_list(marks, line) && next && prose_has_prefix(next));
	talloc_free(text);
	return begin;
}

/* Lines trimmed, empty ones dropped, joined by `between`; NULL: as a paragraph, whose lines stay lines unless they would be read as
 * another block. So what is read back is what was written. Frees text. */
static char *canonical(void *ctx, char *text, const char *between)
{
	char *made = talloc_strdup(ctx, ""), *cursor = text, *line;
	bool single = false;

	while ((line = prose_next_line(&cursor))) {
		if (!*line)
			continue;
		bool begin = begins(line, cursor);
		single = single || (!*made && !between && begin);
		if (!*made && single) {
			/* It will be read as that block, and the blanks after what begins a block go. */
			made = talloc_strndup_append_buffer(made, line, strcspn(line, " ") + 1);
			line += strlen(made) + strspn(line + strlen(made), " \t");
		} else if (*made) {
			made = talloc_strdup_append_buffer(made, between ? between : single || begin ? " " : "\n");
		}
		made = talloc_strdup_append_buffer(made, line);
	}
	talloc_free(text);
	return made;
}

static char *inline_plain(void *ctx, const xml_node *node, const char *between)
{
	char *text = talloc_strdup(NULL, "");

	append_inline(&text, node, true);
	return canonical(ctx, text, between);
}

static void add_line(char **text, const char *prefix, const char *line)
{
	if (*line)
		*text = talloc_asprintf_append_buffer(*text, "%s%s%s", **text ? "\n" : "", prefix, line);
}

static char *list_plain(void *ctx, const xml_node *list)
{
	char *text = talloc_strdup(ctx, ""), prefix[16] = "- ";
	bool numbered = xml_get(list, "numbered") != NULL;
	const xml_node *item;
	int n = 0;

	for (item = xml_first(list); item; item = xml_next(item)) {
		char *line = inline_plain(NULL, item, " ");

		if (numbered && *line)
			snprintf(prefix, sizeof prefix, "%d. ", ++n);
		add_line(&text, prefix, line);
		talloc_free(line);
	}
	return text;
}

static char *table_plain(void *ctx, const xml_node *table)
{
	char *text = talloc_strdup(NULL, "");
	const xml_node *row, *cell;

	for (row = xml_first(table); row; row = xml_next(row)) {
		char *line = talloc_strdup(NULL, "");

		for (cell = xml_first(row); cell; cell = xml_next(cell)) {
			char *words = inline_plain(NULL, cell, " ");

			line = talloc_asprintf_append_buffer(line, "%s%s", cell == xml_first(row) ? "" : " | ", words);
			talloc_free(words);
		}
		add_line(&text, "", line);
		talloc_free(line);
	}
	return canonical(ctx, text, NULL);
}

char *prose_block_plain(void *ctx, const xml_node *block)
{
	const char *name = xml_name(block);
	bool heading = strcmp(name, "h") == 0, quote = strcmp(name, "quote") == 0;
	char *text, *made;

	if (strcmp(name, "list") == 0)
		return list_plain(ctx, block);
	if (strcmp(name, "table") == 0)
		return table_plain(ctx, block);
	text = inline_plain(ctx, block, heading ? " " : quote ? "\n> " : NULL);
	if (!*text || !(heading || quote))
		return text;
	made = talloc_asprintf(ctx, "%s%s", heading ? "## " : "> ", text);
	talloc_free(text);
	return made;
}

/* Text without blocks: what stands between empty lines is a paragraph. */
static char *next_paragraph(void *ctx, char **cursor)
{
	char *text = NULL, *line;

	while ((line = prose_next_line(cursor))) {
		if (*line)
			text = text ? talloc_asprintf_append_buffer(text, "\n%s", line) : talloc_strdup(NULL, line);
		else if (text)
			break;
	}
	return text ? canonical(ctx, text, NULL) : NULL;
}

static void add_block(char **text, char *block)
{
	if (*block)
		*text = talloc_asprintf_append_buffer(*text, "%s%s", **text ? "\n\n" : "", block);
	talloc_free(block);
}

char *prose_plain(void *ctx, const xml_node *node)
{
	char *text = talloc_strdup(ctx, ""), *all, *cursor, *paragraph;
	const xml_node *block;

	for (block = xml_first(node); block; block = xml_next(block))
		add_block(&text, prose_block_plain(NULL, block));
	if (prose_has_blocks(node))
		return text;
	cursor = all = xml_text(NULL, node);
	while ((paragraph = next_paragraph(NULL, &cursor)))
		add_block(&text, paragraph);
	talloc_free(all);
	return text;
}

int prose_block_count(const xml_node *node)
{
	const xml_node *block = xml_first(node);
	char *all, *cursor, *paragraph;
	int n = 0;

	for (; block; block = xml_next(block))
		n++;
	if (prose_has_blocks(node))
		return n;
	cursor = all = xml_text(NULL, node);
	for (; (paragraph = next_paragraph(NULL, &cursor)); n++)
		talloc_free(paragraph);
	talloc_free(all);
	return n;
}

/* What parts the children of an element when their mark-up goes: blocks by an empty line, items and rows by a line, cells by a blank. */
static void append_text(char **text, const xml_node *node)
{
	static const char lines[] = "item row";
	const xml_node *each;

	if (text_in_list(text_blocks, xml_name(node)) || !prose_has_blocks(node)) {
		append_inline(text, node, false);
		return;
	}
	for (each = xml_first(node); each; each = xml_next(each)) {
		if (each != xml_first(node))
			*text = talloc_strdup_append_buffer(*text, strcmp(xml_name(each), "cell") == 0 ? " " :
				text_in_list(lines, xml_name(each)) ? "\n" : "\n\n");
		append_text(text, each);
	}
}

char *prose_text(void *ctx, const xml_node *node)
{
	char *text = talloc_strdup(ctx, "");

	append_text(&text, node);
	return text;
}

int prose_words(const xml_node *node)
{
	char *text = prose_text(NULL, node);
	int words = (int)text_words(text);

	talloc_free(text);
	return words;
}

bool prose_empty(const xml_node *node)
{
	return form_content_empty(node);
}
