/* The gate: the independent search of the final bytes. Shares nothing with the maker of the page but the folding of characters; derives its
 * variants from the register itself. Includes only base/ and adapter/fold.h.
 *
 * 1. Presentation: valid UTF-8, NFC, no hidden character, no mixed-script word. 2. Grammar: nothing but what our serialiser writes: fixed
 * elements and attributes, values of fixed shapes, five entities, no comment, no script or style. 3. Streams: address, each header, file name; the raw bytes;
 * text with tags removed to nothing and to blanks; each attribute value; decodings (entities, percent, \u, quoted-printable, base64, hex) add
 * streams and never replace one. 4. Fold and three views (words, squeezed, digits). 5. All variants of all entries in one pass (Aho-Corasick). */
#ifndef PUBLISH_GATE_H
#define PUBLISH_GATE_H
#include <stdbool.h>
#include <stddef.h>
#include "base/error.h"

/* NAME: of a person; PLACE: name of a place or an organisation (from a person's name every part is derived, from a place's only what stays without its
 * generic words); DATE: text is YYYY-MM-DD: all written forms of that day are derived (a text that is no whole day derives nothing). */
enum gate_form_kind { GATE_NAME, GATE_NUMBER, GATE_DATE, GATE_ADDRESS, GATE_PLACE };
struct gate_form { const char *text; enum gate_form_kind kind; bool ordinary; };    /* ordinary: also an ordinary word, judged by occurrence */
struct gate_entry { const char *id; const struct gate_form *forms; int count; };

struct gate_page {
	const char *address;                  /* "/reviews/when-explanations-…" */
	const char *const *headers;           /* "Content-Type: text/html…", NULL-terminated */
	const char *bytes; size_t length;
	const char *const *allowed;           /* NULL-terminated phrases (the partnership's own name) that are no hit where they stand as whole words, case exact;
	                                         part of what is approved; may be NULL */
};
/* An accepted occurrence of an ordinary form: the folded form, the n-th time (from 1) it stands in the visible text of the page, and the hit's context,
 * so that an acceptance does not move to another sentence when the text changes (NULL: wherever it stands). */
struct gate_accepted { const char *form; int occurrence; const char *context; };

struct gate_hit {
	const char *entry, *variant;          /* "P1", kind of variant ("name", "initials", "possessive", "squeezed", "date-slashes" …); never the secret */
	const char *stream;                   /* "text", "address", "header 2", "attribute", "base64" … */
	size_t offset;                        /* in the page's bytes (or in address/header) */
	bool ordinary; int occurrence;        /* may be accepted; its number among that form; 0: stands outside the visible text and cannot be accepted */
	const char *form;                     /* folded form, for the redactor's screen only: never logged */
	char *context;                        /* up to 40 characters around, as text, for the redactor's screen only */
};
struct gate_report {
	bool refused;                         /* the presentation or grammar was wrong: `why` and offset */
	const char *why; size_t offset;
	struct gate_hit *hits; int count;     /* those not accepted: empty and not refused = passed */
	int accepted, variants, streams;
};
#define GATE_RULES "gate 4"              /* changes whenever what it finds may change */
int gate_check(void *ctx, const struct gate_entry *entries, int entry_count, const struct gate_accepted *accepted, int accepted_count,
	const struct gate_page *page, struct gate_report **report_r, struct error *error);
#endif
