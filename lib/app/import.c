#include "app/import.h"

#include <string.h>

#include "app/refusal.h"
#include "store/blame.h"
#include "store/look.h"
#include "store/trial.h"

enum {
	BLAMED = 200 /* refused lines whose column at fault is looked for */
};

/* An import on its way. */
struct import {
	struct call *call;
	struct sheet *sheet;
	struct sheet_line **lines; /* that are tried, with their items */
	struct batch_item *items;
	struct batch_item **tried;
	size_t n;
	struct sheet_line **again; /* to be looked at once more */
	size_t n_again;
};

static void
settle(struct sheet_line *line, enum sheet_kind kind, const struct fault *fault)
{
	line->kind = kind;
	if (fault)
		line->fault = *fault;
}

static void
stale(struct sheet_line *line, enum word why)
{
	line->kind = SHEET_STALE;
	fault_set(&line->fault, OUT_STALE, "_etag", why, NULL, NULL);
}

/* What spreadsheets cannot keep apart: a file without any "" has an empty field
 * where a text is empty. */
static bool
passes_empties(struct import *import, struct sheet_line *line)
{
	const struct table *table = import->call->scope->table;
	struct member *kept =
	    mem_array(import->call->mem, line->change.n_members, sizeof *kept);
	size_t n = 0;

	for (size_t i = 0; i < line->change.n_members; i++) {
		struct member member = line->change.members[i];
		const char *before = line->before->values[member.column];

		if (import->sheet->empties || line->values[member.column] ||
		    !table->columns[member.column].text || !before ||
		    *before != '\0')
			kept[n++] = member;
	}
	if (n == line->change.n_members)
		return false;
	line->change.members = kept;
	line->change.n_members = n;
	return true;
}

static bool
says_something(const struct expectation *expect)
{
	return expect->states || expect->version;
}

/* What a look says of a line that nobody has tried yet. */
static void
judge_look(struct import *import, struct sheet_line *line, struct looked *item)
{
	enum outcome outcome = item->outcome;
	bool counts = import->call->scope->table->counter;

	line->before = item->written.row;
	if (outcome == OUT_ABSENT && !says_something(&line->change.expect)) {
		line->kind = SHEET_NEW;
	} else if (outcome == OUT_ABSENT) {
		stale(line, WORD_F_GONE);
	} else if (outcome == OUT_STALE || outcome == OUT_UNGUARDED) {
		if (!item->written.already_equal ||
		    (outcome == OUT_STALE && counts))
			stale(line, outcome == OUT_STALE
					? WORD_F_STALE
					: WORD_F_SHEET_NO_ETAG);
	} else if (outcome == OUT_DONE) {
		if (line->change.n_members == 0)
			return;
		if (passes_empties(import, line))
			import->again[import->n_again++] = line;
		else
			line->kind = SHEET_CHANGED;
	} else if (outcome != OUT_UNCHANGED) {
		settle(line, SHEET_REFUSED, &item->fault);
	}
}

/* Looks at the rows of these lines. */
static enum outcome
look_at(struct import *import, struct sheet_line **lines, size_t n,
    void (*judge)(struct import *, struct sheet_line *, struct looked *))
{
	struct call *call = import->call;
	struct looked *items = mem_array(call->mem, n, sizeof *items);

	for (size_t i = 0; i < n; i++)
		items[i] = (struct looked){ .write = &lines[i]->change,
			.right = RIGHT_READ,
			.unlocked = true };
	look_several(call->db, call->mem, &call->who, items, n);
	for (size_t i = 0; i < n; i++) {
		if (items[i].outcome == OUT_BUSY) {
			call->fault = items[i].fault;
			return OUT_BUSY;
		}
		judge(import, lines[i], &items[i]);
	}
	return OUT_DONE;
}

/* Lines of rows that are there, or may be, are compared with them; the others
 * are new. */
