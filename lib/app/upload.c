#include "app/upload.h"

#include <string.h>

#include "app/onevalue.h"
#include "format/hex.h"
#include "view/was.h"

bool
upload_is(const struct column *column)
{
	return strcmp(column->base, "bytea") == 0;
}

struct cell
upload_read(
    struct mem *mem, const struct column *column, const struct form *form)
{
	const char *name = widget_name(mem, column);
	const struct form_field *file = form_file(form, name);
	const char *text = form_value(form, name);
	const char *was = form_value(form, mem_printf(mem, "_was.%s", name));
	bool clear = form_value(form, mem_printf(mem, "_null.%s", name));
	struct cell cell = { .posted = file || text || was,
		.carried = was != NULL };

	if (was && !form_value(form, mem_printf(mem, "_wasnull.%s", name)))
		cell.was = was;
	cell.hashed = cell.was && was_is_hash(cell.was);
	if (file) {
		cell.value = hex_text(mem, file->value, file->len);
		cell.media = file->type;
	} else if (text && *text && !clear) {
		cell.value = text;
		cell.media =
		    form_value(form, mem_printf(mem, "_media.%s", name));
	} else if (!clear && !text) {
		cell.value = cell.hashed ? NULL : cell.was;
		return cell;
	}
	if (cell.value && cell.was)
		cell.touched = was_touched(mem, cell.value, cell.was);
	else
		cell.touched = cell.value != cell.was;
	return cell;
}

struct cell *
upload_typed(struct call *call, const struct cell *cells, const bool *writable)
{
	const struct table *table = call->scope->table;
	size_t size = table->n_columns * sizeof *cells;
	struct cell *typed = mem_alloc(call->mem, size);

	memcpy(typed, cells, size);
	for (size_t i = 0; i < table->n_columns; i++) {
		const struct column *beside =
		    cells[i].media && cells[i].touched
			? onevalue_companion(call, &table->columns[i])
			: NULL;
		struct cell *cell =
		    beside ? &typed[table_index(table, beside)] : NULL;

		if (!cell || cell->touched ||
		    !writable[table_index(table, beside)])
			continue;
		cell->value = cells[i].media;
		cell->touched =
		    !cell->was || strcmp(cell->was, cell->value) != 0;
	}
	return typed;
}
