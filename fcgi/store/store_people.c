#include "store/store_people.h"

#include <string.h>
#include <talloc.h>
#include <unistd.h>
#include "store/store_audit.h"

/* ---- agencies ---- */

#define AGENCY "SELECT id, name, type, area FROM agency"

static void agency_read(void *ctx, struct agency *agency, struct query *q)
{
	*agency = (struct agency){ db_text(ctx, q, 0), db_text(ctx, q, 1), db_text(ctx, q, 2), db_text(ctx, q, 3) };
}

int people_agency_put(struct store *store, const struct actor *by, const struct agency *agency, struct error *error)
{
	struct audit_entry entry = { .verb = "agency.put", .object = agency->id };
	bool began;
	int result;

	if (store_join(store, &began, error) != 0)
		return -1;
	result = db_run(store_db(store), "INSERT INTO agency(id, name, type, area) VALUES (?, ?, ?, ?)"
		" ON CONFLICT (id) DO UPDATE SET name = excluded.name, type = excluded.type, area = excluded.area", error,
		"tttt", agency->id, agency->name, agency->type != NULL ? agency->type : "", agency->area != NULL ? agency->area : "");
	if (result == 0)
		result = audit_add(store, by, &entry, error);
	return store_leave(store, began, result, error);
}

int people_agencies(void *ctx, struct store *store, struct agency **list_r, struct error *error)
{
	struct agency *list = talloc_array(ctx, struct agency, 0);
	struct query *q = db_query(list, store_db(store), AGENCY " ORDER BY name, id", error, "");
	int n = 0, more = -1;

	while (q != NULL && (more = db_step(q, error)) == 1) {
		list = talloc_realloc(ctx, list, struct agency, (size_t)n + 1);
		agency_read(list, &list[n++], q);
	}
	if (more < 0) {
		talloc_free(list);
		return -1;
	}
	db_end(q);
	*list_r = list;
	return n;
}

struct agency *people_agency(void *ctx, struct store *store, const char *id, struct error *error)
{
	struct query *q = db_query(NULL, store_db(store), AGENCY " WHERE id = ?", error, "t", id);
	int more = q != NULL ? db_step(q, error) : -1;
	struct agency *agency = NULL;

	if (more == 1) {
		agency = talloc(ctx, struct agency);
		agency_read(agency, agency, q);
	} else if (more == 0)
		error_set(error, ERROR_MISSING, "people.no-agency", "There is no such agency.");
	talloc_free(q);
	return agency;
}

/* ---- accounts ---- */

#define ACCOUNT "SELECT id, pub, login, name, roles, agency, email, disabled FROM account"

static void account_read(void *ctx, struct account *account, struct query *q)
{
	*account = (struct account){ db_int(q, 0), db_text(ctx, q, 1), db_text(ctx, q, 2), db_text(ctx, q, 3), db_text(ctx, q, 4),
		db_text(ctx, q, 5), db_text(ctx, q, 6), db_int(q, 7) != 0 };
}

static struct account *account_one(void *ctx, struct query *q, struct error *error)
{
	int more = q != NULL ? db_step(q, error) : -1;
	struct account *account = NULL;

	if (more == 1) {
		account = talloc(ctx, struct account);
		account_read(account, account, q);
	} else if (more == 0)
		error_set(error, ERROR_MISSING, "people.no-account", "There is no such account.");
	talloc_free(q);
	return account;
}

struct account *people_account(void *ctx, struct store *store, const char *login, struct error *error)
{
	return account_one(ctx, db_query(NULL, store_db(store), ACCOUNT " WHERE login = ?", error, "t", login), error);
}

struct account *people_account_by_id(void *ctx, struct store *store, int64_t id, struct error *error)
{
	return account_one(ctx, db_query(NULL, store_db(store), ACCOUNT " WHERE id = ?", error, "i", id), error);
}

struct account *people_account_by_pub(void *ctx, struct store *store, const char *pub, struct error *error)
{
	return account_one(ctx, db_query(NULL, store_db(store), ACCOUNT " WHERE pub = ?", error, "t", pub), error);
}

int people_accounts(void *ctx, struct store *store, struct account **list_r, struct error *error)
{
	struct account *list = talloc_array(ctx, struct account, 0);
	struct query *q = db_query(list, store_db(store), ACCOUNT " ORDER BY name, id", error, "");
	int n = 0, more = -1;

	while (q != NULL && (more = db_step(q, error)) == 1) {
		list = talloc_realloc(ctx, list, struct account, (size_t)n + 1);
		account_read(list, &list[n++], q);
	}
	if (more < 0) {
		talloc_free(list);
		return -1;
	}
	db_end(q);
	*list_r = list;
	return n;
}

static const char *or_empty(const char *text)
{
	return text != NULL ? text : "";
}

/* A new one gets its pub; the old one's sessions end when it may no longer sign in as it did. */
static int account_write(struct store *store, const struct actor *by, const struct account *a, const char *hash, struct error *error)
{
	struct db *db = store_db(store);
	struct audit_entry entry = { .verb = "account.put" };
	int64_t id = 0;
	char pub[SEAL_ID], *kept;
	struct query *q;
	int more;

	seal_id(pub);
	q = db_query(NULL, db, "INSERT INTO account(pub, login, name, roles, agency, email, password, disabled, made)"
		" VALUES (?, ?, ?, ?, nullif(?, ''), ?, coalesce(?, ''), ?, ?) ON CONFLICT (login) DO UPDATE SET name = excluded.name,"
		" roles = excluded.roles, agency = excluded.agency, email = excluded.email, disabled = excluded.disabled,"
		" password = CASE excluded.password WHEN '' THEN account.password ELSE excluded.password END RETURNING id, pub", error,
		"tttttttii", pub, a->login, a->name, or_empty(a->roles), or_empty(a->agency), or_empty(a->email), hash, (int64_t)a->disabled, date_now());
	more = q != NULL ? db_step(q, error) : -1;
	if (more != 1) {
		talloc_free(q);
		return -1;
	}
	id = db_int(q, 0);
	kept = db_text(NULL, q, 1);
	db_end(q);
	if (hash != NULL || a->disabled)
		more = db_run(db, "DELETE FROM session WHERE account = ?", error, "i", id);
	entry.object = kept;
	entry.detail = strcmp(pub, kept) == 0 ? "new" : a->disabled ? "disabled" : hash != NULL ? "password" : "changed";
	more = more < 0 ? -1 : audit_add(store, by, &entry, error);
	talloc_free(kept);
	return more;
}

static int agency_known(struct store *store, const char *id, struct error *error)
{
	struct agency *agency;

	if (id == NULL || *id == '\0')
		return 0;
	agency = people_agency(NULL, store, id, error);
	talloc_free(agency);
	return agency != NULL ? 0 : -1;
}

static char *password_hash(struct store *store, const char *password, struct error *error)
{
	int lock = people_argon_enter(store, error);
	char *hash;

	if (lock < 0)
		return NULL;
	hash = seal_password(NULL, password, error);
	close(lock);
	return hash;
}

int people_account_put(struct store *store, const struct actor *by, const struct account *account, const char *password, struct error *error)
{
	char *hash = NULL;
	bool began;
	int result;

	/* Before the transaction, which other writers wait for. */
	if (password != NULL && (hash = password_hash(store, password, error)) == NULL)
		return -1;
	result = store_join(store, &began, error);
	if (result == 0) {
		result = agency_known(store, account->agency, error);
		if (result == 0)
			result = account_write(store, by, account, hash, error);
		result = store_leave(store, began, result, error);
	}
	talloc_free(hash);
	return result;
}
