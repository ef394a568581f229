#include "app/furnish.h"

#include "app/access.h"
#include "app/limit.h"
#include "format/language.h"

static enum language
language_of(struct call *call)
{
	const char *codes[LANGUAGE__MAX];
	const char *accept = request_header(call->request, "ACCEPT_LANGUAGE");

	if (call->config->language != CONFIG_AUTO)
		return (enum language)(call->config->language - CONFIG_EN);
	response_add(call->response, "Vary", "Accept-Language");
	for (enum language i = LANGUAGE_EN; i < LANGUAGE__MAX; i++)
		codes[i] = words_code(i);
	return (enum language)language_choose(accept, codes, LANGUAGE__MAX);
}

/* Where to say who one is, and to come back from; NULL: not needed. */
static const char *
login_url(struct call *call)
{
	const char *target = request_variable(call->request, "REQUEST_URI");
	struct text *text;

	if (!call->accounts || call->person ||
	    call->route.resource == RESOURCE_LOGIN)
		return NULL;
	text = mem_text_open(call->mem);
	fputs("/-/login", text->out);
	if (target && call->request->method == METHOD_GET) {
		fputs("?next=", text->out);
		uri_write(text->out, target);
	}
	return mem_text(text);
}

void
furnish(struct call *call)
{
	call->site = (struct site){
		.title = call->config->title,
		.base = call->request->base ? call->request->base : "",
		.logo = call->config->logo,
		.stylesheet = call->config->stylesheet,
		.header = call->config->header_html,
		.footer = call->config->footer_html,
		.person = call->display,
		.account = call->person,
		.login = login_url(call),
		.own_account =
		    call->session.what && call->session.kind != ACCOUNT_TOKEN,
		.accounts = call->accounts && call->admin,
		.logout =
		    call->session.what && call->session.kind == ACCOUNT_SESSION,
		.language = language_of(call),
		.time_zone = call->config->time_zone,
		.token = access_token(call),
		.limit = limit_body(call->config, call->request),
	};
}
