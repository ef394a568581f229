#include "app/removal.h"

#include <string.h>

#include "app/cells.h"
#include "app/fate.h"
#include "app/place.h"
#include "app/reconcile.h"
#include "app/together.h"
#include "format/uri.h"
#include "view/removal.h"
#include "view/shortlist.h"

static struct text *
make_page(
    struct call *call, const struct several *several, struct several_page *page)
{
	struct text *text = mem_text_open(call->mem);

	page->scope = call->scope;
	page->deletes = true;
	page->columns = shortlist(call->mem, call->scope);
	fate_page(call, several, page);
	removal_page(text->out, call->mem, &call->site, page);
	return text;
}

static enum outcome
redirect(struct call *call, size_t done)
{
	call_redirect(call,
	    place_url(call, "_deleted", mem_printf(call->mem, "%zu", done)));
	return OUT_DONE;
}

/* The rows that a list's form has selected, as they are now. */
static enum outcome
read_selection(
    struct call *call, const struct form *form, struct several *several)
{
	struct row **rows = mem_array(call->mem, form->n, sizeof *rows);
	size_t n = 0;

	*several = (struct several){ .items = mem_array(call->mem, form->n,
					 sizeof *several->items) };
	for (size_t i = 0; i < form->n; i++) {
		struct several_item *item = &several->items[several->n];
		size_t parts;

		if (strncmp(form->fields[i].name, "_select.", 8) != 0)
			continue;
		item->key =
		    uri_key_split(call->mem, form->fields[i].value, &parts);
		if (!item->key || parts != call->scope->table->n_key)
			return call_bad_field(call, "_select");
		item->state = "";
		several->n++;
	}
	if (fate_look(call, several) != OUT_DONE)
		return call->fault.outcome;
	for (size_t i = 0; i < several->n; i++)
		if (several->items[i].row) {
			rows[n] = mem_alloc(call->mem, sizeof **rows);
			*rows[n++] = *several->items[i].row;
		}
	several_of_rows(call, rows, n, several);
	return OUT_DONE;
}

static enum outcome
ask(struct call *call, const struct form *form)
{
	struct several several;
	struct several_page page = { .again = false };
	enum outcome outcome = read_selection(call, form, &several);

	if (outcome != OUT_DONE)
		return outcome;
	if (several.n == 0)
		return redirect(call, 0);
	call_send_page(call, make_page(call, &several, &page));
	return OUT_DONE;
}

/* What has changed since the page was made. */
static void
compare(struct call *call, struct several_item *item)
{
	const struct table *table = call->scope->table;
	const bool *none = mem_array(call->mem, table->n_columns, sizeof *none);

	item->cells = cells_of_form(call, &item->fields, none);
	item->contests = reconcile_begin(call->mem, table, false);
	if (item->fate == SEVERAL_STALE && item->row)
		reconcile(call->mem, call->scope, item->cells, item->contests,
		    item->row);
}

/* Those that are left, with what has become of them. */
static enum outcome
ask_again(struct call *call, struct several *several, size_t done)
{
	struct several_page page = { .again = true, .done = done };

	(void)fate_look(call, several);
	for (size_t i = 0; i < several->n; i++)
		compare(call, &several->items[i]);
	return fate_answer(call, several, make_page(call, several, &page));
}

static enum outcome
carry_out(struct call *call, const struct form *form)
{
	struct several several;
	size_t done;

	if (several_read(call, form, &several) != OUT_DONE)
		return call->fault.outcome;
	for (size_t i = 0; i < several.n; i++)
		several.items[i].wanted =
		    form_find(&several.items[i].fields, "_on") != NULL;
	together_write(call, &several, BATCH_DELETE);
	done = several_done(&several);
	return several_rest(&several) ? ask_again(call, &several, done)
				      : redirect(call, done);
}

enum outcome
removal_post(struct call *call)
{
	struct form form;
	enum outcome outcome = several_open(call, RIGHT_DELETE, &form);

	if (outcome != OUT_DONE)
		return outcome;
	return form_find(&form, "_rows") ? carry_out(call, &form)
					 : ask(call, &form);
}
