#include "store/store_attachment.h"

#include <stdlib.h>
#include <string.h>
#include <talloc.h>
#include "base/text.h"
#include "store/store_attachment_inner.h"

#define COLUMNS "SELECT a.id, a.document_id, a.n, a.pub, a.field, a.type, a.at, a.author, a.sealed FROM attachment a"

char *attachment_binding(void *ctx, const char *document, const char *attachment)
{
	return talloc_asprintf(ctx, "attachment/%s/%s", document, attachment);
}

char *attachment_chunk_binding(void *ctx, const char *document, const char *attachment, int n)
{
	return talloc_asprintf(ctx, "chunk/%s/%s/%d", document, attachment, n);
}

struct frame *attachment_frame(void *ctx, const struct attachment *a, const void *sealed, size_t length)
{
	struct frame *frame = frame_new(ctx);

	frame_int(frame, a->document_id);
	frame_int(frame, a->n);
	frame_text(frame, a->pub);
	frame_text(frame, a->field);
	frame_text(frame, a->type);
	frame_int(frame, a->at);
	frame_int(frame, a->author);
	frame_blob(frame, sealed, length);
	return frame;
}

/* ---- writing ---- */

/* The head beside the row: size, fingerprint and name. */
static unsigned char *seal_head(void *ctx, const struct seal_key *key, const struct document *document, const struct attachment *a, size_t *length_r)
{
	char *head = talloc_asprintf(ctx, "%zu %s", a->size, a->sha256);
	size_t size;
	unsigned char *packed = store_pack(ctx, head, a->name, strlen(a->name), &size);
	unsigned char *sealed = seal_close(ctx, key, attachment_binding(ctx, document->pub, a->pub), packed, size, length_r);

	seal_wipe(packed, size);
	return sealed;
}

static int write_chunks(struct store *store, const struct seal_key *key, const struct document *document, const struct attachment *a, const char *bytes, struct frame *frame, struct error *error)
{
	int result = 0, n = 0;

	for (size_t at = 0; result == 0 && at < a->size; at += ATTACHMENT_CHUNK) {
		void *ctx = talloc_new(NULL);
		size_t length, size = a->size - at < ATTACHMENT_CHUNK ? a->size - at : ATTACHMENT_CHUNK;
		unsigned char *sealed = seal_close(ctx, key, attachment_chunk_binding(ctx, document->pub, a->pub, ++n), bytes + at, size, &length);

		frame_blob(frame, sealed, length);
		result = db_run(store_db(store), "INSERT INTO attachment_chunk(attachment_id, n, sealed) VALUES (?, ?, ?)", error, "iib", a->id, (int64_t)n, sealed, length);
		talloc_free(ctx);
	}
	return result;
}

static int write_all(void *ctx, struct store *store, const struct actor *by, const struct document *document, struct attachment *a, const struct seal_key *key,
	const char *bytes, struct error *error)
{
	struct audit_entry entry = { .verb = "attachment.add", .case_id = document->case_id, .document_id = document->id, .version = a->n, .object = a->pub, .detail = a->type };
	unsigned char sum[SEAL_HASH];
	size_t length;
	unsigned char *sealed = seal_head(ctx, key, document, a, &length);
	struct frame *frame = attachment_frame(ctx, a, sealed, length);

	if (db_number(store_db(store), "INSERT INTO attachment(document_id, n, pub, field, type, at, author, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id", &a->id, error,
	    "iitttiib", a->document_id, (int64_t)a->n, a->pub, a->field, a->type, a->at, a->author, sealed, length) != 1 || write_chunks(store, key, document, a, bytes, frame, error) != 0)
		return -1;
	frame_sum(frame, NULL, sum);
	entry.covers = sum;
	return audit_add(store, by, &entry, error);
}

int attachment_add(void *ctx, struct store *store, const struct actor *by, const struct document *document, const char *field, const char *type, const char *name,
	const char *bytes, size_t length, struct attachment *attachment_r, struct error *error)
{
	struct attachment a = { .document_id = document->id, .at = date_now(), .author = by->account, .size = length };
	unsigned char sha256[SEAL_HASH];
	struct seal_key key;
	int64_t n = 0;
	void *tmp = talloc_new(ctx);
	int result = -1;

	if (!db_in_write(store_db(store))) {
		error_set(error, ERROR_FAULT, "db.no-transaction", "A file was to be added outside a write transaction.");
		goto out;
	}
	if (db_number(store_db(store), "SELECT coalesce(max(n), 0) FROM attachment WHERE document_id = ?", &n, error, "i", document->id) < 0)
		goto out;
	if (n >= ATTACHMENT_MOST) {
		error_set(error, ERROR_INVALID, "attachment.many", "This document has %d files already. No more can be added.", (int)n);
		goto out;
	}
	if (store_case_key(store, document->case_id, &key, error) != 0)
		goto out;
	seal_id(a.pub);
	a.n = (int)n + 1;
	a.field = talloc_strdup(ctx, field);
	a.type = talloc_strdup(ctx, type);
	a.name = talloc_strdup(ctx, name);
	seal_sha256(bytes, length, sha256);
	a.sha256 = text_hex(ctx, sha256, SEAL_HASH);
	result = write_all(tmp, store, by, document, &a, &key, bytes, error);
	seal_wipe(&key, sizeof key);
	if (result == 0)
		*attachment_r = a;
out:
	talloc_free(tmp);
	return result;
}

/* ---- reading ---- */