static enum outcome
compare(struct import *import)
{
	struct sheet *sheet = import->sheet;
	struct sheet_line **lines =
	    mem_array(import->call->mem, sheet->n, sizeof(struct sheet_line *));
	size_t n = 0;

	for (size_t i = 0; i < sheet->n; i++) {
		struct sheet_line *line = &sheet->lines[i];

		if (line->kind != SHEET_UNCHANGED)
			continue;
		if (line->key)
			lines[n++] = line;
		else
			line->kind = SHEET_NEW;
	}
	import->again =
	    mem_array(import->call->mem, n, sizeof(struct sheet_line *));
	if (look_at(import, lines, n, judge_look) != OUT_DONE)
		return import->call->fault.outcome;
	return look_at(import, import->again, import->n_again, judge_look);
}

/* What speaks against a line before it is tried. */
static bool
may_try(struct import *import, struct sheet_line *line)
{
	bool creates = line->kind == SHEET_NEW;
	enum right right = creates ? RIGHT_CREATE : RIGHT_UPDATE;
	struct fault fault;

	if (!(import->call->scope->rights & right)) {
		fault_set(&fault, OUT_DENIED, NULL, WORD_F_DENIED, NULL, NULL);
		settle(line, SHEET_REFUSED, &fault);
		return false;
	}
	if (creates && row_settable(&line->create, &fault) != OUT_DONE) {
		settle(line, SHEET_REFUSED, &fault);
		return false;
	}
	return true;
}

/* Gathers the lines that have something to write. */
static void
gather(struct import *import)
{
	struct mem *mem = import->call->mem;
	struct sheet *sheet = import->sheet;

	import->lines = mem_array(mem, sheet->n, sizeof(struct sheet_line *));
	import->items = mem_array(mem, sheet->n, sizeof *import->items);
	import->tried = mem_array(mem, sheet->n, sizeof(struct batch_item *));
	for (size_t i = 0; i < sheet->n; i++) {
		struct sheet_line *line = &sheet->lines[i];
		struct batch_item *item = &import->items[import->n];

		if ((line->kind != SHEET_NEW && line->kind != SHEET_CHANGED) ||
		    !may_try(import, line))
			continue;
		item->kind =
		    line->kind == SHEET_NEW ? BATCH_INSERT : BATCH_UPDATE;
		item->write =
		    line->kind == SHEET_NEW ? line->create : line->change;
		import->tried[import->n] = item;
		import->lines[import->n++] = line;
	}
}

static bool
is_fine(const struct batch_item *item)
{
	return item->outcome == OUT_DONE || item->outcome == OUT_CREATED;
}

/* Whether nothing of the file stays behind, as far as is known. */
static bool
is_whole(const struct import *import)
{
	for (size_t i = 0; i < import->sheet->n; i++)
		if (import->sheet->lines[i].kind == SHEET_STALE ||
		    import->sheet->lines[i].kind == SHEET_REFUSED)
			return false;
	for (size_t i = 0; i < import->n; i++)
		if (!is_fine(&import->items[i]))
			return false;
	return true;
}

/* Takes the rows as they were written. */
static enum outcome
take_rows(struct import *import)
{
	for (size_t i = 0; i < import->n; i++) {
		const struct row *row = import->items[i].written.row;

		if (row && look_fresh(row, &import->call->fault) != OUT_DONE)
			return import->call->fault.outcome;
		import->lines[i]->after = row;
	}
	return OUT_DONE;
}

/* The step by which a kept file learns which of its lines are saved. */
static struct db_step
note_saved(struct import *import, const struct upload *upload)
{
	struct mem *mem = import->call->mem;
	size_t *lines = mem_array(mem, import->n, sizeof *lines), n = 0;

	for (size_t i = 0; i < import->n; i++)
		if (is_fine(&import->items[i]))
			lines[n++] = import->lines[i]->line;
	return upload_saved(mem, upload, lines, n);
}

/* Tries the lines; where others held some of the rows in another order, so that
 * the database had to let one of them fail, all over again. */
