/* The schema, as numbered steps. Step 1 is the whole of it; later steps are appended, never changed. Included by store.c only.
 *
 * Case texts and whatever people said about a case are sealed (blobs named `sealed`, `input`); columns hold what lists and dashboards need:
 * ids, states, days, and the names of accounts and agencies, who act in office. `at`-like columns are milliseconds of UTC, days are days
 * since 1970-01-01 of Europe/London. Ids are given by SQLite; no row of record is ever deleted, so they only grow. */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H
#include <stddef.h>

#define NEVER(table, why) \
	"CREATE TRIGGER " table "_no_update BEFORE UPDATE ON " table " BEGIN SELECT RAISE(ABORT, '" why "'); END", \
	"CREATE TRIGGER " table "_no_delete BEFORE DELETE ON " table " BEGIN SELECT RAISE(ABORT, '" why "'); END"

static const char *const main_1[] = {
	/* Agencies of the partnership. Public bodies: plain. */
	"CREATE TABLE agency ("
	" id TEXT NOT NULL PRIMARY KEY,"              /* short code: 'police' */
	" name TEXT NOT NULL,"                        /* as shown */
	" type TEXT NOT NULL,"                        /* kind of agency, a code */
	" area TEXT NOT NULL"                         /* where it works, '' = everywhere */
	") STRICT",
	"CREATE INDEX agency_name ON agency(name, id)",

	/* Who can sign in. Names are plain: they are professionals and stand in every list. */
	"CREATE TABLE account ("
	" id INTEGER PRIMARY KEY,"
	" pub TEXT NOT NULL UNIQUE CHECK (length(pub) = 16),"      /* id in URLs */
	" login TEXT NOT NULL COLLATE NOCASE UNIQUE,"
	" name TEXT NOT NULL,"
	" roles TEXT NOT NULL,"                       /* base roles, blank separated */
	" agency TEXT REFERENCES agency(id),"         /* NULL: of the partnership itself */
	" email TEXT NOT NULL,"
	" password TEXT NOT NULL,"                    /* argon2id, '' = cannot sign in by password */
	" disabled INTEGER NOT NULL CHECK (disabled IN (0, 1)),"
	" made INTEGER NOT NULL"
	") STRICT",
	"CREATE INDEX account_name ON account(name, id)",
	"CREATE INDEX account_agency ON account(agency)",     /* foreign keys are looked up from both sides */

	/* Signed-in browsers. The token itself is never kept. */
	"CREATE TABLE session ("
	" hash BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 32),"   /* keyed hash of the cookie's token */
	" account INTEGER NOT NULL REFERENCES account(id),"
	" since INTEGER NOT NULL,"                    /* real clock: signed in */
	" seen INTEGER NOT NULL"                      /* real clock: last request, to the minute */
	") STRICT",
	"CREATE INDEX session_account ON session(account)",
	"CREATE INDEX session_since ON session(since)",
	"CREATE INDEX session_seen ON session(seen)",

	/* Failed sign-ins, to slow down guessing. Rows go after the window. */
	"CREATE TABLE sign_in ("
	" hash BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 32),"   /* keyed hash of the login typed, known or not */
	" tries INTEGER NOT NULL,"                    /* tries in the window that did not succeed */
	" since INTEGER NOT NULL,"                    /* real clock: first of them */
	" last INTEGER NOT NULL"                      /* real clock: last of them */
	") STRICT",
	"CREATE INDEX sign_in_last ON sign_in(last)",

	/* API tokens of agencies' systems. */
	"CREATE TABLE token ("
	" id INTEGER PRIMARY KEY,"
	" pub TEXT NOT NULL UNIQUE CHECK (length(pub) = 16),"      /* the part of the token that finds this row */
	" account INTEGER NOT NULL REFERENCES account(id),"
	" hash BLOB NOT NULL CHECK (length(hash) = 32),"           /* keyed hash of the whole token */
	" label TEXT NOT NULL,"                       /* what it is for */
	" made INTEGER NOT NULL,"                     /* real clock */
	" expires INTEGER NOT NULL,"                  /* real clock */
	" revoked INTEGER"                            /* real clock; NULL = not */
	") STRICT",
	"CREATE INDEX token_account ON token(account)",

	/* The hash chain over what was done. Stands alone: no foreign keys, no personal text. */
	"CREATE TABLE audit ("
	" seq INTEGER PRIMARY KEY,"                   /* 1, 2, 3 … without a gap */
	" at INTEGER NOT NULL,"
	" actor INTEGER NOT NULL,"                    /* account id, 0 = the system */
	" token INTEGER NOT NULL,"                    /* API token id, 0 = none */
	" verb TEXT NOT NULL,"                        /* 'version.add' */
	" case_id INTEGER,"                           /* NULL = of no case */
	" document_id INTEGER,"
	" version INTEGER NOT NULL,"                  /* number of a version, draft, note, candidate or edition; 0 = none */
	" object TEXT NOT NULL,"                      /* another id, '' = none */
	" outcome TEXT NOT NULL,"                     /* 'done', 'refused' … */
	" detail TEXT NOT NULL,"                      /* a code or fixed word, '' = none */
	" covers BLOB CHECK (length(covers) = 32),"   /* hash of the row of record this entry vouches for, its sealed bytes included */
	" hash BLOB NOT NULL CHECK (length(hash) = 32)"   /* BLAKE2b-256 of the previous hash and all columns before */
	") STRICT",
	"CREATE INDEX audit_case ON audit(case_id, seq) WHERE case_id IS NOT NULL",
	"CREATE INDEX audit_document ON audit(document_id, version) WHERE document_id IS NOT NULL",
	NEVER("audit", "audit entries are never changed"),

	/* Cases. Everything that tells what a case is about is in its documents. */
	"CREATE TABLE case_file ("
	" id INTEGER PRIMARY KEY,"
	" pub TEXT NOT NULL UNIQUE CHECK (length(pub) = 16),"
	" year INTEGER NOT NULL,"                     /* London year of `opened` */
	" number INTEGER NOT NULL,"                   /* 1, 2, 3 … in the year */
	" reference TEXT NOT NULL UNIQUE,"            /* 'year-number', what people say */
	" plugin TEXT NOT NULL,"
	" plugin_version TEXT NOT NULL,"              /* of the plugin that opened it */
	" state TEXT NOT NULL,"
	" round INTEGER NOT NULL,"                    /* how often the case went back to the start of its states */
	" editions TEXT NOT NULL,"                    /* law and guidance it runs under, 'name=value …', as at opening */
	" settings TEXT NOT NULL,"                    /* the partnership's settings, as at opening */
	" opened INTEGER NOT NULL,"
	" opened_by INTEGER NOT NULL,"                /* account, 0 = the system */
	" closed INTEGER NOT NULL CHECK (closed IN (0, 1)),"
	" key_id INTEGER NOT NULL UNIQUE,"            /* of the case's key in keys.db */
	" UNIQUE (year, number)"
	") STRICT",
	"CREATE INDEX case_file_list ON case_file(closed, id)",

	/* Released form definitions: a definition never changes, another hash under the same name stops the start. */
	"CREATE TABLE form ("
	" id TEXT NOT NULL,"
	" version INTEGER NOT NULL,"
	" hash BLOB NOT NULL CHECK (length(hash) = 32),"   /* SHA-256 of the file */
	" PRIMARY KEY (id, version)"
	") STRICT",
	NEVER("form", "released forms are never changed"),

	/* Who holds which case role, and held it. */
	"CREATE TABLE case_person ("
	" id INTEGER PRIMARY KEY,"
	" case_id INTEGER NOT NULL REFERENCES case_file(id),"
	" account INTEGER NOT NULL REFERENCES account(id),"
	" role TEXT NOT NULL,"                        /* the plugin's case role */
	" since INTEGER NOT NULL,"
	" since_by INTEGER NOT NULL,"
	" until INTEGER,"                             /* NULL = still */
	" until_by INTEGER"
	") STRICT",
	"CREATE UNIQUE INDEX case_person_now ON case_person(case_id, account, role) WHERE until IS NULL",
	"CREATE INDEX case_person_case ON case_person(case_id, until)",
	"CREATE INDEX case_person_account ON case_person(account, until, case_id)",

	/* Documents as shells: text is in versions and drafts. */
	"CREATE TABLE document ("
	" id INTEGER PRIMARY KEY,"
	" pub TEXT NOT NULL UNIQUE CHECK (length(pub) = 16),"
	" case_id INTEGER NOT NULL REFERENCES case_file(id),"
	" type TEXT NOT NULL,"                        /* the plugin's document type */
	" form TEXT NOT NULL,"                        /* 'plugin/name' */
	" form_version INTEGER NOT NULL,"             /* that it was begun with */
	" agency TEXT REFERENCES agency(id),"         /* whose it is; NULL = the case's */
	" state TEXT NOT NULL,"                       /* of its own machine, '' = none */
	" latest INTEGER NOT NULL,"                   /* number of the newest version, 0 = none */
	" created INTEGER NOT NULL,"
	" created_by INTEGER NOT NULL"
	") STRICT",
	"CREATE INDEX document_case ON document(case_id, type, id)",
	"CREATE INDEX document_agency ON document(agency, case_id)",

	/* What was said, for ever. */
	"CREATE TABLE version ("
	" id INTEGER PRIMARY KEY,"
	" document_id INTEGER NOT NULL REFERENCES document(id),"
	" n INTEGER NOT NULL CHECK (n > 0),"          /* 1, 2, 3 … in the document */
	" form_version INTEGER NOT NULL,"
	" at INTEGER NOT NULL,"
	" author INTEGER NOT NULL,"
	" agency TEXT NOT NULL,"                      /* the author's at that time, '' = none */
	" same BLOB NOT NULL CHECK (length(same) = 32),"   /* hash of the bytes under the case's key: 'same bytes?' and what a signature is bound to */
	" sealed BLOB NOT NULL,"                      /* SHA-256, reasons and bytes, bound to version/<document>/<n> */
	" UNIQUE (document_id, n)"
	") STRICT",
	NEVER("version", "versions are never changed"),

	/* What is being written. Replaced freely: rows go 30 days after the submission that ended them. */
	"CREATE TABLE draft ("
	" id INTEGER PRIMARY KEY,"
	" document_id INTEGER NOT NULL REFERENCES document(id),"
	" rev INTEGER NOT NULL CHECK (rev > 0),"      /* 1, 2, 3 … in the document, over submissions */
	" section TEXT NOT NULL,"                     /* the section this save changed; '' = all */
	" form_version INTEGER NOT NULL,"
	" at INTEGER NOT NULL,"
	" author INTEGER NOT NULL,"
	" once BLOB CHECK (length(once) = 32),"       /* SHA-256 of the sender's token: the same save twice is one; NULL = none given */
	" ended INTEGER,"                             /* submitted; NULL = current */
	" sealed BLOB NOT NULL,"                      /* the whole document, bound to draft/<document>/<rev> */
	" UNIQUE (document_id, rev)"
	") STRICT",
	"CREATE INDEX draft_current ON draft(document_id, rev) WHERE ended IS NULL",
	"CREATE INDEX draft_section ON draft(document_id, section, rev) WHERE ended IS NULL",
	"CREATE INDEX draft_author ON draft(document_id, author) WHERE ended IS NULL",
	"CREATE UNIQUE INDEX draft_once ON draft(document_id, once) WHERE once IS NOT NULL",
	"CREATE INDEX draft_ended ON draft(ended) WHERE ended IS NOT NULL",

	/* The highest revision a document ever had: expired drafts must not lend their number, and so their seal's binding, to new ones. */
	"CREATE TABLE draft_count ("
	" document_id INTEGER NOT NULL PRIMARY KEY REFERENCES document(id),"
	" rev INTEGER NOT NULL"
	") STRICT",

	/* What others say about somebody's row. Append-only. */
	"CREATE TABLE note ("
	" id INTEGER PRIMARY KEY,"
	" document_id INTEGER NOT NULL REFERENCES document(id),"
	" case_id INTEGER NOT NULL REFERENCES case_file(id),"
	" n INTEGER NOT NULL CHECK (n > 0),"          /* 1, 2, 3 … in the document */
	" kind TEXT NOT NULL,"                        /* counterpart, match, annotation */
	" at INTEGER NOT NULL,"
	" author INTEGER NOT NULL,"
	" sealed BLOB NOT NULL,"                      /* row key (an agency's own id may hold a name) and text, bound to note/<document>/<n> */
	" UNIQUE (document_id, n)"
	") STRICT",
	"CREATE INDEX note_case ON note(case_id, id)",
	NEVER("note", "notes are never changed"),

	/* Acts: transitions done, signatures given, flags set. */
	"CREATE TABLE act ("
	" id INTEGER PRIMARY KEY,"
	" case_id INTEGER NOT NULL REFERENCES case_file(id),"
	" n INTEGER NOT NULL CHECK (n > 0),"          /* 1, 2, 3 … in the case */
	" document_id INTEGER REFERENCES document(id),"    /* NULL = of the case itself */
	" name TEXT NOT NULL,"                        /* the transition */
	" from_state TEXT NOT NULL,"
	" to_state TEXT NOT NULL,"
	" role TEXT NOT NULL,"                        /* the case role it was done in */
	" agency TEXT NOT NULL,"                      /* of the actor, '' = none */
	" actor INTEGER NOT NULL,"                    /* account, 0 = the system */
	" round INTEGER NOT NULL,"
	" version INTEGER NOT NULL,"                  /* of the document, 0 = none */
	" at INTEGER NOT NULL,"
	" day INTEGER NOT NULL,"                      /* the day it counts for */
	" hash BLOB CHECK (length(hash) = 32),"       /* version.same of what was signed; NULL = no signature */
	" input BLOB NOT NULL,"                       /* what the person said, bound to act/<case>/<n> */
	" UNIQUE (case_id, n)"
	") STRICT",
	"CREATE INDEX act_document ON act(document_id)",
	NEVER("act", "acts are never changed"),

	/* Running and stopped deadlines. */
	"CREATE TABLE clock ("
	" id INTEGER PRIMARY KEY,"
	" case_id INTEGER NOT NULL REFERENCES case_file(id),"
	" document_id INTEGER REFERENCES document(id),"
	" name TEXT NOT NULL,"                        /* the plugin's clock */
	" started INTEGER,"                           /* days; NULL = not yet */
	" due INTEGER,"
	" stopped INTEGER,"                           /* NULL = running */
	" varied_by INTEGER NOT NULL,"                /* days it was lengthened by */
	" row BLOB"                                   /* key of the row it is for, bound to clock/<case>/<name>; NULL = none */
	") STRICT",
	"CREATE INDEX clock_case ON clock(case_id, id)",
	"CREATE INDEX clock_running ON clock(case_id, due) WHERE stopped IS NULL AND due IS NOT NULL",
	"CREATE INDEX clock_document ON clock(document_id, stopped, due)",

	/* Flags: paused, held, linked proceedings. */
	"CREATE TABLE flag ("
	" id INTEGER PRIMARY KEY,"
	" case_id INTEGER NOT NULL REFERENCES case_file(id),"
	" name TEXT NOT NULL,"
	" set_at INTEGER NOT NULL,"
	" set_by INTEGER NOT NULL,"
	" lifted_at INTEGER,"                         /* NULL = set */
	" lifted_by INTEGER,"
	" input BLOB NOT NULL,"                       /* what was said at setting, bound to flag/<case>/<name>/set/<set_at> */
	" lift_input BLOB"                            /* and at lifting: …/lift/<set_at> */
	") STRICT",
	"CREATE UNIQUE INDEX flag_now ON flag(case_id, name) WHERE lifted_at IS NULL",
	"CREATE INDEX flag_case ON flag(case_id, id)",

	/* What may become public, one row for its whole life. */
	"CREATE TABLE publication ("
	" id INTEGER PRIMARY KEY,"
	" pub TEXT NOT NULL UNIQUE CHECK (length(pub) = 16),"
	" case_id INTEGER NOT NULL REFERENCES case_file(id),"
	" document_id INTEGER NOT NULL REFERENCES document(id),"
	" type TEXT NOT NULL,"                        /* the plugin's publication */
	" folder TEXT NOT NULL,"                      /* public folder */
	" slug TEXT NOT NULL,"                        /* address in it, of the newest candidate; '' = none yet */
	" state TEXT NOT NULL,"                       /* draft candidate cleared approved released withdrawn */
	" edition INTEGER NOT NULL,"                  /* newest edition, 0 = never released */
	" UNIQUE (document_id, type)"
	") STRICT",
	"CREATE UNIQUE INDEX publication_slug ON publication(folder, slug) WHERE slug <> ''",
	"CREATE INDEX publication_case ON publication(case_id, id)",
	"CREATE INDEX publication_public ON publication(edition)",

	/* The finished page before it is public. A new one voids all approvals. */
	"CREATE TABLE candidate ("
	" id INTEGER PRIMARY KEY,"
	" publication_id INTEGER NOT NULL REFERENCES publication(id),"
	" n INTEGER NOT NULL CHECK (n > 0),"          /* 1, 2, 3 … in the publication */
	" document_version INTEGER NOT NULL,"         /* the versions it was made of */
	" register_version INTEGER NOT NULL,"
	" marks_version INTEGER NOT NULL,"
	" rules TEXT NOT NULL,"                       /* version of the gate's rules */
	" published INTEGER NOT NULL,"                /* the day that stands in the bytes */
	" at INTEGER NOT NULL,"
	" author INTEGER NOT NULL,"
	" hash BLOB NOT NULL CHECK (length(hash) = 32),"   /* hash under the case's key of all that is sealed: what an approval binds */
	" sealed BLOB NOT NULL,"                      /* hashes, slug, title and bytes, bound to candidate/<publication>/<n> */
	" UNIQUE (publication_id, n)"
	") STRICT",
	NEVER("candidate", "candidates are never changed"),

	/* Who stands for a candidate. Nobody twice: two people are two people. */
	"CREATE TABLE approval ("
	" id INTEGER PRIMARY KEY,"
	" candidate_id INTEGER NOT NULL REFERENCES candidate(id),"
	" account INTEGER NOT NULL REFERENCES account(id),"
	" role TEXT NOT NULL,"
	" at INTEGER NOT NULL,"
	" hash BLOB NOT NULL CHECK (length(hash) = 32),"   /* candidate.hash */
	" UNIQUE (candidate_id, account)"
	") STRICT",
	"CREATE INDEX approval_account ON approval(account)",
	NEVER("approval", "approvals are never changed"),

	/* Public bytes. Not sealed: everybody has them. */
	"CREATE TABLE edition ("
	" id INTEGER PRIMARY KEY,"
	" publication_id INTEGER NOT NULL REFERENCES publication(id),"
	" n INTEGER NOT NULL CHECK (n > 0),"          /* 1, 2, 3 … in the publication */
	" candidate_id INTEGER NOT NULL REFERENCES candidate(id),"
	" folder TEXT NOT NULL,"
	" slug TEXT NOT NULL,"
	" title TEXT NOT NULL,"
	" sha256 TEXT NOT NULL CHECK (length(sha256) = 64),"   /* hex, of bytes */
	" published INTEGER NOT NULL,"                /* day */
	" released INTEGER NOT NULL,"
	" released_by INTEGER NOT NULL,"
	" bytes BLOB NOT NULL,"
	" UNIQUE (publication_id, n)"
	") STRICT",
	"CREATE INDEX edition_candidate ON edition(candidate_id)",
	"CREATE INDEX edition_address ON edition(folder, slug)",
	NEVER("edition", "editions are never changed"),

	/* Editions taken back, with a sentence for the public. */
	"CREATE TABLE withdrawal ("
	" id INTEGER PRIMARY KEY,"
	" edition_id INTEGER NOT NULL UNIQUE REFERENCES edition(id),"
	" at INTEGER NOT NULL,"
	" author INTEGER NOT NULL,"
	" reason TEXT NOT NULL"
	") STRICT",
	NEVER("withdrawal", "withdrawals are never changed"),
	NULL
};

