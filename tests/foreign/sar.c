/* A whole plugin, built outside the tree against the installed header alone: a Safeguarding Adult Review, cut down to the bone.
 * docs/plugins.md walks through it, and tests/http/plugins.test builds and loads it, so it cannot go stale.
 *
 * Source of the duty: Care Act 2014 s.44. */
#include <dossier/plugin.h>

static const struct dossier_doctype doctypes[] = {
	{ "referral", "Referral", "sar/referral", "referrer", DOSSIER_PER_CASE, 1, 1, NULL, 10, 0, NULL },
	{ "summary", "Summary of learning", "sar/summary", "sar_coord", DOSSIER_PER_CASE, 0, 1, "draft", 10, 0, NULL },
};

static const struct dossier_state states[] = {
	{ "case", "referred", "Referred", DOSSIER_STATE_START, "sar_coord", NULL },
	{ "case", "review", "Under review", DOSSIER_STATE_NORMAL, "sar_coord", NULL },
	{ "case", "declined", "Not a review", DOSSIER_STATE_END, NULL, NULL },
	{ "case", "concluded", "Concluded", DOSSIER_STATE_END, NULL, NULL },
	{ "summary", "draft", "Draft", DOSSIER_STATE_START, "sar_coord", NULL },
	{ "summary", "published", "Published", DOSSIER_STATE_NORMAL, NULL, NULL },
};

/* What a table cannot say: a review needs a referral that was sent. */
static int may_accept(const struct dossier_host *h, const struct dossier_case *c, const struct dossier_doc *doc,
	const struct dossier_doc *input, struct dossier_faults *f)
{
	(void)doc, (void)input;
	if (h->doc_version(h->doc(c, "referral", NULL, 0)) == 0)
		return h->fault(f, "no-referral", NULL, "Submit the referral first.");
	return 0;
}

static const struct dossier_transition transitions[] = {
	{ .machine = "case", .name = "accept", .title = "Open the review", .from = "referred", .to = "review", .roles = "sar_coord",
	  .guard = may_accept, .starts_document = "summary" },
	{ .machine = "case", .name = "decline", .title = "Decide against a review", .from = "referred", .to = "declined", .roles = "sar_coord" },
	{ .machine = "case", .name = "conclude", .title = "Conclude", .from = "review", .to = "concluded", .roles = "sar_coord" },
	{ .machine = "summary", .name = "publish", .title = "Published", .from = "draft", .to = "published", .roles = "system" },
};

static const struct dossier_clock clocks[] = {
	{ .name = "decide", .title = "Decide on the referral", .machine = "case", .starts = "created", .stops = "do:accept|do:decline",
	  .length = 20, .unit = DOSSIER_WORKING_DAYS, .source = "local default" },
};

static const struct dossier_right rights[] = {
	{ "referrer", "referral", "read write", "case", NULL, NULL, NULL, 0, NULL },
	{ "sar_coord", "referral summary publication history", "read", "case", NULL, NULL, NULL, 0, NULL },
	{ "sar_coord", "summary", "write", "case", NULL, "review", NULL, 0, NULL },
	{ "redactor", "summary publication", "read", "case", NULL, NULL, NULL, 0, NULL },
	{ "board", "publication", "read approve publish withdraw", "case", NULL, NULL, NULL, 0, NULL },
};

static const struct dossier_role roles[] = {
	{ "referrer", "Referrer", 0, NULL }, { "sar_coord", "Co-ordinator", 0, "coordinator" }, { "redactor", "Redactor", 0, NULL }, { "board", "Board", 0, NULL },
};

static const struct dossier_separation separations[] = {
	{ "redact", "write:summary", "Whoever wrote the summary may not redact it." },
	{ "approve", "redact", "Whoever redacted the summary may not approve it." },
};

static const struct dossier_publication publications[] = {
	{ .name = "summary", .title = "Summary of learning", .doctype = "summary", .stylesheet = "sar/summary.xsl", .state = "draft", .folder = "adults",
	  .redactor = "redactor", .approvers = "board", .publisher = "board", .withdrawer = "board" },
};

__attribute__((visibility("default")))
extern const struct dossier_plugin dossier_plugin;
const struct dossier_plugin dossier_plugin = {
	DOSSIER_PLUGIN_HEAD,
	.name = "sar", .title = "Safeguarding Adult Review", .version = "1.0",
	.opens_with = "referral", .first_state = "referred", .opens_roles = "coordinator=sar_coord contributor=referrer",
	.doctypes = DOSSIER_TABLE(doctypes), .states = DOSSIER_TABLE(states), .transitions = DOSSIER_TABLE(transitions),
	.clocks = DOSSIER_TABLE(clocks), .rights = DOSSIER_TABLE(rights), .roles = DOSSIER_TABLE(roles),
	.separations = DOSSIER_TABLE(separations), .publications = DOSSIER_TABLE(publications),
};
