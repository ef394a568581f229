#include "app/edit.h"

#include <string.h>
#include <strings.h>

#include "app/access.h"
#include "app/cells.h"
#include "app/collection.h"
#include "app/expect.h"
#include "app/refusal.h"
#include "app/save.h"
#include "app/search.h"
#include "app/submit.h"
#include "format/media.h"
#include "format/multipart.h"
#include "view/form.h"
#include "view/label.h"

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

/* The form again, with everything that was typed. */
static enum outcome
show_again(struct call *call, enum form_mode mode, struct cell *cells,
    const char *state)
{
	const struct row *row = call->written.row;
	struct form_page page = {
		.mode = mode,
		.creates = mode == FORM_GONE || !call->route.key,
		.scope = call->scope,
		.key = mode == FORM_GONE ? NULL : call->route.key,
		.label = row ? label_of(call->mem, call->scope, row) : NULL,
		.state = state ? state : "",
		.cells = cells,
		.changed_at = row ? row->changed_at : NULL,
		.changed_by = row ? row->changed_by : NULL,
		.fault = &call->fault,
	};
	struct text *text = mem_text_open(call->mem);

	refer_cells(
	    call, cells, page.creates ? REFER_CREATE : REFER_EDIT, NULL);
	refusal_status(call);
	response_field(call->response, "Cache-Control", "private, no-cache");
	form_page(text->out, call->mem, &call->site, &page);
	call_send(call, text, call_type_html);
	call->answered = true;
	return call->fault.outcome;
}

/* Everything typed becomes what a new row would be created with. */
static void
touch_all(const struct scope *scope, struct cell *cells)
{
	for (size_t i = 0; i < scope->table->n_columns; i++) {
		cells[i].touched = cells[i].value != NULL;
		cells[i].was = NULL;
	}
}

static enum outcome
refuse_row(struct call *call, struct cell *cells, const char *etag)
{
	enum outcome outcome = call->fault.outcome;
	const struct row *row = call->written.row;

	if (row && (outcome == OUT_STALE || outcome == OUT_UNGUARDED)) {
		cells_merge(call->mem, call->scope, cells, row);
		return show_again(call, FORM_STALE, cells, row->state);
	}
	if (outcome == OUT_ABSENT) {
		touch_all(call->scope, cells);
		return show_again(call, FORM_GONE, cells, "");
	}
	cells_blame(call, cells);
	return show_again(call, FORM_INVALID, cells, etag);
}

static enum outcome
save_row(struct call *call, const struct form *form)
{
	const char *etag = form_value(form, "_etag");
	struct cell *cells = cells_of_form(call, form, call->scope->update);
	struct write write = {
		.scope = call->scope,
		.key = call->route.key,
		.image = IMAGE_TEXT,
		.person = &call->who,
	};
	const char *const *key = call->route.key;
	enum outcome outcome = expect_fields(call, &write.expect);

	if (outcome == OUT_DONE && etag)
		outcome = expect_etag(call, etag, &write.expect);
	if (outcome == OUT_DONE)
		outcome = submit_read(call, form, &write);
	if (outcome == OUT_DONE)
		outcome = cells_members(call, cells, &write);
	if (outcome == OUT_DONE && write.n_members > 0)
		outcome = row_update(
		    call->db, call->mem, &write, &call->written, &call->fault);
	if (outcome == OUT_STALE && save_repeated(call, &write.expect))
		outcome = OUT_UNCHANGED;
	if (outcome != OUT_DONE && outcome != OUT_UNCHANGED)
		return refuse_row(call, cells, etag);
	if (call->written.row)
		key = call->written.row->key;
	return submit_answer(call, key);
}

/* A row that was changed after the person decided to delete it is shown again,
 * and asked for again. */
static enum outcome
delete_row(struct call *call, const struct form *form)
{
	const char *etag = form_value(form, "_etag");
	struct write write = {
		.scope = call->scope,
		.key = call->route.key,
		.image = IMAGE_TEXT,
		.person = &call->who,
	};
	enum outcome outcome = expect_fields(call, &write.expect);
	struct cell *cells;
	struct text *text;

	if (outcome == OUT_DONE && etag)
		outcome = expect_etag(call, etag, &write.expect);
	if (outcome == OUT_DONE)
		outcome = submit_read(call, form, &write);
	if (outcome == OUT_DONE)
		outcome = row_delete(
		    call->db, call->mem, &write, &call->written, &call->fault);
	if (outcome == OUT_DONE)
		return submit_answer(call, NULL);
	if ((outcome != OUT_STALE && outcome != OUT_UNGUARDED) ||
	    !call->written.row)
		return outcome;
	text = mem_text_open(call->mem);
	refusal_status(call);
	response_field(call->response, "Cache-Control", "private, no-cache");
	cells = cells_of_row(call->mem, call->scope, call->written.row);
	refer_cells(call, cells, REFER_SHOW, NULL);
	form_delete_page(text->out, call->mem, &call->site, call->scope,
	    call->written.row, cells,
	    label_of(call->mem, call->scope, call->written.row), true);
	call_send(call, text, call_type_html);
	call->answered = true;
	return outcome;
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
		return search_answer(call, &form, &search);
	method = form_value(&form, "_method");
	if (!method || !*method)
		return save_row(call, &form);
	if (strcasecmp(method, "DELETE") == 0)
		return delete_row(call, &form);
	return fault_set(&call->fault, OUT_MALFORMED, "_method",
	    WORD_F_PARAMETER, "_method", NULL);
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
	cells_blame(call, cells);
	return show_again(call, FORM_INVALID, cells, "");
}