/* What lists need, so that no page looks at every case: how a case stands, and what waits for whom. Derived: the clerk makes it for cases of
 * before (look = 0 is every day). */
static const char *const main_2[] = {
	"ALTER TABLE case_file ADD COLUMN due INTEGER NOT NULL DEFAULT 2147483647",     /* earliest day of a running clock; the greatest number: none */
	"ALTER TABLE case_file ADD COLUMN look INTEGER NOT NULL DEFAULT 0",             /* the day on which something begins by itself */
	"ALTER TABLE case_file ADD COLUMN held INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1))",     /* a flag stops something */
	"ALTER TABLE case_file ADD COLUMN waits INTEGER NOT NULL DEFAULT 0 CHECK (waits IN (0, 1))",   /* for agencies */
	"ALTER TABLE case_file ADD COLUMN ready INTEGER NOT NULL DEFAULT 0 CHECK (ready IN (0, 1))",   /* to be published */
	"CREATE INDEX case_file_due ON case_file(closed, due, id, held)",
	"CREATE INDEX case_file_type ON case_file(closed, plugin, due, id, held)",
	"CREATE INDEX case_file_look ON case_file(closed, look)",
	"CREATE INDEX case_file_waits ON case_file(id) WHERE closed = 0 AND waits = 1",
	"CREATE INDEX case_file_ready ON case_file(id) WHERE closed = 0 AND ready = 1",
	"CREATE TABLE task ("
	" id INTEGER PRIMARY KEY,"
	" case_id INTEGER NOT NULL REFERENCES case_file(id),"
	" document_id INTEGER REFERENCES document(id),"
	" account INTEGER REFERENCES account(id),"    /* whose; NULL = everybody's of the agency */
	" agency TEXT REFERENCES agency(id),"
	" kind TEXT NOT NULL,"                        /* step, state, clock, nudge */
	" name TEXT NOT NULL,"                        /* of the plugin's row */
	" due INTEGER NOT NULL"                       /* day; the greatest number: none */
	") STRICT",
	"CREATE INDEX task_case ON task(case_id, id)",
	"CREATE INDEX task_document ON task(document_id)",
	"CREATE INDEX task_account ON task(account, due, id)",
	"CREATE INDEX task_agency ON task(agency, due, id) WHERE account IS NULL",
	NULL
};

