/* Plugins that are wrong in one thing each. tests/http/plugins.test builds this file once for each fault, named by a macro, and reads the
 * server's refusal. Without a macro it is right: so each refusal is of that fault and of no other. */
#include <dossier/plugin.h>

#ifndef MAGIC
#define MAGIC DOSSIER_ABI_MAGIC
#endif
#ifndef MAJOR
#define MAJOR DOSSIER_ABI_MAJOR
#endif
#ifndef MINOR
#define MINOR DOSSIER_ABI_MINOR
#endif
#ifndef SIZE
#define SIZE sizeof(struct dossier_plugin)
#endif
#ifndef NAME
#define NAME "wrong"
#endif
#ifndef SYMBOL
#define SYMBOL dossier_plugin
#endif
#ifndef FORM
#define FORM "shared/register"
#endif
#ifndef WRITERS
#define WRITERS "keeper"
#endif
#ifndef TO
#define TO "closed"
#endif
#ifndef ROLES
#define ROLES "keeper"
#endif
#ifndef INPUT
#define INPUT NULL
#endif
#ifndef FIRST
#define FIRST "open"
#endif
#ifndef STOPS
#define STOPS "do:close"
#endif
#ifndef RIGHT_ROLE
#define RIGHT_ROLE "keeper"
#endif
#ifndef RIGHT_FROM
#define RIGHT_FROM NULL
#endif
#ifndef CHECKS
#define CHECKS NULL
#endif
#ifndef TESTED
#define TESTED NULL
#endif
#ifndef TRACK
#define TRACK "aside"
#endif
#ifndef BEGINS
#define BEGINS "leave"
#endif
#ifndef SHEET
#define SHEET "page.xsl"
#endif

static const struct dossier_doctype doctypes[] = {
	{ "register", "Register", FORM, WRITERS, DOSSIER_PER_CASE, 1, 1, NULL, 10, 0, NULL },
#ifdef TWICE
	{ "register", "Register", "shared/register", "keeper", DOSSIER_PER_CASE, 1, 1, NULL, 10, 0, NULL },
#endif
};
static const struct dossier_state states[] = {
	{ "case", "open", "Open", DOSSIER_STATE_START, "keeper", NULL },
	{ "case", "closed", "Closed", DOSSIER_STATE_END, NULL, NULL },
};
static const struct dossier_transition transitions[] = {
	{ .machine = "case", .name = "close", .title = "Close", .from = "open", .to = TO, .roles = ROLES, .input = INPUT },
	{ .machine = "case", .name = "leave", .title = "Leave", .from = "open", .to = "=", .roles = "keeper", .track = "!aside" },
	{ .machine = "case", .name = "return", .title = "Return", .from = "open", .to = "=", .roles = "keeper", .track = TRACK },
};
static const struct dossier_clock clocks[] = {
	{ .name = "soon", .title = "Close", .machine = "case", .starts = "created", .stops = STOPS, .length = 5, .unit = DOSSIER_DAYS, .source = "local default" },
};
static const struct dossier_track tracks[] = { { "aside", "Aside", BEGINS, "return", "", NULL } };
static const struct dossier_right rights[] = { { RIGHT_ROLE, "register", "read write", "case", NULL, RIGHT_FROM, NULL, 0, NULL } };
static const struct dossier_role roles[] = { { "keeper", "Keeper", 0, "coordinator" } };
static const struct dossier_publication publications[] = {
	{ .name = "page", .title = "Page", .doctype = "register", .stylesheet = SHEET, .state = "", .folder = "pages",
	  .redactor = "keeper", .approvers = "keeper", .publisher = "keeper", .withdrawer = "keeper", .tested = TESTED, .checks = CHECKS },
};

__attribute__((visibility("default")))
extern const struct dossier_plugin SYMBOL;
const struct dossier_plugin SYMBOL = {
	.magic = MAGIC, .abi_major = MAJOR, .abi_minor = MINOR, .size = SIZE,
	.name = NAME, .title = "Wrong", .version = "1.0",
	.opens_with = "register", .first_state = FIRST, .opens_roles = "coordinator=keeper",
	.doctypes = DOSSIER_TABLE(doctypes), .states = DOSSIER_TABLE(states), .transitions = DOSSIER_TABLE(transitions), .clocks = DOSSIER_TABLE(clocks),
	.rights = DOSSIER_TABLE(rights), .roles = DOSSIER_TABLE(roles), .publications = DOSSIER_TABLE(publications), .tracks = DOSSIER_TABLE(tracks),
};
