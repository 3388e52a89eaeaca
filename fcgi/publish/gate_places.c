#include "publish/gate_parts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>
#include "base/text.h"

/* Words that say what kind of place or body it is, or where it lies, and name none by themselves. Street words follow below. */
static const char generic[] = "a an and at in of on for the to by near st saint "
	"school schools primary secondary infant infants junior juniors nursery academy college university preschool playgroup playschool kindergarten "
	"class classes centre center unit ward wing department service services team teams hub office agency authority council county borough district "
	"city town village parish metropolitan unitary regional national local public shire nhs ics icb ccg trust foundation partnership board "
	"hospital hospitals royal general infirmary clinic surgery practice medical dental health healthcare care community pharmacy hospice maternity "
	"accident emergency police constabulary force station fire ambulance court courts prison probation youth justice children childrens child "
	"family families young people adult adults social housing homes association society group club charity church chapel mosque temple synagogue "
	"cathedral hall house home lodge hostel hotel inn arms pub cafe shop shops store market library museum theatre cinema pool leisure sports gym "
	"playground park parks farm cottage cottages barn mill garage flat flats apartment apartments room block tower towers building estate site "
	"england english wales welsh cymru britain british catholic anglican methodist baptist roman rc cofe voluntary aided controlled "
	"boxing football rugby cricket netball hockey tennis swimming dance ballet drama judo karate boys girls mens womens ladies scouts brownies cubs "
	"ysgol gynradd uwchradd feithrin fabanod iau eglwys capel canolfan meddygfa ysbyty clwb neuadd y yr "
	"limited ltd llp plc cic company co new old upper lower great little north south east west northern southern eastern western central main high";

static const struct { const char *word, *shorter[3]; } streets[] = {
	{ "avenue", { "ave", "av" } }, { "bank" }, { "boulevard", { "blvd" } }, { "bridge" }, { "chase" }, { "close", { "cl", "clo" } },
	{ "court", { "ct", "crt" } }, { "crescent", { "cres", "cr" } }, { "croft" }, { "drive", { "dr" } }, { "drove" }, { "end" }, { "fold" },
	{ "garden" }, { "gardens", { "gdns", "gdn" } }, { "gate" }, { "green", { "grn" } }, { "grove", { "gr", "gro" } }, { "heights" }, { "hill" },
	{ "lane", { "ln" } }, { "lea" }, { "meadow" }, { "meadows" }, { "mews" }, { "mount", { "mt" } }, { "parade", { "pde" } }, { "park", { "pk" } },
	{ "passage" }, { "path" }, { "place", { "pl" } }, { "rise" }, { "road", { "rd" } }, { "row" }, { "side" }, { "square", { "sq" } },
	{ "street", { "st", "str" } }, { "terrace", { "ter", "terr" } }, { "vale" }, { "view" }, { "villas" }, { "walk" }, { "way" }, { "yard" },
};
#define STREETS ((int)(sizeof streets / sizeof *streets))

/* Kinds of street that stand before the name, as they do in Wales. */
static const char before[] = "ffordd heol hewl stryd lon maes clos cilgant rhodfa rhes bryn";

static int street_word(const char *word)
{
	for (int i = 0; i < STREETS; i++) {
		if (!strcmp(streets[i].word, word))
			return i;
		for (int k = 0; k < 3 && streets[i].shorter[k]; k++)
			if (!strcmp(streets[i].shorter[k], word))
				return i;
	}
	return -1;
}

bool gate_is_generic(const char *word)
{
	for (int i = 0; i < STREETS; i++)
		if (!strcmp(streets[i].word, word))
			return true;
	return gate_letters(word) < 2 || text_in_list(generic, word);
}

static bool are_generic(char *const *words, int count)
{
	for (int i = 0; i < count; i++)
		if (!gate_is_generic(words[i]) && strspn(words[i], "0123456789") != strlen(words[i]))
			return false;
	return true;
}

static char *join(void *ctx, char *const *words, int count)
{
	char *all = talloc_strdup(ctx, "");

	for (int i = 0; i < count; i++)
		all = talloc_asprintf_append(all, "%s%s", i ? " " : "", words[i]);
	return all;
}

static void add(struct patterns *p, int entry, const char *variant, char *const *words, int count)
{
	char *phrase = join(p, words, count);

	gate_add_phrase(p, entry, variant, phrase);
	if (!strncmp(phrase, "st ", 3))
		gate_add_phrase(p, entry, variant, talloc_asprintf(p, "saint %s", phrase + 3));
}

/* "The Larkwell Primary School": whole, Larkwell Primary, Larkwell; but never Primary or School. */
void gate_place(struct patterns *p, int entry, const char *text)
{
	int first = 0, end;
	char **words = gate_split(p, gate_words(p, text), " ", &end);

	add(p, entry, "name of a place", words, end);
	if (end > 1 && !strcmp(words[0], "the"))
		first = 1;
	while (end - first > 0 && !are_generic(words + first, end - first)) {
		add(p, entry, "name of a place", words + first, end - first);
		if (!gate_is_generic(words[end - 1]))
			break;
		end--;
	}
	for (; end - first > 1 && gate_is_generic(words[first]) && !are_generic(words + first + 1, end - first - 1); first++)
		add(p, entry, "name of a place", words + first + 1, end - first - 1);
}

