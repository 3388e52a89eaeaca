#include "plugin/host.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "adapter/fold.h"
#include "form/fill.h"
#include "form/functions.h"
#include "store/store_people.h"

/* The opaque types of dossier/plugin.h. */
struct dossier_doc { struct hook *hook; const struct xml_doc *doc; xml_node *node; const struct document *row; int version; int64_t author; };
struct dossier_case { struct hook *hook; };
struct dossier_out { struct hook *hook; const struct form *form; struct xml_doc *doc; };
struct dossier_faults { struct faults *faults; };

struct loaded { const struct document *row; struct dossier_doc *doc; };
struct folded_node { const xml_node *node; const char *text; };

struct hook {
	struct store *store;
	const struct library *library;
	const struct plugin *plugin;
	const struct case_row *c;
	const struct document *documents; int document_count;
	const struct act *acts; int act_count;
	const struct holidays *holidays;
	struct dossier_case case_handle;
	struct loaded *loaded; int loaded_count;
	struct folded_node *folded; int folded_count;      /* of one call: trees may go between two */
	struct agency *agencies; int agency_count;
};

static struct hook *current;

struct hook *hook_new(void *ctx, struct store *store, const struct library *library, const struct plugin *plugin, const struct case_row *c,
	const struct document *documents, int document_count, const struct act *acts, int act_count, const struct holidays *holidays)
{
	struct hook *h = talloc_zero(ctx, struct hook);

	*h = (struct hook){ store, library, plugin, c, documents, document_count, acts, act_count, holidays, { h }, .loaded = NULL };
	h->loaded = talloc_zero_array(h, struct loaded, document_count + 1);
	return h;
}

const struct dossier_case *hook_case(struct hook *hook) { return &hook->case_handle; }

static struct dossier_doc *doc_new(struct hook *hook, const struct xml_doc *doc, xml_node *node, const struct document *row)
{
	struct dossier_doc *d = talloc_zero(hook, struct dossier_doc);

	*d = (struct dossier_doc){ hook, doc, node, row, row == NULL ? 0 : row->latest, row == NULL ? 0 : row->created_by };
	return d;
}

/* The trees are the store's and borrowed until the request ends. */
static void take_over(struct hook *hook, const struct dossier_doc *opened, const struct document *row)
{
	struct dossier_doc *d;

	if (opened->row->id != row->id || opened->version != row->latest)
		return;
	d = doc_new(hook, opened->doc, opened->node, row);
	d->author = opened->author;
	hook->loaded[hook->loaded_count++] = (struct loaded){ row, d };
}

struct hook *hook_again(void *ctx, const struct hook *old, const struct document *documents, int document_count, const struct act *acts, int act_count)
{
	struct hook *hook = hook_new(ctx, old->store, old->library, old->plugin, old->c, documents, document_count, acts, act_count, old->holidays);

	for (int i = 0; i < old->loaded_count; i++)
		for (int k = 0; k < document_count; k++)
			take_over(hook, old->loaded[i].doc, &documents[k]);
	return hook;
}

const struct dossier_doc *hook_doc(struct hook *hook, const struct xml_doc *doc, const struct document *row)
{
	if (doc == NULL && row == NULL)
		return NULL;
	return doc_new(hook, doc, doc == NULL ? NULL : xml_root(doc), row);      /* a shell without text still has agency and state */
}

struct dossier_faults *hook_faults(struct hook *hook, struct faults *faults)
{
	struct dossier_faults *f = talloc_zero(hook, struct dossier_faults);
	f->faults = faults;
	return f;
}

struct dossier_out *hook_out(struct hook *hook, const struct form *form, struct xml_doc *doc)
{
	struct dossier_out *out = talloc_zero(hook, struct dossier_out);
	*out = (struct dossier_out){ hook, form, doc };
	return out;
}

/* Opened once a hook; a version that cannot be opened is not there for a plugin, and verify tells why. */
static struct dossier_doc *latest(struct hook *hook, const struct document *row)
{
	struct error ignored;
	const struct xml_doc *doc;
	int64_t author;

	for (int i = 0; i < hook->loaded_count; i++)
		if (hook->loaded[i].row == row)
			return hook->loaded[i].doc;
	if (row->latest == 0 || (doc = version_opened(hook->store, row, row->latest, &author, &ignored)) == NULL)
		return NULL;
	hook->loaded[hook->loaded_count] = (struct loaded){ row, doc_new(hook, doc, xml_root(doc), row) };
	hook->loaded[hook->loaded_count].doc->author = author;
	return hook->loaded[hook->loaded_count++].doc;
}

