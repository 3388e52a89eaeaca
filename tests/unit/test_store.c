/* The store as a whole: making it, its keys, its audit, what refuses to change, what verify finds, what the files give away. */
#include "store_fixture.h"
#include "store/store_shred.h"
#include <dirent.h>
#include <fcntl.h>
#include "store/store_form.h"
#include "server/verify.h"
#include "publish/release.h"

/* The published tree is the clerk's and has its own test; here only that verify asks and says. */
static int published_is_bad;

int release_verify(void *ctx, struct store *store, const struct config *config, bool lists, int64_t *count_r, struct error *error)
{
	(void)ctx; (void)store; (void)config; (void)lists;
	if (published_is_bad)
		return error_set(error, ERROR_FAULT, "published.differs", "A page differs.");
	*count_r = 7;
	return 0;
}

static char *below(struct fixture *f, const char *name)
{
	return config_path(f->ctx, f->config.data_dir, name);
}

/* ---- making and opening ---- */

static void modes_are_closed(void **state)
{
	static const struct { const char *name; mode_t mode; } rows[] = {
		{ "db", 0700 }, { "keys", 0700 }, { "run", 0700 }, { "published", 0755 }, { "keys/master", 0600 }, { "keys/keys.db", 0600 },
		{ "db/dossier.db", 0600 }, { "db/dossier.db-wal", 0600 }, { "db/dossier.db.lock", 0600 },
	};
	struct fixture *f = *state;
	struct stat st;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		assert_int_equal(stat(below(f, rows[i].name), &st), 0);
		if ((st.st_mode & 07777) != rows[i].mode)
			fail_msg("%s has mode %o", rows[i].name, (unsigned)(st.st_mode & 07777));
	}
}

static void create_twice_is_once(void **state)
{
	struct fixture *f = *state;
	struct store_migration done = { -1, -1, -1, -1 };

	talloc_free(f->store);
	OK(store_create(&f->config, &f->error));
	OK(store_migrate(&f->config, &done, &f->error));
	assert_int_equal(done.main_from, store_schema_version());
	assert_int_equal(done.main_to, store_schema_version());
	assert_int_equal(done.keys_from, done.keys_to);
	fixture_open(f);
	GOT(case_by_id(f->ctx, f->store, f->c.id, &f->error));
}

static void another_schema_is_refused(void **state)
{
	struct fixture *f = *state;
	struct store_migration done;

	OK(db_set_version(store_db(f->store), 99, &f->error));
	talloc_free(f->store);
	NOTHING(store_open(f->ctx, &f->config, &f->error), "store.newer");
	REFUSED(store_migrate(&f->config, &done, &f->error), "store.newer");
}

static void another_master_is_refused(void **state)
{
	struct fixture *f = *state;
	unsigned char bytes[SEAL_KEY] = { 1 };
	int file;

	talloc_free(f->store);
	file = open(below(f, "keys/master"), O_WRONLY | O_TRUNC);
	assert_int_equal(write(file, bytes, sizeof bytes), sizeof bytes);
	NOTHING(store_open(f->ctx, &f->config, &f->error), "store.other-master");
	REFUSED(store_create(&f->config, &f->error), "store.other-master");
	assert_int_equal(write(file, bytes, 1), 1);
	close(file);
	NOTHING(store_open(f->ctx, &f->config, &f->error), "store.master");
	assert_int_equal(unlink(below(f, "keys/master")), 0);
	NOTHING(store_open(f->ctx, &f->config, &f->error), "store.master");
}

/* ---- what never changes ---- */

static struct attachment fixture_file(struct fixture *f, size_t length)
{
	char *bytes = talloc_array(f->ctx, char, length);
	struct attachment a;

	for (size_t i = 0; i < length; i++)
		bytes[i] = (char)(i * 7 % 251);
	OK(store_begin(f->store, &f->error));
	OK(attachment_add(f->ctx, f->store, &f->ann, &f->d, "head.letter", "pdf", "Letter of Ann.pdf", bytes, length, &a, &f->error));
	OK(store_commit(f->store, &f->error));
	return a;
}

