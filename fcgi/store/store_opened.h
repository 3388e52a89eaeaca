/* Versions that this process has opened: read from the database, unsealed and parsed once, then shared by the requests that follow.
 *
 * A version never changes, so what was opened needs no asking whether it is still right; whether its case's key still is there, the caller
 * asks each time. What is opened in a transaction is shared only once that is committed. Plain text lives here beyond its request, hence
 * the bounds: OPENED_MOST bytes, OPENED_AGE unused; overwritten when it goes. Nothing goes while a request runs: only opened_trim frees. */
#ifndef STORE_STORE_OPENED_H
#define STORE_STORE_OPENED_H
#include <stdbool.h>
#include <stdint.h>
#include "adapter/xml.h"

#define OPENED_MOST (6 << 20)             /* of trees, which are some ten times their text */
#define OPENED_AGE (INT64_C(5) * 60000)   /* milliseconds */

struct opened_text { int64_t case_id, key_id, document_id; int n; int64_t author; const struct xml_doc *doc; };
struct opened;
struct opened *opened_new(void *ctx);
/* NULL: not here. Borrowed until opened_trim. */
const struct opened_text *opened_find(struct opened *o, int64_t document_id, int n, int64_t now);
/* Takes the tree over; `length` of its text. pending: read inside a transaction that may yet be rolled back. */
const struct opened_text *opened_keep(struct opened *o, const struct opened_text *text, struct xml_doc *doc, size_t length, bool pending, int64_t now);
void opened_settle(struct opened *o, bool committed);
/* The key of the case is gone: none of its texts is found any more. */
void opened_forget(struct opened *o, int64_t case_id);
/* Between two requests: frees what was forgotten, is too old, or is too much. Returns how many are left. */
int  opened_trim(struct opened *o, int64_t now);
#endif
