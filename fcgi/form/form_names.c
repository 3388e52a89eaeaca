/* The names in an expression, looked at before it is compiled. A path that leads nowhere answers nothing, for ever and in silence; a function that is
 * called wrongly is found only when somebody's page stops. What an expression leans on is noted, for circles (form_sense.c). */
#include "form/form_inner.h"

#include <ctype.h>
#include <string.h>
#include <talloc.h>

#include "base/text.h"

#define DEPTH 64
#define ANY 1000

/* XPath 1.0 §4 and §2.3 (node tests), XForms 1.1 (instance, current), ours (docs/forms.md; functions.c has them, and a test compares). */
static const struct call { const char *name; int min, max; } calls[] = {
	{ "last", 0, 0 }, { "position", 0, 0 }, { "count", 1, 1 }, { "id", 1, 1 }, { "local-name", 0, 1 }, { "namespace-uri", 0, 1 }, { "name", 0, 1 },
	{ "string", 0, 1 }, { "concat", 2, ANY }, { "starts-with", 2, 2 }, { "contains", 2, 2 }, { "substring-before", 2, 2 }, { "substring-after", 2, 2 },
	{ "substring", 2, 3 }, { "string-length", 0, 1 }, { "normalize-space", 0, 1 }, { "translate", 3, 3 }, { "boolean", 1, 1 }, { "not", 1, 1 },
	{ "true", 0, 0 }, { "false", 0, 0 }, { "lang", 1, 1 }, { "number", 0, 1 }, { "sum", 1, 1 }, { "floor", 1, 1 }, { "ceiling", 1, 1 }, { "round", 1, 1 },
	{ "node", 0, 0 }, { "text", 0, 0 }, { "comment", 0, 0 }, { "processing-instruction", 0, 1 }, { "instance", 1, 1 }, { "current", 0, 0 },
	{ "d:past", 1, 1 }, { "d:before", 2, 2 }, { "d:today", 0, 0 }, { "d:all-in", 2, 2 }, { "d:nhs-number", 1, 1 }, { "d:common-word", 1, 1 },
	{ "d:selected", 2, 2 }, { "d:count-words", 1, 1 }, { "d:working-days", 2, 2 }, { "d:age-years", 2, 2 }, { "d:age-words", 2, 2 },
	{ "d:unique", 2, 2 }, { "d:matches-id", 1, 1 },
};
static const char instances[] = "case viewer agencies register documents";

/* What the last token was: it decides what a name is (XPath 1.0 §3.7). */
enum last { NOTHING, OPERAND, SLASH, AT };

struct scan {
	struct form_reader *reader;
	const struct step *context;      /* what the expression is asked of */
	char kind;                       /* of form_use */
	const char *at;
	enum last last;
	int depth, predicates;
	struct opened { const struct call *call; int commas; bool any; } open[DEPTH];
	char *wrong;                     /* the first fault, a sentence's end: "names x, …" */
};

static const struct call *call_named(const char *name)
{
	for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++)
		if (strcmp(calls[i].name, name) == 0)
			return &calls[i];
	return NULL;
}

static void wrong(struct scan *s, char *say)
{
	if (s->wrong)
		talloc_free(say);
	else
		s->wrong = say;
}

