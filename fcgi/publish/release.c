#include "publish/release_parts.h"

#include <string.h>
#include <talloc.h>
#include "adapter/html.h"
#include "base/text.h"

/* nginx/headers.conf, value by value (a test compares); Content-Type is nginx's own for .html with charset utf-8. */
const char *const release_headers[] = {
	"Content-Type: text/html; charset=utf-8",
	"Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
		"frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
	"Cache-Control: no-store",
	"X-Robots-Tag: noarchive",
	"X-Content-Type-Options: nosniff",
	"Referrer-Policy: no-referrer",
	"Cross-Origin-Opener-Policy: same-origin",
	"Cross-Origin-Resource-Policy: same-origin",
	"Permissions-Policy: camera=(), geolocation=(), microphone=()",
	NULL
};

struct tree {
	struct release_files files;
	const struct edition *editions; int count;
	const struct config *config;
	const struct xslt *site;
	const char **folders; int folder_count;
};

static int add(struct tree *t, const char *path, const char *bytes, size_t length, bool list, struct error *error)
{
	struct release_files *f = &t->files;

	for (int i = 0; i < f->count; i++)
		if (!strcmp(f->list[i].path, path)) {
			error_set(error, ERROR_FAULT, "published.double", "Two publications have the same address.");
			return error_at(error, path, 0, 0);
		}
	f->list = talloc_realloc(t, f->list, struct release_file, f->count + 1);
	f->list[f->count++] = (struct release_file){ path, bytes, length, list };
	return 0;
}

static struct xml_doc *page_new(struct tree *t, const char *is, const char *title)
{
	struct xml_doc *doc = xml_new(t, "page");
	xml_node *page = xml_root(doc), *site = xml_add(page, "site");

	xml_set(page, "is", is);
	xml_set(page, "title", title);
	xml_set(site, "name", t->config->partnership);
	xml_set(site, "contact", t->config->contact);
	return doc;
}

static int render(struct tree *t, const char *path, struct xml_doc *model, bool list, struct error *error)
{
	struct xml_doc *html = xslt_apply(t, t->site, model, error);
	size_t length;
	char *bytes = html ? html_write(t, html, &length, error) : NULL;

	talloc_free(html);
	talloc_free(model);
	return bytes ? add(t, path, bytes, length, list, error) : -1;
}

static bool is_listed(const struct edition *e, const char *folder)
{
	return !folder || !strcmp(e->folder, folder);
}

/* A withdrawn edition is listed without its title and address: both may be why it was withdrawn. */
static int write_index(struct tree *t, const char *folder, struct error *error)
{
	struct xml_doc *model = page_new(t, "public-index", "Publications");

	for (int i = 0; i < t->count; i++) {
		const struct edition *e = &t->editions[i];
		if (!is_listed(e, folder))
			continue;
		xml_node *row = xml_add(xml_root(model), "edition");
		xml_set(row, "title", e->withdrawn ? "A page that was withdrawn" : e->title);
		if (e->withdrawn)
			xml_set(row, "withdrawn", "yes");
		else
			xml_setf(row, "href", "/%s/%s", e->folder, e->slug);
		xml_set(row, "published", date_iso(model, e->published));
		xml_set(row, "published-words", date_words(model, e->published));
		xml_set(row, "folder", e->folder);
	}
	return render(t, folder ? talloc_asprintf(t, "%s/index.html", folder) : "index.html", model, true, error);
}

static void entry(struct tree *t, xml_node *feed, const struct edition *e)
{
	char *address = talloc_asprintf(t, "%s/%s/%s", t->config->base_url, e->folder, e->slug), *on = talloc_asprintf(t, "%sT00:00:00Z", date_iso(t, e->published));
	xml_node *node = xml_add(feed, "entry");

	xml_add_text(node, "id", address);
	xml_add_text(node, "title", e->title);
	xml_set(xml_add(node, "link"), "href", address);
	xml_add_text(node, "updated", on);
}

