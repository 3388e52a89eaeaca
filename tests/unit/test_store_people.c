/* Accounts, sign-in, sessions, API tokens. */
#include "store_fixture.h"
#include <time.h>

static void give_password(struct fixture *f, const char *login, const char *password)
{
	struct account *a = people_account(f->ctx, f->store, login, &f->error);

	GOT(a);
	OK(people_account_put(f->store, &f->cat, a, password, &f->error));
}

static void accounts_read_back(void **state)
{
	struct fixture *f = *state;
	struct account *a = people_account(f->ctx, f->store, "ANN", &f->error), *list = NULL;
	struct account lost = { .login = "dan", .name = "Dan", .agency = "nowhere" };

	GOT(a);                                  /* logins do not differ by case */
	assert_string_equal(a->name, "Person ann");
	assert_string_equal(a->agency, "north");
	a->name = "Person Anne";
	OK(people_account_put(f->store, &f->cat, a, NULL, &f->error));
	a = people_account_by_id(f->ctx, f->store, f->ann.account, &f->error);
	GOT(a);
	assert_string_equal(a->name, "Person Anne");
	assert_string_equal(a->pub, f->ann.pub);
	GOT(people_account_by_pub(f->ctx, f->store, f->ann.pub, &f->error));
	assert_int_equal(people_accounts(f->ctx, f->store, &list, &f->error), 3);
	NOTHING(people_account(f->ctx, f->store, "nobody", &f->error), "people.no-account");
	REFUSED(people_account_put(f->store, &f->cat, &lost, NULL, &f->error), "people.no-agency");
}

static void agencies_read_back(void **state)
{
	struct fixture *f = *state;
	struct agency renamed = { "north", "A New Name", "care", "hills" }, *list = NULL;

	OK(people_agency_put(f->store, &f->cat, &renamed, &f->error));
	assert_int_equal(people_agencies(f->ctx, f->store, &list, &f->error), 2);
	assert_string_equal(list[0].name, "A New Name");
	assert_string_equal(people_agency(f->ctx, f->store, "north", &f->error)->area, "hills");
	NOTHING(people_agency(f->ctx, f->store, "west", &f->error), "people.no-agency");
}

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void sign_in_says_no_more_than_no(void **state)
{
	struct fixture *f = *state;
	struct account *a;
	char known[400];
	double start, right, unknown;

	give_password(f, "ann", "correct horse");
	start = seconds();
	a = people_sign_in(f->ctx, f->store, "Ann", "correct horse", &f->error);
	right = seconds() - start;
	GOT(a);
	assert_string_equal(a->login, "ann");
	NOTHING(people_sign_in(f->ctx, f->store, "ann", "wrong", &f->error), "people.sign-in");
	assert_int_equal(f->error.kind, ERROR_STRANGER);
	snprintf(known, sizeof known, "%s", f->error.say);
	start = seconds();
	NOTHING(people_sign_in(f->ctx, f->store, "nobody", "wrong", &f->error), "people.sign-in");
	unknown = seconds() - start;
	assert_string_equal(known, f->error.say);
	if (unknown < right / 4)                 /* an unknown login must cost a whole argon2id, too */
		fail_msg("unknown login: %.3f s, known: %.3f s", unknown, right);
	NOTHING(people_sign_in(f->ctx, f->store, "ben", "", &f->error), "people.sign-in");       /* has no password */
	a->disabled = true;
	OK(people_account_put(f->store, &f->cat, a, NULL, &f->error));
	NOTHING(people_sign_in(f->ctx, f->store, "ann", "correct horse", &f->error), "people.sign-in");
}

