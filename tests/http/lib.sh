# For tests/http/*.test, which begin with `. "$top_srcdir/tests/http/lib.sh"`: nginx and the server in a fresh directory, TAP, curl.
#
#   plan N                      how many tests follow (or `done_testing` at the end)
#   start [SETTING=VALUE …]     nginx and server; settings go into the configuration over the ones below
#   stop                        both, as SIGTERM does it (also at the end, by itself)
#   request METHOD PATH [curl options]    sets $status, $head (file), $body (file); signed in when $jar holds a cookie
#   make_agency ID NAME TYPE · make_account LOGIN ROLES [AGENCY] (password in $password) · make_token LOGIN (in $token)
#   ok WHAT COMMAND… · is WHAT GOT WANT · like WHAT GOT REGEX · unlike WHAT GOT REGEX · skip WHAT WHY
#   $dir $data $run $port $url $conf $log (the server's) $dossier (the program with -c)
# A failed test keeps its directory and says where; DOSSIER_KEEP=1 keeps it always.
set -u
: "${top_srcdir:?}" "${top_builddir:?}"
dossier_program=${DOSSIER_PROGRAM:-$top_builddir/dossier}
test_number=0 test_failures=0 test_planned=
patience=60          # how long is waited for what must come; a busy machine takes its time
[ -z "${DOSSIER_SANITIZED:-}" ] || patience=120      # sanitizers are slow to start
nginx_pid= server_pid= status= password= token=

dir=$(mktemp -d "${TMPDIR:-/tmp}/dossier-test.XXXXXX") || exit 99
data=$dir/data run=$data/run conf=$dir/dossier.conf log=$dir/server.log
head=$dir/head body=$dir/body jar=$dir/jar
chmod 755 "$dir"

plan() { test_planned=$1; echo "1..$1"; }
done_testing() { test_planned=$test_number; echo "1..$test_number"; }
note() { printf '%s\n' "$*" | sed 's/^/# /'; }
bail() { printf 'Bail out! %s\n' "$*"; note "$(tail -20 "$log" 2>/dev/null)"; test_failures=1; exit 1; }

report() {   # report RESULT WHAT [detail]
	test_number=$((test_number + 1))
	if [ "$1" = 0 ]; then
		echo "ok $test_number - $2"
	else
		test_failures=$((test_failures + 1))
		echo "not ok $test_number - $2"
		[ -z "${3:-}" ] || note "$3"
	fi
}
ok() { local what=$1; shift; if "$@" >"$dir/ok.out" 2>&1; then report 0 "$what"; else report 1 "$what" "failed: $* $(head -c 500 "$dir/ok.out")"; fi; }
is() { if [ "$2" = "$3" ]; then report 0 "$1"; else report 1 "$1" "got:  $2"$'\n'"want: $3"; fi; }
like() { if [[ $2 =~ $3 ]]; then report 0 "$1"; else report 1 "$1" "got: ${2:0:600}"$'\n'"want: $3"; fi; }
unlike() { if [[ $2 =~ $3 ]]; then report 1 "$1" "got: ${2:0:600}"$'\n'"must not match: $3"; else report 0 "$1"; fi; }
skip() { test_number=$((test_number + 1)); echo "ok $test_number - $1 # SKIP $2"; }

# Waits until a command succeeds, at most SECONDS.
wait_for() {
	local until=$(($(date +%s) + $1)); shift
	until "$@" >/dev/null 2>&1; do
		[ "$(date +%s)" -lt "$until" ] || return 1
		sleep 0.05
	done
}

free_port() { perl -MSocket -e 'socket(S, PF_INET, SOCK_STREAM, 0); bind(S, sockaddr_in(0, INADDR_LOOPBACK)) or die; print((sockaddr_in(getsockname(S)))[0])'; }

write_config() {
	cat >"$conf" <<END
profile = test
partnership = Test Partnership
contact = Contact of the test
base_url = $url
data_dir = $data
share_dir = $top_srcdir
plugin_dir = ${DOSSIER_PLUGINS:-$top_builddir/plugins/.libs}
sandbox = off
workers = 2
END
	local setting
	[ -z "${DOSSIER_SANITIZED:-}" ] || echo 'request_seconds = 25' >>"$conf"      # a gate that takes a third of a second takes ten then
	for setting in "$@"; do
		sed -i "/^${setting%%=*} = /d" "$conf"
		echo "${setting%%=*} = ${setting#*=}" >>"$conf"
	done
}