static void fill_all(struct fixture *f)
{
	struct publication p;
	struct candidate c = { .bytes = "<p>Public</p>", .length = 13, .title = "Public", .slug = "public-page", .rules = "1", .register_hash = "r", .published = 20000 };
	struct act act = { .document_id = f->d.id, .name = "sign", .from = "open", .to = "signed", .role = "author", .input = "said", .day = DAY_NONE };

	fixture_version(f, &f->ann, &f->d, "<r/>", NULL);
	fixture_file(f, 600 * 1024);
	OK(act_add(f->store, &f->ann, f->c.id, &act, &f->error));
	OK(note_add(f->store, &f->ben, &f->d, "row-1", "annotation", "a note", &f->error));
	OK(publication_add(f->store, &f->cat, &f->d, "learning", "reviews", &p, &f->error));
	OK(candidate_add(f->store, &f->cat, &p, &c, &c.n, &f->error));
	OK(approval_add(f->store, &f->ann, &p, &c, "redactor", "cleared", &f->error));
	OK(approval_add(f->store, &f->cat, &p, &c, "approver", "approved", &f->error));
	OK(edition_release(f->store, &f->cat, &p, &c, &f->error));
	OK(edition_withdraw(f->store, &f->cat, &p, "Withdrawn.", &f->error));
}

static int is_sample(void *data, const char *id, int version)
{
	(void)data;
	return strcmp(id, "sample/return") == 0 && version == 1 ? 7 : 0;
}

static void triggers_refuse(void **state)
{
	static const char *const tables[] = { "audit", "version", "attachment", "attachment_chunk", "act", "note", "candidate", "approval", "edition", "withdrawal", "form" };
	static const unsigned char hash[SEAL_HASH] = { 1 }, other[SEAL_HASH] = { 2 };
	struct fixture *f = *state;

	fill_all(f);
	OK(store_begin(f->store, &f->error));
	OK(form_released(f->store, "sample/return", 1, hash, &f->error));
	OK(form_released(f->store, "sample/return", 1, hash, &f->error));
	REFUSED(form_released(f->store, "sample/return", 1, other, &f->error), "form.changed");
	assert_int_equal(form_each_released(f->store, is_sample, NULL, &f->error), 7);
	OK(store_commit(f->store, &f->error));
	for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
		char *update = talloc_asprintf(f->ctx, "UPDATE %s SET rowid = rowid", tables[i]), *delete = talloc_asprintf(f->ctx, "DELETE FROM %s", tables[i]);
		int64_t before = 0, after = 0;

		OK(store_begin(f->store, &f->error));
		OK(db_number(store_db(f->store), talloc_asprintf(f->ctx, "SELECT count(*) FROM %s", tables[i]), &before, &f->error, ""));
		assert_true(before > 0);
		REFUSED(db_run(store_db(f->store), update, &f->error, ""), "db.constraint");
		assert_non_null(strstr(f->error.say, "never changed"));
		REFUSED(db_run(store_db(f->store), delete, &f->error, ""), "db.constraint");
		OK(db_number(store_db(f->store), talloc_asprintf(f->ctx, "SELECT count(*) FROM %s", tables[i]), &after, &f->error, ""));
		assert_true(before == after);
		store_rollback(f->store);
	}
}

/* ---- attached files ---- */

static void files_come_back(void **state)
{
	static const size_t lengths[] = { 1, 256 * 1024 - 1, 256 * 1024, 256 * 1024 + 1, 1000 * 1000 };
	struct fixture *f = *state;
	struct document other = f->d;
	struct attachment *list;

	for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
		struct attachment a = fixture_file(f, lengths[i]), *got;
		char *bytes;

		got = attachment_get(f->ctx, f->store, &f->d, a.pub, &f->error);
		GOT(got);
		assert_string_equal(got->name, "Letter of Ann.pdf");
		assert_int_equal(got->size, lengths[i]);
		assert_string_equal(got->sha256, a.sha256);
		bytes = attachment_bytes(f->ctx, f->store, &f->d, got, &f->error);
		GOT(bytes);
		for (size_t k = 0; k < lengths[i]; k++)
			if (bytes[k] != (char)(k * 7 % 251))
				fail_msg("byte %zu of %zu differs", k, lengths[i]);
	}
	assert_int_equal(attachment_list(f->ctx, f->store, &f->d, &list, &f->error), 5);
	assert_int_equal(list[4].n, 5);
	other.id++;
	NOTHING(attachment_get(f->ctx, f->store, &other, list[0].pub, &f->error), "attachment.missing");
	REFUSED(attachment_add(f->ctx, f->store, &f->ann, &f->d, "head.letter", "pdf", "x", "x", 1, &list[0], &f->error), "db.no-transaction");
}

