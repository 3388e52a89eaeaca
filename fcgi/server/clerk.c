#include "server/clerk.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/file.h>
#include <talloc.h>
#include <time.h>

#include "base/log.h"
#include "case/reminders.h"
#include "publish/recheck.h"
#include "publish/release.h"
#include "publish/wake.h"
#include "store/store_audit.h"
#include "store/store_backup.h"
#include "store/store_draft.h"
#include "store/store_parked.h"
#include "store/store_people.h"

#define WAL_WARN (64LL << 20)
#define HALF_MS 500
#define HOUR_MS 3600000LL

#define SILENCE 60          /* seconds in which the same fault is not told again: a full disk must not be filled by the log */
#define PATIENCE 2          /* seconds before a round that failed is tried again */

/* searched: the audit's entry up to which published pages were searched again; told: when it was last said that a backup is late. trace: of
 * published/ as this process left it. */
struct clerk { struct house *house; int64_t serial, searched; instant told; uint64_t trace; };

/* published/ made equal to the released rows. A fault is logged and tried again: the old tree stays. touched: somebody else wrote there. */
static int make_right(void *ctx, struct clerk *c, bool touched, struct error *error)
{
	int repaired = 0;

	if (release_sync(ctx, c->house->store, c->house->config, c->house->library->open, &repaired, error) != 0)
		return -1;
	if (repaired > 0 || touched)
		log_line(LOG_WARN, "clerk.published", "changed=%d", repaired > 0 ? repaired : 1);
	c->trace = release_trace(c->house->config);
	return 0;
}

static int publish(void *ctx, struct clerk *c, struct error *error) { return make_right(ctx, c, false, error); }

/* Somebody else wrote there: what the public reads is made right at once, not with the next release. A file that is only missing counts too. */
static int watch(void *ctx, struct clerk *c, struct error *error)
{
	return release_trace(c->house->config) == c->trace ? 0 : make_right(ctx, c, true, error);
}

static int look(void *ctx, struct clerk *c, struct error *error)
{
	int64_t serial;

	if (edition_serial(c->house->store, &serial, error) != 0)
		return -1;
	if (serial == c->serial)
		return 0;
	if (publish(ctx, c, error) != 0)
		return -1;
	c->serial = serial;
	wake_done(serial);
	return 0;
}

static int search_again(void *ctx, struct clerk *c, struct error *error)
{
	int withdrawn = recheck_since(ctx, c->house, &c->searched, error);

	if (withdrawn > 0)
		log_line(LOG_WARN, "clerk.recheck", "withdrawn=%d", withdrawn);
	return withdrawn < 0 ? -1 : 0;
}

static int count_strangers(void *ctx, struct clerk *c, struct error *error)
{
	(void)ctx;
	return audit_strangers_keep(c->house->store, error);
}

static int expire(void *ctx, struct clerk *c, struct error *error)
{
	const struct config *config = c->house->config;

	(void)ctx;
	return people_sessions_expire(c->house->store, config->session_idle_minutes, config->session_hours, error) != 0 || parked_expire(c->house->store, error) != 0 ? -1 : draft_expire(c->house->store, error);
}

static int remind(void *ctx, struct clerk *c, struct error *error)
{
	return reminders_do(ctx, c->house, error) < 0 && error->kind != ERROR_BUSY ? -1 : 0;
}

static int checkpoint(void *ctx, struct clerk *c, struct error *error)
{
	int64_t bytes;

	(void)ctx;
	if (store_checkpoint(c->house->store, &bytes, error) != 0)
		return error->kind == ERROR_BUSY ? 0 : -1;
	if (bytes > WAL_WARN)
		log_line(LOG_WARN, "clerk.wal", "bytes=%lld", (long long)bytes);
	return 0;
}

