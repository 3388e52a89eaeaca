#include "server/master.h"
#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <talloc.h>
#include <time.h>
#include <unistd.h>
#include "base/date.h"
#include "base/log.h"
#include "adapter/db.h"
#include "adapter/fastcgi.h"
#include "store/store.h"
#include "store/store_audit.h"
#include "page/route.h"
#include "server/worker.h"
#include "server/child.h"
#include "server/handover.h"
#include "server/checker.h"
#include "server/notify.h"

enum {
	DRAIN_MS = 1000,           /* over a request's own time: then a child that still works is killed */
	ORPHANS_MS = 3000,         /* children of a master that was killed end in one second */
	RETRY_MS = 10000,          /* after a failed fork */
	IDLE_MS = 60000,
};

struct master {
	const struct config *config;
	const char *config_path, *program;
	struct app *app;
	int socket;
	sigset_t ours, before;     /* blocked always; the mask of a child while it waits */
	struct child *children;    /* workers, then the clerk */
	int count;
	struct handover old;       /* who still serves from before a SIGHUP */
	int64_t old_until;
	struct checker checker;    /* after a SIGHUP */
	bool stop, hopeless;
};

static bool is_clerk(const struct master *m, int index)
{
	return index == m->count - 1;
}

static int64_t drain_ms(const struct master *m)
{
	return m->config->request_seconds * 1000 + DRAIN_MS;
}

static void start_child(struct master *m, int index)
{
	struct child *child = &m->children[index];
	pid_t master = getpid();
	/* SQLite connections must not cross a fork (sqlite.org, "How To Corrupt", 2.6). */
	assert(db_open_count() == 0);
	child->started = child_clock();
	pid_t pid = fork();
	if (pid == 0) {
		worker_stop = 0;
		_exit(is_clerk(m, index) ? worker_run_clerk(m->config, m->app, master, &m->before)
			: worker_run(m->config, m->app, m->socket, master, &m->before));
	}
	if (pid < 0) {
		log_line(LOG_ERROR, "master.fork", "errno=%d", errno);
		child->not_before = child_clock() + RETRY_MS;
		return;
	}
	child->pid = pid;
}

/* Starts whoever is due; the time until the next one is. Two clerks at once would both write what the public reads. */
static int64_t start_due(struct master *m)
{
	int64_t wait = m->old.count > 0 || m->old.clerk > 0 ? 1000 : IDLE_MS;
	for (int i = 0; i < m->count; i++) {
		struct child *child = &m->children[i];
		if (child->pid != 0 || (is_clerk(m, i) && m->old.clerk > 0))
			continue;
		int64_t rest = child->not_before - child_clock();
		if (rest <= 0)
			start_child(m, i);
		else if (rest < wait)
			wait = rest;
	}
	return wait;
}

static void signal_old(struct master *m, int signal)
{
	if (m->old.clerk > 0)
		kill(m->old.clerk, signal);
	for (int i = 0; i < m->old.count; i++)
		kill(m->old.workers[i], signal);
}

static void signal_workers(struct master *m, int signal)
{
	for (int i = 0; i < m->count; i++)
		if (m->children[i].pid > 0 && !is_clerk(m, i))
			kill(m->children[i].pid, signal);
	for (int i = 0; i < m->old.count; i++)
		kill(m->old.workers[i], signal);
}

static void signal_clerks(struct master *m, int signal)
{
	if (m->old.clerk > 0)
		kill(m->old.clerk, signal);
	if (m->children[m->count - 1].pid > 0)
		kill(m->children[m->count - 1].pid, signal);
}

static int clerks_living(const struct master *m)
{
	return (m->old.clerk > 0) + (m->children[m->count - 1].pid > 0);
}

static int living(const struct master *m)
{
	int n = m->old.count + (m->old.clerk > 0);
	for (int i = 0; i < m->count; i++)
		n += m->children[i].pid > 0;
	return n;
}

