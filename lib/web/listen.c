#include "web/listen.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"

enum {
	BACKLOG = 1024,
	STALL_SECONDS = 60,
	HOST_SIZE = 128,
	PORT_SIZE = 8
};

static int
failed(int fd, const char *what, const char *address, const char *why)
{
	log_line(LOG_ERROR, "cannot %s %s: %s", what, address, why);
	if (fd >= 0)
		close(fd);
	return -1;
}

/* Whether the path is free now. A socket that nobody answers on is what a
 * killed program left behind. */
static bool
clear_path(const struct sockaddr_un *name)
{
	struct stat status;
	bool dead;
	int fd;

	if (lstat(name->sun_path, &status) != 0)
		return errno == ENOENT;
	if (!S_ISSOCK(status.st_mode)) {
		errno = EEXIST;
		return false;
	}
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return false;
	dead = connect(fd, (const struct sockaddr *)name, sizeof *name) != 0 &&
	       errno == ECONNREFUSED;
	close(fd);
	if (!dead) {
		errno = EADDRINUSE;
		return false;
	}
	return unlink(name->sun_path) == 0;
}

static int
open_unix(const char *address)
{
	struct sockaddr_un name = { .sun_family = AF_UNIX };
	const char *path = address + strlen("unix:");
	mode_t mask;
	int fd, rc;

	if (*path == '\0' || strlen(path) >= sizeof name.sun_path)
		return failed(-1, "listen on", address,
		    "the path must have 1 to 107 characters");
	memcpy(name.sun_path, path, strlen(path) + 1);
	if (!clear_path(&name))
		return failed(-1, "listen on", address, strerror(errno));
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return failed(fd, "open", address, strerror(errno));
	mask = umask(0117);
	rc = bind(fd, (const struct sockaddr *)&name, sizeof name);
	umask(mask);
	if (rc != 0 || listen(fd, BACKLOG) != 0)
		return failed(fd, "listen on", address, strerror(errno));
	return fd;
}

static bool
is_loopback(const struct sockaddr *name)
{
	if (name->sa_family == AF_INET) {
		const struct sockaddr_in *in = (const void *)name;

		return ntohl(in->sin_addr.s_addr) >> 24 == 127;
	}
	if (name->sa_family == AF_INET6) {
		const struct sockaddr_in6 *in6 = (const void *)name;

		return IN6_IS_ADDR_LOOPBACK(&in6->sin6_addr);
	}
	return false;
}

static int
bind_first(const struct addrinfo *info, const char *address)
{
	int on = 1;
	int fd = socket(info->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return failed(fd, "open", address, strerror(errno));
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(fd, info->ai_addr, info->ai_addrlen) != 0 ||
	    listen(fd, BACKLOG) != 0)
		return failed(fd, "listen on", address, strerror(errno));
	if (!is_loopback(info->ai_addr))
		log_line(LOG_WARN,
		    "%s can be reached from other machines: "
		    "whoever connects is believed to be the web server",
		    address);
	return fd;
}

static int
open_tcp(const char *address)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
		.ai_flags = AI_PASSIVE };
	struct addrinfo *info;
	const char *colon = strrchr(address, ':');
	size_t len = colon == NULL ? 0 : (size_t)(colon - address);
	char host[HOST_SIZE];
	int rc, fd;

	if (len > 0 && *address == '[' && address[len - 1] == ']') {
		address++;
		len -= 2;
	}
	if (len == 0 || len >= sizeof host || colon[1] == '\0')
		return failed(-1, "listen on", address,
		    "expected unix:PATH or HOST:PORT");
	memcpy(host, address, len);
	host[len] = '\0';
	rc = getaddrinfo(host, colon + 1, &hints, &info);
	if (rc != 0)
		return failed(-1, "listen on", address, gai_strerror(rc));
	fd = bind_first(info, address);
	freeaddrinfo(info);
	return fd;
}

int
listen_open(const char *address)
{
	return strncmp(address, "unix:", 5) == 0 ? open_unix(address)
						 : open_tcp(address);
}

/* The path of a unix socket in name; NULL for another one. */
static const char *
path_of(int listener, struct sockaddr_un *name)
{
	socklen_t len = sizeof *name;

	*name = (struct sockaddr_un){ 0 };
	if (getsockname(listener, (struct sockaddr *)name, &len) != 0 ||
	    name->sun_family != AF_UNIX || *name->sun_path == '\0')
		return NULL;
	return name->sun_path;
}

char *
listen_name(struct mem *mem, int listener)
{
	struct sockaddr_un local;
	struct sockaddr_storage name = { 0 };
	socklen_t len = sizeof name;
	char host[HOST_SIZE], port[PORT_SIZE];

	if (path_of(listener, &local) != NULL)
		return mem_printf(mem, "unix:%s", local.sun_path);
	if (getsockname(listener, (struct sockaddr *)&name, &len) != 0 ||
	    getnameinfo((const struct sockaddr *)&name, len, host, sizeof host,
		port, sizeof port, NI_NUMERICHOST | NI_NUMERICSERV) != 0)
		return mem_string(mem, "a socket");
	return mem_printf(
	    mem, name.ss_family == AF_INET6 ? "[%s]:%s" : "%s:%s", host, port);
}

void
listen_remove(int listener)
{
	struct sockaddr_un local;

	if (path_of(listener, &local) != NULL)
		unlink(local.sun_path);
}

/* Whether FCGI_WEB_SERVER_ADDRS, where it is set, names the peer. */
static bool
is_allowed(const struct sockaddr_storage *peer, socklen_t len)
{
	const char *list = getenv("FCGI_WEB_SERVER_ADDRS");
	char host[HOST_SIZE];

	if (list == NULL || *list == '\0' || peer->ss_family == AF_UNIX)
		return true;
	if (getnameinfo((const struct sockaddr *)peer, len, host, sizeof host,
		NULL, 0, NI_NUMERICHOST) != 0)
		return false;
	while (*list != '\0') {
		size_t n = strcspn(list, ", ");

		if (n == strlen(host) && strncmp(list, host, n) == 0)
			return true;
		list += n;
		list += strspn(list, ", ");
	}
	return false;
}

int
listen_accept(int listener)
{
	struct sockaddr_storage peer = { 0 };
	struct timeval stall = { .tv_sec = STALL_SECONDS };
	socklen_t len = sizeof peer;
	int on = 1;
	int fd =
	    accept4(listener, (struct sockaddr *)&peer, &len, SOCK_CLOEXEC);

	if (fd < 0)
		return -1;
	if (!is_allowed(&peer, len)) {
		close(fd);
		errno = EACCES;
		return -1;
	}
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &stall, sizeof stall);
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &stall, sizeof stall);
	if (peer.ss_family != AF_UNIX)
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	return fd;
}
