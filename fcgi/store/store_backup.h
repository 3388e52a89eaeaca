/* Backups: DIR/data/dossier-<stamp>.db with all that is kept, and apart from it DIR/keys/keys-<stamp>.db with the keys of cases, which is to live
 * shorter: a case that was shredded is gone when the last copy of its key is. Beside each file stands its SHA-256, as sha256sum writes it.
 * The stamp is the instant in UTC: 20261125T021530Z. The master key is in none of them. */
#ifndef STORE_BACKUP_H
#define STORE_BACKUP_H
#include "store/store.h"

enum { BACKUP_STAMP = 17 };
struct backup { char stamp[BACKUP_STAMP]; char *main_path, *keys_path; };

/* Makes both, checked; a directory that is not there is made (0700). */
int  backup_make(void *ctx, struct store *store, const char *dir, struct backup *backup_r, struct error *error);
/* The one of that stamp, NULL: the newest; with the newest keys, which must not be older (a case of the backup may have no key in older ones). */
int  backup_find(void *ctx, const char *dir, const char *stamp, struct backup *backup_r, struct error *error);
/* Removes what is older than so many days; the newest of both stay. */
int  backup_prune(const char *dir, int64_t main_days, int64_t keys_days, int *removed_r, struct error *error);
/* When the newest was made, of all or of the keys alone; 0: there is none. */
instant backup_newest(const char *dir);
instant backup_newest_keys(const char *dir);
/* Bytes as they were written? backup.damaged */
int  backup_whole(const struct backup *backup, struct error *error);

/* Into an empty place, of this schema or an older one, which is then brought up to date; the master key must be there. */
int  store_restore(const struct config *config, const struct backup *backup, struct store_migration *migration_r, struct error *error);

/* What /health says, in memory that all processes share: since when there is no newer backup; 0: nobody asked for backups. */
int  backup_share(struct error *error);       /* before the fork */
void backup_note(instant newest);
instant backup_noted(void);
#endif
