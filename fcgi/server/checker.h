/* `dossier check` in a process of its own, before a reload: the new files are read by the new program, and this one is never half changed. */
#ifndef SERVER_CHECKER_H
#define SERVER_CHECKER_H
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct checker { pid_t pid; int from; bool again; };      /* pid 0: none runs; from: what it says; again: asked for another time meanwhile */

/* All signals stay blocked in it as they are in the master, but KILL. While one runs, another is to follow it: what was put there after it began is another set of files. */
void checker_start(struct checker *c, const char *program, const char *config);
/* It has ended: do the files stand? If not, the last line that it said, for the log's one line. */
bool checker_ended(struct checker *c, int status, char *said_r, size_t size);
#endif
