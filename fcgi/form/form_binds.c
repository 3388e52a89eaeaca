/* The binds of a definition: types, meanings, classes, expressions. */
#include "form/form_inner.h"

#include <string.h>
#include <talloc.h>

#include "base/text.h"

static const char *const types[FIELD_TYPES] = {
	[FIELD_STRING] = "string", [FIELD_TEXT] = "d:text", [FIELD_PROSE] = "d:prose", [FIELD_INT] = "int", [FIELD_DATE] = "date",
	[FIELD_TIME] = "time", [FIELD_WHEN] = "d:when", [FIELD_REF] = "d:ref", [FIELD_REFS] = "d:refs", [FIELD_ONE] = "select1",
	[FIELD_MANY] = "select", [FIELD_YES_NO] = "d:yes-no", [FIELD_NHS] = "d:nhs-number", [FIELD_ATTACHMENT] = "d:attachment",
};
/* Which control each type wants (docs/forms.md, "Binds"). */
static const char *const controls[FIELD_TYPES] = {
	[FIELD_STRING] = "input", [FIELD_TEXT] = "textarea", [FIELD_PROSE] = "textarea", [FIELD_INT] = "input", [FIELD_DATE] = "input",
	[FIELD_TIME] = "input", [FIELD_WHEN] = "input", [FIELD_REF] = "select1", [FIELD_REFS] = "select", [FIELD_ONE] = "select1",
	[FIELD_MANY] = "select", [FIELD_YES_NO] = "select1", [FIELD_NHS] = "input", [FIELD_ATTACHMENT] = "upload",
};
static const char *const classes[] = { [CLASS_CONFIDENTIAL] = "confidential", [CLASS_IDENTIFIER] = "identifier", [CLASS_PUBLIC] = "public" };
static const char *const surfaces[] = { [AS_PSEUDONYM] = "pseudonym", [AS_ROLE] = "role", [AS_YEAR] = "year", [AS_MONTH] = "month",
	[AS_RELATIVE] = "relative", [AS_AGE_BAND] = "age-band", [AS_AREA] = "area", [AS_NEUTRAL] = "neutral", [AS_DROP] = "drop" };
static const char row_meanings[] = "event party place organisation staff number action";
static const char field_meanings[] = "event.id event.when event.text event.source event.who event.kind "
	"party.id party.name party.alias party.born party.died party.number party.address party.label party.informant party.ordinary "
	"place.id place.name place.alias place.address place.postcode place.label place.ordinary "
	"organisation.id organisation.name organisation.alias organisation.label organisation.ordinary staff.id staff.name staff.alias staff.label staff.ordinary "
	"number.value action.owner action.due action.status title due day";
static const char plain_attributes[] = "id nodeset type required relevant constraint calculate readonly";
static const char our_attributes[] = "class as from for is length words unknown override seed";
/* What a bind of a row or group may say; the rest is about one value. */
static const char group_attributes[] = "id nodeset relevant from for is";

const char *form_type_name(enum field_type type)
{
	return types[type];
}

static int index_of(const char *const *names, size_t count, const char *name)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (names[i] && strcmp(names[i], name) == 0)
			return (int)i;
	return -1;
}
#define INDEX(names, name) index_of(names, sizeof names / sizeof names[0], name)

int form_read_leaves(struct form_reader *reader)
{
	const xml_node *bind;

	for (bind = xml_child(reader->model, "bind"); bind; bind = xml_next_same(bind)) {
		const char *type = xml_get(bind, "type");
		struct step *step;

		if (!type || (strcmp(type, "d:when") != 0 && strcmp(type, "d:prose") != 0))
			continue;
		step = form_read_path(reader, bind, xml_get(bind, "nodeset"));
		if (!step)
			return -1;
		step->child = NULL;
	}
	return 0;
}

struct known { const char *plain, *ours; char wrong[140]; };

static void check_attribute(void *data, const char *ns, const char *name, const char *value)
{
	struct known *known = data;

	(void)value;
	if (text_in_list(strcmp(ns, NS_FORM) == 0 ? known->ours : *ns ? "" : known->plain, name))
		return;
	strncpy(known->wrong, name, sizeof known->wrong - 1);
}

static int check_attributes(struct form_reader *reader, const xml_node *bind, const struct step *step)
{
	struct known known = { step->field ? plain_attributes : group_attributes, step->field ? our_attributes : group_attributes, "" };

	xml_each_attribute(bind, check_attribute, &known);
	if (known.wrong[0])
		return form_refuse(reader, bind, "form.attribute", "%s is no attribute of the bind of a %s.", known.wrong, step->field ? "field" : "group");
	return 0;
}

