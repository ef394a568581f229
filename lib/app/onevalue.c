#include "app/onevalue.h"

#include <string.h>

#include "app/expect.h"
#include "app/part.h"
#include "app/save.h"
#include "app/sent.h"
#include "app/validate.h"
#include "base/names.h"
#include "format/etag.h"
#include "format/hex.h"
#include "format/json.h"
#include "format/utf8.h"

enum {
	VARIANT_RAW = 'r'
};

static enum outcome
find_column(struct call *call, const struct column **column)
{
	const struct table *table = call->scope->table;
	const char *name = call->route.column;

	*column = table_column(table, name);
	if (*column && call->scope->read[table_index(table, *column)])
		return OUT_DONE;
	return fault_set(&call->fault, OUT_ABSENT,
	    mem_printf(call->mem, "column %s", name), WORD_F_UNKNOWN_COLUMN,
	    name, NULL);
}

const struct column *
onevalue_companion(const struct call *call, const struct column *column)
{
	static const char *const endings[] = { "type", "media_type",
		"mime_type", "content_type" };
	const struct table *table = call->scope->table;

	if (strcmp(column->base, "bytea") != 0)
		return NULL;
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		const struct column *found = table_column(table,
		    mem_printf(call->mem, "%s_%s", column->name, endings[i]));

		if (found && found->text &&
		    call->scope->read[table_index(table, found)])
			return found;
	}
	return NULL;
}

/* The scope in which nothing else is read. */
static struct scope *
narrowed(
    struct call *call, const struct column *column, const struct column *beside)
{
	const struct table *table = call->scope->table;
	struct scope *scope = mem_alloc(call->mem, sizeof *scope);

	*scope = *call->scope;
	scope->read =
	    mem_array(call->mem, table->n_columns, sizeof *scope->read);
	scope->read[table_index(table, column)] = true;
	if (beside)
		scope->read[table_index(table, beside)] = true;
	return scope;
}

/* A stored media type may be anything; only what looks like one is sent. */
static const char *
media_of(const struct column *column, const char *beside)
{
	static const char tokens[] = "abcdefghijklmnopqrstuvwxyz"
				     "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "0123456789!#$&^_.+-/; =";

	if (strcmp(column->base, "bytea") != 0)
		return column->json == COLUMN_JSON
			   ? call_type_json
			   : "text/plain; charset=utf-8";
	if (beside && strchr(beside, '/') &&
	    strspn(beside, tokens) == strlen(beside))
		return beside;
	return "application/octet-stream";
}

/* Whatever somebody has stored here must not run as a page of this site. */
static void
disarm(struct call *call, const char *type)
{
	static const char *const harmless[] = { "image/png", "image/jpeg",
		"image/gif", "image/webp", "text/plain", "application/json" };
	bool shown = false;

	for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
		shown |= strncmp(type, harmless[i], strlen(harmless[i])) == 0;
	if (!shown)
		response_field(
		    call->response, "Content-Disposition", "attachment");
}

static enum outcome
send_value(struct call *call, const struct row *row,
    const struct column *column, const char *type)
{
	const char *text = row->values[table_index(call->scope->table, column)];
	size_t len = strlen(text);
	const char *bytes = strcmp(column->base, "bytea") == 0
				? hex_read(call->mem, text, &len)
				: text;
	enum outcome outcome =
	    part_send(call, row, type, bytes ? bytes : text, len);

	if (outcome == OUT_DONE)
		disarm(call, type);
	return outcome;
}

/* Whether the client has this state already, so that no value was read. */
static bool
known(const struct read *read, const struct row *row)
{
	return row->state && names_hold(read->known, read->n_known, row->state);
}

/* The verdict on the conditions. Without a value there is nothing that they
 * could be about. */
static enum outcome
judge(struct call *call, struct read *read, const struct row *row,
    const struct column *column, const char *variant)
{
	const char *value =
	    row->values[table_index(call->scope->table, column)];
	enum outcome outcome;
	struct row *shown;
	struct fault ignored;

	if (!value && !known(read, row))
		return fault_set(&call->fault, OUT_ABSENT,
		    mem_printf(call->mem, "column %s", column->name),
		    WORD_F_NO_VALUE, NULL, NULL);
	outcome = validate_row(call, row, variant);
	if (outcome != OUT_STALE) {
		/* 304 too, whose fields take the place of those stored */
		response_field(call->response, "Content-Security-Policy",
		    "default-src 'none'; frame-ancestors 'none'; sandbox");
		return outcome;
	}
	/* a refusal shows the row as JSON */
	call->written.row = NULL;
	read->image = IMAGE_JSON;
	if (row_get(call->db, call->mem, read, &shown, &ignored) == OUT_DONE)
		call->written.row = shown;
	return outcome;
}

