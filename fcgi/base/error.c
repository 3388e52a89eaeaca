#include "base/error.h"

#include <stdio.h>
#include <string.h>
#include <talloc.h>

/* The one place where the HTTP status is decided: a kind added above must get its row here. */
static const struct {
	int status;
	const char *name;
} kinds[ERROR_KINDS] = {
	[ERROR_NONE] = { 200, "none" },
	[ERROR_MALFORMED] = { 400, "malformed" },
	[ERROR_STRANGER] = { 401, "stranger" },
	[ERROR_DENIED] = { 403, "denied" },
	[ERROR_MISSING] = { 404, "missing" },
	[ERROR_METHOD] = { 405, "method" },
	[ERROR_CONFLICT] = { 409, "conflict" },
	[ERROR_GONE] = { 410, "gone" },
	[ERROR_TOO_LARGE] = { 413, "too-large" },
	[ERROR_INVALID] = { 422, "invalid" },
	[ERROR_FAULT] = { 500, "fault" },
	[ERROR_BUSY] = { 503, "busy" },
	[ERROR_FULL] = { 507, "full" },
};

/* A full buffer may end within a character; half a character would make the page that shows it malformed. */
static void drop_half_character(char *text)
{
	size_t length = strlen(text), start = length;
	unsigned char lead;
	size_t want;

	while (start > 0 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
		start--;
	if (start == 0)
		return;
	lead = (unsigned char)text[start - 1];
	want = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
	if (length - (start - 1) < want)
		text[start - 1] = '\0';
}

static void copy_bounded(char *to, size_t size, const char *from)
{
	if (snprintf(to, size, "%s", from) >= (int)size)
		drop_half_character(to);
}

int error_set(struct error *error, enum error_kind kind, const char *code, const char *say, ...)
{
	/* The sentence is made aside: an argument may be the old say or where of this very error. */
	struct error made = { .kind = kind };
	va_list list;

	copy_bounded(made.code, sizeof made.code, code);
	va_start(list, say);
	if (vsnprintf(made.say, sizeof made.say, say, list) >= (int)sizeof made.say)
		drop_half_character(made.say);
	va_end(list);
	*error = made;
	return -1;
}

int error_at(struct error *error, const char *where, int line, int column)
{
	if (where && where != error->where)
		copy_bounded(error->where, sizeof error->where, where);
	error->line = line;
	error->column = column;
	return -1;
}

int error_status(enum error_kind kind)
{
	return (unsigned)kind < ERROR_KINDS ? kinds[kind].status : kinds[ERROR_FAULT].status;
}

const char *error_kind_name(enum error_kind kind)
{
	return (unsigned)kind < ERROR_KINDS ? kinds[kind].name : kinds[ERROR_FAULT].name;
}

struct faults *faults_new(void *ctx, int max)
{
	struct faults *faults = talloc_zero(ctx, struct faults);

	faults->max = max;
	return faults;
}

void faults_add(struct faults *faults, int warning, const char *code, const char *where, int line, const char *say, ...)
{
	struct fault *fault;
	va_list list;

	if (!warning)
		faults->errors++;
	if (faults->count >= faults->max) {
		faults->rest++;
		return;
	}
	/* Grows by doubling: the array is a power of two whenever the count is. */
	if ((faults->count & (faults->count - 1)) == 0)
		faults->list = talloc_realloc(faults, faults->list, struct fault, faults->count ? faults->count * 2 : 1);
	fault = &faults->list[faults->count++];
	fault->code = talloc_strdup(faults, code);
	fault->where = talloc_strdup(faults, where ? where : "");
	fault->line = line;
	fault->warning = warning != 0;
	va_start(list, say);
	fault->say = talloc_vasprintf(faults, say, list);
	va_end(list);
}
