#include "app/serve.h"

#include <inttypes.h>
#include <string.h>

#include "app/access.h"
#include "app/accounts.h"
#include "app/bulk.h"
#include "app/call.h"
#include "app/checkpage.h"
#include "app/directory.h"
#include "app/edit.h"
#include "app/find.h"
#include "app/firsttable.h"
#include "app/furnish.h"
#include "app/grid.h"
#include "app/importpage.h"
#include "app/importput.h"
#include "app/known.h"
#include "app/listing.h"
#include "app/login.h"
#include "app/negotiate.h"
#include "app/onevalue.h"
#include "app/ownaccount.h"
#include "app/place.h"
#include "app/probe.h"
#include "app/read.h"
#include "app/refer.h"
#include "app/refusal.h"
#include "app/regrid.h"
#include "app/relogin.h"
#include "app/removal.h"
#include "app/save.h"
#include "app/session.h"
#include "app/site.h"
#include "app/validate.h"
#include "base/clock.h"
#include "base/log.h"
#include "format/media.h"
#include "store/sqlstate.h"
#include "web/tunnel.h"

struct app {
	struct mem *mem;
	const struct config *config;
	struct roles *roles;
	struct db *db;
	struct accounts *accounts; /* NULL: none of our own */
	struct known *known;
	struct directory *directory;
};

struct app *
app_new(const struct config *config, bool once)
{
	struct mem *mem = mem_new();
	struct app *app = mem_alloc(mem, sizeof *app);
	struct db_options *asked;

	app->mem = mem;
	app->config = config;
	app->roles = roles_new(mem, config);
	asked = site_options(mem, config);
	asked->keep = once;
	app->db = db_new(mem, asked);
	if (config->accounts)
		app->accounts = accounts_new(mem, app->db);
	app->known = known_new(mem);
	app->directory = directory_new(mem);
	return app;
}

void
app_free(struct app *app)
{
	mem_free(app->mem);
}

int
app_rest(void *context, long idle_ms)
{
	const struct app *app = context;

	return db_rest(app->db, idle_ms);
}

static enum outcome
options(struct call *call)
{
	const char *allow = access_allow(call);

	response_field(call->response, "Allow", allow);
	if (call->route.resource == RESOURCE_ROW && strstr(allow, "PATCH"))
		response_field(call->response, "Accept-Patch",
		    "application/merge-patch+json, application/json");
	if (call->route.resource == RESOURCE_TABLE && strstr(allow, "PATCH"))
		response_field(
		    call->response, "Accept-Patch", "application/json");
	if (call->route.resource == RESOURCE_TABLE && strstr(allow, "POST"))
		response_field(call->response, "Accept-Post",
		    "application/json, multipart/form-data, "
		    "application/x-www-form-urlencoded");
	call->response->status = 204;
	return OUT_DONE;
}

static enum outcome
post_row(struct call *call)
{
	if (edit_is_form(call))
		return edit_row(call);
	fault_set(&call->fault, OUT_MEDIA, "header Content-Type", WORD_F_MEDIA,
	    call->media, NULL);
	call->fault.allow =
	    "multipart/form-data, application/x-www-form-urlencoded";
	return OUT_MEDIA;
}

static enum outcome
post_table(struct call *call)
{
	return edit_is_form(call) ? edit_table(call) : save_post(call);
}

