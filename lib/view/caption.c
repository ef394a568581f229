#include "view/caption.h"

#include <string.h>

enum {
	LABEL_MOST = 40 /* characters */
};

char *
caption_name(struct mem *mem, const char *name)
{
	char *label = mem_string(mem, name);

	if (strspn(name, "_ ") == strlen(name))
		return label;
	for (char *at = label; *at != '\0'; at++)
		if (*at == '_')
			*at = ' ';
	while (*label == ' ')
		label++;
	if (*label >= 'a' && *label <= 'z')
		*label = (char)(*label - 'a' + 'A');
	return label;
}

/* Whether so many bytes are a title: short, and no sentence. */
static bool
is_title(const char *text, size_t len)
{
	size_t characters = 0;

	for (size_t i = 0; i < len; i++) {
		characters += ((unsigned char)text[i] & 0xc0) != 0x80;
		if (text[i] == '.' &&
		    (i + 1 == len || strchr(" \t", text[i + 1]) != NULL))
			return false;
	}
	return characters > 0 && characters <= LABEL_MOST &&
	       strchr("!?:;,", text[len - 1]) == NULL;
}

static struct caption
caption(struct mem *mem, const char *name, const char *comment)
{
	struct caption made = { .label = NULL };
	size_t len;

	if (comment != NULL)
		comment += strspn(comment, " \t\r\n");
	if (comment == NULL || *comment == '\0') {
		made.label = caption_name(mem, name);
		return made;
	}
	len = strcspn(comment, "\r\n");
	made.help = comment + len + strspn(comment + len, " \t\r\n");
	while (len > 0 && strchr(" \t", comment[len - 1]) != NULL)
		len--;
	if (is_title(comment, len)) {
		made.label = mem_copy(mem, comment, len);
		if (*made.help == '\0')
			made.help = NULL;
	} else {
		made.label = caption_name(mem, name);
		made.help = comment;
	}
	return made;
}

static const char *
stem(struct mem *mem, const struct column *column)
{
	size_t len = strlen(column->name);

	if (!column->refers || len < 4 ||
	    strcmp(column->name + len - 3, "_id") != 0)
		return column->name;
	return mem_copy(mem, column->name, len - 3);
}

struct caption
caption_column(struct mem *mem, const struct column *column)
{
	return caption(mem, stem(mem, column), column->comment);
}

struct caption
caption_table(struct mem *mem, const struct table *table)
{
	return caption(mem, table->name, table->comment);
}
