#include "base/log.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <talloc.h>
#include "base/date.h"

/* nginx's $request_id has 32 digits. */
static char request[40];
static long actor;

static const char *const level_names[] = {"debug", "info", "warn", "error"};

/* A request id comes from outside: only what a log reader can trust stays. */
void log_request(const char *request_id, long actor_id)
{
	size_t n = 0;
	for (const char *p = request_id ? request_id : ""; *p && n + 1 < sizeof request; p++)
		if ((*p >= '0' && *p <= '9') || (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || *p == '-')
			request[n++] = *p;
	request[n] = '\0';
	actor = request_id ? actor_id : 0;
}

/* Appends at *used; a line that is too long is cut, never split in two. */
static void append(char *line, size_t size, size_t *used, const char *format, va_list args)
{
	int n = vsnprintf(line + *used, size - *used, format, args);
	if (n > 0)
		*used += (size_t)n < size - *used ? (size_t)n : size - *used - 1;
}

__attribute__((format(printf, 4, 5)))
static void add(char *line, size_t size, size_t *used, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	append(line, size, used, format, args);
	va_end(args);
}

static void write_whole(const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t n = write(STDERR_FILENO, bytes, length);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;   /* nowhere left to say that the log is gone */
		bytes += n;
		length -= (size_t)n;
	}
}

/* One write of at most PIPE_BUF bytes, so that lines of several processes never mix. Real time, not the moved clock:
 * a log is read beside nginx's. */
void log_line(enum log_level level, const char *event, const char *pairs, ...)
{
	char line[2048];
	size_t used = 0;
	int saved = errno;
	char *time = date_iso_instant(NULL, date_now_real());
	add(line, sizeof line - 1, &used, "%s level=%s event=%s", time, level_names[level], event);
	talloc_free(time);
	if (request[0])
		add(line, sizeof line - 1, &used, " request=%s", request);
	if (actor > 0)
		add(line, sizeof line - 1, &used, " actor=%ld", actor);
	if (*pairs) {
		va_list args;
		add(line, sizeof line - 1, &used, " ");
		va_start(args, pairs);
		append(line, sizeof line - 1, &used, pairs, args);
		va_end(args);
	}
	for (size_t i = 0; i < used; i++)
		if ((unsigned char)line[i] < 0x20 || line[i] == 0x7f)
			line[i] = ' ';   /* no value can begin a line of its own */
	line[used++] = '\n';
	write_whole(line, used);
	errno = saved;
}
