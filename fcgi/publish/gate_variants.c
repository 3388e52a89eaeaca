#include "publish/gate_parts.h"

#include <string.h>
#include <talloc.h>

/* Below six letters a name without its blanks stands inside ordinary words too often ("eve" 2,406 times in 2 MB of prose, "smythe" never). */
#define SQUEEZED_FROM 6

static size_t slot_of(const struct patterns *p, int entry, enum gate_view view, const char *text, bool ordinary)
{
	size_t hash = 14695981039346656037u ^ (size_t)entry * 8 ^ (size_t)view * 2 ^ ordinary;          /* FNV-1a */

	for (const char *c = text; *c; c++)
		hash = (hash ^ (unsigned char)*c) * 1099511628211u;
	for (size_t slot = hash;; slot++) {
		const struct pattern *there = p->index[slot & (p->slots - 1)] == 0 ? NULL : &p->list[p->index[slot & (p->slots - 1)] - 1];
		if (there == NULL || (there->entry == entry && there->view == view && there->ordinary == ordinary && !strcmp(there->text, text)))
			return slot & (p->slots - 1);
	}
}

/* A day has thousands of variants: each is looked up among them by hash. At least half of the slots stay free. */
static void make_room(struct patterns *p)
{
	if (p->count * 2 < (int)p->slots)
		return;
	p->slots = p->slots ? p->slots * 2 : 1024;
	talloc_free(p->index);
	p->index = talloc_zero_array(p, int, p->slots);
	p->list = talloc_realloc(p, p->list, struct pattern, p->slots / 2 + 1);
	for (int i = 0; i < p->count; i++)
		p->index[slot_of(p, p->list[i].entry, p->list[i].view, p->list[i].text, p->list[i].ordinary)] = i + 1;
}

void gate_add(struct patterns *p, int entry, enum gate_view view, int bound, const char *variant, const char *text, bool ordinary)
{
	size_t slot;

	if (!*text)
		return;
	make_room(p);
	slot = slot_of(p, entry, view, text, ordinary);
	if (p->index[slot] != 0) {
		struct pattern *old = &p->list[p->index[slot] - 1];
		old->bound &= bound | ~(BOUND_CAPITALS | BOUND_CAPITAL | BOUND_SECOND | BOUND_DIGITS);     /* the wider of the two */
		old->bound |= bound & (BOUND_NAME | BOUND_OPEN);
		return;
	}
	p->list[p->count] = (struct pattern){ .text = talloc_strdup(p, text), .length = strlen(text), .view = view, .bound = bound, .variant = variant,
		.entry = entry, .ordinary = ordinary };
	p->index[slot] = ++p->count;
}

char *gate_words(void *ctx, const char *text)
{
	struct folded *f = fold(ctx, text, strlen(text)), *view = fold_words(f, f);
	char *words = talloc_strndup(ctx, view->text, view->length), *to = words;

	for (const char *from = words; *from; from++) {
		char c = (char)(*from == '\'' ? ' ' : *from);
		if (c != ' ' || (to > words && to[-1] != ' '))
			*to++ = c;
	}
	if (to > words && to[-1] == ' ')
		to--;
	*to = 0;
	talloc_free(f);
	return words;
}

char *gate_solid(void *ctx, const char *words)
{
	char *solid = talloc_strdup(ctx, words), *to = solid;

	for (const char *from = words; *from; from++)
		if (*from != ' ')
			*to++ = *from;
	*to = 0;
	return solid;
}

size_t gate_letters(const char *words)
{
	size_t n = 0;

	for (; *words; words++)
		n += *words != ' ' && (*words & 0xC0) != 0x80;
	return n;
}

char **gate_split(void *ctx, const char *text, const char *separators, int *count_r)
{
	char **list = NULL;
	int n = 0;

	for (const char *at = text; *(at += strspn(at, separators));) {
		size_t length = strcspn(at, separators);
		list = talloc_realloc(ctx, list, char *, n + 1);
		list[n++] = talloc_strndup(list, at, length);
		at += length;
	}
	*count_r = n;
	return list;
}

static bool one_is_flagged(const struct patterns *p, const char *word)
{
	for (int i = 0; i < p->flagged_count; i++)
		if (!strcmp(p->flagged[i], word))
			return true;
	return false;
}

bool gate_is_flagged(const struct patterns *p, const char *words)
{
	int n;
	void *tmp = talloc_new(NULL);
	char **list = gate_split(tmp, words, " ", &n);
	bool all = n > 0;

	for (int i = 0; i < n; i++)
		all = all && one_is_flagged(p, list[i]);
	talloc_free(tmp);
	return all;
}

static char *spaced(void *ctx, const char *word)
{
	char *letters = talloc_strdup(ctx, "");

	for (; *word; word++)
		letters = talloc_asprintf_append(letters, "%s%c", *letters && (*word & 0xC0) != 0x80 ? " " : "", *word);
	return letters;
}

