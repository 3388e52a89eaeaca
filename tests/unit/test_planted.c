/* Each form of each entry of the demo's register, alone in the demo's learning page: replaced by redaction or found by the gate. */
#include "planted_fixture.h"

#include <ctype.h>

/* --- disguises: what a form may look like and still be read as the name. NULL: no such disguise of this form. ----------------------- */

static char *upper(void *ctx, const char *form)
{
	char *text = talloc_strdup(ctx, form);

	for (char *c = text; *c; c++)
		*c = (char)toupper((unsigned char)*c);
	return strcmp(text, form) ? text : NULL;
}

static char *curly_s(void *ctx, const char *form) { return talloc_asprintf(ctx, "%s\xE2\x80\x99s", form); }
static char *straight_s(void *ctx, const char *form) { return talloc_asprintf(ctx, "%s's", form); }

/* With another text for each `what` ("’" counts as "'"). */
static char *instead(void *ctx, const char *form, char what, const char *with)
{
	char *text = talloc_strdup(ctx, "");
	bool changed = false;

	for (; *form; form++) {
		bool curly = what == '\'' && !strncmp(form, "\xE2\x80\x99", 3);
		if (*form == what || curly) {
			text = talloc_strdup_append(text, with);
			form += curly ? 2 : 0;
			changed = true;
		} else {
			text = talloc_strndup_append(text, form, 1);
		}
	}
	return changed ? text : NULL;
}

static char *no_hyphen(void *ctx, const char *form) { return instead(ctx, form, '-', ""); }
static char *hyphen_blank(void *ctx, const char *form) { return instead(ctx, form, '-', " "); }
static char *no_apostrophe(void *ctx, const char *form) { return instead(ctx, form, '\'', ""); }
static char *no_blank(void *ctx, const char *form) { return instead(ctx, form, ' ', ""); }
static char *nbsp(void *ctx, const char *form) { return instead(ctx, form, ' ', "\xC2\xA0"); }
static char *two_blanks(void *ctx, const char *form) { return instead(ctx, form, ' ', " \n "); }

static size_t first(const char *form)
{
	size_t n = 1;

	while ((form[n] & 0xC0) == 0x80)
		n++;
	return n;
}

static char *after_first(void *ctx, const char *form, const char *what)
{
	return talloc_asprintf(ctx, "%.*s%s%s", (int)first(form), form, what, form + first(form));
}

static char *soft_hyphen(void *ctx, const char *form) { return after_first(ctx, form, "\xC2\xAD"); }
static char *no_break(void *ctx, const char *form) { return after_first(ctx, form, "\xE2\x81\xA0"); }
static char *accent(void *ctx, const char *form) { return isalpha((unsigned char)*form) ? after_first(ctx, form, "\xCC\x81") : NULL; }

static char *full_width(void *ctx, const char *form)
{
	char *text = talloc_strdup(ctx, "");
	bool changed = false;

	for (; *form; form++)
		if (isalnum((unsigned char)*form)) {
			unsigned c = 0xFEE0u + (unsigned char)*form;
			text = talloc_asprintf_append(text, "%c%c%c", (int)(0xE0 | c >> 12), (int)(0x80 | (c >> 6 & 0x3F)), (int)(0x80 | (c & 0x3F)));
			changed = true;
		} else {
			text = talloc_strndup_append(text, form, 1);
		}
	return changed ? text : NULL;
}

/* Cyrillic letters of the same shape. */
static char *look_alike(void *ctx, const char *form)
{
	static const struct { char latin; const char *cyrillic; } shapes[] = { { 'a', "\xD0\xB0" }, { 'e', "\xD0\xB5" }, { 'o', "\xD0\xBE" }, { 'p', "\xD1\x80" },
		{ 'c', "\xD1\x81" }, { 'x', "\xD1\x85" }, { 'y', "\xD1\x83" }, { 'i', "\xD1\x96" }, { 'A', "\xD0\x90" }, { 'B', "\xD0\x92" }, { 'E', "\xD0\x95" },
		{ 'K', "\xD0\x9A" }, { 'M', "\xD0\x9C" }, { 'H', "\xD0\x9D" }, { 'O', "\xD0\x9E" }, { 'P', "\xD0\xA0" }, { 'C', "\xD0\xA1" }, { 'T', "\xD0\xA2" } };
	char *text = talloc_strdup(ctx, "");
	bool changed = false;

	for (; *form; form++) {
		size_t i = 0, n = sizeof shapes / sizeof *shapes;
		while (i < n && shapes[i].latin != *form)
			i++;
		changed |= i < n;
		text = i < n ? talloc_strdup_append(text, shapes[i].cyrillic) : talloc_strndup_append(text, form, 1);
	}
	return changed ? text : NULL;
}

