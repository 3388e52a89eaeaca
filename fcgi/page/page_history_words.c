#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "page/page_case_inner.h"
#include "store/store_audit.h"

/* The record keeps names out of tables; here they get the titles of those tables. What has none is shown as it stands. */

static const char *clock_title(const struct plugin *p, const char *name)
{
	for (int i = 0; i < p->clock_count; i++)
		if (strcmp(p->clocks[i].name, name) == 0)
			return p->clocks[i].title;
	return NULL;
}

static const char *state_title(const struct plugin *p, const char *machine, const char *name)
{
	const struct dossier_state *s = plugin_state(p, machine, name);

	return s == NULL ? NULL : s->title;
}

/* What the entry is about: a step, a time limit, a flag. */
static const char *object_words(const struct plugin *p, const char *machine, const struct audit_row *row)
{
	const struct dossier_transition *t = text_starts(row->verb, "act.") ? plugin_transition(p, machine, row->verb + 4) : NULL;
	const struct dossier_flag *flag = text_starts(row->verb, "flag.") ? plugin_flag(p, row->object) : NULL;

	if (text_starts(row->verb, "clock."))
		return clock_title(p, row->object);
	return t != NULL ? t->title : flag != NULL ? flag->title : NULL;
}

/* What came of it: a state, a part, a kind of document. */
static const char *detail_words(const struct plugin *p, const char *machine, const struct audit_row *row)
{
	const struct dossier_role *role = text_starts(row->verb, "case.person-") || text_starts(row->verb, "approval.") ? plugin_role(p, row->detail) : NULL;
	const struct dossier_publication *publication = strcmp(row->verb, "publication.add") == 0 ? plugin_publication(p, row->detail) : NULL;

	if (text_starts(row->verb, "act.") || text_ends(row->verb, ".state"))
		return state_title(p, machine, row->detail);
	return role != NULL ? role->title : publication != NULL ? publication->title : NULL;
}

void history_words(void *ctx, xml_node *entry, const struct flow *flow, const struct audit_row *row)
{
	const struct document *d = NULL;
	const char *machine;

	for (int i = 0; i < flow->document_count; i++)
		if (flow->documents[i].id == row->document_id)
			d = &flow->documents[i];
	machine = d == NULL ? "case" : d->type;
	if (d != NULL)
		xml_set(entry, "document", plugin_doctype(flow->plugin, d->type) == NULL ? "The redactor’s changes" : flow_title(ctx, flow, d));      /* no plugin has a row for those */
	xml_set(entry, "object-words", object_words(flow->plugin, machine, row));
	xml_set(entry, "detail-words", detail_words(flow->plugin, machine, row));
}
