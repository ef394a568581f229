/*
 * input: the control itself, with all its attributes; label, help and hidden
 * fields around it are the widget's.
 */
#ifndef VIEW_INPUT_H
#define VIEW_INPUT_H

#include "view/widget.h"

/* What the parts of one control share. */
struct field {
	FILE *out;
	struct mem *mem;
	const struct site *site;
	const struct column *column;
	const struct cell *cell;
	const char *name, *id, *label;
	const char *comment; /* what the column's comment says of it, or NULL */
	const char *hint;    /* of hint_text */
	bool help;	     /* has a part with the id "ID-help", */
	bool tight;	     /* "ID-room", */
	bool refers;	     /* "ID-refers" */
};

/* Writes what control_choose says. */
void input_write(const struct field *);

/* Writes the attributes that every control has: id, name, autofocus, and of
 * aria what names the parts that describe it: ID-error, ID-theirs, ID-refers,
 * ID-found, ID-room and ID-help where the cell and the field have them. */
void input_attributes(const struct field *);

#endif
