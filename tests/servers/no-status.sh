#!/bin/sh
# A wrong program: the sound one without a Status line.
export IFMATCH_CONFIG="${SCRIPT_FILENAME%/*}/records.ini"
"$SCRIPT_FILENAME.sound" | sed '1,/^\r$/{/^Status:/d}'
