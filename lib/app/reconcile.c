#include "app/reconcile.h"

#include <string.h>

#include "format/form.h"
#include "view/places.h"
#include "view/was.h"

struct contest *
reconcile_begin(struct mem *mem, const struct table *table, bool blind)
{
	struct contest *contests =
	    mem_array(mem, table->n_columns, sizeof *contests);

	for (size_t i = 0; i < table->n_columns; i++)
		contests[i].blind = blind;
	return contests;
}

static const char *
lines_of(struct mem *mem, const char *text)
{
	return text ? form_newlines(mem, text) : NULL;
}

/* What the row held when the form was made. Of a long text perhaps only the
 * hash has come back: it tells whether the text is still the same, no more. */
static void
find_base(struct mem *mem, struct cell *cell, struct contest *contest)
{
	cell->base = NULL;
	contest->base_known = !contest->blind && !cell->hashed;
	if (contest->base_known) {
		cell->base = cell->was;
	} else if (!contest->blind && cell->theirs &&
		   !was_touched(mem, cell->theirs, cell->was)) {
		cell->base = cell->theirs;
		contest->base_known = true;
	}
}

static bool
same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static enum merge
judge(struct mem *mem, const struct scope *scope, size_t i, struct cell *cell,
    struct contest *contest)
{
	const char *base = lines_of(mem, cell->base);
	const char *theirs = lines_of(mem, cell->theirs);
	enum merge merge;

	if (!cell->posted && !cell->carried) {
		contest->blind = true;
		return MERGE_SAME;
	}
	if (!cell->posted || !scope->update[i])
		return contest->base_known && same(base, theirs) ? MERGE_SAME
								 : MERGE_THEIRS;
	/* a number in doubt is not yet the one that it looks like */
	if (cell->readings[0])
		return contest->base_known && same(base, theirs)
			   ? MERGE_MINE
			   : MERGE_DISPUTE;
	merge = merge_field(
	    contest->base_known, base, theirs, cell->value, cell->touched);
	contest->alike = merge == MERGE_SAME && cell->touched &&
			 contest->base_known && !same(base, theirs);
	return merge;
}

static bool
several_lines(const struct column *column, const struct cell *cell)
{
	return column->text && cell->value && cell->theirs &&
	       (strchr(cell->value, '\n') || strchr(cell->theirs, '\n'));
}

/* Takes room for the texts that a dispute by places sends: base, theirs and
 * mine. room NULL: there are no places. */
static bool
fits(const struct cell *cell, const struct contest *contest, size_t *room)
{
	size_t need = strlen(cell->theirs) + strlen(cell->value);

	if (contest->base_known && cell->base)
		need += strlen(cell->base);
	if (!room || need > *room || was_is_hash(cell->theirs))
		return false;
	*room -= need;
	return true;
}

static enum hunk_choice
said_of(const struct contest *contest, const char *key)
{
	for (size_t i = 0; i < contest->n_parts; i++)
		if (strcmp(contest->parts[i].key, key) == 0)
			return contest->parts[i].choice;
	return CHOICE_NONE;
}

static void
recall_parts(struct mem *mem, struct contest *contest)
{
	const struct hunks *hunks = &contest->hunks;
	size_t place = 0;

	contest->choices =
	    mem_array(mem, hunks->n_disputes, sizeof *contest->choices);
	for (size_t i = 0; i < hunks->n; i++)
		if (hunks->items[i].kind == HUNK_DISPUTE)
			contest->choices[place++] =
			    said_of(contest, places_key(mem, hunks, i));
}

/* A text that both changed: by lines, where that helps. */
static void
join(struct mem *mem, struct cell *cell, struct contest *contest, size_t *room)
{
	struct hunks hunks = lines_merge(mem,
	    contest->base_known ? lines_of(mem, cell->base) : NULL,
	    lines_of(mem, cell->theirs), cell->value);

	if (hunks.n_disputes == 0 && !contest->own) {
		cell->value = lines_apply(mem, &hunks, NULL);
		contest->merge = MERGE_MINE;
		contest->joined = true;
	} else if (hunks.n_disputes > 0 && fits(cell, contest, room)) {
		contest->hunks = hunks;
		contest->mine = cell->value;
		contest->base_whole = true;
		cell->whole = true;
		cell->value = contest->own ? contest->own
					   : lines_apply(mem, &hunks, NULL);
		recall_parts(mem, contest);
	}
}

