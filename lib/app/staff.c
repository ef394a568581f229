#include "app/staff.h"

#include <stdlib.h>
#include <string.h>

#include "app/rights.h"
#include "base/names.h"

/* Names, each once. */
struct names {
	struct mem *mem;
	const char **items;
	size_t n;
};

static void
add_name(struct names *names, const char *at, size_t len)
{
	const char *name;

	while (len > 0 && strchr(" \t\r\n@", *at) != NULL)
		at++, len--;
	while (len > 0 && strchr(" \t\r\n", at[len - 1]) != NULL)
		len--;
	name = mem_copy(names->mem, at, len);
	for (size_t i = 0; i < names->n; i++)
		if (strcmp(names->items[i], name) == 0)
			return;
	if (len == 0)
		return;
	names->items =
	    mem_grow(names->mem, names->items, names->n, sizeof *names->items);
	names->items[names->n++] = name;
}

/* "a, b" */
static void
add_names(struct names *names, const char *text)
{
	while (text && *text != '\0') {
		size_t len = strcspn(text, ",");

		add_name(names, text, len);
		text += len;
		text += *text == ',';
	}
}

static int
in_order(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
sort(struct names *names)
{
	if (names->n > 0)
		qsort(names->items, names->n, sizeof *names->items, in_order);
}

static const char *
read_line(struct mem *mem, const struct form *form, const char *name)
{
	const char *line = form_line(mem, form, name);

	return line && *line != '\0' ? line : NULL;
}

static void
set_groups(struct roster_entry *entry, struct names *names)
{
	sort(names);
	entry->groups = names->items;
	entry->n_groups = names->n;
}

struct staff_form
staff_read(struct mem *mem, const struct form *form, const char *name)
{
	struct names groups = { .mem = mem };
	struct staff_form
	    read = { .entry = {
			 .name = name ? name : read_line(mem, form, "name"),
			 .display = read_line(mem, form, "display"),
			 .admin = form_find(form, "admin") != NULL,
			 .disabled = form_find(form, "disabled") != NULL,
		     } };

	for (size_t i = 0; i < form->n; i++)
		if (strcmp(form->fields[i].name, "group") == 0)
			add_names(&groups, form->fields[i].value);
	add_names(&groups, form_value(form, "groups"));
	set_groups(&read.entry, &groups);
	read.epoch = name ? form_value(form, "_etag") : NULL;
	read.entry.epoch = read.epoch;
	for (enum accounts_part i = 0; i < ACCOUNTS__MAX; i++) {
		const char *was = form_value(
		    form, mem_printf(mem, "_was.%s", accounts_field(i)));

		read.was[i] = was ? was : "";
	}
	return read;
}

/* The parts as texts. */
static void
write_parts(struct mem *mem, const struct roster_entry *entry,
    const char *parts[ACCOUNTS__MAX])
{
	parts[ACCOUNTS_DISPLAY] = entry->display ? entry->display : "";
	parts[ACCOUNTS_ADMIN] = entry->admin ? "1" : "";
	parts[ACCOUNTS_DISABLED] = entry->disabled ? "1" : "";
	parts[ACCOUNTS_GROUPS] =
	    names_join(mem, entry->groups, entry->n_groups, ", ");
}

static void
read_part(struct mem *mem, struct roster_entry *entry, enum accounts_part part,
    const char *text)
{
	struct names groups = { .mem = mem };

	switch (part) {
	case ACCOUNTS_DISPLAY:
		entry->display = *text ? text : NULL;
		break;
	case ACCOUNTS_ADMIN:
		entry->admin = *text != '\0';
		break;
	case ACCOUNTS_DISABLED:
		entry->disabled = *text != '\0';
		break;
	case ACCOUNTS_GROUPS:
		add_names(&groups, text);
		set_groups(entry, &groups);
		break;
	case ACCOUNTS__MAX:
		break;
	}
}

struct staff_form
staff_of_account(struct mem *mem, const struct account *account)
{
	struct names groups = { .mem = mem };
	struct staff_form form = { .entry = {
				       .name = account->name,
				       .epoch = account->epoch,
				       .display = account->display,
				       .admin = account->admin,
				       .disabled = account->disabled,
				   } };

	add_names(&groups, account->groups);
	set_groups(&form.entry, &groups);
	form.epoch = account->epoch;
	write_parts(mem, &form.entry, form.was);
	return form;
}

bool
staff_same(struct mem *mem, const struct staff_form *form,
    const struct account *account)
{
	struct staff_form now = staff_of_account(mem, account);

	for (enum accounts_part i = 0; i < ACCOUNTS__MAX; i++)
		if (strcmp(form->was[i], now.was[i]) != 0)
			return false;
	return true;
}

struct staff_form
staff_merge(struct mem *mem, const struct staff_form *typed,
    const struct account *account, const char *now[ACCOUNTS__MAX])
{
	struct staff_form merged = staff_of_account(mem, account);
	const char *mine[ACCOUNTS__MAX];

	write_parts(mem, &typed->entry, mine);
	for (enum accounts_part i = 0; i < ACCOUNTS__MAX; i++) {
		bool changed = strcmp(typed->was[i], merged.was[i]) != 0;

		now[i] = NULL;
		if (strcmp(mine[i], typed->was[i]) == 0)
			continue;
		read_part(mem, &merged.entry, i, mine[i]);
		if (changed && strcmp(mine[i], merged.was[i]) != 0)
			now[i] = merged.was[i];
	}
	return merged;
}

static void
offer(void *at, const char *group)
{
	add_name(at, group, strlen(group));
}

const struct accounts_fields *
staff_fields(struct call *call, const struct staff_form *form,
    struct account *const *all, size_t n)
{
	static const struct staff_form empty;
	const struct roster_entry *entry = form ? &form->entry : &empty.entry;
	struct accounts_fields *fields = mem_alloc(call->mem, sizeof *fields);
	struct names names = { .mem = call->mem };

	rights_groups(call->config, offer, &names);
	for (size_t i = 0; i < n; i++)
		add_names(&names, all[i]->groups);
	for (size_t i = 0; i < entry->n_groups; i++)
		offer(&names, entry->groups[i]);
	sort(&names);
	*fields = (struct accounts_fields){
		.name = entry->name,
		.display = entry->display,
		.admin = entry->admin,
		.disabled = entry->disabled,
		.groups = mem_array(call->mem, names.n, sizeof *fields->groups),
		.n_groups = names.n,
	};
	for (size_t i = 0; i < names.n; i++)
		fields->groups[i] = (struct accounts_group){ names.items[i],
			names_hold(
			    entry->groups, entry->n_groups, names.items[i]) };
	return fields;
}

const struct accounts_line *
staff_lines(struct mem *mem, struct account *const *all, size_t n)
{
	struct accounts_line *lines = mem_array(mem, n, sizeof *lines);

	for (size_t i = 0; i < n; i++) {
		struct staff_form form = staff_of_account(mem, all[i]);

		lines[i] = (struct accounts_line){
			.name = all[i]->name,
			.display = all[i]->display,
			.groups = form.was[ACCOUNTS_GROUPS],
			.admin = all[i]->admin,
			.disabled = all[i]->disabled,
			.waiting = !all[i]->password,
		};
	}
	return lines;
}