/* Encodings, of the final bytes only: the serialiser writes none of them. */
static char *entity(void *ctx, const char *form)
{
	return isalpha((unsigned char)*form) ? talloc_asprintf(ctx, "&#x%x;%s", (unsigned char)*form, form + 1) : NULL;
}

static char *named_entity(void *ctx, const char *form) { return after_first(ctx, form, "&shy;"); }

static char *percent(void *ctx, const char *form)
{
	char *text = talloc_strdup(ctx, "");

	for (; *form; form++)
		text = talloc_asprintf_append(text, "%%%02X", (unsigned char)*form);
	return text;
}

static char *tagged(void *ctx, const char *form) { return talloc_asprintf(ctx, "<b>%.*s</b>%s", (int)first(form), form, form + first(form)); }
static char *commented(void *ctx, const char *form) { return after_first(ctx, form, "<!-- -->"); }

static char *hexadecimal(void *ctx, const char *form)
{
	return strlen(form) < 3 ? NULL : text_hex(ctx, (const unsigned char *)form, strlen(form));
}

static char *base64(void *ctx, const char *form)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	char *text = talloc_strdup(ctx, "");
	size_t n = strlen(form);

	for (size_t i = 0; i < n; i += 3) {
		unsigned bits = (unsigned)(unsigned char)form[i] << 16;
		bits |= i + 1 < n ? (unsigned)(unsigned char)form[i + 1] << 8 : 0;
		bits |= i + 2 < n ? (unsigned)(unsigned char)form[i + 2] : 0;
		text = talloc_asprintf_append(text, "%c%c%c%c", alphabet[bits >> 18], alphabet[bits >> 12 & 63], i + 1 < n ? alphabet[bits >> 6 & 63] : '=',
			i + 2 < n ? alphabet[bits & 63] : '=');
	}
	return n < 3 ? NULL : text;            /* "RE0=" is a word like any other */
}

struct disguise { const char *name; char *(*put)(void *ctx, const char *form); };
static char *as_it_is(void *ctx, const char *form) { return talloc_strdup(ctx, form); }
enum { IN_WORDS = 15 };                /* the first may be typed by an author as well */
static const struct disguise disguises[] = { { "as it is", as_it_is }, { "upper case", upper }, { "possessive", curly_s }, { "straight possessive", straight_s },
	{ "without hyphen", no_hyphen }, { "blank for hyphen", hyphen_blank }, { "without apostrophe", no_apostrophe }, { "without blank", no_blank },
	{ "no-break space", nbsp }, { "two blanks", two_blanks }, { "soft hyphen", soft_hyphen }, { "word joiner", no_break }, { "combining accent", accent },
	{ "full width", full_width }, { "look-alikes", look_alike }, { "character reference", entity }, { "named reference", named_entity }, { "percent", percent },
	{ "inline tag", tagged }, { "comment", commented }, { "hexadecimal", hexadecimal }, { "base64", base64 } };

/* --- the forms ------------------------------------------------------------------------------------------------------------------- */

