/* Inside of the FastCGI adapter: fastcgi.c serves, fastcgi_last.c speaks when the process ends in a request. Nobody else includes this. */
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
#endif
