/* A POST into an instance: fields named by path, buttons that add and remove rows. Every value is kept as it was typed. */
#ifndef FORM_FILL_H
#define FORM_FILL_H
#include "base/multipart.h"
#include "form/bind.h"

/* Changes doc. Only fields of `section` (NULL = all) that the viewer may fill and see are touched; others keep their values. Names the form does not
 * define are refused (form.unknown-field, kind INVALID) unless in `ignore` (blank separated: "csrf rev do"). Absent check boxes of a posted
 * section become empty: a hidden field `in` names each row or group that was on the page. */
int fill_section(void *ctx, const struct judge *judge, struct xml_doc *doc, const char *section, const struct parts *parts, const char *ignore, struct error *error);
/* One field from plain text, as compare_merge writes it (prose in its plain syntax, a d:when as "2025-11-08 exact"). */
void fill_plain(const struct field *field, xml_node *node, const char *text);
/* Given rows (d:rows) in the order of the page that was posted, each named by its hidden key: what was typed for one must not go to another because the
 * list changed meanwhile. Before fill_section. */
void fill_given_rows(const struct form *form, struct xml_doc *doc, const struct parts *parts);
/* "events.event" → a new row at its end with a fresh id attribute where the repeat has no key; its dotted name. Code rows.max when full. */
int fill_add_row(void *ctx, const struct form *form, struct xml_doc *doc, const char *repeat, char **name_r, struct error *error);
/* "events.event.2" */
int fill_remove_row(const struct form *form, struct xml_doc *doc, const char *row, struct error *error);
/* Gives row ids where they are missing and prose blocks theirs. */
void fill_ids(const struct form *form, struct xml_doc *doc);
#endif
