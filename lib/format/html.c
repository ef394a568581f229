#include "format/html.h"

void
html_text(FILE *out, const char *s)
{
	static const char *const entities[256] = {
		['&'] = "&amp;",
		['<'] = "&lt;",
		['>'] = "&gt;",
		['"'] = "&quot;",
		['\''] = "&#39;",
		['\r'] = "\n",
	};

	for (; s != NULL && *s != '\0'; s++) {
		const char *entity = entities[(unsigned char)*s];

		if (s[0] == '\r' && s[1] == '\n')
			continue;
		if (entity != NULL)
			fputs(entity, out);
		else
			putc(*s, out);
	}
}

void
html_attr(FILE *out, const char *name, const char *value)
{
	fprintf(out, " %s=\"", name);
	html_text(out, value);
	putc('"', out);
}

void
html_flag(FILE *out, const char *name, bool on)
{
	if (on)
		fprintf(out, " %s", name);
}

void
html_hidden(FILE *out, const char *name, const char *value)
{
	fputs("<input type=\"hidden\"", out);
	html_attr(out, "name", name);
	html_attr(out, "value", value);
	putc('>', out);
}

void
html_option(FILE *out, const char *value, const char *text, bool selected)
{
	fputs("<option", out);
	html_attr(out, "value", value);
	html_flag(out, "selected", selected);
	putc('>', out);
	html_text(out, text);
	fputs("</option>\n", out);
}

void
html_form(FILE *out)
{
	fputs("<form method=\"post\" enctype=\"multipart/form-data\""
	      " accept-charset=\"utf-8\"",
	    out);
}

void
html_textarea(FILE *out, const char *s)
{
	putc('\n', out);
	html_text(out, s);
}
