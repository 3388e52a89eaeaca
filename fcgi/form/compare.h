/* Two people on one section: three-way merge by field; and the difference of words. */
#ifndef FORM_COMPARE_H
#define FORM_COMPARE_H
#include "form/form.h"
struct clash { const struct field *field; const char *name; const char *base, *theirs, *mine; };   /* as plain text */
/* Joins what only one side changed into *joined_r (a new document: theirs with mine's changes); fields that both changed differently are clashes
 * and hold theirs there. Rows are matched by key or id. */
int compare_merge(void *ctx, const struct form *form, const struct xml_doc *base, const struct xml_doc *theirs, const struct xml_doc *mine,
	struct xml_doc **joined_r, struct clash **clashes_r, int *count_r, struct error *error);
/* <same>, <ins>, <del> children with text, under `into`: Myers on words. */
void compare_words(xml_node *into, const char *a, const char *b);
#endif
