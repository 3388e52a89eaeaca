#include "plugin/track.h"

#include <string.h>
#include <talloc.h>

#include "base/text.h"

const struct dossier_track *track_of(const struct plugin *p, const struct act *acts, int count)
{
	for (int i = count - 1; i >= 0; i--)
		for (int k = 0; acts[i].document_id == 0 && k < p->track_count; k++) {
			if (text_in_list(p->tracks[k].begins, acts[i].name))
				return &p->tracks[k];
			if (text_in_list(p->tracks[k].ends, acts[i].name))
				return NULL;
		}
	return NULL;
}

bool track_has(const struct plugin *p, const struct act *acts, int count, const char *track)
{
	const struct dossier_track *now = track == NULL ? NULL : track_of(p, acts, count);

	if (track == NULL)
		return true;
	return *track == '!' ? now == NULL || strcmp(now->name, track + 1) != 0 : now != NULL && strcmp(now->name, track) == 0;
}

const char *track_waits(void *ctx, const struct dossier_track *track, const char *state, const char *roles)
{
	const char *cursor = track == NULL ? NULL : track->waits;
	size_t n = strlen(state);
	char *pair;

	while (cursor != NULL && (pair = text_next_word(ctx, &cursor)) != NULL)
		if (strncmp(pair, state, n) == 0 && pair[n] == '=')
			return pair + n + 1;
	return roles;
}
