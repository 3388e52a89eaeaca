/* ICU: how names and numbers are compared when nobody may slip through by spelling.
 *
 * Fold: NFKC → default-ignorables dropped → full case fold → NFKD → marks dropped → confusable skeleton (UTS #39) → case fold again →
 * decimal digits to ASCII. A fold keeps, for each folded byte, the offset of the source byte it came from. */
#ifndef ADAPTER_FOLD_H
#define ADAPTER_FOLD_H
#include <stdbool.h>
#include <stddef.h>

struct folded { char *text; size_t length; unsigned *from; size_t room; };   /* from[i]: offset in the source; from[length] = source length */
int fold_start(void);                                            /* once, before the fork: loads ICU's data; 0 or -1 */
/* Folds valid UTF-8. Owned by ctx. */
struct folded *fold(void *ctx, const char *text, size_t length);
/* Views of a folded text. words: letters and digits stay, each run of others becomes one blank, one blank at each end; apostrophes of
 * all kinds become '. squeezed: letters and digits only. digits: decimal digits only. Offsets are kept. */
struct folded *fold_words(void *ctx, const struct folded *f);
struct folded *fold_squeezed(void *ctx, const struct folded *f);
struct folded *fold_digits(void *ctx, const struct folded *f);
/* Case folding and NFKC only, for dictionaries and sorting. */
char *fold_plain(void *ctx, const char *text);
bool fold_is_nfc(const char *text, size_t length);
/* Does the text hold a character that no page of ours needs: controls, default-ignorables, bidi, private use, unassigned? offset in *at_r. */
bool fold_has_hidden(const char *text, size_t length, size_t *at_r);
/* A word of letters of more than one script (Common and Inherited aside)? */
bool fold_mixed_script(const char *word, size_t length);
/* Latin letters for Cyrillic, Greek and the rest (ICU "Any-Latin; Latin-ASCII"), for derived variants. */
char *fold_to_latin(void *ctx, const char *text);
#endif
