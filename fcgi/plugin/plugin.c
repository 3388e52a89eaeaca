#include "plugin/plugin_inner.h"

#include <dirent.h>
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>

#include "base/text.h"

int plugin_refuse(struct error *error, const char *file, const char *code, const char *say, ...)
{
	char sentence[360];
	va_list list;

	va_start(list, say);
	vsnprintf(sentence, sizeof sentence, say, list);
	va_end(list);
	error_set(error, ERROR_FAULT, code, "%s", sentence);
	return error_at(error, file, 0, 0);
}

/* Rows of an older plugin are shorter than ours: what they lack is zero. Rows of a newer one are longer: the rest is left. */
static void *copy_rows(void *ctx, const struct dossier_table *table, size_t ours, int *count_r)
{
	size_t take = table->row_size < ours ? table->row_size : ours;
	char *rows = talloc_zero_size(ctx, ours * (table->count + 1));

	for (uint32_t i = 0; i < table->count; i++)
		memcpy(rows + i * ours, (const char *)table->rows + (size_t)i * table->row_size, take);
	*count_r = (int)table->count;
	return rows;
}
#define COPY(p, table, rows, count) ((p)->rows = copy_rows((p), &(p)->descriptor->table, sizeof *(p)->rows, &(p)->count))

static void copy_tables(struct plugin *p)
{
	COPY(p, doctypes, doctypes, doctype_count);
	COPY(p, states, states, state_count);
	COPY(p, transitions, transitions, transition_count);
	COPY(p, flags, flags, flag_count);
	COPY(p, clocks, clocks, clock_count);
	COPY(p, nudges, nudges, nudge_count);
	COPY(p, rules, rules, rule_count);
	COPY(p, rights, rights, right_count);
	COPY(p, roles, roles, role_count);
	COPY(p, separations, separations, separation_count);
	COPY(p, publications, publications, publication_count);
	COPY(p, settings, settings, setting_count);
	COPY(p, editions, editions, edition_count);
	COPY(p, views, views, view_count);
	COPY(p, tracks, tracks, track_count);
	COPY(p, risks, risks, risk_count);
}

bool plugin_applies(const char *row, const char *case_editions)
{
	const char *cursor = case_editions;
	void *tmp;
	char *pair;
	bool yes = false;

	if (row == NULL || case_editions == NULL)
		return true;
	tmp = talloc_new(NULL);
	while (!yes && (pair = text_next_word(tmp, &cursor)) != NULL) {
		const char *value = strchr(pair, '=');
		yes = value != NULL && text_in_list(row, value + 1);
	}
	talloc_free(tmp);
	return yes;
}

const struct dossier_doctype *plugin_doctype(const struct plugin *p, const char *name)
{
	for (int i = 0; name != NULL && i < p->doctype_count; i++)
		if (strcmp(p->doctypes[i].name, name) == 0)
			return &p->doctypes[i];
	return NULL;
}

int plugin_state_order(const struct plugin *p, const char *machine, const char *name)
{
	for (int i = 0; name != NULL && i < p->state_count; i++)
		if (strcmp(p->states[i].machine, machine) == 0 && strcmp(p->states[i].name, name) == 0)
			return i;
	return -1;
}

const struct dossier_state *plugin_state(const struct plugin *p, const char *machine, const char *name)
{
	int at = plugin_state_order(p, machine, name);
	return at < 0 ? NULL : &p->states[at];
}

const struct dossier_transition *plugin_transition(const struct plugin *p, const char *machine, const char *name)
{
	for (int i = 0; i < p->transition_count; i++)
		if (strcmp(p->transitions[i].machine, machine) == 0 && strcmp(p->transitions[i].name, name) == 0)
			return &p->transitions[i];
	return NULL;
}

bool plugin_is_started(const struct plugin *p, const char *type)
{
	for (int i = 0; i < p->transition_count; i++) {
		const struct dossier_transition *t = &p->transitions[i];
		if (t->starts_document != NULL && text_in_list(t->starts_document, type) && (t->fills_document == NULL || !text_in_list(t->fills_document, type)))
			return true;
	}
	return false;
}

const struct dossier_role *plugin_role(const struct plugin *p, const char *name)
{
	for (int i = 0; i < p->role_count; i++)
		if (strcmp(p->roles[i].name, name) == 0)
			return &p->roles[i];
	return NULL;
}

const struct dossier_publication *plugin_publication(const struct plugin *p, const char *name)
{
	for (int i = 0; i < p->publication_count; i++)
		if (strcmp(p->publications[i].name, name) == 0)
			return &p->publications[i];
	return NULL;
}

const struct dossier_flag *plugin_flag(const struct plugin *p, const char *name)
{
	for (int i = 0; i < p->flag_count; i++)
		if (strcmp(p->flags[i].name, name) == 0)
			return &p->flags[i];
	return NULL;
}

const char *plugin_view(const struct plugin *p, const char *name)
{
	if (name == NULL)
		return NULL;
	for (int i = 0; i < p->view_count; i++)
		if (strcmp(p->views[i].name, name) == 0)
			return p->views[i].fields;
	return "";      /* a view that nobody described shows nothing */
}

