#include "page/last_words.h"

#include <string.h>
#include <talloc.h>

static const struct { const char *code, *title, *say; } causes[FASTCGI_CAUSES] = {
	[FASTCGI_TIME] = { "request.time", "This took too long", "This took longer than the %lld seconds that a request may take, so the service stopped it." },
	[FASTCGI_ROOM] = { "request.room", "This needed too much", "This needed more than the %lld MB of memory that a request may take, or something went wrong on our side. The service stopped it." },
};

static int one(void *ctx, struct house *house, int format, int cause, int saved, struct fastcgi_words *words_r, struct error *error)
{
	void *tmp = talloc_new(ctx);
	struct request *r = talloc_zero(tmp, struct request);
	struct answer answer = {0};
	struct error ended;
	char *head, *whole = NULL;

	r->house = house;
	r->actor = (struct actor){ .pub = "", .login = "", .name = "", .roles = "", .agency = "" };
	r->id = r->path = "";
	r->wants_xml = format == 1;
	error_set(&ended, ERROR_BUSY, causes[cause].code, causes[cause].say, (long long)(cause == FASTCGI_TIME ? house->config->request_seconds : house->config->request_megabytes));
	model_error(tmp, r, &answer, &ended);
	xml_set(xml_root(answer.model), "title", causes[cause].title);
	model_saved(answer.model, saved);
	answer.headers = "Retry-After: 10\r\n";
	if (model_show(tmp, r, &answer, error) == 0) {
		head = model_head(tmp, r, &answer);
		whole = talloc_asprintf(ctx, "%s%.*s", head, (int)answer.length, answer.bytes);
		*words_r = (struct fastcgi_words){ whole, strlen(whole) };
	}
	talloc_free(tmp);
	return whole == NULL ? -1 : 0;
}

struct fastcgi_words *last_words(void *ctx, struct house *house, struct error *error)
{
	struct fastcgi_words *words = talloc_zero_array(ctx, struct fastcgi_words, FASTCGI_WORDS);

	for (int format = 0; format < 2; format++)
		for (int cause = 0; cause < FASTCGI_CAUSES; cause++)
			for (int saved = 0; saved < FASTCGI_SAVED; saved++)
				if (one(words, house, format, cause, saved, &words[fastcgi_words_at(format, cause, saved)], error) != 0) {
					talloc_free(words);
					return NULL;
				}
	return words;
}
