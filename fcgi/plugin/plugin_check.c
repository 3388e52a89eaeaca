#include "plugin/plugin_inner.h"

#include <string.h>
#include <talloc.h>

#include "base/text.h"

static bool roles_known(const struct plugin *p, const char *roles, char *missing, size_t room)
{
	void *tmp = talloc_new(NULL);
	char *spaced = talloc_strdup(tmp, roles == NULL ? "" : roles), *word;
	const char *cursor = spaced;
	bool known = true;

	for (char *c = spaced; *c != '\0'; c++)
		if (*c == '|')
			*c = ' ';
	while (known && (word = text_next_word(tmp, &cursor)) != NULL) {
		known = strcmp(word, "system") == 0 || plugin_role(p, word) != NULL;
		if (!known)
			snprintf(missing, room, "%s", word);
	}
	talloc_free(tmp);
	return known;
}

bool plugin_states_known(const struct plugin *p, const char *machine, const char *states, char *missing, size_t room)
{
	void *tmp = talloc_new(NULL);
	char *spaced = talloc_strdup(tmp, states == NULL ? "" : states), *word;
	const char *cursor = spaced;
	bool known = true;

	for (char *c = spaced; *c != '\0'; c++)
		if (*c == '|')
			*c = ' ';
	while (known && (word = text_next_word(tmp, &cursor)) != NULL) {
		known = strcmp(word, "=") == 0 || strcmp(word, "*") == 0 || plugin_state(p, machine, word) != NULL;
		if (!known)
			snprintf(missing, room, "%s", word);
	}
	talloc_free(tmp);
	return known;
}

/* A field kept for a role that nobody can hold would be nobody's. A form of the folder shared may name the roles of several plugins. */
static int check_form_roles(const struct plugin *p, const struct library *library, const char *id, struct error *error)
{
	char missing[64];

	if (!text_starts(id, p->name) || id[strlen(p->name)] != '/')
		return 0;
	for (int i = 0; i < library->count; i++) {
		const struct form *form = library->forms[i].form;
		for (int k = 0; strcmp(form->id, id) == 0 && k < form->field_count; k++)
			if (!roles_known(p, form->fields[k].from, missing, sizeof missing) || !roles_known(p, form->fields[k].for_, missing, sizeof missing))
				return plugin_refuse(error, library->forms[i].file, "plugin.role", "%s is for role %s (d:from or d:for), which plugin %s does not have",
					form->fields[k].pattern, missing, p->name);
	}
	return 0;
}

static int check_documents(const struct plugin *p, const struct library *library, struct error *error)
{
	char missing[64];

	for (int i = 0; i < p->doctype_count; i++) {
		const struct dossier_doctype *t = &p->doctypes[i];
		if (plugin_doctype(p, t->name) != t)
			return plugin_refuse(error, p->file, "plugin.twice", "document type %s stands twice", t->name);
		if (library_form(library, t->form, 0) == NULL)
			return plugin_refuse(error, p->file, "plugin.form", "document type %s names form %s, which is not there", t->name, t->form);
		if (check_form_roles(p, library, t->form, error) != 0)
			return -1;
		if (!roles_known(p, t->writers, missing, sizeof missing))
			return plugin_refuse(error, p->file, "plugin.role", "document type %s names role %s, which is not there", t->name, missing);
		if (t->first_state != NULL && plugin_state(p, t->name, t->first_state) == NULL)
			return plugin_refuse(error, p->file, "plugin.state", "document type %s begins in state %s, which is not there", t->name, t->first_state);
	}
	if (plugin_doctype(p, p->descriptor->opens_with) == NULL || plugin_state(p, "case", p->descriptor->first_state) == NULL)
		return plugin_refuse(error, p->file, "plugin.opening", "a case begins with document type %s in state %s, which are not both there",
			p->descriptor->opens_with, p->descriptor->first_state);
	return 0;
}

