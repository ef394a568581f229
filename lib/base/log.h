/*
 * log: one line an event on the error stream.
 *
 * Control characters in what is logged are masked (as \xNN), so that nobody can
 * forge a line. Where lines go is set by the gateway: to the web server's error
 * stream while a FastCGI request is served, else to stderr. Never log a
 * password, a cookie, a conninfo.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

enum log_level {
	LOG_ERROR,
	LOG_WARN,
	LOG_INFO
};

/* Gets one whole line, without its newline. */
typedef void log_sink(void *context, const char *line);

/* Sends lines to sink(context, line) from now on; NULL: to stderr. */
void log_to(log_sink *sink, void *context);

/* Writes "ifmatch: LEVEL: " and the formatted text; INFO without the level.
 * Lines over 4000 bytes are cut. */
void log_line(enum log_level, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