void attachment_row(void *ctx, struct attachment *a, struct query *q)
{
	char *pub = db_text(ctx, q, 3);

	*a = (struct attachment){ .id = db_int(q, 0), .document_id = db_int(q, 1), .n = (int)db_int(q, 2), .field = db_text(ctx, q, 4), .type = db_text(ctx, q, 5),
		.at = db_int(q, 6), .author = db_int(q, 7) };
	strncpy(a->pub, pub, SEAL_ID - 1);
	talloc_free(pub);
}

int attachment_head(void *ctx, struct attachment *a, const struct seal_key *key, const char *document, const void *sealed, size_t length, struct error *error)
{
	void *tmp = talloc_new(ctx);
	size_t plain, name;
	unsigned char *packed = seal_open(tmp, key, attachment_binding(tmp, document, a->pub), sealed, length, &plain, error);
	char *head, *end;
	int result = packed != NULL ? store_unpack(tmp, packed, plain, &head, &a->name, &name, error) : -1;

	if (result == 0) {
		a->size = strtoul(head, &end, 10);
		a->sha256 = talloc_strdup(ctx, *end == ' ' ? end + 1 : "");
		talloc_steal(ctx, a->name);
	}
	if (packed != NULL)
		seal_wipe(packed, plain);
	talloc_free(tmp);
	return result;
}

static int read_row(void *ctx, struct attachment *a, const struct seal_key *key, const struct document *document, struct query *q, struct error *error)
{
	size_t length;
	unsigned char *sealed = db_bytes(q, q, 8, &length);
	int result;

	attachment_row(ctx, a, q);
	result = attachment_head(ctx, a, key, document->pub, sealed, length, error);
	talloc_free(sealed);
	return result;
}

int attachment_list(void *ctx, struct store *store, const struct document *document, struct attachment **list_r, struct error *error)
{
	struct attachment *list = talloc_array(ctx, struct attachment, 0);
	struct query *q = db_query(list, store_db(store), COLUMNS " WHERE a.document_id = ? ORDER BY a.n", error, "i", document->id);
	struct seal_key key = {0};
	int n = 0, more = -1;

	while (q != NULL && (more = db_step(q, error)) == 1) {
		if (n == 0 && store_case_key(store, document->case_id, &key, error) != 0) {
			more = -1;
			break;
		}
		list = talloc_realloc(ctx, list, struct attachment, (size_t)n + 1);
		if (read_row(list, &list[n++], &key, document, q, error) != 0) {
			more = -1;
			break;
		}
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

struct attachment *attachment_get(void *ctx, struct store *store, const struct document *document, const char *pub, struct error *error)
{
	struct attachment *a = talloc_zero(ctx, struct attachment);
	struct query *q = db_query(a, store_db(store), COLUMNS " WHERE a.pub = ? AND a.document_id = ?", error, "ti", pub, document->id);
	int more = q != NULL ? db_step(q, error) : -1;
	struct seal_key key;

	if (more == 0)
		error_set(error, ERROR_MISSING, "attachment.missing", "There is no such file in this document, or it is not for you.");
	if (more == 1 && store_case_key(store, document->case_id, &key, error) == 0) {
		more = read_row(a, a, &key, document, q, error);
		seal_wipe(&key, sizeof key);
		if (more == 0) {
			db_end(q);
			return a;
		}
	}
	talloc_free(a);
	return NULL;
}

char *attachment_bytes(void *ctx, struct store *store, const struct document *document, const struct attachment *a, struct error *error)
{
	char *bytes = talloc_array(ctx, char, a->size + 1);
	struct query *q = db_query(bytes, store_db(store), "SELECT n, sealed FROM attachment_chunk WHERE attachment_id = ? ORDER BY n", error, "i", a->id);
	struct seal_key key;
	size_t at = 0;
	int more = q != NULL && store_case_key(store, document->case_id, &key, error) == 0 ? 0 : -1;

	while (more == 0 && (more = db_step(q, error)) == 1) {
		void *tmp = talloc_new(bytes);
		size_t length, plain = 0;
		unsigned char *sealed = db_bytes(tmp, q, 1, &length);
		unsigned char *chunk = seal_open(tmp, &key, attachment_chunk_binding(tmp, document->pub, a->pub, (int)db_int(q, 0)), sealed, length, &plain, error);

		more = chunk != NULL && at + plain <= a->size ? 0 : chunk == NULL ? -1 : error_set(error, ERROR_FAULT, "attachment.broken", "The file is not the one that was kept.");
		if (more == 0)
			memcpy(bytes + at, chunk, plain);
		at += plain;
		talloc_free(tmp);
	}
	seal_wipe(&key, sizeof key);
	if (more == 0 && at != a->size)
		more = error_set(error, ERROR_FAULT, "attachment.broken", "The file is not the one that was kept.");
	if (more != 0) {
		talloc_free(bytes);
		return NULL;
	}
	db_end(q);
	bytes[a->size] = '\0';
	return bytes;
}

int attachment_opened(struct store *store, const struct actor *by, const struct document *document, const struct attachment *a, struct error *error)
{
	struct audit_entry entry = { .verb = "attachment.open", .case_id = document->case_id, .document_id = document->id, .version = a->n, .object = a->pub };
	int before = audit_since(store, &entry, by, date_start_of(date_day_of(date_now())), error);      /* before the lock is taken: most openings are not the first of the day */
	bool began;

	if (before != 0)
		return before < 0 ? -1 : 0;
	if (store_join(store, &began, error) != 0)
		return -1;
	return store_leave(store, began, audit_add(store, by, &entry, error), error);
}
