#include "app/together.h"

#include <string.h>

#include "format/hash.h"

enum {
	TOKEN_DIGITS = 32
};

/* The name of one row's part of the form. */
static const struct submission *
part_of(struct call *call, const struct several *several,
    const struct several_item *item)
{
	struct submission *part;
	const char *text;

	if (!several->submission)
		return NULL;
	part = mem_alloc(call->mem, sizeof *part);
	text = mem_printf(call->mem, "%s:%s", several->submission->token,
	    table_key_text(call->mem, call->scope->table, item->key));
	part->token = mem_printf(call->mem, "%.*s", TOKEN_DIGITS,
	    hash_text(call->mem, text, strlen(text)));
	part->content = several->submission->content;
	return part;
}

static struct batch_item
batch_item_of(struct call *call, const struct several *several,
    const struct several_item *item, enum batch_kind kind)
{
	const char **states = mem_alloc(call->mem, sizeof *states);

	*states = item->state;
	return (struct batch_item){
		.kind = kind,
		.write = { .scope = call->scope,
		    .key = item->key,
		    .expect = { .given = true,
			.part = "_etag",
			.states = states,
			.n_states = 1 },
		    .members = item->members,
		    .n_members = item->n_members,
		    .image = IMAGE_TEXT,
		    .submission =
			several->each ? part_of(call, several, item) : NULL },
	};
}

static bool
is_ready(const struct several_item *item)
{
	return item->wanted && !item->held && item->fault.outcome == OUT_DONE;
}

static bool
is_success(enum outcome outcome)
{
	return outcome == OUT_DONE || outcome == OUT_UNCHANGED;
}

/* What has become of an item; nobody's fault is the whole form's. */
static void
take_outcome(struct several *several, struct several_item *item,
    const struct batch_item *result)
{
	item->done = is_success(result->outcome);
	if (item->done)
		return;
	if (result->outcome == OUT_BUSY || result->outcome == OUT_UNKNOWN ||
	    result->outcome == OUT_BROKEN)
		several->fault = result->fault;
	else
		item->fault = result->fault;
}

static void
run(struct call *call, struct several *several, struct batch *batch)
{
	enum outcome outcome = OUT_DONE;

	if (several->each)
		batch_each(call->db, call->mem, batch);
	else
		outcome =
		    batch_all(call->db, call->mem, batch, &several->fault);
	for (size_t i = 0, k = 0; i < several->n; i++) {
		struct several_item *item = &several->items[i];

		if (!is_ready(item))
			continue;
		take_outcome(several, item, &batch->items[k++]);
		if (item->fault.outcome != OUT_DONE && outcome != OUT_DONE)
			several->fault = (struct fault){ 0 };
		item->done = item->done && outcome == OUT_DONE;
	}
	if (outcome == OUT_DONE && !several->each)
		several->fault = (struct fault){ 0 };
}

void
together_write(struct call *call, struct several *several, enum batch_kind kind)
{
	struct batch batch = { .person = &call->who };
	size_t wanted = 0;

	batch.submission = several->submission;
	batch.items = mem_array(call->mem, several->n, sizeof *batch.items);
	for (size_t i = 0; i < several->n; i++) {
		const struct several_item *item = &several->items[i];

		wanted += item->wanted;
		if (is_ready(item))
			batch.items[batch.n++] =
			    batch_item_of(call, several, item, kind);
	}
	if (several->fault.outcome == OUT_DONE && batch.n > 0 &&
	    (several->each || batch.n == wanted))
		run(call, several, &batch);
}
