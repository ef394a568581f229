/*
 * table: one exposed table as the catalogue tells it, and what one person may
 * do with it. Plain data: nothing here asks the database.
 */
#ifndef STORE_TABLE_H
#define STORE_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"
#include "base/words.h"
#include "store/rule.h"

/* How a column's value becomes JSON. */
enum column_json {
	COLUMN_NUMBER, /* the text itself; NaN and infinities as strings */
	COLUMN_BOOL,   /* t and f */
	COLUMN_STRING, /* the text, quoted */
	COLUMN_JSON,   /* json and jsonb: the text itself */
	COLUMN_OTHER   /* the database makes it (to_json) */
};

struct column {
	const char *name;
	const char *ident; /* quoted for SQL */
	int number;	   /* attnum */
	const char *type;  /* as declared: "character(5)" */
	const char *cast;  /* without its modifier, so that a cast cannot
			      cut or round: "bpchar" */
	int modifier;	   /* atttypmod of the base type, or -1 */
	const char *base;  /* the base type's pg_type.typname: "int4",
			      "text", "_int4"; a domain's is resolved */
	unsigned type_oid; /* the base type's */
	char kind;	   /* its pg_type.typtype: b e c r m */
	enum column_json json;
	bool not_null;
	bool text;		 /* of a type whose '' is a value of its own */
	bool loose;		 /* different texts can be equal in it, and it
				    knows no patterns: by its collation */
	const char *default_sql; /* pg_get_expr, or NULL */
	char identity;		 /* 'a' always, 'd' by default, 0 none */
	bool generated;
	int max_length;		   /* characters of varchar and char; 0: none */
	const char *const *labels; /* of an enum, in its order */
	size_t n_labels;
	struct rule rule;    /* what its checks say, and those of its domains */
	const char *comment; /* or NULL */
	bool refers;	     /* alone to the rows of another table */
	int key_part;	     /* 1 ... n: place in the key; 0: none */
	bool selectable, insertable, updatable; /* privileges of the role */
	bool hidden, read_only;			/* as configured */
	bool in_grid;	 /* as configured: proposed for editing in place */
	unsigned origin; /* of a view's column: oid of the relation whose
			    column it shows, and that column's attnum; or 0 */
	int origin_number;
	bool author; /* holds the name of who changed the row last */
	bool kept;   /* version, updated_at, updated_by of our trigger: sent
		      values are never written */
};

struct foreign_key {
	const char *name;
	size_t *columns;	    /* indexes into the table's columns */
	const char *const *targets; /* column names there, same order */
	size_t n;
	const char *schema, *table; /* what it refers to */
	unsigned oid;		    /* the same */
};

/* A constraint or unique index, so that what the database refuses can be shown
 * beside its field. */
struct constraint {
	const char *name;
	bool unique;	 /* or the primary key */
	size_t *columns; /* indexes */
	size_t n;
};

enum guard_kind {
	GUARD_VERSION,	    /* kept by our enabled trigger */
	GUARD_VERSION_XMIN, /* kept by another program, and xmin */
	GUARD_FOREIGN,	    /* kept by another program, no xmin there */
	GUARD_XMIN,
	GUARD_NONE /* read-only; table.why says why */
};

enum right {
	RIGHT_READ = 1,
	RIGHT_CREATE = 2,
	RIGHT_UPDATE = 4,
	RIGHT_DELETE = 8,
	RIGHT_EXPORT = 16 /* to take the whole table away as a file */
};

struct table {
	const char *name; /* as in the URL */
	const char *schema;
	const char *ident; /* "schema"."name" quoted for SQL */
	unsigned oid;
	char kind;	     /* relkind: r p v m f */
	const char *comment; /* or NULL */
	struct column *columns;
	size_t n_columns;
	size_t *key;  /* indexes of the key's columns, in key order */
	size_t n_key; /* 0: no key, so no rows to address */
	struct foreign_key *foreign_keys;
	size_t n_foreign_keys;
	struct constraint *constraints;
	size_t n_constraints;

