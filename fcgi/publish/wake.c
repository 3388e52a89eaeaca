#include "publish/wake.h"

#include <errno.h>
#include <poll.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>
#include "store/store_publication.h"

enum { PATIENCE_MS = 2000, LOOK_MS = 2 };

static int bell = -1;
static _Atomic int64_t *done;

int wake_share(struct error *error)
{
	void *page;

	if (done != NULL)
		return 0;
	page = mmap(NULL, sizeof *done, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	bell = page != MAP_FAILED ? eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC) : -1;
	if (bell < 0)
		return error_set(error, ERROR_FAULT, "wake.share", "Nothing to share with the clerk: %s.", strerror(errno));
	done = page;
	atomic_store(done, -1);
	return 0;
}

void wake_clerk(struct store *store)
{
	struct timespec look = { .tv_nsec = LOOK_MS * 1000000L };
	uint64_t once = 1;
	struct error ignored;
	int64_t serial;

	if (done == NULL || edition_serial(store, &serial, &ignored) != 0 || write(bell, &once, sizeof once) != (ssize_t)sizeof once)
		return;
	for (int waited = 0; waited < PATIENCE_MS && atomic_load(done) < serial; waited += LOOK_MS)
		nanosleep(&look, NULL);
}

void wake_wait(const sigset_t *open, int milliseconds)
{
	struct pollfd wait = { .fd = bell, .events = POLLIN };
	struct timespec most = { milliseconds / 1000, milliseconds % 1000 * 1000000L };
	uint64_t rings;

	if (ppoll(&wait, 1, &most, open) == 1 && read(bell, &rings, sizeof rings) < 0)
		errno = 0;               /* somebody else heard it */
}

void wake_done(int64_t serial)
{
	if (done != NULL)
		atomic_store(done, serial);
}
