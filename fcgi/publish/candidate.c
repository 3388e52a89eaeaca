#include "publish/candidate.h"

#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#include "adapter/html.h"
#include "base/text.h"
#include "form/fill.h"
#include "publish/release.h"
#include "store/store_version.h"

#define MARKS_FORM "shared/marks"
#define COMMON_WORDS "/usr/share/dict/british-english"       /* Debian's wbritish */

int publishing_start(void *ctx, const struct config *config, struct publishing **publishing_r, struct error *error)
{
	struct publishing *p = talloc_zero(ctx, struct publishing);

	p->common = words_read(p, COMMON_WORDS, error);
	p->glossary = p->common == NULL ? NULL : words_read(p, config_path(p, config->share_dir, "data/glossary.txt"), error);
	if (p->glossary == NULL)
		return -1;
	*publishing_r = p;
	return 0;
}

/* --- the redactor's decisions ------------------------------------------------------------------------------------------------ */

static char *marks_type(void *ctx, const struct publication *p) { return talloc_asprintf(ctx, "marks-%s", p->pub); }

static struct document *marks_of(struct flow *flow, const struct publication *p)
{
	char *type = marks_type(flow, p);

	for (int i = 0; i < flow->document_count; i++)
		if (strcmp(flow->documents[i].type, type) == 0)
			return &flow->documents[i];
	return NULL;
}

struct xml_doc *candidate_marks(void *ctx, struct flow *flow, const struct publication *p, struct error *error)
{
	const struct library_form *f = library_form(flow->house->library, MARKS_FORM, 0);
	struct document *d = marks_of(flow, p);
	const struct xml_doc *latest = d == NULL ? NULL : hook_latest(flow->hook, d);

	if (f == NULL) {
		error_set(error, ERROR_FAULT, "marks.form", "The form for a redactor's decisions is not installed.");
		return NULL;
	}
	return latest == NULL ? xml_copy(ctx, f->form->empty) : xml_copy(ctx, latest);
}

/* Two redactors at once: whoever read the decisions before the other's were kept must read them again, or the later save would wipe the earlier one. */
static bool marks_moved(struct flow *flow, const struct publication *p, const struct document *read, struct error *error)
{
	char *type = marks_type(flow, p);
	struct document *list;
	int n = document_list(flow, flow->house->store, flow->c->id, &list, error);
	bool moved = n < 0;

	for (int i = 0; !moved && i < n; i++)
		moved = strcmp(list[i].type, type) == 0 && (read == NULL || list[i].latest != read->latest);
	if (moved && n >= 0)
		error_set(error, ERROR_CONFLICT, "marks.moved", "Somebody else has kept a decision in the same moment. Look at the page again: yours was not kept.");
	return moved;
}

int candidate_keep_marks(struct flow *flow, const struct publication *p, const struct xml_doc *marks, struct error *error)
{
	const struct form *form = library_form(flow->house->library, MARKS_FORM, 0)->form;
	struct store *store = flow->house->store;
	struct document *d = marks_of(flow, p), made;
	size_t length;
	char *bytes = xml_write(flow, xml_root(marks), &length);
	int n, rc = -1;
	bool same;
	instant at;

	if (store_begin(store, error) != 0)
		return -1;
	if (marks_moved(flow, p, d, error))
		goto out;
	if (d == NULL) {
		if (document_add(store, flow->actor, flow->c->id, marks_type(flow, p), form->id, form->version, "", "", &made, error) != 0)
			goto out;
		d = &made;
	}
	if (version_add(store, flow->actor, d, form->version, bytes, length, "", &n, &same, &at, error) == 0)
		rc = store_commit(store, error);
out:
	if (rc != 0)
		store_rollback(store);
	return rc;
}

bool candidate_redacted_by(struct flow *flow, const struct publication *p, const struct candidate *latest, int64_t account)
{
	struct document *d = marks_of(flow, p);
	struct version *list;
	struct error ignored;
	int n = d == NULL ? 0 : version_list(flow, flow->house->store, d, &list, &ignored);

	for (int i = 0; i < n; i++)
		if (list[i].author == account)
			return true;
	return latest != NULL && latest->by == account;
}

