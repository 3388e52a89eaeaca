#include "form/fill.h"

#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "form/prose.h"

/* "2025-11-08 exact": as a merge shows a date with its precision. */
static void plain_when(xml_node *node, const char *text)
{
	void *tmp = talloc_new(NULL);
	const char *cursor = text;
	char *written = text_next_word(tmp, &cursor), *precision = text_next_word(tmp, &cursor);

	xml_empty(node);
	xml_add_text(node, "written", written);
	xml_add_text(node, "precision", precision);
	talloc_free(tmp);
}

void fill_plain(const struct field *field, xml_node *node, const char *text)
{
	if (field->type == FIELD_PROSE)
		prose_read(node, text, NULL);
	else if (field->type == FIELD_WHEN)
		plain_when(node, text);
	else
		xml_replace_text(node, text);
}
