#include "case/flow.h"

#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "plugin/track.h"
#include "store/store_audit.h"

int flow_read_flags(struct flow *f, struct error *error)
{
	f->all_flag_count = flag_list(f, f->house->store, f->c->id, true, &f->all_flags, error);
	if (f->all_flag_count < 0)
		return -1;
	f->flags = talloc_array(f, struct flag_row, (size_t)f->all_flag_count + 1);
	f->flag_count = 0;
	for (int i = 0; i < f->all_flag_count; i++)
		if (f->all_flags[i].lifted == 0)
			f->flags[f->flag_count++] = f->all_flags[i];
	return 0;
}

static int load(struct flow *f, struct error *error)
{
	struct store *s = f->house->store;

	f->roles = f->actor->account == 0 ? talloc_strdup(f, "system") : may_case_roles(f, s, f->plugin, f->c, f->actor, error);
	if (f->roles == NULL)
		return -1;
	f->held = may_held(f, f->plugin, f->c, f->roles);
	f->document_count = document_list(f, s, f->c->id, &f->documents, error);
	if (f->document_count < 0 || (f->act_count = act_list(f, s, f->c->id, &f->acts, error)) < 0)
		return -1;
	if ((f->clock_count = clock_list(f, s, f->c->id, &f->clocks, error)) < 0 || flow_read_flags(f, error) != 0)
		return -1;
	if ((f->people_count = case_people(f, s, f->c->id, &f->people, error)) < 0 || (f->agency_count = people_agencies(f, s, &f->agencies, error)) < 0)
		return -1;
	f->hook = hook_new(f, s, f->house->library, f->plugin, f->c, f->documents, f->document_count, f->acts, f->act_count, f->house->holidays);
	return 0;
}

static struct flow *start(void *ctx, struct house *house, const struct actor *actor, struct case_row *c, struct error *error)
{
	struct flow *f = talloc_zero(ctx, struct flow);
	int rc;

	f->house = house;
	f->actor = actor;
	f->c = talloc_steal(f, c);
	f->plugin = plugins_get(house->plugins, c->plugin);
	if (f->plugin == NULL) {
		error_set(error, ERROR_FAULT, "case.plugin", "The plugin of this case is not loaded. Tell the people who run this service.");
		goto out;
	}
	if (store_read_begin(house->store, error) != 0)
		goto out;
	rc = load(f, error);
	store_read_end(house->store);
	if (rc == 0)
		return f;
out:
	talloc_free(f);
	return NULL;
}

struct flow *flow_of(void *ctx, struct house *house, const struct actor *actor, int64_t case_id, struct error *error)
{
	struct case_row *c = case_by_id(ctx, house->store, case_id, error);
	return c == NULL ? NULL : start(ctx, house, actor, c, error);
}

/* That a case exists is itself something not everybody may know: the answer is the same as for one that does not. */
struct flow *flow_open(void *ctx, struct house *house, const struct actor *actor, const char *pub, struct error *error)
{
	struct case_row *c = seal_is_id(pub) ? case_get(ctx, house->store, pub, error) : NULL;
	struct flow *f;

	if (c == NULL) {
		if (!seal_is_id(pub) || error->kind == ERROR_MISSING)
			error_set(error, ERROR_MISSING, "case.missing", "There is no such case, or you are not part of it.");
		return NULL;
	}
	f = start(ctx, house, actor, c, error);
	if (f != NULL && !flow_may(f, "know", "case", NULL).yes) {
		talloc_free(f);
		error_set(error, ERROR_MISSING, "case.missing", "There is no such case, or you are not part of it.");
		return NULL;
	}
	return f;
}

struct document *flow_document(struct flow *flow, const char *pub)
{
	for (int i = 0; i < flow->document_count; i++)
		if (strcmp(flow->documents[i].pub, pub) == 0)
			return &flow->documents[i];
	return NULL;
}

struct may_answer flow_may(const struct flow *flow, const char *action, const char *object, const struct document *document)
{
	struct may_about about = { flow->plugin, flow->c, flow->roles, document == NULL ? NULL : document->agency, flow->held };
	return may(flow->actor, action, object, &about);
}

const char *flow_agency_name(const struct flow *flow, const char *id)
{
	for (int i = 0; i < flow->agency_count; i++)
		if (strcmp(flow->agencies[i].id, id) == 0)
			return flow->agencies[i].name;
	return id;
}

const struct form *flow_form(const struct flow *flow, const struct document *document)
{
	const struct library_form *f = library_form(flow->house->library, document->form, document->form_version);
	return f == NULL ? NULL : f->form;
}

