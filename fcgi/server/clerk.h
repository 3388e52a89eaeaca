/* The clerk: what no request waits for. It alone writes below published/ and checkpoints the database. */
#ifndef SERVER_CLERK_H
#define SERVER_CLERK_H
#include <signal.h>
#include "page/route.h"

#define CLERK_LOCK "db/clerk.lock"          /* below data_dir; held by the clerk as long as it is there */

/* Until *stop: twice a second it looks whether something was released or withdrawn; in between it does its rounds. 0, or -1 when it cannot go on. */
int clerk_run(struct app *app, const volatile sig_atomic_t *stop, const sigset_t *open, struct error *error);
#endif
