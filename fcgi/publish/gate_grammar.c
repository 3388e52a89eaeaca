#include "publish/gate_parts.h"

#include <string.h>

/* What a published page may be made of. It needs no form, picture, script, style or frame, so none has a place to hide in. Inline: the
 * element does not end a word ("<b>A</b>oife" is read as one). */
static const struct { const char *name; bool is_void, is_inline; } elements[] = {
	{ "a", false, true }, { "abbr", false, true }, { "article" }, { "aside" }, { "b", false, true }, { "blockquote" }, { "body" },
	{ "br", true }, { "caption" }, { "cite", false, true }, { "dd" }, { "details" }, { "div" }, { "dl" }, { "dt" }, { "em", false, true },
	{ "figcaption" }, { "figure" }, { "footer" }, { "h1" }, { "h2" }, { "h3" }, { "h4" }, { "h5" }, { "h6" }, { "head" }, { "header" },
	{ "hr", true }, { "html" }, { "i", false, true }, { "li" }, { "link", true }, { "main" }, { "meta", true }, { "nav" }, { "ol" }, { "p" },
	{ "q", false, true }, { "section" }, { "small", false, true }, { "span", false, true }, { "strong", false, true }, { "sub", false, true },
	{ "summary" }, { "sup", false, true }, { "table" }, { "tbody" }, { "td" }, { "tfoot" }, { "th" }, { "thead" },
	{ "time", false, true }, { "title" }, { "tr" }, { "ul" },
};
/* Not in pages of ours, but a browser joins the letters round them all the same. */
static const char *const foreign_inline[] = { "u", "s", "wbr", "font", "mark", "code", "bdi", "bdo", "del", "ins", "kbd", "samp", "var", "tt", NULL };

enum shape { SHAPE_TOKENS, SHAPE_IDS, SHAPE_HREF, SHAPE_CONTENT, SHAPE_NUMBER, SHAPE_LABEL, SHAPE_DATE, SHAPE_ONE_OF, SHAPE_NONE };

static const struct { const char *name; enum shape shape; const char *values; } attributes[] = {
	{ "aria-current", SHAPE_ONE_OF, "|page|true|location|" }, { "aria-describedby", SHAPE_IDS }, { "aria-hidden", SHAPE_ONE_OF, "|true|false|" },
	{ "aria-label", SHAPE_LABEL }, { "aria-labelledby", SHAPE_IDS }, { "charset", SHAPE_ONE_OF, "|utf-8|UTF-8|" }, { "class", SHAPE_TOKENS },
	{ "colspan", SHAPE_NUMBER }, { "content", SHAPE_CONTENT }, { "data-module", SHAPE_TOKENS }, { "datetime", SHAPE_DATE }, { "headers", SHAPE_IDS },
	{ "href", SHAPE_HREF }, { "id", SHAPE_IDS }, { "lang", SHAPE_ONE_OF, "|en|en-GB|" }, { "media", SHAPE_ONE_OF, "|print|screen|all|" },
	{ "name", SHAPE_ONE_OF, "|viewport|robots|color-scheme|theme-color|referrer|format-detection|" }, { "open", SHAPE_NONE },
	{ "rel", SHAPE_ONE_OF, "|stylesheet|icon|mask-icon|apple-touch-icon|canonical|next|prev|alternate|noreferrer|noopener|noreferrer noopener|" },
	{ "role", SHAPE_ONE_OF, "|main|region|navigation|contentinfo|banner|list|listitem|note|status|group|complementary|article|presentation|none|" },
	{ "rowspan", SHAPE_NUMBER }, { "scope", SHAPE_ONE_OF, "|col|row|colgroup|rowgroup|" }, { "sizes", SHAPE_CONTENT }, { "start", SHAPE_NUMBER },
	{ "tabindex", SHAPE_NUMBER }, { "type", SHAPE_ONE_OF, "|text/css|application/atom+xml|image/svg+xml|image/x-icon|image/png|1|a|A|i|I|" },
};
static const char *const entities[] = { "&amp;", "&lt;", "&gt;", "&quot;", "&#39;", "&nbsp;", NULL };   /* the last is how HTML writes U+00A0 */

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

static int element(const char *name, size_t length)
{
	for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
		if (strlen(elements[i].name) == length && !memcmp(elements[i].name, name, length))
			return (int)i;
	return -1;
}

bool gate_is_inline(const char *name, size_t length)
{
	int e = element(name, length);

	if (e >= 0)
		return elements[e].is_inline;
	for (int i = 0; foreign_inline[i]; i++)
		if (strlen(foreign_inline[i]) == length && !strncmp(foreign_inline[i], name, length))
			return true;
	return false;
}

static bool made_of(const char *value, size_t length, const char *set, size_t most)
{
	return length > 0 && length <= most && strspn(value, set) >= length;
}

