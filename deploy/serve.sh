#!/usr/bin/env bash
# The production server. Two processes with one thread each suit SQLite; WORKERS and THREADS change that.
set -euo pipefail
cd "$(dirname "$0")/.."
exec .venv/bin/granian --interface wsgi --host "${1:-127.0.0.1}" --port "${2:-8000}" \
    --workers "${WORKERS:-2}" --blocking-threads "${THREADS:-1}" --backlog 1024 \
    --workers-kill-timeout 10 --respawn-failed-workers --no-ws --log-level "${LOG_LEVEL:-warning}" wsgi:app
