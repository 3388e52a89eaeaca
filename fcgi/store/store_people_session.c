#include "store/store_people.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <talloc.h>
#include <unistd.h>
#include "base/text.h"
#include "store/store_audit.h"

/* All of this counts by the real clock: a moved one must neither end sessions nor open doors. */
#define MINUTE INT64_C(60000)
#define WINDOW (15 * MINUTE)
#define FREE_TRIES 5
#define FIRST_WAIT INT64_C(30000)

static void keyed(struct store *store, const char *purpose, const char *text, unsigned char hash_r[SEAL_HASH])
{
	struct seal_key key;

	store_derived_key(store, purpose, &key);
	seal_keyed_hash(&key, text, strlen(text), hash_r);
	seal_wipe(&key, sizeof key);
}

/* ---- sign-in ---- */

/* The account table compares logins without ASCII case, so the count must too. */
static void login_hash(struct store *store, const char *login, unsigned char hash_r[SEAL_HASH])
{
	char *low = talloc_strdup(NULL, login);

	for (char *c = low; *c != '\0'; c++)
		*c = (char)tolower((unsigned char)*c);
	keyed(store, "login", low, hash_r);
	talloc_free(low);
}

/* After five tries each further one waits 30 s from the last, then a minute, two, … to the window's length. */
static instant wait_until(int64_t tries, instant last)
{
	int64_t wait = FIRST_WAIT;

	for (int64_t i = FREE_TRIES; i < tries && wait < WINDOW; i++)
		wait *= 2;
	return tries < FREE_TRIES ? 0 : last + (wait < WINDOW ? wait : WINDOW);
}

/* Counts a try before it is made, so that a hundred at once are not one. */
static int count_try(struct store *store, const unsigned char *hash, struct error *error)
{
	struct db *db = store_db(store);
	instant now = date_now_real();
	struct query *q = db_query(NULL, db, "SELECT tries, last FROM sign_in WHERE hash = ?", error, "b", hash, (size_t)SEAL_HASH);
	int more = q != NULL ? db_step(q, error) : -1;
	bool again = more == 1 && now - db_int(q, 1) < WINDOW;
	instant until = again ? wait_until(db_int(q, 0), db_int(q, 1)) : 0;

	talloc_free(q);
	if (more < 0)
		return -1;
	if (now < until)
		return error_set(error, ERROR_BUSY, "people.slow-down", "There were too many attempts to sign in. Try again in %d minutes.",
			(int)((until - now) / MINUTE) + 1);
	return db_run(db, again ? "UPDATE sign_in SET tries = tries + 1, last = ? WHERE hash = ?"
		: "INSERT INTO sign_in(last, hash, since, tries) VALUES (?1, ?2, ?1, 1)"
		" ON CONFLICT (hash) DO UPDATE SET tries = 1, since = excluded.since, last = excluded.last", error,
		"ib", now, hash, (size_t)SEAL_HASH);
}

static int try_begin(struct store *store, const unsigned char *hash, struct error *error)
{
	bool began;

	if (store_join(store, &began, error) != 0)
		return -1;
	return store_leave(store, began, count_try(store, hash, error), error);
}

static int lock_file(struct store *store, int number, int how, struct error *error)
{
	char *path = talloc_asprintf(NULL, "%s/argon.%d", store_run_dir(store), number);
	int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600), failed = file < 0;

	talloc_free(path);
	while (!failed && flock(file, how) != 0)
		failed = errno != EINTR;
	if (!failed)
		return file;
	error_set(error, errno == EWOULDBLOCK ? ERROR_BUSY : ERROR_FAULT, "people.lock", "The lock of the password check failed: %s", strerror(errno));
	if (file >= 0)
		close(file);
	return -1;
}

/* One of two lock files: each argon2id takes 64 MiB, and a queue is better than a machine without memory. */
int people_argon_enter(struct store *store, struct error *error)
{
	int file = lock_file(store, 0, LOCK_EX | LOCK_NB, error);

	if (file < 0 && error->kind == ERROR_BUSY)
		file = lock_file(store, 1, LOCK_EX, error);
	return file;
}

