/*
 * people: what people are called on pages. Tables hold the names of accounts,
 * which stay; pages show the names that people go by.
 */
#ifndef VIEW_PEOPLE_H
#define VIEW_PEOPLE_H

#include <stddef.h>

#include "view/layout.h"

/* Those who go by another name than their account's, in the order of account
 * (strcmp). */
struct people {
	struct people_name {
		const char *account, *display;
	} * items;
	size_t n;
};

/* What the person of an account is called: by site->people, else as the account
 * is. NULL gives NULL. */
const char *people_show(const struct site *, const char *account);

/* A sentence: who saved a row last (an account's name, or NULL) and when. */
void people_changed(
    FILE *, struct mem *, const struct site *, const char *by, const char *at);

#endif
