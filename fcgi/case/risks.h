/* What a plugin says is at risk: of the case, or of a document. Shown, never in anybody's way. */
#ifndef CASE_RISKS_H
#define CASE_RISKS_H
#include "base/error.h"
#include "case/flow.h"

/* A sentence for each risk, as warnings; document NULL: those of the case. */
struct faults *risks_of(void *ctx, const struct flow *flow, const struct document *document);
#endif
