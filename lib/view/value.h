/*
 * value: values as people read them; their names: view/caption.
 */
#ifndef VIEW_VALUE_H
#define VIEW_VALUE_H

#include "store/table.h"
#include "view/layout.h"

/* Whether pages show a column at all: not where it only counts versions. */
bool value_shown(const struct table *, size_t column);

/* How many bytes a bytea's text stands for; 0 where it is not in hex. */
size_t value_bytes(const char *text);

/* So many bytes as people read them: "900 bytes", "12 kB", "1.5 MB". */
char *value_size(struct mem *, const struct site *, size_t bytes);

/* Writes a value (IMAGE_TEXT) between tags: yes or no, long bytea by its size,
 * a mark where there is none or an empty one. cut: after so many characters
 * "..." stands for the rest; 0: nothing is cut. */
void value_write(FILE *, struct mem *, const struct site *,
    const struct column *, const char *value, size_t cut);

#endif
