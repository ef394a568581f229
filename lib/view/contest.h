/*
 * contest: one field of a row that somebody else has changed while a form for
 * it was open: whose change it is, and what the person says of it. Plain data:
 * app/reconcile makes it, the page of a conflict shows it.
 */
#ifndef VIEW_CONTEST_H
#define VIEW_CONTEST_H

#include "base/words.h"
#include "merge/fields.h"
#include "merge/lines.h"

/* What was said of one place of a text, which is known by what stood there. */
struct contest_part {
	const char *key;
	enum hunk_choice choice;
};

/* Beside the cell of the same column: its base, value and theirs are the three
 * sides. All zeros: nobody changed it. */
struct contest {
	enum merge merge;
	bool base_known; /* the cell's base says what the row held before */
	bool base_whole; /* and travels with the page of the conflict */
	bool alike;	 /* both changed it, in the same way */
	bool joined;	 /* both changed a text, in different places: the cell's
			    value is both together */

	/* MERGE_DISPUTE of a text of several lines that is chosen place by
	 * place; hunks.n is 0 otherwise */
	struct hunks hunks;
	enum hunk_choice *choices; /* by disputed hunk */
	const char *mine; /* as it was sent; the cell's value is what it becomes
			     with theirs, or the person's own result */

	/* what the person has said on such a page */
	bool again;		 /* it was shown already, as a dispute */
	bool blind;		 /* and what stood there before is not known */
	enum hunk_choice choice; /* of the whole: CHOICE_THEIRS, CHOICE_MINE;
				    with hunks: the parts or the own text */
	const char *shown;	 /* what was shown as theirs, or its hash */
	struct contest_part *parts;
	size_t n_parts;
	const char *own; /* the result as written by hand, or NULL */
	enum word wrong; /* why it is asked again, or WORD_NONE */
};

#endif