static void files_are_many(void **state)
{
	struct fixture *f = *state;
	struct attachment a;

	OK(store_begin(f->store, &f->error));
	for (int i = 0; i < 200; i++)
		OK(attachment_add(f->ctx, f->store, &f->ann, &f->d, "head.letter", "pdf", "x.pdf", "x", 1, &a, &f->error));
	REFUSED(attachment_add(f->ctx, f->store, &f->ann, &f->d, "head.letter", "pdf", "x.pdf", "x", 1, &a, &f->error), "attachment.many");
	store_rollback(f->store);
}

/* Opening is kept once a day for each person. */
static void files_are_opened(void **state)
{
	struct fixture *f = *state;
	struct attachment a = fixture_file(f, 10);
	int64_t n = 0;

	for (int i = 0; i < 3; i++) {
		OK(attachment_opened(f->store, &f->ann, &f->d, &a, &f->error));
		OK(attachment_opened(f->store, &f->ben, &f->d, &a, &f->error));
	}
	OK(db_number(store_db(f->store), "SELECT count(*) FROM audit WHERE verb = 'attachment.open'", &n, &f->error, ""));
	assert_int_equal(n, 2);
}

/* ---- verify ---- */

static char *verified(struct fixture *f, int want)
{
	char *text = NULL, *copy;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);
	int got = verify_run(&f->config, out, &f->error);

	fclose(out);
	copy = talloc_strdup(f->ctx, text);
	free(text);
	if (got != want)
		fail_msg("verify: %d\n%s", got, copy);
	return copy;
}

static void verify_passes(void **state)
{
	struct fixture *f = *state;
	char *text;

	fill_all(f);
	text = verified(f, 0);
	assert_null(strstr(text, "BAD"));
	for (const char *const *word = (const char *const[]){ "ok files", "ok sqlite", "ok store", "ok integrity", "ok audit", "ok versions: 1 ", "ok attachments: 1 ", "ok acts: 1 ",
	     "ok candidates: 1 ", "ok editions: 1 ", "ok published: 7 ", NULL }; *word != NULL; word++)
		if (strstr(text, *word) == NULL)
			fail_msg("no line %s in\n%s", *word, text);
	published_is_bad = 1;
	text = verified(f, -1);
	published_is_bad = 0;
	assert_non_null(strstr(text, "BAD published published.differs: A page differs.\n"));
}

#define FREE(table) "DROP TRIGGER " table "_no_update; DROP TRIGGER " table "_no_delete; "

