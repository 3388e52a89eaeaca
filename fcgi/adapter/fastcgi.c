/* libfcgi 2.4.2 as Debian ships it. Its traps, and what is done here about each:
 * - it retries nothing on EINTR and its own shutdown flag has a window: signals are open only inside epoll_pwait, the flag is ours;
 * - FCGX_Init puts handlers in place of SIG_DFL and SIG_IGN: the caller's handlers come before, SIGPIPE is ignored after;
 * - FCGX_OpenSocket exits on errors and binds with the umask: the socket is our own;
 * - a kept connection pins a worker, so every request ends its connection, whatever nginx asks;
 * - closing lingers two seconds for the peer: 200 ms are enough, nginx closes at once;
 * - the peer says CONTENT_LENGTH, nobody else has counted: memory grows by what has arrived. */
#include "adapter/fastcgi_inner.h"
#include <errno.h>
#include <grp.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <talloc.h>
#include <unistd.h>
#include "base/text.h"

enum { MINUTE = 60000, BACKLOG = 512, CHUNK = 64 * 1024 };

static int fail(struct error *error, const char *code, const char *what)
{
	return error_set(error, ERROR_FAULT, code, "%s: %s", what, strerror(errno));
}

int fastcgi_start(struct error *error)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN};
	setenv("LIBFCGI_OS_CLOSE_POLL_TIMEOUT", "200", 0);
	if (FCGX_Init() != 0)
		return error_set(error, ERROR_FAULT, "fastcgi.start", "libfcgi cannot start");
	sigemptyset(&ignore.sa_mask);
	if (sigaction(SIGPIPE, &ignore, NULL) < 0)
		return fail(error, "fastcgi.start", "SIGPIPE cannot be ignored");
	return 0;
}

static struct sockaddr_un address_of(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	memcpy(address.sun_path, path, strnlen(path, sizeof address.sun_path - 1));
	return address;
}

bool fastcgi_is_served(const char *path)
{
	struct sockaddr_un address = address_of(path);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	bool served = fd >= 0 && (connect(fd, (struct sockaddr *)&address, sizeof address) == 0 || errno == EAGAIN);
	if (fd >= 0)
		close(fd);
	return served;
}

/* A socket that nobody answers on is left from a server that was killed; one that answers belongs to a running server. */
static int remove_old(const char *path, struct error *error)
{
	struct stat st;
	if (lstat(path, &st) < 0)
		return errno == ENOENT ? 0 : fail(error, "fastcgi.listen", "the old socket cannot be seen");
	if (!S_ISSOCK(st.st_mode))
		return error_set(error, ERROR_CONFLICT, "fastcgi.listen", "there is a file that is no socket");
	if (fastcgi_is_served(path))
		return error_set(error, ERROR_CONFLICT, "fastcgi.listen", "another server is listening there");
	return unlink(path) < 0 ? fail(error, "fastcgi.listen", "the old socket cannot be removed") : 0;
}

static int own_group(const char *path, const char *name, struct error *error)
{
	struct group *group = *name ? getgrnam(name) : NULL;
	if (!*name)
		return 0;
	if (!group)
		return error_set(error, ERROR_MISSING, "fastcgi.group", "there is no group “%.60s”", name);
	return chown(path, (uid_t)-1, group->gr_gid) < 0 ? fail(error, "fastcgi.group", "the socket's group cannot be set") : 0;
}

int fastcgi_listen(const char *path, const char *group, struct error *error)
{
	struct sockaddr_un address = address_of(path);
	int fd = -1, rc = -1;
	if (strlen(path) >= sizeof address.sun_path) {
		error_set(error, ERROR_INVALID, "fastcgi.listen", "the path is longer than %zu bytes", sizeof address.sun_path - 1);
		goto out;
	}
	if (remove_old(path, error) < 0)
		goto out;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	mode_t before = umask(0777);   /* nobody gets in between bind and chmod */
	rc = fd < 0 ? -1 : bind(fd, (struct sockaddr *)&address, sizeof address);
	umask(before);
	if (rc < 0) {
		fail(error, "fastcgi.listen", "the socket cannot be made");
		goto out;
	}
	rc = own_group(path, group, error);
	if (rc == 0 && (chmod(path, 0660) < 0 || listen(fd, BACKLOG) < 0))
		rc = fail(error, "fastcgi.listen", "the socket cannot be opened");
out:
	if (rc < 0) {
		if (fd >= 0)
			close(fd);
		return error_at(error, path, 0, 0);
	}
	return fd;
}

static int destroy(struct fastcgi *f)
{
	FCGX_Free(&f->request, 1);
	if (f->queue >= 0)
		close(f->queue);
	return 0;
}

/* Exclusive: a request wakes one worker, and that is the one which began to wait last. Its memory is still in the processor's caches: with
 * poll, where all wake and any may win, four workers took twice the processor time of one for the same pages. */
static int wait_in(struct fastcgi *f)
{
	struct epoll_event wanted = {.events = EPOLLIN | EPOLLEXCLUSIVE};
	f->queue = epoll_create1(EPOLL_CLOEXEC);
	return f->queue < 0 ? -1 : epoll_ctl(f->queue, EPOLL_CTL_ADD, f->socket, &wanted);
}

