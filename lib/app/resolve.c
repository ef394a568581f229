#include "app/resolve.h"

#include <string.h>

#include "app/upload.h"
#include "view/dispute.h"
#include "view/places.h"
#include "view/was.h"

/* One disputed field of the form. */
struct answer {
	struct mem *mem;
	const struct form *form;
	enum language language;
	const char *name;
	struct cell *cell;
	struct contest *contest;
	const char *base; /* what it was before, as it travelled, or NULL */
	bool base_null;
	const char *mine;   /* what was typed, where it is chosen by places */
	const char *result; /* what was chosen; NULL: no value */
	bool theirs;	    /* as a whole: to be left alone */
	bool dropped;	    /* a file that is to be chosen again */
};

static const char *
field(const struct answer *a, const char *prefix)
{
	return form_value(
	    a->form, mem_printf(a->mem, "%s.%s", prefix, a->name));
}

static enum hunk_choice
choice_of(const char *said)
{
	static const char *const names[] = {
		[CHOICE_THEIRS] = "theirs",
		[CHOICE_MINE] = "mine",
		[CHOICE_BOTH] = "both",
	};

	for (size_t i = CHOICE_THEIRS; said && i <= CHOICE_BOTH; i++)
		if (strcmp(said, names[i]) == 0)
			return (enum hunk_choice)i;
	return CHOICE_NONE;
}

/* A choice between the two values. */
static void
judge_whole(struct answer *a, const char *held)
{
	struct contest *contest = a->contest;
	bool edited = strcmp(dispute_held(a->mem, a->cell->value), held) != 0;

	contest->choice = choice_of(field(a, "_choice"));
	if (a->dropped && contest->choice != CHOICE_THEIRS) {
		contest->wrong = WORD_FILE_AGAIN;
	} else if (contest->choice == CHOICE_THEIRS && edited && !a->dropped) {
		contest->wrong = WORD_CONFLICT_EDITED;
		contest->choice = CHOICE_NONE;
	} else if (contest->choice == CHOICE_THEIRS) {
		a->theirs = true;
	} else if (contest->choice == CHOICE_MINE) {
		a->result = a->cell->value;
	} else {
		contest->wrong = WORD_CONFLICT_CHOOSE;
	}
}

/* What was said of each place. Returns of how many something was. */
static size_t
read_parts(struct answer *a, const struct hunks *hunks)
{
	struct contest *contest = a->contest;
	size_t said = 0;

	contest->parts =
	    mem_array(a->mem, hunks->n_disputes, sizeof *contest->parts);
	contest->choices =
	    mem_array(a->mem, hunks->n_disputes, sizeof *contest->choices);
	for (size_t i = 0; i < hunks->n; i++) {
		const char *key;
		enum hunk_choice choice;

		if (hunks->items[i].kind != HUNK_DISPUTE)
			continue;
		key = places_key(a->mem, hunks, i);
		choice = choice_of(form_value(
		    a->form, mem_printf(a->mem, "_part.%s.%s", a->name, key)));
		said += choice != CHOICE_NONE;
		contest->choices[contest->n_parts] = choice;
		contest->parts[contest->n_parts++] =
		    (struct contest_part){ key, choice };
	}
	return said;
}

/* A choice by places, or a result written by hand. */
static void
judge_places(struct answer *a)
{
	struct contest *contest = a->contest;
	const char *text = a->cell->value ? a->cell->value : "";
	struct hunks hunks =
	    lines_merge(a->mem, a->base ? form_newlines(a->mem, a->base) : NULL,
		form_newlines(a->mem, a->cell->was), a->mine);
	bool own = strcmp(text, lines_apply(a->mem, &hunks, NULL)) != 0;
	size_t said = read_parts(a, &hunks);

	contest->choice = choice_of(field(a, "_choice"));
	if (own && (said == 0 || contest->choice == CHOICE_MINE)) {
		a->result = a->cell->value;
	} else if (said == hunks.n_disputes &&
		   (!own || contest->choice == CHOICE_THEIRS)) {
		a->result = lines_apply(a->mem, &hunks, contest->choices);
	} else {
		contest->wrong = own && contest->choice == CHOICE_NONE
				     ? WORD_CONFLICT_TWO_RESULTS
				     : WORD_CONFLICT_CHOOSE;
	}
	if (own && said > 0)
		contest->own = text;
}

/* Whether the field was in dispute; then what was said of it. */
static bool
judge(struct answer *a)
{
	const char *held = field(a, "_held");

	a->base = field(a, "_base");
	a->base_null = field(a, "_basenull") != NULL;
	a->mine = field(a, "_mine");
	a->contest->again = true;
	a->contest->shown = a->cell->was;
	if (a->mine && a->cell->was && !a->cell->hashed) {
		a->mine = form_newlines(a->mem, a->mine);
		judge_places(a);
	} else if (held) {
		a->mine = NULL;
		judge_whole(a, held);
	} else {
		return false;
	}
	return true;
}

/* The field as it is to be saved. */
static void
close_field(const struct answer *a)
{
	struct cell *cell = a->cell;

	*a->contest = (struct contest){ 0 };
	if (a->theirs) {
		/* a long text is not at hand: the row has it */
		cell->posted = cell->touched = false;
		cell->carried = true;
		cell->value = cell->hashed ? NULL : cell->was;
		return;
	}
	cell->value = a->result;
	cell->touched = cell->value && cell->was
			    ? was_touched(a->mem, cell->value, cell->was)
			    : cell->value != cell->was;
}

/* The field as it was in dispute. */
static void
open_field(const struct answer *a)
{
	struct cell *cell = a->cell;

	a->contest->blind = !a->base && !a->base_null;
	cell->was = a->base;
	cell->hashed = false;
	cell->touched = !a->dropped;
	if (a->dropped)
		cell->error = words_text(a->language, WORD_FILE_AGAIN);
	if (a->mine)
		cell->value = a->mine;
}

bool
resolve_asked(const struct form *form)
{
	return form_value(form, "_conflict") != NULL;
}

size_t
resolve_read(struct call *call, const struct form *form, struct cell *cells,
    struct contest *contests, bool reopen)
{
	const struct table *table = call->scope->table;
	struct answer *answers =
	    mem_array(call->mem, table->n_columns, sizeof *answers);
	size_t n = 0, open = 0;

	for (size_t i = 0; i < table->n_columns; i++) {
		struct answer *a = &answers[n];

		if (!cells[i].posted)
			continue;
		*a = (struct answer){
			.mem = call->mem,
			.form = form,
			.language = call->site.language,
			.dropped =
			    upload_is(&table->columns[i]) && !cells[i].touched,
			.name = widget_name(call->mem, &table->columns[i]),
			.cell = &cells[i],
			.contest = &contests[i],
		};
		if (!judge(a)) {
			*a->contest = (struct contest){ 0 };
			continue;
		}
		open += a->contest->wrong != WORD_NONE;
		n++;
	}
	for (size_t i = 0; i < n; i++) {
		if (reopen)
			answers[i].contest->wrong = WORD_NONE;
		if (open > 0 || reopen)
			open_field(&answers[i]);
		else
			close_field(&answers[i]);
	}
	return open;
}
