#include "publish/redact_parts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>
#include "adapter/fold.h"
#include "base/date.h"
#include "base/text.h"

/* Stand before or behind a name and name nobody. */
const char redact_titles[] = "mr mrs ms miss mx dr doctor prof professor sir dame rev pc dc ds di dci sgt pcso nurse auntie aunty aunt uncle "
	"nan nana granny gran grandma grandad";
static const char fillers[] = "senior junior snr jnr the baby little de la van von der al el bin";
/* Kinds of places and bodies: what is left of a name without them is searched for, they alone never are. */
static const char kinds_of_place[] = "school primary secondary infant infants junior nursery academy college hospital royal general infirmary clinic surgery "
	"practice medical dental health centre centres council police constabulary trust team service services group association housing the of and for house "
	"close lane row road street avenue drive court way fold gardens crescent place terrace square hill park grove green view walk high church county city "
	"town community royal children childrens st saint";

static char *words_of(void *ctx, const char *text)
{
	struct folded *f = fold(ctx, text, strlen(text)), *view = fold_words(f, f);
	char *words = talloc_strdup(ctx, view->text);

	for (char *c = words; *c; c++)
		if (*c == '\'')
			*c = ' ';
	talloc_free(f);
	return text_squeeze(ctx, words);
}

static char *without_blanks(void *ctx, const char *words)
{
	char *copy = talloc_strdup(ctx, words), *to = copy;

	for (const char *from = copy; *from; from++)
		if (*from != ' ')
			*to++ = *from;
	*to = 0;
	return copy;
}

static bool is_flagged(const struct needles *n, const char *words)
{
	for (int i = 0; i < n->flagged_count; i++)
		if (!strcmp(n->flagged[i], words))
			return true;
	return false;
}

static void add_words(struct needles *n, int entry, const char *words, bool derived, bool name)
{
	bool ordinary = is_flagged(n, words);

	if (strlen(words) < 2)
		return;
	for (int i = 0; i < n->count; i++)
		if (n->list[i].entry == entry && !strcmp(n->list[i].words, words)) {
			n->list[i].derived &= derived;
			return;
		}
	if ((n->count & (n->count - 1)) == 0)
		n->list = talloc_realloc(n, n->list, struct needle, n->count ? n->count * 2 : 1);
	n->list[n->count++] = (struct needle){ .words = talloc_strdup(n, words), .length = strlen(words), .entry = entry, .ordinary = ordinary,
		.derived = derived, .name = name, .drop = !name && text_in_list("party staff", n->secrets->list[entry].kind) };
	if (!ordinary && strchr(words, ' ') && strlen(words) > 4)
		add_words(n, entry, without_blanks(n, words), derived, name);
}

static void add(struct needles *n, int entry, const char *text, bool derived, bool name)
{
	add_words(n, entry, words_of(n, text), derived, name);
}

/* A name's words, hyphens kept: "Poppy", "May", "Ashdown-Pell". */
static int split(void *ctx, const char *text, const char *separators, char ***list_r)
{
	char **list = NULL, *save = NULL, *copy = talloc_strdup(ctx, text);
	int count = 0;

	for (char *word = strtok_r(copy, separators, &save); word; word = strtok_r(NULL, separators, &save)) {
		list = talloc_realloc(ctx, list, char *, count + 1);
		list[count++] = word;
	}
	*list_r = list;
	return count;
}

static void person(struct needles *n, int entry, const char *text)
{
	char **words, **barrels, *first = NULL, *last = NULL;
	int count = split(n, text, " \t\n", &words);

	add(n, entry, text, false, true);
	if (strpbrk(text, "@0123456789") || strchr(text, '.'))
		return;
	for (int i = 0; i < count; i++) {
		char *folded = words_of(n, words[i]);
		if (strlen(folded) < 2 || text_in_list(redact_titles, folded) || text_in_list(fillers, folded))
			continue;
		add(n, entry, words[i], true, true);
		if (strncmp(folded, "o ", 2) == 0)
			add_words(n, entry, folded + 2, true, true);
		int parts = split(n, words[i], "-", &barrels);
		for (int k = 0; parts > 1 && k < parts; k++)
			if (strlen(barrels[k]) >= 3)
				add(n, entry, barrels[k], true, true);
		if (!first)
			first = words[i];
		last = words[i];
	}
	if (first && last != first)
		add(n, entry, talloc_asprintf(n, "%s %s", first, last), true, true);
}

static void place(struct needles *n, int entry, const char *text, bool name)
{
	char **words;
	char *all = words_of(n, text);
	int count = split(n, all, " ", &words);

	add(n, entry, text, !name, name);
	while (count > 1 && text_in_list(kinds_of_place, words[count - 1])) {
		char *rest = talloc_strdup(n, "");
		bool names = false;
		count--;
		for (int i = 0; i < count; i++) {
			rest = talloc_asprintf_append(rest, "%s%s", i ? " " : "", words[i]);
			names |= !text_in_list(kinds_of_place, words[i]);
		}
		if (names)
			add_words(n, entry, rest, true, name);
	}
}

static bool is_postcode(const char *a, const char *b)
{
	return strlen(a) >= 2 && strlen(a) <= 4 && isalpha((unsigned char)a[0]) && strpbrk(a, "0123456789") && strlen(b) == 3 && isdigit((unsigned char)b[0]) &&
		isalpha((unsigned char)b[1]) && isalpha((unsigned char)b[2]);
}

