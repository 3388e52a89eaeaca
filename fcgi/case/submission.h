/* From a draft or from outside to an immutable version: judged by the form's binds and by the plugin's rules across documents. */
#ifndef CASE_SUBMISSION_H
#define CASE_SUBMISSION_H
#include "case/flow.h"

struct receipt { const char *document; int version; char *sha256; instant at; bool same; };

/* The newest text of a document: its draft if there is one, else its latest version, else the empty form. *rev_r: the draft's revision, 0 if none. */
struct xml_doc *submission_text(void *ctx, struct flow *flow, const struct document *document, int *rev_r, struct error *error);
/* The same, only to be looked at: no copy where the flow or the form has the tree already. */
const struct xml_doc *submission_shown(void *ctx, struct flow *flow, const struct document *document, int *rev_r, struct error *error);
/* Rows that an instance gives (docs/forms.md, "Given rows") are brought up to date in a text that was kept: the two above do it themselves. */
int submission_give_rows(void *ctx, struct flow *flow, const struct document *document, struct xml_doc *doc, struct error *error);
/* Whether the actor may write it now: right, state of the document, separation. */
int submission_may_write(struct flow *flow, const struct document *document, struct error *error);
/* Everything that stands against submitting: binds and rules. bytes NULL: of the draft; else of what came from outside (structure too). */
int submission_judge(void *ctx, struct flow *flow, const struct document *document, const struct xml_doc *doc, bool outside, struct faults *faults, struct error *error);
/* What a person said to each warning, in order; "" passes none. A version is made when no error stands and each warning has a reason. INVALID (submission.faults) when not:
 * the faults say why. `sent`: bytes from outside, stored as they are; NULL: the draft, pruned. */
int submission_make(void *ctx, struct flow *flow, struct document *document, const struct xml_doc *doc, const char *sent, size_t sent_length, const char *const *reasons, int reason_count,
	struct faults *faults, struct receipt *receipt_r, struct error *error);
#endif
