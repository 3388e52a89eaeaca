#include "case/attachment.h"

#include <string.h>
#include <talloc.h>
#include "case/file_types.h"
#include "case/submission.h"

static const struct field *only_field(const struct form *form)
{
	const struct field *only = NULL;

	for (int i = 0; i < form->field_count; i++)
		if (form->fields[i].type == FIELD_ATTACHMENT) {
			if (only != NULL)
				return NULL;
			only = &form->fields[i];
		}
	return only;
}

static int refused(struct error *error, const char *field)
{
	return error_at(error, field, 0, 0);
}

int attachment_take(void *ctx, struct flow *flow, const struct document *document, const struct form *form, const char *field, const char *name,
	const char *bytes, size_t length, struct attachment *attachment_r, struct error *error)
{
	const struct field *f = *field != '\0' ? form_field(form, field) : only_field(form);
	long long most = (long long)flow->house->config->max_attachment;
	struct store *store = flow->house->store;
	const struct file_type *type;
	int result;

	if (submission_may_write(flow, document, error) != 0)
		return -1;
	if (f == NULL || f->type != FIELD_ATTACHMENT) {
		error_set(error, ERROR_INVALID, "attachment.field", "Say for which question of the form the file is: field=, with the name of a question that takes a file.");
		return refused(error, field);
	}
	if (!judge_may_fill(flow_judge(ctx, flow, form, document), f)) {
		error_set(error, ERROR_DENIED, "attachment.field", "This question is not for you to answer.");
		return refused(error, field);
	}
	if (length > (size_t)most) {
		error_set(error, ERROR_TOO_LARGE, "attachment.large", "The file must be smaller than %lld MB. Make it smaller, or send it in parts", most >> 20);
		return refused(error, field);
	}
	type = file_type_of(flow->house->sniffer, bytes, length, error);
	if (type == NULL)
		return refused(error, field);
	if (store_begin(store, error) != 0)
		return -1;
	result = attachment_add(ctx, store, flow->actor, document, f->pattern, type->code, file_name_clean(ctx, name, type), bytes, length, attachment_r, error);
	if (result == 0)
		return store_commit(store, error);
	store_rollback(store);
	return result;
}

struct attachment *attachment_find(void *ctx, struct flow *flow, const struct document *document, const struct form *form, const char *pub, struct error *error)
{
	struct attachment *a = attachment_get(ctx, flow->house->store, document, pub, error);
	const struct field *f = a == NULL ? NULL : form_field(form, a->field);

	if (a == NULL)
		return NULL;
	if (f != NULL && judge_may_see(flow_judge(ctx, flow, form, document), f))
		return a;
	error_set(error, ERROR_MISSING, "attachment.missing", "There is no such file in this document, or it is not for you.");
	return NULL;
}