/* Who serves what. Pages alone, JSON alone, or both; HEAD is GET. */
static const struct service {
	unsigned formats; /* 1 << enum format */
	bool needs_table;
	bool open; /* to everybody: tells nothing of the site's data */
	call_handler *methods[METHOD_OTHER];
} services[RESOURCE__MAX] = {
#define BOTH (1u << FORMAT_JSON | 1u << FORMAT_HTML)
	[RESOURCE_HOME] = { BOTH, false, false,
	    { [METHOD_GET] = read_home, [METHOD_OPTIONS] = options } },
	[RESOURCE_FIRST] = { 1u << FORMAT_HTML, false, false,
	    { [METHOD_GET] = firsttable_show,
		[METHOD_POST] = firsttable_make,
		[METHOD_OPTIONS] = options } },
	[RESOURCE_TABLE] = { BOTH | 1u << FORMAT_CSV, true, false,
	    { [METHOD_GET] = listing_read,
		[METHOD_POST] = post_table,
		[METHOD_PUT] = importput_save,
		[METHOD_PATCH] = bulk_patch,
		[METHOD_DELETE] = bulk_delete,
		[METHOD_OPTIONS] = options } },
	[RESOURCE_NEW] = { 1u << FORMAT_HTML, true, false,
	    { [METHOD_GET] = read_new, [METHOD_OPTIONS] = options } },
	[RESOURCE_IMPORT] = { 1u << FORMAT_HTML | 1u << FORMAT_CSV, true, false,
	    { [METHOD_GET] = importpage_read,
		[METHOD_POST] = importpage_post,
		[METHOD_OPTIONS] = options } },
	[RESOURCE_FIND] = { 1u << FORMAT_HTML, true, false,
	    { [METHOD_GET] = find_answer, [METHOD_OPTIONS] = options } },
	[RESOURCE_GRID] = { 1u << FORMAT_HTML, true, false,
	    { [METHOD_GET] = grid_read,
		[METHOD_POST] = regrid_save,
		[METHOD_OPTIONS] = options } },
	[RESOURCE_REMOVAL] = { 1u << FORMAT_HTML, true, false,
	    { [METHOD_POST] = removal_post, [METHOD_OPTIONS] = options } },
	[RESOURCE_CHOICE] = { 1u << FORMAT_JSON, true, false,
	    { [METHOD_GET] = refer_choice, [METHOD_OPTIONS] = options } },
	[RESOURCE_ROW] = { BOTH, true, false,
	    { [METHOD_GET] = read_row,
		[METHOD_PUT] = save_put,
		[METHOD_PATCH] = save_patch,
		[METHOD_DELETE] = save_delete,
		[METHOD_POST] = post_row,
		[METHOD_OPTIONS] = options } },
	[RESOURCE_DELETE] = { 1u << FORMAT_HTML, true, false,
	    { [METHOD_GET] = read_delete, [METHOD_OPTIONS] = options } },
	[RESOURCE_VALUE] = { 0, true, false,
	    { [METHOD_GET] = onevalue_read,
		[METHOD_PUT] = onevalue_write,
		[METHOD_OPTIONS] = options } },
	[RESOURCE_PROBLEM] = { 0, false, true,
	    { [METHOD_GET] = read_problem, [METHOD_OPTIONS] = options } },
	[RESOURCE_STYLE] = { 0, false, true,
	    { [METHOD_GET] = read_style, [METHOD_OPTIONS] = options } },
	[RESOURCE_SCRIPT] = { 0, false, true,
	    { [METHOD_GET] = read_script, [METHOD_OPTIONS] = options } },
	[RESOURCE_HEALTH] = { 0, false, true,
	    { [METHOD_GET] = read_health, [METHOD_OPTIONS] = options } },
	[RESOURCE_CHECK] = { 1u << FORMAT_HTML, false, false,
	    { [METHOD_GET] = checkpage_read,
		[METHOD_POST] = checkpage_judge,
		[METHOD_OPTIONS] = options } },
	[RESOURCE_CHECK_SCRIPT] = { 0, false, true,
	    { [METHOD_GET] = checkpage_script, [METHOD_OPTIONS] = options } },
	[RESOURCE_PROBE] = { 0, false, true,
	    { [METHOD_GET] = probe_answer,
		[METHOD_PUT] = probe_answer,
		[METHOD_PATCH] = probe_answer,
		[METHOD_DELETE] = probe_answer,
		[METHOD_POST] = probe_answer,
		[METHOD_OPTIONS] = probe_answer } },
	[RESOURCE_ACCOUNTS] = { 1u << FORMAT_HTML, false, false,
	    { [METHOD_GET] = accounts_show,
		[METHOD_POST] = accounts_do,
		[METHOD_OPTIONS] = options } },
	[RESOURCE_ACCOUNT] = { 1u << FORMAT_HTML, false, false,
	    { [METHOD_GET] = ownaccount_show,
		[METHOD_POST] = ownaccount_do,
		[METHOD_OPTIONS] = options } },
	[RESOURCE_LOGIN] = { 1u << FORMAT_HTML, false, true,
	    { [METHOD_GET] = login_show,
		[METHOD_POST] = login_enter,
		[METHOD_OPTIONS] = options } },
	[RESOURCE_LOGOUT] = { 1u << FORMAT_HTML, false, true,
	    { [METHOD_GET] = logout_show,
		[METHOD_POST] = logout_end,
		[METHOD_OPTIONS] = options } },
#undef BOTH
};