/* Each change is made by somebody who has the file; exactly what was touched is named. */
static void verify_finds(void **state)
{
	static const struct { const char *sql, *code; } rows[] = {
		{ FREE("audit") "UPDATE audit SET actor = actor + 1 WHERE seq = 5", "BAD audit audit.chain" },
		{ FREE("audit") "UPDATE audit SET detail = 'other' WHERE verb = 'version.add'", "BAD audit audit.chain" },
		{ FREE("audit") "UPDATE audit SET covers = zeroblob(32) WHERE verb = 'version.add'", "BAD audit audit.chain" },
		{ FREE("audit") "DELETE FROM audit WHERE seq = 3", "BAD audit audit.chain" },
		{ FREE("audit") "DELETE FROM audit WHERE seq = 1", "BAD audit audit.chain" },
		{ FREE("version") "UPDATE version SET author = author + 1", "BAD versions version.broken" },
		{ FREE("version") "UPDATE version SET sealed = CAST(substr(sealed, 1, length(sealed) - 1) || x'00' AS BLOB)", "BAD versions version.broken" },
		{ FREE("version") "UPDATE version SET same = zeroblob(32)", "BAD versions version.broken" },
		{ FREE("version") "UPDATE version SET n = 2", "BAD versions version.broken" },
		{ FREE("version") "DELETE FROM version", "BAD versions version.lost" },
		{ "UPDATE document SET latest = 0", "BAD versions version.lost" },
		{ FREE("attachment") "UPDATE attachment SET field = 'other.field'", "BAD attachments attachment.broken" },
		{ FREE("attachment") "UPDATE attachment SET type = 'txt'", "BAD attachments attachment.broken" },
		{ FREE("attachment") "UPDATE attachment SET sealed = x'00'", "BAD attachments attachment.broken" },
		{ FREE("attachment_chunk") "UPDATE attachment_chunk SET sealed = x'00' WHERE n = 2", "BAD attachments attachment.broken" },
		{ FREE("attachment_chunk") "DELETE FROM attachment_chunk WHERE n = 3", "BAD attachments attachment.broken" },
		{ FREE("attachment_chunk") "UPDATE attachment_chunk SET n = 9 WHERE n = 1; UPDATE attachment_chunk SET n = 1 WHERE n = 2; UPDATE attachment_chunk SET n = 2 WHERE n = 9",
		  "BAD attachments attachment.broken" },
		{ FREE("attachment") FREE("attachment_chunk") "DELETE FROM attachment_chunk; DELETE FROM attachment", "BAD attachments attachment.lost" },
		{ FREE("act") "UPDATE act SET role = 'chair'", "BAD acts act.broken" },
		{ FREE("act") "UPDATE act SET input = x'00'", "BAD acts act.broken" },
		{ FREE("act") "DELETE FROM act", "BAD acts act.lost" },
		{ FREE("candidate") "UPDATE candidate SET hash = zeroblob(32)", "BAD candidates candidate.broken" },
		{ FREE("edition") "UPDATE edition SET bytes = CAST('<p>Pubkic</p>' AS BLOB)", "BAD editions edition.broken" },
		{ FREE("edition") "UPDATE edition SET title = 'Other'", "BAD editions edition.broken" },
		/* Bytes and hash together: only the audit knows. */
		{ FREE("edition") "UPDATE edition SET bytes = CAST('' AS BLOB), sha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'",
		  "BAD editions edition.broken" },
		{ FREE("edition") "DELETE FROM withdrawal; DELETE FROM edition", "BAD editions edition.lost" },
		/* An end cut off is a chain too: only the note in the key file knows. */
		{ FREE("audit") "DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)", "BAD anchor audit.cut" },
		{ "UPDATE case_file SET key_id = key_id + 1", "BAD keys keys.lost" },
		{ "PRAGMA foreign_keys=OFF; DELETE FROM agency WHERE id = 'north'", "BAD integrity db.foreign" },
		{ "PRAGMA user_version=0", "BAD store store.older" },
	};
	struct fixture *f;
	(void)state;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		void *own = NULL;
		char *text;

		fixture_setup(&own);
		f = own;
		fill_all(f);
		OK(audit_anchor_move(f->store, &f->error));
		if (strstr(rows[i].sql, "withdrawal") != NULL)
			fixture_vandal(f, FREE("withdrawal"));
		fixture_vandal(f, rows[i].sql);
		text = verified(f, -1);
		if (strstr(text, rows[i].code) == NULL)
			fail_msg("row %zu: %s is not found:\n%s", i, rows[i].sql, text);
		fixture_teardown(&own);
	}
}

static void verify_finds_modes(void **state)
{
	static const struct { const char *name; mode_t mode; } rows[] = {
		{ "db", 0750 }, { "keys/master", 0640 }, { "db/dossier.db", 0604 }, { "run", 0711 }, { "published", 0777 },
	};
	struct fixture *f = *state;
	struct stat st;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char *path = below(f, rows[i].name);

		assert_int_equal(stat(path, &st), 0);
		assert_int_equal(chmod(path, rows[i].mode), 0);
		assert_non_null(strstr(verified(f, -1), talloc_asprintf(f->ctx, "BAD files %s has mode", path)));
		assert_int_equal(chmod(path, st.st_mode & 07777), 0);
	}
	verified(f, 0);
}

/* ---- sealing ---- */

