#include "app/again.h"

#include "app/cells.h"
#include "app/expect.h"
#include "app/posted.h"
#include "app/refer.h"
#include "app/refusal.h"
#include "app/relogin.h"
#include "view/form.h"
#include "view/label.h"

const char *
again_lost(struct call *call, bool creates)
{
	struct form *form;

	if (posted_form(call, &form) != OUT_DONE)
		return NULL;
	return cells_lost(
	    call, form, creates ? call->scope->insert : call->scope->update);
}

enum outcome
again_whole(struct call *call, bool creates)
{
	const char *lost = again_lost(call, creates);

	if (!lost)
		return OUT_DONE;
	return fault_set(
	    &call->fault, OUT_INVALID, "body", WORD_F_LOST, lost, NULL);
}

static enum outcome
answer(struct call *call, struct form_page *page, struct cell *cells)
{
	struct text *text = mem_text_open(call->mem);

	page->scope = call->scope;
	page->cells = cells;
	page->fault = &call->fault;
	page->unsaved = true;
	page->variant = expect_variant(call, 'j');
	page->lost = again_lost(call, page->creates);
	refer_cells(
	    call, cells, page->creates ? REFER_CREATE : REFER_EDIT, NULL);
	form_page(text->out, call->mem, &call->site, page);
	return refusal_page(call, text);
}

enum outcome
again_fill(struct call *call, struct cell *cells, struct row **row,
    struct fault *fault)
{
	struct read read = { .scope = call->scope,
		.key = call->route.key,
		.person = &call->who,
		.image = IMAGE_TEXT };
	enum outcome outcome = row_get(call->db, call->mem, &read, row, fault);

	if (outcome != OUT_DONE)
		return outcome;
	for (size_t i = 0; i < call->scope->table->n_columns; i++) {
		if (cells[i].posted)
			continue;
		cells[i].value = (*row)->values[i];
		if (!cells[i].carried)
			cells[i].was = (*row)->values[i];
	}
	return OUT_DONE;
}

enum outcome
again_invalid(struct call *call, struct cell *cells, const char *state)
{
	struct form_page page = {
		.mode = FORM_INVALID,
		.creates = !call->route.key,
		.key = call->route.key,
		.state = state ? state : "",
	};
	struct fault ignored;
	struct row *row;

	if (relogin_helps(call))
		return call->fault.outcome;
	/* what cannot be read is not shown, the rest is */
	if (call->route.key &&
	    again_fill(call, cells, &row, &ignored) == OUT_DONE)
		page.label = label_of(call->mem, call->scope, row);
	cells_blame(call, cells);
	return answer(call, &page, cells);
}

enum outcome
again_gone(struct call *call, struct cell *cells)
{
	const struct scope *scope = call->scope;
	struct form_page page = {
		.mode = FORM_GONE,
		.creates = true,
		.state = "",
	};

	for (size_t i = 0; i < scope->table->n_columns; i++) {
		struct cell *cell = &cells[i];

		if (!cell->posted && cell->carried && !cell->hashed)
			cell->value = scope->insert[i] ? cell->was : NULL;
		cell->was = NULL;
		cell->hashed = false;
		cell->touched = cell->value != NULL;
	}
	return answer(call, &page, cells);
}
