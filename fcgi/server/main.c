/* The program: a table of commands. `dossier serve` is the server (server/master.h); the others look at the same configuration,
 * do one thing and end. From here a reader goes down: master, worker, page/route. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>
#include <unistd.h>
#include "base/config.h"
#include "base/log.h"
#include "adapter/fastcgi.h"
#include "store/store.h"
#include "plugin/plugin.h"
#include "page/route.h"
#include "server/worker.h"
#include "server/verify.h"
#include "server/people.h"
#include "server/keep.h"
#include "server/manual.h"
#include "server/master.h"

#define DEFAULT_CONFIG "/etc/dossier/dossier.conf"

struct call {
	const char *config_path, *program;   /* absolute */
	struct config *config;               /* NULL for help */
	int argc;
	char **argv;                         /* after the command's name */
};

struct command {
	const char *name, *arguments, *does;
	bool wants_config;
	int least, most;                     /* arguments; most -1: any number */
	int (*run)(struct call *call, struct error *error);
};

static int serve(struct call *call, struct error *error)
{
	return master_run(call->config, call->config_path, call->program, error);
}

/* As the master does it, and once more from the data's side: a schema that needs `migrate` must not meet a reload. */
static int check(struct call *call, struct error *error)
{
	const struct config *config = call->config;
	char *db = config_path(call->config, config->data_dir, "db");
	if (access(config->data_dir, F_OK) == 0 && worker_drop_root(config, error) < 0)
		return -1;
	struct app *app = app_load(call->config, config, error);
	if (!app)
		return -1;
	if (access(db, F_OK) == 0) {
		struct store *store = store_open(call->config, config, error);
		if (!store || app_forms_released(app, store, error) < 0)
			return -1;
		talloc_free(store);
	}
	puts("OK");
	return 0;
}

static int check_plugin(struct call *call, struct error *error)
{
	return app_start(error) < 0 ? -1 : plugin_describe(call->argv[0], call->config, stdout, error);
}

static int form(struct call *call, struct error *error)
{
	if (call->argc == 1)
		return app_start(error) < 0 ? -1 : library_describe(call->argv[0], call->config, stdout, error);
	if (strcmp(call->argv[1], "--sheet") == 0)
		return library_print_sheet(call->argv[0], call->config, stdout, error);
	return error_set(error, ERROR_INVALID, "command.usage", "usage: dossier form FILE [--sheet] [-c FILE]");
}

static int user(struct call *call, struct error *error)
{
	return worker_drop_root(call->config, error) < 0 ? -1 : people_user(call->config, call->argc, call->argv, stdout, error);
}

static int token(struct call *call, struct error *error)
{
	return worker_drop_root(call->config, error) < 0 ? -1
		: people_token_command(call->config, call->argc, call->argv, stdout, error);
}

static int verify(struct call *call, struct error *error)
{
	return worker_drop_root(call->config, error) < 0 ? -1 : verify_run(call->config, stdout, error);
}

#define KEEP(name) static int name(struct call *call, struct error *error) { return keep_##name(call->config, call->argc, call->argv, stdout, error); }
KEEP(backup)
KEEP(restore)
KEEP(migrate)
KEEP(shred)
KEEP(rotate)
#undef KEEP

static int help(struct call *call, struct error *error);

static const struct command commands[] = {
	{"serve", "", "run the server in the foreground", true, 0, 0, serve},
	{"check", "", "load everything as the server would; one line, OK or what is wrong", true, 0, 0, check},
	{"check-plugin", "FILE", "check a plugin and print its tables", true, 1, 1, check_plugin},
	{"form", "FILE [--sheet]", "check a form definition and print what is made of it, or the stylesheet that it becomes", true, 1, 2, form},
	{"migrate", "", "make the databases, or bring them up to date (the service stopped, after a backup)", true, 0, 0, migrate},
	{"user", "add|list|disable|agency ...", "accounts and agencies", true, 0, -1, user},
	{"token", "make|revoke ...", "tokens for agencies' systems; shown once", true, 0, -1, token},
	{"verify", "", "prove the audit chain, the versions, the keys and the published files", true, 0, 0, verify},
	{"backup", "DIR", "save the databases, whole and checked, while the service runs: DIR/data and, apart, the keys in DIR/keys", true, 1, 1, backup},
	{"restore", "DIR [STAMP]", "put a backup back, the newest or that one, into an empty place (the service stopped, the master key there)", true, 1, 2, restore},
	{"shred", "REFERENCE [--yes]", "destroy all that was written in a case, for ever, by destroying its key; asks for the reference", true, 1, 2, shred},
	{"rotate", "FILE", "wrap the keys of all cases with the new master key in FILE (32 bytes; the service stopped, after a backup)", true, 1, 1, rotate},
	{"help", "[config]", "this list, or the settings of the configuration", false, 0, 1, help},
};
#define COMMANDS (sizeof commands / sizeof commands[0])

