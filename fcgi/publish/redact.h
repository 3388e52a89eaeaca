/* From a document to its public tree: built, not edited. It starts empty and takes in only fields of class public (or what d:as lets
 * through), mentions by their entry's label, marks applied, untagged forms of the register replaced. */
#ifndef PUBLISH_REDACT_H
#define PUBLISH_REDACT_H
#include "form/form.h"

struct entry_form { const char *text, *kind; bool ordinary; };     /* kind: name alias number address born … (the meaning's last part) */
struct entry { const char *id, *kind, *label; bool informant; struct entry_form *forms; int count; };   /* kind: party place organisation staff number; label "" = drop */
struct secrets { struct entry *list; int count; };
/* Everything the register of a case says, by meaning. Staff and places included. */
struct secrets *secrets_read(void *ctx, const struct form *form, const struct xml_doc *reg, struct error *error);
void secrets_add(struct secrets *secrets, const char *id, const char *kind, const char *label, const char *form, const char *form_kind);   /* case reference, ids of events … */

/* Adds the entries of another case, each with `prefix` before its id. Borrowed: `from` must outlive `to`. */
void secrets_join(struct secrets *to, const struct secrets *from, const char *prefix);

/* What the redactor decided, read from a marks document (form shared/marks). */
struct mark { const char *id, *field; int block; const char *text; int occurrence; const char *action, *with, *reason; };      /* id: of its row, may be NULL; action: drop replace generalise; text: the exact words in the block, occurrence from 1 */
struct marks { struct mark *list; int count; };
struct marks *marks_read(void *ctx, const struct xml_doc *marks, struct error *error);

/* What was done in each block, for the redactor's screen (and what is still open: `now` NULL is an ordinary word that was left as it stands). `entry` is an
 * id of the register, several separated by blanks where a form is of more than one and so was left out, or "". */
struct replacement { const char *field; int block; const char *was, *now, *entry; bool mark, ordinary; };
/* A sentence of the public text that a removal may have broken, and by which sign. `reason`: why it may stay as it is, where somebody has said so. */
struct breakage { const char *field; int block; const char *sentence, *why, *reason; };
struct redaction {
	struct xml_doc *tree;               /* <publication form= version=><field name= label=>text, or blocks of prose</field>… <row name="points.point.1"><field …/></row>…:
	                                       only public text; rows without any are left out and not counted */
	struct replacement *list; int count;
	struct breakage *broken; int broken_count;
	struct mark **stale; int stale_count;   /* marks whose words are not in this version: to be asked again */
};
/* Forms flagged ordinary are replaced only where tagged, or where context shows a name (title before it, possessive, next to another name form of the same entry, mid-sentence capital);
 * all others wherever they stand. */
int redact(void *ctx, const struct form *form, const struct xml_doc *doc, const struct secrets *secrets, const struct marks *marks, struct redaction **redaction_r, struct error *error);
#endif
