/*
 * record: records of the FastCGI protocol that libfcgi does not answer as the
 * specification says.
 */
#ifndef WEB_RECORD_H
#define WEB_RECORD_H

#include <stdbool.h>

/* Answers a record about no request, if that is the next one on a connection:
 * libfcgi would wait for more behind FCGI_GET_VALUES, and leak behind others.
 * We take one request at a time on each connection. False: something else is
 * there. */
bool record_answer(int fd);

/* Refuses a request to be an authorizer or a filter; libfcgi cannot say so. */
void record_refuse_role(int fd, int request);

#endif
