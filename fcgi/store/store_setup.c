#include "store/store_setup.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>
#include <unistd.h>
#include "store/schema.h"

#define STEPS(list) (int)(sizeof (list) / sizeof (list)[0])

static const char master_word[] = "dossier master key";

char *setup_main_path(void *ctx, const struct config *config)
{
	return config_path(ctx, config->data_dir, "db/dossier.db");
}

char *setup_keys_path(void *ctx, const struct config *config)
{
	return config_path(ctx, config->data_dir, "keys/keys.db");
}

char *setup_master_path(void *ctx, const struct config *config)
{
	return *config->master_key != '\0' ? talloc_strdup(ctx, config->master_key)
		: config_path(ctx, config->data_dir, "keys/master");
}

static int read_exactly(const char *path, unsigned char *bytes, size_t length)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got;
	char more;

	if (file < 0)
		return -1;
	errno = 0;
	got = read(file, bytes, length);
	if (got == (ssize_t)length && read(file, &more, 1) != 0)
		got = -1;
	close(file);
	return got == (ssize_t)length ? 0 : -1;
}

int setup_master_at(const char *path, struct seal_key *master_r, struct error *error)
{
	struct seal_key key = { 1 };
	unsigned char hash[SEAL_HASH];
	int failed = read_exactly(path, key.bytes, SEAL_KEY);

	if (failed)
		error_set(error, ERROR_FAULT, "store.master", "The master key %s cannot be read or is not %d bytes long%s%s.", path,
			SEAL_KEY, errno ? ": " : "", errno ? strerror(errno) : "");
	else {
		/* The key's own id, so that what another master wrapped is told apart from what is damaged. */
		seal_keyed_hash(&key, master_word, sizeof master_word, hash);
		for (int i = 0; i < 7; i++)
			key.id = key.id << 8 | hash[i];
		*master_r = key;
	}
	seal_wipe(&key, sizeof key);
	return failed;
}

int setup_master(const struct config *config, struct seal_key *master_r, struct error *error)
{
	char *path = setup_master_path(NULL, config);
	int result = setup_master_at(path, master_r, error);

	talloc_free(path);
	return result;
}

/* Whole or not at all, whenever this is ended: half a master key would stop every later start. */
static int master_write(const char *path)
{
	char *unfinished = talloc_asprintf(NULL, "%s.new", path);
	unsigned char bytes[SEAL_KEY];
	int file, result = -1;

	unlink(unfinished);
	file = open(unfinished, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	seal_random(bytes, sizeof bytes);
	if (file >= 0 && write(file, bytes, sizeof bytes) == (ssize_t)sizeof bytes && fsync(file) == 0)
		result = link(unfinished, path) == 0 || errno == EEXIST ? 0 : -1;
	seal_wipe(bytes, sizeof bytes);
	if (file >= 0)
		close(file);
	unlink(unfinished);
	talloc_free(unfinished);
	return result;
}

static int master_create(const struct config *config, struct error *error)
{
	char *path = setup_master_path(NULL, config);
	int result = access(path, F_OK) == 0 ? 0 : master_write(path);

	if (result != 0)
		error_set(error, ERROR_FAULT, "store.master", "The master key %s cannot be made: %s", path, strerror(errno));
	talloc_free(path);
	return result;
}

static int make_dir(const struct config *config, const char *below, mode_t mode, struct error *error)
{
	char *path = below != NULL ? config_path(NULL, config->data_dir, below) : talloc_strdup(NULL, config->data_dir);
	int failed = 0;

	if (mkdir(path, mode) == 0)
		failed = chmod(path, mode);      /* whatever the umask took away */
	else if (errno != EEXIST)
		failed = -1;
	if (failed)
		error_set(error, ERROR_FAULT, "store.directory", "%s: %s", path, strerror(errno));
	talloc_free(path);
	return failed;
}

/* A new file is durable only when its directory is. */
int setup_sync(const struct config *config, struct error *error)
{
	static const char *const dirs[] = { "db", "keys" };

	for (size_t i = 0; i < sizeof dirs / sizeof dirs[0]; i++) {
		char *path = config_path(NULL, config->data_dir, dirs[i]);
		int dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), failed = dir < 0 || fsync(dir) != 0;

		if (failed)
			error_set(error, ERROR_FAULT, "store.directory", "%s: %s", path, strerror(errno));
		if (dir >= 0)
			close(dir);
		talloc_free(path);
		if (failed)
			return -1;
	}
	return 0;
}

int setup_version(void)
{
	return STEPS(main_steps);
}

static int step(struct db *db, const char *const *sql, int version, struct error *error)
{
	if (db_begin(db, error) != 0)
		return -1;
	for (; *sql != NULL; sql++)
		if (db_script(db, *sql, error) != 0)
			goto out;
	if (db_set_version(db, version, error) == 0 && db_commit(db, error) == 0)
		return 0;
out:
	db_rollback(db);
	return -1;
}

static int known(struct db *db, int count, int *version_r, struct error *error)
{
	if (db_version(db, version_r, error) != 0)
		return -1;
	return *version_r <= count ? 0 : error_set(error, ERROR_FAULT, "store.newer",
		"The database has schema %d, this program knows %d: install the newer program.", *version_r, count);
}

