#include "app/edit.h"

#include <string.h>
#include <strings.h>

#include "app/access.h"
#include "app/again.h"
#include "app/cells.h"
#include "app/change.h"
#include "app/collection.h"
#include "app/conflict.h"
#include "app/posted.h"
#include "app/remove.h"
#include "app/resolve.h"
#include "app/search.h"
#include "app/submit.h"
#include "view/way.h"

bool
edit_is_form(const struct call *call)
{
	return posted_is_form(call);
}

enum outcome
edit_form(struct call *call, struct form *form)
{
	struct form *read;
	enum outcome outcome = posted_form(call, &read);

	if (outcome != OUT_DONE)
		return outcome;
	*form = *read;
	return access_origin(call, form_value(form, "_token"));
}

enum outcome
edit_begin(struct call *call, struct form *form)
{
	enum word unconfirmed = call->unconfirmed;
	enum outcome outcome;

	call->unconfirmed = WORD_NONE;
	outcome = edit_form(call, form);
	call->unconfirmed = unconfirmed;
	return outcome;
}

/* The URL of a page about the row. */
static char *
row_page(struct call *call, const char *name)
{
	const char *url = way_row(
	    call->mem, &call->site, call->scope->table, call->route.key);

	return mem_printf(
	    call->mem, "%s%c%s", url, strchr(url, '?') ? '&' : '?', name);
}

/* Shows a row's form again, as it came: whoever sends it now did not fill it
 * in, or it is not whole. */
static enum outcome
look_first(struct call *call, const struct form *form)
{
	const char *method = form_value(form, "_method");

	if (method && *method) {
		call_redirect(call, row_page(call, "delete="));
		return OUT_DONE;
	}
	if (resolve_asked(form))
		return change_ask(call, form);
	fault_set(&call->fault, OUT_CONFLICT, NULL, call->unconfirmed,
	    call->display, NULL);
	return again_invalid(call,
	    cells_of_form(call, form, call->scope->update),
	    form_value(form, "_etag"));
}

enum outcome
edit_row(struct call *call)
{
	struct form form;
	struct refer_search search;
	const char *method;
	enum outcome outcome = edit_begin(call, &form);

	if (outcome != OUT_DONE)
		return outcome;
	if (form_value(&form, "_compare"))
		return change_show(call, &form, NULL);
	if (refer_asked(call, &form, &search))
		return resolve_asked(&form)
			   ? change_show(call, &form, &search)
			   : search_answer(call, &form, &search);
	if (call->unconfirmed != WORD_NONE)
		return look_first(call, &form);
	method = form_value(&form, "_method");
	if (!method || !*method)
		return change_row(call, &form);
	if (strcasecmp(method, "DELETE") == 0)
		return remove_row(call, &form);
	return call_bad_field(call, "_method");
}

/* What is created again as another row has the key that the database gives
 * it. */
static void
give_new_key(const struct table *table, struct cell *cells)
{
	for (size_t i = 0; i < table->n_key; i++)
		if (table_gives(&table->columns[table->key[i]])) {
			cells[table->key[i]].value = NULL;
			cells[table->key[i]].touched = false;
		}
}

enum outcome
edit_table(struct call *call)
{
	struct form form;
	struct refer_search search;
	struct cell *cells;
	struct write write = {
		.scope = call->scope, .image = IMAGE_TEXT, .person = &call->who
	};
	enum outcome outcome = edit_begin(call, &form);

	if (outcome != OUT_DONE)
		return outcome;
	if (form_value(&form, "_compare"))
		return search_answer(call, &form, NULL);
	if (refer_asked(call, &form, &search))
		return search_answer(call, &form, &search);
	cells = cells_of_form(call, &form, call->scope->insert);
	if (form_value(&form, "_copy"))
		give_new_key(call->scope->table, cells);
	outcome = collection_expect(call, &write);
	if (outcome == OUT_DONE && call->unconfirmed != WORD_NONE)
		outcome = fault_set(&call->fault, OUT_CONFLICT, NULL,
		    call->unconfirmed, call->display, NULL);
	if (outcome == OUT_DONE)
		outcome = submit_read(call, &form, &write);
	if (outcome == OUT_DONE)
		outcome = again_whole(call, true);
	if (outcome == OUT_DONE)
		outcome = cells_members(call, cells, &write);
	if (outcome == OUT_DONE)
		outcome = row_insert(
		    call->db, call->mem, &write, &call->written, &call->fault);
	if (outcome == OUT_CREATED)
		return submit_answer(call,
		    call->written.row ? call->written.row->key : NULL,
		    "_saved");
	if (outcome == OUT_CONFLICT &&
	    conflict_exists(call, cells) != OUT_ABSENT)
		return call->fault.outcome;
	return again_invalid(call, cells, "");
}
