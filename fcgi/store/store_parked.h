/* What was typed after a session had ended: kept sealed for two hours for the account whose page it was, and for the browser that sent it. */
#ifndef STORE_PARKED_H
#define STORE_PARKED_H
#include "store/store_case.h"
#include "store/store_people.h"

#define PARKED_MINUTES 120
struct parked { char *pub; instant at; char *path; char *body; size_t length; };
/* The account whose page carried this token, whether or not the session still lives. Nobody can make such a token who was never served a page by
 * this account's session. NULL: none, or the account is disabled (MISSING). */
struct account *parked_page_of(void *ctx, struct store *store, const char *csrf, struct error *error);
/* FULL (parked.full) when there is more than enough for this account already. path: with its query. */
int parked_add(struct store *store, const struct case_row *c, const struct account *account, const char *token, const char *path, const char *body, size_t length, struct error *error);
/* Newest first. Only what this account's pages brought, from the browser that holds the token; what cannot be opened any more is left out. */
int parked_list(void *ctx, struct store *store, int64_t account, const char *token, struct parked **list_r, struct error *error);
int parked_remove(struct store *store, int64_t account, const char *token, const char *pub, struct error *error);
int parked_expire(struct store *store, struct error *error);
#endif
