#include "app/newpassword.h"

#include <string.h>

#include "format/password.h"

static enum outcome
wrong(struct call *call, enum word word)
{
	return fault_set(&call->fault, OUT_INVALID, NULL, word, NULL, NULL);
}

enum outcome
newpassword_read(
    struct call *call, const char *password, const char *again, char **hash)
{
	if (!password || strlen(password) < PASSWORD_LEAST ||
	    strlen(password) > PASSWORD_MOST)
		return wrong(call, WORD_F_PASSWORD_LENGTH);
	if (!again || strcmp(password, again) != 0)
		return wrong(call, WORD_F_PASSWORDS_DIFFER);
	*hash = password_make(call->mem, password);
	return OUT_DONE;
}