/* How people write a day that the register holds as YYYY-MM-DD. */
static int written(void *ctx, const struct entry_form *form, char *list[12])
{
	int y, m, d, n = 0;
	const char *month;

	list[n++] = (char *)(uintptr_t)form->text;
	if (strcmp(form->kind, "born") || sscanf(form->text, "%d-%d-%d", &y, &m, &d) != 3)
		return n;
	month = date_month_name(m);
	list[n++] = talloc_asprintf(ctx, "%d %s %d", d, month, y);
	list[n++] = talloc_asprintf(ctx, "%d%s of %s %d", d, d == 2 ? "nd" : d == 11 || d == 17 || d == 4 || d == 9 || d == 30 ? "th" : "rd", month, y);
	list[n++] = talloc_asprintf(ctx, "%.3s %d, %d", month, d, y);
	list[n++] = talloc_asprintf(ctx, "%02d/%02d/%02d", d, m, y % 100);
	list[n++] = talloc_asprintf(ctx, "%d.%d.%d", d, m, y);
	list[n++] = talloc_asprintf(ctx, "%02d%02d%d", d, m, y);
	return n;
}

static char *escaped(void *ctx, const char *text)
{
	char *out = talloc_strdup(ctx, "");

	for (; *text; text++) {
		const char *with = *text == '&' ? "&amp;" : *text == '<' ? "&lt;" : *text == '>' ? "&gt;" : NULL;
		out = with ? talloc_strdup_append(out, with) : talloc_strndup_append(out, text, 1);
	}
	return out;
}

/* Nothing is accepted while something is planted: that it is found is asked, not whether somebody agreed to a neighbour. */
typedef void each_form(const struct world *w, void *ctx, const struct entry *e, const struct entry_form *form, const char *text);
static int planted;
static void for_each(const struct world *w, each_form *fn)
{
	struct world open = *w;

	planted = open.accepted_count = 0;
	for (int i = 0; i < w->secrets->count; i++)
		for (int k = 0; k < w->secrets->list[i].count; k++) {
			void *ctx = talloc_new(NULL);
			char *list[12];
			int n = written(ctx, &w->secrets->list[i].forms[k], list);
			for (int j = 0; j < n; j++)
				fn(&open, ctx, &w->secrets->list[i], &w->secrets->list[i].forms[k], list[j]);
			talloc_free(ctx);
		}
	assert_true(planted > 150);
}

static bool in_stream(const struct gate_hit *hit, const char *stream)
{
	return !stream || !strncmp(hit->stream, stream, strlen(stream));
}

/* A hit of that entry in that stream, at a place of the plant. */
static const struct gate_hit *hit_of(const struct gate_report *r, const char *entry, const char *stream, size_t from, size_t end)
{
	for (int i = 0; i < r->count; i++)
		if (!strcmp(r->hits[i].entry, entry) && in_stream(&r->hits[i], stream) && r->hits[i].offset >= from && r->hits[i].offset < end)
			return &r->hits[i];
	return NULL;
}

static char *with_sentence(void *ctx, const char *text, const char *form)
{
	return planted_replace(ctx, text, HOLE, talloc_asprintf(ctx, "In the review, %s was discussed. " HOLE, form));
}

/* --- planted in the document, before redaction ------------------------------------------------------------------------------------ */

/* A page with each disguise in a sentence of its own; what stands for it later is found between the two halves of the sentence. */
static char *sentences(void *ctx, const char *into, const struct disguise *list, size_t count, const char *text)
{
	char *all = talloc_strdup(ctx, "");

	for (size_t i = 0; i < count; i++) {
		char *put = list[i].put(ctx, text);
		if (put)
			all = talloc_asprintf_append(all, "In part %czq, %s was discussed. ", (int)('a' + i), put);
	}
	return planted_replace(ctx, into, HOLE, talloc_asprintf(ctx, "%s" HOLE, all));
}

static bool between(const char *page, size_t i, size_t *from_r, size_t *end_r)
{
	char *start = talloc_asprintf(NULL, "In part %czq,", (int)('a' + i));
	const char *from = strstr(page, start), *end = from ? strstr(from, "was discussed.") : NULL;

	if (end) {
		*from_r = (size_t)(from - page) + strlen(start);
		*end_r = (size_t)(end - page);
	}
	talloc_free(start);
	return end != NULL;
}