/* "type type" or "type:transition …": each type is there, and where a transition is named, it is of that type's machine. */
static bool documents_known(const struct plugin *p, const char *list, char *missing, size_t room)
{
	void *tmp = talloc_new(NULL);
	const char *cursor = list;
	char *word;
	bool known = true;

	while (known && list != NULL && (word = text_next_word(tmp, &cursor)) != NULL) {
		char *colon = strchr(word, ':');
		snprintf(missing, room, "%s", word);
		if (colon != NULL)
			*colon++ = '\0';
		known = plugin_doctype(p, word) != NULL && (colon == NULL || plugin_transition(p, word, colon) != NULL);
	}
	talloc_free(tmp);
	return known;
}

static bool flags_known(const struct plugin *p, const char *flags)
{
	void *tmp = talloc_new(NULL);
	const char *cursor = flags;
	char *word;
	bool known = true;

	while (known && flags != NULL && (word = text_next_word(tmp, &cursor)) != NULL)
		known = plugin_flag(p, word) != NULL;
	talloc_free(tmp);
	return known;
}

static int check_transitions(const struct plugin *p, const struct library *library, struct error *error)
{
	char missing[64];

	for (int i = 0; i < p->transition_count; i++) {
		const struct dossier_transition *t = &p->transitions[i];
		if (!plugin_states_known(p, t->machine, t->from, missing, sizeof missing) || !plugin_states_known(p, t->machine, t->to, missing, sizeof missing))
			return plugin_refuse(error, p->file, "plugin.state", "transition %s of %s names state %s, which is not there", t->name, t->machine, missing);
		if (!roles_known(p, t->roles, missing, sizeof missing) || !roles_known(p, t->quorum, missing, sizeof missing) ||
		    !roles_known(p, t->quorum_if == NULL ? NULL : strchr(t->quorum_if, '=') == NULL ? "=" : strchr(t->quorum_if, '=') + 1, missing, sizeof missing))
			return plugin_refuse(error, p->file, "plugin.role", "transition %s of %s names role %s, which is not there", t->name, t->machine, missing);
		if (t->input != NULL && library_form(library, t->input, 0) == NULL)
			return plugin_refuse(error, p->file, "plugin.form", "transition %s of %s asks with form %s, which is not there", t->name, t->machine, t->input);
		if (t->input != NULL && check_form_roles(p, library, t->input, error) != 0)
			return -1;
		if (!documents_known(p, t->starts_document, missing, sizeof missing) || !documents_known(p, t->moves_documents, missing, sizeof missing))
			return plugin_refuse(error, p->file, "plugin.document", "transition %s of %s names %s, which is not there", t->name, t->machine, missing);
		if (!roles_known(p, t->takes_roles, missing, sizeof missing) || !roles_known(p, t->gives_role, missing, sizeof missing))
			return plugin_refuse(error, p->file, "plugin.role", "transition %s of %s takes or gives role %s, which is not there", t->name, t->machine, missing);
		if (!flags_known(p, t->sets_flag) || !flags_known(p, t->lifts_flag))
			return plugin_refuse(error, p->file, "plugin.flag", "transition %s of %s names a flag that is not there", t->name, t->machine);
		if (t->signs != NULL && plugin_doctype(p, t->signs) == NULL)
			return plugin_refuse(error, p->file, "plugin.document", "transition %s of %s signs %s, which is no document type", t->name, t->machine, t->signs);
	}
	return 0;
}

static bool steps_known(const struct plugin *p, const char *steps, char *missing, size_t room)
{
	void *tmp = talloc_new(NULL);
	char *save = NULL, *list = talloc_strdup(tmp, steps == NULL ? "" : steps);
	bool known = *list != '\0';

	snprintf(missing, room, "no step");
	for (char *word = strtok_r(list, "|", &save); known && word != NULL; word = strtok_r(NULL, "|", &save)) {
		known = plugin_transition(p, "case", word) != NULL;
		snprintf(missing, room, "%s", word);
	}
	talloc_free(tmp);
	return known;
}

static bool track_known(const struct plugin *p, const char *track)
{
	for (int i = 0; track != NULL && i < p->track_count; i++)
		if (strcmp(p->tracks[i].name, track + (*track == '!')) == 0)
			return true;
	return track == NULL;
}

