#include "app/conflict.h"

#include "app/expect.h"
#include "app/reconcile.h"
#include "app/refusal.h"
#include "view/label.h"

enum outcome
conflict_answer(struct call *call, enum conflict_kind kind, struct cell *cells,
    const struct contest *contests, const struct refer_search *search)
{
	const struct conflict_page page = {
		.kind = kind,
		.scope = call->scope,
		.row = call->written.row,
		.label = label_of(call->mem, call->scope, call->written.row),
		.cells = cells,
		.contests = contests,
		.variant = expect_variant(call, 'j'),
	};
	struct text *text = mem_text_open(call->mem);

	refer_cells(call, cells, REFER_EDIT, search);
	if (search)
		cells[search->column].focus = true;
	conflict_page(text->out, call->mem, &call->site, &page);
	return refusal_page(call, text);
}

/* The key that a new row was to have, or NULL where not all of it was given. */
static const char *const *
key_of(struct call *call, const struct cell *cells)
{
	const struct table *table = call->scope->table;
	const char **key = mem_array(call->mem, table->n_key, sizeof *key);

	for (size_t i = 0; i < table->n_key; i++) {
		key[i] = cells[table->key[i]].value;
		if (!key[i])
			return NULL;
	}
	return table->n_key > 0 ? key : NULL;
}

enum outcome
conflict_exists(struct call *call, struct cell *cells)
{
	const struct scope *scope = call->scope;
	struct read read = { .scope = scope,
		.key = key_of(call, cells),
		.person = &call->who,
		.image = IMAGE_TEXT };
	struct contest *contests =
	    reconcile_begin(call->mem, scope->table, true);
	struct fault ignored;
	struct row *row;

	if (!read.key || !(scope->rights & RIGHT_UPDATE) ||
	    row_get(call->db, call->mem, &read, &row, &ignored) != OUT_DONE ||
	    !row->state)
		return OUT_ABSENT;
	fault_set(&call->fault, OUT_STALE, "_etag", WORD_F_EXISTS, NULL, NULL);
	call->written.row = row;
	reconcile(call->mem, scope, cells, contests, row);
	return conflict_answer(call, CONFLICT_EXISTS, cells, contests, NULL);
}
