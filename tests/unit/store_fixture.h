/* A fresh store in a directory of its own, with two agencies, four people, one case and one document of it. Shared by the store's tests. */
#ifndef TESTS_STORE_FIXTURE_H
#define TESTS_STORE_FIXTURE_H
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include <talloc.h>
#include "store/store_attachment.h"
#include "store/store_audit.h"
#include "store/store_case.h"
#include "store/store_draft.h"
#include "store/store_list.h"
#include "store/store_note.h"
#include "store/store_people.h"
#include "store/store_publication.h"
#include "store/store_version.h"

struct fixture {
	void *ctx;
	struct config config;
	struct store *store;
	struct actor ann, ben, cat;              /* ann of agency north, ben of south, cat of none */
	struct case_row c;
	struct document d;
	struct error error;
};

/* A call that must succeed: the error's sentence is in the failure. */
#define OK(call) do { if ((call) < 0) fail_msg("%s: %s %s", #call, f->error.code, f->error.say); } while (0)
#define GOT(pointer) do { if ((pointer) == NULL) fail_msg("%s: %s %s", #pointer, f->error.code, f->error.say); } while (0)
/* A call that must fail with that code. */
#define REFUSED(call, want) do { \
		memset(&f->error, 0, sizeof f->error); \
		if ((call) >= 0) fail_msg("%s was not refused", #call); \
		assert_string_equal(f->error.code, want); \
	} while (0)
#define NOTHING(pointer, want) do { \
		memset(&f->error, 0, sizeof f->error); \
		if ((pointer) != NULL) fail_msg("%s is not NULL", #pointer); \
		assert_string_equal(f->error.code, want); \
	} while (0)

static inline int fixture_remove_one(const char *path, const struct stat *st, int type, struct FTW *walk)
{
	(void)st; (void)type; (void)walk;
	return remove(path);
}

static inline struct actor fixture_person(struct fixture *f, const char *login, const char *agency, const char *roles)
{
	struct account account = { .login = (char *)login, .name = talloc_asprintf(f->ctx, "Person %s", login), .roles = (char *)roles, .agency = (char *)agency,
		.email = "" }, *made;

	OK(people_account_put(f->store, &actor_system, &account, NULL, &f->error));
	made = people_account(f->ctx, f->store, login, &f->error);
	GOT(made);
	return (struct actor){ made->id, made->pub, made->login, made->name, made->roles, made->agency, 0 };
}

static inline void fixture_dir(struct fixture *f)
{
	char path[] = "/tmp/dossier-store-XXXXXX";

	f->ctx = talloc_new(NULL);
	assert_non_null(mkdtemp(path));
	f->config = (struct config){ .profile = PROFILE_TEST, .data_dir = talloc_strdup(f->ctx, path), .master_key = "" };
	OK(store_create(&f->config, &f->error));
}

static inline void fixture_open(struct fixture *f)
{
	f->store = store_open(f->ctx, &f->config, &f->error);
	GOT(f->store);
}

static inline int fixture_setup(void **state)
{
	struct fixture *f = talloc_zero(NULL, struct fixture);
	struct agency north = { "north", "North Agency", "care", "" }, south = { "south", "South Agency", "police", "" };

	fixture_dir(f);
	fixture_open(f);
	OK(people_agency_put(f->store, &actor_system, &north, &f->error));
	OK(people_agency_put(f->store, &actor_system, &south, &f->error));
	f->ann = fixture_person(f, "ann", "north", "contributor");
	f->ben = fixture_person(f, "ben", "south", "contributor");
	f->cat = fixture_person(f, "cat", "", "coordinator approver");
	OK(store_begin(f->store, &f->error));
	OK(case_open(f->store, &f->cat, "sample", "1.0", "open", "law=2018", "days=15", &f->c, &f->error));
	OK(document_add(f->store, &f->cat, f->c.id, "return", "sample/return", 1, "north", "draft", &f->d, &f->error));
	OK(store_commit(f->store, &f->error));
	*state = f;
	return 0;
}

static inline int fixture_teardown(void **state)
{
	struct fixture *f = *state;
	char path[200];

	snprintf(path, sizeof path, "%s", f->config.data_dir);
	talloc_free(f->ctx);
	talloc_free(f);
	return nftw(path, fixture_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* Adds a version in a transaction of its own; its number. */
static inline int fixture_version(struct fixture *f, const struct actor *by, struct document *d, const char *bytes, bool *same_r)
{
	int n = 0;
	bool same = false;
	instant at = 0;

	OK(store_begin(f->store, &f->error));
	OK(version_add(f->store, by, d, 1, bytes, strlen(bytes), "", &n, &same, &at, &f->error));
	OK(store_commit(f->store, &f->error));
	assert_true(at > 0);
	if (same_r != NULL)
		*same_r = same;
	return n;
}

/* What somebody with the file in hand would do: statements no program of ours runs. */
static inline void fixture_vandal(struct fixture *f, const char *sql)
{
	OK(db_script(store_db(f->store), sql, &f->error));
}
#endif
