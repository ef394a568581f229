#include "app/access.h"

#include <string.h>
#include <time.h>

#include "app/relogin.h"
#include "app/rights.h"
#include "app/session.h"
#include "base/names.h"
#include "format/media.h"
#include "format/seal.h"
#include "web/origin.h"

enum {
	TOKEN_SECONDS = 24 * 60 * 60
};

static bool
listed(const struct config_list *list, const char *name)
{
	return name && names_hold(list->items, list->n, name);
}

enum outcome
access_who(struct call *call)
{
	const char *user = request_variable(call->request, "REMOTE_USER");
	enum outcome outcome = OUT_DONE;

	session_nobody(call);
	if (call->config->remote_user && user && *user)
		call->person = call->display = call->who.name = user;
	else if (call->accounts)
		outcome = relogin_posted(call) ? relogin_here(call)
					       : session_who(call);
	return outcome == OUT_DONE ? access_admit(call) : outcome;
}

enum outcome
access_admit(struct call *call)
{
	call->admin =
	    call->session.admin || listed(&call->config->admin, call->person);
	call->access = call->person ? call->config->authenticated
				    : call->config->anonymous;
	rights_join(call);
	if (call->accounts && relogin_due(call) != OUT_DONE)
		return call->fault.outcome;
	if (call->admin || rights_any(call))
		return OUT_DONE;
	fault_set(&call->fault, OUT_DENIED, NULL, WORD_F_NOBODY, NULL, NULL);
	relogin_helps(call);
	return call->fault.outcome;
}

/* Whom a form is made for; nobody has no name. */
static char *
subject(struct call *call, const char *person)
{
	return mem_printf(call->mem, "form\n%s", person ? person : "");
}

char *
access_token(struct call *call)
{
	if (!call->config->secret)
		return NULL;
	return seal_make(call->mem, call->config->secret,
	    subject(call, call->person), time(NULL) + TOKEN_SECONDS);
}

bool
access_made_for(struct call *call, const char *token, const char *person)
{
	return token && call->config->secret &&
	       seal_check(
		   call->config->secret, subject(call, person), token, 0);
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

	/* no page sets these fields without asking first */
	if (call->request->tunnelled &&
	    (request_header(call->request, "X_HTTP_METHOD_OVERRIDE") ||
		request_header(call->request, "IF_MATCH")))
		return false;
	return (call->request->method == METHOD_POST ||
		   call->request->tunnelled) &&
	       names_hold(types, sizeof types / sizeof *types, type);
}

enum outcome
access_origin(struct call *call, const char *token)
{
	enum origin origin = origin_of(call->request);

	/* a form that is to be looked at first, at a door that cannot show it
	 */
	if (call->unconfirmed != WORD_NONE)
		return fault_set(&call->fault, OUT_CONFLICT, NULL,
		    call->unconfirmed, call->display, NULL);
	if (origin == ORIGIN_SAME || call->same_origin)
		return OUT_DONE;
	if (origin == ORIGIN_UNSAID && !forgeable(call))
		return OUT_DONE;
	if (origin == ORIGIN_UNSAID && token && call->config->secret &&
	    seal_check(call->config->secret, subject(call, call->person), token,
		time(NULL)))
		return OUT_DONE;
	return fault_set(&call->fault, OUT_DENIED, "header Origin",
	    WORD_F_CROSS_SITE, NULL, NULL);
}

/* What this person may do with one column. */
static void
set_column(struct call *call, const struct config_table *section,
    struct scope *scope, size_t i)
{
	const struct table *table = scope->table;
	const struct column *column = &table->columns[i];
	bool seen = rights_see(call, section, column->name) &&
		    (!column->hidden || column->key_part);
	bool version = table->version && table->version_column == i;
	bool free = seen && !column->kept && !version && !column->read_only;
	bool barred = seen && !rights_set(call, section, column->name);

