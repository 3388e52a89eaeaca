/* What a master gives to the program that it becomes on SIGHUP: the listening socket, the moved clock and the children that
 * still serve. It is one environment variable, because descriptors and children survive an exec and nothing else does. */
#ifndef SERVER_HANDOVER_H
#define SERVER_HANDOVER_H
#include <stdint.h>
#include <sys/types.h>

enum { HANDOVER_CHILDREN = 1024 };
struct handover {
	int socket;                     /* -1: nothing was handed over         */
	int64_t clock_ms;
	pid_t clerk;                    /* 0: none                             */
	pid_t workers[HANDOVER_CHILDREN];
	int count;
};
/* Reads and removes the variable; the socket is taken only when it is bound to `path`, else closed. */
void handover_take(struct handover *handover_r, const char *path);
/* Becomes `program serve -c config`. Comes back only when that failed: -1, with everything as before. */
int handover_exec(const struct handover *handover, const char *program, const char *config);
#endif
