#include "app/remove.h"

#include "app/cells.h"
#include "app/expect.h"
#include "app/reconcile.h"
#include "app/refer.h"
#include "app/refusal.h"
#include "app/submit.h"
#include "view/deletion.h"
#include "view/label.h"

static enum outcome
ask_again(struct call *call, const struct form *form)
{
	const struct scope *scope = call->scope;
	const struct row *row = call->written.row;
	bool *none =
	    mem_array(call->mem, scope->table->n_columns, sizeof *none);
	struct cell *cells = cells_of_form(call, form, none);
	struct contest *contests =
	    reconcile_begin(call->mem, scope->table, false);
	const struct deletion page = {
		.scope = scope,
		.row = row,
		.label = label_of(call->mem, scope, row),
		.cells = cells,
		.contests = contests,
	};
	struct text *text = mem_text_open(call->mem);

	reconcile(call->mem, scope, cells, contests, row);
	refer_cells(call, cells, REFER_SHOW, NULL);
	deletion_page(text->out, call->mem, &call->site, &page);
	return refusal_page(call, text);
}

enum outcome
remove_row(struct call *call, const struct form *form)
{
	const char *etag = form_value(form, "_etag");
	struct write write = {
		.scope = call->scope,
		.key = call->route.key,
		.image = IMAGE_TEXT,
		.person = &call->who,
	};
	enum outcome outcome = expect_fields(call, &write.expect);

	if (outcome == OUT_DONE && etag)
		outcome = expect_etag(call, etag, &write.expect);
	if (outcome == OUT_DONE)
		outcome = submit_read(call, form, &write);
	if (outcome == OUT_DONE)
		outcome = row_delete(
		    call->db, call->mem, &write, &call->written, &call->fault);
	if (outcome == OUT_DONE)
		return submit_answer(call, NULL, "_deleted");
	if ((outcome == OUT_STALE || outcome == OUT_UNGUARDED) &&
	    call->written.row)
		return ask_again(call, form);
	return outcome;
}
