/* `dossier verify`: is everything that was kept still what it was? */
#ifndef SERVER_VERIFY_H
#define SERVER_VERIFY_H
#include <stdio.h>
#include "base/config.h"

/* One line a check on out, "ok …" or "BAD …"; -1 (verify.bad) when any is bad. Reads only; may run beside the service. */
int verify_run(const struct config *config, FILE *out, struct error *error);
#endif
