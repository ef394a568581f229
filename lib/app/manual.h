/*
 * manual: the reference of all configuration keys, by the table in keys, as the
 * manual page ifmatch.ini(5) has it.
 */
#ifndef APP_MANUAL_H
#define APP_MANUAL_H

#include <stdio.h>

/* Writes mdoc(7): a section for the site's keys and one for those of tables,
 * each a list with what a key is for, what is expected, and what holds without
 * it. */
void manual_write(FILE *);

#endif
