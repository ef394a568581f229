#!/bin/sh
# Puts the program, its SQL, its manual and its samples below PREFIX, in
# DESTDIR: install.sh BUILD DESTDIR PREFIX. Starts and enables nothing.
set -eu

build=$1 prefix=$3
to=$2$prefix
doc=$to/share/doc/ifmatch

install -d "$to/bin" "$to/share/ifmatch/sql" "$doc/samples" \
	"$to/lib/systemd/system"
install -m 755 "$build/ifmatch" "$to/bin/"
install -m 644 sql/ifmatch.sql sql/accounts.sql sql/club.sql \
	"$to/share/ifmatch/sql/"
install -m 644 README.md LICENSE "$doc/"
[ ! -e cgi-bin/INSTALL ] || install -m 644 cgi-bin/INSTALL "$doc/"
for file in cgi-bin/*.conf cgi-bin/*.sample; do
	install -m 644 "$file" "$doc/samples/"
done
for file in cgi-bin/*.[15]; do
	[ -e "$file" ] || continue
	install -d "$to/share/man/man${file##*.}"
	install -m 644 "$file" "$to/share/man/man${file##*.}/"
done
"$build/ifmatch" sample | sed 's/^secret = .*/; secret = /' \
	>"$doc/samples/ifmatch.ini"
chmod 644 "$doc/samples/ifmatch.ini"
sed "s,@BIN@,$prefix/bin,g" cgi-bin/ifmatch@.service \
	>"$to/lib/systemd/system/ifmatch@.service"
chmod 644 "$to/lib/systemd/system/ifmatch@.service"
