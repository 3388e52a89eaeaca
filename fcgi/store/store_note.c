#include "store/store_note.h"

#include <string.h>
#include <talloc.h>
#include "store/store_audit.h"

static char *binding(void *ctx, const char *document_pub, int64_t n)
{
	return talloc_asprintf(ctx, "note/%s/%lld", document_pub, (long long)n);
}

static int note_write(struct store *store, const struct actor *by, const struct document *document, const char *row, const char *kind, const char *text,
	struct error *error)
{
	struct audit_entry entry = { .verb = "note.add", .case_id = document->case_id, .document_id = document->id, .object = document->pub, .detail = kind };
	void *ctx = talloc_new(NULL);
	struct seal_key key;
	unsigned char *packed, *sealed;
	int64_t n = 0;
	size_t length, size;
	int result = -1;

	if (store_case_key(store, document->case_id, &key, error) != 0
	    || db_number(store_db(store), "SELECT coalesce(max(n), 0) + 1 FROM note WHERE document_id = ?", &n, error, "i", document->id) != 1)
		goto out;
	packed = store_pack(ctx, row, text, strlen(text), &length);
	sealed = seal_close(ctx, &key, binding(ctx, document->pub, n), packed, length, &size);
	seal_wipe(packed, length);
	entry.version = (int)n;
	result = db_run(store_db(store), "INSERT INTO note(document_id, case_id, n, kind, at, author, sealed) VALUES (?, ?, ?, ?, ?, ?, ?)", error,
		"iiitiib", document->id, document->case_id, n, kind, date_now(), by->account, sealed, size);
	if (result == 0)
		result = audit_add(store, by, &entry, error);
out:
	seal_wipe(&key, sizeof key);
	talloc_free(ctx);
	return result;
}

int note_add(struct store *store, const struct actor *by, const struct document *document, const char *row, const char *kind, const char *text, struct error *error)
{
	bool began;

	if (store_join(store, &began, error) != 0)
		return -1;
	return store_leave(store, began, note_write(store, by, document, row != NULL ? row : "", kind, text != NULL ? text : "", error), error);
}

static int note_read(void *ctx, struct note *note, const struct seal_key *key, struct query *q, struct error *error)
{
	size_t length, plain, size;
	unsigned char *sealed = db_bytes(q, q, 6, &length), *packed;
	int result;

	*note = (struct note){ .id = db_int(q, 0), .document_id = db_int(q, 1), .kind = db_text(ctx, q, 3), .at = db_int(q, 4), .author_name = db_text(ctx, q, 5),
		.author = db_int(q, 8) };
	packed = seal_open(sealed, key, binding(sealed, db_text(sealed, q, 7), db_int(q, 2)), sealed, length, &plain, error);
	result = packed != NULL ? store_unpack(ctx, packed, plain, &note->row, &note->text, &size, error) : -1;
	talloc_free(sealed);
	return result;
}

int note_list(void *ctx, struct store *store, int64_t case_id, struct note **list_r, struct error *error)
{
	struct note *list = talloc_array(ctx, struct note, 0);
	struct seal_key key;
	struct query *q = NULL;
	int n = 0, more = -1;

	if (store_case_key(store, case_id, &key, error) == 0)
		q = db_query(list, store_db(store), "SELECT n.id, n.document_id, n.n, n.kind, n.at, coalesce(p.name, 'System'), n.sealed, d.pub, n.author FROM note n"
			" JOIN document d ON d.id = n.document_id LEFT JOIN account p ON p.id = n.author WHERE n.case_id = ? ORDER BY n.id", error, "i", case_id);
	while (q != NULL && (more = db_step(q, error)) == 1) {
		list = talloc_realloc(ctx, list, struct note, (size_t)n + 1);
		if ((more = note_read(list, &list[n++], &key, q, error)) < 0)
			break;
	}
	seal_wipe(&key, sizeof key);
	if (more < 0) {
		talloc_free(list);
		return -1;
	}
	db_end(q);
	*list_r = list;
	return n;
}
