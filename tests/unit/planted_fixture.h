/* For tests that plant a form of the demo's register in the demo's learning page: the register as a publication holds it (with the references that
 * fcgi/publish/candidate.c adds), the page as it is published, and what the gate says of it. */
#ifndef PLANTED_FIXTURE_H
#define PLANTED_FIXTURE_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <talloc.h>
#include "adapter/fold.h"
#include "adapter/html.h"
#include "adapter/xslt.h"
#include "base/text.h"
#include "publish/candidate.h"
#include "publish/release.h"

#define PARTNERSHIP "Harrowdale and Peakland Safeguarding Children Partnership"
#define ADDRESS "/reviews/when-explanations-are-heard-one-at-a-time"
#define HOLE "Several services knew the family."        /* where a sentence is planted */

struct world {
	struct form *learning, *reg;
	struct secrets *secrets;
	struct gate_entry *entries;
	struct xslt *sheet;
	char *source;                                   /* learning.xml */
	char *page; size_t length;                      /* as it is published */
	struct gate_accepted *accepted; int accepted_count;      /* the ordinary words of that page */
};

static inline char *planted_path(void *ctx, const char *name)
{
	const char *top = getenv("top_srcdir");

	return talloc_asprintf(ctx, "%s/%s", top ? top : ".", name);
}

static inline char *planted_read(void *ctx, const char *name)
{
	FILE *file = fopen(planted_path(ctx, name), "rb");
	char *text = talloc_zero_array(ctx, char, 400000);

	if (!file)
		fail_msg("%s cannot be read", name);
	assert_true(fread(text, 1, 399999, file) > 0);
	fclose(file);
	return text;
}

static inline struct xml_doc *planted_doc(void *ctx, const char *name)
{
	struct error error = { 0 };
	struct xml_doc *doc = xml_read_file(ctx, planted_path(ctx, name), &error);

	if (!doc)
		fail_msg("%s: %s", name, error.say);
	return doc;
}

static inline struct form *planted_form(void *ctx, const char *name)
{
	struct error error = { 0 };
	char *bytes = planted_read(ctx, name);
	struct form *form = form_read(ctx, bytes, strlen(bytes), name, planted_doc(ctx, "forms/shared/lists.xml"), &error);

	if (!form)
		fail_msg("%s: %s (%s)", name, error.say, error.where);
	return form;
}

static inline void planted_events(struct world *w)
{
	static const char *const returns[] = { "harrowdale-csc-v2", "larkwell-primary", "marlbeck-dental", "peakland-0-19", "peakland-police", "peakland-trust",
		"ryebank-surgery" };
	struct form *form = planted_form(w, "forms/rapid/return-1.xml");

	for (size_t i = 0; i < sizeof returns / sizeof *returns; i++) {
		xml_node **rows;
		int n = form_rows(w, form, planted_doc(w, talloc_asprintf(w, "tests/data/demo/return-%s.xml", returns[i])), "event", &rows);
		assert_true(n > 0);
		for (int k = 0; k < n; k++) {
			const char *id = xml_plain(form_meaning(form, rows[k], "event.id"));
			secrets_add(w->secrets, talloc_asprintf(w, "event %s", id), "number", "", id, "number");
		}
	}
}

/* The page of a document, with the edition's facts as the demo has them. */
static inline char *planted_render(struct world *w, void *ctx, const char *source, const struct secrets *secrets, size_t *length_r, struct redaction **redaction_r)
{
	struct error error = { 0 };
	struct xml_doc *doc = xml_read(ctx, source, strlen(source), &error), *html;
	struct redaction *r = NULL;
	xml_node *root;
	char *bytes;

	if (!doc || redact(ctx, w->learning, doc, secrets, NULL, &r, &error))
		fail_msg("%s", error.say);
	root = xml_root(r->tree);
	xml_set(root, "partnership", PARTNERSHIP);
	xml_set(root, "published", "2026-09-22");
	xml_set(root, "published-words", "September 2026");
	xml_set(root, "edition", "1");
	xml_set(root, "review-words", "September 2028");
	html = xslt_apply(ctx, w->sheet, xml_copy(ctx, r->tree), &error);
	bytes = html ? html_write(ctx, html, length_r, &error) : NULL;
	if (!bytes)
		fail_msg("%s", error.say);
	if (redaction_r)
		*redaction_r = r;
	return bytes;
}

static inline struct gate_report *planted_gate(const struct world *w, void *ctx, const char *address, const char *header, const char *bytes, size_t length)
{
	static const char *const allowed[] = { PARTNERSHIP, NULL };
	const char *headers[20] = { NULL };
	struct gate_page page = { .address = address, .headers = headers, .bytes = bytes, .length = length, .allowed = allowed };
	struct gate_report *report;
	struct error error = { 0 };
	int n = 0;

	for (; release_headers[n]; n++)
		headers[n] = release_headers[n];
	headers[n] = header;
	if (gate_check(ctx, w->entries, w->secrets->count, w->accepted, w->accepted_count, &page, &report, &error))
		fail_msg("%s", error.say);
	return report;
}

