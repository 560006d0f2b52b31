#!/usr/bin/env bash
# The demonstration, from an empty or an older database to a served site. Every step may be repeated.
set -euo pipefail
cd "$(dirname "$0")/.."
port=${1:-8000}

.venv/bin/flask --app wsgi db upgrade
.venv/bin/flask --app wsgi regions import
.venv/bin/flask --app wsgi plans import
.venv/bin/flask --app wsgi innovations import
.venv/bin/flask --app wsgi demo load

echo "Mufakat on http://127.0.0.1:$port (stop with Ctrl-C)"
exec deploy/serve.sh 127.0.0.1 "$port"
