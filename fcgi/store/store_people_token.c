#include "store/store_people.h"

#include <stdio.h>
#include <string.h>
#include <talloc.h>
#include "store/store_audit.h"

/* "d1_" id "_" secret, at fixed places, since the secret's alphabet has the underscore too. */
#define MARK "d1_"
#define ID_AT (sizeof MARK - 1)
#define SECRET_AT (ID_AT + SEAL_ID)
#define LENGTH (SECRET_AT + SEAL_TOKEN - 1)
#define DAY_MS INT64_C(86400000)

static void token_hash(struct store *store, const char *token, unsigned char hash_r[SEAL_HASH])
{
	struct seal_key key;

	store_derived_key(store, "token", &key);
	seal_keyed_hash(&key, token, strlen(token), hash_r);
	seal_wipe(&key, sizeof key);
}

static int token_write(struct store *store, const struct actor *by, const struct account *account, const char *pub, const char *label, int days,
	const unsigned char *hash, struct error *error)
{
	struct audit_entry entry = { .verb = "token.make", .object = pub };
	instant now = date_now_real();

	if (db_run(store_db(store), "INSERT INTO token(pub, account, hash, label, made, expires) VALUES (?, ?, ?, ?, ?, ?)", error,
	    "tibtii", pub, account->id, hash, (size_t)SEAL_HASH, label, now, now + days * DAY_MS) != 0)
		return -1;
	return audit_add(store, by, &entry, error);
}

int people_token_make(void *ctx, struct store *store, const struct actor *by, const struct account *account, const char *label, int days, char **token_r, struct error *error)
{
	char pub[SEAL_ID], secret[SEAL_TOKEN], *token;
	unsigned char hash[SEAL_HASH];
	bool began;
	int result;

	seal_id(pub);
	seal_token(secret);
	token = talloc_asprintf(ctx, MARK "%s_%s", pub, secret);
	seal_wipe(secret, sizeof secret);
	token_hash(store, token, hash);
	result = store_join(store, &began, error);
	if (result == 0)
		result = store_leave(store, began, token_write(store, by, account, pub, label, days, hash, error), error);
	if (result == 0)
		*token_r = token;
	else
		talloc_free(token);
	return result;
}

/* The account id, 0 when the token is none of ours or no longer good, -1 on error. */
static int64_t token_account(struct store *store, const char *token, int64_t *id_r, struct error *error)
{
	unsigned char hash[SEAL_HASH], kept[SEAL_HASH];
	char pub[SEAL_ID] = "";
	struct query *q;
	int64_t account = 0;
	int more;

	if (strlen(token) != LENGTH || strncmp(token, MARK, ID_AT) != 0 || token[SECRET_AT - 1] != '_')
		return 0;
	memcpy(pub, token + ID_AT, SEAL_ID - 1);
	token_hash(store, token, hash);
	q = db_query(NULL, store_db(store), "SELECT id, account, hash FROM token WHERE pub = ? AND revoked IS NULL AND expires > ?", error,
		"ti", pub, date_now_real());
	more = q != NULL ? db_step(q, error) : -1;
	if (more == 1 && store_hash(q, 2, kept) && seal_same(hash, kept, SEAL_HASH)) {
		account = db_int(q, 1);
		*id_r = db_int(q, 0);
	}
	talloc_free(q);
	return more < 0 ? -1 : account;
}

struct account *people_token(void *ctx, struct store *store, const char *token, int64_t *token_id_r, struct error *error)
{
	int64_t token_id = 0, id = token_account(store, token, &token_id, error);
	struct account *account;

	if (id < 0)
		return NULL;
	account = id > 0 ? people_account_by_id(ctx, store, id, error) : NULL;
	if (account != NULL && !account->disabled) {
		*token_id_r = token_id;
		return account;
	}
	talloc_free(account);
	error_set(error, ERROR_STRANGER, "people.token", "The token is not known, has expired or was revoked.");
	return NULL;
}

int people_token_revoke(struct store *store, const struct actor *by, int64_t token_id, struct error *error)
{
	struct audit_entry entry = { .verb = "token.revoke" };
	char number[24];
	bool began;
	int result;

	snprintf(number, sizeof number, "%lld", (long long)token_id);
	entry.object = number;
	if (store_join(store, &began, error) != 0)
		return -1;
	result = db_run(store_db(store), "UPDATE token SET revoked = ? WHERE id = ? AND revoked IS NULL", error, "ii", date_now_real(), token_id);
	if (result == 0 && db_changes(store_db(store)) == 0)
		result = error_set(error, ERROR_MISSING, "people.no-token", "There is no such token, or it was revoked before.");
	if (result == 0)
		result = audit_add(store, by, &entry, error);
	return store_leave(store, began, result, error);
}