/* Between two backups; and what is too old says so, in the log once an hour and in /health. The longest of the rounds: VACUUM INTO copies all. */
static int keep(void *ctx, struct clerk *c, struct error *error)
{
	const struct config *config = c->house->config;
	instant newest, now = date_now_real();
	struct backup made;
	int removed = 0, rc = 0;

	if (*config->backup_dir == '\0')
		return 0;
	newest = backup_newest(config->backup_dir);
	if (now - newest >= config->backup_hours * HOUR_MS) {
		rc = backup_make(ctx, c->house->store, config->backup_dir, &made, error);
		if (rc == 0)
			log_line(LOG_INFO, "clerk.backup", "stamp=%s", made.stamp);
		newest = rc == 0 ? backup_newest(config->backup_dir) : newest;
	}
	backup_note(newest);
	if (now - newest > (config->backup_hours + 2) * HOUR_MS && now - c->told >= HOUR_MS) {
		log_line(LOG_ERROR, "clerk.backup-late", "hours=%lld", newest == 0 ? -1 : (long long)((now - newest) / HOUR_MS));
		c->told = now;
	}
	return rc != 0 ? -1 : backup_prune(config->backup_dir, config->backup_keep, config->backup_keep_keys, &removed, error);
}

static int anchor(void *ctx, struct clerk *c, struct error *error)
{
	(void)ctx;
	return audit_anchor_move(c->house->store, error);
}

/* The rounds: what, and after how many seconds again. */
static const struct { const char *name; int seconds; int (*run)(void *ctx, struct clerk *c, struct error *error); } rounds[] = {
	{ "clerk.recheck", 0, search_again },      /* before the tree is made, so that it is withdrawn in the same round */
	{ "clerk.release", 0, look },
	{ "clerk.watch", 5, watch },
	{ "clerk.reminders", 1, remind },
	{ "clerk.checkpoint", 10, checkpoint },
	{ "clerk.anchor", 10, anchor },
	{ "clerk.strangers", 60, count_strangers },
	{ "clerk.backup", 60, keep },
	{ "clerk.repair", 300, publish },
	{ "clerk.expire", 600, expire },
};
#define ROUNDS (sizeof rounds / sizeof rounds[0])

/* When a round is due, and when it was last told that it fails. */
struct due { time_t next, told; };

static void failed(const char *name, struct due *due, time_t now, const struct error *error)
{
	if (due->told == 0 || now - due->told >= SILENCE) {
		log_line(LOG_ERROR, name, "code=%s kind=%s where=%s", error->code, error_kind_name(error->kind), error->where);
		due->told = now;
	}
	if (due->next < now + PATIENCE)
		due->next = now + PATIENCE;
	else if (due->next > now + SILENCE)
		due->next = now + SILENCE;
}

static void worked(const char *name, struct due *due)
{
	if (due->told != 0)
		log_line(LOG_INFO, name, "again=yes");
	due->told = 0;
}

static void go_round(struct clerk *c, struct due due[ROUNDS])
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	for (size_t i = 0; i < ROUNDS; i++) {
		void *ctx;
		struct error error = {0};
		if (now.tv_sec < due[i].next)
			continue;
		ctx = talloc_new(NULL);
		due[i].next = now.tv_sec + rounds[i].seconds;
		if (rounds[i].run(ctx, c, &error) != 0)
			failed(rounds[i].name, &due[i], now.tv_sec, &error);
		else
			worked(rounds[i].name, &due[i]);
		talloc_free(ctx);
		store_trim(c->house->store);
	}
}

/* One at a time, whoever started it: the clerk of a master that was killed may still be at work. Left to the kernel to open again. */
static int alone(const struct config *config, const volatile sig_atomic_t *stop, const sigset_t *open, struct error *error)
{
	char *path = config_path(NULL, config->data_dir, CLERK_LOCK);
	int file = openat(AT_FDCWD, path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

	talloc_free(path);
	if (file < 0)
		return error_set(error, ERROR_FAULT, "clerk.lock", "%s: %s", CLERK_LOCK, strerror(errno));
	while (flock(file, LOCK_EX | LOCK_NB) != 0 && !*stop)
		ppoll(NULL, 0, &(struct timespec){ .tv_nsec = 100000000 }, open);
	return 0;
}

int clerk_run(struct app *app, const volatile sig_atomic_t *stop, const sigset_t *open, struct error *error)
{
	struct clerk c = { .house = app_house(app), .serial = -1 };
	struct due due[ROUNDS] = {{0}};

	if (alone(c.house->config, stop, open, error) != 0)
		return -1;
	while (!*stop) {
		go_round(&c, due);
		wake_wait(open, HALF_MS);
	}
	go_round(&c, due);                  /* what the workers did last */
	return 0;
}
