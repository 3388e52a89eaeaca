/* Inside of the host: host.c keeps the hooks, host_services.c answers the plugins. Nobody else includes this. */
#ifndef PLUGIN_HOST_INNER_H
#define PLUGIN_HOST_INNER_H
#include "plugin/host.h"

/* The opaque types of dossier/plugin.h. */
struct dossier_doc { struct hook *hook; const struct xml_doc *doc; xml_node *node; const struct document *row; int version; int64_t author; };
struct dossier_case { struct hook *hook; };
struct dossier_out { struct hook *hook; const struct form *form; struct xml_doc *doc; };
struct dossier_faults { struct faults *faults; };

struct loaded { const struct document *row; struct dossier_doc *doc; };
struct folded_node { const xml_node *node; const char *text; };

struct hook {
	struct store *store;
	const struct library *library;
	const struct plugin *plugin;
	const struct case_row *c;
	const struct document *documents; int document_count;
	const struct act *acts; int act_count;
	const struct holidays *holidays;
	struct dossier_case case_handle;
	struct loaded *loaded; int loaded_count;
	struct folded_node *folded; int folded_count;      /* of one call: trees may go between two */
	struct agency *agencies; int agency_count;
	struct note *notes; int note_count;                /* of the case, once somebody asks */
	bool listing;
};

extern struct hook *host_current;      /* whose hook runs; NULL between two */
extern const struct dossier_host host_services;
/* The handle of a tree, or of a row alone; never NULL, the hook's. */
struct dossier_doc *host_doc_new(struct hook *hook, const struct xml_doc *doc, xml_node *node, const struct document *row);
/* The document's latest version, opened once a hook; NULL when there is none or it cannot be opened: verify tells why. */
struct dossier_doc *host_latest(struct hook *hook, const struct document *row);
#endif
