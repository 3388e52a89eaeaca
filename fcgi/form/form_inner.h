/* What the files of this room share: walking an instance and its definition side by side, and mending instances. */
#ifndef FORM_FORM_INNER_H
#define FORM_FORM_INNER_H
#include "form/form.h"

#define FORM_NAME_MAX 300           /* bytes of a dotted name */
#define FORM_DEFAULT_MAX 1000       /* rows of a repeat without d:max */

struct form_path { char text[FORM_NAME_MAX + 16]; size_t length; };
/* Adds ".name" (and ".index" when not 0); returns the length before, for form_path_pop. */
size_t form_path_push(struct form_path *path, const char *name, int index);
void form_path_pop(struct form_path *path, size_t length);

/* One element met on a walk. */
struct form_visit {
	const struct step *step;
	xml_node *node;
	const char *name;                 /* dotted, "" for the root; until the walk goes on */
	int index;                        /* of a row, from one; else 0 */
	const struct form_visit *row;     /* the row it stands in, NULL if none */
};
typedef int (*form_visitor)(void *data, const struct form_visit *visit);   /* 0 go on, 1 not into it, other: stop and return it */
/* Every element of the document that the definition knows, in document order, parents first. Linear. */
int form_walk(const struct form *form, xml_node *root, form_visitor fn, void *data);

const struct step *form_step_child(const struct step *step, const char *name);
const struct step *form_step(const struct form *form, const char *name);              /* by dotted name, numbers or not */
const struct step *form_step_of(const struct form *form, const xml_node *node);       /* NULL when the definition does not know it */
/* The child of that step, made empty at its place in the definition's order when it is not there. Rows: the first one. */
xml_node *form_ensure(xml_node *parent, const struct step *step);
/* Adds what the definition has and the element lacks; rows are never added, only completed. */
void form_complete(const struct step *step, xml_node *node);
/* Makes the children of a fresh element, rows at d:min. */
void form_fill_new(const struct step *step, xml_node *node);
/* A fresh row after the last one, or at its place. */
xml_node *form_new_row(xml_node *parent, const struct step *step);
int  form_row_count(const xml_node *parent, const struct step *step);
void form_give_id(xml_node *row, const struct step *step);                            /* rows of a repeat without a key */
bool form_content_empty(const xml_node *node);                                        /* neither text but white space nor a mention */
bool form_value_empty(const struct field *field, const xml_node *node);
bool form_row_empty(const struct step *step, const xml_node *node);                   /* nothing but calculated values */
/* Text of the children of a d:when; "" when absent; borrowed. */
const char *form_when_part(const xml_node *node, const char *part);

/* form_rewrite.c: absolute paths into the context's own rows made relative to it (docs/forms.md "Shape"). A path that the definition does not
 * know is put into *unknown_r (else untouched). */
char *form_rewrite(void *ctx, const struct step *context, const char *expression, char **unknown_r);

/* The reader's own: what is known while a definition is read. */
struct form_use;
struct form_reader {
	struct form *form;
	xml_node *instance, *model, *body;   /* of form->definition */
	const struct xml_doc *lists;
	const char *file;
	struct error *error;
	xml_node **controls, **repeats;      /* of each field (NULL: none) and repeat */
	struct step **section_steps;         /* of each section, NULL where it has no element of its own */
	struct form_use *uses; int use_count;
	struct form_borrowed { const xml_node *node; const char *piece; } *borrowed; int borrowed_count;   /* what came from pieces */
};
/* An expression of `from` names `on`, a field: what is worked out (kind 'c') or asked (kind 'r') leans on that. */
struct form_use { const struct step *from, *on; char kind; };
int form_refuse(struct form_reader *reader, const xml_node *at, const char *code, const char *say, ...)
	__attribute__((format(printf, 4, 5)));
/* The step of an absolute path ("/return/head/kind"), NULL and an error when there is none. */
struct step *form_read_path(struct form_reader *reader, const xml_node *at, const char *path);
/* Rewrites and compiles the attribute if it is there; the attribute is then as compiled. */
int form_read_expression(struct form_reader *reader, xml_node *at, const char *attribute, const struct step *context, struct xpath **to_r);
int form_read_number(struct form_reader *reader, const char *text, const xml_node *at, int least, int *to_r);
int form_include(struct form_reader *reader, const struct form_pieces *pieces);   /* form_include.c: before all else */
int form_check_grammar(struct form_reader *reader);    /* form_grammar.c: nothing is said that nobody reads */
/* form_names.c: the first name in an expression that leads nowhere, as the end of a sentence (owned by the caller); NULL when all is well. kind: of
 * form_use, 0 where it does not matter. */
char *form_names_wrong(struct form_reader *reader, const struct step *context, char kind, const char *expression);
int form_check_sense(struct form_reader *reader);      /* form_sense.c: after all else */
int form_read_repeats(struct form_reader *reader);     /* form_body.c */
int form_read_sections(struct form_reader *reader);    /* form_body.c: sections and controls */
int form_read_items(struct form_reader *reader, struct field *field, xml_node *control);   /* form_items.c: lists, options, itemset */
int form_mark(struct form_reader *reader);             /* form_items.c: what the stylesheet compilers read on the controls */
int form_read_leaves(struct form_reader *reader);      /* form_binds.c: d:when and d:prose have no steps below them */
int form_read_binds(struct form_reader *reader);       /* form_binds.c */
const char *form_type_name(enum field_type type);      /* as in docs/forms.md */
#endif
