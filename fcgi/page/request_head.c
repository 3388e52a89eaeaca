#include "page/request_inner.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <talloc.h>

#include "base/text.h"

/* Percent-decoded once; what decodes to a control, a NUL or a step of dots is no address of ours. */
char *request_path(void *ctx, const char *uri, struct error *error)
{
	size_t length = strcspn(uri, "?#"), out = 0;
	char *path = talloc_array(ctx, char, length + 1);

	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)uri[i];
		if (c == '%') {
			char hex[3] = { i + 1 < length ? uri[i + 1] : 'x', i + 2 < length ? uri[i + 2] : 'x', 0 }, *end;
			c = (unsigned char)strtol(hex, &end, 16);
			if (*end != '\0')
				goto bad;
			i += 2;
		}
		if (c < 0x20 || c == 0x7f || c == '\\' || (c == '/' && uri[i] != '/'))
			goto bad;
		path[out++] = (char)c;
	}
	path[out] = '\0';
	if (*path == '/' && strstr(path, "/..") == NULL && strstr(path, "//") == NULL && text_is_xml(path, out, NULL))
		return path;
bad:
	error_set(error, ERROR_MALFORMED, "request.address", "This is no address of this service.");
	return NULL;
}

/* RFC 9110 §12.4.2: 0 to 1. What is not that is no wish at all. */
static double weight_of(const char *text)
{
	double weight = strtod(text, NULL);

	return weight >= 0 && weight <= 1 ? weight : 0;
}

/* The weight that an Accept header gives a type: its own range, else its family's, else any. */
double request_weight(const char *accept, const char *type)
{
	double own = -1, family = -1, any = -1;
	size_t slash = strcspn(type, "/");

	for (const char *range = accept; *range != '\0'; range += strcspn(range, ","), range += *range == ',') {
		size_t length;
		const char *q;
		double weight = 1;
		range += strspn(range, " \t");
		length = strcspn(range, ",; \t");
		q = strstr(range, "q=");
		if (q != NULL && q < range + strcspn(range, ","))
			weight = weight_of(q + 2);
		if (length == strlen(type) && strncasecmp(range, type, length) == 0)
			own = weight;
		else if (length == slash + 2 && strncasecmp(range, type, slash + 1) == 0 && range[slash + 1] == '*')
			family = weight;
		else if (length == 3 && strncmp(range, "*/*", 3) == 0)
			any = weight;
	}
	return own >= 0 ? own : family >= 0 ? family : any >= 0 ? any : 0;
}

char *request_cookie(void *ctx, const char *cookies, const char *name)
{
	size_t length = strlen(name);

	for (const char *c = cookies; *c != '\0'; c += strcspn(c, ";"), c += *c == ';') {
		c += strspn(c, " ");
		if (strncmp(c, name, length) == 0 && c[length] == '=')
			return talloc_strndup(ctx, c + length + 1, strcspn(c + length + 1, "; "));
	}
	return NULL;
}
