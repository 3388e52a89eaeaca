/* What stands in the head of a request, from text to values: nothing here knows a request, so that each can be tried alone. */
#ifndef PAGE_REQUEST_INNER_H
#define PAGE_REQUEST_INNER_H
#include "base/error.h"

/* The path of an address, percent-decoded once; what decodes to a control, a backslash, a slash or a step of dots is no address of ours. */
char *request_path(void *ctx, const char *uri, struct error *error);
/* The weight, 0 to 1, that an Accept header gives a type: its own range, else its family's, else any. */
double request_weight(const char *accept, const char *type);
/* The first cookie of that name, or NULL. */
char *request_cookie(void *ctx, const char *cookies, const char *name);
#endif
