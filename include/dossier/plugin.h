/* The contract between the core and a plugin, ABI 1.
 *
 * A plugin is a shared object that exports one `const struct dossier_plugin dossier_plugin` and links to nothing but libc. Tables say what
 * is; hooks do what tables cannot say. Rules of growth: the head never moves; new tables are appended to the end of the descriptor and new fields to
 * the end of a row; each table carries its row size, so an old plugin stays readable. Strings are UTF-8 and live as long as the plugin.
 * Lists in strings are separated by blanks, alternatives by '|'.
 *
 * ABI history: 1.0 first version. 1.1: transitions may start from "*" (any state), set several flags, be done by the first save of a draft, mark a
 * document, take and give case roles; publications say in which states they may be approved, of which documents they are made, what people are asked; rows of what was said with a document's steps. Clocks: conditions,
 * named days, variation, rows, repetition, hours; nudges. Host: act_said,
 * doc_before, acts, mentions, when, agency, agency_type, note, listing; flags: holds_if; rules; transitions: fills_document; doctypes: outside, sent_by, called; tracks; risks. */
#ifndef DOSSIER_PLUGIN_H
#define DOSSIER_PLUGIN_H
#include <stddef.h>
#include <stdint.h>

#define DOSSIER_ABI_MAJOR 1
#define DOSSIER_ABI_MINOR 1
#define DOSSIER_ABI_MAGIC 0x44535352u

struct dossier_doc; struct dossier_case; struct dossier_out; struct dossier_faults;    /* opaque */

/* Services. What they return dies with the request. Absent text is "", an absent number NaN, an absent day INT32_MIN. */
struct dossier_host {
	size_t size;
	const char *(*text)(const struct dossier_doc *doc, const char *xpath);
	double (*number)(const struct dossier_doc *doc, const char *xpath);
	int (*count)(const struct dossier_doc *doc, const char *xpath);
	int (*yes)(const struct dossier_doc *doc, const char *xpath);
	/* The latest version of the index-th document of a type (agency NULL: any agency); NULL beyond the last. */
	const struct dossier_doc *(*doc)(const struct dossier_case *c, const char *type, const char *agency, int index);
	const char *(*doc_agency)(const struct dossier_doc *doc);
	const char *(*doc_state)(const struct dossier_doc *doc);
	int (*doc_version)(const struct dossier_doc *doc);
	const char *(*state)(const struct dossier_case *c);
	const char *(*edition)(const struct dossier_case *c, const char *name);
	const char *(*setting)(const struct dossier_case *c, const char *name);
	int32_t (*act_day)(const struct dossier_case *c, const char *transition);     /* the latest day it was done on */
	const char *(*act_input)(const struct dossier_case *c, const char *transition, const char *xpath);
	int (*act_by)(const struct dossier_case *c, const char *transition, const char *role, int64_t *account);    /* 1 found */
	int64_t (*author)(const struct dossier_doc *doc);
	int (*day)(const char *iso, int32_t *day);                                    /* 1 when a real day */
	const char *(*iso)(int32_t day);
	const char *(*words)(const char *iso_or_written, const char *precision);      /* "24 April 2026" */
	int32_t (*working_day)(int32_t from, int n);                                  /* INT32_MIN beyond the horizon */
	int32_t (*today)(void);
	/* Faults. fault: an error, stops; warn: may be passed with a reason. Both return -1. */
	int (*fault)(struct dossier_faults *f, const char *code, const char *field, const char *say, ...);
	int (*warn)(struct dossier_faults *f, const char *code, const char *field, const char *say, ...);
	/* Building a document (seed, assemble). Paths are dotted names with row numbers; rows are made as needed. */
	int (*put)(struct dossier_out *out, const char *name, const char *text);
	int (*copy)(struct dossier_out *out, const char *name, const struct dossier_doc *from, const char *xpath);   /* element content, prose too */
	int (*rows)(const struct dossier_doc *doc, const char *xpath, int (*each)(void *data, const struct dossier_doc *row), void *data);
	const char *(*agency_name)(const struct dossier_case *c, const char *id);      /* the id itself when there is none of that id */
	/* since 1.1. What was said the last time with that step: of a document (NULL: of the case), in that role (NULL: any) of this round. */
	const char *(*act_said)(const struct dossier_case *c, const char *transition, const struct dossier_doc *doc, const char *role, const char *xpath);
	/* since 1.1. The latest version of the same document, NULL when there is none: what a text that is to become a version is compared with. */
	const struct dossier_doc *(*doc_before)(const struct dossier_doc *doc);
	/* Since 1.1. What was said with a step of this document (doc NULL: of the case), oldest first. The count. */
	int (*acts)(const struct dossier_case *c, const struct dossier_doc *doc, const char *transition, int (*each)(void *data, const struct dossier_doc *input), void *data);
	int (*mentions)(const struct dossier_doc *doc, const char *xpath, const char *words);   /* 1 when the text of a node holds these words, however they are written */
	int (*when)(const struct dossier_doc *doc, const char *xpath, int32_t *from, int32_t *to);   /* first and last day that a d:when may mean; 1 when it means any, an open end is INT32_MIN */
	const char *(*agency)(const struct dossier_case *c, int index);                /* ids of the agencies that are known; "" beyond the last */
	const char *(*agency_type)(const struct dossier_case *c, const char *id);      /* as the service lists it ("gp"); "" when there is none of that id */
	/* since 1.1. The last note of a kind ("match", "counterpart", "annotation") on a row of a document, known by its key; "" when there is none. */
	const char *(*note)(const struct dossier_case *c, const struct dossier_doc *doc, const char *row, const char *kind);
	int (*listing)(const struct dossier_case *c);                                  /* 1 while steps are only listed: warnings are not shown there, so a guard need not look for them */
	const char *(*track)(const struct dossier_case *c);                            /* since 1.1. The name of the track that the case is on; "" on the main road */
};
#define DOSSIER_HAS(host, fn) ((host)->size > offsetof(struct dossier_host, fn))

