#include "page/request.h"
#include "page/request_inner.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <talloc.h>

#include "base/log.h"
#include "base/text.h"

#define MAX_STEPS  10
#define MULTIPART  65536     /* what the parts around a document may add to it */

static const char *param(const struct request *r, const char *name)
{
	const char *value = fastcgi_param(r->fastcgi, name);
	return value == NULL ? "" : value;
}

static int split_path(struct request *r, struct error *error)
{
	char *copy = talloc_strdup(r, r->path), *save = NULL;

	r->steps = talloc_zero_array(r, char *, MAX_STEPS + 1);
	for (char *step = strtok_r(copy, "/", &save); step != NULL; step = strtok_r(NULL, "/", &save)) {
		if (r->step_count == MAX_STEPS)
			return error_set(error, ERROR_MISSING, "request.missing", "There is no such page.");
		r->steps[r->step_count++] = step;
	}
	return 0;
}

static bool prefers_xml(const struct request *r)
{
	const char *accept = param(r, "HTTP_ACCEPT");
	double html = request_weight(accept, "text/html"), xml = request_weight(accept, "application/xml");

	if (*accept == '\0')
		return r->from_program;
	return xml > html || (r->from_program && xml >= html);
}

static bool is_xml(const struct request *r)
{
	return strcmp(r->type, "application/xml") == 0 || strcmp(r->type, "text/xml") == 0;
}

static size_t body_limit(const struct request *r, bool file)
{
	const struct config *c = r->house->config;

	if (strcmp(r->type, "application/x-www-form-urlencoded") == 0)
		return (size_t)c->max_form;
	if (text_starts(r->type, "multipart/"))      /* a file beside a form; a document in one */
		return (size_t)(file ? c->max_attachment + c->max_form : c->max_xml + MULTIPART);
	if (file)
		return (size_t)c->max_attachment;
	return (size_t)(is_xml(r) ? c->max_xml : c->max_other);
}

int request_fits(const struct request *r, bool file, struct error *error)
{
	return fastcgi_fits(r->fastcgi, body_limit(r, file), error);
}

/* Without its parameters, in small letters: it may be written in any case (RFC 9110 §8.3.1). */
static char *media_type(void *ctx, const char *type)
{
	char *made = talloc_strndup(ctx, type, strcspn(type, "; \t"));

	for (char *c = made; *c != '\0'; c++)
		*c = (char)tolower((unsigned char)*c);
	return made;
}

/* The value of a parameter of the content type, unquoted; "" when there is none (RFC 9110 §5.6.6). */
static char *type_parameter(void *ctx, const char *type, const char *name)
{
	const char *at = strchr(type, ';');
	size_t n = strlen(name);

	while (at != NULL) {
		at += 1 + strspn(at + 1, " \t");
		if (strncasecmp(at, name, n) == 0 && at[n] == '=') {
			bool quoted = at[n + 1] == '"';
			at += n + 1 + quoted;
			return talloc_strndup(ctx, at, strcspn(at, quoted ? "\"" : "; \t"));
		}
		at = strchr(at, ';');
	}
	return talloc_strdup(ctx, "");
}

/* A body is read as it is, XML as UTF-8: what says that it is something else would be taken for what it is not. */
static int check_coding(struct request *r, struct error *error)
{
	const char *coding = param(r, "HTTP_CONTENT_ENCODING"), *charset = type_parameter(r, param(r, "CONTENT_TYPE"), "charset");

	if (*coding != '\0' && strcasecmp(coding, "identity") != 0)
		return error_set(error, ERROR_MALFORMED, "request.encoding", "What was sent is packed (Content-Encoding: %.20s). Send it as it is.", coding);
	if (is_xml(r) && *charset != '\0' && strcasecmp(charset, "utf-8") != 0 && strcasecmp(charset, "utf8") != 0 && strcasecmp(charset, "us-ascii") != 0)
		return error_set(error, ERROR_MALFORMED, "request.charset", "What was sent says that it is in %.20s. Send it in UTF-8, and say so or nothing.", charset);
	return 0;
}

int request_body(struct request *r, bool file, struct error *error)
{
	int fields = (int)r->house->config->max_fields;
	char *body;
	size_t length;
	struct parts *parts;

	if (check_coding(r, error) != 0)
		return -1;

	if (fastcgi_body(r, r->fastcgi, body_limit(r, file), &body, &length, error) != 0)
		return -1;
	r->body = body;
	r->length = length;
	if (strcmp(r->type, "application/x-www-form-urlencoded") == 0)
		parts = multipart_urlencoded(r, body, length, fields, error);
	else if (text_starts(r->type, "multipart/form-data"))
		parts = multipart_form(r, param(r, "CONTENT_TYPE"), body, length, fields, error);
	else
		return 0;
	if (parts == NULL)
		return -1;
	r->form = parts;
	return 0;
}

struct request *request_read(void *ctx, struct house *house, struct fastcgi *f, struct error *error)
{
	struct request *r = talloc_zero(ctx, struct request);
	const char *method, *type;

