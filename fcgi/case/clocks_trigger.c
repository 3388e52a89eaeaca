/* Triggers of clocks (dossier/plugin.h): each kind has a function that finds its day. */
#include "case/clocks_inner.h"

#include <stdio.h>
#include <string.h>
#include <talloc.h>

#include "base/text.h"

#define DEEPEST 4      /* clocks that wait for clocks */

static day better(const struct seek *s, day best, day found)
{
	if (found == DAY_NONE || (s->after != DAY_NONE && found < s->after))
		return best;
	if (best == DAY_NONE)
		return found;
	return s->last ? (found > best ? found : best) : (found < best ? found : best);
}

static bool counts(const struct seek *s, const struct act *a, const char *name)
{
	const struct dossier_transition *t;
	const char *machine = "case";

	if (*a->name != *name || strcmp(a->name, name) != 0 || (s->document != NULL && a->document_id != s->document->id && a->document_id != 0))
		return false;
	for (int i = 0; a->document_id != 0 && i < s->world->document_count; i++)
		if (s->world->documents[i].id == a->document_id)
			machine = s->world->documents[i].type;
	t = plugin_transition(s->world->plugin, machine, name);
	return t == NULL || t->quorum == NULL || strcmp(a->from, a->to) != 0;      /* the last of a quorum moves the state */
}

/* What is done after the clock began may be dated before it: then it counts for the day the clock began. */
static day find_act(const struct seek *s, const char *name)
{
	day best = DAY_NONE;

	for (int i = 0; i < s->world->act_count; i++) {
		const struct act *a = &s->world->acts[i];
		if (!counts(s, a, name))
			continue;
		if (s->after == DAY_NONE || a->day >= s->after)
			best = a->day;
		else if (date_day_of(a->at) >= s->after)
			best = s->after;
		if (best != DAY_NONE && !s->last)
			return best;
	}
	return best;
}

static day days_in(const struct seek *s, const xml_node *node, const char *xpath, day best)
{
	void *tmp = talloc_new(NULL);
	struct error ignored;
	xml_node **nodes;
	int n = node == NULL ? 0 : xml_find_all(tmp, node, xpath, &nodes);

	for (int i = 0; i < n; i++) {
		day d;
		if (date_parse(xml_plain(nodes[i]), &d, &ignored) == 0)
			best = better(s, best, d);
	}
	talloc_free(tmp);
	return best;
}

static day find_said(const struct seek *s, const char *spec)
{
	const char *colon = strchr(spec, ':');
	char *name = colon == NULL ? NULL : talloc_strndup(NULL, spec, (size_t)(colon - spec));
	day best = DAY_NONE;

	for (int i = 0; name != NULL && i < s->world->act_count; i++) {
		const struct act *a = &s->world->acts[i];
		const struct xml_doc *said = counts(s, a, name) ? s->world->said(s->world->data, a) : NULL;
		if (said != NULL)
			best = days_in(s, xml_root(said), colon + 1, best);
	}
	talloc_free(name);
	return best;
}

static day find_field(const struct seek *s, const char *spec)
{
	const char *colon = strchr(spec, ':');
	char *type = colon == NULL ? NULL : talloc_strndup(NULL, spec, (size_t)(colon - spec));
	day best = DAY_NONE;

	for (int i = 0; type != NULL && i < s->world->document_count; i++) {
		const struct document *d = &s->world->documents[i];
		bool own = s->document != NULL && strcmp(s->document->type, type) == 0;
		const struct xml_doc *tree = strcmp(d->type, type) == 0 && (!own || d->id == s->document->id) ? s->world->tree(s->world->data, d) : NULL;
		if (tree != NULL)
			best = days_in(s, xml_root(tree), colon + 1, best);
	}
	talloc_free(type);
	return best;
}

static day find_row(const struct seek *s, const char *xpath) { return days_in(s, s->row, xpath, DAY_NONE); }

static day find_flag(const struct seek *s, const char *name, bool lifted)
{
	day best = DAY_NONE;

	for (int i = 0; i < s->world->flag_count; i++) {
		const struct flag_row *f = &s->world->flags[i];
		if (strcmp(f->name, name) == 0 && (!lifted || f->lifted != 0))
			best = better(s, best, date_day_of(lifted ? f->lifted : f->set));
	}
	return best;
}

static day find_set(const struct seek *s, const char *name) { return find_flag(s, name, false); }
static day find_lifted(const struct seek *s, const char *name) { return find_flag(s, name, true); }