/* keys.db: apart from the main file and its backups, so that a destroyed key ends its case's content everywhere. */
static const char *const keys_1[] = {
	/* Proof that a master key is the one the others are wrapped with. */
	"CREATE TABLE master_check ("
	" id INTEGER PRIMARY KEY CHECK (id = 1),"
	" sealed BLOB NOT NULL"                       /* a fixed word under the master key */
	") STRICT",
	"CREATE TABLE case_key ("
	" id INTEGER PRIMARY KEY,"                    /* random, never used again, also not after a restore */
	" made INTEGER NOT NULL,"
	" destroyed INTEGER,"                         /* NULL = in use */
	" wrapped BLOB,"                              /* under the master key, bound to case-key/<id>; NULL when destroyed */
	" CHECK ((wrapped IS NULL) = (destroyed IS NOT NULL))"
	") STRICT",
	NULL
};

static const char *const main_3[] = {
	/* What was typed after a session had ended. Rows go after two hours, or when it is saved. */
	"CREATE TABLE parked ("
	" id INTEGER PRIMARY KEY,"
	" pub TEXT NOT NULL UNIQUE CHECK (length(pub) = 16),"
	" case_id INTEGER NOT NULL REFERENCES case_file(id),"
	" account INTEGER NOT NULL REFERENCES account(id),"      /* whose page it was: given back to nobody else */
	" token BLOB NOT NULL CHECK (length(token) = 32),"       /* keyed hash of the cookie of the browser that sent it */
	" at INTEGER NOT NULL,"                       /* real clock */
	" size INTEGER NOT NULL,"                     /* bytes of sealed */
	" sealed BLOB NOT NULL"                       /* address and body, bound to parked/<pub> */
	") STRICT",
	"CREATE INDEX parked_account ON parked(account, token, at)",
	"CREATE INDEX parked_case ON parked(case_id)",
	"CREATE INDEX parked_at ON parked(at)",
	NULL
};

