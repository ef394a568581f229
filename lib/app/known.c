#include "app/known.h"

#include <string.h>

#include "format/password.h"
#include "format/seal.h"

enum {
	ENTRIES = 64,
	SECONDS = 60
};

struct entry {
	struct mem *mem; /* of all below; NULL: unused */
	const char *digest;
	struct account *account;
	time_t until;
};

struct known {
	const char *key;
	struct entry entries[ENTRIES];
};

static void
drop(struct entry *entry)
{
	mem_free(entry->mem);
	*entry = (struct entry){ 0 };
}

static void
release(void *context)
{
	struct known *known = context;

	for (size_t i = 0; i < ENTRIES; i++)
		drop(&known->entries[i]);
}

struct known *
known_new(struct mem *mem)
{
	struct known *known = mem_alloc(mem, sizeof *known);

	known->key = seal_secret(mem);
	mem_release(mem, release, known);
	return known;
}

/* The password's hash stays where it is. */
static struct account *
copy(struct mem *mem, const struct account *account)
{
	struct account *kept = mem_alloc(mem, sizeof *kept);

	*kept = (struct account){
		.name = mem_string(mem, account->name),
		.display = mem_string(mem, account->display),
		.groups = mem_string(mem, account->groups),
		.epoch = mem_string(mem, account->epoch),
		.admin = account->admin,
	};
	return kept;
}

static struct entry *
find(struct known *known, struct mem *mem, const char *shown)
{
	const char *digest = password_digest(mem, known->key, shown);

	for (size_t i = 0; i < ENTRIES; i++)
		if (known->entries[i].mem &&
		    strcmp(known->entries[i].digest, digest) == 0)
			return &known->entries[i];
	return NULL;
}

struct account *
known_find(struct known *known, struct mem *mem, const char *shown, time_t now)
{
	struct entry *entry = find(known, mem, shown);

	return entry && entry->until > now ? copy(mem, entry->account) : NULL;
}

void
known_keep(struct known *known, const char *shown,
    const struct account *account, time_t now)
{
	struct entry *oldest = &known->entries[0];

	known_forget(known, shown);
	for (size_t i = 1; i < ENTRIES; i++)
		if (known->entries[i].until < oldest->until)
			oldest = &known->entries[i];
	drop(oldest);
	oldest->mem = mem_new();
	oldest->digest = password_digest(oldest->mem, known->key, shown);
	oldest->account = copy(oldest->mem, account);
	oldest->until = now + SECONDS;
}

void
known_forget(struct known *known, const char *shown)
{
	struct mem *mem = mem_new();
	struct entry *entry = find(known, mem, shown);

	if (entry)
		drop(entry);
	mem_free(mem);
}
