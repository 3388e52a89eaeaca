/* `dossier backup`, `restore`, `migrate`, `shred`, `rotate`: what keeps the data, and what ends it. */
#ifndef SERVER_KEEP_H
#define SERVER_KEEP_H
#include <stdio.h>
#include "base/config.h"

int keep_backup(const struct config *config, int argc, char **argv, FILE *to, struct error *error);     /* DIR */
int keep_restore(const struct config *config, int argc, char **argv, FILE *to, struct error *error);    /* DIR [STAMP] */
int keep_migrate(const struct config *config, int argc, char **argv, FILE *to, struct error *error);
int keep_shred(const struct config *config, int argc, char **argv, FILE *to, struct error *error);      /* REFERENCE [--yes] */
int keep_rotate(const struct config *config, int argc, char **argv, FILE *to, struct error *error);     /* FILE */
#endif
