#include "plugin/library.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <talloc.h>

#include "adapter/seal.h"
#include "base/text.h"

struct compilers { struct xslt *form, *view; struct xml_doc *lists; struct form_pieces pieces; };

char *library_file(void *ctx, const char *path, size_t *length_r, struct error *error)
{
	FILE *f = fopen(path, "rb");
	char *bytes = NULL;
	size_t length = 0, room = 0, got;

	if (f == NULL) {
		error_set(error, ERROR_FAULT, "file.open", "The file cannot be read: %s.", strerror(errno));
		error_at(error, path, 0, 0);
		return NULL;
	}
	do {
		if (room - length < 65536)
			bytes = talloc_realloc(ctx, bytes, char, room = length + 131072);
		got = fread(bytes + length, 1, room - length - 1, f);
		length += got;
	} while (got > 0);
	fclose(f);
	bytes[length] = '\0';
	*length_r = length;
	return bytes;
}

static struct xslt *compile(void *ctx, const struct xslt *compiler, const struct form *form, const char *what,
	const char *xsl_dir, struct error *error)
{
	void *tmp = talloc_new(NULL);
	struct xslt *result = NULL;
	struct xml_doc *sheet = xslt_apply(tmp, compiler, xml_copy(tmp, form->definition), error);

	if (sheet != NULL)
		result = xslt_from_doc(ctx, sheet, talloc_asprintf(tmp, "%s-%d (%s)", form->id, form->version, what), xsl_dir, error);
	talloc_free(tmp);
	return result;
}

/* A released definition is its file and the pieces it includes, in their order. */
static void hash_form(struct form *form, const char *bytes, size_t length, const struct form_pieces *pieces)
{
	void *tmp = talloc_new(NULL);
	char *all = talloc_memdup(tmp, bytes, length);
	char *names = form->pieces == NULL ? NULL : talloc_strdup(tmp, form->pieces), *save = NULL;

	for (char *name = names == NULL ? NULL : strtok_r(names, " ", &save); name != NULL; name = strtok_r(NULL, " ", &save))
		for (int i = 0; i < pieces->count; i++)
			if (strcmp(pieces->list[i].name, name) == 0) {
				all = talloc_realloc(tmp, all, char, length + pieces->list[i].length);
				memcpy(all + length, pieces->list[i].bytes, pieces->list[i].length);
				length += pieces->list[i].length;
			}
	seal_sha256(all, length, form->hash);
	talloc_free(tmp);
}

static int read_form(struct library *library, const char *path, const char *id, int version, const struct compilers *with, struct error *error)
{
	void *tmp = talloc_new(NULL);
	struct library_form entry = {0};
	size_t length;
	int rc = -1;
	char *bytes = library_file(tmp, path, &length, error);

	if (bytes == NULL)
		goto out;
	entry.form = form_read_with(library, bytes, length, path, with->lists, &with->pieces, error);
	if (entry.form == NULL)
		goto out;
	if (strcmp(entry.form->id, id) != 0 || entry.form->version != version) {
		error_set(error, ERROR_FAULT, "form.name", "The file holds form %s version %d, but its name says %s version %d.",
			entry.form->id, entry.form->version, id, version);
		goto out;
	}
	hash_form(entry.form, bytes, length, &with->pieces);
	entry.edit = compile(library, with->form, entry.form, "form", library->xsl_dir, error);
	if (entry.edit == NULL)
		goto out;
	entry.view = compile(library, with->view, entry.form, "view", library->xsl_dir, error);
	if (entry.view == NULL)
		goto out;
	entry.file = talloc_strdup(library, path);
	library->forms = talloc_realloc(library, library->forms, struct library_form, library->count + 1);
	library->forms[library->count++] = entry;
	rc = 0;
out:
	if (rc != 0)
		error_at(error, path, error->line, error->column);
	talloc_free(tmp);
	return rc;
}

/* "return-1.xml" → "return" and 1; false for any other name, also for "return-01.xml", which would be the same version once more. */
static bool split_name(void *ctx, const char *file, char **name_r, int *version_r)
{
	const char *dash = strrchr(file, '-');
	char *end;
	long version;

	if (dash == NULL || !text_ends(file, ".xml"))
		return false;
	version = strtol(dash + 1, &end, 10);
	if (dash[1] < '1' || dash[1] > '9' || strcmp(end, ".xml") != 0 || version > 9999)
		return false;
	*name_r = talloc_strndup(ctx, file, (size_t)(dash - file));
	*version_r = (int)version;
	return true;
}

