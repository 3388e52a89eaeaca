/* The handlers, by family: one file each. */
#ifndef PAGE_PAGES_H
#define PAGE_PAGES_H
#include "page/model.h"

#define PAGE(name) int name(void *ctx, struct request *r, struct answer *answer, struct error *error)
/* page_session.c */ PAGE(page_sign_in); PAGE(page_sign_in_post); PAGE(page_sign_out); PAGE(page_extend);
xml_node *page_sign_in_ask(void *ctx, struct request *r, struct answer *answer, const char *next, const char *login);      /* the page that asks to sign in */
/* page_kept.c */ PAGE(page_kept); PAGE(page_kept_post);
int kept_park(void *ctx, struct request *r, struct answer *answer, struct error *error);      /* 1 kept, and the answer says so; 0 not of the kind that is kept */
bool kept_any(void *ctx, struct request *r, int64_t account);
int kept_done(void *ctx, struct request *r, struct error *error);      /* what the form names as kept has been taken */
/* page_work.c */ PAGE(page_dashboard); PAGE(page_open_case);
/* page_owed.c */ PAGE(page_owed);
/* page_note.c */ PAGE(page_comments); PAGE(page_comments_post); PAGE(page_note); PAGE(page_note_post);
/* page_case.c */ PAGE(page_case); PAGE(page_people_add); PAGE(page_people_remove); PAGE(page_history); PAGE(page_chronology); PAGE(page_said);
/* page_act.c */ PAGE(page_act); PAGE(page_act_post); PAGE(page_document_act); PAGE(page_document_act_post);
/* page_document.c */ PAGE(page_document_new); PAGE(page_document); PAGE(page_document_xml); PAGE(page_submit); PAGE(page_submit_post); PAGE(page_version); PAGE(page_receipt); PAGE(page_copy); PAGE(page_compare); PAGE(page_upload);
/* page_attachment.c */ PAGE(page_attach); PAGE(page_attachment);
/* page_section.c */ PAGE(page_section); PAGE(page_section_post);
/* page_publication.c */ PAGE(page_publication_new); PAGE(page_publication); PAGE(page_publication_post); PAGE(page_preview); PAGE(page_publication_confirm);
int publication_start(void *ctx, struct house *house, struct error *error);      /* before the fork: the word lists */
char *page_said_href(void *ctx, const struct flow *flow, const struct act *a);      /* where what was said with a step can be read; NULL when nothing or not by this person */
const char *publication_state_words(const char *state);
/* page_forms.c */ PAGE(page_forms); PAGE(page_form);
/* page_misc.c */ PAGE(page_health); PAGE(page_clock); PAGE(page_sleep); PAGE(page_memory);
#endif
