/* The letter to the Panel, the plan of action, and the days that steps take from documents. */
#include <stdio.h>
#include <string.h>
#include "seed_inner.h"

static const char *first_line(const char *outcome)
{
	static const struct { const char *outcome, *line; } lines[] = {
		{ "no-lcspr", "The safeguarding partners have decided that no local child safeguarding practice review is needed." },
		{ "lcspr", "The safeguarding partners have decided to commission a local child safeguarding practice review." },
		{ "other", "The safeguarding partners have decided that another kind of local review will be done." },
		{ "defer", "The safeguarding partners have not decided yet. The letter says when they will." },
	};

	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
		if (strcmp(outcome, lines[i].outcome) == 0)
			return lines[i].line;
	return "";
}

static void put_signatures(HOST, struct dossier_out *out)
{
	static const struct { const char *partner, *role; } partners[] = { { "la", "partner_la" }, { "icb", "partner_icb" }, { "police", "partner_police" }, { "education", "edu_rep" } };
	static const char *const fields[] = { "name", "role", "agrees", "dissent", NULL };
	struct seeding s = { h, out, "signatures.signature", 0 };

	for (size_t i = 0; i < sizeof partners / sizeof partners[0]; i++) {
		if (*h->act_said(c, "sign", NULL, partners[i].role, "signed-on") == '\0')
			continue;
		s.row++;
		put_row(&s, "partner", partners[i].partner);
		for (const char *const *f = fields; *f != NULL; f++)
			put_row(&s, *f, h->act_said(c, "sign", NULL, partners[i].role, *f));
		put_row(&s, "on", h->act_said(c, "sign", NULL, partners[i].role, "signed-on"));
	}
}

int seed_panel_letter(HOST, struct dossier_out *out)
{
	const struct dossier_doc *report = h->doc(c, "report", NULL, 0);
	char title[60];

	h->put(out, "letter.on", h->iso(h->today()));
	h->put(out, "letter.sin-reference", h->act_input(c, "notify", "reference"));
	h->put(out, "decision.outcome", h->text(report, "decision/outcome"));
	h->put(out, "decision.line", first_line(h->text(report, "decision/outcome")));
	h->put(out, "decision.disagreed", h->text(report, "decision/disagreed"));
	h->put(out, "national.potential", h->text(report, "national/potential"));
	h->put(out, "national.view", h->text(report, "national/message"));
	snprintf(title, sizeof title, "Rapid review report, version %d", h->doc_version(report));
	h->put(out, "attachments.attachment.1.title", title);
	h->put(out, "attachments.attachment.1.kind", "report");
	put_signatures(h, c, out);
	return 1;
}

/* --- the plan of action --------------------------------------------------------------------------------------------------- */

struct plan { struct seeding s; const struct dossier_doc *standing; int added; };

/* What stands there is left as it is: only an action that the plan does not have yet comes in. */
static int add_agreed(void *data, const struct dossier_doc *row)
{
	static const char *const fields[] = { "id", "origin", "urgent", "points", "recommendation", "scope", "text", "owner", "lead-role", "lead-name", "due", "outcome", "measure",
		"agreed-at", "earlier-review", "panel-query", NULL };
	struct plan *p = data;
	char path[80];

	snprintf(path, sizeof path, "/*/actions/action[id='%.20s']", p->s.h->text(row, "id"));
	if (strchr(p->s.h->text(row, "id"), '\'') != NULL || p->s.h->count(p->standing, path) > 0)
		return 0;
	p->s.row++;
	p->added++;
	put_same(&p->s, row, fields);
	put_row(&p->s, "scope", *p->s.h->text(row, "scope") != '\0' ? p->s.h->text(row, "scope") : "local");
	put_row(&p->s, "answer", "sent-to-owner");
	put_row(&p->s, "status", "not-started");
	return 0;
}

/* From the report once there is one; before that only what the meeting found urgent. */
int seed_actions(HOST, struct dossier_out *out)
{
	const struct dossier_doc *report = h->doc(c, "report", NULL, 0), *standing = h->doc(c, "actions", NULL, 0);
	struct plan p = { { h, out, "actions.action", h->count(standing, "actions/action") }, standing, 0 };

	if (h->doc_version(report) > 0)
		h->rows(report, "actions/action", add_agreed, &p);
	else
		h->rows(newest(h, c, "meeting"), "actions/action[urgent='yes']", add_agreed, &p);
	p.added += take_progress(h, c, standing, out);
	if (p.added > 0)
		h->put(out, "head.on", h->iso(h->today()));
	return p.added;
}

/* --- steps ------------------------------------------------------------------------------------------------------------------ */

struct latest { const struct dossier_host *h; const char *day; };

static int later_answer(void *data, const struct dossier_doc *row)
{
	struct latest *l = data;

	if (strcmp(l->h->text(row, "answered-on"), l->day) > 0)      /* ISO days sort as text */
		l->day = l->h->text(row, "answered-on");
	return 0;
}

int seed_step(HOST, const char *form, struct dossier_out *out)
{
	const struct dossier_doc *reply = newest(h, c, "panel-reply"), *letter = newest(h, c, "panel-letter");
	struct latest answered = { h, "" };

	if (strcmp(form, "rapid/do-hold-meeting") == 0)
		return h->put(out, "held-on", h->text(newest(h, c, "meeting"), "held/held-on")), 1;
	if (strcmp(form, "rapid/do-panel-reply") == 0)
		return h->put(out, "received-on", h->text(reply, "letter/received-on")), 1;
	if (strcmp(form, "rapid/do-answer-panel") == 0) {
		h->rows(reply, "queries/query", later_answer, &answered);
		return h->put(out, "answered-on", answered.day), 1;
	}
	if (strcmp(form, "rapid/do-submit-panel") == 0) {
		h->put(out, "sent-on", h->text(letter, "letter/on"));
		return h->put(out, "late-reason", h->text(letter, "late/reason")), 1;
	}
	return 0;
}
