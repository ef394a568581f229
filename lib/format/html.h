/*
 * html: the only ways in which data reach a page, named by context.
 *
 * A literal goes through fputs; data only through these.
 */
#ifndef FORMAT_HTML_H
#define FORMAT_HTML_H

#include <stdbool.h>
#include <stdio.h>

/* Text between tags, or inside an attribute that is quoted with '"': escapes
 * & < > " '. A NUL ends it; CR LF and CR are written as LF: a parser makes that
 * of them, a reference to CR is an error in HTML, and what forms send has CR LF
 * in any case. NULL writes nothing. */
void html_text(FILE *, const char *);

/* Writes ` NAME="VALUE"`, the value escaped as html_text. The name is ours. */
void html_attr(FILE *, const char *name, const char *value);

/* Writes ` NAME` if on: checked, required, selected. */
void html_flag(FILE *, const char *name, bool on);

/* <input type="hidden" name=... value=...> */
void html_hidden(FILE *, const char *name, const char *value);

/* <option value=...>TEXT</option> of a select. */
void html_option(FILE *, const char *value, const char *text, bool selected);

/* Begins the tag of a form that posts, files too. The caller adds where to, and
 * ends the tag. */
void html_form(FILE *);

/* The begin of a textarea's content: a line break that the parser swallows, so
 * that a text's own first line break survives; then the text, escaped. */
void html_textarea(FILE *, const char *);

#endif
