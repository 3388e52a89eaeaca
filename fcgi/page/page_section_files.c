#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "case/attachment.h"
#include "page/page_section_inner.h"

/* Files that come with the answers of a section. A file becomes the id that the field holds; one that is refused costs no other answer. */

static const struct field *field_of(const struct desk *k, const char *name, const char *ending)
{
	char *bare = text_ends(name, ending) ? talloc_strndup(NULL, name, strlen(name) - strlen(ending)) : NULL;
	const struct field *field = bare == NULL ? NULL : form_field(k->form->form, bare);

	talloc_free(bare);
	return field != NULL && field->type == FIELD_ATTACHMENT ? field : NULL;
}

/* The part for the same field that a file came with. */
static bool has_file(const struct parts *fields, const char *name, size_t length)
{
	for (int i = 0; i < fields->count; i++)
		if (fields->list[i].file_name != NULL && strlen(fields->list[i].name) == length && memcmp(fields->list[i].name, name, length) == 0)
			return fields->list[i].length > 0 || *fields->list[i].file_name != '\0';
	return false;
}

/* A file into its id: 1 the part stays, 0 it goes, -1 the request fails. */
static int take(void *ctx, struct desk *k, struct part *part, struct faults *refused, struct error *error)
{
	struct attachment a;

	if (part->length == 0 && *part->file_name == '\0')      /* nothing was chosen */
		return 0;
	if (attachment_take(ctx, k->flow, k->document, k->form->form, part->name, part->file_name, part->value, part->length, &a, error) == 0) {
		*part = (struct part){ .name = part->name, .value = talloc_strdup(ctx, a.pub), .length = strlen(a.pub) };
		return 1;
	}
	if (error->kind != ERROR_INVALID && error->kind != ERROR_TOO_LARGE)
		return -1;
	faults_add(refused, 0, error->code, part->name, 0, "%s", error->say);
	*error = (struct error){0};
	return 0;
}

int desk_files(void *ctx, struct desk *k, struct parts *fields, struct faults *refused, struct error *error)
{
	int kept = 0, stays;
	bool taken = false;

	for (int i = 0; i < fields->count; i++) {
		struct part part = fields->list[i];
		size_t bare = strlen(part.name) - strlen(".remove");

		stays = 1;
		if (part.file_name != NULL && field_of(k, part.name, "") != NULL)
			stays = take(ctx, k, &part, refused, error);
		else if (part.file_name == NULL && field_of(k, part.name, ".remove") != NULL) {
			stays = *part.value != '\0' && !has_file(fields, part.name, bare);      /* a new one takes its place anyway */
			part = (struct part){ .name = talloc_strndup(ctx, part.name, bare), .value = "" };
		}
		if (stays < 0)
			return -1;
		taken = taken || (stays && fields->list[i].file_name != NULL);
		if (stays)
			fields->list[kept++] = part;
	}
	fields->count = kept;
	if (taken)      /* it knows the files of this document */
		k->judge = flow_judge(ctx, k->flow, k->form->form, k->document);
	return 0;
}
