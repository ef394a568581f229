#include "app/save.h"

#include <string.h>

#include "app/bulk.h"
#include "app/collection.h"
#include "app/expect.h"
#include "app/part.h"
#include "app/patch.h"
#include "app/sent.h"
#include "view/rowjson.h"

static const char json_type[] = "application/json";
static const char merge_type[] = "application/merge-patch+json";

bool
save_repeated(const struct call *call, const struct expectation *expect)
{
	const struct written *written = &call->written;

	return written->already_equal && !expect->absent &&
	       !call->scope->table->counter && call->person && written->row &&
	       written->row->changed_by &&
	       strcmp(written->row->changed_by, call->person) == 0;
}

/* Refuses a body of another kind than these. None said is JSON: a server in
 * front may have lost or invented the field. */
static enum outcome
check_media(struct call *call, const char *second, const char *accepted)
{
	if (*call->media == '\0' || strcmp(call->media, json_type) == 0 ||
	    (second && strcmp(call->media, second) == 0))
		return OUT_DONE;
	fault_set(&call->fault, OUT_MEDIA, "header Content-Type", WORD_F_MEDIA,
	    call->media, NULL);
	call->fault.allow = accepted;
	return OUT_MEDIA;
}

/* The write that the request asks for, without its body. The verdicts that need
 * no body come first. */
static enum outcome
prepare(struct call *call, struct write *write)
{
	*write = (struct write){
		.scope = call->scope,
		.key = call->route.key,
		.image = IMAGE_JSON,
		.person = &call->who,
	};
	if (prefer_read(call->request, PREFER_WRITE, &call->prefer,
		&call->fault) != OUT_DONE)
		return call->fault.outcome;
	return expect_fields(call, &write->expect);
}

static bool
can_create(const struct call *call)
{
	const struct table *table = call->scope->table;

	for (size_t i = 0; i < table->n_key; i++) {
		const struct column *column = &table->columns[table->key[i]];

		if (column->default_sql || column->identity ||
		    !call->scope->insert[table->key[i]])
			return false;
	}
	return call->scope->rights & RIGHT_CREATE;
}

/* A row that is not there, where PUT may create it: refused if the condition
 * needs one. */
static enum outcome
judge_absent(struct call *call, const struct write *write)
{
	if (!can_create(call))
		return OUT_ABSENT;
	if (write->expect.states || write->expect.any || write->expect.version)
		return fault_set(&call->fault, OUT_STALE, "header If-Match",
		    WORD_F_GONE, NULL, NULL);
	return OUT_DONE;
}

enum outcome
save_body_fault(struct call *call, struct write *write, enum right right)
{
	struct fault body = call->fault;
	enum outcome seen;

	write->n_members = 0;
	seen = row_judge(
	    call->db, call->mem, write, right, &call->written, &call->fault);
	if (seen == OUT_ABSENT && write->replace)
		seen = judge_absent(call, write);
	if (seen != OUT_DONE)
		return seen;
	call->fault = body;
	call->written.row = NULL;
	return body.outcome;
}

static enum outcome
read_sent(struct call *call, struct write *write, enum right right)
{
	return sent_read(call, write) == OUT_DONE
		   ? OUT_DONE
		   : save_body_fault(call, write, right);
}

/* Answers a write that went well. tagged: the row's new tag may be told. */
static enum outcome
answer(struct call *call, int status, bool tagged)
{
	struct response *response = call->response;
	const struct row *row = call->written.row;
	const char *tag = expect_tag(call, row);

	response_field(response, "Cache-Control", "private, no-cache");
	response->status = status;
	if (status == 201)
		response_field(response, "Location",
		    call_url(call, table_row_url(call->mem, call->scope->table,
				       row->key)));
	response_add(response, "Vary", "Prefer");
	/* written, but not to be shown: GET will tell */
	if (row->stale)
		call->prefer.representation = tagged = false;
	else if (call->prefer.applied)
		response_field(
		    response, "Preference-Applied", call->prefer.applied);
	if (call->prefer.representation) {
		struct text *text = mem_text_open(call->mem);

		rowjson_write(text->out, call->scope, row);
		call_send(call, text, call_type_json);
		response_field(response, "Content-Location",
		    call_url(call, table_row_url(call->mem, call->scope->table,
				       row->key)));
		tagged = true;
	} else if (status == 200) {
		response->status = 204;
	}
	if (tag && tagged)
		response_field(response, "ETag", tag);
	return status == 201 ? OUT_CREATED : OUT_DONE;
}

/* Nothing proves that the client made the equal change itself: it gets no tag
 * for a state that it may not have seen (RFC 7232 3.1). */
static void
forget_state(struct call *call)
{
	struct row *row = mem_alloc(call->mem, sizeof *row);

	*row = *call->written.row;
	row->state = NULL;
	call->written.row = row;
}

