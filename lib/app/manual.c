#include "app/manual.h"

#include <string.h>

#include "app/keys.h"

enum {
	WIDTH = 78
};

/* One word; roff would take a backslash for an escape. */
static void
write_word(FILE *out, const char *word, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (word[i] == '\\')
			fputs("\\e", out);
		else
			putc(word[i], out);
}

/* A text of some sentences as lines of text, each sentence on its own. A line
 * that began with a dot or an apostrophe would be a macro. */
static void
write_text(FILE *out, const char *text)
{
	size_t column = 0;
	bool ended = false;

	for (text += strspn(text, " "); *text != '\0';
	     text += strspn(text, " ")) {
		size_t len = strcspn(text, " ");

		if (column > 0 && (ended || column + 1 + len > WIDTH)) {
			putc('\n', out);
			column = 0;
		}
		if (column > 0)
			putc(' ', out);
		else if (*text == '.' || *text == '\'')
			fputs("\\&", out);
		write_word(out, text, len);
		column += len + 1;
		ended = strchr(".?!", text[len - 1]) != NULL;
		text += len;
	}
	putc('\n', out);
}

static void
write_key(FILE *out, const struct key *key)
{
	struct mem *mem = mem_new();
	bool named = key->name[strlen(key->name) - 1] == '.';

	fprintf(out, ".It Ic %s%s\n", key->name, named ? "NAME" : "");
	write_text(out, key->help);
	fputs(".br\n", out);
	write_text(out, mem_printf(mem, "Expected: %s.", key->expected));
	if (key->fallback != NULL)
		write_text(out, mem_printf(mem, "Default: %s.", key->fallback));
	if (key->fallback == NULL && *key->example != '\0')
		write_text(out, mem_printf(mem, "Example: %s%s%s", key->name,
				    named ? "" : " = ", key->example));
	mem_free(mem);
}

static void
write_section(FILE *out, const char *title, enum setting_where where)
{
	fprintf(out, ".Sh %s\n.Bl -tag -width Ds\n", title);
	for (size_t i = 0; i < keys_n; i++)
		if (keys[i].where == where)
			write_key(out, &keys[i]);
	fputs(".El\n", out);
}

void
manual_write(FILE *out)
{
	write_section(out, "SETTINGS OF THE SITE", SETTING_SITE);
	write_section(out, "SETTINGS OF A TABLE", SETTING_TABLE);
}
