#include "app/relogin.h"

#include <string.h>

#include "app/access.h"
#include "app/loginpage.h"
#include "app/posted.h"
#include "app/session.h"
#include "app/verify.h"
#include "web/origin.h"
#include "web/status.h"

bool
relogin_posted(struct call *call)
{
	return posted_value(call, "_login") && posted_value(call, "_password");
}

/* The login is no part of the form: nothing shall keep or show it. */
static void
strip(struct form *form)
{
	static const char *const names[] = { "_login", "_password",
		"_login_token", "_files" };
	size_t kept = 0;

	for (size_t i = 0; i < form->n; i++) {
		bool ours = false;

		for (size_t k = 0; k < sizeof names / sizeof *names; k++)
			ours |= strcmp(form->fields[i].name, names[k]) == 0;
		if (!ours)
			form->fields[kept++] = form->fields[i];
	}
	form->n = kept;
}

enum outcome
relogin_here(struct call *call)
{
	const char *name = form_line(call->mem, call->form, "_login");
	const char *password = posted_value(call, "_password");
	struct account *account;

	call->lost_file = posted_value(call, "_files");
	call->login_name = name;
	session_nobody(call);
	if (loginpage_origin(call) != OUT_DONE)
		return call->fault.outcome;
	strip(call->form);
	if (!loginpage_private(call))
		return fault_set(&call->fault, OUT_UNAUTHENTICATED, NULL,
		    WORD_F_LOGIN, NULL, NULL);
	if (verify_password(call, name, password, &account) != OUT_DONE ||
	    session_begin(call, account) != OUT_DONE)
		return call->fault.outcome;
	call->same_origin = true;
	if (!access_made_for(call, posted_value(call, "_token"), call->person))
		call->unconfirmed = WORD_F_OTHER_PERSON;
	else if (call->lost_file)
		call->unconfirmed = WORD_F_FILE_LOST;
	return OUT_DONE;
}

static bool
is_safe(const struct call *call)
{
	enum method method = call->request->method;

	return method == METHOD_GET || method == METHOD_HEAD ||
	       method == METHOD_OPTIONS;
}

enum outcome
relogin_due(struct call *call)
{
	const char *token = posted_value(call, "_token");
	enum origin origin = origin_of(call->request);
	bool named = token && *token;

	if (is_safe(call))
		return OUT_DONE;
	if (call->person) {
		if (named && origin == ORIGIN_SAME &&
		    !access_made_for(call, token, call->person))
			call->unconfirmed = WORD_F_OTHER_PERSON;
		return OUT_DONE;
	}
	if (origin == ORIGIN_CROSS)
		return fault_set(&call->fault, OUT_DENIED, "header Origin",
		    WORD_F_CROSS_SITE, NULL, NULL);
	if ((named && !access_made_for(call, token, NULL)) ||
	    call->session.over)
		return fault_set(&call->fault, OUT_UNAUTHENTICATED, NULL,
		    WORD_F_LOGIN_OVER, NULL, NULL);
	return OUT_DONE;
}

bool
relogin_helps(struct call *call)
{
	const struct fault *fault = &call->fault;

	if (!call->accounts)
		return false;
	if (fault->outcome == OUT_UNAUTHENTICATED ||
	    (fault->outcome == OUT_THROTTLED && call->login_name))
		return true;
	if (call->person)
		return false;
	if (fault->outcome == OUT_DENIED &&
	    (fault->message == WORD_F_DENIED ||
		fault->message == WORD_F_NOBODY)) {
		fault_set(&call->fault, OUT_UNAUTHENTICATED, NULL,
		    call->session.over ? WORD_F_LOGIN_OVER : WORD_F_LOGIN, NULL,
		    NULL);
		return true;
	}
	if (fault->outcome == OUT_ABSENT && call->session.over &&
	    call->route.table) {
		fault_set(&call->fault, OUT_UNAUTHENTICATED, NULL,
		    WORD_F_LOGIN_OVER, NULL, NULL);
		return true;
	}
	return false;
}

/* The first file that was chosen: it cannot come along. */
static const char *
file_of(const struct form *form)
{
	for (size_t i = 0; i < form->n; i++)
		if (form->fields[i].filename && *form->fields[i].filename)
			return form->fields[i].filename;
	return NULL;
}

/* The form comes along, and goes on at the same address. */
static void
carry(struct call *call, struct login_page *page, const char *target)
{
	struct form *form;
	struct fault fault = call->fault;

	if (call->request->method == METHOD_POST && !call->request->tunnelled &&
	    call->route.resource != RESOURCE_ACCOUNT && posted_is_form(call) &&
	    call->request->body_state == BODY_WHOLE &&
	    posted_form(call, &form) == OUT_DONE) {
		strip(form);
		page->kept = form;
		page->lost = call->lost_file ? call->lost_file : file_of(form);
		page->action = target;
		page->next = NULL;
		page->mode = LOGIN_ASK;
	}
	call->fault = fault;
}

bool
relogin_answer(struct call *call)
{
	struct fault fault = call->fault;
	const char *target = loginpage_next(
	    call, request_variable(call->request, "REQUEST_URI"));
	struct login_page page = {
		.next = target,
		.name = call->login_name,
		.fault = &fault,
	};

	if (call->format != FORMAT_HTML)
		return false;
	if (loginpage_choose(call, &page) != OUT_DONE)
		return false;
	call->fault = fault;
	carry(call, &page, target);
	/* nobody has done anything wrong yet */
	if (fault.message == WORD_F_LOGIN)
		page.fault = NULL;
	call->response->status = status_of(fault.outcome);
	if (fault.outcome == OUT_UNAUTHENTICATED)
		session_challenge(call);
	loginpage_send(call, &page);
	return true;
}
