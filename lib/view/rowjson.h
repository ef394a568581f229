/*
 * rowjson: a row as a JSON object, equal to to_json's byte for byte.
 */
#ifndef VIEW_ROWJSON_H
#define VIEW_ROWJSON_H

#include "store/row.h"

/* {"column":value,...} with the columns that the scope lets the person see, in
 * the table's order; no white space. The row is IMAGE_JSON. */
void rowjson_write(FILE *, const struct scope *, const struct row *);

/* A column as an item of a list is to show it. */
struct rowjson_pick {
	size_t column;	  /* index */
	const char *name; /* of its member */
	bool as_text;	  /* as a string, whatever its type */
};

/* The same of chosen columns, in their order. etag: NULL, or the value of a
 * last member "_etag". */
void rowjson_item(FILE *, const struct table *, const struct rowjson_pick *,
    size_t n, const struct row *, const char *etag);

/* One value as JSON text, in mem. NULL is null. */
char *rowjson_value(struct mem *, const struct column *, const char *value);

#endif
