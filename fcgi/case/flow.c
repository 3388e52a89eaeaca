#include "case/flow.h"

#include <string.h>
#include <talloc.h>

#include "base/log.h"
#include "base/text.h"
#include "case/file_types.h"
#include "store/store_attachment.h"
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

char *flow_title(void *ctx, const struct flow *flow, const struct document *document)
{
	const struct dossier_doctype *type = plugin_doctype(flow->plugin, document->type);
	const char *title = type == NULL ? document->type : type->title;

	int nth = 1;

	for (int i = 0; i < flow->document_count && flow->documents[i].id != document->id; i++)
		nth += strcmp(flow->documents[i].type, document->type) == 0;
	if (*document->agency == '\0' && type != NULL && type->max != 1 && nth > 1)
		return talloc_asprintf(ctx, "%s %d", title, nth);
	if (*document->agency == '\0')
		return talloc_strdup(ctx, title);
	return talloc_asprintf(ctx, "%s: %s", title, flow_agency_name(flow, document->agency));
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

/* The roles by which this viewer sees what a form keeps for some: without those that must say why first, and have not. */
static const char *seen_by(void *ctx, const struct flow *flow)
{
	const char *cursor = flow->roles;
	char *seen = talloc_strdup(ctx, ""), *role;

	while ((role = text_next_word(ctx, &cursor)) != NULL) {
		struct may_about about = { flow->plugin, flow->c, role, NULL };
		if (!may(flow->actor, "open", "sealed", &about).reason)
			seen = talloc_asprintf_append(seen, "%s%s", *seen == '\0' ? "" : " ", role);
	}
	return seen;
}

/* --- the five instances --------------------------------------------------------------------------------------------- */

/* "working-together=2023": an attribute for each edition, so that a form can ask less where the guidance asked less. */
static void case_editions(void *ctx, xml_node *root, const struct flow *flow)
{
	const char *cursor = flow->c->editions;
	char *pair, *equals;

	while ((pair = text_next_word(ctx, &cursor)) != NULL)
		if ((equals = strchr(pair, '=')) != NULL) {
			*equals = '\0';
			xml_set(root, pair, equals + 1);
		}
}

/* Whom a step can name: the people of the case, for those who know them. */
static void case_people_of(void *ctx, xml_node *root, const struct flow *flow)
{
	for (int i = 0; flow_is_inside(flow) && i < flow->people_count; i++) {
		const struct dossier_role *role = plugin_role(flow->plugin, flow->people[i].role);
		xml_node *e = xml_add(root, "person");
		xml_set(e, "id", flow->people[i].pub);
		xml_set(e, "role", flow->people[i].role);
		xml_set(e, "words", talloc_asprintf(ctx, "%s, %s", flow->people[i].name, role == NULL ? flow->people[i].role : role->title));
	}
}

static struct xml_doc *instance_case(void *ctx, const struct flow *flow)
{
	struct xml_doc *doc = xml_new(ctx, "case");
	xml_node *root = xml_root(doc);

	case_editions(doc, root, flow);
	xml_set(root, "reference", flow->c->reference);
	xml_set(root, "state", flow->c->state);
	xml_set(root, "opened", date_iso(doc, date_day_of(flow->c->opened)));
	case_people_of(doc, root, flow);
	return doc;
}

static struct xml_doc *instance_viewer(void *ctx, const struct flow *flow)
{
	struct xml_doc *doc = xml_new(ctx, "viewer");
	xml_node *root = xml_root(doc);

	xml_set(root, "name", flow->actor->name);
	xml_set(root, "agency", flow->actor->agency);
	xml_set(root, "agency-name", flow_agency_name(flow, flow->actor->agency));
	xml_set(root, "roles", flow->roles);
	return doc;
}

static struct xml_doc *instance_agencies(void *ctx, const struct flow *flow)
{
	struct xml_doc *doc = xml_new(ctx, "agencies");

	for (int i = 0; i < flow->agency_count; i++) {
		xml_node *a = xml_add(xml_root(doc), "agency");
		xml_set(a, "id", flow->agencies[i].id);
		xml_set(a, "name", flow->agencies[i].name);
		xml_set(a, "type", flow->agencies[i].type);
	}
	return doc;
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

static const char *meaning_text(void *ctx, const struct form *form, xml_node *row, const char *kind, const char *part)
{
	const xml_node *node = form_meaning(form, row, talloc_asprintf(ctx, "%s.%s", kind, part));
	return node == NULL ? "" : xml_text(ctx, node);
}

static void register_entries(void *ctx, const struct form *form, const struct xml_doc *source, const char *kind, const struct may_answer *read, bool sealed, xml_node *into)
{
	xml_node **rows;
	int n = form_rows(ctx, form, source, kind, &rows);

	for (int i = 0; i < n; i++) {
		const char *id = meaning_text(ctx, form, rows[i], kind, "id"), *label = meaning_text(ctx, form, rows[i], kind, "label");
		const char *name = meaning_text(ctx, form, rows[i], kind, "name");
		bool informant = strcmp(meaning_text(ctx, form, rows[i], kind, "informant"), "yes") == 0;
		bool told = (strcmp(kind, "party") == 0 && informant) || strcmp(kind, "staff") == 0;      /* who tells, and who is staff, is sealed */
		bool named = read->yes && (read->view == NULL || strcmp(kind, "party") == 0) && (!told || !sealed) && *name != '\0';
		xml_node *e = xml_add(into, "entry");
		xml_set(e, "id", id);
		xml_set(e, "kind", kind);
		xml_set(e, "label", label);
		if (named)
			xml_set(e, "name", name);
		if (informant)      /* for the rules of forms alone: model_form takes it away */
			xml_set(e, "informant", "yes");
		xml_setf(e, "words", "%s%s%s", id, named || *label != '\0' ? " " : "", named ? name : label);
	}
}

static struct xml_doc *instance_register(void *ctx, struct flow *flow)
{
	static const char *const kinds[] = { "party", "place", "organisation", "staff" };
	struct xml_doc *doc = xml_new(ctx, "register");
	const struct form *form;
	const struct document *d = flow_register(flow, &form);
	const struct xml_doc *source = d == NULL ? NULL : hook_latest(flow->hook, d);
	struct may_answer read;

	if (source == NULL)
		return doc;
	read = flow_may(flow, "read", d->type, d);
	if (!read.yes)
		read = flow_may(flow, "list", d->type, d);      /* who is asked to search must know for whom */
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		register_entries(doc, form, source, kinds[i], &read, !flow_sees_sealed(flow), xml_root(doc));
	return doc;
}

static struct xml_doc *instance_documents(void *ctx, const struct flow *flow)
{
	struct xml_doc *doc = xml_new(ctx, "documents");

	for (int i = 0; i < flow->document_count; i++) {
		const struct document *d = &flow->documents[i];
		xml_node *e;
		if (!flow_may(flow, "read", d->type, d).yes && !flow_may(flow, "write", d->type, d).yes)
			continue;
		e = xml_add(xml_root(doc), "document");
		xml_set(e, "id", d->pub);
		xml_set(e, "type", d->type);
		xml_set(e, "agency", d->agency);
		xml_set(e, "title", flow_title(doc, flow, d));
	}
	return doc;
}

/* Only where the form asks for files: their names must be unsealed. What cannot be opened is none of the document's files, and a fault where it is named. */
static void know_files(struct judge *judge, struct flow *flow, const struct document *document)
{
	struct attachment *list;
	struct judge_file *files;
	struct error error;
	int n = attachment_list(judge, flow->house->store, document, &list, &error);

	if (n < 0)
		log_line(LOG_ERROR, "attachments.unread", "document=%s code=%s", document->pub, error.code);
	files = n > 0 ? talloc_array(judge, struct judge_file, n) : NULL;
	for (int i = 0; i < n; i++)
		files[i] = (struct judge_file){ list[i].pub, list[i].field, file_words(judge, &list[i]),
			talloc_asprintf(judge, "/work/cases/%s/documents/%s/attachments/%s", flow->c->pub, document->pub, list[i].pub) };
	judge->files = files;
	judge->file_count = n > 0 ? n : 0;
}

struct judge *flow_judge(void *ctx, struct flow *flow, const struct form *form, const struct document *document)
{
	struct judge *judge = talloc_zero(ctx, struct judge);
	struct xpath_instance *list = talloc_array(judge, struct xpath_instance, 5);

	if (document != NULL && !flow_may(flow, "write", document->type, document).yes)
		judge->only = plugin_view(flow->plugin, flow_may(flow, "read", document->type, document).view);
	list[0] = (struct xpath_instance){ "case", instance_case(judge, flow) };
	list[1] = (struct xpath_instance){ "viewer", instance_viewer(judge, flow) };
	list[2] = (struct xpath_instance){ "agencies", instance_agencies(judge, flow) };
	list[3] = (struct xpath_instance){ "register", instance_register(judge, flow) };
	list[4] = (struct xpath_instance){ "documents", instance_documents(judge, flow) };
	judge->form = form;
	judge->instances = list;
	judge->instance_count = 5;
	judge->world.today = date_day_of(date_now());
	judge->world.holidays = flow->house->holidays;
	judge->world.common_words = flow->house->common_words;
	judge->world.common_count = flow->house->common_count;
	judge->roles = flow->actor->account == 0 ? NULL : flow->roles;
	judge->blind = judge->roles != NULL && !flow_sees_sealed(flow);
	judge->seen = judge->blind ? seen_by(judge, flow) : NULL;
	if (document != NULL && form_takes_files(form))
		know_files(judge, flow, document);
	return judge;
}
