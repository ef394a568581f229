/*
 * config: what the administrator says, read from one file in INI form.
 *
 * keys.c has the one table of keys that reads the file and prints the
 * documented sample; locate.c finds the file. Plain data here: nothing asks the
 * database, so whether a table or column exists is not known yet. Lines are
 * kept for whoever finds out.
 */
#ifndef APP_CONFIG_H
#define APP_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/mem.h"

enum config_access {
	CONFIG_NONE,
	CONFIG_READ,
	CONFIG_WRITE
};
enum config_language {
	CONFIG_AUTO,
	CONFIG_EN, /* enum language and one */
	CONFIG_DE
};
enum config_conflict {
	CONFIG_ASK,
	CONFIG_MERGE
};
enum config_role {
	CONFIG_ROLE_NONE,
	CONFIG_ROLE_PERSON /* the one that is called as they are */
};
enum config_bump {
	CONFIG_BUMP_SELF,
	CONFIG_BUMP_TRIGGER
};

/* A value and the line that it stands in. */
struct config_text {
	const char *text; /* NULL: the key was not given */
	unsigned line;	  /* 0: not given */
};

/* "a, b": names with the white space around them cut off. A name with a comma
 * or white space at its ends is written in '"'. */
struct config_list {
	const char *const *items;
	size_t n; /* 0: not given, or empty */
	unsigned line;
};

/* What somebody may be given the right to do. The list that comes with it says
 * who may: names; "@" and a name, a group; "*", whoever is known; "anyone",
 * also who is not. A list that is given and empty is nobody. */
enum config_may {
	MAY_READ,
	MAY_CREATE,
	MAY_UPDATE,
	MAY_DELETE,
	MAY_EXPORT,
	MAY__MAX
};

/* Keys that end in a name: PREFIX.NAME = LIST, in the file's order. */
struct config_names {
	struct config_named {
		const char *name;
		struct config_list list;
	} * items;
	size_t n;
};

/* A section [table NAME], [table SCHEMA.NAME] or [table SCHEMA.*]. Names with a
 * dot, bracket or white space are written in '"', doubled within. */
struct config_table {
	const char *schema; /* as given, else the site's schema */
	const char *table;  /* NULL: every table of the schema */
	unsigned line;	    /* of the section */
	struct config_text label;
	struct config_text name;	   /* the URL's name */
	struct config_text version_column; /* "none": xmin guards */
	struct config_text modified;
	struct config_list hidden;
	struct config_list read_only;
	struct config_list key;
	struct config_list grid;	  /* columns edited in place */
	struct config_list may[MAY__MAX]; /* not given: the site's */
	struct config_names reads;	  /* by column: who may see it, */
	struct config_names updates;	  /* and who may set it */
	enum config_bump bump;
	unsigned bump_line;
	bool counter; /* an equal write is not taken for a repeated one */
	bool filtered_writes; /* PATCH and DELETE by filters alone */
	enum config_conflict on_conflict;
};

struct config {
	const char *file;     /* its path, for messages */
	unsigned wrong_line;  /* of what CONFIG_WRONG complains about, or 0 */
	const char *database; /* conninfo or URI, "~/" expanded */
	const char *title;
	const char *logo; /* URLs of this host, or NULL */
	const char *stylesheet;
	struct config_text header; /* names of files, and what is in them, */
	struct config_text footer;
	const char *header_html; /* read by config_load; or NULL */
	const char *footer_html;
	enum config_language language;
	const char *time_zone;
	const char *base; /* NULL: SCRIPT_NAME; else "/PREFIX" or "" */
	const char *schema;
	enum config_access anonymous;
	enum config_access authenticated;
	struct config_list may[MAY__MAX]; /* not given: as the two above say */
	struct config_names groups;	  /* by group: who is in it */
	struct config_names roles; /* by role of the database: who acts in it */
	enum config_role role;	   /* of whoever is in none of them */
	bool remote_user;
	struct config_list admin; /* names of those who administrate */
	const char *secret;	  /* or NULL; there is one where accounts are */
	bool accounts;		  /* our own: store/account */
	long session_idle;	  /* seconds */
	long session_absolute;	  /* seconds */
	const char *setup_code;	  /* or NULL */
	bool insecure_login;	  /* over plain http */
	size_t front_limit;	  /* bytes; 0: not said */
	size_t import_limit;	  /* bytes of a file */
	size_t body_limit;	  /* bytes */
	long statement_timeout;	  /* milliseconds; 0: none */
	int workers;
	int connections;	     /* of all processes; 0: not counted */
	const char *folder;	     /* or NULL */
	bool blind_writes;	     /* If-Match: * is honoured */
	bool accept_dates;	     /* a date alone permits a write */
	bool accept_weak_if_match;   /* W/"x" matches "x" */
	bool require_condition;	     /* a write without one is refused */
	struct config_table *tables; /* in the file's order */
	size_t n_tables;
};

enum config_result {
	CONFIG_LOADED,
	CONFIG_ABSENT,	/* there is no file */
	CONFIG_WRONG,	/* message says "FILE:LINE: what, expected what" */
	CONFIG_OPEN,	/* others than its owner can read a secret in it */
	CONFIG_FOREIGN, /* it is somebody else's */
};

/* Finds and reads the file of a program that was started as program (argv[0]
 * or SCRIPT_FILENAME; NULL: unknown). message is set unless CONFIG_LOADED, and
 * names files: it is for the administrator, never for a page. The config lives
 * in mem. */
enum config_result config_load(
    struct mem *, const char *program, struct config *, const char **message);

/* Reads an open file. Nothing of it is checked but its text. */
enum config_result config_read(struct mem *, FILE *, const char *file,
    struct config *, const char **message);

/* "FILE:LINE: " and the formatted text, for what is found wrong later. */
char *config_complaint(struct mem *, const struct config *, unsigned line,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Prints the documented sample, with a secret made for it. */
void config_sample(FILE *);

#endif