static enum outcome
check_body(struct call *call)
{
	static const struct {
		enum outcome outcome;
		enum word word;
	} states[] = {
		[BODY_WHOLE] = { OUT_DONE, WORD_NONE },
		[BODY_LARGE] = { OUT_LARGE, WORD_F_LARGE },
		[BODY_CUT] = { OUT_MALFORMED, WORD_F_CUT },
		[BODY_LENGTH] = { OUT_LENGTH, WORD_F_LENGTH },
	};
	enum body_state state = call->request->body_state;

	if (state == BODY_WHOLE)
		return OUT_DONE;
	return fault_set(&call->fault, states[state].outcome, "body",
	    states[state].word,
	    mem_printf(call->mem, "%zu", call->config->body_limit), NULL);
}

static enum outcome
find_table(struct call *call)
{
	const struct table *table;
	enum outcome outcome = catalog_table(
	    call->catalog, call->db, call->route.table, &table, &call->fault);

	if (outcome != OUT_DONE)
		return outcome;
	call->scope = access_scope(call, table);
	if (!(call->scope->rights & RIGHT_READ)) {
		call->scope = NULL;
		return fault_set(&call->fault, OUT_ABSENT, "table",
		    WORD_F_ABSENT_TABLE, call->route.table, NULL);
	}
	if (call->route.key && call->route.n_key != table->n_key)
		return fault_set(
		    &call->fault, OUT_ABSENT, "key", WORD_F_ABSENT, NULL, NULL);
	return OUT_DONE;
}

/* Whether the request's origin has to be judged. A posted form's token stands
 * in its body, so edit judges that; a probe changes nothing by any method. */
static bool
writes(const struct call *call)
{
	enum method method = call->request->method;

	return method != METHOD_GET && method != METHOD_HEAD &&
	       method != METHOD_OPTIONS &&
	       call->route.resource != RESOURCE_PROBE &&
	       !(method == METHOD_POST && edit_is_form(call));
}

/* What can be said without the database, in the order in which it is said. */
static enum outcome
examine(struct call *call, const struct service **service)
{
	struct request *request = call->request;
	enum outcome outcome;

	outcome = tunnel_open(request, &call->fault);
	if (outcome == OUT_DONE)
		outcome = route_find(request, &call->route, &call->fault);
	if (outcome != OUT_DONE)
		return outcome;
	*service = &services[call->route.resource];
	if (!(*service)->open && access_who(call) != OUT_DONE)
		return call->fault.outcome;
	furnish(call);
	if (writes(call) && access_origin(call, NULL) != OUT_DONE)
		return call->fault.outcome;
	outcome = check_body(call);
	if (outcome == OUT_DONE)
		outcome = negotiate(call, (*service)->formats);
	if (outcome == OUT_DONE)
		outcome =
		    condition_read(request, &call->condition, &call->fault);
	call->condition.accept_weak = call->config->accept_weak_if_match;
	return outcome;
}

/* Whether the reply is still to be held against the conditions: what may have
 * validators has been, files have before they are compressed, and a probe tells
 * what the conditions are. */
static bool
unjudged(const struct call *call)
{
	static const bool judged[RESOURCE__MAX] = { [RESOURCE_TABLE] = true,
		[RESOURCE_ROW] = true,
		[RESOURCE_VALUE] = true,
		[RESOURCE_STYLE] = true,
		[RESOURCE_SCRIPT] = true,
		[RESOURCE_CHECK_SCRIPT] = true,
		[RESOURCE_PROBE] = true };

	return !judged[call->route.resource] && call->response->status == 200;
}

static enum outcome
invoke(struct call *call, const struct service *service, enum method method)
{
	enum outcome outcome = service->methods[method](call);

	if (method == METHOD_GET && outcome == OUT_DONE && unjudged(call))
		return validate_list(call);
	return outcome;
}

static enum outcome
handle(struct call *call, const struct service *service)
{
	enum method method = call->request->method;
	enum outcome outcome = OUT_DONE;

	if (method == METHOD_HEAD)
		method = METHOD_GET;
	call->written = (struct written){ 0 };
	call->catalog = roles_catalog(call->roles, call->who.role);
	if (service->needs_table)
		outcome = find_table(call);
	if (outcome != OUT_DONE)
		return outcome;
	place_furnish(call);
	directory_show(call);
	outcome = invoke(call, service, method);
	/* a page that says old names is made again where nothing was written */
	if (method != METHOD_GET || !directory_outdated(call))
		return outcome;
	directory_show(call);
	return invoke(call, service, method);
}

