/* Inside of the publication pages: page_publication.c finds what they are about, page_publication_show.c shows, page_publish.c does. Nobody else includes this. */
#ifndef PAGE_PAGE_PUBLICATION_INNER_H
#define PAGE_PAGE_PUBLICATION_INNER_H
#include "page/model.h"
#include "publish/candidate.h"

struct place { struct flow *flow; struct publication *p; const struct dossier_publication *row; struct candidate *latest; struct approval *approvals; int approval_count; char *base; };
extern struct publishing *place_publishing;       /* the word lists, loaded before the fork */
int place_find(void *ctx, struct request *r, struct place *l, struct error *error);
const char *place_next_approver(void *ctx, const struct place *l);       /* whose turn it is; NULL when all have approved */
int place_make(void *ctx, const struct place *l, struct making **m, struct error *error);
/* The step of the document by which each candidate is tested before anybody approves it; NULL: there is none. */
const struct dossier_transition *place_test(const struct place *l);
/* Was exactly this candidate tested? 1 (or there is no such step, or no candidate); 0, and *say_r: who has to do what, and where; -1. */
int place_tested(void *ctx, const struct place *l, char **say_r, struct error *error);
bool place_may_withdraw(const struct place *l);
char *place_held(void *ctx, const struct place *l);      /* NULL: nothing stops it */
/* The day in the page. */
day place_day(const struct place *l);
/* The page, with a problem on top when there is one. */
int place_show(void *ctx, struct request *r, struct answer *answer, const struct place *l, const struct error *problem, struct error *error);
#endif
