/* The clerk's side: published/ is a cache of the released rows. Only the clerk writes there. */
#ifndef PUBLISH_RELEASE_H
#define PUBLISH_RELEASE_H
#include <stdint.h>
#include "base/config.h"
#include "store/store_publication.h"
#include "adapter/xslt.h"

/* Headers nginx sends with a published page: part of what the gate checks. NULL-terminated. */
extern const char *const release_headers[];
/* Makes published/ equal to the released rows: <folder>/<slug>.html, withdrawn/<folder>/<slug>.html, index.html of the site and of each folder, feed; each by write to a temporary
 * name, fsync, rename. Files that are none of ours or differ are replaced or removed and counted in *repaired_r. `site` renders the lists. */
int release_sync(void *ctx, struct store *store, const struct config *config, const struct xslt *site, int *repaired_r, struct error *error);
/* A number that is another one once anybody has written below published/: cheap enough to be asked every few seconds. */
uint64_t release_trace(const struct config *config);
/* Every page on disk is the one that was released, and nothing else is there; lists: they, feeds and tombstones are what the rows make (which an older program
 * may have made otherwise, until the clerk has begun). Names the first that is not (published.differs, published.strange). */
int release_verify(void *ctx, struct store *store, const struct config *config, bool lists, int64_t *count_r, struct error *error);
#endif
