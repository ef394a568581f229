#include "store/kept.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "format/hash.h"
#include "store/folder.h"
#include "store/statements.h"

enum {
	FILE_MOST = 8 << 20,
	HASH_LEN = 64,
	FIELDS_MOST = 64
};

struct kept {
	struct mem *mem;
	const struct db_options *options;
	int folder; /* -1: none */
	bool sought, distrusted, pending;
	const char *state; /* of what was found; NULL: nothing yet */
};

static void
release(void *at)
{
	struct kept *kept = at;

	if (kept->folder >= 0)
		close(kept->folder);
}

struct kept *
kept_new(struct mem *mem, const struct db_options *options)
{
	struct kept *kept = mem_alloc(mem, sizeof *kept);

	kept->mem = mem;
	kept->options = options;
	kept->folder = -1;
	mem_release(mem, release, kept);
	return kept;
}

static bool
has_folder(struct kept *kept)
{
	if (!kept->sought)
		kept->folder = folder_open(kept->options->folders);
	kept->sought = true;
	return kept->folder >= 0;
}

static const char *
or_none(const char *text)
{
	return text ? text : "-";
}

static char *
name_of(const struct kept *kept, struct mem *mem,
    const struct kept_question *question)
{
	const char *about = mem_printf(mem, "%s\n%s",
	    or_none(question->relation), or_none(question->role));

	return mem_printf(mem, "catalog-%s-%.16s", kept->options->site,
	    hash_text(mem, about, strlen(about)));
}

/* What the answers hang on beside the database's state, as one hash. */
static char *
hash_of(const struct kept *kept, struct mem *mem,
    const struct kept_question *question)
{
	struct text *all = mem_text_open(mem);

	fprintf(all->out, "%s\n%s\n%s\n", kept->options->conninfo,
	    kept->options->search_path, statement_catalog_state);
	for (size_t i = 0; i < question->n; i++) {
		const struct db_step *step = &question->steps[i];

		fprintf(all->out, "%s\n", step->sql);
		for (int k = 0; k < step->n; k++)
			fprintf(all->out, "%s\n", or_none(step->values[k]));
	}
	mem_text(all);
	return hash_text(mem, all->at, all->len);
}

/* What of a file is still to be read. */
struct rest {
	const char *at;
	size_t len;
	bool fine;
};

/* A number and the character behind it. */
static long
take_number(struct rest *rest, char behind)
{
	char *end;
	long number = rest->fine ? strtol(rest->at, &end, 10) : 0;

	if (!rest->fine || end == rest->at || *end != behind)
		rest->fine = false;
	if (!rest->fine)
		return 0;
	rest->len -= (size_t)(end + 1 - rest->at);
	rest->at = end + 1;
	return number;
}

static const char *
take_bytes(struct rest *rest, long len)
{
	const char *at = rest->at;

	if (!rest->fine || len < 0 || (size_t)len > rest->len) {
		rest->fine = false;
		return "";
	}
	rest->at += len;
	rest->len -= (size_t)len;
	return at;
}

/* One result: "ROWS COLUMNS\n", then each value as "LENGTH:" and its bytes,
 * length -1 for NULL. */
static struct db_result *
take_result(struct rest *rest, struct mem *mem)
{
	long rows = take_number(rest, ' '), columns = take_number(rest, '\n');
	PGresult *pg = PQmakeEmptyPGresult(NULL, PGRES_TUPLES_OK);
	PGresAttDesc fields[FIELDS_MOST];
	char name[] = "";

	if (!pg || columns < 0 || columns > FIELDS_MOST)
		rest->fine = false;
	memset(fields, 0, sizeof fields);
	for (size_t i = 0; i < FIELDS_MOST; i++)
		fields[i].name = name;
	if (rest->fine && !PQsetResultAttrs(pg, (int)columns, fields))
		rest->fine = false;
	for (long i = 0; rest->fine && i < rows * columns; i++) {
		long len = take_number(rest, ':');
		char *value =
		    len < 0 ? NULL : (char *)(uintptr_t)take_bytes(rest, len);

		if (rest->fine && !PQsetvalue(pg, (int)(i / columns),
				      (int)(i % columns), value, (int)len))
			rest->fine = false;
	}
	return pipeline_keep(mem, pg);
}

static void
put_result(FILE *out, const struct db_result *result)
{
	int rows = PQntuples(result->pg), columns = PQnfields(result->pg);

	fprintf(out, "%d %d\n", rows, columns);
	for (int row = 0; row < rows; row++)
		for (int column = 0; column < columns; column++) {
			int len = PQgetlength(result->pg, row, column);

			if (PQgetisnull(result->pg, row, column))
				len = -1;
			fprintf(out, "%d:", len);
			if (len > 0)
				fwrite(PQgetvalue(result->pg, row, column), 1,
				    (size_t)len, out);
		}
}

