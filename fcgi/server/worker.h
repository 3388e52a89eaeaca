/* One child of the master: a worker that serves requests one after the other, or the clerk. What both do first (root given up,
 * death with the master, sandbox) is here too, because a command that touches the data does part of it. */
#ifndef SERVER_WORKER_H
#define SERVER_WORKER_H
#include <signal.h>
#include <sys/types.h>
#include "base/config.h"

struct app;

/* How a child ends, for the master. */
enum child_exit {
	CHILD_DONE = 0,      /* told to stop, or replaced after `recycle` requests: a new one at once            */
	CHILD_FAILED = 1,    /* a new one, later if this goes on                                                */
	CHILD_HOPELESS = 3,  /* root cannot be given up or the sandbox not entered: the server ends      */
};

/* Set by SIGTERM and SIGUSR1 (others serve on), by SIGINT (nobody does: what waits at the socket is served first) and by the master's death
 * (what is being done has 600 ms left). The handlers are put in before libfcgi starts; a child clears it after the fork. */
enum { WORKER_STOP = 1, WORKER_STOP_LAST = 2 };
extern volatile sig_atomic_t worker_stop;
void worker_handlers(void);
/* The signals that are blocked from the start and open only while a process waits. */
void worker_signals(sigset_t *set_r);

/* Run in the child, `before` is the signal mask while waiting; the return value is the exit status (enum child_exit). */
int worker_run(const struct config *config, struct app *app, int socket, pid_t master, const sigset_t *before);
int worker_run_clerk(const struct config *config, struct app *app, pid_t master, const sigset_t *before);

/* As root: become the owner of the data directory, for good. Otherwise nothing. Production refuses to go on as root. */
int worker_drop_root(const struct config *config, struct error *error);
#endif
