#include "view/was.h"

#include <string.h>

#include "format/form.h"
#include "format/hash.h"
#include "format/html.h"

enum {
	SHORT = 1000, /* bytes */
	HASH_DIGITS = 64
};

bool
was_whole(const struct column *column, const char *was, size_t *room)
{
	size_t len = was != NULL ? strlen(was) : 0;
	bool bytes = strcmp(column->base, "bytea") == 0;
	bool whole = len <= SHORT || (len <= *room && !bytes);

	if (was != NULL && was_is_hash(was))
		return false;
	if (whole)
		*room -= len < *room ? len : *room;
	return whole;
}

void
was_write(
    FILE *out, struct mem *mem, const char *name, const char *was, bool whole)
{
	const char *text = "";

	if (was != NULL)
		text = whole ? was : was_hash(mem, was);
	html_hidden(out, mem_printf(mem, "_was.%s", name), text);
	if (was == NULL)
		html_hidden(out, mem_printf(mem, "_wasnull.%s", name), "1");
}

char *
was_hash(struct mem *mem, const char *text)
{
	const char *lines = form_newlines(mem, text);

	return mem_printf(mem, "#%s", hash_text(mem, lines, strlen(lines)));
}

bool
was_is_hash(const char *text)
{
	return *text == '#' && strlen(text) == 1 + HASH_DIGITS &&
	       strspn(text + 1, "0123456789abcdef") == HASH_DIGITS;
}

bool
was_touched(struct mem *mem, const char *value, const char *was)
{
	if (was_is_hash(was))
		return strcmp(was_hash(mem, value), was) != 0;
	return strcmp(form_newlines(mem, value), form_newlines(mem, was)) != 0;
}