/* The whole of a file; NULL: it is not there, or nobody of ours has made it. */
static char *
read_file(
    const struct kept *kept, struct mem *mem, const char *name, size_t *len)
{
	int fd = openat(kept->folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	struct stat status;
	char *text = NULL;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) &&
	    status.st_uid == geteuid() && status.st_size < FILE_MOST) {
		*len = (size_t)status.st_size;
		text = mem_alloc(mem, *len + 1);
		if (read(fd, text, *len) != (ssize_t)*len)
			text = NULL;
	}
	close(fd);
	return text;
}

static bool
begins(struct rest *rest, const char *with)
{
	size_t len = strlen(with);

	rest->fine =
	    rest->fine && rest->len > len && memcmp(rest->at, with, len) == 0;
	take_bytes(rest, (long)len);
	return take_bytes(rest, 1)[0] == '\n' && rest->fine;
}

struct db_step
kept_state(const char *const *expected)
{
	return (struct db_step){ statement_catalog_state, expected, 1 };
}

/* What is found together has to be of one state. */
static bool
agrees(struct kept *kept, const char *state, size_t len)
{
	if (!kept->state)
		kept->state = mem_copy(kept->mem, state, len);
	return strlen(kept->state) == len &&
	       memcmp(kept->state, state, len) == 0;
}

/* A file is the hash of what follows; that of the question; the state, with its
 * length ahead; the results. */
bool
kept_find(struct kept *kept, struct mem *mem,
    const struct kept_question *question, struct db_result **results)
{
	struct rest rest = { .fine = true };
	const char *state;
	long len;

	if (kept->distrusted || !has_folder(kept))
		return false;
	rest.at = read_file(kept, mem, name_of(kept, mem, question), &rest.len);
	if (!rest.at || rest.len <= HASH_LEN ||
	    !begins(&rest, hash_text(mem, rest.at + HASH_LEN + 1,
			       rest.len - HASH_LEN - 1)) ||
	    !begins(&rest, hash_of(kept, mem, question)))
		return false;
	len = take_number(&rest, ':');
	state = take_bytes(&rest, len);
	if (!rest.fine || !agrees(kept, state, (size_t)len))
		return false;
	for (size_t i = 0; rest.fine && i < question->n; i++)
		results[i] = take_result(&rest, mem);
	kept->pending |= rest.fine;
	return rest.fine;
}

static bool
write_all(int fd, const char *text, size_t len)
{
	for (ssize_t n; len > 0; text += n, len -= (size_t)n) {
		n = write(fd, text, len);
		if (n <= 0)
			return false;
	}
	return true;
}

/* Whole or not at all: others read while we write. */
static void
write_file(const struct kept *kept, struct mem *mem, const char *name,
    const char *text, size_t len)
{
	const char *hash = hash_text(mem, text, len);
	char *fresh = mem_printf(mem, "%s.%ld", name, (long)getpid());
	int fd;
	bool fine;

	unlinkat(kept->folder, fresh, 0);
	fd = openat(kept->folder, fresh,
	    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return;
	fine = write_all(fd, hash, strlen(hash)) && write_all(fd, "\n", 1) &&
	       write_all(fd, text, len);
	if (close(fd) != 0 || !fine ||
	    renameat(kept->folder, fresh, kept->folder, name) != 0)
		unlinkat(kept->folder, fresh, 0);
}

void
kept_put(struct kept *kept, const struct kept_question *question,
    const char *state, struct db_result *const *results)
{
	struct mem *mem = mem_new();
	struct text *text = mem_text_open(mem);

	if (has_folder(kept)) {
		fprintf(text->out, "%s\n%zu:%s", hash_of(kept, mem, question),
		    strlen(state), state);
		for (size_t i = 0; i < question->n; i++)
			put_result(text->out, results[i]);
		mem_text(text);
		write_file(kept, mem, name_of(kept, mem, question), text->at,
		    text->len);
	}
	mem_free(mem);
}

void
kept_check(struct kept *kept, struct pipeline *pipe)
{
	struct db_step step = kept_state(&kept->state);

	if (!kept->pending)
		return;
	pipeline_step(pipe, &step, NULL);
	pipe->commands[pipe->n - 1].check = true;
}

void
kept_passed(struct kept *kept)
{
	kept->pending = false;
}

bool
kept_pending(const struct kept *kept)
{
	return kept->pending;
}

void
kept_forget(struct kept *kept)
{
	kept->distrusted = true;
	kept->pending = false;
}
