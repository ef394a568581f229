#include "view/rowcsv.h"

#include <string.h>

#include "format/csv.h"
#include "format/number.h"

static const struct rowcsv_dialect dialects[] = {
	{ "comma", ',', false },
	{ "semicolon", ';', true },
};

const struct rowcsv_dialect *
rowcsv_dialect(const char *name)
{
	for (size_t i = 0; i < sizeof dialects / sizeof *dialects; i++)
		if (strcmp(dialects[i].name, name) == 0)
			return &dialects[i];
	return NULL;
}

void
rowcsv_head(FILE *out, const struct rowcsv_dialect *dialect,
    const struct rowjson_pick *picks, size_t n, bool etags)
{
	if (dialect->decimal_comma)
		fputs("\xef\xbb\xbf", out);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			putc(dialect->separator, out);
		csv_write(out, dialect->separator, picks[i].name, true);
	}
	if (etags) {
		putc(dialect->separator, out);
		fputs("_etag", out);
	}
	putc('\n', out);
}

const char *
rowcsv_value(struct mem *mem, const struct rowcsv_dialect *dialect,
    const struct column *column, const char *value)
{
	if (value == NULL)
		return NULL;
	if (column->json == COLUMN_BOOL)
		return *value == 't' ? "true" : "false";
	if (column->json == COLUMN_NUMBER && dialect->decimal_comma)
		return number_show(mem, LANGUAGE_DE, value);
	return value;
}

void
rowcsv_item(FILE *out, struct mem *mem, const struct rowcsv_dialect *dialect,
    const struct table *table, const struct rowjson_pick *picks, size_t n,
    const struct row *row, const char *etag)
{
	for (size_t i = 0; i < n; i++) {
		const struct column *column = &table->columns[picks[i].column];
		const char *value = row->values[picks[i].column];

		if (i > 0)
			putc(dialect->separator, out);
		csv_write(out, dialect->separator,
		    rowcsv_value(mem, dialect, column, value),
		    column->json != COLUMN_NUMBER);
	}
	if (etag != NULL) {
		putc(dialect->separator, out);
		fputs(etag, out);
	}
	putc('\n', out);
}
