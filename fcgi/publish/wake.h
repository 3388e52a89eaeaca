/* Between a worker that has released or withdrawn a page and the clerk, who alone writes what the public reads: a bell and a number that all
 * processes share. Without the bell the clerk looks twice a second, so a lost ring costs half a second and nothing else. */
#ifndef PUBLISH_WAKE_H
#define PUBLISH_WAKE_H
#include <signal.h>
#include "store/store.h"

int  wake_share(struct error *error);                          /* before the fork */
/* After the commit: rings, and waits until published/ is as the rows are, for two seconds at most. A withdrawn page is gone when its withdrawer is told. */
void wake_clerk(struct store *store);
/* The clerk's side: waits for the bell (signals open in that mask only), and says how far published/ has come (edition_serial). */
void wake_wait(const sigset_t *open, int milliseconds);
void wake_done(int64_t serial);
#endif
