/* What others say about somebody's row (counterpart, match, annotation): keyed by document and row, sealed, never written into the document. Append-only. */
#ifndef STORE_NOTE_H
#define STORE_NOTE_H
#include "store/store_case.h"
struct note { int64_t id; int64_t document_id, author; char *row, *kind, *text, *author_name; instant at; };
int note_add(struct store *store, const struct actor *by, const struct document *document, const char *row, const char *kind, const char *text, struct error *error);
int note_list(void *ctx, struct store *store, int64_t case_id, struct note **list_r, struct error *error);
#endif
