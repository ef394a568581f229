#include "app/search.h"

#include "app/cells.h"
#include "view/form.h"
#include "view/label.h"

/* What the form shows without a control did not come back with it. */
static enum outcome
fill_in(struct call *call, struct cell *cells, struct form_page *page)
{
	struct read read = { .scope = call->scope,
		.key = call->route.key,
		.person = &call->who,
		.image = IMAGE_TEXT };
	struct row *row;
	enum outcome outcome =
	    row_get(call->db, call->mem, &read, &row, &call->fault);

	if (outcome != OUT_DONE)
		return outcome;
	for (size_t i = 0; i < call->scope->table->n_columns; i++)
		if (!cells[i].posted)
			cells[i].value = cells[i].was = row->values[i];
	page->label = label_of(call->mem, call->scope, row);
	return OUT_DONE;
}

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
	};
	struct text *text;

	/* a row that is gone by now is what saving will say */
	if (!creates && fill_in(call, cells, &page) != OUT_DONE &&
	    call->fault.outcome != OUT_ABSENT)
		return call->fault.outcome;
	refer_cells(call, cells, creates ? REFER_CREATE : REFER_EDIT, search);
	cells[search->column].focus = true;
	response_field(call->response, "Cache-Control", "private, no-cache");
	text = mem_text_open(call->mem);
	form_page(text->out, call->mem, &call->site, &page);
	call_send(call, text, call_type_html);
	return OUT_DONE;
}
