/* Finished pages, kept for a moment for whoever asks for the very same again.
 *
 * What a page of such a route depends on is the request as it came, who sent it, the two databases and the time. So it is given again while
 * these are the same: every parameter but the request's number, the account, how both databases stand (any commit of anybody makes every page
 * old), the minute, and that for AGAIN_AGE at the most. Who is asking is found out anew before each. What must be another in each answer, the
 * number of the request and the word that makes two equal saves one, is written into its place.
 * Plain text lives here beyond its request: no more than AGAIN_MOST bytes, overwritten when they go. */
#ifndef PAGE_AGAIN_H
#define PAGE_AGAIN_H
#include "base/date.h"
#include "store/store.h"

enum { AGAIN_MOST = 2 << 20, AGAIN_PAGE = 512 << 10, AGAIN_PAGES = 64, AGAIN_AGE = 10000 /* milliseconds */ };

/* Of a request: what is asked, and by whom, when and on what data. Not known: nothing is found or kept. */
struct again_asked { bool known; unsigned char hash[SEAL_HASH]; struct again_stand { int64_t account, minute, offset; struct store_stand store; } stand; };
struct again_page { const char *type; char *bytes; size_t length; };
struct again;
struct again *again_new(void *ctx);
/* Before anything is read for the answer; outside a transaction. */
void again_ask(struct again *a, struct store *store, const void *request, size_t length, int64_t account, struct again_asked *asked_r);
/* Borrowed until again_trim. id: the request's number. */
bool again_find(struct again *a, const struct again_asked *asked, const char *id, struct again_page *page_r);
/* A copy is kept, the second time that the same is asked. once: the word in it that may not be given twice; NULL: none. */
void again_keep(struct again *a, const struct again_asked *asked, const char *id, const char *once, const struct again_page *page);
/* Between two requests: overwrites and frees what is too old or too much. Returns how many are left. */
int  again_trim(struct again *a, instant now);
#endif
