/* Inside of release. Nobody but release*.c and its test includes this. */
#ifndef PUBLISH_RELEASE_PARTS_H
#define PUBLISH_RELEASE_PARTS_H
#include "publish/release.h"

struct release_file { const char *path, *bytes; size_t length; bool list; };     /* path below published/; list: changes with every release */
struct release_files {
	struct release_file *list; int count;
	bool changed;                                 /* a page was taken down: lists will differ and nobody else did it */
};
/* release_disk.c: the folder holds these files and nothing else. What was strange or different is counted. */
int release_disk(void *ctx, const char *root, const struct release_files *files, int *repaired_r, struct error *error);
/* Removes one page at once; sets *changed_r when it was there. */
int release_look(void *ctx, const char *root, const struct release_files *files, struct error *error);      /* is there anything else than these? published.strange */
int release_take_down(void *ctx, const char *root, const char *path, bool *changed_r, struct error *error);
/* The bytes of a regular file, NULL when there is none (errno says why). */
char *release_read(void *ctx, const char *path, size_t *length_r);
/* What release_sync and release_verify do with a list of editions. */
int release_tree(void *ctx, const struct edition *editions, int count, const struct config *config, const struct xslt *site, int *repaired_r, struct error *error);
int release_check_lists(void *ctx, const struct edition *editions, int count, const struct config *config, const struct xslt *site, struct error *error);
int release_check(void *ctx, const struct edition *editions, int count, const struct config *config, int64_t *count_r, struct error *error);
#endif
