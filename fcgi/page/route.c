#include "page/route.h"

#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <talloc.h>

#include "adapter/fold.h"
#include "base/log.h"
#include "base/text.h"
#include "publish/wake.h"
#include "page/again.h"
#include "page/last_words.h"
#include "page/pages.h"
#include "store/store_audit.h"
#include "store/store_backup.h"
#include "store/store_form.h"

struct app { struct house house; struct fastcgi_words *last; struct again *again; };

static const struct route routes[] = {
	{ METHOD_GET,  "/health",                                   true,  page_health },
	{ METHOD_GET,  "/sign-in",                                  true,  page_sign_in },
	{ METHOD_POST, "/sign-in",                                  true,  page_sign_in_post },
	{ METHOD_POST, "/sign-out",                                 true,  page_sign_out },
	{ METHOD_POST, "/session/extend",                           false, page_extend },
	{ METHOD_GET,  "/forms",                                    true,  page_forms },
	{ METHOD_GET,  "/forms/*/*",                                true,  page_form },
	{ METHOD_GET,  "/work",                                     false, page_dashboard, .again = true },
	{ METHOD_GET,  "/work/owed",                                false, page_owed, .again = true },
	{ METHOD_POST, "/work/cases",                               false, page_open_case },
	{ METHOD_GET,  "/work/kept",                                false, page_kept },
	{ METHOD_POST, "/work/kept",                                false, page_kept_post },
	{ METHOD_GET,  "/work/cases/*",                             false, page_case, .again = true },
	{ METHOD_POST, "/work/cases/*/people",                      false, page_people_add },
	{ METHOD_POST, "/work/cases/*/people/remove",               false, page_people_remove },
	{ METHOD_GET,  "/work/cases/*/history",                     false, page_history, .again = true },
	{ METHOD_GET,  "/work/cases/*/chronology",                  false, page_chronology, .again = true },
	{ METHOD_GET,  "/work/cases/*/said/*",                      false, page_said },
	{ METHOD_GET,  "/work/cases/*/do/*",                        false, page_act },
	{ METHOD_POST, "/work/cases/*/do/*",                        false, page_act_post, .keeps = true },
	{ METHOD_POST, "/work/cases/*/documents",                   false, page_document_new },
	{ METHOD_GET,  "/work/cases/*/documents/*",                 false, page_document, .again = true },
	{ METHOD_POST, "/work/cases/*/documents/*",                 false, page_document_xml },
	{ METHOD_GET,  "/work/cases/*/documents/*/submit",          false, page_submit },
	{ METHOD_POST, "/work/cases/*/documents/*/submit",          false, page_submit_post },
	{ METHOD_GET,  "/work/cases/*/documents/*/copy",            false, page_copy },
	{ METHOD_GET,  "/work/cases/*/documents/*/versions/*",      false, page_version, .again = true },
	{ METHOD_GET,  "/work/cases/*/documents/*/versions/*/receipt", false, page_receipt },
	{ METHOD_GET,  "/work/cases/*/documents/*/compare/*/*",     false, page_compare, .again = true },
	{ METHOD_GET,  "/work/cases/*/documents/*/edit/*",          false, page_section, .again = true },
	{ METHOD_POST, "/work/cases/*/documents/*/edit/*",          false, page_section_post, .file = true, .keeps = true },
	{ METHOD_GET,  "/work/cases/*/documents/*/comments",        false, page_comments },
	{ METHOD_POST, "/work/cases/*/documents/*/comments",        false, page_comments_post, .keeps = true },
	{ METHOD_GET,  "/work/cases/*/documents/*/notes/*",         false, page_note },
	{ METHOD_POST, "/work/cases/*/documents/*/notes/*",         false, page_note_post, .keeps = true },
	{ METHOD_POST, "/work/cases/*/documents/*/attachments",     false, page_attach, .file = true },
	{ METHOD_GET,  "/work/cases/*/documents/*/attachments/*",   false, page_attachment },
	{ METHOD_GET,  "/work/cases/*/documents/*/do/*",            false, page_document_act },
	{ METHOD_POST, "/work/cases/*/documents/*/do/*",            false, page_document_act_post, .keeps = true },
	{ METHOD_POST, "/work/cases/*/documents/*/publications",    false, page_publication_new },
	{ METHOD_GET,  "/work/cases/*/publications/*",              false, page_publication },
	{ METHOD_POST, "/work/cases/*/publications/*",              false, page_publication_post, .keeps = true },
	{ METHOD_GET,  "/work/cases/*/publications/*/preview",      false, page_preview },
	{ METHOD_GET,  "/work/cases/*/publications/*/release",      false, page_publication_confirm },
	{ METHOD_POST, "/sandbox/clock",                            false, page_clock },
	{ METHOD_GET,  "/sandbox/sleep",                            true,  page_sleep },
	{ METHOD_POST, "/sandbox/sleep",                            true,  page_sleep },
	{ METHOD_GET,  "/sandbox/memory",                           true,  page_memory },
};

