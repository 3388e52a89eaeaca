#include "adapter/fold.h"
#include "adapter/fold_inner.h"

#include <stdlib.h>
#include <string.h>
#include <talloc.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uspoof.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>
#include <unicode/utf8.h>

/* ICU's own objects, made once by fold_start and only read afterwards. */
static const UNormalizer2 *nfc, *nfkc, *nfkd, *nfkc_casefold;
static USpoofChecker *confusables;
static UTransliterator *latin;

int fold_start(void)
{
	static const UChar to_latin[] = u"Any-Latin; Latin-ASCII";
	UErrorCode status = U_ZERO_ERROR;

	if (latin)
		return 0;
	nfc = unorm2_getNFCInstance(&status);
	nfkc = unorm2_getNFKCInstance(&status);
	nfkd = unorm2_getNFKDInstance(&status);
	nfkc_casefold = unorm2_getNFKCCasefoldInstance(&status);
	confusables = uspoof_open(&status);
	latin = utrans_openU(to_latin, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
	return U_SUCCESS(status) ? 0 : -1;
}

/* A search that silently found nothing would be the worst fault of all: without ICU nothing runs. */
static void must(bool ok)
{
	if (!ok)
		abort();
}

static UChar *utf16(void *ctx, const char *text, size_t length, int32_t *length_r)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar *wide = talloc_array(ctx, UChar, length + 1);

	u_strFromUTF8WithSub(wide, (int32_t)length + 1, length_r, text, (int32_t)length, 0xFFFD, NULL, &status);
	must(U_SUCCESS(status));
	return wide;
}

static char *utf8(void *ctx, const UChar *wide, int32_t length)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t room = length * 3 + 1;
	char *text = talloc_array(ctx, char, room);

	u_strToUTF8WithSub(text, room, NULL, wide, length, 0xFFFD, NULL, &status);
	must(U_SUCCESS(status));
	return text;
}

static UChar *normalize(void *ctx, const UNormalizer2 *form, const UChar *wide, int32_t *length)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t need = unorm2_normalize(form, wide, *length, NULL, 0, &status);
	UChar *result = talloc_array(ctx, UChar, need + 1);

	status = U_ZERO_ERROR;
	*length = unorm2_normalize(form, wide, *length, result, need + 1, &status);
	must(U_SUCCESS(status));
	return result;
}

static UChar *case_fold(void *ctx, const UChar *wide, int32_t *length)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t need = u_strFoldCase(NULL, 0, wide, *length, U_FOLD_CASE_DEFAULT, &status);
	UChar *result = talloc_array(ctx, UChar, need + 1);

	status = U_ZERO_ERROR;
	*length = u_strFoldCase(result, need + 1, wide, *length, U_FOLD_CASE_DEFAULT, &status);
	must(U_SUCCESS(status));
	return result;
}