static bool ended_old(struct master *m, pid_t pid, int status)
{
	if (pid == m->old.clerk) {
		m->old.clerk = 0;
		child_tell_end("old-clerk", pid, status);
		return true;
	}
	for (int i = 0; i < m->old.count; i++) {
		if (m->old.workers[i] != pid)
			continue;
		m->old.workers[i] = m->old.workers[--m->old.count];
		child_tell_end("old-worker", pid, status);
		return true;
	}
	return false;
}

/* Everything that is not a child now is handed on; the new program drains it. */
static void become_new(struct master *m)
{
	struct handover h = m->old;
	h.socket = m->socket;
	h.clock_ms = date_clock_offset();
	for (int i = 0; i < m->count; i++) {
		if (m->children[i].pid <= 0)
			continue;
		if (is_clerk(m, i) && h.clerk == 0)
			h.clerk = m->children[i].pid;
		else if (h.count < HANDOVER_CHILDREN)
			h.workers[h.count++] = m->children[i].pid;
	}
	log_line(LOG_INFO, "master.reload", "children=%d", h.count);
	notify_manager("RELOADING=1");
	handover_exec(&h, m->program, m->config_path);
	notify_manager("READY=1");
	log_line(LOG_ERROR, "master.reload", "errno=%d say=\"the new program cannot be started, the old one goes on\"", errno);
}

static void start_check(struct master *m)
{
	checker_start(&m->checker, m->program, m->config_path);
}

static void checked(struct master *m, int status)
{
	char said[512];
	bool good = checker_ended(&m->checker, status, said, sizeof said), again = m->checker.again;
	m->checker.again = false;
	if (m->stop)
		return;
	if (again)
		start_check(m);
	else if (good)
		become_new(m);
	else
		log_line(LOG_ERROR, "master.reload", "say=\"the check of the new files failed, the old server goes on: %s\"", said);
}

static void ended(struct master *m, pid_t pid, int status)
{
	if (pid == m->checker.pid) {
		checked(m, status);
		return;
	}
	if (ended_old(m, pid, status))
		return;
	for (int i = 0; i < m->count; i++) {
		if (m->children[i].pid != pid)
			continue;
		child_tell_end(is_clerk(m, i) ? "clerk" : "worker", pid, status);
		child_ended(&m->children[i], status);
		if (WIFEXITED(status) && WEXITSTATUS(status) == CHILD_HOPELESS)
			m->hopeless = m->stop = true;
	}
}

static void reap(struct master *m)
{
	int status;
	for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;)
		ended(m, pid, status);
}

/* All signals stay blocked and are taken here, one by one: the master needs no handler and has no window. */
static int next_signal(const struct master *m, int64_t wait_ms)
{
	struct timespec wait = {.tv_sec = wait_ms / 1000, .tv_nsec = wait_ms % 1000 * 1000000};
	return sigtimedwait(&m->ours, NULL, &wait);
}

static void status_line(struct master *m)
{
	log_line(LOG_INFO, "master.status", "children=%d of=%d old=%d", living(m), m->count, m->old.count);
}

static void drain(struct master *m)
{
	int64_t until = child_clock() + drain_ms(m);
	log_line(LOG_INFO, "master.stop", "children=%d", living(m));
	notify_manager("STOPPING=1");
	unlink(m->config->socket);     /* nobody new; who is waiting already is served */
	signal_workers(m, SIGINT);
	if (m->checker.pid > 0)
		kill(m->checker.pid, SIGKILL);
	for (reap(m); living(m) > 0 && child_clock() < until; reap(m)) {
		if (living(m) == clerks_living(m))       /* the last: what the workers did last is to be seen */
			signal_clerks(m, SIGTERM);
		next_signal(m, 100);
	}
	if (living(m) > 0) {
		log_line(LOG_WARN, "master.kill", "children=%d", living(m));
		signal_workers(m, SIGKILL);
		signal_clerks(m, SIGKILL);
	}
	while (living(m) > 0) {
		int status;
		pid_t pid = waitpid(-1, &status, 0);
		if (pid < 0 && errno != EINTR)
			break;
		if (pid > 0)
			ended(m, pid, status);
	}
}