/* --- what was accepted ----------------------------------------------------------------------------------------------------------- */

struct gate_accepted *candidate_accepted(void *ctx, const struct xml_doc *marks, int *count_r)
{
	xml_node **items;
	int n = marks == NULL ? 0 : xml_find_all(ctx, xml_root(marks), "accepted/item[kind='ordinary']", &items);
	struct gate_accepted *list = talloc_zero_array(ctx, struct gate_accepted, n + 1);

	for (int i = 0; i < n; i++)
		list[i] = (struct gate_accepted){ xml_plain(xml_child(items[i], "word")), atoi(xml_plain(xml_child(items[i], "occurrence"))), xml_plain(xml_child(items[i], "context")) };
	*count_r = n;
	return list;
}

static struct residue_accepted *residue_acceptances(void *ctx, const struct xml_doc *marks, int *count_r)
{
	xml_node **items;
	int n = marks == NULL ? 0 : xml_find_all(ctx, xml_root(marks), "accepted/item[kind!='ordinary']", &items);
	struct residue_accepted *list = talloc_zero_array(ctx, struct residue_accepted, n + 1);

	for (int i = 0; i < n; i++)
		list[i] = (struct residue_accepted){ xml_plain(xml_child(items[i], "kind")), xml_plain(xml_child(items[i], "word")), xml_plain(xml_child(items[i], "reason")) };
	*count_r = n;
	return list;
}

/* --- making ------------------------------------------------------------------------------------------------------------------------ */

static struct xml_doc *assembled(void *ctx, struct flow *flow, struct making *m, struct error *error)
{
	const struct xml_doc *latest = hook_latest(flow->hook, m->document);
	const struct form *form = flow_form(flow, m->document);
	struct faults *faults = faults_new(ctx, 20);
	const struct dossier_host *host;
	struct xml_doc *doc;

	if (latest == NULL) {
		error_set(error, ERROR_CONFLICT, "publication.no-version", "Submit the document first: only a submitted version can be published.");
		return NULL;
	}
	if (m->row->assemble == NULL)
		return xml_copy(ctx, latest);
	doc = xml_copy(ctx, form->empty);
	host = hook_begin(flow->hook);
	m->row->assemble(host, hook_case(flow->hook), hook_doc(flow->hook, latest, m->document), hook_out(flow->hook, form, doc), hook_faults(flow->hook, faults));
	hook_end();
	if (faults->errors == 0)
		return doc;
	error_set(error, ERROR_CONFLICT, faults->list[0].code, "%s", faults->list[0].say);
	return NULL;
}

static char *month_words(void *ctx, day d)
{
	int y, m, n;

	date_to_ymd(d, &y, &m, &n);
	return talloc_asprintf(ctx, "%s %d", date_month_name(m), y);
}

/* Facts of the edition that stand in the bytes: all public by their nature, all fixed by the approval. */
static void edition_facts(void *ctx, struct flow *flow, const struct form *form, const struct xml_doc *doc, const struct publication *p, day published, xml_node *tree)
{
	struct error ignored;
	day due;

	xml_set(tree, "partnership", flow->house->config->partnership);
	xml_set(tree, "published", date_iso(ctx, published));
	xml_set(tree, "published-words", month_words(ctx, published));
	xml_setf(tree, "edition", "%d", p->edition + 1);
	for (int i = 0; i < form->field_count; i++)
		if (field_is(&form->fields[i], "due") && form->fields[i].class == CLASS_PUBLIC &&
		    date_parse(xml_plain(form_locate(form, doc, form->fields[i].pattern)), &due, &ignored) == 0)
			xml_set(tree, "review-words", month_words(ctx, due));
}

/* What a reader sees: the text of the page's main part, its elements apart by blanks, emphasis within a sentence aside. An address that a link leads to is
 * seen too, by whoever follows it or only points at it: its words are words of the page. */