static void guessing_slows_down(void **state)
{
	struct fixture *f = *state;

	give_password(f, "ann", "correct horse");
	for (int i = 0; i < 4; i++)
		NOTHING(people_sign_in(f->ctx, f->store, "ann", "wrong", &f->error), "people.sign-in");
	GOT(people_sign_in(f->ctx, f->store, "ann", "correct horse", &f->error));            /* starts anew */
	for (int i = 0; i < 5; i++)
		NOTHING(people_sign_in(f->ctx, f->store, i & 1 ? "ANN" : "ann", "wrong", &f->error), "people.sign-in");
	NOTHING(people_sign_in(f->ctx, f->store, "ann", "correct horse", &f->error), "people.slow-down");
	assert_int_equal(f->error.kind, ERROR_BUSY);
	NOTHING(people_sign_in(f->ctx, f->store, "ben", "wrong", &f->error), "people.sign-in");   /* nobody else is held up */
	/* 31 seconds later one more try is let through. */
	fixture_vandal(f, "UPDATE sign_in SET last = last - 31000");
	NOTHING(people_sign_in(f->ctx, f->store, "ann", "wrong", &f->error), "people.sign-in");
	fixture_vandal(f, "UPDATE sign_in SET last = last - 31000");
	NOTHING(people_sign_in(f->ctx, f->store, "ann", "wrong", &f->error), "people.slow-down");  /* now a minute */
	fixture_vandal(f, "UPDATE sign_in SET last = last - 900000");
	GOT(people_sign_in(f->ctx, f->store, "ann", "correct horse", &f->error));
}

static void sessions_live_and_die(void **state)
{
	struct fixture *f = *state;
	struct account *ann = people_account(f->ctx, f->store, "ann", &f->error);
	struct session *s;
	char token[SEAL_TOKEN], other[SEAL_TOKEN];
	char *csrf;

	OK(people_session_open(f->store, ann, token, &f->error));
	OK(people_session_open(f->store, ann, other, &f->error));
	s = people_session(f->ctx, f->store, token, 30, 12, &f->error);
	GOT(s);
	assert_string_equal(s->account->login, "ann");
	csrf = s->csrf;
	/* A part of the session, and whose page it is, which outlives the session and which nobody else can make. */
	assert_int_equal(strcspn(csrf, "."), 64);
	assert_string_equal(people_page_account(f->ctx, f->store, csrf), ann->pub);
	csrf[strlen(csrf) - 1] ^= 1;
	assert_null(people_page_account(f->ctx, f->store, csrf));
	csrf[strlen(csrf) - 1] ^= 1;
	assert_null(people_page_account(f->ctx, f->store, "x"));
	assert_null(people_page_account(f->ctx, f->store, ".."));
	assert_string_equal(people_session(f->ctx, f->store, token, 30, 12, &f->error)->csrf, csrf);
	assert_string_not_equal(people_session(f->ctx, f->store, other, 30, 12, &f->error)->csrf, csrf);
	NOTHING(people_session(f->ctx, f->store, "rubbish", 30, 12, &f->error), "people.session");
	assert_int_equal(f->error.kind, ERROR_STRANGER);
	/* Idle: seen is brought up at most once a minute. */
	fixture_vandal(f, "UPDATE session SET seen = seen - 29 * 60000");
	GOT(people_session(f->ctx, f->store, token, 30, 12, &f->error));
	fixture_vandal(f, "UPDATE session SET seen = seen - 29 * 60000");
	GOT(people_session(f->ctx, f->store, token, 30, 12, &f->error));
	NOTHING(people_session(f->ctx, f->store, other, 30, 12, &f->error), "people.session");
	OK(people_sessions_expire(f->store, 30, 12, &f->error));
	NOTHING(people_session(f->ctx, f->store, other, 3000, 12, &f->error), "people.session");
	fixture_vandal(f, "UPDATE session SET since = since - 12 * 3600000");
	NOTHING(people_session(f->ctx, f->store, token, 30, 12, &f->error), "people.session");
	OK(people_session_open(f->store, ann, token, &f->error));
	OK(people_session_close(f->store, token, &f->error));
	NOTHING(people_session(f->ctx, f->store, token, 30, 12, &f->error), "people.session");
}

