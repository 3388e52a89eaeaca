/* Inside of the FastCGI adapter: fastcgi.c hears, fastcgi_answer.c answers, fastcgi_last.c speaks when the process ends in a request. Nobody else includes this. */
#ifndef ADAPTER_FASTCGI_INNER_H
#define ADAPTER_FASTCGI_INNER_H
#include "adapter/fastcgi.h"
#include <fcgiapp.h>

struct fastcgi {
	FCGX_Request request;
	int socket, queue, seconds;
	volatile sig_atomic_t open;        /* a request has been accepted and not answered */
	volatile sig_atomic_t answering;   /* its answer has begun: nothing may be said any more */
	volatile sig_atomic_t xml, changes;
	void (*rest)(void *data);
	void *rest_data;
	const struct fastcgi_words *words;
	const volatile sig_atomic_t *saved;
};

enum { FASTCGI_RECORD_END = 3, FASTCGI_RECORD_OUT = 6, FASTCGI_RECORD_MOST = 65528 };
/* A peer that still sends gets no answer before it has been heard; beyond a bound the connection just ends. Was it heard to its end? */
bool fastcgi_drain(struct fastcgi *f);
void fastcgi_timer(int seconds);
#endif
