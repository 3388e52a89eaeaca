#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "case/submission.h"
#include "form/fill.h"
#include "page/page_section_inner.h"
#include "page/pages.h"
#include "store/store_draft.h"
#include "store/store_version.h"

/* A draft is the whole document: it may only follow the very revision that it was joined with, whichever section that one changed. */
static int save(void *ctx, struct desk *k, const struct xml_doc *doc, int base_rev, const char *once, int *rev_r, struct error *error)
{
	struct store *store = k->flow->house->store;
	size_t length;
	char *bytes = xml_write(ctx, xml_root(doc), &length);
	int newest, rc = -1;

	if (store_begin(store, error) != 0)
		return -1;
	if (draft_section_rev(store, k->document, "", &newest, error) != 0)
		goto out;
	if (newest != base_rev)
		error_set(error, ERROR_CONFLICT, "draft.stale", "Somebody else has changed this document since you opened it.");
	else if (draft_save(store, k->flow->actor, k->document, k->section->id, base_rev, k->form->form->version, bytes, length, once, rev_r, error) == 0 && workflow_saved(k->flow, k->document, error) == 0)
		rc = store_commit(store, error);
out:
	if (rc != 0)
		store_rollback(store);
	return rc;
}

/* What a page began from: a draft's revision ("7"), a version where no draft stood ("v2", here -2), or the empty form (0). */
static int begun_from(const struct request *r, const struct desk *k)
{
	const char *rev = parts_get(r->form, "rev");
	int n = rev != NULL && *rev == 'v' ? -text_ordinal(rev + 1, rev + strlen(rev)) : (int)request_number(r->form, "rev", 0);

	return n == 0 ? -k->document->latest : n;
}

static int standing(const struct desk *k) { return k->rev > 0 ? k->rev : -k->document->latest; }

/* The text that the person began with: the revision or version their page named. */
static struct xml_doc *base_text(void *ctx, const struct desk *k, int rev, struct error *error)
{
	struct draft *draft;
	struct version *version;

	if (rev == 0)
		return xml_copy(ctx, k->form->form->empty);
	if (rev == -k->document->latest && hook_latest(k->flow->hook, k->document) != NULL)
		return xml_copy(ctx, hook_latest(k->flow->hook, k->document));
	if (rev < 0) {
		version = version_get(ctx, k->flow->house->store, k->document, -rev, error);
		return version == NULL ? NULL : xml_read_own(ctx, version->bytes, version->length, k->document->pub, error);
	}
	draft = draft_get(ctx, k->flow->house->store, k->document, rev, error);
	return draft == NULL ? NULL : xml_read_own(ctx, draft->bytes, draft->length, k->document->pub, error);
}

#define LONG_ROW 8          /* answers in a row from which on it is long … */
#define LONG_IN_PLACE 2     /* … and how many such rows, or short ones, stand on one page: xsl/compile-form.xsl decides alike */
#define SHORT_IN_PLACE 20

/* Is a row of this repeat edited on a page of its own? */
static bool row_by_row(const struct desk *k, const char *row)
{
	const struct repeat *repeat = form_repeat(k->form->form, row);
	size_t length = repeat == NULL ? 0 : strlen(repeat->pattern);
	const char *number = strrchr(row, '.');
	int fields = 0;

	for (int i = 0; repeat != NULL && i < k->form->form->field_count; i++) {
		const char *pattern = k->form->form->fields[i].pattern;
		fields += strncmp(pattern, repeat->pattern, length) == 0 && pattern[length] == '.';
	}
	return repeat != NULL && repeat->outer == NULL && number != NULL && atoi(number + 1) > (fields > LONG_ROW ? LONG_IN_PLACE : SHORT_IN_PLACE);
}

/* The section after this one in which there is something to answer; NULL after the last. */
static const struct section *following(void *ctx, const struct desk *k, struct error *error)
{
	const struct form *form = k->form->form;

	for (int i = (int)(k->section - form->sections) + 1; i < form->section_count; i++) {
		struct progress p;
		if (judge_progress(ctx, k->judge, k->doc, form->sections[i].id, &p, error) != 0)
			return NULL;
		if (p.fields > 0 || p.rows)
			return &form->sections[i];
	}
	return NULL;
}