/* A result of one's own that is in no dispute by places any more: nothing of
 * it is merged or dropped unasked. */
static void
keep_own(struct cell *cell, struct contest *contest)
{
	cell->value = contest->own;
	contest->own = NULL;
	contest->alike = false;
	contest->merge = MERGE_DISPUTE;
}

/* What was said of the whole field counts for what was shown. */
static void
recall(struct mem *mem, const struct cell *cell, struct contest *contest)
{
	bool as_shown =
	    contest->again &&
	    (cell->theirs && contest->shown
		    ? !was_touched(mem, cell->theirs, contest->shown)
		    : cell->theirs == contest->shown);

	if (!as_shown)
		contest->choice = CHOICE_NONE;
}

static void
settle(struct mem *mem, const struct column *column, struct cell *cell,
    struct contest *contest, size_t *room)
{
	if (contest->merge == MERGE_DISPUTE && several_lines(column, cell))
		join(mem, cell, contest, room);
	if (contest->own && contest->hunks.n == 0)
		keep_own(cell, contest);
	cell->show_theirs = false;
	switch (contest->merge) {
	case MERGE_SAME:
		cell->value = cell->theirs;
		cell->touched = false;
		break;
	case MERGE_MINE:
		cell->touched = true;
		break;
	case MERGE_THEIRS:
		cell->value = cell->theirs;
		cell->touched = false;
		cell->show_theirs = true;
		break;
	case MERGE_DISPUTE:
		cell->touched = true;
		if (contest->hunks.n == 0)
			recall(mem, cell, contest);
		break;
	}
}

/* Which texts travel with the form that is made now. */
static void
plan(const struct column *column, struct cell *cell, struct contest *contest,
    size_t *room)
{
	cell->was = cell->theirs;
	cell->hashed = false;
	if (contest->hunks.n > 0)
		return;
	cell->whole = was_whole(column, cell->was, room);
	contest->base_whole = contest->merge == MERGE_DISPUTE &&
			      contest->base_known &&
			      was_whole(column, cell->base, room);
}

static size_t
put_against(struct mem *mem, const struct scope *scope, struct cell *cells,
    struct contest *contests, const struct row *row, bool places)
{
	size_t room = WAS_ROOM, disputes = 0;

	for (size_t i = 0; i < scope->table->n_columns; i++) {
		struct contest *contest = &contests[i];

		cells[i].theirs = row->values[i];
		contest->hunks = (struct hunks){ 0 };
		contest->joined = contest->alike = false;
		find_base(mem, &cells[i], contest);
		contest->merge = judge(mem, scope, i, &cells[i], contest);
		settle(mem, &scope->table->columns[i], &cells[i], contest,
		    places ? &room : NULL);
		disputes += contest->merge == MERGE_DISPUTE;
	}
	for (size_t i = 0; i < scope->table->n_columns; i++)
		plan(&scope->table->columns[i], &cells[i], &contests[i], &room);
	return disputes;
}

size_t
reconcile(struct mem *mem, const struct scope *scope, struct cell *cells,
    struct contest *contests, const struct row *row)
{
	return put_against(mem, scope, cells, contests, row, true);
}

size_t
reconcile_whole(struct mem *mem, const struct scope *scope, struct cell *cells,
    struct contest *contests, const struct row *row)
{
	return put_against(mem, scope, cells, contests, row, false);
}

bool
reconcile_counts_twice(
    const struct table *table, const struct contest *contests)
{
	for (size_t i = 0; table->counter && i < table->n_columns; i++)
		if (contests[i].alike)
			return true;
	return false;
}
