#include "store/slots.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "store/folder.h"

enum {
	WAIT_MS = 2000,
	LEAST_MS = 4,	/* between two tries, */
	MORE_MS = 8,	/* and up to so much more */
	QUEUE = 1 << 20 /* the byte that those lock together who wait */
};

struct slots {
	const char *const *folders;
	const char *name;
	int most;
	int fd;	  /* -1: not open */
	int held; /* -1: none */
};

static void
release(void *at)
{
	struct slots *slots = at;

	if (slots->fd >= 0)
		close(slots->fd);
}

struct slots *
slots_new(
    struct mem *mem, const char *const *folders, const char *name, int most)
{
	struct slots *slots = mem_alloc(mem, sizeof *slots);

	*slots = (struct slots){ folders, name, most, -1, -1 };
	mem_release(mem, release, slots);
	return slots;
}

/* A lock of the open file itself, so that one that was opened elsewhere in this
 * process takes nothing away. */
static bool
lock(const struct slots *slots, int command, short type, int byte)
{
	struct flock range = { .l_type = type,
		.l_whence = SEEK_SET,
		.l_start = byte,
		.l_len = 1 };

	return fcntl(slots->fd, command, &range) == 0 &&
	       (command != F_OFD_GETLK || range.l_type != F_UNLCK);
}

/* Whether others who open the file now get the same one. */
static bool
is_there(int fd)
{
	struct stat status;

	return fd >= 0 && fstat(fd, &status) == 0 && status.st_nlink > 0;
}

static bool
open_file(struct slots *slots)
{
	int folder;

	if (is_there(slots->fd))
		return true;
	release(slots);
	slots->fd = -1;
	folder = folder_open(slots->folders);
	if (folder >= 0) {
		slots->fd = folder_file(folder, slots->name);
		close(folder);
	}
	if (slots->fd < 0)
		log_line(LOG_ERROR,
		    "cannot count connections: no folder of our own at %s: %s",
		    slots->folders[0], strerror(errno));
	return slots->fd >= 0;
}

static bool
take_any(struct slots *slots)
{
	/* not all begin at the same one */
	int first = (int)(getpid() % slots->most);

	for (int i = 0; i < slots->most; i++) {
		int byte = (first + i) % slots->most;

		if (lock(slots, F_OFD_SETLK, F_WRLCK, byte)) {
			slots->held = byte;
			return true;
		}
	}
	return false;
}

bool
slots_take(struct slots *slots)
{
	int64_t deadline = clock_milliseconds() + WAIT_MS;
	bool taken;

	if (slots->held >= 0)
		return true;
	if (!open_file(slots))
		return false;
	/* not before those who wait, having just given one back */
	taken = !slots_wanted(slots) && take_any(slots);
	if (!taken)
		lock(slots, F_OFD_SETLK, F_RDLCK, QUEUE);
	while (!taken && clock_milliseconds() < deadline) {
		poll(NULL, 0,
		    LEAST_MS +
			(int)((clock_milliseconds() + getpid()) % MORE_MS));
		taken = take_any(slots);
	}
	lock(slots, F_OFD_SETLK, F_UNLCK, QUEUE);
	if (!taken)
		log_line(LOG_WARN,
		    "all %d connections of this site are in use; "
		    "\"connections\" says how many there may be",
		    slots->most);
	return taken;
}

void
slots_give(struct slots *slots)
{
	if (slots->held >= 0)
		lock(slots, F_OFD_SETLK, F_UNLCK, slots->held);
	slots->held = -1;
}

bool
slots_wanted(const struct slots *slots)
{
	return slots->fd >= 0 && lock(slots, F_OFD_GETLK, F_WRLCK, QUEUE);
}
