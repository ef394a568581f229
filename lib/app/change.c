#include "app/change.h"

#include <string.h>

#include "app/again.h"
#include "app/cells.h"
#include "app/conflict.h"
#include "app/expect.h"
#include "app/reconcile.h"
#include "app/resolve.h"
#include "app/save.h"
#include "app/search.h"
#include "app/submit.h"
#include "app/told.h"
#include "view/way.h"

enum {
	MERGES = 3 /* so often a save is merged; then a person is asked */
};

/* A form on its way. */
struct change {
	struct call *call;
	const struct form *form;
	const char *etag;
	struct cell *sent;	  /* as the form says */
	struct contest *said;	  /* of a conflict that it resolves */
	size_t open;		  /* how much of it is still to be said */
	struct cell *cells;	  /* sent, put against a newer row */
	struct contest *contests; /* what became of it */
	const struct row *seen;	  /* that row, or NULL */
	bool conditions;	  /* the request has some of its own */
	struct write write;
};

static void
begin(struct change *c, struct call *call, const struct form *form, bool reopen)
{
	const struct table *table = call->scope->table;

	*c = (struct change){
		.call = call,
		.form = form,
		.etag = form_value(form, "_etag"),
		.sent = cells_of_form(call, form, call->scope->update),
		.said = reconcile_begin(call->mem, table, false),
		.write = { .scope = call->scope,
		    .key = call->route.key,
		    .image = IMAGE_TEXT,
		    .person = &call->who },
	};
	c->cells = c->sent;
	if (resolve_asked(form))
		c->open = resolve_read(call, form, c->sent, c->said, reopen);
}

static bool
says_something(const struct expectation *expect)
{
	return expect->given || expect->absent || expect->any ||
	       expect->states || expect->not_states || expect->version ||
	       expect->unmodified_since != 0;
}

static enum outcome
expect(struct change *c)
{
	enum outcome outcome = expect_fields(c->call, &c->write.expect);

	c->conditions = says_something(&c->write.expect);
	if (outcome == OUT_DONE && c->etag)
		outcome = expect_etag(c->call, c->etag, &c->write.expect);
	return outcome;
}

/* Puts what was sent against the row as it is now. How much is in dispute. */
static size_t
put_against(struct change *c, const struct row *row)
{
	struct call *call = c->call;
	size_t n = call->scope->table->n_columns;

	c->seen = row;
	c->cells = mem_array(call->mem, n, sizeof *c->cells);
	c->contests = mem_array(call->mem, n, sizeof *c->contests);
	memcpy(c->cells, c->sent, n * sizeof *c->cells);
	memcpy(c->contests, c->said, n * sizeof *c->contests);
	return reconcile(call->mem, call->scope, c->cells, c->contests, row);
}

static enum outcome
ask(struct change *c, enum conflict_kind kind,
    const struct refer_search *search)
{
	if (c->seen != c->call->written.row)
		put_against(c, c->call->written.row);
	return conflict_answer(c->call, kind, c->cells, c->contests, search);
}

static enum outcome
refuse(struct change *c)
{
	struct call *call = c->call;
	enum outcome outcome = call->fault.outcome;

	if (call->written.row &&
	    (outcome == OUT_STALE || outcome == OUT_UNGUARDED))
		return ask(c, CONFLICT_CHANGED, NULL);
	if (outcome == OUT_ABSENT)
		return again_gone(call, c->sent);
	if (c->seen)
		return again_invalid(call, c->cells, c->seen->state);
	return again_invalid(call, c->sent, c->etag);
}

/* Looks at the row as it is now. Whether a page can be made for it. */
static bool
look(struct change *c, enum outcome *outcome)
{
	struct call *call = c->call;

	*outcome = row_judge(call->db, call->mem, &c->write, RIGHT_UPDATE,
	    &call->written, &call->fault);
	return call->written.row &&
	       (*outcome == OUT_DONE || *outcome == OUT_UNCHANGED ||
		   *outcome == OUT_STALE);
}

