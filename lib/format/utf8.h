/*
 * utf8: the encoding of RFC 3629, checked and written.
 */
#ifndef FORMAT_UTF8_H
#define FORMAT_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* How many of the len bytes, from the first on, are UTF-8 without NUL: len
 * where all are, else the offset of the character that is not. Overlong forms,
 * surrogates and code points beyond U+10FFFF are none. */
size_t utf8_prefix(const char *, size_t len);

/* Writes a code point (up to U+10FFFF) to at, which has room for 4 bytes.
 * Returns how many it took. */
size_t utf8_write(char *at, uint32_t code);

#endif
