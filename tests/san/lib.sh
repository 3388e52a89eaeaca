# For tests/san/*.test: the build with sanitizers is made by ./dev test, and without it there is nothing to run.
#   sanitized TEST …    each through tests/san/run          told < LINES    "ok|not ok TAB what TAB detail"
set -uo pipefail
: "${top_srcdir:?}"
san=${DOSSIER_SAN:-$top_srcdir/.dev/build-san}
[ -n "${no_san_needed:-}" ] || { [ -x "$san/dossier" ] && [ -x "$san/tests/fuzz/fuzz_xml" ]; } || { echo "1..0 # SKIP there is no build with sanitizers in $san: ./dev test makes one"; exit 0; }
told() {
	local result what detail n=0
	while IFS=$'\t' read -r result what detail; do
		n=$((n + 1))
		echo "$result $n - $what"
		[ -z "$detail" ] || echo "# $detail"
	done
	echo "1..$n"
}
sanitized() { told < <(DOSSIER_SAN=$san "$top_srcdir/tests/san/run" "$@"); }
