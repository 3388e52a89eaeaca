#include "publish/gate_parts.h"

#include <ctype.h>
#include <string.h>
#include <talloc.h>
#include "base/text.h"

/* Words in front of or behind a person's name that name nobody by themselves. */
static const char titles[] = "mr mrs ms miss mx master dr doctor prof professor sir dame lady lord rev reverend father pc dc ds di dci dsi supt sgt insp "
	"inspector sergeant constable pcso nurse midwife judge hhj cllr auntie aunty aunt uncle nan nana nanna nanny gran granny grandma grandad grandpa mum "
	"mummy dad daddy sister brother baby little big young old the";
static const char suffixes[] = "senior junior snr jnr sr jr ii iii obe mbe";
/* Particles belong to the surname that follows and are no name alone. */
static const char particles[] = "de del della da di dos la le van von der den ten ter al el bin ibn bint ap ab ni nic o mac mc st saint y e i";

struct name { char **words; int count; int surname; };       /* raw words: words[surname …] are the surname */

static bool is_in(void *ctx, const char *list, const char *raw)
{
	return text_in_list(list, gate_words(ctx, raw));
}

/* The words of a name without titles and suffixes, and where the surname begins. */
static struct name *read_name(void *ctx, const char *text)
{
	struct name *name = talloc_zero(ctx, struct name);
	int n;
	char **words = gate_split(name, text, " \t\n,", &n);
	int first = 0;

	while (first < n && is_in(name, titles, words[first]))
		first++;
	while (n > first && is_in(name, suffixes, words[n - 1]))
		n--;
	name->words = words ? words + first : NULL;
	name->count = n - first;
	name->surname = name->count - 1;
	while (name->surname > 1 && is_in(name, particles, words[first + name->surname - 1]))
		name->surname--;
	return name;
}

static char *join(void *ctx, char *const *words, int count)
{
	char *all = talloc_strdup(ctx, "");

	for (int i = 0; i < count; i++)
		all = talloc_asprintf_append(all, "%s%s", i ? " " : "", words[i]);
	return gate_words(ctx, all);
}

/* "o brien" is also "obrien"; "dell" of "O'Dell" stands alone in lists; Mc is Mac, St is Saint. */
static void spellings(struct patterns *p, int entry, const char *variant, const char *words)
{
	gate_add_phrase(p, entry, variant, words);
	if (!strncmp(words, "o ", 2) && gate_letters(words + 2) >= 4)
		gate_add_phrase(p, entry, variant, words + 2);
	if (!strncmp(words, "mc", 2) && gate_letters(words) >= 5 && words[2] != ' ') {
		gate_add_phrase(p, entry, "mac", talloc_asprintf(p, "mac%s", words + 2));
		gate_add_phrase(p, entry, "mac", talloc_asprintf(p, "mc %s", words + 2));
	}
	if (!strncmp(words, "mac", 3) && gate_letters(words) >= 6 && words[3] != ' ')
		gate_add_phrase(p, entry, "mac", talloc_asprintf(p, "mc%s", words + 3));
	if (!strncmp(words, "st ", 3))
		gate_add_phrase(p, entry, "saint", talloc_asprintf(p, "saint %s", words + 3));
}

/* With every hyphen and dash (U+2010 to U+2015) as "-". */
static char *plain_hyphens(void *ctx, const char *raw)
{
	char *copy = talloc_strdup(ctx, raw), *to = copy;

	for (const char *from = copy; *from; from++) {
		if ((unsigned char)from[0] == 0xE2 && (unsigned char)from[1] == 0x80 && (unsigned char)from[2] >= 0x90 && (unsigned char)from[2] <= 0x95) {
			*to++ = '-';
			from += 2;
		} else {
			*to++ = *from;
		}
	}
	*to = 0;
	return copy;
}

