/* Which files may be attached: by their content, never by their name. And what they are called. */
#ifndef CASE_FILE_TYPES_H
#define CASE_FILE_TYPES_H
#include <stdio.h>
#include "adapter/sniff.h"
#include "store/store_attachment.h"

struct file_type { const char *code, *mime, *words; const char *found; /* libmagic's names for it, blank separated */ const char *holds; /* a name in the archive, or NULL */ };
const struct file_type *file_type(const char *code);                     /* NULL: none */
/* The type of these bytes; INVALID (attachment.type, attachment.macros, attachment.empty) with what to do. */
const struct file_type *file_type_of(struct sniffer *sniffer, const char *bytes, size_t length, struct error *error);
/* A name as it was sent, made one that can be shown and saved: no path, no control or direction character, at most 100 characters, the ending of its type. */
char *file_name_clean(void *ctx, const char *sent, const struct file_type *type);
char *file_words(void *ctx, const struct attachment *a);                 /* "letter.pdf (PDF, 1.2 MB)" */
/* The head of an answer: the name in both spellings of RFC 6266. */
char *file_disposition(void *ctx, const char *name);
/* And the name in such a head line, as a program sends it; "" when it says none. */
char *file_name_sent(void *ctx, const char *disposition);
void file_types_print(FILE *to);
#endif