char *plugin_role_titles(void *ctx, const struct plugin *p, const char *roles)
{
	void *tmp = talloc_new(NULL);
	char *spaced = talloc_strdup(tmp, roles == NULL ? "" : roles), *titles = talloc_strdup(ctx, "");
	const char *cursor = spaced;
	char *word;

	for (char *c = spaced; *c != '\0'; c++)
		if (*c == '|')
			*c = ' ';
	while ((word = text_next_word(tmp, &cursor)) != NULL) {
		const struct dossier_role *role = plugin_role(p, word);
		titles = talloc_asprintf_append(titles, "%s%s", *titles == '\0' ? "" : ", ", role == NULL ? word : role->title);
	}
	talloc_free(tmp);
	return titles;
}

static bool steps_known(const struct plugin *p, const char *machine, const char *steps, char *missing, size_t room)
{
	void *tmp = talloc_new(NULL);
	bool known = true;
	char *word;

	while (known && steps != NULL && (word = text_next_word(tmp, &steps)) != NULL)
		if (!(known = plugin_transition(p, machine, word) != NULL))
			snprintf(missing, room, "%s", word);
	talloc_free(tmp);
	return known;
}

static int read_sheets(struct plugin *p, const struct library *library, struct error *error)
{
	char missing[64];

	p->sheets = talloc_zero_array(p, struct xslt *, p->publication_count + 1);
	for (int i = 0; i < p->publication_count; i++) {
		const struct dossier_publication *pub = &p->publications[i];
		if (plugin_doctype(p, pub->doctype) == NULL || !plugin_states_known(p, pub->doctype, pub->state, missing, sizeof missing) ||
		    !plugin_states_known(p, pub->doctype, pub->approved_in, missing, sizeof missing))
			return plugin_refuse(error, p->file, "plugin.publication", "publication %s names a document type or state that is not there", pub->name);
		if (!steps_known(p, pub->doctype, pub->tested, missing, sizeof missing))
			return plugin_refuse(error, p->file, "plugin.publication", "publication %s is tested by step %s, which is not there", pub->name, missing);
		if (!steps_known(p, pub->doctype, pub->checks, missing, sizeof missing))
			return plugin_refuse(error, p->file, "plugin.publication", "publication %s is checked by step %s, which is not there", pub->name, missing);
		if (!steps_known(p, pub->doctype, pub->draws_on, missing, sizeof missing))
			return plugin_refuse(error, p->file, "plugin.publication", "publication %s draws on cases by step %s, which is not there", pub->name, missing);
		p->sheets[i] = xslt_read(p, config_path(p, library->xsl_dir, pub->stylesheet), library->xsl_dir, error);
		if (p->sheets[i] == NULL)
			return -1;
	}
	return 0;
}

/* --- loading ----------------------------------------------------------------------------------------------------------- */

/* The head is looked at before anything else of the descriptor is believed. */
static int check_head(const struct dossier_plugin *d, const char *file, struct error *error)
{
	if (d->magic != DOSSIER_ABI_MAGIC)
		return plugin_refuse(error, file, "plugin.magic", "its dossier_plugin does not begin with the plugin mark: not a Dossier plugin");
	if (d->abi_major != DOSSIER_ABI_MAJOR || d->abi_minor > DOSSIER_ABI_MINOR)
		return plugin_refuse(error, file, "plugin.abi", "built for plugin ABI %u.%u, this server speaks %u.%u; rebuild it against the installed dossier/plugin.h",
			(unsigned)d->abi_major, (unsigned)d->abi_minor, DOSSIER_ABI_MAJOR, DOSSIER_ABI_MINOR);
	if (d->size < offsetof(struct dossier_plugin, init))
		return plugin_refuse(error, file, "plugin.size", "its descriptor is %u bytes, too short for ABI %u.%u", (unsigned)d->size, (unsigned)d->abi_major, (unsigned)d->abi_minor);
	return 0;
}

/* A plugin that others may write is code that others may run. */
static int check_file(const char *path, struct error *error)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return plugin_refuse(error, path, "plugin.file", "the file is not there");
	if (!S_ISREG(st.st_mode) || st.st_size == 0)
		return plugin_refuse(error, path, "plugin.file", "it is empty or no file");
	if (st.st_mode & S_IWOTH)
		return plugin_refuse(error, path, "plugin.mode", "everybody may write this file; take that right away");
	return 0;
}

static struct plugin *load(void *ctx, const char *path, const struct library *library, struct error *error)
{
	struct plugin *p = talloc_zero(ctx, struct plugin);
	struct dossier_plugin *ours = talloc_zero(p, struct dossier_plugin);
	const struct dossier_plugin *d;
	void *handle;

