#!/bin/sh
# The demo: a private PostgreSQL, the program and nginx, on this machine alone.
#     demo.sh run      starts it and stays until Ctrl-C, SIGTERM or SIGHUP
#     demo.sh clean    stops a running one and removes its data
# Everything lies in $IFMATCH_DEMO, by default a folder of this checkout's own
# below /var/tmp. As root, nothing of it runs as root.
set -eu

checkout=$(cd "$(dirname "$0")/../.." && pwd)
sum=$(printf %s "$checkout" | cksum | cut -d' ' -f1)
folder=${IFMATCH_DEMO:-/var/tmp/ifmatch-demo-$(id -u)-$sum}
program=${BUILD:-build}/ifmatch

# Who runs what. The program shares a group with nginx, for its socket.
if [ "$(id -u)" = 0 ]; then
	pg_user=postgres pg_group=postgres
	web_user=www-data web_group=www-data
	app_user=nobody app_group=www-data
else
	pg_user=$(id -un) pg_group=$(id -gn)
	web_user=$pg_user web_group=$pg_group
	app_user=$pg_user app_group=$pg_group
fi

fail() {
	echo "demo: $*" >&2
	exit 1
}

# as USER GROUP COMMAND...: in place of this process.
as() {
	user=$1 group=$2
	shift 2
	cd "$folder"
	[ "$(id -u)" != 0 ] || exec setpriv --reuid="$user" --regid="$group" \
		--clear-groups env -i PATH="$PATH" LC_ALL=C.UTF-8 "$@"
	exec env -i PATH="$PATH" LC_ALL=C.UTF-8 "$@"
}

# start NAME USER GROUP COMMAND...: in a session of its own, so that Ctrl-C
# reaches it through stop_all, in good order.
start() {
	name=$1 its_user=$2 its_group=$3
	shift 3
	( as "$its_user" "$its_group" setsid "$@" ) \
		</dev/null >>"$folder/log/$name" 2>&1 &
	echo $! >"$folder/run/$name.pid"
	# Until it is that program, pid_of would not know it.
	while kill -0 $! 2>/dev/null && ! pid_of "$name" "$folder" >/dev/null; do
		sleep 0.02
	done
}

# The process id of NAME, if it is still the one that was started here.
pid_of() {
	pid=$(cat "$folder/run/$1.pid" 2>/dev/null) || return 1
	[ -n "$pid" ] && [ -d "/proc/$pid" ] || return 1
	tr '\0' '\n' <"/proc/$pid/cmdline" 2>/dev/null |
		grep -qF "$2" || return 1
	echo "$pid"
}

# stop NAME SIGNAL: and waits for its end.
stop() {
	pid=$(pid_of "$1" "$folder") || return 0
	kill "-$2" "$pid" 2>/dev/null || return 0
	tries=0
	while pid_of "$1" "$folder" >/dev/null; do
		tries=$((tries + 1))
		[ $tries -lt 150 ] || kill -KILL "$pid" 2>/dev/null || true
		sleep 0.1
	done
	rm -f "$folder/run/$1.pid"
}

stop_all() {
	stop nginx QUIT
	stop program TERM
	stop postgres INT
}

