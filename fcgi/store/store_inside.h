/* Inside of an open store. Nobody but store.c and store_keys.c includes this. */
#ifndef STORE_INSIDE_H
#define STORE_INSIDE_H
#include "store/store.h"
#include "store/store_setup.h"

struct store {
	struct db *main, *keys;
	struct opened *opened;
	struct seal_key master;
	char *run_dir;
	char **kept;
	int kept_count;
};
#endif
