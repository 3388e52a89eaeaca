#include "adapter/sniff.h"
#include <magic.h>
#include <talloc.h>

/* Of these families nothing is accepted, so their parsers need not see the bytes. */
#define FLAGS (MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR | MAGIC_NO_CHECK_APPTYPE | MAGIC_NO_CHECK_ELF | \
	MAGIC_NO_CHECK_CDF | MAGIC_NO_CHECK_TOKENS | MAGIC_NO_CHECK_JSON | MAGIC_NO_CHECK_CSV)

enum { BEGINNING = 64 * 1024 };

struct sniffer { magic_t magic; };

static int gone(struct sniffer *s)
{
	magic_close(s->magic);
	return 0;
}

struct sniffer *sniffer_new(void *ctx, struct error *error)
{
	struct sniffer *s = talloc_zero(ctx, struct sniffer);
	s->magic = magic_open(FLAGS);
	if (s->magic)
		talloc_set_destructor(s, gone);
	if (s->magic && magic_load(s->magic, NULL) == 0)
		return s;
	error_set(error, ERROR_FAULT, "sniff.start", "libmagic's database cannot be loaded: %s", s->magic ? magic_error(s->magic) : "no memory");
	talloc_free(s);
	return NULL;
}

char *sniff(void *ctx, struct sniffer *s, const void *bytes, size_t length)
{
	const char *found = magic_buffer(s->magic, bytes, length < BEGINNING ? length : BEGINNING);
	return talloc_strdup(ctx, found ? found : "application/octet-stream");
}