/* Atom (RFC 4287). Its days are those of publication: when a row was written is nobody's business. */
static int write_feed(struct tree *t, const char *folder, struct error *error)
{
	struct xml_doc *doc = xml_new(t, "feed");
	xml_node *feed = xml_root(doc), *updated;
	char *below = talloc_asprintf(t, "/%s%s", folder ? folder : "", folder ? "/" : "");
	day newest = DAY_NONE;
	size_t length;

	xml_set(feed, "xmlns", "http://www.w3.org/2005/Atom");
	xml_add_text(feed, "id", talloc_asprintf(doc, "%s%s", t->config->base_url, below));
	xml_add_text(feed, "title", t->config->partnership);
	xml_node *self = xml_add(feed, "link");
	xml_set(self, "rel", "self");
	xml_setf(self, "href", "%s%sfeed.xml", t->config->base_url, below);
	xml_add_text(xml_add(feed, "author"), "name", t->config->partnership);
	updated = xml_add(feed, "updated");
	for (int i = 0; i < t->count; i++) {
		const struct edition *e = &t->editions[i];
		if (e->withdrawn || !is_listed(e, folder))
			continue;
		entry(t, feed, e);
		newest = e->published > newest ? e->published : newest;
	}
	if (newest == DAY_NONE) {
		talloc_free(doc);                    /* a feed must say when it changed; an empty one never did */
		return 0;
	}
	xml_append(updated, talloc_asprintf(doc, "%sT00:00:00Z", date_iso(doc, newest)));
	char *bytes = talloc_asprintf(t, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n%s\n", xml_write(doc, feed, &length));
	return add(t, talloc_asprintf(t, "%sfeed.xml", below + 1), bytes, strlen(bytes), true, error);
}

static bool is_whole(void *ctx, const char *bytes, size_t length, const char *sha256)
{
	unsigned char hash[SEAL_HASH];

	seal_sha256(bytes, length, hash);
	char *hex = text_hex(ctx, hash, SEAL_HASH);
	bool same = !strcmp(hex, sha256);
	talloc_free(hex);
	return same;
}

static int write_tombstone(struct tree *t, const struct edition *e, const char *path, struct error *error)
{
	struct xml_doc *model = page_new(t, "public-tombstone", "This page was withdrawn");
	xml_node *stone = xml_add(xml_root(model), "tombstone");

	xml_set(stone, "folder", e->folder);
	xml_set(stone, "reason", e->reason);
	xml_set(stone, "withdrawn-words", date_words(model, date_day_of(e->withdrawn)));
	return render(t, talloc_asprintf(t, "withdrawn/%s", path), model, false, error);
}

static int write_edition(struct tree *t, const struct edition *e, struct error *error)
{
	const char *path = talloc_asprintf(t, "%s/%s.html", e->folder, e->slug);

	if (!text_is_slug(e->folder) || !text_is_slug(e->slug) || !strcmp(e->folder, "withdrawn"))
		return error_set(error, ERROR_FAULT, "published.address", "A publication's address is not made of slugs.");
	if (e->withdrawn)
		return write_tombstone(t, e, path, error);
	if (!is_whole(t, e->bytes, e->length, e->sha256)) {
		error_set(error, ERROR_FAULT, "published.hash", "The bytes of a released page are not those that were approved.");
		return error_at(error, path, 0, 0);
	}
	return add(t, path, e->bytes, e->length, false, error);
}

static void note_folder(struct tree *t, const char *folder)
{
	for (int i = 0; i < t->folder_count; i++)
		if (!strcmp(t->folders[i], folder))
			return;
	t->folders = talloc_realloc(t, t->folders, const char *, t->folder_count + 1);
	t->folders[t->folder_count++] = folder;
}

static int write_lists(struct tree *t, struct error *error)
{
	if (write_index(t, NULL, error) || write_feed(t, NULL, error))
		return -1;
	for (int i = 0; i < t->folder_count; i++)
		if (write_index(t, t->folders[i], error) || write_feed(t, t->folders[i], error))
			return -1;
	return 0;
}

/* A withdrawal waits for nothing that can fail: no stylesheet, no other page. */
static int take_down(struct tree *t, const char *root, struct error *error)
{
	for (int i = 0; i < t->count; i++) {
		const struct edition *e = &t->editions[i];
		if (e->withdrawn && text_is_slug(e->folder) && text_is_slug(e->slug) && release_take_down(t, root, talloc_asprintf(t, "%s/%s.html", e->folder, e->slug), &t->files.changed, error))
			return -1;
	}
	return 0;
}

/* All that the rows make. */
static int make(struct tree *t, struct error *error)
{
	for (int i = 0; i < t->count; i++) {
		if (write_edition(t, &t->editions[i], error))
			return -1;
		note_folder(t, t->editions[i].folder);
	}
	return write_lists(t, error);
}

static struct tree *tree_of(void *ctx, const struct edition *editions, int count, const struct config *config, const struct xslt *site)
{
	struct tree *t = talloc_zero(ctx, struct tree);

	t->editions = editions;
	t->count = count;
	t->config = config;
	t->site = site;
	return t;
}

int release_tree(void *ctx, const struct edition *editions, int count, const struct config *config, const struct xslt *site, int *repaired_r, struct error *error)
{
	struct tree *t = tree_of(ctx, editions, count, config, site);
	const char *root = config_path(t, config->data_dir, "published");
	int result = -1;

	if (take_down(t, root, error) == 0 && make(t, error) == 0)
		result = release_disk(t, root, &t->files, repaired_r, error);
	talloc_free(t);
	return result;
}

int release_sync(void *ctx, struct store *store, const struct config *config, const struct xslt *site, int *repaired_r, struct error *error)
{
	void *tmp = talloc_new(ctx);
	struct edition *list;
	int n = edition_list(tmp, store, true, &list, error), result;

	result = n < 0 ? -1 : release_tree(tmp, list, n, config, site, repaired_r, error);
	talloc_free(tmp);
	return result;
}

static int check_one(void *ctx, const struct edition *e, const struct config *config, struct error *error)
{
	char *below = talloc_asprintf(ctx, "published/%s/%s.html", e->folder, e->slug);
	size_t length = 0;
	char *bytes = release_read(ctx, config_path(ctx, config->data_dir, below), &length);

	if (e->withdrawn ? bytes == NULL : bytes && is_whole(ctx, bytes, length, e->sha256))
		return 0;
	error_set(error, ERROR_FAULT, "published.differs", e->withdrawn ? "A withdrawn page still lies among the published ones." :
		"A published page is missing or is not the one that was released.");
	return error_at(error, below, 0, 0);
}

static void may_be(struct release_files *files, char *path)
{
	files->list = talloc_realloc(files, files->list, struct release_file, (size_t)files->count + 1);
	files->list[files->count++] = (struct release_file){ .path = path };
}

/* Every path that may lie there: pages, tombstones, lists and feeds. */
static struct release_files *all_paths(void *ctx, const struct edition *editions, int count)
{
	struct release_files *files = talloc_zero(ctx, struct release_files);

	may_be(files, talloc_strdup(files, "index.html"));
	may_be(files, talloc_strdup(files, "feed.xml"));
	for (int i = 0; i < count; i++) {
		const struct edition *e = &editions[i];
		may_be(files, talloc_asprintf(files, "%s%s/%s.html", e->withdrawn ? "withdrawn/" : "", e->folder, e->slug));
		may_be(files, talloc_asprintf(files, "%s/index.html", e->folder));
		may_be(files, talloc_asprintf(files, "%s/feed.xml", e->folder));
	}
	return files;
}

int release_check(void *ctx, const struct edition *editions, int count, const struct config *config, int64_t *count_r, struct error *error)
{
	void *tmp = talloc_new(ctx);
	int result = 0;

	for (int i = 0; i < count && result == 0; i++)
		result = check_one(tmp, &editions[i], config, error);
	if (result == 0)
		result = release_look(tmp, config_path(tmp, config->data_dir, "published"), all_paths(tmp, editions, count), error);
	if (result == 0)
		*count_r = count;
	talloc_free(tmp);
	return result;
}

/* Lists, feeds and tombstones are made anew and compared; of a page its hash is known. */
int release_check_lists(void *ctx, const struct edition *editions, int count, const struct config *config, const struct xslt *site, struct error *error)
{
	struct tree *t = tree_of(ctx, editions, count, config, site);
	int result = make(t, error);

	for (int i = 0; result == 0 && i < t->files.count; i++) {
		const struct release_file *file = &t->files.list[i];
		size_t length = 0;
		char *below = talloc_asprintf(t, "published/%s", file->path), *bytes = release_read(t, config_path(t, config->data_dir, below), &length);
		if (bytes && length == file->length && !memcmp(bytes, file->bytes, length))
			continue;
		error_set(error, ERROR_FAULT, "published.differs", "A published list, feed or notice is missing or is not what the released pages make.");
		result = error_at(error, below, 0, 0);
	}
	talloc_free(t);
	return result;
}

int release_verify(void *ctx, struct store *store, const struct config *config, bool lists, int64_t *count_r, struct error *error)
{
	void *tmp = talloc_new(ctx);
	const char *xsl = config_path(tmp, config->share_dir, "xsl");
	const struct xslt *site = NULL;
	struct edition *list;
	int n = edition_list(tmp, store, lists, &list, error), result = n < 0 ? -1 : release_check(tmp, list, n, config, count_r, error);

	if (result == 0 && lists) {
		xslt_start();
		site = xslt_read(tmp, config_path(tmp, xsl, "public.xsl"), xsl, error);
		result = site ? release_check_lists(tmp, list, n, config, site, error) : -1;
	}
	talloc_free(tmp);
	return result;
}
