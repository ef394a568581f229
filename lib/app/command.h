/*
 * command: what the program does by its arguments, and by how it was started.
 */
#ifndef APP_COMMAND_H
#define APP_COMMAND_H

#define IFMATCH_VERSION "0.1"

/* Runs a verb (check, serve, user, sample, settings, --version, --help), or
 * serves FastCGI or CGI where there is none. Returns the exit status: 0 done, 1
 * it failed, 2 the command line is wrong. */
int command_run(int argc, char **argv);

#endif
