#include "store/store_backup.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <talloc.h>
#include <unistd.h>
#include "base/text.h"

#define MS_DAY 86400000LL
#define SUM ".sha256"

struct kind { const char *folder, *prefix; };
static const struct kind main_kind = { "data", "dossier-" }, keys_kind = { "keys", "keys-" };

static int broken(struct error *error, const char *path)
{
	return error_set(error, errno == ENOSPC || errno == EDQUOT ? ERROR_FULL : ERROR_FAULT, "backup.file", "%s: %s", path, strerror(errno));
}

static char *path_of(void *ctx, const char *dir, const struct kind *kind, const char *stamp)
{
	return talloc_asprintf(ctx, "%s/%s/%s%s.db", dir, kind->folder, kind->prefix, stamp);
}

static void stamp_of(instant at, char stamp_r[BACKUP_STAMP])
{
	char *iso = date_iso_instant(NULL, at);
	size_t n = 0;

	for (const char *p = iso; *p != '\0' && *p != '.' && n < BACKUP_STAMP - 2; p++)
		if (*p != '-' && *p != ':')
			stamp_r[n++] = *p;
	stamp_r[n++] = 'Z';
	stamp_r[n] = '\0';
	talloc_free(iso);
}

/* ---- making ---- */

static int make_dir(const char *path, struct error *error)
{
	return mkdir(path, 0700) == 0 || errno == EEXIST ? 0 : broken(error, path);
}

static int write_sum(void *ctx, const char *path, struct error *error)
{
	unsigned char hash[SEAL_HASH];
	char *beside = talloc_asprintf(ctx, "%s" SUM, path), *text;
	int file, failed;

	if (seal_sha256_file(path, hash) != 0)
		return broken(error, path);
	text = talloc_asprintf(ctx, "%s  %s\n", text_hex(ctx, hash, SEAL_HASH), strrchr(path, '/') + 1);
	file = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (file < 0)
		return broken(error, beside);
	failed = write(file, text, strlen(text)) != (ssize_t)strlen(text) || fsync(file) != 0;
	close(file);
	return failed ? broken(error, beside) : 0;
}

int backup_make(void *ctx, struct store *store, const char *dir, struct backup *backup_r, struct error *error)
{
	struct backup b;

	stamp_of(date_now_real(), b.stamp);
	b.main_path = path_of(ctx, dir, &main_kind, b.stamp);
	b.keys_path = path_of(ctx, dir, &keys_kind, b.stamp);
	if (make_dir(dir, error) != 0 || make_dir(config_path(ctx, dir, main_kind.folder), error) != 0 || make_dir(config_path(ctx, dir, keys_kind.folder), error) != 0)
		return -1;
	if (store_backup(store, b.main_path, b.keys_path, error) != 0 || write_sum(ctx, b.keys_path, error) != 0 || write_sum(ctx, b.main_path, error) != 0)
		return -1;
	*backup_r = b;
	return 0;
}

/* ---- finding ---- */

/* The stamp in a file's name; false for anything that is not a backup, or a part of one. */
static bool stamp_in(const struct kind *kind, const char *name, const char *ending, char stamp_r[BACKUP_STAMP])
{
	size_t prefix = strlen(kind->prefix);

	if (!text_starts(name, kind->prefix) || strlen(name) < prefix + BACKUP_STAMP - 1 || strcmp(name + prefix + BACKUP_STAMP - 1, ending) != 0)
		return false;
	memcpy(stamp_r, name + prefix, BACKUP_STAMP - 1);
	stamp_r[BACKUP_STAMP - 1] = '\0';
	return strspn(stamp_r, "0123456789TZ") == BACKUP_STAMP - 1;
}

/* Stamps sort as the instants do. The sum is written last: without it a backup was not finished. "" when there is none. */
static void newest(const char *dir, const struct kind *kind, char stamp_r[BACKUP_STAMP])
{
	char *path = config_path(NULL, dir, kind->folder), stamp[BACKUP_STAMP];
	DIR *list = opendir(path);
	struct dirent *entry;

	*stamp_r = '\0';
	while (list != NULL && (entry = readdir(list)) != NULL)
		if (stamp_in(kind, entry->d_name, ".db" SUM, stamp) && strcmp(stamp, stamp_r) > 0)
			memcpy(stamp_r, stamp, BACKUP_STAMP);
	if (list != NULL)
		closedir(list);
	talloc_free(path);
}

static instant instant_of(const char *stamp)
{
	int year, month, of_month, hour, minute, second;
	char iso[16];
	struct error ignored;
	day d;

	if (sscanf(stamp, "%4d%2d%2dT%2d%2d%2dZ", &year, &month, &of_month, &hour, &minute, &second) != 6)
		return 0;
	snprintf(iso, sizeof iso, "%04d-%02d-%02d", year % 10000, month % 100, of_month % 100);
	if (date_parse(iso, &d, &ignored) != 0)
		return 0;
	return d * MS_DAY + ((hour * 60 + minute) * 60 + second) * 1000LL;
}

