/*
 * mem: memory that lives as long as one request (or one catalogue, or the
 * process), freed all at once.
 *
 * Nothing that is allocated here can be freed or resized alone. Foreign handles
 * (a PGresult, a stream) are hung on the arena with a release function, so that
 * returning early is always safe. Memory that runs out ends the process with a
 * line in the log: the process manager starts another. An arena has a ceiling
 * (MEM_LIMIT), which counts as exhausted memory too, so that no request can
 * take the machine with it.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

struct mem;

/* What one arena may hold, in bytes, its texts included. */
enum {
	MEM_LIMIT = 512 << 20
};

/* A new, empty arena. The caller frees it with mem_free. */
struct mem *mem_new(void);

/* Calls the release functions, last hung first, then frees everything. NULL is
 * allowed. */
void mem_free(struct mem *);

/* size bytes of zeros, aligned for any type. Never NULL; size may be 0. */
void *mem_alloc(struct mem *, size_t size);

/* n elements of size bytes, zeroed; exits when the product overflows. */
void *mem_array(struct mem *, size_t n, size_t size);

/* Room for one more element in an array that grows by doubling: returns items
 * itself, or a copy with more room when count is 0 or a power of two. The old
 * array stays allocated until mem_free. Use:
 *	list = mem_grow(mem, list, n, sizeof *list); list[n++] = ...; */
void *mem_grow(struct mem *, void *items, size_t count, size_t size);

/* A copy of the first len bytes of s, with a NUL behind them. */
char *mem_copy(struct mem *, const char *s, size_t len);

/* A copy of the string s; NULL gives NULL. */
char *mem_string(struct mem *, const char *s);

/* A formatted string. */
char *mem_printf(struct mem *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *mem_vprintf(struct mem *, const char *format, va_list)
    __attribute__((format(printf, 2, 0)));

/* Has fn(handle) called when the arena is freed. */
void mem_release(struct mem *, void (*fn)(void *), void *handle);

/*
 * Text that is built by writing to a stream. Write to out; mem_text() ends the
 * writing and gives the text, NUL-terminated, with its length in len. The text
 * belongs to the arena. A failed write ends the process as exhausted memory
 * does, so that writers need not check.
 */
struct text {
	FILE *out;
	char *at;   /* valid after mem_text() */
	size_t len; /* valid after mem_text() */
};

/* Begins an empty text; its stream is closed by mem_text or mem_free. */
struct text *mem_text_open(struct mem *);

/* How many bytes have been written so far. */
size_t mem_text_size(struct text *);

/* Ends the writing: flushes, closes the stream, returns at. */
char *mem_text(struct text *);

#endif
