/*
 * option: the radio buttons by which a disputed field is decided.
 */
#ifndef VIEW_OPTION_H
#define VIEW_OPTION_H

#include "view/contest.h"
#include "view/widget.h"

/* What the disputes of one page share. */
struct dispute {
	FILE *out;
	struct mem *mem;
	const struct site *site;
	const char *by; /* who saved the row last, or NULL */
};

/* One field, and what its parts share. */
struct disputed {
	const struct dispute *page;
	const struct column *column;
	const struct cell *cell;
	const struct contest *contest;
	const char *name, *id;
};

/* One of several radio buttons. */
struct option {
	const char *name, *value, *id;
	enum word label;
	bool checked, required;
	const char *described; /* id of a part, or NULL */
};

/* Writes the button with its label; WORD_CONFLICT_THEIRS names who it was. */
void option_write(const struct disputed *, const struct option *);

/* Writes a word of the page's language. */
void option_word(const struct disputed *, enum word);

#endif
