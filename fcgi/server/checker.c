#include "server/checker.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/log.h"

enum { HEARD = 8192 };

static void run(const char *program, const char *config, int to)
{
	char *const args[] = {(char *)(uintptr_t)program, (char *)(uintptr_t)"check", (char *)(uintptr_t)"-c", (char *)(uintptr_t)config, NULL};
	signal(SIGPIPE, SIG_DFL);
	dup2(to, STDOUT_FILENO);
	dup2(to, STDERR_FILENO);
	execv(program, args);
	_exit(127);
}

/* Nobody listens until it has ended, so its words must not make it wait: what is more than the pipe holds is lost. */
void checker_start(struct checker *c, const char *program, const char *config)
{
	int ends[2];
	if (c->pid > 0) {
		c->again = true;
		return;
	}
	if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0) {
		log_line(LOG_ERROR, "master.fork", "errno=%d", errno);
		return;
	}
	c->pid = fork();
	if (c->pid == 0)
		run(program, config, ends[1]);
	close(ends[1]);
	c->from = ends[0];
	if (c->pid > 0)
		return;
	log_line(LOG_ERROR, "master.fork", "errno=%d", errno);
	close(ends[0]);
	c->pid = 0;
}

static void last_line(int from, char *said_r, size_t size)
{
	char heard[HEARD + 1];
	size_t used = 0;
	ssize_t n;
	while (used < HEARD && (n = read(from, heard + used, HEARD - used)) > 0)
		used += (size_t)n;
	while (used > 0 && heard[used - 1] == '\n')
		used--;
	heard[used] = '\0';
	char *line = strrchr(heard, '\n');
	snprintf(said_r, size, "%s", line ? line + 1 : heard);
}

bool checker_ended(struct checker *c, int status, char *said_r, size_t size)
{
	last_line(c->from, said_r, size);
	close(c->from);
	c->pid = 0;
	if (WIFSIGNALED(status))
		snprintf(said_r, size, "the check ended with signal %d", WTERMSIG(status));
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
