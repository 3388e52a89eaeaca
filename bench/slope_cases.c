/* Cases: what a page asks of the store, in a store of so many of them, filled by the store's own functions. */
#include <string.h>
#include "bench/slope.h"
#include "store/store_audit.h"
#include "store/store_case.h"
#include "store/store_list.h"
#include "store/store_people.h"
#include "store/store_version.h"

#define AGENCIES 20
#define OWN 8          /* documents of a case */

struct world { struct store *store; struct actor who, author; int cases; struct case_row one; };

static struct error error;

static struct actor person(void *ctx, struct store *store, const char *login, const char *agency, const char *roles)
{
	struct account account = { .login = (char *)login, .name = (char *)login, .roles = (char *)roles, .agency = (char *)agency, .email = "" }, *made;

	NEED(people_account_put(store, &actor_system, &account, NULL, &error) == 0);
	made = people_account(ctx, store, login, &error);
	NEED(made != NULL);
	return (struct actor){ made->id, made->pub, made->login, made->name, made->roles, made->agency, 0 };
}

static void add_document(struct world *w, int n)
{
	static const char text[] = "<slope><text>What was said.</text></slope>";
	struct act act = { .name = "submit", .from = "draft", .to = "submitted", .role = "author", .input = "", .day = DAY_NONE };
	struct clock_row clock = { .name = "return-due", .row = "", .started = 20000, .due = 20010 + w->cases % 300, .stopped = w->cases % 3 ? 20005 : DAY_NONE };
	struct document d;
	char agency[16];
	bool same;
	instant at;
	int v;

	snprintf(agency, sizeof agency, "agency-%d", (w->cases + n) % AGENCIES);
	NEED(document_add(w->store, &w->who, w->one.id, n == 0 ? "register" : "return", "bench/slope", 1, n == 0 ? "" : agency, "draft", &d, &error) == 0);
	NEED(version_add(w->store, &w->author, &d, 1, text, sizeof text - 1, "", &v, &same, &at, &error) == 0);
	act.document_id = clock.document_id = d.id;
	NEED(act_add(w->store, &w->author, w->one.id, &act, &error) == 0);
	NEED(clock_put(w->store, &w->author, w->one.id, &clock, &error) == 0);
}

static void fill(struct world *w, int until)
{
	int64_t wal;

	for (; w->cases < until; w->cases++) {
		NEED(store_begin(w->store, &error) == 0);
		NEED(case_open(w->store, &w->who, "slope", "1", "open", "", "", &w->one, &error) == 0);
		if (w->cases % 10 == 0)
			NEED(case_person_add(w->store, &w->who, w->one.id, w->author.account, "chair", &error) == 0);
		for (int n = 0; n < OWN; n++)
			add_document(w, n);
		NEED(store_commit(w->store, &error) == 0);
		if (w->cases % 200 == 0)
			NEED(store_checkpoint(w->store, &wal, &error) == 0);      /* the clerk's work otherwise */
	}
}

static struct case_filter whose(const struct actor *who, bool all)
{
	return (struct case_filter){ .account = who->account, .agency = "", .all = all, .status = CASES_OPEN, .today = 20000, .soon = 20007, .wide = " chair " };
}

static void listed(void *ctx, void *data)
{
	struct world *w = data;
	struct case_filter filter = whose(&w->who, true);
	struct case_line *list;

	NEED(case_lines(ctx, w->store, &filter, NULL, false, 20, &list, &error) == 20);
}

static void counted(void *ctx, void *data)
{
	struct world *w = data;
	struct case_filter filter = whose(&w->who, true);
	struct case_counts counts;

	(void)ctx;
	NEED(case_counts(w->store, &filter, &counts, &error) == 0 && counts.found == w->cases);
}

static void of_person(void *ctx, void *data)
{
	struct world *w = data;
	struct case_filter filter = whose(&w->author, false);
	struct case_line *list;

	NEED(case_lines(ctx, w->store, &filter, NULL, false, 20, &list, &error) > 0);
}

static void opened(void *ctx, void *data)
{
	struct world *w = data;
	struct case_row *c = case_get(ctx, w->store, w->one.pub, &error);
	struct document *documents;
	struct act *acts;
	struct clock_row *clocks;
	struct audit_row *rows;
	int64_t author;

	NEED(c != NULL);
	NEED(document_list(ctx, w->store, c->id, &documents, &error) == OWN && act_list(ctx, w->store, c->id, &acts, &error) == OWN);
	NEED(clock_list(ctx, w->store, c->id, &clocks, &error) == OWN && audit_of_case(ctx, w->store, c->id, 50, 0, &rows, &error) > 0);
	NEED(version_opened(w->store, &documents[0], documents[0].latest, &author, &error) != NULL);
	store_trim(w->store);
}

static void contributed(void *ctx, void *data)
{
	struct world *w = data;

	(void)ctx;
	NEED(store_begin(w->store, &error) == 0);
	add_document(w, 1);
	store_rollback(w->store);
}

void slope_cases(const char *data_dir, int most)
{
	static const int sizes[] = { 100, 1000, 10000 };
	static const struct { const char *what; void (*once)(void *ctx, void *data); } asked[] = {
		{ "a page of all cases, cases", listed }, { "how many there are of each kind, cases", counted }, { "a person's cases, of which every tenth, cases", of_person },
		{ "one case opened, cases", opened }, { "a document, version, step and clock written, cases", contributed } };
	double us[5][3];
	void *ctx = talloc_new(NULL);
	struct config config = { .profile = PROFILE_TEST, .data_dir = talloc_strdup(ctx, data_dir), .master_key = "" };
	struct world w = { .cases = 0 };
	int n = 0;

	NEED(store_create(&config, &error) == 0);
	w.store = store_open(ctx, &config, &error);
	NEED(w.store != NULL);
	for (int i = 0; i < AGENCIES; i++) {
		char id[16];
		snprintf(id, sizeof id, "agency-%d", i);
		NEED(people_agency_put(w.store, &actor_system, &(struct agency){ id, id, "care", "" }, &error) == 0);
	}
	w.who = person(ctx, w.store, "coordinator", "", "coordinator");
	w.author = person(ctx, w.store, "author", "agency-1", "contributor");
	for (; n < 3 && sizes[n] <= most; n++) {
		fill(&w, sizes[n]);
		for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++)
			us[i][n] = slope_least(asked[i].once, &w);
	}
	for (size_t i = 0; n > 1 && i < sizeof asked / sizeof asked[0]; i++)
		slope_tell(asked[i].what, sizes, us[i], n);
	talloc_free(ctx);
}