static bool is_dropped(UChar32 c)
{
	int8_t type = u_charType(c);

	return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || c == 0x0640 /* only draws an Arabic word out */ || u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

static UChar *drop(void *ctx, const UChar *wide, int32_t *length)
{
	UChar *result = talloc_array(ctx, UChar, *length + 1);
	int32_t n = 0;

	for (int32_t i = 0; i < *length;) {
		UChar32 c;
		int32_t from = i;
		U16_NEXT(wide, i, *length, c);
		if (is_dropped(c))
			continue;
		memcpy(result + n, wide + from, sizeof(UChar) * (size_t)(i - from));
		n += i - from;
	}
	*length = n;
	return result;
}

/* Letters of phonetic alphabets that have the shape of a capital: Unicode neither decomposes them nor calls them confusable. */
static UChar32 small_capital(UChar32 c)
{
	static const UChar32 shapes[] = { 0x1D00, 0x0299, 0x1D04, 0x1D05, 0x1D07, 0xA730, 0x0262, 0x029C, 0x026A, 0x1D0A, 0x1D0B, 0x029F, 0x1D0D,
		0x0274, 0x1D0F, 0x1D18, 0xA7AF, 0x0280, 0xA731, 0x1D1B, 0x1D1C, 0x1D20, 0x1D21, 0, 0x028F, 0x1D22 }, boxes[] = { 0x1F130, 0x1F150, 0x1F170, 0x1F1E6 };

	for (int i = 0; c >= 0x80 && i < 26; i++)
		if (shapes[i] == c)
			return 'a' + i;
	if (c == 0x028D || c == 0x0138)                      /* the images of small м and к */
		return c == 0x028D ? 'm' : 'k';
	for (int i = 0; c >= 0x1F130 && i < 4; i++)          /* letters in squares and discs, flags' letters */
		if (c >= boxes[i] && c < boxes[i] + 26)
			return 'a' + (c - boxes[i]);
	return c;
}

/* UTS #39 reads 0, 1 and m as O, l and rn: right for comparing two words as a picture, wrong here, where numbers are searched too and the
 * folded form is shown. So ASCII stays, digits become ASCII before the skeleton is asked, and what looks like rn is the m it was meant to be. */
static char *skeleton(void *ctx, UChar32 c)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar one[2], image[64];
	int32_t n = 0, length;

	c = small_capital(c);
	if (c < 0x80)
		return talloc_asprintf(ctx, "%c", (int)c);
	if (u_charDigitValue(c) >= 0)
		return talloc_asprintf(ctx, "%d", (int)u_charDigitValue(c));
	U16_APPEND_UNSAFE(one, n, c);
	length = uspoof_getSkeleton(confusables, 0, one, n, image, 64, &status);
	must(U_SUCCESS(status));
	if (length == 2 && image[0] == 'r' && image[1] == 'n')
		return talloc_strdup(ctx, "m");
	if (length == 1)
		image[0] = (UChar)small_capital(image[0]);
	UChar *wide = case_fold(ctx, image, &length);
	wide = normalize(ctx, nfkd, wide, &length);
	wide = drop(ctx, wide, &length);
	return utf8(ctx, wide, length);
}

size_t fold_room(struct folded *f, size_t length)
{
	size_t at = f->length;

	if (at + length + 1 > f->room) {
		f->room = (at + length + 1) * 2;
		f->text = talloc_realloc(f, f->text, char, f->room);
		f->from = talloc_realloc(f, f->from, unsigned, f->room);
	}
	f->length += length;
	return at;
}

void fold_put(struct folded *f, const char *bytes, size_t length, unsigned from)
{
	size_t at = fold_room(f, length);

	for (size_t i = 0; i < length; i++) {
		f->text[at + i] = bytes[i];
		f->from[at + i] = from;
	}
}

struct folded *fold_new(void *ctx, size_t room)
{
	struct folded *f = talloc_zero(ctx, struct folded);

	f->room = room + 2;
	f->text = talloc_array(f, char, f->room);
	f->from = talloc_array(f, unsigned, f->room);
	return f;
}

struct folded *fold_end(struct folded *f, size_t source_length)
{
	fold_put(f, "", 1, (unsigned)source_length);
	f->length--;
	return f;
}

/* One stretch that normalisation may treat as a whole; all it becomes points to its first byte. */
static void fold_stretch(struct folded *f, const char *text, size_t length, unsigned from)
{
	void *tmp = talloc_new(NULL);
	int32_t n;
	UChar *wide = utf16(tmp, text, length, &n);

	wide = normalize(tmp, nfkc, wide, &n);
	wide = drop(tmp, wide, &n);
	wide = case_fold(tmp, wide, &n);
	wide = normalize(tmp, nfkd, wide, &n);
	wide = drop(tmp, wide, &n);
	for (int32_t i = 0; i < n;) {
		UChar32 c;
		U16_NEXT(wide, i, n, c);
		char *image = skeleton(tmp, c);
		fold_put(f, image, strlen(image), from);
	}
	talloc_free(tmp);
}

