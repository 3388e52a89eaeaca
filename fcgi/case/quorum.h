/* Steps that several roles must each do before the state moves. */
#ifndef CASE_QUORUM_H
#define CASE_QUORUM_H
#include "case/flow.h"

/* The roles that must each do it, those of a setting of the case among them, blank separated; "" none. */
const char *quorum_of(void *ctx, const struct flow *flow, const struct dossier_transition *t);
/* Whether the role has done it in this round, under the version that is to be signed; *who_r: which account. */
bool quorum_done(const struct flow *flow, const struct dossier_transition *t, const struct document *document, const char *role, int64_t *who_r);
/* Those of the quorum that have not; "" when none is left or none is needed. */
char *quorum_left(void *ctx, const struct flow *flow, const struct dossier_transition *t, const struct document *document);
/* The roles that a state of the case waits for, with those of a quorum that a setting of the case adds. The state waits for somebody. */
char *quorum_awaited(void *ctx, const struct flow *flow, const struct dossier_state *s);
#endif
