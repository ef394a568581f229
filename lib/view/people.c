#include "view/people.h"

#include <stdlib.h>
#include <string.h>

static int
by_account(const void *a, const void *b)
{
	const struct people_name *x = a, *y = b;

	return strcmp(x->account, y->account);
}

const char *
people_show(const struct site *site, const char *account)
{
	const struct people_name wanted = { .account = account };
	const struct people_name *found = NULL;

	if (site->people != NULL && site->people->n > 0 && account != NULL)
		found = bsearch(&wanted, site->people->items, site->people->n,
		    sizeof wanted, by_account);
	return found != NULL ? found->display : account;
}

void
people_changed(FILE *out, struct mem *mem, const struct site *site,
    const char *by, const char *at)
{
	layout_word(out, mem, site,
	    by != NULL ? WORD_LAST_CHANGED_BY : WORD_LAST_CHANGED, at,
	    people_show(site, by));
}
