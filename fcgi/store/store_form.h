/* Which form definitions have been released, by hash. */
#ifndef STORE_FORM_H
#define STORE_FORM_H
#include "store/store.h"
/* Remembers the hash of a form's first use; another hash under the same id and version is a CONFLICT (form.changed). */
int form_released(struct store *store, const char *id, int version, const unsigned char hash[SEAL_HASH], struct error *error);
#endif
