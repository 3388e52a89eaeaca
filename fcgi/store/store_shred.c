#include "store/store_shred.h"

#include <talloc.h>
#include "store/store_audit.h"

static int audit_shred(struct store *store, const struct actor *by, const struct case_row *c, struct error *error)
{
	struct audit_entry entry = { .verb = "case.shred", .case_id = c->id, .object = c->pub };

	if (store_begin(store, error) != 0)
		return -1;
	if (audit_add(store, by, &entry, error) == 0)
		return store_commit(store, error);
	store_rollback(store);
	return -1;
}

int case_shred(struct store *store, const struct actor *by, const struct case_row *c, bool *before_r, struct error *error)
{
	struct seal_key key;

	*before_r = store_case_key(store, c->id, &key, error) != 0;
	seal_wipe(&key, sizeof key);
	if (*before_r)
		return error->kind == ERROR_GONE ? 0 : -1;
	return audit_shred(store, by, c, error) != 0 ? -1 : store_destroy_case_key(store, c->id, error);
}

/* 0 in order, else the error that tells what is not. */
static int key_whole(struct store *store, int64_t case_id, const char *reference, bool shredded, bool *destroyed_r, struct error *error)
{
	struct seal_key key;
	bool opens = store_case_key(store, case_id, &key, error) == 0;

	seal_wipe(&key, sizeof key);
	*destroyed_r = !opens && error->kind == ERROR_GONE;
	if (!opens && !*destroyed_r)
		return error_set(error, ERROR_FAULT, "keys.lost", "The key of case %s is lost: it is not in the key file, or does not open. Restore the key file.", reference);
	if (opens && shredded)
		return error_set(error, ERROR_FAULT, "keys.back", "Case %s was shredded, but its key is there: an old key file was put back. Shred it again.", reference);
	if (!opens && !shredded)
		return error_set(error, ERROR_FAULT, "keys.unaudited", "The key of case %s was destroyed, and the audit knows of no shredding.", reference);
	return 0;
}

int keys_verify(struct store *store, int64_t *count_r, int64_t *destroyed_r, struct error *error)
{
	struct query *q = db_query(NULL, store_db(store), "SELECT c.id, c.reference, EXISTS (SELECT 1 FROM audit a WHERE a.case_id = c.id"
		" AND a.verb = 'case.shred') FROM case_file c ORDER BY c.id", error, "");
	int64_t count = 0, gone = 0;
	bool destroyed;
	int more = -1;

	while (q != NULL && (more = db_step(q, error)) == 1) {
		if ((more = key_whole(store, db_int(q, 0), db_text(q, q, 1), db_int(q, 2) != 0, &destroyed, error)) != 0)
			break;
		count += !destroyed;
		gone += destroyed;
	}
	talloc_free(q);
	if (more < 0)
		return -1;
	*count_r = count;
	*destroyed_r = gone;
	return 0;
}
