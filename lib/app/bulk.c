#include "app/bulk.h"

#include <string.h>

#include "app/expect.h"
#include "app/filtered.h"
#include "app/refusal.h"
#include "app/sent.h"
#include "store/batch.h"
#include "view/error.h"
#include "view/rowjson.h"
#include "web/status.h"

/* Takes the key's columns out of the members of an item: they name its row. */
static enum outcome
take_key(struct call *call, struct write *write)
{
	const struct table *table = call->scope->table;
	const char **key = mem_array(call->mem, table->n_key, sizeof *key);
	struct member *kept =
	    mem_array(call->mem, write->n_members, sizeof *kept);
	size_t n = 0;

	for (size_t i = 0; i < write->n_members; i++) {
		struct member member = write->members[i];
		int part = table->columns[member.column].key_part;
		struct json_span span;
		struct json_error error;

		if (part == 0) {
			kept[n++] = member;
			continue;
		}
		json_read(member.json, member.len, &span, &error);
		if (span.kind == JSON_STRING)
			key[part - 1] = json_decode(call->mem, span);
		else if (span.kind != JSON_NULL)
			key[part - 1] = mem_copy(call->mem, span.at, span.len);
	}
	for (size_t i = 0; i < table->n_key; i++)
		if (!key[i])
			return fault_set(&call->fault, OUT_INVALID, "body",
			    WORD_F_ITEM_KEY, table->columns[table->key[i]].name,
			    NULL);
	write->key = key;
	write->members = kept;
	write->n_members = n;
	return table->n_key > 0 ? OUT_DONE
				: fault_set(&call->fault, OUT_DENIED, NULL,
				      WORD_F_DENIED, NULL, NULL);
}

/* An item's fault is said with its place in the array. */
static enum outcome
blame_item(struct call *call, size_t i)
{
	struct fault *fault = &call->fault;

	fault->part = mem_printf(call->mem, "item %zu%s%s", i,
	    fault->part ? ", " : "", fault->part ? fault->part : "");
	return fault->outcome;
}

static enum outcome
check_number(struct call *call, size_t n)
{
	size_t most = BULK_MAX;

	if (call->prefer.max_affected >= 0 &&
	    (size_t)call->prefer.max_affected < most)
		most = (size_t)call->prefer.max_affected;
	if (n <= most)
		return OUT_DONE;
	return fault_set(&call->fault, OUT_CONFLICT, "body", WORD_F_TOO_MANY,
	    mem_printf(call->mem, "%zu", most), NULL);
}

/* An object's members, those that the query's columns leave out set aside. */
static enum outcome
read_object(struct call *call, struct json_span object,
    const struct query *query, struct write *write)
{
	struct member *kept;
	size_t n = 0;

	if (sent_object(call, object, write) != OUT_DONE)
		return call->fault.outcome;
	if (!query->sent)
		return OUT_DONE;
	kept = mem_array(call->mem, write->n_members, sizeof *kept);
	for (size_t i = 0; i < write->n_members; i++)
		if (query->sent[write->members[i].column])
			kept[n++] = write->members[i];
	write->members = kept;
	write->n_members = n;
	return OUT_DONE;
}

static enum outcome
read_items(struct call *call, struct json_span body, const struct query *query,
    enum batch_kind kind, struct batch *batch)
{
	struct json_span *elements = &body;

	*batch = (struct batch){ .person = &call->who, .n = 1 };
	if (body.kind == JSON_ARRAY)
		json_elements(call->mem, body, &elements, &batch->n);
	if (check_number(call, batch->n) != OUT_DONE)
		return call->fault.outcome;
	batch->items = mem_array(call->mem, batch->n, sizeof *batch->items);
	for (size_t i = 0; i < batch->n; i++) {
		struct batch_item *item = &batch->items[i];

		item->kind = kind;
		item->write =
		    (struct write){ .scope = call->scope, .image = IMAGE_JSON };
		if (read_object(call, elements[i], query, &item->write) !=
			OUT_DONE ||
		    (kind == BATCH_UPDATE &&
			take_key(call, &item->write) != OUT_DONE))
			return blame_item(call, i);
	}
	return OUT_DONE;
}

/* The rows as they are now, as an array. */
static void
send_rows(
    struct call *call, const struct query *query, const struct batch *batch)
{
	struct text *text = mem_text_open(call->mem);
	const char *lead = "[";

	for (size_t i = 0; i < batch->n; i++) {
		const struct row *row = batch->items[i].written.row;

		if (!row)
			continue;
		fputs(lead, text->out);
		rowjson_item(text->out, call->scope->table, query->picks,
		    query->n_picks, row, query->etags ? row->state : NULL);
		lead = ",";
	}
	fputs(*lead == '[' ? "[]" : "]", text->out);
	call_send(call, text, call_type_json);
}

/* Rows that were as asked already are shown as they were read. */
static enum outcome
answer(struct call *call, const struct query *query, const struct batch *batch,
    int status)
{
	struct response *response = call->response;

	response_field(response, "Cache-Control", "private, no-cache");
	response_add(response, "Vary", "Prefer");
	if (call->prefer.applied)
		response_field(
		    response, "Preference-Applied", call->prefer.applied);
	if (call->prefer.counts)
		response_field(response, "Content-Range",
		    mem_printf(call->mem, "items */%zu", batch->n));
	response->status = status;
	if (status == 201 && batch->n == 1 && batch->items[0].written.row &&
	    batch->items[0].written.row->key)
		response_field(response, "Location",
		    call_url(call, table_row_url(call->mem, call->scope->table,
				       batch->items[0].written.row->key)));
	if (call->prefer.representation)
		send_rows(call, query, batch);
	else if (status == 200)
		response->status = 204;
	return status == 201 ? OUT_CREATED : OUT_DONE;
}