static void swapped_rows_do_not_open(void **state)
{
	struct fixture *f = *state;
	struct document other;

	OK(document_add(f->store, &f->cat, f->c.id, "return", "sample/return", 1, "south", "draft", &other, &f->error));
	fixture_version(f, &f->ann, &f->d, "<r>one</r>", NULL);
	fixture_version(f, &f->ann, &f->d, "<r>two</r>", NULL);
	fixture_version(f, &f->ben, &other, "<r>three</r>", NULL);
	fixture_vandal(f, FREE("version") "CREATE TEMP TABLE was AS SELECT document_id, n, sealed FROM version; UPDATE version SET sealed ="
		" (SELECT sealed FROM was v WHERE v.document_id <> version.document_id AND v.n = 1) WHERE n = 1");
	NOTHING(version_get(f->ctx, f->store, &f->d, 1, &f->error), "seal.broken");
	NOTHING(version_get(f->ctx, f->store, &other, 1, &f->error), "seal.broken");
	GOT(version_get(f->ctx, f->store, &f->d, 2, &f->error));
	fixture_vandal(f, "UPDATE version SET sealed = (SELECT sealed FROM version v WHERE v.n = 2) WHERE n = 1");
	NOTHING(version_get(f->ctx, f->store, &f->d, 1, &f->error), "seal.broken");
}

static bool holds(const char *path, const char *secret)
{
	FILE *file = fopen(path, "r");
	static char bytes[8 << 20];
	size_t length = file != NULL ? fread(bytes, 1, sizeof bytes, file) : 0;

	if (file != NULL)
		fclose(file);
	assert_true(length < sizeof bytes);
	return memmem(bytes, length, secret, strlen(secret)) != NULL;
}

static int files_holding(struct fixture *f, const char *secret)
{
	static const char *const dirs[] = { "db", "keys" };
	int found = 0, files = 0;

	for (size_t i = 0; i < 2; i++) {
		DIR *dir = opendir(below(f, dirs[i]));
		struct dirent *entry;

		while ((entry = readdir(dir)) != NULL)
			if (entry->d_type == DT_REG) {
				found += holds(talloc_asprintf(f->ctx, "%s/%s", below(f, dirs[i]), entry->d_name), secret);
				files++;
			}
		closedir(dir);
	}
	assert_true(files >= 7);                 /* both databases, logs, shared memory, locks, master */
	return found;
}

/* A marker in every text that is about a case; none may be in the raw bytes, log included. A public word proves the search. */
static void files_give_nothing_away(void **state)
{
	static const char secret[] = "Quillfeather";
	struct fixture *f = *state;
	struct act act = { .document_id = f->d.id, .name = "sign", .input = "Quillfeather said so", .day = DAY_NONE };
	struct clock_row clock = { .name = "reply", .row = "Quillfeather-1", .started = 20000, .due = 20010, .stopped = DAY_NONE };
	struct candidate c = { .bytes = "<p>Quillfeather</p>", .length = 19, .title = "About Quillfeather", .slug = "a-page", .register_hash = "Quillfeather" };
	struct publication p;
	int rev, n;
	bool same;
	instant at;
	char token[SEAL_TOKEN], *api;
	struct account *account = people_account(f->ctx, f->store, "ann", &f->error);

	OK(store_begin(f->store, &f->error));
	OK(version_add(f->store, &f->ann, &f->d, 1, "<r>Quillfeather</r>", 19, "warned about Quillfeather", &n, &same, &at, &f->error));
	OK(draft_save(f->store, &f->ann, &f->d, "one", 0, 1, "<r>Quillfeather draft</r>", 25, "Quillfeather-once", &rev, &f->error));
	OK(store_commit(f->store, &f->error));
	OK(note_add(f->store, &f->ben, &f->d, "Quillfeather-row", "annotation", "Quillfeather note", &f->error));
	OK(act_add(f->store, &f->ann, f->c.id, &act, &f->error));
	OK(clock_put(f->store, &f->ann, f->c.id, &clock, &f->error));
	OK(flag_set(f->store, &f->ann, f->c.id, "paused", "because of Quillfeather", &f->error));
	OK(flag_lift(f->store, &f->ann, f->c.id, "paused", "Quillfeather again", &f->error));
	OK(publication_add(f->store, &f->cat, &f->d, "learning", "reviews", &p, &f->error));
	OK(candidate_add(f->store, &f->cat, &p, &c, &n, &f->error));
	OK(people_session_open(f->store, account, token, &f->error));
	OK(people_token_make(f->ctx, f->store, &f->cat, account, "label", 30, &api, &f->error));
	NOTHING(people_sign_in(f->ctx, f->store, secret, "guess", &f->error), "people.sign-in");
	assert_true(files_holding(f, "North Agency") > 0);
	assert_int_equal(files_holding(f, secret), 0);
	assert_int_equal(files_holding(f, token), 0);
	assert_int_equal(files_holding(f, api), 0);
	assert_int_equal(files_holding(f, api + 20), 0);
	OK(store_checkpoint(f->store, &at, &f->error));
	assert_true(at == 0);
	assert_true(files_holding(f, "North Agency") > 0);
	assert_int_equal(files_holding(f, secret), 0);
}