void route_print(FILE *to)
{
	for (size_t i = 0; i < sizeof routes / sizeof routes[0]; i++)
		fprintf(to, "%s\t%s\t%s\n", routes[i].method == METHOD_GET ? "GET" : "POST", routes[i].pattern, routes[i].open ? "anybody" : "signed in");
}

static bool matches(const char *pattern, char *const *steps, int count)
{
	int n = 0;

	for (const char *p = pattern; *p == '/'; n++) {
		size_t length = strcspn(++p, "/");
		if (n >= count || (!(length == 1 && *p == '*') && (strlen(steps[n]) != length || memcmp(steps[n], p, length) != 0)))
			return false;
		p += length;
	}
	return n == count;
}

static const struct route *find(const struct request *r, struct error *error)
{
	bool known = false;

	for (size_t i = 0; i < sizeof routes / sizeof routes[0]; i++) {
		if (!matches(routes[i].pattern, r->steps, r->step_count))
			continue;
		known = true;
		if (routes[i].method == r->method)
			return &routes[i];
	}
	if (known)
		error_set(error, ERROR_METHOD, "request.method", "This address does not take that kind of request.");
	else
		error_set(error, ERROR_MISSING, "request.missing", "There is no such page. Check the address, or begin at your list of cases.");
	return NULL;
}

/* RFC 9110 §15.5.6: a 405 says what would be taken. */
static const char *allowed(void *ctx, const struct request *r)
{
	bool get = false, post = false;

	for (size_t i = 0; i < sizeof routes / sizeof routes[0]; i++)
		if (matches(routes[i].pattern, r->steps, r->step_count)) {
			get = get || routes[i].method == METHOD_GET;
			post = post || routes[i].method == METHOD_POST;
		}
	return talloc_asprintf(ctx, "Allow: %s%s%s\r\n", get ? "GET, HEAD" : "", get && post ? ", " : "", post ? "POST" : "");
}

/* A person who is not signed in is shown the way; a program is told. */
static int stranger(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	if (r->method == METHOD_GET && !r->wants_xml && !r->from_program) {
		model_redirect(answer, talloc_asprintf(ctx, "/sign-in?next=%s", text_path(ctx, r->path)));
		return 0;
	}
	return error_set(error, ERROR_STRANGER, "session.none", "You are not signed in, or your session has ended. Nothing was saved. Sign in in another window, then send this again.");
}

/* Nobody is signed in, or the page is from an earlier session: what was typed is kept where that is worth while, else it is refused. */
static int too_late(void *ctx, struct request *r, struct answer *answer, const struct route *route, struct error *error)
{
	struct error full = {0};
	int kept = route->keeps ? kept_park(ctx, r, answer, &full) : 0;

	if (kept > 0)
		return 0;
	if (kept < 0)
		log_line(LOG_WARN, "kept.not", "code=%s", full.code);
	return r->known ? -1 : stranger(ctx, r, answer, error);
}

