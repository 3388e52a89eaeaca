/* The plain syntax into blocks. What is no syntax is literal text, so this never fails. */
#include "form/prose.h"

#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "form/prose_inner.h"

enum kind { PARAGRAPH, HEADING, QUOTE, BULLETS, NUMBERS };

/* One block as it is gathered. Texts are the lines of a paragraph or quote, or the items of a list. */
struct block {
	enum kind kind;
	char **texts;
	int count;
};

struct reader {
	struct xml_doc *made;        /* the blocks, under a root of no matter */
	xml_node **before;           /* blocks that may lend themselves; NULL once lent */
	char **before_plain;
	int before_count, next;
	struct block block;          /* count 0: none begun */
};

static void take(struct block *block, const char *text)
{
	block->texts = talloc_realloc(NULL, block->texts, char *, (size_t)block->count + 1);
	block->texts[block->count++] = talloc_strdup(block->texts, text);
}

static char *block_plain(const struct block *block)
{
	static const char *const prefixes[] = { [PARAGRAPH] = "", [HEADING] = "## ", [QUOTE] = "> ", [BULLETS] = "- ", [NUMBERS] = "" };
	char *text = talloc_strdup(NULL, "");
	int i;

	for (i = 0; i < block->count; i++) {
		text = talloc_asprintf_append_buffer(text, "%s%s", i ? "\n" : "", prefixes[block->kind]);
		if (block->kind == NUMBERS)
			text = talloc_asprintf_append_buffer(text, "%d. ", i + 1);
		text = talloc_strdup_append_buffer(text, block->texts[i]);
	}
	return text;
}

static void append_bytes(xml_node *node, const char *from, size_t length)
{
	char *text = talloc_strndup(NULL, from, length);

	if (length)
		xml_append(node, text);
	talloc_free(text);
}

/* [[P3]], [[P3|her aunt]], [[2026-03-26|that Thursday]]; the bytes it took, 0 when it is none. */
static size_t read_mention(xml_node *node, const char *at)
{
	const char *end = strstr(at + 2, "]]"), *bar;
	char *ref, *words;
	size_t taken = 0;

	if (!end)
		return 0;
	bar = memchr(at, '|', (size_t)(end - at));
	ref = talloc_strndup(NULL, at + 2, (size_t)((bar ? bar : end) - at - 2));
	words = bar ? talloc_strndup(ref, bar + 1, (size_t)(end - bar - 1)) : NULL;
	if ((!words || *text_trim(ref, words)) && (prose_ref_ok(ref, NULL) || prose_date_ok(ref))) {
		bool date = !prose_ref_ok(ref, NULL);
		xml_node *mention = xml_add_text(node, date ? "date" : prose_kind_of(ref), words);

		xml_set(mention, date ? "value" : "ref", ref);
		taken = (size_t)(end - at) + 2;
	}
	talloc_free(ref);
	return taken;
}

static void read_inline(xml_node *node, const char *text)
{
	const char *literal = text, *at = text;
	size_t taken;

	while ((at = strstr(at, "[["))) {
		/* The literal text before it must come first, so it is written as soon as a mention may follow. */
		append_bytes(node, literal, (size_t)(at - literal));
		literal = at;
		taken = read_mention(node, at);
		at += taken ? taken : 1;
		if (taken)
			literal = at;
	}
	append_bytes(node, literal, strlen(literal));
}

/* A block that was there before with the same words comes again as it was: with its id, and also when it is a table or note, which the
 * plain syntax cannot write. */
static bool lend(struct reader *r, const struct block *block)
{
	char *plain = block_plain(block);
	bool lent = false;
	int i, k;

	for (i = 0; i < r->before_count && !lent; i++) {
		k = (r->next + i) % r->before_count;
		if (!r->before[k] || strcmp(r->before_plain[k], plain) != 0)
			continue;
		xml_copy_into(xml_root(r->made), r->before[k]);
		r->before[k] = NULL;
		r->next = k + 1;
		lent = true;
	}
	talloc_free(plain);
	return lent;
}

