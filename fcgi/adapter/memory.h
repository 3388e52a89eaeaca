/* The memory of a process that serves one request after the other. */
#ifndef ADAPTER_MEMORY_H
#define ADAPTER_MEMORY_H

struct memory;
/* In the process that will give back, before it confines itself. */
struct memory *memory_new(void *ctx);
/* Around a request with a body of so many bytes: what a large one takes goes back to the system. Little is done for the others. */
void memory_before(struct memory *m, const char *length);
void memory_after(struct memory *m);
#endif
