/* The commands `dossier user …` and `dossier token …`: accounts, agencies and API tokens from the command line, each audited as
 * done by the system. */
#ifndef SERVER_PEOPLE_H
#define SERVER_PEOPLE_H
#include "base/config.h"

/* argv begins after the command's name. What is to be shown goes to `to`. */
int people_user(const struct config *config, int argc, char *const *argv, FILE *to, struct error *error);
int people_token_command(const struct config *config, int argc, char *const *argv, FILE *to, struct error *error);
#endif
