#!/bin/sh
# Installs the Debian packages that are missing: packages.sh LIST...
# Lists: build, test, servers, clients, postgrest, hosting, pages, caches, lint,
# spreadsheets, fuzz, dist, demo. Says what it does; is silent where all are there. Needs root or
# sudo only where something is missing.
set -eu

names_of() {
	case $1 in
	build) echo 'gcc libc6-dev make pkg-config libfcgi-dev libpq-dev
		libinih-dev libsodium-dev' ;;
	test) echo 'libcmocka-dev postgresql-15 postgresql-client-15 nginx
		curl patch systemd pgbouncer python3 python3-pytest python3-requests python3-psycopg2
		chromium chromium-driver firefox-esr php-cli php-curl' ;;
	lint) echo 'clang-format clang-tidy clang cppcheck shellcheck git' ;;
	fuzz) echo 'clang libclang-rt-14-dev' ;;
	servers) echo 'apache2 libapache2-mod-fcgid nginx fcgiwrap lighttpd
		lighttpd-mod-deflate caddy h2o' ;;
	clients) echo 'curl wget python3-requests python3-httpx
		python3-cachecontrol php-cli php-curl libwww-perl nodejs npm ruby
		default-jdk-headless golang-go' ;;
	hosting) echo 'apache2 apache2-suexec-custom libapache2-mod-fcgid nginx
		fcgiwrap lighttpd util-linux adminer php-cli php-pgsql' ;;
	postgrest) echo 'nodejs npm' ;;
	pages) echo 'chromium nodejs npm default-jre-headless firefox-esr
		webkit2gtk-driver xvfb xauth w3m lynx links2 elinks' ;;
	spreadsheets) echo 'libreoffice-calc-nogui' ;;
	caches) echo 'squid varnish nginx apache2' ;;
	dist) echo 'gcc make musl-tools dpkg-dev debian-archive-keyring autoconf
		automake libtool perl bzip2 xz-utils patch' ;;
	demo) echo 'postgresql-15 postgresql-client-15 nginx curl' ;;
	*)
		echo "packages.sh: no list called $1" >&2
		exit 2
		;;
	esac
}

# These may have come from elsewhere.
is_there() {
	case $1 in
	nginx) [ -x /usr/sbin/nginx ] ;;
	nodejs) command -v node >/dev/null ;;
	npm) command -v npm >/dev/null ;;
	*) dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null |
		grep -qx installed ;;
	esac
}

missing=
for list; do
	for name in $(names_of "$list"); do
		is_there "$name" || missing="$missing $name"
	done
done
[ -n "$missing" ] || exit 0

echo "Installing Debian packages:$missing"
as_root=
if [ "$(id -u)" != 0 ]; then
	command -v sudo >/dev/null || {
		echo "Please install them as root: apt-get install$missing" >&2
		exit 1
	}
	as_root=sudo
fi

# Neither a cluster nor a web server of the system's is wanted: keep the packages
# from making one cluster and from starting what they bring.
tmp=$(mktemp -d)
policy=/usr/sbin/policy-rc.d
trap 'rm -rf "$tmp"' EXIT
if [ ! -e $policy ]; then
	printf '#!/bin/sh\nexit 101\n' >"$tmp/policy"
	$as_root install -m 755 "$tmp/policy" $policy
	trap '$as_root rm -f $policy; rm -rf "$tmp"' EXIT
fi
if [ ! -d /etc/postgresql-common ]; then
	echo 'create_main_cluster = false' >"$tmp/createcluster.conf"
	$as_root mkdir -p /etc/postgresql-common
	$as_root install -m 644 "$tmp/createcluster.conf" /etc/postgresql-common/
fi

# shellcheck disable=SC2086 # a list of names
add_missing() {
	$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
		-o Dpkg::Options::=--force-confold \
		install --no-install-recommends $missing >"$tmp/log" 2>&1
}
add_missing || {
	echo "Reading the lists of packages anew"
	$as_root apt-get -qq update && add_missing
} || {
	cat "$tmp/log" >&2
	exit 1
}
