/* The page model and the answer: one tree built by a handler, shown by one stylesheet or handed to a program as it is (xsl/README.md). */
#ifndef PAGE_MODEL_H
#define PAGE_MODEL_H
#include "adapter/xslt.h"
#include "case/flow.h"
#include "case/workflow.h"
#include "page/request.h"

struct answer {
	int status;
	struct xml_doc *model;               /* NULL: bytes, or nothing (a redirect) */
	const struct xslt *sheet;            /* what shows it; NULL: the site's */
	const char *location;                /* of a redirect (303) or of what was made (201) */
	const char *type; char *bytes; size_t length;    /* other than a page */
	const char *once;                    /* a word in it that no other answer may hold; NULL none */
	const char *headers;                 /* further header lines, each ending CRLF; NULL none */
};
xml_node *model_page(void *ctx, const struct request *r, struct answer *answer, const char *is, const char *title);   /* the root: site, viewer and navigation are in it */
/* Marks a form that is to be saved once, however often it is sent. */
void model_once(void *ctx, struct answer *answer, xml_node *form);
void model_trail(xml_node *page, const char *href, const char *text);        /* one step of the breadcrumbs */
void model_notice(xml_node *page, const char *kind, const char *title, const char *text);
void model_problems(xml_node *page, const struct faults *faults, bool link);   /* link: to the field on this page */
void model_problem(xml_node *page, const struct error *error, bool link);
/* Reasons that were given for passing warnings, as they are kept: "code<tab>say<tab>reason" or "code: reason", a line each. */
void model_passed(xml_node *into, const char *reasons);
/* <warnings>, each with the reason that was sent for it; sent without one, it is a problem of the page. */
void model_warnings(void *ctx, xml_node *page, const struct request *r, const struct faults *faults);
void model_case(xml_node *page, const struct flow *flow);                    /* <case reference type state …/> as facts of the page */
void model_action(xml_node *actions, const struct flow *flow, const struct choice *choice, const char *base);
/* The annotated instance of a form under <form>, and the instances it chooses from. */
xml_node *model_form(xml_node *page, const struct judge *judge, const struct xml_doc *doc, const struct faults *faults, struct error *error);
char *model_case_href(void *ctx, const struct flow *flow, const char *below);    /* "/work/cases/<pub>" + below */
/* What the answer to a fault is: an error page, or the model of one. */
void model_error(void *ctx, const struct request *r, struct answer *answer, const struct error *error);
void model_saved(const struct xml_doc *model, int saved);      /* on the model of an error: FASTCGI_SAVED_… */
void model_redirect(struct answer *answer, const char *to);
/* model_send.c. The model becomes bytes; the head of an answer with its bytes. */
int  model_show(void *ctx, const struct request *r, struct answer *answer, struct error *error);
char *model_head(void *ctx, const struct request *r, const struct answer *answer);
/* Writes the answer: transforms, serialises, heads. */
void model_send(void *ctx, struct request *r, struct answer *answer);
#endif