enum outcome
onevalue_read(struct call *call)
{
	struct read read = { .key = call->route.key,
		.person = &call->who,
		.image = IMAGE_TEXT };
	const struct column *column, *beside;
	const char *variant, *type = NULL;
	enum outcome outcome = find_column(call, &column);
	struct row *row;

	if (outcome != OUT_DONE)
		return outcome;
	beside = onevalue_companion(call, column);
	call->scope = narrowed(call, column, beside);
	read.scope = call->scope;
	variant = expect_variant(call, VARIANT_RAW);
	expect_known(call, variant, &read);
	outcome = row_get(call->db, call->mem, &read, &row, &call->fault);
	if (outcome == OUT_DONE)
		outcome = judge(call, &read, row, column, variant);
	if (outcome != OUT_DONE)
		return outcome;
	if (beside)
		type = row->values[table_index(call->scope->table, beside)];
	return send_value(call, row, column, media_of(column, type));
}

/* The body as the JSON text of a member. */
static enum outcome
member_of_body(
    struct call *call, const struct column *column, struct member *member)
{
	const struct request *request = call->request;
	struct text *text = mem_text_open(call->mem);
	size_t good = utf8_prefix(request->body, request->body_len);
	struct json_span span;

	member->column = table_index(call->scope->table, column);
	if (strcmp(column->base, "bytea") == 0) {
		fputs("\"\\\\x", text->out);
		hex_write(text->out, request->body, request->body_len);
		putc('"', text->out);
	} else if (good < request->body_len) {
		return fault_set(&call->fault, OUT_MALFORMED, "body",
		    request->body[good] == '\0' ? WORD_F_NUL : WORD_F_UTF8,
		    mem_printf(call->mem, "%zu", good), NULL);
	} else if (column->json == COLUMN_JSON) {
		if (sent_whole(call, &span) != OUT_DONE ||
		    sent_strict(call, column, span) != OUT_DONE)
			return call->fault.outcome;
		fwrite(span.at, 1, span.len, text->out);
	} else {
		json_write_string(text->out, request->body, request->body_len);
	}
	mem_text(text);
	member->json = text->at;
	member->len = text->len;
	return OUT_DONE;
}

static void
member_of_type(
    struct call *call, const struct column *beside, struct member *member)
{
	struct text *text = mem_text_open(call->mem);

	json_write_text(text->out, call->media);
	mem_text(text);
	*member = (struct member){ table_index(call->scope->table, beside),
		text->at, text->len };
}

enum outcome
onevalue_write(struct call *call)
{
	struct member members[2];
	struct write write = { .key = call->route.key,
		.image = IMAGE_JSON,
		.person = &call->who,
		.members = members,
		.n_members = 1 };
	const struct column *column, *beside;
	enum outcome outcome = find_column(call, &column);
	bool repeated;

	if (outcome != OUT_DONE)
		return outcome;
	beside = onevalue_companion(call, column);
	call->scope = narrowed(call, column, beside);
	write.scope = call->scope;
	outcome = part_check_put(call);
	if (outcome == OUT_DONE)
		outcome = expect_fields(call, &write.expect);
	if (outcome != OUT_DONE)
		return outcome;
	if (member_of_body(call, column, &members[0]) != OUT_DONE)
		return save_body_fault(call, &write, RIGHT_UPDATE);
	if (beside && *call->media)
		member_of_type(call, beside, &members[write.n_members++]);
	outcome = row_update(
	    call->db, call->mem, &write, &call->written, &call->fault);
	repeated = outcome == OUT_STALE && save_repeated(call, &write.expect);
	if (repeated)
		outcome = OUT_UNCHANGED;
	if (outcome != OUT_DONE && outcome != OUT_UNCHANGED)
		return outcome;
	call->response->status = 204;
	response_field(call->response, "Cache-Control", "private, no-cache");
	/* a state that the sender has not seen guards nothing of theirs */
	if (!repeated && !call->written.row->stale &&
	    sent_stored(call, &write, call->written.row))
		response_field(call->response, "ETag",
		    etag_make(call->mem, call->written.row->state,
			expect_variant(call, VARIANT_RAW)));
	return OUT_DONE;
}
