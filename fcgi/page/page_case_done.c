#include "page/page_case_inner.h"

#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "case/risks.h"
#include "page/pages.h"

/* What was done and said: steps, what lies over the case, what stands beside a document's state. */

void case_risks(xml_node *into, const char *element, const char *attribute, const struct flow *flow, const struct document *document)
{
	void *tmp = talloc_new(NULL);
	struct faults *risks = risks_of(tmp, flow, document);

	for (int i = 0; i < risks->count; i++)
		xml_set(xml_add(into, element), attribute, risks->list[i].say);
	talloc_free(tmp);
}

void case_beside(xml_node *into, const struct flow *flow, const struct document *document, const struct clock_view *clocks, int clock_count)
{
	for (int i = 0; i < clock_count; i++)
		if (clocks[i].document != NULL && clocks[i].document->id == document->id && clocks[i].stopped == DAY_NONE && clocks[i].overdue) {
			xml_set(into, "overdue", "yes");
			xml_setf(xml_add(into, "beside"), "title", "Overdue: %s", clocks[i].clock->title);      /* a return that is done may still owe something else */
			break;
		}
	case_risks(into, "beside", "title", flow, document);
	for (int i = 0; i < flow->plugin->transition_count; i++) {
		const struct dossier_transition *t = &flow->plugin->transitions[i];
		bool done = false;
		for (int k = 0; t->marks != NULL && !done && k < flow->act_count; k++)
			done = flow->acts[k].document_id == document->id && strcmp(flow->acts[k].name, t->name) == 0 && strcmp(t->machine, document->type) == 0;
		if (done)
			xml_set(xml_add(into, "beside"), "title", t->marks);
	}
}

/* Why a flag was set, and until when: the first thing that was said, and the first day that something is due. */
static void show_flag_words(void *ctx, xml_node *e, const struct flow *flow, const struct flag_row *row)
{
	struct error ignored;
	struct xml_doc *said = *row->input == '\0' ? NULL : xml_read_own(ctx, row->input, strlen(row->input), "flag", &ignored);
	const struct library_form *f = said == NULL ? NULL : library_form(flow->house->library, xml_get(xml_root(said), "id"), 0);

	for (int i = 0; f != NULL && i < f->form->field_count; i++) {
		const struct field *field = &f->form->fields[i];
		const xml_node *node = form_locate(f->form, said, field->pattern);
		const char *text = node == NULL ? "" : xml_text(ctx, node);
		day d;
		if (field->type == FIELD_TEXT && xml_get(e, "reason") == NULL && *text != '\0')
			xml_set(e, "reason", text);
		if (field_is(field, "due") && date_parse(text, &d, &ignored) == 0)
			xml_set(e, "until", date_words(ctx, d));
	}
}

/* Who set it: the last step of the case that sets this flag. */
static const struct act *set_by(const struct flow *flow, const char *flag)
{
	for (int i = flow->act_count - 1; i >= 0; i--) {
		const struct dossier_transition *t = flow->acts[i].document_id != 0 ? NULL : plugin_transition(flow->plugin, "case", flow->acts[i].name);
		if (t != NULL && t->sets_flag != NULL && text_in_list(t->sets_flag, flag))
			return &flow->acts[i];
	}
	return NULL;
}

void case_flags(void *ctx, xml_node *c, const struct flow *flow)
{
	xml_node *flags = xml_add(c, "flags");

	for (int i = 0; i < flow->flag_count; i++) {
		const struct dossier_flag *f = plugin_flag(flow->plugin, flow->flags[i].name);
		const struct act *act = set_by(flow, flow->flags[i].name);
		xml_node *e = xml_add(flags, "flag");
		xml_set(e, "name", flow->flags[i].name);
		xml_set(e, "title", f == NULL ? flow->flags[i].name : f->title);
		xml_set(e, "set", date_words(ctx, date_day_of(flow->flags[i].set)));
		if (f == NULL || !(flow_may(flow, "read", "history", NULL).yes || text_share_word(flow->roles, f->roles)))
			continue;      /* that it stands is for all who know of the case; why, for those who run it or may set it */
		if (act != NULL)
			xml_set(e, "by", act->actor_name);
		show_flag_words(ctx, e, flow, &flow->flags[i]);
	}
}

/* Steps of different machines may share a name ("submit"). */
static const char *act_title(const struct flow *flow, const struct act *a, const char *machine)
{
	for (int i = 0; i < flow->plugin->transition_count; i++)
		if (strcmp(flow->plugin->transitions[i].name, a->name) == 0 && strcmp(flow->plugin->transitions[i].machine, machine) == 0)
			return flow->plugin->transitions[i].title;
	return strcmp(a->name, "submit") == 0 ? "Submitted" : a->name;
}

void case_acts(void *ctx, xml_node *c, const struct flow *flow, const struct document *only)
{
	xml_node *acts = xml_add(c, "acts");
	bool inside = flow_is_inside(flow);

	for (int i = flow->act_count - 1; i >= 0; i--) {
		const struct act *a = &flow->acts[i];
		const struct document *d = NULL;
		const struct dossier_state *to;
		xml_node *e;
		for (int k = 0; k < flow->document_count; k++)
			if (flow->documents[k].id == a->document_id)
				d = &flow->documents[k];
		if (only != NULL && (d == NULL || d->id != only->id))
			continue;
		if (d == NULL ? !inside : !flow_may(flow, "read", d->type, d).yes)
			continue;
		to = plugin_state(flow->plugin, d == NULL ? "case" : d->type, a->to);
		e = xml_add(acts, "act");
		xml_set(e, "name", a->name);
		xml_set(e, "at", date_words_instant(ctx, a->at));
		xml_set(e, "day", date_iso(ctx, a->day));
		xml_set(e, "who", a->actor == 0 ? "The system" : a->actor_name);
		xml_set(e, "role", a->role);
		xml_set(e, "title", d == NULL ? act_title(flow, a, "case") : only != NULL ? act_title(flow, a, d->type) : talloc_asprintf(ctx, "%s (%s)", act_title(flow, a, d->type), flow_title(ctx, flow, d)));
		xml_set(e, "state-title", to == NULL ? "" : to->title);
		xml_set(e, "href", page_said_href(ctx, flow, a));
	}
}
