#include "adapter/seal.h"

#include <fcntl.h>
#include <gcrypt.h>
#include <sodium.h>
#include <string.h>
#include <talloc.h>
#include <unistd.h>

#define FORMAT 1
#define HEAD (1 + 8)
#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG crypto_aead_xchacha20poly1305_ietf_ABYTES

/* Crockford's base32: no i, l, o, u, so that nobody misreads an id aloud. */
static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";

int seal_start(struct error *error)
{
	if (sodium_init() < 0 || !gcry_check_version(GCRYPT_VERSION) || gcry_control(GCRYCTL_DISABLE_SECMEM, 0) != 0 ||
	    gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0) != 0)
		return error_set(error, ERROR_FAULT, "seal.start", "The cryptographic library could not be started.");
	return 0;
}

void seal_random(void *bytes, size_t length)
{
	randombytes_buf(bytes, length);
}

void seal_wipe(void *bytes, size_t length)
{
	sodium_memzero(bytes, length);
}

void seal_id(char id_r[SEAL_ID])
{
	unsigned char random[SEAL_ID - 1];

	randombytes_buf(random, sizeof random);
	for (int i = 0; i < SEAL_ID - 1; i++)
		id_r[i] = alphabet[random[i] & 31];
	id_r[SEAL_ID - 1] = '\0';
}

bool seal_is_id(const char *text)
{
	return text != NULL && strlen(text) == SEAL_ID - 1 && strspn(text, alphabet) == SEAL_ID - 1;
}

void seal_token(char token_r[SEAL_TOKEN])
{
	unsigned char random[32];

	randombytes_buf(random, sizeof random);
	sodium_bin2base64(token_r, SEAL_TOKEN, random, sizeof random, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	sodium_memzero(random, sizeof random);
}

/* The head (format and key id) is authenticated with the caller's text, so neither can be exchanged. */
static unsigned char *bind_text(void *ctx, const unsigned char *head, const char *associated, size_t *length_r)
{
	size_t length = strlen(associated);
	unsigned char *text = talloc_array(ctx, unsigned char, HEAD + length);

	memcpy(text, head, HEAD);
	memcpy(text + HEAD, associated, length);
	*length_r = HEAD + length;
	return text;
}

unsigned char *seal_close(void *ctx, const struct seal_key *key, const char *associated, const void *bytes, size_t length, size_t *length_r)
{
	unsigned char *blob = talloc_array(ctx, unsigned char, HEAD + NONCE + length + TAG), *text;
	unsigned long long sealed;
	size_t bound;

	blob[0] = FORMAT;
	for (int i = 0; i < 8; i++)
		blob[1 + i] = (unsigned char)((uint64_t)key->id >> (56 - 8 * i));
	randombytes_buf(blob + HEAD, NONCE);
	text = bind_text(blob, blob, associated, &bound);
	crypto_aead_xchacha20poly1305_ietf_encrypt(blob + HEAD + NONCE, &sealed, bytes, length, text, bound, NULL,
		blob + HEAD, key->bytes);
	talloc_free(text);
	*length_r = HEAD + NONCE + (size_t)sealed;
	return blob;
}

/* The plain bytes are followed by a NUL that is not counted, so that a text can be used as a string. */
unsigned char *seal_open(void *ctx, const struct seal_key *key, const char *associated, const void *blob, size_t length,
	size_t *length_r, struct error *error)
{
	const unsigned char *from = blob;
	unsigned char *plain, *text;
	unsigned long long opened;
	size_t bound;
	int bad;

	if (length < HEAD + NONCE + TAG || from[0] != FORMAT || seal_key_id(blob, length) != key->id) {
		error_set(error, ERROR_FAULT, "seal.form", "A sealed record is not what it should be, or belongs to another key.");
		return NULL;
	}
	plain = talloc_array(ctx, unsigned char, length - HEAD - NONCE - TAG + 1);
	text = bind_text(plain, from, associated, &bound);
	bad = crypto_aead_xchacha20poly1305_ietf_decrypt(plain, &opened, NULL, from + HEAD + NONCE, length - HEAD - NONCE,
		text, bound, from + HEAD, key->bytes);
	talloc_free(text);
	if (bad) {
		talloc_free(plain);
		error_set(error, ERROR_FAULT, "seal.broken", "A sealed record has been changed or stands in the wrong place.");
		return NULL;
	}
	plain[opened] = '\0';
	*length_r = (size_t)opened;
	return plain;
}

int64_t seal_key_id(const void *blob, size_t length)
{
	const unsigned char *from = blob;
	uint64_t id = 0;

	if (length < HEAD || from[0] != FORMAT)
		return 0;
	for (int i = 0; i < 8; i++)
		id = id << 8 | from[1 + i];
	return (int64_t)id;
}

void seal_sha256(const void *bytes, size_t length, unsigned char hash_r[SEAL_HASH])
{
	gcry_md_hash_buffer(GCRY_MD_SHA256, hash_r, bytes, length);
}

int seal_sha256_file(const char *path, unsigned char hash_r[SEAL_HASH])
{
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	crypto_hash_sha256_state state;
	unsigned char bytes[65536];
	ssize_t n = -1;

	if (file < 0)
		return -1;
	crypto_hash_sha256_init(&state);
	while ((n = read(file, bytes, sizeof bytes)) > 0)
		crypto_hash_sha256_update(&state, bytes, (size_t)n);
	close(file);
	if (n == 0)
		crypto_hash_sha256_final(&state, hash_r);
	return n == 0 ? 0 : -1;
}

void seal_chain(const unsigned char previous[SEAL_HASH], const void *bytes, size_t length, unsigned char hash_r[SEAL_HASH])
{
	crypto_generichash_state state;

	crypto_generichash_init(&state, NULL, 0, SEAL_HASH);
	crypto_generichash_update(&state, previous, SEAL_HASH);
	crypto_generichash_update(&state, bytes, length);
	crypto_generichash_final(&state, hash_r, SEAL_HASH);
}

void seal_keyed_hash(const struct seal_key *key, const void *bytes, size_t length, unsigned char hash_r[SEAL_HASH])
{
	crypto_generichash(hash_r, SEAL_HASH, bytes, length, key->bytes, SEAL_KEY);
}

/* 64 MiB and 3 passes: about 0.1 s here; at most two run at once (store_people), or memory becomes a lever. */
char *seal_password(void *ctx, const char *password, struct error *error)
{
	char stored[crypto_pwhash_argon2id_STRBYTES];

	if (crypto_pwhash_argon2id_str(stored, password, strlen(password), 3, 64u << 20) != 0) {
		error_set(error, ERROR_BUSY, "seal.memory", "There is no room to check a password just now. Try again in a minute.");
		return NULL;
	}
	return talloc_strdup(ctx, stored);
}

bool seal_password_ok(const char *stored, const char *password)
{
	return crypto_pwhash_argon2id_str_verify(stored, password, strlen(password)) == 0;
}

bool seal_same(const void *a, const void *b, size_t length)
{
	return sodium_memcmp(a, b, length) == 0;
}
