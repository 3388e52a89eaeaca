/* Asks a server on this machine as fast as it answers: N connections that are kept open, each with one request on its way.
 *
 *   load PORT CONNECTIONS SECONDS STATUS REQUEST…
 *
 * A REQUEST is a file with a whole HTTP request; they are sent in turn. The marker @@@@@@@@@@@@ in one becomes another number each time, so
 * that no two bodies are the same. Anything but STATUS counts as an error. Prints, on one line:
 * requests, seconds, requests a second, p50, p99 and the longest in microseconds, errors, bytes of the last answer, and the processor time
 * of this program for each request in microseconds. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <unistd.h>
#include "clock.h"

enum { ANSWER = 1 << 20, MOST = 256, PATIENCE = 5 };

struct request { char *bytes; size_t length; ptrdiff_t mark; };      /* mark: where the number goes, -1 for nowhere */

struct connection {
	int fd;
	char *request, *answer;
	size_t length, sent, got;
	double begun;
};

static struct {
	int port, queue, status, open;    /* open: requests on their way */
	double until;
	struct request *requests;
	int count, next;
	uint64_t number;
	long errors;
	size_t last;
} load;

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static struct request take(const char *path)
{
	struct request r = { malloc(ANSWER), 0, -1 };
	FILE *f = fopen(path, "rb");
	char *mark;

	if (f == NULL || r.bytes == NULL)
		die(path);
	r.length = fread(r.bytes, 1, ANSWER, f);
	fclose(f);
	mark = memmem(r.bytes, r.length, MARK, sizeof MARK - 1);
	if (mark != NULL)
		r.mark = mark - r.bytes;
	return r;
}

static void dial(struct connection *c)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)load.port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct epoll_event event = { .events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = c };
	int on = 1;

	c->fd = socket(AF_INET, SOCK_STREAM, 0);
	if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&to, sizeof to) != 0)
		die("connect");
	fcntl(c->fd, F_SETFL, O_NONBLOCK);
	setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	if (epoll_ctl(load.queue, EPOLL_CTL_ADD, c->fd, &event) != 0)
		die("epoll");
}

static void push(struct connection *c)
{
	while (c->sent < c->length) {
		ssize_t n = write(c->fd, c->request + c->sent, c->length - c->sent);
		if (n <= 0)
			return;
		c->sent += (size_t)n;
	}
}

static void begin(struct connection *c)
{
	const struct request *r = &load.requests[load.next++ % load.count];

	memcpy(c->request, r->bytes, r->length);
	c->length = r->length;
	if (r->mark >= 0)
		mark_set(c->request + r->mark, load.number++);
	c->sent = c->got = 0;
	c->begun = clock_seconds();
	load.open++;
	push(c);
}

/* The length of a whole answer; 0 while it is not there. */
static size_t whole(struct connection *c)
{
	char *end, *length;
	size_t total;

	c->answer[c->got] = '\0';
	end = strstr(c->answer, "\r\n\r\n");
	if (end == NULL)
		return 0;
	length = strcasestr(c->answer, "\r\nContent-Length:");
	total = (size_t)(end + 4 - c->answer) + (length != NULL && length < end ? strtoul(length + 17, NULL, 10) : 0);
	return c->got >= total ? total : 0;
}

static void again(struct connection *c)
{
	close(c->fd);
	dial(c);
	begin(c);
}

/* Reads what is there; a whole answer is counted and the next request begins. */
static void pull(struct connection *c, struct times *times)
{
	for (;;) {
		ssize_t n = read(c->fd, c->answer + c->got, ANSWER - c->got);
		size_t total;
		double now;
		if (n < 0 && errno == EAGAIN)
			return;
		if (n <= 0) {      /* closed: nginx does that after a thousand requests; half an answer is an error */
			load.errors += c->got > 0;
			load.open--;
			if (clock_seconds() < load.until)
				again(c);
			else
				close(c->fd);
			return;
		}
		c->got += (size_t)n;
		total = whole(c);
		if (total == 0)
			continue;
		load.open--;
		now = clock_seconds();
		if (now >= load.until)
			return;
		times_add(times, now - c->begun);
		load.errors += atoi(c->answer + 9) != load.status;
		load.last = total;
		begin(c);
	}
}

/* After the time no request begins, but those on their way are waited for: a server that is left with them would still be at work
 * on nobody's behalf when the next run begins. */
static void run(struct connection *list, int n, struct times *times)
{
	struct epoll_event events[MOST];

	for (int i = 0; i < n; i++) {
		list[i].request = malloc(ANSWER);
		list[i].answer = malloc(ANSWER + 1);
		if (list[i].request == NULL || list[i].answer == NULL)
			die("malloc");
		dial(&list[i]);
		begin(&list[i]);
	}
	while (clock_seconds() < load.until || (load.open > 0 && clock_seconds() < load.until + PATIENCE)) {
		int ready = epoll_wait(load.queue, events, MOST, 20);
		for (int i = 0; i < ready; i++) {
			push(events[i].data.ptr);
			pull(events[i].data.ptr, times);
		}
	}
}

int main(int argc, char **argv)
{
	static struct connection list[MOST];
	struct times times = { 0 };
	int n = argc > 5 ? atoi(argv[2]) : 0;
	double seconds = argc > 5 ? atof(argv[3]) : 0;

	if (n < 1 || n > MOST) {
		fprintf(stderr, "usage: load PORT CONNECTIONS SECONDS STATUS REQUEST...\n");
		return 2;
	}
	load.port = atoi(argv[1]);
	load.status = atoi(argv[4]);
	load.queue = epoll_create1(0);
	load.number = mark_start();
	load.count = argc - 5;
	load.requests = calloc((size_t)load.count, sizeof load.requests[0]);
	if (load.requests == NULL)
		die("calloc");
	for (int i = 0; i < load.count; i++)
		load.requests[i] = take(argv[5 + i]);
	load.until = clock_seconds() + seconds;
	run(list, n, &times);
	times_print(&times, seconds, load.errors, load.last);
	return 0;
}
