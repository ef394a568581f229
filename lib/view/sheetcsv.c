#include "view/sheetcsv.h"

#include <string.h>

#include "view/error.h"

static const char now[] = "_now.";
static const char problem[] = "_problem";

bool
sheetcsv_ours(const char *name)
{
	return strncmp(name, now, sizeof now - 1) == 0 ||
	       strcmp(name, problem) == 0;
}

/* What is being written. */
struct writer {
	FILE *out;
	struct mem *mem;
	const struct rowcsv_dialect *dialect;
	const struct scope *scope;
	const struct sheet *sheet;
};

static void
write_field(const struct writer *w, const char *value, bool text)
{
	csv_write(w->out, w->dialect->separator, value, text);
	putc(w->dialect->separator, w->out);
}

static void
write_head(const struct writer *w)
{
	const struct table *table = w->scope->table;

	for (size_t i = 0; i < table->n_columns; i++)
		if (w->sheet->sent[i])
			write_field(w, table->columns[i].name, true);
	write_field(w, "_etag", false);
	for (size_t i = 0; i < table->n_columns; i++)
		if (w->sheet->sent[i])
			write_field(w,
			    mem_printf(
				w->mem, "%s%s", now, table->columns[i].name),
			    false);
	csv_write(w->out, w->dialect->separator, problem, false);
	putc('\n', w->out);
}

/* Whether a spreadsheet could take it for more than a number. */
static bool
is_text(const struct column *column, const char *value)
{
	return column->json != COLUMN_NUMBER ||
	       (value && value[strspn(value, "+-.,0123456789eE")] != '\0');
}

/* The row as it is now. */
static void
write_row(const struct writer *w, const struct row *row)
{
	const struct table *table = w->scope->table;

	for (size_t i = 0; i < table->n_columns; i++) {
		const struct column *column = &table->columns[i];
		const char *value = rowcsv_value(
		    w->mem, w->dialect, column, row ? row->values[i] : NULL);

		if (w->sheet->sent[i])
			write_field(w, value, is_text(column, value));
	}
}

/* What the file has, which need be no values of their types; but a version goes
 * with _etag. */
static void
write_typed(const struct writer *w, const struct sheet_line *line)
{
	const struct table *table = w->scope->table;

	for (size_t i = 0; i < table->n_columns; i++) {
		const struct column *column = &table->columns[i];
		const char *value = line->values[i];

		if (!w->sheet->sent[i])
			continue;
		if (line->before && table->version &&
		    table->version_column == i)
			value = line->before->values[i];
		if (column->json == COLUMN_NUMBER)
			value = rowcsv_value(w->mem, w->dialect, column, value);
		write_field(w, value, is_text(column, value));
	}
}

void
sheetcsv_write(FILE *out, struct mem *mem, const struct site *site,
    const struct rowcsv_dialect *dialect, const struct scope *scope,
    const struct sheet *sheet)
{
	const struct writer w = { out, mem, dialect, scope, sheet };

	if (dialect->decimal_comma)
		fputs("\xef\xbb\xbf", out);
	write_head(&w);
	for (size_t i = 0; i < sheet->n; i++) {
		const struct sheet_line *line = &sheet->lines[i];
		const struct row *row = line->before;

		if (line->kind != SHEET_STALE && line->kind != SHEET_REFUSED)
			continue;
		write_typed(&w, line);
		write_field(&w, row && row->state ? row->state : "", false);
		write_row(&w, row);
		csv_write(out, dialect->separator,
		    error_sentence(mem, site, &line->fault), true);
		putc('\n', out);
	}
}
