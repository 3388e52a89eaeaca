/* A request as typed values: nothing past here sees raw bytes. */
#ifndef PAGE_REQUEST_H
#define PAGE_REQUEST_H
#include "adapter/fastcgi.h"
#include "base/multipart.h"
#include "case/house.h"
#include "store/store_people.h"

enum method { METHOD_GET, METHOD_POST, METHOD_OTHER };
struct request {
	struct house *house;
	struct fastcgi *fastcgi;
	enum method method; bool head;
	const char *path;                    /* decoded, "/work/cases/…", no query */
	char **steps; int step_count;        /* its parts */
	struct parts *query, *form;          /* form: of a POST that is one; else empty */
	const char *type;                    /* content type without parameters, "" */
	char *body; size_t length;           /* of a POST that is no form */
	bool wants_xml;                      /* Accept ranks application/xml above text/html */
	bool from_program;                   /* came with a bearer token: no cookie, no CSRF */
	bool autosave;
	const char *id;                      /* nginx's request id */
	struct actor actor;                  /* account 0 and empty names: nobody */
	bool known;
	char *csrf, *session;                /* of the session, NULL if none */
};
/* The head of it: all but the body. Malformed: the error, beside the request. */
struct request *request_read(void *ctx, struct house *house, struct fastcgi *f, struct error *error);
const char *request_cookie_name(const struct request *r);
/* Of a POST, by its type and whether it may bring a file (the limits: base/config). Does it fit, as far as it says? The whole body: TOO_LARGE, MALFORMED. */
int request_fits(const struct request *r, bool file, struct error *error);
int request_body(struct request *r, bool file, struct error *error);
/* Who is asking: bearer token or session cookie. STRANGER for a wrong token; nobody (known = false) without either. */
int request_who(struct request *r, struct error *error);
/* A POST by a session needs the session's token in the form and an origin that is ours. DENIED (request.csrf). */
int request_genuine(const struct request *r, struct error *error);
/* Did the browser say that the form stands on a page of ours? */
bool request_ours(const struct request *r);
/* The cookie of that name, NULL if none. */
char *request_cookie(struct request *r, const char *name);
/* The parts that are fields of a form: all but csrf, rev, once, do and the reasons given for warnings ("reason.1"). Borrowed values. */
struct parts *request_fields(void *ctx, const struct request *r);
/* The reasons given for warnings, in order; NULL where none was given. */
const char **request_reasons(void *ctx, const struct request *r, int *count_r);
/* A parameter of the server's, as nginx hands it on; "" if absent. */
const char *request_header(const struct request *r, const char *name);
/* Whole numbers ("rev"); fallback when absent or none. */
long request_number(const struct parts *parts, const char *name, long fallback);
#endif
