/* Owners of actions and the plan: each agency is asked about its own rows, and what it says goes into the plan's draft. */
#include <stdio.h>
#include <string.h>
#include "seed_inner.h"

static int has_word(const char *list, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = list; n > 0 && (p = strstr(p, word)) != NULL; p += n)
		if ((p == list || p[-1] == ' ') && (p[n] == ' ' || p[n] == '\0'))
			return 1;
	return 0;
}

struct owners { const struct dossier_host *h; char list[1000]; };

static int is_over(const struct dossier_host *h, const struct dossier_doc *row)
{
	static const char *const over[] = { "closed", "merged", "superseded" };

	for (size_t i = 0; i < sizeof over / sizeof over[0]; i++)
		if (strcmp(h->text(row, "status"), over[i]) == 0)
			return 1;
	return 0;
}

static int add_owners(void *data, const struct dossier_doc *row)
{
	struct owners *o = data;
	const char *owner = o->h->text(row, "owner");

	for (size_t n; !is_over(o->h, row) && *owner != '\0'; owner += n) {
		char id[60];
		size_t used = strlen(o->list);
		owner += strspn(owner, " ");
		n = strcspn(owner, " ");
		snprintf(id, sizeof id, "%.*s", (int)n, owner);
		if (n > 0 && n < sizeof id && !has_word(o->list, id) && used + n + 2 < sizeof o->list)
			snprintf(o->list + used, sizeof o->list - used, "%s%s", used > 0 ? " " : "", id);
	}
	return 0;
}

int seed_ask_owners(HOST, struct dossier_out *out)
{
	struct owners o = { h, "" };
	int32_t today = h->today();

	h->rows(h->doc(c, "actions", NULL, 0), "actions/action", add_owners, &o);
	h->put(out, "agencies", o.list);
	h->put(out, "asked-on", h->iso(today));
	h->put(out, "due", h->iso(h->working_day(today, 5)));
	return 1;
}

struct own { struct seeding s; const char *agency; };

static int add_own(void *data, const struct dossier_doc *row)
{
	static const char *const fields[] = { "id", "text", "due", "measure", "status", NULL };
	struct own *o = data;

	if (is_over(o->s.h, row) || !has_word(o->s.h->text(row, "owner"), o->agency))
		return 0;
	o->s.row++;
	put_same(&o->s, row, fields);
	return 0;
}

int seed_progress(HOST, const char *agency, struct dossier_out *out)
{
	struct own o = { { h, out, "actions.action", 0 }, agency };

	h->rows(h->doc(c, "actions", NULL, 0), "actions/action", add_own, &o);
	return 1;
}

/* --- what an owner said, into the plan ------------------------------------------------------------------------------------------- */

struct taking { const struct dossier_host *h; struct dossier_out *out; const struct dossier_doc *plan, *said; int taken; };

static void put_at(struct taking *t, int n, const char *field, const char *text)
{
	char name[120];

	snprintf(name, sizeof name, "actions.action.%d.%s", n, field);
	if (*text != '\0')
		t->h->put(t->out, name, text);
}

/* Once: an entry of the log that is there already was taken before. */
static int is_logged(const struct taking *t, int n, const char *text)
{
	char path[80];

	snprintf(path, sizeof path, "actions/action[%d]/log/entry", n);
	for (int i = t->h->count(t->plan, path); i > 0; i--) {
		snprintf(path, sizeof path, "actions/action[%d]/log/entry[%d]/text", n, i);
		if (strcmp(t->h->text(t->plan, path), text) == 0)
			return 1;
	}
	return 0;
}

static void take_evidence(struct taking *t, int n, const struct dossier_doc *row)
{
	static const char *const parts[] = { "kind", "title", "on" };
	char path[80], name[60];
	int standing;

	snprintf(path, sizeof path, "actions/action[%d]/evidence/item", n);
	standing = t->h->count(t->plan, path);
	for (int i = 1; i <= t->h->count(row, "evidence/item"); i++)
		for (size_t k = 0; k < sizeof parts / sizeof parts[0]; k++) {
			snprintf(path, sizeof path, "evidence/item[%d]/%s", i, parts[k]);
			snprintf(name, sizeof name, "evidence.item.%d.%s", standing + i, parts[k]);
			put_at(t, n, name, t->h->text(row, path));
		}
}

static int take_row(void *data, const struct dossier_doc *row)
{
	struct taking *t = data;
	const char *id = t->h->text(row, "id"), *text = t->h->text(row, "progress");
	char path[120], name[60];
	int n, entries;

	snprintf(path, sizeof path, "actions/action[id='%.20s']", id);
	if (!quotable(id) || t->h->count(t->plan, path) == 0)
		return 0;
	snprintf(path, sizeof path, "actions/action[id='%.20s']/preceding-sibling::action", id);
	n = t->h->count(t->plan, path) + 1;
	if (is_logged(t, n, text))
		return 0;
	snprintf(path, sizeof path, "actions/action[%d]/log/entry", n);
	entries = t->h->count(t->plan, path);
	snprintf(name, sizeof name, "log.entry.%d.on", entries + 1);
	put_at(t, n, name, t->h->iso(t->h->today()));
	snprintf(name, sizeof name, "log.entry.%d.by", entries + 1);
	put_at(t, n, name, t->h->text(t->said, "sent/by"));
	snprintf(name, sizeof name, "log.entry.%d.text", entries + 1);
	put_at(t, n, name, text);
	put_at(t, n, "completed-on", t->h->text(row, "completed-on"));
	put_at(t, n, "status", *t->h->text(row, "completed-on") != '\0' ? "done-awaiting-evidence" : t->h->text(row, "status"));
	take_evidence(t, n, row);
	t->taken++;
	return 0;
}

int take_progress(HOST, const struct dossier_doc *plan, struct dossier_out *out)
{
	struct taking t = { h, out, plan, NULL, 0 };

	for (int i = 0; (t.said = h->doc(c, "progress", NULL, i)) != NULL; i++)
		h->rows(t.said, "actions/action", take_row, &t);
	return t.taken;
}
