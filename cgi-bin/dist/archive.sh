#!/bin/sh
# Packs the archive: archive.sh BUILD PROGRAM LIBRARIES makes BUILD/dist, the
# folder, and beside it the .tar.gz; the same tree gives the same bytes.
set -eu

build=$1 program=$2 libraries=$3
version=$("$program" --version | cut -d' ' -f2)
name=ifmatch-$version-linux-$(uname -m)
folder=$build/dist
date=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}

rm -rf "$folder" "$build/$name.tar.gz"
mkdir -p "$folder/sql" "$folder/samples" "$folder/licences"

install -m 755 "$program" "$folder/ifmatch"
for file in cgi-bin/*.cgi; do
	[ ! -e "$file" ] || install -m 755 "$file" "$folder/"
done
for file in README.md cgi-bin/INSTALL cgi-bin/*.[15]; do
	[ ! -e "$file" ] || install -m 644 "$file" "$folder/"
done
for file in cgi-bin/*.conf cgi-bin/*.sample cgi-bin/*.service; do
	[ ! -e "$file" ] || install -m 644 "$file" "$folder/samples/"
done
mv "$folder/samples/htaccess.sample" "$folder/.htaccess.sample"
# Everybody's secret is nobody's: whoever takes the sample makes one up.
"$program" sample | sed 's/^secret = .*/; secret = /' \
	>"$folder/ifmatch.ini.sample"
for file in ifmatch accounts club; do
	install -m 644 "sql/$file.sql" "$folder/sql/"
done
install -m 644 LICENSE "$folder/licences/ifmatch"
install -m 644 "$libraries"/licences/* "$folder/licences/"
{
	echo "The program is one file, with these packages of Debian in it:"
	sort "$libraries/versions"
} >"$folder/licences/VERSIONS"
(cd "$folder" && find . -type f -printf '%P\n' | LC_ALL=C sort |
	xargs sha256sum) >"$build/sums"
mv "$build/sums" "$folder/SHA256SUMS"
chmod -R u=rwX,go=rX "$folder"
tar -C "$build" --sort=name --format=ustar --mtime="@$date" --owner=0 \
	--group=0 --numeric-owner --transform "s,^dist,${name%-linux-*}," \
	-cf - dist | gzip -9n >"$build/$name.tar.gz"
echo "$build/$name.tar.gz"
