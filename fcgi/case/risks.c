#include "case/risks.h"

#include <string.h>

#include "base/text.h"

#define MOST 20

struct faults *risks_of(void *ctx, const struct flow *flow, const struct document *document)
{
	struct faults *found = faults_new(ctx, MOST);
	const char *of = document == NULL ? "case" : document->type;

	for (int i = 0; i < flow->plugin->risk_count; i++) {
		const struct dossier_risk *r = &flow->plugin->risks[i];
		const struct dossier_host *host;
		if (!text_in_list(r->of, of) || r->look == NULL || !plugin_applies(r->editions, flow->c->editions))
			continue;
		host = hook_begin(flow->hook);
		r->look(host, hook_case(flow->hook), hook_doc(flow->hook, NULL, document), hook_faults(flow->hook, found));
		hook_end();
	}
	return found;
}