struct dossier_table { const void *rows; uint32_t row_size, count; };
#define DOSSIER_TABLE(array) { (array), sizeof (array)[0], sizeof (array) / sizeof (array)[0] }
#define DOSSIER_NO_TABLE { 0, 0, 0 }

/* Rows. `editions` is NULL for every edition, else the ones it is for ("2023|2026"). `machine` is "case" or the name of a document type. */
enum { DOSSIER_PER_CASE, DOSSIER_PER_AGENCY };
struct dossier_doctype {
	const char *name, *title, *form;     /* "return", "Agency return", "rapid/return" */
	const char *writers;                 /* case roles that may start and write it */
	int32_t per, min, max;
	const char *first_state;             /* of its own machine; NULL: it has none */
	int32_t retention_years;
	int32_t final;                       /* 1: what a transition starts is filled by `seed` and at once a version; 0: a draft */
	const char *editions;
	const char *outside;                 /* since 1.1: where people copy it to by hand ("the national notification system"); NULL: nowhere */
	const char *sent_by;                 /* since 1.1: the step that records that it was sent there; its input's `reference` is shown as "already sent as" */
	const char *called;                  /* since 1.1: of what there may be several, the fields that say which one it is ("head/kind head/to"); NULL: its number does */
};
enum { DOSSIER_STATE_NORMAL, DOSSIER_STATE_START, DOSSIER_STATE_END, DOSSIER_STATE_SIDE };
struct dossier_state { const char *machine, *name, *title; int32_t kind; const char *waits_for; /* case roles or "agencies": on whom it waits */ const char *editions;
	const char *answered; };              /* since 1.1, of a state that waits for "agencies": on whom it waits once none of them owes anything; NULL nobody */
struct dossier_transition {
	const char *machine, *name, *title;
	const char *from, *to;               /* from: states separated by '|', "*" any; to "=" stays */
	const char *roles;                   /* case roles that may do it; "system" */
	const char *input;                   /* form of what must be said, NULL none */
	const char *quorum;                  /* roles that must each do it before the state moves; NULL: one is enough */
	const char *signs;                   /* document type whose latest version is signed by its hash, NULL none */
	const char *submits;                 /* "yes": done by the submission of the document itself, when its state allows it; "draft": by the first save of a draft */
	int (*guard)(const struct dossier_host *h, const struct dossier_case *c, const struct dossier_doc *doc,
		const struct dossier_doc *input, struct dossier_faults *f);
	const char *starts_document;         /* document types made for each agency named in the input's field `agencies` (types per agency) or once; NULL */
	const char *moves_documents;         /* "type:transition …": done by the system on each document of that type whose state allows it */
	const char *sets_flag, *lifts_flag;  /* flags of the case, blank separated; the input is kept with the flag. The same in both: said anew */
	int32_t next_round;                  /* 1: begins the case's next round: what was signed in the old one is to be signed again */
	const char *editions;
	const char *fills_document;          /* since 1.1: of starts_document, those that may have been begun before: `seed` then adds to what stands, as a draft */
	const char *marks;                   /* since 1.1: what is shown beside the document's state from then on ("Escalated, level 2: …") */
	const char *quorum_if;               /* since 1.1: "setting=role …": roles of the quorum too in a case whose setting is "yes" */
	const char *opens;                   /* since 1.1: an object of the rights that its right "open" opens to whoever does this, for an hour */
	const char *takes_roles, *gives_role;/* since 1.1: case roles that the input's field `person` loses, and the one it gets instead */
	const char *track;                   /* since 1.1: it is there only on this track of the case, or ("!name") only off it; NULL: always */
};
/* A second road that a case may go: the same states, some of them left out, and rows of steps and clocks that are there only on it. The case is on the
 * track of the last step that began one, until one of its `ends`. */
