#include "form/fill.h"

#include "form/fill_inner.h"

void fill_plain(const struct field *field, xml_node *node, const char *text)
{
	const char *pieces[PIECES] = { [WHOLE] = text };

	fill_value(NULL, field, node, pieces);
}
