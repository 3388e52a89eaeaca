/* What was typed, as a value: of the type where it can be, else just as it was typed. */
#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "form/fill_inner.h"
#include "form/prose.h"

static const char *piece(const char *const pieces[PIECES], enum piece which)
{
	return pieces[which] ? pieces[which] : "";
}

static char *one_line(void *ctx, const char *text)
{
	char *copy = text_trim(ctx, text), *at;

	for (at = copy; *at; at++)
		if (*at == '\n' || *at == '\r')
			*at = ' ';
	return copy;
}

static char *without(void *ctx, const char *text, const char *dropped)
{
	char *made = talloc_strdup(ctx, text), *to = made;

	for (; *text; text++)
		if (!strchr(dropped, *text))
			*to++ = *text;
	*to = '\0';
	return made;
}

/* "1,200 " is a number to whoever typed it; "1,200kg" stays. */
static const char *as_int(void *ctx, const char *text)
{
	char *bare = without(ctx, text, ", ");

	return *bare && strspn(bare + (*bare == '-'), "0123456789") == strlen(bare) - (*bare == '-') ? bare : text;
}

static const char *as_time(void *ctx, const char *text)
{
	bool short_hour = strlen(text) == 4 && text[1] == ':' && strspn(text, "0123456789") == 1;

	return short_hour ? talloc_asprintf(ctx, "0%s", text) : text;
}

/* Day, month and year as a date, or joined as they were typed. A whole date in the first box is taken apart. */
static const char *as_date(void *ctx, const char *const pieces[PIECES], bool partial)
{
	const char *typed[3] = { one_line(ctx, piece(pieces, DAY)), one_line(ctx, piece(pieces, MONTH)), one_line(ctx, piece(pieces, YEAR)) };
	const char *raw;
	struct error ignored;
	char *made;

	if (!*typed[0] && !*typed[1] && !*typed[2])
		return "";
	if (!*typed[1] && !*typed[2] && (strchr(typed[0], '/') || strlen(typed[0]) == 10)) {
		raw = typed[0];
		words_date_parts(ctx, raw, typed);
	} else {
		raw = talloc_asprintf(ctx, "%s/%s/%s", typed[0], typed[1], typed[2]);
	}
	made = date_typed(ctx, typed[0], typed[1], typed[2], partial, "", &ignored);
	return made ? made : raw;
}

static bool any_date_piece(const char *const pieces[PIECES])
{
	return pieces[DAY] || pieces[MONTH] || pieces[YEAR];
}

/* "2026-03-24 on-or-about", "unknown": a d:when in one text, as comparing shows it. */
static void split_when(void *ctx, const char *text, const char **written_r, const char **precision_r)
{
	static const char precisions[] = "exact on-or-about week-of month season year before after unknown";
	const char *blank = strrchr(text, ' '), *last = blank ? blank + 1 : text;

	if (text_in_list(precisions, last)) {
		*written_r = text_trim(ctx, talloc_strndup(ctx, text, (size_t)(last - text)));
		*precision_r = last;
	} else {
		*written_r = text;
	}
}

static void fill_when(void *ctx, xml_node *node, const char *const pieces[PIECES])
{
	const char *old_written = talloc_strdup(ctx, form_when_part(node, "written"));
	const char *old_precision = talloc_strdup(ctx, form_when_part(node, "precision"));
	const char *written = old_written, *precision = pieces[PRECISION] ? one_line(ctx, pieces[PRECISION]) : old_precision;

	if (any_date_piece(pieces))
		written = as_date(ctx, pieces, true);
	else if (pieces[WHOLE])
		split_when(ctx, one_line(ctx, pieces[WHOLE]), &written, &precision);
	if (strcmp(written, old_written) == 0 && strcmp(precision, old_precision) == 0)
		return;
	/* The days it spans, which a sender may have added, go with the old date. */
	xml_empty(node);
	if (*written || *precision) {
		xml_add_text(node, "written", written);
		xml_add_text(node, "precision", precision);
	}
}

/* Prose is read anew only when its text was changed: what the plain syntax cannot say (tables, notes) survives. */
static void fill_prose(void *ctx, xml_node *node, const char *typed)
{
	char *plain = text_unix_lines(talloc_strdup(ctx, typed));
	struct xml_doc *before;

	if (strcmp(plain, prose_plain(ctx, node)) == 0)
		return;
	before = xml_copy_node(ctx, node);
	prose_read(node, plain, xml_root(before));
}

static const char *value_of(void *ctx, const struct field *field, const char *const pieces[PIECES])
{
	const char *text = piece(pieces, WHOLE);

	switch (field->type) {
	case FIELD_REFS:
	case FIELD_MANY:
		return text_squeeze(ctx, form_codes(ctx, text));
	case FIELD_TEXT:
		return text_unix_lines(talloc_strdup(ctx, text));
	case FIELD_INT:
		return as_int(ctx, one_line(ctx, text));
	case FIELD_TIME:
		return as_time(ctx, one_line(ctx, text));
	case FIELD_NHS:
		return nhs_number_ok(one_line(ctx, text)) ? without(ctx, text, " \r\n\t") : one_line(ctx, text);
	case FIELD_DATE:
		return any_date_piece(pieces) ? as_date(ctx, pieces, false) : one_line(ctx, text);
	default:
		return one_line(ctx, text);
	}
}

void fill_value(void *ctx, const struct field *field, xml_node *node, const char *const pieces[PIECES])
{
	const char *const not_known[PIECES] = { [WHOLE] = "", [PRECISION] = field->unknown };
	bool unknown = pieces[UNKNOWN] && *pieces[UNKNOWN] && field->unknown;
	void *scratch = talloc_new(ctx);

	if (!unknown && field->type != FIELD_WHEN && !pieces[WHOLE] && !any_date_piece(pieces))
		;   /* only a box that is not ticked: nothing was said of the value */
	else if (field->type == FIELD_WHEN)
		fill_when(scratch, node, unknown ? not_known : pieces);
	else if (unknown)
		xml_replace_text(node, field->unknown);
	else if (field->type == FIELD_PROSE)
		fill_prose(scratch, node, piece(pieces, WHOLE));
	else
		xml_replace_text(node, value_of(scratch, field, pieces));
	talloc_free(scratch);
}
