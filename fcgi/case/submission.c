#include "case/submission.h"

#include <string.h>
#include <talloc.h>

#include "base/text.h"
#include "case/clocks.h"
#include "case/workflow.h"
#include "form/fill.h"
#include "store/store_draft.h"
#include "store/store_version.h"

static bool gives_rows(const struct form *form)
{
	for (int i = 0; i < form->repeat_count; i++)
		if (form->repeats[i].given != NULL)
			return true;
	return false;
}

int submission_give_rows(void *ctx, struct flow *flow, const struct document *document, struct xml_doc *doc, struct error *error)
{
	const struct form *form = flow_form(flow, document);

	return gives_rows(form) ? judge_give_rows(ctx, flow_judge(ctx, flow, form, document), doc, error) : 0;
}

static const struct xml_doc *newest(void *ctx, struct flow *flow, const struct document *document, int *rev_r, struct error *error)
{
	struct draft *draft = draft_latest(ctx, flow->house->store, document, error);
	const struct xml_doc *latest;

	if (draft == NULL && error->kind != ERROR_MISSING)
		return NULL;
	*rev_r = draft == NULL ? 0 : draft->rev;
	if (draft != NULL)
		return xml_read_own(ctx, draft->bytes, draft->length, document->pub, error);
	if (document->latest == 0)
		return flow_form(flow, document)->empty;
	latest = hook_latest(flow->hook, document);
	if (latest == NULL)
		error_set(error, ERROR_FAULT, "version.broken", "The latest version of this document cannot be opened. Tell the people who run this service.");
	return latest;
}

const struct xml_doc *submission_shown(void *ctx, struct flow *flow, const struct document *document, int *rev_r, struct error *error)
{
	const struct xml_doc *shown = newest(ctx, flow, document, rev_r, error);
	struct xml_doc *made;

	if (shown == NULL || !gives_rows(flow_form(flow, document)))
		return shown;
	made = *rev_r > 0 ? (struct xml_doc *)(uintptr_t)shown : xml_copy(ctx, shown);
	return submission_give_rows(ctx, flow, document, made, error) == 0 ? made : NULL;
}

struct xml_doc *submission_text(void *ctx, struct flow *flow, const struct document *document, int *rev_r, struct error *error)
{
	const struct xml_doc *shown = submission_shown(ctx, flow, document, rev_r, error);

	if (shown == NULL || *rev_r > 0 || gives_rows(flow_form(flow, document)))      /* made for this request alone */
		return (struct xml_doc *)(uintptr_t)shown;
	return xml_copy(ctx, shown);
}

int submission_may_write(struct flow *flow, const struct document *document, struct error *error)
{
	const struct dossier_state *state = plugin_state(flow->plugin, document->type, document->state);
	struct may_answer answer = flow_may(flow, "write", document->type, document);
	const char *apart;

	if (!answer.yes)
		return error_set(error, ERROR_DENIED, "document.write", "You may not change this document, or not in the present state of the case.");
	if (state != NULL && state->kind == DOSSIER_STATE_END)
		return error_set(error, ERROR_CONFLICT, "document.locked", "This document is locked (%s). What is missing can be sent as an addendum.", state->title);
	apart = flow_separated(flow, talloc_asprintf(flow, "write:%s", document->type), flow->actor->account);
	return apart == NULL ? 0 : error_set(error, ERROR_DENIED, "document.separation", "%s", apart);
}

static void check_across(struct flow *flow, const struct document *document, const struct xml_doc *doc, struct faults *faults)
{
	const struct plugin *p = flow->plugin;
	const struct dossier_host *host = hook_begin(flow->hook);
	const struct dossier_doc *asked = hook_doc(flow->hook, doc, document);
	struct dossier_faults *found = hook_faults(flow->hook, faults);

	for (int i = 0; i < p->rule_count; i++)
		if (p->rules[i].check != NULL && text_in_list(p->rules[i].asked, document->type) && plugin_applies(p->rules[i].editions, flow->c->editions))
			p->rules[i].check(host, hook_case(flow->hook), document->type, asked, found);
	if (p->descriptor->check != NULL)
		p->descriptor->check(host, hook_case(flow->hook), document->type, asked, found);
	hook_end();
}