static void loop(struct master *m)
{
	while (!m->stop) {
		int got = next_signal(m, start_due(m));
		if (got == SIGTERM || got == SIGINT || got == SIGQUIT)
			m->stop = true;
		else if (got == SIGHUP)
			start_check(m);
		else if (got == SIGUSR1)
			status_line(m);
		reap(m);
		if (m->old_until > 0 && child_clock() > m->old_until) {
			signal_old(m, SIGKILL);
			m->old_until = 0;
		}
	}
	drain(m);
}

/* In a child, because the master opens no database and, as root, must leave no file of root's in the data directory. */
static int prepare_store(const struct master *m, struct error *error)
{
	int status = -1;
	pid_t pid = fork();
	if (pid == 0) {
		struct error own = {0};
		struct store *store = NULL;
		int rc = worker_drop_root(m->config, &own);
		if (rc == 0 && m->config->profile != PROFILE_PRODUCTION)
			rc = store_create(m->config, &own);
		if (rc == 0 && !(store = store_open(NULL, m->config, &own)))
			rc = -1;
		if (rc == 0)
			rc = app_forms_released(m->app, store, &own);
		if (rc == 0 && audit_anchor_check(store, &own) < 0)      /* a person must look, but the service is needed meanwhile */
			log_line(LOG_ERROR, "store.audit", "code=%s say=\"%s\"", own.code, own.say);
		talloc_free(store);
		if (rc < 0)
			log_line(LOG_ERROR, "store.start", "code=%s where=%s say=\"%s\"", own.code, own.where, own.say);
		_exit(rc < 0);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0)
		return error_set(error, ERROR_FAULT, "start.store", "the store cannot be opened (see the line above); "
			"`dossier migrate` brings an older one up to date");
	return 0;
}

/* A master that was killed leaves children that still listen, for a second. */
static void wait_for_orphans(const struct master *m)
{
	int64_t until = child_clock() + ORPHANS_MS;
	struct timespec short_while = {.tv_nsec = 50000000};
	while (fastcgi_is_served(m->config->socket) && child_clock() < until)
		nanosleep(&short_while, NULL);
}

/* The signals are blocked and the handlers in place before libfcgi looks at them. The mask of a waiting child is made, not
 * remembered: after a SIGHUP the new program inherits the blocked one. */
static int prepare(struct master *m, struct error *error)
{
	worker_signals(&m->ours);
	sigprocmask(SIG_BLOCK, &m->ours, NULL);
	sigemptyset(&m->before);
	worker_handlers();
	handover_take(&m->old, m->config->socket);
	m->app = app_load(m, m->config, error);
	if (m->app && m->old.socket >= 0 && m->config->profile != PROFILE_PRODUCTION)
		date_clock_move(m->old.clock_ms);
	if (!m->app || prepare_store(m, error) < 0 || fastcgi_start(error) < 0)
		return -1;
	if (m->old.socket < 0)
		wait_for_orphans(m);
	m->socket = m->old.socket >= 0 ? m->old.socket
		: fastcgi_listen(m->config->socket, m->config->socket_group, error);
	return m->socket < 0 ? -1 : 0;
}

int master_run(const struct config *config, const char *config_path, const char *program, struct error *error)
{
	struct master *m = talloc_zero(NULL, struct master);
	int64_t workers = config->workers > 0 ? config->workers : sysconf(_SC_NPROCESSORS_ONLN) + 2;
	int rc = -1;
	m->config = config;
	m->config_path = config_path;
	m->program = program;
	m->count = (int)workers + 1;
	m->children = talloc_zero_array(m, struct child, (size_t)m->count);
	if (prepare(m, error) < 0)
		goto out;
	log_line(LOG_INFO, "master.start", "workers=%d sandbox=%s", m->count - 1, config->sandbox);
	start_due(m);
	m->old_until = child_clock() + drain_ms(m);
	signal_old(m, SIGTERM);
	notify_manager("READY=1");
	loop(m);
	rc = m->hopeless ? error_set(error, ERROR_FAULT, "start.hopeless", "no worker can start (see the line above)") : 0;
out:
	talloc_free(m);
	return rc;
}
