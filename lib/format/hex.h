/*
 * hex: bytes as PostgreSQL writes bytea: \x and two lower-case digits each.
 */
#ifndef FORMAT_HEX_H
#define FORMAT_HEX_H

#include <stdio.h>

#include "base/mem.h"

/* The bytes of "\x0a1b", with a NUL behind them that len does not count; NULL
 * where the text is not in that form. */
char *hex_read(struct mem *, const char *text, size_t *len);

/* The text "\x0a1b" of len bytes. */
char *hex_text(struct mem *, const char *bytes, size_t len);

/* Writes len bytes as two digits each, without \x. */
void hex_write(FILE *, const char *bytes, size_t len);

#endif
