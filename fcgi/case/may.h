/* One function decides who may do what to what: base roles outside cases from the table here, case roles inside a case from the plugin's
 * table. No row: refused. */
#ifndef CASE_MAY_H
#define CASE_MAY_H
#include "plugin/plugin.h"
#include "store/store_case.h"

struct may_about {                   /* the object; NULL members where they do not apply */
	const struct plugin *plugin;
	const struct case_row *c;
	const char *case_roles;          /* what the actor holds in the case, blank separated */
	const char *agency;              /* the document's agency, "" none */
	const struct may_held *held;     /* of these case roles and this case; NULL: looked up anew */
};
/* The rows of the plugin's table that these roles hold under the case's editions: a page asks dozens of times, and most rows are other roles'. */
struct may_held { const struct dossier_right **rows; int count; };
struct may_held *may_held(void *ctx, const struct plugin *plugin, const struct case_row *c, const char *case_roles);
struct may_answer { bool yes; const char *view; bool reason; };
/* object: "cases", "case", "accounts", "forms", "clock", a document type, "history", "publication" …; action: read write … */
struct may_answer may(const struct actor *actor, const char *action, const char *object, const struct may_about *about);
/* The case roles of an actor: those given to the person, and those that come with an agency that was asked (roles "of an agency" whose base roles the
 * account has, where a document of that agency stands in the case). Owned by ctx; "" none; NULL on error. */
char *may_case_roles(void *ctx, struct store *store, const struct plugin *plugin, const struct case_row *c, const struct actor *actor, struct error *error);
/* Every line of the base table, for the test and the manual. */
void may_print(FILE *to);
/* Separation: has the actor already done something in this case that forbids the act? The sentence, or NULL. `done`: acts by this actor ("do:sign", "write:return" …), blank separated. */
const char *may_separated(const struct plugin *plugin, const char *act, const char *done);
#endif
