#include <stdlib.h>
#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "case/submission.h"
#include "form/compare.h"
#include "form/fill.h"
#include "form/prose.h"
#include "page/pages.h"
#include "store/store_draft.h"
#include "store/store_version.h"

/* Editing one section of a document. A POST is saved whatever its faults; faults only block submitting. */
struct desk { struct flow *flow; struct document *document; const struct library_form *form; const struct section *section; struct judge *judge; struct xml_doc *doc; int rev; char *base; };

/* change: the text will be written on. */
static int sit_down(void *ctx, struct request *r, struct desk *k, bool change, struct error *error)
{
	*k = (struct desk){ .flow = flow_open(ctx, r->house, &r->actor, r->steps[2], error) };
	if (k->flow == NULL)
		return -1;
	k->document = flow_document(k->flow, r->steps[4]);
	if (k->document == NULL || (!flow_may(k->flow, "read", k->document->type, k->document).yes && !flow_may(k->flow, "write", k->document->type, k->document).yes))
		return error_set(error, ERROR_MISSING, "document.missing", "There is no such document in this case, or it is not for you.");
	if (submission_may_write(k->flow, k->document, error) != 0)
		return -1;
	k->form = library_form(r->house->library, k->document->form, k->document->form_version);
	k->section = k->form == NULL ? NULL : form_section(k->form->form, r->steps[6]);
	if (k->section == NULL)
		return error_set(error, ERROR_MISSING, "section.missing", "This document has no such section.");
	if (change)
		k->doc = submission_text(ctx, k->flow, k->document, &k->rev, error);
	else
		k->doc = (struct xml_doc *)(uintptr_t)submission_shown(ctx, k->flow, k->document, &k->rev, error);
	if (k->doc == NULL)
		return -1;
	k->judge = flow_judge(ctx, k->flow, k->form->form, k->document);
	k->base = model_case_href(ctx, k->flow, talloc_asprintf(ctx, "/documents/%s", k->document->pub));
	return 0;
}

static xml_node *frame(void *ctx, struct request *r, struct answer *answer, const struct desk *k, const char *is, const char *title)
{
	xml_node *page = model_page(ctx, r, answer, is, title);

	model_trail(page, "/work", "Cases");
	model_trail(page, model_case_href(ctx, k->flow, ""), k->flow->c->reference);
	model_trail(page, k->base, flow_title(ctx, k->flow, k->document));
	model_case(page, k->flow);
	return page;
}

/* On the page of one row only what is wrong in that row is told: the other rows are not on it. */
static void only_row(struct faults *faults, const char *row)
{
	size_t length = row == NULL ? 0 : strlen(row);
	int kept = 0;

	if (row == NULL)
		return;
	faults->errors = 0;
	for (int i = 0; i < faults->count; i++) {
		const char *where = faults->list[i].where;
		if (strncmp(where, row, length) != 0 || (where[length] != '\0' && where[length] != '.'))
			continue;
		faults->errors += !faults->list[i].warning;
		faults->list[kept++] = faults->list[i];
	}
	faults->count = kept;
	faults->rest = 0;
}

static int show(void *ctx, struct request *r, struct answer *answer, const struct desk *k, bool check, struct error *error)
{
	struct faults *faults = check ? faults_new(ctx, 200) : NULL;
	char once[SEAL_ID];
	xml_node *page, *form;
	const char *row = parts_get(r->query, "row");

	if (row != NULL && form_locate(k->form->form, k->doc, row) == NULL)
		row = NULL;
	if (check && judge_document(ctx, k->judge, k->doc, k->section->id, faults, error) != 0)
		return -1;
	if (check)
		only_row(faults, row);
	page = frame(ctx, r, answer, k, "section", k->section->label);
	model_problems(page, faults, true);
	form = model_form(page, k->judge, k->doc, faults, error);
	if (form == NULL)
		return -1;
	seal_id(once);
	xml_set(form, "section", k->section->id);
	xml_set(form, "title", flow_title(ctx, k->flow, k->document));
	xml_setf(form, "action", "%s/edit/%s", k->base, k->section->id);
	xml_set(form, "back", k->base);
	if (row != NULL) {
		xml_set(form, "row", row);
		xml_setf(form, "action", "%s/edit/%s?row=%s", k->base, k->section->id, row);
		xml_setf(form, "back", "%s/edit/%s", k->base, k->section->id);
	}
	xml_setf(form, "rev", k->rev == 0 && k->document->latest > 0 ? "v%d" : "%d", k->rev == 0 ? k->document->latest : k->rev);
	xml_set(form, "once", once);
	answer->sheet = k->form->edit;
	return 0;
}

int page_section(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	struct desk k;

	if (sit_down(ctx, r, &k, false, error) != 0)
		return -1;
	return show(ctx, r, answer, &k, parts_has(r->query, "check"), error);
}

/* --- saving ----------------------------------------------------------------------------------------------------------------- */

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
	else if (draft_save(store, k->flow->actor, k->document, k->section->id, base_rev, k->form->form->version, bytes, length, once, rev_r, error) == 0)
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
	int n = rev != NULL && *rev == 'v' ? -atoi(rev + 1) : (int)request_number(r->form, "rev", 0);

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

