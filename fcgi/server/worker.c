#include "server/worker.h"
#include <errno.h>
#include <grp.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <talloc.h>
#include <unistd.h>
#include "base/log.h"
#include "adapter/fastcgi.h"
#include "adapter/memory.h"
#include "adapter/sandbox.h"
#include "page/route.h"
#include "server/clerk.h"

volatile sig_atomic_t worker_stop;

static pid_t worker_master;        /* whom this child dies with; 0 in the master itself */

enum { ORPHAN_MS = 400 };

static void on_stop(int signal)
{
	worker_stop = signal == SIGINT ? WORKER_STOP_LAST : WORKER_STOP;
}

/* The kernel's word that the master has died (or somebody's signal, which means nothing). A new master may be starting already: what is
 * being done is finished if that is quick, and ends with the alarm if not. */
static void on_orphaned(int signal)
{
	struct itimerval left = {.it_value = {.tv_usec = ORPHAN_MS * 1000}};

	(void)signal;
	if (worker_master == 0 || getppid() == worker_master)
		return;
	worker_stop = WORKER_STOP;
	setitimer(ITIMER_REAL, &left, NULL);
}

static void on_nothing(int signal)
{
	(void)signal;
}

/* What a child does about the signals that mean something to it; to the master, which takes them one by one, only that they are no default. */
static const struct { int signal; void (*handler)(int); int flags; } taken[] = {
	{ SIGTERM, on_stop, 0 }, { SIGINT, on_stop, 0 }, { SIGQUIT, on_stop, 0 }, { SIGUSR1, on_stop, 0 }, { SIGHUP, on_nothing, 0 },
	{ SIGUSR2, on_orphaned, SA_RESTART },
};

/* No SA_RESTART where the wait must end (with it, a worker would sleep on until the next request). */
void worker_handlers(void)
{
	for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++) {
		struct sigaction act = {.sa_handler = taken[i].handler, .sa_flags = taken[i].flags};
		sigemptyset(&act.sa_mask);
		sigaction(taken[i].signal, &act, NULL);
	}
}

/* All but what a fault of our own raises and what a terminal stops and continues with: whatever is sent to the family (pkill -HUP, a terminal
 * that goes), no request is cut by it. */
void worker_signals(sigset_t *set_r)
{
	static const int never[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS, SIGTSTP, SIGTTIN, SIGTTOU, SIGCONT };

	sigfillset(set_r);
	for (size_t i = 0; i < sizeof never / sizeof never[0]; i++)
		sigdelset(set_r, never[i]);
}

/* Open in a child at any time: the master's death, and the end of a request's time. */
static void open_in_child(void)
{
	sigset_t open;

	sigemptyset(&open);
	sigaddset(&open, SIGUSR2);
	sigaddset(&open, SIGALRM);
	sigprocmask(SIG_UNBLOCK, &open, NULL);
}

int worker_drop_root(const struct config *config, struct error *error)
{
	struct stat st;
	if (geteuid() != 0)
		return 0;
	if (stat(config->data_dir, &st) < 0) {
		error_set(error, ERROR_MISSING, "start.data-dir", "the data directory cannot be seen: %s", strerror(errno));
		return error_at(error, config->data_dir, 0, 0);
	}
	if (st.st_uid == 0 && config->profile == PROFILE_PRODUCTION) {
		error_set(error, ERROR_DENIED, "start.root", "the data directory belongs to root; give it to an ordinary user");
		return error_at(error, config->data_dir, 0, 0);
	}
	if (st.st_uid == 0)
		return 0;
	/* The socket's group is nginx's business: supplementary groups go as well. */
	if (setgroups(0, NULL) < 0 || setgid(st.st_gid) < 0 || setuid(st.st_uid) < 0 || setuid(0) == 0)
		return error_set(error, ERROR_FAULT, "start.root", "root cannot be given up: %s", strerror(errno));
	return 0;
}

/* After the change of user, because that clears the death signal. */
static int bind_to_master(pid_t master, struct error *error)
{
	worker_master = master;
	open_in_child();
	if (prctl(PR_SET_PDEATHSIG, SIGUSR2, 0, 0, 0) < 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ||
	    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0)
		return error_set(error, ERROR_FAULT, "start.process", "the process cannot be bound: %s", strerror(errno));
	if (getppid() != master)
		return error_set(error, ERROR_FAULT, "start.orphan", "the master has gone");
	return 0;
}

static const char *below(void *ctx, const struct config *config, const char *name)
{
	char *path = config_path(ctx, config->data_dir, name);
	return access(path, F_OK) == 0 ? path : NULL;
}

/* What a child reads: our own files, and what libraries ask for after the start (randomness, the memory in use). What it writes:
 * db/ and keys/; the clerk alone writes what the public reads. */
