/* States and transitions: what is allowed next, to whom, what is missing; and the doing of it. */
#ifndef CASE_WORKFLOW_H
#define CASE_WORKFLOW_H
#include "case/flow.h"

struct choice {
	const struct dossier_transition *transition;
	const struct document *document;      /* NULL: the case's own */
	bool allowed;                         /* this actor may */
	const char *why;                      /* when not: a sentence */
	const char *waiting;                  /* roles of the quorum that have not done it yet, blank separated; NULL */
	struct faults *lacks;                 /* what the guard finds missing, input aside; empty = ready */
};
/* Transitions that lead out of the present state of the case (document NULL) or of a document. The count. Those of the system are left out. */
int workflow_choices(void *ctx, struct flow *flow, const struct document *document, struct choice **list_r);
/* The named transition from the present state, or NULL with an error (MISSING unknown, CONFLICT not from this state). */
const struct dossier_transition *workflow_find(struct flow *flow, const struct document *document, const char *name, struct error *error);
/* Whether the actor may do it now: 0, or DENIED with the reason. *role_r: in which role. */
int workflow_allowed(void *ctx, struct flow *flow, const struct dossier_transition *t, const struct document *document, const char **role_r, struct error *error);
/* Guard with the input. Faults are added; the caller decides about warnings. */
void workflow_guard(struct flow *flow, const struct dossier_transition *t, const struct document *document, const struct xml_doc *input, struct faults *faults);
/* Does it, in one transaction: act, state, started documents, clocks, what follows. input may be NULL; reasons: for the
 * warnings that were passed, a line each, NULL none. 0, or an error (CONFLICT when the case moved meanwhile). */
int workflow_do(struct flow *flow, const struct dossier_transition *t, struct document *document, const struct xml_doc *input, const char *reasons, struct error *error);
/* The same without asking who may, inside the caller's transaction: for what follows by itself. */
int workflow_follow(struct flow *flow, const char *name, struct document *document, struct error *error);
/* After a draft was saved: the step that the first save does, where there is one. */
int workflow_saved(struct flow *flow, struct document *document, struct error *error);
/* Tells the plugin of an event and lets the system do what it answers, inside the caller's transaction. */
int workflow_after(struct flow *flow, const char *event, const struct xml_doc *input, struct error *error);
/* Opens a case: the plugin's first document with it, the opener's case roles. chosen: editions it is to run under, "name=value …", the plugin's
 * defaults for names left out; INVALID (case.edition) for one that the plugin does not have. */
int workflow_open(struct house *house, const struct actor *actor, const struct plugin *plugin, const char *chosen, struct case_row *c_r, struct document *first_r, struct error *error);
/* A new document in the case, seeded; inside a transaction when `within`. */
int workflow_start(struct flow *flow, const struct dossier_doctype *type, const char *agency, bool within, struct document *document_r, struct error *error);
/* On whom the case or document waits, in words. */
char *workflow_waits(void *ctx, const struct flow *flow);
#endif