static bool name_start(char c) { return isalpha((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80; }
static bool name_char(char c) { return name_start(c) || isdigit((unsigned char)c) || c == '-' || c == '.'; }

static size_t name_length(const char *text)
{
	size_t n = 0;

	while (n ? name_char(text[n]) || (text[n] == ':' && name_start(text[n + 1])) : name_start(text[0]))
		n++;
	return n;
}

static char after(const struct scan *s, size_t n) { return s->at[n + strspn(s->at + n, " \t\r\n")]; }

static const struct step *child_named(const struct step *step, const char *at, size_t n)
{
	for (step = step->child; step && !(strlen(step->name) == n && memcmp(step->name, at, n) == 0); step = step->next)
		;
	return step;
}

/* The first step of that name below (or at) this one. */
static const struct step *anywhere(const struct step *step, const char *at, size_t n)
{
	const struct step *found = strlen(step->name) == n && memcmp(step->name, at, n) == 0 ? step : NULL;

	for (step = step->child; step && !found; step = step->next)
		found = anywhere(step, at, n);
	return found;
}

static char *path_of(void *ctx, const struct step *step)
{
	char *above = step->parent ? path_of(ctx, step->parent) : talloc_strdup(ctx, "");

	return talloc_asprintf_append(above, "/%s", step->name);
}

static bool has_parts(const struct step *step)
{
	return step->field && (step->field->type == FIELD_WHEN || step->field->type == FIELD_PROSE);
}

static void lean_on(struct scan *s, const struct step *on)
{
	struct form_reader *reader = s->reader;

	if (!on || !on->field || !s->kind)
		return;
	if ((reader->use_count & (reader->use_count - 1)) == 0)
		reader->uses = talloc_realloc(reader, reader->uses, struct form_use, reader->use_count ? (size_t)reader->use_count * 2 : 1);
	reader->uses[reader->use_count++] = (struct form_use){ s->context, on, s->kind };
}

/* "/a/b" from a step downwards, as far as it is plain; what it ends on is leant on. False when a step is not there. */
static bool follow(struct scan *s, const struct step *step, const char *at)
{
	size_t n;

	while (step && !has_parts(step) && *at == '/') {
		if (strncmp(at, "/..", 3) == 0) {
			n = 2;
			step = step->parent;
		} else if ((n = name_length(at + 1)) > 0 && !strchr("(:", at[n + 1] ? at[n + 1] : ' ')) {
			step = child_named(step, at + 1, n);
		} else {
			return true;
		}
		at += n + 1;
	}
	if (step && *at != '[')
		lean_on(s, step);
	return step != NULL;
}

static void absolute(struct scan *s)
{
	const struct step *root = s->reader->form->tree;
	size_t n = name_length(s->at + 1 + (s->at[1] == '/'));

	if (s->at[1] == '/') {
		if (n && !anywhere(root, s->at + 2, n))
			wrong(s, talloc_asprintf(NULL, "names //%.*s, which the form does not know", (int)n, s->at + 2));
	} else if (n == strlen(root->name) && memcmp(s->at + 1, root->name, n) == 0) {
		follow(s, root, s->at + 1 + n);          /* form_rewrite refuses what is not there */
	}
}

/* A name at the beginning of a path: a child of what is asked, which a field does not have. */
static void relative(struct scan *s, size_t n)
{
	const struct step *meant = anywhere(s->reader->form->tree, s->at, n);
	char *path;

	if ((unsigned char)*s->at == 0xE2)
		wrong(s, talloc_asprintf(NULL, "has a sign that XPath does not know (%.3s). Its quotation marks are ' and \"", s->at));
	if (s->predicates || has_parts(s->context) || child_named(s->context, s->at, n))
		return;
	path = meant ? path_of(NULL, meant) : NULL;
	wrong(s, talloc_asprintf(NULL, "names %.*s, which leads nowhere from here%s%s", (int)n, s->at, path ? ": write " : ". A path begins at the root: /…; truth is true()", path ? path : ""));
	talloc_free(path);
}

static void opening(struct scan *s, const struct call *call)
{
	if (s->depth == DEPTH)
		wrong(s, talloc_asprintf(NULL, "is nested more than %d deep", DEPTH));
	else
		s->open[s->depth++] = (struct opened){ call, 0, false };
}

/* Which one is said in quotes, so that it can be known here. */
static void instance(struct scan *s)
{
	size_t n = *s->at == '\'' || *s->at == '"' ? strcspn(s->at + 1, *s->at == '"' ? "\"" : "'") : 0;
	char *which = talloc_strndup(NULL, s->at + (n > 0), n);

	if (!*which || !text_in_list(instances, which))
		wrong(s, talloc_asprintf(NULL, "names an instance that is not there (%s). There are: %s", *which ? which : "its name stands in quotes", instances));
	talloc_free(which);
}

static void call(struct scan *s, const char *name)
{
	const struct call *found = call_named(name), *ours;
	char *with = talloc_asprintf(NULL, "d:%s", name);

	ours = call_named(with);
	if (!found)
		wrong(s, talloc_asprintf(NULL, "names %s(), which the form does not know%s%s", name, ours ? "; it has " : "", ours ? with : ""));
	talloc_free(with);
	s->at += strlen(name);
	s->at += strspn(s->at, " \t\r\n") + 1;
	if (found && strcmp(name, "instance") == 0)
		instance(s);
	opening(s, found);
	s->last = NOTHING;
}

static void name(struct scan *s, size_t n)
{
	static const char operators[] = "and or div mod";
	char *word = talloc_strndup(NULL, s->at, n);

	if (s->last == OPERAND && text_in_list(operators, word)) {
		s->at += n;
		s->last = NOTHING;
	} else if (after(s, n) == '(') {
		call(s, word);
	} else if (strncmp(s->at + n, "::", 2) == 0) {
		s->at += n + 2;
		s->last = SLASH;
	} else {
		if (strchr(word, ':'))
			wrong(s, talloc_asprintf(NULL, "names %s, but no element of a document has a prefix", word));
		else if (s->last == NOTHING)
			relative(s, n);
		s->at += n;
		s->last = OPERAND;
	}
	talloc_free(word);
}

static void dots(struct scan *s)
{
	bool parent = s->at[1] == '.';

	if (s->last == NOTHING && !s->predicates && parent && !follow(s, s->context->parent, s->at + 2))
		wrong(s, talloc_asprintf(NULL, "names %.*s, which the form does not know", (int)strcspn(s->at, " )],=<>!+*|["), s->at));
	if (s->last == NOTHING && !s->predicates && !parent)
		lean_on(s, s->context);
	s->at += 1 + parent;
	s->last = OPERAND;
}

static void close_one(struct scan *s)
{
	const struct call *called = s->depth ? s->open[--s->depth].call : NULL;
	int n = called && s->open[s->depth].any ? s->open[s->depth].commas + 1 : 0;

	s->predicates -= *s->at == ']' && s->predicates > 0;
	if (called && (n < called->min || n > called->max))
		wrong(s, talloc_asprintf(NULL, "calls %s() with %d argument%s, and it takes %s%d", called->name, n, n == 1 ? "" : "s",
			n < called->min ? called->max > called->min ? "at least " : "" : called->max > called->min ? "at most " : "", n < called->min ? called->min : called->max));
	s->at++;
	s->last = OPERAND;
}

static void sign(struct scan *s)
{
	enum last last = NOTHING;

	switch (*s->at) {
	case '(': case '[':
		s->predicates += *s->at == '[';
		opening(s, NULL);
		break;
	case ',':
		if (s->depth)
			s->open[s->depth - 1].commas++;
		break;
	case '/':
		if (s->last == NOTHING)
			absolute(s);
		last = SLASH;
		break;
	case '@':
		last = AT;
		break;
	case '*':
		last = s->last == OPERAND ? NOTHING : OPERAND;
		break;
	case '$':
		wrong(s, talloc_strdup(NULL, "has a variable ($), and there are none"));
	}
	s->at++;
	s->last = last;
}

static void token(struct scan *s)
{
	size_t n;

	if (s->depth && *s->at != ')' && *s->at != ']')
		s->open[s->depth - 1].any = true;
	if (*s->at == '"' || *s->at == '\'') {
		n = strcspn(s->at + 1, *s->at == '"' ? "\"" : "'");
		s->at += n + 1 + (s->at[n + 1] != '\0');
		s->last = OPERAND;
	} else if (isdigit((unsigned char)s->at[*s->at == '.'])) {
		s->at += strspn(s->at, "0123456789.");
		s->last = OPERAND;
	} else if ((n = name_length(s->at)) > 0) {
		name(s, n);
	} else if (*s->at == '.') {
		dots(s);
	} else if (*s->at == ')' || *s->at == ']') {
		close_one(s);
	} else {
		sign(s);
	}
}

char *form_names_wrong(struct form_reader *reader, const struct step *context, char kind, const char *expression)
{
	struct scan s = { .reader = reader, .context = context, .kind = kind, .at = expression };

	while (*s.at && !s.wrong) {
		s.at += strspn(s.at, " \t\r\n");
		if (*s.at)
			token(&s);
	}
	return s.wrong;
}
