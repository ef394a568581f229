#include "fuzz.h"

#include "format/csv.h"

/* What was read, written again, reads as the same. */
static void
check_again(struct mem *mem, const struct csv_record *record)
{
	struct text *text = mem_text_open(mem);
	struct csv_record again;
	struct csv csv;

	putc('x', text->out); /* a mark of byte order is one only in front */
	for (size_t i = 0; i < record->n; i++) {
		putc(',', text->out);
		csv_write(text->out, ',', record->fields[i].text, true);
	}
	mem_text(text);
	csv_open(mem, text->at, text->len, &csv);
	csv.separator = ',';
	HOLDS(csv_next(&csv, mem, &again) == CSV_RECORD);
	HOLDS(again.n == record->n + 1);
	for (size_t i = 0; i < record->n; i++)
		HOLDS(strcmp(again.fields[i + 1].text,
			  record->fields[i].text) == 0 ||
		      strchr(record->fields[i].text, '\r') != NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mem *mem = mem_new();
	struct csv_record record;
	struct csv csv;
	size_t line = 0;

	csv_open(mem, (const char *)data, size, &csv);
	while (csv_next(&csv, mem, &record) == CSV_RECORD) {
		HOLDS(record.n > 0 && record.line > line);
		line = record.line;
		check_again(mem, &record);
	}
	mem_free(mem);
	return 0;
}