/* In words, as its form lists them: a choice's label, an agency's name, else the text itself. */
static const char *said_in(const struct flow *flow, const struct form *form, const struct xml_doc *doc, const char *path)
{
	for (int i = 0; i < form->field_count; i++) {
		const struct field *field = &form->fields[i];
		const char *text = strcmp(field->pattern, path) == 0 ? xml_plain(form_locate(form, doc, field->pattern)) : "";
		const struct option *option = *text == '\0' ? NULL : form_option(field, text);
		if (*text != '\0')
			return option != NULL ? option->label : field->type == FIELD_REF ? flow_agency_name(flow, text) : text;
	}
	return "";
}

/* What one of several is called: only for whoever may read all of it, for a letter's addressee may be a person. NULL: nothing is said yet. */
static char *called(void *ctx, const struct flow *flow, const struct dossier_doctype *type, const struct document *document)
{
	const struct form *form = type->called == NULL || document->latest == 0 ? NULL : flow_form(flow, document);
	const struct may_answer read = form == NULL ? (struct may_answer){ 0 } : flow_may(flow, "read", type->name, document);
	const struct xml_doc *doc = read.yes && read.view == NULL ? hook_latest(flow->hook, document) : NULL;
	const char *cursor = type->called;
	char *words = NULL, *path;

	while (doc != NULL && (path = text_next_word(ctx, &cursor)) != NULL) {
		const char *said;
		for (char *c = path; *c != '\0'; c++)
			*c = *c == '/' ? '.' : *c;
		said = said_in(flow, form, doc, path);
		if (*said != '\0')
			words = words == NULL ? talloc_strdup(ctx, said) : talloc_asprintf(ctx, "%s, %s", words, said);
	}
	return words;
}

char *flow_title(void *ctx, const struct flow *flow, const struct document *document)
{
	const struct dossier_doctype *type = plugin_doctype(flow->plugin, document->type);
	const char *title = type == NULL ? document->type : type->title;
	char *words = type == NULL ? NULL : called(ctx, flow, type, document);
	int nth = 1;

	if (words != NULL)
		return talloc_asprintf(ctx, "%s: %s", title, words);

	for (int i = 0; i < flow->document_count && flow->documents[i].id != document->id; i++)
		nth += strcmp(flow->documents[i].type, document->type) == 0;
	if (*document->agency == '\0' && type != NULL && type->max != 1 && nth > 1)
		return talloc_asprintf(ctx, "%s %d", title, nth);
	if (*document->agency == '\0')
		return talloc_strdup(ctx, title);
	return talloc_asprintf(ctx, "%s: %s", title, flow_agency_name(flow, document->agency));
}

bool flow_agencies_owe(const struct flow *flow)
{
	for (int i = 0; i < flow->document_count; i++) {
		const struct document *d = &flow->documents[i];
		const struct dossier_state *s = *d->agency == '\0' ? NULL : plugin_state(flow->plugin, d->type, d->state);
		if (s != NULL && s->waits_for != NULL && strcmp(s->waits_for, "agencies") == 0)
			return true;
	}
	return false;
}

bool flow_is_inside(const struct flow *flow)
{
	for (int i = 0; i < flow->people_count; i++)
		if (flow->people[i].account == flow->actor->account)
			return true;
	return flow->actor->account == 0 || flow_may(flow, "people", "case", NULL).yes;
}

/* Whoever saved a draft of a document has written it, whoever pressed the button in the end. */
static bool wrote(struct flow *flow, int64_t account, const struct document *d)
{
	struct error ignored;

	if (flow->wrote == NULL || flow->wrote_by != account) {
		flow->wrote_count = audit_written_by(flow, flow->house->store, flow->c->id, account, &flow->wrote, &ignored);
		flow->wrote_by = account;
	}
	for (int i = 0; i < flow->wrote_count; i++)
		if (flow->wrote[i] == d->id)
			return true;
	return flow->wrote_count < 0;      /* not known: the safe answer */
}

char *flow_done_by(void *ctx, struct flow *flow, int64_t account)
{
	char *done = talloc_strdup(ctx, "");

	for (int i = 0; i < flow->act_count; i++)
		if (flow->acts[i].actor == account)
			done = talloc_asprintf_append_buffer(done, " do:%s", flow->acts[i].name);
	for (int i = 0; account != 0 && i < flow->people_count; i++)
		if (flow->people[i].account == account)
			done = talloc_asprintf_append_buffer(done, " role:%s", flow->people[i].role);
	for (int k = 0; account != 0 && k < flow->document_count; k++)
		if (wrote(flow, account, &flow->documents[k]))
			done = talloc_asprintf_append_buffer(done, " write:%s", flow->documents[k].type);
	return done;
}

