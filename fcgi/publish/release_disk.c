#include "publish/release_parts.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>
#include <unistd.h>
#include "base/text.h"

#define UNFINISHED ".new"            /* no slug holds a point, so no page has such a name */

static int broken(struct error *error, const char *what, const char *path)
{
	error_set(error, errno == ENOSPC || errno == EDQUOT ? ERROR_FULL : ERROR_FAULT, "published.write", "Published pages: cannot %s: %s.", what, strerror(errno));
	return error_at(error, path, 0, 0);
}

char *release_read(void *ctx, const char *path, size_t *length_r)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	struct stat st;
	char *bytes = NULL;
	size_t have = 0;
	ssize_t n = 1;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		bytes = talloc_array(ctx, char, (size_t)st.st_size + 1);
		while (have < (size_t)st.st_size && (n = read(fd, bytes + have, (size_t)st.st_size - have)) > 0)
			have += (size_t)n;
		bytes[have] = 0;
		*length_r = have;
	}
	close(fd);
	return bytes;
}

static int sync_folder(const char *path, struct error *error)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), rc;

	if (fd < 0)
		return broken(error, "open a folder", path);
	rc = fsync(fd);
	close(fd);
	return rc ? broken(error, "write a folder down", path) : 0;
}

static int write_bytes(int fd, const struct release_file *file)
{
	size_t done = 0;

	while (done < file->length) {
		ssize_t n = write(fd, file->bytes + done, file->length - done);
		if (n < 0 && errno != EINTR)
			return -1;
		done += n > 0 ? (size_t)n : 0;
	}
	return fchmod(fd, 0644) || fsync(fd) ? -1 : 0;
}

/* Either the old bytes or the new ones, whenever the power goes. */
static int replace(void *ctx, const char *path, const struct release_file *file, struct error *error)
{
	char *unfinished = talloc_asprintf(ctx, "%s" UNFINISHED, path);
	char *folder = talloc_strndup(ctx, path, (size_t)(strrchr(path, '/') - path));
	int fd = open(unfinished, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644), rc;

	if (fd < 0)
		return broken(error, "make a file", file->path);
	rc = write_bytes(fd, file);
	if (rc == 0 && rename(unfinished, path) == 0) {
		close(fd);
		return sync_folder(folder, error);
	}
	rc = broken(error, "write a file", file->path);
	close(fd);
	unlink(unfinished);
	return rc;
}

/* Makes the folders of a path below root. */
static int make_folders(void *ctx, const char *root, const char *path, struct error *error)
{
	for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
		char *folder = talloc_asprintf(ctx, "%s/%.*s", root, (int)(slash - path), path);
		if (mkdir(folder, 0755) && errno != EEXIST)
			return broken(error, "make a folder", folder);
		if (sync_folder(root, error))
			return -1;
	}
	return 0;
}

int release_take_down(void *ctx, const char *root, const char *path, bool *changed_r, struct error *error)
{
	char *full = talloc_asprintf(ctx, "%s/%s", root, path);

	if (unlink(full))
		return errno == ENOENT || errno == ENOTDIR ? 0 : broken(error, "take a page down", path);
	*changed_r = true;
	return sync_folder(talloc_strndup(ctx, full, (size_t)(strrchr(full, '/') - full)), error);
}

/* looking: nothing is removed, the first that is not ours is remembered. */
struct sweep { void *ctx; const char *root; const struct release_files *files; int strange; bool looking; const char *found; };

static int strange(struct sweep *s, const char *path)
{
	if (!s->found)
		s->found = path;
	return 0;
}

static const struct release_file *wanted(const struct sweep *s, const char *path)
{
	for (int i = 0; i < s->files->count; i++)
		if (!strcmp(s->files->list[i].path, path))
			return &s->files->list[i];
	return NULL;
}

static bool wanted_folder(const struct sweep *s, const char *path)
{
	char *with = talloc_asprintf(s->ctx, "%s/", path);

	for (int i = 0; i < s->files->count; i++)
		if (text_starts(s->files->list[i].path, with))
			return true;
	return false;
}

