/* Who takes part in a case: shown on its page, and changed by who runs it. */
#include <string.h>
#include <talloc.h>

#include "case/clocks.h"
#include "page/page_case_inner.h"
#include "page/pages.h"

/* Whoever only runs the service sees no content of a case. */
static bool only_runs(const struct account *account)
{
	return strcmp(account->roles, "administrator") == 0;
}

void case_people_show(void *ctx, xml_node *c, const struct flow *flow, struct error *error)
{
	xml_node *people = xml_add(c, "people"), *add;
	bool manage = flow_may(flow, "people", "case", NULL).yes, inside = flow_is_inside(flow);
	struct account *accounts;
	int n;

	for (int i = 0; i < flow->people_count; i++) {
		const struct case_person *p = &flow->people[i];
		const struct dossier_role *role = plugin_role(flow->plugin, p->role);
		const struct may_about who = { flow->plugin, flow->c, p->role, NULL };
		xml_node *e;
		if (!inside && !may(flow->actor, "read", "history", &who).yes)      /* an agency is told who runs the case, no more */
			continue;
		e = xml_add(people, "person");
		xml_set(e, "name", p->name);
		xml_set(e, "pub", p->pub);
		xml_set(e, "role", p->role);
		xml_set(e, "role-title", role == NULL ? p->role : role->title);
		xml_set(e, "agency-name", *p->agency == '\0' ? "" : flow_agency_name(flow, p->agency));
		if (manage)
			xml_set(e, "remove-href", model_case_href(ctx, flow, "/people/remove"));
	}
	if (!manage || (n = people_accounts(ctx, flow->house->store, &accounts, error)) < 0)
		return;
	add = xml_add(c, "add-person");
	xml_set(add, "href", model_case_href(ctx, flow, "/people"));
	for (int i = 0; i < n; i++) {
		xml_node *a;
		if (accounts[i].disabled || only_runs(&accounts[i]))
			continue;
		a = xml_add(add, "account");
		xml_set(a, "pub", accounts[i].pub);
		xml_set(a, "login", accounts[i].login);
		xml_set(a, "name", accounts[i].name);
		xml_set(a, "agency-name", *accounts[i].agency == '\0' ? "" : flow_agency_name(flow, accounts[i].agency));
	}
	for (int i = 0; i < flow->plugin->role_count; i++) {
		xml_node *e = xml_add(add, "role");
		xml_set(e, "name", flow->plugin->roles[i].name);
		xml_set(e, "title", flow->plugin->roles[i].title);
	}
}

/* What waits for whom follows who is there. */
static int keep_tasks(void *ctx, struct request *r, int64_t case_id, struct error *error)
{
	struct flow *flow = flow_of(ctx, r->house, &r->actor, case_id, error);

	return flow == NULL ? -1 : clocks_keep(flow, error);
}

/* Adding and removing share everything but the call. */
static int change_people(void *ctx, struct request *r, struct answer *answer, bool add, struct error *error)
{
	struct flow *flow = flow_open(ctx, r->house, &r->actor, r->steps[2], error);
	const char *pub = parts_get(r->form, "account"), *role = parts_get(r->form, "role");
	struct account *account;
	const char *apart;
	int rc;

	if (flow == NULL)
		return -1;
	if (!flow_may(flow, "people", "case", NULL).yes)
		return error_set(error, ERROR_DENIED, "people.role", "Only a co-ordinator changes who takes part in a case.");
	if (pub == NULL || *pub == '\0' || role == NULL || plugin_role(flow->plugin, role) == NULL)
		return error_set(error, ERROR_INVALID, "people.choose", "Choose a person and what they do in this case.");
	account = seal_is_id(pub) ? people_account_by_pub(ctx, r->house->store, pub, error) : people_account(ctx, r->house->store, pub, error);
	if (account == NULL)
		return -1;
	if (add && only_runs(account))
		return error_set(error, ERROR_DENIED, "people.account", "%s only runs the service, and so sees no content of any case. Whoever works in the case too needs an account of their own for that.", account->name);
	apart = add ? flow_separated(flow, talloc_asprintf(ctx, "role:%s", role), account->id) : NULL;
	if (apart != NULL)
		return error_set(error, ERROR_DENIED, "people.separation", "%s", apart);
	if (store_begin(r->house->store, error) != 0)
		return -1;
	rc = add ? case_person_add(r->house->store, &r->actor, flow->c->id, account->id, role, error) : case_person_end(r->house->store, &r->actor, flow->c->id, account->id, role, error);
	if (rc == 0)
		rc = keep_tasks(ctx, r, flow->c->id, error);
	if (rc == 0)
		rc = store_commit(r->house->store, error);
	if (rc != 0) {
		store_rollback(r->house->store);
		return -1;
	}
	model_redirect(answer, model_case_href(ctx, flow, "#people"));
	return 0;
}

int page_people_add(void *ctx, struct request *r, struct answer *answer, struct error *error) { return change_people(ctx, r, answer, true, error); }
int page_people_remove(void *ctx, struct request *r, struct answer *answer, struct error *error) { return change_people(ctx, r, answer, false, error); }
