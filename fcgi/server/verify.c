#include "server/verify.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <talloc.h>
#include <unistd.h>
#include "adapter/db.h"
#include "store/store.h"
#include "store/store_attachment.h"
#include "store/store_audit.h"
#include "store/store_case.h"
#include "store/store_publication.h"
#include "store/store_shred.h"
#include "store/store_version.h"
#include "publish/release.h"
#include "server/clerk.h"

#define LEAST_SQLITE 3037000             /* STRICT tables */
#define SAFE_SQLITE 3051003              /* https://sqlite.org/wal.html: the WAL-reset bug ends here */

struct verify { void *ctx; const struct config *config; FILE *out; int bad; };

static void line(struct verify *v, bool good, const char *format, ...) __attribute__((format(printf, 3, 4)));

static void line(struct verify *v, bool good, const char *format, ...)
{
	va_list args;

	fputs(good ? "ok " : "BAD ", v->out);
	va_start(args, format);
	vfprintf(v->out, format, args);
	va_end(args);
	fputc('\n', v->out);
	v->bad += !good;
}

/* ---- files ---- */

/* A directory or file of the service: ours, and closed to everybody that `closed` names. */
static void mode_is(struct verify *v, const char *path, mode_t closed)
{
	struct stat st;

	if (lstat(path, &st) != 0)
		line(v, false, "files %s: %s", path, strerror(errno));
	else if (S_ISLNK(st.st_mode))
		line(v, false, "files %s is a symbolic link", path);
	else if (st.st_mode & closed)
		line(v, false, "files %s has mode %04o, which is open to others", path, (unsigned)(st.st_mode & 07777));
	else if (geteuid() != 0 && st.st_uid != geteuid())
		line(v, false, "files %s belongs to somebody else", path);
}

static void modes_below(struct verify *v, const char *name)
{
	char *path = config_path(v->ctx, v->config->data_dir, name);
	DIR *dir = opendir(path);
	struct dirent *entry;

	mode_is(v, path, 077);
	while (dir != NULL && (entry = readdir(dir)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			mode_is(v, config_path(v->ctx, path, entry->d_name), 077);
	if (dir != NULL)
		closedir(dir);
}

static void verify_files(struct verify *v)
{
	int before = v->bad;

	modes_below(v, "db");
	modes_below(v, "keys");
	mode_is(v, config_path(v->ctx, v->config->data_dir, "run"), 077);
	mode_is(v, config_path(v->ctx, v->config->data_dir, "published"), 022);
	if (*v->config->master_key != '\0')
		mode_is(v, v->config->master_key, 037);      /* a systemd credential may be readable by its group */
	if (v->bad == before)
		line(v, true, "files: directories and databases are closed to others");
}

static void verify_library(struct verify *v)
{
	if (!db_library_fits(LEAST_SQLITE))
		line(v, false, "sqlite %s is too old: 3.37.0 or newer is needed", db_library());
	else if (!db_library_fits(SAFE_SQLITE))
		line(v, true, "sqlite %s (has the WAL-reset bug, which cannot happen while only the clerk checkpoints; 3.51.3 is recommended)", db_library());
	else
		line(v, true, "sqlite %s", db_library());
}

/* ---- what is kept ---- */

static const struct { const char *name, *what; int (*verify)(struct store *, int64_t *, struct error *); } walks[] = {
	{ "audit", "entries follow from each other", audit_verify },
	{ "versions", "versions are what was kept", version_verify },
	{ "attachments", "files are what was kept", attachment_verify },
	{ "acts", "acts are what was done", act_verify },
	{ "candidates", "candidates are what was shown", candidate_verify },
	{ "editions", "editions are what was released", edition_verify },
};

/* A clerk has begun: then lists and feeds are those of this program. */
static bool has_clerk(const struct config *config)
{
	char *path = config_path(NULL, config->data_dir, CLERK_LOCK);
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	bool there = file >= 0 && flock(file, LOCK_SH | LOCK_NB) != 0;

	if (file >= 0)
		close(file);
	talloc_free(path);
	return there;
}

static void verify_kept(struct verify *v, struct store *store)
{
	struct error error;
	int64_t count = 0, destroyed = 0;

	if (store_check(store, &error) == 0)
		line(v, true, "integrity: both databases are whole");
	else
		line(v, false, "integrity %s: %s", error.code, error.say);
	for (size_t i = 0; i < sizeof walks / sizeof walks[0]; i++)
		if (walks[i].verify(store, &count, &error) == 0)
			line(v, true, "%s: %lld %s", walks[i].name, (long long)count, walks[i].what);
		else
			line(v, false, "%s %s: %s", walks[i].name, error.code, error.say);
	if (audit_anchor_check(store, &error) == 0)
		line(v, true, "anchor: the audit's end is where it was noted");
	else
		line(v, false, "anchor %s: %s", error.code, error.say);
	if (keys_verify(store, &count, &destroyed, &error) == 0)
		line(v, true, "keys: %lld cases have their key, %lld were shredded", (long long)count, (long long)destroyed);
	else
		line(v, false, "keys %s: %s", error.code, error.say);
	if (release_verify(v->ctx, store, v->config, has_clerk(v->config), &count, &error) == 0)
		line(v, true, "published: %lld files are their editions", (long long)count);
	else
		line(v, false, "published %s: %s", error.code, error.say);
}

int verify_run(const struct config *config, FILE *out, struct error *error)
{
	struct verify v = { talloc_new(NULL), config, out, 0 };
	struct error why;
	struct store *store;

	verify_files(&v);
	verify_library(&v);
	store = store_open(v.ctx, config, &why);
	if (store != NULL) {
		line(&v, true, "store: schema %d, the master key fits", store_schema_version());
		verify_kept(&v, store);
	} else
		line(&v, false, "store %s: %s", why.code, why.say);
	talloc_free(v.ctx);
	fflush(out);
	return v.bad == 0 ? 0 : error_set(error, ERROR_FAULT, "verify.bad", "%d checks failed.", v.bad);
}
