# For tests that need a case (after lib.sh): the demo case up to a step, its people as programs and as browsers, and what an answer says.
#
#   walk STEP                        the demo case up to the end of that step (names: tests/data/demo/load.mjs); $case is its address; then it is today again,
#                                    or, with stay=yes, still the story's day
#   as LOGIN METHOD PATH [curl …]    a request with that person's token, answered as XML
#   sign_in LOGIN                    a session; then `page PATH` (GET as a browser) and `press PATH FIELD=VALUE …` (POST of a form, with its token)
#   document TYPE [AGENCY]           the document's address, as the co-ordinator sees it
#   att NAME                         the first attribute of that name in $body; `att ELEMENT@NAME` of that element
demo=$top_srcdir/tests/data/demo stay=
case= csrf=

walk() {
	DOSSIER_URL=$url DOSSIER_PROGRAM=$dossier_program DOSSIER_CONF=$conf DOSSIER_ACCOUNTS=$dir/accounts DOSSIER_DEMO_UNTIL=$1 DOSSIER_DEMO_STAY=$stay \
		node "$demo/load.mjs" >"$dir/walk" 2>&1 || { note "$(tail -5 "$dir/walk")"; bail "the demo case does not get as far as “$1”"; }
	as coordinator GET /work
	case=$(att 'case@href')
}

as() {
	local who=$1 method=$2 path=$3 jar=$dir/no-jar
	shift 3
	[ -s "$dir/token.$who" ] || { make_token "$who"; echo "$token" >"$dir/token.$who"; }
	request "$method" "$path" -H "Authorization: Bearer $(cat "$dir/token.$who")" -H 'Accept: application/xml' "$@"
}
# As somebody who has looked at what is warned of: `close_with_gaps` the returns, `pass LOGIN PATH FILE` a document; a reason too many is none.
looked=()
for n in 1 2 3 4 5 6 7 8 9; do looked+=(-F "reason.$n=It was looked at and is right as it stands."); done
close_with_gaps() { as coordinator POST "$case/do/close-with-gaps" "${looked[@]}"; }
pass() { as "$1" POST "$2" -F "xml=@$3;type=application/xml" "${looked[@]}"; }
send() { as "$1" POST "$2" -H 'Content-Type: application/xml' --data-binary "@$3"; }   # send LOGIN PATH FILE

password_of() { awk -v login="$1" '$1 == login { print $2 }' "$dir/accounts"; }
browser=(-H 'Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8')
sign_in() {
	jar=$dir/jar.$1
	[ -s "$jar" ] || request POST /sign-in "${browser[@]}" -H "Origin: $url" --data-urlencode "login=$1" --data-urlencode "password=$(password_of "$1")"
	request GET /work -H 'Accept: application/xml'
	csrf=$(att viewer@csrf)
	[ -n "$csrf" ] || bail "$1 cannot sign in ($status)"
}
page() { request GET "$1" "${browser[@]}"; }
press() {
	local path=$1 fields=() field
	shift
	for field in "$@"; do fields+=(--data-urlencode "$field"); done
	request POST "$path" "${browser[@]}" -H "Origin: $url" -H 'Sec-Fetch-Site: same-origin' --data-urlencode "csrf=$csrf" "${fields[@]}"
}

document() {
	as coordinator GET "$case"
	tr '>' '\n' <"$body" | grep "<document .* type=\"$1\"" | grep " agency=\"${2:-}\"" | sed -n 's/.* href="\([^"]*\)".*/\1/p' | head -1
}
att() {
	if [[ $1 == *@* ]]; then
		tr '>' '\n' <"$body" | grep "<${1%@*} " | sed -n "s/.* ${1#*@}=\"\([^\"]*\)\".*/\1/p" | head -1
	else
		grep -o " $1=\"[^\"]*\"" "$body" | sed 's/^[^"]*"//; s/"$//' | head -1
	fi
}
# The problems of an answer, one a line: "line where code: sentence".
problems() {
	tr '>' '\n' <"$body" | grep '<problem ' | sed 's/.* code="\([^"]*\)" where="\([^"]*\)" line="\([^"]*\)" \(column="[0-9]*" \)\?.*say="\([^"]*\)".*/\3 \2 \1: \5/'
}
