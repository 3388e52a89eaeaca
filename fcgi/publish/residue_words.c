#include "publish/residue_parts.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>
#include "adapter/fold.h"

static char *read_all(void *ctx, const char *path, struct error *error)
{
	FILE *file = fopen(path, "rbe");
	char *text = NULL, chunk[16384];
	size_t length = 0, n;

	if (!file) {
		error_set(error, ERROR_FAULT, "words.file", "The word list %s cannot be read: %s.", path, strerror(errno));
		return NULL;
	}
	while ((n = fread(chunk, 1, sizeof chunk, file)) > 0) {
		text = talloc_realloc(ctx, text, char, (length + n) * 2 + 1);
		memcpy(text + length, chunk, n);
		length += n;
	}
	fclose(file);
	if (!text)
		return talloc_strdup(ctx, "");
	text[length] = 0;
	return text;
}

static bool is_ascii(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text >= 0x80)
			return false;
	return true;
}

/* Half of the list is read at each start, so plain ASCII does not go through ICU. */
static const char *folded(void *ctx, char *text)
{
	if (!is_ascii(text))
		return fold_plain(ctx, text);
	for (char *c = text; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return text;
}

static int by_text(const void *a, const void *b)
{
	const struct word *x = a, *y = b;
	int order = strcmp(x->text, y->text);

	return order ? order : x->proper - y->proper;
}

static void take_line(struct words *words, char *line)
{
	size_t length = strlen(line);

	while (length > 0 && strchr(" \t\r", line[length - 1]))
		line[--length] = 0;
	line += strspn(line, " \t");
	if (!*line || *line == '#')
		return;
	if (strchr(line, ' ')) {
		words->phrases = talloc_realloc(words, words->phrases, const char *, words->phrase_count + 1);
		words->phrases[words->phrase_count++] = line;
		return;
	}
	if ((words->count & (words->count - 1)) == 0)
		words->list = talloc_realloc(words, words->list, struct word, words->count ? words->count * 2 : 1);
	bool proper = isupper((unsigned char)*line);
	words->list[words->count++] = (struct word){ folded(words, line), proper };
}

struct words *words_read(void *ctx, const char *path, struct error *error)
{
	struct words *words = talloc_zero(ctx, struct words);
	char *text = read_all(words, path, error), *save = NULL;
	int kept = 0;

	if (!text) {
		talloc_free(words);
		return NULL;
	}
	for (char *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save))
		take_line(words, line);
	if (words->count)
		qsort(words->list, (size_t)words->count, sizeof *words->list, by_text);
	for (int i = 0; i < words->count; i++)
		if (i == 0 || strcmp(words->list[i].text, words->list[kept - 1].text))
			words->list[kept++] = words->list[i];          /* the one without a capital comes first and stays */
	words->count = kept;
	return words;
}

const struct word *words_find(const struct words *words, const char *text)
{
	const struct word key = { text, false };
	int low = 0, high = words->count - 1;

	while (low <= high) {
		int middle = (low + high) / 2, order = strcmp(words->list[middle].text, key.text);
		if (order == 0)
			return &words->list[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle - 1;
	}
	return NULL;
}

bool words_have(const struct words *words, const char *word)
{
	char *text = fold_plain(NULL, word);
	bool found = words_find(words, text) != NULL;

	talloc_free(text);
	return found;
}

const char *const *words_common(void *ctx, const struct words *words, int *count_r)
{
	const char **list = talloc_array(ctx, const char *, words->count + 1);
	int n = 0;

	for (int i = 0; i < words->count; i++)
		if (!words->list[i].proper)
			list[n++] = words->list[i].text;
	*count_r = n;
	return list;
}
