#include "app/parse.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "app/config.h"
#include "app/locate.h"

enum {
	SECRET_LEAST = 16,
	CODE_LEAST = 8,
	YEAR = 366 * 24 * 60 * 60,
	BODY_LEAST = 1 << 10,
	BODY_MOST = 64 << 20,
	COUNT_MOST = 1000,
	HOUR_MS = 3600000
};

/* A whole number at the beginning of text; *end is behind it. */
static bool
read_number(const char *text, long *number, const char **end)
{
	char *behind;

	if (!isdigit((unsigned char)*text))
		return false;
	errno = 0;
	*number = strtol(text, &behind, 10);
	*end = behind + strspn(behind, " ");
	return errno == 0;
}

bool
parse_text(struct mem *mem, const char *text, const char *const *choices,
    unsigned line, void *to)
{
	(void)choices;
	(void)line;
	*(const char **)to = mem_string(mem, text);
	return *text != '\0';
}

/* "~/" stands for the home folder at the beginning of a value, as after
 * "passfile=", "sslkey='" or a URI's "&sslcert=". */
bool
parse_conninfo(struct mem *mem, const char *text, const char *const *choices,
    unsigned line, void *to)
{
	struct text *expanded = mem_text_open(mem);
	const char *home = locate_home(mem);

	(void)choices;
	(void)line;
	for (const char *c = text; *c != '\0'; c++)
		if (c[0] == '~' && c[1] == '/' && c > text &&
		    strchr("=' ", c[-1]) != NULL)
			fputs(home, expanded->out);
		else
			putc(*c, expanded->out);
	*(const char **)to = mem_text(expanded);
	return *text != '\0';
}

bool
parse_path(struct mem *mem, const char *text, const char *const *choices,
    unsigned line, void *to)
{
	bool home = strncmp(text, "~/", 2) == 0;

	(void)choices;
	(void)line;
	*(const char **)to =
	    home ? mem_printf(mem, "%s%s", locate_home(mem), text + 1)
		 : mem_string(mem, text);
	return home || *text == '/';
}

bool
parse_base(struct mem *mem, const char *text, const char *const *choices,
    unsigned line, void *to)
{
	size_t len = strlen(text);

	(void)choices;
	(void)line;
	while (len > 0 && text[len - 1] == '/')
		len--;
	*(const char **)to = mem_copy(mem, text, len);
	return text[0] == '/' && strstr(text, "//") == NULL &&
	       strpbrk(text, "\\?#\" <>") == NULL;
}

/* Of this host alone, so that no page asks another one for anything. */
bool
parse_url(struct mem *mem, const char *text, const char *const *choices,
    unsigned line, void *to)
{
	(void)choices;
	(void)line;
	*(const char **)to = mem_string(mem, text);
	return text[0] == '/' && text[1] != '/' &&
	       strpbrk(text, "\\\"<> ") == NULL;
}

bool
parse_secret(struct mem *mem, const char *text, const char *const *choices,
    unsigned line, void *to)
{
	(void)choices;
	(void)line;
	*(const char **)to = mem_string(mem, text);
	return strlen(text) >= SECRET_LEAST;
}

bool
parse_code(struct mem *mem, const char *text, const char *const *choices,
    unsigned line, void *to)
{
	(void)choices;
	(void)line;
	*(const char **)to = mem_string(mem, text);
	return strlen(text) >= CODE_LEAST;
}

bool
parse_choice(struct mem *mem, const char *text, const char *const *choices,
    unsigned line, void *to)
{
	(void)mem;
	(void)line;
	for (unsigned i = 0; choices[i] != NULL; i++)
		if (strcasecmp(text, choices[i]) == 0) {
			/* An enum without negative members is one. */
			memcpy(to, &i, sizeof i);
			return true;
		}
	return false;
}

bool
parse_bool(struct mem *mem, const char *text, const char *const *choices,
    unsigned line, void *to)
{
	static const char *const words[] = { "off", "on", "no", "yes", "false",
		"true", "0", "1" };

	(void)mem;
	(void)choices;
	(void)line;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcasecmp(text, words[i]) == 0) {
			*(bool *)to = i % 2 == 1;
			return true;
		}
	return false;
}

bool
parse_bytes(struct mem *mem, const char *text, const char *const *choices,
    unsigned line, void *to)
{
	static const struct {
		const char *unit;
		long bytes;
	} units[] = { { "", 1 }, { "K", 1 << 10 }, { "M", 1 << 20 } };
	const char *unit;
	long number;

	(void)mem;
	(void)choices;
	(void)line;
	if (!read_number(text, &number, &unit) || number > BODY_MOST)
		return false;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (strcasecmp(unit, units[i].unit) == 0) {
			number *= units[i].bytes;
			*(size_t *)to = (size_t)number;
			return number >= BODY_LEAST && number <= BODY_MOST;
		}
	return false;
}

