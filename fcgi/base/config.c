#include "base/config.h"
#include <errno.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>
#include "base/text.h"

#ifndef DOSSIER_PLUGIN_DIR
#define DOSSIER_PLUGIN_DIR "/usr/local/lib/dossier/1"
#endif
#ifndef DOSSIER_SHARE_DIR
#define DOSSIER_SHARE_DIR "/usr/local/share/dossier"
#endif

enum kind { KIND_TEXT, KIND_DIR, KIND_PATH, KIND_CHOICE, KIND_PROFILE, KIND_NUMBER };

struct setting {
	const char *name;
	enum kind kind;
	size_t at;               /* where in struct config */
	const char *preset;
	const char *choices;     /* blank separated */
	int64_t least, most;
	const char *meaning;
};

#define AT(field) offsetof(struct config, field)
#define PROFILES "development test production"   /* in the order of enum profile */
#define TEXT(f, preset, meaning) {#f, KIND_TEXT, AT(f), preset, NULL, 0, 0, meaning}
#define DIR(f, preset, meaning) {#f, KIND_DIR, AT(f), preset, NULL, 0, 0, meaning}
#define PATH(f, meaning) {#f, KIND_PATH, AT(f), "", NULL, 0, 0, meaning}
#define NUMBER(f, preset, least, most, meaning) {#f, KIND_NUMBER, AT(f), preset, NULL, least, most, meaning}

static const struct setting settings[] = {
	{"profile", KIND_PROFILE, AT(profile), "production", PROFILES, 0, 0, "development, test or production"},
	TEXT(partnership, "Safeguarding partnership", "name shown on every page"),
	TEXT(contact, "", "where the public asks: an address of an office, not of a person"),
	TEXT(base_url, "https://localhost", "the address people type, without a slash at the end"),
	DIR(data_dir, "/var/lib/dossier", "holds db/, keys/, run/ and published/; the service runs as its owner"),
	DIR(share_dir, DOSSIER_SHARE_DIR, "holds forms/, xsl/, assets/ and data/"),
	DIR(plugin_dir, DOSSIER_PLUGIN_DIR, "holds the plugins"),
	TEXT(plugins, "", "names of the plugins to load, separated by blanks; empty: all that are there"),
	TEXT(case_settings, "", "what cases opened from now on run under in place of a plugin's defaults: setting=value, separated by blanks"),
	PATH(master_key, "file with the 32 bytes that wrap the keys of cases; empty: keys/master in data_dir"),
	PATH(socket, "FastCGI socket; empty: run/dossier.sock in data_dir"),
	TEXT(socket_group, "", "group of the socket, nginx's; empty: unchanged"),
	PATH(holidays, "bank holidays; empty: data/holidays-england.txt in share_dir"),
	{"sandbox", KIND_CHOICE, AT(sandbox), "required", "required off", 0, 0, "required or off (refused in production)"},
	NUMBER(workers, "0", 0, 512, "worker processes; 0: processor cores + 2"),
	NUMBER(recycle, "10000", 1, INT64_MAX, "requests after which a worker is replaced"),
	NUMBER(max_xml, "4194304", 1024, 67108864, "bytes of a document sent as XML"),
	NUMBER(max_form, "1048576", 1024, 67108864, "bytes of a form sent by a browser"),
	NUMBER(max_other, "65536", 1024, 67108864, "bytes of any other body"),
	NUMBER(max_attachment, "20971520", 1024, 67108864, "bytes of an attached file (nginx/site.conf lets a little more pass)"),
	NUMBER(max_fields, "2000", 100, 100000, "fields of one form that is sent"),
	NUMBER(request_seconds, "10", 1, 600, "time a request may take"),
	NUMBER(request_megabytes, "256", 96, 65536, "memory a request may take (checking a password needs 64)"),
	NUMBER(session_idle_minutes, "30", 1, 1440, "a session ends after so many minutes without a request"),
	NUMBER(session_hours, "12", 1, 168, "and after so many hours in any case"),
	PATH(backup_dir, "the service makes its backups here, on another disk: data/ and, apart, keys/; empty: it makes none"),
	NUMBER(backup_hours, "24", 1, 720, "hours from one backup to the next; an older one is told in /health and the log"),
	NUMBER(backup_keep, "35", 1, 3650, "days a backup of the data is kept"),
	NUMBER(backup_keep_keys, "7", 1, 3650, "days a backup of the cases' keys is kept: as long as a shredded case can be brought back"),
	NUMBER(clock_offset, "0", -3155760000, 3155760000, "seconds the clock is moved by (refused in production)"),
};
#define SETTINGS (sizeof settings / sizeof settings[0])

static int fail(struct error *error, const char *path, int line, const char *say, const char *what)
{
	error_set(error, ERROR_INVALID, "config.wrong", say, what);
	return error_at(error, path, line, 0);
}

/* The place of a word in a blank-separated list, or -1. */
static int choice_index(const char *choices, const char *word)
{
	int index = 0;
	void *tmp = talloc_new(NULL);
	for (char *w; (w = text_next_word(tmp, &choices)); index++)
		if (strcmp(w, word) == 0) {
			talloc_free(tmp);
			return index;
		}
	talloc_free(tmp);
	return -1;
}

