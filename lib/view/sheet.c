#include "view/sheet.h"

#include <string.h>

bool
sheet_differs(
    const struct scope *scope, const struct sheet_line *line, size_t column)
{
	const struct table *table = scope->table;
	const char *before, *after;

	if (!line->before || !line->after || !scope->read[column] ||
	    table->columns[column].kept ||
	    (table->version && table->version_column == column))
		return false;
	before = line->before->values[column];
	after = line->after->values[column];
	if (!before || !after)
		return before != after;
	return strcmp(before, after) != 0;
}

const char *
sheet_kind_name(enum sheet_kind kind)
{
	static const char *const names[SHEET__MAX] = {
		[SHEET_NEW] = "new",
		[SHEET_CHANGED] = "changed",
		[SHEET_UNCHANGED] = "unchanged",
		[SHEET_STALE] = "stale",
		[SHEET_REFUSED] = "refused",
		[SHEET_SAVED] = "saved",
	};

	return names[kind];
}