const struct xml_doc *hook_latest(struct hook *hook, const struct document *document)
{
	for (int i = 0; i < hook->document_count; i++)
		if (hook->documents[i].id == document->id) {
			struct dossier_doc *d = latest(hook, &hook->documents[i]);
			return d == NULL ? NULL : d->doc;
		}
	return NULL;
}

/* --- the services, in the order of struct dossier_host --------------------------------------------------------------- */

static const char *host_text(const struct dossier_doc *d, const char *xpath)
{
	return d == NULL || d->node == NULL ? "" : xml_find_text(current, d->node, xpath);
}

static double host_number(const struct dossier_doc *d, const char *xpath)
{
	const char *text = host_text(d, xpath);
	char *end;
	double n = strtod(text, &end);
	return *text == '\0' || *end != '\0' ? NAN : n;
}

static int host_count(const struct dossier_doc *d, const char *xpath)
{
	xml_node **nodes;
	return d == NULL || d->node == NULL ? 0 : xml_find_all(current, d->node, xpath, &nodes);
}

static int host_yes(const struct dossier_doc *d, const char *xpath)
{
	return strcmp(host_text(d, xpath), "yes") == 0;
}

static const struct dossier_doc *host_doc(const struct dossier_case *c, const char *type, const char *agency, int index)
{
	struct hook *h = c->hook;

	for (int i = 0; i < h->document_count; i++) {
		const struct document *row = &h->documents[i];
		if (strcmp(row->type, type) != 0 || (agency != NULL && strcmp(row->agency, agency) != 0) || index-- > 0)
			continue;
		struct dossier_doc *d = latest(h, row);
		return d != NULL ? d : doc_new(h, NULL, NULL, row);   /* a shell without text still has agency and state */
	}
	return NULL;
}

static const char *host_doc_agency(const struct dossier_doc *d) { return d == NULL || d->row == NULL ? "" : d->row->agency; }
static const char *host_doc_state(const struct dossier_doc *d) { return d == NULL || d->row == NULL ? "" : d->row->state; }
static int host_doc_version(const struct dossier_doc *d) { return d == NULL ? 0 : d->version; }
static const char *host_state(const struct dossier_case *c) { return c->hook->c->state; }

static const char *pair_value(void *ctx, const char *pairs, const char *name)
{
	const char *cursor = pairs;
	size_t length = strlen(name);
	char *word;

	while ((word = text_next_word(ctx, &cursor)) != NULL)
		if (strncmp(word, name, length) == 0 && word[length] == '=')
			return word + length + 1;
	return "";
}

static const char *host_edition(const struct dossier_case *c, const char *name) { return pair_value(c->hook, c->hook->c->editions, name); }

static const char *host_setting(const struct dossier_case *c, const char *name)
{
	const struct plugin *p = c->hook->plugin;
	const char *value = pair_value(c->hook, c->hook->c->settings, name);

	for (int i = 0; *value == '\0' && i < p->setting_count; i++)
		if (strcmp(p->settings[i].name, name) == 0)
			value = p->settings[i].value;
	return value;
}

static const struct act *last_act(const struct dossier_case *c, const char *transition)
{
	for (int i = c->hook->act_count - 1; i >= 0; i--)
		if (strcmp(c->hook->acts[i].name, transition) == 0)
			return &c->hook->acts[i];
	return NULL;
}

static int32_t host_act_day(const struct dossier_case *c, const char *transition)
{
	const struct act *a = last_act(c, transition);
	return a == NULL ? DAY_NONE : a->day;
}

static const char *said(const struct dossier_case *c, const struct act *a, const char *xpath)
{
	struct error ignored;
	char *input = a == NULL ? NULL : act_input(c->hook, c->hook->store, c->hook->c->id, a->id, &ignored);
	struct xml_doc *doc;

	if (input == NULL || *input == '\0')
		return "";
	doc = xml_read_own(c->hook, input, strlen(input), "act", &ignored);
	return doc == NULL ? "" : xml_find_text(c->hook, xml_root(doc), xpath);
}

static const char *host_act_input(const struct dossier_case *c, const char *transition, const char *xpath)
{
	return said(c, last_act(c, transition), xpath);
}

static int host_act_by(const struct dossier_case *c, const char *transition, const char *role, int64_t *account)
{
	for (int i = c->hook->act_count - 1; i >= 0; i--) {
		const struct act *a = &c->hook->acts[i];
		if (strcmp(a->name, transition) == 0 && a->round == c->hook->c->round && (role == NULL || strcmp(a->role, role) == 0)) {
			*account = a->actor;
			return 1;
		}
	}
	return 0;
}

