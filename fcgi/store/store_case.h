/* Cases, who holds which case role, documents as shells (their text is in versions and drafts), acts, clocks, flags. */
#ifndef STORE_CASE_H
#define STORE_CASE_H
#include "store/store.h"

struct case_row {
	int64_t id; char pub[SEAL_ID]; char *reference;      /* "2026-014" */
	char *plugin, *plugin_version, *state, *editions, *settings;   /* editions "name=value …", settings likewise: copied when the case opened */
	int round; instant opened; int64_t opened_by; bool closed;
	day due;                  /* earliest due day of a running clock, DAY_NONE if none: found by index */
};
/* Opens: key first, then row, next reference of the year of `opened`, audited. Inside a transaction. */
int case_open(struct store *store, const struct actor *by, const char *plugin, const char *plugin_version, const char *state, const char *editions, const char *settings, struct case_row *case_r, struct error *error);
struct case_row *case_get(void *ctx, struct store *store, const char *pub, struct error *error);               /* MISSING */
struct case_row *case_by_reference(void *ctx, struct store *store, const char *reference, struct error *error); /* MISSING */
struct case_row *case_by_id(void *ctx, struct store *store, int64_t id, struct error *error);
int case_set_state(struct store *store, const struct actor *by, struct case_row *c, const char *state, int round, bool closed, struct error *error);

struct case_person { int64_t account; char *pub, *login, *name, *role, *agency; instant since, until; };    /* until 0 = still */
int case_person_add(struct store *store, const struct actor *by, int64_t case_id, int64_t account, const char *role, struct error *error);
int case_person_end(struct store *store, const struct actor *by, int64_t case_id, int64_t account, const char *role, struct error *error);
int case_people(void *ctx, struct store *store, int64_t case_id, struct case_person **list_r, struct error *error);    /* current ones */
char *case_roles_of(void *ctx, struct store *store, int64_t case_id, int64_t account, struct error *error);              /* blank separated, "" if none; NULL = error */

struct document { int64_t id, case_id; char pub[SEAL_ID]; char *type, *form, *agency, *state; int form_version, latest; instant created; int64_t created_by; instant due; };   /* agency "" if none; latest 0: no version yet */
int document_add(struct store *store, const struct actor *by, int64_t case_id, const char *type, const char *form, int form_version, const char *agency, const char *state, struct document *document_r, struct error *error);
struct document *document_get(void *ctx, struct store *store, const char *pub, struct error *error);
struct document *document_by_id(void *ctx, struct store *store, int64_t id, struct error *error);
int document_list(void *ctx, struct store *store, int64_t case_id, struct document **list_r, struct error *error);     /* in order of creation */
/* Does one of this agency stand in the case? 1, 0, -1. */
int document_of_agency(struct store *store, int64_t case_id, const char *agency, struct error *error);
struct document *document_find(void *ctx, struct store *store, int64_t case_id, const char *type, const char *agency, struct error *error);   /* agency NULL = any; the first; MISSING */
/* The open cases in which an agency has a document, newest first. */
int document_cases_of(void *ctx, struct store *store, const char *agency, int64_t **cases_r, struct error *error);
int document_set_state(struct store *store, const struct actor *by, struct document *d, const char *state, struct error *error);

int document_set_latest(struct store *store, const struct document *d, int n, struct error *error);      /* for store_version only */

/* An act: a transition done, a signature given, a flag set. Its input (what a person said) is sealed, and with it the reasons for passing
 * warnings: a line for each; NULL or "" none. `hash` is the keyed hash of the version signed, or NULL. */
struct act { int64_t id; int64_t document_id; char *name, *from, *to, *role, *agency, *actor_name, *input, *reasons; int64_t actor; int round; int version; instant at; day day; unsigned char hash[SEAL_HASH]; bool has_hash; };
int act_add(struct store *store, const struct actor *by, int64_t case_id, const struct act *act, struct error *error);    /* audited "act.<name>" */
int act_list(void *ctx, struct store *store, int64_t case_id, struct act **list_r, struct error *error);                   /* oldest first; inputs stay sealed: NULL */
char *act_input(void *ctx, struct store *store, int64_t case_id, int64_t act_id, struct error *error);                    /* what was said with it, "" if nothing; NULL and an error */
char *act_reasons(void *ctx, struct store *store, int64_t case_id, int64_t act_id, struct error *error);                  /* likewise */
/* Reads what came after the first `known` acts, which *list holds; the whole number, -1 on failure (*list is then still to be freed). */
int  act_list_more(void *ctx, struct store *store, int64_t case_id, struct act **list, int known, struct error *error);

/* For verify: every act matches what its audit entry covers (act.broken); inputs are not opened. */
int act_verify(struct store *store, int64_t *count_r, struct error *error);

struct clock_row { int64_t id; int64_t document_id; char *name, *row; day started, due, stopped; int varied_by; };   /* DAY_NONE = not; row "" */
int clock_put(struct store *store, const struct actor *by, int64_t case_id, const struct clock_row *clock, struct error *error);   /* id 0 = new */
int clock_list(void *ctx, struct store *store, int64_t case_id, struct clock_row **list_r, struct error *error);

struct flag_row { int64_t id; char *name, *input; instant set, lifted; char *lift_input; };   /* lifted 0 = still set; lift_input "" then */
int flag_set(struct store *store, const struct actor *by, int64_t case_id, const char *name, const char *input, struct error *error);
int flag_lift(struct store *store, const struct actor *by, int64_t case_id, const char *name, const char *input, struct error *error);
int flag_list(void *ctx, struct store *store, int64_t case_id, bool all, struct flag_row **list_r, struct error *error);
#endif
