/* Landlock and seccomp for workers and clerk: no exec, no new sockets, write only below the given directories. */
#ifndef ADAPTER_SANDBOX_H
#define ADAPTER_SANDBOX_H
#include "base/error.h"
/* write_dirs, read_dirs: NULL-terminated. Fails when the kernel cannot do it; the caller decides (sandbox = required). */
int sandbox_enter(const char *const *write_dirs, const char *const *read_dirs, struct error *error);
#endif