static void destroyed_key_ends_the_text(void **state)
{
	struct fixture *f = *state;
	struct case_row other;
	struct seal_key key;
	struct act *acts;
	bool before;
	int64_t count = 0;

	fill_all(f);
	OK(store_begin(f->store, &f->error));
	OK(case_open(f->store, &f->cat, "sample", "1.0", "open", "", "", &other, &f->error));
	OK(store_commit(f->store, &f->error));
	OK(store_case_key(f->store, f->c.id, &key, &f->error));
	OK(case_shred(f->store, &f->cat, &f->c, &before, &f->error));
	NOTHING(version_get(f->ctx, f->store, &f->d, 1, &f->error), "store.destroyed");
	assert_int_equal(f->error.kind, ERROR_GONE);
	assert_true(act_list(f->ctx, f->store, f->c.id, &acts, &f->error) > 0);      /* that it was done stays; what was said is gone */
	NOTHING(act_input(f->ctx, f->store, f->c.id, acts[0].id, &f->error), "store.destroyed");
	OK(store_case_key(f->store, other.id, &key, &f->error));
	OK(audit_verify(f->store, &count, &f->error));
	OK(version_verify(f->store, &count, &f->error));
	assert_true(count == 1);
	verified(f, 0);
}

static void backup_opens(void **state)
{
	struct fixture *f = *state;
	char *main_path = below(f, "run/main.db"), *keys_path = below(f, "run/keys.db");
	struct store *copy;
	struct version *v;
	int64_t entries = 0, again = 0;

	fill_all(f);
	OK(store_backup(f->store, main_path, keys_path, &f->error));
	OK(audit_verify(f->store, &entries, &f->error));
	copy = store_open_backup(f->ctx, &f->config, main_path, keys_path, &f->error);
	GOT(copy);
	OK(audit_verify(copy, &again, &f->error));
	assert_true(again == entries && entries > 10);
	OK(version_verify(copy, &again, &f->error));
	v = version_get(f->ctx, copy, &f->d, 1, &f->error);
	GOT(v);
	assert_string_equal(v->bytes, "<r/>");
	OK(edition_verify(copy, &again, &f->error));
	talloc_free(copy);
}

/* ---- audit ---- */

static void audit_tells_in_order(void **state)
{
	struct fixture *f = *state;
	struct audit_entry denied = { .verb = "document.read", .case_id = f->c.id, .object = "x", .detail = "no-right" };
	struct audit_row *rows = NULL;
	int n;

	OK(audit_refusal(f->store, &f->ben, &denied, &f->error));
	n = audit_of_case(f->ctx, f->store, f->c.id, 10, 0, &rows, &f->error);
	assert_int_equal(n, 3);
	assert_string_equal(rows[0].verb, "document.read");
	assert_string_equal(rows[0].outcome, "refused");
	assert_string_equal(rows[0].actor, "Person ben");
	assert_string_equal(rows[1].verb, "document.add");
	assert_string_equal(rows[1].outcome, "done");
	assert_true(rows[1].document_id == f->d.id);
	assert_string_equal(rows[2].verb, "case.open");
	assert_int_equal(audit_of_case(f->ctx, f->store, f->c.id, 1, 2, &rows, &f->error), 1);
	assert_string_equal(rows[0].verb, "case.open");
	REFUSED(audit_add(f->store, &f->ben, &denied, &f->error), "db.no-transaction");
}

