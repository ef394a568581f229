/*
 * route: which resource a URL names, and which methods it knows. The table of
 * DESIGN's URLs; whether a table or row exists is not its question.
 */
#ifndef WEB_ROUTE_H
#define WEB_ROUTE_H

#include "web/request.h"

enum resource {
	RESOURCE_HOME,	  /* BASE/ */
	RESOURCE_FIRST,	  /* BASE/?import */
	RESOURCE_TABLE,	  /* BASE/TABLE */
	RESOURCE_NEW,	  /* BASE/TABLE?new */
	RESOURCE_IMPORT,  /* BASE/TABLE?import */
	RESOURCE_FIND,	  /* BASE/TABLE?_find=: the form above a list */
	RESOURCE_GRID,	  /* BASE/TABLE?_edit=COLUMNS, ?_edit.COLUMN:
			     edited in place */
	RESOURCE_REMOVAL, /* BASE/TABLE?_delete: of several rows */
	RESOURCE_CHOICE,  /* BASE/TABLE?_choice=WORDS */
	RESOURCE_ROW,	  /* BASE/TABLE/KEY, BASE/TABLE?_key=KEY */
	RESOURCE_DELETE,  /* the same with ?delete: asks before deleting */
	RESOURCE_VALUE,	  /* BASE/TABLE/KEY/COLUMN, ?_key=KEY&_column=COLUMN */
	RESOURCE_PROBLEM, /* BASE/-/problems/NAME */
	RESOURCE_STYLE,	  /* BASE/-/style.css */
	RESOURCE_SCRIPT,  /* BASE/-/script.js */
	RESOURCE_HEALTH,  /* BASE/-/health */
	RESOURCE_CHECK,	  /* BASE/-/check */
	RESOURCE_CHECK_SCRIPT, /* BASE/-/check.js */
	RESOURCE_PROBE,	       /* BASE/-/probe, BASE/-/probe/SEGMENT */
	RESOURCE_LOGIN,	       /* BASE/-/login */
	RESOURCE_LOGOUT,       /* BASE/-/logout */
	RESOURCE_ACCOUNTS,     /* BASE/-/accounts, ?account=NAME of it */
	RESOURCE_ACCOUNT,      /* BASE/-/account: one's own */
	RESOURCE__MAX
};

struct route {
	enum resource resource;
	const char *table;	/* name, or NULL */
	const char *const *key; /* parts, or NULL */
	size_t n_key;
	const char *column;  /* of one value, or NULL */
	const char *problem; /* name of a problem type, or NULL */
	const char *segment; /* behind the probe, or NULL */
};

/* OUT_DONE; OUT_ABSENT: no such resource; OUT_MALFORMED: a key that cannot be
 * decoded; OUT_METHOD with fault.allow: the resource does not know the
 * method. */
enum outcome route_find(const struct request *, struct route *, struct fault *);

/* The value of Allow for a resource. */
const char *route_allow(enum resource);

#endif
