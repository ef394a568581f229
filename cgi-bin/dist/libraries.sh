#!/bin/sh
# Builds the libraries as static ones with musl: libraries.sh FOLDER. Leaves
# include, lib and licences in it, and versions, the source packages that they
# came from. The sources are Debian 12's with its security updates, by apt-get
# source with a list of our own; where the mirror has lost a version, the next
# suite's stands in.
set -eu

here=$(mkdir -p "$1" && cd "$1" && pwd)
mirror=${IFMATCH_MIRROR:-http://deb.debian.org}
work=$here/work
export SOURCE_DATE_EPOCH=0 LC_ALL=C TZ=UTC
# The text of these flags ends up in libcrypto: no path of this machine in it.
flags='-O2 -fstack-protector-strong -fPIE -ffunction-sections -fdata-sections'

step() {
	echo "dist: $*" >&2
}

# Runs a command in a source folder; shows its output only where it fails.
quietly() {
	(cd "$1" && shift && "$@") >"$work/log" 2>&1 || {
		tail -n 40 "$work/log" >&2
		exit 1
	}
}

apt() {
	tool=$1
	shift
	"$tool" -q \
		-o Dir::Etc::SourceList="$work/sources.list" \
		-o Dir::Etc::SourceParts=/dev/null \
		-o Dir::State::Lists="$work/lists" \
		-o Dir::Cache="$work/cache" \
		-o APT::Sandbox::User="$(id -un)" "$@"
}

lists() {
	key=/usr/share/keyrings/debian-archive-keyring.gpg
	mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
	while read -r part suite; do
		echo "deb-src [signed-by=$key] $mirror/$part $suite main"
	done >"$work/sources.list" <<-END
		debian bookworm
		debian-security bookworm-security
		debian trixie
	END
	quietly "$work" apt apt-get update
}

# fetch PACKAGE: into $work/PACKAGE, with its version noted.
fetch() {
	for suite in bookworm-security bookworm trixie; do
		rm -rf "$work/fetch"
		mkdir "$work/fetch"
		(cd "$work/fetch" && apt apt-get --only-source source \
			"$1/$suite") >"$work/log" 2>&1 || continue
		mv "$work/fetch"/*/ "$work/$1"
		sed -n "s/^Version: /$1 /p" "$work/fetch"/*.dsc \
			>>"$here/versions.new"
		cp "$work/$1/debian/copyright" "$here/licences/$1"
		step "$(tail -n 1 "$here/versions.new")"
		return
	done
	tail -n 20 "$work/log" >&2
	exit 1
}

build_openssl() {
	fetch openssl
	quietly "$work/openssl" ./Configure "linux-$(uname -m)" CC=musl-gcc \
		"$flags -idirafter ../kernel" --prefix=/usr --openssldir=/etc/ssl no-shared no-async \
		no-engine no-dso no-module no-legacy no-tests no-comp no-ssl3 \
		no-afalgeng no-ktls
	quietly "$work/openssl" make -j2 build_generated libcrypto.a libssl.a
	cat "$work/openssl/LICENSE.txt" >>"$here/licences/openssl"
	cp "$work"/openssl/lib*.a "$here/lib/"
	cp -r "$work/openssl/include/openssl" "$here/include/"
}

build_libpq() {
	pg=$work/postgresql-15
	fetch postgresql-15
	quietly "$pg" ./configure CC=musl-gcc CFLAGS="$flags" \
		CPPFLAGS="-I$here/include" LDFLAGS="-L$here/lib" \
		--prefix=/usr --sysconfdir=/etc/postgresql-common \
		--without-readline --without-zlib --with-openssl
	quietly "$pg" make -C src/backend generated-headers
	for part in src/common src/port; do
		quietly "$pg" make -j2 -C $part all
		cp "$pg/$part"/libpg*.a "$here/lib/"
	done
	quietly "$pg" make -j2 -C src/interfaces/libpq libpq.a
	cp "$pg/src/interfaces/libpq/libpq.a" "$here/lib/"
	cp "$pg/src/interfaces/libpq/libpq-fe.h" \
		"$pg/src/include/postgres_ext.h" \
		"$pg/src/include/pg_config_ext.h" "$here/include/"
}

build_libsodium() {
	fetch libsodium
	quietly "$work/libsodium" autoreconf -fi
	quietly "$work/libsodium" ./configure CC=musl-gcc CFLAGS="$flags" \
		--disable-shared --enable-static --disable-pie --disable-ssp \
		--prefix=/
	quietly "$work/libsodium" make -j2 -C src/libsodium \
		install DESTDIR="$here"
}

build_libfcgi() {
	fetch libfcgi
	quietly "$work/libfcgi" autoreconf -fi
	quietly "$work/libfcgi" ./configure CC=musl-gcc CFLAGS="$flags" \
		--disable-shared --enable-static
	quietly "$work/libfcgi" make -C libfcgi libfcgi.la
	cp "$work/libfcgi/libfcgi/.libs/libfcgi.a" "$here/lib/"
	cp "$work"/libfcgi/include/fcgi*.h "$here/include/"
}

# As Debian's own build has it, which leaves all options as they are.
build_libinih() {
	fetch libinih
	# shellcheck disable=SC2086 # a list of flags
	quietly "$work/libinih" musl-gcc $flags -c ini.c
	quietly "$work/libinih" ar rcsD "$here/lib/libinih.a" ini.o
	cp "$work/libinih/ini.h" "$here/include/"
}

rm -rf "$work" "$here/versions.new"
mkdir -p "$work" "$here/lib" "$here/include" "$here/licences"
# Of the kernel's headers, which stand among those of the other C library.
mkdir "$work/kernel"
ln -s /usr/include/linux /usr/include/asm-generic \
	"/usr/include/$(gcc -print-multiarch)/asm" "$work/kernel/"
step "reading the list of source packages"
lists
build_openssl
build_libpq
build_libsodium
build_libfcgi
build_libinih
cp /usr/share/doc/musl/copyright "$here/licences/musl"
dpkg-query -W -f 'musl ${Version}\n' musl-dev >>"$here/versions.new"
rm -rf "$work"
mv "$here/versions.new" "$here/versions"
