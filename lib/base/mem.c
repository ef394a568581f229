#include "base/mem.h"

#include <assert.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include "base/log.h"

/*
 * Under AddressSanitizer each piece gets a chunk of its own, so that a read or
 * write beyond it is seen.
 */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define MEM_SINGLE
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define MEM_SINGLE
#endif

enum {
	ALIGN = alignof(max_align_t),
	TEXT_FIRST = 1024,
#ifdef MEM_SINGLE
	CHUNK_FIRST = 1,
	CHUNK_MOST = 1
#else
	CHUNK_FIRST = 4096,
	CHUNK_MOST = 65536
#endif
};

struct chunk {
	struct chunk *next;
	size_t size;
	size_t used;
	alignas(max_align_t) char bytes[];
};

struct release {
	struct release *next;
	void (*fn)(void *);
	void *handle;
};

struct mem {
	struct chunk *chunks; /* the first is the one that is being filled */
	struct release *releases;
	size_t total;	   /* bytes taken from the system */
	size_t next_chunk; /* size of the next ordinary chunk */
};

/* What a text's stream writes to. */
struct buffer {
	struct text text;
	struct mem *mem;
	char *at; /* kept in step with size, len; text.at is the reader's */
	size_t size;
	size_t len;
};

/* Not exit(): that would flush streams whose writing may have failed. */
static _Noreturn void
exhausted(const char *what)
{
	log_to(NULL, NULL);
	log_line(LOG_ERROR, "out of memory: %s", what);
	_exit(EXIT_FAILURE);
}

/* What the system gave, never NULL. */
static void *
given(void *piece)
{
	if (piece == NULL)
		exhausted("the system gives no more");
	return piece;
}

static void
charge(struct mem *mem, size_t size)
{
	if (size > MEM_LIMIT - mem->total)
		exhausted("one request needs more than 512 MiB");
	mem->total += size;
}

static struct chunk *
add_chunk(struct mem *mem, size_t size)
{
	bool ordinary = size <= mem->next_chunk;
	struct chunk *chunk;

	if (ordinary)
		size = mem->next_chunk;
	charge(mem, size);
	chunk = given(calloc(1, sizeof *chunk + size));
	chunk->size = size;
	if (ordinary && mem->next_chunk < CHUNK_MOST)
		mem->next_chunk *= 2;
	if (ordinary || mem->chunks == NULL) {
		chunk->next = mem->chunks;
		mem->chunks = chunk;
	} else {
		/* A large piece leaves the room in the present chunk usable. */
		chunk->next = mem->chunks->next;
		mem->chunks->next = chunk;
	}
	return chunk;
}

struct mem *
mem_new(void)
{
	struct mem *mem = given(calloc(1, sizeof *mem));

	mem->next_chunk = CHUNK_FIRST;
	return mem;
}

void
mem_free(struct mem *mem)
{
	if (mem == NULL)
		return;
	while (mem->releases != NULL) {
		struct release *release = mem->releases;

		mem->releases = release->next;
		release->fn(release->handle);
	}
	while (mem->chunks != NULL) {
		struct chunk *chunk = mem->chunks;

		mem->chunks = chunk->next;
		free(chunk);
	}
	free(mem);
}

void *
mem_alloc(struct mem *mem, size_t size)
{
	struct chunk *chunk;
	void *piece;

	assert(mem != NULL);
	chunk = mem->chunks;
	if (size > MEM_LIMIT)
		exhausted("one request needs more than 512 MiB");
#ifndef MEM_SINGLE
	size = (size + ALIGN - 1) / ALIGN * ALIGN;
	if (chunk == NULL || size > chunk->size - chunk->used)
#endif
		chunk = add_chunk(mem, size);
	piece = chunk->bytes + chunk->used;
	chunk->used += size;
	return piece;
}

void *
mem_array(struct mem *mem, size_t n, size_t size)
{
	if (size != 0 && n > SIZE_MAX / size)
		exhausted("an array larger than memory");
	return mem_alloc(mem, n * size);
}

void *
mem_grow(struct mem *mem, void *items, size_t count, size_t size)
{
	void *larger;

	if (count == 0)
		return mem_array(mem, 1, size);
	if ((count & (count - 1)) != 0)
		return items;
	if (count > SIZE_MAX / 2)
		exhausted("an array larger than memory");
	larger = mem_array(mem, count * 2, size);
	memcpy(larger, items, count * size);
	return larger;
}

char *
mem_copy(struct mem *mem, const char *s, size_t len)
{
	char *copy;

	if (len > MEM_LIMIT)
		exhausted("one request needs more than 512 MiB");
	copy = mem_alloc(mem, len + 1);
	if (len != 0)
		memcpy(copy, s, len);
	return copy;
}

char *
mem_string(struct mem *mem, const char *s)
{
	return s == NULL ? NULL : mem_copy(mem, s, strlen(s));
}

char *
mem_printf(struct mem *mem, const char *format, ...)
{
	va_list args;
	char *string;

	va_start(args, format);
	string = mem_vprintf(mem, format, args);
	va_end(args);
	return string;
}

char *
mem_vprintf(struct mem *mem, const char *format, va_list args)
{
	va_list again;
	char *string;
	int len;

	va_copy(again, args);
	len = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (len < 0)
		exhausted("a string too long to format");
	string = mem_alloc(mem, (size_t)len + 1);
	vsnprintf(string, (size_t)len + 1, format, args);
	return string;
}

void
mem_release(struct mem *mem, void (*fn)(void *), void *handle)
{
	struct release *release = mem_alloc(mem, sizeof *release);

	*release = (struct release){ mem->releases, fn, handle };
	mem->releases = release;
}

static void
buffer_room(struct buffer *buffer, size_t more)
{
	size_t size = buffer->size;

	if (more > MEM_LIMIT)
		exhausted("one request needs more than 512 MiB");
	while (size - buffer->len <= more)
		size *= 2;
	if (size == buffer->size)
		return;
	charge(buffer->mem, size - buffer->size);
	buffer->at = given(realloc(buffer->at, size));
	buffer->size = size;
}

static ssize_t
buffer_write(void *cookie, const char *bytes, size_t n)
{
	struct buffer *buffer = cookie;

	buffer_room(buffer, n);
	memcpy(buffer->at + buffer->len, bytes, n);
	buffer->len += n;
	return (ssize_t)n;
}

static void
buffer_free(void *handle)
{
	struct buffer *buffer = handle;

	if (buffer->text.out != NULL)
		fclose(buffer->text.out);
	free(buffer->at);
}

struct text *
mem_text_open(struct mem *mem)
{
	static const cookie_io_functions_t functions = { .write =
							     buffer_write };
	struct buffer *buffer = mem_alloc(mem, sizeof *buffer);

	buffer->mem = mem;
	buffer->size = TEXT_FIRST;
	charge(mem, buffer->size);
	buffer->at = given(malloc(buffer->size));
	buffer->text.out = given(fopencookie(buffer, "w", functions));
	mem_release(mem, buffer_free, buffer);
	return &buffer->text;
}

size_t
mem_text_size(struct text *text)
{
	if (fflush(text->out) != 0)
		exhausted("a text could not be written");
	return ((struct buffer *)text)->len;
}

char *
mem_text(struct text *text)
{
	struct buffer *buffer = (struct buffer *)text;

	assert(text->out != NULL);
	if (fclose(text->out) != 0)
		exhausted("a text could not be written");
	text->out = NULL;
	buffer->at[buffer->len] = '\0';
	text->at = buffer->at;
	text->len = buffer->len;
	return text->at;
}
