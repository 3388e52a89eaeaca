/* Agencies, accounts, sessions, tokens. Secrets are stored hashed. */
#ifndef STORE_PEOPLE_H
#define STORE_PEOPLE_H
#include "store/store.h"

struct agency { char *id, *name, *type, *area; };
int people_agency_put(struct store *store, const struct actor *by, const struct agency *agency, struct error *error);   /* adds or renames, audited */
int people_agencies(void *ctx, struct store *store, struct agency **list_r, struct error *error);                        /* count or -1 */
struct agency *people_agency(void *ctx, struct store *store, const char *id, struct error *error);                       /* NULL + MISSING */

struct account { int64_t id; char *pub, *login, *name, *roles, *agency, *email; bool disabled; };
int people_account_put(struct store *store, const struct actor *by, const struct account *account, const char *password, struct error *error);  /* new, or changed when the login exists; password NULL = keep */
struct account *people_account(void *ctx, struct store *store, const char *login, struct error *error);
struct account *people_account_by_id(void *ctx, struct store *store, int64_t id, struct error *error);
struct account *people_account_by_pub(void *ctx, struct store *store, const char *pub, struct error *error);
int people_accounts(void *ctx, struct store *store, struct account **list_r, struct error *error);

/* Sign-in: the account or NULL with STRANGER (people.sign-in, the same words whether login or password is wrong); after 5 failures for a login within 15 minutes each
 * further try waits (BUSY people.slow-down). At most two argon2id run at once on the machine. */
struct account *people_sign_in(void *ctx, struct store *store, const char *login, const char *password, struct error *error);
struct session { char *csrf; struct account *account; instant since, seen; };
int people_session_open(struct store *store, const struct account *account, char token_r[SEAL_TOKEN], struct error *error);
struct session *people_session(void *ctx, struct store *store, const char *token, int64_t idle_minutes, int64_t hours, struct error *error);   /* NULL + STRANGER; refreshes `seen` at most once a minute */
/* The account (its pub) that a form's token was made for, also when its session has ended: a token carries it, with a seal that only the server can make. NULL: none of ours. */
char *people_page_account(void *ctx, struct store *store, const char *csrf);
int people_session_close(struct store *store, const char *token, struct error *error);
int people_sessions_expire(struct store *store, int64_t idle_minutes, int64_t hours, struct error *error);

/* API tokens: "d1_" + id + "_" + secret, shown once, scoped to an account (which has an agency), expiring. */
int people_token_make(void *ctx, struct store *store, const struct actor *by, const struct account *account, const char *label, int days, char **token_r, struct error *error);
struct account *people_token(void *ctx, struct store *store, const char *token, int64_t *token_id_r, struct error *error);    /* NULL + STRANGER */
int people_token_revoke(struct store *store, const struct actor *by, int64_t token_id, struct error *error);
/* For store/ only: the place for one argon2id; close(2) the descriptor to leave. */
int people_argon_enter(struct store *store, struct error *error);
#endif