/* A number of a house: 14, 14a. */
static bool is_house(const char *word)
{
	size_t n = strspn(word, "0123456789");

	return n > 0 && n <= 5 && strlen(word) - n <= 1;
}

/* Shapes of the two halves of a postcode (Royal Mail, Programmer's Guide to PAF), wide enough for the invented ones of tests. */
static bool is_outward(const char *w)
{
	size_t letters = strspn(w, "abcdefghijklmnopqrstuvwxyz"), rest = strlen(w) - letters;

	return letters >= 1 && letters <= 2 && rest >= 1 && rest <= 2 && isdigit((unsigned char)w[letters]);
}

static bool is_inward(const char *w)
{
	return strlen(w) == 3 && isdigit((unsigned char)w[0]) && isalpha((unsigned char)w[1]) && isalpha((unsigned char)w[2]);
}

static void postcode(struct patterns *p, int entry, const char *outward, const char *inward)
{
	char *solid = talloc_asprintf(p, "%s%s", outward, inward);

	gate_add(p, entry, VIEW_WORDS, 0, "postcode", talloc_asprintf(p, "%s %s", outward, inward), false);
	gate_add(p, entry, VIEW_SQUEEZED, 0, "postcode", solid, false);
	if (strlen(outward) >= 3)                      /* M1 is a motorway as well */
		gate_add(p, entry, VIEW_WORDS, 0, "outward code", outward, false);
}

/* Takes a postcode out of the words; the count of those left. */
static int take_postcode(struct patterns *p, int entry, char **words, int count)
{
	for (int i = 0; i < count; i++) {
		size_t length = strlen(words[i]);
		int taken = 0;
		if (i + 1 < count && is_outward(words[i]) && is_inward(words[i + 1])) {
			postcode(p, entry, words[i], words[i + 1]);
			taken = 2;
		} else if (length >= 5 && length <= 7 && is_inward(words[i] + length - 3)) {
			char *outward = talloc_strndup(p, words[i], length - 3);
			if (!is_outward(outward))
				continue;
			postcode(p, entry, outward, words[i] + length - 3);
			taken = 1;
		}
		if (!taken)
			continue;
		memmove(words + i, words + i + taken, sizeof *words * (size_t)(count - i - taken));
		return count - taken;
	}
	return count;
}

static void with_number(struct patterns *p, int entry, const char *number, char *const *words, int count)
{
	char *phrase = join(p, words, count);

	if (!number)
		return;
	gate_add_phrase(p, entry, "address", talloc_asprintf(p, "%s %s", number, phrase));
	if (strlen(number) <= 2 && strspn(number, "0123456789") == strlen(number))
		gate_add_phrase(p, entry, "address", talloc_asprintf(p, "%s %s", gate_in_words(p, atoi(number)), phrase));
}

/* A street: with and without its number, its kind written out or short; its name alone when that says enough. words[count-1] is the kind if `kind` ≥ 0. */
static void street(struct patterns *p, int entry, const char *number, char **words, int count, int kind)
{
	int name = kind < 0 ? count : count - 1;

	for (int k = -1; kind >= 0 && k < 3 && (k < 0 || streets[kind].shorter[k]); k++) {
		words[count - 1] = talloc_strdup(p, k < 0 ? streets[kind].word : streets[kind].shorter[k]);
		with_number(p, entry, number, words, count);
		add(p, entry, "street", words, count);
	}
	if (are_generic(words, name))
		return;
	with_number(p, entry, number, words, name);
	if (gate_letters(join(p, words, name)) >= 6)
		add(p, entry, "street's name", words, name);
	if (name > 1 && text_in_list(before, words[0]) && gate_letters(join(p, words + 1, name - 1)) >= 6)
		add(p, entry, "street's name", words + 1, name - 1);
}

/* Finds the street in one part of an address; false when there is none. */
static bool find_street(struct patterns *p, int entry, char **words, int count)
{
	int first = 0, end = -1, kind = -1;

	for (int i = 1; i < count && end < 0; i++)
		if (street_word(words[i]) >= 0 && !is_house(words[i - 1]))
			end = i + 1;
	while (end > 0 && end < count && street_word(words[end]) >= 0)
		end++;
	for (int i = 0; i < (end < 0 ? count : end); i++)
		if (is_house(words[i]))
			first = i + 1;
	if (end < 0 && (first == 0 || first >= count || text_in_list("flat apartment unit room plot block", words[0])))
		return false;
	if (end > 0)
		kind = street_word(words[end - 1]);
	street(p, entry, first ? words[first - 1] : NULL, words + first, (end < 0 ? count : end) - first, kind);
	return true;
}

/* Towns are no forms by themselves: a register that means one says so by an entry's form of its own. */
void gate_address(struct patterns *p, int entry, const char *text)
{
	int parts, count;
	char **list = gate_split(p, text, ",;\n", &parts);
	char *house = NULL;
	bool found = false;

	gate_add_phrase(p, entry, "address", gate_words(p, text));
	for (int i = 0; i < parts; i++) {
		char **words = gate_split(p, gate_words(p, list[i]), " ", &count);
		count = take_postcode(p, entry, words, count);
		if (count > 0 && find_street(p, entry, words, count))
			found = true;
		else if (i == 0 && count > 0 && parts > 1 && !are_generic(words, count))
			house = join(p, words, count);
	}
	if (house && found && gate_letters(house) >= 6)
		gate_add_phrase(p, entry, "house", house);
}
