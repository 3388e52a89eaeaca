/* One value against its field: required, type, length, option, reference. */
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "form/bind_inner.h"
#include "form/prose.h"

/* One field being judged. */
struct value {
	struct judging *j;
	const struct form_visit *visit;
	const struct field *field;
	const char *text;            /* trimmed */
	void *scratch;
};

static int line_of(const xml_node *node)
{
	while (node && xml_line(node) == 0)
		node = xml_parent(node);
	return xml_line(node);
}

/* "Weight for person 2" and what is wrong with it. */
static int fault(struct value *v, const char *code, const char *wrong)
{
	faults_add(v->j->faults, 0, code, v->visit->name, line_of(v->visit->node), "%s %s", words_named(v->scratch, v->visit), wrong);
	return 1;
}

static int fault_limit(struct value *v, const char *code, int limit, const char *unit)
{
	char *wrong = talloc_asprintf(v->scratch, "must be %d %s or fewer", limit, unit);

	return fault(v, code, wrong);
}

static int judge_text(struct value *v)
{
	if (v->field->type == FIELD_STRING && strchr(v->text, '\n'))
		return fault(v, "type.string", "must be on one line");
	if (v->field->length && text_characters(v->text) > (size_t)v->field->length)
		return fault_limit(v, "length", v->field->length, "characters");
	return 0;
}

static int judge_prose(struct value *v)
{
	if (v->field->words && prose_words(v->visit->node) > v->field->words)
		return fault_limit(v, "words", v->field->words, "words");
	return 0;
}

static int judge_int(struct value *v)
{
	const char *digits = v->text + (v->text[0] == '-');

	if (!*digits || strlen(digits) > 15 || strspn(digits, "0123456789") != strlen(digits))
		return fault(v, "type.int", "must be a whole number");
	return 0;
}

/* What was typed gets the sentence about the part that is wrong. */
static int fault_date(struct value *v, const char *code, const char *text, bool partial)
{
	struct error typed = { 0 };
	const char *parts[3];

	/* What came from boxes holds strokes, or is a date or a part of one; all else a system has written in its own way. */
	words_date_parts(v->scratch, text, parts);
	if ((strchr(text, '/') || strlen(parts[2]) == 4) && !date_typed(v->scratch, parts[0], parts[1], parts[2], partial, words_named(v->scratch, v->visit), &typed)) {
		faults_add(v->j->faults, 0, code, v->visit->name, line_of(v->visit->node), "%s", typed.say);
		return 1;
	}
	return fault(v, code, partial ? "must be written like 2026-03-26, 2026-03 or 2026" : "must be written like 2026-03-26");
}

static int judge_date(struct value *v)
{
	struct error ignored;
	day d;

	return date_parse(v->text, &d, &ignored) < 0 ? fault_date(v, "type.date", v->text, false) : 0;
}

static int judge_time(struct value *v)
{
	const char *t = v->text;
	bool shape = strlen(t) == 5 && t[2] == ':' && strspn(t, "0123456789") == 2 && strspn(t + 3, "0123456789") == 2;

	return shape && atoi(t) < 24 && atoi(t + 3) < 60 ? 0 : fault(v, "type.time", "must be a time, like 15:40");
}

static int judge_nhs(struct value *v)
{
	return nhs_number_ok(v->text) ? 0 : fault(v, "type.nhs-number", "must be an NHS number: 10 digits, of which the last checks the others");
}

/* A sender may say the days that a date spans; then they must be those that we work out (docs/forms.md). */
static bool days_agree(struct value *v, const struct when *when)
{
	const xml_node *from = xml_child(v->visit->node, "from"), *to = xml_child(v->visit->node, "to");

	return (form_content_empty(from) || strcmp(text_trim(v->scratch, xml_text(v->scratch, from)), date_iso(v->scratch, when->from)) == 0) &&
		(form_content_empty(to) || strcmp(text_trim(v->scratch, xml_text(v->scratch, to)), date_iso(v->scratch, when->to)) == 0);
}

static int judge_when(struct value *v)
{
	const char *written = text_trim(v->scratch, form_when_part(v->visit->node, "written"));
	const char *precision = text_trim(v->scratch, form_when_part(v->visit->node, "precision"));
	struct error wrong, ignored;
	struct when when;
	const char *say;

	if (date_when(written, precision, &when, &wrong) == 0)
		return days_agree(v, &when) ? 0 : fault(v, "type.when", "has a from or to that is not the day worked out from what is written");
	if (*written && strcmp(precision, "unknown") != 0) {
		/* The date itself is more basic than how exact it is. */
		size_t n = strlen(written);

		if (date_when(written, n == 4 ? "year" : n == 7 ? "month" : "exact", &when, &ignored) < 0)
			return fault_date(v, "type.when", written, true);
	}
	if (strcmp(wrong.code, "date.precision") == 0) {
		faults_add(v->j->faults, 0, "type.when", v->visit->name, line_of(v->visit->node), "Select how exact the date “%s” is%s",
			v->field->label, words_row(v->scratch, v->visit->row));
		return 1;
	}
	say = talloc_asprintf(v->scratch, "is not right: %s", words_label(v->scratch, wrong.say));
	return fault(v, "type.when", talloc_strndup(v->scratch, say, strlen(say) - text_ends(say, ".")));
}

/* "Sharing, Housing and Schools", at most ten of them: what a sender's system needs to know is which codes there are. */
static char *listed(struct value *v)
{
	char *made = talloc_strdup(v->scratch, "");
	int n = v->field->option_count, most = 10;

	for (int i = 0; i < n && i < most; i++)
		made = talloc_asprintf_append_buffer(made, "%s%s", i == 0 ? "" : n <= most && i == n - 1 ? " or " : ", ", v->field->options[i].code);
	return n <= most ? made : talloc_asprintf_append_buffer(made, " and %d more", n - most);
}

