#include "base/log.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

enum {
	LINE_MOST = 4000
};

/* Where lines go: the one state of this module, set by log_to. */
static log_sink *current_sink;
static void *current_context;

/* How many bytes at c are a control character, of ASCII or of ISO 6429 in UTF-8
 * (C2 80 to C2 9F): both can drive a terminal. */
static size_t
control(const char *c)
{
	unsigned char first = (unsigned char)c[0];
	unsigned char second = first == 0xc2 ? (unsigned char)c[1] : 0;

	if (first < 0x20 || first == 0x7f)
		return 1;
	return second >= 0x80 && second < 0xa0 ? 2 : 0;
}

static void
mask(char line[LINE_MOST + 1], size_t len, const char *text)
{
	while (*text != '\0' && len < LINE_MOST) {
		size_t n = control(text);

		if (n == 0)
			line[len++] = *text++;
		else if (LINE_MOST - len < n * 4)
			break;
		for (; n > 0; n--, text++, len += 4)
			snprintf(line + len, 5, "\\x%02x",
			    (unsigned)(unsigned char)*text);
	}
	line[len] = '\0';
}

void
log_to(log_sink *sink, void *context)
{
	current_sink = sink;
	current_context = context;
}

void
log_line(enum log_level level, const char *format, ...)
{
	static const char *const begins[] = {
		[LOG_ERROR] = "ifmatch: error: ",
		[LOG_WARN] = "ifmatch: warning: ",
		[LOG_INFO] = "ifmatch: ",
	};
	char text[LINE_MOST + 1];
	char line[LINE_MOST + 1];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	snprintf(line, sizeof line, "%s", begins[level]);
	mask(line, strlen(line), text);
	if (current_sink != NULL)
		current_sink(current_context, line);
	else
		fprintf(stderr, "%s\n", line);
}
