/* Inside of redact: what its parts hand to each other. Nobody but redact*.c includes this. */
#ifndef PUBLISH_REDACT_PARTS_H
#define PUBLISH_REDACT_PARTS_H
#include "publish/redact.h"

/* redact_forms.c: the forms of a register as folded words, to find what nobody tagged. Not the gate's list, on purpose: two searches that share a
 * mistake would be one. */
struct needle { char *words; size_t length; int entry; const int *others; int other_count; bool ordinary, derived, name, drop; };   /* others, drop: struct span */
struct needles { struct needle *list; int count; const char **flagged; int flagged_count; const struct secrets *secrets; int first[256], end[256]; };
extern const char redact_titles[];         /* stand before a name and name nobody; blank separated */
struct needles *needles_new(void *ctx, const struct secrets *secrets);

enum { NOBODY = -1 };
/* A stretch of a text that becomes something else. */
struct span {
	size_t from, end;
	const struct mark *mark;
	int entry;                    /* index in secrets, NOBODY */
	const int *others; int other_count;      /* a form of several entries whose labels differ: entry is NOBODY until its neighbour tells */
	bool tagged;                  /* a mention or date the author tagged */
	bool ordinary;                /* the form is also an ordinary word */
	bool drop;                    /* a person's number, address or day of birth: the label of the person cannot stand for it */
	bool open;                    /* … and nothing here says that it is a name: stays, and is shown */
	const char *apostrophe;       /* of a possessive behind it, NULL */
};
struct spans { struct span *list; int count; };
void spans_add(struct spans *spans, const struct span *span);
void spans_sort(struct spans *spans);
/* redact_find.c: adds what is found in text outside of the spans there are, decides which ordinary words are names, joins neighbours of one entry. */
void needles_find(const struct needles *needles, struct spans *spans, const char *text, bool heading);

/* redact_text.c: one piece of text (a paragraph, an item, a line) through marks, mentions and needles. */
struct piece { const struct secrets *secrets; const struct needles *needles; struct redaction *redaction; const char *field; int block; bool heading; };
/* redact_gaps.c: where something was left out of a text (offsets), and the sentences that this may have broken. */
struct gaps { size_t *at; int count, moved; };      /* moved: of how many the place in the finished text is known */
void redact_breaks(const struct piece *piece, const char *text, const struct gaps *gaps);
struct pending { const struct mark *mark; int seen; bool used; };      /* marks of one block, counted over its pieces */
char *redact_piece(void *ctx, const struct piece *piece, const xml_node *node, struct pending *pending, int count);
#endif
