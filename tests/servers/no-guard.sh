#!/bin/sh
# A wrong program: the sound one with its guard off; every If-Match is taken
# for *.
[ -z "${HTTP_IF_MATCH+said}" ] || HTTP_IF_MATCH='*'
export IFMATCH_CONFIG="${SCRIPT_FILENAME%/*}/records.ini"
exec "$SCRIPT_FILENAME.sound"