static enum outcome
try_lines(struct import *import, const struct trial *trial)
{
	enum {
		TRIES = 3
	};
	struct call *call = import->call;
	struct fault ignored;

	for (int tries = 1;; tries++) {
		bool passing = false;

		if (trial_run(call->db, call->mem, trial, &call->fault) !=
		    OUT_DONE)
			return call->fault.outcome;
		for (size_t i = 0; i < import->n; i++)
			passing |= import->items[i].outcome == OUT_BUSY;
		if (!passing || tries == TRIES)
			return take_rows(import);
		db_try_end(call->db, call->mem, false, NULL, &ignored);
	}
}

static enum outcome
try_all(
    struct import *import, enum import_mode mode, const struct upload *upload)
{
	struct call *call = import->call;
	struct db_step ahead, behind;
	struct trial trial = {
		.items = import->tried, .n = import->n, .person = &call->who
	};
	bool keep;

	if (import->n == 0)
		return OUT_DONE;
	if (upload && mode != IMPORT_REHEARSE) {
		ahead = upload_lock(call->mem, upload);
		trial.ahead = &ahead;
	}
	if (try_lines(import, &trial) != OUT_DONE)
		return call->fault.outcome;
	keep =
	    mode == IMPORT_GOOD || (mode == IMPORT_WHOLE && is_whole(import));
	if (upload && keep)
		behind = note_saved(import, upload);
	if (db_try_end(call->db, call->mem, keep, upload ? &behind : NULL,
		&call->fault) != OUT_DONE)
		return call->fault.outcome;
	import->sheet->kept = keep;
	return OUT_DONE;
}

/* What a look says of a line whose write touched nothing, or whose key is
 * taken. */
static void
judge_left(struct import *import, struct sheet_line *line, struct looked *item)
{
	struct fault refused = line->fault;

	line->kind = SHEET_UNCHANGED;
	judge_look(import, line, item);
	if (line->kind == SHEET_CHANGED || line->kind == SHEET_NEW) {
		if (refused.outcome != OUT_DONE)
			line->fault = refused;
		else
			fault_set(&line->fault,
			    import->call->scope->table->row_security
				? OUT_DENIED
				: OUT_CONFLICT,
			    NULL,
			    import->call->scope->table->row_security
				? WORD_F_DENIED
				: WORD_F_REFUSED,
			    NULL, NULL);
		line->kind = SHEET_REFUSED;
	}
}

/* Finds out why lines were not written. */
static enum outcome
explain(struct import *import)
{
	struct call *call = import->call;
	struct sheet_line **left =
	    mem_array(call->mem, import->n, sizeof(struct sheet_line *));
	size_t n = 0, blamed = 0;

	for (size_t i = 0; i < import->n; i++) {
		struct batch_item *item = &import->items[i];
		struct sheet_line *line = import->lines[i];

		if (is_fine(item))
			continue;
		line->fault = item->fault;
		if (item->outcome != OUT_UNCHANGED && blamed++ < BLAMED)
			blame_write(
			    call->db, call->mem, &item->write, &line->fault);
		else if (item->outcome != OUT_UNCHANGED)
			blame_names(call->scope, &line->fault);
		if (line->key && (item->outcome == OUT_UNCHANGED ||
				     item->outcome == OUT_CONFLICT))
			left[n++] = line;
		else
			line->kind = SHEET_REFUSED;
	}
	return look_at(import, left, n, judge_left);
}

enum outcome
import_run(struct call *call, struct sheet *sheet, enum import_mode mode,
    const struct upload *upload)
{
	struct import import = { .call = call, .sheet = sheet };

	memset(sheet->counts, 0, sizeof sheet->counts);
	sheet->kept = false;
	if (compare(&import) != OUT_DONE)
		return call->fault.outcome;
	gather(&import);
	if (mode == IMPORT_WHOLE && !is_whole(&import))
		mode = IMPORT_REHEARSE;
	if (try_all(&import, mode, upload) != OUT_DONE ||
	    explain(&import) != OUT_DONE)
		return call->fault.outcome;
	for (size_t i = 0; i < sheet->n; i++)
		sheet->counts[sheet->lines[i].kind]++;
	return OUT_DONE;
}
