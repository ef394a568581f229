/*
 * check: what every unit test includes: cmocka with the headers that it wants,
 * and an arena for each test.
 */
#ifndef UNIT_CHECK_H
#define UNIT_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* A test whose state is an arena of its own. */
#define MEM_TEST(test)                                                         \
	cmocka_unit_test_setup_teardown(test, check_setup, check_teardown)

static inline int
check_setup(void **state)
{
	*state = mem_new();
	return 0;
}

static inline int
check_teardown(void **state)
{
	mem_free(*state);
	return 0;
}

/* Ends the test, with the name of the case, unless the condition holds. */
#define CHECK(name, condition)                                                 \
	do {                                                                   \
		if (!(condition))                                              \
			fail_msg("%s: in the case %s", #condition, name);      \
	} while (0)

/* Compares two strings, either of which may be NULL. */
static inline int
check_same(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return a == b;
	return strcmp(a, b) == 0;
}

#endif