static void build(struct reader *r, const struct block *block)
{
	static const char *const names[] = { [PARAGRAPH] = "p", [HEADING] = "h", [QUOTE] = "quote", [BULLETS] = "list", [NUMBERS] = "list" };
	xml_node *node = xml_add(xml_root(r->made), names[block->kind]);
	char *text;
	int i;

	if (block->kind == NUMBERS)
		xml_set(node, "numbered", "yes");
	if (block->kind == BULLETS || block->kind == NUMBERS) {
		for (i = 0; i < block->count; i++)
			read_inline(xml_add(node, "item"), block->texts[i]);
		return;
	}
	text = talloc_strdup(NULL, block->texts[0]);
	for (i = 1; i < block->count; i++)
		text = talloc_asprintf_append_buffer(text, "\n%s", block->texts[i]);
	read_inline(node, text);
	talloc_free(text);
}

static void finish(struct reader *r)
{
	if (r->block.count && !lend(r, &r->block))
		build(r, &r->block);
	talloc_free(r->block.texts);
	r->block = (struct block){ .kind = PARAGRAPH };
}

/* "12. text" when 12 is the number wanted: its text, else NULL. */
static const char *numbered(const char *line, int wanted)
{
	size_t digits = strspn(line, "0123456789");

	if (digits == 0 || digits > 5 || line[0] == '0' || atoi(line) != wanted || line[digits] != '.' || line[digits + 1] != ' ')
		return NULL;
	return line + digits + 1 + strspn(line + digits + 1, " \t");
}

static void begin(struct reader *r, enum kind kind, const char *text)
{
	finish(r);
	r->block.kind = kind;
	take(&r->block, text + strspn(text, " \t"));
}

/* Does the line belong to the block begun? Then it takes it. */
static bool goes_on(struct block *block, const char *line)
{
	const char *item = block->kind == NUMBERS ? numbered(line, block->count + 1) : NULL;
	bool same = item || (block->kind == BULLETS && text_starts(line, "- ")) || (block->kind == QUOTE && text_starts(line, "> "));
	char **last;

	if (block->count == 0 || block->kind == HEADING || (!same && (block->kind == QUOTE || prose_has_prefix(line))))
		return false;
	if (same) {
		line = item ? item : line + 2;
		take(block, line + strspn(line, " \t"));
	} else if (block->kind == PARAGRAPH) {
		take(block, line);
	} else {
		last = &block->texts[block->count - 1];
		*last = talloc_asprintf_append_buffer(*last, " %s", line);
	}
	return true;
}

static void read_line(struct reader *r, const char *line)
{
	if (!*line)
		finish(r);
	else if (goes_on(&r->block, line))
		return;
	else if (text_starts(line, "## "))
		begin(r, HEADING, line + 3);
	else if (text_starts(line, "> "))
		begin(r, QUOTE, line + 2);
	else if (text_starts(line, "- "))
		begin(r, BULLETS, line + 2);
	else if (text_starts(line, "1. "))
		begin(r, NUMBERS, line + 3);
	else
		begin(r, PARAGRAPH, line);
}

static void gather_before(struct reader *r, const xml_node *before)
{
	const xml_node *block;

	for (block = xml_first(before); block; block = xml_next(block)) {
		size_t n = (size_t)r->before_count++;

		r->before = talloc_realloc(r, r->before, xml_node *, n + 1);
		r->before_plain = talloc_realloc(r, r->before_plain, char *, n + 1);
		r->before[n] = (xml_node *)block;
		r->before_plain[n] = prose_block_plain(r->before_plain, block);
	}
}

void prose_read(xml_node *node, const char *plain, const xml_node *before)
{
	struct reader *r = talloc_zero(NULL, struct reader);
	char *text = talloc_strdup(r, plain), *cursor = text, *line;
	const xml_node *block;

	r->made = xml_new(r, "prose");
	gather_before(r, before);
	while ((line = prose_next_line(&cursor)))
		read_line(r, line);
	finish(r);
	xml_empty(node);
	for (block = xml_first(xml_root(r->made)); block; block = xml_next(block))
		xml_copy_into(node, block);
	talloc_free(r);
}