instant backup_newest(const char *dir)
{
	char stamp[BACKUP_STAMP];

	newest(dir, &main_kind, stamp);
	return instant_of(stamp);
}

instant backup_newest_keys(const char *dir)
{
	char stamp[BACKUP_STAMP];

	newest(dir, &keys_kind, stamp);
	return instant_of(stamp);
}

int backup_find(void *ctx, const char *dir, const char *stamp, struct backup *backup_r, struct error *error)
{
	struct backup b;
	char keys[BACKUP_STAMP];

	newest(dir, &main_kind, b.stamp);
	if (stamp != NULL)
		snprintf(b.stamp, sizeof b.stamp, "%s", stamp);
	b.main_path = path_of(ctx, dir, &main_kind, b.stamp);
	if (*b.stamp == '\0' || access(b.main_path, F_OK) != 0)
		return error_set(error, ERROR_MISSING, "backup.missing", "There is no backup %s in %s/%s.", stamp != NULL ? stamp : "", dir, main_kind.folder);
	newest(dir, &keys_kind, keys);
	if (strcmp(keys, b.stamp) < 0)
		return error_set(error, ERROR_MISSING, "backup.no-keys", "%s/%s holds no keys as new as %s: bring the newest backup of the keys there.", dir,
			keys_kind.folder, b.stamp);
	b.keys_path = path_of(ctx, dir, &keys_kind, keys);
	*backup_r = b;
	return 0;
}

static int whole(void *ctx, const char *path, struct error *error)
{
	unsigned char hash[SEAL_HASH];
	char *beside = talloc_asprintf(ctx, "%s" SUM, path), was[2 * SEAL_HASH + 1] = "";
	FILE *from;

	if (seal_sha256_file(path, hash) != 0)
		return broken(error, path);
	from = fopen(beside, "re");
	if (from == NULL)
		return broken(error, beside);
	if (fscanf(from, "%64s", was) != 1)
		*was = '\0';
	fclose(from);
	return strcmp(was, text_hex(ctx, hash, SEAL_HASH)) == 0 ? 0
		: error_set(error, ERROR_FAULT, "backup.damaged", "%s is damaged: it is not what %s" SUM " says it was.", path, strrchr(path, '/') + 1);
}

int backup_whole(const struct backup *backup, struct error *error)
{
	void *ctx = talloc_new(NULL);
	int result = whole(ctx, backup->main_path, error) != 0 ? -1 : whole(ctx, backup->keys_path, error);

	talloc_free(ctx);
	return result;
}

/* ---- forgetting ---- */

static int forget(void *ctx, const char *path, int *removed_r, struct error *error)
{
	if ((unlink(talloc_asprintf(ctx, "%s" SUM, path)) != 0 && errno != ENOENT) || unlink(path) != 0)
		return broken(error, path);
	++*removed_r;
	return 0;
}

static int prune(void *ctx, const char *dir, const struct kind *kind, int64_t days, int *removed_r, struct error *error)
{
	char *path = config_path(ctx, dir, kind->folder), last[BACKUP_STAMP], oldest[BACKUP_STAMP], day_old[BACKUP_STAMP], stamp[BACKUP_STAMP];
	DIR *list = opendir(path);
	struct dirent *entry;
	int result = 0;

	newest(dir, kind, last);
	stamp_of(date_now_real() - days * MS_DAY, oldest);
	stamp_of(date_now_real() - MS_DAY, day_old);
	while (list != NULL && result == 0 && (entry = readdir(list)) != NULL)
		/* What a crash left unfinished may also be somebody's who is at it. */
		if ((stamp_in(kind, entry->d_name, ".db", stamp) && strcmp(stamp, oldest) < 0 && strcmp(stamp, last) != 0) ||
		    (stamp_in(kind, entry->d_name, ".db.part", stamp) && strcmp(stamp, day_old) < 0))
			result = forget(ctx, config_path(ctx, path, entry->d_name), removed_r, error);
	if (list != NULL)
		closedir(list);
	return result;
}

int backup_prune(const char *dir, int64_t main_days, int64_t keys_days, int *removed_r, struct error *error)
{
	void *ctx = talloc_new(NULL);
	int result;

	*removed_r = 0;
	result = prune(ctx, dir, &main_kind, main_days, removed_r, error) != 0 ? -1 : prune(ctx, dir, &keys_kind, keys_days, removed_r, error);
	talloc_free(ctx);
	return result;
}

/* ---- what everybody knows ---- */

static _Atomic int64_t *noted;

int backup_share(struct error *error)
{
	void *page;

	if (noted != NULL)
		return 0;
	page = mmap(NULL, sizeof *noted, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (page == MAP_FAILED)
		return error_set(error, ERROR_FAULT, "backup.share", "No memory to share: %s.", strerror(errno));
	noted = page;
	return 0;
}

void backup_note(instant at)
{
	if (noted != NULL)
		atomic_store(noted, at);
}

instant backup_noted(void)
{
	return noted == NULL ? 0 : atomic_load(noted);
}