static int migrate(struct db *db, const char *const *const *steps, int count, struct error *error)
{
	int from;

	if (known(db, count, &from, error) != 0)
		return -1;
	for (int version = from; version < count; version++)
		if (step(db, steps[version], version + 1, error) != 0)
			return -1;
	return 0;
}

static int fits(struct db *db, int count, const char *what, struct error *error)
{
	int version;

	if (db_version(db, &version, error) != 0)
		return -1;
	if (version == count)
		return 0;
	return error_set(error, ERROR_FAULT, version < count ? "store.older" : "store.newer", "The %s has schema %d, this program needs %d: %s.",
		what, version, count, version < count ? "run “dossier migrate”" : "install the newer program");
}

int setup_prove_again(struct db *keys, const struct seal_key *master, struct error *error)
{
	size_t length;
	unsigned char *sealed = seal_close(keys, master, "master-check/1", master_word, sizeof master_word, &length);
	int result = db_run(keys, "INSERT INTO master_check(id, sealed) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed", error, "b",
		sealed, length);

	talloc_free(sealed);
	return result;
}

static int prove_master(struct db *keys, const struct seal_key *master, bool create, struct error *error)
{
	struct query *q = db_query(keys, keys, "SELECT sealed FROM master_check WHERE id = 1", error, "");
	unsigned char *sealed = NULL, *word = NULL;
	size_t length, plain;
	int64_t any;
	int more = q != NULL ? db_step(q, error) : -1;

	if (more == 1) {
		sealed = db_bytes(q, q, 0, &length);
		word = seal_open(q, master, "master-check/1", sealed, length, &plain, error);
	}
	talloc_free(q);
	if (more == 1 && word == NULL)
		return error_set(error, ERROR_FAULT, "store.other-master", "The master key is not the one these case keys are wrapped with.");
	if (more != 0)
		return more == 1 ? 0 : -1;
	if (!create || db_number(keys, "SELECT id FROM case_key LIMIT 1", &any, error, "") != 0)
		return error_set(error, ERROR_FAULT, "store.no-check", "The key file holds no proof of its master key.");
	if (db_begin(keys, error) != 0)
		return -1;
	if (setup_prove_again(keys, master, error) == 0)
		return db_commit(keys, error);
	db_rollback(keys);
	return -1;
}

int setup_fits(struct db *main, struct db *keys, const struct seal_key *master, struct error *error)
{
	if (fits(main, STEPS(main_steps), "database", error) != 0 || fits(keys, STEPS(keys_steps), "key file", error) != 0)
		return -1;
	return prove_master(keys, master, false, error);
}

int setup_known(struct db *main, struct db *keys, const struct seal_key *master, struct error *error)
{
	int version;

	if (known(main, STEPS(main_steps), &version, error) != 0 || known(keys, STEPS(keys_steps), &version, error) != 0)
		return -1;
	return prove_master(keys, master, false, error);
}

/* Both files with their schema, from whatever version they have. */
static int bring_up(const struct config *config, bool create, struct store_migration *m_r, struct error *error)
{
	void *ctx = talloc_new(NULL);
	struct seal_key master = { 0 };
	struct store_migration m = { .main_to = STEPS(main_steps), .keys_to = STEPS(keys_steps) };
	struct db *keys, *db;
	int result = -1;

	if (seal_start(error) != 0 || (create && master_create(config, error) != 0) || setup_master(config, &master, error) != 0)
		goto out;
	keys = db_open(ctx, setup_keys_path(ctx, config), create, error);
	db = keys != NULL ? db_open(ctx, setup_main_path(ctx, config), create, error) : NULL;
	/* What is newer than the program or another master's is refused before anything is changed. */
	if (db == NULL || known(keys, STEPS(keys_steps), &m.keys_from, error) != 0 || known(db, STEPS(main_steps), &m.main_from, error) != 0
	    || (m.keys_from > 0 && prove_master(keys, &master, create, error) != 0))
		goto out;
	if (migrate(keys, keys_steps, STEPS(keys_steps), error) != 0 || (m.keys_from == 0 && prove_master(keys, &master, create, error) != 0)
	    || migrate(db, main_steps, STEPS(main_steps), error) != 0)
		goto out;
	*m_r = m;
	result = 0;
out:
	seal_wipe(&master, sizeof master);
	talloc_free(ctx);
	return result;
}

int setup_places(const struct config *config, struct error *error)
{
	return make_dir(config, NULL, 0755, error) != 0 || make_dir(config, "db", 0700, error) != 0 || make_dir(config, "keys", 0700, error) != 0
		|| make_dir(config, "run", 0700, error) != 0 || make_dir(config, "published", 0755, error) != 0 ? -1 : 0;
}

int setup_create(const struct config *config, struct error *error)
{
	struct store_migration done;

	if (setup_places(config, error) != 0 || bring_up(config, true, &done, error) != 0)
		return -1;
	return setup_sync(config, error);
}

int setup_migrate(const struct config *config, struct store_migration *migration_r, struct error *error)
{
	return bring_up(config, false, migration_r, error);
}
