#include "store/store_case.h"

#include <string.h>
#include <talloc.h>
#include "store/store_audit.h"

/* ---- acts ---- */

#define COLUMNS "SELECT a.id, a.n, coalesce(a.document_id, 0), a.name, a.from_state, a.to_state, a.role, a.agency, coalesce(p.name, 'System'), a.actor," \
	" a.round, a.version, a.at, a.day, a.hash"
#define FROM " FROM act a JOIN case_file c ON c.id = a.case_id LEFT JOIN account p ON p.id = a.actor"
#define ACT COLUMNS ", a.input, c.pub, c.id" FROM

static const char *or_empty(const char *text)
{
	return text != NULL ? text : "";
}

static char *act_binding(void *ctx, const char *case_pub, int64_t n)
{
	return talloc_asprintf(ctx, "act/%s/%lld", case_pub, (long long)n);
}

/* All that stands in the row: a quorum is counted from its plain columns. */
static void act_sum(int64_t case_id, int64_t n, const struct act *a, const void *sealed, size_t length, unsigned char hash_r[SEAL_HASH])
{
	struct frame *frame = frame_new(NULL);

	frame_int(frame, case_id);
	frame_int(frame, n);
	frame_int(frame, a->document_id);
	frame_text(frame, a->name);
	frame_text(frame, a->from);
	frame_text(frame, a->to);
	frame_text(frame, a->role);
	frame_text(frame, a->agency);
	frame_int(frame, a->actor);
	frame_int(frame, a->round);
	frame_int(frame, a->version);
	frame_int(frame, a->at);
	frame_int(frame, a->day);
	frame_hash(frame, a->has_hash ? a->hash : NULL);
	frame_blob(frame, sealed, length);
	frame_sum(frame, NULL, hash_r);
	talloc_free(frame);
}

static int act_insert(struct store *store, int64_t case_id, int64_t n, const struct act *a, const void *sealed, size_t length, struct error *error)
{
	return db_run(store_db(store), "INSERT INTO act(case_id, n, document_id, name, from_state, to_state, role, agency, actor, round, version, at, day,"
		" hash, input) VALUES (?, ?, nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", error, "iiitttttiiiiibb", case_id, n, a->document_id,
		a->name, a->from, a->to, a->role, a->agency, a->actor, (int64_t)a->round, (int64_t)a->version, a->at, (int64_t)a->day,
		a->has_hash ? a->hash : NULL, (size_t)SEAL_HASH, sealed, length);
}

/* The act as it is kept: who and when are never the caller's to say. */
static struct act act_complete(const struct actor *by, const struct act *act)
{
	struct act a = *act;

	a.actor = by->account;
	a.at = date_now();
	if (a.day == DAY_NONE)
		a.day = date_day_of(a.at);
	a.from = (char *)or_empty(act->from);
	a.to = (char *)or_empty(act->to);
	a.role = (char *)or_empty(act->role);
	a.agency = (char *)(act->agency != NULL ? act->agency : or_empty(by->agency));
	return a;
}

/* Reasons stand before the input, a line each that begins with a tab; no input does. */
static char *marked(void *ctx, const char *reasons)
{
	char *lines = talloc_strdup(ctx, "");

	for (size_t n; *reasons != '\0'; reasons += n + (reasons[n] == '\n')) {
		n = strcspn(reasons, "\n");
		lines = talloc_asprintf_append(lines, "\t%.*s\n", (int)n, reasons);
	}
	return lines;
}

static int act_write(struct store *store, const struct actor *by, int64_t case_id, const struct act *act, struct error *error)
{
	void *ctx = talloc_new(NULL);
	struct act a = act_complete(by, act);
	struct audit_entry entry = { .case_id = case_id, .document_id = a.document_id, .version = a.version, .detail = a.to };
	struct case_row *c = case_by_id(ctx, store, case_id, error);
	unsigned char sum[SEAL_HASH], *sealed;
	struct seal_key key;
	char *said;
	int64_t n;
	size_t length;
	int result = -1;

	if (c == NULL || store_case_key(store, case_id, &key, error) != 0)
		goto out;
	if (db_number(store_db(store), "SELECT coalesce(max(n), 0) + 1 FROM act WHERE case_id = ?", &n, error, "i", case_id) != 1)
		goto out;
	said = talloc_asprintf(ctx, "%s%s", marked(ctx, or_empty(a.reasons)), or_empty(a.input));
	sealed = seal_close(ctx, &key, act_binding(ctx, c->pub, n), said, strlen(said), &length);
	act_sum(case_id, n, &a, sealed, length, sum);
	entry.verb = talloc_asprintf(ctx, "act.%s", a.name);
	entry.object = talloc_asprintf(ctx, "%lld", (long long)n);
	entry.covers = sum;
	if (act_insert(store, case_id, n, &a, sealed, length, error) == 0)
		result = audit_add(store, by, &entry, error);
out:
	seal_wipe(&key, sizeof key);
	talloc_free(ctx);
	return result;
}

int act_add(struct store *store, const struct actor *by, int64_t case_id, const struct act *act, struct error *error)
{
	bool began;

	if (store_join(store, &began, error) != 0)
		return -1;
	return store_leave(store, began, act_write(store, by, case_id, act, error), error);
}

