#include "app/patch.h"

#include <string.h>

#include "format/mergepatch.h"

static bool
mergeable(const struct write *write, const struct member *member)
{
	const struct column *column =
	    &write->scope->table->columns[member->column];

	return column->json == COLUMN_JSON && *member->json == '{';
}

bool
patch_reaches_in(const struct write *write)
{
	for (size_t i = 0; i < write->n_members; i++)
		if (mergeable(write, &write->members[i]))
			return true;
	return false;
}

static enum outcome
unclear(struct call *call, const struct column *column)
{
	fault_set(&call->fault, OUT_INVALID,
	    mem_printf(call->mem, "column %s", column->name),
	    WORD_F_MERGE_TWICE, NULL, NULL);
	call->fault.column = column->name;
	return OUT_INVALID;
}

/* The members with every object merged into the row's own. */
static enum outcome
merge_members(struct call *call, const struct write *sent,
    const struct row *row, struct write *merged)
{
	struct member *members =
	    mem_array(call->mem, sent->n_members, sizeof *members);

	for (size_t i = 0; i < sent->n_members; i++) {
		const struct member *member = &sent->members[i];
		const char *now = row->values[member->column];
		struct json_span target, patch;
		struct json_error error;
		const char *text;

		members[i] = *member;
		if (!mergeable(sent, member))
			continue;
		json_read(member->json, member->len, &patch, &error);
		if (now && !json_read(now, strlen(now), &target, &error))
			now = NULL;
		text = mergepatch_apply(call->mem, now ? &target : NULL, patch);
		if (!text)
			return unclear(
			    call, &sent->scope->table->columns[member->column]);
		members[i].json = text;
		members[i].len = strlen(text);
	}
	merged->members = members;
	return OUT_DONE;
}

/* Narrows the expectation to the state that the merge has seen; one that does
 * not allow it stays as it is, and is refused. */
static void
expect_seen(
    struct call *call, struct expectation *expect, const struct row *row)
{
	for (size_t i = 0; expect->states && i < expect->n_states; i++)
		if (strcmp(expect->states[i], row->state) == 0)
			expect->states = NULL;
	if (expect->states)
		return;
	expect->states = mem_array(call->mem, 1, sizeof *expect->states);
	expect->states[0] = row->state;
	expect->n_states = 1;
}

enum outcome
patch_update(struct call *call, struct write *write)
{
	enum {
		TRIES = 5
	};
	enum outcome outcome = OUT_STALE;

	for (int i = 0; i < TRIES && outcome == OUT_STALE; i++) {
		struct write merged = *write;
		struct read read = { write->scope, write->key, write->person,
			IMAGE_JSON, NULL, 0 };
		struct row *row;

		outcome =
		    row_get(call->db, call->mem, &read, &row, &call->fault);
		if (outcome != OUT_DONE)
			return outcome;
		if (!row->state) /* a table that is only read */
			return row_update(call->db, call->mem, write,
			    &call->written, &call->fault);
		if (merge_members(call, write, row, &merged) != OUT_DONE)
			return call->fault.outcome;
		expect_seen(call, &merged.expect, row);
		outcome = row_update(
		    call->db, call->mem, &merged, &call->written, &call->fault);
		if (write->expect.states)
			break;
	}
	return outcome;
}
