/*
 * call: one request on its way through app: what is known of it so far, and
 * what its reply needs.
 */
#ifndef APP_CALL_H
#define APP_CALL_H

#include <time.h>

#include "app/config.h"
#include "app/prefer.h"
#include "app/roles.h"
#include "store/account.h"
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

struct form;
struct known;
struct directory;

/* How the person is known to be who they are, by our own accounts. */
struct session {
	enum account_kind kind;
	const char *what;    /* session, account or token, as the gate asks for
				it; NULL: nobody, or by the web server */
	const char *shown;   /* in Authorization, for app/known; or NULL */
	time_t issued, ends; /* of a session's cookie; of the session */
	bool admin;	     /* as the account says, */
	const char *groups;  /* and these: the configuration may add some */
	bool over;	     /* a cookie came that was good once */
	struct gate gate;
};

struct call {
	const struct config *config;
	struct roles *roles;
	struct catalog *catalog; /* as the person's role sees it */
	struct db *db;
	struct accounts *accounts; /* NULL: the site has none of its own */
	struct known *known;
	struct directory *directory;
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
	struct session session;
	struct form *form; /* that was posted, once it is read (app/posted) */
	const char *login_name; /* typed beside it, or NULL */
	const char *lost_file;	/* one that it had lost by then, or NULL */
	enum word unconfirmed;	/* why it may not be carried out as it is, or
				   WORD_NONE */
	bool same_origin; /* the request comes from this site's own page */
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

/* The same for a page that shows what is stored: kept for its person's Back
 * alone. */
void call_send_page(struct call *, struct text *);

/* OUT_MALFORMED: a field of a form, or a parameter of the URL, that cannot be
 * what it says. */
enum outcome call_bad_field(struct call *, const char *name);
enum outcome call_bad_parameter(struct call *, const char *name);

/* The path of a URL behind the base, the base included. */
char *call_url(struct call *, const char *behind);

extern const char call_type_json[], call_type_html[], call_type_csv[];

#endif
