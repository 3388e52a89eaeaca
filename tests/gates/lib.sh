# For tests/gates/*.test, which begin with `. "${top_srcdir:-.}/tests/gates/lib.sh"`: a gate is a function that runs in a tree's top folder and
# prints one line, "file:line: what is wrong", for each violation; silence is consent.
#
#   plan N
#   clean WHAT FUNCTION            the tree as it stands gives no complaint
#   plant FILE <<END …             begins a temporary tree (`fresh` empties it) or adds a file to it
#   caught WHAT FUNCTION REGEX     the planted tree gives a complaint that matches: a gate that cannot fail guards nothing
#   passes WHAT FUNCTION           the planted tree gives none
#   ok WHAT COMMAND… · note TEXT · skip WHAT WHY
#   c_code FILES · c_strings FILES     "file:line:" and the code without comments and strings, or one string literal
set -u
top=$(cd "${top_srcdir:-.}" && pwd) || exit 99
gate_number=0 gate_failures=0 gate_planned=0
planted=$(mktemp -d "${TMPDIR:-/tmp}/dossier-gate.XXXXXX") || exit 99

gate_end() {
	local code=$?
	rm -rf "$planted"
	[ "$gate_number" = "$gate_planned" ] || { echo "# planned $gate_planned, ran $gate_number"; gate_failures=$((gate_failures + 1)); }
	[ "$gate_failures" = 0 ] || code=1
	exit "$code"
}
trap gate_end EXIT

plan() { gate_planned=$1; echo "1..$1"; }
note() { [ -z "$*" ] || printf '%s\n' "$*" | sed 's/^/# /'; }
result() {
	gate_number=$((gate_number + 1))
	if [ "$1" = 0 ]; then echo "ok $gate_number - $2"; else gate_failures=$((gate_failures + 1)); echo "not ok $gate_number - $2"; note "${3:-}"; fi
}
skip() { gate_number=$((gate_number + 1)); echo "ok $gate_number - $1 # SKIP $2"; }
ok() { local what=$1 said; shift; if said=$("$@" 2>&1); then result 0 "$what"; else result 1 "$what" "$said"; fi; }

clean() {
	local said
	said=$(cd "$top" && "$2" 2>&1)
	if [ -z "$said" ]; then result 0 "$1"; else result 1 "$1" "$said"; fi
}
fresh() { rm -rf "$planted"; mkdir -p "$planted"; }
plant() { mkdir -p "$(dirname "$planted/$1")"; cat >"$planted/$1"; }
caught() {
	local said
	said=$(cd "$planted" && "$2" 2>&1)
	if [[ $said =~ $3 ]]; then result 0 "sees: $1"; else result 1 "sees: $1" "said: ${said:-nothing}"; fi
}
passes() {
	local said
	said=$(cd "$planted" && "$2" 2>&1)
	if [ -z "$said" ]; then result 0 "lets through: $1"; else result 1 "lets through: $1" "$said"; fi
}

# All C files below these folders, sorted, so that complaints come in one order.
c_files() { find "$@" -type f \( -name '*.c' -o -name '*.h' \) 2>/dev/null | LC_ALL=C sort; }

# One reader of C for all gates. Characters of a comment become blanks (of a string too, for `code`), so that lines keep their numbers.
c_read() {
	perl -e '
		my $want = shift;
		for my $file (@ARGV) {
			open(my $in, "<", $file) or next;
			local $/; my $text = <$in>; my $line = 1; my $code = "";
			while ($text =~ m{\G(?:(//[^\n]*|/\*.*?\*/)|("(?:\\.|[^"\\\n])*")|(\x27(?:\\.|[^\x27\\\n])*\x27)|(.))}gs) {
				my ($comment, $string, $char, $other) = ($1, $2, $3, $4);
				if (defined $comment) { $comment =~ s/[^\n]/ /g; $code .= $comment; $line += ($comment =~ tr/\n//); }
				elsif (defined $string) { print "$file:$line:$string\n" if $want eq "strings"; $code .= "\"\""; $line += ($string =~ tr/\n//); }
				elsif (defined $char) { $code .= "0"; }
				else { $code .= $other; $line++ if $other eq "\n"; }
			}
			if ($want eq "code") { my $n = 0; for (split(/\n/, $code)) { $n++; print "$file:$n:$_\n" if /\S/; } }
		}' "$@"
}
c_code() { c_read code "$@"; }
c_strings() { c_read strings "$@"; }
