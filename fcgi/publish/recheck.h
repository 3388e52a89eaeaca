/* What is published is searched again whenever its case has learned something: a new alias in the register, a new return, a new reference. What is
 * found is withdrawn at once, by the service itself: a page that says too much does not wait for somebody to be at work. */
#ifndef PUBLISH_RECHECK_H
#define PUBLISH_RECHECK_H
#include "case/house.h"

/* Searches every page of the case that the public can read now, and withdraws those that hold a form of its register or of its other documents.
 * The number withdrawn, or -1. */
int recheck_case(void *ctx, struct house *house, int64_t case_id, struct error *error);
/* All cases about which something was kept since the audit's entry *upto (0: all that have a page out); *upto moves on. The number withdrawn, or -1. */
int recheck_since(void *ctx, struct house *house, int64_t *upto, struct error *error);
#endif
