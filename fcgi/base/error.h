/* What went wrong, for a person and for a program.
 *
 * Every function that can fail returns 0 or -1 (or a pointer or NULL) and takes a last argument `struct error *`,
 * never NULL. On failure the error is filled and every output argument (named *_r) is untouched. The kind decides
 * the HTTP status, in one table (error_status). Nothing here allocates, so an error can be reported at any time. */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdarg.h>
#include <stddef.h>

enum error_kind {
	ERROR_NONE,
	ERROR_MALFORMED,   /* 400 the bytes are not what they should be */
	ERROR_STRANGER,    /* 401 we do not know who is asking          */
	ERROR_DENIED,      /* 403 known, but may not                    */
	ERROR_MISSING,     /* 404 is not there, or must not be known of */
	ERROR_METHOD,      /* 405 */
	ERROR_CONFLICT,    /* 409 somebody else was there first         */
	ERROR_GONE,        /* 410 withdrawn                             */
	ERROR_TOO_LARGE,   /* 413 */
	ERROR_INVALID,     /* 422 well-formed, but against the rules    */
	ERROR_FAULT,       /* 500 ours                                  */
	ERROR_BUSY,        /* 503 time or room ran out, try again       */
	ERROR_FULL,        /* 507 no space to keep it                   */
	ERROR_KINDS
};

struct error {
	enum error_kind kind;
	char code[48];     /* stable, for clients and translation: "date.no-month"     */
	char say[400];     /* a sentence for the person: what is wrong and what to do   */
	char where[200];   /* field path ("events.event.2.kind") or file, "" if none    */
	int line, column;  /* of the sender's text, 0 if none                           */
};

/* Fills the error and returns -1, so that a function can `return error_set(…)`. */
int error_set(struct error *error, enum error_kind kind, const char *code, const char *say, ...)
	__attribute__((format(printf, 4, 5)));
/* Adds the place to an error already set; returns -1. where may be NULL (unchanged). */
int error_at(struct error *error, const char *where, int line, int column);
int error_status(enum error_kind kind);
const char *error_kind_name(enum error_kind kind);

/* A list of faults in one document; the first `max` are kept, the rest only counted. */
struct fault {
	const char *code, *say, *where;   /* owned by the list */
	int line;
	int warning;                      /* may be passed with a reason */
};
struct faults {
	struct fault *list;   /* talloc array under the struct */
	int count, rest, max; /* kept, counted only, limit     */
	int errors;           /* how many of all are not warnings */
};
struct faults *faults_new(void *ctx, int max);
void faults_add(struct faults *faults, int warning, const char *code, const char *where, int line,
	const char *say, ...) __attribute__((format(printf, 6, 7)));
#endif
