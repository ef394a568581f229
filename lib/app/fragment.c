#include "app/fragment.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "app/locate.h"
#include "format/utf8.h"

enum {
	FRAGMENT_MOST = 64 << 10
};

static const char *
resolve(struct mem *mem, const char *config_file, const char *path)
{
	const char *slash = strrchr(config_file, '/');

	if (strncmp(path, "~/", 2) == 0)
		return mem_printf(mem, "%s%s", locate_home(mem), path + 1);
	if (*path == '/' || slash == NULL)
		return path;
	return mem_printf(
	    mem, "%.*s/%s", (int)(slash - config_file), config_file, path);
}

static bool
is_plain_file(FILE *in)
{
	struct stat status;

	return fstat(fileno(in), &status) == 0 && S_ISREG(status.st_mode);
}

static char *
read_whole(struct mem *mem, FILE *in, const char **why)
{
	char *html = mem_alloc(mem, FRAGMENT_MOST + 2);
	size_t len = fread(html, 1, FRAGMENT_MOST + 1, in);

	html[len] = '\0';
	if (ferror(in))
		*why = "it cannot be read";
	else if (len > FRAGMENT_MOST)
		*why = "expected at most 65536 bytes";
	else if (utf8_prefix(html, len) < len)
		*why = "expected text in UTF-8";
	return *why == NULL ? html : NULL;
}

char *
fragment_read(struct mem *mem, const char *config_file, const char *path,
    const char **why)
{
	char *html = NULL;
	FILE *in;

	*why = NULL;
	path = resolve(mem, config_file, path);
	in = fopen(path, "re");
	if (in == NULL) {
		*why = mem_string(mem, strerror(errno));
		return NULL;
	}
	if (is_plain_file(in))
		html = read_whole(mem, in, why);
	else
		*why = "expected a plain file";
	fclose(in);
	return html;
}
