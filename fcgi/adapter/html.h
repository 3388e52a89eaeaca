/* HTML5 from a result tree: doctype, void elements, attributes always quoted, boolean ones short, no xmlns on HTML,
 * svg kept with its namespace. The last gate: refuses style=, on*=, javascript: and data: addresses, script or style with text,
 * comments and processing instructions (code html.refused, kind FAULT). One buffer, no allocation per node. */
#ifndef ADAPTER_HTML_H
#define ADAPTER_HTML_H
#include "adapter/xml.h"
char *html_write(void *ctx, const struct xml_doc *doc, size_t *length_r, struct error *error);
/* The same grammar as a list of allowed element and attribute names, for the publication's gate to hold bytes against:
 * NULL-terminated arrays. */
extern const char *const html_void_elements[], *const html_boolean_attributes[];
#endif
