#include "store/store_opened.h"

#include <talloc.h>

#define TREE_TIMES 10        /* a tree of libxml2 beside its text: measured 8 to 11 for documents of forms */

struct entry {
	struct opened_text text;
	struct xml_doc *doc;
	size_t size;
	int64_t used;
	bool pending, forgotten;
	struct entry *next;
};
/* The last used first; a few dozen at the most, so they are searched one after the other. */
struct opened { struct entry *first; };

struct opened *opened_new(void *ctx)
{
	return talloc_zero(ctx, struct opened);
}

const struct opened_text *opened_find(struct opened *o, int64_t document_id, int n, int64_t now)
{
	for (struct entry **at = &o->first; *at != NULL; at = &(*at)->next) {
		struct entry *e = *at;
		if (e->forgotten || e->text.document_id != document_id || e->text.n != n)
			continue;
		*at = e->next;
		e->next = o->first;
		o->first = e;
		e->used = now;
		return &e->text;
	}
	return NULL;
}

const struct opened_text *opened_keep(struct opened *o, const struct opened_text *text, struct xml_doc *doc, size_t length, bool pending, int64_t now)
{
	struct entry *e = talloc(o, struct entry);

	*e = (struct entry){ *text, talloc_steal(e, doc), length * TREE_TIMES, now, pending, false, o->first };
	e->text.doc = doc;
	o->first = e;
	return &e->text;
}

void opened_settle(struct opened *o, bool committed)
{
	for (struct entry *e = o->first; e != NULL; e = e->next) {
		e->forgotten = e->forgotten || (e->pending && !committed);
		e->pending = false;
	}
}

void opened_forget(struct opened *o, int64_t case_id)
{
	for (struct entry *e = o->first; e != NULL; e = e->next)
		e->forgotten = e->forgotten || e->text.case_id == case_id;
}

int opened_trim(struct opened *o, int64_t now)
{
	size_t all = 0;
	int left = 0;

	for (struct entry **at = &o->first, *e; (e = *at) != NULL;) {
		all += e->size;
		if (!e->forgotten && now - e->used < OPENED_AGE && all <= OPENED_MOST) {
			at = &e->next;
			left++;
			continue;
		}
		all -= e->size;
		*at = e->next;
		xml_wipe(e->doc);
		talloc_free(e);
	}
	return left;
}
