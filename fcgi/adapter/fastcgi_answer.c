/* The answer, written past libfcgi's stream: that sends 8 KB at a time, and each piece wakes nginx; and it lingers until nginx has closed,
 * which a peer that has been heard to its end need not wait for. */
#include "adapter/fastcgi_inner.h"
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

enum { DRAIN = 32 * 1024 * 1024 /* more than any body that nginx lets pass */, RECORDS = 16, PIECES = 2 * RECORDS };

bool fastcgi_drain(struct fastcgi *f)
{
	char waste[8192];
	for (int n, total = 0; total < DRAIN; total += n)
		if ((n = FCGX_GetStr(waste, sizeof waste, f->request.in)) <= 0)
			return FCGX_GetError(f->request.in) == 0;
	return false;
}

/* Records that go out together: each a head and what it carries. */
struct batch { struct iovec pieces[PIECES]; unsigned char heads[RECORDS][8]; int records; };

static struct iovec *sent_up_to(struct iovec *at, const struct iovec *end, size_t sent)
{
	for (; at < end && sent >= at->iov_len; at++)
		sent -= at->iov_len;
	if (at < end) {
		at->iov_base = (char *)at->iov_base + sent;
		at->iov_len -= sent;
	}
	return at;
}

static bool send_batch(int fd, struct batch *b)
{
	struct iovec *at = b->pieces, *end = b->pieces + 2 * b->records;
	b->records = 0;
	while (at < end) {
		ssize_t n = writev(fd, at, (int)(end - at));
		if (n < 0 && errno != EINTR)
			return false;
		at = sent_up_to(at, end, n > 0 ? (size_t)n : 0);
	}
	return true;
}

/* FastCGI 1.0 §3.3: version, type, request id, content length, padding, reserved. */
static bool add(struct fastcgi *f, struct batch *b, int type, const void *bytes, size_t length)
{
	int id = f->request.requestId;
	const unsigned char head[8] = {1, (unsigned char)type, (unsigned char)(id >> 8), (unsigned char)id, (unsigned char)(length >> 8), (unsigned char)length, 0, 0};
	if (b->records == RECORDS && !send_batch(f->request.ipcFd, b))
		return false;
	memcpy(b->heads[b->records], head, sizeof head);
	b->pieces[2 * b->records] = (struct iovec){b->heads[b->records], sizeof head};
	b->pieces[2 * b->records + 1] = (struct iovec){(void *)(uintptr_t)bytes, length};
	b->records++;
	return true;
}

static bool add_text(struct fastcgi *f, struct batch *b, const char *bytes, size_t length)
{
	for (size_t at = 0; at < length; at += FASTCGI_RECORD_MOST)
		if (!add(f, b, FASTCGI_RECORD_OUT, bytes + at, length - at < FASTCGI_RECORD_MOST ? length - at : FASTCGI_RECORD_MOST))
			return false;
	return true;
}

static bool send_all(struct fastcgi *f, const char *head, size_t head_length, const char *body, size_t body_length)
{
	static const char complete[8] = {0};
	struct batch b = {.records = 0};
	return add_text(f, &b, head, head_length) && add_text(f, &b, body, body_length) && add(f, &b, FASTCGI_RECORD_OUT, "", 0) &&
		add(f, &b, FASTCGI_RECORD_END, complete, sizeof complete) && send_batch(f->request.ipcFd, &b);
}

bool fastcgi_answer(struct fastcgi *f, const char *head, size_t head_length, const char *body, size_t body_length)
{
	bool all = f->open && fastcgi_drain(f), sent;
	f->answering = 1;
	sent = f->open && send_all(f, head, head_length, body, body_length);
	if (all && sent) {      /* nothing of the peer's is left unread, so a plain close loses it nothing */
		close(f->request.ipcFd);
		f->request.ipcFd = -1;
	}
	FCGX_Free(&f->request, !(all && sent));
	f->open = 0;
	fastcgi_timer(0);
	return sent;
}
