/* The answer becomes bytes and goes out. */
#include "page/model.h"

#include <string.h>
#include <talloc.h>

#include "adapter/html.h"
#include "base/log.h"

static const char *reason_of(int status)
{
	static const struct { int status; const char *words; } table[] = { { 200, "OK" }, { 201, "Created" }, { 204, "No Content" }, { 303, "See Other" },
		{ 400, "Bad Request" }, { 401, "Unauthorized" }, { 403, "Forbidden" }, { 404, "Not Found" }, { 405, "Method Not Allowed" }, { 409, "Conflict" },
		{ 410, "Gone" }, { 413, "Content Too Large" }, { 422, "Unprocessable Content" }, { 500, "Internal Server Error" }, { 503, "Service Unavailable" }, { 507, "Insufficient Storage" } };

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		if (table[i].status == status)
			return table[i].words;
	return "Answer";
}

/* The model becomes bytes: itself for a program, HTML for a person. */
int model_show(void *ctx, const struct request *r, struct answer *answer, struct error *error)
{
	struct xml_doc *html;

	if (r->wants_xml) {
		answer->type = "application/xml; charset=utf-8";
		answer->bytes = xml_write(ctx, xml_root(answer->model), &answer->length);
		return 0;
	}
	answer->type = "text/html; charset=utf-8";
	html = xslt_apply(ctx, answer->sheet == NULL ? r->house->library->site : answer->sheet, answer->model, error);
	answer->bytes = html == NULL ? NULL : html_write(ctx, html, &answer->length, error);
	return answer->bytes == NULL ? -1 : 0;
}

static void plain_failure(struct answer *answer)
{
	static const char text[] = "Something went wrong on our side. Try again in a moment.\n";

	answer->status = 500;
	answer->type = "text/plain; charset=utf-8";
	answer->bytes = (char *)(uintptr_t)text;
	answer->length = sizeof text - 1;
}

/* A program is not sent elsewhere: it is told that it is done, and where to look. */
static void tell_done(void *ctx, const struct request *r, struct answer *answer)
{
	xml_node *page = model_page(ctx, r, answer, "done", "Done");

	xml_set(xml_add(page, "done"), "href", answer->location);
	answer->status = 200;
}

char *model_head(void *ctx, const struct request *r, const struct answer *answer)
{
	char *head = talloc_asprintf(ctx, "Status: %d %s\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n", answer->status, reason_of(answer->status));

	if (answer->location != NULL)
		head = talloc_asprintf_append(head, "Location: %s\r\n", answer->location);
	if (answer->status == 401 && r->from_program)
		head = talloc_asprintf_append(head, "WWW-Authenticate: Bearer realm=\"dossier\"\r\n");
	if (answer->bytes != NULL)
		head = talloc_asprintf_append(head, "Content-Type: %s\r\nContent-Length: %zu\r\n", answer->type, answer->length);
	else
		head = talloc_asprintf_append(head, "Content-Length: 0\r\n");
	return talloc_asprintf_append(head, "Vary: Accept, Cookie\r\n%s\r\n", answer->headers == NULL ? "" : answer->headers);
}

void model_send(void *ctx, struct request *r, struct answer *answer)
{
	struct error error = {0};
	char *head;

	if (answer->status == 303 && answer->model == NULL && r->wants_xml)
		tell_done(ctx, r, answer);

	if (answer->model != NULL && answer->bytes == NULL && model_show(ctx, r, answer, &error) != 0) {
		log_line(LOG_ERROR, "page.failed", "code=%s", error.code);
		model_error(ctx, r, answer, &error);
		answer->status = 500;
		if (model_show(ctx, r, answer, &error) != 0)
			plain_failure(answer);
	}
	head = model_head(ctx, r, answer);
	if (!fastcgi_answer(r->fastcgi, head, strlen(head), answer->bytes, r->head || answer->bytes == NULL ? 0 : answer->length))
		log_line(LOG_INFO, "client.gone", "status=%d", answer->status);
}
