/*
 * fields: the three-way merge of one field. Pure.
 */
#ifndef MERGE_FIELDS_H
#define MERGE_FIELDS_H

#include <stdbool.h>

enum merge {
	MERGE_SAME,   /* nobody changed it, or both the same way */
	MERGE_MINE,   /* only the person changed it: theirs is the base */
	MERGE_THEIRS, /* only the other side changed it */
	MERGE_DISPUTE /* both changed it, differently */
};

/* touched: whether the person changed the field (the base may be known by its
 * hash only); base_known: whether base is its text. NULL is SQL's NULL. Without
 * the base's text a touched field that differs from theirs is a dispute, an
 * untouched one is MERGE_THEIRS. */
enum merge merge_field(bool base_known, const char *base, const char *theirs,
    const char *mine, bool touched);

#endif