/* Meant as a form, but nobody would ever see it. What an editor leaves (.x.xml, x.xml~) is not meant. */
static bool is_stray(const char *folder, const char *file)
{
	void *tmp = talloc_new(NULL);
	size_t n = strlen(file);
	char *name;
	int version;
	bool yes = file[0] != '.' && n > 4 && strcasecmp(file + n - 4, ".xml") == 0 && (*folder == '\0' || !split_name(tmp, file, &name, &version));

	talloc_free(tmp);
	return yes && !(strcmp(folder, "shared") == 0 && strcmp(file, "lists.xml") == 0);
}

static int stray(const char *path, struct error *error)
{
	error_set(error, ERROR_FAULT, "form.name", "A form stands in a folder, forms/FOLDER/NAME-VERSION.xml, with a version from 1 to 9999: rename this file, or take it away.");
	return error_at(error, path, 0, 0);
}

static int read_folder(struct library *library, const char *forms_dir, const char *folder, const struct compilers *with, struct error *error)
{
	void *tmp = talloc_new(NULL);
	char *dir = config_path(tmp, forms_dir, folder);
	struct dirent **names = NULL;
	int rc = 0, n = scandir(dir, &names, NULL, alphasort);

	for (int i = 0; i < n; i++) {
		char *name;
		int version;
		if (rc == 0 && is_stray(folder, names[i]->d_name))
			rc = stray(config_path(tmp, dir, names[i]->d_name), error);
		else if (rc == 0 && names[i]->d_name[0] != '.' && split_name(tmp, names[i]->d_name, &name, &version))
			rc = read_form(library, config_path(tmp, dir, names[i]->d_name), talloc_asprintf(tmp, "%s/%s", folder, name), version, with, error);
		free(names[i]);
	}
	free(names);
	talloc_free(tmp);
	return rc;
}

/* forms/pieces/<name>-<version>.xml; the folder may be missing. */
static int read_pieces(void *ctx, const char *forms_dir, struct form_pieces *pieces, struct error *error)
{
	char *dir = config_path(ctx, forms_dir, "pieces");
	struct dirent **names = NULL;
	int rc = 0, n = scandir(dir, &names, NULL, alphasort);

	for (int i = 0; i < n; i++) {
		const char *file = names[i]->d_name;
		struct form_piece piece = {0};
		if (rc == 0 && file[0] != '.' && text_ends(file, ".xml")) {
			char *path = config_path(ctx, dir, file);
			piece.name = talloc_strndup(ctx, file, strlen(file) - strlen(".xml"));
			piece.bytes = library_file(ctx, path, &piece.length, error);
			piece.doc = piece.bytes == NULL ? NULL : xml_read_own(ctx, piece.bytes, piece.length, path, error);
			rc = piece.doc == NULL ? -1 : 0;
			pieces->list = talloc_realloc(ctx, pieces->list, struct form_piece, pieces->count + 1);
			pieces->list[pieces->count++] = piece;
		}
		free(names[i]);
	}
	free(names);
	return rc;
}

static int read_compilers(void *ctx, const struct library *library, const char *forms_dir, struct compilers *with, struct error *error)
{
	with->form = xslt_read(ctx, config_path(ctx, library->xsl_dir, "compile-form.xsl"), library->xsl_dir, error);
	if (with->form == NULL)
		return -1;
	with->view = xslt_read(ctx, config_path(ctx, library->xsl_dir, "compile-view.xsl"), library->xsl_dir, error);
	if (with->view == NULL)
		return -1;
	with->lists = xml_read_file(ctx, config_path(ctx, forms_dir, "shared/lists.xml"), error);
	with->pieces = (struct form_pieces){0};
	if (read_pieces(ctx, forms_dir, &with->pieces, error) != 0)
		return -1;
	return with->lists == NULL ? -1 : 0;
}

static struct library *library_new(void *ctx, const struct config *config)
{
	struct library *library = talloc_zero(ctx, struct library);

	xml_start();      /* the commands that only look at a form or a plugin come here without a server */
	xslt_start();
	library->xsl_dir = config_path(library, config->share_dir, "xsl");
	return library;
}

struct library *library_load(void *ctx, const struct config *config, struct error *error)
{
	void *tmp = talloc_new(NULL);
	struct library *library = library_new(ctx, config);
	char *forms_dir = config_path(tmp, config->share_dir, "forms");
	struct compilers with;
	struct dirent **names = NULL;
	int n, rc = -1;