newest() {
	find /usr/lib/postgresql/*/bin -name "$1" | sort -V | tail -n 1
}

# sql ROLE DATABASE: standard input through psql.
sql() {
	( as "$pg_user" "$pg_group" psql -X -q -At -v ON_ERROR_STOP=1 \
		-h "$folder/run" -U "$1" -d "$2" )
}

make_folders() {
	if [ -e "$folder" ]; then
		if [ -L "$folder" ] || [ ! -O "$folder" ]; then
			fail "$folder is there and belongs to somebody else"
		fi
	else
		mkdir -m 755 "$folder"
	fi
	mkdir -p "$folder/log"
	install -d -m 775 -o "$pg_user" -g "$web_group" "$folder/run"
	install -d -m 755 -o "$web_user" -g "$web_group" "$folder/nginx"
	install -d -m 770 -o "$app_user" -g "$app_group" "$folder/site"
}

# Only these operating system users come in, over the socket; no port is open.
make_cluster() {
	rm -rf "$folder/data"
	install -d -m 700 -o "$pg_user" -g "$pg_group" "$folder/data"
	( as "$pg_user" "$pg_group" "$(newest initdb)" -D "$folder/data" \
		-U postgres -E UTF8 --locale=C.UTF-8 -A peer ) \
		>>"$folder/log/initdb" 2>&1 ||
		fail "initdb failed: see $folder/log/initdb"
	echo 'local all all peer map=demo' >"$folder/data/pg_hba.conf"
	cat >"$folder/data/pg_ident.conf" <<-MAP
		demo $pg_user postgres
		demo $pg_user owner
		demo $app_user ifmatch
	MAP
	cat >>"$folder/data/postgresql.conf" <<-CONF
		listen_addresses = ''
		unix_socket_directories = '$folder/run'
		timezone = 'Europe/Berlin'
	CONF
}

start_cluster() {
	start postgres "$pg_user" "$pg_group" "$(newest postgres)" \
		-D "$folder/data"
	wait_for "PostgreSQL" postgres database_answers
}

database_answers() {
	echo 'SELECT 1' | sql postgres postgres >/dev/null 2>&1
}

load() {
	sql postgres postgres <<-SQL
		CREATE ROLE owner LOGIN;
		CREATE ROLE ifmatch LOGIN;
		CREATE DATABASE club OWNER owner;
	SQL
	sql owner club <"$checkout/sql/ifmatch.sql"
	sql owner club <"$checkout/sql/demo.sql" >/dev/null
	sql owner club <<-SQL
		GRANT SELECT, INSERT, UPDATE, DELETE
			ON ALL TABLES IN SCHEMA public TO ifmatch;
		GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ifmatch;
	SQL
}

write_ini() {
	secret=$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')
	install -m 600 -o "$app_user" -g "$app_group" /dev/null "$1"
	cat >"$1" <<-INI
		database  = host=$folder/run dbname=club user=ifmatch
		title     = The club by the millpond
		time_zone = Europe/Berlin
		anonymous = write
		workers   = 4
		secret    = $secret

		[table public.*]

		[table book]
		version_column = version
	INI
}

write_nginx_conf() {
	cp /etc/nginx/fastcgi_params "$folder/nginx/"
	sed "s|/run/ifmatch/records.sock|$folder/site/records.sock|" \
		"$checkout/cgi-bin/nginx.conf" >"$folder/nginx/records.conf"
	cat >"$folder/nginx/nginx.conf" <<-CONF
		daemon off;
		worker_processes 2;
		pid $folder/nginx/pid;
		error_log stderr warn;
		events { worker_connections 512; }
		http {
			access_log off;
			client_body_temp_path $folder/nginx/body;
			fastcgi_temp_path $folder/nginx/fastcgi;
			proxy_temp_path $folder/nginx/proxy;
			uwsgi_temp_path $folder/nginx/uwsgi;
			scgi_temp_path $folder/nginx/scgi;
			server {
				listen 127.0.0.1:$1;
				root $folder/nginx/www;
				location = / { return 302 /records/; }
				include $folder/nginx/records.conf;
			}
		}
	CONF
}

# wait_for WHAT NAME COMMAND...: until the command succeeds; NAME must live on.
wait_for() {
	what=$1 name=$2 tries=0
	shift 2
	until "$@"; do
		tries=$((tries + 1))
		if [ $tries -gt 300 ] || ! pid_of "$name" "$folder" >/dev/null
		then
			tail -n 20 "$folder/log/$name" >&2
			fail "$what does not start"
		fi
		sleep 0.1
	done
}

# The port of last time where it is free, else the next free one.
start_nginx() {
	first=$(cat "$folder/port" 2>/dev/null || echo 8480)
	for port in "$first" $(seq 8480 8580); do
		port_is_free "$port" || continue
		write_nginx_conf "$port"
		start nginx "$web_user" "$web_group" nginx -e stderr \
			-c "$folder/nginx/nginx.conf"
		if nginx_answers; then
			echo "$port" >"$folder/port"
			return
		fi
		stop nginx TERM
	done
	tail -n 20 "$folder/log/nginx" >&2
	fail "nginx does not start"
}

# 7: nobody answers there.
port_is_free() {
	curl -s --noproxy '*' --max-time 2 -o /dev/null "http://127.0.0.1:$1/" &&
		return 1
	[ $? = 7 ]
}

nginx_answers() {
	tries=0
	while pid_of nginx "$folder" >/dev/null && [ $tries -lt 50 ]; do
		[ ! -s "$folder/nginx/pid" ] ||
			[ "$(cat "$folder/nginx/pid")" != "$(pid_of nginx \
				"$folder")" ] || return 0
		tries=$((tries + 1))
		sleep 0.1
	done
	return 1
}

page_answers() {
	curl -fsS --noproxy '*' -o /dev/null "$url" 2>"$folder/log/curl"
}

print_ways_in() {
	id=$(echo 'SELECT min(id) FROM member' | sql owner club)
	row=${url}member/$id
	tag=$(curl -fsS --noproxy '*' -o /dev/null -D - \
		-H 'Accept: application/json' "$row" |
		sed -n 's/\r$//; s/^[Ee][Tt][Aa][Gg]: *//p')
	type='Content-Type: application/merge-patch+json'
	cat <<-WAYS

		Open $url

		Or try these lines, in this order. They read a member with its
		tag; save it, as that tag is current; and save it again with the
		same tag, which is old by then: 412, and nothing is overwritten.

		curl -i $row
		curl -i -X PATCH -H '$type' -H 'If-Match: $tag' -d '{"notes":"Called at $(date +%T)."}' $row
		curl -i -X PATCH -H '$type' -H 'If-Match: $tag' -d '{"notes":"Has moved away."}' $row

		Ctrl-C stops the demo; "make demo" finds its data again;
		"make demo-clean" removes it from $folder.
	WAYS
}

