#include <string.h>
#include <talloc.h>
#include "base/text.h"
#include "store/store_attachment_inner.h"

struct proof { struct attachment a; char *document; struct seal_key key; bool destroyed; struct frame *frame; };

/* The chunks as they lie there: their sum, and none missing between. */
static int chunks_whole(struct store *store, struct proof *p, struct error *error)
{
	struct query *q = db_query(p->frame, store_db(store), "SELECT n, sealed FROM attachment_chunk WHERE attachment_id = ? ORDER BY n", error, "i", p->a.id);
	int more = -1, n = 0, bad = 0;

	while (q != NULL && (more = db_step(q, error)) == 1) {
		size_t length;
		unsigned char *sealed = db_bytes(p->frame, q, 1, &length);

		bad = bad || db_int(q, 0) != ++n;
		frame_blob(p->frame, sealed, length);
		talloc_free(sealed);
	}
	talloc_free(q);
	return more < 0 ? -1 : bad;
}

/* Each chunk opens only in its place, so the whole is right when its fingerprint is. */
static int bytes_right(void *ctx, struct store *store, const struct proof *p, int64_t case_id, struct error *error)
{
	struct document document = { .id = p->a.document_id, .case_id = case_id };
	unsigned char sha256[SEAL_HASH];
	char *bytes;

	strncpy(document.pub, p->document, SEAL_ID - 1);
	bytes = attachment_bytes(ctx, store, &document, &p->a, error);
	if (bytes == NULL)
		return error->kind == ERROR_FAULT ? 1 : -1;
	seal_sha256(bytes, p->a.size, sha256);
	return strcmp(text_hex(ctx, sha256, SEAL_HASH), p->a.sha256) != 0;
}

/* 0 whole, 1 broken, -1 the store failed. */
static int whole(void *ctx, struct store *store, struct proof *p, struct query *q, struct error *error)
{
	int64_t case_id = db_int(q, 10);
	unsigned char sum[SEAL_HASH], covered[SEAL_HASH];
	size_t length;
	unsigned char *sealed = db_bytes(ctx, q, 8, &length);
	int found, bad;

	attachment_row(ctx, &p->a, q);
	p->document = db_text(ctx, q, 9);
	if (store_case_key(store, case_id, &p->key, error) != 0) {
		if (error->kind != ERROR_GONE)
			return -1;
		p->destroyed = true;         /* what was shredded has its place in the chain, but opens no more */
	}
	p->frame = attachment_frame(ctx, &p->a, sealed, length);
	bad = chunks_whole(store, p, error);
	found = bad < 0 ? -1 : audit_covers(store, "attachment.add", p->a.document_id, p->a.n, p->a.pub, covered, error);
	if (found < 0)
		return -1;
	frame_sum(p->frame, NULL, sum);
	if (bad || found == 0 || !seal_same(sum, covered, SEAL_HASH))
		return 1;
	if (p->destroyed)
		return 0;
	return attachment_head(ctx, &p->a, &p->key, p->document, sealed, length, error) != 0 ? 1 : bytes_right(ctx, store, p, case_id, error);
}

int attachment_verify(struct store *store, int64_t *count_r, struct error *error)
{
	struct query *q;
	int64_t count = 0;
	int more = -1, bad = 0;

	if (db_read_begin(store_db(store), error) != 0)       /* one snapshot: rows and entries are compared */
		return -1;
	q = db_query(NULL, store_db(store), "SELECT a.id, a.document_id, a.n, a.pub, a.field, a.type, a.at, a.author, a.sealed, d.pub, d.case_id FROM attachment a"
		" JOIN document d ON d.id = a.document_id ORDER BY a.document_id, a.n", error, "");
	while (q != NULL && bad == 0 && (more = db_step(q, error)) == 1) {
		struct proof *p = talloc_zero(NULL, struct proof);

		bad = whole(p, store, p, q, error);
		if (bad == 1)
			error_set(error, ERROR_FAULT, "attachment.broken", "File %d of document %s is not the one that was kept.", p->a.n, p->document);
		seal_wipe(&p->key, sizeof p->key);
		talloc_free(p);
		count++;
	}
	talloc_free(q);
	if (more >= 0 && bad == 0 && audit_counts(store, "attachment.add", count, "attachment.lost", error) != 0)
		bad = -1;
	db_read_end(store_db(store));
	if (more < 0 || bad != 0)
		return -1;
	*count_r = count;
	return 0;
}
