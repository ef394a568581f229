#include "app/read.h"

#include <string.h>

#include "app/access.h"
#include "app/cells.h"
#include "app/expect.h"
#include "app/firsttable.h"
#include "app/packed.h"
#include "app/refer.h"
#include "app/told.h"
#include "app/validate.h"
#include "view/deletion.h"
#include "view/form.h"
#include "view/home.h"
#include "view/label.h"
#include "view/problem.h"
#include "view/rowjson.h"

static enum outcome
get(struct call *call, enum image image, struct row **row)
{
	struct read read = { .scope = call->scope,
		.key = call->route.key,
		.person = &call->who,
		.image = image };

	if (image == IMAGE_JSON)
		expect_known(call, expect_variant(call, 'j'), &read);
	return row_get(call->db, call->mem, &read, row, &call->fault);
}

static enum outcome
read_row_json(struct call *call)
{
	struct row *row;
	struct text *text;
	enum outcome outcome = get(call, IMAGE_JSON, &row);

	if (outcome == OUT_DONE)
		outcome = validate_row(call, row, expect_variant(call, 'j'));
	if (outcome != OUT_DONE)
		return outcome;
	text = mem_text_open(call->mem);
	rowjson_write(text->out, call->scope, row);
	call_send(call, text, call_type_json);
	return OUT_DONE;
}

static enum outcome
read_row_page(struct call *call)
{
	struct form_page page = { .mode = FORM_EDIT, .scope = call->scope };
	struct row *row;
	struct cell *cells;
	struct text *text;
	enum outcome outcome = get(call, IMAGE_TEXT, &row);

	if (outcome == OUT_DONE)
		outcome = validate_row(call, row, NULL);
	if (outcome != OUT_DONE)
		return outcome;
	page.label = label_of(call->mem, call->scope, row);
	page.key = row->key;
	page.state = row->state;
	cells = cells_of_row(call->mem, call->scope, row);
	refer_cells(call, cells, REFER_EDIT, NULL);
	page.cells = cells;
	page.changed_at = row->changed_at;
	page.changed_by = row->changed_by;
	page.merged = told_read(call);
	page.saved = uri_query(&call->request->uri, "_saved") != NULL;
	page.variant = expect_variant(call, 'j');
	text = mem_text_open(call->mem);
	form_page(text->out, call->mem, &call->site, &page);
	call_send(call, text, call_type_html);
	return OUT_DONE;
}

enum outcome
read_row(struct call *call)
{
	return call->format == FORMAT_HTML ? read_row_page(call)
					   : read_row_json(call);
}

enum outcome
read_delete(struct call *call)
{
	struct deletion page = { .scope = call->scope };
	struct row *row;
	struct cell *cells;
	struct text *text;
	enum outcome outcome = get(call, IMAGE_TEXT, &row);

	if (outcome != OUT_DONE)
		return outcome;
	if (!(call->scope->rights & RIGHT_DELETE))
		return fault_set(
		    &call->fault, OUT_DENIED, NULL, WORD_F_DENIED, NULL, NULL);
	text = mem_text_open(call->mem);
	cells = cells_of_row(call->mem, call->scope, row);
	refer_cells(call, cells, REFER_SHOW, NULL);
	page.row = row;
	page.cells = cells;
	page.label = label_of(call->mem, call->scope, row);
	deletion_page(text->out, call->mem, &call->site, &page);
	call_send_page(call, text);
	return OUT_DONE;
}

enum outcome
read_new(struct call *call)
{
	struct form_page page = { .mode = FORM_NEW,
		.creates = true,
		.scope = call->scope,
		.state = "" };
	struct cell *cells =
	    mem_array(call->mem, call->scope->table->n_columns, sizeof *cells);
	struct text *text = mem_text_open(call->mem);

	if (!(call->scope->rights & RIGHT_CREATE))
		return fault_set(
		    &call->fault, OUT_DENIED, NULL, WORD_F_DENIED, NULL, NULL);
	refer_cells(call, cells, REFER_CREATE, NULL);
	page.cells = cells;
	form_page(text->out, call->mem, &call->site, &page);
	call_send_page(call, text);
	return OUT_DONE;
}

enum outcome
read_home(struct call *call)
{
	const char *const *names;
	struct scope **scopes;
	struct text *text = mem_text_open(call->mem);
	size_t n, shown = 0;
	enum outcome outcome =
	    catalog_names(call->catalog, call->db, &names, &n, &call->fault);

	if (outcome != OUT_DONE)
		return outcome;
	scopes = mem_array(call->mem, n, sizeof *scopes);
	for (size_t i = 0; i < n; i++) {
		const struct table *table;

		outcome = catalog_table(
		    call->catalog, call->db, names[i], &table, &call->fault);
		if (outcome == OUT_ABSENT)
			continue;
		if (outcome != OUT_DONE)
			return outcome;
		scopes[shown] = access_scope(call, table);
		if (scopes[shown]->rights & RIGHT_READ)
			shown++;
	}
	response_field(call->response, "Cache-Control", "private, no-cache");
	if (call->format == FORMAT_HTML)
		home_page(text->out, call->mem, &call->site, scopes, shown,
		    firsttable_open(call));
	else
		home_json(text->out, call->mem, &call->site, scopes, shown);
	call_send(call, text,
	    call->format == FORMAT_HTML ? call_type_html : call_type_json);
	return OUT_DONE;
}

enum outcome
read_problem(struct call *call)
{
	const char *text = problem_text(call->route.problem);

	if (!text)
		return fault_set(&call->fault, OUT_ABSENT, "address",
		    WORD_NO_SUCH_ADDRESS, NULL, NULL);
	response_field(call->response, "Cache-Control", "public, max-age=3600");
	response_body(
	    call->response, "text/plain; charset=utf-8", text, strlen(text));
	return OUT_DONE;
}

enum outcome
read_style(struct call *call)
{
	return packed_send(call, "text/css; charset=utf-8", layout_style());
}

enum outcome
read_script(struct call *call)
{
	return packed_send(
	    call, "text/javascript; charset=utf-8", layout_script());
}

enum outcome
read_health(struct call *call)
{
	static const char fine[] = "{\"status\":\"ok\"}";
	struct db_step step = { "SELECT 1", NULL, 0 };

	if (db_run(call->db, call->mem, NULL, DB_READ, &step, 1, NULL,
		&call->fault) != OUT_DONE)
		return call->fault.outcome;
	response_body(call->response, call_type_json, fine, sizeof fine - 1);
	return OUT_DONE;
}