/* A role speaks in a round: three signatures under an older report are not those of this one. */
static const char *host_act_said(const struct dossier_case *c, const char *transition, const struct dossier_doc *d, const char *role, const char *xpath)
{
	int64_t document = d == NULL || d->row == NULL ? 0 : d->row->id;

	for (int i = c->hook->act_count - 1; i >= 0; i--) {
		const struct act *a = &c->hook->acts[i];
		if (strcmp(a->name, transition) == 0 && a->document_id == document && (role == NULL || (strcmp(a->role, role) == 0 && a->round == c->hook->c->round)))
			return said(c, a, xpath);
	}
	return "";
}

static const struct dossier_doc *host_doc_before(const struct dossier_doc *d)
{
	return d == NULL || d->row == NULL ? NULL : latest(d->hook, d->row);
}

static int64_t host_author(const struct dossier_doc *d) { return d == NULL ? 0 : d->author; }

static int host_day(const char *iso, int32_t *result)
{
	struct error ignored;
	return date_parse(iso, result, &ignored) == 0;
}

static const char *host_iso(int32_t d) { return d == DAY_NONE ? "" : date_iso(current, d); }
static const char *host_words(const char *written, const char *precision)
{
	return date_when_words(current, written, precision == NULL ? "exact" : precision);
}

static int32_t host_working_day(int32_t from, int n)
{
	struct error ignored;
	day result;
	return date_add_working(current->holidays, from, n, &result, &ignored) == 0 ? result : DAY_NONE;
}

static int32_t host_today(void) { return date_day_of(date_now()); }

static int say(struct dossier_faults *f, int warning, const char *code, const char *field, const char *format, va_list list)
{
	char sentence[400];
	vsnprintf(sentence, sizeof sentence, format, list);
	faults_add(f->faults, warning, code, field == NULL ? "" : field, 0, "%s", sentence);
	return -1;
}

__attribute__((format(printf, 4, 5)))
static int host_fault(struct dossier_faults *f, const char *code, const char *field, const char *format, ...)
{
	va_list list;
	va_start(list, format);
	say(f, 0, code, field, format, list);
	va_end(list);
	return -1;
}

__attribute__((format(printf, 4, 5)))
static int host_warn(struct dossier_faults *f, const char *code, const char *field, const char *format, ...)
{
	va_list list;
	va_start(list, format);
	say(f, 1, code, field, format, list);
	va_end(list);
	return -1;
}

/* The element of a dotted name; rows that are not there yet are made. */
static xml_node *reach(struct dossier_out *out, const char *name)
{
	xml_node *node = form_locate(out->form, out->doc, name);
	struct error ignored;
	const char *digit = name;

	for (int tries = 0; node == NULL && tries < 4; tries++) {
		/* the first row number whose row is missing: everything before it names the repeat */
		for (digit = name; (digit = strpbrk(digit, "0123456789")) != NULL; digit++) {
			char *row, *repeat;
			size_t length = strspn(digit, "0123456789");
			if (digit == name || digit[-1] != '.')
				continue;
			row = talloc_strndup(current, name, (size_t)(digit - name) + length);
			repeat = talloc_strndup(current, name, (size_t)(digit - name) - 1);
			if (form_locate(out->form, out->doc, row) == NULL && fill_add_row(current, out->form, out->doc, repeat, &row, &ignored) != 0)
				return NULL;
		}
		node = form_locate(out->form, out->doc, name);
	}
	return node;
}

static int host_put(struct dossier_out *out, const char *name, const char *text)
{
	xml_node *node = reach(out, name);

	if (node == NULL)
		return -1;
	xml_replace_text(node, text == NULL ? "" : text);
	return 0;
}

static int host_copy(struct dossier_out *out, const char *name, const struct dossier_doc *from, const char *xpath)
{
	xml_node *node = reach(out, name), *source = from == NULL || from->node == NULL ? NULL : xml_find(from->node, xpath);

	if (node == NULL || source == NULL)
		return -1;
	xml_empty(node);
	for (xml_node *child = xml_first_any(source); child != NULL; child = xml_next_any(child)) {
		if (xml_is_text(child))
			xml_append(node, xml_content(child));
		else if (xml_is_element(child))
			xml_copy_into(node, child);
	}
	return 0;
}

static int host_rows(const struct dossier_doc *d, const char *xpath, int (*each)(void *data, const struct dossier_doc *row), void *data)
{
	xml_node **nodes;
	int n = d == NULL || d->node == NULL ? 0 : xml_find_all(current, d->node, xpath, &nodes), rc = 0;

	for (int i = 0; rc == 0 && i < n; i++) {
		struct dossier_doc *row = doc_new(d->hook, d->doc, nodes[i], d->row);
		row->author = d->author;
		rc = each(data, row);
	}
	return rc;
}

