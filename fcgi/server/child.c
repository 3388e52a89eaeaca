#include "server/child.h"
#include <stdbool.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include "base/log.h"
#include "server/worker.h"

enum { YOUNG_MS = 10000, WAIT_LEAST_MS = 100, WAIT_MOST_MS = 10000 };

int64_t child_clock(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void child_tell_end(const char *who, pid_t pid, int status)
{
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
		log_line(LOG_ERROR, "worker.stuck", "pid=%d who=%s", (int)pid, who);
	else if (WIFSIGNALED(status))
		log_line(LOG_ERROR, "worker.died", "pid=%d who=%s signal=%d", (int)pid, who, WTERMSIG(status));
	else if (WEXITSTATUS(status) != CHILD_DONE)
		log_line(LOG_ERROR, "worker.died", "pid=%d who=%s status=%d", (int)pid, who, WEXITSTATUS(status));
	else
		log_line(LOG_INFO, "worker.done", "pid=%d who=%s", (int)pid, who);
}

void child_ended(struct child *child, int status)
{
	int64_t now = child_clock(), wait = WAIT_LEAST_MS;
	bool done = WIFEXITED(status) && WEXITSTATUS(status) == CHILD_DONE;
	child->pid = 0;
	child->not_before = now;
	if (done || now - child->started > YOUNG_MS) {
		child->failures = 0;
		return;
	}
	for (int i = 0; i < child->failures && wait < WAIT_MOST_MS; i++)
		wait *= 2;
	child->failures++;
	child->not_before = now + (wait < WAIT_MOST_MS ? wait : WAIT_MOST_MS);
}
