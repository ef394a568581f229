#include "app/posted.h"

#include <string.h>

#include "format/media.h"
#include "format/multipart.h"

static const char urlencoded[] = "application/x-www-form-urlencoded";
static const char multipart[] = "multipart/form-data";

bool
posted_is_form(const struct call *call)
{
	return strcmp(call->media, urlencoded) == 0 ||
	       strcmp(call->media, multipart) == 0;
}

static enum form_problem
read_form(struct call *call, struct form *form)
{
	const struct request *request = call->request;
	const char *boundary = media_parameter(
	    call->mem, request_content_type(request), "boundary");

	if (strcmp(call->media, urlencoded) == 0)
		return form_read(
		    call->mem, request->body, request->body_len, form);
	if (!boundary)
		return FORM_SYNTAX;
	return multipart_read(
	    call->mem, request->body, request->body_len, boundary, form);
}

enum outcome
posted_form(struct call *call, struct form **form)
{
	*form = call->form;
	if (*form)
		return OUT_DONE;
	*form = mem_alloc(call->mem, sizeof **form);
	switch (read_form(call, *form)) {
	case FORM_FINE:
		call->form = *form;
		return OUT_DONE;
	case FORM_UTF8:
		return fault_set(&call->fault, OUT_MALFORMED, "body",
		    WORD_F_UTF8, "0", NULL);
	case FORM_MANY:
		return fault_set(
		    &call->fault, OUT_LARGE, "body", WORD_F_LARGE, NULL, NULL);
	case FORM_SYNTAX:
		break;
	}
	return fault_set(
	    &call->fault, OUT_MALFORMED, "body", WORD_F_FORM, NULL, NULL);
}

const char *
posted_value(struct call *call, const char *name)
{
	struct fault fault = call->fault;
	struct form *form;
	enum outcome outcome;

	if (call->request->method != METHOD_POST || !posted_is_form(call) ||
	    call->request->body_state != BODY_WHOLE)
		return NULL;
	outcome = posted_form(call, &form);
	call->fault = fault;
	return outcome == OUT_DONE ? form_value(form, name) : NULL;
}
