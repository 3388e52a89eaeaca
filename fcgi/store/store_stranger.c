#include "store/store_audit.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

static _Atomic long *refused;

int audit_share(struct error *error)
{
	void *page;

	if (refused != NULL)
		return 0;
	page = mmap(NULL, sizeof *refused, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (page == MAP_FAILED)
		return error_set(error, ERROR_FAULT, "audit.share", "No memory to share: %s.", strerror(errno));
	refused = page;
	return 0;
}

void audit_stranger(void)
{
	if (refused != NULL)
		atomic_fetch_add(refused, 1);
}

int audit_strangers_keep(struct store *store, struct error *error)
{
	long count = refused == NULL ? 0 : atomic_exchange(refused, 0);
	char detail[32];
	struct audit_entry entry = { .verb = "strangers", .outcome = "refused", .detail = detail };

	if (count == 0)
		return 0;
	snprintf(detail, sizeof detail, "%ld", count);
	return audit_refusal(store, &actor_system, &entry, error);
}
