#include "server/people.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>
#include "base/text.h"
#include "store/store_people.h"

/* One call of a sub-command: its object (LOGIN or ID) and its options. */
struct call {
	struct store *store;
	FILE *to;
	const char *object;
	const char *name, *roles, *agency, *email, *type, *area, *label, *days;
	bool password_stdin;
};

struct subcommand {
	const char *name, *usage;
	bool wants_object;
	int (*run)(struct call *call, struct error *error);
};

static int usage(struct error *error, const char *say)
{
	return error_set(error, ERROR_INVALID, "command.usage", "usage: dossier %s", say);
}

/* The first line of the standard input; a password in the arguments could be read by every user of the machine. */
static char *read_password(void *ctx, struct error *error)
{
	char *line = NULL, *password = NULL;
	size_t size = 0;
	ssize_t n = getline(&line, &size, stdin);
	if (n > 0 && line[n - 1] == '\n')
		line[--n] = '\0';
	if (n < 12)   /* ASVS 5.0 V6.2 wants 8, and 12 cost nothing */
		error_set(error, ERROR_INVALID, "people.password", "a password has at least 12 characters");
	else
		password = talloc_strdup(ctx, line);
	if (line)
		seal_wipe(line, size);
	free(line);
	return password;
}

/* New accounts must get a password: the one from the standard input, else one drawn here and shown once. */
static int pick_password(struct call *call, bool exists, const char **password_r, struct error *error)
{
	char *password = NULL;
	if (call->password_stdin) {
		password = read_password(call->store, error);
		if (!password)
			return -1;
	} else if (!exists) {
		password = talloc_zero_size(call->store, SEAL_TOKEN);
		seal_token(password);
		fprintf(call->to, "password: %s\n", password);
	}
	*password_r = password;
	return 0;
}

static int user_add(struct call *call, struct error *error)
{
	struct error none = {0};
	const char *password = NULL;
	struct account *old = people_account(call->store, call->store, call->object, &none);
	struct account account = old ? *old : (struct account){.login = (char *)(uintptr_t)call->object};
	if (!old && none.kind != ERROR_MISSING) {
		*error = none;
		return -1;
	}
	if (!old && (!call->name || !call->roles))
		return usage(error, "user add LOGIN --name NAME --roles \"ROLE …\" [--agency ID] [--email ADDRESS] [--password-stdin]");
	if (call->name)
		account.name = (char *)(uintptr_t)call->name;
	if (call->roles)
		account.roles = (char *)(uintptr_t)call->roles;
	if (call->agency || !account.agency)
		account.agency = (char *)(uintptr_t)(call->agency ? call->agency : "");
	if (call->email || !account.email)
		account.email = (char *)(uintptr_t)(call->email ? call->email : "");
	account.disabled = false;
	if (pick_password(call, old != NULL, &password, error) < 0 ||
	    people_account_put(call->store, &actor_system, &account, password, error) < 0)
		return -1;
	fprintf(call->to, "%s: %s\n", old ? "changed" : "added", call->object);
	return 0;
}

static int user_list(struct call *call, struct error *error)
{
	struct account *list = NULL;
	int count = people_accounts(call->store, call->store, &list, error);
	for (int i = 0; i < count; i++)
		fprintf(call->to, "%s\t%s\t%s\t%s\t%s\n", list[i].login, list[i].name, list[i].roles, list[i].agency,
			list[i].disabled ? "disabled" : "");
	return count < 0 ? -1 : 0;
}

static int user_disable(struct call *call, struct error *error)
{
	struct account *account = people_account(call->store, call->store, call->object, error);
	if (!account)
		return -1;
	account->disabled = true;
	if (people_account_put(call->store, &actor_system, account, NULL, error) < 0)
		return -1;
	fprintf(call->to, "disabled: %s\n", call->object);
	return 0;
}

static int user_agency(struct call *call, struct error *error)
{
	struct agency agency = {(char *)(uintptr_t)call->object, (char *)(uintptr_t)call->name, (char *)(uintptr_t)call->type,
		(char *)(uintptr_t)(call->area ? call->area : "")};
	if (!call->name || !call->type)
		return usage(error, "user agency ID --name NAME --type TYPE [--area AREA]");
	if (people_agency_put(call->store, &actor_system, &agency, error) < 0)
		return -1;
	fprintf(call->to, "agency: %s\n", call->object);
	return 0;
}