static void clock_moves_no_session(void **state)
{
	struct fixture *f = *state;
	struct account *ann = people_account(f->ctx, f->store, "ann", &f->error);
	char token[SEAL_TOKEN];

	OK(people_session_open(f->store, ann, token, &f->error));
	OK(date_clock_share(&f->error));
	date_clock_move(INT64_C(400) * 86400000);
	GOT(people_session(f->ctx, f->store, token, 30, 12, &f->error));
	date_clock_move(0);
}

static void new_password_ends_sessions(void **state)
{
	struct fixture *f = *state;
	struct account *ann = people_account(f->ctx, f->store, "ann", &f->error);
	char token[SEAL_TOKEN];

	OK(people_session_open(f->store, ann, token, &f->error));
	OK(people_account_put(f->store, &f->cat, ann, NULL, &f->error));
	GOT(people_session(f->ctx, f->store, token, 30, 12, &f->error));
	give_password(f, "ann", "another");
	NOTHING(people_session(f->ctx, f->store, token, 30, 12, &f->error), "people.session");
}

static void tokens_stand_for_accounts(void **state)
{
	struct fixture *f = *state;
	struct account *ann = people_account(f->ctx, f->store, "ann", &f->error), *got;
	char *token = NULL, *short_lived = NULL;
	int64_t id = 0;

	OK(people_token_make(f->ctx, f->store, &f->cat, ann, "feeder", 30, &token, &f->error));
	assert_memory_equal(token, "d1_", 3);
	assert_int_equal(strlen(token), 3 + 16 + 1 + 43);
	got = people_token(f->ctx, f->store, token, &id, &f->error);
	GOT(got);
	assert_string_equal(got->agency, "north");
	for (size_t i = 0; token[i] != '\0'; i++) {
		char *wrong = talloc_strdup(f->ctx, token);

		wrong[i] = wrong[i] == '0' ? '1' : '0';
		NOTHING(people_token(f->ctx, f->store, wrong, &id, &f->error), "people.token");
		wrong[i] = '\0';
		NOTHING(people_token(f->ctx, f->store, wrong, &id, &f->error), "people.token");
	}
	OK(people_token_make(f->ctx, f->store, &f->cat, ann, "old", 0, &short_lived, &f->error));
	NOTHING(people_token(f->ctx, f->store, short_lived, &id, &f->error), "people.token");
	OK(people_token_revoke(f->store, &f->cat, id, &f->error));
	REFUSED(people_token_revoke(f->store, &f->cat, id, &f->error), "people.no-token");
	NOTHING(people_token(f->ctx, f->store, token, &id, &f->error), "people.token");
	assert_int_equal(f->error.kind, ERROR_STRANGER);
}

/* Four processes check a password while this one counts how many hold a place: never more than two. */
static void two_argon_at_once(void **state)
{
	struct fixture *f = *state;
	int a = people_argon_enter(f->store, &f->error), b = people_argon_enter(f->store, &f->error), pipes[2], status;
	char byte;

	assert_true(a >= 0 && b >= 0);
	assert_int_equal(pipe(pipes), 0);
	if (fork() == 0) {                       /* opens the lock files itself; touches no database */
		struct error error;

		close(a);
		close(b);
		byte = people_argon_enter(f->store, &error) >= 0 ? 'y' : 'n';
		_exit(write(pipes[1], &byte, 1) != 1);
	}
	close(pipes[1]);
	usleep(200000);
	assert_int_equal(waitpid(-1, &status, WNOHANG), 0);              /* still waiting */
	close(b);
	assert_int_equal(read(pipes[0], &byte, 1), 1);
	assert_int_equal(byte, 'y');
	wait(&status);
	close(a);
	close(pipes[0]);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
	const struct CMUnitTest tests[] = {
		T(accounts_read_back), T(agencies_read_back), T(sign_in_says_no_more_than_no), T(guessing_slows_down), T(sessions_live_and_die),
		T(clock_moves_no_session), T(new_password_ends_sessions), T(tokens_stand_for_accounts), T(two_argon_at_once),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
