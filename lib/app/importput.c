#include "app/importput.h"

#include <assert.h>
#include <string.h>

#include "app/import.h"
#include "view/sheetjson.h"
#include "web/status.h"

/* A column that is none here would be lost without a word. */
static enum outcome
check_columns(struct call *call, const struct sheet *sheet)
{
	if (sheet->n_unknown == 0)
		return OUT_DONE;
	return fault_set(&call->fault, OUT_INVALID,
	    mem_printf(call->mem, "column %s", sheet->unknown[0]),
	    WORD_F_UNKNOWN_COLUMN, sheet->unknown[0], NULL);
}

/* A line's fault as one of the reply's items. */
static struct error_page
page_of(struct call *call, struct sheet_line *line)
{
	struct error_page page = { .status = 200 };

	if (line->kind == SHEET_STALE || line->kind == SHEET_REFUSED) {
		line->fault.part = mem_printf(call->mem, "line %zu%s%s",
		    line->line, line->fault.column ? ", column " : "",
		    line->fault.column ? line->fault.column : "");
		page.status = status_of(line->fault.outcome);
		page.fault = &line->fault;
	}
	page.reason = response_reason(page.status);
	return page;
}

/* Why nothing was saved: the first stale line comes first. */
static enum outcome
refuse(struct call *call, struct sheet *sheet)
{
	struct error_page *pages =
	    mem_array(call->mem, sheet->n, sizeof *pages);
	const struct sheet_line *first = NULL;

	for (size_t i = 0; i < sheet->n; i++) {
		struct sheet_line *line = &sheet->lines[i];

		pages[i] = page_of(call, line);
		if (pages[i].fault &&
		    (!first || (first->kind == SHEET_REFUSED &&
				   line->kind == SHEET_STALE)))
			first = line;
	}
	call->items = pages;
	call->n_items = sheet->n;
	assert(first);
	call->fault = first->fault;
	return call->fault.outcome;
}

static enum outcome
answer(struct call *call, const struct sheet *sheet, bool report)
{
	struct text *text;

	response_field(call->response, "Cache-Control", "no-store");
	response_add(call->response, "Vary", "Prefer");
	if (call->prefer.applied)
		response_field(
		    call->response, "Preference-Applied", call->prefer.applied);
	if (!report) {
		call->response->status = 204;
		return OUT_DONE;
	}
	text = mem_text_open(call->mem);
	sheetjson_write(text->out, call->mem, &call->site, call->scope, sheet);
	call_send(call, text, call_type_json);
	return OUT_DONE;
}

/* What the query asks for; nothing that is not known is passed over, as it may
 * have been meant to keep rows from being written. */
static enum outcome
read_query(struct call *call, bool *dry)
{
	const struct uri *uri = &call->request->uri;

	*dry = false;
	for (size_t i = 0; i < uri->n_pairs; i++) {
		const struct uri_pair *pair = &uri->pairs[i];

		if (strcmp(pair->name, "dry_run") == 0 &&
		    (!pair->value || *pair->value == '\0'))
			*dry = true;
		else if (strcmp(pair->name, "_method") != 0 &&
			 strcmp(pair->name, "_format") != 0)
			return call_bad_parameter(call, pair->name);
	}
	return OUT_DONE;
}

static enum outcome
begin(struct call *call, bool *dry)
{
	const struct condition *condition = &call->condition;

	if (read_query(call, dry) != OUT_DONE)
		return call->fault.outcome;
	if (strcmp(call->media, "text/csv") != 0) {
		fault_set(&call->fault, OUT_MEDIA, "header Content-Type",
		    WORD_F_MEDIA, call->media, NULL);
		call->fault.allow = "text/csv";
		return OUT_MEDIA;
	}
	if (!(call->scope->rights & (RIGHT_CREATE | RIGHT_UPDATE)))
		return fault_set(
		    &call->fault, OUT_DENIED, NULL, WORD_F_DENIED, NULL, NULL);
	/* each line says by itself what it expects */
	if ((condition->if_match.present && !condition->if_match.any) ||
	    condition->if_none_match.present || condition->if_unmodified_since)
		return fault_set(&call->fault, OUT_STALE, "header If-Match",
		    WORD_F_TABLE_CONDITION, NULL, NULL);
	return prefer_read(
	    call->request, PREFER_BULK, &call->prefer, &call->fault);
}

enum outcome
importput_save(struct call *call)
{
	struct sheet *sheet = mem_alloc(call->mem, sizeof *sheet);
	bool dry;
	enum import_mode mode = IMPORT_WHOLE;

	if (begin(call, &dry) != OUT_DONE ||
	    sheet_read(call, call->request->body, call->request->body_len,
		sheet) != OUT_DONE ||
	    check_columns(call, sheet) != OUT_DONE)
		return call->fault.outcome;
	if (dry)
		mode = IMPORT_REHEARSE;
	else if (call->prefer.continues)
		mode = IMPORT_GOOD;
	if (import_run(call, sheet, mode, NULL) != OUT_DONE)
		return call->fault.outcome;
	if (mode == IMPORT_WHOLE &&
	    sheet->counts[SHEET_STALE] + sheet->counts[SHEET_REFUSED] > 0)
		return refuse(call, sheet);
	return answer(
	    call, sheet, mode != IMPORT_WHOLE || call->prefer.representation);
}
