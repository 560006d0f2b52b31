#!/usr/bin/env bash
# The whole suite on SQLite and, beside it, on PostgreSQL; arguments go to both runs of pytest.
# What needs no database runs once, with PostgreSQL: the browser keeps the other run busy for as long.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p build

run() { .venv/bin/python -m pytest --engine "$1" --plain-with postgresql "${@:2}"; }

run postgresql "$@" >build/test-postgresql.log 2>&1 &
beside=$!
trap 'kill "$beside" 2>/dev/null || true' EXIT

echo "== SQLite (PostgreSQL runs beside it, its report follows)"
sqlite=0
run sqlite "$@" 2>&1 | tee build/test-sqlite.log || sqlite=$?

echo "== PostgreSQL"
postgresql=0
wait "$beside" || postgresql=$?
trap - EXIT
cat build/test-postgresql.log

echo
for engine in sqlite postgresql; do
    printf '%-11s %s\n' "$engine" "$(tail -n 1 "build/test-$engine.log" | tr -d '=')"
done
[ "$sqlite" -eq 0 ] && [ "$postgresql" -eq 0 ]