/* Letters that no fold makes Latin stand in no English word, and in some scripts no blank parts the words ("王芳" in "我见王芳了"). */
static bool has_other_script(const char *words)
{
	for (; *words; words++)
		if ((unsigned char)*words >= 0x80)
			return true;
	return false;
}

/* "the Kellys" is found by its bounds, "the Kellies" is not. */
static void plural(struct patterns *p, int entry, const char *words)
{
	size_t n = strlen(words);

	if (n >= 4 && words[n - 1] == 'y' && !strchr("aeiou ", words[n - 2]))
		gate_add(p, entry, VIEW_WORDS, 0, "plural", talloc_asprintf(p, "%.*sies", (int)n - 1, words), false);
}

void gate_add_phrase(struct patterns *p, int entry, const char *variant, const char *words)
{
	bool ordinary = one_is_flagged(p, words);
	char *solid = gate_solid(p, words);

	if (ordinary) {
		gate_add(p, entry, VIEW_WORDS, 0, variant, words, true);
		return;
	}
	gate_add(p, entry, VIEW_WORDS, BOUND_NAME, variant, words, false);
	if (gate_is_flagged(p, words))
		return;                    /* "will may" without its blank stands in "they will maybe" */
	gate_add(p, entry, VIEW_WORDS, BOUND_NAME, variant, solid, false);
	plural(p, entry, words);
	if (!strchr(words, ' ') && gate_letters(words) >= 3 && gate_letters(words) < SQUEEZED_FROM)
		gate_add(p, entry, VIEW_WORDS, 0, "letter by letter", spaced(p, words), false);
	if (gate_letters(words) >= SQUEEZED_FROM || (gate_letters(words) >= 2 && has_other_script(words)))
		gate_add(p, entry, VIEW_SQUEEZED, 0, "squeezed", solid, false);
}

/* Titles and a possessive make a name of an ordinary word, wherever they stand: no acceptance then. Only such as are no words themselves ("the nurse will call"), and
 * ranks only before a capital ("the DS may call"). */
static void as_a_name(struct patterns *p, int entry, const char *words)
{
	static const char *const titles[] = { "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev", "cllr", NULL }, *const ranks[] = { "pc", "dc", "ds", "di", "dci", "dsi", "sgt", "pcso", "hhj", NULL };

	for (int i = 0; titles[i]; i++)
		gate_add(p, entry, VIEW_WORDS, 0, "title", talloc_asprintf(p, "%s %s", titles[i], words), false);
	for (int i = 0; ranks[i]; i++)
		gate_add(p, entry, VIEW_WORDS, BOUND_SECOND, "title", talloc_asprintf(p, "%s %s", ranks[i], words), false);
	gate_add(p, entry, VIEW_WORDS, BOUND_CAPITAL, "possessive", talloc_asprintf(p, "%s s", words), false);
}

static void one_form(struct patterns *p, int entry, const struct gate_form *form)
{
	char *words = gate_words(p, form->text);

	if (form->ordinary) {
		gate_add(p, entry, VIEW_WORDS, 0, "ordinary word", words, true);
		if (form->kind == GATE_NAME)
			as_a_name(p, entry, words);
		return;
	}
	switch (form->kind) {
	case GATE_NAME: gate_name(p, entry, form->text); break;
	case GATE_PLACE: gate_place(p, entry, form->text); break;
	case GATE_NUMBER: gate_number(p, entry, form->text); break;
	case GATE_DATE: gate_date(p, entry, form->text); break;
	case GATE_ADDRESS: gate_address(p, entry, form->text); break;
	}
}

static void one_script(struct patterns *p, int entry, const struct gate_form *form)
{
	struct gate_form other = *form;

	one_form(p, entry, form);
	for (const char *at = form->text; *at; at++)
		if ((unsigned char)*at >= 0xC3 && (form->kind == GATE_NAME || form->kind == GATE_PLACE)) {
			other.text = fold_to_latin(p, form->text);
			one_form(p, entry, &other);
			return;
		}
}

static void flag(struct patterns *p, const struct gate_entry *entry)
{
	for (int i = 0; i < entry->count; i++) {
		if (!entry->forms[i].ordinary)
			continue;
		p->flagged = talloc_realloc(p, p->flagged, const char *, p->flagged_count + 1);
		p->flagged[p->flagged_count++] = gate_words(p, entry->forms[i].text);
	}
}

struct patterns *gate_variants(void *ctx, const struct gate_entry *entries, int count, struct error *error)
{
	struct patterns *p = talloc_zero(ctx, struct patterns);

	for (int i = 0; i < count; i++)
		flag(p, &entries[i]);
	for (int i = 0; i < count; i++)
		for (int k = 0; k < entries[i].count; k++) {
			const struct gate_form *form = &entries[i].forms[k];
			if (!*form->text)
				continue;
			/* A form that no view keeps anything of would be promised and never searched. */
			if (!*gate_words(p, form->text)) {
				error_set(error, ERROR_INVALID, "gate.form", "Entry %s of the register has a form without any letter or digit, which cannot be searched for. Write it differently or remove it.", entries[i].id);
				return NULL;
			}
			one_script(p, i, form);
		}
	return p;
}