/* The same as the catalogue is now, where what was kept of it served so far and
 * no statement has checked it. */
static enum outcome
handle_proven(struct call *call, const struct service *service)
{
	enum outcome outcome = handle(call, service);
	struct fault fault;

	if (db_prove(call->db, call->mem, &fault) == OUT_DONE)
		return outcome;
	call->fault = fault;
	call->answered = false;
	return fault.outcome;
}

/* The same for a person who still is who they were; an account that has changed
 * is read anew, and the call served once more. */
static enum outcome
handle_known(struct call *call, const struct service *service)
{
	enum outcome outcome = handle_proven(call, service);

	/* whatever a handler has made of it: without the gate it is nothing */
	if (session_prove(call) != OUT_DONE)
		outcome = call->fault.outcome;
	if (outcome != OUT_UNAUTHENTICATED || !call->who.gate)
		return outcome;
	call->answered = false;
	outcome = session_again(call);
	if (outcome == OUT_DONE)
		outcome = access_admit(call);
	furnish(call);
	if (outcome != OUT_DONE)
		return outcome;
	call->scope = NULL;
	call->response->status = 200;
	return handle_proven(call, service);
}

/* Forgets the catalogue where the database says that it is out of date, or
 * where it may be for not knowing what was asked for. */
static bool
refreshed(struct call *call)
{
	if (sqlstate_stale_catalog(&call->fault))
		catalog_refresh(call->catalog, true);
	else if ((call->fault.message != WORD_F_UNKNOWN_COLUMN &&
		     call->fault.message != WORD_F_ABSENT_TABLE) ||
		 !catalog_doubt(call->catalog))
		return false;
	db_forget(call->db);
	return true;
}

static enum outcome
run(struct call *call)
{
	const struct service *service = NULL;
	enum outcome outcome = request_read(call->request, call->mem,
	    call->request->environment, call->config->base, &call->fault);
	const char *type;

	call->media = "";
	furnish(call);
	if (outcome == OUT_DONE) {
		type = request_content_type(call->request);
		call->media = media_type(call->mem, type);
		/* what cannot be read is another type than those known here */
		if (*call->media == '\0' && type)
			call->media = type;
		negotiate_face(call);
		outcome = examine(call, &service);
	}
	if (outcome != OUT_DONE)
		return outcome;
	outcome = handle_known(call, service);
	if (outcome == call->fault.outcome &&
	    (!call->answered || sqlstate_stale_catalog(&call->fault)) &&
	    refreshed(call)) {
		call->answered = false;
		call->scope = NULL;
		call->response->status = 200;
		outcome = handle_known(call, service);
	}
	return outcome;
}

static bool
succeeded(enum outcome outcome)
{
	return outcome == OUT_DONE || outcome == OUT_CREATED ||
	       outcome == OUT_UNCHANGED;
}

void
app_serve(void *context, struct request *request, struct response *response)
{
	struct app *app = context;
	struct call call = {
		.config = app->config,
		.roles = app->roles,
		.db = app->db,
		.accounts = app->accounts,
		.known = app->known,
		.directory = app->directory,
		.mem = request->mem,
		.request = request,
		.response = response,
	};
	int64_t begin = clock_milliseconds();
	enum outcome outcome;
	const char *target;
	char *note;

	outcome = run(&call);
	if (!succeeded(outcome) && !call.answered &&
	    !(relogin_helps(&call) && relogin_answer(&call)) &&
	    !listing_again(&call))
		refusal_answer(&call);
	session_renew(&call);
	note = succeeded(outcome) ? NULL : refusal_note(&call);
	target = request_variable(request, "REQUEST_URI");
	/* a one-time link is as good as a password */
	if (call.route.resource == RESOURCE_LOGIN)
		target = request->uri.path;
	log_line(LOG_INFO, "%s %s %d %ldms %s%s%s",
	    request->method_name ? request->method_name : "-",
	    target ? target : "-", response->status,
	    (long)(clock_milliseconds() - begin),
	    call.person ? call.person : "-", note ? "; " : "",
	    note ? note : "");
}
