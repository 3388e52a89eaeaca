#include "plugin/host_inner.h"

#include <talloc.h>

struct hook *host_current;

struct hook *hook_new(void *ctx, struct store *store, const struct library *library, const struct plugin *plugin, const struct case_row *c,
	const struct document *documents, int document_count, const struct act *acts, int act_count, const struct holidays *holidays)
{
	struct hook *h = talloc_zero(ctx, struct hook);

	*h = (struct hook){ store, library, plugin, c, documents, document_count, acts, act_count, holidays, { h }, .loaded = NULL };
	h->loaded = talloc_zero_array(h, struct loaded, document_count + 1);
	return h;
}

void hook_listing(struct hook *hook, bool listing) { hook->listing = listing; }

const struct dossier_case *hook_case(struct hook *hook) { return &hook->case_handle; }

struct dossier_doc *host_doc_new(struct hook *hook, const struct xml_doc *doc, xml_node *node, const struct document *row)
{
	struct dossier_doc *d = talloc_zero(hook, struct dossier_doc);

	*d = (struct dossier_doc){ hook, doc, node, row, row == NULL ? 0 : row->latest, row == NULL ? 0 : row->created_by };
	return d;
}

/* The trees are the store's and borrowed until the request ends. */
static void take_over(struct hook *hook, const struct dossier_doc *opened, const struct document *row)
{
	struct dossier_doc *d;

	if (opened->row->id != row->id || opened->version != row->latest)
		return;
	d = host_doc_new(hook, opened->doc, opened->node, row);
	d->author = opened->author;
	hook->loaded[hook->loaded_count++] = (struct loaded){ row, d };
}

struct hook *hook_again(void *ctx, const struct hook *old, const struct document *documents, int document_count, const struct act *acts, int act_count)
{
	struct hook *hook = hook_new(ctx, old->store, old->library, old->plugin, old->c, documents, document_count, acts, act_count, old->holidays);

	for (int i = 0; i < old->loaded_count; i++)
		for (int k = 0; k < document_count; k++)
			take_over(hook, old->loaded[i].doc, &documents[k]);
	return hook;
}

const struct dossier_doc *hook_doc(struct hook *hook, const struct xml_doc *doc, const struct document *row)
{
	if (doc == NULL && row == NULL)
		return NULL;
	return host_doc_new(hook, doc, doc == NULL ? NULL : xml_root(doc), row);      /* a shell without text still has agency and state */
}

struct dossier_faults *hook_faults(struct hook *hook, struct faults *faults)
{
	struct dossier_faults *f = talloc_zero(hook, struct dossier_faults);
	f->faults = faults;
	return f;
}

struct dossier_out *hook_out(struct hook *hook, const struct form *form, struct xml_doc *doc)
{
	struct dossier_out *out = talloc_zero(hook, struct dossier_out);
	*out = (struct dossier_out){ hook, form, doc };
	return out;
}

struct dossier_doc *host_latest(struct hook *hook, const struct document *row)
{
	struct error ignored;
	const struct xml_doc *doc;
	int64_t author;

	for (int i = 0; i < hook->loaded_count; i++)
		if (hook->loaded[i].row == row)
			return hook->loaded[i].doc;
	if (row->latest == 0 || (doc = version_opened(hook->store, row, row->latest, &author, &ignored)) == NULL)
		return NULL;
	hook->loaded[hook->loaded_count] = (struct loaded){ row, host_doc_new(hook, doc, xml_root(doc), row) };
	hook->loaded[hook->loaded_count].doc->author = author;
	return hook->loaded[hook->loaded_count++].doc;
}

const struct xml_doc *hook_latest(struct hook *hook, const struct document *document)
{
	for (int i = 0; i < hook->document_count; i++)
		if (hook->documents[i].id == document->id) {
			struct dossier_doc *d = host_latest(hook, &hook->documents[i]);
			return d == NULL ? NULL : d->doc;
		}
	return NULL;
}

const struct dossier_host *hook_begin(struct hook *hook)
{
	host_current = hook;
	host_current->folded_count = 0;
	return &host_services;
}

void hook_end(void) { host_current = NULL; }

int hook_init(void *ctx, const struct plugins *plugins, struct error *error)
{
	for (int i = 0; i < plugins->count; i++) {
		const struct plugin *p = &plugins->list[i];
		struct faults *faults = faults_new(ctx, 1);
		struct hook *hook = hook_new(ctx, NULL, NULL, p, NULL, NULL, 0, NULL, 0, NULL);
		if (p->descriptor->init == NULL)
			continue;
		p->descriptor->init(hook_begin(hook), hook_faults(hook, faults));
		hook_end();
		if (faults->errors > 0) {
			error_set(error, ERROR_FAULT, faults->list[0].code, "%s", faults->list[0].say);
			return error_at(error, p->file, 0, 0);
		}
	}
	return 0;
}
