#include "app/several.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app/cells.h"
#include "app/edit.h"
#include "app/submit.h"
#include "format/uri.h"
#include "view/label.h"

enum {
	LABEL_MOST = 80 /* characters */
};

enum outcome
several_open(struct call *call, enum right right, struct form *form)
{
	const struct condition *condition = &call->condition;

	if (!edit_is_form(call)) {
		fault_set(&call->fault, OUT_MEDIA, "header Content-Type",
		    WORD_F_MEDIA, call->media, NULL);
		call->fault.allow =
		    "multipart/form-data, application/x-www-form-urlencoded";
		return OUT_MEDIA;
	}
	if (!(call->scope->rights & right))
		return fault_set(
		    &call->fault, OUT_DENIED, NULL, WORD_F_DENIED, NULL, NULL);
	if (condition->if_match.present && !condition->if_match.any)
		return fault_set(&call->fault, OUT_STALE, "header If-Match",
		    WORD_F_STALE_LIST, NULL, NULL);
	return edit_begin(call, form);
}

static bool
read_number(const char *text, char end, size_t *number, const char **rest)
{
	char *stop;

	if (*text < '0' || *text > '9')
		return false;
	errno = 0;
	*number = strtoul(text, &stop, 10);
	*rest = stop;
	return errno == 0 && *stop == end;
}

/* A field's row and its name there: "_row.3.note" is row 3's "note",
 * "_was._row.3.note" its "_was.note". */
static bool
split_name(struct mem *mem, const char *field, size_t *row, const char **name)
{
	static const char mark[] = "_row.";
	size_t lead = 0;
	const char *rest;

	if (strncmp(field, mark, sizeof mark - 1) != 0) {
		const char *dot = *field == '_' ? strchr(field, '.') : NULL;

		if (!dot || strncmp(dot + 1, mark, sizeof mark - 1) != 0)
			return false;
		lead = (size_t)(dot + 1 - field);
	}
	if (!read_number(field + lead + sizeof mark - 1, '.', row, &rest))
		return false;
	*name = mem_printf(mem, "%.*s%s", (int)lead, field, rest + 1);
	return true;
}

static void
add_field(struct mem *mem, struct form *form, const struct form_field *field,
    const char *name)
{
	form->fields =
	    mem_grow(mem, form->fields, form->n, sizeof *form->fields);
	form->fields[form->n] = *field;
	form->fields[form->n++].name = name;
}

/* Every field goes to its row; the button pressed by Enter to all. */
static void
deal(struct call *call, const struct form *form, struct several *several)
{
	for (size_t i = 0; i < form->n; i++) {
		const struct form_field *field = &form->fields[i];
		const char *name;
		size_t row;

		if (split_name(call->mem, field->name, &row, &name)) {
			if (row < several->n)
				add_field(call->mem,
				    &several->items[row].fields, field, name);
		} else if (strcmp(field->name, "_enter") == 0) {
			for (row = 0; row < several->n; row++)
				add_field(call->mem,
				    &several->items[row].fields, field,
				    field->name);
		}
	}
}

static enum outcome
read_item(struct call *call, struct several_item *item)
{
	const char *key = form_value(&item->fields, "_key");
	const char *state = form_value(&item->fields, "_etag");
	const char *label = form_value(&item->fields, "_label");
	size_t n;

	item->key = uri_key_split(call->mem, key, &n);
	if (!item->key || n != call->scope->table->n_key)
		return call_bad_field(call, "_key");
	item->state = state ? state : "";
	item->label = label && *label ? label : key;
	return OUT_DONE;
}

enum outcome
several_read(
    struct call *call, const struct form *form, struct several *several)
{
	const char *rows = form_value(form, "_rows");
	const char *mode = form_value(form, "_mode");
	struct write write = { .scope = call->scope };
	size_t n = 0;

	*several =
	    (struct several){ .each = mode && strcmp(mode, "each") == 0 };
	if (!rows || !read_number(rows, '\0', &several->n, &rows) ||
	    several->n > FORM_MAX_FIELDS)
		return call_bad_field(call, "_rows");
	if (submit_read(call, form, &write) != OUT_DONE)
		return call->fault.outcome;
	if (call->unconfirmed != WORD_NONE)
		fault_set(&several->fault, OUT_CONFLICT, NULL,
		    call->unconfirmed, call->display, NULL);
	several->submission = write.submission;
	several->items =
	    mem_array(call->mem, several->n, sizeof *several->items);
	deal(call, form, several);
	/* those that are gone come back without a key */
	for (size_t i = 0; i < several->n; i++) {
		if (!form_find(&several->items[i].fields, "_key"))
			continue;
		several->items[n] = several->items[i];
		if (read_item(call, &several->items[n++]) != OUT_DONE)
			return call->fault.outcome;
	}
	several->n = n;
	return OUT_DONE;
}

/* The first characters of a row's label; its key where that shows nothing. */
static const char *
short_label(struct call *call, const struct row *row)
{
	const char *label = label_of(call->mem, call->scope, row);
	size_t at = 0, n = 0;

	if (label[strspn(label, " \t\r\n")] == '\0')
		return table_key_text(call->mem, call->scope->table, row->key);
	for (; label[at] != '\0'; at++)
		if (((unsigned char)label[at] & 0xc0) != 0x80 &&
		    n++ == LABEL_MOST)
			return mem_printf(
			    call->mem, "%.*s\xe2\x80\xa6", (int)at, label);
	return label;
}

void
several_of_rows(struct call *call, struct row *const *rows, size_t n,
    struct several *several)
{
	*several = (struct several){ .n = n };
	several->items = mem_array(call->mem, n, sizeof *several->items);
	for (size_t i = 0; i < n; i++)
		several->items[i] = (struct several_item){
			.key = rows[i]->key,
			.state = rows[i]->state,
			.label = short_label(call, rows[i]),
			.cells = cells_of_row(call->mem, call->scope, rows[i]),
			.row = rows[i],
		};
}

size_t
several_done(const struct several *several)
{
	size_t n = 0;

	for (size_t i = 0; i < several->n; i++)
		n += several->items[i].done;
	return n;
}

size_t
several_merged(const struct several *several)
{
	size_t n = 0;

	for (size_t i = 0; i < several->n; i++)
		n += several->items[i].done && several->items[i].merged;
	return n;
}

bool
several_rest(struct several *several)
{
	size_t n = 0;

	for (size_t i = 0; i < several->n; i++)
		if (several->items[i].wanted && !several->items[i].done)
			several->items[n++] = several->items[i];
	several->n = n;
	return n > 0;
}
