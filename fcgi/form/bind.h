/* The judge: what a document's own form says about it. Pure; the same for a web form, an XML contribution and a program. */
#ifndef FORM_BIND_H
#define FORM_BIND_H
#include "form/form.h"
#include "form/functions.h"

/* A file that was sent for this document: its id is what a field of type d:attachment holds. field: the pattern of the one it was sent for. */
struct judge_file { const char *id, *field, *words, *href; };
struct judge {
	const struct form *form;
	const struct xpath_instance *instances; int instance_count;   /* case viewer agencies register documents */
	struct form_world world;
	const char *roles;            /* of the viewer in this case, blank separated: for d:from and d:for; NULL = the server itself, sees all */
	const char *seen;             /* those of them by which the viewer sees what d:for keeps for some: fewer while a seal is not opened; NULL = roles */
	bool blind;                   /* who tells is sealed: identifiers in rows that `party.informant` marks are withheld */
	const char *only;             /* a named view: beginnings of dotted names, blank separated; NULL = every field */
	const struct judge_file *files; int file_count;               /* attached to this document */
};
const struct judge_file *judge_file(const struct judge *judge, const char *id);      /* NULL: none of this document's */
/* Structure of a document from outside against the definition: root, form id and version, unknown, missing-order and repeated elements, foreign
 * attributes, text where none belongs. Codes: form.root, form.id, form.version, form.unknown-element, form.order, form.repeated, form.attribute,
 * form.text, form.rows. Elements may be left out; they must keep the definition's order. */
void judge_structure(const struct form *form, const struct xml_doc *doc, struct faults *faults);
/* Fills what is calculated, in document order, until nothing changes (at most 3 rounds). A value that a person may correct (d:override) is calculated anew
 * only while it is as it was calculated in `before`, the text that the person began with (NULL: only where it is empty). */
int judge_calculate(void *ctx, const struct judge *judge, struct xml_doc *doc, const struct xml_doc *before, struct error *error);
/* Given rows (d:rows): one for each node of the instance, new ones at the end; a row whose node has gone stays while something is typed in it. */
int judge_give_rows(void *ctx, const struct judge *judge, struct xml_doc *doc, struct error *error);
/* All binds over the document; with section not NULL only its fields. Fields withheld from the viewer are neither missing nor faulty.
 * Codes: required, type.<type>, constraint, option, rows.min, rows.max, rows.given, length, words, key.repeated, reference (d:ref not among the register's ids), attachment (none of this
 * document's files),
 * row.gone (a warning: a given row whose node has gone). */
int judge_document(void *ctx, const struct judge *judge, const struct xml_doc *doc, const char *section, struct faults *faults, struct error *error);
/* A copy for a stylesheet: every field and row carries n:name; n:relevant="no", n:required="yes", n:readonly="yes", n:withheld="yes" (then the value is
 * gone) where so; n:message and n:code where `faults` (may be NULL) names it; rows n:index. Elements of the definition that the document lacks are
 * added empty, so that the stylesheet meets every field. Given rows carry n:label, what their node is called, and n:given="no" when it has gone ("other": it names another entry, say one that a system sent); a value that
 * a person may correct n:calculated, what was worked out. d:when elements also carry n:words, prose n:plain (the plain syntax), dates n:words, choices n:words;
 * attachments n:words (their name) and n:href;
 * dates and d:when n:day, n:month, n:year, as typed. A fault of a repeat itself ("events.event") stands on the element around its rows. */
struct xml_doc *judge_annotate(void *ctx, const struct judge *judge, const struct xml_doc *doc, const struct faults *faults, struct error *error);
/* A value as text (form/compare.h) in the words of a page: options by their labels, dates in words; other text as it stands. */
int judge_words(void *ctx, const struct judge *judge, const struct field *field, const char *plain, char **words_r, struct error *error);
/* A copy without what is not relevant and without empty rows: what becomes a version. Withheld values are in `doc`, as fill_section never touches them. */
struct xml_doc *judge_prune(void *ctx, const struct judge *judge, const struct xml_doc *doc, struct error *error);
/* How far a section is: counts of relevant fields outside empty rows, filled ones, faults, and those of them that something is wrong, not missing;
 * rows: some may be added. */
struct progress { int fields, filled, faults, wrong; bool rows; };
int judge_progress(void *ctx, const struct judge *judge, const struct xml_doc *doc, const char *section, struct progress *progress_r, struct error *error);
bool judge_may_see(const struct judge *judge, const struct field *field);
bool judge_may_fill(const struct judge *judge, const struct field *field);
/* This very element: one in a sealed row may be withheld though its field is not. */
bool judge_may_see_at(const struct judge *judge, const struct field *field, const xml_node *node);
/* Whether a document of the form has any such row. */
bool judge_hides_rows(const struct judge *judge, const struct xml_doc *doc);
#endif
