/* Text at the edge: is it UTF-8 that XML may hold, and small helpers on strings. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Strict UTF-8 (no overlong form, no surrogate) and only characters of XML 1.0; *at_r gets the first bad offset (at_r may be NULL). */
bool text_is_xml(const char *bytes, size_t length, size_t *at_r);
/* [A-Za-z][A-Za-z0-9_-]*, at most 128 bytes: names of elements and option codes. */
bool text_is_name(const char *text);
/* [a-z0-9]+(-[a-z0-9]+)*, 1 to 80 bytes: the slug of a published page. */
bool text_is_slug(const char *text);
/* Without white space (XML's, and U+00A0) at both ends; a copy owned by ctx. */
char *text_trim(void *ctx, const char *text);
/* What word processors put on the clipboard and XML cannot hold: a break of line or page (U+000B, U+000C) becomes LF, a hyphen that does not break (U+001E)
 * a hyphen, and one that is seen only at the end of a line (U+001F) goes. In place; returns the new length. */
size_t text_pasted(char *text, size_t length);
/* CRLF and lone CR become LF. In place; returns the text. */
char *text_unix_lines(char *text);
/* Runs of white space become one blank, ends trimmed; a copy owned by ctx. */
char *text_squeeze(void *ctx, const char *text);
/* Characters (code points), and words as runs of non-space. */
size_t text_characters(const char *text);
size_t text_words(const char *text);
/* Is `word` one of the words of `list`, which are separated by blanks or '|'? */
bool text_in_list(const char *list, const char *word);
/* Is one of `words`, separated by blanks, in the list? */
bool text_share_word(const char *list, const char *words);
/* A number of an address, up to `end`: 1 to 999,999,999, digits alone and no nought in front, so that one thing has one address; else 0. */
int text_ordinal(const char *text, const char *end);
/* For the path of an address: all but letters, digits and -._~/ as percent codes; a copy owned by ctx. */
char *text_path(void *ctx, const char *text);
bool text_starts(const char *text, const char *with);
bool text_ends(const char *text, const char *with);
/* Lower-case hex of bytes, owned by ctx. */
char *text_hex(void *ctx, const unsigned char *bytes, size_t length);
/* A number of bytes as people say it: "1 MB", "64 KB", else "1000 bytes". Owned by ctx. */
char *text_size(void *ctx, long long bytes);
/* The next word of a blank-separated list: *cursor moves on; NULL at the end. Owned by ctx. */
char *text_next_word(void *ctx, const char **cursor);
#endif
