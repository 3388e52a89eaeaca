/* What every fuzzer shares. An invariant that does not hold ends the process, which libFuzzer reports like any other fault. */
#ifndef FUZZ_H
#define FUZZ_H
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>
#include "base/error.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

#define HOLDS(what) ((what) ? (void)0 : fuzz_broken(#what, __FILE__, __LINE__))

static inline _Noreturn void fuzz_broken(const char *what, const char *file, int line)
{
	fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
	abort();
}

/* A refusal says why, in a sentence and with a code, and fits its frame. */
static inline void fuzz_told(const struct error *error)
{
	HOLDS(error->kind != ERROR_NONE && error->kind < ERROR_KINDS);
	HOLDS(error->code[0] && error->say[0]);
	HOLDS(error_status(error->kind) >= 400);
}

/* The bytes as a string; NUL ends it, as it would anywhere. */
static inline char *fuzz_text(void *ctx, const uint8_t *data, size_t size)
{
	return talloc_strndup(ctx, (const char *)data, size);
}
#endif