# make does not hand on a SIGINT or SIGHUP sent to it alone, but lets go of the
# signal; so this process looks at make's mask as well as for its death.
caught_by_parent() {
	sed -n 's/^SigCgt:[[:space:]]*//p' "/proc/$PPID/status" 2>/dev/null
}

stay() {
	mask=$(caught_by_parent)
	while [ "$(caught_by_parent)" = "$mask" ]; do
		for name in postgres program nginx; do
			pid_of "$name" "$folder" >/dev/null || {
				tail -n 20 "$folder/log/$name" >&2
				fail "$name has ended"
			}
		done
		sleep 1 &
		wait $! || true
	done
}

run() {
	[ -x "$program" ] || fail "there is no $program: run make"
	[ ${#folder} -le 80 ] || fail "$folder is too long a name for a socket"
	make_folders
	if pid_of demo demo.sh >/dev/null; then
		fail "it is running already, at port $(cat "$folder/port")"
	fi
	echo $$ >"$folder/run/demo.pid"
	trap 'trap "" INT TERM HUP; stop_all; rm -f "$folder/run/demo.pid"' EXIT
	trap 'echo; echo "Stopping."; exit 0' INT TERM HUP
	stop_all
	if [ -e "$folder/loaded" ]; then
		start_cluster
	else
		echo "Making a database in $folder"
		make_cluster
		start_cluster
		load
		touch "$folder/loaded"
	fi
	rm -f "$folder/site/ifmatch"
	install -m 755 "$program" "$folder/site/ifmatch"
	[ -e "$folder/site/records.ini" ] || write_ini "$folder/site/records.ini"
	start program "$app_user" "$app_group" \
		env IFMATCH_CONFIG="$folder/site/records.ini" \
		"$folder/site/ifmatch" serve "unix:$folder/site/records.sock"
	start_nginx
	url=http://127.0.0.1:$port/records/
	wait_for "the first page" program page_answers
	print_ways_in
	stay
}

clean() {
	[ -e "$folder" ] || exit 0
	[ -O "$folder" ] || fail "$folder belongs to somebody else"
	if pid=$(pid_of demo demo.sh); then
		echo "Stopping the demo"
		kill -TERM "$pid"
		tries=0
		while pid_of demo demo.sh >/dev/null && [ $tries -lt 300 ]; do
			tries=$((tries + 1))
			sleep 0.1
		done
	fi
	stop_all
	rm -rf "$folder"
	echo "Removed $folder"
}

case ${1:-} in
# A shell that was started in the background cannot trap what it was started
# to ignore.
run) exec env --default-signal=INT,TERM,HUP "$0" stay-on ;;
stay-on) run ;;
clean) clean ;;
*) fail "run or clean?" ;;
esac