	library->site = xslt_read(library, config_path(tmp, library->xsl_dir, "site.xsl"), library->xsl_dir, error);
	if (library->site == NULL)
		goto out;
	library->open = xslt_read(library, config_path(tmp, library->xsl_dir, "public.xsl"), library->xsl_dir, error);
	if (library->open == NULL || read_compilers(tmp, library, forms_dir, &with, error) != 0)
		goto out;
	rc = 0;
	n = scandir(forms_dir, &names, NULL, alphasort);
	for (int i = 0; i < n; i++) {
		if (rc == 0 && is_stray("", names[i]->d_name))
			rc = stray(config_path(tmp, forms_dir, names[i]->d_name), error);
		if (rc == 0 && names[i]->d_name[0] != '.' && strcmp(names[i]->d_name, "pieces") != 0 && strchr(names[i]->d_name, '.') == NULL)
			rc = read_folder(library, forms_dir, names[i]->d_name, &with, error);
		free(names[i]);
	}
	free(names);
	if (rc == 0 && library->count == 0) {
		error_set(error, ERROR_FAULT, "form.none", "There is no form in this folder.");
		rc = error_at(error, forms_dir, 0, 0);
	}
out:
	talloc_free(tmp);
	if (rc != 0)
		TALLOC_FREE(library);
	return library;
}

const struct library_form *library_form(const struct library *library, const char *id, int version)
{
	const struct library_form *best = NULL;

	for (int i = 0; i < library->count; i++) {
		const struct library_form *f = &library->forms[i];
		if (strcmp(f->form->id, id) != 0 || (version != 0 && f->form->version != version))
			continue;
		if (best == NULL || f->form->version > best->form->version)
			best = f;
	}
	return best;
}

int library_print_sheet(const char *path, const struct config *config, FILE *to, struct error *error)
{
	void *tmp = talloc_new(NULL);
	struct library *library = library_new(tmp, config);
	struct compilers with;
	struct xml_doc *sheet;
	const struct form *form;
	size_t length;
	int rc = -1;
	char *bytes = library_file(tmp, path, &length, error);

	if (bytes == NULL || read_compilers(tmp, library, config_path(tmp, config->share_dir, "forms"), &with, error) != 0)
		goto out;
	form = form_read_with(tmp, bytes, length, path, with.lists, &with.pieces, error);
	sheet = form == NULL ? NULL : xslt_apply(tmp, with.form, xml_copy(tmp, form->definition), error);
	if (sheet == NULL)
		goto out;
	bytes = xml_write(tmp, xml_root(sheet), &length);
	fwrite(bytes, 1, length, to);
	rc = 0;
out:
	talloc_free(tmp);
	return rc;
}

/* The folder is looked at when all forms are loaded; here a file may still lie at its author's. */
static int check_file_name(const struct form *form, const char *path, struct error *error)
{
	const char *slash = strrchr(path, '/'), *name = strchr(form->id, '/');
	char *wanted = talloc_asprintf(NULL, "%s-%d.xml", name == NULL ? "" : name + 1, form->version);
	int rc = 0;

	if (name == NULL || strchr(name + 1, '/') != NULL)
		rc = error_set(error, ERROR_FAULT, "form.name", "The id %s is not a folder, a slash and a name.", form->id);
	else if (strcmp(slash == NULL ? path : slash + 1, wanted) != 0)
		rc = error_set(error, ERROR_FAULT, "form.name", "The file holds form %s version %d, so its name must be %s.", form->id, form->version, wanted);
	talloc_free(wanted);
	return rc == 0 ? 0 : error_at(error, path, 0, 0);
}

int library_describe(const char *path, const struct config *config, FILE *to, struct error *error)
{
	void *tmp = talloc_new(NULL);
	struct library *library = library_new(tmp, config);
	struct compilers with;
	const struct form *form;
	size_t length;
	int rc = -1;
	char *bytes = library_file(tmp, path, &length, error);

	if (bytes == NULL || read_compilers(tmp, library, config_path(tmp, config->share_dir, "forms"), &with, error) != 0)
		goto out;
	form = form_read_with(tmp, bytes, length, path, with.lists, &with.pieces, error);
	if (form == NULL || check_file_name(form, path, error) != 0)
		goto out;
	fprintf(to, "%s version %d: %s\n%d sections, %d repeats, %d fields\n", form->id, form->version, form->title,
		form->section_count, form->repeat_count, form->field_count);
	for (int i = 0; i < form->field_count; i++) {
		static const char *const classes[] = { "confidential", "identifier", "public" };
		const struct field *f = &form->fields[i];
		fprintf(to, "  %-14s %-44s %-12s %s\n", f->section, f->pattern, classes[f->class], f->is == NULL ? "" : f->is);
	}
	if (compile(tmp, with.form, form, "form", library->xsl_dir, error) == NULL ||
	    compile(tmp, with.view, form, "view", library->xsl_dir, error) == NULL)
		goto out;
	fprintf(to, "form and view compile\n");
	rc = 0;
out:
	talloc_free(tmp);
	return rc;
}
