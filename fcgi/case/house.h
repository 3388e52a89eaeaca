/* What every request finds ready: loaded before the fork and read-only, but for the store, which each process opens for itself. */
#ifndef CASE_HOUSE_H
#define CASE_HOUSE_H
#include "adapter/sniff.h"
#include "base/config.h"
#include "base/date.h"
#include "plugin/plugin.h"
#include "store/store.h"

struct house {
	const struct config *config;
	struct library *library;
	struct plugins *plugins;
	struct holidays *holidays;
	struct sniffer *sniffer;      /* what attached files are */
	const char *const *common_words; int common_count;      /* sorted, folded: what a name may be by chance */
	struct store *store;          /* NULL until the process has opened it */
};
#endif
