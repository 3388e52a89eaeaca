/* Inside of plugin: plugin.c loads, plugin_check.c holds the tables against each other. Nobody else includes this. */
#ifndef PLUGIN_PLUGIN_INNER_H
#define PLUGIN_PLUGIN_INNER_H
#include "plugin/plugin.h"

/* Says no, naming the file; returns -1. */
int plugin_refuse(struct error *error, const char *file, const char *code, const char *say, ...) __attribute__((format(printf, 4, 5)));
/* Is each of the states, separated by '|' or blanks, there? The first that is not is copied to missing. */
bool plugin_states_known(const struct plugin *p, const char *machine, const char *states, char *missing, size_t room);
int plugin_check(const struct plugin *p, const struct library *library, struct error *error);
#endif
