/* The answers of a process that ends in a request, made before they are needed: for a person or a program, for want of time or of memory,
 * and for what was saved. The worker hands them to adapter/fastcgi, which writes one of them when the end has come. */
#ifndef PAGE_LAST_WORDS_H
#define PAGE_LAST_WORDS_H
#include "page/model.h"

/* FASTCGI_WORDS of them, at fastcgi_words_at; owned by ctx. Before the fork. */
struct fastcgi_words *last_words(void *ctx, struct house *house, struct error *error);
#endif
