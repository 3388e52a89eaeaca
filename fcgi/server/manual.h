/* Rows of the program's tables as parts of its man pages (roff). */
#ifndef SERVER_MANUAL_H
#define SERVER_MANUAL_H
#include <stdio.h>

/* One entry: what is typed, in bold, what stands for something else, in italics, and what it does. */
void manual_item(FILE *to, const char *name, const char *arguments, const char *does);
#endif
