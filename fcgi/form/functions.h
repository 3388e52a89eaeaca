/* The XPath functions of forms (docs/forms.md), registered once. They read nothing but their arguments and the struct below. */
#ifndef FORM_FUNCTIONS_H
#define FORM_FUNCTIONS_H
#include "adapter/xml.h"
#include "base/date.h"

struct form_world {                 /* what expressions may ask about the world; borrowed */
	day today;
	const struct holidays *holidays;
	const char *const *common_words; int common_count;    /* sorted, folded; may be NULL */
};
extern const struct xpath_function form_functions[];
extern const int form_function_count;
/* NHS numbers of England, Wales and the Isle of Man: ten digits, modulus 11; ten equal digits are refused. Blanks between are allowed. */
/* Codes as they are typed, parted by blanks: commas and semicolons are blanks. */
char *form_codes(void *ctx, const char *text);
bool nhs_number_ok(const char *text);
#endif
