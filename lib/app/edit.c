#include "app/edit.h"

#include <string.h>
#include <strings.h>

#include "app/access.h"
#include "app/again.h"
#include "app/cells.h"
#include "app/change.h"
#include "app/collection.h"
#include "app/conflict.h"
#include "app/remove.h"
#include "app/resolve.h"
#include "app/search.h"
#include "app/submit.h"
#include "format/media.h"
#include "format/multipart.h"

static const char urlencoded[] = "application/x-www-form-urlencoded";
static const char multipart[] = "multipart/form-data";

bool
edit_is_form(const struct call *call)
{
	return strcmp(call->media, urlencoded) == 0 ||
	       strcmp(call->media, multipart) == 0;
}

enum outcome
edit_form(struct call *call, struct form *form)
{
	const struct request *request = call->request;
	enum form_problem problem;
	const char *boundary = media_parameter(
	    call->mem, request_content_type(request), "boundary");

	if (strcmp(call->media, urlencoded) == 0)
		problem = form_read(
		    call->mem, request->body, request->body_len, form);
	else
		problem = boundary ? multipart_read(call->mem, request->body,
					 request->body_len, boundary, form)
				   : FORM_SYNTAX;
	switch (problem) {
	case FORM_FINE:
		return access_origin(call, form_value(form, "_token"));
	case FORM_UTF8:
		return fault_set(&call->fault, OUT_MALFORMED, "body",
		    WORD_F_UTF8, "0", NULL);
	case FORM_MANY:
		return fault_set(
		    &call->fault, OUT_LARGE, "body", WORD_F_LARGE, NULL, NULL);
	case FORM_SYNTAX:
		break;
	}
	return fault_set(
	    &call->fault, OUT_MALFORMED, "body", WORD_F_FORM, NULL, NULL);
}

enum outcome
edit_row(struct call *call)
{
	struct form form;
	struct refer_search search;
	const char *method;
	enum outcome outcome = edit_form(call, &form);

	if (outcome != OUT_DONE)
		return outcome;
	if (refer_asked(call, &form, &search))
		return resolve_asked(&form)
			   ? change_search(call, &form, &search)
			   : search_answer(call, &form, &search);
	method = form_value(&form, "_method");
	if (!method || !*method)
		return change_row(call, &form);
	if (strcasecmp(method, "DELETE") == 0)
		return remove_row(call, &form);
	return fault_set(&call->fault, OUT_MALFORMED, "_method",
	    WORD_F_PARAMETER, "_method", NULL);
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
	enum outcome outcome = edit_form(call, &form);

	if (outcome != OUT_DONE)
		return outcome;
	if (refer_asked(call, &form, &search))
		return search_answer(call, &form, &search);
	cells = cells_of_form(call, &form, call->scope->insert);
	if (form_value(&form, "_copy"))
		give_new_key(call->scope->table, cells);
	outcome = collection_expect(call, &write);
	if (outcome == OUT_DONE)
		outcome = submit_read(call, &form, &write);
	if (outcome == OUT_DONE)
		outcome = cells_members(call, cells, &write);
	if (outcome == OUT_DONE)
		outcome = row_insert(
		    call->db, call->mem, &write, &call->written, &call->fault);
	if (outcome == OUT_CREATED)
		return submit_answer(
		    call, call->written.row ? call->written.row->key : NULL);
	if (outcome == OUT_CONFLICT &&
	    conflict_exists(call, cells) != OUT_ABSENT)
		return call->fault.outcome;
	return again_invalid(call, cells, "");
}
