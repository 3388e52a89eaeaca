#!/usr/bin/env bash
# Builds assets/built/ from the pinned packages: one style sheet (design system without its branding, then app.css) and the package's script.
# With --packages only the packages are fetched. After the first run nothing is fetched again until package-lock.json changes.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
npm=$here/../.dev/npm
built=$here/built

packages() {
	if cmp -s "$here/package-lock.json" "$npm/done"; then return; fi
	command -v npm >/dev/null || { echo "assets/build.sh: npm is missing; install Node.js 20 or newer" >&2; exit 1; }
	mkdir -p "$npm"
	cp "$here/package.json" "$here/package-lock.json" "$npm/"
	# No package of ours needs a program run while it is installed, so none may.
	(cd "$npm" && npm ci --ignore-scripts --omit=optional --no-audit --no-fund --loglevel=error)
	cp "$here/package-lock.json" "$npm/done"
}

packages
[ "${1:-}" != --packages ] || exit 0
mkdir -p "$built"
sass=$(mktemp -d)
trap 'rm -rf "$sass"' EXIT
"$npm/node_modules/.bin/sass" --load-path="$npm" --quiet-deps --no-charset --no-source-map --style=compressed \
	"$here/unbranded.scss" "$sass/dossier.css"
cat "$here/app.css" >> "$sass/dossier.css"
if grep -Eq 'GDS Transport|@font-face' "$sass/dossier.css"; then
	echo "assets/build.sh: the style sheet still holds the typeface of gov.uk" >&2
	exit 1
fi
mv "$sass/dossier.css" "$built/dossier.css"
cp "$npm/node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js" "$built/govuk-frontend.min.js"
chmod 644 "$built/dossier.css" "$built/govuk-frontend.min.js"
