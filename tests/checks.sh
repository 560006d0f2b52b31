#!/usr/bin/env bash
# The checks beside the tests, all of them even when one fails; only what is wrong is shown in full.
# Usage: tests/checks.sh [lint|types|words|docs|lock]…
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
failed=0

check() {
    local name=$1 output
    shift
    if output=$("$@" 2>&1); then
        printf '  ok    %s\n' "$name"
    else
        printf '  WRONG %s\n%s\n\n' "$name" "$output"
        failed=1
    fi
}

lint() {
    check "ruff: mistakes and style" "$bin/ruff" check --quiet .
    check "ruff: format" "$bin/ruff" format --check --quiet .
    check "import-linter: the order of rooms" "$bin/lint-imports" --no-cache --no-logo
    check "djlint: templates" "$bin/djlint" --quiet --lint app
}

types() { check "mypy, strict" "$bin/mypy" --no-error-summary; }

house_test() { "$bin/python" -m pytest -q --tb=short -p no:cacheprovider "tests/architecture/test_$1.py"; }

words() { check "catalogues: up to date and complete" house_test catalogues; }

docs() { check "docs: as the code is" house_test printed_docs; }

lock() { check "requirements: within their ranges, licences fit" house_test requirements; }

for part in "${@:-lint types words docs lock}"; do
    for one in $part; do "$one"; done
done
[ "$failed" -eq 0 ] || { echo "Checks failed: see above." >&2; exit 1; }