static void in_source(const struct world *w, void *ctx, const struct entry *e, const struct entry_form *form, const char *text)
{
	size_t count = IN_WORDS, length, from, end;
	char *clean = escaped(ctx, text), *page = planted_render((struct world *)(uintptr_t)w, ctx, sentences(ctx, w->source, disguises, count, clean), w->secrets, &length, NULL);
	struct gate_report *r = planted_gate(w, ctx, ADDRESS, NULL, page, length);

	for (size_t i = 0; i < count; i++) {
		char *put = disguises[i].put(ctx, clean), *left;
		bool gated = false;
		if (!put)
			continue;
		assert_true(between(page, i, &from, &end));
		left = talloc_strndup(ctx, page + from, end - from);
		for (int k = 0; k < r->count; k++)
			gated |= r->hits[k].offset >= from && r->hits[k].offset < end;
		planted++;
		if (!gated && strcasestr(left, put))
			fail_msg("%s %s (%s) stays and is not found: %s", e->id, put, disguises[i].name, left);
		if (i == 0 && text == form->text && strcasestr(left, put))
			fail_msg("%s %s is not replaced by redaction: %s", e->id, put, left);
	}
}

static void test_in_source(void **state) { for_each(*state, in_source); }

/* --- planted in the final bytes ----------------------------------------------------------------------------------------------------- */

static void in_bytes(const struct world *w, void *ctx, const struct entry *e, const struct entry_form *form, const char *text)
{
	size_t count = sizeof disguises / sizeof *disguises, from, end;
	char *page = sentences(ctx, w->page, disguises, count, text);
	struct gate_report *r = planted_gate(w, ctx, ADDRESS, NULL, page, strlen(page));

	(void)form;
	for (size_t i = 0; i < count; i++) {
		if (!between(page, i, &from, &end))
			continue;
		planted++;
		if (!hit_of(r, e->id, NULL, from, end))
			fail_msg("%s %s (%s) is not found%s", e->id, text, disguises[i].name, r->refused ? ", although the page is refused" : "");
	}
}

static void test_in_bytes(void **state) { for_each(*state, in_bytes); }

/* --- planted where no reader looks -------------------------------------------------------------------------------------------------- */

static const struct { const char *before, *after; bool path; } holes[] = { { "<div aria-label=\"", "\"></div>", false }, { "<div id=\"", "\"></div>", false },
	{ "<div class=\"govuk-body ", "\"></div>", false }, { "<a class=\"govuk-link\" href=\"/about/x/", "\">x</a>", true },
	{ "<a class=\"govuk-link\" href=\"#x-", "\">x</a>", true } };

/* As an address would hold it: Latin letters and digits, the rest hyphens. */
static char *slug(void *ctx, const char *text)
{
	char *latin = fold_to_latin(ctx, text), *to = latin;

	for (const char *from = latin; *from; from++) {
		char c = (char)tolower((unsigned char)*from);
		if (isalnum((unsigned char)c) || (to > latin && to[-1] != '-'))
			*to++ = isalnum((unsigned char)c) ? c : '-';
	}
	while (to > latin && to[-1] == '-')
		to--;
	*to = 0;
	return latin;
}

/* The gate with one entry only: the same finding, much faster than with all. */
static struct gate_report *gate_alone(const struct world *w, void *ctx, const struct entry *e, const char *address, const char *header, const char *page)
{
	struct world alone = *w;
	struct secrets one = { .list = (struct entry *)(uintptr_t)e, .count = 1 };

	alone.secrets = &one;
	alone.entries = w->entries + (e - w->secrets->list);
	return planted_gate(&alone, ctx, address, header, page, strlen(page));
}

static void in_attribute(const struct world *w, void *ctx, const struct entry *e, const struct entry_form *form, const char *text)
{
	char *page = w->page, *put;
	size_t from[8], count = sizeof holes / sizeof *holes;
	struct gate_report *r;

	(void)form;
	for (size_t i = 0; i < count; i++) {                  /* each before the others, so the first planted stands last */
		put = holes[i].path ? slug(ctx, text) : escaped(ctx, text);
		page = planted_replace(ctx, page, "<article>", talloc_asprintf(ctx, "<article>%s%s%s", holes[i].before, put, holes[i].after));
	}
	r = gate_alone(w, ctx, e, ADDRESS, NULL, page);
	for (size_t i = 0; i < count; i++) {
		from[i] = (size_t)(strstr(page, holes[i].before) - page) + strlen(holes[i].before);
		const struct gate_hit *hit = hit_of(r, e->id, "attribute", from[i], from[i] + strlen(text) + 4);
		planted++;
		if (!hit)
			fail_msg("%s %s is not found in %s", e->id, text, holes[i].before);
		assert_false(hit->ordinary && hit->occurrence);         /* no acceptance there */
	}
}

