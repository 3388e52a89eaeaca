/* The parent of all: loads everything once, opens the socket, forks the workers and the clerk, replaces who dies, and on SIGHUP
 * becomes the new version of itself. It holds no database connection, ever, and serves nothing. */
#ifndef SERVER_MASTER_H
#define SERVER_MASTER_H
#include "base/config.h"

/* Runs until SIGTERM or SIGINT (0) or until it cannot (-1). config_path and program are absolute: SIGHUP starts them again. */
int master_run(const struct config *config, const char *config_path, const char *program, struct error *error);
#endif
