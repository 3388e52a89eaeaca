#include "store/store_audit.h"

#include <talloc.h>

/* The chain proves that nothing in it was changed, not that its end is there: an end cut off, or yesterday's database put in today's place,
 * is a chain too. So the clerk notes number and hash of an entry in the key file, sealed; what the note names must still stand. */

static int end(struct store *store, int64_t *seq_r, unsigned char hash_r[SEAL_HASH], struct error *error)
{
	struct query *q = db_query(NULL, store_db(store), "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1", error, "");
	int more = q != NULL ? db_step(q, error) : -1;

	if (more == 1) {
		*seq_r = db_int(q, 0);
		store_hash(q, 1, hash_r);
	}
	talloc_free(q);
	return more;
}

/* 1 it stands as it was noted, 0 not, -1 error. */
static int stands(struct store *store, int64_t seq, const unsigned char noted[SEAL_HASH], struct error *error)
{
	struct query *q = db_query(NULL, store_db(store), "SELECT hash FROM audit WHERE seq = ?", error, "i", seq);
	unsigned char hash[SEAL_HASH];
	int more = q != NULL ? db_step(q, error) : -1;

	if (more == 1)
		more = store_hash(q, 0, hash) && seal_same(hash, noted, SEAL_HASH);
	talloc_free(q);
	return more;
}

/* The number that was noted, 0 when nothing was. */
static int check(struct store *store, int64_t *noted_r, struct error *error)
{
	unsigned char hash[SEAL_HASH];
	int64_t seq = 0;
	int more = store_anchor_get(store, &seq, hash, error);

	if (more == 1 && (more = stands(store, seq, hash, error)) == 0)
		more = error_set(error, ERROR_FAULT, "audit.cut", "The audit does not hold entry %lld as it was noted: its end was cut off, or an older "
			"database was put in its place.", (long long)seq);
	if (more < 0)
		return -1;
	*noted_r = seq;
	return 0;
}

int audit_anchor_check(struct store *store, struct error *error)
{
	int64_t noted;

	return check(store, &noted, error);
}

int audit_anchor_reset(struct store *store, struct error *error)
{
	unsigned char hash[SEAL_HASH];
	int64_t seq;
	int more = end(store, &seq, hash, error);

	return more == 1 ? store_anchor_put(store, seq, hash, error) : more;
}

int audit_anchor_move(struct store *store, struct error *error)
{
	unsigned char hash[SEAL_HASH];
	int64_t noted, seq;
	int more = check(store, &noted, error) != 0 ? -1 : end(store, &seq, hash, error);

	return more == 1 && seq != noted ? store_anchor_put(store, seq, hash, error) : more < 0 ? -1 : 0;
}