static inline char *planted_replace(void *ctx, const char *text, const char *what, const char *with)
{
	const char *at = strstr(text, what);

	assert_non_null(at);
	return talloc_asprintf(ctx, "%.*s%s%s", (int)(at - text), text, with, at + strlen(what));
}

static inline bool in_stream(const struct gate_hit *hit, const char *stream)
{
	return !stream || !strncmp(hit->stream, stream, strlen(stream));
}

/* A hit of that entry in that stream, at a place of the plant. */
static inline const struct gate_hit *hit_of(const struct gate_report *r, const char *entry, const char *stream, size_t from, size_t end)
{
	for (int i = 0; i < r->count; i++)
		if (!strcmp(r->hits[i].entry, entry) && in_stream(&r->hits[i], stream) && r->hits[i].offset >= from && r->hits[i].offset < end)
			return &r->hits[i];
	return NULL;
}

static inline char *with_sentence(void *ctx, const char *text, const char *form)
{
	return planted_replace(ctx, text, HOLE, talloc_asprintf(ctx, "In the review, %s was discussed. " HOLE, form));
}

static inline void planted_clean(struct world *w)
{
	struct gate_report *report;

	w->source = planted_read(w, "tests/data/demo/learning.xml");
	w->page = planted_render(w, w, w->source, w->secrets, &w->length, NULL);
	report = planted_gate(w, w, ADDRESS, NULL, w->page, w->length);
	if (report->refused)
		fail_msg("%s at %zu", report->why, report->offset);
	w->accepted = talloc_array(w, struct gate_accepted, report->count + 1);
	for (int i = 0; i < report->count; i++) {
		if (!report->hits[i].ordinary || !report->hits[i].occurrence)
			fail_msg("%s stands in the clean page: %s", report->hits[i].entry, report->hits[i].context);
		w->accepted[w->accepted_count++] = (struct gate_accepted){ report->hits[i].form, report->hits[i].occurrence };
	}
}

static inline int planted_start(void **state)
{
	struct world *w = talloc_zero(NULL, struct world);
	struct error error = { 0 };

	xslt_start();
	w->learning = planted_form(w, "forms/rapid/learning-1.xml");
	w->reg = planted_form(w, "forms/shared/register-1.xml");
	w->secrets = secrets_read(w, w->reg, planted_doc(w, "tests/data/demo/register.xml"), &error);
	w->sheet = xslt_read(w, planted_path(w, "xsl/rapid/learning.xsl"), planted_path(w, "xsl"), &error);
	if (!w->secrets || !w->sheet)
		fail_msg("%s", error.say);
	secrets_add(w->secrets, "case", "number", "", "2026-001", "number");
	secrets_add(w->secrets, "act notify", "number", "", "SIN-TEST-000427", "number");
	planted_events(w);
	w->entries = candidate_entries(w, w->secrets);
	planted_clean(w);
	*state = w;
	return 0;
}

/* The second net: the residue with Debian's words, our glossary and the plugin's own watch list (the string of its #define). */
struct net { struct words *common, *glossary; char *watch; };

static inline char *planted_watch(void *ctx)
{
	const char *at = strstr(planted_read(ctx, "plugins/rapid/rapid.c"), "#define WATCH"), *end;
	char *list = talloc_strdup(ctx, "");

	assert_non_null(at);
	for (at = strchr(at, '"'); at; at = *end == '\\' ? strchr(end, '"') : NULL) {
		const char *close = strchr(at + 1, '"');
		list = talloc_strndup_append(list, at + 1, (size_t)(close - at - 1));
		end = close + 1 + strspn(close + 1, " \t");
	}
	assert_non_null(strstr(list, "!neighbour"));
	return list;
}

static inline struct net planted_net(void *ctx)
{
	struct error error = { 0 };
	struct net net = { .common = words_read(ctx, "/usr/share/dict/british-english", &error), .watch = planted_watch(ctx) };

	net.glossary = net.common ? words_read(ctx, planted_path(ctx, "data/glossary.txt"), &error) : NULL;
	if (!net.glossary)
		fail_msg("%s", error.say);
	return net;
}

static inline int planted_residue(const struct net *net, void *ctx, const char *text, const struct residue_accepted *accepted, int count, struct residue_item **items_r)
{
	struct error error = { 0 };
	int n = residue_find(ctx, net->common, net->glossary, net->watch, text, accepted, count, items_r, &error);

	assert_true(n >= 0);
	return n;
}

static inline int planted_end(void **state)
{
	talloc_free(*state);
	return 0;
}
#endif
