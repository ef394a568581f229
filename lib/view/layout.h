/*
 * layout: what every page has around it.
 */
#ifndef VIEW_LAYOUT_H
#define VIEW_LAYOUT_H

#include <stdbool.h>
#include <stdio.h>

#include "base/mem.h"
#include "base/words.h"
#include "view/asset.h"

struct people;

/* What all pages of one request share. */
struct site {
	const char *title; /* the site's, shown instead of the program's name */
	const char *base;  /* raw path prefix for links */
	const char *logo, *stylesheet; /* URLs beside our own, or NULL */
	const char *header, *footer;   /* HTML as it stands, or NULL */
	const char *person;	       /* or NULL */
	const struct people *people;   /* see view/people; or NULL */
	const char *login; /* URL behind base of the page to log in, or NULL */
	bool own_account;  /* whether the person has one of ours, */
	bool accounts;	   /* and looks after everybody's */
	bool logout;	   /* whether the person can log out */
	const char *account; /* the name they are known by, or NULL */
	enum language language;
	const char *time_zone; /* in which times are shown and read */
	size_t limit;	       /* bytes that a form can send at once */
	const char *list;  /* URL behind base of the list, at the place that the
			      page was reached from (view/way); or NULL */
	const char *token; /* sealed form token, or NULL where none is made */
};

/* A link on the way from the home page to this one; home itself is not one of
 * them. */
struct crumb {
	const char *label, *url; /* url: behind base; NULL: this page */
};

/* Writes everything up to the page's own content: doctype, head (charset,
 * viewport, title, stylesheets), the header with the site's own HTML, logo,
 * title, person and crumbs, <main> with an <h1>. */
void layout_begin(FILE *, const struct site *, const char *title,
    const struct crumb *crumbs, size_t n_crumbs);

/* Closes what layout_begin opened; the site's own footer follows. */
void layout_end(FILE *, const struct site *);

/* A word's text, filled with up to two arguments (or NULL), escaped. */
void layout_word(FILE *, struct mem *, const struct site *, enum word,
    const char *arg1, const char *arg2);

/* The same as a paragraph, with one argument or NULL. */
void layout_paragraph(
    FILE *, struct mem *, const struct site *, enum word, const char *arg);

/* A word as the heading of a part of the page. */
void layout_heading(FILE *, const struct site *, enum word);

/* Begins a <section> that scrolls by itself, also by keyboard; label says what
 * it holds. The caller ends it. */
void layout_scroll(FILE *, const char *label);

/* Writes ` NAME="BASE URL"`: href or action with a URL behind base. */
void layout_url(FILE *, const struct site *, const char *name, const char *url);

/* Writes a link whose text is a word; class NULL: none. */
void layout_link(
    FILE *, const struct site *, const char *class, const char *url, enum word);

/* The stylesheet, served as BASE/-/style.css. */
const struct asset *layout_style(void);

/* The script that adds comfort to pages, served as BASE/-/script.js. */
const struct asset *layout_script(void);

#endif
