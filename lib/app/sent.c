#include "app/sent.h"

#include <string.h>

#include "app/expect.h"
#include "format/json.h"
#include "view/rowjson.h"

static const enum word problems[] = {
	[JSON_FINE] = WORD_NONE,
	[JSON_SYNTAX] = WORD_F_JSON,
	[JSON_UTF8] = WORD_F_UTF8,
	[JSON_NUL] = WORD_F_NUL,
	[JSON_SURROGATE] = WORD_F_SURROGATE,
	[JSON_DUPLICATE] = WORD_F_DUPLICATE,
	[JSON_DEEP] = WORD_F_DEEP,
};

static enum outcome
malformed(struct call *call, const struct json_error *error, size_t offset,
    const char *column)
{
	fault_set(&call->fault, OUT_MALFORMED,
	    column ? mem_printf(call->mem, "column %s", column) : "body",
	    problems[error->problem],
	    mem_printf(call->mem, "%zu", offset + error->position), NULL);
	call->fault.column = column;
	return OUT_MALFORMED;
}

/* The text of a value that is an expectation: a version, a tag. */
static const char *
plain(struct call *call, struct json_span value)
{
	if (value.kind == JSON_NULL)
		return "";
	if (value.kind == JSON_STRING)
		return json_decode(call->mem, value);
	return mem_copy(call->mem, value.at, value.len);
}

enum outcome
sent_strict(
    struct call *call, const struct column *column, struct json_span value)
{
	struct json_error error;

	if (strcmp(column->base, "json") == 0 ||
	    json_strict(call->mem, value, &error))
		return OUT_DONE;
	return malformed(call, &error, (size_t)(value.at - call->request->body),
	    column->name);
}

static enum outcome
read_member(struct call *call, struct write *write,
    const struct json_member *sent, struct member *member, bool *taken)
{
	const struct table *table = write->scope->table;
	const struct column *column = table_column(table, sent->name);
	const char *text;
	size_t at;

	*taken = false;
	if (strcmp(sent->name, "_etag") == 0 && !column) {
		text = plain(call, sent->value);
		return expect_etag(call, text ? text : "?", &write->expect);
	}
	at = column ? table_index(table, column) : 0;
	if (!column || !write->scope->read[at]) {
		fault_set(&call->fault, OUT_INVALID,
		    mem_printf(call->mem, "column %s", sent->name),
		    WORD_F_UNKNOWN_COLUMN, sent->name, NULL);
		return OUT_INVALID;
	}
	if (sent_strict(call, column, sent->value) != OUT_DONE)
		return call->fault.outcome;
	if (table->version && table->version_column == at) {
		text = plain(call, sent->value);
		expect_version(&write->expect, text ? text : "?");
		return OUT_DONE;
	}
	if (column->kept)
		return OUT_DONE;
	*taken = true;
	*member = (struct member){ at, sent->value.at, sent->value.len };
	return OUT_DONE;
}

enum outcome
sent_whole(struct call *call, struct json_span *whole)
{
	struct json_error error;

	if (json_read(
		call->request->body, call->request->body_len, whole, &error))
		return OUT_DONE;
	return malformed(call, &error, 0, NULL);
}

enum outcome
sent_object(struct call *call, struct json_span object, struct write *write)
{
	struct json_error error;
	struct json_member *sent;
	struct member *members;
	enum outcome outcome;
	size_t n;

	if (object.kind != JSON_OBJECT)
		return fault_set(&call->fault, OUT_INVALID, "body",
		    WORD_F_NOT_OBJECT, NULL, NULL);
	if (!json_members(call->mem, object, &sent, &n, &error))
		return malformed(call, &error,
		    (size_t)(object.at - call->request->body), NULL);
	members = mem_array(call->mem, n, sizeof *members);
	write->members = members;
	for (size_t i = 0; i < n; i++) {
		bool taken;

		outcome = read_member(
		    call, write, &sent[i], &members[write->n_members], &taken);
		if (outcome != OUT_DONE)
			return outcome;
		write->n_members += taken;
	}
	return OUT_DONE;
}

enum outcome
sent_read(struct call *call, struct write *write)
{
	struct json_span whole;

	if (sent_whole(call, &whole) != OUT_DONE)
		return call->fault.outcome;
	return sent_object(call, whole, write);
}

bool
sent_stored(struct call *call, const struct write *write, const struct row *row)
{
	for (size_t i = 0; i < write->n_members; i++) {
		const struct member *member = &write->members[i];
		const char *stored = rowjson_value(call->mem,
		    &write->scope->table->columns[member->column],
		    row->values[member->column]);
		struct json_span ours, theirs;
		struct json_error error;

		if (!json_read(stored, strlen(stored), &ours, &error) ||
		    !json_read(member->json, member->len, &theirs, &error) ||
		    !json_same(call->mem, ours, theirs))
			return false;
	}
	return true;
}
