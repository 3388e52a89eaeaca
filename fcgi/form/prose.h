/* Prose: the fixed vocabulary (docs/forms.md), its plain syntax, and its words. Round trip: plain → blocks → plain is the identity on what
 * prose_plain wrote. */
#ifndef FORM_PROSE_H
#define FORM_PROSE_H
#include "adapter/xml.h"
/* Replaces the children of `node` by blocks; `before` (may be NULL: an element of the same field) lends ids to blocks with the same text. Never fails: what is
 * no syntax is literal text. */
void prose_read(xml_node *node, const char *plain, const xml_node *before);
char *prose_plain(void *ctx, const xml_node *node);
/* Structure of prose from outside; NULL when right, else what is wrong, and the node. */
const char *prose_fault(const xml_node *node, const xml_node **at_r);
int prose_words(const xml_node *node);
bool prose_empty(const xml_node *node);
/* How many top blocks; prose that is plain text counts as paragraphs split at empty lines. */
int prose_block_count(const xml_node *node);
/* Text without mark-up of a block or a whole, mentions by the words inside. */
char *prose_text(void *ctx, const xml_node *node);
#endif
