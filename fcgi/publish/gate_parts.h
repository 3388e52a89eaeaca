/* Inside of the gate: its parts and what they hand to each other. Nobody but gate*.c includes this. */
#ifndef PUBLISH_GATE_PARTS_H
#define PUBLISH_GATE_PARTS_H
#include "adapter/fold.h"
#include "publish/gate.h"

/* gate_grammar.c: what is wrong with the page as our serialiser's writing, or NULL; offset in *at_r. */
const char *gate_grammar(const char *bytes, size_t length, size_t *at_r);
/* Marks the bytes of a page of right grammar that are our serialiser's and stylesheets' own words: names of elements and attributes, fixed values. */
void gate_own_words(bool *own, const char *bytes, size_t length);
bool gate_is_inline(const char *name, size_t length);       /* an element that does not end a word: strong, span … */

/* gate_streams.c: the texts that are searched. from[i]: offset in the page's bytes (or in address or header) of bytes[i]. */
struct stream {
	const char *name;
	char *bytes; unsigned *from; size_t length;
	bool visible;                      /* what a reader sees: ordinary forms are numbered here */
	bool plain;                        /* read as it stands: ordinary forms are searched here */
	bool brought_out;                  /* holds nothing but what a decoder found: no ordinary word stands there by chance */
	bool reading;                      /* of gate_read: nothing is decoded from it */
	int source;                        /* what the offsets count in: 0 the page, 1 the address, 2 and up a header */
};
struct streams { struct stream **list; int count; };
struct streams *gate_streams(void *ctx, const struct gate_page *page, bool *own);      /* own: of each byte, changed: what is not searched */
struct stream *gate_stream_add(struct streams *streams, const char *name, int source);
void gate_put(struct stream *s, const char *bytes, size_t length, unsigned from);
void gate_put_barrier(struct stream *s, unsigned from);      /* no match goes across it in any view */

/* gate_read.c: adds the visible text as a reader may take it: words without blanks or with signs in them, look-alikes, figures for letters, spoken numbers. */
void gate_read(struct streams *streams, const struct stream *text);

/* gate_decode.c: adds decodings of a stream; never replaces one. */
void gate_decode(struct streams *streams, const struct stream *from);           /* entities, percent, backslash, up to three rounds */
void gate_decode_entities(struct stream *to, const struct stream *from);        /* entities, one round */
void gate_islands(struct streams *streams, const struct stream *from);          /* base64, hexadecimal, quoted-printable */

/* gate_variants.c and its helpers: what is searched for. */
enum gate_view { VIEW_WORDS, VIEW_SQUEEZED, VIEW_DIGITS, VIEWS };
enum gate_bound {
	BOUND_NAME = 1,        /* words: may end in s or es (possessive, plural) */
	BOUND_OPEN = 2,        /* words: the right end may stand inside a word */
	BOUND_DIGITS = 4,      /* squeezed: no digit before it or behind it */
	BOUND_CAPITALS = 8,    /* words: only where the page writes it in capitals */
	BOUND_CAPITAL = 16,    /* words: only where it does not begin with a small letter */
	BOUND_SECOND = 32,     /* words: only where its second word does not */
};
struct pattern { const char *text; size_t length; enum gate_view view; int bound; const char *variant; int entry; bool ordinary; };
struct patterns {
	struct pattern *list; int count;
	int *index; size_t slots;                        /* gate_add's own: where in list a pattern stands, plus one, by hash */
	const char **flagged; int flagged_count;         /* folded ordinary forms of the whole register */
};
struct patterns *gate_variants(void *ctx, const struct gate_entry *entries, int count, struct error *error);
void gate_add(struct patterns *p, int entry, enum gate_view view, int bound, const char *variant, const char *text, bool ordinary);
/* A phrase of folded words: searched as words, and squeezed when long enough and not made of ordinary words only. */
void gate_add_phrase(struct patterns *p, int entry, const char *variant, const char *words);
bool gate_is_flagged(const struct patterns *p, const char *words);           /* all its words are flagged ordinary */
/* Folded words of a text without apostrophes ("o brien smythe"), and a phrase without its blanks. */
char *gate_words(void *ctx, const char *text);
char *gate_solid(void *ctx, const char *words);
size_t gate_letters(const char *words);                                       /* characters but blanks */
char **gate_split(void *ctx, const char *text, const char *separators, int *count_r);
void gate_name(struct patterns *p, int entry, const char *text);              /* gate_names.c */
void gate_short_names(struct patterns *p, int entry, const char *given);     /* gate_short.c: Kate for Katherine, and the other way */
void gate_place(struct patterns *p, int entry, const char *text);             /* gate_places.c */
void gate_address(struct patterns *p, int entry, const char *text);
bool gate_is_generic(const char *word);
void gate_number(struct patterns *p, int entry, const char *text);            /* gate_dates.c */
void gate_date(struct patterns *p, int entry, const char *text);
char *gate_in_words(void *ctx, int n);                                       /* 0 to 99 */

/* gate_match.c: all patterns in one pass over each view of a stream. */
struct match { int stream; size_t at, stop; size_t from, end; const struct pattern *pattern; };    /* [at, stop) in the stream's bytes, [from, end) in its source */
#define MATCHES_MOST 200000          /* a page with more is refused */
struct matches { struct match *list; int count; };
struct matcher;
struct matcher *gate_matcher(void *ctx, const struct patterns *patterns);
void gate_match(struct matches *to, const struct matcher *matcher, const struct streams *streams);
#endif