/* Without a fault: from a row back to its section, from a change back to the answers that are checked, else on to the next section, and after the last to checking. */
static int onwards(void *ctx, struct request *r, struct answer *answer, const struct desk *k, const char *row, struct error *error)
{
	const struct section *next;

	*error = (struct error){0};      /* that there was no draft before is no error */
	if (parts_has(r->query, "from") && row != NULL)
		model_redirect(answer, talloc_asprintf(ctx, "%s/submit#%s", k->base, row));
	else if (row != NULL)
		model_redirect(answer, talloc_asprintf(ctx, "%s#%s", desk_address(ctx, k, r, NULL), row));
	else if (parts_has(r->query, "from") || ((next = following(ctx, k, error)) == NULL && error->kind == ERROR_NONE))
		model_redirect(answer, talloc_asprintf(ctx, "%s/submit", k->base));
	else if (error->kind != ERROR_NONE)
		return -1;
	else
		model_redirect(answer, talloc_asprintf(ctx, "%s/edit/%s", k->base, next->id));
	return 0;
}

static int next_page(void *ctx, struct request *r, struct answer *answer, struct desk *k, const char *button, const char *anchor, struct error *error)
{
	struct faults *faults = faults_new(ctx, 200);
	const char *row = desk_row(r, k), *address = desk_address(ctx, k, r, row);

	if (r->autosave) {
		answer->status = 204;
		answer->headers = talloc_asprintf(ctx, "X-Rev: %d\r\n", k->rev);
		return 0;
	}
	if (anchor != NULL && text_starts(button, "add:") && row_by_row(k, anchor))
		model_redirect(answer, desk_address(ctx, k, r, anchor));
	else if (anchor != NULL)      /* rows inside a row stay on its page */
		model_redirect(answer, talloc_asprintf(ctx, "%s#%s", desk_address(ctx, k, r, row != NULL && text_starts(anchor, talloc_asprintf(ctx, "%s.", row)) ? row : NULL), anchor));
	else if (button != NULL && strcmp(button, "later") == 0)
		model_redirect(answer, k->base);
	else if (judge_document(ctx, k->judge, k->doc, k->section->id, faults, error) != 0)
		return -1;
	if (answer->location != NULL)
		return 0;
	desk_only_row(faults, row);
	if (faults->errors == 0)
		return onwards(ctx, r, answer, k, row, error);
	model_redirect(answer, talloc_asprintf(ctx, "%s%scheck=1", address, strchr(address, '?') == NULL ? "?" : "&"));
	return 0;
}

#define MAX_TRIES 20      /* each is lost only to a save of somebody else */

/* Whose text a clash is with: the newest draft's, or the version's that was submitted meanwhile. */
static int clash_with(void *ctx, const struct desk *k, struct clashes *clashes, struct error *error)
{
	struct store *store = k->flow->house->store;
	struct draft *draft = draft_latest(ctx, store, k->document, error);
	struct version *version = draft == NULL && error->kind == ERROR_MISSING ? version_get(ctx, store, k->document, 0, error) : NULL;

	if (draft == NULL && version == NULL)
		return -1;
	*error = (struct error){0};
	clashes->by = draft != NULL ? draft->author_name : version->author_name;
	clashes->at = draft != NULL ? draft->at : version->at;
	return 0;
}

/* Two people at one document: what only one of them changed joins by itself and is saved. Somebody may save in between: then what stands is read anew. */
static int join(void *ctx, struct request *r, struct desk *k, int rev, const struct xml_doc *base, struct xml_doc *mine, struct clashes *clashes, struct error *error)
{
	for (int tries = 0; tries < MAX_TRIES; tries++) {
		struct xml_doc *joined = mine;
		clashes->count = 0;
		if (rev != standing(k) && compare_merge(ctx, k->form->form, base, k->doc, mine, &joined, &clashes->list, &clashes->count, error) != 0)
			return -1;
		if (clashes->count > 0 && clash_with(ctx, k, clashes, error) != 0)
			return -1;
		if (save(ctx, k, joined, k->rev, clashes->count > 0 ? NULL : parts_get(r->form, "once"), &k->rev, error) == 0) {
			k->doc = joined;
			return 0;
		}
		if (error->kind != ERROR_CONFLICT)
			return -1;
		*error = (struct error){0};
		if (desk_sit_down(ctx, r, k, true, error) != 0)
			return -1;
	}
	return error_set(error, ERROR_BUSY, "draft.busy", "Many people are saving this document at this moment. Nothing of yours was saved: go back and save again.");
}