static void in_address(const struct world *w, void *ctx, const struct entry *e, const struct entry_form *form, const char *text)
{
	char *addresses[] = { talloc_asprintf(ctx, "/reviews/what-%s-taught-us", slug(ctx, text)), talloc_asprintf(ctx, "/reviews/what-%s-taught-us", percent(ctx, text)) };

	(void)form;
	for (int i = 0; i < 2; i++) {
		const struct gate_hit *hit = hit_of(gate_alone(w, ctx, e, addresses[i], NULL, w->page), e->id, "address", 0, SIZE_MAX);
		planted++;
		if (!hit)
			fail_msg("%s %s is not found in %s", e->id, text, addresses[i]);
		assert_false(hit->ordinary && hit->occurrence);
	}
}

static void in_header(const struct world *w, void *ctx, const struct entry *e, const struct entry_form *form, const char *text)
{
	struct gate_report *r = gate_alone(w, ctx, e, ADDRESS, talloc_asprintf(ctx, "X-Note: about %s", text), w->page);
	bool ascii = true;

	(void)form;
	planted++;
	for (const char *c = text; *c; c++)
		ascii &= (unsigned char)*c < 0x80;
	if (ascii ? !hit_of(r, e->id, "header 10", 0, SIZE_MAX) : !r->refused)
		fail_msg("%s %s is not found in a header", e->id, text);
}

static void test_in_attribute(void **state) { for_each(*state, in_attribute); }
static void test_in_address(void **state) { for_each(*state, in_address); }
static void test_in_header(void **state) { for_each(*state, in_header); }

/* --- ordinary words -------------------------------------------------------------------------------------------------------------------- */

/* Each "may", "will", "mark" and "grace" is shown, can be accepted where it stands and nowhere else, and then the page goes out. */
static void test_ordinary(void **state)
{
	struct world *w = *state, clean = *w;
	static const char *const words[] = { "may", "will", "mark", "grace" };
	void *ctx = talloc_new(NULL);

	clean.accepted_count = 0;
	struct gate_report *r = planted_gate(&clean, ctx, ADDRESS, NULL, w->page, w->length);
	assert_false(r->refused);
	for (size_t i = 0; i < 4; i++) {
		bool shown = false;
		for (int k = 0; k < r->count; k++)
			shown |= !strcmp(r->hits[k].form, words[i]) && r->hits[k].ordinary && r->hits[k].occurrence == 1;
		if (!shown)
			fail_msg("%s is not shown", words[i]);
	}
	r = planted_gate(w, ctx, ADDRESS, NULL, w->page, w->length);
	assert_int_equal(r->count, 0);
	assert_false(r->refused);
	char *page = with_sentence(ctx, w->page, "A worry may grow and they will mark it with grace. Nothing");
	r = planted_gate(w, ctx, ADDRESS, NULL, page, strlen(page));
	assert_true(r->count >= 4);                       /* one more of each: asked about again */
	for (int k = 0; k < r->count; k++)
		assert_true(r->hits[k].ordinary && r->hits[k].occurrence > 0);
	static const char *const names[] = { "Mr Will", "Miss Grace", "Mark Ashdown-Pell", "Grace O'Dell", "Will Pell", "Poppy May" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		bool firm = false;
		page = with_sentence(ctx, w->page, names[i]);
		r = planted_gate(w, ctx, ADDRESS, NULL, page, strlen(page));
		for (int k = 0; k < r->count; k++)
			firm |= !r->hits[k].ordinary;
		if (!firm)
			fail_msg("%s could be accepted", names[i]);
	}
	talloc_free(ctx);
}

/* --- evasions -------------------------------------------------------------------------------------------------------------------------- */

