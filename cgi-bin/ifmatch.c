/*
 * ifmatch: maps URLs to PostgreSQL rows and guards every write by a version.
 */
#include "app/command.h"

int
main(int argc, char **argv)
{
	return command_run(argc, argv);
}