/* A button reaches the rows of its own section only, and of them those in which this person may fill something. */
static int own_rows(const struct desk *k, const char *name, struct error *error)
{
	const struct repeat *repeat = form_repeat(k->form->form, name);

	if (repeat != NULL && strcmp(repeat->section, k->section->id) == 0)
		for (int i = 0; i < k->form->form->field_count; i++) {
			const struct field *f = &k->form->form->fields[i];
			if (text_starts(f->pattern, repeat->pattern) && f->pattern[strlen(repeat->pattern)] == '.' && judge_may_fill(k->judge, f))
				return 0;
		}
	return error_set(error, ERROR_INVALID, "rows.other", "These rows are not part of this section, or not yours to change. Nothing was saved: load the page again.");
}

static int press(void *ctx, struct desk *k, struct xml_doc *doc, const char *button, char **anchor_r, struct error *error)
{
	*anchor_r = NULL;
	if (button == NULL)
		return 0;
	if ((text_starts(button, "add:") || text_starts(button, "remove:")) && own_rows(k, strchr(button, ':') + 1, error) != 0)
		return -1;
	if (text_starts(button, "add:"))
		return fill_add_row(ctx, k->form->form, doc, button + 4, anchor_r, error);
	if (text_starts(button, "remove:")) {
		*anchor_r = talloc_strndup(ctx, button + 7, (size_t)(strrchr(button, '.') == NULL ? 0 : strrchr(button, '.') - button - 7));
		return fill_remove_row(k->form->form, doc, button + 7, error);
	}
	return 0;
}

/* On the very text that the page showed, whatever has been saved since: that is joined when the choices are made. */
static int ask_again(void *ctx, struct request *r, struct answer *answer, struct desk *k, int rev, struct xml_doc *shown, struct error *error)
{
	struct clashes clashes = {0};

	*error = (struct error){0};
	if (clash_with(ctx, k, &clashes, error) != 0)
		return -1;
	k->rev = rev;
	k->doc = shown;
	return desk_ask_again(ctx, r, answer, k, &clashes);
}

int page_section_post(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	const char *button = parts_get(r->form, "do");
	bool resolve = button != NULL && strcmp(button, "resolve") == 0;
	struct faults *refused = faults_new(ctx, 20);
	struct parts *fields = request_fields(ctx, r);
	int rev;
	struct clashes clashes = {0};
	struct xml_doc *base, *mine;
	char *anchor = NULL;
	struct desk k;

	if (desk_sit_down(ctx, r, &k, true, error) != 0)
		return -1;
	rev = begun_from(r, &k);
	base = base_text(ctx, &k, rev, error);
	if (base == NULL || submission_give_rows(ctx, k.flow, k.document, base, error) != 0)
		return -1;
	mine = xml_copy(ctx, base);
	fill_given_rows(k.form->form, mine, r->form);
	if (resolve ? desk_resolve(ctx, r, &k, mine, error) != 0 :
	    desk_files(ctx, &k, fields, refused, error) != 0 || fill_section(ctx, k.judge, mine, k.section->id, fields, "", error) != 0)
		return strcmp(error->code, "conflict.pick") == 0 ? ask_again(ctx, r, answer, &k, rev, base, error) : -1;
	if (judge_calculate(ctx, k.judge, mine, base, error) != 0 || press(ctx, &k, mine, button, &anchor, error) != 0)
		return -1;
	fill_ids(k.form->form, mine);
	if (join(ctx, r, &k, rev, base, mine, &clashes, error) != 0)
		return -1;
	if (clashes.count > 0)
		return desk_conflict(ctx, r, answer, &k, &clashes, error);
	if (refused->count > 0) {
		answer->status = 422;
		return desk_show(ctx, r, answer, &k, false, refused, error);
	}
	return next_page(ctx, r, answer, &k, button, anchor, error);
}
