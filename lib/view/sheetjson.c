#include "view/sheetjson.h"

#include "format/json.h"
#include "view/error.h"

static void
write_changes(
    FILE *out, const struct scope *scope, const struct sheet_line *line)
{
	const struct table *table = scope->table;
	const char *lead = ",\"changes\":{";

	for (size_t i = 0; i < table->n_columns; i++) {
		if (!sheet_differs(scope, line, i))
			continue;
		fputs(lead, out);
		json_write_text(out, table->columns[i].name);
		fputs(":{\"from\":", out);
		json_write_text(out, line->before->values[i]);
		fputs(",\"to\":", out);
		json_write_text(out, line->after->values[i]);
		putc('}', out);
		lead = ",";
	}
	if (*lead == ',' && lead[1] == '\0')
		putc('}', out);
}

static void
write_line(FILE *out, struct mem *mem, const struct site *site,
    const struct scope *scope, const struct sheet_line *line)
{
	fprintf(out, "{\"line\":%zu,\"result\":", line->line);
	json_write_text(out, sheet_kind_name(line->kind));
	fputs(",\"key\":", out);
	json_write_text(out,
	    line->key ? table_key_text(mem, scope->table, line->key) : NULL);
	if (line->kind == SHEET_CHANGED)
		write_changes(out, scope, line);
	if (line->kind == SHEET_STALE || line->kind == SHEET_REFUSED) {
		fputs(",\"column\":", out);
		json_write_text(out, line->fault.column);
		fputs(",\"detail\":", out);
		json_write_text(out, error_sentence(mem, site, &line->fault));
	}
	putc('}', out);
}

void
sheetjson_write(FILE *out, struct mem *mem, const struct site *site,
    const struct scope *scope, const struct sheet *sheet)
{
	const char *lead = "";

	fputs(sheet->kept ? "{\"saved\":true,\"encoding\":"
			  : "{\"saved\":false,\"encoding\":",
	    out);
	json_write_text(
	    out, sheet->encoding == CSV_UTF8 ? "utf-8" : "windows-1252");
	fputs(",\"separator\":", out);
	json_write_string(out, &sheet->separator, 1);
	fputs(",\"passed_over\":[", out);
	for (size_t i = 0; i < sheet->n_unknown; i++) {
		fputs(i > 0 ? "," : "", out);
		json_write_text(out, sheet->unknown[i]);
	}
	putc(']', out);
	for (enum sheet_kind kind = 0; kind < SHEET_SAVED; kind++) {
		putc(',', out);
		json_write_text(out, sheet_kind_name(kind));
		fprintf(out, ":%zu", sheet->counts[kind]);
	}
	fputs(",\"lines\":[", out);
	for (size_t i = 0; i < sheet->n; i++) {
		if (sheet->lines[i].kind == SHEET_UNCHANGED)
			continue;
		fputs(lead, out);
		write_line(out, mem, site, scope, &sheet->lines[i]);
		lead = ",";
	}
	fputs("]}", out);
}

/* A value on one line of a terminal. */
static void
write_plain(FILE *out, const char *text)
{
	if (!text) {
		putc('-', out);
		return;
	}
	putc('"', out);
	for (; *text != '\0'; text++)
		putc((unsigned char)*text < ' ' ? ' ' : *text, out);
	putc('"', out);
}

static void
text_line(FILE *out, struct mem *mem, const struct site *site,
    const struct scope *scope, const struct sheet_line *line)
{
	const struct table *table = scope->table;

	fprintf(out, "%zu: ", line->line);
	fputs(sheet_kind_name(line->kind), out);
	for (size_t i = 0; i < table->n_columns; i++) {
		if (line->kind != SHEET_CHANGED ||
		    !sheet_differs(scope, line, i))
			continue;
		fputs(", ", out);
		fputs(table->columns[i].name, out);
		putc(' ', out);
		write_plain(out, line->before->values[i]);
		fputs(" -> ", out);
		write_plain(out, line->after->values[i]);
	}
	if (line->fault.column) {
		fputs(", ", out);
		fputs(line->fault.column, out);
	}
	if (line->kind == SHEET_STALE || line->kind == SHEET_REFUSED) {
		fputs(": ", out);
		fputs(error_sentence(mem, site, &line->fault), out);
	}
	putc('\n', out);
}

void
sheetjson_text(FILE *out, struct mem *mem, const struct site *site,
    const struct scope *scope, const struct sheet *sheet)
{
	if (sheet->encoding == CSV_WINDOWS_1252)
		fputs("read as windows-1252\n", out);
	for (size_t i = 0; i < sheet->n_unknown; i++) {
		fputs("column passed over: ", out);
		write_plain(out, sheet->unknown[i]);
		putc('\n', out);
	}
	for (size_t i = 0; i < sheet->n; i++)
		if (sheet->lines[i].kind != SHEET_UNCHANGED)
			text_line(out, mem, site, scope, &sheet->lines[i]);
	for (enum sheet_kind kind = 0; kind < SHEET_SAVED; kind++) {
		fprintf(out, "%zu ", sheet->counts[kind]);
		fputs(sheet_kind_name(kind), out);
		fputs(kind < SHEET_SAVED - 1 ? ", " : "; ", out);
	}
	fputs(sheet->kept ? "saved\n" : "nothing was saved\n", out);
}