static int check_tracks(const struct plugin *p, struct error *error)
{
	char missing[64];

	for (int i = 0; i < p->track_count; i++) {
		const struct dossier_track *t = &p->tracks[i];
		if (!steps_known(p, t->begins, missing, sizeof missing) || !steps_known(p, t->ends, missing, sizeof missing))
			return plugin_refuse(error, p->file, "plugin.track", "track %s begins or ends with %s, which is no step of the case", t->name, missing);
		if (!plugin_states_known(p, "case", t->skips, missing, sizeof missing))
			return plugin_refuse(error, p->file, "plugin.state", "track %s leaves out state %s, which is not there", t->name, missing);
	}
	for (int i = 0; i < p->transition_count; i++)
		if (!track_known(p, p->transitions[i].track))
			return plugin_refuse(error, p->file, "plugin.track", "transition %s of %s is on track %s, which is not there", p->transitions[i].name, p->transitions[i].machine, p->transitions[i].track);
	for (int i = 0; i < p->clock_count; i++)
		if (!track_known(p, p->clocks[i].track))
			return plugin_refuse(error, p->file, "plugin.track", "clock %s is on track %s, which is not there", p->clocks[i].name, p->clocks[i].track);
	return 0;
}

static bool transition_known(const struct plugin *p, const char *machine, const char *name)
{
	return plugin_transition(p, machine, name) != NULL || plugin_transition(p, "case", name) != NULL;
}

static bool step_known(const struct plugin *p, const char *name)
{
	for (int i = 0; i < p->transition_count; i++)
		if (strcmp(p->transitions[i].name, name) == 0)
			return true;
	return false;
}

static bool clock_known(const struct plugin *p, const char *name)
{
	for (int i = 0; i < p->clock_count; i++)
		if (strcmp(p->clocks[i].name, name) == 0)
			return true;
	return false;
}

static bool trigger_known(const struct plugin *p, const char *machine, const char *triggers, char *missing, size_t room)
{
	void *tmp = talloc_new(NULL);
	char *copy = talloc_strdup(tmp, triggers == NULL ? "" : triggers), *save = NULL;
	bool known = true;

	for (char *word = strtok_r(copy, "|", &save); known && word != NULL; word = strtok_r(NULL, "|", &save)) {
		if (strcmp(word, "created") == 0 || strcmp(word, "do:submit") == 0 || text_starts(word, "row:") || text_starts(word, "yearly:"))
			continue;
		if (text_starts(word, "do:"))
			known = transition_known(p, machine, word + 3);
		else if (text_starts(word, "input:"))
			known = transition_known(p, machine, talloc_strndup(tmp, word + 6, strcspn(word + 6, ":")));
		else if (text_starts(word, "set:") || text_starts(word, "lifted:"))
			known = plugin_flag(p, strchr(word, ':') + 1) != NULL;
		else if (text_starts(word, "clock:"))
			known = clock_known(p, word + 6);
		else if (text_starts(word, "field:"))
			known = plugin_doctype(p, talloc_strndup(tmp, word + 6, strcspn(word + 6, ":"))) != NULL;
		else
			known = false;
		if (!known)
			snprintf(missing, room, "%s", word);
	}
	talloc_free(tmp);
	return known;
}

static int check_people(const struct plugin *p, struct error *error)
{
	char missing[64];

	for (int i = 0; i < p->state_count; i++)
		if (p->states[i].waits_for != NULL && strcmp(p->states[i].waits_for, "agencies") != 0 && !roles_known(p, p->states[i].waits_for, missing, sizeof missing))
			return plugin_refuse(error, p->file, "plugin.role", "state %s of %s waits for role %s, which is not there", p->states[i].name, p->states[i].machine, missing);
	for (int i = 0; i < p->state_count; i++)
		if (!roles_known(p, p->states[i].answered, missing, sizeof missing))
			return plugin_refuse(error, p->file, "plugin.role", "state %s of %s waits in the end for role %s, which is not there", p->states[i].name, p->states[i].machine, missing);
	for (int i = 0; i < p->publication_count; i++) {
		const struct dossier_publication *x = &p->publications[i];
		if (!roles_known(p, x->redactor, missing, sizeof missing) || !roles_known(p, x->approvers, missing, sizeof missing) ||
		    !roles_known(p, x->publisher, missing, sizeof missing) || !roles_known(p, x->withdrawer, missing, sizeof missing))
			return plugin_refuse(error, p->file, "plugin.role", "publication %s names role %s, which is not there", x->name, missing);
	}
	for (int i = 0; i < p->flag_count; i++)
		if (!roles_known(p, p->flags[i].roles, missing, sizeof missing))
			return plugin_refuse(error, p->file, "plugin.role", "flag %s names role %s, which is not there", p->flags[i].name, missing);
	return 0;
}

