/* Files attached to a document: taken from whoever may fill their field, opened by whoever may see it. */
#ifndef CASE_ATTACHMENT_H
#define CASE_ATTACHMENT_H
#include "case/flow.h"
#include "store/store_attachment.h"

/* field: a name or pattern of the document's form; "" for its only one. name: as it was sent. INVALID, TOO_LARGE, DENIED say what to do; error->where is the field.
 * In a transaction of its own. ctx owns the texts. */
int attachment_take(void *ctx, struct flow *flow, const struct document *document, const struct form *form, const char *field, const char *name,
	const char *bytes, size_t length, struct attachment *attachment_r, struct error *error);
/* Its row, when the actor may open it: reads or writes the document, and sees the field. Else MISSING: who may not see it does not learn of it. */
struct attachment *attachment_find(void *ctx, struct flow *flow, const struct document *document, const struct form *form, const char *pub, struct error *error);
#endif
