#!/bin/sh
# cppcheck over lib and cgi-bin: cppcheck.sh OUT. Switched off, and why:
# missingIncludeSystem: the libraries' headers are not its concern.
# unusedFunction is not asked for: headers are written for their users.
# constParameterCallback: a callback's type is fixed by who calls it.
# constParameterPointer: a handler's parameters are those of its kin.
# redundantContinue: while (x) continue; says that nothing is to be done.
# variableScope: declarations at the head of a block are our manner.
set -u

mkdir -p "$1/cppcheck"
exec cppcheck --quiet --std=c11 --enable=warning,style,performance,portability \
	--inline-suppr --error-exitcode=1 --cppcheck-build-dir="$1/cppcheck" \
	--suppress=missingIncludeSystem --suppress=constParameterCallback \
	--suppress=variableScope --suppress=redundantContinue \
	--suppress=constParameterPointer \
	-D_GNU_SOURCE -Ilib -I"$1/gcc/gen" -j 2 lib cgi-bin
