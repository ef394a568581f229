#include "app/rights.h"

#include <string.h>

#include "base/names.h"

/* What the right of each list is to the store. */
static const enum right right_of[MAY__MAX] = {
	[MAY_READ] = RIGHT_READ,
	[MAY_CREATE] = RIGHT_CREATE,
	[MAY_UPDATE] = RIGHT_UPDATE,
	[MAY_DELETE] = RIGHT_DELETE,
	[MAY_EXPORT] = RIGHT_EXPORT,
};

/* What "anonymous" and "authenticated" give. */
static const unsigned given_by[] = {
	[CONFIG_NONE] = 0,
	[CONFIG_READ] = RIGHT_READ | RIGHT_EXPORT,
	[CONFIG_WRITE] = RIGHT_READ | RIGHT_CREATE | RIGHT_UPDATE |
			 RIGHT_DELETE | RIGHT_EXPORT,
};

/* Whether a list means the call's person. */
static bool
means(const struct call *call, const struct config_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		const char *who = list->items[i];

		if (strcmp(who, "anyone") == 0)
			return true;
		if (!call->person)
			continue;
		if (*who == '@'
			? names_hold(call->groups, call->n_groups, who + 1)
			: strcmp(who, "*") == 0 ||
			      strcmp(who, call->person) == 0)
			return true;
	}
	return false;
}

static void
add_group(struct call *call, const char *name)
{
	const char **groups;

	if (names_hold(call->groups, call->n_groups, name))
		return;
	groups = mem_array(call->mem, call->n_groups + 1, sizeof *groups);
	for (size_t i = 0; i < call->n_groups; i++)
		groups[i] = call->groups[i];
	groups[call->n_groups++] = name;
	call->groups = groups;
}

static const char *
role_of(const struct call *call)
{
	const struct config_names *roles = &call->config->roles;

	for (size_t i = 0; i < roles->n; i++)
		if (means(call, &roles->items[i].list))
			return roles->items[i].name;
	return call->config->role == CONFIG_ROLE_PERSON ? call->person : NULL;
}

void
rights_join(struct call *call)
{
	const struct config_names *groups = &call->config->groups;

	for (size_t i = 0; call->person && i < groups->n; i++) {
		const struct config_list *list = &groups->items[i].list;

		for (size_t k = 0; k < list->n; k++)
			if (strcmp(list->items[k], call->person) == 0)
				add_group(call, groups->items[i].name);
	}
	call->who.groups =
	    call->n_groups > 0
		? names_join(call->mem, call->groups, call->n_groups, ",")
		: NULL;
	call->who.role = role_of(call);
}

/* The list that decides, or NULL. */
static const struct config_list *
list_of(const struct config *config, const struct config_table *section,
    enum config_may may)
{
	if (section && section->may[may].line != 0)
		return &section->may[may];
	return config->may[may].line != 0 ? &config->may[may] : NULL;
}

unsigned
rights_table(const struct call *call, const struct config_table *section)
{
	unsigned rights = 0;

	for (enum config_may may = 0; may < MAY__MAX; may++) {
		const struct config_list *list =
		    list_of(call->config, section, may);
		bool given = list ? means(call, list)
				  : given_by[call->access] & right_of[may];

		if (given)
			rights |= right_of[may];
	}
	return rights & RIGHT_READ ? rights : 0;
}

static bool
open_to(const struct call *call, const struct config_names *names,
    const char *column)
{
	for (size_t i = 0; i < names->n; i++)
		if (strcmp(names->items[i].name, column) == 0)
			return means(call, &names->items[i].list);
	return true;
}

bool
rights_see(const struct call *call, const struct config_table *section,
    const char *column)
{
	return open_to(call, &section->reads, column);
}

bool
rights_set(const struct call *call, const struct config_table *section,
    const char *column)
{
	return open_to(call, &section->updates, column) &&
	       rights_see(call, section, column);
}

bool
rights_any(const struct call *call)
{
	const struct config *config = call->config;
	bool any = rights_table(call, NULL) != 0;

	for (size_t i = 0; i < config->n_tables && !any; i++)
		any = rights_table(call, &config->tables[i]) != 0;
	return any;
}

bool
rights_given(const struct config *config)
{
	bool known = (config->remote_user || config->accounts) &&
		     config->authenticated != CONFIG_NONE;
	bool given = config->anonymous != CONFIG_NONE || known ||
		     config->may[MAY_READ].n > 0;

	for (size_t i = 0; i < config->n_tables && !given; i++)
		given = config->tables[i].may[MAY_READ].n > 0;
	return given;
}

static void
name_groups(const struct config_list *list, void (*take)(void *, const char *),
    void *at)
{
	for (size_t i = 0; i < list->n; i++)
		if (*list->items[i] == '@')
			take(at, list->items[i] + 1);
}

static void
name_all(const struct config_names *names, void (*take)(void *, const char *),
    void *at)
{
	for (size_t i = 0; i < names->n; i++)
		name_groups(&names->items[i].list, take, at);
}

void
rights_groups(
    const struct config *config, void (*take)(void *, const char *), void *at)
{
	for (size_t i = 0; i < config->groups.n; i++)
		take(at, config->groups.items[i].name);
	for (enum config_may may = 0; may < MAY__MAX; may++)
		name_groups(&config->may[may], take, at);
	name_all(&config->roles, take, at);
	for (size_t i = 0; i < config->n_tables; i++) {
		const struct config_table *table = &config->tables[i];

		for (enum config_may may = 0; may < MAY__MAX; may++)
			name_groups(&table->may[may], take, at);
		name_all(&table->reads, take, at);
		name_all(&table->updates, take, at);
	}
}
