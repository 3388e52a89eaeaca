/* The grammar of prose from outside (docs/forms.md, "Documents"). */
#include "form/prose.h"

#include <string.h>

#include "base/text.h"
#include "form/prose_inner.h"

static const char top_blocks[] = "p h list quote table note";

struct attributes { bool mention, list; const char *wrong; };

static void check_attribute(void *data, const char *ns, const char *name, const char *value)
{
	struct attributes *a = data;

	if (*ns)
		a->wrong = "Prose has no attribute of another namespace.";
	else if (a->mention ? strcmp(name, "ref") != 0 && strcmp(name, "value") != 0 :
		 !(strcmp(name, "id") == 0 && text_is_name(value)) && !(a->list && strcmp(name, "numbered") == 0 && strcmp(value, "yes") == 0))
		a->wrong = "Blocks of prose have no attribute but id, a list also numbered=\"yes\", mentions none but ref or value.";
}

static const char *mention_fault(const xml_node *node, const xml_node **at_r)
{
	struct attributes a = { .mention = true };
	const char *ref = xml_get(node, "ref"), *value = xml_get(node, "value");

	*at_r = node;
	xml_each_attribute(node, check_attribute, &a);
	if (a.wrong)
		return a.wrong;
	if (xml_first(node))
		return "A mention holds only text.";
	if (strcmp(xml_name(node), "date") == 0)
		return value && !ref && prose_date_ok(value) ? NULL : "A date needs a value like 2026-03-26.";
	return ref && !value && prose_ref_ok(ref, xml_name(node)) ? NULL :
		"A mention needs the ref of an entry of its kind: P or S person, L place, O org, N number.";
}

/* Text where only elements may stand? */
static bool has_text(const xml_node *node)
{
	const xml_node *each;

	for (each = xml_first_any(node); each; each = xml_next_any(each))
		if (xml_is_text(each) && strspn(xml_content(each), " \t\r\n") != strlen(xml_content(each)))
			return true;
	return false;
}

static const char *block_fault(const xml_node *node, const char *allowed, const xml_node **at_r)
{
	const char *name = xml_name(node), *fault, *below;
	struct attributes a = { .list = strcmp(name, "list") == 0 };
	const xml_node *child;

	*at_r = node;
	if (!xml_is(node, NULL, NULL) || !text_in_list(allowed, name))
		return prose_is_mention(node) ? "A mention must stand within a block, such as p." : "Here stands no block of prose. There are p, h, list of item, quote, table of row of cell, and note.";
	xml_each_attribute(node, check_attribute, &a);
	if (a.wrong)
		return a.wrong;
	below = a.list ? "item" : strcmp(name, "table") == 0 ? "row" : strcmp(name, "row") == 0 ? "cell" : NULL;
	if (below && has_text(node))
		return "Text must stand in an item or a cell.";
	for (child = xml_first(node); child; child = xml_next(child)) {
		if (!below && !prose_is_mention(child)) {
			*at_r = child;
			return "Within a block only text and the mentions person, place, org, number and date may stand.";
		}
		fault = below ? block_fault(child, below, at_r) : mention_fault(child, at_r);
		if (fault)
			return fault;
	}
	return NULL;
}

const char *prose_fault(const xml_node *node, const xml_node **at_r)
{
	const xml_node *at = node, *child;
	const char *fault = NULL;

	if (prose_has_blocks(node) && has_text(node))
		fault = "Text beside blocks must stand in a block, such as p.";
	for (child = xml_first(node); child && !fault; child = xml_next(child))
		fault = block_fault(child, top_blocks, &at);
	if (fault && at_r)
		*at_r = at;
	return fault;
}