static void list_setting(FILE *to, const char *name, const char *preset, const char *meaning)
{
	fprintf(to, "%-22s %-26s %s\n", name, *preset ? preset : "(empty)", meaning);
}

static void list_command(FILE *to, const char *name, const char *arguments, const char *does)
{
	fprintf(to, "  %-12s %-28s %s\n", name, arguments, does);
}

static void print_commands(FILE *to, void (*row)(FILE *to, const char *name, const char *arguments, const char *does))
{
	for (size_t i = 0; i < COMMANDS; i++)
		row(to, commands[i].name, commands[i].arguments, commands[i].does);
}

static int help(struct call *call, struct error *error)
{
	const char *what = call->argc == 1 ? call->argv[0] : "";
	if (strcmp(what, "config") == 0)
		config_print_table(stdout, list_setting);
	else if (strcmp(what, "man") == 0)
		print_commands(stdout, manual_item);
	else if (strcmp(what, "man-config") == 0)
		config_print_table(stdout, manual_item);
	else if (*what != '\0')
		return error_set(error, ERROR_INVALID, "command.usage", "usage: dossier help [config]");
	else {
		puts("dossier COMMAND [-c FILE] ...\n");
		print_commands(stdout, list_command);
		puts("\n-c FILE names the configuration, else " DEFAULT_CONFIG);
	}
	return 0;
}

/* Takes "-c FILE" out of the arguments, wherever it stands; returns how many are left, -1 when the FILE is missing. */
static int take_config(int argc, char **argv, const char **path_r)
{
	int left = 0;
	for (int i = 0; i < argc; i++) {
		if (strcmp(argv[i], "-c") != 0) {
			argv[left++] = argv[i];
			continue;
		}
		if (++i == argc)
			return -1;
		*path_r = argv[i];
	}
	return left;
}

static const struct command *find(const char *name)
{
	for (size_t i = 0; i < COMMANDS; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

/* The file's name, not the running file: after an upgrade a reload shall start the new one. */
static char *own_path(void *ctx)
{
	char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof path);
	return n > 0 && n < PATH_MAX ? talloc_strndup(ctx, path, (size_t)n) : NULL;
}

static int run(const struct command *command, struct call *call, const char *path, void *ctx, struct error *error)
{
	char *absolute = realpath(path, NULL);
	call->config_path = talloc_strdup(ctx, absolute ? absolute : path);
	call->program = own_path(ctx);
	free(absolute);
	if (!call->program)
		return error_set(error, ERROR_FAULT, "start.program", "/proc/self/exe cannot be read");
	if (command->wants_config) {
		call->config = config_read(ctx, call->config_path, error);
		if (!call->config)
			return -1;
	}
	return command->run(call, error);
}

static void complain(const struct error *error)
{
	if (*error->where && error->line > 0)
		fprintf(stderr, "dossier: %s:%d: %s\n", error->where, error->line, error->say);
	else if (*error->where)
		fprintf(stderr, "dossier: %s: %s\n", error->where, error->say);
	else
		fprintf(stderr, "dossier: %s\n", error->say);
}

int main(int argc, char **argv)
{
	const char *path = DEFAULT_CONFIG;
	struct error error = {0};
	void *ctx = talloc_named_const(NULL, 0, "main");
	int left = take_config(argc - 1, argv + 1, &path);
	const struct command *command = left > 0 ? find(argv[1]) : NULL;
	struct call call = {.argc = left - 1, .argv = argv + 2};
	int rc = -1;
	if (command && call.argc >= command->least && (command->most < 0 || call.argc <= command->most))
		rc = run(command, &call, path, ctx, &error);
	else if (command)
		error_set(&error, ERROR_INVALID, "command.usage", "usage: dossier %s %s [-c FILE]", command->name, command->arguments);
	else
		error_set(&error, ERROR_INVALID, "command.usage", "there is no such command; `dossier help` lists them");
	if (rc < 0)
		complain(&error);
	if (fflush(stdout) != 0)
		rc = -1;
	talloc_free(ctx);
	return rc < 0 ? 1 : 0;
}
