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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_in_source), cmocka_unit_test(test_in_bytes), cmocka_unit_test(test_in_attribute), cmocka_unit_test(test_in_address),
		cmocka_unit_test(test_in_header),
	};

	if (fold_start())
		return 99;
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, planted_start, planted_end);
}