/* The type an author wrote, or the one the control has by itself. */
static int read_type(struct form_reader *reader, const xml_node *bind, struct field *field)
{
	const xml_node *control = reader->controls[field - reader->form->fields];
	const char *name = xml_get(bind, "type");
	int type = name && strcmp(name, "binary") != 0 ? INDEX(types, name) : (int)field->type;      /* "binary": what spreadsheet converters call an upload */

	if (type < 0)
		return form_refuse(reader, bind, "form.type", "There is no type “%s”. There are string, d:text, d:prose, int, date, time, d:when, d:ref, d:refs, "
			"select1, select, d:yes-no, d:nhs-number and d:attachment.", name);
	/* Spreadsheet converters write string for whatever is text in the document. */
	if (type == FIELD_STRING && control)
		type = (int)field->type;
	if (control && strcmp(controls[type], xml_name(control)) != 0)
		return form_refuse(reader, bind, "form.type", "%s needs the control %s, not %s.", types[type], controls[type], xml_name(control));
	if (!control && (type == FIELD_ONE || type == FIELD_MANY))
		return form_refuse(reader, bind, "form.type", "%s needs a control with its options.", types[type]);
	if (field->itemset && type != FIELD_REF && type != FIELD_REFS)
		return form_refuse(reader, bind, "form.type", "%s has no itemset.", types[type]);
	field->type = (enum field_type)type;
	return 0;
}

static int read_class(struct form_reader *reader, const xml_node *bind, struct field *field)
{
	const char *class = xml_get_ns(bind, NS_FORM, "class"), *as = xml_get_ns(bind, NS_FORM, "as");
	int value;

	if (class) {
		value = INDEX(classes, class);
		if (value < 0)
			return form_refuse(reader, bind, "form.class", "There is no class %s.", class);
		field->class = (enum field_class)value;
	}
	/* A file tells more than it shows: where and with what a picture was taken, who wrote, what was deleted. */
	if (field->type == FIELD_ATTACHMENT && (field->class == CLASS_PUBLIC || (as && strcmp(as, "drop") != 0)))
		return form_refuse(reader, bind, "form.class", "An attached file is never public.");
	if (as) {
		value = INDEX(surfaces, as);
		if (value < 0 || field->class == CLASS_PUBLIC)
			return form_refuse(reader, bind, "form.as", "d:as %s is not for this field.", as);
		field->as = (enum field_as)value;
	}
	return 0;
}

static char *kept(struct form_reader *reader, const xml_node *bind, const char *attribute)
{
	const char *value = xml_get_ns(bind, NS_FORM, attribute);

	return value ? talloc_strdup(reader->form, value) : NULL;
}

/* "event.when" stands in rows that are events; title, due and day stand anywhere. */
static int read_meaning(struct form_reader *reader, const xml_node *bind, struct field *field)
{
	const struct repeat *row = field->repeat;
	size_t n;

	field->is = kept(reader, bind, "is");
	if (!field->is)
		return 0;
	if (!text_in_list(field_meanings, field->is))
		return form_refuse(reader, bind, "form.meaning", "There is no meaning %s.", field->is);
	n = strcspn(field->is, ".");
	while (field->is[n] && row && !(row->is && strlen(row->is) == n && memcmp(row->is, field->is, n) == 0))
		row = row->outer;
	if (field->is[n] && !row)
		return form_refuse(reader, bind, "form.meaning", "%s must stand in rows whose bind has d:is=\"%.*s\".", field->is, (int)n, field->is);
	return 0;
}

static int read_limits(struct form_reader *reader, const xml_node *bind, struct field *field)
{
	bool text = field->type == FIELD_STRING || field->type == FIELD_TEXT, prose = field->type == FIELD_PROSE;
	const char *length = xml_get_ns(bind, NS_FORM, "length"), *words = xml_get_ns(bind, NS_FORM, "words");

	if ((length && !text) || (words && !prose))
		return form_refuse(reader, bind, "form.limit", "d:length is for string and d:text, d:words for d:prose.");
	field->unknown = kept(reader, bind, "unknown");
	if (field->unknown && !text_is_name(field->unknown))
		return form_refuse(reader, bind, "form.unknown", "d:unknown must be a code: letters, digits, - and _, a letter first.");
	if (field->unknown && field->type == FIELD_WHEN && strcmp(field->unknown, "unknown") != 0)
		return form_refuse(reader, bind, "form.unknown", "Not known of a d:when is its precision unknown.");
	if (form_read_number(reader, length, bind, 1, &field->length) < 0)
		return -1;
	return form_read_number(reader, words, bind, 1, &field->words);
}

