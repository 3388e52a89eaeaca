#include "publish/release.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>

#define DEEP 16                      /* as deep as release_disk goes */

/* FNV-1a, so that no order of the folder's entries matters when the results are added. */
static uint64_t mix(uint64_t h, const void *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++)
		h = (h ^ ((const unsigned char *)bytes)[i]) * 1099511628211u;
	return h;
}

/* What changes of an entry when somebody writes: the time of the last change can be set by nobody. A folder counts by what is in it. */
static uint64_t one(const char *path, const struct stat *st)
{
	uint64_t h = mix(14695981039346656037u, path, strlen(path));

	h = mix(h, &st->st_mode, sizeof st->st_mode);
	if (S_ISDIR(st->st_mode))
		return h;
	h = mix(h, &st->st_ino, sizeof st->st_ino);
	h = mix(h, &st->st_size, sizeof st->st_size);
	h = mix(h, &st->st_ctim.tv_sec, sizeof st->st_ctim.tv_sec);
	return mix(h, &st->st_ctim.tv_nsec, sizeof st->st_ctim.tv_nsec);
}

static uint64_t below(const char *path, int depth)
{
	DIR *dir = depth > DEEP ? NULL : opendir(path);
	uint64_t sum = dir == NULL;
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		char *full = talloc_asprintf(NULL, "%s/%s", path, entry->d_name);
		struct stat st;
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..") && !lstat(full, &st))
			sum += one(full, &st) + (S_ISDIR(st.st_mode) ? below(full, depth + 1) : 0);
		talloc_free(full);
	}
	if (dir)
		closedir(dir);
	return sum;
}

uint64_t release_trace(const struct config *config)
{
	char *root = config_path(NULL, config->data_dir, "published");
	uint64_t trace = below(root, 0);

	talloc_free(root);
	return trace;
}
