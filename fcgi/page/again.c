#include "page/again.h"

#include <string.h>
#include <talloc.h>

#define HOLES 8
#define SEEN 64

struct hole { size_t at; bool once; };      /* once: the word; else the number of the request */
struct kept {
	struct again_asked asked;
	struct again_page page;
	struct hole holes[HOLES];
	int hole_count;
	size_t id_length;
	instant made;
	struct kept *next;
};
/* The last made first. The key is this process's own: a hash here tells nothing about cookies. seen: what was asked lately; most pages are asked for
 * once, and their text is not to stay for nothing. */
struct again { struct kept *first; struct seal_key key; unsigned char seen[SEEN][SEAL_HASH]; unsigned next; };

struct again *again_new(void *ctx)
{
	struct again *a = talloc_zero(ctx, struct again);

	seal_random(a->key.bytes, sizeof a->key.bytes);
	return a;
}

void again_ask(struct again *a, struct store *store, const void *request, size_t length, int64_t account, struct again_asked *asked_r)
{
	struct error ignored = {0};

	memset(asked_r, 0, sizeof *asked_r);
	seal_keyed_hash(&a->key, request, length, asked_r->hash);
	asked_r->stand.account = account;
	asked_r->stand.minute = date_now() / 60000;
	asked_r->stand.offset = date_clock_offset();
	asked_r->known = store_stand(store, &asked_r->stand.store, &ignored) == 0;
}

static void let_go(struct kept *k)
{
	seal_wipe(k->page.bytes, k->page.length);
	talloc_free(k);
}

static struct kept **place(struct again *a, const unsigned char hash[SEAL_HASH])
{
	struct kept **at = &a->first;

	while (*at != NULL && memcmp((*at)->asked.hash, hash, SEAL_HASH) != 0)
		at = &(*at)->next;
	return at;
}

static void forget(struct kept **at)
{
	struct kept *k = *at;

	if (k == NULL)
		return;
	*at = k->next;
	let_go(k);
}

/* What was made of other data is of no use to anybody any more. */
static struct kept *take(struct again *a, const struct again_asked *asked)
{
	struct kept **at = place(a, asked->hash), *k = *at;

	if (k == NULL || (memcmp(&k->asked.stand, &asked->stand, sizeof asked->stand) == 0 && date_now_real() - k->made < AGAIN_AGE))
		return k;
	forget(at);
	return NULL;
}

bool again_find(struct again *a, const struct again_asked *asked, const char *id, struct again_page *page_r)
{
	struct kept *k = asked->known ? take(a, asked) : NULL;
	char once[SEAL_ID];

	if (k == NULL || strlen(id) != k->id_length)
		return false;
	seal_id(once);
	for (int i = 0; i < k->hole_count; i++)
		memcpy(k->page.bytes + k->holes[i].at, k->holes[i].once ? once : id, k->holes[i].once ? SEAL_ID - 1 : k->id_length);
	*page_r = k->page;
	return true;
}

/* Every place of a word; false: more than there is room for. */
static bool note_holes(struct kept *k, const char *word, bool once)
{
	size_t length = strlen(word);
	const char *at = k->page.bytes, *end = at + k->page.length;

	for (; length > 0 && (at = memmem(at, (size_t)(end - at), word, length)) != NULL; at += length) {
		if (k->hole_count == HOLES)
			return false;
		k->holes[k->hole_count++] = (struct hole){ (size_t)(at - k->page.bytes), once };
	}
	return true;
}

static bool seen_before(struct again *a, const unsigned char hash[SEAL_HASH])
{
	for (int i = 0; i < SEEN; i++)
		if (memcmp(a->seen[i], hash, SEAL_HASH) == 0)
			return true;
	memcpy(a->seen[a->next++ % SEEN], hash, SEAL_HASH);
	return false;
}

void again_keep(struct again *a, const struct again_asked *asked, const char *id, const char *once, const struct again_page *page)
{
	struct kept *k;

	if (!asked->known || page->length > AGAIN_PAGE || (once != NULL && strlen(once) != SEAL_ID - 1) || !seen_before(a, asked->hash))
		return;
	k = talloc_zero(a, struct kept);
	k->asked = *asked;
	k->page = (struct again_page){ page->type, talloc_memdup(k, page->bytes, page->length), page->length };
	k->id_length = strlen(id);
	k->made = date_now_real();
	if (!note_holes(k, id, false) || (once != NULL && !note_holes(k, once, true))) {
		let_go(k);
		return;
	}
	forget(place(a, asked->hash));
	k->next = a->first;
	a->first = k;
}

int again_trim(struct again *a, instant now)
{
	size_t all = 0;
	int left = 0;

	for (struct kept **at = &a->first, *k; (k = *at) != NULL;) {
		all += k->page.length;
		if (now - k->made < AGAIN_AGE && all <= AGAIN_MOST && left < AGAIN_PAGES) {
			at = &k->next;
			left++;
			continue;
		}
		all -= k->page.length;
		*at = k->next;
		let_go(k);
	}
	return left;
}