	scope->read[i] = column->selectable && seen;
	scope->insert[i] = column->insertable && free && !barred;
	scope->update[i] =
	    column->updatable && free && !barred && scope->read[i];
	scope->barred[i] = barred;
	scope->no_author |= !scope->read[i] && table->changed_by &&
			    strcmp(table->changed_by, column->name) == 0;
	scope->no_date |= !scope->read[i] && table->modified &&
			  strcmp(table->modified, column->name) == 0;
	/* without the key no row can be named */
	if (column->key_part && !scope->read[i])
		scope->rights = 0;
}

struct scope *
access_scope(struct call *call, const struct table *table)
{
	const struct config_table *section =
	    &call->config->tables[table->exposure];
	struct scope *scope = mem_alloc(call->mem, sizeof *scope);
	size_t n = table->n_columns;

	scope->table = table;
	scope->read = mem_array(call->mem, n, sizeof *scope->read);
	scope->insert = mem_array(call->mem, n, sizeof *scope->insert);
	scope->update = mem_array(call->mem, n, sizeof *scope->update);
	scope->barred = mem_array(call->mem, n, sizeof *scope->barred);
	if (!table->withheld)
		scope->rights = table->rights & rights_table(call, section);
	for (size_t i = 0; i < n; i++)
		set_column(call, section, scope, i);
	return scope;
}

/* Which right a method needs, where reading is not enough; one of them. */
static const struct {
	enum resource resource;
	const char *method;
	unsigned rights;
} needs[] = {
	{ RESOURCE_TABLE, "POST", RIGHT_CREATE },
	{ RESOURCE_TABLE, "PUT", RIGHT_CREATE | RIGHT_UPDATE },
	{ RESOURCE_TABLE, "PATCH", RIGHT_CREATE | RIGHT_UPDATE },
	{ RESOURCE_TABLE, "DELETE", RIGHT_DELETE },
	{ RESOURCE_GRID, "GET", RIGHT_UPDATE },
	{ RESOURCE_GRID, "HEAD", RIGHT_UPDATE },
	{ RESOURCE_GRID, "POST", RIGHT_UPDATE },
	{ RESOURCE_REMOVAL, "POST", RIGHT_DELETE },
	{ RESOURCE_IMPORT, "GET", RIGHT_CREATE | RIGHT_UPDATE },
	{ RESOURCE_IMPORT, "HEAD", RIGHT_CREATE | RIGHT_UPDATE },
	{ RESOURCE_IMPORT, "POST", RIGHT_CREATE | RIGHT_UPDATE },
	{ RESOURCE_NEW, "GET", RIGHT_CREATE },
	{ RESOURCE_NEW, "HEAD", RIGHT_CREATE },
	{ RESOURCE_DELETE, "GET", RIGHT_DELETE },
	{ RESOURCE_DELETE, "HEAD", RIGHT_DELETE },
	{ RESOURCE_ROW, "POST", RIGHT_UPDATE | RIGHT_DELETE },
	{ RESOURCE_ROW, "PUT", RIGHT_CREATE | RIGHT_UPDATE },
	{ RESOURCE_ROW, "PATCH", RIGHT_UPDATE },
	{ RESOURCE_ROW, "DELETE", RIGHT_DELETE },
	{ RESOURCE_VALUE, "PUT", RIGHT_UPDATE },
};

static bool
may_ask(const struct call *call, const char *method, size_t len)
{
	for (size_t i = 0; call->scope && i < sizeof needs / sizeof *needs; i++)
		if (needs[i].resource == call->route.resource &&
		    strlen(needs[i].method) == len &&
		    strncmp(needs[i].method, method, len) == 0)
			return (call->scope->rights & needs[i].rights) != 0;
	return true;
}

const char *
access_allow(struct call *call)
{
	const char *method = route_allow(call->route.resource);
	struct text *text = mem_text_open(call->mem);

	for (const char *lead = ""; *method != '\0';) {
		size_t len = strcspn(method, ",");

		if (may_ask(call, method, len)) {
			fprintf(text->out, "%s%.*s", lead, (int)len, method);
			lead = ", ";
		}
		method += len;
		method += strspn(method, ", ");
	}
	return mem_text(text);
}
