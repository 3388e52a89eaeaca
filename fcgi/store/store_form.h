/* Which form definitions have been released, by hash. */
#ifndef STORE_FORM_H
#define STORE_FORM_H
#include "store/store.h"
/* Remembers the hash of a form's first use; another hash under the same id and version is a CONFLICT (form.changed). */
int form_released(struct store *store, const char *id, int version, const unsigned char hash[SEAL_HASH], struct error *error);
/* Calls fn for every definition that was ever released; a result other than 0 stops and is returned. */
int form_each_released(struct store *store, int (*fn)(void *data, const char *id, int version), void *data, struct error *error);
#endif
