#!/usr/bin/env bash
# Brings PostgreSQL's server programs and Chromium for the tests, where they are missing and the user may install them.
# Says what stays missing and ends well all the same: the tests then skip (or, under CI=true, fail) by themselves.
set -euo pipefail
cd "$(dirname "$0")/.."

missing=()
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || [ -n "${TEST_DATABASE_URL:-}" ] || missing+=(postgresql)
command -v chromium >/dev/null || [ -n "${CHROMIUM:-}" ] || missing+=(chromium)
compgen -G '/usr/lib/*/libatomic.so.1' >/dev/null || missing+=(libatomic1) # Playwright's driver needs it
[ ${#missing[@]} -gt 0 ] || exit 0

give_up() {
    echo "Missing for some tests: ${missing[*]}. $1" >&2
    exit 0
}

command -v apt-get >/dev/null || give_up "This is no Debian: install them with your own package manager."
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || give_up "Install them with: sudo apt-get install --no-install-recommends ${missing[*]}"
    as_root=(sudo -n)
fi

# The package must neither make nor start a cluster of its own: the tests start theirs in a folder under /tmp.
policy=/etc/postgresql-common/createcluster.d/mufakat-tests.conf
restore() { "${as_root[@]}" rm -f "$policy"; }
if [[ " ${missing[*]} " == *" postgresql "* ]]; then
    trap restore EXIT
    "${as_root[@]}" mkdir -p "${policy%/*}"
    echo "create_main_cluster = false" | "${as_root[@]}" tee "$policy" >/dev/null
fi

echo "Installing from Debian: ${missing[*]}"
mkdir -p build
install=(env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}")
{ "${as_root[@]}" apt-get update && "${as_root[@]}" "${install[@]}"; } >build/apt.log 2>&1 \
    || give_up "apt-get failed: $(tail -n 3 build/apt.log)"
