#include "format/utf8.h"

#include <assert.h>
#include <stdbool.h>

/* The well-formed sequences by their first byte (Unicode, table 3-7): what the
 * second byte may be; all further ones are 80 to BF. */
static const struct lead {
	unsigned char from, to;
	unsigned char second_from, second_to;
	unsigned char len;
} leads[] = {
	{ 0xc2, 0xdf, 0x80, 0xbf, 2 },
	{ 0xe0, 0xe0, 0xa0, 0xbf, 3 },
	{ 0xe1, 0xec, 0x80, 0xbf, 3 },
	{ 0xed, 0xed, 0x80, 0x9f, 3 },
	{ 0xee, 0xef, 0x80, 0xbf, 3 },
	{ 0xf0, 0xf0, 0x90, 0xbf, 4 },
	{ 0xf1, 0xf3, 0x80, 0xbf, 4 },
	{ 0xf4, 0xf4, 0x80, 0x8f, 4 },
};

static bool
follows(const struct lead *lead, const unsigned char *s)
{
	if (s[1] < lead->second_from || s[1] > lead->second_to)
		return false;
	for (size_t i = 2; i < lead->len; i++)
		if ((s[i] & 0xc0) != 0x80)
			return false;
	return true;
}

/* The length of the character at s, which has left bytes; 0 if it is none. */
static size_t
sequence(const unsigned char *s, size_t left)
{
	if (s[0] < 0x80)
		return s[0] != 0 ? 1 : 0;
	for (size_t i = 0; i < sizeof leads / sizeof *leads; i++)
		if (s[0] >= leads[i].from && s[0] <= leads[i].to)
			return left >= leads[i].len && follows(&leads[i], s)
				   ? leads[i].len
				   : 0;
	return 0;
}

size_t
utf8_prefix(const char *text, size_t len)
{
	size_t at = 0;

	while (at < len) {
		size_t n = sequence((const unsigned char *)text + at, len - at);

		if (n == 0)
			break;
		at += n;
	}
	return at;
}

size_t
utf8_write(char *at, uint32_t code)
{
	static const unsigned char marks[] = { 0, 0x00, 0xc0, 0xe0, 0xf0 };
	size_t n = 1;

	assert(code <= 0x10ffff);
	if (code >= 0x80)
		n = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
	for (size_t i = n; i-- > 1; code >>= 6)
		at[i] = (char)(0x80 | (code & 0x3f));
	at[0] = (char)(marks[n] | code);
	return n;
}
