/* Inside of the document pages: page_document.c shows, page_document_take.c takes in. Nobody else includes this. */
#ifndef PAGE_PAGE_DOCUMENT_INNER_H
#define PAGE_PAGE_DOCUMENT_INNER_H
#include "page/model.h"

struct spot { struct flow *flow; struct document *document; const struct library_form *form; char *base; };
bool spot_known(const struct flow *flow, const struct document *d);           /* may the actor know of it at all? */
int spot_find(void *ctx, struct request *r, struct spot *s, struct error *error);
xml_node *spot_frame(void *ctx, struct request *r, struct answer *answer, const struct spot *s, const char *is, const char *title);
xml_node *spot_facts(void *ctx, xml_node *page, const struct spot *s);         /* <document …> */
#endif
