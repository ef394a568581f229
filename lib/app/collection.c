#include "app/collection.h"

#include "app/expect.h"
#include "app/stream.h"
#include "format/etag.h"
#include "store/listed.h"

/* A table is there, whatever its list holds. */
static bool
has_tags(const struct condition *condition)
{
	return (condition->if_match.present && !condition->if_match.any) ||
	       condition->if_none_match.present;
}

enum outcome
collection_expect(struct call *call, struct write *write)
{
	struct query *query = mem_alloc(call->mem, sizeof *query);
	struct listed *listed = mem_alloc(call->mem, sizeof *listed);
	const char *variant = expect_variant(call, 'j'), *state;
	enum outcome outcome;

	if (call->condition.if_none_match.any)
		return fault_set(&call->fault, OUT_STALE,
		    "header If-None-Match", WORD_F_TABLE_CONDITION, NULL, NULL);
	if (!has_tags(&call->condition))
		return OUT_DONE;
	outcome = query_read(call, query);
	/* pages have no tag */
	query->rows.image = IMAGE_JSON;
	listed->query = &query->rows;
	if (outcome == OUT_DONE)
		outcome = stream_state(call, query, &state, &listed->content);
	if (outcome != OUT_DONE)
		return outcome;
	if (state)
		call->tag = etag_make(call->mem, state, variant);
	outcome = condition_verdict(&call->condition, state, variant, 0);
	if (outcome == OUT_DONE && call->condition.if_match.present)
		write->listed = listed;
	if (outcome == OUT_DONE)
		return OUT_DONE;
	return fault_set(&call->fault, OUT_STALE,
	    outcome == OUT_STALE ? "header If-Match" : "header If-None-Match",
	    outcome == OUT_STALE ? WORD_F_STALE_LIST : WORD_F_TABLE_CONDITION,
	    NULL, NULL);
}
