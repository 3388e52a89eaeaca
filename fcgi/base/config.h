/* The configuration: one table of settings (name, kind, default, what it means), one file of "name = value" lines. */
#ifndef BASE_CONFIG_H
#define BASE_CONFIG_H
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include "base/error.h"

enum profile { PROFILE_DEVELOPMENT, PROFILE_TEST, PROFILE_PRODUCTION };

struct config {
	enum profile profile;
	const char *partnership;      /* name shown on every page                     */
	const char *contact;          /* where the public asks                        */
	const char *base_url;         /* http://localhost:8080, no slash at the end   */
	const char *data_dir;         /* holds db/ keys/ run/ published/              */
	const char *share_dir;        /* holds forms/ xsl/ assets/ data/              */
	const char *plugin_dir;
	const char *plugins;          /* names to load, blank separated; "" = all     */
	const char *case_settings;    /* "setting=value …" for cases opened from now on */
	const char *master_key;       /* file of 32 random bytes; "" = keys/master    */
	const char *socket;           /* "" = run/dossier.sock                        */
	const char *socket_group;     /* "" = unchanged                               */
	const char *holidays;         /* "" = share_dir/data/holidays-england.txt     */
	const char *sandbox;          /* required | off                               */
	int64_t workers;              /* 0 = cores + 2                                */
	int64_t recycle;              /* requests a worker serves before it is replaced */
	int64_t max_xml, max_form, max_other, max_attachment;   /* bytes of a body    */
	int64_t max_fields;           /* of one form                                  */
	int64_t request_seconds, request_megabytes;
	int64_t session_idle_minutes, session_hours;
	const char *backup_dir;       /* "" = the clerk makes no backups              */
	int64_t backup_hours, backup_keep, backup_keep_keys;   /* hours, days, days   */
	int64_t clock_offset;         /* seconds; refused in production               */
};
/* Reads the file over the defaults. ctx owns everything. Unknown name, wrong value: error with file and line. */
struct config *config_read(void *ctx, const char *path, struct error *error);
/* Each row of the table, for help and manual. */
void config_print_table(FILE *to, void (*row)(FILE *to, const char *name, const char *preset, const char *meaning));
/* A path below a directory, owned by ctx. */
char *config_path(void *ctx, const char *dir, const char *below);
#endif