static int next_page(void *ctx, struct request *r, struct answer *answer, struct desk *k, const char *button, const char *anchor, struct error *error)
{
	struct faults *faults = faults_new(ctx, 200);
	const char *row = parts_get(r->query, "row");

	if (r->autosave) {
		answer->status = 204;
		answer->headers = talloc_asprintf(ctx, "X-Rev: %d\r\n", k->rev);
		return 0;
	}
	if (anchor != NULL && text_starts(button, "add:") && row_by_row(k, anchor)) {
		model_redirect(answer, talloc_asprintf(ctx, "%s/edit/%s?row=%s", k->base, k->section->id, anchor));
		return 0;
	}
	if (anchor != NULL) {
		model_redirect(answer, talloc_asprintf(ctx, "%s/edit/%s#%s", k->base, k->section->id, anchor));
		return 0;
	}
	if (button != NULL && strcmp(button, "later") == 0) {
		model_redirect(answer, k->base);
		return 0;
	}
	if (judge_document(ctx, k->judge, k->doc, k->section->id, faults, error) != 0)
		return -1;
	only_row(faults, row);
	if (faults->errors > 0)
		model_redirect(answer, talloc_asprintf(ctx, "%s/edit/%s?check=1%s%s", k->base, k->section->id, row == NULL ? "" : "&row=", row == NULL ? "" : row));
	else
		model_redirect(answer, row == NULL ? k->base : talloc_asprintf(ctx, "%s/edit/%s", k->base, k->section->id));
	return 0;
}

#define MAX_TRIES 20      /* each is lost only to a save of somebody else */

struct clashes { struct clash *list; int count; const char *by; instant at; };

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
		if (sit_down(ctx, r, k, true, error) != 0)
			return -1;
	}
	return error_set(error, ERROR_BUSY, "draft.busy", "Many people are saving this document at this moment. Nothing of yours was saved: go back and save again.");
}

/* What both changed is asked, both texts in sight. */
static int conflict(void *ctx, struct request *r, struct answer *answer, struct desk *k, const struct clashes *clashes, struct error *error)
{
	char once[SEAL_ID];
	xml_node *page, *c;

	if (r->autosave)
		return error_set(error, ERROR_CONFLICT, "draft.stale", "Somebody else has changed this section.");
	page = frame(ctx, r, answer, k, "conflict", "Two people have changed this section");
	c = xml_add(page, "conflict");
	seal_id(once);
	xml_setf(c, "action", "%s/edit/%s", k->base, k->section->id);
	xml_setf(c, "rev", "%d", k->rev);
	xml_set(c, "once", once);
	xml_set(c, "section-label", k->section->label);
	xml_set(c, "by", clashes->by);
	xml_set(c, "at", date_words_instant(ctx, clashes->at));
	for (int i = 0; i < clashes->count; i++) {
		const struct clash *clash = &clashes->list[i];
		xml_node *e = xml_add(c, "clash");
		xml_setf(e, "n", "%d", i + 1);
		xml_set(e, "name", clash->name);
		xml_set(e, "label", clash->field->label);
		xml_add_text(e, "base", clash->base);
		xml_add_text(e, "theirs", clash->theirs);
		xml_add_text(e, "mine", clash->mine);
	}
	answer->status = 409;
	return 0;
}

/* The answer to the conflict page, on the text that it showed: per clash theirs, mine or new words. */
static int resolve(void *ctx, struct request *r, struct desk *k, struct xml_doc *doc, struct error *error)
{
	for (int n = 1; n <= 200; n++) {
		const char *pick = parts_get(r->form, talloc_asprintf(ctx, "pick.%d", n)), *name = parts_get(r->form, talloc_asprintf(ctx, "name.%d", n)), *text;
		const struct field *field;
		xml_node *node;
		if (name == NULL)
			break;
		if (pick == NULL || strcmp(pick, "theirs") == 0)
			continue;
		text = parts_get(r->form, talloc_asprintf(ctx, strcmp(pick, "mine") == 0 ? "mine.%d" : "new.%d", n));
		field = form_field(k->form->form, name);
		node = form_locate(k->form->form, doc, name);
		if (text == NULL || field == NULL || node == NULL || !judge_may_fill(k->judge, field) || !judge_may_see(k->judge, field))
			return error_set(error, ERROR_INVALID, "conflict.field", "One of the fields in question is no longer there. Your words: go back to see them.");
		fill_plain(field, node, text);
	}
	return 0;
}

static int press(void *ctx, struct desk *k, struct xml_doc *doc, const char *button, char **anchor_r, struct error *error)
{
	*anchor_r = NULL;
	if (button == NULL)
		return 0;
	if (text_starts(button, "add:"))
		return fill_add_row(ctx, k->form->form, doc, button + 4, anchor_r, error);
	if (text_starts(button, "remove:")) {
		*anchor_r = talloc_strndup(ctx, button + 7, (size_t)(strrchr(button, '.') == NULL ? 0 : strrchr(button, '.') - button - 7));
		return fill_remove_row(k->form->form, doc, button + 7, error);
	}
	return 0;
}

int page_section_post(void *ctx, struct request *r, struct answer *answer, struct error *error)
{
	const char *button = parts_get(r->form, "do");
	int rev;
	struct clashes clashes = {0};
	struct xml_doc *base, *mine;
	char *anchor = NULL;
	struct desk k;

	if (sit_down(ctx, r, &k, true, error) != 0)
		return -1;
	rev = begun_from(r, &k);
	base = base_text(ctx, &k, rev, error);
	if (base == NULL)
		return -1;
	mine = xml_copy(ctx, base);
	if (button != NULL && strcmp(button, "resolve") == 0 ? resolve(ctx, r, &k, mine, error) != 0 : fill_section(ctx, k.judge, mine, k.section->id, request_fields(ctx, r), "", error) != 0)
		return -1;
	if (judge_calculate(ctx, k.judge, mine, error) != 0 || press(ctx, &k, mine, button, &anchor, error) != 0)
		return -1;
	fill_ids(k.form->form, mine);
	if (join(ctx, r, &k, rev, base, mine, &clashes, error) != 0)
		return -1;
	if (clashes.count > 0)
		return conflict(ctx, r, answer, &k, &clashes, error);
	return next_page(ctx, r, answer, &k, button, anchor, error);
}
