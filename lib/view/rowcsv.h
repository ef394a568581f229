/*
 * rowcsv: rows as lines of comma-separated values, as spreadsheets want them.
 */
#ifndef VIEW_ROWCSV_H
#define VIEW_ROWCSV_H

#include "store/row.h"
#include "view/rowjson.h"

struct rowcsv_dialect {
	const char *name;
	char separator;
	bool decimal_comma; /* and a byte order mark, by which spreadsheets
			       know UTF-8 */
};

/* "comma" (RFC 4180, the default) or "semicolon", as spreadsheets of many
 * European languages have it; NULL where there is no such dialect. */
const struct rowcsv_dialect *rowcsv_dialect(const char *name);

/* A value (IMAGE_TEXT) as the dialect writes it; NULL gives NULL. */
const char *rowcsv_value(struct mem *, const struct rowcsv_dialect *,
    const struct column *, const char *value);

/* The line of the columns' names; etags: "_etag" is the last. */
void rowcsv_head(FILE *, const struct rowcsv_dialect *,
    const struct rowjson_pick *, size_t n, bool etags);

/* One row (IMAGE_TEXT); etag as the head has it, or NULL. */
void rowcsv_item(FILE *, struct mem *, const struct rowcsv_dialect *,
    const struct table *, const struct rowjson_pick *, size_t n,
    const struct row *, const char *etag);

#endif