/* The option that excludes the others, by its label. */
static const char *excluding(struct value *v)
{
	const char *cursor = v->text, *code;

	while ((code = text_next_word(v->scratch, &cursor)))
		if (form_option(v->field, code)->exclusive)
			return form_option(v->field, code)->label;
	return "";
}

static int judge_options(struct value *v)
{
	const char *cursor = v->text, *code;
	const struct option *option;
	int n = 0, exclusive = 0;

	while ((code = text_next_word(v->scratch, &cursor))) {
		option = form_option(v->field, code);
		if (!option || (n > 0 && v->field->type != FIELD_MANY))
			return fault(v, "option", option ? "must be one option only" : talloc_asprintf(v->scratch, "must be one of the options listed: %s", listed(v)));
		exclusive += option->exclusive;
		n++;
	}
	return exclusive && n > 1 ? fault(v, "option", talloc_asprintf(v->scratch, "cannot have “%s” together with other options", excluding(v))) : 0;
}

/* A given row whose node has gone keeps what was typed; that it goes along is said with a reason. */
static int judge_gone(struct value *v)
{
	const struct choices *given = judging_given(v->j, v->field->repeat), *known = judging_choices(v->j, v->field, v->visit->node, true);

	if (!given || !known)
		return -1;
	if (!choice_find(given, v->text) && !choice_find(known, v->text))
		faults_add(v->j->faults, 1, "row.gone", v->visit->name, line_of(v->visit->node), "%s is no longer in the list. Remove what was said about it, or say why it is kept",
			text_is_name(v->text) ? v->text : "An entry");
	return 0;
}

static int judge_refs(struct value *v)
{
	const struct choices *choices = judging_choices(v->j, v->field, v->visit->node, true);
	const char *cursor = v->text, *id;
	int n = 0;

	if (v->field->given)
		return judge_gone(v);
	if (!choices)
		return -1;
	for (; (id = text_next_word(v->scratch, &cursor)); n++) {
		if (!choice_find(choices, id))
			return fault(v, "reference", talloc_asprintf(v->scratch, "names %s, which is not in the list",
				text_is_name(id) ? id : "something"));
		if (n > 0 && v->field->type == FIELD_REF)
			return fault(v, "reference", "must name one only");
	}
	return 0;
}

/* A file belongs to its document and to the field it was sent for, whose readers are those who may open it. */
static int judge_attachment(struct value *v)
{
	const struct judge_file *file = judge_file(v->j->judge, v->text);

	if (!file)
		return fault(v, "attachment", "names no file of this document: send the file first");
	return strcmp(file->field, v->field->pattern) == 0 ? 0 : fault(v, "attachment", "names a file that was sent for another question");
}

static int judge_constraint(struct value *v)
{
	char *row, *label;
	bool right;

	if (judging_test(v->j, v->field->constraint, v->visit->node, true, &right) < 0)
		return -1;
	if (right)
		return 0;
	row = words_row(v->scratch, v->visit->row);
	label = words_label(v->scratch, v->field->label);
	if (!v->field->alert)
		faults_add(v->j->faults, 0, "constraint", v->visit->name, line_of(v->visit->node), "Check %s%s", label, row);
	else if (*row)   /* " for event 2" */
		faults_add(v->j->faults, 0, "constraint", v->visit->name, line_of(v->visit->node), "%.*s (%s)",
			(int)strlen(v->field->alert) - text_ends(v->field->alert, "."), v->field->alert, row + strlen(" for "));
	else
		faults_add(v->j->faults, 0, "constraint", v->visit->name, line_of(v->visit->node), "%s", v->field->alert);
	return 1;
}

static int (*const judges[FIELD_TYPES])(struct value *v) = {
	[FIELD_STRING] = judge_text, [FIELD_TEXT] = judge_text, [FIELD_PROSE] = judge_prose, [FIELD_INT] = judge_int, [FIELD_DATE] = judge_date,
	[FIELD_TIME] = judge_time, [FIELD_WHEN] = judge_when, [FIELD_REF] = judge_refs, [FIELD_REFS] = judge_refs,
	[FIELD_ONE] = judge_options, [FIELD_MANY] = judge_options, [FIELD_YES_NO] = judge_options, [FIELD_NHS] = judge_nhs, [FIELD_ATTACHMENT] = judge_attachment,
};

static bool is_unknown(const struct field *field, const char *text, const xml_node *node)
{
	if (!field->unknown)
		return false;
	return strcmp(field->type == FIELD_WHEN ? form_when_part(node, "precision") : text, field->unknown) == 0 &&
		(field->type != FIELD_WHEN || form_content_empty(xml_child(node, "written")));
}

int judge_value(struct judging *j, const struct form_visit *visit, bool required)
{
	struct value v = { j, visit, visit->step->field, "", talloc_new(NULL) };
	int result = 0;

	if (form_value_empty(v.field, visit->node)) {
		if (required)
			faults_add(j->faults, 0, "required", visit->name, line_of(visit->node), "%s", words_missing(v.scratch, visit));
		result = required;
		goto out;
	}
	if ((v.field->type != FIELD_PROSE || v.field->unknown) && v.field->type != FIELD_WHEN)
		v.text = text_trim(v.scratch, xml_text(v.scratch, visit->node));
	if (is_unknown(v.field, v.text, visit->node))
		goto out;
	result = judges[v.field->type](&v);
	if (result == 0)
		result = judge_constraint(&v);
out:
	talloc_free(v.scratch);
	return result;
}
