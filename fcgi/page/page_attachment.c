#include <string.h>
#include <talloc.h>

#include "base/log.h"
#include "base/text.h"
#include "case/attachment.h"
#include "case/file_types.h"
#include "page/page_document_inner.h"
#include "page/pages.h"

/* Attached files at addresses of their own: a program sends one and gets the id that its document then names; a person opens one. */

/* The bytes and their name: of the part `file` of a form, or of the body itself. */
static int sent(void *ctx, const struct request *r, const char **bytes_r, size_t *length_r, const char **name_r, struct error *error)
{
	for (int i = 0; i < r->form->count; i++) {
		const struct part *part = &r->form->list[i];
		if (strcmp(part->name, "file") != 0 || part->file_name == NULL)
			continue;
		*bytes_r = part->value;
		*length_r = part->length;
		*name_r = part->file_name;
		return 0;
	}
	if (r->length == 0 || text_starts(r->type, "multipart/") || strcmp(r->type, "application/x-www-form-urlencoded") == 0)
		return error_set(error, ERROR_MALFORMED, "attachment.none", "There is no file. Send it as the body, or as the part “file” of a form.");
	*bytes_r = r->body;
	*length_r = r->length;
	*name_r = file_name_sent(ctx, request_header(r, "HTTP_CONTENT_DISPOSITION"));
	return 0;
}

static const char *field_asked(const struct request *r)
{
	const char *field = parts_get(r->query, "field");

	field = field != NULL ? field : parts_get(r->form, "field");
	return field != NULL ? field : "";
}

int page_attach(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	const char *bytes = NULL, *name = NULL;
	size_t length = 0;
	struct attachment a;
	struct spot s;
	xml_node *page, *e;

	if (spot_find(ctx, r, &s, error) != 0 || sent(ctx, r, &bytes, &length, &name, error) != 0 ||
	    attachment_take(ctx, s.flow, s.document, s.form->form, field_asked(r), name, bytes, length, &a, error) != 0)
		return -1;
	page = spot_frame(ctx, r, answer, &s, "message", "File received");
	e = xml_add(page, "message");
	xml_set(e, "title", "File received");
	xml_add_text(e, "p", talloc_asprintf(ctx, "%s is kept. It belongs to the document once the document names it.", file_words(ctx, &a)));
	e = xml_add(page, "attachment");
	xml_set(e, "id", a.pub);
	xml_set(e, "field", a.field);
	xml_set(e, "type", a.type);
	xml_set(e, "name", a.name);
	xml_setf(e, "size", "%zu", a.size);
	xml_set(e, "sha256", a.sha256);
	answer->location = talloc_asprintf(ctx, "%s/attachments/%s", s.base, a.pub);
	xml_set(e, "href", answer->location);
	answer->status = 201;
	return 0;
}

/* Saved, never shown: whatever is in it, no browser runs it as a page of ours. The policy stands beside nginx's own, and both hold. */
static const char safe[] = "Content-Security-Policy: sandbox; default-src 'none'\r\nX-Download-Options: noopen\r\n";

int page_attachment(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	const struct file_type *type;
	struct attachment *a;
	struct error unkept;
	struct spot s;

	if (spot_find(ctx, r, &s, error) != 0)
		return -1;
	a = attachment_find(ctx, s.flow, s.document, s.form->form, r->steps[6], error);
	if (a == NULL)
		return -1;
	answer->bytes = attachment_bytes(ctx, r->house->store, s.document, a, error);
	if (answer->bytes == NULL)
		return -1;
	/* Without room for the entry the file still opens: who reads on in an emergency is in the log. */
	if (attachment_opened(r->house->store, &r->actor, s.document, a, &unkept) != 0)
		log_line(LOG_WARN, "attachment.open", "document=%s attachment=%s audit=%s", s.document->pub, a->pub, unkept.code);
	type = file_type(a->type);
	answer->type = type != NULL ? type->mime : "application/octet-stream";
	answer->length = a->size;
	answer->headers = talloc_asprintf(ctx, "%s%s", file_disposition(ctx, a->name), safe);
	return 0;
}
