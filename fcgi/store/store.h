/* The store: an open database, its keys, and the transaction every write of record goes through.
 *
 * SQL stands only in store/, one file an aggregate: all SQL on a table is in one file. Ids in URLs are `pub`: 16 characters of Crockford
 * base32. Integer keys stay inside the process. What lists need is in columns without personal text; everything else is sealed under
 * the case's own key, which lives, wrapped by the master key, in keys/keys.db and never in the main file. */
#ifndef STORE_STORE_H
#define STORE_STORE_H
#include <stdbool.h>
#include <stdint.h>
#include "adapter/db.h"
#include "adapter/seal.h"
#include "base/config.h"
#include "base/date.h"
#include "store/store_opened.h"
#include "store/store_setup.h"

struct store;     /* talloc object: main database, keys database, master key (wiped on free). Case keys are not cached, and opened versions only with their key still there: a destroyed one is gone at once, in every process */

struct actor {                /* who does it; borrowed by all calls */
	int64_t account;          /* 0: the system itself */
	const char *pub, *login, *name;
	const char *roles;        /* base roles, blank separated: administrator coordinator contributor agency-approver reviewer redactor approver duty-officer reader */
	const char *agency;       /* agency id, "" if none */
	int64_t token;            /* id of the API token used, else 0 */
};
extern const struct actor actor_system;

struct store *store_open(void *ctx, const struct config *config, struct error *error);     /* refuses a schema that is not the program's */
int  store_create(const struct config *config, struct error *error);                        /* directories (0700), master key (0600) if absent, both databases, migrations */
int  store_migrate(const struct config *config, struct store_migration *migration_r, struct error *error);
int  store_schema_version(void);
/* Between two requests: lets go of opened versions that are old or too many, and says how many are left. */
int  store_trim(struct store *store);
struct opened *store_opened(struct store *store);    /* for store/ only */
struct db *store_db(struct store *store);            /* for store/ and the clerk's checkpoint only */
int  store_begin(struct store *store, struct error *error);
int  store_commit(struct store *store, struct error *error);
void store_rollback(struct store *store);
/* One snapshot for several questions; within a write, which has one, these do nothing. Ended before a write begins. */
int  store_read_begin(struct store *store, struct error *error);
void store_read_end(struct store *store);
/* Equal only while nothing at all has been committed, to either database, by any process. Outside a transaction. */
struct store_stand { int64_t main[2], keys[2]; };
int  store_stand(struct store *store, struct store_stand *stand_r, struct error *error);
/* Begins when no transaction runs (*began_r true), else joins it; leave commits or rolls back what join began and returns `result` or -1. */
int  store_join(struct store *store, bool *began_r, struct error *error);
int  store_leave(struct store *store, bool began, int result, struct error *error);
int  store_check(struct store *store, struct error *error);     /* integrity and foreign keys of both databases */
int  store_checkpoint(struct store *store, int64_t *wal_bytes_r, struct error *error);      /* both databases; the clerk only; bytes of the larger log left */
/* Copies of both databases, the keys last, checked by opening (store_backup.h names, keeps and restores them). */
int  store_backup(struct store *store, const char *main_path, const char *keys_path, struct error *error);
/* Such copies, read only, of this program's schema or an older one. */
struct store *store_open_backup(void *ctx, const struct config *config, const char *main_path, const char *keys_path, struct error *error);
/* Wraps the keys of all cases with the master key in that file; the service stopped. The configuration is told by a person afterwards. */
int  store_rotate(struct store *store, const char *path, int *count_r, struct error *error);

/* For store/ only: the key of a case, sealing with associated data made of table, object and number. */
int  store_case_key(struct store *store, int64_t case_id, struct seal_key *key_r, struct error *error);
int  store_new_case_key(struct store *store, int64_t *key_id_r, struct seal_key *key_r, struct error *error);   /* written durably to keys.db before the case */
int  store_destroy_case_key(struct store *store, int64_t case_id, struct error *error);     /* for the shred command: audited by its caller; overwritten, then checkpointed */
/* Is it still there, without opening it? 1, 0, -1. */
int  store_has_key(struct store *store, int64_t key_id, struct error *error);
/* For store_audit only: what the audit's end was, sealed, in the key file: 1 got, 0 none yet, -1 error. */
int  store_anchor_put(struct store *store, int64_t seq, const unsigned char hash[SEAL_HASH], struct error *error);
int  store_anchor_get(struct store *store, int64_t *seq_r, unsigned char hash_r[SEAL_HASH], struct error *error);
/* A key for one purpose ("session", "login"), derived from the master key. Wipe it after use. */
void store_derived_key(struct store *store, const char *purpose, struct seal_key *key_r);
/* A column of SEAL_HASH bytes; zeros, and false, when it is none. */
bool store_hash(struct query *q, int column, unsigned char hash_r[SEAL_HASH]);
/* One sealed text of a head and a body: length of the head in 4 bytes, head, body. Unpacked parts are copies owned by ctx. */
unsigned char *store_pack(void *ctx, const char *head, const void *body, size_t length, size_t *length_r);
int  store_unpack(void *ctx, const unsigned char *packed, size_t length, char **head_r, char **body_r, size_t *length_r, struct error *error);
/* A lasting copy of a short text, one for equal texts: for outputs whose functions have no context argument (states, references, slugs). */
char *store_keep(struct store *store, const char *text);
const char *store_run_dir(const struct store *store);           /* where lock files may lie: the only directory sure to be writable */
#endif
