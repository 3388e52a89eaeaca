/* A request whose time or room is over ends its process. Whoever sent it wants to know one thing: was it saved? nginx cannot know, the
 * process does. So the page that says it is made before anything happens, and the handler of the signal only writes it: sendto, recv,
 * poll and shutdown are what POSIX lets a handler call (signal-safety(7)). Then the signal does what it does, and the master sees it. */
#include "adapter/fastcgi_inner.h"
#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

enum { PATIENCE_MS = 200, TURNS = 64 };

static struct fastcgi *ending;                 /* a handler gets no argument */
static unsigned char stack[64 * 1024];         /* of its own: the usual one may be what ran out (MINSIGSTKSZ with AVX-512 is above 3 KB) */

static int wait_for(int fd, short what)
{
	struct pollfd wait = {.fd = fd, .events = what};
	return poll(&wait, 1, PATIENCE_MS) == 1;
}

static int put(int fd, const void *bytes, size_t length)
{
	const char *at = bytes;
	for (int turn = 0; length > 0 && turn < TURNS; turn++) {
		ssize_t n = send(fd, at, length, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (n < 0 && errno != EAGAIN && errno != EINTR)
			return -1;
		if (n < 0 && errno == EAGAIN && !wait_for(fd, POLLOUT))
			return -1;
		at += n > 0 ? n : 0;
		length -= n > 0 ? (size_t)n : 0;
	}
	return length == 0 ? 0 : -1;
}

/* FastCGI 1.0 §3.3: version, type, request id, content length, padding, reserved. */
static int put_record(int fd, int type, int id, const char *bytes, size_t length)
{
	const unsigned char head[8] = {1, (unsigned char)type, (unsigned char)(id >> 8), (unsigned char)id, (unsigned char)(length >> 8), (unsigned char)length, 0, 0};
	return put(fd, head, sizeof head) < 0 ? -1 : put(fd, bytes, length);
}

/* What the peer still sends is heard, else the kernel resets the connection and it loses the answer. */
static void hear_out(int fd)
{
	char waste[4096];
	for (int turn = 0; turn < 16 * TURNS * TURNS; turn++) {
		ssize_t n = recv(fd, waste, sizeof waste, MSG_DONTWAIT);
		if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR) || (n < 0 && errno == EAGAIN && !wait_for(fd, POLLIN)))
			return;
	}
}

static void speak(struct fastcgi *f, int cause)
{
	static const char complete[8] = {0};
	int saved = f->changes && f->saved ? *f->saved : FASTCGI_SAVED_NOTHING, fd = f->request.ipcFd, id = f->request.requestId;
	const struct fastcgi_words *words = &f->words[fastcgi_words_at(f->xml ? 1 : 0, cause, saved)];
	for (size_t at = 0; at < words->length; at += FASTCGI_RECORD_MOST)
		if (put_record(fd, FASTCGI_RECORD_OUT, id, words->bytes + at, words->length - at < FASTCGI_RECORD_MOST ? words->length - at : FASTCGI_RECORD_MOST) < 0)
			return;
	if (put_record(fd, FASTCGI_RECORD_END, id, complete, sizeof complete) < 0)
		return;
	shutdown(fd, SHUT_WR);
	hear_out(fd);
}

static void on_end(int signal)
{
	struct fastcgi *f = ending;
	if (f && f->open && !f->answering && f->words) {
		f->open = 0;
		speak(f, signal == SIGALRM ? FASTCGI_TIME : FASTCGI_ROOM);
	}
	raise(signal);   /* its default action by now (SA_RESETHAND) */
}

int fastcgi_words_at(int format, int cause, int saved)
{
	return (format * FASTCGI_CAUSES + cause) * FASTCGI_SAVED + saved;
}

void fastcgi_last_words(struct fastcgi *f, const struct fastcgi_words *words, const volatile sig_atomic_t *saved)
{
	static const int signals[] = {SIGALRM,
#if !defined(__SANITIZE_ADDRESS__)      /* which reports these itself */
		SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL,
#endif
	};
	struct sigaction act = {.sa_handler = on_end, .sa_flags = SA_RESETHAND | SA_ONSTACK};
	const stack_t other = {.ss_sp = stack, .ss_size = sizeof stack};
	f->words = words;
	f->saved = saved;
	ending = f;
	sigaltstack(&other, NULL);
	sigfillset(&act.sa_mask);
	for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++)
		sigaction(signals[i], &act, NULL);
}

void fastcgi_asked(struct fastcgi *f, bool xml, bool changes)
{
	f->xml = xml;
	f->changes = changes;
}
