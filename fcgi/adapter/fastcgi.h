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
/* A request, from its first byte to its answer, may take so long: then SIGALRM ends the process (its default action). 0: no limit. */
void fastcgi_limit(struct fastcgi *f, int seconds);
/* Called after each minute in which nobody asked. */
void fastcgi_rest(struct fastcgi *f, void (*rest)(void *data), void *data);
/* Waits (signals open only here, mask `open`) for a request until *stop is set: 1 a request, 0 stopped, -1 the worker should end. */
int  fastcgi_accept(struct fastcgi *f, const sigset_t *open, const volatile sig_atomic_t *stop);
const char *fastcgi_param(const struct fastcgi *f, const char *name);        /* borrowed; NULL if absent */
/* The whole body into ctx. TOO_LARGE above max (the rest is drained up to a bound), MALFORMED when it ends before its length. */
int  fastcgi_body(void *ctx, struct fastcgi *f, size_t max, char **body_r, size_t *length_r, struct error *error);
/* Head and body in one write; then the request is finished. Returns false when the peer has gone. */
bool fastcgi_answer(struct fastcgi *f, const char *head, size_t head_length, const char *body, size_t body_length);
#endif