static void test_evasions(void **state)
{
	static const struct { const char *entry, *text; } cases[] = {
		{ "P1", "#JusticeForPoppy" }, { "P1", "poppy2022" }, { "P1", "the2Poppies or 2poppy" }, { "P1", "Pop-py" }, { "P1", "Pop.py" }, { "P1", "Pop_py" }, { "P1", "Pop–py" },
		{ "P1", "Pop-\npy" }, { "P1", "P o p p y" }, { "P1", "P.o.p.p.y" }, { "P3", "K e z" }, { "P3", "K.E.Z." }, { "P1", "Poppys" }, { "P1", "Poppy’ll" }, { "P1", "Poppy´s" },
		{ "P4", "Pell, William" }, { "P4", "W. Pell" }, { "P4", "Pell (William)" }, { "P3", "+44 (0)7700 900 417" }, { "P3", "07700-900-417" }, { "P3", "kerryann.ap (at) example.org" },
		{ "L1", "Marsh<br>gate" }, { "L1", "HV73ZQ" }, { "L1", "hv7" }, { "P8", "number 16" }, { "P8", "No 16" }, { "P1", "17 v 2022" }, { "P1", "seventeenth of May two thousand and twenty two" },
		/* other scripts that look Latin as whole words */
		{ "P3", "ΚΕΖ" }, { "P1", "РОРРУ" }, { "P1", "рорру" },
		/* letters in boxes and of flags */
		{ "P1", "🄿🄾🄿🄿🅈" }, { "P1", "🇵🇴🇵🇵🇾" },
		/* behind words that are not searched */
		{ "P1", PARTNERSHIP "/UG9wcHkgd2FzIGhlcmU" }, { "P1", PARTNERSHIP "’s Poppy" },
	};
	const struct world *w = *state;
	void *ctx = talloc_new(NULL);

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *page = with_sentence(ctx, w->page, cases[i].text);
		size_t at = (size_t)(strstr(page, "In the review,") - page);
		if (!hit_of(planted_gate(w, ctx, ADDRESS, NULL, page, strlen(page)), cases[i].entry, NULL, at, at + 20 + strlen(cases[i].text)))
			fail_msg("%s is not found as %s", cases[i].text, cases[i].entry);
	}
	talloc_free(ctx);
}

/* A register of one, for names that no demo has. */
static struct gate_report *with_name(const struct world *w, void *ctx, const char *name, const char *page)
{
	struct gate_form form = { name, GATE_NAME, false };
	struct gate_entry entry = { "X1", &form, 1 };
	struct secrets one = { .count = 1 };
	struct world other = *w;

	other.secrets = &one;
	other.entries = &entry;
	return planted_gate(&other, ctx, ADDRESS, NULL, page, strlen(page));
}

/* Names that are words of the mark-up or of our headers stop no page, and are found all the same where they are planted. */
static void test_own_words(void **state)
{
	static const char *const names[] = { "Li", "Head", "Cross", "Header", "Footer", "Grid", "Script", "李", "王芳" };
	const struct world *w = *state;
	void *ctx = talloc_new(NULL);

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct gate_report *r = with_name(w, ctx, names[i], w->page);
		if (r->refused || r->count > 0)
			fail_msg("%s stops the page: %s %s", names[i], r->refused ? r->why : r->hits[0].stream, r->refused ? "" : r->hits[0].context);
		assert_true(with_name(w, ctx, names[i], with_sentence(ctx, w->page, names[i]))->count > 0);
		assert_true(with_name(w, ctx, names[i], planted_replace(ctx, w->page, "<article>", talloc_asprintf(ctx, "<article id=\"x-%s\">", names[i])))->count > 0);
		assert_true(with_name(w, ctx, names[i], planted_replace(ctx, w->page, "<article>", talloc_asprintf(ctx, "<article class=\"govuk-body app-%s\">", names[i])))->count > 0);
	}
	/* no blank parts the words of these scripts */
	assert_true(with_name(w, ctx, "王芳", with_sentence(ctx, w->page, "我见王芳了"))->count > 0);
	talloc_free(ctx);
}