/* A page that this process has just made, of what is still so; else asked_r is what a new one is kept under. */
static bool given_again(void *ctx, struct app *app, struct request *r, struct again_asked *asked_r, struct answer *answer)
{
	size_t length;
	char *params = fastcgi_params(ctx, r->fastcgi, "REQUEST_ID", &length);
	struct again_page page;

	again_ask(app->again, r->house->store, params, length, r->actor.account, asked_r);
	if (!again_find(app->again, asked_r, r->id, &page))
		return false;
	answer->type = page.type;
	answer->bytes = page.bytes;
	answer->length = page.length;
	return true;
}

static void keep_for_again(struct app *app, const struct request *r, const struct again_asked *asked, const struct answer *answer)
{
	if (answer->status == 200 && answer->model != NULL && answer->bytes != NULL && answer->headers == NULL && answer->location == NULL)
		again_keep(app->again, asked, r->id, answer->once, &(struct again_page){ answer->type, answer->bytes, answer->length });
}

/* The body last: nobody makes the server read one that it will not take, or from whom. */
static int handle(void *ctx, struct app *app, struct request *r, struct again_asked *asked_r, struct answer *answer, struct error *error)
{
	struct error none = {0};
	const struct route *route = error->kind == ERROR_NONE ? find(r, &none) : NULL;
	bool post = route != NULL && r->method == METHOD_POST;

	if (error->kind != ERROR_NONE || (post && request_fits(r, route->file, error) != 0) || request_who(r, error) != 0)
		return -1;
	if (route == NULL) {
		*error = none;
		if (none.kind == ERROR_METHOD)
			answer->headers = allowed(ctx, r);
		return -1;
	}
	if (!route->open && !r->known)
		return too_late(ctx, r, answer, route, error);
	if (post && request_body(r, route->file, error) != 0)
		return -1;
	if (post && request_genuine(r, error) != 0)
		return strcmp(error->code, "request.csrf") == 0 ? too_late(ctx, r, answer, route, error) : -1;
	db_saved_nothing(store_db(r->house->store));      /* that a session was seen is nothing of the sender's */
	if (route->again && given_again(ctx, app, r, asked_r, answer))
		return 0;
	if (route->handler(ctx, r, answer, error) != 0)
		return -1;
	return post && route->keeps ? kept_done(ctx, r, error) : 0;
}

/* Refusals to somebody we know are kept; those to strangers go to the log alone, which the clerk counts into the audit. */
static void refused(struct request *r, const struct error *error)
{
	struct error ignored;
	struct audit_entry entry = { .verb = "request", .outcome = "refused", .detail = error->code };
	bool saved = *db_saved(store_db(r->house->store)) != DB_SAVED_NOTHING;

	if (r->known && (error->kind == ERROR_DENIED || error->kind == ERROR_MISSING) && strcmp(error->code, "request.missing") != 0)
		audit_refusal(r->house->store, &r->actor, &entry, &ignored);
	if (!saved)
		db_saved_nothing(store_db(r->house->store));
	if (!r->known && error->kind == ERROR_STRANGER)
		audit_stranger();
	log_line(error->kind == ERROR_FAULT ? LOG_ERROR : LOG_INFO, "request.refused", "status=%d code=%s", error_status(error->kind), error->code);
}

void app_serve(struct app *app, struct fastcgi *f)
{
	void *ctx = talloc_new(NULL);
	struct error error = {0};
	struct answer answer = { .status = 200 };
	struct again_asked asked = {0};
	struct request *r;

	db_saved_nothing(store_db(app->house.store));
	r = request_read(ctx, &app->house, f, &error);
	if (handle(ctx, app, r, &asked, &answer, &error) != 0) {
		refused(r, &error);
		model_error(ctx, r, &answer, &error);
	}
	model_send(ctx, r, &answer);
	keep_for_again(app, r, &asked, &answer);
	log_request(NULL, 0);
	talloc_free(ctx);
	app_rest(app);
}

void app_rest(void *data)
{
	struct app *app = data;

	if (app->house.store == NULL)
		return;
	store_trim(app->house.store);
	again_trim(app->again, date_now_real());
}