	enum guard_kind guard;
	const char *version;	/* name of the version column, or NULL */
	size_t version_column;	/* its index, where version is not NULL */
	const char *state_sql;	/* the state of row t as one text expression */
	const char *stored_sql; /* the same within RETURNING */
	const char *vstate_sql; /* its version part alone, or NULL */
	const char *next_sql; /* what our UPDATE sets the version to, or NULL */
	const char *first_sql; /* what our INSERT sets it to, or NULL */
	const char
	    *modified;	     /* column that Last-Modified comes from, or NULL */
	bool modified_exact; /* it is our trigger's: no two versions of a row
				share a second */
	const char *changed_by; /* our trigger's updated_by, or NULL */
	enum word why;		/* GUARD_NONE: the reason, */
	const char *why_arg;	/* its argument or NULL */
	const char *advice;	/* what to do about it, as configuration or SQL
				   lines, or NULL */

	bool plain[3];	/* by enum table_event: nothing can make the bare
			   statement touch other than one row or none */
	bool ruled[3];	/* a rule takes this statement elsewhere */
	bool reread[3]; /* an AFTER trigger may change the row: read it again */
	bool deferred;	/* a deferred trigger of the owner's own exists */
	bool row_security;
	const char *submission; /* quoted schema of the functions that remember
				   forms, or NULL: there are none */
	const char *upload;	/* the same of those that keep files */
	const char *role;	/* that these privileges are those of */
	const char *relation;	/* its name in the schema */
	size_t exposure;	/* which of the exposures it is offered by */
	bool withheld;	      /* a right to it names a column that is not there:
				 nobody has any */
	unsigned rights;      /* enum right, as role, guard and rules allow */
	const char *label;    /* as configured, or NULL */
	bool filtered_writes; /* as configured: filters alone guard a write */
	bool counter; /* as configured: that a row is as asked does not show
			 that this very write has made it so */
	bool merges;  /* as configured: a form that comes too late is merged
			 at once where nothing is in dispute */
};

enum table_event {
	TABLE_INSERT,
	TABLE_UPDATE,
	TABLE_DELETE
};

/* What one person may do with one table: the table's own rights narrowed by the
 * configuration. Made by app/access, asked by store and view. */
struct scope {
	const struct table *table;
	unsigned rights; /* enum right */
	bool *read;	 /* by column: may see */
	bool *insert;	 /* by column: may give a value to on creation */
	bool *update;	 /* by column: may change */
	bool *barred;	 /* by column: may see it, and it is not for this person
			    to set; NULL: none is */
	bool no_author, no_date; /* the columns that tell who changed a row, and
				    when, are not to be seen */
};

/* Whether a column that may be seen is not for this person to set, though
 * others may. */
bool scope_bars(const struct scope *, size_t column);

/* The column of this name, or NULL. */
const struct column *table_column(const struct table *, const char *name);

/* Its index; asserts that it is one of the table's. */
size_t table_index(const struct table *, const struct column *);

/* The constraint of this name (NULL: nobody's), or NULL. */
const struct constraint *table_constraint(
    const struct table *, const char *name);

/* Whether two keys of its rows are the same. */
bool table_same_key(
    const struct table *, const char *const *, const char *const *);

/* Whether a new row's column has a value by itself. */
bool table_gives(const struct column *);

/* "version", "version+xmin", "xmin", "read-only": for JSON and check. */
const char *table_guard_name(const struct table *);

/* One piece of what a row is called. */
struct label_part {
	const char *text; /* as it stands; NULL: */
	size_t column;	  /* the value of this column */
};

/* What the rows of a table are called: configured, all pieces joined; else the
 * value of the first column that has one: a text column that is unique alone,
 * one named name, title or label, any that our trigger does not keep. Where
 * that comes to nothing, the parts of the key, joined with ", ". Only columns
 * of the scope count. */
struct label_rule {
	bool joined;
	struct label_part *parts;
	size_t n;
};

struct label_rule table_label(struct mem *, const struct scope *);

/* A key as URLs and forms carry it: its parts percent-encoded, joined by
 * commas. */
char *table_key_text(
    struct mem *, const struct table *, const char *const *key);

/* The BASE-relative URL of a row, led by a slash: /TABLE/KEY, or
 * /TABLE?_key=KEY where a path cannot carry the key. */
char *table_row_url(struct mem *, const struct table *, const char *const *key);

/* The BASE-relative URL of the table: /TABLE. */
char *table_url(struct mem *, const struct table *);

#endif
