/* A candidate for publication: assembled, redacted, rendered, searched. Made anew from the documents each time it is asked for, so that nothing that
 * has changed in the meantime can slip through an old approval. */
#ifndef PUBLISH_CANDIDATE_H
#define PUBLISH_CANDIDATE_H
#include "case/flow.h"
#include "publish/gate.h"
#include "publish/redact.h"
#include "publish/residue.h"
#include "store/store_publication.h"

#define CANDIDATE_SENTENCE "watch"       /* the kind under which it is kept that a sentence may stay */
struct publishing { struct words *common, *glossary; };      /* loaded before the fork */
int publishing_start(void *ctx, const struct config *config, struct publishing **publishing_r, struct error *error);

struct making {
	const struct dossier_publication *row;
	struct document *document, *reg;                /* what is published; the register it is held against */
	struct document *marks; struct xml_doc *marks_doc;   /* the redactor's decisions: a document of their own; NULL until the first */
	struct redaction *redaction;
	struct gate_report *gate;
	struct residue_item *residue; int residue_count;
	const char *slug_word;                          /* a word of the address that is no ordinary one, NULL */
	char *visible;                                  /* the text a reader sees, for the residue */
	struct candidate candidate;                     /* bytes, hash, title, versions, rules, slug, day */
	int open;                                       /* what still stands against it */
};
/* slug and published (the day in the bytes) come from the redactor, or from the candidate that is checked again. */
int candidate_make(void *ctx, struct flow *flow, const struct publishing *with, const struct publication *p, const char *slug, day published,
	struct making **making_r, struct error *error);
/* The secrets as the gate takes them: which form is searched as what. One for each secret, in their order. */
struct gate_entry *candidate_entries(void *ctx, const struct secrets *secrets);
/* The words that people have accepted as ordinary ones, as the gate takes them. */
struct gate_accepted *candidate_accepted(void *ctx, const struct xml_doc *marks, int *count_r);
/* What names this case and those its pages draw on: the register, the numbers of events, the references of acts. NULL (CONFLICT) without a register, or where
 * `all` are wanted and another case is not there or has none. */
struct secrets *candidate_secrets(void *ctx, struct flow *flow, bool all, struct error *error);
/* Words that one person alone puts before the public (why a page was withdrawn): 0 when gate and residue find nothing at all in them, else INVALID. */
int candidate_words(void *ctx, struct flow *flow, const struct publishing *with, const struct publication *p, const char *text, struct error *error);
/* The redactor's decisions as a document that may be changed (a copy, or empty): then candidate_keep_marks. */
struct xml_doc *candidate_marks(void *ctx, struct flow *flow, const struct publication *p, struct error *error);
/* CONFLICT marks.moved when somebody else kept some since the flow was opened. */
int candidate_keep_marks(struct flow *flow, const struct publication *p, const struct xml_doc *marks, struct error *error);
/* Who has redacted this publication (made its marks or a candidate): accounts are compared, the list is for words. */
bool candidate_redacted_by(struct flow *flow, const struct publication *p, const struct candidate *latest, int64_t account);
#endif
