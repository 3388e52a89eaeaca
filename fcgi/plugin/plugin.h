/* Loaded plugins: their tables, copied row by row into rows of our own size, checked against forms and each other. Read-only after loading. */
#ifndef PLUGIN_PLUGIN_H
#define PLUGIN_PLUGIN_H
#include <stdbool.h>
#include <stdio.h>
#include "dossier/plugin.h"
#include "plugin/library.h"

struct plugin {
	const struct dossier_plugin *descriptor;
	const char *name, *title, *file;
	struct dossier_doctype *doctypes; int doctype_count;
	struct dossier_state *states; int state_count;
	struct dossier_transition *transitions; int transition_count;
	struct dossier_flag *flags; int flag_count;
	struct dossier_clock *clocks; int clock_count;
	struct dossier_nudge *nudges; int nudge_count;
	struct dossier_rule *rules; int rule_count;
	struct dossier_right *rights; int right_count;
	struct dossier_role *roles; int role_count;
	struct dossier_separation *separations; int separation_count;
	struct dossier_publication *publications; int publication_count;
	struct dossier_setting *settings; int setting_count;
	struct dossier_edition *editions; int edition_count;
	struct dossier_view *views; int view_count;
	struct dossier_track *tracks; int track_count;
	struct dossier_risk *risks; int risk_count;
	struct xslt **sheets;                 /* one a publication */
};
struct plugins { struct plugin *list; int count; };

/* dlopen of each plugin that the configuration names (all of the folder when it names none). Never closed again. Each refusal is one sentence with
 * the file: another ABI, a missing symbol, a table that names an unknown form, state, role or stylesheet … */
struct plugins *plugins_load(void *ctx, const struct config *config, const struct library *library, struct error *error);
int plugin_describe(const char *path, const struct config *config, FILE *to, struct error *error);    /* `dossier check-plugin` */
const struct plugin *plugins_get(const struct plugins *plugins, const char *name);

/* Rows by name; NULL when there is none. `editions` is the case's "name=value …": rows of other editions do not exist for it. */
bool plugin_applies(const char *row_editions, const char *case_editions);
const struct dossier_doctype *plugin_doctype(const struct plugin *p, const char *name);
const struct dossier_state *plugin_state(const struct plugin *p, const char *machine, const char *name);
const struct dossier_transition *plugin_transition(const struct plugin *p, const char *machine, const char *name);
/* Does a step of the case begin documents of this type? Then no page offers to begin one by hand. */
bool plugin_is_started(const struct plugin *p, const char *type);
const struct dossier_role *plugin_role(const struct plugin *p, const char *name);
const struct dossier_publication *plugin_publication(const struct plugin *p, const char *name);
const struct dossier_flag *plugin_flag(const struct plugin *p, const char *name);
const char *plugin_view(const struct plugin *p, const char *name);      /* its fields; NULL for a NULL name, "" for one that is not there */
int plugin_state_order(const struct plugin *p, const char *machine, const char *name);    /* its place in the table; -1 */
/* Titles of the roles in a list ("rr_chair rr_coord" → "Chair, Co-ordinator"). */
char *plugin_role_titles(void *ctx, const struct plugin *p, const char *roles);
#endif