/* ASCII that nothing behind it can combine with: how many bytes. */
static size_t plain_run(const char *text, size_t length)
{
	size_t n = 0;

	while (n < length && (unsigned char)text[n] < 0x80)
		n++;
	return n > 0 && n < length ? n - 1 : n;
}

static void fold_plain_run(struct folded *f, const char *text, size_t length, size_t from)
{
	size_t at = fold_room(f, length);

	for (size_t i = 0; i < length; i++) {
		f->text[at + i] = (char)(text[i] >= 'A' && text[i] <= 'Z' ? text[i] + 32 : text[i]);
		f->from[at + i] = (unsigned)(from + i);
	}
}

/* What a character that stands alone becomes is always the same, and texts have the same few: “, ”, ’, –. */
static void fold_alone(struct folded *f, const char *text, size_t length, unsigned from, UChar32 c)
{
	static struct { UChar32 c; unsigned char length; char image[11]; } known[128];
	size_t slot = (size_t)c % (sizeof known / sizeof known[0]), before = f->length;

	if (known[slot].c == c) {
		fold_put(f, known[slot].image, known[slot].length, from);
		return;
	}
	fold_stretch(f, text, length, from);
	if (f->length - before > sizeof known[slot].image)
		return;
	known[slot].c = c;
	known[slot].length = (unsigned char)(f->length - before);
	memcpy(known[slot].image, f->text + before, f->length - before);
}

struct folded *fold(void *ctx, const char *text, size_t length)
{
	struct folded *f = fold_new(ctx, length);
	size_t i = 0;

	must(latin != NULL);
	while (i < length) {
		size_t run = plain_run(text + i, length - i), end, alone;
		UChar32 c, first;
		if (run > 0) {
			fold_plain_run(f, text + i, run, i);
			i += run;
			continue;
		}
		end = i;
		U8_NEXT(text, end, length, first);
		alone = end;
		for (size_t next = end; next < length; end = next) {
			U8_NEXT(text, next, length, c);
			if (c < 0 || (c < 0x80) || unorm2_hasBoundaryBefore(nfkc, c))
				break;
		}
		if (end == i + 1 && (unsigned char)text[i] < 0x80)
			fold_plain_run(f, text + i, 1, i);
		else if (end == alone && first > 0)
			fold_alone(f, text + i, end - i, (unsigned)i, first);
		else
			fold_stretch(f, text + i, end - i, (unsigned)i);
		i = end;
	}
	return fold_end(f, length);
}

char *fold_plain(void *ctx, const char *text)
{
	void *tmp = talloc_new(NULL);
	int32_t n;

	must(latin != NULL);
	UChar *wide = utf16(tmp, text, strlen(text), &n);
	wide = normalize(tmp, nfkc_casefold, wide, &n);
	char *result = utf8(ctx, wide, n);
	talloc_free(tmp);
	return result;
}

bool fold_is_nfc(const char *text, size_t length)
{
	void *tmp = talloc_new(NULL);
	UErrorCode status = U_ZERO_ERROR;
	int32_t n;

	must(latin != NULL);
	UChar *wide = utf16(tmp, text, length, &n);
	bool ok = unorm2_isNormalized(nfc, wide, n, &status);
	talloc_free(tmp);
	return U_SUCCESS(status) && ok;
}

char *fold_to_latin(void *ctx, const char *text)
{
	void *tmp = talloc_new(NULL);
	UErrorCode status = U_ZERO_ERROR;
	int32_t n, room, limit;

	must(latin != NULL);
	UChar *wide = utf16(tmp, text, strlen(text), &n);
	room = n * 8 + 64;                 /* no script of the world needs more Latin letters for one of its own */
	wide = talloc_realloc(tmp, wide, UChar, room);
	limit = n;
	utrans_transUChars(latin, wide, &n, room, 0, &limit, &status);
	must(U_SUCCESS(status));
	char *result = utf8(ctx, wide, n);
	talloc_free(tmp);
	return result;
}
