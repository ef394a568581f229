/*
 * reference: how pages show a value that refers to a row of another table: by
 * that row's label, with a link to it. What it refers to was asked before
 * (store/choice).
 */
#ifndef VIEW_REFERENCE_H
#define VIEW_REFERENCE_H

#include "store/choice.h"
#include "view/layout.h"

/* An option's label; the value behind it where another has the same, alone
 * where the label is blank. */
const char *reference_text(struct mem *, const struct choice_option *);

/* What a select offers: the choice's options and, whatever else is offered,
 * the present value (NULL: none), by its own text; marked where no such row is
 * found. Returns how many. */
size_t reference_options(struct mem *, const struct site *,
    const struct choice *, const char *present, const char *const **values,
    const char *const **labels);

/* Whether the value can be shown as its row's label. */
bool reference_known(const struct choice *, const char *value);

/* Writes the label of the row that the value refers to, cut at so many
 * characters (0: not); link: as a link to it. The value must be known. */
void reference_write(FILE *, struct mem *, const struct site *,
    const struct choice *, const char *value, size_t cut, bool link);

/* Writes a paragraph with the id: a link that opens the row that the present
 * value refers to, or that there is none; where reference_links says so. */
void reference_link(FILE *, struct mem *, const struct site *,
    const struct choice *, const char *id, const char *present);
bool reference_links(const struct choice *, const char *present);

/* The control that a search belongs to. */
struct reference_control {
	const char *id, *name, *label;
	const char *present; /* its value, or NULL */
};

/* Writes the search over the table referred to: a box _query.NAME and a button
 * _search.NAME; what was searched for last, and how much was found. The script
 * makes a combobox of it where the control holds the key alone. */
void reference_search(FILE *, struct mem *, const struct site *,
    const struct choice *, const struct reference_control *);

/* Writes the button that comes first in a form with a search in it, so that
 * Enter in a control does not search: it saves, or searches where something
 * stands in a search's box (refer_asked). */
void reference_enter(FILE *, const struct site *, enum word);

/* The list's answer to TABLE?_choice=: [{"value":..., "label":...}, ...], the
 * values as a control takes them. */
void reference_json(
    FILE *, struct mem *, const struct site *, const struct choice *);

#endif
