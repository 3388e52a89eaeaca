/* Absolute paths into a context's own rows made relative, as ODK reads them; nothing else of an expression changes.
 *
 * Left as they are: a path that ends on the row itself (all rows, for count()), a row with a predicate (the author chooses rows), and the
 * second argument of d:unique, which is about all rows. In a predicate "." is another node, so there the path begins at current(). */
#include "form/form_inner.h"

#include <ctype.h>
#include <string.h>
#include <talloc.h>


#define DEPTH 64

struct rewrite {
	const struct step *context;
	const char *at;
	char *made;
	char *unknown;
	bool operand;                /* the last token was an operand, so "/" goes on and "*" multiplies (XPath 1.0 §3.7) */
	bool unique;                 /* the last token was d:unique */
	int depth, predicates;
	struct { bool unique; int argument; } open[DEPTH];
};

static bool name_start(char c)
{
	return isalpha((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

static bool name_char(char c)
{
	return name_start(c) || isdigit((unsigned char)c) || c == '-' || c == '.';
}

static size_t name_length(const char *text)
{
	size_t n = 0;

	if (!name_start(text[0]))
		return 0;
	while (name_char(text[n]) || (text[n] == ':' && n > 0 && name_start(text[n + 1])))
		n++;
	return n;
}

static void copy(struct rewrite *r, size_t n)
{
	r->made = talloc_strndup_append_buffer(r->made, r->at, n);
	r->at += n;
}

/* The text after "/a/b/row/" when the path at `at` goes through this row, else NULL. */
static const char *through(const struct step *row, const char *at)
{
	const char *rest = row->parent ? through(row->parent, at) : at + 1;
	size_t n = strlen(row->name);

	if (!rest || strncmp(rest, row->name, n) != 0 || rest[n] != '/' || !(name_start(rest[n + 1]) || strchr(".*@", rest[n + 1])))
		return NULL;
	return rest + n + 1;
}

/* Plain steps of an absolute path must be known; below a field only the parts of a d:when and prose are. */
static void check_known(struct rewrite *r)
{
	const struct step *step = NULL, *root = r->context;
	const char *at = r->at;
	size_t n;

	while (root->parent)
		root = root->parent;
	while (*at == '/' && (n = name_length(at + 1)) > 0 && at[n + 1] != '(' && at[n + 1] != ':') {
		char *name = talloc_strndup(NULL, at + 1, n);

		if (step && step->field && (step->field->type == FIELD_WHEN || step->field->type == FIELD_PROSE))
			n = strlen(at) - 1;
		else
			step = step ? form_step_child(step, name) : strcmp(root->name, name) == 0 ? root : NULL;
		talloc_free(name);
		at += n + 1;
		if (!step) {
			if (!r->unknown)
				r->unknown = talloc_strndup(talloc_parent(r->made), r->at, (size_t)(at - r->at));
			return;
		}
	}
}

static void absolute(struct rewrite *r)
{
	const struct step *row;
	const char *rest = NULL;
	int up = 0;

	check_known(r);
	if (r->depth > 0 && r->open[r->depth - 1].unique && r->open[r->depth - 1].argument == 1) {
		copy(r, 1);
		return;
	}
	for (row = r->context; row && !rest; row = row->parent) {
		if (row->repeat)
			rest = through(row, r->at);
		if (!rest)
			up++;
	}
	if (!rest) {
		copy(r, 1 + (r->at[1] == '/'));
		return;
	}
	r->made = talloc_strdup_append_buffer(r->made, r->predicates ? "current()/" : up == 0 ? "./" : "");
	while (up-- > 0)
		r->made = talloc_strdup_append_buffer(r->made, "../");
	r->at = rest;
}

static void opening(struct rewrite *r)
{
	if (*r->at == '[')
		r->predicates++;
	if (r->depth < DEPTH) {
		r->open[r->depth].unique = *r->at == '(' && r->unique;
		r->open[r->depth].argument = 0;
		r->depth++;
	}
	r->operand = false;
}

static void punctuation(struct rewrite *r)
{
	switch (*r->at) {
	case '(': case '[':
		opening(r);
		break;
	case ')': case ']':
		r->predicates -= *r->at == ']' && r->predicates > 0;
		r->depth -= r->depth > 0;
		r->operand = true;
		break;
	case ',':
		if (r->depth > 0)
			r->open[r->depth - 1].argument++;
		r->operand = false;
		break;
	case '*':
		r->operand = !r->operand;
		break;
	case '.':
		r->operand = true;
		break;
	default:
		r->operand = false;
	}
	r->unique = false;
	copy(r, 1);
}

static bool is_operator(const char *name, size_t n)
{
	return (n == 3 && (!memcmp(name, "and", 3) || !memcmp(name, "div", 3) || !memcmp(name, "mod", 3))) || (n == 2 && !memcmp(name, "or", 2));
}

static void name_token(struct rewrite *r, size_t n)
{
	char *name = talloc_strndup(NULL, r->at, n);

	r->operand = !(r->operand && is_operator(r->at, n));
	r->unique = strcmp(name, "d:unique") == 0;
	talloc_free(name);
	copy(r, n);
	if (r->at[0] == ':' && r->at[1] == ':') {
		copy(r, 2);
		r->operand = false;
	}
}

static void token(struct rewrite *r)
{
	size_t n;

	if (*r->at == '"' || *r->at == '\'') {
		const char *end = strchr(r->at + 1, *r->at);

		copy(r, end ? (size_t)(end - r->at) + 1 : strlen(r->at));
		r->operand = true;
	} else if (isdigit((unsigned char)*r->at)) {
		copy(r, strspn(r->at, "0123456789."));
		r->operand = true;
	} else if ((n = name_length(r->at)) > 0) {
		name_token(r, n);
	} else if (*r->at == '/' && r->operand) {
		copy(r, 1 + (r->at[1] == '/'));
		r->operand = false;
	} else if (*r->at == '/') {
		absolute(r);
		r->operand = false;
	} else if (isspace((unsigned char)*r->at)) {
		copy(r, 1);
	} else {
		punctuation(r);
	}
}

char *form_rewrite(void *ctx, const struct step *context, const char *expression, char **unknown_r)
{
	struct rewrite r = { .context = context, .at = expression, .made = talloc_strdup(ctx, "") };

	while (*r.at)
		token(&r);
	if (r.unknown)
		*unknown_r = r.unknown;
	return r.made;
}
