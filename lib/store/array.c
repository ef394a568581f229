#include "store/array.h"

#include <stdio.h>

char *
array_text(struct mem *mem, const char *const *values, size_t n)
{
	struct text *text = mem_text_open(mem);

	putc('{', text->out);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			putc(',', text->out);
		if (!values[i]) {
			fputs("NULL", text->out);
			continue;
		}
		putc('"', text->out);
		for (const char *s = values[i]; *s; s++) {
			if (*s == '"' || *s == '\\')
				putc('\\', text->out);
			putc(*s, text->out);
		}
		putc('"', text->out);
	}
	putc('}', text->out);
	return mem_text(text);
}
