/* libsodium: sealing, hashing, passwords, tokens, random names. SHA-256 is libgcrypt's, which uses the processor's own instructions for it.
 *
 * A sealed blob is: format byte 1, 8 bytes key id, 24 bytes nonce, XChaCha20-Poly1305 ciphertext and tag. The associated data is given
 * by the caller ("version/<document>/<n>"), so rows cannot be swapped. */
#ifndef ADAPTER_SEAL_H
#define ADAPTER_SEAL_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/error.h"

#define SEAL_KEY 32
#define SEAL_HASH 32
#define SEAL_ID 17              /* 16 characters of lower-case Crockford base32 and NUL: 80 random bits */
#define SEAL_TOKEN 44           /* 43 characters of base64url and NUL: 256 random bits */

struct seal_key { int64_t id; unsigned char bytes[SEAL_KEY]; };

int  seal_start(struct error *error);
void seal_random(void *bytes, size_t length);
void seal_wipe(void *bytes, size_t length);
void seal_id(char id_r[SEAL_ID]);
bool seal_is_id(const char *text);
void seal_token(char token_r[SEAL_TOKEN]);
unsigned char *seal_close(void *ctx, const struct seal_key *key, const char *associated, const void *bytes, size_t length, size_t *length_r);
unsigned char *seal_open(void *ctx, const struct seal_key *key, const char *associated, const void *blob, size_t length, size_t *length_r, struct error *error);
int64_t seal_key_id(const void *blob, size_t length);          /* 0 when the blob is none */
void seal_sha256(const void *bytes, size_t length, unsigned char hash_r[SEAL_HASH]);
int  seal_sha256_file(const char *path, unsigned char hash_r[SEAL_HASH]);          /* -1: it cannot be read, errno says why */
void seal_chain(const unsigned char previous[SEAL_HASH], const void *bytes, size_t length, unsigned char hash_r[SEAL_HASH]);   /* BLAKE2b-256(previous ‖ bytes) */
void seal_keyed_hash(const struct seal_key *key, const void *bytes, size_t length, unsigned char hash_r[SEAL_HASH]);
char *seal_password(void *ctx, const char *password, struct error *error);     /* argon2id, 64 MiB, 3 passes */
bool seal_password_ok(const char *stored, const char *password);
bool seal_same(const void *a, const void *b, size_t length);                    /* constant time */
#endif
