#include "app/verify.h"

#include <string.h>

#include "format/password.h"
#include "format/utf8.h"
#include "web/credential.h"

enum {
	NAME_MOST = 150
};

enum outcome
verify_attempt(struct call *call, const char *name)
{
	const char *wait = "0";

	if (account_attempt(call->accounts, call->mem, name,
		credential_address(call->request), &wait,
		&call->fault) != OUT_DONE)
		return call->fault.outcome;
	if (strcmp(wait, "0") == 0)
		return OUT_DONE;
	response_field(call->response, "Retry-After", wait);
	return fault_set(
	    &call->fault, OUT_THROTTLED, NULL, WORD_F_THROTTLED, wait, NULL);
}

enum outcome
verify_password(struct call *call, const char *name, const char *password,
    struct account **account)
{
	char *counted = mem_copy(
	    call->mem, name, utf8_prefix(name, strnlen(name, NAME_MOST)));
	bool right;

	if (verify_attempt(call, counted) != OUT_DONE ||
	    account_find(call->accounts, call->mem, ACCOUNT_NAME, name, account,
		&call->fault) != OUT_DONE)
		return call->fault.outcome;
	/* always, so that it takes its time */
	right = password_check(*account ? (*account)->password : NULL,
	    strlen(password) <= PASSWORD_MOST ? password : "");
	if (!right || !*account || (*account)->disabled)
		return fault_set(&call->fault, OUT_UNAUTHENTICATED, NULL,
		    WORD_F_LOGIN_WRONG, NULL, NULL);
	return account_fine(call->accounts, call->mem, counted,
	    credential_address(call->request), &call->fault);
}