/* What is still open is asked for again, against the row as it is now. */
static enum outcome
ask_again(struct change *c)
{
	struct call *call = c->call;
	enum outcome outcome;

	if (!look(c, &outcome))
		return refuse(c);
	if (outcome == OUT_STALE)
		return ask(c, CONFLICT_CHANGED, NULL);
	fault_set(
	    &call->fault, OUT_INVALID, "body", WORD_F_UNDECIDED, NULL, NULL);
	return ask(c, CONFLICT_OPEN, NULL);
}

static enum outcome
write_cells(struct change *c)
{
	struct call *call = c->call;
	enum outcome outcome;

	c->write.n_members = 0;
	/* a row that is gone or stale is said before what was typed */
	outcome = cells_members(call, c->cells, &c->write);
	if (outcome != OUT_DONE)
		return save_body_fault(call, &c->write, RIGHT_UPDATE);
	if (c->write.n_members == 0)
		return outcome;
	outcome = row_update(
	    call->db, call->mem, &c->write, &call->written, &call->fault);
	if (outcome == OUT_STALE && save_repeated(call, &c->write.expect))
		return OUT_UNCHANGED;
	return outcome;
}

/* Where the table has it so, a save that came too late is merged at once, each
 * time against the state that was found, unless something is in dispute. A
 * condition of the request itself is not to be got round. */
static enum outcome
merge(struct change *c, enum outcome outcome)
{
	struct call *call = c->call;

	if (!call->scope->table->merges || c->conditions || !c->etag)
		return outcome;
	for (int i = 0; outcome == OUT_STALE && i < MERGES; i++) {
		const struct row *row = call->written.row;

		if (!row || !row->state || put_against(c, row) > 0 ||
		    reconcile_counts_twice(call->scope->table, c->contests))
			return outcome;
		c->write.expect = (struct expectation){
			.given = true,
			.part = "_etag",
			.states = mem_array(
			    call->mem, 1, sizeof *c->write.expect.states),
			.n_states = 1,
		};
		c->write.expect.states[0] = row->state;
		outcome = write_cells(c);
	}
	return outcome;
}

static enum outcome
answer(struct change *c)
{
	struct call *call = c->call;
	const char *const *key = call->route.key;

	if (call->written.row)
		key = call->written.row->key;
	if (!c->seen || call->written.repeated)
		return submit_answer(call, key, "_saved");
	call_redirect(
	    call, told_url(call,
		      way_row(call->mem, &call->site, call->scope->table, key),
		      c->contests, c->seen));
	return OUT_DONE;
}

enum outcome
change_row(struct call *call, const struct form *form)
{
	struct change c;
	enum outcome outcome;

	begin(&c, call, form, false);
	outcome = expect(&c);
	if (outcome == OUT_DONE)
		outcome = submit_read(call, form, &c.write);
	if (outcome == OUT_DONE)
		outcome = again_whole(call, false);
	if (outcome == OUT_DONE && c.open > 0)
		return ask_again(&c);
	if (outcome == OUT_DONE)
		outcome = write_cells(&c);
	if (outcome == OUT_STALE)
		outcome = merge(&c, outcome);
	if (outcome != OUT_DONE && outcome != OUT_UNCHANGED)
		return refuse(&c);
	return answer(&c);
}

enum outcome
change_ask(struct call *call, const struct form *form)
{
	struct change c;
	enum outcome outcome;

	begin(&c, call, form, true);
	outcome = expect(&c);
	return outcome == OUT_DONE ? ask_again(&c) : outcome;
}

enum outcome
change_show(struct call *call, const struct form *form,
    const struct refer_search *search)
{
	struct change c;
	enum outcome outcome;

	begin(&c, call, form, true);
	outcome = expect(&c);
	if (outcome != OUT_DONE)
		return outcome;
	if (!look(&c, &outcome))
		return refuse(&c);
	if (outcome != OUT_STALE && !resolve_asked(form))
		return search_answer(call, form, NULL);
	call->fault = (struct fault){ 0 };
	return ask(&c, CONFLICT_CHANGED, search);
}