struct dossier_track {
	const char *name, *title;            /* "local-learning"; what people read above the case */
	const char *begins, *ends;           /* steps of the case, separated by '|' */
	const char *skips;                   /* states of the case that are not on it */
	const char *waits;                   /* "STATE=role …": on whom a state waits on this track, where that differs */
};
struct dossier_flag {
	const char *name, *title, *input, *roles, *holds_transitions, *pauses_clocks, *editions;
	const char *holds_if;                /* since 1.1: "<type>:<xpath>": it holds only where this is so in the type's latest version; NULL always */
};
/* A trigger is one of, alternatives separated by '|':
 *   do:<transition>            the day it was done on; of a quorum, the day the last one did it. "do:submit" is the submission of a document
 *   input:<transition>:<xpath> a day that was said with it
 *   field:<type>:<xpath>       a day in the latest version of the documents of a type; of a document's own clock, in that document
 *   row:<xpath>                a day in the row, of a clock with `rows`
 *   set:<flag>, lifted:<flag>  of a flag
 *   clock:<name>               the due day of another clock of the case
 *   yearly:<MM-DD>             that day of each year in which the case stands
 *   created                    the making of the document */
enum { DOSSIER_WORKING_DAYS, DOSSIER_DAYS, DOSSIER_MONTHS, DOSSIER_HOURS };
struct dossier_clock {
	const char *name, *title, *machine;
	const char *starts, *stops;          /* triggers; the earliest of each counts */
	int32_t length, unit;                /* negative: counted backwards; 0: no limit, only nudges */
	const char *varies;                  /* case roles that may vary it, NULL nobody */
	const char *pauses;                  /* flags, separated by blanks */
	const char *source;                  /* the law or guidance, shown to people */
	int32_t statutory;                   /* 1: law, 0: local default */
	const char *editions;
	/* since 1.1 */
	const char *only;                    /* "<type>:<xpath>": it exists only where this is so in the type's latest version; NULL always */
	const char *from;                    /* triggers: the day that the length counts from, where that is not the start */
	const char *named;                   /* triggers: a day that somebody named; it is the due day in place of the length's */
	const char *varied;                  /* transition of `varies` whose day is the new due day; its reason is kept with it */
	const char *waits_for;               /* case roles or "agencies"; NULL: on whom the case waits */
	const char *at;                      /* DOSSIER_HOURS: where the time of day of the start is said: "field:…" or "input:…" */
	const char *rows, *row_name;         /* one clock for each of these rows of the document (xpath); what a row is called (xpath in it) */
	int32_t all;                         /* 1: stops when all of `stops` have been, not at the first */
	int32_t again;                       /* 1: each start begins it anew */
	int32_t sooner;                      /* 1: due on the length's day or a named day still ahead, whichever is sooner */
	int32_t least;                       /* after a pause at least so many are left */
	int32_t lapses;                      /* 1: ends by itself when its time has passed: silence is an answer */
	const char *track;                   /* as of a transition */
};
/* What happens by itself while a clock runs. The clerk does it: no mail goes out, it is an act of the system and a task for `roles`. */
struct dossier_nudge {
	const char *clock;
	int32_t day;                         /* the n-th day of the clock, in its kind of days */
	const char *title;                   /* what `roles` are to do: "Remind the agency" */
	const char *does;                    /* the transition that the system does, of the clock's machine */
	const char *roles;                   /* whose task it is then */
	const char *answers;                 /* transitions that do away with the task, separated by '|'; the clock's end does too */
	const char *editions;
};
/* A rule that holds across documents. The core asks it of each document of the types that it names, before a version is made. Where `check` is NULL
 * something else keeps it (a step's guard, a form, the gate), and the row says so to people. */