static const char *const main_4[] = {
	/* Attached files, as they came. */
	"CREATE TABLE attachment ("
	" id INTEGER PRIMARY KEY,"
	" document_id INTEGER NOT NULL REFERENCES document(id),"
	" n INTEGER NOT NULL CHECK (n > 0),"          /* 1, 2, 3 … in the document */
	" pub TEXT NOT NULL UNIQUE CHECK (length(pub) = 16),"
	" field TEXT NOT NULL,"                       /* of the form that it was sent for: who may see that may open this */
	" type TEXT NOT NULL,"                        /* by its content, a code */
	" at INTEGER NOT NULL,"
	" author INTEGER NOT NULL,"
	" sealed BLOB NOT NULL,"                      /* size, SHA-256 and name, bound to attachment/<document>/<attachment> */
	" UNIQUE (document_id, n)"
	") STRICT",
	NEVER("attachment", "attached files are never changed"),
	"CREATE TABLE attachment_chunk ("
	" id INTEGER PRIMARY KEY,"
	" attachment_id INTEGER NOT NULL REFERENCES attachment(id),"
	" n INTEGER NOT NULL CHECK (n > 0),"          /* 1, 2, 3 … in the file */
	" sealed BLOB NOT NULL,"                      /* up to 256 KB of it, bound to chunk/<document>/<attachment>/<n> */
	" UNIQUE (attachment_id, n)"
	") STRICT",
	NEVER("attachment_chunk", "attached files are never changed"),
	NULL
};

static const char *const *const main_steps[] = { main_1, main_2, main_3, main_4 };
/* Where the audit ended when the clerk last looked: an audit that lost its end, or an old database in the place of a newer one, is found out. */
static const char *const keys_2[] = {
	"CREATE TABLE anchor ("
	" id INTEGER PRIMARY KEY CHECK (id = 1),"
	" sealed BLOB NOT NULL"                       /* number and hash of an entry, under the master key */
	") STRICT",
	NULL
};

static const char *const *const keys_steps[] = { keys_1, keys_2 };
#endif