/* Surnames that a man, a woman and a family of one name do not share: Wiśniewska, Wiśniewski, Wiśniewscy; Nováková, Novák; Petrova, Petrov. */
static void genders(struct patterns *p, int entry, const char *word)
{
	static const char *const polish[] = { "ski", "ska", "skie", "skiego", "skiej", "skim", "skich", "scy" };
	size_t n = strlen(word);

	if (n < 6 || strchr(word, ' '))
		return;
	if (!strcmp(word + n - 3, "ski") || !strcmp(word + n - 3, "ska"))
		for (size_t i = 0; i < sizeof polish / sizeof *polish; i++)
			gate_add_phrase(p, entry, "another gender's", talloc_asprintf(p, "%.*s%s", (int)n - 3, word, polish[i]));
	if (!strcmp(word + n - 3, "cki") || !strcmp(word + n - 3, "cka"))
		for (size_t i = 0; i < sizeof polish / sizeof *polish; i++)
			gate_add_phrase(p, entry, "another gender's", talloc_asprintf(p, "%.*sc%s", (int)n - 3, word, polish[i] + 1));
	if (!strcmp(word + n - 3, "ova") || !strcmp(word + n - 3, "eva"))
		gate_add_phrase(p, entry, "another gender's", talloc_strndup(p, word, n - 1));
	if (!strcmp(word + n - 3, "ova") && n >= 7)
		gate_add_phrase(p, entry, "another gender's", talloc_strndup(p, word, n - 3));
	if (!strcmp(word + n - 2, "ov") || !strcmp(word + n - 2, "ev"))
		gate_add_phrase(p, entry, "another gender's", talloc_asprintf(p, "%sa", word));
}

/* "الحداد" is also "حداد": its article. */
static void without_article(struct patterns *p, int entry, const char *raw)
{
	static const char article[] = "\xD8\xA7\xD9\x84";
	char *rest = text_starts(raw, article) ? gate_words(p, raw + strlen(article)) : NULL;

	if (rest && gate_letters(rest) >= 3)
		gate_add_phrase(p, entry, "without article", rest);
}

/* One word of a name: itself and the parts between its hyphens. */
static void part(struct patterns *p, int entry, const char *variant, const char *raw)
{
	int n;
	char *words = gate_words(p, raw);
	char **parts = gate_split(p, plain_hyphens(p, raw), "-", &n);

	if (gate_letters(words) < 2 || text_in_list(particles, words))
		return;
	spellings(p, entry, variant, words);
	without_article(p, entry, raw);
	if (strcmp(variant, "given name"))
		genders(p, entry, words);
	for (int i = 0; n > 1 && i < n; i++) {
		char *piece = gate_words(p, parts[i]);
		if (gate_letters(piece) < 3)
			continue;
		spellings(p, entry, "barrel", piece);
		genders(p, entry, piece);
	}
}

static char *initials(void *ctx, const struct name *name, bool all)
{
	char *letters = talloc_strdup(ctx, "");

	for (int i = 0; i < name->count; i++) {
		if (!all && i > 0 && i < name->surname)
			continue;
		int n;
		char **pieces = gate_split(ctx, gate_words(ctx, name->words[i]), " ", &n);
		for (int k = 0; k < n; k++)
			if ((unsigned char)pieces[k][0] < 0x80)
				letters = talloc_asprintf_append(letters, "%s%c", *letters ? " " : "", pieces[k][0]);
	}
	return letters;
}

/* Solid initials ("MAP") are ordinary words or abbreviations as often as not: only those that the register writes itself are searched. */
static void add_initials(struct patterns *p, int entry, const struct name *name)
{
	for (int all = 0; all < 2; all++) {
		char *letters = initials(p, name, all);
		if (gate_letters(letters) >= 3)
			gate_add(p, entry, VIEW_WORDS, 0, "initials", letters, false);
	}
}

/* Two words of a name written as one, either way round: "poppypell", "pellpoppy", "poppymay". In words only: without blanks they may stand across two others. */
static void pair(struct patterns *p, int entry, const char *a, const char *b)
{
	if (gate_letters(a) < 2 || gate_letters(b) < 2 || text_in_list(particles, a) || text_in_list(particles, b))
		return;
	gate_add(p, entry, VIEW_WORDS, BOUND_NAME, "written together", gate_solid(p, talloc_asprintf(p, "%s%s", a, b)), false);
	gate_add(p, entry, VIEW_WORDS, BOUND_NAME, "written together", gate_solid(p, talloc_asprintf(p, "%s%s", b, a)), false);
}