/* All items as one. A refusal keeps them for its list. */
static enum outcome
run_all(struct call *call, struct batch *batch)
{
	enum outcome outcome =
	    batch_all(call->db, call->mem, batch, &call->fault);

	if (outcome != OUT_DONE)
		refusal_items(call, batch->items, batch->n);
	return outcome;
}

/* Each item by itself: the reply is a list of what became of each. */
static enum outcome
run_each(struct call *call, struct batch *batch)
{
	struct text *text = mem_text_open(call->mem);

	batch_each(call->db, call->mem, batch);
	refusal_items(call, batch->items, batch->n);
	error_items(
	    text->out, call->mem, &call->site, call->items, call->n_items);
	response_field(call->response, "Cache-Control", "no-store");
	if (call->prefer.applied)
		response_field(
		    call->response, "Preference-Applied", call->prefer.applied);
	call_send(call, text, call_type_json);
	call->response->status = 207;
	return OUT_DONE;
}

/* Each item says by itself what it expects; a condition on the list as a whole
 * is one that nothing here could hold. Of a POST only a list's tag is left to
 * be judged. */
static enum outcome
check_conditions(struct call *call, bool post)
{
	const struct condition *condition = &call->condition;
	const char *part = NULL;

	if (condition->if_match.present && !(post && condition->if_match.any))
		part = "header If-Match";
	else if (condition->if_none_match.present && !post)
		part = "header If-None-Match";
	else if (condition->if_unmodified_since && !post)
		part = "header If-Unmodified-Since";
	return part ? fault_set(&call->fault, OUT_STALE, part,
			  WORD_F_TABLE_CONDITION, NULL, NULL)
		    : OUT_DONE;
}

/* What speaks against the request before its body is read. */
static enum outcome
begin(struct call *call, enum right right, struct query *query)
{
	if (query_read(call, query) != OUT_DONE)
		return call->fault.outcome;
	/* what is sent back is JSON, whatever is accepted of a list */
	query->rows.image = IMAGE_JSON;
	if (!(call->scope->rights & right))
		return fault_set(
		    &call->fault, OUT_DENIED, NULL, WORD_F_DENIED, NULL, NULL);
	if (prefer_read(call->request, PREFER_BULK, &call->prefer,
		&call->fault) != OUT_DONE)
		return call->fault.outcome;
	return check_conditions(call, right == RIGHT_CREATE);
}

enum outcome
bulk_create(struct call *call, struct json_span body)
{
	struct query query;
	struct batch batch;

	if (begin(call, RIGHT_CREATE, &query) != OUT_DONE ||
	    read_items(call, body, &query, BATCH_INSERT, &batch) != OUT_DONE)
		return call->fault.outcome;
	if (call->prefer.continues)
		return run_each(call, &batch);
	if (run_all(call, &batch) != OUT_DONE)
		return call->fault.outcome;
	return answer(call, &query, &batch, 201);
}

/* The rows that the filters let through, each with what is sent. */
static enum outcome
patch_filtered(struct call *call, struct json_span object, struct query *query)
{
	struct batch batch;
	struct write sent = { .scope = call->scope, .image = IMAGE_JSON };

	if (read_object(call, object, query, &sent) != OUT_DONE)
		return call->fault.outcome;
	if (sent.n_members == 0) {
		batch = (struct batch){ .person = &call->who };
		return answer(call, query, &batch, 200);
	}
	if (filtered_find(call, query, &sent.expect, BATCH_UPDATE, &batch) !=
	    OUT_DONE)
		return call->fault.outcome;
	for (size_t i = 0; i < batch.n; i++) {
		batch.items[i].write.members = sent.members;
		batch.items[i].write.n_members = sent.n_members;
	}
	if (run_all(call, &batch) != OUT_DONE)
		return call->fault.outcome;
	return answer(call, query, &batch, 200);
}

enum outcome
bulk_patch(struct call *call)
{
	struct json_span body;
	struct query query;
	struct batch batch;

	if (begin(call, RIGHT_UPDATE, &query) != OUT_DONE ||
	    sent_whole(call, &body) != OUT_DONE)
		return call->fault.outcome;
	if (body.kind != JSON_ARRAY)
		return patch_filtered(call, body, &query);
	if (read_items(call, body, &query, BATCH_UPDATE, &batch) != OUT_DONE)
		return call->fault.outcome;
	if (call->prefer.continues)
		return run_each(call, &batch);
	if (run_all(call, &batch) != OUT_DONE)
		return call->fault.outcome;
	return answer(call, &query, &batch, 200);
}

enum outcome
bulk_delete(struct call *call)
{
	const struct expectation nothing = { 0 };
	struct query query;
	struct batch batch;

	if (begin(call, RIGHT_DELETE, &query) != OUT_DONE ||
	    filtered_find(call, &query, &nothing, BATCH_DELETE, &batch) !=
		OUT_DONE ||
	    run_all(call, &batch) != OUT_DONE)
		return call->fault.outcome;
	return answer(call, &query, &batch, 200);
}
