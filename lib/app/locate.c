#include "app/locate.h"

#include <limits.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char running[] = "/proc/self/exe";

char *
locate_home(struct mem *mem)
{
	const struct passwd *entry = getpwuid(getuid());
	const char *home = entry == NULL ? getenv("HOME") : entry->pw_dir;
	size_t len;

	if (home == NULL || *home != '/')
		return mem_string(mem, "");
	len = strlen(home);
	while (len > 0 && home[len - 1] == '/')
		len--;
	return mem_copy(mem, home, len);
}

static char *
real_path(struct mem *mem, const char *path)
{
	char buffer[PATH_MAX];

	return realpath(path, buffer) == NULL ? NULL : mem_string(mem, buffer);
}

/* The folder of a path; "" is the root's. */
static char *
folder_of(struct mem *mem, const char *path)
{
	const char *slash = strrchr(path, '/');

	return mem_copy(mem, path, slash == NULL ? 0 : (size_t)(slash - path));
}

/* A link to the program has a name and a folder of its own. */
char *
locate_program(struct mem *mem, const char *program)
{
	char *file = real_path(mem, running);
	char *called, *folder;

	if (program == NULL || strchr(program, '/') == NULL)
		return file;
	called = real_path(mem, program);
	if (called == NULL || (file != NULL && strcmp(called, file) != 0))
		return file;
	folder = *program == '/' && strrchr(program, '/') == program
		     ? mem_string(mem, "")
		     : real_path(mem, folder_of(mem, program));
	return folder == NULL
		   ? file
		   : mem_printf(mem, "%s%s", folder, strrchr(program, '/'));
}

static char *
file_name(struct mem *mem, const char *path)
{
	const char *name = strrchr(path, '/') + 1;
	const char *dot = strrchr(name, '.');
	size_t len = strlen(name);

	if (dot != NULL && strcmp(dot, ".fcgi") == 0)
		len = (size_t)(dot - name);
	return mem_printf(mem, "%.*s.ini", (int)len, name);
}

/* folder/name, if it is there; it is added to those tried. */
static char *
look(struct mem *mem, const char *folder, const char *name, const char **tried)
{
	char *path = mem_printf(mem, "%s/%s", folder, name);
	struct stat status;

	*tried =
	    *tried == NULL ? path : mem_printf(mem, "%s, %s", *tried, path);
	return stat(path, &status) == 0 ? path : NULL;
}

char *
locate_config(struct mem *mem, const char *program, const char **tried)
{
	const char *given = getenv("IFMATCH_CONFIG");
	const char *home = locate_home(mem);
	char *path = locate_program(mem, program);
	char *folder, *name, *found = NULL;

	*tried = NULL;
	if (given != NULL && *given != '\0')
		return mem_string(mem, given);
	if (path == NULL)
		return NULL;
	name = file_name(mem, path);
	folder = folder_of(mem, path);
	while (found == NULL && *folder != '\0' && strcmp(folder, home) != 0) {
		folder = folder_of(mem, folder);
		found = look(mem, folder, name, tried);
	}
	if (found == NULL)
		found = look(mem, folder_of(mem, path), name, tried);
	return found;
}

char *
locate_name(struct mem *mem, const char *program)
{
	const char *given = getenv("IFMATCH_CONFIG");
	char *path = locate_program(mem, program);
	const char *slash;

	if (given != NULL && *given != '\0') {
		slash = strrchr(given, '/');
		return mem_string(mem, slash == NULL ? given : slash + 1);
	}
	return path == NULL ? mem_string(mem, "ifmatch.ini")
			    : file_name(mem, path);
}

bool
locate_is_open(FILE *file)
{
	struct stat status;

	return fstat(fileno(file), &status) != 0 ||
	       (S_ISREG(status.st_mode) && (status.st_mode & 077) != 0);
}

bool
locate_is_ours(FILE *file)
{
	struct stat status, program;

	if (fstat(fileno(file), &status) != 0)
		return false;
	return status.st_uid == 0 || status.st_uid == geteuid() ||
	       (stat(running, &program) == 0 &&
		   status.st_uid == program.st_uid);
}
