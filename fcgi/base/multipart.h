/* Bytes of a request body or query into parts: name, value, and for files type and file name. */
#ifndef BASE_MULTIPART_H
#define BASE_MULTIPART_H
#include <stdbool.h>
#include <stddef.h>
#include "base/error.h"

struct part { const char *name, *value; size_t length; const char *file_name, *type; };   /* value is NUL-terminated too */
struct parts { struct part *list; int count; };

/* application/x-www-form-urlencoded, also a query string. Refused (400): bad percent, NUL, not XML text, over max parts, a name twice
 * is allowed (check boxes). Line ends become LF. NULL on failure. */
struct parts *multipart_urlencoded(void *ctx, const char *bytes, size_t length, int max, struct error *error);
/* multipart/form-data with the boundary of the content type. */
struct parts *multipart_form(void *ctx, const char *type, const char *bytes, size_t length, int max, struct error *error);
/* First value of that name, or NULL. */
const char *parts_get(const struct parts *parts, const char *name);
/* All values of that name joined by one blank (check boxes); NULL when there is none. */
char *parts_join(void *ctx, const struct parts *parts, const char *name);
bool parts_has(const struct parts *parts, const char *name);
#endif
