#include "app/loginpage.h"

#include <string.h>
#include <time.h>

#include "app/posted.h"
#include "format/password.h"
#include "format/seal.h"
#include "web/credential.h"
#include "web/origin.h"

enum {
	TOKEN_SECONDS = 24 * 60 * 60,
	NONCE_DIGITS = 32
};

static const char cookie[] = "ifmatch_login";

/* What tells this browser from others before anybody has logged in: a cookie of
 * its own, which the form's token is made for. */
static const char *
nonce_of(struct call *call)
{
	const char *nonce = credential_cookie(call->request, cookie, 0);

	if (nonce && strlen(nonce) == NONCE_DIGITS &&
	    strspn(nonce, "0123456789abcdef") == NONCE_DIGITS)
		return nonce;
	return NULL;
}

static char *
subject(struct call *call, const char *nonce)
{
	return mem_printf(call->mem, "login\n%s", nonce);
}

static char *
make_token(struct call *call)
{
	const char *nonce = nonce_of(call);

	if (!nonce) {
		nonce = seal_nonce(call->mem);
		response_field(call->response, "Set-Cookie",
		    credential_set_cookie(call->request, cookie, nonce, -1,
			credential_encrypted(call->request)));
	}
	return seal_make(call->mem, call->config->secret, subject(call, nonce),
	    time(NULL) + TOKEN_SECONDS);
}

enum outcome
loginpage_origin(struct call *call)
{
	enum origin origin = origin_of(call->request);
	const char *nonce = nonce_of(call);
	const char *token = posted_value(call, "_login_token");

	if (origin == ORIGIN_SAME)
		return OUT_DONE;
	if (origin == ORIGIN_UNSAID && nonce && token &&
	    seal_check(
		call->config->secret, subject(call, nonce), token, time(NULL)))
		return OUT_DONE;
	return fault_set(&call->fault, OUT_DENIED, "header Origin",
	    WORD_F_CROSS_SITE, NULL, NULL);
}

bool
loginpage_private(const struct call *call)
{
	return call->config->insecure_login ||
	       credential_private(call->request);
}

const char *
loginpage_next(struct call *call, const char *wish)
{
	const char *base = call->request->base;

	if (wish && uri_within(base, wish))
		return wish;
	return mem_printf(call->mem, "%s/", base);
}

void
loginpage_send(struct call *call, struct login_page *page)
{
	struct text *text = mem_text_open(call->mem);

	if (!loginpage_private(call))
		page->mode = LOGIN_OPEN;
	call->site.login = NULL; /* it is here */
	page->token = make_token(call);
	if (!page->action)
		page->action = call_url(call, "/-/login");
	response_field(call->response, "Cache-Control",
	    page->kept ? "private, no-cache" : "no-store");
	login_page(text->out, call->mem, &call->site, page);
	call->response->pull = NULL;
	call_send(call, text, call_type_html);
	call->answered = true;
}

enum outcome
loginpage_choose(struct call *call, struct login_page *page)
{
	bool any = true;
	struct account *account;
	const char *token = page->invitation;

	if (token && account_find(call->accounts, call->mem, ACCOUNT_INVITATION,
			 password_digest(call->mem, NULL, token), &account,
			 &call->fault) != OUT_DONE)
		return call->fault.outcome;
	if (token && (!account || account->disabled))
		return fault_set(&call->fault, OUT_ABSENT, NULL,
		    WORD_F_INVITATION, NULL, NULL);
	if (token) {
		page->mode = LOGIN_INVITED;
		page->name =
		    account->display ? account->display : account->name;
		page->account = account->name;
		return OUT_DONE;
	}
	if (call->config->setup_code && account_any(call->accounts, call->mem,
					    &any, &call->fault) != OUT_DONE)
		return call->fault.outcome;
	page->mode = any ? LOGIN_ASK : LOGIN_FIRST;
	return OUT_DONE;
}
