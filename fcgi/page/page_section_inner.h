/* Inside of the section pages: page_section.c shows, page_section_save.c saves, page_section_files.c takes files, page_section_conflict.c asks what to keep. Nobody else includes this. */
#ifndef PAGE_PAGE_SECTION_INNER_H
#define PAGE_PAGE_SECTION_INNER_H
#include "form/compare.h"
#include "page/model.h"

struct desk { struct flow *flow; struct document *document; const struct library_form *form; const struct section *section; struct judge *judge; struct xml_doc *doc; int rev; char *base; };
/* change: the text will be written on. */
int desk_sit_down(void *ctx, struct request *r, struct desk *k, bool change, struct error *error);
xml_node *desk_frame(void *ctx, struct request *r, struct answer *answer, const struct desk *k, const char *is, const char *title);
/* The row that the page is about, a name of the form's; NULL when it is about the whole section. */
const char *desk_row(const struct request *r, const struct desk *k);
/* On the page of one row only what is wrong in that row is told: the other rows are not on it. row NULL: all. */
void desk_only_row(struct faults *faults, const char *row);
/* The address of a section's page, with the row it shows, and from where it was come to. row NULL: all of it. */
char *desk_address(void *ctx, const struct desk *k, const struct request *r, const char *row);

/* The page of a section: check what stands in it, or show these faults (NULL: none). */
int desk_show(void *ctx, struct request *r, struct answer *answer, const struct desk *k, bool check, struct faults *faults, struct error *error);
/* Files among the fields are kept, and become the ids that their fields hold; those that are refused are faults. Boxes ".remove" empty their fields. */
int desk_files(void *ctx, struct desk *k, struct parts *fields, struct faults *refused, struct error *error);

struct clashes { struct clash *list; int count; const char *by; instant at; };
/* What both changed is asked, both texts in sight. */
int desk_conflict(void *ctx, struct request *r, struct answer *answer, struct desk *k, const struct clashes *clashes, struct error *error);
/* The page once more, with what was chosen, when something was not (conflict.pick). by and at of clashes are known. */
int desk_ask_again(void *ctx, struct request *r, struct answer *answer, struct desk *k, struct clashes *clashes);
/* The answer to that page, on the text that it showed: per clash theirs, mine or new words, or whether a row stays. INVALID conflict.pick: not all were chosen. */
int desk_resolve(void *ctx, struct request *r, struct desk *k, struct xml_doc *doc, struct error *error);
#endif
