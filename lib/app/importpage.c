#include "app/importpage.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "app/conflict.h"
#include "app/edit.h"
#include "app/import.h"
#include "app/reconcile.h"
#include "app/refusal.h"
#include "format/hash.h"
#include "view/sheetcsv.h"
#include "view/sheetform.h"

enum {
	TOKEN_DIGITS = 32,
	PARTS_MOST = 4096
};

static struct text *
make_form(struct call *call, enum word note)
{
	struct text *text = mem_text_open(call->mem);
	const struct sheet_page page = { .scope = call->scope,
		.fault = call->fault.outcome != OUT_DONE ? &call->fault : NULL,
		.note = note,
		.closed = !call->scope->table->upload,
		.most = call->config->import_limit };

	sheetform_page(text->out, call->mem, &call->site, &page);
	return text;
}

/* The form, with why it is there again: the fault, or else a note. */
static enum outcome
answer_form(struct call *call, enum word note)
{
	return refusal_page(call, make_form(call, note));
}

static enum outcome
answer_lines(
    struct call *call, const struct upload *upload, const struct sheet *sheet)
{
	struct text *text = mem_text_open(call->mem);
	const struct sheet_page page = { .scope = call->scope,
		.sheet = sheet,
		.name = upload->name,
		.token = upload->token,
		.saved = upload->n_saved,
		.fault =
		    call->fault.outcome != OUT_DONE ? &call->fault : NULL };

	sheetpage_lines(text->out, call->mem, &call->site, &page);
	return refusal_page(call, text);
}

static enum outcome
answer_rest(struct call *call, const struct sheet *sheet)
{
	struct text *text = mem_text_open(call->mem);

	response_field(call->response, "Cache-Control", "no-store");
	response_field(call->response, "Content-Disposition",
	    "attachment; filename=\"rest.csv\"");
	sheetcsv_write(text->out, call->mem, &call->site,
	    rowcsv_dialect(sheet->separator == ';' ? "semicolon" : "comma"),
	    call->scope, sheet);
	call_send(call, text, call_type_csv);
	return OUT_DONE;
}

static enum outcome
may_import(struct call *call)
{
	if (!(call->scope->rights & (RIGHT_CREATE | RIGHT_UPDATE)))
		return fault_set(
		    &call->fault, OUT_DENIED, NULL, WORD_F_DENIED, NULL, NULL);
	return OUT_DONE;
}

static bool
is_token(const char *token)
{
	return token && strlen(token) == TOKEN_DIGITS &&
	       strspn(token, "0123456789abcdef") == TOKEN_DIGITS;
}

static bool
read_number(const char *text, size_t most, size_t *number)
{
	char *end;

	if (!text || *text < '0' || *text > '9')
		return false;
	errno = 0;
	*number = strtoul(text, &end, 10);
	return errno == 0 && *end == '\0' && *number <= most;
}

/* Marks the lines that are saved; the sheet has its lines in order. */
static void
mark_saved(const struct upload *upload, struct sheet *sheet)
{
	for (size_t i = 0; i < upload->n_saved; i++) {
		size_t low = 0, high = sheet->n;

		while (low < high) {
			size_t middle = low + (high - low) / 2;

			if (sheet->lines[middle].line < upload->saved[i])
				low = middle + 1;
			else
				high = middle;
		}
		if (low < sheet->n &&
		    sheet->lines[low].line == upload->saved[i])
			sheet->lines[low].kind = SHEET_SAVED;
	}
}

/* Takes the kept file apart. OUT_DONE; OUT_ABSENT: it is not there, or cannot
 * be read, and the fault says why; else a fault of the database's. */
