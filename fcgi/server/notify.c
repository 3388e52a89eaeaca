#include "server/notify.h"
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* A manager that does not listen is no reason to stop. */
void notify_manager(const char *state)
{
	const char *path = getenv("NOTIFY_SOCKET");
	struct sockaddr_un to = {.sun_family = AF_UNIX};
	size_t length = path == NULL ? 0 : strlen(path);
	int fd;

	if (length < 2 || length >= sizeof to.sun_path || (fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) < 0)
		return;
	memcpy(to.sun_path, path, length);
	if (*path == '@')      /* an abstract name */
		to.sun_path[0] = '\0';
	if (sendto(fd, state, strlen(state), MSG_NOSIGNAL, (const struct sockaddr *)&to, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length)) < 0) {
		/* nothing to do about it */
	}
	close(fd);
}
