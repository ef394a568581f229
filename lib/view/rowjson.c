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

void
rowjson_write(FILE *out, const struct scope *scope, const struct row *row,
    const char *etag)
{
	const struct table *table = scope->table;
	const char *lead = "{";

	for (size_t i = 0; i < table->n_columns; i++) {
		const char *name = table->columns[i].name;

		if (!scope->read[i])
			continue;
		fputs(lead, out);
		json_write_string(out, name, strlen(name));
		putc(':', out);
		write_value(out, &table->columns[i], row->values[i]);
		lead = ",";
	}
	if (etag != NULL) {
		fputs(lead, out);
		fputs("\"_etag\":", out);
		json_write_string(out, etag, strlen(etag));
		lead = ",";
	}
	fputs(*lead == '{' ? "{}" : "}", out);
}

char *
rowjson_value(struct mem *mem, const struct column *column, const char *value)
{
	struct text *text = mem_text_open(mem);

	write_value(text->out, column, value);
	return mem_text(text);
}
