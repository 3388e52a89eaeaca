/* An allocator keeps what it has once had. One document of 4 MB would leave each worker 20 MB larger for as long as it lives, and
 * whoever sends such documents could make them all so. */
#include "adapter/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdlib.h>
#include <talloc.h>
#include <unistd.h>
#if __has_include(<mimalloc.h>)
#include <mimalloc.h>
#define HAVE_MIMALLOC 1
/* Headers there, library left out: a build with sanitizers. */
extern __typeof__(mi_collect) mi_collect __attribute__((weak));
extern __typeof__(mi_option_get) mi_option_get __attribute__((weak));
extern __typeof__(mi_option_set) mi_option_set __attribute__((weak));
extern __typeof__(mi_register_error) mi_register_error __attribute__((weak));
#endif

enum { MUCH = 256 * 1024, LARGE_BODY = 128 * 1024 };

struct memory {
	int statm;      /* /proc/self/statm, opened before the sandbox */
	long kept;      /* bytes resident after the last giving back */
	long delays[2]; /* the allocator's own, while `late` is false */
	bool late, again;
};

static long resident(const struct memory *m)
{
	char text[128], *end;
	ssize_t got = m->statm < 0 ? -1 : pread(m->statm, text, sizeof text - 1, 0);

	if (got <= 0)
		return 0;
	text[got] = '\0';
	strtol(text, &end, 10);
	return strtol(end, NULL, 10) * sysconf(_SC_PAGESIZE);
}

/* mimalloc frees late, which is quick while small requests come. What was freed late is not found by a later collection (2.0.9), so
 * the delay is taken away while a large request runs. */
static void set_late(struct memory *m, bool late)
{
#ifdef HAVE_MIMALLOC
#if MI_MALLOC_VERSION >= 210
	static const mi_option_t delays[] = { mi_option_purge_delay };
#else
	static const mi_option_t delays[] = { mi_option_decommit_delay, mi_option_segment_decommit_delay };
#endif
	if (m->late == late || !mi_option_get || !mi_option_set)
		return;
	for (size_t i = 0; i < sizeof delays / sizeof delays[0]; i++) {
		if (!late)
			m->delays[i] = mi_option_get(delays[i]);
		mi_option_set(delays[i], late ? m->delays[i] : 0);
	}
#endif
	m->late = late;
}

static void collect(void)
{
#ifdef HAVE_MIMALLOC
	if (mi_collect) {
		mi_collect(true);
		return;
	}
#endif
	malloc_trim(0);
}

static int destroy(struct memory *m)
{
	if (m->statm >= 0)
		close(m->statm);
	return 0;
}

#ifdef HAVE_MIMALLOC
/* A library that is refused memory would call it some fault of its own; the request is over either way. */
static void on_error(int code, void *unused)
{
	(void)unused;
	if (code == ENOMEM)
		abort();
}
#endif

struct memory *memory_new(void *ctx)
{
	struct memory *m = talloc_zero(ctx, struct memory);

#ifdef HAVE_MIMALLOC
	if (mi_register_error)
		mi_register_error(on_error, NULL);
#endif

	m->late = true;
	m->statm = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	talloc_set_destructor(m, destroy);
	m->kept = resident(m);
	return m;
}

void memory_before(struct memory *m, const char *length)
{
	if (length && strtol(length, NULL, 10) > LARGE_BODY)
		set_late(m, false);
}

void memory_after(struct memory *m)
{
	if (resident(m) > m->kept + MUCH) {
		collect();
		/* What is still there may go after the next request; what stays then belongs to the process. */
		m->again = !m->again && resident(m) > m->kept + MUCH;
		if (!m->again)
			m->kept = resident(m);
	}
	set_late(m, true);
}