static void visible(xml_node *node, char **text)
{
	for (xml_node *child = xml_first_any(node); child != NULL; child = xml_next_any(child)) {
		bool block = xml_is_element(child) && !text_in_list("em strong span a abbr time", xml_name(child));
		if (xml_is_text(child))
			*text = talloc_strdup_append_buffer(*text, xml_content(child));
		if (block)
			*text = talloc_strdup_append_buffer(*text, "\n");
		if (xml_is_element(child))
			visible(child, text);
		if (xml_is_element(child) && xml_get(child, "href") != NULL && text_starts(xml_get(child, "href"), "https:"))
			*text = talloc_asprintf_append_buffer(*text, "\n%s\n", xml_get(child, "href"));
		if (block)
			*text = talloc_strdup_append_buffer(*text, "\n");
	}
}

/* The edition's own days stand in the page once each and are nobody's secret; where one stands again it is read like any other. */
static void blank_once(char *text, const char *words)
{
	char *at = words == NULL || *words == '\0' ? NULL : strstr(text, words);

	if (at != NULL)
		memset(at, ' ', strlen(words));
}

static int render(void *ctx, struct flow *flow, struct making *m, const char *title, struct error *error)
{
	const struct xslt *sheet = flow->plugin->sheets[m->row - flow->plugin->publications];
	struct xml_doc *html = xslt_apply(ctx, sheet, xml_copy(ctx, m->redaction->tree), error);
	xml_node *main = html == NULL ? NULL : xml_find(xml_root(html), "//main");
	unsigned char hash[SEAL_HASH];

	if (html == NULL || (m->candidate.bytes = html_write(ctx, html, &m->candidate.length, error)) == NULL)
		return -1;
	seal_sha256(m->candidate.bytes, m->candidate.length, hash);
	m->candidate.sha256 = text_hex(ctx, hash, SEAL_HASH);
	m->candidate.title = talloc_strdup(ctx, title);
	m->visible = talloc_strdup(ctx, "");
	visible(main == NULL ? xml_root(html) : main, &m->visible);
	blank_once(m->visible, xml_get(xml_root(m->redaction->tree), "published-words"));
	blank_once(m->visible, xml_get(xml_root(m->redaction->tree), "review-words"));
	return 0;
}

static const char *title_of(void *ctx, const struct form *form, const struct xml_doc *tree)
{
	for (int i = 0; i < form->field_count; i++)
		if (field_is(&form->fields[i], "title")) {
			xml_node *f = xml_find(xml_root(tree), talloc_asprintf(ctx, "field[@name='%s']", form->fields[i].pattern));
			if (f != NULL)
				return xml_text(ctx, f);
		}
	return "";
}

/* The page's address is read before the page is, and by everybody it is sent to. One that was public already, and one that nobody chose, stays as it is. */
static int read_address(void *ctx, const struct publishing *with, const struct publication *p, struct making *m, const struct residue_accepted *known, int known_count, struct error *error)
{
	struct residue_item *items;
	char *words = talloc_strdup(ctx, m->candidate.slug);
	int n;

	if (seal_is_id(words) || (p->edition > 0 && strcmp(p->slug, words) == 0))
		return 0;
	for (char *c = words; *c != '\0'; c++)
		*c = *c == '-' ? ' ' : *c;
	n = residue_find(ctx, with->common, with->glossary, m->row->watch, words, known, known_count, &items, error);
	for (int i = 0; m->slug_word == NULL && i < n; i++)
		m->slug_word = items[i].forbidden || !items[i].accepted ? items[i].word : NULL;
	return n < 0 ? -1 : 0;
}

static int search(void *ctx, struct flow *flow, const struct publishing *with, const struct publication *p, struct making *m, const struct secrets *secrets, struct error *error)
{
	const char *allowed[] = { flow->house->config->partnership, NULL };
	struct gate_page page = { .address = talloc_asprintf(ctx, "/%s/%s", m->row->folder, m->candidate.slug), .headers = release_headers,
		.bytes = m->candidate.bytes, .length = m->candidate.length, .allowed = allowed };
	int accepted_count, known_count;
	struct gate_accepted *accepted = candidate_accepted(ctx, m->marks_doc, &accepted_count);
	struct residue_accepted *known = residue_acceptances(ctx, m->marks_doc, &known_count);

	if (gate_check(ctx, candidate_entries(ctx, secrets), secrets->count, accepted, accepted_count, &page, &m->gate, error) != 0)
		return -1;
	m->residue_count = residue_find(ctx, with->common, with->glossary, m->row->watch, m->visible, known, known_count, &m->residue, error);
	return m->residue_count < 0 ? -1 : read_address(ctx, with, p, m, known, known_count, error);
}

