#include "app/frontfile.h"

#include <string.h>

/* What is in the archive, and what an owner may make of it. mark is what each
 * holds near its beginning, so that other pages of the site are not taken for
 * it. */
static const struct {
	const char *path, *mark;
} ours[] = {
	{ ".htaccess", "SetHandler" },
	{ ".htaccess.sample", "SetHandler" },
	{ "INSTALL", "ifmatch" },
	{ "LICENSE", "MIT" },
	{ "README.md", "ifmatch" },
	{ "SHA256SUMS", "ifmatch" },
	{ "accounts.sql", "ifmatch" },
	{ "club.sql", "ifmatch" },
	{ "ifmatch", "ELF" },
	{ "ifmatch.1", "ifmatch" },
	{ "ifmatch.ini.5", "ifmatch" },
	{ "ifmatch.ini.sample", "database" },
	{ "ifmatch.sql", "ifmatch" },
	{ "licences/VERSIONS", "Debian" },
	{ "licences/ifmatch", "MIT" },
	{ "licences/libfcgi", "opyright" },
	{ "licences/libinih", "opyright" },
	{ "licences/libsodium", "opyright" },
	{ "licences/musl", "opyright" },
	{ "licences/openssl", "opyright" },
	{ "licences/postgresql-15", "opyright" },
	{ "samples/Caddyfile.sample", "records" },
	{ "samples/apache-cgi.conf", "records" },
	{ "samples/apache-fcgid.conf", "records" },
	{ "samples/apache-proxy-fcgi.conf", "records" },
	{ "samples/h2o.sample", "records" },
	{ "samples/ifmatch@.service", "ifmatch" },
	{ "samples/lighttpd-cgi.conf", "records" },
	{ "samples/lighttpd-fastcgi.conf", "records" },
	{ "samples/nginx-fcgiwrap.conf", "records" },
	{ "samples/nginx.conf", "records" },
	{ "sql/accounts.sql", "ifmatch" },
	{ "sql/club.sql", "ifmatch" },
	{ "sql/ifmatch.sql", "ifmatch" },
	{ "try.cgi", "ifmatch" },
};

enum {
	N_OURS = sizeof ours / sizeof *ours
};

static bool
has(const char **paths, size_t n, const char *path)
{
	while (n > 0 && strcmp(paths[n - 1], path) != 0)
		n--;
	return n > 0;
}

const char **
frontfile_paths(
    struct mem *mem, const char *base, const char *config, size_t *n)
{
	const char *slash = strrchr(base, '/');
	const char *file = strrchr(config, '/');
	const char *name = slash ? slash + 1 : "";
	const char *dot = strrchr(name, '.');
	const char *folder =
	    mem_copy(mem, base, slash ? (size_t)(slash - base) : 0);
	const char *inis[] = { NULL, NULL,
		mem_printf(mem, "%s/%s", folder, file ? file + 1 : config),
		mem_printf(mem, "%s/ifmatch.ini", folder) };
	const char **paths =
	    mem_array(mem, N_OURS + sizeof inis / sizeof *inis, sizeof *paths);

	*n = 0;
	if (dot && strcmp(dot, ".fcgi") == 0)
		name = mem_copy(mem, name, (size_t)(dot - name));
	if (*name) {
		inis[0] = mem_printf(mem, "%s/%s.ini", folder, name);
		inis[1] = mem_printf(mem, "%s/cgi-bin/%s.ini", folder, name);
	}
	for (size_t i = 0; i < sizeof inis / sizeof *inis; i++)
		if (inis[i] && !has(paths, *n, inis[i]))
			paths[(*n)++] = inis[i];
	for (size_t i = 0; i < N_OURS; i++)
		paths[(*n)++] = mem_printf(mem, "%s/%s", folder, ours[i].path);
	return paths;
}

static bool
ends_with(const char *path, const char *end)
{
	size_t len = strlen(path), n = strlen(end);

	return n <= len && strcmp(path + len - n, end) == 0;
}

enum frontfile
frontfile_of(const char *path, const struct front_reply *reply)
{
	if (reply->status != 200 ||
	    reply->body[strspn(reply->body, " \r\n\t")] == '<')
		return FRONTFILE_NONE;
	if (ends_with(path, ".ini"))
		return strstr(reply->body, "database") ? FRONTFILE_SECRET
						       : FRONTFILE_NONE;
	for (size_t i = 0; i < N_OURS; i++)
		if (ends_with(path, ours[i].path) &&
		    strstr(reply->body, ours[i].mark))
			return FRONTFILE_OURS;
	return FRONTFILE_NONE;
}