/* Counted by any process, kept once. */
static void strangers_are_one_entry(void **state)
{
	struct fixture *f = *state;
	int64_t before = 0, after = 0;
	int status;

	OK(audit_verify(f->store, &before, &f->error));
	OK(audit_share(&f->error));
	OK(audit_strangers_keep(f->store, &f->error));
	OK(audit_verify(f->store, &after, &f->error));
	assert_true(after == before);
	audit_stranger();
	if (fork() == 0) {                       /* touches no database */
		audit_stranger();
		audit_stranger();
		_exit(0);
	}
	wait(&status);
	OK(audit_strangers_keep(f->store, &f->error));
	OK(audit_strangers_keep(f->store, &f->error));
	OK(audit_verify(f->store, &after, &f->error));
	assert_true(after == before + 1);
	OK(db_number(store_db(f->store), "SELECT CAST(detail AS INTEGER) FROM audit WHERE verb = 'strangers'", &after, &f->error, ""));
	assert_true(after == 3);
}

static void rollback_leaves_no_trace(void **state)
{
	struct fixture *f = *state;
	int64_t before = 0, after = 0;
	int n;
	bool same;
	instant at;

	OK(audit_verify(f->store, &before, &f->error));
	OK(store_begin(f->store, &f->error));
	OK(version_add(f->store, &f->ann, &f->d, 1, "<r/>", 4, "", &n, &same, &at, &f->error));
	store_rollback(f->store);
	OK(audit_verify(f->store, &after, &f->error));
	assert_true(before == after);
	NOTHING(version_get(f->ctx, f->store, &f->d, 0, &f->error), "version.missing");
}

/* ---- two processes ---- */

static int writer(const struct config *config, const char *pub, int64_t account, int rounds)
{
	struct error error;
	struct store *store = store_open(NULL, config, &error);
	struct document *d = store != NULL ? document_get(store, store, pub, &error) : NULL;
	struct actor who = { account, "", "", "", "", "", 0 };
	char bytes[64];
	int n;
	bool same;
	instant at;

	for (int i = 0; d != NULL && i < rounds; i++) {
		snprintf(bytes, sizeof bytes, "<r>%lld %d</r>", (long long)account, i);
		if (store_begin(store, &error) != 0 || version_add(store, &who, d, 1, bytes, strlen(bytes), "", &n, &same, &at, &error) != 0
		    || store_commit(store, &error) != 0 || same) {
			fprintf(stderr, "# %s %s\n", error.code, error.say);
			_exit(1);
		}
	}
	talloc_free(store);
	return d == NULL;
}

static void two_writers_lose_nothing(void **state)
{
	struct fixture *f = *state;
	int64_t count = 0, entries = 0, before = 0;
	int status;

	OK(audit_verify(f->store, &before, &f->error));
	talloc_free(f->store);
	assert_int_equal(db_open_count(), 0);
	for (int i = 0; i < 2; i++)
		if (fork() == 0)
			_exit(writer(&f->config, f->d.pub, i == 0 ? f->ann.account : f->ben.account, 200));
	for (int i = 0; i < 2; i++) {
		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
	fixture_open(f);
	OK(version_verify(f->store, &count, &f->error));
	assert_true(count == 400);
	OK(audit_verify(f->store, &entries, &f->error));
	assert_true(entries == before + 400);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
		T(modes_are_closed), T(create_twice_is_once), T(another_schema_is_refused), T(another_master_is_refused), T(triggers_refuse),
		T(files_come_back), T(files_are_many), T(files_are_opened),
		T(verify_passes), cmocka_unit_test(verify_finds), T(verify_finds_modes), T(swapped_rows_do_not_open), T(files_give_nothing_away),
		T(destroyed_key_ends_the_text), T(backup_opens), T(audit_tells_in_order), T(strangers_are_one_entry), T(rollback_leaves_no_trace), T(two_writers_lose_nothing),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
