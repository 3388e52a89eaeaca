#include <stdlib.h>
#include <string.h>
#include <talloc.h>
#include <unistd.h>

#include "page/pages.h"
#include "store/store_audit.h"
#include "store/store_backup.h"

/* For whoever watches the service: answered 200 as long as it serves; a word that says "late" is for a person, not for a balancer. */
static const char *backup_words(void *ctx, const struct config *config)
{
	instant newest = backup_noted();

	if (*config->backup_dir == '\0')
		return "";
	if (newest == 0)
		return " backup=none";
	return talloc_asprintf(ctx, " backup=%s%s", date_now_real() - newest > (config->backup_hours + 2) * 3600000LL ? "late," : "", date_iso_instant(ctx, newest));
}

int page_health(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	int version;

	if (db_version(store_db(r->house->store), &version, error) != 0)
		return -1;
	answer->type = "text/plain; charset=utf-8";
	answer->bytes = talloc_asprintf(ctx, "ok schema=%d%s\n", version, backup_words(ctx, r->house->config));
	answer->length = strlen(answer->bytes);
	return 0;
}

/* The clock of the story: development and test only, and every page says that it is moved. */
int page_clock(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	const char *to = parts_get(r->form, "to");
	struct error ignored;
	int hour = 9, minute = 0;
	day d;

	(void)ctx;
	if (r->house->config->profile == PROFILE_PRODUCTION)
		return error_set(error, ERROR_MISSING, "request.missing", "There is no such page.");
	if (!may(&r->actor, "write", "clock", NULL).yes)
		return error_set(error, ERROR_DENIED, "clock.role", "Only an administrator moves the clock.");
	if (to == NULL || strcmp(to, "now") == 0) {
		date_clock_move(0);
	} else {
		char *date = talloc_strndup(r, to, 10);
		if (date_parse(date, &d, error) != 0)
			return -1;
		if (strlen(to) == 16 && to[10] == 'T')
			sscanf(to + 11, "%2d:%2d", &hour, &minute);
		date_clock_move(date_start_of(d) + (hour * 60 + minute) * 60000LL - date_now_real());
	}
	audit_refusal(r->house->store, &r->actor, &(struct audit_entry){ .verb = "clock.move", .outcome = "done" }, &ignored);
	answer->status = 204;
	return 0;
}

static int test_only(const struct request *r, struct error *error)
{
	return r->house->config->profile == PROFILE_TEST ? 0 : error_set(error, ERROR_MISSING, "request.missing", "There is no such page.");
}

/* Requests that take more than allowed: what the limits of time and memory are tried with, in the test profile only. With save=yes a
 * write of record is made first, with save=open one is begun. */
int page_sleep(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	const struct audit_entry entry = { .verb = "probe", .outcome = "done" };
	const char *save = parts_get(r->query, "save");

	(void)ctx;
	if (test_only(r, error) != 0)
		return -1;
	if (save != NULL && (store_begin(r->house->store, error) != 0 || audit_add(r->house->store, &r->actor, &entry, error) != 0))
		return -1;
	if (save != NULL && strcmp(save, "yes") == 0 && store_commit(r->house->store, error) != 0)
		return -1;
	for (long left = request_number(r->query, "seconds", 60); left > 0; left--)
		sleep(1);
	store_rollback(r->house->store);
	answer->status = 204;
	return 0;
}

int page_memory(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	size_t bytes;
	char *all;

	if (test_only(r, error) != 0)
		return -1;
	bytes = (size_t)request_number(r->query, "megabytes", 0) << 20;
	all = talloc_array(ctx, char, bytes);
	if (all == NULL)
		abort();
	memset(all, 1, bytes);
	answer->status = 204;
	return 0;
}
