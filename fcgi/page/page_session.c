#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "page/pages.h"
#include "store/store_audit.h"

/* Where to after signing in: only to an address of our own, below /work. */
static const char *next_of(const struct parts *parts)
{
	const char *next = parts_get(parts, "next");

	if (next == NULL || !text_starts(next, "/work") || (next[5] != '\0' && next[5] != '/'))
		return "/work";
	return strpbrk(next, "\\\r\n:") == NULL && strstr(next, "/.") == NULL && strstr(next, "//") == NULL ? next : "/work";
}

xml_node *page_sign_in_ask(void *ctx, struct request *r, struct answer *answer, const char *next, const char *login)
{
	xml_node *page = model_page(ctx, r, answer, "sign-in", "Sign in"), *s = xml_add(page, "sign-in");

	xml_set(s, "next", next);
	xml_set(s, "login", login);
	return page;
}

int page_sign_in(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	(void)error;
	page_sign_in_ask(ctx, r, answer, next_of(r->query), "");
	return 0;
}

static const char *set_cookie(void *ctx, const struct request *r, const char *token, bool end)
{
	bool tls = text_starts(r->house->config->base_url, "https:");

	return talloc_asprintf(ctx, "Set-Cookie: %s=%s; Path=/; HttpOnly; SameSite=Lax%s%s\r\n", request_cookie_name(r), token,
		tls ? "; Secure" : "", end ? "; Max-Age=0" : "");
}

int page_sign_in_post(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	const char *login = parts_get(r->form, "login"), *password = parts_get(r->form, "password");
	struct account *account;
	char token[SEAL_TOKEN];

	if (login == NULL || password == NULL || *login == '\0' || *password == '\0')
		error_set(error, ERROR_INVALID, "sign-in.empty", "Enter your user name and your password.");
	account = error->kind != ERROR_NONE ? NULL : people_sign_in(ctx, r->house->store, login, password, error);
	if (account == NULL) {
		xml_node *page;
		if (error->kind != ERROR_STRANGER && error->kind != ERROR_BUSY && error->kind != ERROR_INVALID)
			return -1;
		if (error->kind == ERROR_STRANGER)
			audit_stranger();
		page = page_sign_in_ask(ctx, r, answer, next_of(r->form), login == NULL ? "" : login);
		error_at(error, "login", 0, 0);
		model_problem(page, error, true);
		answer->status = error->kind == ERROR_STRANGER ? 401 : error_status(error->kind);
		return 0;
	}
	if (people_session_open(r->house->store, account, token, error) != 0)
		return -1;
	answer->headers = set_cookie(ctx, r, token, false);
	model_redirect(answer, kept_any(ctx, r, account->id) ? "/work/kept" : strcmp(next_of(r->form), "/work/kept") == 0 ? "/work" : text_path(ctx, next_of(r->form)));
	return 0;
}

int page_sign_out(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	if (r->session != NULL && people_session_close(r->house->store, r->session, error) != 0)
		return -1;
	answer->headers = talloc_asprintf(ctx, "%sClear-Site-Data: \"cache\", \"storage\"\r\n", set_cookie(ctx, r, "", true));
	model_redirect(answer, "/sign-in");
	return 0;
}

int page_extend(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	(void)ctx;
	(void)r;
	(void)error;
	answer->status = 204;      /* asking was enough: who asked has been seen */
	return 0;
}
