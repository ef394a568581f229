#include "store/inherit.h"

/* The view's columns that show these of the base; NULL: not all are shown. */
static size_t *
shown(struct mem *mem, const struct table *view, const struct table *base,
    const size_t *columns, size_t n)
{
	size_t *found = mem_array(mem, n, sizeof *found);

	for (size_t k = 0; k < n; k++) {
		size_t i = 0;

		while (i < view->n_columns &&
		       (view->columns[i].origin != base->oid ||
			   view->columns[i].origin_number !=
			       base->columns[columns[k]].number))
			i++;
		if (i == view->n_columns)
			return NULL;
		found[k] = i;
	}
	return found;
}

void
inherit_table(struct mem *mem, struct table *view, const struct table *base)
{
	view->key = shown(mem, view, base, base->key, base->n_key);
	view->n_key = view->key ? base->n_key : 0;
	view->foreign_keys =
	    mem_array(mem, base->n_foreign_keys, sizeof *view->foreign_keys);
	for (size_t i = 0; i < base->n_foreign_keys; i++) {
		struct foreign_key key = base->foreign_keys[i];

		key.columns = shown(mem, view, base, key.columns, key.n);
		if (key.columns)
			view->foreign_keys[view->n_foreign_keys++] = key;
	}
	view->constraints =
	    mem_array(mem, base->n_constraints, sizeof *view->constraints);
	for (size_t i = 0; i < base->n_constraints; i++) {
		struct constraint constraint = base->constraints[i];

		constraint.columns =
		    shown(mem, view, base, constraint.columns, constraint.n);
		if (constraint.columns)
			view->constraints[view->n_constraints++] = constraint;
	}
	for (size_t i = 0; i < view->n_columns; i++)
		for (size_t k = 0; k < base->n_columns; k++)
			if (view->columns[i].origin == base->oid &&
			    view->columns[i].origin_number ==
				base->columns[k].number)
				view->columns[i].rule = base->columns[k].rule;
	for (size_t i = 0; i < 3; i++) {
		view->ruled[i] |= base->ruled[i];
		view->reread[i] |= base->reread[i];
		view->deferred |= base->deferred;
	}
	view->row_security |= base->row_security;
}
