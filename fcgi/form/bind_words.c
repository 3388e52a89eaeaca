/* The sentences of faults, after the GOV.UK Design System's error messages: "Enter …", "Select …", and which row it is about. */
#include <ctype.h>
#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "form/bind_inner.h"

/* First words that keep their capital although the rest of them is small. */
static const char names[] = "January February March April May June July August September October November December "
	"Monday Tuesday Wednesday Thursday Friday Saturday Sunday England Wales Scotland Ireland British English Welsh Cafcass Ofsted I";

char *words_label(void *ctx, const char *label)
{
	size_t first = strcspn(label, " ,.:;()'");
	char *made = talloc_strdup(ctx, label), *word = talloc_strndup(made, label, first);
	size_t i;
	bool acronym = false;

	for (i = 1; i < first; i++)
		acronym = acronym || isupper((unsigned char)label[i]) || isdigit((unsigned char)label[i]);
	if (!acronym && !text_in_list(names, word))
		made[0] = (char)tolower((unsigned char)made[0]);
	talloc_free(word);
	return made;
}

/* " for name 1 of person 2" */
char *words_row(void *ctx, const struct form_visit *row)
{
	char *made = talloc_strdup(ctx, "");
	const char *link = " for";

	for (; row; row = row->row, link = " of") {
		char *label = words_label(NULL, *row->step->repeat->label ? row->step->repeat->label : row->step->name);

		made = talloc_asprintf_append_buffer(made, "%s %s %d", link, label, row->index);
		talloc_free(label);
	}
	return made;
}

char *words_named(void *ctx, const struct form_visit *visit)
{
	char *row = words_row(NULL, visit->row);
	const char *label = visit->step->field->label;
	char *made = talloc_asprintf(ctx, text_ends(label, "?") ? "The answer to “%s”%s" : "%s%s", label, row);

	talloc_free(row);
	return made;
}

/* Labels that make no sentence after “Enter”: a question, “Secured on”, “Sharing information: what the records show”. */
static bool is_quoted(const char *label)
{
	const char *last = strrchr(label, ' ');

	return text_ends(label, "?") || strstr(label, ": ") != NULL || (last != NULL && text_in_list("on by to from until at in with", last + 1));
}

char *words_missing(void *ctx, const struct form_visit *visit)
{
	static const bool chosen[FIELD_TYPES] = { [FIELD_REF] = true, [FIELD_REFS] = true, [FIELD_ONE] = true, [FIELD_MANY] = true, [FIELD_YES_NO] = true, [FIELD_ATTACHMENT] = true };
	const struct field *field = visit->step->field;
	char *row = words_row(NULL, visit->row), *label = words_label(row, field->label), *made;

	if (is_quoted(field->label))
		made = talloc_asprintf(ctx, "Answer “%s”%s", field->label, row);
	else
		made = talloc_asprintf(ctx, "%s %s%s", chosen[field->type] ? "Select" : "Enter", label, row);
	talloc_free(row);
	return made;
}

void words_date_parts(void *ctx, const char *text, const char *parts_r[3])
{
	const char *first = strchr(text, '/'), *second = first ? strchr(first + 1, '/') : NULL;
	size_t n = strlen(text);
	bool iso = strspn(text, "0123456789-") == n && (n == 4 || (n == 7 && text[4] == '-') || (n == 10 && text[4] == '-' && text[7] == '-'));

	parts_r[0] = parts_r[1] = parts_r[2] = "";
	if (second) {
		parts_r[0] = talloc_strndup(ctx, text, (size_t)(first - text));
		parts_r[1] = talloc_strndup(ctx, first + 1, (size_t)(second - first - 1));
		parts_r[2] = talloc_strdup(ctx, second + 1);
	} else if (iso) {
		parts_r[0] = n == 10 ? talloc_strdup(ctx, text + 8 + (text[8] == '0')) : "";
		parts_r[1] = n >= 7 ? talloc_strndup(ctx, text + 5 + (text[5] == '0'), text[5] == '0' ? 1 : 2) : "";
		parts_r[2] = talloc_strndup(ctx, text, 4);
	} else {
		/* No date at all: shown where it is seen, in the last and widest box. */
		parts_r[2] = talloc_strdup(ctx, text);
	}
}