/* Where a rule of the review and the form find fault with the same field, the rule's sentence is told: it says why, and under which number. */
static void tell_rules(struct flow *flow, const struct document *document, const struct xml_doc *doc, struct faults *faults)
{
	struct faults *rules = faults_new(faults, faults->max);

	check_across(flow, document, doc, rules);
	for (int i = 0; i < faults->count; i++)
		for (int k = 0; k < rules->count; k++)
			if (!faults->list[i].warning && !rules->list[k].warning && *rules->list[k].where != '\0' && strcmp(faults->list[i].where, rules->list[k].where) == 0) {
				faults->list[i].code = rules->list[k].code;
				faults->list[i].say = rules->list[k].say;
				break;
			}
}

struct foreign { const struct judge *judge; struct flow *flow; const struct document *document; struct faults *faults; };

/* A field that is for others to fill may only stand as it stood. */
static int foreign_field(void *data, const struct field *field, xml_node *node, const char *name)
{
	struct foreign *f = data;
	void *tmp;
	const struct xml_doc *latest;
	xml_node *before;

	if (judge_may_fill(f->judge, field))
		return 0;
	tmp = talloc_new(NULL);
	latest = f->document->latest == 0 ? NULL : hook_latest(f->flow->hook, f->document);
	before = latest == NULL ? NULL : form_locate(f->judge->form, latest, name);
	if (strcmp(xml_text(tmp, node), before == NULL ? "" : xml_text(tmp, before)) != 0)
		faults_add(f->faults, 0, "form.not-yours", name, xml_line(node), "Only others may fill “%s”. Leave it out, or as it was", field->label);
	talloc_free(tmp);
	return 0;
}

struct sums { const struct form *form; const struct xml_doc *made; struct faults *faults; };

static bool is_worked_out(const struct field *field)
{
	return field->calculate != NULL && !field->override;
}

/* What is worked out is never typed: an age would stay when the day of birth is put right. It may be left out, or be what it is worked out to be. */
static int typed_sum(void *data, const struct field *field, xml_node *node, const char *name)
{
	struct sums *s = data;
	void *tmp;
	xml_node *made;

	if (!is_worked_out(field))
		return 0;
	tmp = talloc_new(NULL);
	made = form_locate(s->form, s->made, name);
	if (*text_trim(tmp, xml_text(tmp, node)) != '\0' && (made == NULL || strcmp(text_trim(tmp, xml_text(tmp, node)), xml_text(tmp, made)) != 0))
		faults_add(s->faults, 0, "calculated", name, xml_line(node), "“%s” is worked out from %s. Leave it out", field->label,
			field->as == AS_AGE_BAND ? "the day of birth" : "other answers");
	talloc_free(tmp);
	return 0;
}

static int sums_agree(void *ctx, const struct judge *judge, const struct xml_doc *doc, struct faults *faults, struct error *error)
{
	struct xml_doc *made;
	int i = 0;

	while (i < judge->form->field_count && !is_worked_out(&judge->form->fields[i]))
		i++;
	if (i == judge->form->field_count)
		return 0;
	made = xml_copy(ctx, doc);
	if (judge_calculate(ctx, judge, made, NULL, error) != 0)
		return -1;
	form_each(judge->form, doc, typed_sum, &(struct sums){ judge->form, made, faults });
	return 0;
}

int submission_judge(void *ctx, struct flow *flow, const struct document *document, const struct xml_doc *doc, bool outside, struct faults *faults, struct error *error)
{
	const struct form *form = flow_form(flow, document);
	struct judge *judge = flow_judge(ctx, flow, form, document);

	if (outside) {
		judge_structure(form, doc, faults);
		if (faults->errors > 0)
			return 0;
		form_each(form, doc, foreign_field, &(struct foreign){ judge, flow, document, faults });
		if (sums_agree(ctx, judge, doc, faults, error) != 0)
			return -1;
	}
	judge->roles = NULL;         /* a whole document is judged with what its sender cannot see */
	if (judge_document(ctx, judge, doc, NULL, faults, error) != 0)
		return -1;
	if (faults->errors == 0)
		check_across(flow, document, doc, faults);
	else
		tell_rules(flow, document, doc, faults);
	return 0;
}

/* Warnings are numbered in their order; each wants a reason. The reasons, one a line, go with the version. */
static char *passed(void *ctx, const struct faults *faults, const char *const *reasons, int reason_count, bool *all_r)
{
	char *text = talloc_strdup(ctx, "");
	int n = 0;

	*all_r = true;
	for (int i = 0; i < faults->count; i++) {
		const char *reason;
		if (!faults->list[i].warning)
			continue;
		reason = n < reason_count && reasons[n] != NULL ? text_squeeze(ctx, reasons[n]) : "";
		n++;
		if (*reason == '\0')
			*all_r = false;
		text = talloc_asprintf_append(text, "%s\t%s\t%s\n", faults->list[i].code, faults->list[i].say, reason);
	}
	return text;
}

