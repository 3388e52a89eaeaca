/* A place for one child of the master: which process fills it, how the last one ended, and when the next may start. */
#ifndef SERVER_CHILD_H
#define SERVER_CHILD_H
#include <stdint.h>
#include <sys/types.h>

struct child { pid_t pid; int failures; int64_t started, not_before; };   /* pid 0: empty; times as child_clock */

int64_t child_clock(void);                                    /* milliseconds, never set back */
void child_tell_end(const char *who, pid_t pid, int status);  /* one log line; status as from waitpid */
/* Empties the place. One that dies young waits before it is replaced, twice as long each time: a fault at the start must not
 * eat the machine. */
void child_ended(struct child *child, int status);
#endif
