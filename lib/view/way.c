#include "view/way.h"

#include <string.h>

#include "format/html.h"
#include "format/uri.h"

static char
lead_of(const char *url)
{
	return strchr(url, '?') != NULL ? '&' : '?';
}

static const char *
query_of(const struct site *site)
{
	const char *query = strchr(site->list, '?');

	return query != NULL ? query + 1 : "";
}

static char *
with_way(struct mem *mem, const struct site *site, char *url)
{
	struct text *text;

	if (site->list == NULL)
		return url;
	text = mem_text_open(mem);
	fputs(url, text->out);
	fprintf(text->out, "%c_list=", lead_of(url));
	uri_write(text->out, query_of(site));
	return mem_text(text);
}

char *
way_row(struct mem *mem, const struct site *site, const struct table *table,
    const char *const *key)
{
	return with_way(mem, site, table_row_url(mem, table, key));
}

char *
way_new(struct mem *mem, const struct site *site, const struct table *table)
{
	return with_way(
	    mem, site, mem_printf(mem, "%s?new", table_url(mem, table)));
}

char *
way_back(struct mem *mem, const struct site *site, const struct table *table,
    const char *const *key, const char *done)
{
	struct text *text = mem_text_open(mem);
	const char *url =
	    site->list != NULL ? site->list : table_url(mem, table);
	char lead = lead_of(url);

	fputs(url, text->out);
	if (done != NULL) {
		putc(lead, text->out);
		fputs(done, text->out);
		lead = '&';
	}
	if (key != NULL && site->list != NULL) {
		fprintf(text->out, "%c_row=", lead);
		uri_write(text->out, table_key_text(mem, table, key));
		fputs("#row", text->out);
	}
	return mem_text(text);
}

void
way_write(FILE *out, const struct site *site)
{
	if (site->list != NULL)
		html_hidden(out, "_list", query_of(site));
}
