/* The record of the meeting, as far as returns and register know it: whose safety is asked first, what lies on the table, what is missing, what differs. */
#include <stdio.h>
#include <string.h>
#include "seed_inner.h"

static int add_child(void *data, const struct dossier_doc *row)
{
	static const char *const children[] = { "subject-child", "sibling-in-household", "sibling-elsewhere", "other-child" };
	struct seeding *s = data;

	for (size_t i = 0; !has_died(s->h, row) && i < sizeof children / sizeof children[0]; i++)
		if (strcmp(s->h->text(row, "who/subject"), children[i]) == 0) {
			s->row++;
			put_row(s, "who", s->h->text(row, "id"));
		}
	return 0;
}

static int is_in(const struct dossier_host *h, const struct dossier_doc *r)
{
	static const char *const in[] = { "accepted", "nil-return", "in-pack", "locked" };

	for (size_t i = 0; i < sizeof in / sizeof in[0]; i++)
		if (strcmp(h->doc_state(r), in[i]) == 0)
			return 1;
	return strcmp(h->doc_state(r), "addendum") == 0 && h->doc_version(r) > 0;
}

static void put_papers(HOST, struct dossier_out *out)
{
	struct seeding papers = { h, out, "papers.considered.paper", 0 }, missing = { h, out, "papers.missing.return", 0 };
	const struct dossier_doc *r;
	char version[12];

	for (int i = 0; (r = h->doc(c, "return", NULL, i)) != NULL; i++) {
		struct seeding *s = is_in(h, r) ? &papers : &missing;
		s->row++;
		put_row(s, "agency", h->doc_agency(r));
		if (s == &missing) {
			int named = strcmp(h->doc_state(r), "redirected") == 0;      /* another agency, and said why */
			put_row(s, "reason", h->act_said(c, named ? "redirect" : "waive", r, NULL, named ? "why" : "reason"));
			continue;
		}
		put_row(s, "kind", contribution(h, r));
		snprintf(version, sizeof version, "%d", h->doc_version(r));
		if (h->doc_version(r) > 0)
			put_row(s, "version", version);
	}
}

/* Two accounts that differ, or one without its counterpart; the pair once, whichever side noted it. */
struct pairs { struct seeding s; const struct dossier_case *c; const struct dossier_doc *ret; char seen[4000]; };

static int add_pair(void *data, const struct dossier_doc *event)
{
	struct pairs *p = data;
	const struct dossier_host *h = p->s.h;
	struct pair found = pair_of(h, p->c, p->ret, event);
	const char *match = found.match, *a = found.id, *b = found.counterpart;
	char pair[100], id[16];
	size_t used = strlen(p->seen);

	snprintf(pair, sizeof pair, " %.40s=%.40s ", strcmp(a, b) < 0 ? a : b, strcmp(a, b) < 0 ? b : a);
	if ((strcmp(match, "differs") != 0 && strcmp(match, "not-found") != 0) || strstr(p->seen, pair) != NULL || used + strlen(pair) >= sizeof p->seen)
		return 0;
	snprintf(p->seen + used, sizeof p->seen - used, "%s", pair);
	snprintf(id, sizeof id, "D%d", ++p->s.row);
	put_row(&p->s, "id", id);
	put_row(&p->s, "a", a);
	put_row(&p->s, "b", b);
	put_row(&p->s, "how", h->note(p->c, p->ret, a, "annotation"));
	put_row(&p->s, "state", "open");
	return 0;
}

/* What an agency says must be done now for a child's safety is an action of the meeting, unless it is done. */
struct urgent { struct seeding s; const char *agency; };

static int add_urgent(void *data, const struct dossier_doc *row)
{
	struct urgent *u = data;
	char id[16];

	if (u->s.h->yes(row, "done"))
		return 0;
	snprintf(id, sizeof id, "A%d", ++u->s.row);
	put_row(&u->s, "id", id);
	put_row(&u->s, "origin", "return");
	put_row(&u->s, "urgent", "yes");
	put_row(&u->s, "text", u->s.h->text(row, "text"));
	put_row(&u->s, "owner", u->agency);
	put_row(&u->s, "lead-role", u->s.h->text(row, "by"));
	return 0;
}

int seed_meeting(HOST, struct dossier_out *out)
{
	struct seeding children = { h, out, "safety.children.child", 0 };
	struct pairs pairs = { { h, out, "facts.disputed.fact", 0 }, c, NULL, "" };
	struct urgent urgent = { { h, out, "actions.action", 0 }, "" };
	const struct dossier_doc *r;

	h->rows(h->doc(c, "register", NULL, 0), "people/person", add_child, &children);
	put_papers(h, c, out);
	for (int i = 0; (r = h->doc(c, "return", NULL, i)) != NULL; i++) {
		pairs.ret = r;
		h->rows(r, "events/event", add_pair, &pairs);
		urgent.agency = h->doc_agency(r);
		h->rows(r, "learning/now/action", add_urgent, &urgent);
	}
	h->put(out, "minutes.status", "draft");
	return 1;
}
