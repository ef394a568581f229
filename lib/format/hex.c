#include "format/hex.h"

#include <string.h>

static int
digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

char *
hex_read(struct mem *mem, const char *text, size_t *len)
{
	size_t n = strlen(text);
	char *bytes;

	if (strncmp(text, "\\x", 2) != 0 || n % 2 != 0)
		return NULL;
	*len = n / 2 - 1;
	bytes = mem_alloc(mem, *len + 1);
	for (size_t i = 0; i < *len; i++) {
		int high = digit(text[2 + 2 * i]);
		int low = digit(text[3 + 2 * i]);

		if (high < 0 || low < 0)
			return NULL;
		bytes[i] = (char)(high * 16 + low);
	}
	return bytes;
}

void
hex_write(FILE *out, const char *bytes, size_t len)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < len; i++) {
		putc(digits[(unsigned char)bytes[i] >> 4], out);
		putc(digits[(unsigned char)bytes[i] & 15], out);
	}
}

char *
hex_text(struct mem *mem, const char *bytes, size_t len)
{
	struct text *text = mem_text_open(mem);

	fputs("\\x", text->out);
	hex_write(text->out, bytes, len);
	return mem_text(text);
}