static int read_rules(struct form_reader *reader, xml_node *bind, struct step *step)
{
	struct field *field = step->field;
	const char *required = xml_get(bind, "required"), *override = xml_get_ns(bind, NS_FORM, "override");

	field->required_always = required && strcmp(required, "true()") == 0;
	if (required && !field->required_always && strcmp(required, "false()") != 0 &&
	    form_read_expression(reader, bind, "required", step, &field->required) < 0)
		return -1;
	if (xml_get(bind, "calculate") && (field->type == FIELD_WHEN || field->type == FIELD_PROSE || field->type == FIELD_ATTACHMENT))
		return form_refuse(reader, bind, "form.calculate", "A %s cannot be calculated.", types[field->type]);
	if (override && !text_in_list("yes no", override))
		return form_refuse(reader, bind, "form.attribute", "d:override is yes or no.");
	field->override = override && strcmp(override, "yes") == 0;
	if (field->override && !xml_get(bind, "calculate"))
		return form_refuse(reader, bind, "form.override", "d:override is for a field that is calculated.");
	if (form_read_expression(reader, bind, "relevant", step, &field->relevant) < 0 ||
	    form_read_expression(reader, bind, "constraint", step, &field->constraint) < 0 ||
	    form_read_expression(reader, bind, "calculate", step, &field->calculate) < 0)
		return -1;
	return form_read_expression(reader, bind, "readonly", step, &field->readonly);
}

static int read_group_bind(struct form_reader *reader, const xml_node *bind, struct step *step)
{
	const char *is = kept(reader, bind, "is");

	if (is && (!step->repeat || !text_in_list(row_meanings, is)))
		return form_refuse(reader, bind, "form.meaning", "%s is no meaning of these elements.", is);
	if (is)
		step->repeat->is = is;
	step->from = kept(reader, bind, "from");
	step->for_ = kept(reader, bind, "for");
	return 0;
}

/* First round: what the expressions of others may lean on. */
static int read_bind(struct form_reader *reader, const xml_node *bind, struct field *field)
{
	if (read_type(reader, bind, field) < 0 || read_class(reader, bind, field) < 0 || read_limits(reader, bind, field) < 0)
		return -1;
	field->from = kept(reader, bind, "from");
	field->for_ = kept(reader, bind, "for");
	return 0;
}

static int each_bind(struct form_reader *reader, int (*fn)(struct form_reader *reader, xml_node *bind, struct step *step))
{
	xml_node *bind;

	for (bind = xml_child(reader->model, "bind"); bind; bind = xml_next_same(bind)) {
		struct step *step = form_read_path(reader, bind, xml_get(bind, "nodeset"));

		if (!step || fn(reader, bind, step) < 0)
			return -1;
	}
	return 0;
}

static int first_round(struct form_reader *reader, xml_node *bind, struct step *step)
{
	const xml_node *other;

	for (other = xml_next_same(bind); other; other = xml_next_same(other))
		if (xml_get(other, "nodeset") && strcmp(xml_get(other, "nodeset"), xml_get(bind, "nodeset")) == 0)
			return form_refuse(reader, other, "form.twice", "%s has two binds.", xml_get(other, "nodeset"));
	if (check_attributes(reader, bind, step) < 0)
		return -1;
	return step->field ? read_bind(reader, bind, step->field) : read_group_bind(reader, bind, step);
}

static int second_round(struct form_reader *reader, xml_node *bind, struct step *step)
{
	if (step->field)
		return read_meaning(reader, bind, step->field) < 0 || read_rules(reader, bind, step) < 0 ? -1 : 0;
	if (form_read_expression(reader, bind, "relevant", step, &step->relevant) < 0)
		return -1;
	if (step->repeat)
		step->repeat->relevant = step->relevant;
	return 0;
}

/* The nearest bind around a field speaks for it where its own is silent. A class is never inherited: public is said field by field. */
static void inherit(const struct step *step, const char *from, const char *for_)
{
	struct field *field = step->field;

	if (field && !field->from)
		field->from = from;
	if (field && !field->for_)
		field->for_ = for_;
	from = step->from ? step->from : from;
	for_ = step->for_ ? step->for_ : for_;
	for (step = step->child; step; step = step->next)
		inherit(step, from, for_);
}

int form_read_binds(struct form_reader *reader)
{
	struct form *form = reader->form;
	int i;

	if (each_bind(reader, first_round) < 0 || each_bind(reader, second_round) < 0)
		return -1;
	inherit(form->tree, NULL, NULL);
	for (i = 0; i < form->field_count; i++) {
		struct field *field = &form->fields[i];

		if (!field->length && (field->type == FIELD_STRING || field->type == FIELD_TEXT))
			field->length = field->type == FIELD_STRING ? 200 : 10000;
	}
	return 0;
}