static const char *host_agency_name(const struct dossier_case *c, const char *id)
{
	struct error ignored;
	struct agency *agency = people_agency(c->hook, c->hook->store, id, &ignored);
	return agency == NULL ? id : agency->name;
}

static int host_acts(const struct dossier_case *c, const struct dossier_doc *doc, const char *transition, int (*each)(void *data, const struct dossier_doc *input), void *data)
{
	struct hook *h = c->hook;
	int n = 0;

	for (int i = 0; i < h->act_count; i++) {
		const struct act *a = &h->acts[i];
		struct error ignored;
		struct xml_doc *said;
		char *input;
		if (strcmp(a->name, transition) != 0 || a->document_id != (doc == NULL || doc->row == NULL ? 0 : doc->row->id))
			continue;
		input = act_input(h, h->store, h->c->id, a->id, &ignored);
		said = input == NULL || *input == '\0' ? NULL : xml_read_own(h, input, strlen(input), "act", &ignored);
		n++;
		if (each(data, doc_new(h, said, said == NULL ? NULL : xml_root(said), NULL)) != 0)
			break;
	}
	return n;
}

/* Letters alone count, as in the search of the finished page: case, accents, kinds of apostrophes and hyphens are no way round. A text is folded once,
 * however many names are looked for in it. */
static const char *folded_text(xml_node *node)
{
	const char *text;

	for (int i = 0; i < current->folded_count; i++)
		if (current->folded[i].node == node)
			return current->folded[i].text;
	text = xml_text(current, node);
	current->folded = talloc_realloc(current, current->folded, struct folded_node, current->folded_count + 1);
	current->folded[current->folded_count] = (struct folded_node){ node, fold_words(current, fold(current, text, strlen(text)))->text };
	return current->folded[current->folded_count++].text;
}

static int host_mentions(const struct dossier_doc *d, const char *xpath, const char *words)
{
	xml_node **nodes;
	struct folded *wanted = fold_words(current, fold(current, words, strlen(words)));
	int n = d == NULL || d->node == NULL || wanted->length <= 2 ? 0 : xml_find_all(current, d->node, xpath, &nodes);

	for (int i = 0; i < n; i++)
		if (strstr(folded_text(nodes[i]), wanted->text) != NULL)
			return 1;
	return 0;
}

static int host_when(const struct dossier_doc *d, const char *xpath, int32_t *from, int32_t *to)
{
	xml_node *node = d == NULL || d->node == NULL ? NULL : xml_find(d->node, xpath);
	struct error ignored;
	struct when when;

	if (node == NULL || date_when(xml_plain(xml_child(node, "written")), xml_plain(xml_child(node, "precision")), &when, &ignored) != 0)
		return 0;
	*from = when.from;
	*to = when.to;
	return when.from != DAY_NONE || when.to != DAY_NONE;
}

static const char *host_agency(const struct dossier_case *c, int index)
{
	struct error ignored;

	if (c->hook->agencies == NULL)
		c->hook->agency_count = people_agencies(c->hook, c->hook->store, &c->hook->agencies, &ignored);
	return index < 0 || index >= c->hook->agency_count ? "" : c->hook->agencies[index].id;
}

static const struct dossier_host services = {
	sizeof services, host_text, host_number, host_count, host_yes, host_doc, host_doc_agency, host_doc_state, host_doc_version, host_state,
	host_edition, host_setting, host_act_day, host_act_input, host_act_by, host_author, host_day, host_iso, host_words, host_working_day, host_today,
	host_fault, host_warn, host_put, host_copy, host_rows, host_agency_name, host_act_said, host_doc_before, host_acts, host_mentions, host_when, host_agency
};

const struct dossier_host *hook_begin(struct hook *hook)
{
	current = hook;
	current->folded_count = 0;
	return &services;
}

void hook_end(void) { current = NULL; }

int hook_init(void *ctx, const struct plugins *plugins, struct error *error)
{
	for (int i = 0; i < plugins->count; i++) {
		const struct plugin *p = &plugins->list[i];
		struct faults *faults = faults_new(ctx, 1);
		struct hook *hook = hook_new(ctx, NULL, NULL, p, NULL, NULL, 0, NULL, 0, NULL);
		if (p->descriptor->init == NULL)
			continue;
		p->descriptor->init(hook_begin(hook), hook_faults(hook, faults));
		hook_end();
		if (faults->errors > 0) {
			error_set(error, ERROR_FAULT, faults->list[0].code, "%s", faults->list[0].say);
			return error_at(error, p->file, 0, 0);
		}
	}
	return 0;
}
