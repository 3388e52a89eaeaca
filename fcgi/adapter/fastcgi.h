/* libfcgi: one request per connection, read whole, answered in one write (style: worker loop). */
#ifndef ADAPTER_FASTCGI_H
#define ADAPTER_FASTCGI_H
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include "base/error.h"

int  fastcgi_start(struct error *error);                     /* own handlers must be installed before */
/* A listening unix socket, mode 0660 (group by name, "" unchanged), non-blocking, close-on-exec. The descriptor, or -1. */
int  fastcgi_listen(const char *path, const char *group, struct error *error);
bool fastcgi_is_served(const char *path);                    /* does somebody listen there? */
struct fastcgi;
struct fastcgi *fastcgi_new(void *ctx, int socket, struct error *error);
/* A request, from its first byte to its answer, may take so long: then SIGALRM ends the process. 0: no limit. */
void fastcgi_limit(struct fastcgi *f, int seconds);
/* Called after each minute in which nobody asked. */
void fastcgi_rest(struct fastcgi *f, void (*rest)(void *data), void *data);
/* The last words of a process that ends in a request, because its time is over or it has no memory left: whole answers, by format (page,
 * model), cause and what was saved, at fastcgi_words_at. *saved (one of the three) is asked then. Both live as long as the process. */
enum { FASTCGI_TIME, FASTCGI_ROOM, FASTCGI_CAUSES };
enum { FASTCGI_SAVED_NOTHING, FASTCGI_SAVED_UNSURE, FASTCGI_SAVED_ALL, FASTCGI_SAVED };
enum { FASTCGI_WORDS = 2 * FASTCGI_CAUSES * FASTCGI_SAVED };
struct fastcgi_words { const char *bytes; size_t length; };
int  fastcgi_words_at(int format, int cause, int saved);
void fastcgi_last_words(struct fastcgi *f, const struct fastcgi_words *words, const volatile sig_atomic_t *saved);
/* What this request wants: its model rather than a page; to change something. */
void fastcgi_asked(struct fastcgi *f, bool xml, bool changes);
/* Waits (signals open only here, mask `open`) for a request until *stop is 1, or is 2 and nobody waits at the socket any more: 1 a request,
 * 0 stopped, -1 the worker should end. */
int  fastcgi_accept(struct fastcgi *f, const sigset_t *open, const volatile sig_atomic_t *stop);
const char *fastcgi_param(const struct fastcgi *f, const char *name);        /* borrowed; NULL if absent */
/* Every parameter but one, as it came: "NAME=value", each ended by a NUL. */
char *fastcgi_params(void *ctx, const struct fastcgi *f, const char *but, size_t *length_r);
int  fastcgi_fits(struct fastcgi *f, size_t max, struct error *error);       /* by the length that was announced: TOO_LARGE, MALFORMED when it is no number */
/* The whole body into ctx. TOO_LARGE above max (the rest is drained up to a bound), MALFORMED when it ends before its length. */
int  fastcgi_body(void *ctx, struct fastcgi *f, size_t max, char **body_r, size_t *length_r, struct error *error);
/* Head and body in one write; then the request is finished. Returns false when the peer has gone. */
bool fastcgi_answer(struct fastcgi *f, const char *head, size_t head_length, const char *body, size_t body_length);
#endif