/* The end of an update: success in three ways, or what it was refused for. */
static enum outcome
updated(struct call *call, const struct write *write, enum outcome outcome)
{
	bool stored;

	/* without a condition a PUT may have created the row */
	if ((outcome == OUT_STALE ||
		(outcome == OUT_UNGUARDED && write->replace)) &&
	    save_repeated(call, &write->expect)) {
		forget_state(call);
		outcome = OUT_UNCHANGED;
	}
	if (outcome != OUT_DONE && outcome != OUT_UNCHANGED)
		return outcome;
	stored = !write->replace || sent_stored(call, write, call->written.row);
	return answer(call, 200, stored);
}

static enum outcome
create(struct call *call, struct write *write)
{
	enum outcome outcome;

	write->expect.absent = true;
	outcome = row_insert(
	    call->db, call->mem, write, &call->written, &call->fault);
	if (outcome != OUT_CREATED)
		return outcome;
	return answer(call, 201, sent_stored(call, write, call->written.row));
}

/* A scope in which the key stays what the URL says. */
static struct scope *
with_fixed_key(struct call *call)
{
	const struct table *table = call->scope->table;
	struct scope *scope = mem_alloc(call->mem, sizeof *scope);

	*scope = *call->scope;
	scope->update =
	    mem_array(call->mem, table->n_columns, sizeof *scope->update);
	memcpy(scope->update, call->scope->update,
	    table->n_columns * sizeof *scope->update);
	for (size_t i = 0; i < table->n_key; i++)
		scope->update[table->key[i]] = false;
	return scope;
}

enum outcome
save_put(struct call *call)
{
	struct write write;
	enum outcome outcome = check_media(call, NULL, json_type);

	if (outcome == OUT_DONE)
		outcome = part_check_put(call);
	if (outcome == OUT_DONE)
		outcome = prepare(call, &write);
	if (outcome != OUT_DONE)
		return outcome;
	write.scope = with_fixed_key(call);
	write.replace = true;
	outcome = read_sent(call, &write, RIGHT_UPDATE);
	if (outcome != OUT_DONE)
		return outcome;
	if (write.expect.absent && !write.expect.states && !write.expect.any &&
	    can_create(call))
		return create(call, &write);
	outcome = row_update(
	    call->db, call->mem, &write, &call->written, &call->fault);
	if (outcome == OUT_ABSENT) {
		outcome = judge_absent(call, &write);
		return outcome == OUT_DONE ? create(call, &write) : outcome;
	}
	return updated(call, &write, outcome);
}

enum outcome
save_patch(struct call *call)
{
	struct write write;
	enum outcome outcome = check_media(
	    call, merge_type, "application/merge-patch+json, application/json");

	if (outcome == OUT_DONE)
		outcome = prepare(call, &write);
	if (outcome == OUT_DONE)
		outcome = read_sent(call, &write, RIGHT_UPDATE);
	if (outcome != OUT_DONE)
		return outcome;
	if (strcmp(call->media, merge_type) == 0 && patch_reaches_in(&write))
		outcome = patch_update(call, &write);
	else
		outcome = row_update(
		    call->db, call->mem, &write, &call->written, &call->fault);
	return updated(call, &write, outcome);
}

enum outcome
save_delete(struct call *call)
{
	struct write write;
	enum outcome outcome = prepare(call, &write);

	if (outcome == OUT_DONE)
		outcome = row_delete(
		    call->db, call->mem, &write, &call->written, &call->fault);
	if (outcome != OUT_DONE)
		return outcome;
	call->response->status = 204;
	return OUT_DONE;
}

enum outcome
save_post(struct call *call)
{
	struct write write = {
		.scope = call->scope, .image = IMAGE_JSON, .person = &call->who
	};
	struct json_span body;
	const char *etag = uri_query(&call->request->uri, "_etag");
	enum outcome outcome = check_media(call, NULL, json_type);

	if (!(call->scope->rights & RIGHT_CREATE))
		return fault_set(
		    &call->fault, OUT_DENIED, NULL, WORD_F_DENIED, NULL, NULL);
	if (outcome == OUT_DONE)
		outcome = prefer_read(
		    call->request, PREFER_WRITE, &call->prefer, &call->fault);
	if (outcome == OUT_DONE)
		outcome = collection_expect(call, &write);
	if (outcome == OUT_DONE && etag)
		outcome = expect_etag(call, etag, &write.expect);
	if (outcome == OUT_DONE)
		outcome = sent_whole(call, &body);
	/* who chooses columns is a client of PostgREST's, which expects a list
	 */
	if (outcome == OUT_DONE &&
	    (body.kind == JSON_ARRAY ||
		uri_query(&call->request->uri, "select") ||
		uri_query(&call->request->uri, "columns")))
		return bulk_create(call, body);
	if (outcome == OUT_DONE)
		outcome = sent_object(call, body, &write);
	if (outcome == OUT_DONE)
		outcome = row_insert(
		    call->db, call->mem, &write, &call->written, &call->fault);
	if (outcome != OUT_CREATED)
		return outcome;
	return answer(call, 201, true);
}
