/* The report, from the record of the meeting and what the case knows already. */
#include <stdio.h>
#include <string.h>
#include "seed_inner.h"

static void seed_head(HOST, const struct dossier_doc *meeting, struct dossier_out *out)
{
	h->put(out, "head.chair", h->text(meeting, "held/chair"));
	h->put(out, "head.aware-on", h->text(h->doc(c, "notification", NULL, 0), "clock/aware-on"));
	if (!is_local(h, c)) {
		h->put(out, "head.sin-reference", h->act_input(c, "notify", "reference"));
		h->put(out, "head.notified-on", h->iso(h->act_day(c, "notify")));
	}
	h->put(out, "head.meeting-on", h->iso(h->act_day(c, "hold-meeting")));
}

static void seed_contributors(HOST, struct dossier_out *out)
{
	struct seeding s = { h, out, "head.contributors.contributor", 0 };
	const struct dossier_doc *r;
	char version[12];

	for (int i = 0; (r = h->doc(c, "return", NULL, i)) != NULL; i++) {
		if (strcmp(h->doc_state(r), "redirected") == 0)      /* it named another agency: that is no nil return */
			continue;
		s.row++;
		put_row(&s, "agency", h->doc_agency(r));
		put_row(&s, "kind", contribution(h, r));
		snprintf(version, sizeof version, "%d", h->doc_version(r));
		if (h->doc_version(r) > 0)
			put_row(&s, "version", version);
	}
}

/* "step-parent" as words, after a comma. */
static void add_part(char *line, size_t size, const char *code)
{
	size_t used = strlen(line);

	if (*code == '\0')
		return;
	snprintf(line + used, size - used, "%s%s", used > 0 ? ", " : "", code);
	for (char *p = line + used; *p != '\0'; p++)
		if (*p == '-')
			*p = ' ';
}

/* Numbers and parts, no names. Neighbours and witnesses are no family. */
static int add_relative(void *data, const struct dossier_doc *row)
{
	struct lines *l = data;
	const char *subject = l->h->text(row, "who/subject"), *relation = l->h->text(row, "who/relation");
	char line[200] = "";

	if (strcmp(relation, "neighbour") == 0 || strcmp(relation, "source-of-referral") == 0 || strcmp(subject, "witness") == 0 || strcmp(subject, "professional") == 0)
		return 0;
	add_part(line, sizeof line, subject);
	add_part(line, sizeof line, strcmp(relation, subject) == 0 ? "" : relation);
	add_part(line, sizeof line, l->h->yes(row, "standing/parental-responsibility") ? "has parental responsibility" : "");
	add_line(l, "%s: %s", l->h->text(row, "id"), line);
	return 0;
}

static int add_safe(void *data, const struct dossier_doc *row)
{
	struct lines *l = data;
	const char *who = l->h->text(row, "who");

	add_line(l, "%s: %s. %s", *who != '\0' ? who : l->h->text(row, "other"), l->h->yes(row, "safe") ? "safe" : "not yet safe", l->h->text(row, "action"));
	return 0;
}

static int add_dissent(void *data, const struct dossier_doc *row)
{
	struct lines *l = data;

	if (strcmp(l->h->text(row, "view"), "against") == 0)
		add_line(l, "%s: %s", l->h->text(row, "agency"), l->h->text(row, "dissent"));
	return 0;
}

static int add_missing(void *data, const struct dossier_doc *row)
{
	struct lines *l = data;

	add_line(l, "No return of %s: %s %s", l->h->agency_name(l->c, l->h->text(row, "agency")), l->h->text(row, "reason"), l->h->text(row, "effect"));
	return 0;
}

static int add_open(void *data, const struct dossier_doc *row)
{
	struct lines *l = data;
	const char *state = l->h->text(row, "state"), *b = l->h->text(row, "b");

	if (strcmp(state, "open") == 0 || strcmp(state, "cannot-be-settled") == 0)
		add_line(l, "%s (%s%s%s): %s. %s", l->h->text(row, "id"), l->h->text(row, "a"), *b != '\0' ? " and " : "", b, *state == 'o' ? "still open" : "cannot be settled", l->h->text(row, "how"));
	return 0;
}

static void put_lines(HOST, struct dossier_out *out, const char *field, const struct dossier_doc *from, const char *rows, int (*each)(void *data, const struct dossier_doc *row))
{
	struct lines l = { h, c, "" };

	h->rows(from, rows, each, &l);
	if (l.text[0] != '\0')
		h->put(out, field, l.text);
}

static int add_episode(void *data, const struct dossier_doc *row)
{
	static const char *const fields[] = { "title", "what", "why", "system", NULL };
	struct seeding *s = data;

	s->row++;
	put_same(s, row, fields);
	return 0;
}