static enum outcome
open_file(struct call *call, const char *token, struct upload *upload,
    struct sheet *sheet)
{
	*upload = (struct upload){ .table = call->scope->table,
		.person = &call->who,
		.token = token };
	if (!is_token(token) || !upload->table->upload)
		return fault_set(&call->fault, OUT_ABSENT, "_upload",
		    WORD_F_UPLOAD_GONE, NULL, NULL);
	if (upload_get(call->db, call->mem, upload, &call->fault) != OUT_DONE)
		return call->fault.outcome;
	if (!upload->bytes)
		return fault_set(&call->fault, OUT_ABSENT, "_upload",
		    WORD_IMPORT_PARTS, NULL, NULL);
	if (sheet_read(call, upload->bytes, upload->len, sheet) != OUT_DONE)
		return OUT_ABSENT;
	mark_saved(upload, sheet);
	return OUT_DONE;
}

/* One line of the file beside the row as it is now. */
static enum outcome
show_line(struct call *call, const struct sheet *sheet, size_t number)
{
	const struct table *table = call->scope->table;
	struct cell *cells =
	    mem_array(call->mem, table->n_columns, sizeof *cells);
	const struct sheet_line *line = NULL;
	struct contest *contests = reconcile_begin(call->mem, table, true);

	for (size_t i = 0; i < sheet->n; i++)
		if (sheet->lines[i].line == number)
			line = &sheet->lines[i];
	if (!line || line->kind != SHEET_STALE || !line->before ||
	    !line->before->state)
		return OUT_ABSENT;
	for (size_t i = 0; i < line->change.n_members; i++) {
		size_t at = line->change.members[i].column;

		if (!call->scope->update[at])
			continue;
		cells[at].posted = cells[at].touched = true;
		cells[at].value = line->values[at];
	}
	call->written.row = line->before;
	call->route.key = line->before->key;
	call->route.n_key = table->n_key;
	reconcile(call->mem, call->scope, cells, contests, line->before);
	call->fault = (struct fault){ 0 };
	return conflict_answer(call, CONFLICT_CHANGED, cells, contests, NULL);
}

static enum outcome
show(struct call *call, const char *token, enum word unconfirmed)
{
	const struct uri *uri = &call->request->uri;
	struct upload *upload = mem_alloc(call->mem, sizeof *upload);
	struct sheet *sheet = mem_alloc(call->mem, sizeof *sheet);
	enum outcome outcome = open_file(call, token, upload, sheet);
	size_t line;

	if (outcome == OUT_ABSENT)
		return answer_form(call, WORD_NONE);
	if (outcome == OUT_DONE)
		outcome = import_run(call, sheet, IMPORT_REHEARSE, NULL);
	if (outcome != OUT_DONE)
		return outcome;
	if (call->format == FORMAT_CSV)
		return answer_rest(call, sheet);
	if (read_number(uri_query(uri, "_line"), SIZE_MAX, &line) &&
	    show_line(call, sheet, line) != OUT_ABSENT)
		return OUT_DONE;
	call->fault = (struct fault){ 0 };
	if (unconfirmed != WORD_NONE)
		fault_set(&call->fault, OUT_CONFLICT, NULL, unconfirmed,
		    call->display, NULL);
	return answer_lines(call, upload, sheet);
}

enum outcome
importpage_read(struct call *call)
{
	const char *token = uri_query(&call->request->uri, "_upload");

	if (may_import(call) != OUT_DONE)
		return call->fault.outcome;
	return token ? show(call, token, WORD_NONE)
		     : answer_form(call, WORD_NONE);
}

static enum outcome
redirect(struct call *call, const char *token)
{
	call_redirect(
	    call, mem_printf(call->mem, "%s?import=&_upload=%s",
		      table_url(call->mem, call->scope->table), token));
	return OUT_DONE;
}

/* A file sent whole is called by what it holds, so that the same form with
 * another file is another one. */
static const char *
token_of(
    struct call *call, const struct form *form, const struct form_field *file)
{
	const char *token = form_value(form, "_upload");
	const char *submission = form_value(form, "_submission");

	if (token)
		return token;
	token = mem_printf(call->mem, "%s:%s", submission ? submission : "",
	    hash_text(call->mem, file->value, file->len));
	return mem_printf(call->mem, "%.*s", TOKEN_DIGITS,
	    hash_text(call->mem, token, strlen(token)));
}

