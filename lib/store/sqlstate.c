#include "store/sqlstate.h"

#include <stddef.h>
#include <string.h>

/* The first prefix that fits decides: codes stand before their class. */
static const struct {
	const char *prefix;
	enum outcome outcome;
	enum word message;
} states[] = {
	{ "08", OUT_BUSY, WORD_F_DATABASE_AWAY },
	{ "0A000", OUT_CONFLICT, WORD_F_UNSUPPORTED },
	{ "21", OUT_CONFLICT, WORD_F_AMBIGUOUS },
	{ "22001", OUT_INVALID, WORD_F_TOO_LONG },
	{ "22003", OUT_INVALID, WORD_F_RANGE },
	{ "22", OUT_INVALID, WORD_F_VALUE },
	{ "23001", OUT_CONFLICT, WORD_F_REFERENCE },
	{ "23502", OUT_INVALID, WORD_F_NOT_NULL },
	{ "23503", OUT_CONFLICT, WORD_F_REFERENCE },
	{ "23505", OUT_CONFLICT, WORD_F_UNIQUE },
	{ "23P01", OUT_CONFLICT, WORD_F_EXCLUSION },
	{ "23", OUT_INVALID, WORD_F_CHECK },
	{ "25006", OUT_BUSY, WORD_F_READ_ONLY_NOW },
	{ "40", OUT_BUSY, WORD_F_TRY_AGAIN },
	{ "42501", OUT_DENIED, WORD_F_DENIED },
	{ "42804", OUT_INVALID, WORD_F_VALUE },
	{ "428C9", OUT_INVALID, WORD_F_GENERATED },
	{ "44000", OUT_INVALID, WORD_F_CHECK },
	{ "53", OUT_BUSY, WORD_F_DATABASE_AWAY },
	{ "54", OUT_INVALID, WORD_F_TOO_LONG },
	{ "55000", OUT_CONFLICT, WORD_F_UNSUPPORTED },
	{ "55P03", OUT_BUSY, WORD_F_TRY_AGAIN },
	{ "57014", OUT_BUSY, WORD_F_TIMEOUT },
	{ "57P", OUT_BUSY, WORD_F_DATABASE_AWAY },
	/* ours: sql/accounts.sql raises it */
	{ "IF401", OUT_UNAUTHENTICATED, WORD_F_LOGIN_OVER },
	{ "P0", OUT_INVALID, WORD_F_TRIGGER },
};

enum outcome
sqlstate_fault(struct fault *fault, const char *state, const char *primary)
{
	fault_set(fault, OUT_BROKEN, NULL, WORD_F_BROKEN, primary, NULL);
	for (size_t i = 0; state && i < sizeof states / sizeof *states; i++)
		if (strncmp(state, states[i].prefix,
			strlen(states[i].prefix)) == 0) {
			fault_set(fault, states[i].outcome, NULL,
			    states[i].message, primary, NULL);
			break;
		}
	fault->sqlstate = state;
	fault->primary = primary;
	return fault->outcome;
}

bool
sqlstate_is(const struct fault *fault, const char *state)
{
	return fault->sqlstate && strcmp(fault->sqlstate, state) == 0;
}

bool
sqlstate_stale_catalog(const struct fault *fault)
{
	return sqlstate_is(fault, "42P01") || sqlstate_is(fault, "42703") ||
	       sqlstate_is(fault, "42704") || sqlstate_is(fault, "42883") ||
	       sqlstate_is(fault, "3F000") ||
	       sqlstate_is(fault, SQLSTATE_CHANGED) ||
	       sqlstate_stale_plan(fault);
}

bool
sqlstate_stale_plan(const struct fault *fault)
{
	return sqlstate_is(fault, "26000") || sqlstate_is(fault, "0A000");
}

bool
sqlstate_not_one(const struct fault *fault)
{
	return sqlstate_is(fault, "22012");
}

bool
sqlstate_value(const struct fault *fault)
{
	return fault->sqlstate && strncmp(fault->sqlstate, "22", 2) == 0;
}
