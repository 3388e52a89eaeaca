/* Early help for whoever writes the learning page: V22, V23. What is said here may be passed with a reason; the redactor and the gate come after it,
 * and what they stop stays stopped. One sentence for each passage and kind: the passage is what has to be read again. */
#include <ctype.h>
#include <regex.h>
#include <stdio.h>
#include <string.h>
#include "rapid.h"

struct passage { const struct dossier_host *h; const struct dossier_case *c; const struct dossier_doc *reg, *node; const char *path, *text, *field; struct dossier_faults *f; };
typedef void (*reader)(struct passage *p);

/* The passages that readers will see. */
static const struct { const char *rows, *leaf, *field; } passages[] = {
	{ NULL, "head/title", "head.title" }, { NULL, "context/text", "context.text" }, { NULL, "lived/text", "lived.text" },
	{ "points/point", "lead", "points.point.%d.lead" }, { "points/point", "text", "points.point.%d.text" }, { NULL, "good/text", "good.text" },
	{ NULL, "changes/text", "changes.text" }, { NULL, "questions/text", "questions.text" }, { "differently/item", "role", "differently.item.%d.role" },
	{ "differently/item", "text", "differently.item.%d.text" }, { NULL, "contact/text", "contact.text" },
};

static void each_passage(HOST, const struct dossier_doc *doc, struct dossier_faults *f, reader read)
{
	char path[60], field[60];

	for (size_t i = 0; i < sizeof passages / sizeof passages[0]; i++) {
		int rows = passages[i].rows == NULL ? 1 : h->count(doc, passages[i].rows);
		for (int n = 1; n <= rows; n++) {
			struct passage p = { h, c, h->doc(c, "register", NULL, 0), doc, path, NULL, field, f };
			if (passages[i].rows == NULL)
				snprintf(path, sizeof path, "%s", passages[i].leaf);
			else
				snprintf(path, sizeof path, "%s[%d]/%s", passages[i].rows, n, passages[i].leaf);
			snprintf(field, sizeof field, passages[i].field, n);
			p.text = h->text(doc, path);
			if (*p.text != '\0')
				read(&p);
		}
	}
}

/* --- V22: names, and what words show by themselves -------------------------------------------------------------------------------- */

#define NAMES "people/person/who/name|people/person/forms/form[not(ordinary='yes')]/text|places/place/name|places/place/forms/form[not(ordinary='yes')]/text|" \
	"organisations/organisation/name|staff/member/name|staff/member/forms/form/text"

static int is_named(void *data, const struct dossier_doc *row)
{
	struct passage *p = data;
	const char *form = p->h->text(row, ".");

	if (strlen(form) < 3 || !p->h->mentions(p->node, p->path, form))
		return 0;
	p->h->warn(p->f, "V22", p->field, "“%s” is in the register. It will not stand in the public page: write what it is, for example “a school”.", form);
	return 1;
}

#define SMALL "(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|[0-9]{1,2})"
#define MONTH "(January|February|March|April|May|June|July|August|September|October|November|December)"
#define KIN "(children|siblings|brothers|sisters|boys|girls|babies|sons|daughters)"
static const struct { const char *pattern, *say; } shapes[] = {
	{ "\\b" SMALL "([ -]and[ -]a[ -]half)?[ -](year|month|week|day)s?[ -]olds?\\b|\\b" SMALL " (years|months|weeks) old\\b|\\baged? " SMALL "\\b", "an age" },
	{ "\\b[0-3]?[0-9](st|nd|rd|th)?( of)? " MONTH "\\b|\\b" MONTH " [0-3]?[0-9](st|nd|rd|th)?\\b|\\b" MONTH ",? (19|20)[0-9][0-9]\\b|\\b[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{2,4}\\b", "a day or a month" },
	{ "\\b(he|she|him|her|his|hers|boys?|girls?|sons?|daughters?|brothers?|sisters?)\\b", "whether a child is a boy or a girl" },
	{ "\\b(both|" SMALL ")( (younger|older|other|young|small|little))? " KIN "\\b|\\b(twins?|triplets?|only child|eldest|youngest|siblings?)\\b", "how many children there are" },
	{ "\\b(neighbours?|grandmothers?|grandfathers?|grandparents?|aunts?|uncles?|anonymous callers?)\\b", "who may have told the services" },
};

static void shows(struct passage *p)
{
	for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
		regmatch_t m;
		regex_t regex;
		if (regcomp(&regex, shapes[i].pattern, REG_EXTENDED | REG_ICASE) != 0)
			continue;
		if (regexec(&regex, p->text, 1, &m, 0) == 0)
			p->h->warn(p->f, "V22", p->field, "“%.*s” shows %s. It will not stand in the public page: write it in general terms.", (int)(m.rm_eo - m.rm_so), p->text + m.rm_so, shapes[i].say);
		regfree(&regex);
	}
}

static void kept_out(struct passage *p)
{
	p->h->rows(p->reg, NAMES, is_named, p);
	shows(p);
}

RULE(words_kept_out)
{
	(void)type;
	each_passage(h, c, doc, f, kept_out);
	return 0;
}

/* --- V23: a word that is also part of a name -------------------------------------------------------------------------------------- */

/* As a whole word, written as the name is: "Mark", not "a mark". */
static int stands(const char *text, const char *word, size_t n)
{
	for (const char *at = text; (at = strstr(at, word)) != NULL; at += n)
		if ((at == text || !isalnum((unsigned char)at[-1])) && !isalnum((unsigned char)at[n]))
			return 1;
	return 0;
}

static int clashes(void *data, const struct dossier_doc *row)
{
	static const char apart[] = " -'";
	struct passage *p = data;
	const char *name = p->h->text(row, ".");
	char part[60];

	for (size_t n; *name != '\0'; name += n) {
		name += strspn(name, apart);
		n = strcspn(name, apart);
		if (n < 3 || n >= sizeof part || !isupper((unsigned char)*name))
			continue;
		snprintf(part, sizeof part, "%.*s", (int)n, name);
		if (!stands(p->text, part, n))
			continue;
		p->h->warn(p->f, "V23", p->field, "“%s” is part of a name in the register, and may be an ordinary word here. Say which it is; the redactor judges it again.", part);
		return 1;
	}
	return 0;
}

static void clash(struct passage *p) { p->h->rows(p->reg, "people/person/who/name|people/person/forms/form[ordinary='yes']/text", clashes, p); }

RULE(words_clash)
{
	(void)type;
	each_passage(h, c, doc, f, clash);
	return 0;
}