static int add_action(void *data, const struct dossier_doc *row)
{
	static const char *const fields[] = { "id", "origin", "urgent", "text", "owner", "lead-role", "due", "outcome", "measure", "earlier-review", NULL };
	struct seeding *s = data;
	char agreed[80];

	s->row++;
	put_same(s, row, fields);
	put_row(s, "scope", "local");
	snprintf(agreed, sizeof agreed, "Meeting of %s", s->h->words(s->h->text(row, "/*/held/held-on"), NULL));
	put_row(s, "agreed-at", agreed);
	return 0;
}

static void copy_criteria(const struct dossier_host *h, const struct dossier_doc *meeting, struct dossier_out *out)
{
	static const char *const criteria[] = { "serious", "serious-reason", "improvements.state", "improvements.reason", "recurrent.state", "recurrent.reason", "together.state",
		"together.reason", "panel.state", "panel.reason", "cross-area.state", "cross-area.reason", "institution.state", "institution.reason" };

	for (size_t i = 0; i < sizeof criteria / sizeof criteria[0]; i++) {
		char name[60], path[60];
		snprintf(name, sizeof name, "criteria.%s", criteria[i]);
		snprintf(path, sizeof path, "criteria/%s", criteria[i]);
		for (char *p = path; *p != '\0'; p++)
			if (*p == '.')
				*p = '/';
		h->put(out, name, h->text(meeting, path));
	}
}

static void seed_from_meeting(HOST, const struct dossier_doc *meeting, struct dossier_out *out)
{
	struct seeding episodes = { h, out, "analysis.episodes.episode", 0 }, actions = { h, out, "actions.action", 0 };

	h->copy(out, "child.text", meeting, "analysis/lived");
	h->copy(out, "context.text", meeting, "inequality/text");
	h->rows(meeting, "analysis/episodes/episode", add_episode, &episodes);
	h->rows(meeting, "actions/action", add_action, &actions);
	copy_criteria(h, meeting, out);
	h->put(out, "decision.outcome", h->text(meeting, "criteria/recommendation"));
	h->put(out, "local.agreed", h->text(meeting, "criteria/proposal"));
	h->put(out, "told.text", h->text(meeting, "family/told"));
	put_lines(h, c, out, "immediate.assurance", meeting, "safety/children/child", add_safe);
	put_lines(h, c, out, is_local(h, c) ? "local.disagreed" : "decision.disagreed", meeting, "criteria/views/view", add_dissent);
}

/* Returns that did not come, then accounts that stand against each other. */
static void seed_gaps(HOST, const struct dossier_doc *meeting, struct dossier_out *out)
{
	struct lines l = { h, c, "" };

	h->rows(meeting, "papers/missing/return", add_missing, &l);
	h->rows(meeting, "facts/disputed/fact", add_open, &l);
	if (l.text[0] != '\0')
		h->put(out, "gaps.text", l.text);
}

static void seed_areas(HOST, struct dossier_out *out)
{
	static const struct { const char *field, *path; } areas[] = { { "head.incident-la", "areas/incident-la" }, { "head.residence-la", "areas/residence-la" },
		{ "head.placing-la", "areas/placing-la" }, { "head.notified-by", "notifier/authority" } };

	for (size_t i = 0; i < sizeof areas / sizeof areas[0]; i++)
		h->put(out, areas[i].field, h->text(h->doc(c, "notification", NULL, 0), areas[i].path));
}

/* A report that stands is its writers'. Written while the case was learned from locally, it lacks what the notification has brought since. */
static int seed_notified(HOST, const struct dossier_doc *report, const struct dossier_doc *meeting, struct dossier_out *out)
{
	if (is_local(h, c) || *h->text(report, "head/notified-on") != '\0' || *h->text(report, "local/agreed") == '\0')
		return 0;
	seed_head(h, c, meeting, out);
	return 1;
}

int seed_report(HOST, struct dossier_out *out)
{
	const struct dossier_doc *meeting = newest(h, c, "meeting"), *report = h->doc(c, "report", NULL, 0);

	if (h->doc_version(report) > 0)
		return seed_notified(h, c, report, meeting, out);
	seed_areas(h, c, out);
	h->copy(out, "incident.text", h->doc(c, "notification", NULL, 0), "incident/outline");
	seed_head(h, c, meeting, out);
	seed_contributors(h, c, out);
	put_lines(h, c, out, "family.genogram", h->doc(c, "register", NULL, 0), "people/person", add_relative);
	seed_from_meeting(h, c, meeting, out);
	seed_gaps(h, c, meeting, out);
	return 1;
}