static enum outcome
take_file(struct call *call, const struct form *form)
{
	const struct form_field *file = form_file(form, "_file");
	const char *parts = form_value(form, "_parts");
	const char *name = form_value(form, "_name");
	struct upload upload = { .table = call->scope->table,
		.person = &call->who };
	struct upload_part part = { .parts = 1,
		.most = call->config->import_limit };

	if (!upload.table->upload)
		return answer_form(call, WORD_NONE);
	if (!file || (file->len == 0 && !parts))
		return answer_form(call, WORD_IMPORT_NO_FILE);
	upload.token = token_of(call, form, file);
	upload.name = name ? name : file->filename;
	part.bytes = file->value;
	part.len = file->len;
	if (!is_token(upload.token))
		return call_bad_field(call, "_upload");
	if (parts && (!read_number(parts, PARTS_MOST, &part.parts) ||
			 !read_number(form_value(form, "_part"), PARTS_MOST,
			     &part.place)))
		return call_bad_field(call, "_part");
	if (upload_put(call->db, call->mem, &upload, &part, &call->fault) !=
	    OUT_DONE)
		return call->fault.outcome == OUT_LARGE
			   ? answer_form(call, WORD_NONE)
			   : call->fault.outcome;
	return redirect(call, upload.token);
}

/* Why the page comes again where nothing was kept. */
static enum outcome
not_kept(
    struct call *call, const struct upload *upload, const struct sheet *sheet)
{
	bool stale = sheet->counts[SHEET_STALE] > 0;

	call->fault = (struct fault){ 0 };
	if (stale || sheet->counts[SHEET_REFUSED] > 0)
		fault_set(&call->fault, stale ? OUT_STALE : OUT_INVALID, NULL,
		    WORD_IMPORT_NOT_KEPT, NULL, NULL);
	return answer_lines(call, upload, sheet);
}

static enum outcome
save(struct call *call, const struct form *form)
{
	struct upload *upload = mem_alloc(call->mem, sizeof *upload);
	struct sheet *sheet = mem_alloc(call->mem, sizeof *sheet);
	bool good = strcmp(form_value(form, "_save"), "good") == 0;
	enum outcome outcome =
	    open_file(call, form_value(form, "_upload"), upload, sheet);
	size_t saved;

	if (outcome == OUT_ABSENT)
		return answer_form(call, WORD_NONE);
	if (outcome != OUT_DONE)
		return outcome;
	if (!read_number(form_value(form, "_saved"), SIZE_MAX, &saved))
		return call_bad_field(call, "_saved");
	/* delivered twice, or saved by another page: it shows what is left */
	if (saved != upload->n_saved)
		return redirect(call, upload->token);
	outcome =
	    import_run(call, sheet, good ? IMPORT_GOOD : IMPORT_WHOLE, upload);
	if (upload_moved(&call->fault) || outcome == OUT_UNKNOWN)
		return redirect(call, upload->token);
	if (outcome != OUT_DONE)
		return outcome;
	return sheet->kept ? redirect(call, upload->token)
			   : not_kept(call, upload, sheet);
}

enum outcome
importpage_post(struct call *call)
{
	enum word unconfirmed = call->unconfirmed;
	struct form form;
	enum outcome outcome;

	if (!edit_is_form(call)) {
		fault_set(&call->fault, OUT_MEDIA, "header Content-Type",
		    WORD_F_MEDIA, call->media, NULL);
		call->fault.allow = "multipart/form-data";
		return OUT_MEDIA;
	}
	if (may_import(call) != OUT_DONE)
		return call->fault.outcome;
	call->unconfirmed = WORD_NONE;
	outcome = edit_form(call, &form);
	if (outcome != OUT_DONE)
		return outcome;
	if (!form_value(&form, "_save"))
		return unconfirmed != WORD_NONE
			   ? answer_form(call, WORD_IMPORT_NO_FILE)
			   : take_file(call, &form);
	return unconfirmed != WORD_NONE
		   ? show(call, form_value(&form, "_upload"), unconfirmed)
		   : save(call, &form);
}