start_server() {
	"$dossier_program" serve -c "$conf" >>"$log" 2>&1 </dev/null &
	server_pid=$!
	wait_for "$patience" test -S "$run/dossier.sock" || bail "the server does not start"
}

start_nginx() {
	local user='' run=$dir/nginx at_once='s| buffer=32k flush=1s||'      # a test that looks into the log must find all of it
	[ -z "${measured:-}" ] || at_once=
	[ "$(id -u)" != 0 ] || user='user root;'
	mkdir -p "$run/nginx/dossier"
	cp -r "$top_srcdir"/nginx/{http.conf,site.conf,fastcgi.conf,headers.conf,pages} "$run/nginx/dossier/"
	sed -e "s|@USER@|$user|; s|@RUN@|$run|g; s|@PORT@|$port|g; s|@SOCKET@|$data/run/dossier.sock|g" \
		-e "$at_once" -e "s|@PUBLISHED@|$data/published|g; s|@ASSETS@|$top_srcdir/assets|g" "$top_srcdir/nginx/dev.conf" >"$run/nginx/nginx.conf"
	nginx -e stderr -c "$run/nginx/nginx.conf" -g 'daemon off;' >>"$dir/nginx.log" 2>&1 </dev/null &
	nginx_pid=$!
	wait_for 10 test -s "$run/nginx.pid"
}

start() {
	local try
	mkdir -p "$data"
	for try in 1 2 3 4 5; do
		port=$(free_port) url=http://localhost:$port
		start_nginx && break
		stop_nginx
		[ "$try" != 5 ] || { note "$(cat "$dir/nginx.log")"; bail "nginx does not start"; }
	done
	write_config "$@"
	start_server
}

dossier() { "$dossier_program" "$@" -c "$conf"; }

stop_one() {   # PID SIGNAL SECONDS
	[ -n "$1" ] && kill "-$2" "$1" 2>/dev/null || return 0
	wait_for "$3" eval "! kill -0 $1" || kill -KILL "$1" 2>/dev/null
	wait "$1" 2>/dev/null
	return 0
}
stop_nginx() { stop_one "$nginx_pid" QUIT 5; nginx_pid=; }
stop_server() { stop_one "$server_pid" TERM 15; server_pid=; }
stop() { stop_server; stop_nginx; }

# PIDs of the master's children, the clerk's last. It is the one that holds the clerk's lock; where that cannot be seen, the one started last.
children() {
	local pid clerk=
	for pid in $(pgrep -P "$server_pid" | sort -n); do
		if ls -l "/proc/$pid/fd" 2>/dev/null | grep -q 'clerk\.lock'; then clerk=$pid; else echo "$pid"; fi
	done
	[ -z "$clerk" ] || echo "$clerk"
}
workers() { children | head -n -1; }

request() {
	local method=$1 path=$2
	shift 2
	touch "$jar"
	[ "$method" != HEAD ] || set -- -I "$@"
	status=$(curl -s -o "$body" -D "$head" -w '%{http_code}' --max-time 40 -X "$method" -b "$jar" -c "$jar" "$@" "$url$path")
	return 0
}
header() { sed -n "s/\r\$//; s/^$1: //Ip" "$head" | head -1; }

make_agency() { dossier user agency "$1" --name "$2" --type "$3" >/dev/null; }
make_account() {
	password=$(head -c 18 /dev/urandom | base64 | tr '+/' '-_')
	printf '%s\n' "$password" | dossier user add "$1" --name "Account $1" --roles "$2" ${3:+--agency "$3"} --password-stdin >/dev/null
}
make_token() { token=$(dossier token make "$1" --label test --days 30 | tail -1); }

finish() {
	local code=$?
	trap - EXIT
	stop
	if [ -n "$test_planned" ] && [ "$test_planned" != "$test_number" ]; then
		note "planned $test_planned tests, ran $test_number"
		test_failures=$((test_failures + 1))
	fi
	if [ "$test_failures" != 0 ] || [ "$code" != 0 ] || [ -n "${DOSSIER_KEEP:-}" ]; then
		note "kept: $dir"
	else
		rm -rf "$dir"
	fi
	[ "$code" != 0 ] || [ "$test_failures" = 0 ] || code=1
	exit "$code"
}
trap finish EXIT
trap 'exit 130' INT TERM
