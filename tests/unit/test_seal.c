/* Sealing: what is opened is what was closed, under the same key, in the same place, or nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>
#include <talloc.h>
#include "adapter/seal.h"
#include "base/text.h"

static struct seal_key key_of(int64_t id, int fill)
{
	struct seal_key key = { id };

	memset(key.bytes, fill, SEAL_KEY);
	return key;
}

static void round_trip(void **state)
{
	void *ctx = talloc_new(NULL);
	struct seal_key key = key_of(INT64_C(0x0102030405060708), 7);
	struct error error;
	(void)state;

	for (size_t length = 0; length < 70; length++) {
		unsigned char *plain = talloc_zero_size(ctx, length + 1), *blob, *back;
		size_t sealed = 0, opened = 99;

		seal_random(plain, length);
		blob = seal_close(ctx, &key, "version/a/1", plain, length, &sealed);
		assert_int_equal(sealed, length + 1 + 8 + 24 + 16);
		assert_true(seal_key_id(blob, sealed) == key.id);
		back = seal_open(ctx, &key, "version/a/1", blob, sealed, &opened, &error);
		assert_non_null(back);
		assert_int_equal(opened, length);
		assert_memory_equal(back, plain, length);
		assert_int_equal(back[opened], 0);
	}
	talloc_free(ctx);
}

/* Every byte matters, and so does every bit of where it belongs. */
static void no_change_opens(void **state)
{
	void *ctx = talloc_new(NULL);
	struct seal_key key = key_of(5, 7), other = key_of(5, 8), renamed = key_of(6, 7);
	size_t sealed, opened = 42;
	unsigned char *blob = seal_close(ctx, &key, "draft/a/1", "secret", 6, &sealed);
	struct error error = { 0 };
	(void)state;

	for (size_t i = 0; i < sealed; i++) {
		blob[i] ^= 0x20;
		assert_null(seal_open(ctx, &key, "draft/a/1", blob, sealed, &opened, &error));
		assert_int_equal(error.kind, ERROR_FAULT);
		blob[i] ^= 0x20;
	}
	for (size_t i = 0; i < sealed; i++)
		assert_null(seal_open(ctx, &key, "draft/a/1", blob, i, &opened, &error));
	assert_null(seal_open(ctx, &other, "draft/a/1", blob, sealed, &opened, &error));
	assert_null(seal_open(ctx, &renamed, "draft/a/1", blob, sealed, &opened, &error));
	assert_null(seal_open(ctx, &key, "draft/a/2", blob, sealed, &opened, &error));
	assert_null(seal_open(ctx, &key, "draft/a/1 ", blob, sealed, &opened, &error));
	assert_int_equal(opened, 42);
	assert_non_null(seal_open(ctx, &key, "draft/a/1", blob, sealed, &opened, &error));
	talloc_free(ctx);
}

static void same_text_never_looks_same(void **state)
{
	void *ctx = talloc_new(NULL);
	struct seal_key key = key_of(5, 7);
	size_t a, b;
	unsigned char *one = seal_close(ctx, &key, "x", "same", 4, &a), *two = seal_close(ctx, &key, "x", "same", 4, &b);
	(void)state;

	assert_int_equal(a, b);
	assert_memory_not_equal(one + 9, two + 9, a - 9);
	talloc_free(ctx);
}

static void ids(void **state)
{
	static const struct { const char *text; bool good; } rows[] = {
		{ "0123456789abcdef", true }, { "zzzzzzzzzzzzzzzz", true }, { "0123456789abcde", false }, { "0123456789abcdef0", false },
		{ "0123456789abcdeL", false }, { "0123456789abcdei", false }, { "0123456789abcdeu", false }, { "0123456789abcde/", false },
		{ "", false }, { NULL, false },
	};
	char one[SEAL_ID], two[SEAL_ID], token[SEAL_TOKEN];
	(void)state;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (seal_is_id(rows[i].text) != rows[i].good)
			fail_msg("row %zu", i);
	seal_id(one);
	seal_id(two);
	assert_true(seal_is_id(one));
	assert_string_not_equal(one, two);
	seal_token(token);
	assert_int_equal(strlen(token), 43);
	assert_int_equal(strspn(token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), 43);
}

/* Vectors: FIPS 180-2 "abc"; BLAKE2b-256 made with Python's hashlib. */
static void hashes(void **state)
{
	void *ctx = talloc_new(NULL);
	unsigned char hash[SEAL_HASH], other[SEAL_HASH], zero[SEAL_HASH] = { 0 };
	struct seal_key key = key_of(1, 7), second = key_of(1, 8);
	(void)state;

	seal_sha256("abc", 3, hash);
	assert_string_equal(text_hex(ctx, hash, SEAL_HASH), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	seal_chain(zero, "abc", 3, hash);
	assert_string_equal(text_hex(ctx, hash, SEAL_HASH), "5db827e5e925e6b933a86596a0446c345c0d74d77f55a751ade5d7c7162eead8");
	seal_chain(hash, "abc", 3, other);
	assert_memory_not_equal(hash, other, SEAL_HASH);
	seal_keyed_hash(&key, "abc", 3, hash);
	assert_string_equal(text_hex(ctx, hash, SEAL_HASH), "62d8fe04aeb9b650b0dbdb3078da63b0d4c864854da1e7ff3aae7a2daee046ba");
	seal_keyed_hash(&second, "abc", 3, other);
	assert_memory_not_equal(hash, other, SEAL_HASH);
	assert_true(seal_same("ab", "ab", 2));
	assert_false(seal_same("ab", "ac", 2));
	talloc_free(ctx);
}

static void passwords(void **state)
{
	void *ctx = talloc_new(NULL);
	struct error error;
	char *stored = seal_password(ctx, "correct horse", &error);
	(void)state;

	assert_non_null(stored);
	assert_memory_equal(stored, "$argon2id$v=19$m=65536,t=3,p=1$", 31);
	assert_true(seal_password_ok(stored, "correct horse"));
	assert_false(seal_password_ok(stored, "correct horsf"));
	assert_false(seal_password_ok(stored, ""));
	assert_false(seal_password_ok("", "correct horse"));
	assert_false(seal_password_ok("rubbish", "correct horse"));
	talloc_free(ctx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(round_trip), cmocka_unit_test(no_change_opens), cmocka_unit_test(same_text_never_looks_same),
		cmocka_unit_test(ids), cmocka_unit_test(hashes), cmocka_unit_test(passwords),
	};
	struct error error;

	if (seal_start(&error) != 0)
		return 1;
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
