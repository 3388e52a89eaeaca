/* Two people on one section: three-way merge by field; and the difference of words. */
#ifndef FORM_COMPARE_H
#define FORM_COMPARE_H
#include "form/form.h"
/* A field that both changed, or a row that one removed and the other changed. */
enum clash_kind { CLASH_FIELD, CLASH_I_REMOVED, CLASH_THEY_REMOVED };
struct clash {
	enum clash_kind kind;
	const struct field *field;              /* of a field, else NULL */
	const struct repeat *repeat;            /* of a row, else NULL */
	const char *name;                       /* in what was joined */
	const char *base, *theirs, *mine;       /* of a field, as plain text */
	const char *both;                       /* of a long text or choices of many: what could be joined is, and where both changed the same place both stand; else "" */
};
/* Joins what only one side changed into *joined_r (a new document: theirs with mine's changes). Long texts join paragraph by paragraph, choices of many
 * code by code. Fields that both changed differently are clashes and hold theirs there; so are rows that one removed and the other changed,
 * which stay. Rows are matched by key or id. */
int compare_merge(void *ctx, const struct form *form, const struct xml_doc *base, const struct xml_doc *theirs, const struct xml_doc *mine,
	struct xml_doc **joined_r, struct clash **clashes_r, int *count_r, struct error *error);
/* <same>, <ins>, <del> children with text, under `into`: Myers on words. */
void compare_words(xml_node *into, const char *a, const char *b);
/* Two versions, each annotated under its own form (form/bind.h): <section id label> of <change kind name label> and <row kind name label key> of changes, under
 * `into`. kind: added, removed, changed. A change holds <was> and <now>, or of a text its words as above. What is withheld or not relevant is
 * nowhere. Returns the number of changes. */
int compare_versions(xml_node *into, const struct form *old_form, const struct xml_doc *old, const struct form *new_form, const struct xml_doc *new);
#endif