/* The document's own machine moves by its submission where its state allows it. */
static int move_on(struct flow *flow, struct document *document, struct error *error)
{
	for (int i = 0; i < flow->plugin->transition_count; i++) {
		const struct dossier_transition *t = &flow->plugin->transitions[i];
		if (t->submits != NULL && strcmp(t->submits, "yes") == 0 && strcmp(t->machine, document->type) == 0 && text_in_list(t->from, document->state) && plugin_applies(t->editions, flow->c->editions) && flow_on(flow, t->track))
			return workflow_follow(flow, t->name, document, error);
	}
	return 0;
}

/* Inside the transaction: the right to write was for this state of case and document, and the text for this latest version. */
static int still_open(struct flow *flow, const struct document *document, struct error *error)
{
	void *tmp = talloc_new(NULL);
	struct case_row *c = case_by_id(tmp, flow->house->store, flow->c->id, error);
	struct document *d = c == NULL ? NULL : document_by_id(tmp, flow->house->store, document->id, error);
	int rc = d == NULL ? -1 : 0;

	if (rc == 0 && (strcmp(c->state, flow->c->state) != 0 || strcmp(d->state, document->state) != 0 || d->latest != document->latest))
		rc = error_set(error, ERROR_CONFLICT, "submission.moved", "The case or this document has moved on in the meantime. Nothing was submitted. Look at it again before you go on.");
	talloc_free(tmp);
	return rc;
}

static int keep(struct flow *flow, struct document *document, const char *bytes, size_t length, const char *reasons, struct receipt *r, struct error *error)
{
	struct act act = { .document_id = document->id, .name = (char *)(uintptr_t)"submit", .from = document->state, .to = document->state, .role = (char *)(uintptr_t)"",
		.agency = (char *)(uintptr_t)flow->actor->agency, .input = (char *)(uintptr_t)"", .actor = flow->actor->account, .round = flow->c->round, .at = date_now(), .day = date_day_of(date_now()) };

	if (version_add_told(flow, flow->house->store, flow->actor, document, flow_form(flow, document)->version, bytes, length, reasons, &r->version, &r->same, &r->at, &r->sha256, error) != 0)
		return -1;
	if (r->same)
		return 0;
	document->latest = act.version = r->version;
	if (draft_end(flow->house->store, flow->actor, document, error) != 0 || act_add(flow->house->store, flow->actor, flow->c->id, &act, error) != 0)
		return -1;
	flow->clocks_later = true;
	if (move_on(flow, document, error) != 0)
		return -1;
	for (int i = 0; i < flow->document_count; i++)
		if (flow->documents[i].id == document->id)
			flow->documents[i].latest = r->version;
	flow->hook = hook_again(flow, flow->hook, flow->documents, flow->document_count, flow->acts, flow->act_count);
	if (workflow_after(flow, talloc_asprintf(flow, "submit:%s", document->type), NULL, error) != 0)
		return -1;
	flow->clocks_later = false;
	return clocks_keep(flow, error);
}

int submission_make(void *ctx, struct flow *flow, struct document *document, const struct xml_doc *doc, const char *sent, size_t sent_length, const char *const *reasons, int reason_count,
	struct faults *faults, struct receipt *receipt_r, struct error *error)
{
	struct receipt r = { .document = document->pub };
	struct judge *judge;
	struct xml_doc *pruned;
	const char *bytes = sent;
	size_t length = sent_length;
	char *why;
	bool all;
	int rc = -1;

	if (submission_judge(ctx, flow, document, doc, sent != NULL, faults, error) != 0)
		return -1;
	why = passed(ctx, faults, reasons, reason_count, &all);
	if (faults->errors > 0 || !all)
		return error_set(error, ERROR_INVALID, "submission.faults", faults->errors > 0 ? "There is something to put right before this can be submitted." : "Give a reason for each warning, or put it right.");
	if (sent == NULL) {
		judge = flow_judge(ctx, flow, flow_form(flow, document), document);
		judge->roles = NULL;
		pruned = judge_prune(ctx, judge, doc, error);
		if (pruned == NULL)
			return -1;
		bytes = xml_write(ctx, xml_root(pruned), &length);
	}
	if (store_begin(flow->house->store, error) != 0)
		return -1;
	if (still_open(flow, document, error) == 0 && keep(flow, document, bytes, length, why, &r, error) == 0)
		rc = store_commit(flow->house->store, error);
	if (rc != 0) {
		store_rollback(flow->house->store);
		return -1;
	}
	*receipt_r = r;
	return 0;
}