static int confine(const struct config *config, bool clerk, struct error *error)
{
	if (strcmp(config->sandbox, "off") == 0)
		return 0;
	void *tmp = talloc_new(NULL);
	const char *writes[8] = {NULL}, *reads[8] = {NULL};
	const char *const dirs[] = {"db", "keys", clerk ? "published" : NULL};
	int n = 0, m = 0;
	if (clerk && *config->backup_dir && access(config->backup_dir, F_OK) == 0)
		writes[n++] = config->backup_dir;
	for (size_t i = 0; i < sizeof dirs / sizeof dirs[0]; i++)
		if (dirs[i] && (writes[n] = below(tmp, config, dirs[i])))
			n++;
	reads[m++] = config->share_dir;
	reads[m++] = config->data_dir;
	reads[m++] = "/dev/urandom";
	reads[m++] = "/proc/self";
	if (access("/usr/share/dict", F_OK) == 0)
		reads[m++] = "/usr/share/dict";
	int rc = sandbox_enter(writes, reads, error);
	talloc_free(tmp);
	return rc;
}

/* RLIMIT_DATA counts private writable pages, which is what a request can ask for; address space is not (libraries map files).
 * Beyond it allocation fails and the worker ends; its last words are the answer (adapter/fastcgi_last.c). */
static int limit_memory(const struct config *config, struct error *error)
{
	unsigned long data = 0;
	FILE *from = fopen("/proc/self/statm", "re");
	if (!from || fscanf(from, "%*u %*u %*u %*u %*u %lu", &data) != 1)
		data = 0;
	if (from)
		fclose(from);
	rlim_t most = (rlim_t)data * (rlim_t)sysconf(_SC_PAGESIZE) + (rlim_t)config->request_megabytes * 1024 * 1024;
	struct rlimit limit = {.rlim_cur = most, .rlim_max = most}, none = {0, 0};
	if (setrlimit(RLIMIT_DATA, &limit) < 0 || setrlimit(RLIMIT_CORE, &none) < 0)
		return error_set(error, ERROR_FAULT, "start.limit", "the memory limit cannot be set: %s", strerror(errno));
	return 0;
}

static void complain(const char *who, const struct error *error)
{
	log_line(LOG_ERROR, who, "code=%s where=%s say=\"%s\"", error->code, error->where, error->say);
}

/* Without this the child can never work: the server ends. */
static int prepare(const struct config *config, bool clerk, pid_t master, struct error *error)
{
	umask(clerk ? 0022 : 0077);   /* what the clerk writes under published/ is for nginx to read */
	if (worker_drop_root(config, error) < 0 || bind_to_master(master, error) < 0 || limit_memory(config, error) < 0 ||
	    confine(config, clerk, error) < 0)
		return -1;
	return 0;
}

/* The pool of a prefork server on one socket: who wakes first gets the request, the others wait on. */
static int serve(const struct config *config, struct app *app, int socket, const sigset_t *before, struct error *error)
{
	struct fastcgi *f = fastcgi_new(NULL, socket, error);
	int rc = 0;
	if (!f)
		return -1;
	struct memory *memory = memory_new(f);
	fastcgi_limit(f, (int)config->request_seconds);
	fastcgi_rest(f, app_rest, app);
	app_listen(app, f);
	for (int64_t served = 0; rc == 0 && served < config->recycle; served++) {
		int got = fastcgi_accept(f, before, &worker_stop);
		if (got == 0)
			break;
		if (got < 0)
			rc = error_set(error, ERROR_FAULT, "worker.accept", "the socket is of no use any more");
		else {
			memory_before(memory, fastcgi_param(f, "CONTENT_LENGTH"));
			app_serve(app, f);
			memory_after(memory);
		}
		log_request(NULL, 0);
	}
	talloc_free(f);
	return rc;
}

int worker_run(const struct config *config, struct app *app, int socket, pid_t master, const sigset_t *before)
{
	struct error error = {0};
	if (prepare(config, false, master, &error) < 0) {
		complain("worker.start", &error);
		return getppid() == master ? CHILD_HOPELESS : CHILD_DONE;
	}
	if (app_open(app, &error) < 0 || serve(config, app, socket, before, &error) < 0) {
		complain("worker.end", &error);
		return CHILD_FAILED;
	}
	return CHILD_DONE;
}

int worker_run_clerk(const struct config *config, struct app *app, pid_t master, const sigset_t *before)
{
	struct error error = {0};
	if (prepare(config, true, master, &error) < 0) {
		complain("clerk.start", &error);
		return getppid() == master ? CHILD_HOPELESS : CHILD_DONE;
	}
	if (app_open(app, &error) < 0 || clerk_run(app, &worker_stop, before, &error) < 0) {
		complain("clerk.end", &error);
		return CHILD_FAILED;
	}
	return CHILD_DONE;
}