static int sweep_folder(struct sweep *s, const char *path, int depth, struct error *error);

static int sweep_entry(struct sweep *s, const char *path, int depth, struct error *error)
{
	char *full = talloc_asprintf(s->ctx, "%s/%s", s->root, path);
	struct stat st;

	if (lstat(full, &st))
		return broken(error, "look at a file", path);
	if (S_ISDIR(st.st_mode)) {
		bool keep = wanted_folder(s, path);
		if (sweep_folder(s, path, depth + 1, error))
			return -1;
		if (keep)
			return 0;
		if (s->looking)
			return strange(s, path);
		s->strange++;
		return rmdir(full) ? broken(error, "remove a folder", path) : 0;
	}
	if (S_ISREG(st.st_mode) && wanted(s, path))
		return 0;
	if (s->looking)
		return text_ends(path, UNFINISHED) ? 0 : strange(s, path);
	s->strange += !text_ends(path, UNFINISHED);          /* a file that a crash left half written is no surprise */
	return unlink(full) ? broken(error, "remove a file", path) : 0;
}

static int sweep_folder(struct sweep *s, const char *path, int depth, struct error *error)
{
	char *full = talloc_asprintf(s->ctx, "%s%s%s", s->root, *path ? "/" : "", path);
	DIR *dir = opendir(full);
	struct dirent *entry;
	int rc = 0;

	if (!dir)
		return broken(error, "open a folder", path);
	while (rc == 0 && (entry = readdir(dir))) {
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		if (depth > 16)
			rc = error_set(error, ERROR_FAULT, "published.deep", "Published pages: folders lie too deep in each other.");
		else
			rc = sweep_entry(s, talloc_asprintf(s->ctx, "%s%s%s", path, *path ? "/" : "", entry->d_name), depth, error);
	}
	closedir(dir);
	return rc || s->looking ? rc : sync_folder(full, error);
}

int release_look(void *ctx, const char *root, const struct release_files *files, struct error *error)
{
	struct sweep s = { .ctx = ctx, .root = root, .files = files, .looking = true };

	if (sweep_folder(&s, "", 0, error))
		return -1;
	if (!s.found)
		return 0;
	error_set(error, ERROR_FAULT, "published.strange", "A file lies among the published pages that was never released.");
	return error_at(error, s.found, 0, 0);
}

/* 0 the same, 1 other bytes or another mode, 2 not there */
static int differs(void *ctx, const char *path, const struct release_file *file)
{
	size_t length = 0;
	char *bytes = release_read(ctx, path, &length);
	struct stat st;
	bool same = bytes && length == file->length && !memcmp(bytes, file->bytes, length) && !lstat(path, &st) && (st.st_mode & 07777) == 0644;

	talloc_free(bytes);
	return same ? 0 : bytes ? 1 : 2;
}

int release_disk(void *ctx, const char *root, const struct release_files *files, int *repaired_r, struct error *error)
{
	void *tmp = talloc_new(ctx);
	struct sweep sweep = { .ctx = tmp, .root = root, .files = files };
	int other = 0, lists = 0, result = -1;
	bool fresh = files->changed;

	if (mkdir(root, 0755) && errno != EEXIST) {
		broken(error, "make the folder", root);
		goto out;
	}
	if (sweep_folder(&sweep, "", 0, error))
		goto out;
	for (int i = 0; i < files->count; i++) {
		const struct release_file *file = &files->list[i];
		char *path = talloc_asprintf(tmp, "%s/%s", root, file->path);
		int how = differs(tmp, path, file);
		if (how && (make_folders(tmp, root, file->path, error) || replace(tmp, path, file, error)))
			goto out;
		other += how == 1 && !file->list;
		lists += how == 1 && file->list;
		fresh |= how == 2 && !file->list;
	}
	/* A release or withdrawal changes lists; without one, somebody else did. */
	*repaired_r = sweep.strange + other + (fresh ? 0 : lists);
	result = 0;
out:
	talloc_free(tmp);
	return result;
}
