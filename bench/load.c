/* Asks a server on this machine as fast as it answers: N connections that are kept open, each with one request on its way.
 *
 *   load PORT CONNECTIONS SECONDS STATUS REQUEST…
 *
 * A REQUEST is a file with a whole HTTP request. Each connection takes one of them, in turn; the marker @@@@@@@@@@@@ in it becomes
 * another number each time, so that no two bodies are the same. Anything but STATUS counts as an error. Prints, on one line:
 * requests, seconds, requests a second, p50, p99 and the longest in microseconds, errors, bytes of the last answer. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <unistd.h>
#include "clock.h"

enum { ANSWER = 4 << 20, MOST = 256 };

struct connection {
	int fd;
	char *request, *mark, *answer;
	size_t length, sent, got;
	double begun;
};

static struct {
	int port, queue, status;
	uint64_t number;
	long errors;
	size_t last;
} load;

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static void take(struct connection *c, const char *path)
{
	FILE *f = fopen(path, "rb");

	c->request = malloc(ANSWER);
	c->answer = malloc(ANSWER + 1);
	if (f == NULL || c->request == NULL || c->answer == NULL)
		die(path);
	c->length = fread(c->request, 1, ANSWER, f);
	fclose(f);
	c->mark = memmem(c->request, c->length, MARK, sizeof MARK - 1);
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
	if (c->mark != NULL)
		mark_set(c->mark, load.number++);
	c->sent = c->got = 0;
	c->begun = clock_seconds();
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
		if (n < 0 && errno == EAGAIN)
			return;
		if (n <= 0) {           /* closed: nginx does that after a thousand requests; half an answer is an error */
			load.errors += c->got > 0;
			again(c);
			return;
		}
		c->got += (size_t)n;
		total = whole(c);
		if (total == 0)
			continue;
		times_add(times, clock_seconds() - c->begun);
		load.errors += atoi(c->answer + 9) != load.status;
		load.last = total;
		begin(c);
	}
}

static void run(struct connection *list, int n, double until, struct times *times)
{
	struct epoll_event events[MOST];

	for (int i = 0; i < n; i++) {
		dial(&list[i]);
		begin(&list[i]);
	}
	while (clock_seconds() < until) {
		int ready = epoll_wait(load.queue, events, MOST, 100);
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
	double begun = clock_seconds();

	if (n < 1 || n > MOST) {
		fprintf(stderr, "usage: load PORT CONNECTIONS SECONDS STATUS REQUEST...\n");
		return 2;
	}
	load.port = atoi(argv[1]);
	load.status = atoi(argv[4]);
	load.queue = epoll_create1(0);
	load.number = mark_start();
	for (int i = 0; i < n; i++)
		take(&list[i], argv[5 + i % (argc - 5)]);
	run(list, n, begun + atof(argv[3]), &times);
	times_print(&times, clock_seconds() - begun, load.errors, load.last);
	return 0;
}