static bool has_done(struct flow *flow, int64_t account, const char *what)
{
	bool done = false;

	for (int i = 0; text_starts(what, "do:") && !done && i < flow->act_count; i++)
		done = flow->acts[i].actor == account && strcmp(flow->acts[i].name, what + strlen("do:")) == 0;
	for (int i = 0; account != 0 && text_starts(what, "role:") && !done && i < flow->people_count; i++)
		done = flow->people[i].account == account && strcmp(flow->people[i].role, what + strlen("role:")) == 0;
	for (int i = 0; account != 0 && text_starts(what, "write:") && !done && i < flow->document_count; i++)
		done = strcmp(flow->documents[i].type, what + strlen("write:")) == 0 && wrote(flow, account, &flow->documents[i]);
	return done;
}

/* Only what a rule names is looked for: who wrote what is asked of the audit, which grows with the case. */
const char *flow_separated(struct flow *flow, const char *act, int64_t account)
{
	for (int i = 0; i < flow->plugin->separation_count; i++) {
		const struct dossier_separation *s = &flow->plugin->separations[i];
		if ((strcmp(s->act_a, act) == 0 && has_done(flow, account, s->act_b)) || (strcmp(s->act_b, act) == 0 && has_done(flow, account, s->act_a)))
			return s->say;
	}
	return NULL;
}

const struct xml_doc *flow_latest(struct flow *flow, const char *type)
{
	for (int i = 0; i < flow->document_count; i++)
		if (strcmp(flow->documents[i].type, type) == 0 && flow->documents[i].latest > 0)
			return hook_latest(flow->hook, &flow->documents[i]);
	return NULL;
}

/* Some flags hold only what a document's latest version says of itself. */
static bool holds_now(const struct flow *flow, const struct dossier_flag *f)
{
	const char *colon = f->holds_if == NULL ? NULL : strchr(f->holds_if, ':');
	void *tmp = talloc_new(NULL);
	bool holds = colon == NULL;

	for (int i = 0; !holds && i < flow->document_count; i++) {
		const struct document *d = &flow->documents[i];
		const struct xml_doc *tree = d->latest > 0 && strcmp(d->type, talloc_strndup(tmp, f->holds_if, (size_t)(colon - f->holds_if))) == 0 ? hook_latest(flow->hook, d) : NULL;
		holds = tree != NULL && strcmp(xml_find_text(tmp, xml_root(tree), talloc_asprintf(tmp, "string(boolean(%s))", colon + 1)), "true") == 0;
	}
	talloc_free(tmp);
	return holds;
}

const char *flow_held(const struct flow *flow, const char *step)
{
	for (int i = 0; i < flow->flag_count; i++) {
		const struct dossier_flag *f = plugin_flag(flow->plugin, flow->flags[i].name);
		const char *holds = f == NULL || f->holds_transitions == NULL ? "" : f->holds_transitions;
		if (*holds != '\0' && (step == NULL || text_in_list(holds, step)) && holds_now(flow, f))
			return f->title;
	}
	return NULL;
}

const struct dossier_track *flow_track(const struct flow *flow) { return track_of(flow->plugin, flow->acts, flow->act_count); }
bool flow_on(const struct flow *flow, const char *track) { return track_has(flow->plugin, flow->acts, flow->act_count, track); }

/* --- what is sealed ------------------------------------------------------------------------------------------------- */

#define OPEN_FOR ((instant)60 * 60 * 1000)

static bool has_opened(const struct flow *flow, const char *object)
{
	for (int i = flow->act_count - 1; i >= 0 && flow->acts[i].at + OPEN_FOR > date_now(); i--) {
		const struct dossier_transition *t = flow->acts[i].actor != flow->actor->account || flow->acts[i].document_id != 0 ? NULL : plugin_transition(flow->plugin, "case", flow->acts[i].name);
		if (t != NULL && t->opens != NULL && text_in_list(t->opens, object))
			return true;
	}
	return false;
}

bool flow_sees_sealed(const struct flow *flow)
{
	struct may_answer open = flow_may(flow, "open", "sealed", NULL);

	if (flow->actor->account == 0 || flow_may(flow, "read", "sealed", NULL).yes)
		return true;
	return open.yes && (!open.reason || has_opened(flow, "sealed"));
}

/* The document whose form has rows that mean "party" is the register, whatever the plugin calls it. */
const struct document *flow_register(const struct flow *flow, const struct form **form_r)
{
	for (int i = 0; i < flow->document_count; i++) {
		const struct form *form = flow->documents[i].latest == 0 ? NULL : flow_form(flow, &flow->documents[i]);
		for (int k = 0; form != NULL && k < form->repeat_count; k++)
			if (form->repeats[k].is != NULL && strcmp(form->repeats[k].is, "party") == 0) {
				*form_r = form;
				return &flow->documents[i];
			}
	}
	return NULL;
}
