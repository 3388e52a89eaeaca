/* What must be there before a store can be opened: directories, the master key, the two databases and their schema. For store.c and its parts. */
#ifndef STORE_SETUP_H
#define STORE_SETUP_H
#include <stdbool.h>
#include "adapter/db.h"
#include "adapter/seal.h"
#include "base/config.h"

/* Schemas before and after. */
struct store_migration { int main_from, main_to, keys_from, keys_to; };

char *setup_main_path(void *ctx, const struct config *config);
char *setup_keys_path(void *ctx, const struct config *config);
char *setup_master_path(void *ctx, const struct config *config);
int setup_master(const struct config *config, struct seal_key *master_r, struct error *error);
/* Are both databases of the program's schema, and is this the master key of the key file? */
int setup_fits(struct db *main, struct db *keys, const struct seal_key *master, struct error *error);
int setup_master_at(const char *path, struct seal_key *master_r, struct error *error);
/* The same, of a copy that may be older than the program. */
int setup_known(struct db *main, struct db *keys, const struct seal_key *master, struct error *error);
int setup_prove_again(struct db *keys, const struct seal_key *master, struct error *error);      /* in a transaction: the key file is this master's from now on */
int setup_places(const struct config *config, struct error *error);                              /* the directories */
int setup_sync(const struct config *config, struct error *error);                                /* a new file is durable only when its directory is */
int setup_create(const struct config *config, struct error *error);
int setup_migrate(const struct config *config, struct store_migration *migration_r, struct error *error);
int setup_version(void);
#endif
