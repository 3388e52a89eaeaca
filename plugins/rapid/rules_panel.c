/* The plan of action holds what the report agreed; the thread with the Panel grows and never changes. */
#include <stdio.h>
#include <string.h>
#include "rapid.h"

struct planned { const struct dossier_host *h; const struct dossier_doc *plan; struct dossier_faults *f; };

static int is_planned(void *data, const struct dossier_doc *row)
{
	struct planned *p = data;
	const char *id = p->h->text(row, "id");
	char path[60];

	snprintf(path, sizeof path, "actions/action[id='%.20s']", id);
	if (strchr(id, '\'') == NULL && p->h->count(p->plan, path) == 0)
		p->h->warn(p->f, "V16", "actions", "Action %s of the report is not in the plan. Add it, or say why it is left out.", id);
	return 0;
}

RULE(actions_follow_report)
{
	struct planned p = { h, doc, f };

	(void)type;
	h->rows(h->doc(c, "report", NULL, 0), "actions/action", is_planned, &p);
	return 0;
}

/* Each entry by its place: what was there stands there, word for word. */
struct thread { const struct dossier_host *h; const struct dossier_doc *now; struct dossier_faults *f; int n; };

static int still_stands(void *data, const struct dossier_doc *row)
{
	static const char *const parts[] = { "on", "way", "text" };
	struct thread *t = data;
	char path[60], field[40];

	t->n++;
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		snprintf(path, sizeof path, "thread/entry[%d]/%s", t->n, parts[i]);
		if (strcmp(t->h->text(t->now, path), t->h->text(row, parts[i])) == 0)
			continue;
		snprintf(field, sizeof field, "thread.entry.%d.%s", t->n, parts[i]);
		return t->h->fault(t->f, "panel-reply.thread", field, "A letter that was written down stays as it was. Put it back, and add a new entry at the end.");
	}
	return 0;
}

RULE(thread_kept)
{
	struct thread t = { h, doc, f, 0 };

	(void)c, (void)type;
	h->rows(h->doc_before(doc), "thread/entry", still_stands, &t);
	return 0;
}
