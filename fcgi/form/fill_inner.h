/* What the files of filling share. */
#ifndef FORM_FILL_INNER_H
#define FORM_FILL_INNER_H
#include "form/bind_inner.h"

/* What a part of a form is about: a field's value or a piece of it (docs/forms.md, "Names of fields"). */
enum piece { WHOLE, DAY, MONTH, YEAR, PRECISION, UNKNOWN, PIECES };

/* Puts what was typed into a field; pieces that were not posted are NULL. */
void fill_value(void *ctx, const struct field *field, xml_node *node, const char *const pieces[PIECES]);
/* Each row of a name has its number, written as we write it, at most d:max. The steps are known to exist. */
bool fill_numbers_ok(const struct form *form, const char *name);
/* The element of a name whose numbers are right, made when it is not there; rows only when `rows`, else NULL. "" is the root. */
xml_node *fill_reach(const struct form *form, struct xml_doc *doc, const char *name, bool rows);
#endif
