#!/bin/sh
# Holds the floors: which file may include what. Prints what may not be.
set -u

# The floors below each floor. view sees store's plain data alone.
cat >"${TMPDIR:-/tmp}/floors.$$" <<'FLOORS'
base
format base
merge base
store base format
web base format
view base format merge store/table.h store/row.h store/choice.h
app base format merge store web view
cgi-bin app base
FLOORS
trap 'rm -f "${TMPDIR:-/tmp}/floors.$$"' EXIT

# Libraries and what shows them, and the only places that may know them.
foreign='fcgiapp.h lib/web/gateway.c
fcgi_config.h none
fcgi_stdio.h none
fcgios.h none
libpq-fe.h lib/store/db.c|lib/store/connection.h
store/connection.h lib/store/db.c|lib/store/connection.c|lib/store/pipeline.h
ini.h lib/app/config.c
sodium.h lib/format/*'

find lib cgi-bin -name '*.[ch]' | sort | while read -r file; do
	floor=${file#lib/}
	floor=${floor%%/*}
	sed -n 's/^[[:space:]]*#[[:space:]]*include[[:space:]]*//p' "$file" |
	while read -r include; do
		printf '%s %s %s\n' "$file" "$floor" "$include"
	done
done | awk -v floors="${TMPDIR:-/tmp}/floors.$$" -v foreign="$foreign" '
BEGIN {
	while ((getline line < floors) > 0) {
		n = split(line, part, " ")
		for (i = 1; i <= n; i++)
			allowed[part[1], part[i]] = 1
		known[part[1]] = 1
	}
	n = split(foreign, row, "\n")
	for (i = 1; i <= n; i++) {
		split(row[i], part, " ")
		place[part[1]] = part[2]
	}
}
function refuse(why) {
	printf "%s: #include %s: %s\n", $1, $3, why
	bad = 1
}
function matches(file, where,    n, i, one) {
	n = split(where, one, "|")
	for (i = 1; i <= n; i++)
		if (file == one[i] || one[i] ~ /\*$/ && index(file,
		    substr(one[i], 1, length(one[i]) - 1)) == 1)
			return 1
	return 0
}
$3 !~ /^["<]/ { refuse("neither a file nor a library"); next }
!($2 in known) { refuse("no such floor as " $2); next }
$3 ~ /^"/ {
	path = substr($3, 2, length($3) - 2)
	if (split(path, part, "/") != 2)
		refuse("does not name its floor")
	else if (!(($2, part[1]) in allowed) && !(($2, path) in allowed))
		refuse($2 " may not know " path)
}
{
	path = substr($3, 2, length($3) - 2)
	if ((path in place) && !matches($1, place[path]))
		refuse("only " place[path] " may")
}
END { exit bad }
'
