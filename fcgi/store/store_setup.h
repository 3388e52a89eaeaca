/* What must be there before a store can be opened: directories, the master key, the two databases and their schema. For store.c. */
#ifndef STORE_SETUP_H
#define STORE_SETUP_H
#include <stdbool.h>
#include "adapter/db.h"
#include "adapter/seal.h"
#include "base/config.h"

char *setup_main_path(void *ctx, const struct config *config);
char *setup_keys_path(void *ctx, const struct config *config);
char *setup_master_path(void *ctx, const struct config *config);
int setup_master(const struct config *config, struct seal_key *master_r, struct error *error);
/* Are both databases of the program's schema, and is this the master key of the key file? */
int setup_fits(struct db *main, struct db *keys, const struct seal_key *master, struct error *error);
int setup_create(const struct config *config, struct error *error);
int setup_migrate(const struct config *config, int *from_r, struct error *error);
int setup_version(void);
#endif