/* Who varies a clock does it by a step of their own, so that its reason is kept like any other step's. */
static bool variation_known(const struct plugin *p, const struct dossier_clock *c)
{
	const struct dossier_transition *t = c->varied == NULL ? NULL : plugin_transition(p, c->machine, c->varied);

	return c->varied == NULL || (t != NULL && t->input != NULL && c->varies != NULL && strcmp(t->to, "=") == 0);
}

static int check_clocks(const struct plugin *p, struct error *error)
{
	char missing[64];

	for (int i = 0; i < p->clock_count; i++) {
		const struct dossier_clock *c = &p->clocks[i];
		const char *const triggers[] = { c->starts, c->stops, c->from, c->named };
		for (size_t k = 0; k < sizeof triggers / sizeof triggers[0]; k++)
			if (!trigger_known(p, c->machine, triggers[k], missing, sizeof missing))
				return plugin_refuse(error, p->file, "plugin.clock", "clock %s waits for %s, which is not there", c->name, missing);
		if (!roles_known(p, c->varies, missing, sizeof missing) || (c->waits_for != NULL && strcmp(c->waits_for, "agencies") != 0 && !roles_known(p, c->waits_for, missing, sizeof missing)))
			return plugin_refuse(error, p->file, "plugin.role", "clock %s names role %s, which is not there", c->name, missing);
		if (!variation_known(p, c))
			return plugin_refuse(error, p->file, "plugin.clock", "clock %s is varied by %s, which is no step that asks for the day and the reason and stays in its state", c->name, c->varied);
	}
	for (int i = 0; i < p->nudge_count; i++) {
		const struct dossier_nudge *n = &p->nudges[i];
		if (!clock_known(p, n->clock))
			return plugin_refuse(error, p->file, "plugin.clock", "nudge “%s” is for clock %s, which is not there", n->title, n->clock);
		if (!roles_known(p, n->roles, missing, sizeof missing))
			return plugin_refuse(error, p->file, "plugin.role", "nudge “%s” names role %s, which is not there", n->title, missing);
		if (!step_known(p, n->does))
			return plugin_refuse(error, p->file, "plugin.nudge", "nudge “%s” does %s, which is not there", n->title, n->does);
	}
	return 0;
}

static int check_rules(const struct plugin *p, struct error *error)
{
	char missing[64];

	for (int i = 0; i < p->right_count; i++) {
		const struct dossier_right *r = &p->rights[i];
		if (!roles_known(p, r->role, missing, sizeof missing))
			return plugin_refuse(error, p->file, "plugin.role", "a right names role %s, which is not there", missing);
		if (r->view != NULL && strcmp(r->actions, "list") != 0 && *plugin_view(p, r->view) == '\0')
			return plugin_refuse(error, p->file, "plugin.view", "a right of %s on %s names view %s, which is not there", r->role, r->object, r->view);
		if ((r->from_state != NULL && plugin_state(p, "case", r->from_state) == NULL) || (r->until_state != NULL && plugin_state(p, "case", r->until_state) == NULL))
			return plugin_refuse(error, p->file, "plugin.state", "a right of %s on %s names a state that is not there", r->role, r->object);
	}
	return 0;
}

int plugin_check(const struct plugin *p, const struct library *library, struct error *error)
{
	if (check_documents(p, library, error) != 0 || check_transitions(p, library, error) != 0)
		return -1;
	return check_tracks(p, error) != 0 || check_clocks(p, error) != 0 || check_rules(p, error) != 0 || check_people(p, error) != 0 ? -1 : 0;
}
