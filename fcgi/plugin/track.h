/* The track that a case goes by: the last step that began or ended one says which. It is nowhere kept but in the history, so both can never differ. */
#ifndef PLUGIN_TRACK_H
#define PLUGIN_TRACK_H
#include "plugin/plugin.h"
#include "store/store_case.h"

/* The case's track after these acts (oldest first), NULL on the main road. */
const struct dossier_track *track_of(const struct plugin *p, const struct act *acts, int count);
/* Is a row there for a case that has gone so far? `track` is the row's: NULL everywhere, a name on that track alone, "!name" everywhere but there. */
bool track_has(const struct plugin *p, const struct act *acts, int count, const char *track);
/* On whom this state waits on this track: the roles; `roles` where the track says nothing of it, or there is none. */
const char *track_waits(void *ctx, const struct dossier_track *track, const char *state, const char *roles);
#endif