/* An acceptance belongs to its sentence: a name that comes to stand at its number is asked about. */
static void test_acceptance_stays(void **state)
{
	const struct world *w = *state;
	struct world bound = *w;
	void *ctx = talloc_new(NULL);

	bound.accepted_count = 0;
	struct gate_report *r = planted_gate(&bound, ctx, ADDRESS, NULL, w->page, w->length);
	bound.accepted = talloc_zero_array(ctx, struct gate_accepted, r->count);
	for (int i = 0; i < r->count; i++)
		bound.accepted[bound.accepted_count++] = (struct gate_accepted){ r->hits[i].form, r->hits[i].occurrence, r->hits[i].context };
	assert_int_equal(planted_gate(&bound, ctx, ADDRESS, NULL, w->page, w->length)->count, 0);
	char *page = planted_replace(ctx, w->page, "Several services", "May was seen. Several services");
	r = planted_gate(&bound, ctx, ADDRESS, NULL, page, strlen(page));
	assert_int_equal(r->count, 2);
	assert_non_null(strstr(r->hits[0].context, "May was seen"));
	assert_int_equal(r->hits[0].occurrence, 1);
	talloc_free(ctx);
}

/* --- non-interference ------------------------------------------------------------------------------------------------------------------- */

static const char *const given[] = { "Bo", "Maximiliana", "Zo\xC3\xAB", "J\xC3\xBCrgen", "\xD0\x9B\xD1\x8E\xD0\xB1\xD0\xBE\xD0\xB2", "\xD0\xAF\xD1\x80\xD0\xBE\xD1\x81\xD0\xBB\xD0\xB0\xD0\xB2",
	"\xD9\x85\xD8\xAD\xD9\x85\xD8\xAF", "\xD9\x81\xD8\xA7\xD8\xB7\xD9\x85\xD8\xA9", "\xE7\xA7\x80\xE8\x8B\xB1", "\xE5\xBB\xBA\xE5\x9B\xBD", "Agnes", "Ozzy" };
static const char *const family[] = { "Ng", "Featherstonehaugh", "M\xC3\xBCller", "N\xC3\xBA\xC3\xB1""ez", "\xD0\xA8\xD0\xB5\xD0\xB2\xD1\x87\xD1\x83\xD0\xBA", "\xD0\x93\xD0\xBD\xD0\xB0\xD1\x82\xD1\x8E\xD0\xBA",
	"\xD8\xA7\xD9\x84\xD9\x86\xD8\xAC\xD8\xA7\xD8\xB1", "\xD8\xA7\xD9\x84\xD9\x83\xD8\xB1\xD8\xAF\xD9\x8A", "\xE6\xAC\xA7\xE9\x98\xB3", "\xE6\x85\x95\xE5\xAE\xB9", "O'Hara", "Vane-Tempest" };
enum { NAMES = 12 };
static unsigned state_of;
static int below(int n)
{
	state_of = state_of * 1103515245u + 12345u;
	return (int)((state_of >> 16) % (unsigned)n);
}

static char *person(void *ctx, const char *id, const char *name, const char *aliases, const char *label)
{
	return talloc_asprintf(ctx, "<person><id>%s</id><who><name>%s</name><born>20%02d-0%d-1%d</born></who><forms>%s</forms><numbers><number><value>999 %03d %04d</value></number></numbers>"
		"<public><label>%s</label></public></person>", id, name, below(20), 1 + below(9), below(10), aliases, below(1000), below(10000), label);
}

static char *alias(void *ctx, const char *text)
{
	return talloc_asprintf(ctx, "<form><text>%s</text><ordinary>no</ordinary></form>", text);
}

/* A register with other names, another order and other counts; its names in `list`: child, parent (the same surname), adult, staff, school. */
static struct secrets *another(const struct world *w, void *ctx, char *list[8])
{
	int g = below(NAMES), f = below(NAMES);
	const char *child = given[g], *parent = given[(g + 1) % NAMES], *adult = given[(g + 2) % NAMES], *surname = family[f], *other = family[(f + 1) % NAMES];
	char *people[5], *all = talloc_strdup(ctx, "");
	struct error error = { 0 };
	int count = 3 + below(3);