struct dossier_rule {
	const char *name;                    /* "V8" */
	const char *asked;                   /* document types and "do:<transition>", separated by blanks; "gate" */
	const char *severity;                /* "E" stops, "W" is passed with a reason, "E/W" */
	const char *say;                     /* what must be so, in a sentence */
	int (*check)(const struct dossier_host *h, const struct dossier_case *c, const char *type, const struct dossier_doc *doc, struct dossier_faults *f);
	const char *editions;
};
/* Since 1.1. What is shown as a risk and stops nothing. `look` says it with `warn`, a sentence each; doc is the document it is asked of (agency and state, no text). */
struct dossier_risk {
	const char *name;
	const char *of;                      /* "case": above it; document types: beside them */
	int (*look)(const struct dossier_host *h, const struct dossier_case *c, const struct dossier_doc *doc, struct dossier_faults *f);
	const char *editions;
};
struct dossier_right {
	const char *role;                    /* case role */
	const char *object;                  /* document type, or an act: "case", "history", "publication" */
	const char *actions;                 /* read write comment open approve clear publish withdraw */
	const char *scope;                   /* "case" or "own" (agency) */
	const char *view;                    /* named set of fields, NULL all */
	const char *from_state, *until_state;/* of the case, NULL always */
	int32_t reason;                      /* 1: asks a reason, kept in the audit */
	const char *editions;
};
struct dossier_view { const char *name, *fields; };     /* a named set of fields for rights: dotted names or the beginnings of such, blank separated */
struct dossier_role { const char *name, *title; int32_t of_agency; /* 1: only for a person of an agency, and only for that agency's documents */ const char *gives; /* base roles whose accounts may be given it, NULL any */ };
struct dossier_separation { const char *act_a, *act_b, *say; };    /* the same person may not do both; an act: "do:<transition>", "write:<type>", "redact", "clear", "approve", "publish" */
struct dossier_publication {
	const char *name, *title, *doctype, *stylesheet;   /* stylesheet: path below xsl/ */
	const char *state;                   /* states of the document's machine in which a candidate may be made */
	const char *folder;                  /* public folder: "reviews" */
	const char *redactor, *approvers, *publisher, *withdrawer;   /* case roles; approvers in order, each must */
	const char *watch;                   /* words shown to the redactor: a list separated by blanks; '!' before a word: cannot be accepted */
	/* fills a document of the same form from others; redaction then takes in its public fields only. NULL: the document itself */
	int (*assemble)(const struct dossier_host *h, const struct dossier_case *c, const struct dossier_doc *doc, struct dossier_out *out, struct dossier_faults *f);
	const char *approved_in;             /* since 1.1: states in which it may be approved and released; NULL: those of `state` */
	/* Since 1.1: an XPath from the document's root that must find something, else no candidate is made, and what is said then. NULL: any document */
	const char *only, *only_say;
	const char *asks;                    /* since 1.1: what no rule can find: questions to the redactor and whoever approves, one a line; NULL none */
	const char *tested;                  /* since 1.1: a step of the document that must be done after a candidate was made before anybody approves it; NULL none */
	const char *checks;                  /* since 1.1: steps of the document, blank separated, that must be done of its text before its first page is made, and anew after the service itself withdrew one; NULL none */
	const char *draws_on;                /* since 1.1: a step of the document whose input's field `cases` names other cases that the page draws on: what names them is kept out of it too; NULL none */
};
struct dossier_setting { const char *name, *title, *type, *value, *least, *most, *source; int32_t statutory; };
struct dossier_edition { const char *name, *value, *title; int32_t is_default; };    /* name "working-together", value "2023" */

struct dossier_plugin {
	uint32_t magic; uint16_t abi_major, abi_minor; uint32_t size;      /* never move */
	const char *name, *title, *version;                                 /* name: [a-z][a-z0-9]{1,15} */
	const char *opens_with, *first_state;                               /* document type a case begins with, and its state */
	const char *opens_roles;                                            /* "base-role=case role …": who may open a case and what they become in it */
	struct dossier_table doctypes, states, transitions, flags, clocks, rights, roles, separations, publications, settings, editions, views;
	int (*init)(const struct dossier_host *h, struct dossier_faults *f);
	/* A new document filled from others: nothing is typed twice. */
	int (*seed)(const struct dossier_host *h, const struct dossier_case *c, const char *type, const char *agency, struct dossier_out *out);
	/* A document against others, before it becomes a version. */
	int (*check)(const struct dossier_host *h, const struct dossier_case *c, const char *type, const struct dossier_doc *doc, struct dossier_faults *f);
	/* After an event: "do:<transition>", "submit:<type>", "prepare:<publication>", "approve:<role>", "release:<publication>", "withdraw:<publication>"; since 1.1 "recheck:<publication>": the service itself withdrew it.
	 * May answer with a further transition of the case for the system to do, else NULL. */
	const char *(*after)(const struct dossier_host *h, const struct dossier_case *c, const char *event, const struct dossier_doc *doc);
	struct dossier_table nudges;                                        /* since 1.1 */
	struct dossier_table rules;                                         /* since 1.1 */
	struct dossier_table tracks;                                        /* since 1.1 */
	struct dossier_table risks;                                         /* since 1.1 */
};
#define DOSSIER_PLUGIN_HEAD .magic = DOSSIER_ABI_MAGIC, .abi_major = DOSSIER_ABI_MAJOR, .abi_minor = DOSSIER_ABI_MINOR, .size = sizeof(struct dossier_plugin)
#endif
