#include "app/search.h"

#include "app/again.h"
#include "app/cells.h"
#include "app/expect.h"
#include "view/form.h"
#include "view/label.h"

enum outcome
search_answer(struct call *call, const struct form *form,
    const struct refer_search *search)
{
	bool creates = call->route.key == NULL;
	const char *etag = form_value(form, "_etag");
	struct cell *cells = cells_of_form(
	    call, form, creates ? call->scope->insert : call->scope->update);
	struct form_page page = {
		.mode = creates ? FORM_NEW : FORM_EDIT,
		.creates = creates,
		.scope = call->scope,
		.key = call->route.key,
		.state = etag ? etag : "",
		.cells = cells,
		.variant = expect_variant(call, 'j'),
		.unsaved = true,
	};
	struct row *row = NULL;
	struct text *text;

	/* a row that is gone by now is what saving will say */
	if (!creates &&
	    again_fill(call, cells, &row, &call->fault) != OUT_DONE &&
	    call->fault.outcome != OUT_ABSENT)
		return call->fault.outcome;
	if (row)
		page.label = label_of(call->mem, call->scope, row);
	page.lost = again_lost(call, creates);
	refer_cells(call, cells, creates ? REFER_CREATE : REFER_EDIT, search);
	if (search)
		cells[search->column].focus = true;
	text = mem_text_open(call->mem);
	form_page(text->out, call->mem, &call->site, &page);
	call_send_page(call, text);
	return OUT_DONE;
}
