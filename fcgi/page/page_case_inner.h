/* Inside of page_case: what a case's page shares with those of its documents. */
#ifndef PAGE_PAGE_CASE_INNER_H
#define PAGE_PAGE_CASE_INNER_H
#include "case/clocks.h"
#include "page/model.h"

/* The steps that were done, newest first: of the case and its documents as far as the viewer knows them, or of one document. */
void case_acts(void *ctx, xml_node *c, const struct flow *flow, const struct document *only);
/* The flags that stand; why and by whom, for those who run the case or may set them. */
void case_flags(void *ctx, xml_node *c, const struct flow *flow);
/* What is at risk, a sentence each in an element of that name. */
void case_risks(xml_node *into, const char *element, const char *attribute, const struct flow *flow, const struct document *document);
/* What stands beside a document's state: "overdue" where a clock of it is, and the marks that its steps left. */
void case_beside(xml_node *into, const struct flow *flow, const struct document *document, const struct clock_view *clocks, int clock_count);
/* page_people.c: who takes part; for who may change that, whom and what to choose from. */
void case_people_show(void *ctx, xml_node *c, const struct flow *flow, struct error *error);
/* page_history_words.c: the titles of what an entry of the audit names by code. */
struct audit_row;
void history_words(void *ctx, xml_node *entry, const struct flow *flow, const struct audit_row *row);
/* page_note.c: what was noted on an event, oldest first. */
struct note; struct event;
void note_show(void *ctx, xml_node *into, const struct note *list, int count, const struct event *e);
#endif