/* An unknown login costs what a known one does: it is held against this hash, which nothing matches. */
static const char nobody[] = "$argon2id$v=19$m=65536,t=3,p=1$bm9ib2R5bm9ib2R5bm9ibw$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

static int password_check(struct store *store, const struct account *account, const char *password, bool *good_r, struct error *error)
{
	struct query *q = db_query(NULL, store_db(store), "SELECT password FROM account WHERE id = ?", error, "i", account != NULL ? account->id : 0);
	int more = q != NULL ? db_step(q, error) : -1, lock;
	char *stored = more == 1 ? db_text(NULL, q, 0) : NULL;
	bool good;

	talloc_free(q);
	if (more < 0 || (lock = people_argon_enter(store, error)) < 0) {
		talloc_free(stored);
		return -1;
	}
	good = seal_password_ok(stored != NULL && *stored != '\0' ? stored : nobody, password);
	close(lock);
	*good_r = good && account != NULL && !account->disabled;
	talloc_free(stored);
	return 0;
}

static int sign_in_done(struct store *store, const struct account *account, const unsigned char *hash, struct error *error)
{
	struct actor who = { .account = account->id };
	struct audit_entry entry = { .verb = "session.sign-in", .object = account->pub };
	bool began;
	int result;

	if (store_join(store, &began, error) != 0)
		return -1;
	result = db_run(store_db(store), "DELETE FROM sign_in WHERE hash = ?", error, "b", hash, (size_t)SEAL_HASH);
	if (result == 0)
		result = audit_add(store, &who, &entry, error);
	return store_leave(store, began, result, error);
}

struct account *people_sign_in(void *ctx, struct store *store, const char *login, const char *password, struct error *error)
{
	unsigned char hash[SEAL_HASH];
	struct account *account;
	bool good = false;

	login_hash(store, login, hash);
	if (try_begin(store, hash, error) != 0)
		return NULL;
	account = people_account(ctx, store, login, error);
	if (account == NULL && error->kind != ERROR_MISSING)
		return NULL;
	if (password_check(store, account, password, &good, error) != 0)
		goto out;
	if (!good)
		error_set(error, ERROR_STRANGER, "people.sign-in", "The name or the password is wrong.");
	else if (sign_in_done(store, account, hash, error) == 0)
		return account;
out:
	talloc_free(account);
	return NULL;
}

/* ---- sessions ---- */

int people_session_open(struct store *store, const struct account *account, char token_r[SEAL_TOKEN], struct error *error)
{
	unsigned char hash[SEAL_HASH];
	char token[SEAL_TOKEN];
	instant now = date_now_real();
	bool began;
	int result;

	seal_token(token);
	keyed(store, "session", token, hash);
	if (store_join(store, &began, error) != 0)
		return -1;
	result = db_run(store_db(store), "INSERT INTO session(hash, account, since, seen) VALUES (?, ?, ?, ?)", error,
		"biii", hash, (size_t)SEAL_HASH, account->id, now, now);
	result = store_leave(store, began, result, error);
	if (result == 0)
		memcpy(token_r, token, SEAL_TOKEN);
	seal_wipe(token, sizeof token);
	return result;
}

static int session_touch(struct store *store, const unsigned char *hash, instant now, struct error *error)
{
	bool began;
	int result;

	if (store_join(store, &began, error) != 0)
		return -1;
	result = db_run(store_db(store), "UPDATE session SET seen = ? WHERE hash = ?", error, "ib", now, hash, (size_t)SEAL_HASH);
	return store_leave(store, began, result, error);
}

/* Whose page it is, sealed so that nobody can claim another's: what is typed in it can be given back to its writer alone. */
static char *page_seal(void *ctx, struct store *store, const char *pub)
{
	unsigned char hash[SEAL_HASH];

	keyed(store, "page", pub, hash);
	return text_hex(ctx, hash, SEAL_HASH / 2);
}

