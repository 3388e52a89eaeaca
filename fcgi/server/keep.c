#include "server/keep.h"

#include <string.h>
#include <talloc.h>
#include <unistd.h>
#include "base/text.h"
#include "adapter/fastcgi.h"
#include "store/store_audit.h"
#include "store/store_backup.h"
#include "store/store_shred.h"
#include "server/worker.h"

/* While still root: the socket may not be the data's owner's. */
static int stopped(const struct config *config, struct error *error)
{
	if (fastcgi_is_served(config->socket))
		return error_set(error, ERROR_CONFLICT, "keep.running", "the service is running; stop it first");
	return worker_drop_root(config, error);
}

int keep_backup(const struct config *config, int argc, char **argv, FILE *to, struct error *error)
{
	void *ctx = talloc_new(NULL);
	struct backup b;
	struct store *store = worker_drop_root(config, error) < 0 ? NULL : store_open(ctx, config, error);
	int rc = store == NULL ? -1 : backup_make(ctx, store, argv[0], &b, error);

	(void)argc;
	if (rc == 0)
		fprintf(to, "data: %s\nkeys: %s\nKeep the keys apart, and for a short time: as long as they are kept, a shredded case can be brought back.\n"
			"The master key is in neither.\n", b.main_path, b.keys_path);
	talloc_free(ctx);
	return rc;
}

static void tell_migration(const struct store_migration *m, FILE *to)
{
	const struct { const char *file; int from, to; } rows[] = { { "db/dossier.db", m->main_from, m->main_to }, { "keys/keys.db", m->keys_from, m->keys_to } };

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (rows[i].from == rows[i].to)
			fprintf(to, "%s: schema %d, nothing to do\n", rows[i].file, rows[i].to);
		else
			fprintf(to, "%s: schema %d to %d\n", rows[i].file, rows[i].from, rows[i].to);
}

int keep_restore(const struct config *config, int argc, char **argv, FILE *to, struct error *error)
{
	void *ctx = talloc_new(NULL);
	struct backup b;
	struct store_migration done;
	int rc = stopped(config, error);

	if (rc == 0)
		rc = backup_find(ctx, argv[0], argc > 1 ? argv[1] : NULL, &b, error);
	if (rc == 0)
		rc = store_restore(config, &b, &done, error);
	if (rc == 0) {
		fprintf(to, "restored: %s\n          %s\n", b.main_path, b.keys_path);
		tell_migration(&done, to);
		fputs("Start the service, then run dossier verify.\n", to);
	}
	talloc_free(ctx);
	return rc;
}

int keep_migrate(const struct config *config, int argc, char **argv, FILE *to, struct error *error)
{
	struct store_migration done;
	char *db = config_path(NULL, config->data_dir, "db");
	int rc = stopped(config, error), fresh = access(db, F_OK) != 0;

	(void)argc;
	(void)argv;
	talloc_free(db);
	if (rc == 0)
		rc = fresh ? store_create(config, error) : store_migrate(config, &done, error);
	if (rc == 0 && fresh)
		fprintf(to, "made, schema %d\n", store_schema_version());
	else if (rc == 0)
		tell_migration(&done, to);
	return rc;
}

/* ---- the end of a case ---- */

/* Typed, not pressed: the reference itself. */
static int agreed(const char *reference, FILE *to, struct error *error)
{
	char line[64] = "";

	fprintf(to, "All that was written in case %s will be destroyed for ever. Published pages stay: withdraw them first.\n"
		"To go on, type the reference of the case: ", reference);
	fflush(to);
	if (fgets(line, sizeof line, stdin) != NULL)
		line[strcspn(line, "\n")] = '\0';
	if (strcmp(line, reference) == 0)
		return 0;
	return error_set(error, ERROR_INVALID, "shred.not-agreed", "that is not the reference; nothing was destroyed");
}

/* Until then the case can be brought back, by whoever has a copy of the keys. */
static void tell_last(void *ctx, const struct config *config, FILE *to)
{
	instant last = *config->backup_dir != '\0' ? backup_newest_keys(config->backup_dir) : 0;

	if (last > 0)
		fprintf(to, "The last backup of its key, in %s/keys, expires on %s.\n", config->backup_dir,
			date_words(ctx, date_day_of(last) + (day)config->backup_keep_keys));
	fprintf(to, "Destroy every other copy of keys.db that was made until today: with it and the master key the case can be brought back.\n");
}

static int shred(void *ctx, const struct config *config, const char *reference, bool yes, FILE *to, struct error *error)
{
	struct store *store = store_open(ctx, config, error);
	struct case_row *c = store == NULL ? NULL : case_by_reference(ctx, store, reference, error);
	bool before;

	if (c == NULL || (!yes && agreed(c->reference, to, error) != 0) || case_shred(store, &actor_system, c, &before, error) != 0)
		return -1;
	fprintf(to, before ? "Case %s was destroyed before.\n" : "The key of case %s is destroyed.\n", c->reference);
	tell_last(ctx, config, to);
	return 0;
}

int keep_shred(const struct config *config, int argc, char **argv, FILE *to, struct error *error)
{
	void *ctx = talloc_new(NULL);
	bool yes = argc > 1 && strcmp(argv[1], "--yes") == 0;
	int rc;

	if (argc > 1 && !yes)
		rc = error_set(error, ERROR_INVALID, "command.usage", "usage: dossier shred REFERENCE [--yes]");
	else
		rc = worker_drop_root(config, error) < 0 ? -1 : shred(ctx, config, argv[0], yes, to, error);
	talloc_free(ctx);
	return rc;
}

int keep_rotate(const struct config *config, int argc, char **argv, FILE *to, struct error *error)
{
	void *ctx = talloc_new(NULL);
	struct store *store = stopped(config, error) != 0 ? NULL : store_open(ctx, config, error);
	struct audit_entry entry = { .verb = "keys.rotate", .outcome = "done" };
	int count = 0, rc = store == NULL ? -1 : store_rotate(store, argv[0], &count, error);

	(void)argc;
	if (rc == 0)
		rc = audit_refusal(store, &actor_system, &entry, error);
	if (rc == 0)
		fprintf(to, "%d keys are wrapped with %s now. Before you start the service, put it in the place of the old one, %s, or set master_key to it.\n"
			"Everybody signs in again, and agencies' systems need new tokens. Keep the old key until the last backup of keys.db made with it has gone.\n", count, argv[0], config->master_key);
	talloc_free(ctx);
	return rc;
}
