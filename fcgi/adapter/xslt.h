/* XSLT 1.0 with its limits: no file, network or document-writing access while transforming; imports by bare name only, looked
 * up first in the stylesheet's own folder, then in the shared one; any message while compiling refuses the stylesheet. */
#ifndef ADAPTER_XSLT_H
#define ADAPTER_XSLT_H
#include "adapter/xml.h"

struct xslt;      /* talloc object with destructor; read-only once made, shared across fork */
void xslt_start(void);
/* From a file; `shared` is the second folder for imports and includes. */
struct xslt *xslt_read(void *ctx, const char *path, const char *shared, struct error *error);
/* From a document in memory (a compiled form); doc is copied. Includes are looked up in `shared` only. `name` is for messages. */
struct xslt *xslt_from_doc(void *ctx, const struct xml_doc *doc, const char *name, const char *shared, struct error *error);
/* A new document. The source may be changed by strip-space: one throw-away model per transform. EXSLT: only str, date, set, common. */
struct xml_doc *xslt_apply(void *ctx, const struct xslt *xslt, struct xml_doc *source, struct error *error);
#endif
