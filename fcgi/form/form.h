/* A form definition, read and checked once and shared by all requests: docs/forms.md is its language.
 *
 * A struct form owns everything it points to and is read-only after form_read. Names of fields are dotted and one-based
 * ("events.event.2.kind"); the pattern of a field has no numbers ("events.event.kind"). */
#ifndef FORM_FORM_H
#define FORM_FORM_H
#include <stdbool.h>
#include "adapter/xml.h"
#include "base/date.h"

enum field_type { FIELD_STRING, FIELD_TEXT, FIELD_PROSE, FIELD_INT, FIELD_DATE, FIELD_TIME, FIELD_WHEN, FIELD_REF, FIELD_REFS,
	FIELD_ONE, FIELD_MANY, FIELD_YES_NO, FIELD_NHS, FIELD_ATTACHMENT, FIELD_TYPES };
enum field_class { CLASS_CONFIDENTIAL, CLASS_IDENTIFIER, CLASS_PUBLIC };
enum field_as { AS_NONE, AS_PSEUDONYM, AS_ROLE, AS_YEAR, AS_MONTH, AS_RELATIVE, AS_AGE_BAND, AS_AREA, AS_NEUTRAL, AS_DROP };

struct option { const char *code, *label; bool exclusive; };

struct field {
	const char *pattern;          /* "events.event.kind"                       */
	const char *element;          /* last step: "kind"                         */
	const char *section;          /* id of its section, "" if in none          */
	const char *label, *alert;    /* label without mark-up; alert NULL if none */
	enum field_type type;
	enum field_class class;
	enum field_as as;
	const char *is;               /* meaning, NULL if none ("event.when")      */
	const char *from, *for_;      /* case roles, NULL = all who may write / read */
	const char *unknown;          /* code of "not known", NULL if none         */
	int length, words;            /* limits, 0 = none                          */
	bool required_always;         /* required="true()"                         */
	struct xpath *required, *relevant, *constraint, *calculate, *readonly;   /* NULL = absent */
	bool override;                /* calculated, and a person may correct it */
	bool given;                   /* names the row of a repeat whose rows are given: nobody types it */
	const struct option *options; int option_count;
	struct repeat *repeat;        /* the innermost row it stands in, or NULL   */
	struct xpath *itemset;        /* of d:ref, d:refs: the rows to choose from; NULL = the entries of the register */
	const char *item_value, *item_label;   /* of the itemset: "@id", "@name"   */
	bool itemset_fixed;           /* the same rows wherever it is asked        */
	bool itemset_register;        /* rows of the register: any entry's id is right */
};
struct repeat {
	const char *pattern;          /* "events.event": names the row element     */
	const char *label, *section, *key, *is;   /* key, is: NULL if none         */
	int min, max;
	struct xpath *relevant;
	struct xpath *given;          /* of an instance: one row for each node, by its @id; NULL = rows come by hand */
	bool all;                     /* each given row must be there, also in what a system sends */
	struct repeat *outer;         /* NULL at the top                           */
};
struct section { const char *id, *label; struct xpath *relevant; bool has_prose; };

/* One step of the tree, so that code can walk instance and definition side by side. */
struct step {
	const char *name;             /* element */
	struct field *field;          /* leaf: a field; else NULL */
	struct repeat *repeat;        /* this element is a row; else NULL */
	struct xpath *relevant;       /* of a group's or row's bind; NULL */
	const char *from, *for_;      /* of that bind: for the fields below that name none themselves */
	const char **means; int mean_count;      /* the meanings (d:is) of the fields in and below it, each once */
	struct step *child, *next, *parent;
};

struct form {
	const char *id, *title, *root;    /* "<plugin>/return", "Agency return", "return" */
	int version;
	struct section *sections; int section_count;
	struct field *fields; int field_count;
	struct repeat *repeats; int repeat_count;
	struct step *tree;                /* the root element */
	struct xml_doc *empty;            /* the empty document, rows at d:min */
	struct xml_doc *definition;       /* expanded (lists, relative paths): what the stylesheet compilers read */
	const char *pieces;               /* names of the pieces included, blank separated; NULL if none */
	unsigned char hash[32];           /* SHA-256 of the bytes of the file and its pieces, filled by who read the file */
};

/* Checks everything that can be checked without a document: names, binds on existing fields, expressions compile, lists known, every
 * control on a field, unique names, classes and meanings known. The error names file and line. `lists` is forms/shared/lists.xml. */
struct form *form_read(void *ctx, const char *bytes, size_t length, const char *file, const struct xml_doc *lists, struct error *error);
/* The same for a definition that may include shared pieces. */
struct form_piece { const char *name; const struct xml_doc *doc; const char *bytes; size_t length; };
struct form_pieces { struct form_piece *list; int count; };
struct form *form_read_with(void *ctx, const char *bytes, size_t length, const char *file, const struct xml_doc *lists, const struct form_pieces *pieces, struct error *error);
bool form_takes_files(const struct form *form);
const struct field *form_field(const struct form *form, const char *name);     /* by dotted name, with or without row numbers; NULL */
const struct repeat *form_repeat(const struct form *form, const char *name);
const struct section *form_section(const struct form *form, const char *id);
const struct option *form_option(const struct field *field, const char *code);
bool field_is(const struct field *field, const char *meaning);
/* The element of an instance by dotted name with row numbers, or NULL. */
xml_node *form_locate(const struct form *form, const struct xml_doc *doc, const char *name);
/* The dotted name of an element of an instance, "" for the root. */
char *form_name_of(void *ctx, const struct form *form, const xml_node *node);
/* One row of each repeat that has none, and in it of the repeats within: to look at a form, nothing that is kept. */
void form_show_rows(const struct form *form, struct xml_doc *doc);
/* Adds what the definition has and a document from outside left out; no rows. */
void form_whole(const struct form *form, struct xml_doc *doc);
/* Calls fn for every field element present in the document, in document order, with its dotted name. A non-zero result stops and is returned. */
int form_each(const struct form *form, const struct xml_doc *doc,
	int (*fn)(void *data, const struct field *field, xml_node *node, const char *name), void *data);
/* Rows with meaning `is` ("event"), and in a row the text of the (first) field with meaning ("event.text"). */
int form_rows(void *ctx, const struct form *form, const struct xml_doc *doc, const char *is, xml_node ***rows_r);
const xml_node *form_meaning(const struct form *form, const xml_node *row, const char *is);   /* first such field in the row, or NULL */
int form_meanings(void *ctx, const struct form *form, const xml_node *row, const char *is, xml_node ***nodes_r);   /* all of them */
#endif
