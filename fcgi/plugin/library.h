/* The shelf of forms and stylesheets: read, checked and compiled once, before the fork, and shared by all requests. */
#ifndef PLUGIN_LIBRARY_H
#define PLUGIN_LIBRARY_H
#include <stdio.h>
#include "adapter/xslt.h"
#include "base/config.h"
#include "form/form.h"

struct library_form { struct form *form; struct xslt *edit, *view; char *file; };
struct library {
	struct library_form *forms; int count;
	struct xslt *site, *open;          /* every page that is not a form; the public lists */
	char *xsl_dir;
};
/* Reads forms/<folder>/<name>-<version>.xml below share_dir and compiles each; any fault stops with the file's name. */
struct library *library_load(void *ctx, const struct config *config, struct error *error);
/* version 0: the newest. NULL when there is none. */
const struct library_form *library_form(const struct library *library, const char *id, int version);
/* `dossier form FILE`: what was compiled, printed. */
int library_describe(const char *path, const struct config *config, FILE *to, struct error *error);
/* `dossier form FILE --sheet`: the stylesheet of the form's pages as it is compiled, to be measured or looked at. */
int library_print_sheet(const char *path, const struct config *config, FILE *to, struct error *error);
/* A file whole, owned by ctx. */
char *library_file(void *ctx, const char *path, size_t *length_r, struct error *error);
#endif
