/*
 * importcommand: a file of rows imported from a terminal, by whoever may read
 * the configuration: what the database lets the program do, whatever people may
 * do on pages.
 */
#ifndef APP_IMPORTCOMMAND_H
#define APP_IMPORTCOMMAND_H

#include <stdio.h>

#include "app/config.h"

/* The command's arguments, for its help. */
extern const char importcommand_arguments[];

/* argv: TABLE FILE ("-": standard input), then --dry-run (nothing is saved) or
 * --good (what can be saved is; else all lines, or none). Writes the report
 * (view/sheetjson). Returns the exit status: 1 where a line is stale or
 * refused; -1: usage. */
int importcommand_run(
    const struct config *, int argc, char **argv, FILE *in, FILE *out);

#endif