static bool is_address(const char *value, size_t length)
{
	static const char path[] = LETTERS DIGITS "/._-#";

	if (value[0] == '#')
		return made_of(value + 1, length - 1, LETTERS DIGITS "._-", 80);
	if (value[0] == '/')
		return made_of(value, length, path, 200) && !(length > 1 && value[1] == '/');
	if (length > 8 && !memcmp(value, "https://", 8))      /* "xn--" writes letters of any script in ASCII (RFC 5890): a name that nobody could search for */
		return made_of(value + 8, length - 8, path, 200) && !memmem(value, length, "xn--", 4) && !memmem(value, length, "XN--", 4);
	return length > 7 && !memcmp(value, "mailto:", 7) && made_of(value + 7, length - 7, LETTERS DIGITS "@._-", 80);
}

static bool is_one_of(const char *values, const char *value, size_t length)
{
	for (const char *at = values; (at = strchr(at, '|')) && at[1]; at++)
		if (!strncmp(at + 1, value, length) && at[1 + length] == '|')
			return true;
	return false;
}

static bool fits(enum shape shape, const char *values, const char *value, size_t length)
{
	switch (shape) {
	case SHAPE_TOKENS: return length == 0 || made_of(value, length, LETTERS DIGITS "_!: -", 200);
	case SHAPE_IDS: return made_of(value, length, LETTERS DIGITS "._ -", 80);
	case SHAPE_HREF: return length > 0 && is_address(value, length);
	case SHAPE_CONTENT: return made_of(value, length, LETTERS DIGITS "=,;.#_ -", 100);
	case SHAPE_NUMBER: return made_of(value, length, DIGITS "-", 4);
	case SHAPE_LABEL: return made_of(value, length, LETTERS ", -", 60);
	case SHAPE_DATE: return made_of(value, length, DIGITS "-", 10);
	case SHAPE_ONE_OF: return is_one_of(values, value, length);
	default: return false;
	}
}

static size_t which(const char *name, size_t length)
{
	size_t i = 0;

	while (i < sizeof attributes / sizeof *attributes && (strlen(attributes[i].name) != length || memcmp(attributes[i].name, name, length)))
		i++;
	return i;
}

struct reader { const char *bytes, *at, *end, *why; int depth, open[64]; };

static bool wrong(struct reader *r, const char *at, const char *why)
{
	r->at = at;
	r->why = why;
	return false;
}

static bool reference(struct reader *r)
{
	for (int i = 0; entities[i]; i++) {
		size_t length = strlen(entities[i]);
		if ((size_t)(r->end - r->at) >= length && !memcmp(r->at, entities[i], length)) {
			r->at += length;
			return true;
		}
	}
	return wrong(r, r->at, "a character reference that the serialiser does not write");
}

static bool text(struct reader *r)
{
	while (r->at < r->end && *r->at != '<') {
		if (*r->at == '>')
			return wrong(r, r->at, "a bare > in the text");
		if (*r->at != '&')
			r->at++;
		else if (!reference(r))
			return false;
	}
	return true;
}

static bool attribute(struct reader *r)
{
	const char *name = r->at;
	size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz-"), i = which(name, length);

	if (i == sizeof attributes / sizeof *attributes)
		return wrong(r, name, "an attribute that no published page has");
	r->at = name + length;
	if (attributes[i].shape == SHAPE_NONE)
		return true;
	if (r->at + 1 >= r->end || r->at[0] != '=' || r->at[1] != '"')
		return wrong(r, r->at, "an attribute's value without quotes");
	const char *value = r->at + 2, *close = memchr(value, '"', (size_t)(r->end - value));
	if (!close)
		return wrong(r, value, "an attribute without an end");
	if (!fits(attributes[i].shape, attributes[i].values, value, (size_t)(close - value)))
		return wrong(r, value, "an attribute with a value of a shape that it never has");
	r->at = close + 1;
	return true;
}

static bool close_tag(struct reader *r)
{
	const char *name = r->at + 2;
	size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz123456");
	int e = element(name, length);

	if (e < 0 || r->depth == 0 || r->open[r->depth - 1] != e || name[length] != '>')
		return wrong(r, r->at, "an end of an element that is not open");
	r->depth--;
	r->at = name + length + 1;
	return true;
}

static bool tag(struct reader *r)
{
	const char *start = r->at, *name = start + 1;
	size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz123456");
	int e = element(name, length);

	if (start + 1 < r->end && start[1] == '/')
		return close_tag(r);
	if (e < 0)
		return wrong(r, start, "an element, comment or instruction that no published page has");
	for (r->at = name + length; r->at < r->end && *r->at == ' ';) {
		r->at++;
		if (!attribute(r))
			return false;
	}
	if (r->at >= r->end || *r->at != '>')
		return wrong(r, r->at, "a tag that the serialiser does not write");
	r->at++;
	if (elements[e].is_void)
		return true;
	if (r->depth == 64)
		return wrong(r, start, "elements too deep in each other");
	r->open[r->depth++] = e;
	return true;
}