static struct holidays *holidays(void *ctx, const struct config *config, struct error *error)
{
	const char *path = *config->holidays != '\0' ? config->holidays : config_path(ctx, config->share_dir, "data/holidays-england.txt");
	return date_holidays_read(ctx, path, error);
}

int app_start(struct error *error)
{
	xml_start();
	xslt_start();
	if (seal_start(error) != 0)
		return -1;
	return fold_start() == 0 ? 0 : error_set(error, ERROR_FAULT, "fold.start", "ICU’s data cannot be loaded.");
}

struct app *app_load(void *ctx, const struct config *config, struct error *error)
{
	struct app *app = talloc_zero(ctx, struct app);

	app->house.config = config;
	if (date_clock_share(error) != 0 || audit_share(error) != 0 || wake_share(error) != 0 || backup_share(error) != 0)
		goto out;
	date_clock_move(config->clock_offset * 1000);
	if (app_start(error) != 0)
		goto out;
	app->house.holidays = holidays(app, config, error);
	app->house.library = app->house.holidays == NULL ? NULL : library_load(app, config, error);
	app->house.plugins = app->house.library == NULL ? NULL : plugins_load(app, config, app->house.library, error);
	if (app->house.plugins == NULL || hook_init(app, app->house.plugins, error) != 0 || publication_start(app, &app->house, error) != 0)
		goto out;
	app->house.sniffer = sniffer_new(app, error);
	if (app->house.sniffer == NULL)
		goto out;
	app->last = last_words(app, &app->house, error);
	if (app->last == NULL)
		goto out;
	xml_close_doors();
	return app;
out:
	talloc_free(app);
	return NULL;
}

static int form_kept(const struct app *app, struct store *store, const struct library_form *f, struct error *error)
{
	if (form_released(store, f->form->id, f->form->version, f->form->hash, error) == 0)
		return 0;
	if (app->house.config->profile != PROFILE_DEVELOPMENT || error->kind != ERROR_CONFLICT)
		return error_at(error, f->file, 0, 0);
	log_line(LOG_WARN, "form.changed", "form=%s version=%d", f->form->id, f->form->version);
	memset(error, 0, sizeof *error);
	return 0;
}

struct shelf { const struct app *app; struct error *error; };

/* Documents are shown under the version of the form that they were written in. A form of which no version is left went with its plugin. */
static int form_there(void *data, const char *id, int version)
{
	const struct shelf *shelf = data;
	const struct library *library = shelf->app->house.library;
	char where[200];

	if (library_form(library, id, version) != NULL || library_form(library, id, 0) == NULL)
		return 0;
	if (shelf->app->house.config->profile == PROFILE_DEVELOPMENT) {
		log_line(LOG_WARN, "form.lost", "form=%s version=%d", id, version);
		return 0;
	}
	snprintf(where, sizeof where, "%s/forms/%s-%d.xml", shelf->app->house.config->share_dir, id, version);
	error_set(shelf->error, ERROR_CONFLICT, "form.lost", "Form %s version %d has been released and its file is gone. Put it back: what was written in it could not be read.", id, version);
	return error_at(shelf->error, where, 0, 0);
}

int app_forms_released(struct app *app, struct store *store, struct error *error)
{
	const struct library *library = app->house.library;
	int rc = store_begin(store, error);

	for (int i = 0; rc == 0 && i < library->count; i++)
		rc = form_kept(app, store, &library->forms[i], error);
	if (rc == 0)
		rc = form_each_released(store, form_there, &(struct shelf){ app, error }, error);
	if (rc == 0)
		rc = store_commit(store, error);
	if (rc != 0)
		store_rollback(store);
	return rc;
}

int app_open(struct app *app, struct error *error)
{
	app->again = again_new(app);
	app->house.store = store_open(app, app->house.config, error);
	return app->house.store == NULL ? -1 : 0;
}

void app_listen(struct app *app, struct fastcgi *f)
{
	fastcgi_last_words(f, app->last, db_saved(store_db(app->house.store)));
}

struct house *app_house(struct app *app) { return &app->house; }
