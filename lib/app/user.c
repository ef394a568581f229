#include "app/user.h"

#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "app/site.h"
#include "format/password.h"
#include "store/account.h"

const char user_arguments[] =
    "add NAME [--admin] | passwd NAME | disable NAME | enable NAME | list";

struct user {
	struct mem *mem;
	struct accounts *accounts;
	const char *name;
	bool admin;
	FILE *in, *out;
	struct fault fault;
};

static int
complain(const char *text, const char *name)
{
	fprintf(stderr, "ifmatch: %s%s%s\n", name ? name : "", name ? ": " : "",
	    text);
	return EXIT_FAILURE;
}

/* What went wrong, from what the database did not do. */
static int
finish(struct user *user, enum outcome outcome)
{
	switch ((int)outcome) {
	case OUT_DONE:
		return EXIT_SUCCESS;
	case OUT_ABSENT:
		return complain("there is no such account", user->name);
	case OUT_CONFLICT:
		return complain("there is such an account already", user->name);
	case OUT_INVALID:
		return complain("this cannot be an account's name", user->name);
	}
	return complain(user->fault.primary
			    ? user->fault.primary
			    : words_text(LANGUAGE_EN, user->fault.message),
	    NULL);
}

/* A line without its end; NULL: none, or too long for a password. */
static char *
read_line(struct user *user)
{
	char line[PASSWORD_MOST + 2];
	size_t len;

	if (fgets(line, sizeof line, user->in) == NULL)
		return NULL;
	len = strcspn(line, "\r\n");
	if (len > PASSWORD_MOST)
		return NULL;
	return mem_copy(user->mem, line, len);
}

/* Asks on the terminal, which does not show the answer. */
static char *
ask(struct user *user, const char *prompt)
{
	struct termios shown, hidden;
	int fd = fileno(user->in);
	char *line;

	if (tcgetattr(fd, &shown) != 0)
		return NULL;
	hidden = shown;
	hidden.c_lflag &= ~(tcflag_t)ECHO;
	tcsetattr(fd, TCSAFLUSH, &hidden);
	fputs(prompt, stderr);
	line = read_line(user);
	tcsetattr(fd, TCSAFLUSH, &shown);
	fputc('\n', stderr);
	return line;
}

/* The hash of a new password, or NULL: said why. */
static char *
new_password(struct user *user)
{
	bool terminal = isatty(fileno(user->in)) != 0;
	char *password =
	    terminal ? ask(user, "New password: ") : read_line(user);
	char *again =
	    terminal && password ? ask(user, "Once more: ") : password;

	if (!password || !again)
		complain("there is no password to read", NULL);
	else if (strlen(password) < PASSWORD_LEAST)
		complain("a password has at least 8 characters", NULL);
	else if (strcmp(password, again) != 0)
		complain("the two passwords are not the same", NULL);
	else
		return password_make(user->mem, password);
	return NULL;
}

static int
run_add(struct user *user)
{
	char *hash = new_password(user);

	if (!hash)
		return EXIT_FAILURE;
	return finish(user, account_add(user->accounts, user->mem, user->name,
				NULL, hash, user->admin, &user->fault));
}

static int
run_passwd(struct user *user)
{
	char *hash = new_password(user);

	if (!hash)
		return EXIT_FAILURE;
	return finish(user, account_set_password(user->accounts, user->mem,
				user->name, hash, NULL, &user->fault));
}

static int
run_disable(struct user *user)
{
	return finish(user, account_disable(user->accounts, user->mem,
				user->name, true, &user->fault));
}

static int
run_enable(struct user *user)
{
	return finish(user, account_disable(user->accounts, user->mem,
				user->name, false, &user->fault));
}

static int
run_list(struct user *user)
{
	struct account **all;
	size_t n;
	enum outcome outcome =
	    account_list(user->accounts, user->mem, &all, &n, &user->fault);

	for (size_t i = 0; outcome == OUT_DONE && i < n; i++)
		fprintf(user->out, "%s\t%s\t%s\t%s\t%s\n", all[i]->name,
		    all[i]->disabled   ? "disabled"
		    : all[i]->password ? "enabled"
				       : "no password",
		    all[i]->admin ? "admin" : "-",
		    *all[i]->groups ? all[i]->groups : "-",
		    all[i]->display ? all[i]->display : "-");
	return finish(user, outcome);
}

static const struct {
	const char *name;
	bool named;
	int (*run)(struct user *);
} verbs[] = {
	{ "add", true, run_add },
	{ "passwd", true, run_passwd },
	{ "disable", true, run_disable },
	{ "enable", true, run_enable },
	{ "list", false, run_list },
};

int
user_run(
    const struct config *config, int argc, char **argv, FILE *in, FILE *out)
{
	struct user user = { .in = in, .out = out };
	int status = -1;

	if (argc == 3 && strcmp(argv[0], "add") == 0 &&
	    strcmp(argv[2], "--admin") == 0) {
		user.admin = true;
		argc = 2;
	}
	user.mem = mem_new();
	user.accounts = accounts_new(
	    user.mem, db_new(user.mem, site_options(user.mem, config)));
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		if (argc == 1 + verbs[i].named &&
		    strcmp(argv[0], verbs[i].name) == 0) {
			user.name = verbs[i].named ? argv[1] : NULL;
			status = verbs[i].run(&user);
		}
	mem_free(user.mem);
	return status;
}
