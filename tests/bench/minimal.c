/*
 * The least that a CGI program can do which answers with one row: connects,
 * runs one statement, prints. minimal CONNINFO KEY
 */
#include <libpq-fe.h>
#include <stdio.h>

int
main(int argc, char **argv)
{
	const char *key = argc == 3 ? argv[2] : "";
	PGconn *pg = PQconnectdb(argc == 3 ? argv[1] : "");
	PGresult *rows =
	    PQexecParams(pg, "SELECT to_json(t) FROM member AS t WHERE id = $1",
		1, NULL, &key, NULL, NULL, 0);

	if (PQntuples(rows) != 1) {
		fprintf(stderr, "%s", PQerrorMessage(pg));
		return 1;
	}
	printf("Status: 200 OK\r\nContent-Type: application/json\r\n\r\n%s\n",
	    PQgetvalue(rows, 0, 0));
	PQclear(rows);
	PQfinish(pg);
	return 0;
}
