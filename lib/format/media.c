#include "format/media.h"

#include <string.h>
#include <strings.h>

/* How closely a range of Accept fits a type; a closer one decides. */
enum fit {
	FIT_NONE,
	FIT_ALL,	/* any type */
	FIT_TYPE,	/* type and any subtype */
	FIT_PARAMETERS, /* the type with parameters, which ours has not */
	FIT_EXACT
};

/* A range as sent. */
struct range {
	const char *type; /* type/subtype */
	size_t len;
	bool parameters; /* other than q and charset */
	int quality;
};

static const char *
skip_space(const char *at)
{
	return at + strspn(at, " \t");
}

static size_t
token_len(const char *at)
{
	return strspn(at, "!#$%&'*+-.^_`|~0123456789"
			  "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			  "abcdefghijklmnopqrstuvwxyz");
}

/* The length of type/subtype; 0 where there is none. */
static size_t
type_len(const char *at)
{
	size_t type = token_len(at);
	size_t subtype = at[type] == '/' ? token_len(at + type + 1) : 0;

	return type > 0 && subtype > 0 ? type + 1 + subtype : 0;
}

/* The length of a quoted string with its quotes; 0 where it does not end. */
static size_t
quoted_len(const char *at)
{
	size_t i = 1;

	if (*at != '"')
		return 0;
	while (at[i] != '"' && at[i] != '\0')
		i += at[i] == '\\' && at[i + 1] != '\0' ? 2 : 1;
	return at[i] == '"' ? i + 1 : 0;
}

/* One ";name=value", or a ';' with nothing behind it. */
struct parameter {
	const char *name;
	size_t name_len; /* 0: nothing there */
	const char *value;
	size_t value_len; /* with its quotes */
};

/* Reads the parameter at the ';' at *at and moves behind it. */
static bool
take_parameter(const char **at, struct parameter *parameter)
{
	const char *name = skip_space(*at + 1);
	size_t len = token_len(name);
	const char *value = name + len + 1;

	*parameter = (struct parameter){ .name = name, .name_len = len };
	if (len == 0) {
		*at = name;
		return true;
	}
	if (name[len] != '=')
		return false;
	parameter->value = value;
	parameter->value_len =
	    *value == '"' ? quoted_len(value) : token_len(value);
	*at = skip_space(value + parameter->value_len);
	return parameter->value_len > 0;
}

static bool
is_named(const struct parameter *parameter, const char *name)
{
	return parameter->name_len == strlen(name) &&
	       strncasecmp(parameter->name, name, parameter->name_len) == 0;
}

/* A qvalue in thousandths, also without the leading zero (Java sends ".2");
 * -1 where it is none. */
static int
read_quality(const char *at, size_t len)
{
	int quality = 0;
	int unit = 1000;
	size_t i = 0;

	if (i < len && (at[i] == '0' || at[i] == '1'))
		quality = at[i++] == '1' ? 1000 : 0;
	if (i < len && at[i] == '.')
		for (i++; i < len && at[i] >= '0' && at[i] <= '9'; i++) {
			unit /= 10;
			quality += (at[i] - '0') * unit;
		}
	return len > 0 && i == len && quality <= 1000 ? quality : -1;
}

/* Reads the element at *at and moves behind it. False where it is malformed:
 * *at is then within it. */
static bool
take_range(const char **at, struct range *range)
{
	struct parameter parameter;
	bool weighed = false;

	*range = (struct range){ .type = *at, .quality = 1000 };
	range->len = type_len(*at);
	*at = skip_space(*at + range->len);
	while (range->len > 0 && **at == ';') {
		if (!take_parameter(at, &parameter))
			return false;
		if (weighed || parameter.name_len == 0)
			continue;
		weighed = is_named(&parameter, "q");
		if (weighed)
			range->quality =
			    read_quality(parameter.value, parameter.value_len);
		else if (!is_named(&parameter, "charset"))
			range->parameters = true;
	}
	return range->len > 0 && range->quality >= 0 &&
	       (**at == ',' || **at == '\0');
}

static enum fit
fit(const struct range *range, const char *type)
{
	size_t main_len = strcspn(type, "/") + 1;

	if (range->len == 3 && memcmp(range->type, "*/*", 3) == 0)
		return FIT_ALL;
	if (range->len == strlen(type) &&
	    strncasecmp(range->type, type, range->len) == 0)
		return range->parameters ? FIT_PARAMETERS : FIT_EXACT;
	if (range->len == main_len + 1 && range->type[main_len] == '*' &&
	    strncasecmp(range->type, type, main_len) == 0)
		return FIT_TYPE;
	return FIT_NONE;
}

/* Moves behind the rest of an element and the comma that ends it. */
static const char *
next_element(const char *at)
{
	while (*at != '\0' && *at != ',') {
		size_t quoted = quoted_len(at);

		at += quoted > 0 ? quoted : 1;
	}
	return *at == ',' ? at + 1 : at;
}

int
media_quality(const char *accept, const char *type)
{
	enum fit best = FIT_NONE;
	bool empty = true;
	int quality = 0;

	for (const char *at = accept == NULL ? "" : accept; *at != '\0';
	     at = next_element(at)) {
		struct range range;
		enum fit found;

		at = skip_space(at);
		if (*at == ',' || *at == '\0')
			continue;
		empty = false;
		if (!take_range(&at, &range))
			continue;
		found = fit(&range, type);
		if (found > best || (found == best && found != FIT_NONE &&
					range.quality > quality)) {
			best = found;
			quality = range.quality;
		}
	}
	return empty ? 1000 : quality;
}

int
media_choose(const char *accept, const char *const *offered, size_t n)
{
	int best = 0;
	int chosen = -1;

	for (size_t i = 0; i < n; i++) {
		int quality = media_quality(accept, offered[i]);

		if (quality > best) {
			best = quality;
			chosen = (int)i;
		}
	}
	return chosen;
}

char *
media_type(struct mem *mem, const char *content_type)
{
	const char *at = skip_space(content_type == NULL ? "" : content_type);
	size_t len = type_len(at);
	const char *behind = skip_space(at + len);
	char *type;

	if (len == 0 || (*behind != ';' && *behind != '\0'))
		return mem_string(mem, "");
	type = mem_copy(mem, at, len);
	for (size_t i = 0; i < len; i++)
		if (type[i] >= 'A' && type[i] <= 'Z')
			type[i] = (char)(type[i] + ('a' - 'A'));
	return type;
}

static char *
unquote(struct mem *mem, const char *value, size_t len)
{
	char *text, *to;

	if (*value != '"')
		return mem_copy(mem, value, len);
	text = to = mem_alloc(mem, len);
	for (size_t i = 1; i < len - 1; i++) {
		if (value[i] == '\\')
			i++;
		*to++ = value[i];
	}
	return text;
}

char *
media_parameter(struct mem *mem, const char *content_type, const char *name)
{
	const char *at = skip_space(content_type == NULL ? "" : content_type);
	struct parameter parameter;

	at = skip_space(at + type_len(at));
	while (*at == ';') {
		if (!take_parameter(&at, &parameter))
			return NULL;
		if (parameter.name_len > 0 && is_named(&parameter, name))
			return unquote(
			    mem, parameter.value, parameter.value_len);
	}
	return NULL;
}
