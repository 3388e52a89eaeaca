/* The table of addresses: method, pattern, handler. And the whole application for a process: load, open, serve. */
#ifndef PAGE_ROUTE_H
#define PAGE_ROUTE_H
#include <stdio.h>
#include "page/model.h"

/* A handler gets the request and fills the answer, or returns -1 with the error, which becomes the page of it. */
typedef int (*page_handler)(void *ctx, struct request *r, struct answer *answer, struct error *error);
/* In a pattern '*' is one step; open: for strangers too; file: its body may be, or bring, an attached file; keeps: what is typed is kept when the session has ended;
 * again: what it shows depends on request, account, databases and time alone, and showing it changes nothing (page/again). */
struct route { enum method method; const char *pattern; bool open; page_handler handler; bool file, keeps, again; };
void route_print(FILE *to);

int app_start(struct error *error);       /* the libraries, once a process tree; app_load does it too */
struct app;
struct app *app_load(void *ctx, const struct config *config, struct error *error);    /* before the fork: plugins, forms, stylesheets, holidays; no database */
/* Every form that is loaded is the one that was released under its name; a changed one stops the start (in development it is said and goes on). */
int  app_forms_released(struct app *app, struct store *store, struct error *error);
int  app_open(struct app *app, struct error *error);                                   /* in each process, after the fork */
void app_listen(struct app *app, struct fastcgi *f);                                   /* and, in a worker, before the first request */
void app_serve(struct app *app, struct fastcgi *f);
/* While nobody asks: lets go of what is kept for requests to come, when its time is over. */
void app_rest(void *app);
struct house *app_house(struct app *app);
#endif