/* Each part between commas that is more than a town: with and without its number; the postcode. */
static void address(struct needles *n, int entry, const char *text)
{
	char **parts, **words;
	int count = split(n, text, ",;\n", &parts);

	add(n, entry, text, false, false);
	for (int i = 0; i < count; i++) {
		char *folded = words_of(n, parts[i]);
		int many = split(n, folded, " ", &words);
		if (many >= 2 && is_postcode(words[many - 2], words[many - 1])) {
			add_words(n, entry, talloc_asprintf(n, "%s %s", words[many - 2], words[many - 1]), true, false);
			continue;
		}
		if (many < 2 || !strcmp(words[0], "flat"))
			continue;
		add_words(n, entry, folded, true, false);
		if (isdigit((unsigned char)folded[0]) && strchr(strchr(folded, ' ') + 1, ' ')) {
			add_words(n, entry, strchr(folded, ' ') + 1, true, false);
			add_words(n, entry, talloc_asprintf(n, "no %s", words[0]), true, false);
		}
		if (isdigit((unsigned char)folded[0]) || many == 2)
			place(n, entry, isdigit((unsigned char)folded[0]) ? strchr(folded, ' ') + 1 : folded, false);
	}
}

static void born(struct needles *n, int entry, const char *text)
{
	struct error ignored;
	int y, m, d;
	day of;

	if (date_parse(text, &of, &ignored))
		return;
	date_to_ymd(of, &y, &m, &d);
	const char *month = date_month_name(m);
	for (int i = 0; i < 2; i++) {
		int year = i ? y % 100 : y;
		add(n, entry, talloc_asprintf(n, "%d %s %02d", d, month, year), false, false);
		add(n, entry, talloc_asprintf(n, "%d %.3s %02d", d, month, year), false, false);
		add(n, entry, talloc_asprintf(n, "%02d/%02d/%02d", d, m, year), false, false);
		add(n, entry, talloc_asprintf(n, "%d/%d/%02d", d, m, year), false, false);
		for (const char *end = "st\0nd\0rd\0th\0"; *end; end += 3) {
			add(n, entry, talloc_asprintf(n, "%d%s %s %02d", d, end, month, year), false, false);
			add(n, entry, talloc_asprintf(n, "%d%s of %s %02d", d, end, month, year), false, false);
		}
	}
	add(n, entry, text, false, false);
	add(n, entry, talloc_asprintf(n, "%s %d %d", month, d, y), false, false);
}

static void one_form(struct needles *n, int i, const struct entry_form *form)
{
	const char *kind = n->secrets->list[i].kind;
	bool is_name = text_in_list("name alias", form->kind);

	if (form->ordinary)
		add(n, i, form->text, false, true);
	else if (is_name && text_in_list("party staff", kind))
		person(n, i, form->text);
	else if (is_name)
		place(n, i, form->text, true);
	else if (!strcmp(form->kind, "address"))
		address(n, i, form->text);
	else if (text_in_list("born died", form->kind))
		born(n, i, form->text);
	else
		add(n, i, form->text, false, false);
}

static int by_words(const void *a, const void *b)
{
	const struct needle *x = a, *y = b;

	if (x->words[0] != y->words[0])
		return (unsigned char)x->words[0] - (unsigned char)y->words[0];
	if (x->length != y->length)
		return x->length > y->length ? -1 : 1;
	int order = strcmp(x->words, y->words);
	if (order)
		return order;
	return x->derived != y->derived ? x->derived - y->derived : x->entry - y->entry;
}

static bool same_label(const struct needles *n, int a, int b)
{
	const struct entry *x = &n->secrets->list[a], *y = &n->secrets->list[b];

	return x->informant == y->informant && !strcmp(x->label, y->label);
}

/* A form of several entries (a family's surname) goes to one only if the register names it there outright, or if all have one label. */
static void share(struct needles *n)
{
	int kept = 0;

	for (int i = 0, k; i < n->count; i = k) {
		int *others = talloc_array(n, int, n->count), count = 0;
		bool differ = false;
		for (k = i; k < n->count && !strcmp(n->list[k].words, n->list[i].words); k++)
			if (n->list[k].derived == n->list[i].derived) {
				differ |= !same_label(n, n->list[i].entry, n->list[k].entry);
				others[count++] = n->list[k].entry;
			}
		n->list[kept] = n->list[i];
		if (differ) {
			n->list[kept].entry = NOBODY;
			n->list[kept].others = others;
			n->list[kept].other_count = count;
		}
		kept++;
	}
	n->count = kept;
}

struct needles *needles_new(void *ctx, const struct secrets *secrets)
{
	struct needles *n = talloc_zero(ctx, struct needles);

	n->secrets = secrets;
	for (int i = 0; i < secrets->count; i++)
		for (int k = 0; k < secrets->list[i].count; k++)
			if (secrets->list[i].forms[k].ordinary) {
				n->flagged = talloc_realloc(n, n->flagged, const char *, n->flagged_count + 1);
				n->flagged[n->flagged_count++] = words_of(n, secrets->list[i].forms[k].text);
			}
	for (int i = 0; i < secrets->count; i++)
		for (int k = 0; k < secrets->list[i].count; k++)
			one_form(n, i, &secrets->list[i].forms[k]);
	if (n->count)
		qsort(n->list, (size_t)n->count, sizeof *n->list, by_words);
	share(n);
	for (int i = n->count - 1; i >= 0; i--) {
		unsigned char c = (unsigned char)n->list[i].words[0];
		n->first[c] = i;
		if (!n->end[c])
			n->end[c] = i + 1;
	}
	return n;
}
