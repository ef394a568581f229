#include "store/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool
make(const char *path)
{
	char parent[PATH_MAX];
	const char *slash = strrchr(path, '/');
	size_t len = slash ? (size_t)(slash - path) : 0;

	if (mkdir(path, 0700) == 0 || errno == EEXIST)
		return true;
	if (errno != ENOENT || len == 0 || len >= sizeof parent)
		return false;
	memcpy(parent, path, len);
	parent[len] = '\0';
	return mkdir(parent, 0700) == 0 && mkdir(path, 0700) == 0;
}

static int
open_one(const char *path)
{
	struct stat status;
	int fd;

	if (!make(path))
		return -1;
	fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return -1;
	if (fstat(fd, &status) == 0 && status.st_uid == geteuid() &&
	    ((status.st_mode & 077) == 0 || fchmod(fd, 0700) == 0))
		return fd;
	close(fd);
	return -1;
}

int
folder_open(const char *const *paths)
{
	int fd = -1;

	for (; *paths && fd < 0; paths++)
		fd = open_one(*paths);
	return fd;
}

int
folder_file(int folder, const char *name)
{
	struct stat status;
	int fd = openat(
	    folder, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);

	if (fd < 0)
		return -1;
	if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) &&
	    status.st_uid == geteuid() && status.st_nlink == 1)
		return fd;
	close(fd);
	return -1;
}