static int set_number(const struct setting *s, void *field, const char *value, struct error *error)
{
	char *end;
	errno = 0;
	intmax_t n = strtoimax(value, &end, 10);
	if (end == value || *end || errno || n < s->least || n > s->most)
		return error_set(error, ERROR_INVALID, "config.wrong", "%s must be a whole number from %" PRId64 " to %" PRId64,
			s->name, s->least, s->most);
	*(int64_t *)field = n;
	return 0;
}

static int set(struct config *config, const struct setting *s, const char *value, struct error *error)
{
	void *field = (char *)config + s->at;
	if (s->kind == KIND_NUMBER)
		return set_number(s, field, value, error);
	if (s->kind == KIND_PROFILE || s->kind == KIND_CHOICE) {
		int index = choice_index(s->choices, value);
		if (index < 0)
			return error_set(error, ERROR_INVALID, "config.wrong", "%s must be one of: %s", s->name, s->choices);
		if (s->kind == KIND_PROFILE)
			*(enum profile *)field = (enum profile)index;
	}
	/* A relative path would mean another place after the server starts itself again. */
	if ((s->kind == KIND_DIR || (s->kind == KIND_PATH && *value)) && *value != '/')
		return error_set(error, ERROR_INVALID, "config.wrong", "%s must be a path that begins with /", s->name);
	if (s->kind != KIND_PROFILE)
		*(const char **)field = talloc_strdup(config, value);
	return 0;
}

static int read_line(struct config *config, char *line, bool *seen, struct error *error)
{
	char *text = text_trim(config, line);
	if (*text == '\0' || *text == '#')
		return 0;
	char *equals = strchr(text, '=');
	if (!equals)
		return error_set(error, ERROR_INVALID, "config.wrong", "a line must be: name = value");
	*equals = '\0';
	const char *name = text_trim(config, text), *value = text_trim(config, equals + 1);
	for (size_t i = 0; i < SETTINGS; i++) {
		if (strcmp(settings[i].name, name) != 0)
			continue;
		if (seen[i])
			return error_set(error, ERROR_INVALID, "config.wrong", "%s is set twice", name);
		seen[i] = true;
		return set(config, &settings[i], value, error);
	}
	return error_set(error, ERROR_INVALID, "config.wrong", "there is no setting “%.60s”; dossier help config lists them", name);
}

static int read_file(struct config *config, FILE *from, const char *path, struct error *error)
{
	bool seen[SETTINGS] = {false};
	char *line = NULL;
	size_t size = 0;
	ssize_t length;
	int number = 0, rc = -1;
	while ((length = getline(&line, &size, from)) >= 0) {
		number++;
		if (!text_is_xml(line, (size_t)length, NULL)) {
			fail(error, path, number, "%s", "the line is not UTF-8 text");
			goto out;
		}
		if (read_line(config, line, seen, error) < 0) {
			error_at(error, path, number, 0);
			goto out;
		}
	}
	rc = ferror(from) ? fail(error, path, 0, "the configuration cannot be read: %s", strerror(errno)) : 0;
out:
	free(line);
	return rc;
}

/* What an empty path stands for, so that nobody else has to know. */
static void fill_paths(struct config *c)
{
	if (!*c->master_key)
		c->master_key = config_path(c, c->data_dir, "keys/master");
	if (!*c->socket)
		c->socket = config_path(c, c->data_dir, "run/dossier.sock");
	if (!*c->holidays)
		c->holidays = config_path(c, c->share_dir, "data/holidays-england.txt");
}

static int check_whole(const struct config *c, const char *path, struct error *error)
{
	if (text_ends(c->base_url, "/") || !(text_starts(c->base_url, "http://") || text_starts(c->base_url, "https://")))
		return fail(error, path, 0, "%s", "base_url must begin with http:// or https:// and not end with a slash");
	if (c->profile != PROFILE_PRODUCTION)
		return 0;
	if (c->clock_offset != 0)
		return fail(error, path, 0, "%s", "clock_offset is refused in the production profile");
	if (strcmp(c->sandbox, "off") == 0)
		return fail(error, path, 0, "%s", "sandbox = off is refused in the production profile");
	if (!text_starts(c->base_url, "https://"))
		return fail(error, path, 0, "%s", "base_url must begin with https:// in the production profile");
	return 0;
}

struct config *config_read(void *ctx, const char *path, struct error *error)
{
	struct config *config = talloc_zero(ctx, struct config);
	FILE *from = fopen(path, "re");
	int rc = -1;
	if (!from) {
		error_set(error, ERROR_MISSING, "config.missing", "the configuration cannot be opened: %s", strerror(errno));
		error_at(error, path, 0, 0);
		goto out;
	}
	for (size_t i = 0; i < SETTINGS; i++)
		if (set(config, &settings[i], settings[i].preset, error) < 0)
			goto out;
	if (read_file(config, from, path, error) < 0 || check_whole(config, path, error) < 0)
		goto out;
	fill_paths(config);
	rc = 0;
out:
	if (from)
		fclose(from);
	if (rc < 0)
		TALLOC_FREE(config);
	return config;
}

void config_print_table(FILE *to, void (*row)(FILE *to, const char *name, const char *preset, const char *meaning))
{
	for (size_t i = 0; i < SETTINGS; i++)
		row(to, settings[i].name, settings[i].preset, settings[i].meaning);
}

char *config_path(void *ctx, const char *dir, const char *below)
{
	return talloc_asprintf(ctx, "%s%s%s", dir, text_ends(dir, "/") ? "" : "/", below);
}