	list[0] = talloc_asprintf(ctx, "%s %s", child, surname);
	list[1] = talloc_strdup(ctx, child);
	list[2] = talloc_asprintf(ctx, "%s %s", parent, surname);
	list[3] = talloc_asprintf(ctx, "%s %s", adult, other);
	list[4] = talloc_strdup(ctx, other);
	list[5] = talloc_strdup(ctx, surname);
	list[6] = talloc_asprintf(ctx, "%d Qwx %d", 100 + below(900), 10 + below(90));
	people[0] = person(ctx, "P1", list[0], talloc_asprintf(ctx, "%s%s", alias(ctx, child), below(2) ? alias(ctx, list[6]) : ""), "a young child");
	people[1] = person(ctx, "P3", list[2], below(2) ? alias(ctx, parent) : "", "a parent");
	people[2] = person(ctx, "P5", list[3], alias(ctx, other), "an adult in the home");
	people[3] = person(ctx, "P7", "Quentin Sallow", "", "");
	people[4] = person(ctx, "P8", "Ottoline Fray", alias(ctx, "Ottie"), "wider family");
	for (int i = count - 1, k; i >= 0; i--) {
		k = below(i + 1);
		all = talloc_strdup_append(all, people[k]);
		people[k] = people[i];
	}
	all = talloc_asprintf(ctx, "<register id=\"shared/register\" version=\"1\"><people>%s</people></register>", all);
	struct xml_doc *doc = xml_read(ctx, all, strlen(all), &error);
	struct secrets *secrets = doc ? secrets_read(ctx, w->reg, doc, &error) : NULL;
	if (!secrets)
		fail_msg("%s", error.say);
	return secrets;
}

/* The same story of other people: tagged or not, at the beginning of a sentence, with articles, possessives and titles, side by side, in the title. */
static char *story(const struct world *w, void *ctx, char *const list[8])
{
	char *text = talloc_asprintf(ctx, "%s came. An %s, %s’s friend, saw %s's arm. Mr %s and the %ss rang; a <person ref=\"P1\">%s</person> and <person ref=\"P3\">%s</person>’s mother did too. "
		"\"%s!\" said %s, (%s) and %s. On <date value=\"20%02d-0%d-11\">that %s</date> nothing more. " HOLE, list[0], list[3], list[1], list[0], list[4], list[5], list[1], list[2], list[1], list[2], list[5], list[3],
		below(20), 1 + below(9), below(2) ? "day" : "Thursday evening in spring");

	text = planted_replace(ctx, planted_replace(ctx, w->source, "<text>A young", "<text><p>A young"), HOLE, text);
	text = planted_replace(ctx, text, "recognised.</text>", "recognised.</p></text>");
	return planted_replace(ctx, text, "<title>", talloc_asprintf(ctx, "<title>%s: ", list[1]));
}

static void test_interference(void **state)
{
	const struct world *w = *state;
	void *ctx = talloc_new(NULL);
	char *kept = NULL;
	size_t kept_length = 0, length;

	for (unsigned i = 0; i < 24; i++) {
		char *list[8];
		state_of = i * 7919u + 3u;
		struct secrets *secrets = another(w, ctx, list);
		char *page = planted_render((struct world *)(uintptr_t)w, ctx, story(w, ctx, list), secrets, &length, NULL);
		if (!kept) {
			kept = page;
			kept_length = length;
			assert_non_null(strstr(page, "A young child came. An adult in the home, a young child’s friend"));
		}
		if (length != kept_length || memcmp(page, kept, length))
			fail_msg("substitution %u (%s, %s):\n%s\nis not\n%s", i, list[0], list[3], strstr(page, "<article"), strstr(kept, "<article"));
	}
	talloc_free(ctx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_in_source), cmocka_unit_test(test_in_bytes), cmocka_unit_test(test_in_attribute), cmocka_unit_test(test_in_address),
		cmocka_unit_test(test_in_header), cmocka_unit_test(test_ordinary), cmocka_unit_test(test_evasions), cmocka_unit_test(test_own_words), cmocka_unit_test(test_acceptance_stays),
		cmocka_unit_test(test_interference),
	};

	if (fold_start())
		return 99;
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, planted_start, planted_end);
}
