/* libmagic: what bytes are, by what they hold, whatever they are called. It parses hostile bytes: only inside the sandbox, only the beginning. */
#ifndef ADAPTER_SNIFF_H
#define ADAPTER_SNIFF_H
#include <stddef.h>
#include "base/error.h"

struct sniffer;
/* Its database is read here, before the fork: all processes share the pages. */
struct sniffer *sniffer_new(void *ctx, struct error *error);
/* "application/pdf"; "application/octet-stream" when nobody knows. */
char *sniff(void *ctx, struct sniffer *s, const void *bytes, size_t length);
#endif
