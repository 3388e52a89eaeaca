/* What prose.c and prose_read.c share. */
#ifndef FORM_PROSE_INNER_H
#define FORM_PROSE_INNER_H
#include "form/prose.h"

bool prose_is_mention(const xml_node *node);
bool prose_has_blocks(const xml_node *node);
bool prose_ref_ok(const char *ref, const char *kind);       /* kind NULL: of any */
const char *prose_kind_of(const char *ref);                 /* the mention's element */
bool prose_date_ok(const char *value);                      /* YYYY, YYYY-MM or YYYY-MM-DD */
bool prose_has_prefix(const char *line);
char *prose_next_line(char **cursor);
char *prose_block_plain(void *ctx, const xml_node *block);
#endif
