/* The merge: every row that means "event" in the latest versions of the case's documents, in the order of its sort day. */
#ifndef CASE_CHRONOLOGY_H
#define CASE_CHRONOLOGY_H
#include "case/flow.h"

struct event { const struct document *document; int row;      /* its place among the events of that document, from 1 */
	 const char *id, *written, *precision, *words, *text, *source, *who, *kind, *significance; struct when when; };
/* Events of the documents the actor may read. The count, in order: sort day, then agency, then id; without a day last. */
int chronology_merge(void *ctx, struct flow *flow, struct event **list_r);
#endif
