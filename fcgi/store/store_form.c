#include "store/store_form.h"

#include <string.h>
#include <talloc.h>

int form_released(struct store *store, const char *id, int version, const unsigned char hash[SEAL_HASH], struct error *error)
{
	void *tmp = talloc_new(NULL);
	struct query *q = db_query(tmp, store_db(store), "SELECT hash FROM form WHERE id = ? AND version = ?", error, "ti", id, (int64_t)version);
	int more = q == NULL ? -1 : db_step(q, error), rc = -1;
	size_t length = 0;

	if (more == 1) {
		unsigned char *known = db_bytes(tmp, q, 0, &length);
		rc = length == SEAL_HASH && memcmp(known, hash, SEAL_HASH) == 0 ? 0
			: error_set(error, ERROR_CONFLICT, "form.changed", "Form %s version %d has been released and must not change. Put the old file back and make version %d.", id, version, version + 1);
	}
	talloc_free(tmp);
	if (more != 0)
		return rc;
	return db_run(store_db(store), "INSERT INTO form (id, version, hash) VALUES (?, ?, ?)", error, "tib", id, (int64_t)version, hash, (size_t)SEAL_HASH);
}

int form_each_released(struct store *store, int (*fn)(void *data, const char *id, int version), void *data, struct error *error)
{
	void *tmp = talloc_new(NULL);
	struct query *q = db_query(tmp, store_db(store), "SELECT id, version FROM form ORDER BY id, version", error, "");
	int more = q == NULL ? -1 : 1, rc = 0;

	while (rc == 0 && more == 1 && (more = db_step(q, error)) == 1)
		rc = fn(data, db_text(tmp, q, 0), (int)db_int(q, 1));
	talloc_free(tmp);
	return more < 0 ? -1 : rc;
}
