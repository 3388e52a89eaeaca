/* The commonest expressions, walked instead of compiled and evaluated: "a/b/c", a step perhaps with the text of one child: "a/b[c='text']/d", "a[b!='text']".
 * A rule asks hundreds of them of one document; libxml2 takes some 20,000 instructions for each. Anything else is XPath's own. */
#include "adapter/xml_inner.h"

#include <string.h>
#include <talloc.h>

static bool is_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
static bool is_within(char c) { return is_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.'; }

static const char *take_name(const char *at, struct xml_span *name_r)
{
	const char *from = at;

	while (is_within(*at))
		at++;
	*name_r = (struct xml_span){ from, (size_t)(at - from) };
	return at > from && is_start(*from) ? at : NULL;
}

/* [child='text'], [child!='text'] */
static const char *take_test(const char *at, struct xml_step *step)
{
	at = take_name(at + 1, &step->child);
	step->other = at != NULL && *at == '!';
	at = step->other ? at + 1 : at;
	if (at == NULL || at[0] != '=' || at[1] != '\'')
		return NULL;
	step->text = (struct xml_span){ at + 2, strcspn(at + 2, "'") };
	at = step->text.bytes + step->text.length;
	return at[0] == '\'' && at[1] == ']' ? at + 2 : NULL;
}

int xml_path(const char *expression, struct xml_step steps_r[XML_STEPS])
{
	const char *at = expression;

	if (strcmp(expression, ".") == 0)
		return 0;
	for (int n = 0; n < XML_STEPS; n++, at++) {
		steps_r[n] = (struct xml_step){ .child = { NULL, 0 } };
		at = take_name(at, &steps_r[n].name);
		if (at != NULL && *at == '[')
			at = take_test(at, &steps_r[n]);
		if (at == NULL || (*at != '/' && *at != '\0'))
			return -1;
		if (*at == '\0')
			return n + 1;
	}
	return -1;
}

static bool is_called(const xmlNode *node, const struct xml_span *name)
{
	const char *is = (const char *)node->name;

	return node->type == XML_ELEMENT_NODE && node->ns == NULL && strncmp(is, name->bytes, name->length) == 0 && is[name->length] == '\0';
}

static bool is_text(const char *whole, const struct xml_span *text)
{
	return strncmp(whole, text->bytes, text->length) == 0 && whole[text->length] == '\0';
}

static bool has_text(const xmlNode *node, const struct xml_span *text)
{
	char *whole;
	bool same;

	if (node->children == NULL || (node->children->next == NULL && xml_is_text(node->children)))
		return is_text(xml_plain(node), text);
	whole = xml_text(NULL, node);
	same = is_text(whole, text);
	talloc_free(whole);
	return same;
}

static bool is_step(const xmlNode *node, const struct xml_step *step)
{
	if (!is_called(node, &step->name))
		return false;
	if (step->child.bytes == NULL)
		return true;
	for (const xmlNode *child = node->children; child != NULL; child = child->next)
		if (is_called(child, &step->child) && has_text(child, &step->text) != step->other)
			return true;
	return false;
}

bool xml_walk(xml_node *node, const struct xml_step *step, int left, bool (*found)(void *data, xml_node *node), void *data)
{
	if (left == 0)
		return found(data, node);
	for (xmlNode *child = node->children; child != NULL; child = child->next)
		if (is_step(child, step) && xml_walk(child, step + 1, left - 1, found, data))
			return true;
	return false;
}
