#include "store/table.h"

#include <assert.h>
#include <string.h>

#include "format/uri.h"

const struct column *
table_column(const struct table *table, const char *name)
{
	for (size_t i = 0; i < table->n_columns; i++)
		if (strcmp(table->columns[i].name, name) == 0)
			return &table->columns[i];
	return NULL;
}

size_t
table_index(const struct table *table, const struct column *column)
{
	assert(column >= table->columns &&
	       column < table->columns + table->n_columns);
	return (size_t)(column - table->columns);
}

const char *
table_guard_name(const struct table *table)
{
	switch (table->guard) {
	case GUARD_VERSION:
	case GUARD_FOREIGN:
		return "version";
	case GUARD_VERSION_XMIN:
		return "version+xmin";
	case GUARD_XMIN:
		return "xmin";
	case GUARD_NONE:
		break;
	}
	return "read-only";
}

char *
table_url(struct mem *mem, const struct table *table)
{
	struct text *text = mem_text_open(mem);

	putc('/', text->out);
	uri_write(text->out, table->name);
	return mem_text(text);
}

char *
table_row_url(
    struct mem *mem, const struct table *table, const char *const *key)
{
	struct text *text = mem_text_open(mem);

	putc('/', text->out);
	uri_write(text->out, table->name);
	fputs(uri_key_in_path(key, table->n_key) ? "/" : "?_key=", text->out);
	for (size_t i = 0; i < table->n_key; i++) {
		if (i > 0)
			putc(',', text->out);
		uri_write(text->out, key[i]);
	}
	return mem_text(text);
}
