/* Inside of workflow: workflow.c says what is allowed, workflow_do.c does it, workflow_open.c opens a case. Nobody else includes this. */
#ifndef CASE_WORKFLOW_INNER_H
#define CASE_WORKFLOW_INNER_H
#include "case/workflow.h"

const char *workflow_machine_of(const struct document *document);                             /* "case" or the document's type */
const char *workflow_state_of(const struct flow *flow, const struct document *document);
#endif
