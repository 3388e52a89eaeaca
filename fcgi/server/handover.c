#include "server/handover.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <talloc.h>

#define VARIABLE "DOSSIER_HANDOVER"

static bool is_bound_to(int socket, const char *path)
{
	struct sockaddr_un address = {0};
	socklen_t length = sizeof address;
	int listening = 0;
	socklen_t size = sizeof listening;
	return getsockname(socket, (struct sockaddr *)&address, &length) == 0 && address.sun_family == AF_UNIX &&
		strncmp(address.sun_path, path, sizeof address.sun_path) == 0 &&
		getsockopt(socket, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) == 0 && listening;
}

/* "socket clock clerk worker worker …" */
static int parse(const char *text, struct handover *h)
{
	int n = 0, pid;
	if (sscanf(text, "%d %" SCNd64 " %d%n", &h->socket, &h->clock_ms, &h->clerk, &n) != 3)
		return -1;
	for (text += n; h->count < HANDOVER_CHILDREN && sscanf(text, " %d%n", &pid, &n) == 1; text += n)
		h->workers[h->count++] = pid;
	return 0;
}

void handover_take(struct handover *handover_r, const char *path)
{
	const char *text = getenv(VARIABLE);
	memset(handover_r, 0, sizeof *handover_r);
	handover_r->socket = -1;
	if (text && parse(text, handover_r) < 0)
		handover_r->socket = -1;
	unsetenv(VARIABLE);
	if (handover_r->socket < 0)
		return;
	if (is_bound_to(handover_r->socket, path)) {
		fcntl(handover_r->socket, F_SETFD, FD_CLOEXEC);
		return;
	}
	close(handover_r->socket);
	handover_r->socket = -1;
}

static char *format(void *ctx, const struct handover *h)
{
	char *text = talloc_asprintf(ctx, "%d %" PRId64 " %d", h->socket, h->clock_ms, (int)h->clerk);
	for (int i = 0; i < h->count; i++)
		text = talloc_asprintf_append_buffer(text, " %d", (int)h->workers[i]);
	return text;
}

int handover_exec(const struct handover *handover, const char *program, const char *config)
{
	void *tmp = talloc_new(NULL);
	char *const args[] = {talloc_strdup(tmp, program), talloc_strdup(tmp, "serve"), talloc_strdup(tmp, "-c"),
		talloc_strdup(tmp, config), NULL};
	setenv(VARIABLE, format(tmp, handover), 1);
	fcntl(handover->socket, F_SETFD, 0);
	execv(program, args);
	int saved = errno;
	fcntl(handover->socket, F_SETFD, FD_CLOEXEC);
	unsetenv(VARIABLE);
	talloc_free(tmp);
	errno = saved;
	return -1;
}
