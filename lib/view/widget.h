/*
 * widget: one column as a control of a form, chosen by its type.
 */
#ifndef VIEW_WIDGET_H
#define VIEW_WIDGET_H

#include "store/choice.h"
#include "store/table.h"
#include "view/layout.h"

/* What one control shows and sends. Texts are IMAGE_TEXT. */
struct cell {
	const char *value; /* what the control holds; NULL: no value */
	const char *was;   /* what the row held when it was shown; NULL: none */
	const char *theirs; /* what the row holds now; NULL: none */
	const char *base;   /* what it held before theirs, where that is known
			       and shown; NULL: none */
	bool show_theirs;   /* it differs from value or from was: show it */
	bool touched;	    /* the person changed it */
	bool posted;	    /* it came back from a form */
	bool carried;	    /* was came back from a form */
	bool hashed;	    /* was is a hash already, as it came back */
	bool whole; /* was travels as it is, not by its hash (view/was) */
	const char *readings[2]; /* the two numbers that value, as it was typed,
				    can mean; NULL: it is not in doubt */
	const char *error;	 /* why it was refused, or NULL */
	const char *media; /* the type of a file that came back, or NULL */
	const char *link;  /* where the stored bytes alone are, behind base; or
			     NULL */
	const struct choice *choice; /* what its texts refer to, or NULL */
	bool focus; /* the control to begin at; form_page sets it to the
			first with an error */
};

/* What _null.FIELD says where a person has checked it. */
#define WIDGET_NONE "none"

/* The name under which a column travels: its own, or "_c.NAME" where that
 * begins with '_'. It is the FIELD of _was.FIELD, _null.FIELD and
 * _wasnull.FIELD. */
char *widget_name(struct mem *, const struct column *);

/* The id of its control, for links to it; unique within a form. */
char *widget_id(struct mem *, const struct column *);

/*
 * Writes the control with its label, help (the comment), error and the present
 * value where show_theirs; and what was_write makes of was. A type whose '' is
 * a value of its own (column.text) and that may be NULL has a checkbox
 * _null.FIELD, checked where value is NULL; then it counts only with an empty
 * text, since it may have been forgotten behind one. Whoever checks it sends
 * WIDGET_NONE: it counts with an untouched text, too. _wasnull.FIELD is sent
 * where was is NULL. Untouched controls come back such that was_touched says
 * so, for any text: what a control holds is what typing_show makes of the
 * value, _was is the value itself. Bytes have a file's control (view/upload).
 */
void widget_write(FILE *, struct mem *, const struct site *,
    const struct column *, const struct cell *);

/* Writes one of the cell's values between tags, cut at so many characters (0:
 * not): by the label of the row that it refers to, where that is known. */
void widget_value(FILE *, struct mem *, const struct site *,
    const struct column *, const struct cell *, const char *value, size_t cut);

/* Where a control stands that is one of several for its column. */
struct widget_place {
	const char *name, *id; /* instead of the column's own */
	const char *label;     /* says which one it is; read aloud alone */
};

/* The control in a narrow place: without help and links. */
void widget_write_at(FILE *, struct mem *, const struct site *,
    const struct column *, const struct cell *, const struct widget_place *);

/* A column that cannot be changed: label, value, and what that refers to. */
void widget_show_cell(FILE *, struct mem *, const struct site *,
    const struct column *, const struct cell *);

#endif
