#include "app/access.h"

#include <string.h>
#include <time.h>

#include "format/media.h"
#include "format/seal.h"
#include "web/origin.h"

enum {
	TOKEN_SECONDS = 24 * 60 * 60
};

static bool
listed(const struct config_list *list, const char *name)
{
	for (size_t i = 0; name && i < list->n; i++)
		if (strcmp(list->items[i], name) == 0)
			return true;
	return false;
}

enum outcome
access_who(struct call *call)
{
	const char *user = request_variable(call->request, "REMOTE_USER");

	call->who = (struct person){ 0 };
	call->person = call->display = NULL;
	call->groups = NULL;
	call->n_groups = 0;
	if (call->config->remote_user && user && *user)
		call->person = call->display = call->who.name = user;
	call->admin = listed(&call->config->admin, call->person);
	call->access = call->person ? call->config->authenticated
				    : call->config->anonymous;
	if (call->access == CONFIG_NONE)
		return fault_set(
		    &call->fault, OUT_DENIED, NULL, WORD_F_NOBODY, NULL, NULL);
	return OUT_DONE;
}

static char *
subject(struct call *call)
{
	return mem_printf(
	    call->mem, "form\n%s", call->person ? call->person : "");
}

char *
access_token(struct call *call)
{
	if (!call->config->secret)
		return NULL;
	return seal_make(call->mem, call->config->secret, subject(call),
	    time(NULL) + TOKEN_SECONDS);
}

/* Whether a page of another site could have sent this without being asked: a
 * POST of a type that forms have, or of none. The type counts even where there
 * is no body for it. */
static bool
forgeable(const struct call *call)
{
	static const char *const types[] = { "",
		"application/x-www-form-urlencoded", "multipart/form-data",
		"text/plain" };

	const char *type = media_type(
	    call->mem, request_header(call->request, "CONTENT_TYPE"));

	if (call->request->method != METHOD_POST && !call->request->tunnelled)
		return false;
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (strcmp(type, types[i]) == 0)
			return true;
	return false;
}

enum outcome
access_origin(struct call *call, const char *token)
{
	enum origin origin = origin_of(call->request);

	if (origin == ORIGIN_SAME)
		return OUT_DONE;
	if (origin == ORIGIN_UNSAID && !forgeable(call))
		return OUT_DONE;
	if (origin == ORIGIN_UNSAID && token && call->config->secret &&
	    seal_check(call->config->secret, subject(call), token, time(NULL)))
		return OUT_DONE;
	return fault_set(&call->fault, OUT_DENIED, "header Origin",
	    WORD_F_CROSS_SITE, NULL, NULL);
}

struct scope *
access_scope(struct call *call, const struct table *table)
{
	struct scope *scope = mem_alloc(call->mem, sizeof *scope);
	size_t n = table->n_columns;

	scope->table = table;
	scope->read = mem_array(call->mem, n, sizeof *scope->read);
	scope->insert = mem_array(call->mem, n, sizeof *scope->insert);
	scope->update = mem_array(call->mem, n, sizeof *scope->update);
	if (call->access >= CONFIG_READ)
		scope->rights = table->rights & RIGHT_READ;
	if (call->access >= CONFIG_WRITE)
		scope->rights = table->rights;
	for (size_t i = 0; i < n; i++) {
		const struct column *column = &table->columns[i];
		bool shown = !column->hidden || column->key_part;
		bool version = table->version && table->version_column == i;
		bool free =
		    shown && !column->kept && !version && !column->read_only;

		scope->read[i] = column->selectable && shown;
		scope->insert[i] = column->insertable && free;
		scope->update[i] = column->updatable && free && scope->read[i];
	}
	return scope;
}
