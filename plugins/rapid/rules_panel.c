/* The plan of action holds what the report agreed; the thread with the Panel and a locked return grow and never change. */
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

/* V2: nobody meets about what nobody was asked about. */
RULE(meeting_in_order)
{
	int32_t held = day_of(h, h->text(doc, "held/held-on"));

	(void)type;
	in_order(h, f, "held.held-on", h->act_day(c, "notify"), "the day the Panel was notified", held, "The meeting");
	in_order(h, f, "held.held-on", h->act_day(c, "send-requests"), "the day the requests were sent", held, "The meeting");
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

/* --- V21: a locked return ------------------------------------------------------------------------------------------------------ */

struct locked { const struct dossier_host *h; const struct dossier_doc *now; struct dossier_faults *f; const char *rows, *field; int n; };

/* An event is found by its number, wherever it stands now. */
static int event_stands(void *data, const struct dossier_doc *row)
{
	static const char *const parts[] = { "when", "end", "time", "who", "seen", "source", "basis", "kind", "what", "did", "comment", "significance" };
	struct locked *l = data;
	const char *id = l->h->text(row, "id");
	char path[120], field[60];

	if (!quotable(id))
		return 0;
	snprintf(path, sizeof path, "events/event[id='%.40s']", id);
	if (l->h->count(l->now, path) == 0)
		return l->h->fault(l->f, "V21", "events.event", "This return is locked: %s stays as it was. Put it back; what is new is added.", id);
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		char here[40];
		snprintf(here, sizeof here, "normalize-space(%s)", parts[i]);
		snprintf(path, sizeof path, "normalize-space(events/event[id='%.40s']/%s)", id, parts[i]);
		if (strcmp(l->h->text(l->now, path), l->h->text(row, here)) == 0)
			continue;
		snprintf(path, sizeof path, "events/event[id='%.40s']/preceding-sibling::event", id);
		snprintf(field, sizeof field, "events.event.%d.%s", l->h->count(l->now, path) + 1, parts[i]);
		return l->h->fault(l->f, "V21", field, "This return is locked: %s stays as it was. Put it back, and add what is new as an event of its own.", id);
	}
	return 0;
}

static int row_stands(void *data, const struct dossier_doc *row)
{
	struct locked *l = data;
	char path[80], field[60];

	snprintf(path, sizeof path, "translate(%s[%d], ' \t\r\n', '')", l->rows, ++l->n);      /* what stands between elements is no text */
	snprintf(field, sizeof field, l->field, l->n);
	if (strcmp(l->h->text(l->now, path), l->h->text(row, "translate(., ' \t\r\n', '')")) != 0)
		return l->h->fault(l->f, "V21", field, "This return is locked: what was sent stays as it was. Put it back, and add what is new below.");
	return 0;
}

RULE(locked_kept)
{
	static const struct { const char *rows, *field; } parts[] = {
		{ "involvement/part", "involvement.part.%d" }, { "world/child", "world.child.%d" }, { "analysis/episode", "analysis.episode.%d" }, { "good/item", "good.item.%d" },
		{ "learning/immediate/point", "learning.immediate.point.%d" }, { "learning/changed/change", "learning.changed.change.%d" },
	};
	const char *state = h->doc_state(doc);
	const struct dossier_doc *before;

	(void)c, (void)type;
	if (strcmp(state, "in-pack") != 0 && strcmp(state, "locked") != 0 && strcmp(state, "addendum") != 0)
		return 0;
	before = h->doc_before(doc);      /* opened only where it is asked for: it costs more than most rules */
	if (before == NULL)
		return 0;
	h->rows(before, "events/event", event_stands, &(struct locked){ h, doc, f, NULL, NULL, 0 });
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		h->rows(before, parts[i].rows, row_stands, &(struct locked){ h, doc, f, parts[i].rows, parts[i].field, 0 });
	return 0;
}
