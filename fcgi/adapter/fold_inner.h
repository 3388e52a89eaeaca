/* Inside of fold: building a folded text. Nobody but fold*.c includes this. */
#ifndef ADAPTER_FOLD_INNER_H
#define ADAPTER_FOLD_INNER_H
#include "adapter/fold.h"
struct folded *fold_new(void *ctx, size_t room);
/* The beginning of so many bytes more, for both text and from. */
size_t fold_room(struct folded *f, size_t length);
void fold_put(struct folded *f, const char *bytes, size_t length, unsigned from);
struct folded *fold_end(struct folded *f, size_t source_length);
#endif