	p->file = talloc_strdup(p, path);
	if (check_file(path, error) != 0)
		goto out;
	handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	if (handle == NULL) {
		plugin_refuse(error, path, "plugin.load", "%s", dlerror());
		goto out;
	}
	d = dlsym(handle, "dossier_plugin");
	if (d == NULL) {
		plugin_refuse(error, path, "plugin.symbol", "no symbol dossier_plugin: not a Dossier plugin");
		goto out;
	}
	if (check_head(d, path, error) != 0)
		goto out;
	memcpy(ours, d, d->size < sizeof *ours ? d->size : sizeof *ours);
	p->descriptor = ours;
	p->name = ours->name;
	p->title = ours->title;
	copy_tables(p);
	if (p->name == NULL || !text_is_name(p->name) || p->title == NULL) {
		plugin_refuse(error, path, "plugin.name", "it has no proper name or title");
		goto out;
	}
	if (plugin_check(p, library, error) != 0 || read_sheets(p, library, error) != 0)
		goto out;
	return p;
out:
	talloc_free(p);
	return NULL;
}

static int add(struct plugins *plugins, const char *path, const struct library *library, struct error *error)
{
	struct plugin *p = load(plugins, path, library, error);

	if (p == NULL)
		return -1;
	if (plugins_get(plugins, p->name) != NULL)
		return plugin_refuse(error, path, "plugin.twice", "a plugin named %s is already loaded", p->name);
	plugins->list = talloc_realloc(plugins, plugins->list, struct plugin, plugins->count + 1);
	plugins->list[plugins->count++] = *p;
	return 0;
}

struct plugins *plugins_load(void *ctx, const struct config *config, const struct library *library, struct error *error)
{
	void *tmp = talloc_new(NULL);
	struct plugins *plugins = talloc_zero(ctx, struct plugins);
	struct dirent **names = NULL;
	const char *cursor = config->plugins;
	char *word;
	int rc = 0, n = 0;

	while (rc == 0 && (word = text_next_word(tmp, &cursor)) != NULL)
		rc = add(plugins, talloc_asprintf(tmp, "%s/%s.so", config->plugin_dir, word), library, error);
	if (config->plugins[strspn(config->plugins, " ")] == '\0')
		n = scandir(config->plugin_dir, &names, NULL, alphasort);
	for (int i = 0; i < n; i++) {
		if (rc == 0 && text_ends(names[i]->d_name, ".so"))
			rc = add(plugins, config_path(tmp, config->plugin_dir, names[i]->d_name), library, error);
		free(names[i]);
	}
	free(names);
	if (rc == 0 && plugins->count == 0)
		rc = plugin_refuse(error, config->plugin_dir, "plugin.none", "there is no plugin in this folder");
	talloc_free(tmp);
	if (rc != 0)
		TALLOC_FREE(plugins);
	return plugins;
}

const struct plugin *plugins_get(const struct plugins *plugins, const char *name)
{
	for (int i = 0; i < plugins->count; i++)
		if (strcmp(plugins->list[i].name, name) == 0)
			return &plugins->list[i];
	return NULL;
}

static void print_tables(const struct plugin *p, FILE *to)
{
	fprintf(to, "%s %s: %s\n", p->name, p->descriptor->version, p->title);
	for (int i = 0; i < p->doctype_count; i++)
		fprintf(to, "document\t%s\t%s\t%s\n", p->doctypes[i].name, p->doctypes[i].form, p->doctypes[i].title);
	for (int i = 0; i < p->state_count; i++)
		fprintf(to, "state\t%s\t%s\t%s\n", p->states[i].machine, p->states[i].name, p->states[i].title);
	for (int i = 0; i < p->transition_count; i++)
		fprintf(to, "transition\t%s\t%s\t%s -> %s\t%s\n", p->transitions[i].machine, p->transitions[i].name, p->transitions[i].from, p->transitions[i].to, p->transitions[i].roles);
	for (int i = 0; i < p->track_count; i++)
		fprintf(to, "track\t%s\t%s\t%s\n", p->tracks[i].name, p->tracks[i].begins, p->tracks[i].ends);
	for (int i = 0; i < p->clock_count; i++)
		fprintf(to, "clock\t%s\t%s\t%d\t%s\n", p->clocks[i].name, p->clocks[i].title, (int)p->clocks[i].length, p->clocks[i].source);
	for (int i = 0; i < p->rule_count; i++)
		fprintf(to, "rule\t%s\t%s\t%s\t%s\n", p->rules[i].name, p->rules[i].severity, p->rules[i].asked, p->rules[i].say);
	for (int i = 0; i < p->right_count; i++)
		fprintf(to, "right\t%s\t%s\t%s\t%s\n", p->rights[i].role, p->rights[i].object, p->rights[i].actions, p->rights[i].scope);
}

int plugin_describe(const char *path, const struct config *config, FILE *to, struct error *error)
{
	void *tmp = talloc_new(NULL);
	struct library *library = library_load(tmp, config, error);
	struct plugin *p = library == NULL ? NULL : load(tmp, path, library, error);

	if (p != NULL)
		print_tables(p, to);
	talloc_free(tmp);
	return p == NULL ? -1 : 0;
}
