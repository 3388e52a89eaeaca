/* Inside of residue. Nobody but residue*.c includes this. */
#ifndef PUBLISH_RESIDUE_PARTS_H
#define PUBLISH_RESIDUE_PARTS_H
#include "publish/residue.h"

struct word { const char *text; bool proper; };         /* folded; proper: the list writes it with a capital only */
struct words { struct word *list; int count; const char **phrases; int phrase_count; };   /* phrases: lines with a blank, as they are written */
const struct word *words_find(const struct words *words, const char *folded);
#endif
