/* What the files of comparing share: rows by what names them, fields as text. */
#ifndef FORM_COMPARE_INNER_H
#define FORM_COMPARE_INNER_H
#include "form/compare.h"
#include "form/form_inner.h"

struct row { const char *key; xml_node *node; int order; bool used; };
struct rows { struct row *list; int count; };
/* Rows by what names them: the key, else the server's id; rows without either by their place among those. parent may be NULL. */
struct rows compare_rows(void *ctx, const struct step *step, const xml_node *parent);
struct rows compare_sorted(void *ctx, const struct rows *rows);
/* The first of that key not yet taken, of sorted rows; NULL. */
struct row *compare_take(struct rows *sorted, const char *key);
/* A field as text that tells it from every other value: a d:when as "2026-03-24 exact". node may be NULL. */
char *compare_plain(void *ctx, const struct field *field, const xml_node *node);

/* compare_text.c: three texts of paragraphs become one; where both changed the same place *clash_r, and theirs and mine stand one after the other. */
char *compare_join_text(void *ctx, const char *base, const char *theirs, const char *mine, bool *clash_r);
/* Codes: what either added, without what either took away. */
char *compare_join_codes(void *ctx, const char *base, const char *theirs, const char *mine);
#endif
