/*
 * read: what GET and HEAD answer: home, lists, rows, and the pages that ask for
 * something.
 */
#ifndef APP_READ_H
#define APP_READ_H

#include "app/call.h"

call_handler read_home;	   /* the tables on offer */
call_handler read_row;	   /* a row, as JSON or as its edit page */
call_handler read_new;	   /* the empty form */
call_handler read_delete;  /* the page that asks before deleting */
call_handler read_problem; /* what a problem type means */
call_handler read_style;   /* the stylesheet */
call_handler read_script;  /* the script of all pages */
call_handler read_health;  /* whether the database answers */

#endif
