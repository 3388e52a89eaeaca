/* Inside of store_attachment: store_attachment.c writes and reads, store_attachment_verify.c proves. Nobody else includes this. */
#ifndef STORE_STORE_ATTACHMENT_INNER_H
#define STORE_STORE_ATTACHMENT_INNER_H
#include "store/store_attachment.h"
#include "store/store_audit.h"

#define ATTACHMENT_CHUNK ((size_t)256 * 1024)
#define ATTACHMENT_MOST 200      /* files of one document */

char *attachment_binding(void *ctx, const char *document, const char *attachment);
char *attachment_chunk_binding(void *ctx, const char *document, const char *attachment, int n);
/* What the audit entry covers: the row, its sealed head and, added one by one, the sealed chunks. */
struct frame *attachment_frame(void *ctx, const struct attachment *a, const void *sealed, size_t length);
void attachment_row(void *ctx, struct attachment *a, struct query *q);
int attachment_head(void *ctx, struct attachment *a, const struct seal_key *key, const char *document, const void *sealed, size_t length, struct error *error);
#endif
