/*
 * call: one request on its way through app: what is known of it so far, and
 * what its reply needs.
 */
#ifndef APP_CALL_H
#define APP_CALL_H

#include "app/config.h"
#include "app/prefer.h"
#include "app/roles.h"
#include "store/row.h"
#include "view/error.h"
#include "view/layout.h"
#include "web/condition.h"
#include "web/request.h"
#include "web/response.h"
#include "web/route.h"

/* The representations that a reply can have. */
enum format {
	FORMAT_JSON,
	FORMAT_HTML,
	FORMAT_CSV,
	FORMAT__MAX
};

struct call {
	const struct config *config;
	struct roles *roles;
	struct catalog *catalog; /* as the person's role sees it */
	struct db *db;
	struct mem *mem;
	struct request *request;
	struct response *response;

	struct route route;
	enum format format;
	struct condition condition;
	struct person who;	   /* for the database */
	const char *person;	   /* who.name: NULL: nobody known */
	const char *display;	   /* how people know them; person where no
				      account says; NULL: nobody known */
	const char *const *groups; /* who.groups, one by one */
	size_t n_groups;
	bool admin; /* may administrate: by account, or by the configuration */
	enum config_access access; /* what such a person may do here */
	const char *etag;	   /* what _etag said, for the log; or NULL */
	struct prefer prefer;	   /* of a write */
	const char *media;	   /* type of the body, "" where not said */
	struct site site;
	struct scope *scope; /* of the route's table, or NULL */

	struct fault fault;	/* why the call ends in no success */
	struct written written; /* what a refused write has found */
	const struct error_page
	    *items; /* of a request about many rows: what
		       became of each that failed; or NULL */
	size_t n_items;
	const char *tag; /* what a condition was judged on, where that is no
			    row; or NULL */
	bool answered;	 /* the response is made already */
};

/* Serves one resource by one method. Either makes the response and returns its
 * outcome, or fills call->fault and returns that. */
typedef enum outcome call_handler(struct call *);

/* Sets 303 See Other to a path behind the base. */
void call_redirect(struct call *, const char *url);

/* A text stream whose end becomes the body: call_send(call, text, type). */
void call_send(struct call *, struct text *, const char *type);

/* The path of a URL behind the base, the base included. */
char *call_url(struct call *, const char *behind);

extern const char call_type_json[], call_type_html[], call_type_csv[];

#endif