static bool whole(const char *text, long long least, long long most, long long *n_r)
{
	char *end;
	long long n = text ? strtoll(text, &end, 10) : 0;
	if (!text || end == text || *end || n < least || n > most)
		return false;
	*n_r = n;
	return true;
}

static int token_make(struct call *call, struct error *error)
{
	long long days = 0;
	char *token = NULL;
	if (!call->label || !whole(call->days, 1, 366, &days))
		return usage(error, "token make LOGIN --label LABEL --days N (1 to 366)");
	struct account *account = people_account(call->store, call->store, call->object, error);
	if (!account || people_token_make(call->store, call->store, &actor_system, account, call->label, (int)days, &token, error) < 0)
		return -1;
	fprintf(call->to, "%s\n", token);
	return 0;
}

static int token_revoke(struct call *call, struct error *error)
{
	long long id = 0;
	if (!whole(call->object, 1, INT64_MAX, &id))
		return usage(error, "token revoke ID (the number between the underscores of the token)");
	if (people_token_revoke(call->store, &actor_system, id, error) < 0)
		return -1;
	fprintf(call->to, "revoked: %lld\n", id);
	return 0;
}

static const struct subcommand user_table[] = {
	{"add", "user add LOGIN --name NAME --roles \"ROLE …\" [--agency ID] [--email ADDRESS] [--password-stdin]", true, user_add},
	{"list", "user list", false, user_list},
	{"disable", "user disable LOGIN", true, user_disable},
	{"agency", "user agency ID --name NAME --type TYPE [--area AREA]", true, user_agency},
	{NULL, "user add|list|disable|agency …", false, NULL},
};

static const struct subcommand token_table[] = {
	{"make", "token make LOGIN --label LABEL --days N", true, token_make},
	{"revoke", "token revoke ID", true, token_revoke},
	{NULL, "token make|revoke …", false, NULL},
};

static int read_options(struct call *call, int argc, char *const *argv, const char *how, struct error *error)
{
	const struct { const char *name; const char **value; } options[] = {
		{"--name", &call->name}, {"--roles", &call->roles}, {"--agency", &call->agency}, {"--email", &call->email},
		{"--type", &call->type}, {"--area", &call->area}, {"--label", &call->label}, {"--days", &call->days},
	};
	for (int i = 0; i < argc; i++) {
		size_t o = 0, count = sizeof options / sizeof options[0];
		if (strcmp(argv[i], "--password-stdin") == 0) {
			call->password_stdin = true;
			continue;
		}
		while (o < count && strcmp(argv[i], options[o].name) != 0)
			o++;
		if (o == count || i + 1 == argc)
			return usage(error, how);
		i++;
		if (!text_is_xml(argv[i], strlen(argv[i]), NULL))
			return error_set(error, ERROR_INVALID, "command.text", "%s must be UTF-8 text", options[o].name);
		*options[o].value = argv[i];
	}
	return 0;
}

static int run(const struct subcommand *table, const struct config *config, int argc, char *const *argv, FILE *to, struct error *error)
{
	struct call call = {.to = to};
	const struct subcommand *sub = table;
	while (sub->name && (argc < 1 || strcmp(sub->name, argv[0]) != 0))
		sub++;
	if (!sub->name || (sub->wants_object && (argc < 2 || argv[1][0] == '-')))
		return usage(error, sub->usage);
	int used = sub->wants_object ? 2 : 1;
	call.object = sub->wants_object ? argv[1] : NULL;
	if (read_options(&call, argc - used, argv + used, sub->usage, error) < 0)
		return -1;
	call.store = store_open(NULL, config, error);
	if (!call.store)
		return -1;
	int rc = sub->run(&call, error);
	talloc_free(call.store);
	return rc;
}

int people_user(const struct config *config, int argc, char *const *argv, FILE *to, struct error *error)
{
	return run(user_table, config, argc, argv, to, error);
}

int people_token_command(const struct config *config, int argc, char *const *argv, FILE *to, struct error *error)
{
	return run(token_table, config, argc, argv, to, error);
}
