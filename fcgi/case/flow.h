/* A case as one request sees it: who is asking, what they hold in it, its documents, acts, clocks and flags. */
#ifndef CASE_FLOW_H
#define CASE_FLOW_H
#include "case/house.h"
#include "case/may.h"
#include "form/bind.h"
#include "plugin/host.h"
#include "store/store_case.h"
#include "store/store_people.h"

struct flow {
	struct house *house;
	const struct actor *actor;
	struct case_row *c;
	const struct plugin *plugin;
	char *roles;                          /* the actor's case roles */
	struct may_held *held;                /* and the rights that they give */
	struct document *documents; int document_count;
	struct act *acts; int act_count;
	struct clock_row *clocks; int clock_count;
	struct flag_row *flags; int flag_count;          /* those that stand */
	struct flag_row *all_flags; int all_flag_count;  /* and those that stood */
	struct case_person *people; int people_count;
	struct agency *agencies; int agency_count;
	struct hook *hook;
	bool clocks_later;                    /* a longer act keeps the clocks itself, once, at its end */
	int64_t wrote_by, *wrote; int wrote_count;   /* whose drafts and versions were looked up last, and of which documents */
};
/* MISSING when there is no such case or the actor may not know of it. */
struct flow *flow_open(void *ctx, struct house *house, const struct actor *actor, const char *pub, struct error *error);
struct flow *flow_of(void *ctx, struct house *house, const struct actor *actor, int64_t case_id, struct error *error);
struct document *flow_document(struct flow *flow, const char *pub);           /* NULL when not of this case */
struct may_answer flow_may(const struct flow *flow, const char *action, const char *object, const struct document *document);
const char *flow_agency_name(const struct flow *flow, const char *id);
const struct form *flow_form(const struct flow *flow, const struct document *document);
char *flow_title(void *ctx, const struct flow *flow, const struct document *document);     /* "Agency return: Peakland Police" */
/* Does a document of the case wait for its agency? */
bool flow_agencies_owe(const struct flow *flow);
/* Is the actor named to the case, or one who runs cases? Others are there only because their agency was asked. */
bool flow_is_inside(const struct flow *flow);
/* What this actor has done in this case, for separation: "do:sign write:return …". */
char *flow_done_by(void *ctx, struct flow *flow, int64_t account);
/* Why this person may not do that beside what they did in the case; NULL: nothing is in the way. */
const char *flow_separated(struct flow *flow, const char *act, int64_t account);
/* May the viewer see what is sealed (names of informants and staff)? Some may always, some for an hour after saying why. */
bool flow_sees_sealed(const struct flow *flow);
/* A judge for the viewer, with the five instances of docs/forms.md; names of the register only where the viewer may. */
struct judge *flow_judge(void *ctx, struct flow *flow, const struct form *form, const struct document *document);
/* The track that the case is on, NULL on the main road; is a row of the plugin there for it ("name", "!name", NULL)? */
const struct dossier_track *flow_track(const struct flow *flow);
bool flow_on(const struct flow *flow, const char *track);
/* The title of a flag that holds this step now (NULL: any step), or NULL. */
const char *flow_held(const struct flow *flow, const char *step);
/* Reads the flags again, after one was set or lifted. */
int flow_read_flags(struct flow *flow, struct error *error);
/* The latest version of the first document of a type, or NULL. */
const struct xml_doc *flow_latest(struct flow *flow, const char *type);
/* The case's register of people and places (the document whose form has rows that mean "party") and its form; NULL while there is no version of it. */
const struct document *flow_register(const struct flow *flow, const struct form **form_r);
#endif
