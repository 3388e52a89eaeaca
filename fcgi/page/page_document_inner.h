/* Inside of the document pages: page_document.c shows, page_document_read.c reads versions, page_document_take.c takes in. Nobody else includes this. */
#ifndef PAGE_PAGE_DOCUMENT_INNER_H
#define PAGE_PAGE_DOCUMENT_INNER_H
#include "page/model.h"
#include "store/store_version.h"

struct spot { struct flow *flow; struct document *document; const struct library_form *form; char *base; };
bool spot_known(const struct flow *flow, const struct document *d);           /* may the actor know of it at all? */
int spot_find(void *ctx, struct request *r, struct spot *s, struct error *error);
xml_node *spot_frame(void *ctx, struct request *r, struct answer *answer, const struct spot *s, const char *is, const char *title);
xml_node *spot_facts(void *ctx, xml_node *page, const struct spot *s);         /* <document …> */
void spot_link(xml_node *links, const char *href, const char *text);
/* A version as the actor may read it: its text and a judge that knows what of it is withheld. */
struct reading { struct version *version; struct xml_doc *doc; const struct library_form *form; struct judge *judge; bool all; };
bool spot_sees_all(const struct judge *judge);
int spot_read(void *ctx, struct request *r, struct spot *s, const char *number, struct reading *reading_r, struct error *error);
/* <receipt …>: what was received of whom, when, as which version; the fingerprint only to whoever may see all of the text. */
void spot_receipt(void *ctx, xml_node *page, const struct spot *s, int n, const char *sha256, instant at, bool same);
#endif