static void act_read(void *ctx, struct act *a, struct query *q)
{
	*a = (struct act){ .id = db_int(q, 0), .document_id = db_int(q, 2), .name = db_text(ctx, q, 3), .from = db_text(ctx, q, 4),
		.to = db_text(ctx, q, 5), .role = db_text(ctx, q, 6), .agency = db_text(ctx, q, 7), .actor_name = db_text(ctx, q, 8),
		.actor = db_int(q, 9), .round = (int)db_int(q, 10), .version = (int)db_int(q, 11), .at = db_int(q, 12), .day = (day)db_int(q, 13),
		.has_hash = !db_null(q, 14) };
	if (a->has_hash)
		store_hash(q, 14, a->hash);
}

static char *act_said(void *ctx, struct store *store, int64_t case_id, int64_t act_id, struct error *error)
{
	struct query *q = db_query(NULL, store_db(store), ACT " WHERE a.case_id = ? AND a.id = ?", error, "ii", case_id, act_id);
	int more = q != NULL ? db_step(q, error) : -1;
	struct seal_key key;
	unsigned char *sealed;
	size_t length, plain;
	char *input = NULL;

	if (more == 0)
		error_set(error, ERROR_MISSING, "act.missing", "There is no such step in this case.");
	if (more == 1 && store_case_key(store, case_id, &key, error) == 0) {
		sealed = db_bytes(q, q, 15, &length);
		input = (char *)seal_open(ctx, &key, act_binding(sealed, db_text(sealed, q, 16), db_int(q, 1)), sealed, length, &plain, error);
		seal_wipe(&key, sizeof key);
	}
	talloc_free(q);
	return input;
}

static char *input_of(char *said)
{
	while (*said == '\t')
		said += strcspn(said, "\n") + (said[strcspn(said, "\n")] == '\n');
	return said;
}

char *act_input(void *ctx, struct store *store, int64_t case_id, int64_t act_id, struct error *error)
{
	char *said = act_said(ctx, store, case_id, act_id, error);
	return said == NULL ? NULL : input_of(said);
}

char *act_reasons(void *ctx, struct store *store, int64_t case_id, int64_t act_id, struct error *error)
{
	char *said = act_said(ctx, store, case_id, act_id, error), *reasons = said == NULL ? NULL : talloc_strdup(ctx, ""), *end;

	for (char *line = said; line != NULL && *line == '\t'; line = end + (*end == '\n')) {
		end = line + strcspn(line, "\n");
		reasons = talloc_asprintf_append(reasons, "%.*s\n", (int)(end - line - 1), line + 1);
	}
	return reasons;
}

/* The acts of a case are numbered 1, 2, … and never change: what is known need not be read again. */
int act_list_more(void *ctx, struct store *store, int64_t case_id, struct act **list, int known, struct error *error)
{
	struct query *q = db_query(NULL, store_db(store), COLUMNS " FROM act a LEFT JOIN account p ON p.id = a.actor WHERE a.case_id = ? AND a.n > ? ORDER BY a.n", error, "ii", case_id, (int64_t)known);
	int n = known, more = -1;

	while (q != NULL && (more = db_step(q, error)) == 1) {
		*list = talloc_realloc(ctx, *list, struct act, (size_t)n + 1);
		act_read(*list, &(*list)[n++], q);
	}
	talloc_free(q);
	return more < 0 ? -1 : n;
}

int act_list(void *ctx, struct store *store, int64_t case_id, struct act **list_r, struct error *error)
{
	struct act *list = talloc_array(ctx, struct act, 0);
	int n = act_list_more(ctx, store, case_id, &list, 0, error);

	if (n < 0)
		talloc_free(list);
	else
		*list_r = list;
	return n;
}

static int act_matches(struct store *store, struct query *q, struct error *error)
{
	void *ctx = talloc_new(NULL);
	unsigned char sum[SEAL_HASH], covered[SEAL_HASH], *sealed;
	int64_t n = db_int(q, 1), case_id = db_int(q, 17);
	struct act a;
	size_t length;
	int found;

	act_read(ctx, &a, q);
	sealed = db_bytes(ctx, q, 15, &length);
	act_sum(case_id, n, &a, sealed, length, sum);
	found = audit_covers_case(store, talloc_asprintf(ctx, "act.%s", a.name), case_id,
		talloc_asprintf(ctx, "%lld", (long long)n), covered, error);
	talloc_free(ctx);
	if (found < 0 || (found == 1 && seal_same(sum, covered, SEAL_HASH)))
		return found < 0 ? -1 : 0;
	return error_set(error, ERROR_FAULT, "act.broken", "Act %lld of case %lld is not the one the audit knows.", (long long)n, (long long)case_id);
}

int act_verify(struct store *store, int64_t *count_r, struct error *error)
{
	struct query *q;
	int64_t count = 0;
	int more = -1;

	if (db_read_begin(store_db(store), error) != 0)       /* one snapshot: rows and entries are compared */
		return -1;
	q = db_query(NULL, store_db(store), ACT " ORDER BY a.id", error, "");
	while (q != NULL && (more = db_step(q, error)) == 1) {
		if ((more = act_matches(store, q, error)) < 0)
			break;
		count++;
	}
	talloc_free(q);
	if (more >= 0 && audit_counts(store, "act.%", count, "act.lost", error) != 0)
		more = -1;
	db_read_end(store_db(store));
	if (more < 0)
		return -1;
	*count_r = count;
	return 0;
}
