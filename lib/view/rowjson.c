#include "view/rowjson.h"

#include <string.h>

#include "format/json.h"

/* to_json quotes what is no JSON number: NaN and the infinities. */
static void
write_number(FILE *out, const char *value)
{
	const char *digits = value + (*value == '-');

	if (*digits >= '0' && *digits <= '9')
		fputs(value, out);
	else
		json_write_string(out, value, strlen(value));
}

static void
write_value(FILE *out, const struct column *column, const char *value)
{
	if (value == NULL) {
		fputs("null", out);
		return;
	}
	switch (column->json) {
	case COLUMN_NUMBER:
		write_number(out, value);
		break;
	case COLUMN_BOOL:
		fputs(*value == 't' ? "true" : "false", out);
		break;
	case COLUMN_STRING:
		json_write_string(out, value, strlen(value));
		break;
	case COLUMN_JSON:
	case COLUMN_OTHER:
		fputs(value, out);
		break;
	}
}

static void
write_member(FILE *out, const char *lead, const char *name,
    const struct column *column, const char *value, bool as_text)
{
	fputs(lead, out);
	json_write_string(out, name, strlen(name));
	putc(':', out);
	if (as_text && value != NULL)
		json_write_string(out, value, strlen(value));
	else
		write_value(out, column, value);
}

static void
end_object(FILE *out, const char *lead, const char *etag)
{
	if (etag != NULL) {
		fputs(lead, out);
		fputs("\"_etag\":", out);
		json_write_string(out, etag, strlen(etag));
		lead = ",";
	}
	fputs(*lead == '{' ? "{}" : "}", out);
}

void
rowjson_write(FILE *out, const struct scope *scope, const struct row *row)
{
	const struct table *table = scope->table;
	const char *lead = "{";

	for (size_t i = 0; i < table->n_columns; i++) {
		const struct column *column = &table->columns[i];

		if (!scope->read[i])
			continue;
		write_member(
		    out, lead, column->name, column, row->values[i], false);
		lead = ",";
	}
	end_object(out, lead, NULL);
}

void
rowjson_item(FILE *out, const struct table *table,
    const struct rowjson_pick *picks, size_t n, const struct row *row,
    const char *etag)
{
	const char *lead = "{";

	for (size_t i = 0; i < n; i++) {
		size_t at = picks[i].column;

		write_member(out, lead, picks[i].name, &table->columns[at],
		    row->values[at], picks[i].as_text);
		lead = ",";
	}
	end_object(out, lead, etag);
}

char *
rowjson_value(struct mem *mem, const struct column *column, const char *value)
{
	struct text *text = mem_text_open(mem);

	write_value(text->out, column, value);
	return mem_text(text);
}
