#!/bin/sh
# Puts what "PROGRAM settings" prints into a manual page: manual.sh PROGRAM PAGE
set -eu

new=$2.new
trap 'rm -f "$new"' EXIT
{
	sed '/^\.Sh SETTINGS OF THE SITE$/,$d' "$2"
	"$1" settings
	sed -n '/^\.Sh EXAMPLES$/,$p' "$2"
} >"$new"
cat "$new" >"$2"
