#include "server/manual.h"

/* A backslash, a hyphen that is to be copied, and a line's first point mean something to roff. */
static void put_text(FILE *to, const char *text)
{
	if (*text == '.' || *text == '\'')
		fputs("\\&", to);
	for (; *text != '\0'; text++) {
		if (*text == '\\')
			fputs("\\e", to);
		else if (*text == '-')
			fputs("\\-", to);
		else
			fputc(*text, to);
	}
}

void manual_item(FILE *to, const char *name, const char *arguments, const char *does)
{
	fputs(".TP\n\\fB", to);
	put_text(to, name);
	fputs("\\fR", to);
	if (*arguments != '\0') {
		fputs(" \\fI", to);
		put_text(to, arguments);
		fputs("\\fR", to);
	}
	fputc('\n', to);
	put_text(to, does);
	fputc('\n', to);
}
