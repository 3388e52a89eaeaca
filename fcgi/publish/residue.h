/* "Is every word known to be harmless?": what a page holds that is neither a common English word nor in the glossary, long numbers, dates, ages,
 * and the hits of the publication's watch list. */
#ifndef PUBLISH_RESIDUE_H
#define PUBLISH_RESIDUE_H
#include <stdbool.h>
#include "base/error.h"

struct words;        /* sorted folded words, shared across fork */
/* One word a line: Debian's list, the glossary; '#' begins a comment. A line with blanks is a phrase, which residue passes over where it stands exactly so.
 * A word of the common list that is written with a capital only (Derbyshire, William) is asked about wherever it stands. */
struct words *words_read(void *ctx, const char *path, struct error *error);
bool words_have(const struct words *words, const char *word);
/* Those that are written without a capital, sorted: a name that is one of them may stand in a sentence by chance. */
const char *const *words_common(void *ctx, const struct words *words, int *count_r);

struct residue_item { const char *kind, *word, *context; int occurrences; bool forbidden, accepted; const char *reason; };   /* kind: word capital number date age watch; forbidden: cannot be accepted */
struct residue_accepted { const char *kind, *word, *reason; };
/* text: the visible text of the page and its title, attribute values appended. watch: blank-separated words ('!' forbids; a '_' stands for a blank); patterns: '!:ages' '!:dates' forbid those, '!:sex' '!:counts' look for them and forbid them, ':quotes' looks for words in quotation marks. */
int residue_find(void *ctx, const struct words *common, const struct words *glossary, const char *watch, const char *text,
	const struct residue_accepted *accepted, int accepted_count, struct residue_item **items_r, struct error *error);    /* the count, or -1 */
#endif
