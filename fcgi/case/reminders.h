/* What begins by itself on its day: the clerk has it done, nobody asks for it. */
#ifndef CASE_REMINDERS_H
#define CASE_REMINDERS_H
#include "case/workflow.h"

/* Cases whose day has come, a few at a time: each nudge that is due is done as an act of the system, and the clocks are kept anew. How many cases were looked
 * at; one that cannot be is logged and put off to the next day. -1 when the store fails. */
int reminders_do(void *ctx, struct house *house, struct error *error);
#endif