	r->house = house;
	r->fastcgi = f;
	r->actor = (struct actor){ .pub = "", .login = "", .name = "", .roles = "", .agency = "" };
	r->id = talloc_strdup(r, param(r, "REQUEST_ID"));
	log_request(r->id, 0);
	method = param(r, "REQUEST_METHOD");
	r->head = strcmp(method, "HEAD") == 0;
	r->method = r->head || strcmp(method, "GET") == 0 ? METHOD_GET : strcmp(method, "POST") == 0 ? METHOD_POST : METHOD_OTHER;
	r->from_program = strncasecmp(param(r, "HTTP_AUTHORIZATION"), "Bearer ", strlen("Bearer ")) == 0;      /* RFC 9110 §11.1: in any case */
	r->wants_xml = prefers_xml(r);
	r->autosave = strcmp(param(r, "HTTP_X_AUTOSAVE"), "1") == 0;
	fastcgi_asked(f, r->wants_xml, r->method != METHOD_GET);
	type = param(r, "CONTENT_TYPE");
	r->type = media_type(r, type);
	r->form = talloc_zero(r, struct parts);
	r->query = talloc_zero(r, struct parts);
	r->path = request_path(r, param(r, "REQUEST_URI"), error);
	if (r->path == NULL || split_path(r, error) != 0)
		return r;
	{
		struct parts *query = multipart_urlencoded(r, param(r, "QUERY_STRING"), strlen(param(r, "QUERY_STRING")), 50, error);
		if (query == NULL)
			return r;
		r->query = query;
	}
	return r;
}

/* Behind TLS the name carries the prefix that binds it to the host, and no other name counts: a neighbouring host can set those. */
const char *request_cookie_name(const struct request *r)
{
	return text_starts(r->house->config->base_url, "https:") ? "__Host-dossier" : "dossier";
}

char *request_cookie(struct request *r, const char *name) { return request_cookie_in(r, param(r, "HTTP_COOKIE"), name); }

static void become(struct request *r, const struct account *a, int64_t token)
{
	r->known = true;
	r->actor = (struct actor){ a->id, a->pub, a->login, a->name, a->roles, a->agency, token };
	log_request(r->id, (long)a->id);
}

int request_who(struct request *r, struct error *error)
{
	const struct config *c = r->house->config;

	if (r->from_program) {
		int64_t token;
		struct account *a = people_token(r, r->house->store, param(r, "HTTP_AUTHORIZATION") + strlen("Bearer "), &token, error);
		if (a == NULL)
			return -1;
		become(r, a, token);
		return 0;
	}
	r->session = request_cookie(r, request_cookie_name(r));
	if (r->session != NULL) {
		struct session *s = people_session(r, r->house->store, r->session, c->session_idle_minutes, c->session_hours, error);
		if (s == NULL && error->kind != ERROR_STRANGER)
			return -1;
		if (s != NULL) {
			r->csrf = s->csrf;
			become(r, s->account, 0);
		}
	}
	return 0;
}

bool request_ours(const struct request *r)
{
	const char *origin = param(r, "HTTP_ORIGIN"), *site = param(r, "HTTP_SEC_FETCH_SITE");
	bool ours = strcmp(origin, r->house->config->base_url) == 0;

	/* Our pages send no referrer, for which browsers make the origin of their forms "null": then they must say by themselves that it is the same. */
	return *site == '\0' ? ours : strcmp(site, "same-origin") == 0 && (ours || *origin == '\0' || strcmp(origin, "null") == 0);
}

int request_genuine(const struct request *r, struct error *error)
{
	const char *origin = param(r, "HTTP_ORIGIN"), *site = param(r, "HTTP_SEC_FETCH_SITE"), *sent = parts_get(r->form, "csrf");

	if (r->from_program)
		return 0;
	if (*site != '\0' && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0)
		return error_set(error, ERROR_DENIED, "request.origin", "This request came from another site. Nothing was saved.");
	if (*origin != '\0' && strcmp(origin, "null") != 0 && strcmp(origin, r->house->config->base_url) != 0)
		return error_set(error, ERROR_DENIED, "request.origin", "This request came from another site. Nothing was saved.");
	if (!r->known)
		return 0;
	if (sent == NULL || r->csrf == NULL || strlen(sent) != strlen(r->csrf) || !seal_same(sent, r->csrf, strlen(sent)))
		return error_set(error, ERROR_DENIED, "request.csrf", "This page is from an earlier session, so nothing was saved. Go back, copy what you wrote, and load the page again.");
	return 0;
}

static bool is_reason(const char *name)
{
	return text_starts(name, "reason.") && name[7] != '\0' && strspn(name + 7, "0123456789") == strlen(name + 7);
}

struct parts *request_fields(void *ctx, const struct request *r)
{
	struct parts *fields = talloc_zero(ctx, struct parts);

	fields->list = talloc_array(fields, struct part, r->form->count + 1);
	for (int i = 0; i < r->form->count; i++) {
		const struct part *p = &r->form->list[i];
		if (!text_in_list("csrf rev once do row kept", p->name) && !is_reason(p->name))
			fields->list[fields->count++] = *p;
	}
	return fields;
}

const char **request_reasons(void *ctx, const struct request *r, int *count_r)
{
	const char **reasons = talloc_zero_array(ctx, const char *, 201);

	*count_r = 0;
	for (int i = 0; i < r->form->count; i++) {
		const struct part *p = &r->form->list[i];
		long n = is_reason(p->name) ? strtol(p->name + 7, NULL, 10) : 0;
		if (n < 1 || n > 200 || *text_trim(ctx, p->value) == '\0')
			continue;
		reasons[n - 1] = p->value;
		if (n > *count_r)
			*count_r = (int)n;
	}
	return reasons;
}

const char *request_header(const struct request *r, const char *name)
{
	return param(r, name);
}

long request_number(const struct parts *parts, const char *name, long fallback)
{
	const char *text = parts_get(parts, name);
	char *end;
	long n;

	if (text == NULL || *text == '\0')
		return fallback;
	n = strtol(text, &end, 10);
	return *end == '\0' && n >= 0 && n < 1000000000 ? n : fallback;
}
