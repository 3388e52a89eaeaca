/* What the files of the judge share. */
#ifndef FORM_BIND_INNER_H
#define FORM_BIND_INNER_H
#include "form/bind.h"
#include "form/form_inner.h"

struct choice { const char *id, *label; };
struct choices { struct choice *list; int count; };       /* sorted by id */

/* One judging of one document. */
struct judging {
	const struct judge *judge;
	struct xpath_env env;
	struct choices **known;          /* per field, the last for the register; made when first asked for */
	struct choices **given;          /* per repeat */
	const char *section;             /* NULL: all */
	struct faults *faults;
	struct error *error;             /* set when a visitor stops with -1 */
};
struct judging *judging_new(void *ctx, const struct judge *judge, struct error *error);
/* xpath_test over an expression that may be absent. */
int judging_test(struct judging *j, const struct xpath *x, const xml_node *node, bool absent, bool *yes_r);
/* What the field's calculate says; nothing where there is no number yet. */
int judging_work_out(void *ctx, struct judging *j, const struct field *field, const xml_node *node, char **text_r);
/* Relevant by its own bind: field, group or row. */
int judging_relevant(struct judging *j, const struct form_visit *visit, bool *yes_r);
/* The rows a d:ref may name; checked: for a register those of every kind. NULL and an error when its expression fails. */
const struct choices *judging_choices(struct judging *j, const struct field *field, const xml_node *node, bool checked);
/* Sorted by id, the choices of a node-set: what each is called is the best that the viewer may see. */
void choices_add(struct choices *choices, const char *id, const char *label);
void choices_sort(struct choices *choices);
const char *choice_label(const xml_node *entry);
/* bind_given.c: the nodes that give the rows of a repeat, sorted. NULL and an error when the expression fails. Kept for the whole judging. */
const struct choices *judging_given(struct judging *j, const struct repeat *repeat);
const struct choice *choice_find(const struct choices *choices, const char *id);

/* bind_values.c: one value against its field, from required to reference; true when a fault was added. -1 on error. */
int judge_value(struct judging *j, const struct form_visit *visit, bool required);
/* bind_words.c: the words of faults. */
char *words_label(void *ctx, const char *label);                      /* within a sentence: "date of birth", "NHS number" */
char *words_row(void *ctx, const struct form_visit *row);             /* " for event 2", "" */
char *words_named(void *ctx, const struct form_visit *visit);         /* "Date of birth for person 2" */
char *words_missing(void *ctx, const struct form_visit *visit);       /* "Enter when for event 2" */
/* Splits "31/02/2025" or "2025-03-05" into what was typed as day, month, year; "" where nothing was. */
void words_date_parts(void *ctx, const char *text, const char *parts_r[3]);
#endif