/* What the stylesheets write on every page whatever the case. Where it stands exactly so it can hold nothing of a case, and a child called Link,
 * Head or Li must not stop a page for it. xsl/page.xsl and the sheets of plugins use these; one that is missing here is searched, no more. */
static const char own_classes[] = "app-header app-header__link app-public govuk-!-margin-bottom-1 govuk-body govuk-footer app-footer govuk-footer__inline-list "
	"govuk-footer__inline-list-item govuk-footer__link govuk-footer__meta govuk-footer__meta-item govuk-footer__meta-item--grow govuk-generic-header "
	"govuk-generic-header__container govuk-generic-header__homepage-link govuk-generic-header__logo govuk-grid-column-two-thirds govuk-grid-row govuk-heading-l "
	"govuk-heading-m govuk-heading-s govuk-inset-text govuk-link govuk-list govuk-list--bullet govuk-list--number govuk-list--spaced govuk-main-wrapper "
	"govuk-skip-link govuk-table govuk-table__body govuk-table__cell govuk-table__header govuk-table__row govuk-tag govuk-tag--grey govuk-template "
	"govuk-template__body govuk-template__footer govuk-template__header govuk-visually-hidden govuk-width-container";
static const char own_values[] = "|#0b5c63|#main-content|main-content|/|/about/accessibility|/about/contact|/about/privacy|/assets/built/dossier.css|"
	"/assets/favicon.svg|width=device-width, initial-scale=1, viewport-fit=cover|";

static bool is_own_class(const char *token, size_t length)
{
	const char *at = own_classes;

	while ((at = strstr(at, token)) && ((at > own_classes && at[-1] != ' ') || (at[length] && at[length] != ' ')))
		at++;
	return at != NULL;
}

static bool are_own_classes(const char *value, size_t length)
{
	char token[80];

	for (size_t i = 0, n; i < length; i += n + 1) {
		for (n = 0; i + n < length && value[i + n] != ' ';)
			n++;
		if (n == 0 || n >= sizeof token)
			return false;
		memcpy(token, value + i, n);
		token[n] = 0;
		if (!is_own_class(token, n))
			return false;
	}
	return length > 0;
}

static bool is_own_value(size_t attribute, const char *value, size_t length)
{
	if (attributes[attribute].shape == SHAPE_ONE_OF)
		return true;
	if (!strcmp(attributes[attribute].name, "class"))
		return are_own_classes(value, length);
	return length > 0 && length < 80 && is_one_of(own_values, value, length);
}

/* One tag of a page whose grammar was found right: [at, end) of it. */
static void mark_tag(bool *own, const char *bytes, size_t at, size_t end)
{
	while (at < end && bytes[at] != ' ')
		own[at++] = true;
	while (at < end) {
		size_t name = ++at, length = strcspn(bytes + name, "=> "), value = name + length + 2;
		for (at = name; at < name + length; at++)
			own[at] = true;
		if (bytes[at] != '=')
			continue;
		size_t stop = (size_t)((const char *)memchr(bytes + value, '"', end - value) - bytes);
		for (at = value; at < stop && is_own_value(which(bytes + name, length), bytes + value, stop - value); at++)
			own[at] = true;
		at = stop + 1;
	}
}

void gate_own_words(bool *own, const char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (bytes[i] == '<') {
			size_t end = (size_t)((const char *)memchr(bytes + i, '>', length - i) - bytes);
			mark_tag(own, bytes, i, end);
			i = end;
		}
}

/* No page of ours holds a digest; one of a register's entry would be found by anybody who can guess the entry. */
static const char *digest(const char *bytes, size_t length)
{
	for (size_t i = 0; i < length;) {
		size_t n = 0;
		while (i + n < length && strchr(DIGITS "abcdefABCDEF", bytes[i + n]) && bytes[i + n])
			n++;
		if (n >= 32)
			return bytes + i;
		i += n + 1;
	}
	return NULL;
}

const char *gate_grammar(const char *bytes, size_t length, size_t *at_r)
{
	static const char doctype[] = "<!DOCTYPE html>";
	struct reader r = { .bytes = bytes, .at = bytes, .end = bytes + length };
	const char *found;

	if (length < sizeof doctype - 1 || strncasecmp(bytes, doctype, sizeof doctype - 1))
		wrong(&r, bytes, "no document type of HTML at the beginning");
	else
		r.at += sizeof doctype - 1;
	for (bool right = !r.why; right && r.at < r.end;)
		right = *r.at == '<' ? tag(&r) : text(&r);
	if (!r.why && r.depth > 0)
		wrong(&r, r.end, "an element that is never closed");
	if (!r.why && (found = digest(bytes, length)))
		wrong(&r, found, "a digest");
	if (r.why)
		*at_r = (size_t)(r.at - bytes);
	return r.why;
}
