#include "app/call.h"

const char call_type_json[] = "application/json; charset=utf-8";
const char call_type_html[] = "text/html; charset=utf-8";
const char call_type_csv[] = "text/csv; charset=utf-8";

char *
call_url(struct call *call, const char *behind)
{
	return mem_printf(call->mem, "%s%s", call->request->base, behind);
}

void
call_redirect(struct call *call, const char *url)
{
	call->response->status = 303;
	response_field(call->response, "Location", call_url(call, url));
}

void
call_send(struct call *call, struct text *text, const char *type)
{
	const char *body = mem_text(text);

	response_body(call->response, type, body, text->len);
}

void
call_send_page(struct call *call, struct text *page)
{
	response_field(call->response, "Cache-Control", "private, no-cache");
	call_send(call, page, call_type_html);
}

enum outcome
call_bad_field(struct call *call, const char *name)
{
	return fault_set(
	    &call->fault, OUT_MALFORMED, name, WORD_F_PARAMETER, name, NULL);
}

enum outcome
call_bad_parameter(struct call *call, const char *name)
{
	return fault_set(&call->fault, OUT_MALFORMED,
	    mem_printf(call->mem, "parameter %s", name), WORD_F_PARAMETER, name,
	    NULL);
}
