/* What a plugin may ask of the core while one of its hooks runs. A struct hook is made for a case and lives as long as its context; the
 * services find it through the one pointer hook_begin sets (a process serves one request at a time, and plugins get no context to hand back). */
#ifndef PLUGIN_HOST_H
#define PLUGIN_HOST_H
#include "plugin/plugin.h"
#include "store/store_version.h"

struct hook;
/* documents, acts: the case's, borrowed (with `acts` oldest first). */
struct hook *hook_new(void *ctx, struct store *store, const struct library *library, const struct plugin *plugin, const struct case_row *c,
	const struct document *documents, int document_count, const struct act *acts, int act_count, const struct holidays *holidays);
/* Every plugin's `init`, once, after loading; the first fault stops the start. */
int hook_init(void *ctx, const struct plugins *plugins, struct error *error);
/* The same hook for rows that were read again; versions that are still the latest stay opened. */
struct hook *hook_again(void *ctx, const struct hook *old, const struct document *documents, int document_count, const struct act *acts, int act_count);
const struct dossier_host *hook_begin(struct hook *hook);
void hook_end(void);
/* While steps are only listed, plugins need not look for warnings. */
void hook_listing(struct hook *hook, bool listing);
const struct dossier_case *hook_case(struct hook *hook);
/* A document that is not (yet) a version, or an act's input; either may be NULL, of a row without text agency and state are known. */
const struct dossier_doc *hook_doc(struct hook *hook, const struct xml_doc *doc, const struct document *row);
struct dossier_faults *hook_faults(struct hook *hook, struct faults *faults);
struct dossier_out *hook_out(struct hook *hook, const struct form *form, struct xml_doc *doc);
/* The latest version of a document as a tree, kept by the hook; NULL when there is none or it cannot be opened. */
const struct xml_doc *hook_latest(struct hook *hook, const struct document *document);
#endif
