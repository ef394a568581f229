#include "app/arrival.h"

#include "format/uri.h"
#include "view/label.h"
#include "view/way.h"

static const struct row *
look_up(struct call *call, const char *const *key)
{
	const struct read read = { .scope = call->scope,
		.key = key,
		.person = &call->who,
		.image = IMAGE_TEXT };
	struct fault ignored;
	struct row *row;

	return row_get(call->db, call->mem, &read, &row, &ignored) == OUT_DONE
		   ? row
		   : NULL;
}

void
arrival_mark(
    struct call *call, const struct query *query, struct list_page *page)
{
	const struct table *table = call->scope->table;
	const struct row *row = NULL;
	const char *const *key;
	size_t parts;

	if (!query->row || table->n_key == 0)
		return;
	key = uri_key_split(call->mem, query->row, &parts);
	if (!key || parts != table->n_key)
		return;
	for (size_t i = 0; i < page->n && !row; i++)
		if (page->rows[i]->key &&
		    table_same_key(table, page->rows[i]->key, key))
			page->at = row = page->rows[i];
	if (query->note != WORD_SAVED_ROWS)
		return;
	if (!row && (row = look_up(call, key)) != NULL)
		page->tools.open = way_row(call->mem, &call->site, table, key);
	if (!row)
		return;
	page->tools.note = page->at ? WORD_SAVED_ROW : WORD_SAVED_ELSEWHERE;
	page->tools.number = label_of(call->mem, call->scope, row);
}