/* One given name with each other word of the name and with each part of the surname. */
static void pairs(struct patterns *p, int entry, const struct name *name, int given)
{
	const char *first = gate_words(p, name->words[given]);

	for (int i = given + 1; i < name->count; i++) {
		int n;
		char **parts = gate_split(p, plain_hyphens(p, name->words[i]), "-", &n);
		pair(p, entry, first, gate_words(p, name->words[i]));
		for (int k = 0; n > 1 && k < n; k++)
			pair(p, entry, first, gate_words(p, parts[k]));
	}
}

static void full(struct patterns *p, int entry, const struct name *name)
{
	char *first = gate_words(p, name->words[0]), *surname = join(p, name->words + name->surname, name->count - name->surname);

	spellings(p, entry, "surname", surname);
	for (int i = 0; i < name->count; i++)
		part(p, entry, i < name->surname ? "given name" : "surname", name->words[i]);
	for (int i = 0; i < name->surname; i++) {
		gate_short_names(p, entry, gate_words(p, name->words[i]));
		pairs(p, entry, name, i);
	}
	gate_add_phrase(p, entry, "first and last", talloc_asprintf(p, "%s %s", first, surname));
	gate_add_phrase(p, entry, "reverse", talloc_asprintf(p, "%s %s", surname, first));
	gate_add_phrase(p, entry, "reverse", talloc_asprintf(p, "%s %s", surname, join(p, name->words, name->surname)));
	if (gate_is_flagged(p, surname) && isalpha((unsigned char)first[0]))
		gate_add(p, entry, VIEW_WORDS, BOUND_NAME, "initial and surname", talloc_asprintf(p, "%c %s", first[0], surname), false);
	add_initials(p, entry, name);
}

static bool has_digit(const char *text)
{
	return strpbrk(text, "0123456789") != NULL;
}

/* All words single letters: P.A-P. of the register is also PAP, in capitals only. */
static bool are_initials(const char *words)
{
	for (size_t i = 0; words[i]; i++)
		if ((i % 2 == 0) != (words[i] != ' '))
			return false;
	return strlen(words) >= 3;
}

/* KAP of the register is also K.A.P. */
static void dotted(struct patterns *p, int entry, const char *text)
{
	size_t n = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	char *letters = talloc_strdup(p, "");

	if (text[n] || n < 3 || n > 5)
		return;
	for (; *text; text++)
		letters = talloc_asprintf_append(letters, "%s%c", *letters ? " " : "", tolower((unsigned char)*text));
	gate_add(p, entry, VIEW_WORDS, 0, "initials", letters, false);
}

/* A force number or a house is not part of a name: "PC 4471 Hollis" is Hollis; "no. 16" stays whole. */
static void with_digits(struct patterns *p, int entry, const char *text)
{
	int n;
	char **words = gate_split(p, text, " ", &n);

	if (n > 1 && is_in(p, titles, words[0]) && !has_digit(words[n - 1]))
		part(p, entry, "surname", words[n - 1]);
	if (n == 2 && !strcmp(gate_words(p, words[0]), "no"))
		gate_add_phrase(p, entry, "number of a house", talloc_asprintf(p, "number %s", gate_words(p, words[1])));
}

/* A handle or an address of mail: whole, and what stands before the @. */
static void handle(struct patterns *p, int entry, const char *text)
{
	const char *at = strchr(text, '@');
	char *local = gate_words(p, talloc_strndup(p, text, (size_t)(at - text)));

	if (gate_letters(local) >= 6)
		gate_add_phrase(p, entry, "before the @", local);
}

void gate_name(struct patterns *p, int entry, const char *text)
{
	char *words = gate_words(p, text);

	if (are_initials(words)) {
		gate_add(p, entry, VIEW_WORDS, BOUND_NAME, "initials", words, false);
		gate_add(p, entry, VIEW_WORDS, BOUND_CAPITALS, "initials", gate_solid(p, words), false);
		return;
	}
	spellings(p, entry, "name", words);
	dotted(p, entry, text);
	if (strchr(text, '@')) {
		handle(p, entry, text);
		return;
	}
	if (has_digit(text)) {
		with_digits(p, entry, text);
		return;
	}
	struct name *name = read_name(p, text);
	if (name->count > 1)
		full(p, entry, name);
	else if (name->count == 1)
		part(p, entry, "name", name->words[0]);
}
