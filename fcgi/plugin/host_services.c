#include "plugin/host_inner.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "adapter/fold.h"
#include "form/fill.h"
#include "form/functions.h"
#include "plugin/track.h"
#include "store/store_note.h"
#include "store/store_people.h"

/* What a plugin may ask, in the order of struct dossier_host. */

static const char *host_text(const struct dossier_doc *d, const char *xpath)
{
	return d == NULL || d->node == NULL ? "" : xml_find_text(host_current, d->node, xpath);
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
	return d == NULL || d->node == NULL ? 0 : xml_find_all(host_current, d->node, xpath, &nodes);
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
		struct dossier_doc *d = host_latest(h, row);
		return d != NULL ? d : host_doc_new(h, NULL, NULL, row);   /* a shell without text still has agency and state */
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
	return d == NULL || d->row == NULL ? NULL : host_latest(d->hook, d->row);
}

static int64_t host_author(const struct dossier_doc *d) { return d == NULL ? 0 : d->author; }

static int host_day(const char *iso, int32_t *result)
{
	struct error ignored;
	return date_parse(iso, result, &ignored) == 0;
}

static const char *host_iso(int32_t d) { return d == DAY_NONE ? "" : date_iso(host_current, d); }
static const char *host_words(const char *written, const char *precision)
{
	return date_when_words(host_current, written, precision == NULL ? "exact" : precision);
}

static int32_t host_working_day(int32_t from, int n)
{
	struct error ignored;
	day result;
	return date_add_working(host_current->holidays, from, n, &result, &ignored) == 0 ? result : DAY_NONE;
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
			row = talloc_strndup(host_current, name, (size_t)(digit - name) + length);
			repeat = talloc_strndup(host_current, name, (size_t)(digit - name) - 1);
			if (form_locate(out->form, out->doc, row) == NULL && fill_add_row(host_current, out->form, out->doc, repeat, &row, &ignored) != 0)
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
	int n = d == NULL || d->node == NULL ? 0 : xml_find_all(host_current, d->node, xpath, &nodes), rc = 0;

	for (int i = 0; rc == 0 && i < n; i++) {
		struct dossier_doc *row = host_doc_new(d->hook, d->doc, nodes[i], d->row);
		row->author = d->author;
		rc = each(data, row);
	}
	return rc;
}

static const char *host_agency_name(const struct dossier_case *c, const char *id)
{
	struct error ignored;
	struct agency *agency;

	for (int i = 0; i < c->hook->agency_count; i++)
		if (strcmp(c->hook->agencies[i].id, id) == 0)
			return c->hook->agencies[i].name;
	agency = people_agency(c->hook, c->hook->store, id, &ignored);
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
		if (each(data, host_doc_new(h, said, said == NULL ? NULL : xml_root(said), NULL)) != 0)
			break;
	}
	return n;
}

/* Letters alone count, as in the search of the finished page: case, accents, kinds of apostrophes and hyphens are no way round. A text is folded once,
 * however many names are looked for in it. */
static const char *folded_text(xml_node *node)
{
	void *tmp;
	char *text;
	struct folded *words;

	for (int i = 0; i < host_current->folded_count; i++)
		if (host_current->folded[i].node == node)
			return host_current->folded[i].text;
	tmp = talloc_new(NULL);      /* where each letter came from takes four times its room, and nobody asks */
	text = xml_text(tmp, node);
	words = fold_words(tmp, fold(tmp, text, strlen(text)));
	text = talloc_strndup(host_current, words->text, words->length);
	talloc_free(tmp);
	host_current->folded = talloc_realloc(host_current, host_current->folded, struct folded_node, host_current->folded_count + 1);
	host_current->folded[host_current->folded_count++] = (struct folded_node){ node, text };
	return text;
}

static int any_mentions(xml_node *node, const char *xpath, const char *wanted)
{
	xml_node **nodes;
	int n = xml_find_all(host_current, node, xpath, &nodes);

	for (int i = 0; i < n; i++)
		if (strstr(folded_text(nodes[i]), wanted) != NULL)
			return 1;
	return 0;
}

/* Of "a|b|c" each is looked at alone: in which order does not matter, and putting nodes in order is most of a union's cost. */
static int host_mentions(const struct dossier_doc *d, const char *xpath, const char *words)
{
	struct folded *wanted = fold_words(host_current, fold(host_current, words, strlen(words)));
	const char *at = xpath;
	int found = 0;

	if (d == NULL || d->node == NULL || wanted->length <= 2)
		return 0;
	if (strpbrk(xpath, "\"(") != NULL)
		return any_mentions(d->node, xpath, wanted->text);
	while (!found && *at != '\0') {
		size_t length = 0;
		for (bool quoted = false; at[length] != '\0' && (quoted || at[length] != '|'); length++)
			quoted ^= at[length] == '\'';
		found = any_mentions(d->node, talloc_strndup(host_current, at, length), wanted->text);
		at += length + (at[length] == '|');
	}
	return found;
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

static const char *host_agency_type(const struct dossier_case *c, const char *id)
{
	struct error ignored;
	struct agency *agency = people_agency(c->hook, c->hook->store, id, &ignored);
	return agency == NULL ? "" : agency->type;
}

static const char *host_note(const struct dossier_case *c, const struct dossier_doc *doc, const char *row, const char *kind)
{
	struct hook *h = c->hook;
	struct error ignored;

	if (h->notes == NULL)
		h->note_count = note_list(h, h->store, h->c->id, &h->notes, &ignored);
	for (int i = h->note_count - 1; doc != NULL && doc->row != NULL && i >= 0; i--)
		if (h->notes[i].document_id == doc->row->id && strcmp(h->notes[i].row, row) == 0 && strcmp(h->notes[i].kind, kind) == 0)
			return h->notes[i].text;
	return "";
}

static int host_listing(const struct dossier_case *c) { return c->hook->listing; }

static const char *host_track(const struct dossier_case *c)
{
	const struct dossier_track *t = track_of(c->hook->plugin, c->hook->acts, c->hook->act_count);
	return t == NULL ? "" : t->name;
}

const struct dossier_host host_services = {
	sizeof host_services, host_text, host_number, host_count, host_yes, host_doc, host_doc_agency, host_doc_state, host_doc_version, host_state,
	host_edition, host_setting, host_act_day, host_act_input, host_act_by, host_author, host_day, host_iso, host_words, host_working_day, host_today,
	host_fault, host_warn, host_put, host_copy, host_rows, host_agency_name, host_act_said, host_doc_before, host_acts, host_mentions, host_when, host_agency, host_agency_type,
	host_note, host_listing, host_track
};