static day find_clock(const struct seek *s, const char *name)
{
	struct clock_world below = *s->world;
	void *tmp = talloc_new(NULL);
	struct clock_view *views;
	day best = DAY_NONE;
	int n;

	below.only = name;
	n = ++below.deep > DEEPEST ? 0 : clocks_reckon(tmp, &below, &views);
	for (int i = 0; i < n; i++)
		if (views[i].document == NULL)
			best = better(s, best, views[i].due);
	talloc_free(tmp);
	return best;
}

/* The day of this year or, before it, of the last; after the case stood. */
static day find_yearly(const struct seek *s, const char *spec)
{
	day today = date_day_of(s->world->now), found;
	int year, month, dom, m = 0, d = 0;

	if (s->world->act_count == 0 || sscanf(spec, "%2d-%2d", &m, &d) != 2)
		return DAY_NONE;
	date_to_ymd(today, &year, &month, &dom);
	found = date_from_ymd(year, m, d);
	if (found != DAY_NONE && found > today)
		found = date_from_ymd(year - 1, m, d);
	if (found == DAY_NONE || found <= date_day_of(s->world->acts[0].at))
		return DAY_NONE;
	return better(s, DAY_NONE, found);
}

static day find_created(const struct seek *s, const char *nothing)
{
	(void)nothing;
	return s->document == NULL ? DAY_NONE : better(s, DAY_NONE, date_day_of(s->document->created));
}

static const struct { const char *prefix; day (*find)(const struct seek *s, const char *rest); } kinds[] = {
	{ "do:", find_act }, { "input:", find_said }, { "field:", find_field }, { "row:", find_row }, { "set:", find_set }, { "lifted:", find_lifted },
	{ "clock:", find_clock }, { "yearly:", find_yearly }, { "created", find_created },
};

static day seek_one(const struct seek *s, const char *trigger)
{
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (text_starts(trigger, kinds[i].prefix))
			return kinds[i].find(s, trigger + strlen(kinds[i].prefix));
	return DAY_NONE;
}

static char *next_trigger(void *ctx, const char **cursor)
{
	const char *from = *cursor;
	size_t n = from == NULL ? 0 : strcspn(from, "|");

	if (n == 0)
		return NULL;
	*cursor = from[n] == '|' ? from + n + 1 : NULL;
	return talloc_strndup(ctx, from, n);
}

day seek_day(const struct seek *s, const char *triggers)
{
	void *tmp = talloc_new(NULL);
	day best = DAY_NONE;
	char *one;

	while ((one = next_trigger(tmp, &triggers)) != NULL)
		best = better(s, best, seek_one(s, one));
	talloc_free(tmp);
	return best;
}

day seek_all(const struct seek *s, const char *triggers)
{
	void *tmp = talloc_new(NULL);
	day last = DAY_NONE;
	bool all = triggers != NULL && *triggers != '\0';
	char *one;

	while (all && (one = next_trigger(tmp, &triggers)) != NULL) {
		day d = seek_one(s, one);
		all = d != DAY_NONE;
		last = d > last ? d : last;
	}
	talloc_free(tmp);
	return all ? last : DAY_NONE;
}

static int minutes_of(const char *text)
{
	int hour, minute;

	if (sscanf(text, "%2d:%2d", &hour, &minute) != 2 || hour < 0 || hour > 23 || minute < 0 || minute > 59)
		return 0;
	return hour * 60 + minute;
}

int seek_minutes(const struct seek *s, const char *trigger)
{
	void *tmp = talloc_new(NULL);
	const char *spec = trigger == NULL ? NULL : strchr(trigger, ':'), *colon = spec == NULL ? NULL : strchr(++spec, ':');
	char *name = colon == NULL ? NULL : talloc_strndup(tmp, spec, (size_t)(colon - spec));
	int found = 0;

	for (int i = 0; name != NULL && text_starts(trigger, "input:") && i < s->world->act_count; i++) {
		const struct xml_doc *said = counts(s, &s->world->acts[i], name) ? s->world->said(s->world->data, &s->world->acts[i]) : NULL;
		if (said != NULL)
			found = minutes_of(xml_find_text(tmp, xml_root(said), colon + 1));
	}
	for (int i = 0; name != NULL && text_starts(trigger, "field:") && i < s->world->document_count; i++) {
		const struct xml_doc *tree = strcmp(s->world->documents[i].type, name) == 0 ? s->world->tree(s->world->data, &s->world->documents[i]) : NULL;
		if (tree != NULL)
			found = minutes_of(xml_find_text(tmp, xml_root(tree), colon + 1));
	}
	talloc_free(tmp);
	return found;
}