/* The token in forms is derived from the session's: whoever has not the cookie cannot know it, and nothing more is kept. */
static char *csrf(void *ctx, struct store *store, const char *token, const char *pub)
{
	unsigned char hash[SEAL_HASH];

	keyed(store, "csrf", token, hash);
	return talloc_asprintf(ctx, "%s.%s.%s", text_hex(ctx, hash, SEAL_HASH), pub, page_seal(ctx, store, pub));
}

char *people_page_account(void *ctx, struct store *store, const char *csrf)
{
	const char *dot = csrf == NULL ? NULL : strchr(csrf, '.'), *last = dot == NULL ? NULL : strchr(dot + 1, '.');
	char *pub = last == NULL ? NULL : talloc_strndup(ctx, dot + 1, (size_t)(last - dot - 1)), *seal;

	if (pub == NULL || !seal_is_id(pub))
		return NULL;
	seal = page_seal(pub, store, pub);
	return strlen(last + 1) == strlen(seal) && seal_same(last + 1, seal, strlen(seal)) ? pub : NULL;
}

struct session *people_session(void *ctx, struct store *store, const char *token, int64_t idle_minutes, int64_t hours, struct error *error)
{
	unsigned char hash[SEAL_HASH];
	struct session *session = talloc_zero(ctx, struct session);
	instant now = date_now_real();
	struct query *q;
	int64_t id = 0;
	int more;

	keyed(store, "session", token, hash);
	q = db_query(session, store_db(store), "SELECT account, since, seen FROM session WHERE hash = ?", error, "b", hash, (size_t)SEAL_HASH);
	more = q != NULL ? db_step(q, error) : -1;
	if (more == 1) {
		id = db_int(q, 0);
		session->since = db_int(q, 1);
		session->seen = db_int(q, 2);
	}
	talloc_free(q);
	if (more < 0)
		goto out;
	if (more == 1 && now - session->seen < idle_minutes * MINUTE && now - session->since < hours * 60 * MINUTE
	    && (session->account = people_account_by_id(session, store, id, error)) == NULL && error->kind != ERROR_MISSING)
		goto out;
	if (session->account == NULL || session->account->disabled) {
		error_set(error, ERROR_STRANGER, "people.session", "You are not signed in, or were signed out for lack of activity. Sign in.");
		goto out;
	}
	if (now - session->seen >= MINUTE && session_touch(store, hash, now, error) != 0) {
		if (error->kind != ERROR_FULL && error->kind != ERROR_BUSY)
			goto out;
		*error = (struct error){0};      /* reading goes on; only the session may end a little early */
	}
	session->csrf = csrf(session, store, token, session->account->pub);
	return session;
out:
	talloc_free(session);
	return NULL;
}

int people_session_close(struct store *store, const char *token, struct error *error)
{
	unsigned char hash[SEAL_HASH];
	bool began;
	int result;

	keyed(store, "session", token, hash);
	if (store_join(store, &began, error) != 0)
		return -1;
	result = db_run(store_db(store), "DELETE FROM session WHERE hash = ?", error, "b", hash, (size_t)SEAL_HASH);
	return store_leave(store, began, result, error);
}

int people_sessions_expire(struct store *store, int64_t idle_minutes, int64_t hours, struct error *error)
{
	instant now = date_now_real();
	bool began;
	int result;

	if (store_join(store, &began, error) != 0)
		return -1;
	result = db_run(store_db(store), "DELETE FROM session WHERE seen <= ? OR since <= ?", error, "ii", now - idle_minutes * MINUTE, now - hours * 60 * MINUTE);
	if (result == 0)
		result = db_run(store_db(store), "DELETE FROM sign_in WHERE last <= ?", error, "i", now - WINDOW);
	return store_leave(store, began, result, error);
}
