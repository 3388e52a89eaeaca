#include "store/store_publication.h"

#include <stdio.h>
#include <string.h>
#include <talloc.h>
#include "store/store_audit.h"

#define PUBLICATION "SELECT id, case_id, document_id, pub, type, folder, slug, state, edition FROM publication"

static void publication_read(void *ctx, struct publication *p, struct query *q)
{
	char *pub = db_text(ctx, q, 3);

	*p = (struct publication){ .id = db_int(q, 0), .case_id = db_int(q, 1), .document_id = db_int(q, 2), .type = db_text(ctx, q, 4),
		.folder = db_text(ctx, q, 5), .slug = db_text(ctx, q, 6), .state = db_text(ctx, q, 7), .edition = (int)db_int(q, 8) };
	snprintf(p->pub, sizeof p->pub, "%s", pub);
	talloc_free(pub);
}

static struct publication *publication_one(void *ctx, struct query *q, struct error *error)
{
	int more = q != NULL ? db_step(q, error) : -1;
	struct publication *p = NULL;

	if (more == 1) {
		p = talloc(ctx, struct publication);
		publication_read(p, p, q);
	} else if (more == 0)
		error_set(error, ERROR_MISSING, "publication.missing", "There is no such publication.");
	talloc_free(q);
	return p;
}

int publication_add(struct store *store, const struct actor *by, const struct document *document, const char *type, const char *folder,
	struct publication *p_r, struct error *error)
{
	struct publication p = { .case_id = document->case_id, .document_id = document->id, .type = store_keep(store, type),
		.folder = store_keep(store, folder), .slug = store_keep(store, ""), .state = store_keep(store, "draft") };
	struct audit_entry entry = { .verb = "publication.add", .case_id = p.case_id, .document_id = p.document_id, .object = p.pub, .detail = type };
	bool began;
	int result;

	seal_id(p.pub);
	if (store_join(store, &began, error) != 0)
		return -1;
	result = db_number(store_db(store), "INSERT INTO publication(pub, case_id, document_id, type, folder, slug, state, edition)"
		" VALUES (?, ?, ?, ?, ?, '', 'draft', 0) RETURNING id", &p.id, error, "tiitt", p.pub, p.case_id, p.document_id, type, folder) == 1 ? 0 : -1;
	if (result == 0)
		result = audit_add(store, by, &entry, error);
	result = store_leave(store, began, result, error);
	if (result == 0)
		*p_r = p;
	return result;
}

struct publication *publication_get(void *ctx, struct store *store, const char *pub, struct error *error)
{
	return publication_one(ctx, db_query(NULL, store_db(store), PUBLICATION " WHERE pub = ?", error, "t", pub), error);
}

struct publication *publication_of(void *ctx, struct store *store, int64_t document_id, const char *type, struct error *error)
{
	return publication_one(ctx, db_query(NULL, store_db(store), PUBLICATION " WHERE document_id = ? AND type = ?", error, "it", document_id, type), error);
}

int publication_list(void *ctx, struct store *store, int64_t case_id, struct publication **list_r, struct error *error)
{
	struct publication *list = talloc_array(ctx, struct publication, 0);
	struct query *q = db_query(list, store_db(store), PUBLICATION " WHERE case_id = ? ORDER BY id", error, "i", case_id);
	int n = 0, more = -1;

	while (q != NULL && (more = db_step(q, error)) == 1) {
		list = talloc_realloc(ctx, list, struct publication, (size_t)n + 1);
		publication_read(list, &list[n++], q);
	}
	if (more < 0) {
		talloc_free(list);
		return -1;
	}
	db_end(q);
	*list_r = list;
	return n;
}

bool publication_slug_taken(struct store *store, const char *folder, const char *slug, int64_t but_id)
{
	struct error ignored;
	int64_t id = 0;

	/* -1, the store failing, is "taken" too: the safe answer. */
	/* A released page keeps its address while a correction of it is made ready under another. */
	return db_number(store_db(store), "SELECT id FROM publication WHERE folder = ?1 AND slug = ?2 AND slug <> '' AND id <> ?3"
		" UNION ALL SELECT publication_id FROM edition WHERE folder = ?1 AND slug = ?2 AND publication_id <> ?3 LIMIT 1", &id, &ignored,
		"tti", folder, slug, but_id) != 0;
}

int publication_set(struct store *store, struct publication *p, const char *state, const char *slug, int edition, struct error *error)
{
	if (db_run(store_db(store), "UPDATE publication SET state = ?, slug = ?, edition = ? WHERE id = ?", error, "ttii", state, slug, (int64_t)edition, p->id) != 0)
		return error->kind == ERROR_CONFLICT ? error_set(error, ERROR_CONFLICT, "publication.slug", "This address is taken. Choose another.") : -1;
	p->state = store_keep(store, state);
	p->slug = store_keep(store, slug);
	p->edition = edition;
	return 0;
}