struct fastcgi *fastcgi_new(void *ctx, int socket, struct error *error)
{
	struct fastcgi *f = talloc_zero(ctx, struct fastcgi);
	if (FCGX_InitRequest(&f->request, socket, FCGI_FAIL_ACCEPT_ON_INTR) != 0) {
		talloc_free(f);
		error_set(error, ERROR_FAULT, "fastcgi.start", "libfcgi cannot make a request");
		return NULL;
	}
	f->socket = socket;
	f->queue = -1;
	talloc_set_destructor(f, destroy);
	if (wait_in(f) == 0)
		return f;
	fail(error, "fastcgi.start", "the socket cannot be waited for");
	talloc_free(f);
	return NULL;
}

void fastcgi_limit(struct fastcgi *f, int seconds)
{
	f->seconds = seconds;
}

void fastcgi_rest(struct fastcgi *f, void (*rest)(void *data), void *data)
{
	f->rest = rest;
	f->rest_data = data;
}

void fastcgi_timer(int seconds)
{
	struct itimerval limit = {.it_value = {.tv_sec = seconds}};
	setitimer(ITIMER_REAL, &limit, NULL);
}

/* 1 accepted, 0 nobody there (another worker was quicker, the peer left), -1 the socket is of no use. */
static int accept_one(struct fastcgi *f)
{
	fastcgi_timer(f->seconds);   /* reading the head is part of the request's time */
	int rc = FCGX_Accept_r(&f->request);
	if (rc >= 0) {
		f->request.keepConnection = 0;
		f->xml = f->changes = f->answering = 0;
		f->open = 1;
		return 1;
	}
	fastcgi_timer(0);
	return rc == -EAGAIN || rc == -ECONNABORTED || rc == -EINTR ? 0 : -1;
}

int fastcgi_accept(struct fastcgi *f, const sigset_t *open, const volatile sig_atomic_t *stop)
{
	struct epoll_event event;
	if (f->open)
		fastcgi_answer(f, "", 0, "", 0);
	for (;;) {
		bool last = *stop > 1;
		if (*stop && !last)
			return 0;
		int n = epoll_pwait(f->queue, &event, 1, last ? 0 : f->rest ? MINUTE : -1, open);
		if (n == 0 && !last && f->rest)
			f->rest(f->rest_data);
		if (n < 0 && errno != EINTR)
			return -1;
		if (last && n == 0)
			return 0;
		if (n <= 0 || *stop == 1)
			continue;
		if (event.events & EPOLLERR)
			return -1;
		int rc = accept_one(f);
		if (rc != 0)
			return rc;
	}
}

const char *fastcgi_param(const struct fastcgi *f, const char *name)
{
	return FCGX_GetParam(name, f->request.envp);
}

char *fastcgi_params(void *ctx, const struct fastcgi *f, const char *but, size_t *length_r)
{
	size_t length = 0, skip = strlen(but);
	char *all;
	for (char **each = f->request.envp; *each; each++)
		length += strlen(*each) + 1;
	all = talloc_array(ctx, char, length + 1);
	*length_r = 0;
	for (char **each = f->request.envp; *each; each++) {
		if (strncmp(*each, but, skip) == 0 && (*each)[skip] == '=')
			continue;
		length = strlen(*each) + 1;
		memcpy(all + *length_r, *each, length);
		*length_r += length;
	}
	return all;
}

/* What the peer announced, -1 for nothing or nonsense. */
static long long announced(const struct fastcgi *f)
{
	const char *text = fastcgi_param(f, "CONTENT_LENGTH");
	char *end;
	if (!text || !*text)
		return 0;
	errno = 0;
	long long n = strtoll(text, &end, 10);
	return *end || errno || n < 0 || *text < '0' || *text > '9' ? -1 : n;
}

static int too_large(struct fastcgi *f, size_t max, struct error *error)
{
	char *most = text_size(NULL, (long long)max);

	fastcgi_drain(f);
	error_set(error, ERROR_TOO_LARGE, "request.too-large", "What you sent is larger than the limit of %s. Nothing was saved. Make it smaller, or send it in parts.", most);
	talloc_free(most);
	return -1;
}

/* Never trusts the announced length with memory: the buffer grows as bytes arrive. */
static char *read_all(void *ctx, struct fastcgi *f, size_t max, size_t *length_r)
{
	size_t size = 0, used = 0;
	char *body = NULL;
	for (;;) {
		if (used + 1 >= size) {
			size = size ? 2 * size : CHUNK;
			body = talloc_realloc(ctx, body, char, size);
		}
		size_t room = size - used - 1;
		int n = FCGX_GetStr(body + used, room > INT_MAX ? INT_MAX : (int)room, f->request.in);
		if (n <= 0)
			break;
		used += (size_t)n;
		if (used > max)
			break;
	}
	body[used] = '\0';
	*length_r = used;
	return body;
}

int fastcgi_fits(struct fastcgi *f, size_t max, struct error *error)
{
	long long expected = announced(f);
	if (expected < 0)
		return error_set(error, ERROR_MALFORMED, "request.length", "The length of the body is not a number.");
	return (unsigned long long)expected > max ? too_large(f, max, error) : 0;
}

int fastcgi_body(void *ctx, struct fastcgi *f, size_t max, char **body_r, size_t *length_r, struct error *error)
{
	long long expected = announced(f);
	if (fastcgi_fits(f, max, error) < 0)
		return -1;
	size_t length = 0;
	char *body = read_all(ctx, f, max, &length);
	if (length > max) {
		talloc_free(body);
		return too_large(f, max, error);
	}
	if (FCGX_GetError(f->request.in) != 0 || length != (size_t)expected) {
		talloc_free(body);
		return error_set(error, ERROR_MALFORMED, "request.cut", "The body ended before it was complete. Send it again.");
	}
	*body_r = body;
	*length_r = length;
	return 0;
}