bool
parse_duration(struct mem *mem, const char *text, const char *const *choices,
    unsigned line, void *to)
{
	static const struct {
		const char *unit;
		long ms;
	} units[] = { { "ms", 1 }, { "s", 1000 }, { "min", 60000 } };
	const char *unit;
	long number;

	(void)mem;
	(void)choices;
	(void)line;
	if (!read_number(text, &number, &unit) || number > HOUR_MS)
		return false;
	*(long *)to = number;
	if (*unit == '\0')
		return number == 0;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (strcmp(unit, units[i].unit) == 0) {
			*(long *)to = number * units[i].ms;
			return number * units[i].ms <= HOUR_MS;
		}
	return false;
}

bool
parse_span(struct mem *mem, const char *text, const char *const *choices,
    unsigned line, void *to)
{
	static const struct {
		const char *unit;
		long seconds;
	} units[] = { { "min", 60 }, { "h", 3600 }, { "d", 86400 } };
	const char *unit;
	long number;

	(void)mem;
	(void)choices;
	(void)line;
	if (!read_number(text, &number, &unit) || number > YEAR)
		return false;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (strcmp(unit, units[i].unit) == 0) {
			*(long *)to = number * units[i].seconds;
			return number > 0 && *(long *)to <= YEAR;
		}
	return false;
}

bool
parse_count(struct mem *mem, const char *text, const char *const *choices,
    unsigned line, void *to)
{
	const char *end;
	long number;

	(void)mem;
	(void)choices;
	(void)line;
	if (!read_number(text, &number, &end) || *end != '\0' || number < 1 ||
	    number > COUNT_MOST)
		return false;
	*(int *)to = (int)number;
	return true;
}

bool
parse_config_text(struct mem *mem, const char *text, const char *const *choices,
    unsigned line, void *to)
{
	(void)choices;
	*(struct config_text *)to =
	    (struct config_text){ .text = mem_string(mem, text), .line = line };
	return *text != '\0';
}

/* One name of a list, in '"' or bare. NULL: it is neither. */
static const char *
read_name(struct mem *mem, const char **text)
{
	const char *at = *text;
	size_t len;

	if (*at != '"') {
		len = strcspn(at, ",");
		*text = at + len;
		while (len > 0 && isspace((unsigned char)at[len - 1]))
			len--;
		return len == 0 ? NULL : mem_copy(mem, at, len);
	}
	*text = parse_quoted(mem, at, &at);
	if (*text == NULL)
		return NULL;
	*text += strspn(*text, " \t");
	return at;
}

const char *
parse_quoted(struct mem *mem, const char *text, const char **name)
{
	struct text *plain = mem_text_open(mem);
	const char *c;

	for (c = text + 1; *c != '\0'; c++) {
		if (*c == '"' && c[1] != '"')
			break;
		if (*c == '"')
			c++;
		putc(*c, plain->out);
	}
	*name = mem_text(plain);
	return *c == '"' && plain->len > 0 ? c + 1 : NULL;
}

bool
parse_list(struct mem *mem, const char *text, const char *const *choices,
    unsigned line, void *to)
{
	struct config_list *list = to;
	const char **items = NULL;
	size_t n = 0;

	(void)choices;
	while (*text != '\0') {
		const char *name = read_name(mem, &text);

		if (name == NULL || (*text != ',' && *text != '\0'))
			return false;
		items = mem_grow(mem, items, n, sizeof *items);
		items[n++] = name;
		if (*text == ',') {
			text++;
			text += strspn(text, " \t");
		}
	}
	*list = (struct config_list){ .items = items, .n = n, .line = line };
	return true;
}

bool
parse_people(struct mem *mem, const char *text, const char *const *choices,
    unsigned line, void *to)
{
	const struct config_list *list = to;

	if (!parse_list(mem, text, choices, line, to))
		return false;
	for (size_t i = 0; i < list->n; i++)
		if (strchr("@*", *list->items[i]) != NULL ||
		    strcmp(list->items[i], "anyone") == 0)
			return false;
	return true;
}

bool
parse_who(struct mem *mem, const char *text, const char *const *choices,
    unsigned line, void *to)
{
	const struct config_list *list = to;

	if (!parse_list(mem, text, choices, line, to))
		return false;
	for (size_t i = 0; i < list->n; i++) {
		const char *who = list->items[i];

		who += *who == '@';
		if (*who == '\0' || *who == '@' || strpbrk(who, " \t") ||
		    (strchr(who, '*') && strcmp(list->items[i], "*") != 0))
			return false;
	}
	return true;
}
