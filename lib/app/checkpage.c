#include "app/checkpage.h"

#include <string.h>
#include <time.h>

#include "app/check.h"
#include "app/frontcheck.h"
#include "app/packed.h"
#include "app/probe.h"

static enum outcome
admit(struct call *call)
{
	if (call->admin)
		return OUT_DONE;
	if (call->config->admin.n == 0 && !call->accounts)
		return fault_set(&call->fault, OUT_ABSENT, "address",
		    WORD_NO_SUCH_ADDRESS, NULL, NULL);
	return fault_set(
	    &call->fault, OUT_DENIED, NULL, WORD_F_DENIED, NULL, NULL);
}

/* The site's URL as it was asked for, to be pasted into a command line. */
static char *
url_of(struct call *call)
{
	const char *host = request_header(call->request, "HOST");

	return mem_printf(call->mem, "%s://%s%s",
	    call->request->https ? "https" : "http", host ? host : "localhost",
	    call->request->base);
}

static char *
probes_of(struct call *call)
{
	struct text *text = mem_text_open(call->mem);
	const char *secret = call->config->secret;

	if (!secret)
		return NULL;
	frontplan_json(text->out,
	    frontplan_make(call->mem, call->config, call->request->base,
		probe_token(call->mem, secret, time(NULL))));
	return mem_text(text);
}

enum outcome
checkpage_read(struct call *call)
{
	struct text *text = mem_text_open(call->mem);
	struct check_page page;

	if (admit(call) != OUT_DONE)
		return call->fault.outcome;
	/* as the database is now, for the connection's own role */
	call->catalog = roles_catalog(call->roles, NULL);
	catalog_refresh(call->catalog, true);
	db_forget(call->db);
	page = (struct check_page){
		.report = check_make(call->mem, call->config, call->catalog,
		    call->db, call->site.language),
		.probes = probes_of(call),
		.url = url_of(call),
	};
	check_page(text->out, call->mem, &call->site, &page);
	call_send(call, text, call_type_html);
	return OUT_DONE;
}

enum outcome
checkpage_judge(struct call *call)
{
	const struct request *request = call->request;
	struct text *text = mem_text_open(call->mem);
	struct front_reply *replies;
	struct front_plan *plan;
	struct findings findings;
	const char *origin;

	if (admit(call) != OUT_DONE)
		return call->fault.outcome;
	if (strcmp(call->media, "application/json") != 0) {
		fault_set(&call->fault, OUT_MEDIA, "header Content-Type",
		    WORD_F_MEDIA, call->media, NULL);
		call->fault.allow = "application/json";
		return OUT_MEDIA;
	}
	plan = frontplan_make(call->mem, call->config, request->base, "");
	replies = frontplan_replies(
	    call->mem, plan, request->body, request->body_len, &origin);
	if (!replies)
		return fault_set(&call->fault, OUT_MALFORMED, "body",
		    WORD_F_NOT_JSON, NULL, NULL);
	findings = frontcheck_judge(call->mem, call->config, plan, replies,
	    origin, request->base, call->site.language);
	finding_list(text->out, &findings, call->site.language);
	call_send(call, text, call_type_html);
	return OUT_DONE;
}

enum outcome
checkpage_script(struct call *call)
{
	return packed_send(
	    call, "text/javascript; charset=utf-8", check_script());
}
