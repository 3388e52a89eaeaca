/* What a form is judged against in a case: the five instances of docs/forms.md, as far as the viewer may see them. */
#include "case/flow.h"

#include <string.h>
#include <talloc.h>

#include "base/log.h"
#include "base/text.h"
#include "case/file_types.h"
#include "store/store_attachment.h"

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
	const struct dossier_track *track = flow_track(flow);
	struct xml_doc *doc = xml_new(ctx, "case");
	xml_node *root = xml_root(doc);

	case_editions(doc, root, flow);
	xml_set(root, "reference", flow->c->reference);
	xml_set(root, "state", flow->c->state);
	if (track != NULL)
		xml_set(root, "track", track->name);
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