/* A sentence that somebody has read and lets stand is accepted like a word that is watched for. */
static void read_sentences(struct making *m)
{
	xml_node **items;
	int n = xml_find_all(m, xml_root(m->marks_doc), "accepted/item[kind='" CANDIDATE_SENTENCE "']", &items);

	for (int i = 0; i < m->redaction->broken_count; i++)
		for (int k = 0; k < n; k++)
			if (strcmp(xml_plain(xml_child(items[k], "word")), m->redaction->broken[i].sentence) == 0)
				m->redaction->broken[i].reason = xml_plain(xml_child(items[k], "reason"));
}

static void count_open(struct making *m)
{
	m->open = m->gate->refused ? 1 : m->gate->count;
	m->open += m->redaction->stale_count;
	for (int i = 0; i < m->redaction->broken_count; i++)
		m->open += m->redaction->broken[i].reason == NULL;
	for (int i = 0; i < m->residue_count; i++)
		m->open += m->residue[i].forbidden || !m->residue[i].accepted;
}

int candidate_make(void *ctx, struct flow *flow, const struct publishing *with, const struct publication *p, const char *slug, day published,
	struct making **making_r, struct error *error)
{
	struct making *m = talloc_zero(ctx, struct making);
	const struct form *form, *register_form;
	unsigned char hash[SEAL_HASH];
	struct secrets *secrets;
	struct marks *marks;
	struct xml_doc *doc;

	m->row = plugin_publication(flow->plugin, p->type);
	for (int i = 0; i < flow->document_count; i++)
		if (flow->documents[i].id == p->document_id)
			m->document = &flow->documents[i];
	m->reg = (struct document *)(uintptr_t)flow_register(flow, &register_form);
	if (m->row == NULL || m->document == NULL)
		return error_set(error, ERROR_FAULT, "publication.row", "The plugin no longer knows this kind of publication.");
	form = flow_form(flow, m->document);
	m->marks = marks_of(flow, p);
	m->marks_doc = candidate_marks(m, flow, p, error);
	doc = m->marks_doc == NULL ? NULL : assembled(m, flow, m, error);
	if (doc != NULL && m->row->only != NULL && xml_find(xml_root(doc), m->row->only) == NULL)
		return error_set(error, ERROR_CONFLICT, "publication.only", "%s", m->row->only_say);
	secrets = doc == NULL ? NULL : candidate_secrets(m, flow, true, error);
	marks = secrets == NULL ? NULL : marks_read(m, m->marks_doc, error);
	if (marks == NULL)
		return -1;
	if (redact(m, form, doc, secrets, marks, &m->redaction, error) != 0)
		return -1;
	edition_facts(m, flow, form, doc, p, published, xml_root(m->redaction->tree));
	m->candidate.slug = talloc_strdup(m, slug);
	m->candidate.published = published;
	m->candidate.document_version = m->document->latest;
	m->candidate.register_version = m->reg->latest;
	m->candidate.marks_version = m->marks == NULL ? 0 : m->marks->latest;
	if (version_hash(flow->house->store, m->reg, m->reg->latest, hash, error) != 0)
		return -1;
	m->candidate.register_hash = text_hex(m, hash, SEAL_HASH);
	m->candidate.rules = talloc_asprintf(m, "%s; %s %s", GATE_RULES, flow->plugin->name, flow->plugin->descriptor->version);
	if (render(m, flow, m, title_of(m, form, m->redaction->tree), error) != 0 || search(m, flow, with, p, m, secrets, error) != 0)
		return -1;
	read_sentences(m);
	count_open(m);
	*making_r = m;
	return 0;
}
